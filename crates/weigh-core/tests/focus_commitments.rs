//! Rows of FOCUS of bills with commitments: by hand, and exact whatever is committed to.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use support::{catalog, evaluation, exactly, option_of, read, scenario, text, whole_book};
use weigh_core::compare::compare;
use weigh_core::data::DataFile;
use weigh_core::pricebook::{OwnSheet, RegionPrices};
use weigh_core::report::{FocusAccount, focus_sheet};

/// The frozen book with rates of commitments laid over it.
fn book() -> &'static RegionPrices {
    static BOOK: OnceLock<RegionPrices> = OnceLock::new();
    BOOK.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commitments.csv");
        let larger = "compute-savings-plan/instance-hours/t3.xlarge/1-year-no-upfront,*,Hours,0.120123,2026-01-01,test\n";
        let file = DataFile { path: "commitments.csv".into(), text: (read(&path) + larger).into() };
        let sheet = OwnSheet::read(&file).expect("the sheet is right");
        whole_book().with_own_prices(&sheet).open("us-east-1", None).expect("the region is there")
    })
}

/// A row by its columns.
type Row = BTreeMap<&'static str, String>;

/// The rows of the one option of a text, and its bill's total.
fn rows(text: &str) -> (Vec<Row>, Decimal) {
    let scenario = scenario(text);
    let comparison = compare(&scenario, catalog(), book()).expect("the scales of the criteria are scales");
    let option = &comparison.options[0];
    let total = evaluation(option).unwrap_or_else(|| panic!("{:?}\n{text}", option.verdict)).bill.total();
    let sheet = focus_sheet(&scenario, catalog(), &comparison, &[option], FocusAccount::default())
        .expect("an option with a bill");
    let columns = sheet.columns;
    (sheet.rows.into_iter().map(|row| columns.iter().copied().zip(row).collect()).collect(), total)
}

fn plan(hourly: &str) -> String {
    format!(
        "[[commitment]]\nkind = \"compute-savings-plan\"\nhourly = \"${hourly}\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n"
    )
}

fn reserved(count: u32, payment: &str) -> String {
    format!(
        "[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\ncount = {count}\nterm = \"1-year\"\n\
         payment = \"{payment}\"\n"
    )
}

/// One component of 1 vCPU and 2 GB on a platform, with commitments.
fn with(platform: &str, settings: &str, commitments: &str) -> String {
    text("1/hour", "vcpu = 1; memory = \"2 GiB\"", &(option_of(platform, settings) + commitments))
}

/// Some columns of the rows that belong to a commitment.
fn shown(rows: &[Row], columns: &[&str]) -> Vec<String> {
    let of = rows.iter().filter(|row| !row["CommitmentDiscountId"].is_empty());
    of.map(|row| columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join(" | ")).collect()
}

const AMOUNTS: [&str; 7] = [
    "ChargeCategory",
    "CommitmentDiscountStatus",
    "CommitmentDiscountQuantity",
    "CommitmentDiscountUnit",
    "PricingCategory",
    "BilledCost",
    "EffectiveCost",
];

/// 730 vCPU-hours at the plan's 0.032384 are 23.64032, and 1,460 GB-hours at 0.003556 are 5.19176; of 0.05 × 730 = 36.5 dollars
/// 7.66792 are not used.
#[test]
fn the_fee_of_a_plan_is_spread_over_what_it_covers() {
    let (rows, _) = rows(&with("fargate", "tasks = 1", &plan("0.05")));
    assert_eq!(
        shown(&rows, &AMOUNTS),
        [
            "Usage | Used | 23.64032 | USD | Committed | 0 | 23.64032",
            "Usage | Used | 5.19176 | USD | Committed | 0 | 5.19176",
            "Purchase |  | 36.5 | USD | Standard | 36.5 | 0",
            "Usage | Unused | 7.66792 | USD | Committed | 0 | 7.66792",
        ]
    );
    let names = ["CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountType"];
    let name = "it/compute-savings-plan/commitment-hours/1-year-no-upfront | \
        Compute Savings Plan of $0.05/h, 1-year, no-upfront | Savings Plan";
    assert!(shown(&rows, &names).iter().all(|told| told == name), "{:?}", shown(&rows, &names));
    let kinds = ["CommitmentDiscountCategory", "ChargeFrequency", "ConsumedQuantity", "ChargeDescription"];
    assert_eq!(
        shown(&rows, &kinds),
        [
            "Spend | Usage-Based | 730 | vCPU of the tasks of app (covered by Compute Savings Plan at $0.032384)",
            "Spend | Usage-Based | 1460 | Memory of the tasks of app (covered by Compute Savings Plan at $0.003556)",
            "Spend | Recurring |  | Compute Savings Plan, 1-year, no-upfront",
            "Spend | Usage-Based |  | Compute Savings Plan, 1-year, no-upfront (unused)",
        ]
    );
}

/// An instance all month at 0.0261 is 19.053, and so is the other one that is reserved and does not run. The list and the
/// account's price are those on demand: 730 × 0.0416, and 10 % less.
#[test]
fn reserved_instances_are_counted_in_hours_of_their_type() {
    let discount = "[[discount]]\nservice = \"ec2\"\noff = \"10 %\"\n";
    let one = "instance_type = \"t3.medium\"; instances = 1";
    let (rows, _) = rows(&with("ec2-compose", one, &(reserved(2, "no-upfront") + discount)));
    assert_eq!(
        shown(&rows, &AMOUNTS),
        [
            "Usage | Used | 730 | Hours | Committed | 0 | 19.053",
            "Purchase |  | 1460 | Hours | Standard | 38.106 | 0",
            "Usage | Unused | 730 | Hours | Committed | 0 | 19.053",
        ]
    );
    assert_eq!(
        shown(&rows, &["ListUnitPrice", "ListCost", "ContractedUnitPrice", "ContractedCost"]),
        ["0.0416 | 30.368 | 0.03744 | 27.3312", "0.0261 | 38.106 | 0.0261 | 38.106", "0 | 0 | 0 | 0"]
    );
    let kinds = ["CommitmentDiscountType", "CommitmentDiscountCategory", "SkuId"];
    assert_eq!(shown(&rows, &kinds)[0], "Reserved Instance | Usage | ec2/instance-hours/t3.medium");
}

/// A t3.xlarge counts as four t3.medium: three of them cover three quarters of its hours, and nothing is left.
#[test]
fn a_larger_size_uses_more_of_a_reservation() {
    let one = "instance_type = \"t3.xlarge\"; instances = 1";
    let (rows, _) = rows(&with("ec2-compose", one, &reserved(3, "no-upfront")));
    assert_eq!(
        shown(&rows, &["PricingQuantity", "CommitmentDiscountQuantity", "EffectiveCost", "BilledCost"]),
        ["547.5 | 2190 | 57.159 | 0", "2190 | 2190 | 0 | 57.159"]
    );
}

/// Covered hours are metered to nine places. Of 0.011 × 730 = 8.03 dollars memory takes 5.19176, and the rest is for
/// 2.83824 / 0.032384 = 87.6432806324… vCPU-hours: rounded down they leave 0.000000000013312 dollars.
#[test]
fn what_rounding_leaves_over_is_said_to_be_that() {
    let (rows, _) = rows(&with("fargate", "tasks = 1", &plan("0.011")));
    let columns = ["PricingQuantity", "CommitmentDiscountStatus", "EffectiveCost", "SkuPriceId"];
    let fee = "compute-savings-plan/commitment-hours/1-year-no-upfront";
    assert_eq!(
        shown(&rows, &columns),
        [
            "87.643280632 | Used | 2.838239999986688 | fargate/vcpu-hours/linux-x86 (covered by Compute Savings Plan at $0.032384)",
            "1460 | Used | 5.19176 | fargate/memory-gb-hours/linux-x86 (covered by Compute Savings Plan at $0.003556)",
            &format!("730 |  | 0 | {fee}"),
            &format!("0.000000000013312 | Unused | 0.000000000013312 | {fee} (unused by rounding)"),
        ]
    );
}

/// The same with 0.01 × 730 = 7.3 dollars: 2.10824 / 0.032384 = 65.10128458498… are rounded up, and 0.00000000000064 dollars
/// more would be used than there are. The last row bears that much less.
#[test]
fn no_more_is_spread_than_was_paid() {
    let (rows, _) = rows(&with("fargate", "tasks = 1", &plan("0.01")));
    assert_eq!(
        shown(&rows, &["PricingQuantity", "EffectiveCost"]),
        ["65.101284585 | 2.10824000000064", "1460 | 5.19175999999936", "730 | 0"]
    );
}

#[test]
fn commitments_alike_are_told_apart() {
    let (rows, _) = rows(&with("fargate", "tasks = 1", &(plan("0.01") + &plan("0.02"))));
    let purchases = rows.iter().filter(|row| row["ChargeCategory"] == "Purchase");
    let of: Vec<(&str, &str)> =
        purchases.map(|row| (&*row["CommitmentDiscountId"], &*row["BilledCost"])).collect();
    let id = "it/compute-savings-plan/commitment-hours/1-year-no-upfront";
    assert_eq!(of, [(id, "7.3"), (&*format!("{id}/2"), "14.6")]);
}

/// A scenario whose servers follow busy hours, with a few commitments, and perhaps an account's discount.
fn committed() -> impl Strategy<Value = String> {
    let platform = select(vec![
        ("fargate", "min_capacity = 4"),
        ("fargate", "tasks = 2; spot_share = 0.5"),
        ("ecs-ec2", "instance_type = \"t3.medium\"; min_capacity = 6"),
        ("ecs-ec2", "instance_type = \"t3.xlarge\"; tasks = 3"),
        ("ec2-compose", "instance_type = \"t3.medium\"; instances = 3"),
        ("lambda", "memory = \"1769 MB\""),
    ]);
    let one = prop_oneof![
        (1_i64..90_000).prop_map(|millionths| plan(&Decimal::new(millionths, 6).to_string())),
        (1_u32..8, select(vec!["no-upfront", "partial-upfront", "all-upfront"]))
            .prop_map(|(count, payment)| reserved(count, payment)),
    ];
    let account = (select(vec!["", "7.5", "33.333"]), any::<bool>(), select(vec!["730h", "2026-02"]));
    let all = (platform, proptest::collection::vec(one, 1..=4), 1_u32..20, account);
    all.prop_map(|((platform, settings), commitments, rate, (off, free, month))| {
        let discount = match off {
            "" => String::new(),
            off => format!("[[discount]]\nservice = \"all\"\noff = \"{off} %\"\n"),
        };
        let header = format!("month = \"{month}\"\nfree_tier = {free}\n");
        let rest = header + &option_of(platform, settings) + &commitments.concat() + &discount;
        let component = "vcpu = 0.5; memory = \"1 GiB\"; wait_time = \"100 ms\"; concurrency = 8";
        let busy = "/s\"\npeak_hours = \"09:00-17:00\"\npeak_days = \"mon-fri\"\npeak_factor = 5\n";
        text(&format!("{rate}/s"), component, &rest).replace("/s\"\n", busy)
    })
}

/// What the rows of one commitment add up to.
#[derive(Debug, Default)]
struct Sums {
    rate: Decimal,
    billed: Decimal,
    effective: Decimal,
    bought: Decimal,
    spread: Decimal,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fees_are_spread_to_the_last_digit(text in committed()) {
        let (rows, total) = rows(&text);
        let sum = |column: &str| -> Decimal { rows.iter().map(|row| exactly(&row[column])).sum() };
        prop_assert_eq!(sum("BilledCost"), total);
        prop_assert_eq!(sum("EffectiveCost"), total);
        let mut commitments: BTreeMap<&str, Sums> = BTreeMap::new();
        for row in rows.iter().filter(|row| row["ChargeCategory"] == "Purchase") {
            let sums = commitments.entry(&row["CommitmentDiscountId"]).or_default();
            prop_assert!(sums.billed.is_zero(), "one purchase each");
            prop_assert_eq!(exactly(&row["EffectiveCost"]), Decimal::ZERO);
            sums.billed = exactly(&row["BilledCost"]);
            sums.bought = exactly(&row["CommitmentDiscountQuantity"]);
            sums.rate = if row["CommitmentDiscountUnit"] == "USD" { Decimal::ONE } else { exactly(&row["ContractedUnitPrice"]) };
        }
        prop_assert_eq!(commitments.len(), text.matches("[[commitment]]").count());
        for row in &rows {
            let (status, effective) = (&*row["CommitmentDiscountStatus"], exactly(&row["EffectiveCost"]));
            let usage = row["ChargeCategory"] == "Usage";
            prop_assert_eq!(status.is_empty(), !usage || row["CommitmentDiscountId"].is_empty());
            prop_assert_eq!(row["ConsumedQuantity"].is_empty(), !usage || status == "Unused");
            for (price, cost) in [("ListUnitPrice", "ListCost"), ("ContractedUnitPrice", "ContractedCost")] {
                prop_assert_eq!(exactly(&row[price]) * exactly(&row["PricingQuantity"]), exactly(&row[cost]));
            }
            prop_assert!(effective >= Decimal::ZERO);
            if status.is_empty() { continue }
            let Some(sums) = commitments.get_mut(&*row["CommitmentDiscountId"]) else { panic!("{row:?}") };
            prop_assert_eq!(&row["BilledCost"], "0");
            let used = exactly(&row["CommitmentDiscountQuantity"]);
            prop_assert_eq!(effective, used * sums.rate);
            sums.effective += effective;
            sums.spread += used;
        }
        for (id, sums) in commitments {
            prop_assert_eq!(sums.effective, sums.billed, "{}", id);
            prop_assert_eq!(sums.spread, sums.bought, "{}", id);
        }
    }
}
