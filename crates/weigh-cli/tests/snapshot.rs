//! `weigh snapshot` end to end: one file for any number of scenarios, the same bytes for the same input.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::folder::Folder;
use support::{BOOK, GOOD, answer, program, root, with};

/// Takes a snapshot of what is in a folder, from within it.
fn snapshot_in(folder: &Path, words: &[&str]) -> support::Answer {
    let book = root().join(BOOK);
    let mut command = program();
    command.current_dir(folder).arg("snapshot").args(words).arg("--prices").arg(book);
    answer(&mut command, format!("snapshot {}", words.join(" ")), b"")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("a snapshot is JSON")
}

#[test]
fn a_snapshot_has_one_value_a_line() {
    let folder = Folder::new();
    folder.write("shop.toml", GOOD);
    let answer = snapshot_in(&folder.path, &["shop.toml"]);
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn the_same_input_gives_the_same_bytes_to_a_file_and_to_standard_output() {
    let folder = Folder::new();
    folder.write("b/shop.toml", GOOD);
    folder.write("a.toml", with("rate", "rate = \"20_000/day\""));
    let first = snapshot_in(&folder.path, &["."]);
    let second = snapshot_in(&folder.path, &["."]);
    assert_eq!(first.stdout, second.stdout);
    let to_file = snapshot_in(&folder.path, &[".", "--out", "kept.json"]);
    assert_eq!((to_file.stdout.as_str(), to_file.code), ("kept.json: 2 scenarios, 2 options\n", 0));
    assert_eq!(folder.read("kept.json"), first.stdout);
    let files: Vec<_> = json(&first.stdout)["scenarios"].as_array().expect("a list").clone();
    let names: Vec<&str> = files.iter().filter_map(|each| each["file"].as_str()).collect();
    assert_eq!(names, ["a.toml", "b/shop.toml"]);
}

#[test]
fn comments_and_order_move_no_hash_and_values_do() {
    let folder = Folder::new();
    folder.write("1.toml", GOOD);
    folder.write("2.toml", format!("# bought in May\n{}", GOOD.replace("vcpu = 0.5", "vcpu = 0.5 # half")));
    folder.write("3.toml", with("rate", "rate = \"10_001/day\""));
    let snapshot = json(&snapshot_in(&folder.path, &["."]).stdout);
    let hash = |place: usize| snapshot["scenarios"][place]["scenario_hash"].clone();
    assert_eq!(hash(0), hash(1));
    assert_ne!(hash(0), hash(2));
}

#[test]
fn the_inputs_are_a_scenario_that_gives_the_same_figures() {
    let folder = Folder::new();
    folder.write("base.toml", GOOD);
    folder.write("peak.toml", "extends = \"base.toml\"\ntraffic.rate = \"90_000/day\"\n");
    let peak = json(&snapshot_in(&folder.path, &["peak.toml"]).stdout)["scenarios"][0].clone();
    let lines: Vec<&str> =
        peak["inputs"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    folder.write("again.toml", lines.join("\n"));
    let again = json(&snapshot_in(&folder.path, &["again.toml"]).stdout)["scenarios"][0].clone();
    for field in ["scenario_hash", "options", "decision", "inputs"] {
        assert_eq!(peak[field], again[field], "{field}");
    }
}

#[test]
fn a_day_of_the_command_line_stands_in_the_inputs() {
    let folder = Folder::new();
    folder.write("shop.toml", GOOD);
    let snapshot = json(&snapshot_in(&folder.path, &["shop.toml", "--as-of", "2026-10-07"]).stdout);
    assert_eq!(snapshot["scenarios"][0]["as_of"], "2026-10-07");
    let inputs = snapshot["scenarios"][0]["inputs"].as_array().expect("lines");
    assert!(inputs.contains(&Value::from("as_of = '2026-10-07'")));
}

#[test]
fn a_trace_is_known_by_its_bytes() {
    let folder = Folder::new();
    folder.write("shop.toml", with("rate", "trace = \"minutes.csv\""));
    folder.write("minutes.csv", "120\n60\n");
    let first = json(&snapshot_in(&folder.path, &["shop.toml"]).stdout);
    folder.write("minutes.csv", "120\n61\n");
    let second = json(&snapshot_in(&folder.path, &["shop.toml"]).stdout);
    let trace = |snapshot: &Value| snapshot["scenarios"][0]["traces"][0].clone();
    assert_eq!(trace(&first)["file"], "minutes.csv");
    assert_ne!(trace(&first)["hash"], trace(&second)["hash"]);
    assert_ne!(first["scenarios"][0]["scenario_hash"], second["scenarios"][0]["scenario_hash"]);
    assert_eq!(first["scenarios"][0]["inputs"], second["scenarios"][0]["inputs"]);
}

#[test]
fn what_is_wrong_is_told_of_all_files_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write("a.toml", with("vcpu", "vcpus = 0.5"));
    folder.write("b.toml", GOOD);
    folder.write("c.toml", with("region", "region = \"us-east-9\""));
    let answer = snapshot_in(&folder.path, &[".", "--out", "kept.json"]);
    insta::assert_snapshot!(answer.transcript());
    let left: Vec<_> =
        fs::read_dir(&folder.path).expect("the folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    assert_eq!(snapshot_in(&folder.path, &["b.toml", "--out", "no/such/folder.json"]).code, 1);
}
