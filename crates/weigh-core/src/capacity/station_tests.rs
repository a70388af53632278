//! Tests of the station: what it refuses, its two kinds of servers, and what must hold at any load.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{Latency, Outcome, Served, Servers, Station};
use crate::capacity::{cold_starts_beside_ready, erlang_b};

const ON_DEMAND: Servers =
    Servers::PerRequest { keep_alive_s: 360.0, start_up_s: 0.4, limit: 1000, always_ready: 0 };

fn serve(arrival_rate_per_s: f64, service_time_s: f64, servers: Servers) -> Served {
    Station::new(arrival_rate_per_s, service_time_s, servers).expect("a valid station").serve()
}

fn stable(served: &Served) -> Latency {
    match served.outcome {
        Outcome::Stable(latency) => latency,
        Outcome::Unstable { servers_needed } => panic!("unstable, needs {servers_needed}"),
    }
}

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-12 * expected.abs() + 1e-300
}

/// `P(T > t)` of service after a start-up for the share `cold`, written out as the mixture it is.
fn mixture_tail(t_s: f64, service_time_s: f64, start_up_s: f64, cold: f64) -> f64 {
    let exponential = |t: f64| libm::exp(-t.max(0.0) / service_time_s);
    (1.0 - cold) * exponential(t_s) + cold * exponential(t_s - start_up_s)
}

#[test]
fn each_refusal_names_its_field_and_its_remedy() {
    let per_request = |keep_alive_s, start_up_s, limit, always_ready| Servers::PerRequest {
        keep_alive_s,
        start_up_s,
        limit,
        always_ready,
    };
    let table = [
        (-1.0, 1.0, ON_DEMAND, "arrival_rate_per_s is -1, but must be a finite number, at least 0"),
        (f64::NAN, 1.0, ON_DEMAND, "arrival_rate_per_s is NaN, but must be a finite number, at least 0"),
        (1.0, f64::INFINITY, ON_DEMAND, "service_time_s is inf, but must be a finite number, at least 0"),
        (1.0, 0.0, ON_DEMAND, "service_time_s is 0, but must be a finite number above 0"),
        (1.0, 1.0, Servers::Fixed { servers: 0 }, "servers is 0, but must be at least 1"),
        (
            1.0,
            1.0,
            per_request(-1.0, 0.0, 1, 0),
            "keep_alive_s is -1, but must be a finite number, at least 0",
        ),
        (
            1.0,
            1.0,
            per_request(1.0, f64::NAN, 1, 0),
            "start_up_s is NaN, but must be a finite number, at least 0",
        ),
        (1.0, 1.0, per_request(1.0, 0.0, 0, 0), "limit is 0, but must be at least 1"),
        (1.0, 1.0, per_request(1.0, 0.0, 3, 4), "always_ready is 4, but must be at most the limit"),
    ];
    for (rate, service, servers, message) in table {
        let error = Station::new(rate, service, servers).expect_err(message);
        assert_eq!(error.to_string(), message);
        assert!(message.starts_with(error.field()));
    }
    let error = Station::new(1e300, 1e300, ON_DEMAND).expect_err("too large a load");
    assert_eq!(error.to_string(), "arrival_rate_per_s * service_time_s is inf, but must be a finite number");
}

#[test]
fn a_station_without_requests_is_idle_and_would_be_cold() {
    let fixed = serve(0.0, 0.2, Servers::Fixed { servers: 3 });
    assert!(near(fixed.mean_idle_servers, 3.0) && near(stable(&fixed).mean_s, 0.2));
    let on_demand = serve(0.0, 0.2, ON_DEMAND);
    assert!(near(on_demand.cold_start_share, 1.0) && near(stable(&on_demand).mean_s, 0.6));
    assert!(on_demand.mean_idle_servers < 1e-300 && on_demand.throttled_share < 1e-300);
}

#[test]
fn a_full_station_is_unstable_and_says_what_it_needs() {
    for (load, servers, needed) in [(2.0, 2, 3), (2.5, 2, 3), (1e4, 7, 10_001), (1e18, 7, u32::MAX)] {
        let on_demand =
            Servers::PerRequest { keep_alive_s: 9.0, start_up_s: 1.0, limit: servers, always_ready: 0 };
        for kind in [Servers::Fixed { servers }, on_demand] {
            let served = serve(load, 1.0, kind);
            assert_eq!(served.outcome, Outcome::Unstable { servers_needed: needed });
            assert!(near(served.utilisation, load / f64::from(servers)));
            let nearly_all = if load > 1e17 { 1.0 - 1e-15 } else { 0.5 };
            assert!(served.mean_concurrency >= nearly_all * f64::from(servers));
            assert!(served.mean_concurrency <= f64::from(servers) && served.mean_idle_servers >= 0.0);
        }
    }
}

#[test]
fn quantiles_on_both_sides_of_the_start_up_time_invert_the_mixture() {
    // (rate, start-up): rarely to always cold, start-up from nothing to far beyond the service time.
    for (rate, start_up_s) in
        [(0.0, 5.0), (1e-4, 0.0), (1e-4, 0.01), (0.003, 0.2), (0.003, 5.0), (0.1, 0.05), (2.0, 60.0)]
    {
        let servers = Servers::PerRequest { keep_alive_s: 300.0, start_up_s, limit: 100, always_ready: 0 };
        let served = serve(rate, 0.1, servers);
        let latency = stable(&served);
        for (quantile_s, p) in [(latency.p50_s, 0.5), (latency.p95_s, 0.95), (latency.p99_s, 0.99)] {
            let beyond = mixture_tail(quantile_s, 0.1, start_up_s, served.cold_start_share);
            assert!(
                (beyond - (1.0 - p)).abs() < 1e-14,
                "rate {rate}, start-up {start_up_s}, p {p}: {beyond}"
            );
        }
    }
}

#[test]
fn servers_always_ready_take_the_cold_starts_of_what_they_serve() {
    let with = |always_ready| {
        serve(
            2.0,
            0.5,
            Servers::PerRequest { keep_alive_s: 360.0, start_up_s: 0.4, limit: 100, always_ready },
        )
    };
    for always_ready in [0, 2] {
        let expected = cold_starts_beside_ready(2.0, 0.5, 360.0, always_ready);
        assert!(near(with(always_ready).cold_start_share, expected.share));
        assert!(near(with(always_ready).mean_idle_servers, expected.mean_idle_servers));
    }
    assert!(with(40).cold_start_share < 1e-30 && near(with(40).mean_idle_servers, 39.0));
}

#[test]
fn the_limit_refuses_as_a_loss_system_does() {
    let servers = Servers::PerRequest { keep_alive_s: 60.0, start_up_s: 0.1, limit: 5, always_ready: 0 };
    let served = serve(8.0, 0.5, servers);
    assert!(near(served.throttled_share, erlang_b(5, 4.0)));
    assert!(near(served.mean_concurrency, 4.0 * (1.0 - erlang_b(5, 4.0))));
    assert!(served.mean_concurrency + served.mean_idle_servers <= 5.0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quantiles_are_in_order_and_a_further_server_never_slows(
        servers in 1_u32..300, utilisation in 0.0..0.999, service in 1e-3..100.0,
    ) {
        let rate = utilisation * f64::from(servers) / service;
        let fewer = serve(rate, service, Servers::Fixed { servers });
        let more = serve(rate, service, Servers::Fixed { servers: servers + 1 });
        let (slow, fast) = (stable(&fewer), stable(&more));
        prop_assert!(slow.p50_s <= slow.p95_s && slow.p95_s <= slow.p99_s);
        prop_assert!(fast.mean_s <= slow.mean_s && fast.p99_s <= slow.p99_s * (1.0 + 1e-13));
        prop_assert!(more.utilisation <= fewer.utilisation);
    }

    #[test]
    fn a_server_per_request_stays_within_its_bounds(
        rate in 0.0..2000.0, service in 1e-3..2.0, start_up_s in 0.0..10.0,
        always_ready in 0_u32..50, limit in 50_u32..5000,
    ) {
        let keep_alive_s = 360.0;
        let servers = |start_up_s| Servers::PerRequest { keep_alive_s, start_up_s, limit, always_ready };
        let served = serve(rate, service, servers(start_up_s));
        for share in [served.cold_start_share, served.throttled_share] {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        prop_assert!(served.mean_idle_servers >= 0.0);
        prop_assert!(served.mean_concurrency + served.mean_idle_servers <= f64::from(limit) * (1.0 + 1e-12));
        if let Outcome::Stable(latency) = served.outcome {
            prop_assert!(latency.p50_s <= latency.p95_s && latency.p95_s <= latency.p99_s);
            let slower = stable(&serve(rate, service, servers(start_up_s + 1.0)));
            let rounding = 1.0 + 1e-13;
            prop_assert!(latency.mean_s <= slower.mean_s * rounding);
            prop_assert!(latency.p99_s <= slower.p99_s * rounding);
        }
    }
}
