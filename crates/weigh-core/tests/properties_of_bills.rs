//! What holds of every bill, whatever the scenario.

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{compare, evaluation};
use weigh_core::bill::Bill;
use weigh_core::evaluate::Evaluation;

/// Options whose sizes are stated, so that only the traffic changes.
const OPTIONS: &[&str] = &[
    "platform = \"fargate\"\ntasks = 4",
    "platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"",
    "platform = \"ecs-ec2\"\ninstance_type = \"t3.xlarge\"\ninstances = 4\ntasks = 4",
    "platform = \"ec2-compose\"\ninstance_type = \"t3.xlarge\"\ninstances = 3",
    "platform = \"lightsail\"\npower = \"xlarge\"\nnodes = 4",
    "platform = \"lambda\"\nmemory = \"1 GB\"\nfront_door = \"http-api\"",
    "platform = \"lambda\"\nmemory = \"1 GB\"\nfront_door = \"load-balancer\"",
];

fn component(name: &str, vcpu: &str, response_kb: u32, internal: bool) -> String {
    format!(
        "[[component]]\nname = \"{name}\"\nvcpu = {vcpu}\nmemory = \"512 MB\"\ncpu_time = \"5 ms\"\nwait_time = \"20 ms\"\n\
         concurrency = 50\nstart_up_time = \"1 s\"\nresponse_size = \"{response_kb} KB\"\ninternal = {internal}\n\
         outside_request_size = \"1 KB\"\n"
    )
}

fn text(per_hour: u32, components: &[String], supporting: &str, option: &str) -> String {
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"{per_hour}/hour\"\n{}\n\
         [supporting]\n{supporting}\n[[option]]\nname = \"it\"\n{option}\n",
        components.concat()
    )
}

fn evaluated(text: &str) -> Evaluation {
    let comparison = compare(text);
    let found = evaluation(&comparison.options[0]);
    found.unwrap_or_else(|| panic!("{:?}\n{text}", comparison.options[0].verdict)).clone()
}

/// What each tariff costs, without starts of functions: more traffic keeps more of them warm.
fn by_tariff(bill: &Bill) -> BTreeMap<&str, Decimal> {
    let mut costs = BTreeMap::new();
    let charges = bill.charges().iter();
    for charge in charges
        .filter(|charge| !charge.description.contains("INIT") && !charge.description.contains("First runs"))
    {
        *costs.entry(charge.price_id.as_str()).or_insert(Decimal::ZERO) += charge.cost;
    }
    costs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_bill_is_the_exact_sum_of_its_charges_and_a_charge_the_product_of_its_factors(
        per_hour in 1_u32..200_000, option in 0..OPTIONS.len(), kb in 0_u32..500, open in 0_u32..100_000,
    ) {
        let supporting = format!("open_connections = {open}\n");
        let components = [component("a", "0.5", kb, false), component("b", "0.25", 2, true)];
        let evaluation = evaluated(&text(per_hour, &components, &supporting, OPTIONS[option]));
        for bill in [&evaluation.bill, &evaluation.bill_without_allowances] {
            let sum: Decimal = bill.charges().iter().map(|charge| charge.cost).sum();
            prop_assert_eq!(sum, bill.total());
            for charge in bill.charges() {
                prop_assert_eq!(charge.quantity * charge.rate, charge.cost, "{}", &charge.description);
                let product: Decimal = charge.factors.iter().map(|factor| factor.value).product();
                prop_assert!((product - charge.metered).abs() <= Decimal::new(1, 9), "{}", &charge.description);
                prop_assert!(charge.quantity <= charge.metered);
            }
        }
        prop_assert!(evaluation.bill.total() <= evaluation.bill_without_allowances.total());
    }

    #[test]
    fn more_traffic_never_lowers_a_charge(per_hour in 1_u32..50_000, more in 1_u32..50_000, option in 0..OPTIONS.len()) {
        let components = [component("a", "0.5", 60, false), component("b", "0.25", 2, true)];
        let at = |rate| evaluated(&text(rate, &components, "log_retention = \"60 days\"", OPTIONS[option])).bill;
        let (less, more) = (at(per_hour), at(per_hour + more));
        let after = by_tariff(&more);
        for (tariff, cost) in by_tariff(&less) {
            let then = after.get(tariff).copied().unwrap_or_default();
            prop_assert!(then >= cost, "{}: {} of {}/h, {} of more", tariff, cost, per_hour, then);
        }
    }

    #[test]
    fn the_order_of_components_changes_nothing(
        per_hour in 1_u32..50_000, option in 0..OPTIONS.len(), order in Just([0_usize, 1, 2]).prop_shuffle(),
    ) {
        let all = [component("a", "0.5", 60, false), component("b", "0.25", 2, true), component("c", "0.25", 10, false)];
        let other: Vec<String> = order.iter().map(|place| all[*place].clone()).collect();
        let bill = |components: &[String]| evaluated(&text(per_hour, components, "", OPTIONS[option])).bill;
        let (one, two) = (bill(&all), bill(&other));
        for (tariff, cost) in by_tariff(&one) {
            // Sums of measured numbers differ in the sixteenth digit by their order.
            let then = by_tariff(&two)[tariff];
            prop_assert!((then - cost).abs() <= Decimal::new(1, 8), "{}: {} and {}", tariff, cost, then);
        }
    }
}
