//! The event simulation of servers on demand against other simulators; each table says which.

use weigh_core::capacity::on_demand::{
    Arrivals, Dispatch, KeepAlive, OnDemand, OnDemandRun, ServiceTime, Stop, WarmUp, simulate,
};

/// A 95 % interval is as many standard errors wide on each side, and the tests allow three.
const HALF_WIDTH: f64 = 1.96;
const ALLOWED: f64 = 3.0;

/// A row of the table.
#[derive(serde::Deserialize)]
struct Row {
    simulator: String,
    arrivals: String,
    rate_per_s: f64,
    parameters: String,
    service: String,
    service_s: f64,
    start_up_s: f64,
    keep_alive_s: f64,
    rule: String,
    lifetime_s: Option<f64>,
    share: f64,
    half_width: f64,
    mean_idle: f64,
    idle_half_width: Option<f64>,
}

fn reader(table: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes())
}

/// The cases of the table, and what is to be simulated for each.
fn cases() -> Vec<(Row, OnDemand)> {
    let rows = include_str!("data/on_demand_simulated.csv");
    let rows = reader(rows).into_deserialize().map(|row| row.expect("a row"));
    rows.map(|row: Row| (setting(&row), row)).map(|(setting, row)| (row, setting)).collect()
}

fn setting(row: &Row) -> OnDemand {
    let mean_s = row.service_s;
    let service = match row.service.as_str() {
        "exponential" => ServiceTime::Exponential { mean_s },
        "constant" => ServiceTime::Constant { seconds: mean_s },
        "lognormal" => ServiceTime::Lognormal { mean_s, variation: 1.5 },
        other => panic!("no service {other}"),
    };
    let dispatch = match row.rule.as_str() {
        "recent" => Dispatch::MostRecentlyUsed,
        "newest" => Dispatch::NewestCreated,
        "random" => Dispatch::Random,
        "longest" => Dispatch::LeastRecentlyUsed,
        other => panic!("no rule {other}"),
    };
    OnDemand {
        start_up_s: row.start_up_s,
        dispatch,
        max_lifetime_s: row.lifetime_s,
        ..OnDemand::new(arrivals(row), service, row.keep_alive_s)
    }
}

fn arrivals(row: &Row) -> Arrivals {
    let rate_per_s = row.rate_per_s;
    let parameters = row.parameters.split_whitespace().map(|text| text.parse().expect("a number"));
    let parameters: Vec<f64> = parameters.collect();
    let arrivals = match (row.arrivals.as_str(), parameters.as_slice()) {
        ("poisson", []) => Arrivals::Poisson { rate_per_s },
        ("periodic", []) => Arrivals::Periodic { period_s: 1.0 / rate_per_s },
        ("hyperexponential", [variation]) => Arrivals::Hyperexponential { rate_per_s, variation: *variation },
        ("lognormal", [variation]) => Arrivals::Lognormal { rate_per_s, variation: *variation },
        ("sinusoidal", [amplitude, period_s]) => {
            Arrivals::Sinusoidal { rate_per_s, amplitude: *amplitude, period_s: *period_s }
        }
        ("markov", [low, high, low_s, high_s]) => Arrivals::MarkovModulated {
            low_per_s: *low,
            high_per_s: *high,
            mean_low_s: *low_s,
            mean_high_s: *high_s,
        },
        other => panic!("no arrivals {other:?}"),
    };
    assert!((arrivals.mean_rate_per_s() / rate_per_s - 1.0).abs() < 1e-9, "{arrivals:?}");
    arrivals
}

/// Whether two estimates agree, each with half the width of its interval.
fn agree(first: (f64, f64), second: (f64, f64)) -> bool {
    let deviation = (first.1 * first.1 + second.1 * second.1).sqrt() / HALF_WIDTH;
    (first.0 - second.0).abs() <= ALLOWED * deviation
}

fn run(setting: &OnDemand, warm_up: WarmUp, requests: u64, seed: u64) -> OnDemandRun {
    simulate(setting, warm_up, Stop::Requests(requests), seed).expect("a valid setting")
}

/// Enough requests to see whole cycles, or states often.
fn requests(setting: &OnDemand) -> u64 {
    match setting.arrivals {
        Arrivals::MarkovModulated { high_per_s, .. } if high_per_s > 100.0 => 1_000_000,
        Arrivals::MarkovModulated { .. } => 400_000,
        Arrivals::Sinusoidal { rate_per_s, .. } if rate_per_s > 10.0 => 540_000,
        Arrivals::Sinusoidal { .. } => 259_200,
        _ => 60_000,
    }
}

#[test]
fn cold_starts_of_other_simulators() {
    let cases = cases();
    assert_eq!(cases.len(), 74);
    for (row, setting) in cases {
        // Where much comes, ten keep-alives of it would take the test long.
        let warm_up = if row.rate_per_s >= 100.0 { WarmUp::Seconds(720.0) } else { WarmUp::Settled };
        let run = run(&setting, warm_up, requests(&setting), 2026);
        let own = (run.cold_share(), run.cold_share_half_width);
        let expected = (row.share, row.half_width);
        assert!(agree(own, expected), "{} {setting:?}: {run:?} for {expected:?}", row.simulator);
    }
}

/// The runs of which idle servers are averaged, and Student's t for so many, to 95 %.
const RUNS: u64 = 20;
const STUDENT: f64 = 2.093;

/// The mean of the numbers of all runs, and half the width of its 95 % confidence interval.
fn estimate(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, STUDENT * (squares / (count * (count - 1.0))).sqrt())
}

#[test]
fn idle_servers_of_other_simulators() {
    // With the rules by which few servers are given up, their number settles over millions of requests.
    let settles = |row: &Row| ["recent", "newest"].contains(&row.rule.as_str()) || row.share > 1e-3;
    let steady = |row: &Row| {
        row.rate_per_s <= 10.0
            && ["poisson", "hyperexponential", "lognormal"].contains(&row.arrivals.as_str())
    };
    let mut seen = 0;
    for (row, setting) in cases().into_iter().filter(|(row, _)| settles(row) && steady(row)) {
        let idle = (0..RUNS).map(|seed| run(&setting, WarmUp::Settled, 6_000, seed).mean_idle);
        let own = estimate(&idle.collect::<Vec<_>>());
        let expected = (row.mean_idle, row.idle_half_width.unwrap_or(0.0));
        assert!(agree(own, expected), "{} {setting:?}: {own:?} for {expected:?}", row.simulator);
        seen += 1;
    }
    assert!(seen >= 33, "{seen}");
}

#[test]
fn refusals_at_a_limit() {
    let mut seen = 0;
    for row in reader(include_str!("data/blocking_simulated.csv")).deserialize() {
        let [rate_per_s, service_s, limit, erlang_b, exponential, constant]: [f64; 6] = row.expect("a row");
        let limit = (1..100).find(|servers| f64::from(*servers) >= limit).expect("a small limit");
        let services = [
            (ServiceTime::Exponential { mean_s: service_s }, exponential),
            (ServiceTime::Constant { seconds: service_s }, constant),
        ];
        for (service, simulated) in services {
            let unlimited = OnDemand::new(Arrivals::Poisson { rate_per_s }, service, 360.0);
            let run = run(&OnDemand { limit, ..unlimited }, WarmUp::Settled, 200_000, 3);
            assert_eq!(run.peak_busy, limit);
            for expected in [erlang_b, simulated] {
                let own = (run.refused_share(), run.refused_share_half_width);
                assert!(agree(own, (expected, 0.0)), "{run:?} for {expected}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn keep_alive_as_it_was_measured() {
    let mut seen = 0;
    for row in reader(include_str!("data/on_demand_keep_alive.csv")).deserialize() {
        let [rate_per_s, mean_s, share]: [f64; 3] = row.expect("a row");
        let service = ServiceTime::Exponential { mean_s };
        let fixed = OnDemand::new(Arrivals::Poisson { rate_per_s }, service, 360.0);
        let drawn = OnDemand { keep_alive: KeepAlive::measured_2021(), ..fixed };
        let run = run(&drawn, WarmUp::Settled, 200_000, 5);
        assert!(agree((run.cold_share(), run.cold_share_half_width), (share, 0.0)), "{run:?} for {share}");
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn cold_starts_beside_ready_servers() {
    for row in reader(include_str!("data/cold_starts_ready_simulated.csv")).deserialize() {
        let [rate_per_s, mean_s, keep_s, ready, share, error, idle]: [f64; 7] = row.expect("a row");
        let always_ready = (0..100).find(|servers| f64::from(*servers) >= ready).expect("a few servers");
        let service = ServiceTime::Exponential { mean_s };
        let setting = OnDemand::new(Arrivals::Poisson { rate_per_s }, service, keep_s);
        let setting = OnDemand { always_ready, ..setting };
        let run = run(&setting, WarmUp::Settled, 100_000, 8);
        let own = (run.cold_share(), run.cold_share_half_width);
        assert!(agree(own, (share, error * HALF_WIDTH)), "{run:?} for {share}");
        assert!(run.mean_idle > ready - run.mean_busy && (run.mean_idle / idle - 1.0).abs() < 0.1, "{run:?}");
    }
}

#[test]
fn the_exact_share() {
    let mut seen = 0;
    for row in reader(include_str!("data/cold_starts.csv")).deserialize() {
        let [rate_per_s, mean_s, keep_s, _, exact, _]: [f64; 6] = row.expect("a row");
        if rate_per_s * keep_s > 20_000.0 {
            continue;
        }
        let service = ServiceTime::Exponential { mean_s };
        let setting = OnDemand::new(Arrivals::Poisson { rate_per_s }, service, keep_s);
        let run = run(&setting, WarmUp::Settled, 20_000, 13);
        let own = (run.cold_share(), run.cold_share_half_width);
        assert!(agree(own, (exact, 0.0)), "{setting:?}: {run:?} for {exact}");
        seen += 1;
    }
    assert!(seen >= 50, "{seen}");
}
