//! The reports on a small book of their own: every state of a price, and every way from one to another.

use super::*;
use crate::data::DataFile;
use crate::pricebook::{OwnSheet, PriceBook};
use crate::time::Date;

const HEADER: &str = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";

fn file(path: &str, rows: &str) -> DataFile {
    DataFile { path: path.to_owned().into(), text: format!("{HEADER}{rows}").into() }
}

fn book() -> PriceBook {
    let rules = "price_id,unit,base_price_id,factor,source\n\
        ec2-spot/instance-hours/*,Hours,ec2/instance-hours/*,spot advisor,advisor\n\
        ec2-year/instance-hours/*,Hours,ec2/instance-hours/*,0.6,measured\n";
    let spot = "instance_type,saving_percent,interruption,seen,source\nm1.big,60,<5%,2025-06-28,advisor\n";
    let allowances = "pool,unit,quantity,covers,from,seen,source,mark\n\
        t/free,GB,100,t/in;t/out,2025-01-01,2026-01-01,bill,\n";
    let files = [
        file(
            "aws/here/ec2.csv",
            "ec2/instance-hours/*,Hours,0,not offered,2025-04-04,2025-04-04,list,\n\
             ec2/instance-hours/m1.big,Hours,0,0.5,2025-04-04,2026-01-01,s,\n\
             ec2/instance-hours/m1.gone,Hours,0,not offered,2025-04-04,2026-01-01,s,single\n",
        ),
        file(
            "aws/here/t.csv",
            "t/out,GB,0,0.12,2024-01-01,2024-06-01,old,single\n\
             t/out,GB,0,0.09,2025-01-01,2026-01-01,s,\nt/out,GB,1000,0.05,2025-01-01,2026-01-01,s,unverified\n\
             t/zero,GB,0,0,2024-01-01,2024-06-01,s,\nt/zero,GB,0,0.01,2025-01-01,2026-01-01,s,\n",
        ),
        file(
            "aws/there/ec2.csv",
            "ec2/instance-hours/m1.big,Hours,0,0.4,2025-04-04,2026-01-01,s,\n\
             ec2/instance-hours/m1.gone,Hours,0,0.3,2025-04-04,2026-01-01,s,\n\
             ec2/instance-hours/m1.old,Hours,0,0.2,2025-04-04,2026-01-01,s,\n",
        ),
        file("aws/global/ip.csv", "ip/hours,Hours,0,0.005,2024-02-01,2026-01-05,s,\n"),
        DataFile { path: "aws/rules.csv".into(), text: rules.into() },
        DataFile { path: "aws/here/spot-advisor.csv".into(), text: spot.into() },
        DataFile { path: "aws/global/allowances.csv".into(), text: allowances.into() },
    ];
    PriceBook::pack(&files).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// What a report says of a price, or why there is none and what helps.
fn shown(price_id: &str, date: &str) -> String {
    let book = book();
    let prices = book.open("here", None).unwrap();
    let asked = Asked { book: &book, prices: &prices, price_id, date: day(date) };
    match price_report(&asked, &Names::default()) {
        Err(NoPrice { message, help }) => format!("{message} | {help}"),
        Ok(report) => {
            let document = report.document();
            let words = document.blocks.iter().filter_map(|block| match block {
                crate::report::Block::Paragraph(text) => Some(text.clone()),
                crate::report::Block::List(lines) => Some(lines.join(" ")),
                _ => None,
            });
            // The hash changes with every row of the book above.
            let hash = format!("; price book {}", book.hash().short());
            words.collect::<Vec<_>>().join(" | ").replace(&hash, "")
        }
    }
}

#[test]
fn a_price_is_told_with_all_that_is_known_of_it() {
    let all = [
        ("t/out", "2026-01-01"),
        ("t/out", "2024-05-01"),
        ("ec2/instance-hours/m1.big", "2026-01-01"),
        ("ec2-spot/instance-hours/m1.big", "2026-01-01"),
        ("ip/hours", "2026-01-01"),
    ];
    insta::assert_snapshot!(all.map(|(id, date)| format!("{id}: {}", shown(id, date))).join("\n"), @r"
    t/out: Price of 2026-01-01: 2 bands, each for what a month uses from its quantity on; holds since 2025-01-01 or earlier. | unverified: no dated source confirms it; not to be taken as a fact. The first 100 GB of a month are free for an account, shared with t/in; seen 2026-01-01 [2]. | 1 region prices it, at $0.09. It is unknown in 1 region. | [1] s [2] bill [3] old
    t/out: Price of 2024-05-01: holds since 2024-01-01 or earlier. | single: one source only. | 1 region prices it, at $0.12. It is unknown in 1 region. | [1] old [2] s
    ec2/instance-hours/m1.big: Price of 2026-01-01: holds since 2025-04-04 or earlier. | Spot saved 60 % of the on-demand price and <5% of instances were interrupted in a month, as of 2025-06-28 [2]. | 2 regions price it, from $0.4 in there to $0.5 in here. Here it is 25 % above the lowest. | [1] s [2] advisor
    ec2-spot/instance-hours/m1.big: Price of 2026-01-01: holds since 2025-06-28 or earlier. | derived: inferred from other prices or facts by a rule that the source states. 0.4 × ec2/instance-hours/m1.big ($0.5, seen 2026-01-01 [2]). Spot saved 60 % of the on-demand price and <5% of instances were interrupted in a month, as of 2025-06-28 [1]. | 1 region prices it, at $0.2. It is unknown in 1 region. | [1] advisor [2] s
    ip/hours: Price of 2026-01-01: holds since 2024-02-01 or earlier. | 2 regions price it, at $0.005. | [1] s
    ");
}

#[test]
fn an_absent_price_says_why_and_what_helps() {
    let all = [
        ("ec2/instance-hours/m1.gone", "2026-01-01"),
        ("ec2/instance-hours/m1.old", "2026-01-01"),
        ("ec2-year/instance-hours/m1.gone", "2026-01-01"),
        ("ec2/instance-hours/m1.old", "2025-01-01"),
        ("t/out", "2023-01-01"),
        ("t/put", "2026-01-01"),
        ("ec2-yaer/instance-hours/m1.bigg", "2026-01-01"),
        ("ec2/instance-hours", "2026-01-01"),
        ("kubernetes/pods", "2026-01-01"),
    ];
    insta::assert_snapshot!(all.map(|(id, date)| format!("{id}: {}", shown(id, date))).join("\n"), @r"
    ec2/instance-hours/m1.gone: Not offered: here does not sell it. Known since 2025-04-04, confirmed on 2026-01-01: the source says so [1]. | 1 region prices it, at $0.3. It is not offered in 1 region. | [1] s
    ec2/instance-hours/m1.old: Not offered: here does not sell it. Known since 2025-04-04, confirmed on 2025-04-04: the region's list of what begins with ec2/instance-hours/ lacks it [1]. | 1 region prices it, at $0.2. It is not offered in 1 region. | [1] list
    ec2-year/instance-hours/m1.gone: Not offered: here does not sell it. Known since 2025-04-04, confirmed on 2026-01-01: it would follow from ec2/instance-hours/m1.gone, which is not offered there [1]. | 1 region prices it, at $0.18. It is not offered in 1 region. | [1] s
    ec2/instance-hours/m1.old: no price for ec2/instance-hours/m1.old in here on 2025-01-01: add it to pricing-data/aws/here/ec2.csv | the book knows it, and no region prices it on 2025-01-01
    t/out: no price for t/out in here on 2023-01-01: the book knows it from 2024-01-01 on; an older one goes into pricing-data/aws/here/t.csv | --as-of 2024-01-01 shows the first price that the book knows
    t/put: no price for t/put in here on 2026-01-01: add it to pricing-data/aws/here/t.csv | did you mean `t/out`?
    ec2-yaer/instance-hours/m1.bigg: no price for ec2-yaer/instance-hours/m1.bigg in here on 2026-01-01: add it to pricing-data/aws/here/ec2-yaer.csv | did you mean `ec2-year/instance-hours/m1.big`?
    ec2/instance-hours: no price for ec2/instance-hours in here on 2026-01-01: add it to pricing-data/aws/here/ec2.csv | there are ec2/instance-hours/m1.big, ec2/instance-hours/m1.gone, ec2/instance-hours/m1.old
    kubernetes/pods: no price for kubernetes/pods in here on 2026-01-01: add it to pricing-data/aws/here/kubernetes.csv | `weigh prices list` names every price id
    ");
}

/// A book of one region with these rows of service `t`.
fn rows(rows: &str) -> PriceBook {
    PriceBook::pack(&[file("aws/here/t.csv", rows)]).unwrap()
}

fn side(label: &str, book: &PriceBook, date: &str) -> Side {
    Side { label: label.to_owned(), book: book.clone(), date: day(date), region: None, later: 0 }
}

/// Each change as `region price id from quantity: before -> after = difference percent (what, note)`.
fn told(report: &DifferenceReport) -> String {
    let state = |state: &StateReport| match &state.rate {
        Some(rate) => format!("{rate} per {}", state.unit),
        None => state.state.to_owned(),
    };
    let line = |each: &ChangeReport| {
        let difference = each.difference.as_deref().unwrap_or("-");
        let percent = each.percent.as_deref().unwrap_or("-");
        let (before, after) = (state(&each.before), state(&each.after));
        let what = format!("{}; {}", each.change, each.note);
        format!(
            "{} {} {}: {before} -> {after} = {difference} {percent} ({what})",
            each.region, each.price_id, each.from_quantity
        )
    };
    report.changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// rows before, rows after | the changes
#[test]
fn every_way_from_one_state_to_another() {
    let price = |quantity: u32, usd: &str| format!("t/a,GB,{quantity},{usd},2025-01-01,2026-01-01,s,\n");
    let other = "t/other,GB,0,1,2025-01-01,2026-01-01,s,\n";
    let table = [
        (price(0, "2"), price(0, "2"), ""),
        (price(0, "2"), price(0, "2.00"), ""),
        (
            price(0, "2"),
            price(0, "2.5"),
            "here t/a 0: 2 per GB -> 2.5 per GB = 0.5 25 (changed; from 2025-01-01 on)",
        ),
        (
            price(0, "3"),
            price(0, "2"),
            "here t/a 0: 3 per GB -> 2 per GB = -1 -33.3333 (changed; from 2025-01-01 on)",
        ),
        (
            price(0, "0"),
            price(0, "2"),
            "here t/a 0: 0 per GB -> 2 per GB = 2 - (changed; from 2025-01-01 on)",
        ),
        (String::new(), price(0, "2"), "here t/a 0: unknown -> 2 per GB = - - (added; from 2025-01-01 on)"),
        (price(0, "2"), String::new(), "here t/a 0: 2 per GB -> unknown = - - (removed; )"),
        (
            price(0, "not offered"),
            price(0, "2"),
            "here t/a 0: not offered -> 2 per GB = - - (offered; from 2025-01-01 on)",
        ),
        (
            price(0, "2"),
            price(0, "not offered"),
            "here t/a 0: 2 per GB -> not offered = - - (not offered; from 2025-01-01 on)",
        ),
        (price(0, "not offered"), price(0, "not offered"), ""),
        (
            String::new(),
            price(0, "not offered"),
            "here t/a 0: unknown -> not offered = - - (added; from 2025-01-01 on)",
        ),
        (
            price(0, "2"),
            price(0, "2").replace("GB", "Hours"),
            "here t/a 0: 2 per GB -> 2 per Hours = - - (unit; per GB before, per Hours now)",
        ),
        // A band that only one side has is held against the rate that the other has there.
        (
            price(0, "2"),
            price(0, "2") + &price(10, "1"),
            "here t/a 10: 2 per GB -> 1 per GB = -1 -50 (changed; from 2025-01-01 on)",
        ),
        (price(0, "2"), price(0, "2") + &price(10, "2"), ""),
        (
            price(0, "2") + &price(10, "1"),
            price(0, "4") + &price(20, "1"),
            "here t/a 0: 2 per GB -> 4 per GB = 2 100 (changed; from 2025-01-01 on)\n\
             here t/a 10: 1 per GB -> 4 per GB = 3 300 (changed; from 2025-01-01 on)",
        ),
    ];
    for (before, after, expected) in table {
        let (a, b) = (rows(&(before.clone() + other)), rows(&(after.clone() + other)));
        let report =
            difference_report(&side("a", &a, "2026-01-01"), &side("b", &b, "2026-01-01"), &Scope::default());
        assert_eq!(told(&report), expected, "{before}-> {after}");
        assert_eq!(report.counts.differ, usize::from(!expected.is_empty()), "{before}-> {after}");
        assert_eq!(report.counts.compared, 2);
    }
}

#[test]
fn two_days_of_a_book_say_since_when_a_price_is_known() {
    let book = book();
    let between = |a: &str, b: &str| {
        let report = difference_report(&side(a, &book, a), &side(b, &book, b), &Scope::default());
        format!("{}\n{}", told(&report), report.notes.join("\n"))
    };
    insta::assert_snapshot!(between("2024-05-01", "2026-01-01"), @r"
    here ec2/instance-hours/m1.big 0: unknown -> 0.5 per Hours = - - (added; known only from 2025-04-04 on)
    here ec2/instance-hours/m1.gone 0: unknown -> not offered = - - (added; known only from 2025-04-04 on)
    here t/out 0: 0.12 per GB -> 0.09 per GB = -0.03 -25 (changed; from 2025-01-01 on)
    here t/out 1000: 0.12 per GB -> 0.05 per GB = -0.07 -58.3333 (changed; from 2025-01-01 on)
    here t/zero 0: 0 per GB -> 0.01 per GB = 0.01 - (changed; from 2025-01-01 on)
    there ec2/instance-hours/m1.big 0: unknown -> 0.4 per Hours = - - (added; known only from 2025-04-04 on)
    there ec2/instance-hours/m1.gone 0: unknown -> 0.3 per Hours = - - (added; known only from 2025-04-04 on)
    there ec2/instance-hours/m1.old 0: unknown -> 0.2 per Hours = - - (added; known only from 2025-04-04 on)
    Added means that the book knows no price on 2024-05-01 and one on 2026-01-01: it may only mean that nobody looked before.
    ");
    assert_eq!(between("2026-01-01", "2026-01-05"), "\n");
}

#[test]
fn derived_prices_are_compared_when_asked_for() {
    let book = book();
    let selection = Selection { service: Some("ec2-spot"), derived: true, ..Selection::default() };
    let scope = Scope { region: Some("here"), selection };
    let (a, b) = (side("a", &book, "2025-05-01"), side("b", &book, "2026-01-01"));
    insta::assert_snapshot!(told(&difference_report(&a, &b, &scope)), @"here ec2-spot/instance-hours/m1.big 0: unknown -> 0.2 per Hours = - - (added; known only from 2025-06-28 on)");
}

#[test]
fn own_prices_stand_in_the_regions_where_they_change_something() {
    let book = book();
    let own = "price_id,region,unit,price,from,note\n\
        ec2/instance-hours/m1.big,*,Hours,0.4,2025-06-01,\nip/hours,here,Hours,0.004,2025-06-01,\nt/new,*,GB,1,2025-06-01,\n\
        t/later,*,GB,1,2027-01-01,\n";
    let sheet = OwnSheet::read(&DataFile { path: "own.csv".into(), text: own.into() }).unwrap();
    let with_own = book.with_own_prices(&sheet);
    let date = "2026-01-01";
    let after = Side { later: sheet.later_than(day(date)), ..side("own.csv", &with_own, date) };
    let report = difference_report(&side(date, &book, date), &after, &Scope::default());
    insta::assert_snapshot!(format!("{}\n{}", told(&report), report.notes.join("\n")), @r"
    global t/new 0: unknown -> 1 per GB = - - (added; from 2025-06-01 on)
    here ec2/instance-hours/m1.big 0: 0.5 per Hours -> 0.4 per Hours = -0.1 -20 (changed; from 2025-06-01 on)
    here ip/hours 0: 0.005 per Hours -> 0.004 per Hours = -0.001 -20 (changed; from 2025-06-01 on)
    own.csv: without 1 own price that begins after 2026-01-01; --as-of names a later day.
    ");
}

#[test]
fn a_region_that_one_book_lacks_is_told_and_its_prices_are_added() {
    let one = rows("t/a,GB,0,1,2025-01-01,2026-01-01,s,\n");
    let files = [
        file("aws/here/t.csv", "t/a,GB,0,1,2025-01-01,2026-01-01,s,\n"),
        file("aws/there/t.csv", "t/a,GB,0,2,2025-01-01,2026-01-01,s,\n"),
        file("aws/global/t.csv", "t/all,GB,0,3,2025-01-01,2026-01-01,s,\n"),
    ];
    let two = PriceBook::pack(&files).unwrap();
    let (a, b) = (side("one", &one, "2026-01-01"), side("two", &two, "2026-01-01"));
    let report = difference_report(&a, &b, &Scope::default());
    insta::assert_snapshot!(format!("{}\n{}", told(&report), report.notes.join("\n")), @r"
    global t/all 0: unknown -> 3 per GB = - - (added; from 2025-01-01 on)
    there t/a 0: unknown -> 2 per GB = - - (added; from 2025-01-01 on)
    Only two has there.
    ");
    // A file of one region is held against the rows of that region alone.
    let file_side = Side { region: Some("here".to_owned()), ..a.clone() };
    assert_eq!(told(&difference_report(&file_side, &b, &Scope::default())), "");
    let other_region = Side { region: Some("there".to_owned()), ..b };
    insta::assert_snapshot!(told(&difference_report(&file_side, &other_region, &Scope::default())), @"here → there t/a 0: 1 per GB -> 2 per GB = 1 100 (changed; from 2025-01-01 on)");
}

#[test]
fn lists_name_what_holds_what_is_not_offered_and_what_comes_later() {
    let book = book();
    let prices = book.open("here", None).unwrap();
    let list = |date: &str, selection: Selection<'_>| {
        let report = price_list_report(&book, &prices, &Names::default(), day(date), &selection);
        let line = |each: &ListedPriceReport| {
            let rate = each.rate.as_deref().unwrap_or(each.status);
            let line = format!("{} {rate} {} {} {}", each.price_id, each.bands, each.from, each.seen);
            format!("{line} {}", each.mark).trim_end().to_owned()
        };
        let mut lines: Vec<String> = report.prices.iter().map(line).collect();
        lines.push(format!("later {}: {}", report.later, report.hint.unwrap_or_default()));
        lines.join("\n").trim_end().to_owned()
    };
    insta::assert_snapshot!(list("2026-01-01", Selection::default()), @r"
    ec2/instance-hours/m1.big 0.5 1 2025-04-04 2026-01-01
    ec2/instance-hours/m1.gone not offered 0 2025-04-04 2026-01-01 single
    ip/hours 0.005 1 2024-02-01 2026-01-05
    t/out 0.09 2 2025-01-01 2026-01-01
    t/zero 0.01 1 2025-01-01 2026-01-01
    later 0:
    ");
    insta::assert_snapshot!(list("2024-03-01", Selection::default()), @r"
    ip/hours 0.005 1 2024-02-01 2026-01-05
    t/out 0.12 1 2024-01-01 2024-06-01 single
    t/zero 0 1 2024-01-01 2024-06-01
    later 2:
    ");
    let derived = Selection { service: Some("ec2-year"), ..Selection::default() };
    insta::assert_snapshot!(list("2026-01-01", derived), @"later 0: 2 prices follow by rules from others: --derived lists them too.");
    insta::assert_snapshot!(list("2026-01-01", Selection { derived: true, ..derived }), @r"
    ec2-year/instance-hours/m1.big 0.3 1 2025-04-04 2026-01-01 derived
    ec2-year/instance-hours/m1.gone not offered 0 2025-04-04 2026-01-01 single
    later 0:
    ");
    let slip = Selection { text: Some("instance-huors"), ..Selection::default() };
    insta::assert_snapshot!(list("2026-01-01", slip), @"later 0: The nearest is `instance-hours`.");
}

#[test]
fn growth_is_shown_with_its_sign() {
    use crate::report::Cell;
    let percent = |text: &str| Cell::Percent(text.parse().unwrap()).shown();
    let shown = ["12.5", "-0.31", "0.0213", "-99.96", "0", "1234.56", "10.0"].map(percent);
    assert_eq!(shown, ["+12.5 %", "-0.3 %", "+0.02 %", "-100 %", "0 %", "+1,234.6 %", "+10 %"]);
    let change = |text: &str| Cell::Change(text.parse().unwrap()).shown();
    assert_eq!(["0.0034", "-0.00001", "0"].map(change), ["+$0.0034", "-$0.00001", "$0"]);
}
