//! Comparisons of a test: two books, two sides, and what every difference is held to.

use serde_json::Value;

use super::folder::Folder;
use super::{Answer, with};

/// A price of the frozen book, as its file says it.
pub(crate) const VCPU_HOURS: &str = "fargate/vcpu-hours/linux-x86,vCPU-Hours,0,0.04048,2021-01-14,2026-10-07";

/// A folder with the frozen book in `book` and a copy of it in `new`, the price of vCPU-hours a cent higher.
pub(crate) fn with_two_books() -> Folder {
    let folder = Folder::with_book();
    for (name, content) in folder.tree("book") {
        folder.write(&format!("new/{name}"), content);
    }
    folder.replace("new/aws/us-east-1/fargate.csv", VCPU_HOURS, &VCPU_HOURS.replace("0.04048", "0.05048"));
    folder
}

/// A comparison in a folder with the frozen book there.
pub(crate) fn diff(folder: &Folder, words: &str) -> Answer {
    folder.ask(&format!("diff {words} --prices book"))
}

pub(crate) fn json(folder: &Folder, words: &str) -> Value {
    let answer = diff(folder, &format!("{words} --format json"));
    let parsed = serde_json::from_str(&answer.stdout);
    parsed.unwrap_or_else(|error| panic!("{error}: {}", answer.transcript()))
}

/// An option of the first scenario.
pub(crate) fn option(report: &Value, name: &str) -> Value {
    let options = report["scenarios"][0]["options"].as_array().expect("a list of options");
    options.iter().find(|option| option["option"] == name).unwrap_or_else(|| panic!("{report:#}")).clone()
}

/// Effects in words: `price by prices 7.3`.
pub(crate) fn effects(of: &Value) -> Vec<String> {
    let word = |effect: &Value, key: &str| effect[key].as_str().expect("a word").to_owned();
    let effects = of["effects"].as_array().expect("a list of effects").iter();
    let told = effects
        .map(|each| format!("{} by {} {}", word(each, "kind"), word(each, "driver"), word(each, "amount")));
    told.collect()
}

/// The charge of a price.
pub(crate) fn charge(option: &Value, price_id: &str) -> Value {
    let charges = option["charges"].as_array().expect("a list of charges");
    charges.iter().find(|each| each["price_id"] == price_id).unwrap_or_else(|| panic!("{option:#}")).clone()
}

/// An amount in billionths, so that sums are exact.
pub(crate) fn exact(amount: &Value) -> i128 {
    let text = amount.as_str().unwrap_or_else(|| panic!("no amount: {amount}"));
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{whole}{fraction:0<20}");
    assert!(fraction.len() <= 20, "{text}");
    sign * padded.parse::<i128>().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Holds every option's effects to its change, exactly and to the cent, and its charges' to both.
pub(crate) fn add_up(report: &Value) {
    let sum = |list: &Value, key: &str| -> i128 {
        list.as_array().expect("a list").iter().map(|each| exact(&each[key])).sum()
    };
    let mut held = 0;
    for scenario in report["scenarios"].as_array().expect("a list") {
        let mut changes =
            vec![(&scenario["recommendation"]["change"], &scenario["recommendation"]["effects"])];
        for option in scenario["options"].as_array().expect("a list") {
            changes.push((&option["cost"], &option["effects"]));
            if option["cost"].is_null() {
                continue;
            }
            let charges = option["charges"].as_array().expect("a list");
            let each: i128 = charges.iter().map(|charge| exact(&charge["cost"]["exact"])).sum();
            let shown: i128 = charges.iter().map(|charge| exact(&charge["cost"]["shown"])).sum();
            assert_eq!((each, shown), (exact(&option["cost"]["exact"]), exact(&option["cost"]["shown"])));
            changes.extend(charges.iter().map(|charge| (&charge["cost"], &charge["effects"])));
        }
        for (change, effects) in changes.into_iter().filter(|(change, _)| !change.is_null()) {
            assert_eq!(sum(effects, "amount"), exact(&change["exact"]), "{effects:#}");
            assert_eq!(sum(effects, "shown"), exact(&change["shown"]), "{effects:#}");
            held += 1;
        }
    }
    let total = &report["total"];
    assert_eq!(sum(&total["effects"], "amount"), exact(&total["change"]["exact"]));
    assert_eq!(sum(&total["effects"], "shown"), exact(&total["change"]["shown"]));
    assert!(held > 0, "{report:#}");
}

/// The old side of a comparison in which everything changes at once, and the new one.
pub(crate) fn with_all_at_once() -> Folder {
    let folder = with_two_books();
    let two = "platform = \"fargate\"\n\n[[option]]\nplatform = \"lambda\"";
    folder.write("shop.toml", with("platform", two));
    let taken = folder.ask("snapshot shop.toml --out kept.json --prices book");
    assert_eq!(taken.code, 0, "{}", taken.transcript());
    let more = with("platform", two).replace("10_000", "900_000").replace("\"1 GiB\"", "\"2 GiB\"");
    folder.write("shop.toml", more);
    folder
}
