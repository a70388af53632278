//! `weigh prices import` of broken files: told with their place, all of them together, and nothing written.

mod support;

use support::folder::Folder;

/// The CSV offer file of a machine, as AWS writes it.
const TABLE: &str = "SKU,OfferTermCode,TermType,EffectiveDate,StartingRange,Unit,PricePerUnit,Currency,Product Family,\
    serviceCode,usageType,Region Code\nA,J,OnDemand,2026-09-01,0,GB-Mo,0.1,USD,Storage,AmazonEC2,EBS:VolumeUsage.gp3,\
    us-east-1\n";

/// Writes a file of each kind of mistake; their names, in order.
fn broken(folder: &Folder) -> Vec<&'static str> {
    let table = |from: &str, to: &str| {
        assert!(TABLE.contains(from));
        TABLE.replacen(from, to, 1)
    };
    folder.fixture("offer.json", "whole.json", &[]);
    let offer = folder.read("whole.json");
    let offered = |from: &str, to: &str| {
        assert!(offer.contains(from), "{from}");
        offer.replacen(from, to, 1)
    };
    let (products, _) = offer.split_once("\n \"terms\"").expect("terms");
    let (_, terms) = offer.split_once("\n \"terms\"").expect("terms");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("truncated.json", offer.as_bytes()[..offer.len() * 2 / 3].to_vec()),
        ("products-alone.json", format!("{}\n}}\n", products.trim_end_matches(',')).into_bytes()),
        ("terms-alone.json", format!("{{\n \"terms\"{terms}").into_bytes()),
        ("duplicate-sku.json", offered("\"T3MEDIUM\": {", "\"M5LARGE\": {").into_bytes()),
        ("euros.json", offered("\"USD\"", "\"EUR\"").into_bytes()),
        ("thousands.json", offered("0.0456000000", "1,045.6").into_bytes()),
        ("exponent.json", offered("0.0456000000", "4.56E-40").into_bytes()),
        ("negative.json", offered("0.0456000000", "-0.0456").into_bytes()),
        ("latin.json", offered("A fixture.", "caf\u{1}").into_bytes().iter().map(|b| if *b == 1 { 0xE9 } else { *b }).collect()),
        ("index.json", b"{\"formatVersion\": \"v1.0\", \"offers\": {}}".to_vec()),
        ("other.json", b"{\"name\": \"weigh\"}".to_vec()),
        ("empty.csv", Vec::new()),
        ("one-byte.csv", b"x".to_vec()),
        ("no-header.csv", "about,prices\n".repeat(30).into_bytes()),
        ("semicolons.csv", TABLE.replace(',', ";").into_bytes()),
        ("columns.csv", table("Unit,PricePerUnit,Currency", "Unit,Price,Money").into_bytes()),
        ("slashes.csv", table("2026-09-01", "09/01/2026").into_bytes()),
        ("thousands.csv", table("0.1,USD", "\"1,000.1\",USD").into_bytes()),
        ("pounds.csv", table("USD", "GBP").into_bytes()),
        ("cut-off.csv", TABLE.as_bytes()[..TABLE.len() - 40].to_vec()),
        ("utf16.csv", format!("\u{feff}{TABLE}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("advisor.json", b"{\"spot_advisor\": {\"us-east-1\": {\"Linux\": {\"m5.large\": {\"s\": 101, \"r\": 0}}}}}".to_vec()),
        ("history.json", b"{\"SpotPriceHistory\": [{\"AvailabilityZone\": \"us-east-1a\"}]}".to_vec()),
        ("products.jsonl", b"{\"product\": {\"sku\": \"A\"}}\n".to_vec()),
        ("nowhere.csv", b"price_id,unit,from_quantity,usd,from,seen,source,mark\n".to_vec()),
        ("us-east-1/ebs.csv", b"price_id,unit,from_quantity,usd,from,seen,source,mark\nebs/x,Parsecs,0,1,2026-01-01,2026-01-01,s,\n".to_vec()),
        ("us-east-1/spot-advisor.csv", b"instance_type,saving_percent,interruption,seen,source\nm5.large,50,often,2026-01-01,s\n".to_vec()),
    ];
    let mut names: Vec<&str> = Vec::new();
    for (name, bytes) in files {
        folder.write(name, bytes);
        names.push(name);
    }
    names.extend(["us-east-1", "no-such-file.json"]);
    names
}

/// Each alone is refused in a sentence with its place; neither a new book nor a trace of one is left.
#[test]
fn each_broken_file_is_refused_and_nothing_is_written() {
    let folder = Folder::with_book();
    let names = broken(&folder);
    let (entries, before) = (folder.names(), folder.tree("book"));
    let mut all = String::new();
    for name in names {
        for out in ["book", "new"] {
            let told = folder.ask(&format!("prices import {name} --out {out}"));
            assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
            assert!(told.stderr.starts_with(&format!("error: {name}:")), "{}", told.stderr);
            assert!(told.stderr.ends_with("\nerror: 1 error; nothing was written\n"), "{}", told.stderr);
            if out == "new" {
                all.push_str(told.stderr.lines().next().unwrap_or_default());
                all.push('\n');
            }
        }
    }
    assert_eq!((folder.names(), folder.tree("book")), (entries, before));
    insta::assert_snapshot!(all);
}

/// One run tells what is wrong in all files; those that are right are not worked in either.
#[test]
fn several_broken_files_are_told_together() {
    let folder = Folder::with_book();
    broken(&folder);
    folder.fixture("offer.csv", "offer.csv", &[]);
    let (entries, before) = (folder.names(), folder.tree("book"));
    let told = folder.ask(
        "prices import whole.json slashes.csv offer.csv truncated.json no-such-file.json --out book --fresh",
    );
    assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    assert_eq!((folder.names(), folder.tree("book")), (entries, before));
    insta::assert_snapshot!(told.transcript());
}

/// What a spreadsheet adds before the header is understood, as AWS's own five lines are.
#[test]
fn lines_before_the_header_are_passed_over() {
    let folder = Folder::new();
    let five = "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"a, b\"\n\"Publication Date\",\"2026-11-01T00:00:00Z\"\n\
                \"Version\",\"20261101000000\"\n\"OfferCode\",\"AmazonEC2\"\n";
    for (name, before) in
        [("sep.csv", "sep=,\n"), ("five.csv", five), ("mark.csv", "\u{feff}"), ("plain.csv", "")]
    {
        folder.write(name, format!("{before}{TABLE}"));
        let told = folder.ask(&format!("prices import {name} --out book --fresh --read-on 2026-11-01"));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
        let row = folder.read("book/aws/us-east-1/ebs.csv");
        assert!(
            row.contains("ebs/gp3-storage-gb-months,GB-Months,0,0.1,2026-09-01,2026-11-01,"),
            "{name}: {row}"
        );
    }
}

/// A price per another unit than the book's is refused when it is worked in: what was written by then goes.
#[test]
fn a_price_in_another_unit_leaves_no_trace() {
    let folder = Folder::with_book();
    folder.write(
        "eu-west-1/vpc.csv",
        "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
         vpc/nat-gateway-hours,GB,0,0.05,2026-11-01,2026-11-01,list,\n",
    );
    let (entries, before) = (folder.names(), folder.tree("book"));
    let told = folder.ask("prices import eu-west-1/vpc.csv --out book");
    assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    assert_eq!(told.stderr, "error: eu-west-1: vpc/nat-gateway-hours is priced per Hours, not per GB\n");
    assert_eq!((folder.names(), folder.tree("book")), (entries, before));
}

/// A book that is broken where the import must read it is told, and stays as it is.
#[test]
fn a_broken_book_is_not_brought_up_to_date() {
    let folder = Folder::with_book();
    folder.fixture("offer.json", "offer.json", &[]);
    folder.replace("book/aws/eu-west-1/ec2.csv", "m5.large,Hours,0,0.107", "m5.large,Hours,0,cheap");
    let (entries, before) = (folder.names(), folder.tree("book"));
    let told = folder.ask("prices import offer.json --out book");
    assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    assert!(told.stderr.contains("aws/eu-west-1/ec2.csv:6: `cheap` is no amount"), "{}", told.stderr);
    assert_eq!((folder.names(), folder.tree("book")), (entries, before));
}

#[test]
fn wrong_usage_is_refused() {
    let folder = Folder::new();
    for (words, says) in [
        ("prices import --out book", "<FILE>..."),
        ("prices import a.json", "--out <DIR>"),
        ("prices import a.json --out book --read-on yesterday", "`yesterday` is no date"),
        ("prices import a.json --out book --prices other", "unexpected argument '--prices'"),
    ] {
        let told = folder.ask(words);
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}");
        assert!(told.stderr.contains(says), "{words}: {}", told.stderr);
    }
    assert!(folder.names().is_empty());
}
