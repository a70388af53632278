//! Servers on demand: what must hold in every run.

use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::{
    Arrivals, Dispatch, KeepAlive, OnDemand, OnDemandRun, Ramp, ServiceTime, Stop, WarmUp, simulate,
};

fn poisson(rate_per_s: f64, mean_s: f64, keep_s: f64) -> OnDemand {
    OnDemand::new(Arrivals::Poisson { rate_per_s }, ServiceTime::Exponential { mean_s }, keep_s)
}

fn from_empty(setting: &OnDemand, requests: u64, seed: u64) -> OnDemandRun {
    simulate(setting, WarmUp::Seconds(0.0), Stop::Requests(requests), seed).unwrap()
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    let rate = || 0.01..20.0_f64;
    prop_oneof![
        rate().prop_map(|rate_per_s| Arrivals::Poisson { rate_per_s }),
        rate().prop_map(|rate| Arrivals::Periodic { period_s: 1.0 / rate }),
        (rate(), 1.0..10.0)
            .prop_map(|(rate_per_s, v)| Arrivals::Hyperexponential { rate_per_s, variation: v }),
        (rate(), 0.0..10.0).prop_map(|(rate_per_s, v)| Arrivals::Lognormal { rate_per_s, variation: v }),
        (rate(), 1.0..600.0).prop_map(|(rate, seconds)| Arrivals::MarkovModulated {
            low_per_s: 0.0,
            high_per_s: rate,
            mean_low_s: seconds,
            mean_high_s: 60.0,
        }),
        (rate(), 0.0..1.0).prop_map(|(rate, share)| Arrivals::Bursts {
            low_per_s: rate,
            high_per_s: 5.0 * rate,
            every_s: 600.0,
            length_s: 600.0 * share,
        }),
        (rate(), 0.0..=1.0).prop_map(|(rate_per_s, amplitude)| Arrivals::Sinusoidal {
            rate_per_s,
            amplitude,
            period_s: 3600.0,
        }),
        (proptest::collection::vec(0_u64..500, 1..50), proptest::bool::ANY).prop_map(
            |(mut counts, repeats)| {
                counts.push(1);
                Arrivals::from_counts(60.0, &counts, repeats)
            }
        ),
    ]
}

fn dispatch() -> impl Strategy<Value = Dispatch> {
    prop_oneof![
        Just(Dispatch::MostRecentlyUsed),
        Just(Dispatch::NewestCreated),
        Just(Dispatch::LeastRecentlyUsed),
        Just(Dispatch::Random),
    ]
}

fn service() -> impl Strategy<Value = ServiceTime> {
    prop_oneof![
        (0.0..5.0).prop_map(|mean_s| ServiceTime::Exponential { mean_s }),
        (0.0..5.0).prop_map(|seconds| ServiceTime::Constant { seconds }),
        (0.0..5.0, 0.0..3.0).prop_map(|(mean_s, variation)| ServiceTime::Lognormal { mean_s, variation }),
    ]
}

fn keep_alive() -> impl Strategy<Value = KeepAlive> {
    prop_oneof![
        (0.0..600.0).prop_map(|seconds| KeepAlive::Fixed { seconds }),
        Just(KeepAlive::measured_2021()),
    ]
}

fn setting() -> impl Strategy<Value = OnDemand> {
    let times = (service(), 0.0..5.0, keep_alive(), proptest::option::of(1.0..5000.0));
    let bounds = (1_u32..60, 0.0..1.0, proptest::option::of((1.0..20.0, 0.0..2.0)));
    (arrivals(), times, dispatch(), bounds).prop_map(|(arrivals, times, dispatch, (limit, ready, ramp))| {
        let (service, start_up_s, keep_alive, max_lifetime_s) = times;
        let always_ready = (0..=limit).find(|count| f64::from(*count) >= f64::from(limit) * ready).unwrap();
        let ramp = ramp.map(|(burst, per_s)| Ramp { burst, per_s });
        OnDemand {
            arrivals,
            service,
            start_up_s,
            keep_alive,
            dispatch,
            max_lifetime_s,
            limit,
            ramp,
            always_ready,
            ready_later: Vec::new(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_no_bound_is_passed(setting in setting(), seed: u64) {
        let run = from_empty(&setting, 2_000, seed);
        prop_assert_eq!(run.cold + run.warm() + run.refused, run.requests);
        prop_assert!(run.peak_busy <= setting.limit);
        prop_assert!(run.mean_busy >= 0.0 && run.mean_busy <= f64::from(run.peak_busy) * (1.0 + 1e-9));
        let most = f64::from(run.peak_busy.max(setting.always_ready));
        prop_assert!(run.mean_idle >= -1e-9 && run.mean_busy + run.mean_idle <= most * (1.0 + 1e-9));
        if let Some(ramp) = setting.ramp {
            prop_assert!(run.cold as f64 <= ramp.burst + ramp.per_s * run.simulated_s);
        }
        prop_assert_eq!(run, from_empty(&setting, 2_000, seed));
    }

    #[test]
    fn servers_kept_for_longer_never_start_more_often(
        arrivals in arrivals(), service in service(), keep_s in 0.0..600.0, longer in 1.0..3.0, seed: u64,
    ) {
        // The same requests at the same times: what was warm stays warm when each server is kept for longer.
        let setting = OnDemand::new(arrivals, service, keep_s);
        let base = from_empty(&setting, 2_000, seed);
        let more = from_empty(
            &OnDemand { keep_alive: KeepAlive::Fixed { seconds: keep_s * longer }, ..setting }, 2_000, seed,
        );
        prop_assert!(more.cold <= base.cold && more.mean_idle >= base.mean_idle * (1.0 - 1e-9));
    }

    #[test]
    fn a_timer_within_the_keep_alive_starts_one_server(
        period_s in 1.0..300.0, share in 0.0..0.99, dispatch in dispatch(), seed: u64,
    ) {
        let service = ServiceTime::Constant { seconds: period_s * share };
        let setting = OnDemand::new(Arrivals::Periodic { period_s }, service, 360.0);
        prop_assert_eq!(from_empty(&OnDemand { dispatch, ..setting }, 500, seed).cold, 1);
    }
}

#[test]
fn arrivals_come_at_their_mean_rate() {
    let steps = vec![0.0, 30.0, 6.0];
    let all = [
        Arrivals::Hyperexponential { rate_per_s: 5.0, variation: 2.0 },
        Arrivals::Lognormal { rate_per_s: 5.0, variation: 2.0 },
        Arrivals::Bursts { low_per_s: 1.0, high_per_s: 20.0, every_s: 10.0, length_s: 2.0 },
        Arrivals::Sinusoidal { rate_per_s: 5.0, amplitude: 0.8, period_s: 50.0 },
        Arrivals::MarkovModulated { low_per_s: 0.0, high_per_s: 10.0, mean_low_s: 2.0, mean_high_s: 3.0 },
        Arrivals::Steps { step_s: 4.0, rates_per_s: steps, repeats: true },
    ];
    for arrivals in all {
        let rate = arrivals.mean_rate_per_s();
        let setting = OnDemand::new(arrivals, ServiceTime::Constant { seconds: 1.0 }, 10.0);
        let run = simulate(&setting, WarmUp::Seconds(1_200.0), Stop::Seconds(24_000.0), 4).unwrap();
        let counted = run.requests as f64 / run.simulated_s;
        assert!((counted / rate - 1.0).abs() < 0.03, "{setting:?}: {counted}");
        assert!((run.mean_busy / rate - 1.0).abs() < 0.03, "{setting:?}: {}", run.mean_busy);
    }
}

#[test]
fn a_trace_ends_and_counts_from_its_start() {
    let trace = Arrivals::from_counts(60.0, &[600, 0, 0, 300], false);
    let setting = OnDemand::new(trace, ServiceTime::Constant { seconds: 0.5 }, 30.0);
    for stop in [Stop::Requests(1_000_000), Stop::Seconds(1e6)] {
        let run = simulate(&setting, WarmUp::Seconds(0.0), stop, 9).unwrap();
        assert!((run.simulated_s - 240.0).abs() < 1e-9 && (800..1_000).contains(&run.requests), "{run:?}");
        assert!((run.mean_busy * 240.0 / (0.5 * run.requests as f64) - 1.0).abs() < 0.01, "{run:?}");
    }
    let nothing = OnDemand { arrivals: Arrivals::from_counts(60.0, &[0], false), ..setting };
    let run = from_empty(&nothing, 10, 1);
    assert_eq!((run.requests, run.peak_busy), (0, 0));
    assert!(run.cold_share_half_width.is_infinite() && run.mean_idle.abs() < 1e-300);
}

#[test]
fn a_server_that_is_too_old_is_not_used_again() {
    let timer =
        OnDemand::new(Arrivals::Periodic { period_s: 10.0 }, ServiceTime::Constant { seconds: 1.0 }, 360.0);
    let run = from_empty(&OnDemand { max_lifetime_s: Some(95.0), ..timer }, 1_000, 1);
    // Started at 10 s, used until 100 s, too old at 110 s: one start for each 100 s.
    assert_eq!((run.cold, run.peak_busy), (100, 1));
    assert!((run.mean_busy - 0.1).abs() < 1e-3 && run.mean_idle > 0.84 && run.mean_idle < 0.86, "{run:?}");
}

#[test]
fn a_start_keeps_its_server_for_longer() {
    let timer = Arrivals::Periodic { period_s: 10.0 };
    let setting = OnDemand::new(timer, ServiceTime::Constant { seconds: 1.0 }, 5.0);
    let run = from_empty(&OnDemand { start_up_s: 2.0, ..setting }, 1_000, 1);
    assert_eq!(run.cold, 1_000);
    assert!((run.mean_busy - 0.3).abs() < 1e-3 && (run.mean_idle - 0.5).abs() < 1e-3, "{run:?}");
}

#[test]
fn servers_start_as_fast_as_tokens_come() {
    let ramp = Some(Ramp { burst: 50.0, per_s: 2.0 });
    let run = from_empty(&OnDemand { ramp, ..poisson(100.0, 10.0, 360.0) }, 4_000, 6);
    // 40 s in which 1000 servers would be needed: 50 at once and 2 more each second.
    let allowed = 50.0 + 2.0 * run.simulated_s;
    assert!((run.cold as f64 - allowed).abs() <= 1.0 && run.refused > 0, "{run:?}");
}

#[test]
fn a_distribution_of_one_point_is_a_fixed_time() {
    let points = vec![[360.0, 1.0]];
    let fixed = poisson(0.01, 0.2, 360.0);
    let drawn = OnDemand { keep_alive: KeepAlive::Distribution { points }, ..fixed.clone() };
    assert_eq!(from_empty(&fixed, 20_000, 2).cold, from_empty(&drawn, 20_000, 2).cold);
}

#[test]
fn what_is_out_of_bounds_is_named() {
    let message = |setting: OnDemand| {
        simulate(&setting, WarmUp::Settled, Stop::Requests(1), 1).map(|_| ()).unwrap_err().to_string()
    };
    let good = || poisson(1.0, 0.2, 360.0);
    let rate = "the mean rate of arrivals is 0, but must be a number of requests a second from 1e-9 to 1e9";
    assert_eq!(message(poisson(0.0, 0.2, 360.0)), rate);
    assert!(message(poisson(f64::NAN, 0.2, 360.0)).starts_with("the mean rate of arrivals is NaN"));
    assert!(message(poisson(1.0, -1.0, 360.0)).starts_with("the mean service time is -1"));
    assert!(message(poisson(1.0, 1.0, f64::INFINITY)).starts_with("keep_alive is inf"));
    assert!(message(poisson(1e6, 1e6, 1.0)).starts_with("the load at the highest rate is 4294967295"));
    assert!(message(OnDemand { limit: 0, ..good() }).starts_with("limit is 0"));
    let ready = message(OnDemand { limit: 2, always_ready: 3, ..good() });
    assert_eq!(ready, "always_ready is 3, but must be at most the limit");
    assert!(message(OnDemand { max_lifetime_s: Some(0.0), ..good() }).starts_with("max_lifetime_s is 0"));
    let ramp = Some(Ramp { burst: 0.5, per_s: 1.0 });
    assert!(message(OnDemand { ramp, ..good() }).starts_with("burst is 0.5"));
    for (points, expected) in [
        (vec![], "keep_alive is 0, but must be 1, the share by the last point"),
        (vec![[300.0, 0.5], [200.0, 1.0]], "keep_alive is 200, but must be at least the seconds before it"),
        (vec![[300.0, 0.5], [400.0, 0.4]], "keep_alive is 0.4, but must be at least the share before it"),
    ] {
        let keep_alive = KeepAlive::Distribution { points };
        assert_eq!(message(OnDemand { keep_alive, ..good() }), expected);
    }
    let arrivals = Arrivals::Hyperexponential { rate_per_s: 1.0, variation: 0.5 };
    assert!(message(OnDemand { arrivals, ..good() }).starts_with("variation is 0.5"));
    let arrivals = Arrivals::from_counts(60.0, &[], true);
    assert_eq!(message(OnDemand { arrivals, ..good() }), "rates_per_s is 0, but must be at least one step");
    assert!(simulate(&good(), WarmUp::Settled, Stop::Seconds(-1.0), 1).is_err());
    assert!(simulate(&good(), WarmUp::Seconds(f64::NAN), Stop::Requests(1), 1).is_err());
}
