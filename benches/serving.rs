//! Times the serving models on one core: requests on demand a second, a month of a fleet by the minute, one station.
//!
//! Run with `cargo bench -p weigh-benches --bench serving`. The bounds are 10 million requests a
//! second, 1 ms for a month and 5 µs for a station; the program exits with 1 when one doesn't hold.

use std::time::Instant;

use weigh_core::capacity::on_demand::{Arrivals, OnDemand, ServiceTime, Stop, WarmUp, simulate};
use weigh_core::capacity::{
    self, Bounds, Demand, Fleet, Metric, MetricTiming, Policy, Pool, Replica, Scaling, Service, StartUp,
    Station,
};

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
    let months = within_a_millisecond();
    let stations = stations_in_time();
    if !(within && months && stations) {
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

/// Four workers of 0.2 s on the processor and 1.8 s of waiting.
fn replica() -> Replica {
    Replica::new(1.0, 0.2, 1.8, 4).expect("a valid replica")
}

/// A fleet that tracks a target: by the shape of a day, and at a rate that is another in each minute.
fn within_a_millisecond() -> bool {
    let replica = replica();
    let service = Service {
        replica,
        share: 1.0,
        service_variability: 1.0,
        longest_wait_s: 60.0,
        memory_share_idle: 0.0,
        memory_share_per_request: 0.0,
        kinds: Vec::new(),
    };
    let target = 0.6 * replica.saturation_rate_per_s() * 60.0;
    let scaling = Scaling {
        desired: 2,
        bounds: vec![Bounds { from_s: 0.0, least: 2, most: 20 }],
        policies: vec![Policy::target(Metric::RequestsPerMinute, target)],
        out_cooldown_s: 300.0,
        in_cooldown_s: 300.0,
        timing: MetricTiming::MINUTE,
        start_up: StartUp { time_s: 60.0, starts_per_s: 20.0, burst: 100.0 },
    };
    let fleet = Fleet {
        services: vec![service],
        processors: 1.0,
        scaling,
        interruption: None,
        credits: None,
        host_share: 1.0,
    };
    let minutes = 730 * 60;
    let daily = |minute: usize| if (9..17).contains(&(minute / 60 % 24)) { 8.0 } else { 1.6 };
    let restless = |minute: usize| daily(minute) + (minute * 7_919 % 1_000) as f64 / 1_000.0;
    let mut within = true;
    for (name, rates) in [
        ("a daily shape", (0..minutes).map(daily).collect::<Vec<f64>>()),
        ("another rate each minute", (0..minutes).map(restless).collect()),
    ] {
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let best = best_of(|| {
            let month = capacity::simulate(std::slice::from_ref(&fleet), None, &demand, 0, &mut ());
            assert!(month.fleets[0].mean_running > 1.0);
        });
        println!("a month by the minute, {name}: best of {RUNS} {:.3} ms", best * 1e3);
        within &= best <= 1e-3;
    }
    println!("at most 1 ms: {}", if within { "yes" } else { "NO" });
    within
}

/// One station in the long run, with its percentiles.
fn stations_in_time() -> bool {
    const STATIONS: u32 = 10_000;
    let best = best_of(|| {
        for number in 0..STATIONS {
            let pool = Pool { replica: replica(), replicas: 2 + number % 40 };
            let rate_per_s = 0.7 * pool.capacity_per_s();
            let served = Station::of_pool(rate_per_s, pool).expect("a valid station").serve();
            assert!(served.utilisation < 1.0);
        }
    });
    let each_us = best / f64::from(STATIONS) * 1e6;
    println!("a station in the long run, 2 to 41 replicas: best of {RUNS} {each_us:.2} µs");
    println!("at most 5 µs: {}", if each_us <= 5.0 { "yes" } else { "NO" });
    each_us <= 5.0
}

/// The shortest of the runs, in seconds.
fn best_of(mut run: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}
