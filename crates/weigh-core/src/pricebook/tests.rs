//! The price book on a small book of its own: bands, allowances, dates, borrowing, and what is missing.

use super::*;
use crate::units::Unit;
use crate::usage::Quantity;

const HEADER: &str = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";

fn file(path: &str, rows: &str) -> DataFile {
    DataFile { path: path.to_owned().into(), text: format!("{HEADER}{rows}").into() }
}

fn book(borrow_from: Option<&str>) -> PriceBook {
    let allowances = "pool,unit,quantity,covers,from,seen,source,mark\n\
        t/free,GB,100,t/out;t/other-out,2024-01-01,2026-01-01,s,\n";
    let files = [
        file(
            "aws/here/t.csv",
            "t/out,GB,0,0.09,2025-01-01,2026-01-01,s,\nt/out,GB,1000,0.05,2025-01-01,2026-01-01,s,\nt/out,GB,0,0.12,2024-01-01,2024-06-01,old,\nt/other-out,GB,0,0.2,2024-01-01,2026-01-01,s,single\nt/never,GB,0,not offered,2024-01-01,2026-01-01,s,\n",
        ),
        file(
            "aws/there/t.csv",
            "t/far,GB,0,1,2024-01-01,2026-02-01,s,\nt/never,GB,0,2,2024-01-01,2026-02-01,s,\n",
        ),
        file("aws/global/ip.csv", "ip/hours,Hours,0,0.005,2024-02-01,2026-01-05,s,\n"),
        DataFile { path: "aws/global/allowances.csv".into(), text: allowances.into() },
    ];
    PriceBook::open(&files, "here", borrow_from).unwrap()
}

fn usage(lines: &[(&str, i64)]) -> Usage {
    let mut usage = Usage::default();
    for &(price_id, amount) in lines {
        usage.add(price_id, "x", Quantity::of(Unit::Gb).times(amount, "GB")).unwrap();
    }
    usage
}

/// The charges as `price id part: quantity × rate = cost`, and the total.
fn shown(book: &PriceBook, lines: &[(&str, i64)], date: &str, with_allowances: bool) -> String {
    match book.price(&usage(lines), date.parse().unwrap(), with_allowances) {
        Err(missing) => missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Ok(bill) => {
            let mut out: Vec<String> = bill
                .charges()
                .iter()
                .map(|c| {
                    format!("{} {}: {} × {} = {}", c.price_id, c.part, c.quantity, c.rate, c.cost.normalize())
                })
                .collect();
            out.push(format!("total {}", bill.total().normalize()));
            out.join("\n")
        }
    }
}

#[test]
fn bands_and_allowances_are_charges_of_their_own() {
    insta::assert_snapshot!(shown(&book(None), &[("t/out", 1500)], "2026-01-01", true), @r"
    t/out free allowance: 100 × 0 = 0
    t/out first 1,000 GB: 1000 × 0.09 = 90
    t/out above 1,000 GB: 400 × 0.05 = 20
    total 110
    ");
}

#[test]
fn an_allowance_can_be_left_out_and_lines_share_bands_and_pools() {
    insta::assert_snapshot!(shown(&book(None), &[("t/out", 600), ("t/out", 600)], "2026-01-01", false), @r"
    t/out first 1,000 GB: 600 × 0.09 = 54
    t/out first 1,000 GB: 400 × 0.09 = 36
    t/out above 1,000 GB: 200 × 0.05 = 10
    total 100
    ");
    insta::assert_snapshot!(shown(&book(None), &[("t/out", 60), ("t/other-out", 60)], "2026-01-01", true), @r"
    t/out free allowance: 60 × 0 = 0
    t/other-out free allowance: 40 × 0 = 0
    t/other-out : 20 × 0.2 = 4
    total 4
    ");
}

#[test]
fn a_day_has_the_price_of_that_day() {
    insta::assert_snapshot!(shown(&book(None), &[("t/out", 10)], "2024-12-31", false), @r"
    t/out : 10 × 0.12 = 1.2
    total 1.2
    ");
    insta::assert_snapshot!(shown(&book(None), &[("t/out", 10)], "2023-12-31", false),
        @"no price for t/out in here on 2023-12-31: the book knows it from 2024-01-01 on; an older one goes into pricing-data/aws/here/t.csv");
}

#[test]
fn what_is_missing_is_named_once_and_never_zero() {
    let lines = [("t/far", 1), ("t/out", 1), ("t/far", 2), ("t/never", 3), ("ip/hours", 4)];
    insta::assert_snapshot!(shown(&book(None), &lines, "2026-01-01", true), @r"
    no price for t/far in here on 2026-01-01: add it to pricing-data/aws/here/t.csv
    t/never is not offered in here
    ip/hours in here is priced per Hours, which is not how it is metered: see pricing-data/aws/global/ip.csv
    ");
}

#[test]
fn a_borrowed_price_says_from_where_and_not_offered_is_not_borrowed() {
    let book = book(Some("there"));
    let (tariff, from) = book.tariff("t/far", book.newest()).unwrap();
    assert_eq!((tariff.bands[0].rate, from), (Decimal::ONE, Some("there")));
    assert_eq!(book.tariff("t/out", book.newest()).unwrap().1, None);
    assert_eq!(book.tariff("t/never", book.newest()).unwrap_err().absence, Absence::NotOffered);
}

#[test]
fn the_newest_day_is_that_of_the_regions_own_and_global_prices() {
    assert_eq!(book(None).newest().to_string(), "2026-01-05");
    assert_eq!(book(Some("there")).newest().to_string(), "2026-01-05");
}

#[test]
fn each_band_keeps_its_own_date_and_mark() {
    let rows = "t/a,GB,0,2,2024-01-01,2026-01-01,new,\nt/a,GB,10,1,2024-01-01,2024-06-01,old,single\n";
    let book = PriceBook::open(&[file("aws/here/t.csv", rows)], "here", None).unwrap();
    let bill = book.price(&usage(&[("t/a", 15)]), book.newest(), true).unwrap();
    let rests_on = |index: usize| {
        let from = &bill.charges()[index].provenance;
        format!("{} {} {}", from.source, from.seen, from.standing.word())
    };
    assert_eq!((rests_on(0).as_str(), rests_on(1).as_str()), ("new 2026-01-01 ", "old 2024-06-01 single"));
}

#[test]
fn an_unverified_row_does_not_make_the_book_newer() {
    let rows = "t/a,GB,0,1,2024-01-01,2026-01-01,s,\nt/b,GB,0,1,2026-11-21,2026-11-21,s,unverified\n";
    let book = PriceBook::open(&[file("aws/here/t.csv", rows)], "here", None).unwrap();
    assert_eq!(book.newest().to_string(), "2026-01-01");
}

#[test]
fn wrong_rows_are_all_named() {
    let rows = "t/a,GB,0,free,2024-01-01,2026-01-01,s,\nt/b,GBs,0,1,2024-01-01,2026-01-01,s,\n\
        t/c,GB,5,1,2024-01-01,2026-01-01,s,\nt/d,GB,0,1,2024-01-01,2023-01-01,s,\nt/e,GB,0,1,2024-01-01,2026-01-01,,\n\
        t/f,GB,0,1,2024-01-01,2026-01-01,s,maybe\nu/g,GB,0,1,2024-01-01,2026-01-01,s,\nt/h,GB,0,-1,2024-01-01,2026-01-01,s,\n\
        t/i,GB,0,1,2024-01-01,2026-01-01,s,\nt/i,GB,0,2,2024-01-01,2026-01-01,s,\n";
    let problems = PriceBook::open(&[file("aws/here/t.csv", rows)], "here", None).unwrap_err();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    aws/here/t.csv:2: `free` is no amount: a plain decimal of at most 28 digits, 0 or more
    aws/here/t.csv:3: unit `GBs`: unknown unit `GBs`: a price is per Hours, vCPU-Hours, GB-Hours, GB-Seconds, Requests, GB, GB-Months, IOPS-Months, MiBps-Months, LCU-Hours, Node-Months, Node-Hours
    aws/here/t.csv:4: the first band of a tariff begins at 0
    aws/here/t.csv:5: seen on 2023-01-01, before it held from 2024-01-01
    aws/here/t.csv:6: a price without a source
    aws/here/t.csv:7: unknown mark `maybe`: nothing, `single`, `derived` or `unverified`
    aws/here/t.csv:8: price id `u/g` does not begin with `t/`, as its file says
    aws/here/t.csv:9: `-1` is no amount: a plain decimal of at most 28 digits, 0 or more
    aws/here/t.csv:11: stands twice: bands of one tariff ascend, and a new price has its own date
    ");
    assert_eq!(
        PriceBook::open(&[], "here", None).unwrap_err()[0].to_string(),
        "aws/here: no prices for region here"
    );
}
