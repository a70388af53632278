//! `weigh diff` end to end: which sides go together, what is refused, and what every format shows.

#[path = "support/published.rs"]
mod published;
mod support;

use published::Published;
use serde_json::Value;
use support::difference::{add_up, diff, json, with_all_at_once, with_two_books};
use support::folder::Folder;
use support::{GOOD, with};

/// The names of the fields of a value, at any depth.
fn fields(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, below) in object {
                found.push(name.clone());
                fields(below, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

#[test]
fn folders_and_snapshots_are_paired_by_path() {
    let folder = Folder::with_book();
    for (name, text) in [
        ("old/a/shop.toml", GOOD.to_owned()),
        ("old/gone.toml", GOOD.to_owned()),
        ("old/same.toml", GOOD.to_owned()),
        ("new/a/shop.toml", with("rate", "rate = \"20_000/day\"")),
        ("new/fresh.toml", GOOD.to_owned()),
        ("new/same.toml", GOOD.replace("\"Shop\"", "\"Corner shop\"")),
    ] {
        folder.write(name, text);
    }
    for side in ["old", "new"] {
        folder.ask(&format!("snapshot {side} --out {side}.json --prices book"));
    }
    let of = |report: &Value| {
        let scenarios = report["scenarios"].as_array().expect("a list").iter();
        let told = scenarios.map(|each| format!("{} {}", each["change"], each["file"]).replace('"', ""));
        told.collect::<Vec<_>>()
    };
    for (before, after) in
        [("old", "new"), ("old.json", "new"), ("old", "new.json"), ("old.json", "new.json")]
    {
        let report = json(&folder, &format!("{before} {after}"));
        let wanted = [
            "changed new/a/shop.toml",
            "added new/fresh.toml",
            "removed old/gone.toml",
            "same new/same.toml",
        ];
        assert_eq!(of(&report), wanted, "{before} {after}");
        assert_eq!(report["counts"]["same_in_other_words"], 1);
        add_up(&report);
    }
    // One file of a side is enough for the other to be looked up in.
    let one = json(&folder, "old.json new/a/shop.toml");
    assert_eq!(of(&one), ["changed new/a/shop.toml"]);
    let none = diff(&folder, "old.json new/fresh.toml");
    assert_eq!(none.code, 1, "{}", none.transcript());
    assert!(none.stderr.contains("has no scenario `new/fresh.toml`"), "{}", none.stderr);
}

#[test]
fn the_gate_fails_on_a_change_and_on_nothing_else() {
    let folder = with_two_books();
    folder.write("shop.toml", GOOD);
    folder.write("other.toml", GOOD.replace("\"Shop\"", "\"Corner shop\""));
    for (words, code) in [
        ("book new shop.toml --fail-on-change", 2),
        ("book new shop.toml", 0),
        ("book book shop.toml --fail-on-change", 0),
        ("shop.toml other.toml --fail-on-change", 0),
        ("book new shop.toml --option fargate --fail-on-change", 2),
    ] {
        let told = diff(&folder, words);
        assert_eq!((told.code, told.stderr.as_str()), (code, ""), "{words}: {}", told.transcript());
        assert!(!told.stdout.is_empty());
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_what_would() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    folder.write("list.json", "{\"kind\": \"comparison\"}");
    folder.write("array.json", "[1, 2]");
    folder.ask("snapshot shop.toml --out kept.json --prices book");
    // A byte order mark says nothing.
    folder.write("marked.json", format!("\u{feff}{}", folder.read("kept.json")));
    assert_eq!(diff(&folder, "marked.json kept.json --fail-on-change").code, 0);
    let all = [
        "array.json shop.toml",
        "kept.json 2026-10-07",
        "book shop.toml",
        "2026-01-01 2026-10-07",
        "2026-01-01 2026-10-07 shop.toml --as-of 2026-02-01",
        "kept.json shop.toml shop.toml",
        "kept.json kept.json --as-of 2026-10-07",
        "- -",
        "2026-01-01 2026-10-07 -",
        "nothing.toml shop.toml",
        "2026-13-01 2026-10-07 shop.toml",
        "list.json shop.toml",
        "kept.json shop.toml --option lamda",
        "kept.json",
    ];
    let told: Vec<String> = all.iter().map(|words| diff(&folder, words).transcript()).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn every_format_shows_all_at_once() {
    for format in ["text", "markdown", "csv", "json"] {
        let folder = with_all_at_once();
        let answer = folder.ask(&format!("diff kept.json shop.toml --prices new --format {format}"));
        insta::assert_snapshot!(format!("all_at_once_{format}"), answer.transcript());
    }
}

#[test]
fn the_json_page_names_every_field() {
    let page = std::fs::read_to_string(support::root().join("docs/json.md")).expect("the page");
    let (_, section) = page.split_once("# `weigh diff").expect("a section");
    let (section, _) = section.split_once("\n## ").expect("another section");
    let folder = with_all_at_once();
    let mut found = Vec::new();
    fields(&json(&folder, "kept.json shop.toml"), &mut found);
    assert!(found.len() > 100);
    for field in found {
        assert!(section.contains(&format!("`{field}`")), "docs/json.md does not name `{field}`");
    }
}

#[test]
fn what_is_written_fits_its_schema() {
    let published = Published::read(&["difference"]);
    let folder = with_all_at_once();
    let unpriced = with("region", "region = \"ap-south-1\"");
    folder.write("unpriced.toml", unpriced);
    folder.write("less.toml", GOOD);
    for words in [
        "diff kept.json shop.toml --prices new --all",
        "diff shop.toml less.toml --prices book",
        "diff kept.json kept.json --all",
        "diff book new shop.toml less.toml",
    ] {
        published.fits("difference", &folder.ask(&format!("{words} --format json")));
    }
    // Of a region without prices the frozen book as it is: an option has a cost on one side alone.
    let path = |name: &str| folder.path.join(name).display().to_string();
    let words =
        ["diff", &path("less.toml"), &path("unpriced.toml"), "--format", "json", "--prices", support::BOOK];
    let told = published.fits("difference", &support::ask_words(&words, b""));
    assert!(told["scenarios"][0]["options"][0]["unknown"].is_string(), "{told:#}");
    assert!(told["scenarios"][0]["options"][0]["cost"].is_null());
}
