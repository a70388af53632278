//! `weigh prices verify`: every mistake of a book at once, each with its file and line.

mod support;

use support::folder::Folder;
use support::{BOOK, ask_plainly};

/// Adds rows at the end of a file.
fn add(folder: &Folder, name: &str, rows: &[&str]) {
    let text = folder.read(name);
    folder.write(name, text + &rows.join("\n") + "\n");
}

/// Takes the rows that begin so out of a file; there is one at least.
fn take(folder: &Folder, name: &str, start: &str) {
    let text = folder.read(name);
    let kept: Vec<&str> = text.lines().filter(|row| !row.starts_with(start)).collect();
    assert!(kept.len() < text.lines().count(), "{name} has rows of {start}");
    folder.write(name, kept.join("\n") + "\n");
}

/// A book whose rows are wrong in every way.
fn with_wrong_rows() -> Folder {
    let folder = Folder::with_book();
    let list = "zombiescan-2026-09-21";
    let ebs = [
        "ebs/io2-iops-months,IOPS-Months,0,free,2026-01-01,2026-01-01,LIST,",
        "ebs/io2-iops-months,IOPS-Months,0,-1,2026-01-01,2026-01-01,LIST,",
        "ebs/io2-iops-months,IOPS-Months,0,1E-7,2026-01-01,2026-01-01,LIST,",
        "ebs/gp2-storage-gb-months,Parsecs,0,0.1,2026-01-01,2026-01-01,LIST,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,2026-02-01,2026-01-01,LIST,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,01/02/2026,2026-01-01,LIST,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,2026-02-30,2026-03-01,LIST,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,2026-01-01,2026-01-01,,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,2026-01-01,2026-01-01,zombiescan-2026-09-12,",
        "ebs/gp2-storage-gb-months,GB-Months,0,0.1,2025-01-01,2025-01-01,LIST,guessed",
        "ebs/st1-storage-gb-months,GB-Months,500,0.1,2026-01-01,2026-01-01,LIST,",
        "ebs/sc1-storage-gb-months,GB-Months,0,0.1,2026-01-01,2026-01-01,LIST,",
        "ebs/sc1-storage-gb-months,GB-Months,500,0.09,2026-01-01,2026-01-01,LIST,",
        "ebs/sc1-storage-gb-months,GB-Months,100,0.08,2026-01-01,2026-01-01,LIST,",
        "ebs/gp3-storage-gb-months,GB-Months,0,0.088,2023-02-23,2026-09-21,LIST,",
        "efs/standard-gb-months,GB-Months,0,0.3,2026-01-01,2026-01-01,LIST,",
        "ebs/*,GB-Months,0,0.3,2026-01-01,2026-01-01,LIST,",
        "ebs/*-months,GB-Months,0,not offered,2026-01-01,2026-01-01,LIST,",
        "ebs/short,GB-Months,0",
    ];
    let ebs: Vec<String> = ebs.map(|row| row.replace("LIST", list)).to_vec();
    add(&folder, "book/aws/eu-west-1/ebs.csv", &ebs.iter().map(String::as_str).collect::<Vec<_>>());
    // Still seen when the next version held; another unit than in the other region.
    let seen = "ec2/instance-hours/m5.large,Hours,0,0.1,2024-01-01,2025-05-01,ec2-shop-2025-04-04,single";
    add(&folder, "book/aws/eu-west-1/ec2.csv", &[seen]);
    folder.replace("book/aws/us-east-1/vpc.csv", "nat-gateway-hours,Hours", "nat-gateway-hours,GB");
    folder.write(
        "book/aws/eu-west-1/spot-advisor.csv",
        "instance_type,saving_percent,interruption,seen,source\n\
         m5.large,101,<5%,2026-09-21,zombiescan-2026-09-21\n\
         c5.large,50,often,2026-09-21,zombiescan-2026-09-21\n\
         r5.large,50,<5%,2026-09-21,zombiescan-2026-09-21\n\
         r5.large,51,<5%,2026-09-21,zombiescan-2026-09-21\n\
         t3.large,50,<5%,2026-09-21,\n",
    );
    add(&folder, "book/aws/global/allowances.csv", &["efs/free,GB,much,efs/x,2026-01-01,2026-01-01,nobody,"]);
    folder.write(
        "book/aws/rules.csv",
        "price_id,unit,base_price_id,factor,source\n\
         ec2-year/*,Hours,ec2/instance-hours/*,most,zombiescan-2026-09-21\n\
         ec2-year/*/*,Hours,ec2/*/*,0.6,zombiescan-2026-09-21\n\
         ec2-spot/all,Hours,ec2/instance-hours/m5.large,spot advisor,zombiescan-2026-09-21\n",
    );
    folder.write("book/aws/us-east-1/efs.csv", "price,unit\nefs/standard,GB-Months\n");
    folder.write("book/aws/us-east-1/ecr.csv", "");
    folder
}

/// A book whose rows can be read and do not fit together.
fn with_wrong_ends() -> Folder {
    let folder = Folder::with_book();
    let day = "2026-09-21,2026-09-21,zombiescan-2026-09-21,";
    // A region without a name, and a name without a region.
    add(&folder, "book/aws/regions.csv", &["eu-north-1,Europe (Stockholm)"]);
    take(&folder, "book/aws/regions.csv", "us-east-1,");
    // What platforms need: taken out; taken out and known; known and not taken out; known and needed by none.
    take(&folder, "book/aws/eu-west-1/lambda.csv", "lambda/requests,");
    take(&folder, "book/aws/eu-west-1/transfer.csv", "transfer/internet-out-gb,");
    take(&folder, "book/aws/eu-west-1/elb.csv", "elb/application-lcu-hours,");
    take(&folder, "book/aws/us-east-1/fargate.csv", "fargate/vcpu-hours/linux-arm,");
    take(&folder, "book/aws/us-east-1/fargate.csv", "fargate/memory-gb-hours/linux-arm,");
    folder.write(
        "book/aws/gaps.csv",
        "region,price_id,as_of,note\n\
         eu-west-1,elb/application-lcu-hours,2026-09-21,asked and not answered\n\
         us-east-1,fargate/*,2026-09-21,the page was empty\n\
         us-east-1,lambda/requests,2026-09-21,never looked for\n\
         eu-west-1,quantum/qubits,2026-09-21,nobody needs it\n\
         eu-west-1,vpc/nat-gateway-hours,soon,no day\n\
         *,ec2/instance-hours/m9.huge,2026-09-21,no shape was found\n\
         *,ec2/instance-hours/m5.large,2026-09-21,its shape is known\n",
    );
    // Shapes and prices of instance types.
    for region in ["eu-west-1", "us-east-1"] {
        take(&folder, &format!("book/aws/{region}/ec2.csv"), "ec2/instance-hours/t3a.medium,");
    }
    let priced = ["m9.huge", "m9.tiny"].map(|name| format!("ec2/instance-hours/{name},Hours,0,1,{day}"));
    add(&folder, "book/aws/us-east-1/ec2.csv", &[&priced[0], &priced[1]]);
    add(
        &folder,
        "book/aws/global/allowances.csv",
        &[
            &format!("lambda/free,Requests,100,lambda/calls,{day}"),
            &format!("lambda/free2,GB,100,lambda/requests,{day}"),
        ],
    );
    folder.write(
        "book/aws/rules.csv",
        "price_id,unit,base_price_id,factor,source\n\
         ec2-year/*,Hours,ec2/instance-hours/*,0.6,zombiescan-2026-09-21\n\
         ec2-decade/*,Hours,ec2/instance-years/*,0.6,nobody-knows\n",
    );
    folder
}

#[test]
fn every_wrong_row_is_told_with_its_line() {
    let folder = with_wrong_rows();
    let told = folder.ask("prices verify book --format csv");
    assert_eq!((told.code, told.stderr.as_str()), (2, ""));
    insta::assert_snapshot!(told.transcript());
}

#[test]
fn what_does_not_fit_together_is_told_in_every_format() {
    let folder = with_wrong_ends();
    for format in ["text", "json", "markdown", "csv"] {
        let told = folder.ask(&format!("prices verify book --format {format}"));
        assert_eq!((told.code, told.stderr.as_str()), (2, ""));
        insta::assert_snapshot!(format!("ends_{format}"), told.transcript());
    }
}

#[test]
fn a_book_of_which_files_are_missing_is_told_which() {
    let folder = Folder::with_book();
    for name in [
        "sources.csv",
        "regions.csv",
        "shapes/limits.csv",
        "shapes/ec2-instance-types.csv",
        "traits/platforms.csv",
    ] {
        std::fs::remove_file(folder.path.join("book/aws").join(name)).expect("a file");
    }
    let told = folder.ask("prices verify book");
    assert_eq!((told.code, told.stderr.as_str()), (2, ""));
    insta::assert_snapshot!(told.transcript());
}

/// What a region does not sell is no lack.
#[test]
fn what_is_not_offered_is_not_missing() {
    let folder = Folder::with_book();
    take(&folder, "book/aws/us-east-1/fargate.csv", "fargate/");
    assert_eq!(folder.ask("prices verify book").code, 2);
    let row = "fargate/*,vCPU-Hours,0,not offered,2026-09-21,2026-09-21,zombiescan-2026-09-21,";
    add(&folder, "book/aws/us-east-1/fargate.csv", &[row]);
    let told = folder.ask("prices verify book");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
}

#[test]
fn the_frozen_book_lacks_what_is_known() {
    insta::assert_snapshot!(ask_plainly(&format!("prices verify {BOOK}")).transcript());
}

#[test]
fn the_embedded_book_passes() {
    let told = ask_plainly("prices verify --format json");
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.stdout);
    let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("JSON");
    assert_eq!((&report["passed"], report["problems"].as_array().map(Vec::len)), (&true.into(), Some(0)));
    assert!(report["regions"].as_u64() >= Some(34) && report["price_ids"].as_u64() > Some(5_000));
}

#[test]
fn a_folder_that_is_no_book_is_refused() {
    let folder = Folder::new();
    folder.write("photos/summer.jpg", "a photograph");
    folder.write("latin/aws/us-east-1/ec2.csv", b"price_id\ncaf\xe9\n");
    let mut all = String::new();
    for words in [
        "prices verify photos",
        "prices verify nothing",
        "prices verify photos/summer.jpg",
        "prices verify latin",
    ] {
        let told = folder.ask(words);
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
}
