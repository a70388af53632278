//! `weigh prices diff`: days, books and files against one another.

mod support;

use serde_json::Value;
use support::{Answer, ask, ask_plainly, run};

const BEFORE: &str = "crates/weigh-cli/tests/prices/before";
const AFTER: &str = "crates/weigh-cli/tests/prices/after";
const OWN: &str = "crates/weigh-cli/tests/prices/own.csv";

/// A difference with the book of before as the price book.
fn diff(words: &str) -> Answer {
    let words = words.replace("BEFORE", BEFORE).replace("AFTER", AFTER).replace("OWN", OWN);
    ask_plainly(&format!("prices diff {words} --prices {BEFORE}"))
}

#[test]
fn two_books_differ_in_every_format() {
    for format in ["text", "json", "markdown", "csv"] {
        insta::assert_snapshot!(
            format!("books_{format}"),
            diff(&format!("BEFORE AFTER --format {format}")).transcript()
        );
    }
}

#[test]
fn two_days_of_one_book_differ() {
    let all = [
        run("prices diff 2024-01-01 2026-10-07 --service vpc", ""),
        run("prices diff 2026-09-01 2026-10-07 --region us-east-1", ""),
        run("prices diff 2026-10-07 2026-09-01 --region us-east-1", ""),
        run("prices diff 2026-10-07 2026-10-07", ""),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn days_books_and_files_stand_against_one_another() {
    let queue = "aws/north-1/queue.csv";
    let all = [
        diff("2024-06-01 AFTER --region north-1 --service ec2"),
        diff("BEFORE AFTER --as-of 2026-01-05"),
        diff("BEFORE AFTER --derived --service ec2-year"),
        diff(&format!("BEFORE/{queue} AFTER/{queue}")),
        diff(&format!("2026-01-05 AFTER/{queue}")),
        diff(&format!("AFTER BEFORE/{queue} --region south-1")),
        diff(&format!("BEFORE/{queue} BEFORE/aws/south-1/queue.csv")),
        diff("BEFORE/aws/global/dns.csv AFTER"),
        diff("2026-01-05 OWN"),
        diff("BEFORE OWN --as-of 2027-01-01"),
        diff("OWN OWN"),
    ];
    insta::assert_snapshot!(all.map(|each| each.transcript()).join("\n"));
}

#[test]
fn the_gate_fails_on_a_change_and_on_nothing_else() {
    for (words, code) in [
        ("BEFORE AFTER --fail-on-change", 2),
        ("BEFORE AFTER", 0),
        ("BEFORE BEFORE --fail-on-change", 0),
        ("BEFORE AFTER --region south-1 --service ec2 --fail-on-change", 0),
        ("2026-01-05 2026-01-05 --fail-on-change", 0),
        ("2024-01-05 2026-01-05 --fail-on-change", 2),
    ] {
        let told = diff(words);
        assert_eq!((told.code, told.stderr.as_str()), (code, ""), "{words}: {}", told.transcript());
        assert!(!told.stdout.is_empty());
    }
}

#[test]
fn the_way_back_is_the_opposite() {
    let parsed = |words: &str| -> Value { serde_json::from_str(&diff(words).stdout).unwrap() };
    let (there, back) = (parsed("BEFORE AFTER --format json"), parsed("AFTER BEFORE --format json"));
    let (there_rows, back_rows) = (there["changes"].as_array().unwrap(), back["changes"].as_array().unwrap());
    assert_eq!(there_rows.len(), back_rows.len());
    for (one, other) in there_rows.iter().zip(back_rows) {
        assert_eq!((&one["before"], &one["after"]), (&other["after"], &other["before"]));
        if let (Some(up), Some(down)) = (one["difference"].as_str(), other["difference"].as_str()) {
            assert_eq!(up.trim_start_matches('-'), down.trim_start_matches('-'));
            assert_ne!(up.starts_with('-'), down.starts_with('-'));
        }
    }
    for (one, other) in
        [("added", "removed"), ("offered", "not_offered"), ("changed", "changed"), ("unit", "unit")]
    {
        assert_eq!(there["counts"][one], back["counts"][other], "{one}");
    }
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_helps() {
    let mut all = String::new();
    for words in [
        "yesterday 2026-01-01",
        "2026-01-01 2026-02-30",
        "2026-01-01 no/such/folder",
        "2026-01-01 crates",
        "2026-01-01 crates/weigh-cli/tests/prices/no-prices.csv",
        "crates/weigh-cli/tests/prices/wrong/north-1/queue.csv 2026-01-01",
        "BEFORE/aws/sources.csv AFTER",
        "2026-01-01 2026-01-02 --as-of 2026-01-03",
        "BEFORE AFTER --region nrth-1",
        "BEFORE AFTER --service eec2",
        "AFTER/aws/east-1/ec2.csv BEFORE",
        "BEFORE/aws/north-1/ec2.csv AFTER --region mars",
    ] {
        let told = diff(words);
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}: {}", told.transcript());
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_pinned_book_is_that_of_the_days() {
    assert_eq!(ask("prices diff 2026-01-01 2026-01-02 --book 00000000", b"").code, 1);
}
