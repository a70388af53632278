//! `weigh check`, end to end: what drifts and why, policies, tolerances, scenarios that come and go, and what can't be checked.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::folder::Folder;

const SHOP: &str = r#"[scenario]
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
fn folder() -> Folder {
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", SHOP);
    snapshot(&folder);
    folder
}

fn snapshot(folder: &Folder) {
    let taken = folder.ask("snapshot scenarios --out weigh.snapshot.json --prices book");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
}

/// A check on the folder's book at a fixed day.
fn check(folder: &Folder, words: &str) -> support::Answer {
    let words = format!("check --prices book --today 2026-11-22 {words}");
    let split: Vec<&str> = words.split_whitespace().collect();
    // Its own weigh.toml counts.
    let mut program = support::program();
    support::answer(
        program.current_dir(&folder.path).env_remove("WEIGH_NO_CONFIG").args(&split),
        split.join(" "),
        b"",
    )
}

/// The transcript with the hashes of books covered, which differ with every byte of the frozen one.
fn transcript(folder: &Folder, words: &str) -> String {
    covered(&check(folder, words).transcript())
}

fn covered(text: &str) -> String {
    let hash = regex_lite::Regex::new(r"[0-9a-f]{64}|price book\s[0-9a-f]{12}").expect("an expression");
    hash.replace_all(text, "(hash)").into_owned()
}

fn json(folder: &Folder, words: &str) -> (i32, Value) {
    let answer = check(folder, &format!("--format json {words}"));
    let told = serde_json::from_str(&answer.stdout);
    (answer.code, told.unwrap_or_else(|error| panic!("{error}: {}{}", answer.stdout, answer.stderr)))
}

/// The findings of a rule.
fn found<'r>(report: &'r Value, rule: &str) -> Vec<&'r Value> {
    let all = report["findings"].as_array().expect("findings");
    all.iter().filter(|finding| finding["rule"].as_str().is_some_and(|id| id.starts_with(rule))).collect()
}

/// The drivers of all causes, each once.
fn drivers(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings").iter();
    let causes = findings.flat_map(|finding| finding["causes"].as_array().expect("causes"));
    let mut drivers: Vec<&str> = causes.filter_map(|cause| cause["driver"].as_str()).collect();
    drivers.sort_unstable();
    drivers.dedup();
    drivers
}

fn amount(value: &Value) -> Decimal {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no amount: {value}"))
}

/// Makes the vCPU-hours of Fargate dearer, in the folder's copy of the book.
fn dearer(folder: &Folder) {
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

#[test]
fn what_did_not_change_passes() {
    let folder = folder();
    insta::assert_snapshot!("same", transcript(&folder, ""));
    for format in ["json", "markdown", "csv", "junit", "sarif", "github", "jsonl"] {
        assert_eq!(check(&folder, &format!("--format {format}")).code, 0, "{format}");
    }
}

#[test]
fn a_changed_price_is_told_as_prices_in_every_format() {
    let folder = folder();
    dearer(&folder);
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["prices"]));
    for format in ["text", "json", "markdown", "csv", "junit", "sarif", "github", "jsonl"] {
        insta::assert_snapshot!(
            format!("price_{format}"),
            transcript(&folder, &format!("--format {format}"))
        );
    }
    // Two tasks of half a vCPU for 730 hours, each hour a cent dearer.
    let price = found(&report, "drift/price");
    assert_eq!(amount(&price[0]["difference"]), Decimal::new(730, 2));
    assert_eq!((price[0]["before"].as_str(), price[0]["after"].as_str()), (Some("0.04048"), Some("0.05048")));
}

#[test]
fn a_changed_scenario_is_told_as_scenario_and_its_traffic_as_traffic() {
    let folder = folder();
    folder.replace("scenarios/shop.toml", "tasks = 2", "tasks = 3");
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["scenario"]));
    insta::assert_snapshot!("scenario", transcript(&folder, ""));

    folder.write("scenarios/shop.toml", SHOP.replace("10_000/day", "20_000/day"));
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["traffic"]));
}

/// The amounts of the causes add up to the finding's, and those of the charges to that of the total.
#[test]
fn what_moved_adds_up_to_the_cent_and_further() {
    let folder = folder();
    dearer(&folder);
    folder.write(
        "scenarios/shop.toml",
        SHOP.replace("10_000/day", "25_000/day").replace("tasks = 2", "tasks = 3"),
    );
    let (_, report) = json(&folder, "");
    let totals = found(&report, "drift/total");
    assert_eq!(totals.len(), 2);
    for total in totals {
        let option = &total["option"];
        let sum = |values: Vec<&Value>| values.into_iter().map(amount).sum::<Decimal>();
        let causes =
            total["causes"].as_array().expect("causes").iter().map(|cause| &cause["difference"]).collect();
        assert_eq!(sum(causes), amount(&total["difference"]));
        assert_eq!(amount(&total["after"]) - amount(&total["before"]), amount(&total["difference"]));
        let findings = report["findings"].as_array().expect("findings").iter();
        let charges = findings.filter(|each| each["option"] == *option && !each["charge"].is_null());
        assert_eq!(sum(charges.map(|each| &each["difference"]).collect()), amount(&total["difference"]));
    }
    assert_eq!(drivers(&report), ["prices", "scenario", "traffic"]);
}

/// A snapshot of an older model, in which an option served otherwise and its tasks cost half.
#[test]
fn what_another_model_computed_is_told_as_model() {
    let folder = folder();
    let mut stored: Value = serde_json::from_str(&folder.read("weigh.snapshot.json")).expect("JSON");
    stored["model_version"] = 0.into();
    let option = &mut stored["scenarios"][0]["options"][0];
    assert_eq!(option["option"], "fargate");
    option["served"]["utilisation"] = 0.25.into();
    let charges = option["charges"].as_array_mut().expect("charges");
    let mut total = Decimal::ZERO;
    for charge in charges.iter_mut() {
        if charge["price_id"] == "fargate/vcpu-hours/linux-x86" {
            for key in ["quantity", "cost"] {
                charge[key] = (amount(&charge[key]) / Decimal::TWO).normalize().to_string().into();
            }
        }
        total += amount(&charge["cost"]);
    }
    option["monthly_cost"] = total.normalize().to_string().into();
    folder.write("weigh.snapshot.json", serde_json::to_string_pretty(&stored).expect("JSON"));
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["model"]));
    assert_eq!(found(&report, "drift/quantity").len(), 1);
    assert_eq!(found(&report, "drift/served")[0]["figure"], "utilisation");
    insta::assert_snapshot!("model", transcript(&folder, ""));
}

#[test]
fn tolerances_let_costs_pass() {
    let folder = folder();
    dearer(&folder);
    // $7.30 more of $29.55 in the vCPU-hours, and so 24.7 %.
    for (words, code) in [
        ("", 2),
        ("--tolerance 24%", 2),
        ("--tolerance 25%", 0),
        ("--tolerance 7.29", 2),
        ("--tolerance 7.30", 0),
        ("--tolerance 1% --tolerance $8", 0),
    ] {
        assert_eq!(check(&folder, words).code, code, "{words}");
    }
    insta::assert_snapshot!("tolerance", transcript(&folder, "--tolerance 25%"));
    let wrong = check(&folder, "--tolerance much");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));

    // For one price: the total counts without it.
    let rule = "[[tolerance]]\nscenario = \"scenarios/*\"\nprice_id = \"fargate/vcpu-*\"\npercent = 25\n";
    folder.write("weigh.toml", rule);
    assert_eq!(check(&folder, "").code, 0);
    folder.write("weigh.toml", rule.replace("vcpu-*", "gb-*"));
    assert_eq!(check(&folder, "").code, 2);
    folder.write("weigh.toml", rule.replace("scenarios/*", "other/*"));
    assert_eq!(check(&folder, "").code, 2);
    // How an option serves has none.
    folder.write("weigh.toml", "");
    folder.write("scenarios/shop.toml", SHOP.replace("50 ms", "51 ms"));
    let (code, report) = json(&folder, "--tolerance 100%");
    assert_eq!(code, 2);
    assert!(!found(&report, "drift/served").is_empty());
}

#[test]
fn scenarios_come_and_go() {
    let folder = folder();
    folder.write("scenarios/new.toml", SHOP.replace("\"Shop\"", "\"New\""));
    insta::assert_snapshot!("added", transcript(&folder, ""));
    snapshot(&folder);
    assert_eq!(check(&folder, "").code, 0);
    std::fs::remove_file(folder.path.join("scenarios/new.toml")).expect("a file");
    insta::assert_snapshot!("removed", transcript(&folder, ""));
    // Who asks for one scenario is told of no other.
    assert_eq!(check(&folder, "scenarios/shop.toml").code, 0);
    assert_eq!(check(&folder, "scenarios/").code, 2);
}

#[test]
fn what_moves_no_figure_is_a_warning() {
    let folder = folder();
    folder.replace("scenarios/shop.toml", "\"Shop\"", "\"The shop\"");
    let (code, report) = json(&folder, "");
    assert_eq!((code, report["counts"]["warnings"].as_u64()), (0, Some(1)), "{report:#}");
    assert_eq!(found(&report, "drift/scenario").len(), 1);
}

const POLICIES: &str = r#"
[[policy]]
name = "Budget"
monthly_cost_max = 0.01

[[policy]]
name = "Target"
severity = "warn"
option = "fargate"
annual_cost_max = 100
monthly_cost_max = 1_000
"#;

#[test]
fn policies_fail_or_warn_at_their_place() {
    let folder = folder();
    folder.write("scenarios/shop.toml", SHOP.to_owned() + POLICIES);
    folder.write("weigh.toml", "[[policy]]\nname = \"Growth\"\noption = \"*\"\nincrease_max = \"5 %\"\n");
    snapshot(&folder);
    insta::assert_snapshot!("policies", transcript(&folder, ""));
    insta::assert_snapshot!("policies_github", transcript(&folder, "--format github"));
    let (code, report) = json(&folder, "");
    assert_eq!(code, 2);
    let counts = &report["counts"];
    let told = ["failures", "warnings", "passed"].map(|key| counts[key].as_u64());
    assert_eq!(told, [Some(1), Some(1), Some(3)], "{report:#}");
    // Warnings alone pass.
    folder.replace("scenarios/shop.toml", "monthly_cost_max = 0.01", "monthly_cost_max = 500");
    snapshot(&folder);
    assert_eq!(check(&folder, "").code, 0);
    dearer(&folder);
    let (_, report) = json(&folder, "");
    let increase = found(&report, "policy/increase_max");
    assert!(increase.iter().any(|result| result["verdict"] == "failed" && result["file"] == "weigh.toml"));
}

#[test]
fn policies_alone_need_no_snapshot() {
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", SHOP.to_owned() + POLICIES);
    insta::assert_snapshot!("policies_only", transcript(&folder, "scenarios --policies-only"));
    insta::assert_snapshot!("policies_nothing", transcript(&folder, "--policies-only"));
}

#[test]
fn further_formats_go_to_files() {
    let folder = folder();
    dearer(&folder);
    let answer = check(&folder, "--also junit=report.xml --also sarif=out.sarif --also jsonl=lines.jsonl");
    assert_eq!((answer.code, answer.stderr.as_str()), (2, ""));
    for (file, format) in [("report.xml", "junit"), ("out.sarif", "sarif"), ("lines.jsonl", "jsonl")] {
        assert_eq!(folder.read(file), check(&folder, &format!("--format {format}")).stdout);
    }
    insta::assert_snapshot!("also_wrong", transcript(&folder, "--also html=x"));
}

/// Annotations and SARIF count from the root of the repository; the snapshot is found above.
#[test]
fn in_a_folder_of_a_repository() {
    let folder = Folder::with_book();
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.write("infra/scenarios/shop.toml", SHOP);
    let run = |words: &str, below: &str| {
        let split: Vec<&str> = words.split_whitespace().collect();
        support::answer(
            support::program().current_dir(folder.path.join(below)).args(&split),
            words.to_owned(),
            b"",
        )
    };
    let taken = run("snapshot scenarios --out weigh.snapshot.json --prices ../book", "infra");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
    folder.replace("infra/scenarios/shop.toml", "tasks = 2", "tasks = 3");
    let told = run("check --format github --today 2026-11-22 --prices ../../book", "infra/scenarios");
    assert_eq!(told.code, 2, "{}", told.stderr);
    assert!(told.stdout.starts_with("::error file=infra/scenarios/shop.toml,title="), "{}", told.stdout);
}

#[test]
fn what_cannot_be_checked_says_what_helps() {
    let folder = folder();
    let stored = folder.read("weigh.snapshot.json");
    folder
        .write("weigh.snapshot.json", stored.replacen("\"schema_version\": 1", "\"schema_version\": 99", 1));
    insta::assert_snapshot!("other_version", transcript(&folder, ""));
    folder.write("weigh.snapshot.json", &stored[..stored.len() / 2]);
    let torn = check(&folder, "--also json=report.json");
    assert_eq!((torn.code, torn.stdout.as_str()), (1, ""));
    assert!(
        torn.stderr.contains("weigh snapshot") && torn.stderr.contains("weigh.snapshot.json:"),
        "{}",
        torn.stderr
    );
    assert!(!folder.path.join("report.json").exists());
    folder.write("weigh.snapshot.json", "[]");
    assert_eq!(check(&folder, "").code, 1);
    std::fs::remove_file(folder.path.join("weigh.snapshot.json")).expect("a file");
    insta::assert_snapshot!("no_snapshot", transcript(&folder, ""));
    insta::assert_snapshot!("missing", transcript(&folder, "--against gone.json"));
    folder.write("weigh.snapshot.json", &stored);
    folder.write("scenarios/shop.toml", SHOP.replace("vcpu", "vcpus"));
    let wrong = check(&folder, "");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    assert!(wrong.stderr.contains("did you mean `vcpu`?"), "{}", wrong.stderr);
}

/// Changes the first option of the stored snapshot.
fn edit(folder: &Folder, change: impl FnOnce(&mut Value)) {
    let mut stored: Value = serde_json::from_str(&folder.read("weigh.snapshot.json")).expect("JSON");
    change(&mut stored["scenarios"][0]);
    folder.write("weigh.snapshot.json", serde_json::to_string_pretty(&stored).expect("JSON"));
}

#[test]
fn an_edited_snapshot_is_refused_at_its_place() {
    type Edit = fn(&mut Value);
    let rows: [(&str, Edit); 7] = [
        ("cost", |shop| shop["options"][0]["monthly_cost"] = "66".into()),
        ("huge", |shop| shop["options"][0]["monthly_cost"] = "-79228162514264337593543950335".into()),
        ("no_cost", |shop| shop["options"][0]["monthly_cost"] = Value::Null),
        ("charge", |shop| shop["options"][0]["charges"][0]["cost"] = "0".into()),
        ("charge_twice", |shop| {
            let charges = shop["options"][0]["charges"].as_array_mut().expect("charges");
            charges.insert(0, charges[0].clone());
        }),
        ("option_twice", |shop| {
            let options = shop["options"].as_array_mut().expect("options");
            options.insert(0, options[0].clone());
        }),
        ("inputs", |shop| shop["inputs"][1] = "name = 'Shops'".into()),
    ];
    let mut told = String::new();
    for (name, change) in rows {
        let folder = folder();
        edit(&folder, change);
        let answer = check(&folder, "");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{name}");
        assert_eq!(folder.ask("diff weigh.snapshot.json scenarios --prices book").code, 1, "{name}");
        told.push_str(&format!("--- {name}\n{}", answer.stderr));
    }
    insta::assert_snapshot!("edited", covered(&told));
    // Laid out otherwise, it is refused without a place.
    let folder = folder();
    edit(&folder, |shop| shop["options"][0]["monthly_cost"] = "66".into());
    folder.write("weigh.snapshot.json", folder.read("weigh.snapshot.json").replace("\": ", "\":"));
    let answer = check(&folder, "");
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("and not to the monthly_cost 66"), "{}", answer.stderr);
}

#[test]
fn an_edited_rank_is_a_drift() {
    let folder = folder();
    edit(&folder, |shop| shop["options"][0]["rank"] = 7.into());
    let (code, report) = json(&folder, "");
    assert_eq!((code, found(&report, "drift/decision")[0]["figure"].as_str()), (2, Some("rank")));
}
