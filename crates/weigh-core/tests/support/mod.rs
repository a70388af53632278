//! What the tests of the whole pipeline share: the frozen book, scenarios as text, and ways to look into a comparison.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod audit;

pub(crate) mod claims;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rust_decimal::Decimal;
use weigh_core::bill::{Bill, Charge};
use weigh_core::catalog::Catalog;
use weigh_core::compare::{self, Compared, Comparison, Verdict};
use weigh_core::data::DataFile;
use weigh_core::evaluate::Evaluation;
use weigh_core::pricebook::{PriceBook, RegionPrices};
use weigh_core::report::comparison_report;
use weigh_core::scenario::{Scenario, Vocabulary};

/// The paths below a folder that are files, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The text of a file.
#[allow(clippy::disallowed_methods, reason = "tests may read files; the core may not")]
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file can be read")
}

/// The path with `/`, below `root`.
pub(crate) fn below(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).expect("a path below the root");
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The data files of the frozen book.
pub(crate) fn files() -> &'static [DataFile] {
    static FILES: OnceLock<Vec<DataFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book");
        let data = files_below(&root).into_iter().filter(|path| path.extension().is_some_and(|e| e == "csv"));
        data.map(|path| DataFile { path: below(&root, &path).into(), text: read(&path).into() }).collect()
    })
}

/// The frozen book.
pub(crate) fn whole_book() -> &'static PriceBook {
    static BOOK: OnceLock<PriceBook> = OnceLock::new();
    BOOK.get_or_init(|| PriceBook::pack(files()).expect("the frozen book is right"))
}

/// Shapes, limits and traits of the frozen book.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::open(files()).expect("the frozen catalog is whole"))
}

/// The words that scenarios may use with the frozen book.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| compare::vocabulary(catalog(), whole_book()))
}

/// The prices of a region of the frozen book.
pub(crate) fn book(region: &str, borrow_from: Option<&str>) -> Cow<'static, RegionPrices> {
    static USUAL: OnceLock<RegionPrices> = OnceLock::new();
    let open = || whole_book().open(region, borrow_from).expect("the frozen book is whole");
    match (region, borrow_from) {
        ("us-east-1", None) => Cow::Borrowed(USUAL.get_or_init(open)),
        _ => Cow::Owned(open()),
    }
}

/// A scenario of one component in us-east-1. It moves no bytes, writes no logs, keeps no image and starts at once, unless stated:
/// `component` and `rest` are TOML; `rest` begins with keys of the header, its tables follow.
pub(crate) fn text(rate: &str, component: &str, rest: &str) -> String {
    let (header, tables) = rest.split_at(rest.find('[').unwrap_or(rest.len()));
    let region = if header.contains("region =") { "" } else { "region = \"us-east-1\"" };
    let mut stated = String::new();
    for (key, value) in [
        ("vcpu", "1"),
        ("memory", "\"2 GiB\""),
        ("cpu_time", "\"50 ms\""),
        ("start_up_time", "\"0 s\""),
        ("request_size", "\"0 B\""),
        ("response_size", "\"0 B\""),
        ("log_size", "\"0 B\""),
    ] {
        let given = component.split(['\n', ';']).any(|line| line.trim().starts_with(&format!("{key} =")));
        if !given {
            stated.push_str(&format!("{key} = {value}\n"));
        }
    }
    let component = component.replace(';', "\n");
    let supporting =
        if tables.contains("[supporting]") { "" } else { "[supporting]\noff = [\"registry\"]\n" };
    format!(
        "[scenario]\nname = \"test\"\n{region}\n{header}\n[traffic]\nrate = \"{rate}\"\n\
         [[component]]\nname = \"app\"\n{stated}{component}\n{supporting}{tables}"
    )
}

/// One option, named `it`.
pub(crate) fn option_of(platform: &str, settings: &str) -> String {
    format!("[[option]]\nname = \"it\"\nplatform = \"{platform}\"\n{}\n", settings.replace(';', "\n"))
}

/// The scenario that a text states.
pub(crate) fn scenario(text: &str) -> Scenario {
    match Scenario::parse(text, vocabulary()) {
        Ok(scenario) => scenario,
        Err(problems) => {
            let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
            panic!("{}\nin\n{text}", told.join("\n"))
        }
    }
}

/// The whole way from a text to the comparison.
pub(crate) fn compare(text: &str) -> Comparison {
    let scenario = scenario(text);
    let book = book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
    compare::compare(&scenario, catalog(), &book).expect("the scales of the criteria are scales")
}

/// The report on a text, as the bytes that a program gets.
pub(crate) fn json(text: &str) -> serde_json::Value {
    let report = comparison_report(&scenario(text), catalog(), &compare(text));
    serde_json::to_value(report).expect("a report is data")
}

/// An option of a comparison, by its name.
pub(crate) fn option<'a>(comparison: &'a Comparison, name: &str) -> &'a Compared {
    comparison.options.iter().find(|option| option.name == name).expect("an option of that name")
}

/// The deployment of an option: the ranked one, or the one that came nearest.
pub(crate) fn evaluation(option: &Compared) -> Option<&Evaluation> {
    match &option.verdict {
        Verdict::Ranked(ranked) => Some(&ranked.evaluation),
        Verdict::Rejected { nearest, .. } => nearest.as_deref(),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => None,
    }
}

/// The evaluation of the one option of a text, which must be ranked.
pub(crate) fn only(text: &str) -> Evaluation {
    let comparison = compare(text);
    match &comparison.options[0].verdict {
        Verdict::Ranked(ranked) => ranked.evaluation.clone(),
        other => panic!("not ranked: {other:?}\n{text}"),
    }
}

/// The charges of a bill whose price id begins so.
pub(crate) fn charges<'a>(bill: &'a Bill, price_id: &str) -> Vec<&'a Charge> {
    bill.charges().iter().filter(|charge| charge.price_id.starts_with(price_id)).collect()
}

/// The charges of a bill whose price id begins so, as `quantity × rate = cost`, joined by `; `.
pub(crate) fn shown(bill: &Bill, price_id: &str) -> String {
    let lines = charges(bill, price_id).into_iter().map(|charge| {
        let (quantity, rate, cost) =
            (charge.quantity.normalize(), charge.rate.normalize(), charge.cost.normalize());
        format!("{quantity} × {rate} = {cost}")
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// What the charges of a bill whose price id begins so cost together.
pub(crate) fn cost(bill: &Bill, price_id: &str) -> Decimal {
    charges(bill, price_id).iter().map(|charge| charge.cost).sum()
}

/// The needs that an option fails, by their keys; nothing when it is not rejected.
pub(crate) fn failed(option: &Compared) -> Vec<&str> {
    match &option.verdict {
        Verdict::Rejected { needs, .. } => needs.iter().map(|failed| failed.need.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// `ranked`, `rejected` or `unpriced`.
pub(crate) fn status(option: &Compared) -> &'static str {
    match option.verdict {
        Verdict::Ranked(_) => "ranked",
        Verdict::Rejected { .. } => "rejected",
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => "unpriced",
    }
}

/// A decimal as it is written.
pub(crate) fn exactly(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}
