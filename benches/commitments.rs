//! Times the search for commitments: every plan, term and payment, and every mix, over the hours of a year.
//!
//! Run with `cargo bench -p weigh-benches --bench commitments`. The bound is 5 ms an option; the program exits with 1 when
//! it doesn't hold.

use std::time::Instant;

use weigh_core::compare::best_levels;
use weigh_core::hours::ByHour;
use weigh_core::pricebook::{EligibleLine, RegionPrices, Terms};

const HOURS: u32 = 8_760;
const RUNS: usize = 50;
const MOST_MS: f64 = 5.0;

fn main() {
    let prices = weigh_prices::book().open("us-east-1", None).expect("the region is in the book");
    let instances = line(&prices, "ec2/instance-hours/m5.large", 6.0);
    let vcpu = line(&prices, "fargate/vcpu-hours/linux-x86", 9.0);
    let memory = line(&prices, "fargate/memory-gb-hours/linux-x86", 18.0);
    let functions = line(&prices, "lambda/duration-gb-seconds/x86", 3_600.0);
    let mut within = true;
    for (name, lines) in [
        ("EC2", vec![instances.clone()]),
        ("Fargate", vec![vcpu.clone(), memory.clone()]),
        ("Lambda", vec![functions.clone()]),
        ("all of them", vec![instances, vcpu, memory, functions]),
    ] {
        let best = (0..RUNS).map(|_| time_ms(&prices, &lines)).fold(f64::INFINITY, f64::min);
        println!("{name:>12}: best of {RUNS} {best:.2} ms");
        within &= best <= MOST_MS;
    }
    println!("at most {MOST_MS} ms: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// A line of which so much is used in an hour on average, with another amount in each hour.
fn line(prices: &RegionPrices, price_id: &str, mean: f64) -> EligibleLine {
    let mut state = 7_u64;
    let amounts = (0..HOURS).map(|hour| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let noise = (state >> 40) as f64 / (1_u64 << 24) as f64;
        let busy = if (9..17).contains(&(hour % 24)) { 2.0 } else { 1.0 };
        busy + noise
    });
    let (tariff, _) = prices.tariff(price_id, prices.newest()).expect("the price is in the book");
    EligibleLine {
        place: 0,
        price_id: price_id.to_owned(),
        amount: weigh_core::money::exact(mean * f64::from(HOURS), "use").expect("an amount"),
        list_rate: tariff.bands[0].rate,
        rate: tariff.bands[0].rate,
        by_hour: ByHour::of(&amounts.collect::<Vec<f64>>()),
    }
}

fn time_ms(prices: &RegionPrices, lines: &[EligibleLine]) -> f64 {
    let terms = Terms::on(prices.newest());
    let start = Instant::now();
    let found = best_levels(lines, prices, &terms, HOURS, None);
    let elapsed = start.elapsed().as_secs_f64() * 1e3;
    assert!(!found.levels.is_empty());
    elapsed
}
