//! `weigh prices coverage`: what each region has of what the platforms need, what it lacks, and how old it is.

mod support;

use serde_json::Value;
use support::folder::Folder;
use support::{ask, ask_plainly, run};

#[test]
fn the_regions_are_told_in_every_format() {
    for format in ["text", "json", "markdown", "csv"] {
        insta::assert_snapshot!(
            format!("all_{format}"),
            run(&format!("prices coverage --format {format}"), "")
        );
    }
}

#[test]
fn one_region_one_service_and_another_day_are_told() {
    let all = [
        run("prices coverage --region ap-south-1", ""),
        run("prices coverage --service transfer", ""),
        run("prices coverage --region eu-west-1 --service lambda --format csv", ""),
        run("prices coverage --region us-east-1 --as-of 2024-01-01", ""),
        run("prices coverage --as-of 2020-01-01 --service fargate", ""),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

/// What a region does not sell is told apart from what nobody knows; own prices fill a gap.
#[test]
fn not_offered_unknown_and_own_prices_are_told_apart() {
    let folder = Folder::with_book();
    let not_offered = "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
                       SERVICE/*,Months,0,not offered,2026-09-21,2026-09-21,zombiescan-2026-09-21,\n";
    for service in ["lightsail", "efs"] {
        folder.write(&format!("book/aws/us-east-1/{service}.csv"), not_offered.replace("SERVICE", service));
    }
    std::fs::remove_file(folder.path.join("book/aws/us-east-1/ecr.csv")).expect("a file");
    std::fs::remove_file(folder.path.join("book/aws/us-east-1/cloudwatch.csv")).expect("a file");
    folder.write(
        "own.csv",
        "price_id,region,unit,price,from,note\n\
         cloudwatch/log-ingestion-gb,us-east-1,GB,0.4,2026-01-01,contract 4711\n\
         cloudwatch/log-storage-gb-months,us-east-1,GB-Months,0.02,2026-01-01,contract 4711\n",
    );
    let mut all = String::new();
    for words in ["", " --prices own.csv --format csv"] {
        let told = folder.ask(&format!("prices coverage --region us-east-1 --prices book{words}"));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""));
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
}

#[test]
fn wrong_names_and_books_are_refused_with_what_helps() {
    let mut all = String::new();
    for words in [
        "prices coverage --region us-east1",
        "prices coverage --service lamda",
        "prices coverage --service ec2/instance-hours",
        "prices coverage --service=",
        "prices coverage --book 00000000",
        "prices coverage --as-of soon",
    ] {
        let told = ask(words, b"");
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}");
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
    let told = ask_plainly("prices coverage --prices crates/weigh-cli/tests/prices/before");
    assert_eq!((told.code, told.stdout.as_str()), (1, ""));
    assert!(told.stderr.contains("error: aws/shapes/ec2-instance-types.csv: the file is missing\n"));
}

/// Whatever the embedded book has today, it covers every region, and the first one wholly.
#[test]
fn the_embedded_book_covers_every_region() {
    let report = |words: &str| -> Value {
        let told = ask_plainly(&format!("prices coverage --format json {words}"));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""));
        serde_json::from_str(&told.stdout).expect("JSON")
    };
    let all = report("");
    let regions = all["regions"].as_array().expect("regions");
    assert!(regions.len() >= 34, "{} regions", regions.len());
    for region in regions {
        let platforms = region["platforms"].as_array().expect("platforms");
        assert_eq!(platforms.len(), 5);
        for platform in platforms {
            let (status, lacks) =
                (platform["status"].as_str().expect("a word"), platform["lacks"].as_array());
            assert!(["priced", "partly", "missing", "not offered"].contains(&status), "{platform}");
            assert_eq!(status == "priced", lacks.is_some_and(Vec::is_empty), "{platform}");
        }
        for service in region["services"].as_array().expect("services") {
            let prices = service["prices"].as_u64().expect("a count");
            assert_eq!(prices == 0, service["oldest_seen"].is_null(), "{service}");
            assert!(service["oldest_age_days"].as_i64().is_none_or(|age| age >= 0), "{service}");
        }
    }
    let one = report("--region us-east-1");
    assert_eq!(one["regions"].as_array().map(Vec::len), Some(1));
    assert!(
        one["regions"][0]["platforms"]
            .as_array()
            .expect("platforms")
            .iter()
            .all(|each| each["status"] == "priced")
    );
    let (here, there) = (&one["regions"][0], regions.iter().find(|region| region["region"] == "us-east-1"));
    assert_eq!(Some(here), there);
    // A gap is an answer; what `verify` calls a gap is one that `coverage` names.
    assert_eq!(report("--service lambda")["regions"].as_array().map(Vec::len), Some(regions.len()));
}
