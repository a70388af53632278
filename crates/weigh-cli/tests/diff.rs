//! `weigh diff` end to end: one thing is changed in a copy, and comes out as what it is, to the last digit.

mod support;

use serde_json::Value;
use support::difference::{
    VCPU_HOURS, add_up, charge, diff, effects, exact, json, option, with_all_at_once, with_two_books,
};
use support::folder::Folder;
use support::{GOOD, with};

/// Rates of commitments, which the frozen book has none of.
const RATES: &str = "crates/weigh-core/tests/data/commitments.csv";

#[test]
fn a_price_of_a_copy_of_the_book_is_price() {
    let folder = with_two_books();
    folder.write("shop.toml", GOOD);
    let report = json(&folder, "book new shop.toml");
    let fargate = option(&report, "fargate");
    // 730 vCPU-hours, each a cent dearer.
    assert_eq!(effects(&fargate), ["price by prices 7.3"]);
    assert_eq!(charge(&fargate, "fargate/vcpu-hours/linux-x86")["before"]["quantity"], "730");
    assert_eq!(fargate["charges"].as_array().expect("a list").len(), 1);
    assert_eq!(report["scenarios"][0]["path"], serde_json::json!(["prices"]));
    add_up(&report);
}

#[test]
fn each_change_of_a_scenario_is_what_it_is() {
    let folder = Folder::with_book();
    folder.write("old.toml", GOOD);
    folder.write("traffic.toml", with("rate", "rate = \"20_000/day\""));
    folder.write("memory.toml", with("memory", "memory = \"2 GiB\""));
    let report = json(&folder, "old.toml traffic.toml");
    let told = effects(&option(&report, "fargate"));
    assert!(!told.is_empty() && told.iter().all(|effect| effect.contains("by traffic")), "{told:?}");
    add_up(&report);
    // A gigabyte more for each of 2 tasks, for 730 hours at $0.004445.
    let report = json(&folder, "old.toml memory.toml");
    let memory = charge(&option(&report, "fargate"), "fargate/memory-gb-hours/linux-x86");
    assert_eq!(effects(&memory), ["quantity by scenario 6.4897"]);
    assert_eq!(effects(&option(&report, "fargate")), ["quantity by scenario 6.4897"]);
    assert_eq!(report["scenarios"][0]["inputs"][0]["told"], "[[component]] api memory: '1 GiB' -> '2 GiB'");
    add_up(&report);
}

#[test]
fn another_model_version_is_model() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    let taken = folder.ask("snapshot shop.toml --out kept.json --prices book");
    assert_eq!(taken.code, 0, "{}", taken.transcript());
    assert_eq!(effects(&json(&folder, "kept.json shop.toml")["total"]), Vec::<String>::new());
    // 700 vCPU-hours in place of 730, as an older model may have metered.
    folder.replace(
        "kept.json",
        "\"quantity\": \"730\",\n              \"unit\": \"vCPU",
        "\"quantity\": \"700\",\n              \"unit\": \"vCPU",
    );
    folder.replace("kept.json", "\"cost\": \"29.5504\"", "\"cost\": \"28.336\"");
    folder.replace("kept.json", "67.294307674712", "66.079907674712");
    let report = json(&folder, "kept.json shop.toml");
    assert_eq!(effects(&option(&report, "fargate")), ["quantity by model 1.2144"]);
    assert!(report["scenarios"][0]["notes"][0].as_str().expect("a note").contains("should have grown"));
    folder.replace("kept.json", "\"model_version\": 1", "\"model_version\": 0");
    let report = json(&folder, "kept.json shop.toml");
    assert_eq!(effects(&option(&report, "fargate")), ["quantity by model 1.2144"]);
    assert_eq!(report["scenarios"][0]["notes"], serde_json::json!([]));
    add_up(&report);
    // What does not add up is no snapshot of this program.
    folder.replace("kept.json", "66.079907674712", "66");
    let told = diff(&folder, "kept.json shop.toml");
    assert_eq!((told.code, told.stdout.as_str()), (1, ""));
    assert!(told.stderr.contains("add up to 66.079907674712"), "{}", told.stderr);
}

#[test]
fn another_instance_type_is_structure_and_a_commitment_is_commitment() {
    let folder = Folder::with_book();
    let ec2 = |kind: &str| {
        let option = format!("platform = \"ec2-compose\"\ninstance_type = \"{kind}\"\ninstances = 2");
        with("platform", &option)
    };
    folder.write("small.toml", ec2("t3.small"));
    folder.write("medium.toml", ec2("t3.medium"));
    let report = json(&folder, "small.toml medium.toml");
    // 2 × 730 hours at $0.0416 in place of $0.0208, as charges that came and went.
    assert_eq!(effects(&option(&report, "ec2-compose")), ["structure by scenario 30.368"]);
    add_up(&report);
    folder.write("rates.csv", std::fs::read(support::root().join(RATES)).expect("rates"));
    let plan =
        "kind = \"compute-savings-plan\"\nhourly = \"$0.02\"\nterm = \"1-year\"\npayment = \"no-upfront\"";
    folder.write("old.toml", GOOD);
    folder.write("new.toml", format!("{GOOD}\n[[commitment]]\n{plan}\n"));
    let report = json(&folder, "old.toml new.toml --prices rates.csv");
    let fargate = option(&report, "fargate");
    // 730 × $0.02 for the plan, less the $18.25 that it takes off demand: its rates are a fifth lower. What it covers of a
    // line is metered to nine places.
    assert_eq!(effects(&fargate), ["commitment by scenario -3.64999999998832"]);
    let fee = fargate["charges"].as_array().expect("a list").iter().find(|each| each["commitment"] == "fee");
    assert_eq!(effects(fee.expect("a fee")), ["commitment by scenario 14.6"]);
    add_up(&report);
}

#[test]
fn a_tier_that_is_crossed_is_told_as_one() {
    let folder = Folder::with_book();
    folder.write("old.toml", GOOD);
    // 5.8 GB leave AWS a month at 10,000 requests a day; 100 GB are free.
    folder.write("new.toml", with("rate", "rate = \"400_000/day\""));
    let report = json(&folder, "old.toml new.toml");
    let fargate = option(&report, "fargate");
    let charges = fargate["charges"].as_array().expect("a list");
    let out: Vec<&Value> =
        charges.iter().filter(|charge| charge["price_id"] == "transfer/internet-out-gb").collect();
    let beyond = out.iter().find(|charge| charge["before"].is_null()).expect("a charge beyond what is free");
    assert_eq!(beyond["other_part"], true);
    let told = effects(beyond);
    assert!(told.len() == 1 && told[0].starts_with("structure by traffic "), "{told:?}");
    add_up(&report);
}

#[test]
fn options_that_come_and_go_are_options() {
    let folder = Folder::with_book();
    folder.write("old.toml", with("platform", "platform = \"fargate\"\n\n[[option]]\nplatform = \"lambda\""));
    folder.write(
        "new.toml",
        with("platform", "platform = \"fargate\"\n\n[[option]]\nplatform = \"lightsail\""),
    );
    let report = json(&folder, "old.toml new.toml --all");
    let (lambda, lightsail) = (option(&report, "lambda"), option(&report, "lightsail"));
    assert_eq!((lambda["change"].as_str(), lightsail["change"].as_str()), (Some("removed"), Some("added")));
    for (option, sign) in [(&lambda, -1), (&lightsail, 1)] {
        let [side, other] = if sign > 0 { ["after", "before"] } else { ["before", "after"] };
        assert!(option[other].is_null());
        assert_eq!(exact(&option["cost"]["exact"]), sign * exact(&option[side]["monthly_cost"]));
        assert!(effects(option).iter().all(|effect| effect.starts_with("option by scenario")));
    }
    assert_eq!(option(&report, "fargate")["change"], "same");
    add_up(&report);
}

#[test]
fn all_at_once_is_told_apart_and_adds_up() {
    let folder = with_all_at_once();
    let report = {
        let answer = folder.ask("diff kept.json shop.toml --prices new --format json");
        serde_json::from_str::<Value>(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.transcript()))
    };
    let fargate = option(&report, "fargate");
    let told = effects(&fargate);
    // The old 730 vCPU-hours are a cent dearer, whatever else became of them.
    assert_eq!(told[0], "price by prices 7.3");
    for kind in ["quantity by traffic", "quantity by scenario"] {
        assert!(told.iter().any(|effect| effect.starts_with(kind)), "{told:?}");
    }
    assert_eq!(report["scenarios"][0]["path"], serde_json::json!(["prices", "traffic", "scenario"]));
    assert_eq!(report["scenarios"][0]["notes"], serde_json::json!([]));
    add_up(&report);
    // The book of the old side is at hand, and not that of the new one: the way is gone back.
    let taken = folder.ask("snapshot shop.toml --out now.json --prices new");
    assert_eq!(taken.code, 0, "{}", taken.transcript());
    for (book, path) in [
        ("new", serde_json::json!(["prices", "traffic", "scenario"])),
        ("book", serde_json::json!(["scenario", "traffic", "prices"])),
    ] {
        let answer = folder.ask(&format!("diff kept.json now.json --prices {book} --format json"));
        let report: Value = serde_json::from_str(&answer.stdout).expect("JSON");
        assert_eq!(report["scenarios"][0]["path"], path);
        assert_eq!(exact(&option(&report, "fargate")["cost"]["exact"]), exact(&fargate["cost"]["exact"]));
        add_up(&report);
    }
    // With neither, all that differs is told together.
    let answer = folder.ask("diff kept.json now.json --format json");
    let report: Value = serde_json::from_str(&answer.stdout).expect("JSON");
    assert_eq!(report["scenarios"][0]["path"], serde_json::json!(["prices, traffic and scenario"]));
    assert!(report["scenarios"][0]["notes"][0].as_str().expect("a note").contains("could not be told apart"));
    add_up(&report);
}

#[test]
fn two_days_of_a_book_are_two_prices() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    let later = VCPU_HOURS.replace("0.04048", "0.05048").replace("2021-01-14", "2026-09-01");
    let rest = ",aws-offers-via-pharma-2026-10-07,\n";
    let earlier = VCPU_HOURS.replace("2026-10-07", "2026-08-01");
    let both = format!("{earlier}{rest}{later}{rest}");
    folder.replace("book/aws/us-east-1/fargate.csv", &format!("{VCPU_HOURS}{rest}"), &both);
    let report = json(&folder, "2026-08-31 2026-10-07 shop.toml");
    assert_eq!(effects(&option(&report, "fargate")), ["price by prices 7.3"]);
    add_up(&report);
    assert_eq!(
        (&report["before"]["as_of"], &report["after"]["as_of"]),
        (&"2026-08-31".into(), &"2026-10-07".into())
    );
    let text = diff(&folder, "2026-08-31 2026-10-07 shop.toml").stdout.replace('\n', " ");
    for head in [
        "Before: prices of 2026-08-31, computed with model version 1 and price book ",
        "Now: prices of 2026-10-07, computed with model version 1 and price book ",
    ] {
        assert!(text.contains(head), "{text}");
    }
    let back = json(&folder, "2026-10-07 2026-08-31 shop.toml");
    assert_eq!(effects(&option(&back, "fargate")), ["price by prices -7.3"]);
    let none = json(&folder, "2026-10-06 2026-10-07 shop.toml");
    assert_eq!((&none["counts"]["same"], &none["scenarios"]), (&1.into(), &serde_json::json!([])));
}

#[test]
fn own_prices_are_a_book_too() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    let own = "price_id,region,unit,price,from,note\nfargate/vcpu-hours/linux-x86,us-east-1,vCPU-Hours,0.05048,2026-01-01,agreed\n";
    folder.write("own.csv", own);
    let report = json(&folder, "book own.csv shop.toml");
    assert_eq!(effects(&option(&report, "fargate")), ["price by prices 7.3"]);
}

#[test]
fn what_turned_the_recommendation_is_said() {
    let folder = Folder::with_book();
    let two = "platform = \"fargate\"\n\n[[option]]\nplatform = \"lambda\"";
    folder.write("old.toml", with("platform", two).replace("10_000", "1_000"));
    folder.write("new.toml", with("platform", two).replace("10_000", "30_000_000"));
    let report = json(&folder, "old.toml new.toml");
    let flip = &report["scenarios"][0]["recommendation"]["flip"];
    assert_eq!((&flip["from"], &flip["to"]), (&"lambda".into(), &"fargate".into()), "{report:#}");
    assert_eq!(flip["drivers"], serde_json::json!(["traffic"]));
    assert_eq!(flip["largest_option"], "lambda");
    assert_eq!(report["counts"]["flipped"], 1);
    add_up(&report);
}
