//! Tests of the replica: what it refuses, its round in the cases that have a closed form, and its bounds.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{Replica, workers_that_fit};
use crate::capacity::erlang_b;

fn rate(processors: f64, cpu_time_s: f64, wait_time_s: f64, workers: u32) -> f64 {
    Replica::new(processors, cpu_time_s, wait_time_s, workers).expect("a replica").saturation_rate_per_s()
}

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-12 * expected.abs()
}

/// The same round by all its terms, in logarithms.
fn rate_by_all_terms(processors: f64, wait_time_s: f64, workers: u32) -> f64 {
    let speed = |present: u32| f64::from(present).min(processors);
    let mut log_terms = vec![0.0];
    for present in 1..=workers {
        let ratio = f64::from(workers - present + 1) / (wait_time_s * speed(present));
        log_terms.push(log_terms[log_terms.len() - 1] + libm::log(ratio));
    }
    let largest = log_terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut total, mut busy) = (0.0, 0.0);
    for (present, log_term) in (0..).zip(log_terms) {
        let term = libm::exp(log_term - largest);
        total += term;
        busy += term * speed(present);
    }
    busy / total
}

#[test]
fn each_refusal_names_its_field_and_its_remedy() {
    let table = [
        (f64::NAN, 0.1, 0.1, 1, "processors is NaN, but must be a finite number above 0"),
        (-1.0, 0.1, 0.1, 1, "processors is -1, but must be a finite number above 0"),
        (1.0, -0.1, 0.1, 1, "cpu_time_s is -0.1, but must be a finite number, at least 0"),
        (1.0, 0.1, f64::INFINITY, 1, "wait_time_s is inf, but must be a finite number, at least 0"),
        (1.0, 0.0, 0.0, 1, "cpu_time_s + wait_time_s is 0, but must be a finite number above 0"),
        (1.0, 0.1, 0.1, 0, "workers is 0, but must be at least 1"),
        (1.0, 1e-320, 0.0, 1, "the saturation rate is inf, but must be a finite number above 0"),
        (1e-300, 1e300, 0.0, 1, "the saturation rate is 0, but must be a finite number above 0"),
    ];
    for (processors, cpu_time_s, wait_time_s, workers, message) in table {
        let error = Replica::new(processors, cpu_time_s, wait_time_s, workers).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
    let replica = Replica::new(1.0, 0.1, 0.1, 4).expect("a replica");
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(replica.with_speed(factor).map_err(|error| error.field()), Err("factor"));
    }
}

#[test]
fn one_processor_is_erlangs_loss_system() {
    for (wait, workers) in [(0.08, 4), (0.08, 40), (2.0, 90), (2.0, 100), (2.0, 2000), (50.0, 3)] {
        let expected = (1.0 - erlang_b(workers, wait / 0.02)) / 0.02;
        assert!(near(rate(1.0, 0.02, wait, workers), expected), "{workers} workers of {wait} s");
        // A part of one is one that is slower.
        let half = (1.0 - erlang_b(workers, wait / 0.04)) / 0.04;
        assert!(near(rate(0.5, 0.02, wait, workers), half), "{workers} workers of {wait} s");
    }
}

#[test]
fn without_waiting_or_without_computing_one_thing_is_left() {
    assert!(near(rate(2.5, 0.1, 0.0, 2), 20.0) && near(rate(2.5, 0.1, 0.0, 9), 25.0));
    assert!(near(rate(0.25, 0.1, 0.0, 9), 2.5));
    assert!(near(rate(2.5, 0.0, 0.1, 9), 90.0) && near(rate(2.5, 1e-320, 0.1, 9), 90.0));
    assert!(near(rate(8.0, 0.1, 0.3, 8), 20.0));
}

#[test]
fn several_processors_agree_with_the_whole_sum() {
    for processors in [1.0, 1.5, 2.0, 3.7, 16.0] {
        for wait in [1e-3, 0.5, 4.0, 30.0] {
            for workers in [1, 2, 5, 17, 60, 150] {
                let expected = rate_by_all_terms(processors, wait, workers);
                let found = rate(processors, 1.0, wait, workers);
                assert!(
                    (found / expected - 1.0).abs() < 1e-12,
                    "{processors} {wait} {workers}: {found} {expected}"
                );
            }
        }
    }
}

#[test]
fn extreme_sizes_stay_finite_and_quick() {
    for processors in [1e-6, 1.0, 1e6, 1e300] {
        for wait in [1e-300, 1e-9, 1.0, 1e9, 1e300] {
            for workers in [1, 1000, u32::MAX] {
                let (found, most) = (rate(processors, 1.0, wait, workers), f64::from(workers) / (1.0 + wait));
                assert!(found > 0.0 && found <= (processors.min(most)) * (1.0 + 1e-9), "{processors} {wait}");
            }
        }
    }
}

#[test]
fn memory_that_is_no_size_holds_nobody() {
    for bad in [f64::NAN, -1.0] {
        assert_eq!(workers_that_fit(bad, 1.0, 1.0), 0);
        assert_eq!(workers_that_fit(9.0, bad, 1.0), 0);
        assert_eq!(workers_that_fit(9.0, 1.0, bad), 0);
    }
    assert_eq!(workers_that_fit(f64::INFINITY, f64::INFINITY, 1.0), 0);
    assert_eq!(workers_that_fit(f64::INFINITY, 1.0, 1.0), u32::MAX);
    assert_eq!(workers_that_fit(0.3, 0.0, 0.1), 3);
    assert_eq!(workers_that_fit(5.0, 5.0, 1.0), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_of_anything_carries_more_up_to_its_bounds(
        processors in 0.05..20.0, cpu in 1e-4..1.0, wait in 0.0..10.0, workers in 1_u32..500,
    ) {
        let found = rate(processors, cpu, wait, workers);
        let slack = 1.0 + 1e-12;
        let alone = Replica::new(processors, cpu, wait, workers).expect("a replica").unloaded_time_s();
        prop_assert!(found <= processors / cpu * slack);
        prop_assert!(found <= f64::from(workers) / alone * slack);
        prop_assert!(found <= rate(processors, cpu, wait, workers + 1) * slack);
        prop_assert!(found <= rate(processors * 1.3, cpu, wait, workers) * slack);
        prop_assert!(found >= rate(processors, cpu, wait + 0.1, workers) / slack);
    }
}
