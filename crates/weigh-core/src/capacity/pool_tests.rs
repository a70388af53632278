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

/// Mean time in one replica of exponential times, from the balance of its states: requests present, cut off at
/// `most`, and those of them that compute. What comes into each state is set to what leaves it, until all agree.
fn exact_mean_s(pool: &Pool, rate: f64, most: usize) -> f64 {
    let workers = pool.replica.workers() as usize;
    let (processors, wait_s) = (pool.replica.processors(), pool.replica.wait_time_s());
    let number = |count: usize| f64::from(u32::try_from(count).expect("a small number"));
    let finish = |computing: usize| number(computing).min(processors) / pool.replica.cpu_time_s();
    let held = |present: usize| present.min(workers);
    let mut share: Vec<Vec<f64>> =
        (0..=most).map(|present| vec![1.0 / number(present + 1).powi(2); held(present) + 1]).collect();
    for round in 0..6000 {
        let mut change = 0.0_f64;
        for step in 0..=most {
            let present = if round % 2 == 0 { step } else { most - step };
            for computing in 0..=held(present) {
                let waiting = held(present) - computing;
                let leaves =
                    finish(computing) + number(waiting) / wait_s + if present < most { rate } else { 0.0 };
                let at = |present: usize, computing: usize| {
                    share.get(present).and_then(|level| level.get(computing)).copied().unwrap_or(0.0)
                };
                let starts = usize::from(present <= workers);
                let mut comes = finish(computing + 1) * at(present, computing + 1);
                if present > 0 && computing >= starts {
                    comes += rate * at(present - 1, computing - starts);
                }
                // A request returns from its wait and leaves; the next of the queue takes its worker.
                let (above, taken) = (present + 1, usize::from(present >= workers));
                if computing >= taken && computing - taken <= held(above) {
                    let returning = number(held(above) - (computing - taken)) / wait_s;
                    comes += returning * at(above, computing - taken);
                }
                let new = comes / leaves;
                change = change.max((new - share[present][computing]).abs());
                share[present][computing] = new;
            }
        }
        let total: f64 = share.iter().flatten().sum();
        share.iter_mut().flatten().for_each(|one| *one /= total);
        if change < 1e-13 {
            break;
        }
    }
    let levels = share.iter().enumerate();
    levels.map(|(present, level)| number(present) * level.iter().sum::<f64>()).sum::<f64>() / rate
}

fn error(pool: &Pool, rate: f64, mean_s: f64) -> f64 {
    let (computing, waiting) = (pool.replica.cpu_time_s(), pool.replica.wait_time_s());
    let sum = computing + waiting;
    let variability = (computing * computing + waiting * waiting) / (sum * sum);
    pool.sojourn(rate, 1.0, variability).expect("below the capacity").mean_s() / mean_s - 1.0
}

/// The errors that the documentation states for one replica, where they are largest and where they are small.
#[test]
fn the_mean_of_one_replica_is_as_far_off_as_is_said() {
    // Processors, wait (computing takes 1), workers, share of the capacity, where to cut off; the error.
    let table = [
        (1.0, 0.5, 2, 0.6, 80, -0.043),
        (1.0, 0.5, 2, 0.8, 120, -0.079),
        (1.0, 1.0, 4, 0.9, 250, -0.142),
        (1.0, 4.0, 4, 0.8, 150, 0.034),
        (1.5, 1.0, 8, 0.6, 80, -0.005),
        (2.0, 4.0, 8, 0.8, 100, 0.016),
    ];
    for (processors, wait, workers, share, most, expected) in table {
        let pool = pool(processors, 1.0, wait, workers, 1);
        let rate = share * pool.capacity_per_s();
        let found = error(&pool, rate, exact_mean_s(&pool, rate, most));
        assert!((found - expected).abs() < 1e-3, "{processors} {wait} {workers} {share}: {found}");
    }
}

/// Mean time in a pool of replicas, each with processors of its own, by simulating its events; all times are
/// exponential, and a request goes to the replica with the fewest.
fn simulated_mean_s(pool: &Pool, rate: f64, events: u32) -> f64 {
    let (processors, turn_s, wait_s) =
        (pool.replica.processors(), pool.replica.cpu_time_s(), pool.replica.wait_time_s());
    let mut computing = vec![0_u32; pool.replicas as usize];
    let mut waiting = computing.clone();
    let (mut queue, mut time, mut present_time) = (0_u32, 0.0, 0.0);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f64::from((state >> 32) as u32) / 4_294_967_296.0
    };
    let leaving = |count: u32| f64::from(count).min(processors) / turn_s;
    for _ in 0..events {
        let busy: f64 = computing.iter().map(|count| leaving(*count)).sum();
        let returning = f64::from(waiting.iter().sum::<u32>()) / wait_s;
        let present = queue + computing.iter().sum::<u32>() + waiting.iter().sum::<u32>();
        let total = rate + busy + returning;
        time += 1.0 / total;
        present_time += f64::from(present) / total;
        let mut draw = random() * total - rate;
        let freed = if draw < 0.0 {
            queue += 1;
            (0..computing.len()).min_by_key(|replica| computing[*replica] + waiting[*replica])
        } else {
            let mut freed = None;
            for replica in 0..computing.len() {
                if draw < leaving(computing[replica]) {
                    computing[replica] -= 1;
                    waiting[replica] += 1;
                    break;
                }
                draw -= leaving(computing[replica]);
                if draw < f64::from(waiting[replica]) / wait_s {
                    waiting[replica] -= 1;
                    freed = Some(replica);
                    break;
                }
                draw -= f64::from(waiting[replica]) / wait_s;
            }
            freed
        };
        if let Some(replica) = freed
            && queue > 0
            && computing[replica] + waiting[replica] < pool.replica.workers()
        {
            queue -= 1;
            computing[replica] += 1;
        }
    }
    present_time / time / rate
}

/// The errors that the documentation states for several replicas. The simulation itself is off by up to 2 %.
#[test]
fn the_mean_of_several_replicas_is_as_far_off_as_is_said() {
    // Processors, wait (computing takes 1), workers, replicas, share of the capacity; the error.
    let table = [
        (2.0, 10.0, 20, 4, 0.8, -0.039),
        (1.0, 1.0, 64, 4, 0.6, -0.13),
        (1.0, 1.0, 64, 8, 0.8, -0.22),
        (4.0, 4.0, 8, 8, 0.6, 0.0),
    ];
    for (processors, wait, workers, replicas, share, expected) in table {
        let pool = pool(processors, 1.0, wait, workers, replicas);
        let rate = share * pool.capacity_per_s();
        let found = error(&pool, rate, simulated_mean_s(&pool, rate, 400_000));
        assert!(
            (found - expected).abs() < 0.025,
            "{processors} {wait} {workers} {replicas} {share}: {found}"
        );
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
