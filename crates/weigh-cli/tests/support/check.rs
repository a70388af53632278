//! Checks of a test: a folder with a book, a scenario and its snapshot, and what is asked of it.

use rust_decimal::Decimal;
use serde_json::Value;

use super::folder::Folder;
use super::{Answer, answer, program};

pub(crate) const SHOP: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"

[traffic]
rate = "10_000/day"

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
start_up_time = "1 s"

[[option]]
platform = "fargate"
tasks = 2

[[option]]
platform = "lambda"
"#;

/// A folder with a book, a scenario and its snapshot.
pub(crate) fn folder() -> Folder {
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", SHOP);
    snapshot(&folder);
    folder
}

pub(crate) fn snapshot(folder: &Folder) {
    let taken = folder.ask("snapshot scenarios --out weigh.snapshot.json --prices book");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
}

/// A check on the folder's book at a fixed day.
pub(crate) fn check(folder: &Folder, words: &str) -> Answer {
    let words = format!("check --prices book --today 2026-11-22 {words}");
    let split: Vec<&str> = words.split_whitespace().collect();
    // Its own weigh.toml counts.
    let mut program = program();
    answer(program.current_dir(&folder.path).env_remove("WEIGH_NO_CONFIG").args(&split), split.join(" "), b"")
}

/// The transcript with the hashes of books covered, which differ with every byte of the frozen one.
pub(crate) fn transcript(folder: &Folder, words: &str) -> String {
    covered(&check(folder, words).transcript())
}

pub(crate) fn covered(text: &str) -> String {
    let hash = regex_lite::Regex::new(r"[0-9a-f]{64}|price book\s[0-9a-f]{12}").expect("an expression");
    hash.replace_all(text, "(hash)").into_owned()
}

pub(crate) fn json(folder: &Folder, words: &str) -> (i32, Value) {
    let answer = check(folder, &format!("--format json {words}"));
    let told = serde_json::from_str(&answer.stdout);
    (answer.code, told.unwrap_or_else(|error| panic!("{error}: {}{}", answer.stdout, answer.stderr)))
}

/// The findings of a rule.
pub(crate) fn found<'r>(report: &'r Value, rule: &str) -> Vec<&'r Value> {
    let all = report["findings"].as_array().expect("findings");
    all.iter().filter(|finding| finding["rule"].as_str().is_some_and(|id| id.starts_with(rule))).collect()
}

/// The drivers of all causes, each once.
pub(crate) fn drivers(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings").iter();
    let causes = findings.flat_map(|finding| finding["causes"].as_array().expect("causes"));
    let mut drivers: Vec<&str> = causes.filter_map(|cause| cause["driver"].as_str()).collect();
    drivers.sort_unstable();
    drivers.dedup();
    drivers
}

pub(crate) fn amount(value: &Value) -> Decimal {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no amount: {value}"))
}

/// Makes the vCPU-hours of Fargate dearer, in the folder's copy of the book.
pub(crate) fn dearer(folder: &Folder) {
    let name = "book/aws/us-east-1/fargate.csv";
    let changed: Vec<String> = folder
        .read(name)
        .lines()
        .map(|line| match line.starts_with("fargate/vcpu-hours/linux-x86,") {
            true => line.replace("0.04048", "0.05048"),
            false => line.to_owned(),
        })
        .collect();
    let changed = changed.join("\n") + "\n";
    assert_ne!(changed, folder.read(name));
    folder.write(name, changed);
}

/// Changes the scenario of the stored snapshot.
pub(crate) fn edit(folder: &Folder, change: impl FnOnce(&mut Value)) {
    let mut stored: Value = serde_json::from_str(&folder.read("weigh.snapshot.json")).expect("JSON");
    change(&mut stored["scenarios"][0]);
    folder.write("weigh.snapshot.json", serde_json::to_string_pretty(&stored).expect("JSON"));
}
