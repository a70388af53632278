//! Spot on the real book: what runs above the base costs less, and may be taken away.

use weigh_core::catalog::Catalog;
use weigh_core::compare::{Verdict, compare, vocabulary};
use weigh_core::evaluate::Evaluation;
use weigh_core::scenario::Scenario;

/// The one option of a small service on a platform.
fn only(platform: &str, settings: &str) -> Evaluation {
    let files = weigh_prices::files();
    let catalog = Catalog::open(&files).expect("the catalog is whole");
    let book = weigh_prices::book();
    let text = format!(
        "[scenario]\nname = \"Spot\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1/s\"\n[[component]]\nname = \"app\"\n\
         vcpu = 0.5\nmemory = \"1 GB\"\ncpu_time = \"50 ms\"\nconcurrency = 8\n[[option]]\nplatform = \"{platform}\"\n{settings}\n"
    );
    let scenario = Scenario::parse(&text, &vocabulary(&catalog, &book)).expect("a scenario");
    let prices = book.open("us-east-1", None).expect("a region");
    let comparison = compare(&scenario, &catalog, &prices).expect("scales");
    match comparison.options.into_iter().next().map(|option| option.verdict) {
        Some(Verdict::Ranked(ranked)) => ranked.evaluation,
        other => panic!("{other:?}"),
    }
}

/// The quantity of the charges whose price id begins so.
fn quantity(evaluation: &Evaluation, price_id: &str) -> f64 {
    let charges = evaluation.bill.charges().iter().filter(|charge| charge.price_id.starts_with(price_id));
    charges.map(|charge| weigh_core::money::approximate(charge.quantity)).sum()
}

#[test]
fn a_base_of_one_and_one_task_is_no_spot_task_at_all() {
    let one = only("fargate", "tasks = 1\nspot_share = \"100 %\"\non_demand_base = 1");
    assert!(quantity(&one, "fargate-spot/") < 1e-12, "document 004 of the mission charges Spot here");
    assert!((quantity(&one, "fargate/vcpu-hours") - 365.0).abs() < 1e-9);
}

#[test]
fn what_runs_above_the_base_is_on_spot_in_its_share() {
    let four = only("fargate", "tasks = 5\nspot_share = \"75 %\"\non_demand_base = 1");
    let (spot, on_demand) = (quantity(&four, "fargate-spot/vcpu"), quantity(&four, "fargate/vcpu-hours"));
    // 4 above the base, 3 of them on Spot, of 0.5 vCPU; interruptions take next to nothing of it.
    assert!((spot / 730.0 / 0.5 - 3.0).abs() < 0.01, "{spot}");
    assert!((on_demand / 730.0 / 0.5 - 2.0).abs() < 0.01, "{on_demand}");
    let machines = only("ec2-compose", "instance_type = \"m5.large\"\ninstances = 4\nspot_share = \"50 %\"");
    assert!((quantity(&machines, "ec2-spot/instance-hours/m5.large") / 730.0 - 2.0).abs() < 0.01);
}
