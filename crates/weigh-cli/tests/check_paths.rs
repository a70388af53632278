//! Which scenarios `weigh check` is about, and what they are called: the same from every folder and by every path.

mod support;

use std::path::Path;

use serde_json::Value;
use support::folder::Folder;
use support::{Answer, GOOD};

/// A folder with a book and the scenarios a, b and c, of which a has a folder of its own.
fn folder() -> Folder {
    let folder = Folder::with_book();
    for name in ["scenarios/a/shop.toml", "scenarios/b.toml", "scenarios/c.toml"] {
        folder.write(name, GOOD);
    }
    folder.write("sub/deep/empty.txt", "");
    folder
}

/// Runs the program in a folder below, with the settings that are found there; `PWD` and `BOOK` stand for the whole paths.
fn run(folder: &Folder, below: &str, words: &str) -> Answer {
    let here = folder.path.to_string_lossy().into_owned();
    let split: Vec<String> = words
        .split_whitespace()
        .map(|word| word.replace("BOOK", &format!("{here}/book")).replace("PWD", &here))
        .collect();
    let mut program = support::program();
    program.env_remove("WEIGH_NO_CONFIG").current_dir(folder.path.join(below)).args(&split);
    support::answer(&mut program, words.to_owned(), b"")
}

fn snapshot(folder: &Folder, below: &str, words: &str) {
    let taken = run(folder, below, &format!("snapshot --prices BOOK {words}"));
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""), "{words}");
}

/// The exit code of a check, and its findings as `rule scenario`, in their order.
fn check(folder: &Folder, below: &str, words: &str) -> (i32, Vec<String>) {
    let answer = run(folder, below, &format!("check --prices BOOK --today 2026-11-22 --format json {words}"));
    let report: Value = serde_json::from_str(&answer.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", answer.stdout, answer.stderr));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("findings").iter();
    (
        answer.code,
        findings.map(|each| format!("{} {}", text(&each["rule"]), text(&each["scenario"]))).collect(),
    )
}

fn remove(folder: &Folder, name: &str) {
    std::fs::remove_file(folder.path.join(name)).expect("a file");
}

/// What a snapshot says of where it is from: its paths, and the files of its scenarios.
fn names(folder: &Folder, name: &str) -> (Vec<String>, Vec<String>) {
    let stored: Value = serde_json::from_str(&folder.read(name)).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let paths = list(&stored["paths"]).iter().map(text).collect();
    (paths, list(&stored["scenarios"]).iter().map(|each| text(&each["file"])).collect())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn a_scenario_has_one_name_whatever_path_leads_to_it() {
    let folder = folder();
    snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
    for (below, words) in [
        ("", ""),
        ("", "."),
        ("", "./scenarios/"),
        ("", "PWD/scenarios"),
        ("", "scenarios/../scenarios//b.toml"),
        ("", "./scenarios/./b.toml"),
        ("scenarios", ""),
        ("scenarios", "."),
        ("scenarios", "b.toml"),
        ("scenarios", ".."),
        ("scenarios/a", "shop.toml"),
        ("scenarios/a", "../../scenarios"),
        ("sub/deep", "../../scenarios/a"),
        ("sub/deep", "--against ../../weigh.snapshot.json"),
        ("sub/deep", "--against PWD/weigh.snapshot.json ../../scenarios"),
    ] {
        assert_eq!(check(&folder, below, words), (0, Vec::new()), "{words} in `{below}`");
    }
    // What is new has the name that a snapshot would give it, and stands in its order.
    folder.write("scenarios/aa.toml", GOOD);
    remove(&folder, "scenarios/b.toml");
    let found = texts(&["scenario/added scenarios/aa.toml", "scenario/removed scenarios/b.toml"]);
    for (below, words) in [("", "."), ("scenarios", "."), ("sub", "../scenarios"), ("", "PWD/scenarios")] {
        assert_eq!(check(&folder, below, words), (2, found.clone()), "{words} in `{below}`");
    }
}

#[test]
fn a_link_and_what_it_leads_to_are_one_scenario() {
    #[cfg(unix)]
    {
        let folder = folder();
        std::os::unix::fs::symlink("scenarios", folder.path.join("linked")).expect("a link");
        snapshot(&folder, "", "linked --out weigh.snapshot.json");
        assert_eq!(names(&folder, "weigh.snapshot.json").1[1], "linked/b.toml");
        assert_eq!(check(&folder, "", "scenarios"), (0, Vec::new()));
        assert_eq!(check(&folder, "scenarios", "."), (0, Vec::new()));
    }
}

#[test]
fn a_scenario_that_is_gone_is_told_of_whatever_folder_was_named() {
    let folder = folder();
    snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
    remove(&folder, "scenarios/b.toml");
    let gone = || (2, texts(&["scenario/removed scenarios/b.toml"]));
    for (below, words) in [
        ("", ""),
        ("", "."),
        ("", "./"),
        ("", "scenarios/"),
        ("scenarios", "."),
        ("scenarios", "./"),
        ("scenarios", ".."),
        ("scenarios/a", ".."),
        ("sub/deep", "../.."),
    ] {
        assert_eq!(check(&folder, below, words), gone(), "{words} in `{below}`");
    }
    // Who asks for others is not told.
    for (below, words) in [("", "scenarios/a"), ("scenarios/a", "."), ("scenarios", "c.toml")] {
        assert_eq!(check(&folder, below, words), (0, Vec::new()), "{words} in `{below}`");
    }
    // A whole folder that went.
    std::fs::remove_dir_all(folder.path.join("scenarios/a")).expect("a folder");
    assert_eq!(check(&folder, "", ".").1[0], "scenario/removed scenarios/a/shop.toml");
}

#[test]
fn scenarios_of_weigh_toml_are_named_as_they_stand_there() {
    let folder = folder();
    folder.write("weigh.toml", "scenarios = [\"./scenarios/\"]\n");
    snapshot(&folder, "", "--out weigh.snapshot.json");
    let first = folder.read("weigh.snapshot.json");
    assert_eq!(
        names(&folder, "weigh.snapshot.json"),
        (texts(&["scenarios"]), texts(&["scenarios/a/shop.toml", "scenarios/b.toml", "scenarios/c.toml"]))
    );
    for (below, out) in [
        ("sub", "../weigh.snapshot.json"),
        ("scenarios", "../weigh.snapshot.json"),
        ("sub", "kept.json"),
        ("sub/deep", "PWD/sub/kept.json"),
    ] {
        snapshot(&folder, below, &format!("--out {out}"));
    }
    assert_eq!(folder.read("weigh.snapshot.json"), first);
    assert_eq!(folder.read("sub/kept.json"), first);
    assert_eq!(run(&folder, "sub", "snapshot --prices BOOK").stdout, first);
    for (below, words) in
        [("", ""), ("sub", ""), ("sub", "--against kept.json"), ("", "--against sub/kept.json")]
    {
        assert_eq!(check(&folder, below, words), (0, Vec::new()), "{words} in `{below}`");
    }
}

#[test]
fn typed_names_count_from_the_folder_of_the_snapshot() {
    let folder = folder();
    snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
    let first = folder.read("weigh.snapshot.json");
    for (below, words) in [
        ("", "scenarios/ --out weigh.snapshot.json"),
        ("", "./scenarios --out weigh.snapshot.json"),
        ("", "PWD/scenarios --out weigh.snapshot.json"),
        ("", "scenarios/../scenarios --out ./weigh.snapshot.json"),
        ("scenarios", ". --out ../weigh.snapshot.json"),
        ("sub/deep", "../../scenarios --out ../../weigh.snapshot.json"),
    ] {
        snapshot(&folder, below, words);
        assert_eq!(folder.read("weigh.snapshot.json"), first, "{words} in `{below}`");
    }
    // Beside the working folder, and to standard output, the working folder counts.
    snapshot(&folder, "scenarios", ". --out ../sub/kept.json");
    assert_eq!(names(&folder, "sub/kept.json").0, texts(&["."]));
    assert_eq!(check(&folder, "scenarios", "--against ../sub/kept.json"), (0, Vec::new()));
}

#[test]
fn where_nothing_is_typed_no_scenario_of_the_snapshot_is_passed_over() {
    let folder = folder();
    snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
    remove(&folder, "scenarios/b.toml");
    folder.write("weigh.toml", "scenarios = [\"scenarios/a\"]\n");
    let found = texts(&["scenario/removed scenarios/b.toml", "scenario/removed scenarios/c.toml"]);
    assert_eq!(check(&folder, "", ""), (2, found.clone()));
    assert_eq!(check(&folder, "sub", ""), (2, found.clone()));
    let told = run(&folder, "", "check --prices BOOK").stdout;
    for words in [
        "the scenario of the snapshot is gone",
        "the scenario of the snapshot is not among those that were read",
    ] {
        assert!(told.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{told}");
    }
    // The environment says no more than the file.
    let mut program = support::program();
    program.current_dir(&folder.path).env("WEIGH_SCENARIOS", "scenarios/a");
    program.args(["check", "--prices", "book"]);
    assert_eq!(support::answer(&mut program, String::new(), b"").code, 2);
    assert_eq!(check(&folder, "", "scenarios/a"), (0, Vec::new()));
}

/// The command that the report says accepts the changes, and the folder in which it is typed.
fn remedy(folder: &Folder, below: &str, words: &str) -> (String, String) {
    let answer = run(folder, below, &format!("check --today 2026-11-22 --format json {words}"));
    let report: Value = serde_json::from_str(&answer.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", answer.stdout, answer.stderr));
    let mut open = report["findings"].as_array().expect("findings").iter();
    let remedy = open.find_map(|finding| finding["remedy"].as_str()).expect("a remedy");
    let command = remedy.split('`').nth(1).expect("a command");
    match command.strip_prefix("cd ").and_then(|way| way.split_once(" && weigh ")) {
        Some((way, words)) => (Path::new(below).join(way).display().to_string(), words.to_owned()),
        None => (below.to_owned(), command.strip_prefix("weigh ").expect("of weigh").to_owned()),
    }
}

/// What the report says accepts the changes does, from where it was said.
#[test]
fn the_remedy_is_a_command_that_accepts_what_was_found() {
    for (settings, below, words) in [
        ("", "", ""),
        ("", "", "scenarios/b.toml"),
        ("", "scenarios", ""),
        ("", "scenarios", "."),
        ("", "sub", "../scenarios ../more"),
        ("", "", "more"),
        ("", "sub/deep", "--against PWD/weigh.snapshot.json ../../more/new.toml"),
        ("scenarios = [\"scenarios\"]\n", "sub", ""),
        ("scenarios = [\"scenarios/a\", \"more\"]\n", "sub", ""),
    ] {
        let folder = folder();
        snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
        folder.write("more/new.toml", GOOD);
        folder.replace("scenarios/b.toml", "10_000/day", "20_000/day");
        remove(&folder, "scenarios/c.toml");
        folder.write("weigh.toml", settings);
        let (there, command) = remedy(&folder, below, &format!("--prices BOOK {words}"));
        assert_eq!(there, below, "{command}");
        let accepted = run(&folder, &there, &command);
        assert_eq!((accepted.code, accepted.stderr.as_str()), (0, ""), "{command}");
        assert_eq!(check(&folder, below, words), (0, Vec::new()), "{command}");
        assert_eq!(check(&folder, "", "").0, 0, "{command}");
    }
}

#[test]
fn paths_of_the_remedy_stand_as_a_shell_takes_them() {
    let folder = folder();
    folder.write("two words/it's.toml", GOOD);
    let mut program = support::program();
    program.current_dir(&folder.path).args(["snapshot", "two words", "--out", "weigh.snapshot.json"]);
    assert_eq!(support::answer(&mut program, String::new(), b"").code, 0);
    folder.replace("two words/it's.toml", "10_000/day", "20_000/day");
    let told = run(&folder, "", "check --format jsonl").stdout;
    assert!(told.contains("weigh snapshot 'two words' --out weigh.snapshot.json`"), "{told}");
}

#[test]
fn the_remedy_reads_the_settings_that_the_check_read() {
    for (settings, words, said) in [
        ("", "--config other.toml", "--config other.toml"),
        ("", "--config PWD/other.toml", "--config other.toml"),
        ("region = \"eu-west-1\"\n", "--no-config", "--no-config"),
    ] {
        let folder = folder();
        snapshot(&folder, "", "scenarios --out weigh.snapshot.json");
        folder.write("other.toml", "region = \"eu-west-1\"\n");
        folder.write("weigh.toml", settings);
        folder.replace("scenarios/b.toml", "10_000/day", "20_000/day");
        let (there, command) = remedy(&folder, "", &format!("--prices BOOK {words}"));
        let whole = format!("snapshot scenarios --out weigh.snapshot.json --prices book {said}");
        assert_eq!((there.as_str(), &command), ("", &whole));
        assert_eq!(run(&folder, "", &command).code, 0, "{command}");
        assert_eq!(check(&folder, "", words), (0, Vec::new()), "{command}");
    }
}

/// A folder whose snapshot in `infra` names scenarios from there on, and of which a scenario has changed.
fn infra() -> Folder {
    let folder = folder();
    folder.write("infra/app/shop.toml", GOOD);
    snapshot(&folder, "infra", "app --out weigh.snapshot.json");
    folder.replace("infra/app/shop.toml", "10_000/day", "20_000/day");
    folder
}

#[test]
fn the_remedy_keeps_the_folder_from_which_names_count() {
    let against = "--against infra/weigh.snapshot.json";
    let (with_prices, part) = (format!("{against} --prices book"), format!("{against} infra/app"));
    let with_settings = format!("{against} --config other.toml");
    let accepts = "snapshot app --out weigh.snapshot.json";
    let (none, region) = (("", ""), "region = \"eu-west-1\"\n");
    let scenarios = ("weigh.toml", "scenarios = [\"infra/app\"]\n");
    for ((file, settings), below, words, there, command) in [
        (none, "", against, "infra", accepts.to_owned()),
        (none, "", &with_prices, "infra", format!("{accepts} --prices ../book")),
        (none, "", &part, "infra", accepts.to_owned()),
        (none, "sub", "--against ../infra/weigh.snapshot.json", "sub/../infra", accepts.to_owned()),
        (none, "infra/app", "", "infra/app", "snapshot . --out ../weigh.snapshot.json".to_owned()),
        // The command reads the settings that the check read.
        (("weigh.toml", region), "", against, "infra", accepts.to_owned()),
        (("infra/weigh.toml", region), "", against, "infra", format!("{accepts} --no-config")),
        (("other.toml", region), "", &with_settings, "infra", format!("{accepts} --config ../other.toml")),
        // What is set would be named from the folder of weigh.toml on.
        (scenarios, "", against, "infra", accepts.to_owned()),
        (scenarios, "infra", "", "infra", accepts.to_owned()),
    ] {
        let folder = infra();
        if !file.is_empty() {
            folder.write(file, settings);
        }
        let proposed = remedy(&folder, below, words);
        assert_eq!(proposed, (there.to_owned(), command.clone()), "{words} in `{below}`");
        let accepted = run(&folder, there, &command);
        assert_eq!((accepted.code, accepted.stderr.as_str()), (0, ""), "{command}");
        assert_eq!(names(&folder, "infra/weigh.snapshot.json").1, texts(&["app/shop.toml"]), "{command}");
        assert_eq!(run(&folder, below, &format!("check {words}")).code, 0, "{command}");
    }
}

#[test]
fn paths_of_the_environment_stand_in_the_remedy_where_it_is_typed_elsewhere() {
    let folder = infra();
    folder.write("other.toml", "region = \"eu-west-1\"\n");
    let mut program = support::settable();
    program.current_dir(&folder.path).env("WEIGH_PRICES", "book").env("WEIGH_CONFIG", "other.toml");
    program.args(["check", "--against", "infra/weigh.snapshot.json", "--format", "jsonl"]);
    let told = support::answer(&mut program, String::new(), b"").stdout;
    let command =
        "`cd infra && weigh snapshot app --out weigh.snapshot.json --prices ../book --config ../other.toml`";
    assert!(told.contains(command), "{told}");
}

#[test]
fn a_link_to_a_snapshot_leads_to_its_scenarios() {
    #[cfg(unix)]
    {
        let folder = infra();
        std::fs::create_dir_all(folder.path.join("links")).expect("a folder");
        let link = folder.path.join("links/link.json");
        std::os::unix::fs::symlink("../infra/weigh.snapshot.json", link).expect("a link");
        let found = texts(&["drift/total app/shop.toml"]);
        for (below, words) in [
            ("", "--against links/link.json"),
            ("links", "--against link.json"),
            ("sub/deep", "--against ../../links/link.json"),
            ("infra", "--against ../links/link.json"),
        ] {
            let (code, findings) = check(&folder, below, words);
            assert_eq!((code, &findings[..1]), (2, found.as_slice()), "{words} in `{below}`");
        }
        let (there, command) = remedy(&folder, "links", "--against link.json --prices BOOK");
        assert!(there.starts_with('/') && there.ends_with("/infra"), "{there}");
        assert_eq!(run(&folder, &there, &command).code, 0, "{command}");
        assert_eq!(names(&folder, "infra/weigh.snapshot.json").1, texts(&["app/shop.toml"]), "{command}");
        for (below, words) in [("links", "--against link.json"), ("infra", "")] {
            assert_eq!(check(&folder, below, words), (0, Vec::new()), "{command}");
        }
    }
}
