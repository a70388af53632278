//! What `weigh check` must not let pass: policies that are about nothing, and reports that get lost.

mod support;

use serde_json::Value;
use support::folder::Folder;
use support::{Answer, GOOD};

/// Two scenarios, their snapshot, and a `weigh.toml`.
fn folder(settings: &str) -> Folder {
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", GOOD);
    folder.write("scenarios/blog.toml", GOOD);
    let taken = folder.ask("snapshot scenarios --out weigh.snapshot.json --prices book");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
    folder.write("weigh.toml", settings);
    folder
}

/// Runs the program in a folder below, with the settings that are found there.
fn run(folder: &Folder, below: &str, words: &str) -> Answer {
    let mut program = support::program();
    let book = folder.path.join("book");
    program.env_remove("WEIGH_NO_CONFIG").current_dir(folder.path.join(below));
    program.args(words.split_whitespace()).arg("--prices").arg(book).args(["--today", "2026-11-22"]);
    support::answer(&mut program, words.to_owned(), b"")
}

/// The exit code of a check and the findings about patterns, as `rule severity verdict place`.
fn unmatched(folder: &Folder, below: &str, words: &str) -> (i32, Vec<String>) {
    let answer = run(folder, below, &format!("check --format json {words}"));
    let report: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    let findings = report["findings"].as_array().expect("findings").iter();
    let of_pattern =
        findings.filter(|each| each["rule"].as_str().is_some_and(|rule| rule.ends_with("/unmatched")));
    let told = of_pattern.map(|each| {
        let [rule, severity, verdict, file] =
            ["rule", "severity", "verdict", "file"].map(|key| each[key].as_str().expect("text"));
        format!("{rule} {severity} {verdict} {file}:{}:{}", each["line"], each["column"])
    });
    (answer.code, told.collect())
}

const SLIP: &str = "[[policy]]\nname = \"Budget\"\nscenario = \"scenarois/*\"\nmonthly_cost_max = 0\n";

#[test]
fn a_policy_about_no_scenario_fails_where_the_whole_project_is_checked() {
    let folder = folder(SLIP);
    let fails = |file: &str| (2, vec![format!("policy/unmatched fail unknown {file}:3:12")]);
    assert_eq!(unmatched(&folder, "", ""), fails("weigh.toml"));
    assert_eq!(unmatched(&folder, "scenarios", ""), fails("../weigh.toml"));
    // Of the others nothing is known where single paths are typed.
    let note = (0, vec!["policy/unmatched note unknown weigh.toml:3:12".to_owned()]);
    for words in ["scenarios/shop.toml", ".", "scenarios --policies-only"] {
        assert_eq!(unmatched(&folder, "", words), note, "{words}");
    }
    let told = run(&folder, "", "check").stdout;
    insta::assert_snapshot!("unmatched", covered(&told));
    insta::assert_snapshot!("unmatched_note", covered(&run(&folder, "", "check scenarios/shop.toml").stdout));
    for (format, words) in [
        ("github", "::error file=weigh.toml,line=3,col=12,title=policy/unmatched::"),
        ("junit", "<testcase name=\"policy/unmatched (Budget)\" classname=\"weigh.toml\""),
        ("sarif", "\"ruleId\": \"policy/unmatched\""),
    ] {
        let answer = run(&folder, "", &format!("check --format {format}"));
        assert!(answer.stdout.contains(words), "{format}: {}", answer.stdout);
    }
    // A warning stays one, and so does a tolerance, without which more fails.
    folder.write("weigh.toml", SLIP.replace("name =", "severity = \"warn\"\nname ="));
    assert_eq!(unmatched(&folder, "", "").0, 0);
    folder.write("weigh.toml", "[[tolerance]]\nscenario = \"shp.toml\"\npercent = 1\n");
    let warns = vec!["tolerance/unmatched warn unknown weigh.toml:2:12".to_owned()];
    assert_eq!(unmatched(&folder, "", ""), (0, warns));
    let told = run(&folder, "", "check").stdout;
    assert!(told.contains("`shop.toml` is nearest"), "{told}");
}

/// The hashes of books are those of the frozen one.
fn covered(text: &str) -> String {
    let hash = regex_lite::Regex::new(r"price book\s[0-9a-f]{12}").expect("an expression");
    hash.replace_all(text, "(book)").into_owned()
}

/// Patterns count from the folder of `weigh.toml`, from wherever and by whatever name the scenario is read.
#[test]
fn a_policy_is_about_its_scenarios_from_every_folder() {
    let folder = folder(&SLIP.replace("scenarois", "scenarios"));
    for (below, words) in [
        ("", ""),
        ("", "scenarios/shop.toml"),
        ("scenarios", ""),
        ("scenarios", "shop.toml"),
        ("scenarios", "shop.toml --policies-only"),
        ("scenarios", ". --policies-only"),
    ] {
        assert_eq!(unmatched(&folder, below, words), (2, Vec::new()), "{words} in `{below}`");
    }
    for (below, words) in [("", "scenarios/shop.toml"), ("scenarios", "shop.toml")] {
        assert_eq!(run(&folder, below, &format!("compare {words}")).code, 2, "{words} in `{below}`");
    }
}

/// Names of a snapshot count from a folder of their own; a pattern may be written by either path.
#[test]
fn a_policy_is_about_the_scenarios_by_their_names_in_the_snapshot_too() {
    for pattern in ["scenarios/shop.toml", "infra/scenarios/shop.toml"] {
        let folder = Folder::with_book();
        folder.write("infra/scenarios/shop.toml", GOOD);
        let mut program = support::program();
        program.current_dir(folder.path.join("infra")).args(["snapshot", "scenarios", "--prices", "../book"]);
        program.args(["--out", "weigh.snapshot.json"]);
        assert_eq!(support::answer(&mut program, String::new(), b"").code, 0);
        assert!(folder.read("infra/weigh.snapshot.json").contains("\"file\": \"scenarios/shop.toml\""));
        folder.write("weigh.toml", SLIP.replace("scenarois/*", pattern));
        assert_eq!(unmatched(&folder, "infra", ""), (2, Vec::new()), "{pattern}");
    }
}

#[test]
fn compare_notes_a_policy_about_no_scenario_of_the_project() {
    let folder = folder(&format!("scenarios = [\"scenarios\"]\n{SLIP}"));
    let told = run(&folder, "", "compare").stderr;
    let note = "note: Budget (weigh.toml:4:12) judges nothing: no scenario is named as `scenarois/*` says; \
                did you mean `scenarios/*`?\n";
    assert_eq!(told, note);
    assert_eq!(run(&folder, "", "compare scenarios/shop.toml").stderr, "");
    // The folders are looked into once.
    let told = run(&folder, "", "compare --verbose").stderr;
    assert_eq!(told.matches("scenarios: 2").count(), 1, "{told}");
}

#[test]
fn no_report_takes_the_place_of_another() {
    let folder = folder("");
    let stored = folder.read("weigh.snapshot.json");
    for (words, said) in [
        ("--also junit=a.xml --also sarif=a.xml", "a.xml is named twice"),
        ("--also junit=a.xml --also sarif=./scenarios/../a.xml", "a.xml is named twice"),
        ("--also json=weigh.snapshot.json", "weigh.snapshot.json is a file that was read"),
        ("--also json=a.json --also csv=scenarios/shop.toml", "scenarios/shop.toml is a file that was read"),
        ("--also json=-", "standard output has the report itself"),
    ] {
        let answer = run(&folder, "", &format!("check {words}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains(said), "{words}: {}", answer.stderr);
    }
    assert_eq!(folder.read("weigh.snapshot.json"), stored);
    assert_eq!(folder.names(), ["book", "scenarios", "weigh.snapshot.json", "weigh.toml"]);
}

#[test]
fn a_snapshot_goes_to_standard_output_for_a_dash() {
    let folder = folder("");
    let answer = folder.ask("snapshot scenarios --out - --prices book");
    assert_eq!((answer.code, answer.stdout), (0, folder.read("weigh.snapshot.json")));
    assert_eq!(folder.names(), ["book", "scenarios", "weigh.snapshot.json", "weigh.toml"]);
}
