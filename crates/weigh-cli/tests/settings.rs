//! `weigh.toml`, the environment and flags: which of them holds, what is refused, and what `weigh config` tells.

mod support;

use support::folder::Folder;
use support::{Answer, GOOD, answer, settable};

/// Runs the program in a folder of the test, where a `weigh.toml` of it is found, with these variables.
fn ask(folder: &Folder, within: &str, words: &str, variables: &[(&str, &str)]) -> Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    let mut command = settable();
    command.current_dir(folder.path.join(within)).args(&split).envs(variables.iter().copied());
    let set: String = variables.iter().map(|(name, value)| format!("{name}={value} ")).collect();
    let mut told = answer(&mut command, format!("{words}   # {set}in {within}/"), b"");
    told.stderr = told.stderr.replace(&folder.path.display().to_string(), "[folder]");
    told
}

/// A folder with a book, a scenario in `apps`, and a `weigh.toml` that names both.
fn project(settings: &str) -> Folder {
    let folder = Folder::with_book();
    folder.write("apps/shop.toml", GOOD);
    folder.write("weigh.toml", settings);
    folder
}

const SETTINGS: &str =
    "# What this project is priced with.\nprices = [\"book\"]\nformat = \"csv\"\nas_of = 2026-10-07\n";

#[test]
fn the_nearest_file_above_is_read_and_its_paths_are_from_its_folder_on() {
    let folder = project(SETTINGS);
    let expected =
        ask(&folder, "", "--no-config list apps --prices book --as-of 2026-10-07 --format csv", &[]);
    assert_eq!((expected.code, expected.stderr.as_str()), (0, ""));
    let same = |told: &Answer| assert_eq!(told.stdout.replace("../", ""), expected.stdout.replace("../", ""));
    same(&ask(&folder, "", "list apps", &[]));
    same(&ask(&folder, "apps", "list ../apps", &[]));
    folder.write("apps/deep/weigh.toml", "prices = [\"../../book\"]\n");
    let text = ask(&folder, "apps/deep", "list ../../apps", &[]).stdout;
    assert!(text.starts_with("Scenarios\n"), "the nearest file holds alone: {text}");
}

#[test]
fn flags_are_stronger_than_the_environment_and_that_is_stronger_than_the_file() {
    let folder = project(SETTINGS);
    let starts = |words: &str, variables: &[(&str, &str)], start: &str| {
        let told = ask(&folder, "", words, variables);
        assert!(told.stdout.starts_with(start), "{}", told.transcript());
    };
    starts("compare apps/shop.toml", &[], "option,platform,");
    starts("compare apps/shop.toml", &[("WEIGH_FORMAT", "json")], "{\n");
    starts("compare apps/shop.toml --format markdown", &[("WEIGH_FORMAT", "json")], "# Shop");
    starts("compare apps/shop.toml", &[("WEIGH_FORMAT", "")], "option,platform,");
    starts("compare apps/shop.toml", &[("WEIGH_CONFIG", "none/weigh.toml"), ("WEIGH_FORMAT", "csv")], "");
    starts("config", &[("WEIGH_NO_CONFIG", "1")], "Settings\nNo weigh.toml is read.");
    starts("config --config weigh.toml", &[("WEIGH_NO_CONFIG", "1")], "key,");
    starts("config", &[("WEIGH_NO_CONFIG", "false"), ("WEIGH_CONFIG", "")], "key,");
    // Without the file the prices are those of the embedded book.
    starts(
        "config --no-config --format csv",
        &[],
        "key,value,source,place,line,variable\nscenarios,,default,",
    );
}

#[test]
fn config_tells_each_setting_and_where_it_is_from() {
    let folder = project(SETTINGS);
    let transcripts = [
        ask(&folder, "apps", "config --format text", &[]),
        ask(
            &folder,
            "apps",
            "config shop.toml --region eu-west-1 -v=false --no-config",
            &[("WEIGH_TODAY", "2026-11-01"), ("WEIGH_QUIET", "0"), ("WEIGH_FORMT", "csv")],
        ),
        ask(&folder, "", "config --format json", &[("WEIGH_PRICES", "book:own.csv")]),
        ask(&folder, "", "config --format markdown --config apps/../weigh.toml", &[]),
        ask(&folder, "", "config", &[]),
    ];
    insta::assert_snapshot!(transcripts.map(|told| told.transcript()).join("\n"));
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let folder = project("regoin = \"us-east-1\"\nformat = \"jsn\"\nquiet = \"yes\"\nas_of = 20261007\n");
    folder.write("broken/weigh.toml", "format = \n");
    folder.write("latin/weigh.toml", b"book = \"\xe9\"");
    folder.write("region/weigh.toml", "prices = [\"../book\"]\nregion = \"us-esat-1\"\n");
    folder.write("book-gone/weigh.toml", "prices = [\"nowhere\"]\n");
    folder.write("pinned/weigh.toml", "prices = [\"../book\"]\nbook = \"00000000\"\n");
    let shop = "compare ../apps/shop.toml";
    let transcripts = [
        ask(&folder, "apps", "compare shop.toml", &[]),
        ask(&folder, "broken", "config", &[]),
        ask(&folder, "latin", "config", &[]),
        ask(&folder, "region", shop, &[]),
        ask(&folder, "region", shop, &[("WEIGH_REGION", "eu-wst-1")]),
        ask(&folder, "region", "compare ../apps/shop.toml --region eu-wst-2", &[]),
        ask(&folder, "book-gone", shop, &[]),
        ask(&folder, "pinned", shop, &[]),
        ask(&folder, "region", shop, &[("WEIGH_FORMAT", "jsn"), ("WEIGH_AS_OF", "2026-02-30")]),
        ask(&folder, "region", "config --config ../nowhere.toml", &[]),
        ask(&folder, "region", "config --config ../weigh.toml --no-config", &[]),
        ask(&folder, "region", "config", &[("WEIGH_CONFIG", "nowhere.toml")]),
        ask(&folder, "region", "config", &[("WEIGH_NO_CONFIG", "2")]),
    ];
    for told in &transcripts {
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    }
    insta::assert_snapshot!(transcripts.map(|told| told.transcript()).join("\n"));
}

#[test]
fn what_tells_of_the_program_is_told_whatever_is_set() {
    let folder = project("format = ");
    let help = ["--help", "compare --help", "--version", "help list"];
    for words in help.iter().chain(&["completions bash", "man", "schema", "schema --list"]) {
        for set in [("WEIGH_FORMAT", "jsn"), ("WEIGH_QUIET", "1")] {
            let told = ask(&folder, "", words, &[set]);
            assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{words}");
            assert!(!told.stdout.is_empty(), "{words}");
        }
    }
    let usage = ask(&folder, "", "compare --nonsense", &[]);
    assert!(usage.code == 1 && usage.stderr.starts_with("error: unexpected argument '--nonsense'"));
}

#[test]
fn scenarios_are_those_of_the_file_where_none_is_typed() {
    let folder = project("prices = [\"book\"]\nscenarios = [\"apps\"]\n");
    let typed = ask(&folder, "", "--no-config list apps --prices book", &[]);
    let set = ask(&folder, "", "list", &[]);
    assert_eq!((set.code, &set.stdout), (0, &typed.stdout));
    let none = ask(&folder, "", "--no-config list", &[]);
    assert_eq!(none.code, 1);
    assert!(none.stderr.contains("required arguments were not provided"), "{}", none.stderr);
    let variable = ask(&folder, "", "list", &[("WEIGH_SCENARIOS", "apps/shop.toml:apps")]);
    assert_eq!(variable.stdout, typed.stdout);
}

#[test]
fn quiet_tells_by_the_exit_code_and_errors_alone() {
    let folder = project(SETTINGS);
    let gate = GOOD.replace("min_replicas = 2", "monthly_budget = \"$1\"");
    folder.write("apps/dear.toml", gate);
    for (words, code) in [("compare apps/shop.toml", 0), ("compare apps/dear.toml", 2)] {
        for told in [
            ask(&folder, "", &format!("{words} -q"), &[]),
            ask(&folder, "", &format!("--quiet {words}"), &[]),
            ask(&folder, "", words, &[("WEIGH_QUIET", "true")]),
        ] {
            assert_eq!((told.code, told.stdout.as_str(), told.stderr.as_str()), (code, "", ""));
        }
    }
    let loud = ask(&folder, "", "compare apps/shop.toml --quiet=false", &[("WEIGH_QUIET", "1")]);
    assert!(loud.stdout.starts_with("option,"));
    let wrong = ask(&folder, "", "compare apps/none.toml -q", &[]);
    assert!(wrong.code == 1 && wrong.stdout.is_empty() && wrong.stderr.contains("none.toml"));
    let written = "simulate apps/shop.toml --option fargate --out month.csv -q";
    let told = ask(&folder, "", written, &[]);
    assert_eq!((told.code, told.stdout.as_str()), (0, ""));
    assert!(folder.read("month.csv").lines().count() > 10);
}

#[test]
fn verbose_tells_what_was_read_on_standard_error() {
    let folder = project(SETTINGS);
    folder.write(
        "apps/peak.toml",
        "extends = \"shop.toml\"\nscenario.name = \"Peak\"\ntraffic.rate = \"80_000/day\"\n",
    );
    folder.write("own.csv", "price_id,region,unit,price,from,note\n");
    let plain = ask(&folder, "", "list apps", &[]);
    let told = ask(&folder, "", "list apps -v --prices book --prices own.csv", &[("WEIGH_FORMT", "csv")]);
    assert_eq!(told.stdout, plain.stdout);
    let hash = regex_lite::Regex::new("price book: [0-9a-f]{64}").expect("a pattern");
    insta::assert_snapshot!(hash.replace(&told.stderr, "price book: [hash]"), @"
settings: weigh.toml
settings: The variable WEIGH_FORMT sets nothing; did you mean WEIGH_FORMAT?
read: own.csv
price book: [hash] (book), newest prices of 2026-10-08
scenarios: 2
read: apps/peak.toml
read: apps/shop.toml
read: apps/shop.toml
");
}

/// What is set holds for the snapshot and for the check of it alike: else everything would seem to drift.
#[test]
fn a_snapshot_and_its_check_are_read_alike() {
    let folder = project(
        "prices = [\"book\"]\nregion = \"eu-west-1\"\nscenarios = [\"apps\"]\nsnapshot = \"kept.json\"\n",
    );
    let taken = ask(&folder, "", "snapshot --out kept.json", &[]);
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""), "{}", taken.transcript());
    assert!(folder.read("kept.json").contains("\"region\": \"eu-west-1\""));
    for within in ["", "apps"] {
        let checked = ask(&folder, within, "check", &[]);
        assert_eq!((checked.code, checked.stderr.as_str()), (0, ""), "{}", checked.transcript());
    }
    let elsewhere = ask(&folder, "", "check", &[("WEIGH_REGION", "us-east-1")]);
    assert_eq!(elsewhere.code, 2, "another region drifts: {}", elsewhere.transcript());
}

/// The page has a row for each setting, as the table in the code says it.
#[test]
fn the_page_on_settings_says_what_the_table_says() {
    use weigh_core::settings::SETTINGS;
    let page = std::fs::read_to_string(support::root().join("docs/config.md")).expect("the page");
    for setting in &SETTINGS {
        let flag = match setting.flag.starts_with("--") {
            true => format!("`{}`", setting.flag),
            false => "what is typed without a flag".to_owned(),
        };
        let (key, variable, doc, default) = (setting.key, setting.variable(), setting.doc, setting.default);
        let row = format!("| `{key}` | `{variable}` | {flag} | {doc} | {default} |");
        assert!(page.contains(&row), "docs/config.md lacks the row {row}");
        for command in setting.unlike {
            assert!(page.contains(&format!("`weigh {command}`")), "docs/config.md does not except {command}");
        }
    }
}

#[test]
fn the_example_of_the_page_is_told_as_it_says() {
    let page = std::fs::read_to_string(support::root().join("docs/config.md")).expect("the page");
    let block = |start: &str| {
        let (_, rest) = page.split_once(start).expect("a block");
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let folder = Folder::new();
    folder.write("weigh.toml", block("```toml\n"));
    let told = ask(&folder, "", "config", &[("WEIGH_FORMAT", "text")]);
    assert_eq!(told.stdout, block("```text\n$ weigh config\n"), "{}", told.transcript());
}
