//! Times the simulation of servers on demand: million requests a second on one core.
//!
//! Run with `cargo bench -p weigh-benches --bench serving`. The bound is 10 million a second for each row; the program
//! exits with 1 when it doesn't hold.

use std::time::Instant;

use weigh_core::capacity::on_demand::{Arrivals, OnDemand, ServiceTime, Stop, WarmUp, simulate};

const REQUESTS: u64 = 10_000_000;
const RUNS: usize = 5;
/// Million requests a second.
const LEAST: f64 = 10.0;

/// Requests a second, and seconds of service.
const ROWS: [(f64, f64); 4] = [(10.0, 0.2), (10.0, 2.0), (100.0, 0.1), (100.0, 2.0)];

fn main() {
    let mut within = true;
    for (rate_per_s, mean_s) in ROWS {
        let service = ServiceTime::Exponential { mean_s };
        let setting = OnDemand::new(Arrivals::Poisson { rate_per_s }, service, 360.0);
        let best = (0..RUNS).map(|_| speed(&setting)).fold(0.0, f64::max);
        println!("{rate_per_s:>4}/s of {mean_s} s: best of {RUNS} {best:.1} million requests/s");
        within &= best >= LEAST;
    }
    println!("at least {LEAST} million requests/s: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// Million requests a second of one run.
fn speed(setting: &OnDemand) -> f64 {
    let start = Instant::now();
    let run = simulate(setting, WarmUp::Seconds(0.0), Stop::Requests(REQUESTS), 1).expect("a valid setting");
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(run.requests, REQUESTS);
    REQUESTS as f64 / seconds / 1e6
}
