//! The price book on a small book of its own: bands, allowances, dates, borrowing, and what is missing.

use rust_decimal::Decimal;

use super::*;
use crate::bill::Discount;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

const HEADER: &str = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";

fn file(path: &str, rows: &str) -> DataFile {
    DataFile { path: path.to_owned().into(), text: format!("{HEADER}{rows}").into() }
}

fn book(borrow_from: Option<&str>) -> RegionPrices {
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
    PriceBook::pack(&files).unwrap().open("here", borrow_from).unwrap()
}

fn usage(lines: &[(&str, i64)]) -> Usage {
    let mut usage = Usage::default();
    for &(price_id, amount) in lines {
        usage.add(price_id, "x", Quantity::of(Unit::Gb).times(amount, "GB")).unwrap();
    }
    usage
}

/// The charges as `price id part: quantity × rate = cost`, and the total.
fn shown(book: &RegionPrices, lines: &[(&str, i64)], date: &str, with_allowances: bool) -> String {
    match book.price(&usage(lines), &Terms { with_allowances, ..Terms::on(date.parse().unwrap()) }) {
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
    let book = PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap().open("here", None).unwrap();
    let bill = book.price(&usage(&[("t/a", 15)]), &Terms::on(book.newest())).unwrap();
    let rests_on = |index: usize| {
        let from = &bill.charges()[index].provenance;
        format!("{} {} {}", from.source, from.seen, from.standing.word())
    };
    assert_eq!((rests_on(0).as_str(), rests_on(1).as_str()), ("new 2026-01-01 ", "old 2024-06-01 single"));
}

#[test]
fn an_unverified_row_is_used_by_default_and_does_not_make_the_book_newer() {
    let rows = "t/a,GB,0,1,2024-01-01,2026-01-01,s,\nt/b,GB,0,1,2026-11-21,2026-11-21,s,unverified\n";
    let book = PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap().open("here", None).unwrap();
    assert_eq!(
        (book.newest().to_string(), book.book_newest().to_string()),
        ("2026-11-21".into(), "2026-01-01".into())
    );
}

#[test]
fn a_day_on_which_a_thing_was_seen_to_be_gone_is_a_day_of_the_book() {
    let rows = "t/a,GB,0,1,2024-01-01,2026-01-01,s,\nt/a,GB,0,not offered,2026-05-01,2026-06-01,s,\n";
    let book = PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap().open("here", None).unwrap();
    assert_eq!(book.newest().to_string(), "2026-06-01");
    assert_eq!(book.tariff("t/a", book.newest()).unwrap_err().absence, Absence::NotOffered);
    assert_eq!(book.not_offered("t/a", book.newest()).unwrap().since.to_string(), "2026-05-01");
}

#[test]
fn wrong_rows_are_all_named() {
    let rows = "t/a,GB,0,free,2024-01-01,2026-01-01,s,\nt/b,GBs,0,1,2024-01-01,2026-01-01,s,\n\
        t/c,GB,5,1,2024-01-01,2026-01-01,s,\nt/d,GB,0,1,2024-01-01,2023-01-01,s,\nt/e,GB,0,1,2024-01-01,2026-01-01,,\n\
        t/f,GB,0,1,2024-01-01,2026-01-01,s,maybe\nu/g,GB,0,1,2024-01-01,2026-01-01,s,\nt/h,GB,0,-1,2024-01-01,2026-01-01,s,\n\
        t/i,GB,0,1,2024-01-01,2026-01-01,s,\nt/i,GB,0,2,2024-01-01,2026-01-01,s,\n";
    let problems = PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap_err();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    aws/here/t.csv:2: `free` is no amount: a plain decimal of at most 28 digits, from 0 to 10^12
    aws/here/t.csv:3: unit `GBs`: unknown unit `GBs`: a price is per Hours, vCPU-Hours, GB-Hours, GB-Seconds, Requests, GB, GB-Months, IOPS-Months, MiBps-Months, LCU-Hours, Node-Months, Node-Hours, Months, NLCU-Hours, GLCU-Hours, ACU-Hours, RCU-Hours, WCU-Hours, DSU-Hours, Gbps-Hours, Poller-Hours, vCPU-Months, Object-Months, Metric-Months, Alarm-Months, Tokens, IOs, ECPUs, Events, Messages, Connection-Minutes, Queries, Invocations, Operations, Transitions, Traces, Paths, Read-Request-Units, Write-Request-Units
    aws/here/t.csv:4: the first band of a tariff begins at 0
    aws/here/t.csv:5: seen on 2023-01-01, before it held from 2024-01-01
    aws/here/t.csv:6: a price without a source
    aws/here/t.csv:7: unknown mark `maybe`: nothing, `single`, `derived` or `unverified`
    aws/here/t.csv:8: price id `u/g` does not begin with `t/`, as its file says
    aws/here/t.csv:9: `-1` is no amount: a plain decimal of at most 28 digits, from 0 to 10^12
    aws/here/t.csv:11: stands twice: bands of one tariff ascend, and a new price has its own date
    ");
    assert_eq!(
        PriceBook::pack(&[]).unwrap().open("here", None).unwrap_err()[0].to_string(),
        "aws/here: no prices for region here"
    );
}

/// A book with a rule, a list that is known to be whole, and Spot savings.
fn derived_book() -> PriceBook {
    let rules = "price_id,unit,base_price_id,factor,source\n\
        ec2-reserved/instance-hours/*/standard-1-year-all-upfront,Hours,ec2-reserved/instance-hours/*/standard-1-year-no-upfront,0.93333,measured\n\
        ec2-spot/instance-hours/*,Hours,ec2/instance-hours/*,spot advisor,advisor\n\
        vpc/nat-gateway-processed-gb,GB,vpc/nat-gateway-hours,1,equal\n";
    let spot =
        "instance_type,saving_percent,interruption,seen,source\nm1.big,60,<5%,2025-06-28,advisor-2025\n";
    let files = [
        file(
            "aws/here/ec2.csv",
            "ec2/instance-hours/*,Hours,0,not offered,2025-04-04,2025-04-04,list,\n\
             ec2/instance-hours/m1.big,Hours,0,0.5,2025-04-04,2026-01-01,s,\n",
        ),
        file(
            "aws/here/ec2-reserved.csv",
            "ec2-reserved/instance-hours/m1.big/standard-1-year-no-upfront,Hours,0,0.3,2025-04-04,2025-04-04,s,single\n",
        ),
        file("aws/here/vpc.csv", "vpc/nat-gateway-hours,Hours,0,0.048,2025-01-01,2025-06-01,s,unverified\n"),
        file(
            "aws/there/ec2.csv",
            "ec2/instance-hours/m1.old,Hours,0,0.4,2025-04-04,2026-01-01,s,\n\
             ec2/instance-hours/m9.new,Hours,0,0.6,2026-07-01,2026-07-01,s,\n",
        ),
        DataFile { path: "aws/rules.csv".into(), text: rules.into() },
        DataFile { path: "aws/here/spot-advisor.csv".into(), text: spot.into() },
    ];
    PriceBook::pack(&files).unwrap()
}

/// price id, day | rate, day from, day seen, source, mark, and what it was derived from; or why there is none
#[test]
fn prices_follow_from_others_by_rules_and_lists_are_whole() {
    let prices = derived_book().open("here", Some("there")).unwrap();
    let reserved = "ec2-reserved/instance-hours/m1.big/standard-1-year";
    let table = [
        (format!("{reserved}-no-upfront"), "2026-01-01", "0.3 2025-04-04 2025-04-04 s single"),
        (
            format!("{reserved}-all-upfront"),
            "2026-01-01",
            "0.279999 2025-04-04 2025-04-04 measured derived = 0.93333 × ec2-reserved/instance-hours/m1.big/standard-1-year-no-upfront",
        ),
        (
            "ec2-spot/instance-hours/m1.big".to_owned(),
            "2026-01-01",
            "0.200 2025-06-28 2025-06-28 advisor-2025 derived = 0.40 × ec2/instance-hours/m1.big",
        ),
        (
            "ec2-spot/instance-hours/m1.big".to_owned(),
            "2025-05-01",
            "no price for ec2-spot/instance-hours/m1.big in here on 2025-05-01: the book knows it from 2025-06-28 on; \
             an older one goes into pricing-data/aws/here/ec2-spot.csv",
        ),
        (
            "vpc/nat-gateway-processed-gb".to_owned(),
            "2026-01-01",
            "0.048 2025-01-01 2025-06-01 equal unverified = 1 × vpc/nat-gateway-hours",
        ),
        // The list of 2025-04-04 lacks it, and it was known elsewhere that day.
        (
            "ec2/instance-hours/m1.old".to_owned(),
            "2026-01-01",
            "ec2/instance-hours/m1.old is not offered in here",
        ),
        // Nothing is known of the day before the list.
        (
            "ec2/instance-hours/m1.old".to_owned(),
            "2025-01-01",
            "no price for ec2/instance-hours/m1.old in here on 2025-01-01: add it to pricing-data/aws/here/ec2.csv",
        ),
        // A list says nothing of what came after it: the price is borrowed.
        ("ec2/instance-hours/m9.new".to_owned(), "2026-08-01", "0.6 2026-07-01 2026-07-01 s  from there"),
        (
            "ec2/instance-hours/m7.none".to_owned(),
            "2026-08-01",
            "no price for ec2/instance-hours/m7.none in here on 2026-08-01: add it to pricing-data/aws/here/ec2.csv",
        ),
    ];
    for (price_id, date, expected) in table {
        let told = match prices.tariff(&price_id, date.parse().unwrap()) {
            Err(missing) => missing.to_string(),
            Ok((tariff, lender)) => {
                let Band { rate, evidence, .. } = tariff.bands[0];
                let (seen, source, mark) = (evidence.seen, evidence.source, evidence.standing.word());
                let derivation =
                    tariff.derivation.map(|by| format!(" = {} × {}", by.factor, by.base_price_id));
                let lender = lender.map(|region| format!(" from {region}"));
                let rest = derivation.or(lender).unwrap_or_default();
                format!("{rate} {} {seen} {source} {mark}{rest}", tariff.from)
            }
        };
        assert_eq!(told, expected, "{price_id} on {date}");
    }
    assert_eq!(prices.spot_saving("m1.big").unwrap().interruption, "<5%");
    assert_eq!(derived_book().rules().count(), 3);
}

#[test]
fn wrong_rules_savings_and_wildcards_are_named() {
    let files = [
        file("aws/here/t.csv", "t/*,GB,0,1,2025-01-01,2025-01-01,s,\nt/*/a,GB,0,not offered,2025-01-01,2025-01-01,s,\n"),
        DataFile {
            path: "aws/here/spot-advisor.csv".into(),
            text: "instance_type,saving_percent,interruption,seen,source\na,101,<5%,2025-01-01,s\nb,1,never,2025-01-01,s\n".into(),
        },
        DataFile {
            path: "aws/rules.csv".into(),
            text: "price_id,unit,base_price_id,factor,source\na/*,GB,b/c,1,s\na/b,GB,b/c,spot advisor,s\na/b,GB,b/c,-1,s\n".into(),
        },
    ];
    let told: Vec<String> = PriceBook::pack(&files).unwrap_err().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    aws/here/t.csv:2: only `not offered` can be said of many prices by `*`
    aws/here/t.csv:3: a `*` stands at the end
    aws/here/spot-advisor.csv:2: a saving is at most 100 percent
    aws/here/spot-advisor.csv:3: interruption `never`: one of <5%, 5-10%, 10-15%, 15-20%, >20%
    aws/rules.csv:2: one `*` in both price ids, or none in either
    aws/rules.csv:3: `spot advisor` needs a `*` for the instance type
    aws/rules.csv:4: `-1` is no amount: a plain decimal of at most 28 digits, from 0 to 10^12
    ");
}

#[test]
fn own_prices_come_before_those_of_the_book() {
    let sheet = |text: &str| {
        let text = format!("price_id,region,unit,price,from,note\n{text}");
        OwnSheet::read(&DataFile { path: "own.csv".into(), text: text.into() })
    };
    let book = derived_book();
    let own = sheet("ec2/instance-hours/m1.big,*,Hours,0.4,2026-02-01,\nec2/instance-hours/m1.big,here,Hours,0.3,2026-02-01,contract\n\
        mine/thing,there,GB,7,2026-01-01,\n").unwrap();
    let with_own = book.with_own_prices(&own);
    assert!(with_own.misfits().is_empty());
    assert_ne!(book.hash(), with_own.hash());
    let rate = |region: &str, price_id: &str, date: &str| {
        let prices = with_own.open(region, None).unwrap();
        let found = prices
            .tariff(price_id, date.parse().unwrap())
            .map(|(tariff, _)| tariff.bands[0].rate.to_string());
        found.unwrap_or_else(|missing| missing.to_string())
    };
    assert_eq!(rate("here", "ec2/instance-hours/m1.big", "2026-02-01"), "0.3");
    assert_eq!(rate("here", "ec2/instance-hours/m1.big", "2026-01-31"), "0.5");
    assert_eq!(rate("there", "ec2/instance-hours/m1.big", "2026-02-01"), "0.4");
    assert_eq!(rate("there", "mine/thing", "2026-02-01"), "7");
    let wrong = sheet(
        "ec2,here,Hours,1,2026-01-01,\na/b,here,Hours,1e3,2026-01-01,\na/b,here,Hours,1,01/02/2026,\n\
        a/b,here,Hours,1,2026-01-01,\na/b,here,Hours,2,2026-01-01,\n",
    )
    .unwrap_err();
    let told: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    own.csv:2: `ec2` is no price id: write <service>/<what>
    own.csv:3: `1e3` is no amount: a plain decimal of at most 28 digits, from 0 to 10^12
    own.csv:4: from `01/02/2026`: `01/02/2026` is no date: write it as 2026-10-07
    own.csv:6: stands twice: a price has one row for each region and day
    ");
    let misfit = sheet(
        "ec2/instance-hours/m1.big,her,GB,1,2026-01-01,\nec2/instance-hour/m1.big,*,Hours,1,2026-01-01,\n\
        ec2-spot/instance-hours/m1.big,*,Hours,1,2026-01-01,\n",
    )
    .unwrap();
    let told: Vec<String> = book.with_own_prices(&misfit).misfits().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    own.csv:2: unknown region `her`: a region of the book, or * for all; did you mean `here`?
    own.csv:2: ec2/instance-hours/m1.big is priced per Hours, not per GB
    own.csv:3: no region prices ec2/instance-hour/m1.big; did you mean `ec2/instance-hours/m1.big`?
    ");
}

#[test]
fn a_discount_lowers_the_rate_of_the_book_and_not_an_own_one() {
    let own = "price_id,region,unit,price,from,note\nt/other-out,*,GB,0.1,2026-01-01,\n";
    let own = OwnSheet::read(&DataFile { path: "own.csv".into(), text: own.into() }).unwrap();
    let rows = "t/out,GB,0,0.09,2025-01-01,2026-01-01,s,\nt/other-out,GB,0,0.2,2024-01-01,2026-01-01,s,\n";
    let book = PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap().with_own_prices(&own);
    let prices = book.open("here", None).unwrap();
    let discounts = [Discount { service: "t".into(), percent: 20.into(), note: "agreement".into() }];
    let terms = Terms { discounts: &discounts, ..Terms::on(prices.newest()) };
    let bill = prices.price(&usage(&[("t/out", 100), ("t/other-out", 100)]), &terms).unwrap();
    let shown: Vec<String> = bill
        .charges()
        .iter()
        .map(|charge| {
            let discount = charge.discount.as_ref().map_or("none", |discount| discount.note.as_str());
            format!(
                "{} list {} pays {} = {}, discount {discount}",
                charge.price_id,
                charge.list_rate,
                charge.rate.normalize(),
                charge.cost.normalize()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "t/out list 0.09 pays 0.072 = 7.2, discount agreement",
            "t/other-out list 0.1 pays 0.1 = 10, discount none"
        ]
    );
}

#[test]
fn a_saving_on_an_unknown_price_is_kept_and_is_no_price() {
    let text = "instance_type,saving_percent,interruption,seen,source\nz9.huge,50,>20%,2026-01-01,advisor\n";
    let savings = DataFile { path: "aws/here/spot-advisor.csv".into(), text: text.into() };
    let book = PriceBook::pack(std::slice::from_ref(&savings)).unwrap();
    assert_eq!((book.price_ids().count(), book.region_files("here")), (0, vec![savings]));
}
