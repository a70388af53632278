//! Tests of the time in a station: what is refused, its ends, its smoothness, and what must hold at any load.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::Sojourn;
use crate::capacity::waiting_with_variability;

fn sojourn(servers: u32, arrival_rate_per_s: f64, service_time_s: f64) -> Sojourn {
    Sojourn::new(servers, arrival_rate_per_s, service_time_s).expect("a stable station")
}

#[test]
fn what_is_no_stable_station_is_refused() {
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0];
    for value in bad {
        assert!(Sojourn::new(3, value, 1.0).is_none(), "rate {value}");
        assert!(Sojourn::new(3, 0.0, value).is_none(), "service {value}");
    }
    assert!(Sojourn::new(3, 1.0, 0.0).is_none());
    assert!(Sojourn::new(0, 0.0, 1.0).is_none());
    assert!(Sojourn::new(3, 3.0, 1.0).is_none());
    assert!(Sojourn::new(3, 1e308, 1e308).is_none());
}

#[test]
fn without_arrivals_only_service_is_left() {
    let idle = sojourn(3, 0.0, 2.0);
    assert!(idle.wait_probability() + idle.mean_wait_s() + idle.wait_quantile_s(0.99) < f64::MIN_POSITIVE);
    assert!((idle.mean_s() - 2.0).abs() < 1e-15);
    assert!((idle.quantile_s(0.99) - 2.0 * libm::log(100.0)).abs() < 1e-13);
}

#[test]
fn the_ends_of_both_scales_are_defined() {
    let station = sojourn(2, 1.5, 1.0);
    assert!((station.tail(-1.0) - 1.0).abs() + (station.wait_tail(-1.0) - 1.0).abs() < 1e-15);
    assert!((station.tail(0.0) - 1.0).abs() < 1e-15);
    assert!(station.tail(f64::INFINITY).abs() + station.wait_tail(f64::INFINITY).abs() < f64::MIN_POSITIVE);
    assert!(station.tail(f64::NAN).is_nan() && station.wait_tail(f64::NAN).is_nan());
    assert!(station.quantile_s(0.0).abs() + station.quantile_s(-3.0).abs() < 1e-15);
    assert!(station.quantile_s(1.0).is_infinite() && station.wait_quantile_s(1.0).is_infinite());
    assert!(station.quantile_s(f64::NAN).is_nan() && station.wait_quantile_s(f64::NAN).is_nan());
}

#[test]
fn a_station_at_the_brink_has_long_but_finite_times() {
    for spare in [1e-3, 1e-6, 1e-9, 1e-12] {
        let station = sojourn(4, 4.0 - spare, 1.0);
        let scaled = station.quantile_s(0.5) * (4.0 - (4.0 - spare));
        assert!((scaled - libm::log(2.0)).abs() < 3.0 * spare, "spare {spare}: {scaled}");
    }
}

#[test]
fn extreme_units_do_not_overflow() {
    for unit in [1e-300, 1e-150, 1e150, 1e300] {
        let station = sojourn(2, 1.0 / unit, unit);
        assert!((station.mean_s() / unit - 4.0 / 3.0).abs() < 1e-14, "unit {unit}");
        assert!((station.tail(station.quantile_s(0.9)) - 0.1).abs() < 1e-14, "unit {unit}");
    }
}

#[test]
fn the_tail_is_smooth_where_its_formula_divides_by_zero() {
    let at = sojourn(2, 1.0, 1.0).tail(3.0);
    for step in [1e-15, 1e-13, 1e-10, 1e-7] {
        let beside = [sojourn(2, 1.0 - step, 1.0).tail(3.0), sojourn(2, 1.0 + step, 1.0).tail(3.0)];
        assert!(beside.iter().all(|tail| (tail / at - 1.0).abs() < 10.0 * step + 1e-15), "step {step}");
    }
}

#[test]
fn variability_of_one_changes_no_bit() {
    for (servers, rate) in [(1, 0.8), (2, 1.0), (2, 1.999_999), (7, 0.0), (40, 39.3)] {
        for unit in [0.003, 1.0, 7.0] {
            let varied = Sojourn::with_variability(servers, rate / unit, unit, 1.0, 1.0);
            assert_eq!(varied, Sojourn::new(servers, rate / unit, unit));
        }
    }
}

#[test]
fn variability_that_is_no_quantity_is_refused() {
    for bad in [f64::NAN, f64::INFINITY, -0.1] {
        assert!(Sojourn::with_variability(2, 1.0, 1.0, bad, 1.0).is_none());
        assert!(Sojourn::with_variability(2, 1.0, 1.0, 1.0, bad).is_none());
    }
    assert!(Sojourn::with_variability(2, 2.0, 1.0, 0.5, 0.5).is_none());
}

#[test]
fn without_variation_nobody_waits() {
    let even = Sojourn::with_variability(2, 1.9, 1.0, 0.0, 0.0).expect("stable");
    assert!(even.wait_probability() + even.mean_wait_s() + even.wait_tail(0.0) < f64::MIN_POSITIVE);
    assert!((even.tail(1.0) - libm::exp(-1.0)).abs() < 1e-15 && (even.tail(0.0) - 1.0).abs() < 1e-15);
}

#[test]
fn the_tail_with_variability_is_smooth_where_its_formula_divides_by_zero() {
    // One server at 0.5 waits at the rate 0.5 / factor, which meets that of service at a factor of 0.5.
    let tail = |service| Sojourn::with_variability(1, 0.5, 1.0, 1.0, service).expect("stable").tail(3.0);
    let at = libm::exp(-3.0) * (1.0 + 0.5 * 3.0);
    for step in [0.0, 1e-15, 1e-12, 1e-9, 1e-7] {
        assert!(
            [tail(step), tail(1.5 * step)].iter().all(|tail| (tail / at - 1.0).abs() < 10.0 * step + 1e-14)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quantile_inverts_the_tail(
        servers in 1_u32..1200, utilisation in 0.0..0.9999, service in 1e-3..1e3, p in 0.01..0.999_999,
    ) {
        let rate = utilisation * f64::from(servers) / service;
        let station = sojourn(servers, rate, service);
        let beyond = station.tail(station.quantile_s(p));
        prop_assert!((beyond / (1.0 - p) - 1.0).abs() < 1e-12, "{beyond} for {p}");
        let wait = station.wait_quantile_s(p);
        prop_assert!(wait <= 0.0 || (station.wait_tail(wait) / (1.0 - p) - 1.0).abs() < 1e-11);
    }

    #[test]
    fn a_further_server_never_slows(servers in 1_u32..500, utilisation in 0.0..0.999, p in 0.01..0.999) {
        let rate = utilisation * f64::from(servers);
        let (fewer, more) = (sojourn(servers, rate, 1.0), sojourn(servers + 1, rate, 1.0));
        prop_assert!(more.mean_s() <= fewer.mean_s());
        prop_assert!(more.quantile_s(p) <= fewer.quantile_s(p) * (1.0 + 1e-13));
        prop_assert!(more.tail(2.0) <= fewer.tail(2.0) * (1.0 + 1e-13));
    }

    #[test]
    fn quantiles_rise_and_lie_above_service_alone(
        servers in 1_u32..500, utilisation in 0.0..0.999, p in 0.01..0.9, up in 1e-6..0.09,
    ) {
        let station = sojourn(servers, utilisation * f64::from(servers), 1.0);
        prop_assert!(station.quantile_s(p) < station.quantile_s(p + up));
        prop_assert!(station.quantile_s(p) >= -libm::log1p(-p) * (1.0 - 1e-13));
        prop_assert!(station.quantile_s(p) >= station.wait_quantile_s(p));
    }

    #[test]
    fn variability_sets_the_mean_wait_and_the_quantile_inverts(
        servers in 1_u32..300, utilisation in 0.01..0.999, service in 1e-3..1e3, arrivals in 0.0..9.0,
        times in 0.0..9.0, p in 0.01..0.999_99,
    ) {
        let rate = utilisation * f64::from(servers) / service;
        let station = Sojourn::with_variability(servers, rate, service, arrivals, times).expect("stable");
        let wait = waiting_with_variability(servers, rate, service, arrivals, times);
        prop_assert!((station.mean_wait_s() - wait).abs() <= 1e-11 * wait);
        let beyond = station.tail(station.quantile_s(p));
        prop_assert!((beyond / (1.0 - p) - 1.0).abs() < 1e-11, "{} for {}", beyond, p);
        let calmer = Sojourn::with_variability(servers, rate, service, arrivals, times * 0.5).expect("stable");
        prop_assert!(calmer.quantile_s(p) <= station.quantile_s(p) * (1.0 + 1e-12));
    }
}
