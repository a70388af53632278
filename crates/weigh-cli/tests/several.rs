//! Several scenarios in one command: files, folders and standard input, in every format.

mod support;

use serde_json::Value;
use support::folder::Folder;
use support::{Answer, GOOD, answer, program};

/// A folder with a book and two scenarios in `apps`, one of them with a range.
fn folder() -> Folder {
    let folder = Folder::with_book();
    folder.write("apps/shop.toml", GOOD);
    folder.write("apps/wiki.toml", GOOD.replace("Shop", "Wiki").replace("\"10_000/day\"", "\"1..3/s\""));
    folder
}

fn ask(folder: &Folder, words: &str, stdin: &str) -> Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    let mut command = program();
    command.current_dir(&folder.path).args(&split).args(["--prices", "book"]);
    answer(&mut command, words.to_owned(), stdin.as_bytes())
}

/// What a command answers with success, in words and as JSON.
fn done(folder: &Folder, words: &str) -> String {
    let told = ask(folder, words, "");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    told.stdout
}

fn json(folder: &Folder, words: &str) -> Value {
    let told = done(folder, &format!("{words} --format json"));
    serde_json::from_str(&told).unwrap_or_else(|error| panic!("{words}: {error}: {told}"))
}

/// The commands that take several, with what else they need, and the kind of their reports.
const COMMANDS: [(&str, &str, &str); 4] = [
    ("compare", "", "comparison"),
    ("explain", "--option fargate", "explanation"),
    ("commit", "", "commitments"),
    ("savings", "", "savings"),
];

#[test]
fn the_reports_of_several_are_those_of_each() {
    let folder = folder();
    for (command, more, of) in COMMANDS {
        let [shop, wiki] =
            ["shop", "wiki"].map(|name| json(&folder, &format!("{command} apps/{name}.toml {more}")));
        let both = json(&folder, &format!("{command} apps/wiki.toml apps/shop.toml {more}"));
        assert_eq!((both["kind"].as_str(), both["of"].as_str()), (Some("several"), Some(of)));
        assert_eq!(both["schema_version"], shop["schema_version"]);
        let reports = both["reports"].as_array().expect("a list");
        assert_eq!(reports.len(), 2, "{command}");
        assert_eq!((&reports[0]["file"], &reports[0]["report"]), (&Value::from("apps/wiki.toml"), &wiki));
        assert_eq!((&reports[1]["file"], &reports[1]["report"]), (&Value::from("apps/shop.toml"), &shop));
        assert_eq!(shop["kind"].as_str(), Some(of));
    }
}

#[test]
fn text_and_markdown_tell_one_after_the_other_with_the_file_below_the_title() {
    let folder = folder();
    for (command, more, _) in COMMANDS {
        for format in ["text", "markdown"] {
            let one =
                |name: &str| done(&folder, &format!("{command} apps/{name}.toml {more} --format {format}"));
            let both = done(&folder, &format!("{command} apps {more} --format {format}"));
            let expected: Vec<String> = ["shop", "wiki"]
                .into_iter()
                .map(|name| {
                    let own = one(name);
                    let (title, rest) = own.split_once('\n').expect("a title");
                    format!("{title}\n\napps/{name}.toml\n{rest}")
                })
                .collect();
            // What follows a title in the text of a terminal stands right below it or behind an empty line.
            let words =
                |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let (told, expected): (Vec<String>, Vec<String>) = (words(&both), words(&expected.join("\n")));
            assert_eq!(told, expected, "{command} {format}");
        }
    }
}

#[test]
fn csv_is_one_sheet_that_begins_with_the_file() {
    let folder = folder();
    let both = done(&folder, "compare apps/shop.toml apps/wiki.toml --format csv");
    insta::assert_snapshot!(both);
    for (command, more, _) in COMMANDS {
        let both = done(&folder, &format!("{command} apps {more} --format csv"));
        let mut lines = both.lines();
        assert!(lines.next().is_some_and(|heading| heading.starts_with("file,")), "{command}");
        let columns = both.lines().next().map_or(0, |line| line.split(',').count());
        assert!(columns > 3 && lines.all(|line| line.starts_with("apps/")), "{command}: {both}");
    }
}

#[test]
fn a_file_counts_once_however_it_is_named_and_a_folder_is_several() {
    let folder = folder();
    let both = done(&folder, "compare apps --format json");
    for paths in ["apps apps/shop.toml", "apps apps", "apps/shop.toml apps/wiki.toml apps/../apps/shop.toml"]
    {
        assert_eq!(done(&folder, &format!("compare {paths} --format json")), both, "{paths}");
    }
    folder.write("one/shop.toml", GOOD);
    assert_eq!(json(&folder, "compare one")["reports"].as_array().map(Vec::len), Some(1));
    assert_eq!(json(&folder, "compare one/shop.toml")["kind"], "comparison");
    let accounts = ["account apps/shop.toml apps/wiki.toml", "account apps", "account apps apps/wiki.toml"];
    let [typed, found, again] = accounts.map(|words| done(&folder, words));
    assert_eq!((&typed, &typed), (&found, &again));
}

#[test]
fn standard_input_is_a_file_among_others() {
    let folder = folder();
    let stated = GOOD.replace("Shop", "Piped");
    for (command, more, _) in
        COMMANDS.into_iter().chain([("list", "", ""), ("audit", "", ""), ("account", "", "")])
    {
        let told = ask(&folder, &format!("{command} apps/shop.toml - {more} --format json"), &stated);
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
        let shown = if command == "account" { "\"Piped\"" } else { "\"<stdin>\"" };
        assert!(told.stdout.contains(shown) || command == "audit", "{}", told.transcript());
    }
    let alone = ask(&folder, "compare - --format json", &stated);
    assert!(alone.code == 0 && alone.stdout.contains("\"kind\": \"comparison\""));
}

#[test]
fn the_gate_of_several_fails_when_that_of_any_does() {
    let folder = folder();
    folder.write("dear.toml", GOOD.replace("min_replicas = 2", "monthly_budget = \"$1\""));
    for command in ["compare", "explain --option fargate"] {
        let told = ask(&folder, &format!("{command} dear.toml apps"), "");
        assert_eq!((told.code, told.stderr.as_str()), (2, ""), "{}", told.transcript());
        assert!(told.stdout.contains("apps/wiki.toml"), "the report is complete");
    }
}

#[test]
fn everything_that_is_wrong_is_told_together_and_nothing_else() {
    let folder = folder();
    folder.write("apps/broken.toml", GOOD.replace("memory", "memry"));
    folder.write("apps/other.toml", GOOD.replace("\"fargate\"", "\"lambda\""));
    folder.write("empty/_base.toml", GOOD);
    let transcripts = [
        ask(&folder, "compare apps none.toml", ""),
        ask(&folder, "explain apps/other.toml apps/shop.toml --option fargate", ""),
        ask(&folder, "explain apps/shop.toml --option lambda", ""),
        ask(&folder, "explain apps/shop.toml apps/wiki.toml --option fargate --focus", ""),
        ask(&folder, "account apps/broken.toml none.toml", ""),
        ask(&folder, "commit empty", ""),
    ];
    for told in &transcripts {
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    }
    insta::assert_snapshot!(transcripts.map(|told| told.transcript()).join("\n"));
}
