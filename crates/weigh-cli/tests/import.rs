//! `weigh prices import`: what AWS's own files become in the book, and what the report says of it.

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::folder::Folder;
use support::root;

/// Every kind of file, each small.
const FILES: [&str; 7] = [
    "offer.json",
    "offer.csv",
    "savings-plan.json",
    "get-products.jsonl",
    "get-products.json",
    "spot-advisor.json",
    "spot-history.json",
];
const ALL: &str = "prices import offer.json offer.csv savings-plan.json get-products.jsonl get-products.json \
                   spot-advisor.json spot-history.json --out book --read-on 2026-11-02";
/// A later list with another price of a machine.
const LATER: [(&str, &str); 3] =
    [("2026-11-01T", "2026-12-01T"), ("20261101", "20261201"), ("0.1110000000", "0.1150000000")];

/// A folder with a whole book and every kind of file.
fn with_files() -> Folder {
    let folder = Folder::with_book();
    for name in FILES {
        folder.fixture(name, name, &[]);
    }
    folder
}

/// The answer of a run that must work, as JSON.
fn json(folder: &Folder, words: &str) -> Value {
    let told = folder.ask(&format!("{words} --format json"));
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    serde_json::from_str(&told.stdout).expect("JSON")
}

/// The counts of what became of the prices: added, changed, confirmed, older, contradicted.
fn outcomes(report: &Value) -> [u64; 5] {
    ["added", "changed", "confirmed", "older", "contradicted"]
        .map(|name| report["outcomes"][name].as_u64().expect("a count"))
}

#[test]
fn every_kind_of_file_is_worked_in_and_reported_in_every_format() {
    for format in ["text", "json", "markdown", "csv"] {
        let folder = with_files();
        let told = folder.ask(&format!("{ALL} --format {format}"));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("report_{format}"), told.transcript());
    }
}

#[test]
fn the_book_shows_what_was_imported_and_still_passes() {
    let folder = with_files();
    let before = folder.tree("book");
    assert_eq!(folder.ask(ALL).code, 0);
    let mut all = String::new();
    for words in [
        "prices verify book",
        "prices show ec2/instance-hours/m5.large --region eu-west-1 --prices book",
        "prices show lambda/duration-gb-seconds/x86 --region eu-west-1 --prices book --format csv",
        "prices show vpc/nat-gateway-hours --region eu-west-1 --prices book --as-of 2026-10-31 --format csv",
        "prices list --region eu-west-1 --match m5.large --prices book --format csv",
    ] {
        let told = folder.ask(words);
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
    // A region that no file speaks of is as it was, byte for byte.
    let after = folder.tree("book");
    let of = |tree: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        let files =
            tree.iter().filter(|(name, _)| name.starts_with("aws/us-east-1/") || name.contains("/shapes/"));
        files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    };
    assert_eq!(of(&before), of(&after));
    assert!(of(&before).len() > 10);
}

#[test]
fn imported_again_everything_is_confirmed_and_nothing_changes() {
    let folder = with_files();
    let first = json(&folder, ALL);
    let written = folder.tree("book");
    let second = json(&folder, ALL);
    assert_eq!(outcomes(&first), [5, 3, 5, 0, 0]);
    assert_eq!(outcomes(&second), [0, 0, 13, 0, 0]);
    assert_eq!(first["hash"], second["hash"]);
    assert_eq!(folder.tree("book"), written);
    // The hash is that which every report on the book carries.
    let regions = json(&folder, "prices regions --prices book");
    assert_eq!(regions["book"], second["hash"]);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let (one, other) = (with_files(), with_files());
    let mut words: Vec<&str> = ALL.split_whitespace().collect();
    assert_eq!(one.ask(ALL).code, 0);
    words[2..2 + FILES.len()].reverse();
    assert_eq!(other.ask(&words.join(" ")).code, 0);
    assert_eq!(one.tree("book"), other.tree("book"));
}

#[test]
fn a_changed_price_is_a_new_version_and_the_old_one_stays() {
    let folder = with_files();
    assert_eq!(folder.ask("prices import offer.json --out book").code, 0);
    folder.fixture("offer.json", "later.json", &LATER);
    let report = json(&folder, "prices import later.json --out book");
    assert_eq!(outcomes(&report), [0, 1, 4, 0, 0]);
    let rows = folder.read("book/aws/eu-west-1/ec2.csv");
    let rows: Vec<&str> =
        rows.lines().filter_map(|row| row.strip_prefix("ec2/instance-hours/m5.large,Hours,0,")).collect();
    let versions = [
        "0.107,2025-04-04,2025-04-04,ec2-shop-2025-04-04,single",
        "0.111,2026-11-01,2026-11-01,aws-AmazonEC2-20261101000000,",
        "0.115,2026-12-01,2026-12-01,aws-AmazonEC2-20261201000000,",
    ];
    assert_eq!(rows, versions);
    let told = folder.ask("prices diff 2026-11-01 2026-12-01 --prices book --region eu-west-1");
    insta::assert_snapshot!("diff_of_a_changed_price", told.transcript());
    // The older list again contradicts the newer one only where they differ.
    let report = json(&folder, "prices import offer.json --out book");
    assert_eq!(outcomes(&report), [0, 0, 5, 0, 0]);
    // A list whose price was known then, and is not that of any version, is of the past.
    folder.fixture("offer.json", "past.json", &[("2026-11-01T", "2024-05-01T"), ("20261101", "20240501")]);
    let report = json(&folder, "prices import past.json --out book");
    assert_eq!(report["outcomes"]["older"], 1, "{report:#}");
    assert_eq!(folder.ask("prices verify book").code, 0);
}

#[test]
fn what_a_list_of_the_same_day_contradicts_is_left_out_and_named() {
    let folder = with_files();
    assert_eq!(folder.ask("prices import offer.json --out book").code, 0);
    folder.fixture("offer.json", "other.json", &[("0.1110000000", "0.1130000000")]);
    let before = folder.tree("book");
    let told = folder.ask("prices import other.json --out book --fail-on-conflict");
    assert_eq!(told.code, 0, "{}", told.transcript());
    assert_eq!(folder.tree("book"), before);
    insta::assert_snapshot!(told.transcript());
}

/// Two machines of one kind at two prices: neither is taken, and both are named.
#[test]
fn a_file_that_says_two_things_of_one_price_is_in_conflict() {
    let folder = Folder::with_book();
    folder.fixture("twins.json", "twins.json", &[]);
    let told = folder.ask("prices import twins.json --out book");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    let failed = folder.ask("prices import twins.json --out book --fail-on-conflict --format json");
    assert_eq!((failed.code, failed.stderr.as_str()), (2, ""), "{}", failed.transcript());
    let report: Value = serde_json::from_str(&failed.stdout).expect("JSON");
    assert_eq!(report["conflicts"].as_array().map(Vec::len), Some(1), "{report:#}");
    let rows = folder.read("book/aws/eu-west-1/ec2.csv");
    assert_eq!(rows.matches("/m5.large,").count(), 1, "{rows}");
    insta::assert_snapshot!(told.transcript());
}

#[test]
fn a_fresh_book_has_the_prices_of_the_files_alone() {
    let folder = with_files();
    let told = folder.ask("prices import offer.json --out book --fresh");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert!(told.stdout.contains("based on nothing"), "{}", told.stdout);
    let tree = folder.tree("book");
    let regions: Vec<&String> = tree.keys().filter(|name| name.contains("-1/")).collect();
    assert_eq!(regions, ["aws/eu-west-1/ebs.csv", "aws/eu-west-1/ec2-reserved.csv", "aws/eu-west-1/ec2.csv"]);
    let prices = "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
                  ec2/instance-hours/m5.large,Hours,0,0.111,2026-11-01,2026-11-01,aws-AmazonEC2-20261101000000,\n\
                  ec2/instance-hours/t3.medium,Hours,0,0.0456,2026-11-01,2026-11-01,aws-AmazonEC2-20261101000000,\n";
    assert_eq!(folder.read("book/aws/eu-west-1/ec2.csv"), prices);
}

/// The round trip: a book, read as files of a book, gives the same book.
#[test]
fn a_written_book_is_read_back_byte_for_byte() {
    let folder = with_files();
    assert_eq!(folder.ask(ALL).code, 0);
    let tree = folder.tree("book");
    let names = tree.keys().filter(|name| {
        let region = name.split('/').nth(1).unwrap_or_default();
        (region.ends_with("-1") || region == "global") && !name.ends_with("allowances.csv")
    });
    let files: Vec<String> = names.map(|name| format!("book/{name}")).collect();
    assert!(files.len() > 25, "{files:?}");
    let report = json(&folder, &format!("prices import {} --out again --fresh", files.join(" ")));
    assert_eq!(report["conflicts"].as_array().map(Vec::len), Some(0));
    let again = folder.tree("again");
    for name in &files {
        let name = name.strip_prefix("book/").unwrap_or(name);
        let text = |bytes: Option<&Vec<u8>>| bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(text(again.get(name)), text(tree.get(name)), "{name}");
    }
    // Into the book itself, they say nothing new.
    let report = json(&folder, &format!("prices import {} --out book", files.join(" ")));
    assert_eq!(outcomes(&report)[..2], [0, 0], "{report:#}");
    assert_eq!(folder.tree("book"), tree);
}

/// Without a book in its place, the import starts from the embedded one: what no file speaks of is the same.
#[test]
fn a_new_book_is_based_on_the_embedded_one() {
    let folder = Folder::new();
    folder.fixture("offer.json", "offer.json", &[]);
    let told = folder.ask("prices import offer.json --out book");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert!(told.stdout.contains("based on the embedded book"), "{}", told.stdout);
    let written = folder.tree("book");
    let data = root().join("pricing-data");
    let mut same = 0;
    for (name, bytes) in written.iter().filter(|(name, _)| !name.starts_with("aws/eu-west-1/")) {
        if name == "aws/sources.csv" {
            continue;
        }
        let original = std::fs::read(data.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(original == *bytes, "{name}");
        same += 1;
    }
    assert!(same > 300, "{same} files");
    let told = folder.ask("prices verify book --format json");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.stdout);
}

/// A pipe gets the report and nothing else, however large the file.
#[test]
fn a_pipe_is_told_no_progress() {
    let folder = with_files();
    let blank = " ".repeat(1_000);
    folder
        .write("blank.json", format!("{}{}", folder.read("offer.json"), format!("{blank}\n").repeat(18_000)));
    let told = folder.ask("prices import blank.json --out book");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert!(!told.stdout.contains(['\r', '\u{1b}']));
}
