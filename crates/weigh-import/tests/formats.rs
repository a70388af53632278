//! Each format's fixture with all that its import says, and what several files say together.

mod support;

use std::io::Cursor;

use support::{FIXTURES, fixture, import, importer, told};

#[test]
fn every_format_is_read_as_a_whole() {
    for name in FIXTURES {
        let told = import(name, &fixture(name)).unwrap_or_else(|error| panic!("{error}"));
        insta::assert_snapshot!(name.replace(['/', '.'], "_"), told);
    }
}

/// The two forms of an offer file hold the same prices; only JSON names products without a price.
#[test]
fn json_and_csv_say_the_same() {
    let rows = |name: &str| {
        let told = import(name, &fixture(name)).unwrap();
        told.lines().take_while(|line| !line.contains(" products, ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows("offer.json"), rows("offer.csv"));
}

#[test]
fn a_book_that_is_read_back_is_the_same_book() {
    let book = String::from_utf8(fixture("aws/eu-west-1/lambda.csv")).unwrap();
    let mut importer = importer();
    importer.read("aws/eu-west-1/lambda.csv", &mut Cursor::new(&book), &mut |_| ()).unwrap();
    let imported = importer.finish();
    let mut written = book.lines().next().unwrap().to_owned() + "\n";
    for row in imported.rows() {
        let usd = row.usd.map_or("not offered".to_owned(), |usd| usd.to_string());
        let (id, unit, quantity) = (row.price_id, row.unit, row.from_quantity);
        let (from, seen, source, mark) = (row.from, row.seen, row.source, row.mark);
        written += &format!("{id},{unit},{quantity},{usd},{from},{seen},{source},{mark}\n");
    }
    assert_eq!(written, book);
}

/// Header, one price a line: SKU, date, price, currency.
fn offer(published: &str, prices: &[(&str, &str, &str)]) -> String {
    let mut csv = format!(
        "Publication Date,{published}\nVersion,{}\nOfferCode,AmazonEC2\nSKU,OfferTermCode,TermType,EffectiveDate,StartingRange,\
         EndingRange,Unit,PricePerUnit,Currency,Product Family,serviceCode,usageType,Region Code\n",
        published.replace('-', "")
    );
    for (sku, from, usd) in prices {
        csv += &format!(
            "{sku},JRT,OnDemand,{from},0,Inf,GB-Mo,{usd},USD,Storage,AmazonEC2,EBS:VolumeUsage.gp3,us-east-1\n"
        );
    }
    csv
}

fn together(files: &[String]) -> String {
    let mut importer = importer();
    for (number, file) in files.iter().enumerate() {
        importer.read(&format!("{number}.csv"), &mut Cursor::new(file), &mut |_| ()).expect("a whole file");
    }
    told(importer)
}

/// A price that is withheld is missed later, by name; one of the two would be an answer that is wrong as likely as not.
#[test]
fn two_prices_of_one_file_are_a_conflict_and_neither_is_taken() {
    let prices = [("A", "2026-09-01", "0.08"), ("B", "2026-09-01", "0.09"), ("C", "2026-08-01", "0.1")];
    insta::assert_snapshot!(together(&[offer("2026-10-01", &prices)]), @"
    us-east-1 ebs/gp3-storage-gb-months per GB-Months from 0: 0.1, 2026-08-01 seen 2026-10-01, aws-AmazonEC2-20261001 
    conflict: 0.csv: two prices for ebs/gp3-storage-gb-months in us-east-1 from 2026-09-01: 0.08 (SKU A) and 0.09 (SKU B)
    3 products, 3 price rows
    ");
}

/// The book refuses such a tariff as a whole, so it is not handed on.
#[test]
fn a_price_without_its_first_band_is_left_out() {
    let file = offer("2026-10-01", &[("A", "2026-09-01", "0.08")]).replace(",0,Inf,", ",100,Inf,");
    insta::assert_snapshot!(together(&[file]), @"
    1 products, 1 price rows
      left out: 1 × price without its first band
    ");
}

#[test]
fn equal_prices_of_one_file_are_one() {
    let told = together(&[offer("2026-10-01", &[("A", "2026-09-01", "0.08"), ("B", "2026-09-01", "0.080")])]);
    insta::assert_snapshot!(told, @"
    us-east-1 ebs/gp3-storage-gb-months per GB-Months from 0: 0.08, 2026-09-01 seen 2026-10-01, aws-AmazonEC2-20261001 
    2 products, 2 price rows, 1 equal duplicates
    ");
}

#[test]
fn of_two_files_the_one_that_was_published_last_holds_in_either_order() {
    let early = offer("2026-09-02", &[("A", "2026-09-01", "0.08")]);
    let late = offer("2026-10-01", &[("A", "2026-09-01", "0.09")]);
    let told = together(&[early.clone(), late.clone()]);
    assert_eq!(told, together(&[late, early]));
    insta::assert_snapshot!(told, @"
    us-east-1 ebs/gp3-storage-gb-months per GB-Months from 0: 0.09, 2026-09-01 seen 2026-10-01, aws-AmazonEC2-20261001 
    2 products, 2 price rows, 1 superseded rows
    ");
}

/// What was read before stays, and nothing of the broken file is taken.
#[test]
fn a_broken_file_leaves_the_others_as_they_were() {
    let good = offer("2026-10-01", &[("A", "2026-09-01", "0.08")]);
    let broken = offer("2026-11-01", &[("A", "2026-09-01", "0.07"), ("B", "2026-09-01", "cheap")]);
    let mut importer = importer();
    importer.read("good.csv", &mut Cursor::new(&good), &mut |_| ()).unwrap();
    importer.read("broken.csv", &mut Cursor::new(&broken), &mut |_| ()).unwrap_err();
    assert_eq!(told(importer), together(&[good]));
}

#[test]
fn progress_tells_the_bytes_up_to_the_last() {
    let bytes = fixture("offer.json");
    let mut last = 0;
    let mut importer = importer();
    let summary = importer.read("offer.json", &mut Cursor::new(&bytes), &mut |read| last = read).unwrap();
    assert_eq!((last, summary.bytes), (bytes.len() as u64, bytes.len() as u64));
}
