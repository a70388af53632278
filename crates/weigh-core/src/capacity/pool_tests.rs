//! Tests of the pool: where it is exact, how far off it is elsewhere, and what must hold at any load.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{Pool, Replica};
use crate::capacity::Sojourn;

fn pool(processors: f64, cpu_time_s: f64, wait_time_s: f64, workers: u32, replicas: u32) -> Pool {
    let replica = Replica::new(processors, cpu_time_s, wait_time_s, workers).expect("a replica");
    Pool { replica, replicas }
}

fn mean_s(pool: &Pool, rate: f64) -> f64 {
    pool.sojourn(rate, 1.0, 1.0).expect("below the capacity").mean_s()
}

fn off(value: f64, expected: f64) -> f64 {
    (value / expected - 1.0).abs()
}

#[test]
fn a_single_worker_is_a_server_with_one_queue() {
    for load in [1e-6, 0.1, 0.5, 0.9, 0.999] {
        let single = pool(0.5, 0.1, 0.3, 1, 1);
        let expected = Sojourn::new(1, load / 0.5, 0.5).expect("stable");
        let found = single.sojourn(load / 0.5, 1.0, 1.0).expect("stable");
        assert!(off(found.mean_s(), expected.mean_s()) < 1e-12, "load {load}");
        assert!(off(found.quantile_s(0.95), expected.quantile_s(0.95)) < 1e-12, "load {load}");
    }
}

#[test]
fn a_processor_for_each_worker_is_a_queue_of_workers() {
    for load in [0.1, 4.0, 7.0, 7.9] {
        let expected = Sojourn::new(8, load, 1.0).expect("stable");
        assert!(off(mean_s(&pool(4.0, 0.3, 0.7, 4, 2), load), expected.mean_s()) < 1e-12, "load {load}");
    }
}

#[test]
fn where_all_is_computing_workers_do_not_matter() {
    // The number present is that of M/M/P, whoever of them has a worker.
    for (processors, workers) in [(1.0, 1), (1.0, 2), (1.0, 50), (3.0, 4), (3.0, 300), (16.0, 20)] {
        for utilisation in [0.01, 0.5, 0.8, 0.95, 0.999] {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small whole number"
            )]
            let servers = processors as u32;
            let expected = Sojourn::new(servers, utilisation * processors, 1.0).expect("stable");
            let found = mean_s(&pool(processors, 1.0, 0.0, workers, 1), utilisation * processors);
            assert!(off(found, expected.mean_s()) < 1e-11, "{processors} {workers} {utilisation}: {found}");
        }
    }
}

#[test]
fn where_workers_never_bind_only_computing_is_shared() {
    for utilisation in [0.01, 0.5, 0.8] {
        let expected = 0.4 + Sojourn::new(2, utilisation * 2.0, 1.0).expect("stable").mean_s();
        assert!(off(mean_s(&pool(2.0, 1.0, 0.4, 5000, 1), utilisation * 2.0), expected) < 1e-12);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_further_replica_never_slows(
        processors in 0.1..8.0, cpu in 1e-3..1.0, wait in 0.0..5.0, workers in 1_u32..300, replicas in 1_u32..20,
        share in 0.0..0.999_999,
    ) {
        let (fewer, more) =
            (pool(processors, cpu, wait, workers, replicas), pool(processors, cpu, wait, workers, replicas + 1));
        let rate = share * fewer.capacity_per_s();
        prop_assert!(mean_s(&more, rate) <= mean_s(&fewer, rate) * (1.0 + 1e-9));
        prop_assert!(fewer.service_time_s(rate) >= fewer.replica.unloaded_time_s() * (1.0 - 1e-9));
        prop_assert!(fewer.service_time_s(rate) <= fewer.service_time_s(fewer.capacity_per_s()) * (1.0 + 1e-9));
        prop_assert!((0.0..=1.0).contains(&fewer.processor_utilisation(rate)));
        prop_assert!((0.0..=1.0).contains(&fewer.worker_utilisation(rate)));
    }

    #[test]
    fn it_is_stable_just_below_its_capacity(
        processors in 0.1..8.0, cpu in 1e-3..1.0, wait in 0.0..5.0, workers in 1_u32..300, replicas in 1_u32..20,
        share in 0.0..2.0,
    ) {
        let pool = pool(processors, cpu, wait, workers, replicas);
        let rate = share * pool.capacity_per_s();
        prop_assert!(pool.sojourn(rate, 1.0, 1.0).is_some() == (rate < pool.capacity_per_s()));
    }
}
