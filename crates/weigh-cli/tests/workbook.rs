//! `weigh workbook`: the file is read back, its formulas are computed anew, and held against the program's exact figures.
#![cfg(feature = "xlsx")]

#[path = "support/spreadsheet.rs"]
mod spreadsheet;
mod support;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use spreadsheet::{Cell, Spreadsheet};
use support::folder::Folder;
use support::{Answer, GOOD, answer, ask_plainly, program, root};

/// Far below a cent: what sums of doubles may be off, as a share of the amount.
const NEAR: f64 = 1e-12;

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= NEAR * other.abs().max(1.0)
}

/// A number of a report, which is a decimal string.
fn exact(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("no decimal: {value}")).parse().expect("a decimal")
}

/// Dollars and cents, half up, as they are written on a bill.
fn cents(amount: f64) -> String {
    let amount = Decimal::from_f64_retain(amount).expect("an amount").round_dp(9);
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    format!("{:.2}", amount.round_dp_with_strategy(2, strategy))
}

/// Prices of commitments, which the frozen book lacks.
const COMMITMENTS: &str = "crates/weigh-core/tests/data/commitments.csv";

/// Runs the program in a folder, with the scenarios and the frozen book of the repository.
fn make(folder: &Folder, words: &str) -> Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    let mut command = program();
    command.current_dir(&folder.path).args(&split);
    for prices in [support::BOOK, COMMITMENTS] {
        command.arg("--prices").arg(root().join(prices));
    }
    answer(&mut command, words.to_owned(), b"")
}

/// The workbook of one scenario on the frozen book.
fn workbook_of(text: &str) -> Spreadsheet {
    let folder = Folder::new();
    folder.write("shop.toml", text);
    let made = make(&folder, "workbook shop.toml --out shop.xlsx");
    assert_eq!(made.code, 0, "{}", made.stderr);
    Spreadsheet::read(&std::fs::read(folder.path.join("shop.xlsx")).expect("the workbook"))
}

fn text<'a>(line: &'a std::collections::BTreeMap<String, (spreadsheet::At, Cell)>, heading: &str) -> &'a str {
    match line.get(heading) {
        Some((_, Cell::Text(text))) => text,
        None => "",
        other => panic!("{heading}: {other:?}"),
    }
}

/// Every scenario of the repository on the book that is built in: the totals are what `list` says, to the cent and far below, and
/// each of them comes from formulas alone.
#[test]
fn totals_that_are_computed_anew_are_those_of_the_program() {
    let folder = Folder::new();
    let file = folder.path.join("all.xlsx");
    let made = ask_plainly(&format!("workbook scenarios --out {}", file.display()));
    assert_eq!(made.code, 0, "{}", made.stderr);
    let book = Spreadsheet::read(&std::fs::read(&file).unwrap());
    let listed: Value =
        serde_json::from_str(&ask_plainly("list scenarios --format json").stdout).expect("a list");
    let (mut lines, mut totals, mut unknown) = (book.lines("Summary").into_iter(), 0, 0);
    for scenario in listed["scenarios"].as_array().unwrap() {
        for option in scenario["options"].as_array().unwrap() {
            let line = lines.next().expect("a line for each option");
            let told = ["File", "Option", "Status"].map(|heading| text(&line, heading).to_owned());
            let wanted = [&scenario["file"], &option["option"], &option["status"]];
            assert_eq!(
                told.each_ref().map(|told| told.as_str()),
                wanted.map(|value| value.as_str().unwrap())
            );
            let recommended = scenario["recommended"] == option["option"];
            assert_eq!(text(&line, "Recommended"), if recommended { "recommended" } else { "" });
            if option["monthly_cost"].is_null() {
                assert_eq!(text(&line, "Monthly cost (USD)"), "unknown", "{told:?}");
                assert_ne!(text(&line, "Reason"), "", "{told:?}");
                unknown += 1;
                continue;
            }
            let exact = exact(&option["monthly_cost"]).to_f64().unwrap();
            let (at, cell) = &line["Monthly cost (USD)"];
            assert!(matches!(cell, Cell::Formula(..)), "{told:?}: {cell:?}");
            let computed = book.computed("Summary", *at);
            assert!(near(computed, exact), "{told:?}: {computed} for {exact}");
            assert_eq!(cents(computed), cents(exact), "{told:?}");
            if let (at, Cell::Formula(..)) = &line["Annual cost (USD)"] {
                assert!(near(book.computed("Summary", *at), 12.0 * exact), "{told:?}");
            }
            totals += 1;
        }
    }
    assert!(lines.next().is_none());
    assert!(totals > 100 && unknown > 0, "{totals} totals, {unknown} unknown");
    every_formula_comes_to_what_is_written_beside_it(&book);
}

/// Programs that show a file without computing it, such as a preview, show what was written beside the formulas.
fn every_formula_comes_to_what_is_written_beside_it(book: &Spreadsheet) {
    for sheet in &book.names {
        for (at, formula, told) in book.formulas(sheet) {
            let computed = book.computed(sheet, at);
            assert!(near(computed, told), "{sheet} {at:?} {formula}: {computed} for {told}");
        }
    }
}

/// Two options with tiers, free quantities, discounts, several environments, a commitment and a currency.
const RICH: &str = r#"
[[environment]]
name = "staging"
traffic_share = "10 %"
[[environment]]
name = "live"
[[discount]]
service = "fargate"
off = "12.5 %"
[[commitment]]
kind = "reserved-instance"
instance_type = "t3.medium"
count = 2
term = "1-year"
payment = "no-upfront"
[[option]]
platform = "ec2-compose"
instance_type = "t3.medium"
[[option]]
platform = "lambda"
"#;

fn rich() -> String {
    let currency =
        "region = \"us-east-1\"\ncurrency = { code = \"EUR\", rate = 0.92, as_of = \"2026-11-01\" }";
    GOOD.replace("region = \"us-east-1\"", currency).replace("10_000/day", "4_000_000/day") + RICH
}

#[test]
fn each_charge_is_its_quantity_times_its_rate() {
    let folder = Folder::new();
    folder.write("shop.toml", rich());
    make(&folder, "workbook shop.toml --out shop.xlsx");
    let book = Spreadsheet::read(&std::fs::read(folder.path.join("shop.xlsx")).unwrap());
    every_formula_comes_to_what_is_written_beside_it(&book);
    let (mut discounted, mut free) = (0, 0);
    for option in ["fargate", "ec2-compose", "lambda"] {
        let explained = make(&folder, &format!("explain shop.toml --option {option} --format json")).stdout;
        let explained: Value = serde_json::from_str(&explained).unwrap();
        let charges = explained["option"]["charges"].as_array().unwrap();
        let lines = book.lines(option);
        assert_eq!(lines.len(), charges.len() + 5, "{option}: month, year, rate, and both in the currency");
        for (charge, line) in charges.iter().zip(&lines) {
            for (heading, key) in
                [("Component", "component"), ("Environment", "environment"), ("Description", "description")]
            {
                assert_eq!(text(line, heading), charge[key], "{option}");
            }
            for (heading, key) in [("Price id", "price_id"), ("Part", "part"), ("Unit", "unit")] {
                assert_eq!(text(line, heading), charge[key], "{option}");
            }
            for (heading, key) in [
                ("Quantity", "quantity"),
                ("List rate (USD)", "list_rate"),
                ("Rate (USD)", "rate"),
                ("Cost (USD)", "cost"),
            ] {
                let (at, cell) = &line[heading];
                let computed = book.computed(option, *at);
                assert!(near(computed, exact(&charge[key]).to_f64().unwrap()), "{option} {heading} {cell:?}");
            }
            assert!(matches!(&line["Cost (USD)"].1, Cell::Formula(formula, _) if formula.contains('*')));
            discounted += usize::from(line.contains_key("Discount"));
            free += usize::from(text(line, "Part") == "free allowance");
        }
        let monthly = exact(&explained["option"]["monthly_cost"]);
        for (line, factor) in lines[charges.len()..].iter().zip(["1", "12", "", "0.92", "11.04"]) {
            let (at, _) = line["Cost (USD)"];
            let Ok(factor) = factor.parse::<Decimal>() else { continue };
            assert!(
                near(book.computed(option, at), (monthly * factor).to_f64().unwrap()),
                "{option} {line:?}"
            );
        }
    }
    assert!(discounted > 0 && free > 0, "{discounted} discounted, {free} free");
}

/// A rate that is changed in the sheet of prices, or a discount, moves all that it is a part of: no total is a number of its own.
#[test]
fn totals_follow_from_rates_and_quantities_alone() {
    let mut book = workbook_of(&rich());
    let line = book.lines("Summary").into_iter().find(|line| text(line, "Option") == "fargate").unwrap();
    let (total, _) = line["Monthly cost (USD)"];
    let before = book.computed("Summary", total);
    let charges: Vec<_> = book
        .lines("fargate")
        .into_iter()
        .filter(|line| text(line, "Price id") == "fargate/vcpu-hours/linux-x86")
        .collect();
    assert_eq!(charges.len(), 2, "one of each environment");
    let share: f64 = charges.iter().map(|line| book.computed("fargate", line["Cost (USD)"].0)).sum();
    let price = book
        .lines("Prices")
        .into_iter()
        .find(|line| text(line, "Price id") == "fargate/vcpu-hours/linux-x86");
    let (rate, cell) = price.unwrap()["Rate (USD)"].clone();
    let Cell::Number(was) = cell else { panic!("a rate is a number: {cell:?}") };
    book.put("Prices", rate, was * 3.0);
    assert!(near(book.computed("Summary", total), before + 2.0 * share));
    book.put("Prices", rate, was);
    for line in charges {
        book.put("fargate", line["Quantity"].0, 0.0);
    }
    assert!(near(book.computed("Summary", total), before - share));
}

#[test]
fn an_option_without_a_price_says_so_and_is_never_zero() {
    let folder = Folder::new();
    folder.write("shop.toml", GOOD.replace("us-east-1", "ap-south-1"));
    make(&folder, "workbook shop.toml --out shop.xlsx");
    let book = Spreadsheet::read(&std::fs::read(folder.path.join("shop.xlsx")).unwrap());
    let lines = book.lines("Summary");
    assert_eq!(text(&lines[0], "Status"), "unpriced");
    assert_eq!(text(&lines[0], "Monthly cost (USD)"), "unknown");
    assert_eq!(text(&lines[0], "Annual cost (USD)"), "unknown");
    assert!(text(&lines[0], "Reason").contains("ap-south-1"), "{lines:?}");
    let own = book.lines("fargate");
    assert!(
        own.iter().all(|line| text(line, "Cost (USD)") == "unknown" && !text(line, "Description").is_empty())
    );
    assert!(book.names.iter().all(|sheet| sheet == "Prices" || book.formulas(sheet).count() == 0));
    let missing: Vec<_> =
        book.lines("Prices").into_iter().filter(|line| text(line, "Standing") == "missing").collect();
    assert_eq!(missing.len(), own.len());
    assert!(missing.iter().all(|line| text(line, "Rate (USD)") == "unknown"));
}

/// Whatever a scenario or an option is called, it stays words: no name is run as a formula.
#[test]
fn words_stay_words() {
    for name in ["+1", "-1", "-2+3", "naïve 数"] {
        let scenario = GOOD.replace("\"Shop\"", &format!("\"{name}\"")) + &format!("name = \"{name}\"\n");
        let book = workbook_of(&scenario);
        let line = &book.lines("Summary")[0];
        assert_eq!((text(line, "Scenario"), text(line, "Option")), (name, name));
        assert_eq!(book.cell("Summary", (0, 0)), Some(&Cell::Text(name.to_owned())));
        assert_eq!(book.names[1], name);
        assert!(matches!(line["Monthly cost (USD)"].1, Cell::Formula(..)));
        every_formula_comes_to_what_is_written_beside_it(&book);
    }
}

/// The sheets as CSV have the values of the cells, exact, below the same headings.
#[test]
fn the_sheets_are_written_as_csv_too() {
    let folder = Folder::new();
    folder.write("a/shop.toml", rich());
    folder.write("b/shop.toml", GOOD.replace("us-east-1", "ap-south-1"));
    let made = make(&folder, "workbook a b --out sheets/");
    let files = folder.tree("sheets");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        made.transcript(),
        names.join("\n"),
        folder.read("sheets/1 fargate.csv")
    ));
    insta::assert_snapshot!("prices", plain(&folder.read("sheets/Prices.csv")));
    insta::assert_snapshot!("summary", plain(&folder.read("sheets/Summary.csv")));
    let mut reader = csv::Reader::from_reader(files["1 lambda.csv"].as_slice());
    let cost = reader.headers().unwrap().iter().position(|heading| heading == "Cost (USD)").unwrap();
    let sum: Decimal = reader.records().map(|row| row.unwrap()[cost].parse::<Decimal>().unwrap()).sum();
    let explained = make(&folder, "explain a/shop.toml --option lambda --format json").stdout;
    let explained: Value = serde_json::from_str(&explained).unwrap();
    assert_eq!(sum, exact(&explained["option"]["monthly_cost"]));
}

/// Without the place of the repository, and the hash of the frozen book, which moves with every row that a test needs.
fn plain(text: &str) -> String {
    let text = text.replace(&root().display().to_string(), "ROOT");
    regex_lite::Regex::new("[0-9a-f]{64}").expect("an expression").replace_all(&text, "HASH").into_owned()
}

#[test]
fn only_the_named_options_are_shown() {
    let folder = Folder::new();
    folder.write("a.toml", rich());
    folder.write("b.toml", GOOD);
    let made = make(&folder, "workbook a.toml b.toml --option lambda --out both.xlsx");
    assert_eq!(
        (made.code, made.stdout.as_str()),
        (0, "both.xlsx: 2 scenarios, 1 option, 4 sheets\n"),
        "{}",
        made.stderr
    );
    let book = Spreadsheet::read(&std::fs::read(folder.path.join("both.xlsx")).unwrap());
    assert_eq!(book.names, ["Summary", "1 lambda", "Assumptions", "Prices"]);
    let lines = book.lines("Summary");
    assert_eq!(text(&lines[1], "Reason"), "It has none of the options that were asked for, but fargate.");
    assert!(!lines[1].contains_key("Monthly cost (USD)"));
}

/// Some days are no month: their total stands in a column of its own, and is called what it is in another currency too.
#[test]
fn a_part_of_a_month_is_never_taken_for_a_month() {
    let folder = Folder::new();
    let yen = "currency = { code = \"JPY\", rate = 151.5, as_of = \"2026-11-01\" }\nregion =";
    folder.write("a.toml", GOOD);
    folder.write("b.toml", GOOD.replace("region =", &format!("month = \"2026-03-10..2026-03-12\"\n{yen}")));
    assert_eq!(make(&folder, "workbook a.toml b.toml --out both.XLSX").code, 0);
    let book = Spreadsheet::read(&std::fs::read(folder.path.join("both.XLSX")).unwrap());
    let lines = book.lines("Summary");
    let [month, year, days] = ["Monthly cost (USD)", "Annual cost (USD)", "Cost of some days (USD)"];
    assert!(matches!(lines[0][month].1, Cell::Formula(..)) && matches!(lines[0][year].1, Cell::Formula(..)));
    assert!(!lines[0].contains_key(days));
    assert_eq!((text(&lines[1], month), text(&lines[1], year)), ("no whole month", "no whole month"));
    assert!(matches!(lines[1][days].1, Cell::Formula(..)));
    let own = book.lines("2 fargate");
    let told: Vec<&str> = own.iter().map(|line| text(line, "Description")).collect();
    assert!(
        told.contains(&"Total in these days") && told.contains(&"Total in these days in JPY"),
        "{told:?}"
    );
    assert!(!told.iter().any(|what| what.contains("a month in")), "{told:?}");
    every_formula_comes_to_what_is_written_beside_it(&book);
}

#[test]
fn what_cannot_be_written_is_refused_with_what_can() {
    let folder = Folder::new();
    folder.write("shop.toml", GOOD);
    folder.write("full/notes.txt", "mine");
    let mut all = String::new();
    for words in [
        "workbook shop.toml",
        "workbook shop.toml --out shop.ods",
        "workbook shop.toml --out shop",
        "workbook shop.toml --out full",
        "workbook shop.toml --out none/shop.xlsx",
        "workbook shop.toml --out shop.xlsx --option fargat",
        "workbook none.toml --out shop.xlsx",
    ] {
        let answer = make(&folder, words);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    assert_eq!(folder.names(), ["full", "shop.toml"], "nothing is left behind");
    assert_eq!(folder.read("full/notes.txt"), "mine");
    insta::assert_snapshot!(all);
}
