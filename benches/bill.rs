//! Times a bill: 60 metered lines of an evaluation become charges, with free quantities, tiers and all.
//!
//! Run with `cargo bench -p weigh-benches --bench bill`. The bound is 20 µs; the program exits with 1 when it doesn't hold.

use std::time::Instant;

use weigh_core::pricebook::{RegionPrices, Terms};
use weigh_core::units::Unit;
use weigh_core::usage::{Quantity, Scope, Usage};

const RUNS: usize = 2_000;
const CHARGES: usize = 60;
const MOST_US: f64 = 20.0;

/// What a deployment with supporting services uses, in turn.
const LINES: &[(&str, Unit, u32)] = &[
    ("fargate/vcpu-hours/linux-x86", Unit::VcpuHours, 1_460),
    ("fargate/memory-gb-hours/linux-x86", Unit::GbHours, 2_920),
    ("elb/application-load-balancer-hours", Unit::Hours, 730),
    ("elb/application-lcu-hours", Unit::LcuHours, 90),
    ("vpc/public-ipv4-hours", Unit::Hours, 1_460),
    ("vpc/nat-gateway-hours", Unit::Hours, 1_460),
    ("vpc/nat-gateway-processed-gb", Unit::Gb, 25),
    ("transfer/internet-out-gb", Unit::Gb, 7),
    ("cloudwatch/log-ingestion-gb", Unit::Gb, 1),
    ("cloudwatch/log-storage-gb-months", Unit::GbMonths, 1),
    ("ecr/private-storage-gb-months", Unit::GbMonths, 4),
    ("efs/standard-storage-gb-months", Unit::GbMonths, 10),
];

fn main() {
    let prices = weigh_prices::book().open("us-east-1", None).expect("the region is in the book");
    let usage = usage();
    let terms = Terms::on(prices.newest());
    let charges = prices.price(&usage, &terms).expect("all is priced").charges().len();
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        best = best.min(time_us(&prices, &usage, &terms));
    }
    println!("{charges} charges: best of {RUNS} {best:.2} µs");
    let within = charges >= CHARGES && best <= MOST_US;
    println!("{CHARGES} charges in at most {MOST_US} µs: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

fn usage() -> Usage {
    let mut usage = Usage::default();
    for place in 0..CHARGES {
        let (price_id, unit, amount) = LINES[place % LINES.len()];
        let quantity = Quantity::of(unit).times(amount, "of it").times(1, "time");
        let scope = Scope::of(if place % 2 == 0 { "api" } else { "store" });
        usage
            .within(scope, |usage| usage.add(price_id, format!("Line {place} of the month"), quantity))
            .expect("an amount");
    }
    usage
}

fn time_us(prices: &RegionPrices, usage: &Usage, terms: &Terms<'_>) -> f64 {
    let start = Instant::now();
    let bill = prices.price(usage, terms);
    let elapsed = start.elapsed().as_secs_f64() * 1e6;
    assert!(bill.is_ok());
    elapsed
}
