//! The capacity formulas against numbers computed apart from this crate; each table says how.

use weigh_core::capacity::{
    Outcome, Servers, Sojourn, Station, cold_starts, cold_starts_beside_ready, erlang_b, erlang_c,
    servers_for_blocking, servers_for_wait,
};

/// The rows of a table: its `#` lines are provenance, its first line names the columns.
fn rows<const COLUMNS: usize>(table: &str) -> Vec<[f64; COLUMNS]> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
    reader.deserialize().map(|row| row_of(row.expect("a row of numbers"))).collect()
}

fn row_of<const COLUMNS: usize>(row: Vec<f64>) -> [f64; COLUMNS] {
    row.try_into().expect("as many columns as the test reads")
}

/// Relative difference; values too small to matter beside 1 count as equal to 0.
fn off(value: f64, expected: f64) -> f64 {
    const NOTHING: f64 = 1e-15;
    let difference = (value - expected).abs();
    if difference < NOTHING { 0.0 } else { difference / expected.abs() }
}

/// Servers as the number they are in a table.
fn count(value: f64) -> u32 {
    (0..=200_000).find(|servers| f64::from(*servers) >= value).expect("a table holds at most 200000 servers")
}

#[test]
fn erlang_and_the_time_in_a_station() {
    const PERCENTILES: [f64; 4] = [0.50, 0.90, 0.95, 0.99];
    let table = rows::<14>(include_str!("data/erlang.csv"));
    assert!(table.len() >= 44);
    for row in table {
        let [servers, utilisation, blocking, waiting, mean_wait, mean_time, ..] = row;
        let load = servers * utilisation;
        let servers = count(servers);
        // A probability below the smallest normal f64 cannot be had to 1e-13.
        let pairs = [(erlang_b(servers, load), blocking), (erlang_c(servers, load), waiting)];
        for (value, expected) in pairs {
            let exact = (value - expected).abs() <= 1e-13 * expected + f64::MIN_POSITIVE;
            assert!(exact, "{servers} at {utilisation}: {value} for {expected}");
        }
        let station = Sojourn::new(servers, load, 1.0).expect("all rows are stable");
        let mut checks = vec![(station.mean_wait_s(), mean_wait), (station.mean_s(), mean_time)];
        for (index, p) in PERCENTILES.into_iter().enumerate() {
            checks.push((station.wait_quantile_s(p), row[6 + index]));
            checks.push((station.quantile_s(p), row[10 + index]));
        }
        let served = Station::new(load, 1.0, Servers::Fixed { servers }).expect("a valid station").serve();
        let Outcome::Stable(latency) = served.outcome else { panic!("all rows are stable") };
        checks.extend([(latency.mean_s, mean_time), (latency.p50_s, row[10]), (latency.p95_s, row[12])]);
        checks.push((latency.p99_s, row[13]));
        for (value, expected) in checks {
            assert!(off(value, expected) < 1e-13, "{servers} at {utilisation}: {value} for {expected}");
        }
    }
}

#[test]
fn the_smallest_staffing_within_a_bound() {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(&include_bytes!("data/staffing.csv")[..]);
    let mut seen = 0;
    for row in reader.deserialize() {
        let (probability, load, bound, servers, reached): (String, f64, f64, u32, f64) = row.expect("a row");
        let (found, value) = match probability.as_str() {
            "wait" => (servers_for_wait(load, bound), erlang_c(servers, load)),
            "blocking" => (servers_for_blocking(load, bound), erlang_b(servers, load)),
            other => panic!("no probability {other}"),
        };
        assert_eq!(found, Some(servers), "{probability} at {load} within {bound}");
        assert!(off(value, reached) < 1e-13, "{probability} at {load}: {value} for {reached}");
        seen += 1;
    }
    assert_eq!(seen, 21);
}

#[test]
fn refusals_at_a_limit_as_computed_and_as_simulated() {
    for [rate, service, limit, expected, exponential, constant] in
        rows(include_str!("data/blocking_simulated.csv"))
    {
        let limit = count(limit);
        let servers = Servers::PerRequest { keep_alive_s: 600.0, start_up_s: 0.0, limit, always_ready: 0 };
        let refused = Station::new(rate, service, servers).expect("a valid station").serve().throttled_share;
        assert!(off(refused, expected) < 1e-12, "{refused} for {expected}");
        for simulated in [exponential, constant] {
            assert!(off(refused, simulated) < 0.01, "{refused} for {simulated}");
        }
    }
}

#[test]
fn cold_starts_as_computed_and_against_the_exact_share() {
    let table = rows::<6>(include_str!("data/cold_starts.csv"));
    assert!(table.len() >= 66);
    for [rate, service, keep_alive, two_moment, exact, mean_idle] in table {
        let answer = cold_starts(rate, service, keep_alive);
        let case = format!("{rate}/s of {service} s kept {keep_alive} s: {answer:?}");
        assert!(off(answer.share, two_moment) < 1e-12, "{case} for {two_moment}");
        assert!(off(answer.mean_idle_servers, mean_idle) < 1e-12, "{case} for {mean_idle}");
        // The documented bounds of error of the closed form itself.
        let bound = if keep_alive < 10.0 * service {
            0.09
        } else if keep_alive < 200.0 * service {
            0.01
        } else {
            5e-4
        };
        let error = (answer.share - exact).abs();
        assert!(error < bound * exact + 1e-15, "{case} for {exact}");
    }
}

#[test]
fn cold_starts_against_simulation() {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(&include_bytes!("data/cold_starts_simulated.csv")[..]);
    let mut seen = 0;
    for row in reader.deserialize() {
        let (simulator, rate, service, keep_alive, share, half_width, idle): (
            String,
            f64,
            f64,
            f64,
            f64,
            f64,
            f64,
        ) = row.expect("a row");
        let answer = cold_starts(rate, service, keep_alive);
        // Three standard errors: a 95 % interval is 1.96 wide on each side.
        let bound = 3.0 / 1.96 * half_width;
        assert!((answer.share - share).abs() < bound, "{simulator} at {rate}/s: {answer:?} for {share}");
        assert!(off(answer.mean_idle_servers, idle) < 0.02, "{simulator} at {rate}/s: {answer:?} for {idle}");
        seen += 1;
    }
    assert_eq!(seen, 15);
}

#[test]
fn cold_starts_beside_ready_servers_against_simulation() {
    let table = rows::<7>(include_str!("data/cold_starts_ready_simulated.csv"));
    assert_eq!(table.len(), 9);
    for [rate, service, keep_alive, ready, share, standard_error, idle] in table {
        let answer = cold_starts_beside_ready(rate, service, keep_alive, count(ready));
        let case = format!("{rate}/s of {service} s kept {keep_alive} s beside {ready}: {answer:?}");
        // The documented bound, or three standard errors where the simulation is less exact than that.
        assert!(
            (answer.share - share).abs() < (0.02 * share).max(3.0 * standard_error),
            "{case} for {share}"
        );
        assert!(off(answer.mean_idle_servers, idle) < 2e-3, "{case} for {idle}");
    }
}
