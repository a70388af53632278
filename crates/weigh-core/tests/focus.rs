//! Bills as rows of FOCUS and in groups: exact on random scenarios of the frozen book, and by hand where a row says more.

#[path = "support/random.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod random;
mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{book, catalog, evaluation, exactly, option_of, scenario, text, vocabulary};
use weigh_core::compare::{Compared, Comparison, compare};
use weigh_core::report::{FocusAccount, GroupBy, Sheet, explanation_report, focus_sheet};
use weigh_core::scenario::Scenario;

fn compared(scenario: &Scenario) -> Comparison {
    let book = book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
    compare(scenario, catalog(), &book).expect("the scales of the criteria are scales")
}

fn rows(scenario: &Scenario, comparison: &Comparison, options: &[&Compared]) -> Sheet {
    focus_sheet(scenario, catalog(), comparison, options, FocusAccount::default())
        .expect("options with bills")
}

/// The values of a column.
fn column<'a>(sheet: &'a Sheet, name: &str) -> Vec<&'a str> {
    let place = sheet.columns.iter().position(|column| *column == name).expect("a column of that name");
    sheet.rows.iter().map(|row| row[place].as_str()).collect()
}

/// The product of two decimals as whole numbers with their places, so that nothing is rounded.
fn product(one: &str, other: &str) -> (i128, u32) {
    let (one, other) = (exactly(one).normalize(), exactly(other).normalize());
    lowest(one.mantissa() * other.mantissa(), one.scale() + other.scale())
}

fn lowest(mut mantissa: i128, mut scale: u32) -> (i128, u32) {
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    (mantissa, scale)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_multiply_exactly_and_add_up_to_the_bill(text in random::scenario()) {
        let Ok(scenario) = Scenario::parse(&text, vocabulary()) else { return Ok(()) };
        let comparison = compared(&scenario);
        for option in &comparison.options {
            let Some(evaluation) = evaluation(option) else { continue };
            let sheet = rows(&scenario, &comparison, &[option]);
            prop_assert_eq!(sheet.rows.len(), evaluation.bill.charges().len());
            for (price, cost) in [("ListUnitPrice", "ListCost"), ("ContractedUnitPrice", "ContractedCost")] {
                let quantities = column(&sheet, "PricingQuantity");
                for ((price, quantity), cost) in column(&sheet, price).into_iter().zip(quantities).zip(column(&sheet, cost)) {
                    let cost_of = exactly(cost).normalize();
                    prop_assert_eq!(product(price, quantity), lowest(cost_of.mantissa(), cost_of.scale()), "{} × {}", price, quantity);
                }
            }
            let billed: Decimal = column(&sheet, "BilledCost").into_iter().map(exactly).sum();
            prop_assert_eq!(billed, evaluation.bill.total());
            let plain = |value: &&str| !value.contains(['e', 'E', ' ', ',']);
            prop_assert!(column(&sheet, "PricingQuantity").iter().all(plain));
        }
    }

    #[test]
    fn groups_add_up_to_the_bill_and_leave_nothing_out(text in random::scenario()) {
        let Ok(scenario) = Scenario::parse(&text, vocabulary()) else { return Ok(()) };
        let comparison = compared(&scenario);
        for option in &comparison.options {
            let Some(evaluation) = evaluation(option) else { continue };
            let report = explanation_report(&scenario, catalog(), &comparison, option);
            for by in GroupBy::ALL {
                let groups = report.totals.by(by);
                let total: Decimal = groups.iter().map(|group| exactly(&group.monthly_cost)).sum();
                prop_assert_eq!(total, evaluation.bill.total(), "{}", by.word());
                let mut places: Vec<usize> = groups.iter().flat_map(|group| group.charges.clone()).collect();
                places.sort_unstable();
                prop_assert_eq!(places, (0..report.option.charges.len()).collect::<Vec<_>>());
            }
        }
    }
}

/// The month of 730 hours lies in no calendar: it takes the month of the day whose prices are used.
#[test]
fn a_period_is_a_month_of_the_calendar_in_utc() {
    for (header, start, end) in [
        ("month = \"2026-02\"\n", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("month = \"2026-12\"\n", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("as_of = 2026-10-08\n", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"),
    ] {
        let scenario = scenario(&text("1/s", "", &format!("{header}{}", option_of("fargate", "tasks = 1"))));
        let comparison = compared(&scenario);
        let sheet = rows(&scenario, &comparison, &[&comparison.options[0]]);
        for [name, wanted] in [
            ["BillingPeriodStart", start],
            ["ChargePeriodStart", start],
            ["BillingPeriodEnd", end],
            ["ChargePeriodEnd", end],
        ] {
            assert!(column(&sheet, name).iter().all(|value| *value == wanted), "{name} of {header}");
        }
    }
}

/// Days of a month are charged in its billing period, and end with the day after the last of them.
#[test]
fn a_part_of_a_month_is_charged_within_its_month() {
    for (month, charged) in [
        ("2026-02-10..2026-02-20", ["2026-02-10T00:00:00Z", "2026-02-21T00:00:00Z"]),
        ("2026-02-27..2026-02-28", ["2026-02-27T00:00:00Z", "2026-03-01T00:00:00Z"]),
    ] {
        let header = format!("month = \"{month}\"\n{}", option_of("fargate", "tasks = 1"));
        let scenario = scenario(&text("1/s", "", &header));
        let comparison = compared(&scenario);
        let sheet = rows(&scenario, &comparison, &[&comparison.options[0]]);
        let first = |name: &str| column(&sheet, name)[0].to_owned();
        assert_eq!([first("ChargePeriodStart"), first("ChargePeriodEnd")], charged);
        let billed = ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"];
        assert_eq!([first("BillingPeriodStart"), first("BillingPeriodEnd")], billed);
    }
}

/// 1 vCPU of one task for 730 h is 730 vCPU-hours: at 0.04048 they list at 29.5504, and 25 % off that is 22.1628.
#[test]
fn a_discount_stands_between_list_and_contracted_cost() {
    let rest =
        format!("[[discount]]\nservice = \"fargate\"\noff = \"25 %\"\n{}", option_of("fargate", "tasks = 1"));
    let scenario = scenario(&text("1/s", "", &rest));
    let comparison = compared(&scenario);
    let sheet = rows(&scenario, &comparison, &[&comparison.options[0]]);
    let first = |name: &str| column(&sheet, name)[0].to_owned();
    assert_eq!([first("PricingQuantity"), first("PricingUnit")], ["730", "vCPU-Hours"]);
    assert_eq!([first("ListUnitPrice"), first("ListCost")], ["0.04048", "29.5504"]);
    assert_eq!([first("ContractedUnitPrice"), first("ContractedCost")], ["0.03036", "22.1628"]);
    assert_eq!([first("BilledCost"), first("EffectiveCost")], ["22.1628", "22.1628"]);
}

#[test]
fn tags_allowances_and_tiers_stand_in_their_columns() {
    let component = "tag = \"web\";response_size = \"1 MB\"";
    let scenario = scenario(&text("20/s", component, &option_of("fargate", "tasks = 4")));
    let comparison = compared(&scenario);
    let sheet = rows(&scenario, &comparison, &[&comparison.options[0]]);
    let ids = column(&sheet, "SkuPriceId");
    let at =
        |id: &str| ids.iter().position(|known| *known == id).unwrap_or_else(|| panic!("{id} of {ids:?}"));
    let free = at("transfer/internet-out-gb (free allowance)");
    assert_eq!((column(&sheet, "PricingQuantity")[free], column(&sheet, "BilledCost")[free]), ("100", "0"));
    let first = at("transfer/internet-out-gb (first 10,240 GB)");
    assert_eq!(
        (column(&sheet, "PricingQuantity")[first], column(&sheet, "ListUnitPrice")[first]),
        ("10240", "0.09")
    );
    assert_eq!(column(&sheet, "SkuId")[first], "transfer/internet-out-gb");
    assert_eq!(
        column(&sheet, "Tags")[first],
        "{\"scenario\":\"test\",\"option\":\"it\",\"component\":\"app\",\"supporting\":\"egress\",\"tag\":\"web\"}"
    );
    let balancer = at("elb/application-load-balancer-hours");
    assert!(!column(&sheet, "Tags")[balancer].contains("\"tag\""), "what is shared has no tag");
    assert_eq!(column(&sheet, "ResourceId")[balancer], "it/load-balancer");
}

#[test]
fn an_option_without_a_bill_is_refused_with_the_reason() {
    let options =
        format!("{}[needs]\nlargest_upload = \"20 GB\"\n", option_of("lambda", "memory = \"2 GB\""));
    let scenario = scenario(&text("1/s", "", &options));
    let comparison = compared(&scenario);
    let options: Vec<&Compared> = comparison.options.iter().collect();
    let refused =
        focus_sheet(&scenario, catalog(), &comparison, &options, FocusAccount::default()).unwrap_err();
    assert_eq!(refused.option, "it");
    assert!(refused.reasons.join(" ").contains("largest_upload"), "{:?}", refused.reasons);
}

#[test]
fn a_stated_service_has_its_own_tag_and_what_is_bought_elsewhere_its_own_provider() {
    let atlas =
        "[[service]]\nkind = \"external\"\nname = \"Atlas\"\nmonthly_cost = \"$57\"\ntag = \"data\"\n";
    let scenario = scenario(&text("1/s", "", &(option_of("fargate", "tasks = 1") + atlas)));
    let comparison = compared(&scenario);
    let sheet = rows(&scenario, &comparison, &[&comparison.options[0]]);
    let at = column(&sheet, "SkuId").iter().position(|id| *id == "external/Atlas").expect("a row");
    let of = |name: &str| column(&sheet, name)[at].to_owned();
    assert_eq!([of("BilledCost"), of("ProviderName"), of("RegionId")], ["57", "Atlas", ""]);
    assert!(of("Tags").contains("\"tag\":\"data\""), "{}", of("Tags"));
}
