//! `weigh prices list`, `show` and `regions`: what the price book has, and what it says where it has nothing.

mod support;

use std::process::Stdio;

use serde_json::Value;
use support::{Answer, BOOK, answer, ask, ask_plainly, program, run};

/// A small book with rules, Spot savings and a list that is known to be whole.
const SMALL: &str = "--prices crates/weigh-cli/tests/prices/before";
const OWN: &str = "--prices crates/weigh-cli/tests/prices/own.csv";

const COMMANDS: [(&str, &str); 4] = [
    ("list", "prices list --region eu-west-1 --service lambda"),
    ("ids", "prices list --service transfer"),
    ("show", "prices show transfer/internet-out-gb --region us-east-1"),
    ("regions", "prices regions"),
];

/// The transcript of a run on the small book.
fn small(words: &str) -> String {
    ask_plainly(&format!("{words} {SMALL}")).transcript()
}

#[test]
fn every_command_answers_in_every_format() {
    for (name, words) in COMMANDS {
        for format in ["text", "json", "markdown", "csv"] {
            insta::assert_snapshot!(
                format!("{name}_{format}"),
                run(&format!("{words} --format {format}"), "")
            );
        }
    }
}

#[test]
fn lists_on_other_days_with_other_prices() {
    let all = [
        run("prices list --region us-east-1 --match IPV4 --as-of 2023-12-31", ""),
        run("prices list --region us-east-1 --service lambda --as-of 2024-12-31", ""),
        small("prices list --region north-1 --derived"),
        small("prices list --region south-1"),
        small(&format!("prices list --region north-1 --service ec2 {OWN}")),
        small("prices list --derived --match t1.SMALL"),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn what_matches_nothing_is_told_with_the_nearest() {
    let mut all = String::new();
    for words in [
        "prices list --match farget",
        "prices list --region us-east-1 --match zzzz",
        "prices list --region us-east-1 --service lambda/duration",
        "prices list --region us-east-1 --service ec2/instance-huors",
    ] {
        let told = ask(words, b"");
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{words}");
        all.push_str(&told.transcript());
    }
    all.push_str(&small("prices list --region north-1 --service ec2-year"));
    insta::assert_snapshot!(all);
}

#[test]
fn shows_derived_spot_borrowed_own_old_and_absent_prices() {
    let all = [
        small("prices show ec2-spot/instance-hours/t1.small --region north-1"),
        small("prices show ec2-year/instance-hours/t1.small --region north-1 --as-of 2024-06-01"),
        small("prices show ec2/instance-hours/t1.old --region north-1"),
        small("prices show queue/requests --region south-1"),
        small(&format!("prices show ec2/instance-hours/t1.small --region south-1 {OWN}")),
        run(
            "prices show fargate/ephemeral-storage-gb-hours --region ap-south-1 --assume-missing-from us-east-1",
            "",
        ),
        run("prices show vpc/public-ipv4-hours --region us-east-1 --as-of 2023-12-31", ""),
        run("prices show lambda/duration-gb-seconds/x86 --region us-east-1", ""),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn csv_of_a_price_that_is_derived_or_not_offered_is_its_answer() {
    let all = [
        small("prices show ec2-spot/instance-hours/t1.small --region north-1 --format csv"),
        small("prices show ec2/instance-hours/t1.old --region north-1 --format csv"),
        small("prices show queue/requests --region south-1 --format csv"),
        small(&format!("prices show ec2/instance-hours/t1.small --region south-1 --format csv {OWN}")),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

fn refused(told: &Answer) {
    assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    assert!(told.stderr.contains("help: "), "{}", told.stderr);
}

#[test]
fn what_is_not_in_the_book_is_refused_with_what_helps() {
    let mut all = String::new();
    for words in [
        "prices list --region us-east1",
        "prices list --service lamda",
        "prices list --service=",
        "prices list --region us-east-1 --book 00000000",
        "prices show lambda/requests --region mars",
        "prices show lambda/requests --region us-east-1 --assume-missing-from mars",
        "prices show lambda/request --region us-east-1",
        "prices show fargate/vcpu-hours --region us-east-1",
        "prices show ec2/instance-hours/t3.medum --region us-east-1",
        "prices show kubernetes/pods --region us-east-1",
        "prices show fargate/ephemeral-storage-gb-hours --region ap-south-1",
        "prices show lambda/requests --region us-east-1 --as-of 2020-01-01",
    ] {
        let told = ask(words, b"");
        refused(&told);
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
}

#[test]
fn wrong_usage_is_refused() {
    for (words, says) in [
        ("prices", "Usage: weigh prices"),
        ("prices lst", "a similar subcommand exists: 'list'"),
        ("prices show lambda/requests", "--region <REGION>"),
        ("prices show --region us-east-1", "<PRICE-ID>"),
        ("prices list --as-of soon", "`soon` is no date"),
        ("prices regions us-east-1", "unexpected argument 'us-east-1'"),
        ("prices diff 2026-01-01", "<B>"),
    ] {
        let told = ask_plainly(words);
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}");
        assert!(told.stderr.contains(says), "{words}: {}", told.stderr);
    }
}

#[test]
fn every_listed_price_can_be_shown() {
    let listed = ask("prices list --region eu-west-1 --format json", b"").stdout;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let prices = listed["prices"].as_array().unwrap();
    assert!(prices.len() > 50);
    for price in prices {
        let price_id = price["price_id"].as_str().unwrap();
        let shown = ask(&format!("prices show {price_id} --region eu-west-1 --format json"), b"");
        let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
        assert_eq!(shown["status"], price["status"], "{price_id}");
        assert_eq!(shown["bands"][0]["rate"], price["rate"], "{price_id}");
        assert_eq!(shown["bands"].as_array().unwrap().len() as u64, price["bands"].as_u64().unwrap());
    }
}

#[test]
fn the_lists_of_all_regions_add_up() {
    let ids: Value = serde_json::from_str(&ask("prices list --format json", b"").stdout).unwrap();
    let counted: u64 =
        ids["price_ids"].as_array().unwrap().iter().map(|each| each["priced_in"].as_u64().unwrap()).sum();
    let mut listed = 0;
    for region in ["ap-south-1", "eu-west-1", "us-east-1"] {
        let words =
            format!("prices list --region {region} --format csv --as-of {}", ids["as_of"].as_str().unwrap());
        let csv = ask(&words, b"").stdout;
        listed += csv.lines().filter(|line| line.contains(",priced,")).count() as u64;
    }
    assert_eq!(counted, listed);
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_pipe_gets_no_colours() {
    for words in ["prices list", "prices regions", "prices list --region us-east-1 --format csv"] {
        let mut command = program();
        command.args(words.split(' ')).args(["--prices", BOOK]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{words}");
        let words: Vec<&str> = words.split(' ').collect();
        let piped = answer(program().args(words).args(["--prices", BOOK]), String::new(), b"");
        assert!(!piped.stdout.contains('\u{1b}'));
    }
}
