//! Tests of the simulation: reference trajectories, conservation, and bounds.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::{Demand, Fleet, Hosts, Interruption, Moment, Service, simulate};
use crate::capacity::scaling::{Bounds, Metric, MetricTiming, Policy, Rung, Scaling, StartUp, Threshold};
use crate::capacity::{CreditMode, CreditPlan, Replica};

/// A replica of one processor that finishes 100 requests a second.
fn service() -> Service {
    Service {
        replica: Replica::new(1.0, 0.01, 0.0, 1).expect("a valid replica"),
        share: 1.0,
        service_variability: 1.0,
        longest_wait_s: 3_600.0,
        memory_share_idle: 0.2,
        memory_share_per_request: 0.0,
        kinds: Vec::new(),
    }
}

fn fleet(scaling: Scaling) -> Fleet {
    Fleet {
        services: vec![service()],
        processors: 1.0,
        scaling,
        interruption: None,
        credits: None,
        host_share: 1.0,
    }
}

fn scaled(
    policies: Vec<Policy>,
    (least, most): (u32, u32),
    cooldowns_s: (f64, f64),
    start_s: f64,
) -> Scaling {
    Scaling {
        desired: least,
        bounds: vec![Bounds { from_s: 0.0, least, most }],
        policies,
        out_cooldown_s: cooldowns_s.0,
        in_cooldown_s: cooldowns_s.1,
        timing: MetricTiming { period_s: 60.0, delay_s: 0.0 },
        start_up: StartUp { time_s: start_s, starts_per_s: f64::INFINITY, burst: f64::INFINITY },
    }
}

/// 50 a second, 400 from minute 10 to 60, then 50 again.
fn step_load() -> Vec<f64> {
    (0..130).map(|minute| if (10..60).contains(&minute) { 400.0 } else { 50.0 }).collect()
}

fn watched(fleet: Fleet, rates: &[f64]) -> Vec<Moment> {
    let demand = Demand { step_s: 60.0, rates_per_s: rates, arrival_variability: 1.0 };
    let mut moments: Vec<Moment> = Vec::new();
    simulate(&[fleet], None, &demand, 0, &mut moments);
    moments
}

/// The minutes at which the desired number changes, and to what.
fn changes(moments: &[Moment]) -> Vec<(usize, u32)> {
    let mut last = moments[0].desired;
    let mut found = Vec::new();
    for (minute, moment) in moments.iter().enumerate() {
        if moment.desired != last {
            last = moment.desired;
            found.push((minute, last));
        }
    }
    found
}

/// An independent trajectory (a minute-by-minute model in Python, 2026): target tracking of 50 % with cooldowns of
/// 300 s, replicas ready a minute after they are asked for.
#[test]
fn target_tracking_follows_the_reference_trajectory() {
    // In the reference requests beyond capacity are lost, so that no backlog is left to work off.
    let mut fleet =
        fleet(scaled(vec![Policy::target(Metric::Processor, 0.5)], (2, 20), (300.0, 300.0), 60.0));
    fleet.services[0].longest_wait_s = 0.0;
    let moments = watched(fleet, &step_load());
    assert_eq!(changes(&moments), [(12, 4), (14, 8), (74, 2)]);
    let running: Vec<u32> = [13, 14, 15, 16, 73, 74, 75].iter().map(|at| moments[*at].running).collect();
    assert_eq!(running, [2, 4, 4, 8, 8, 8, 2]);
    assert_eq!(moments.iter().filter(|moment| moment.utilisation >= 1.0).count(), 6);
    // The reference counts the minute of the decision without the replicas removed in it: 612.
    assert_eq!(moments.iter().map(|moment| moment.running).sum::<u32>(), 612 + 6);
}

/// The same for steps: above 70 % for 5 minutes, by how far; below 30 % for 15 minutes one less, every 300 s.
#[test]
fn step_scaling_follows_the_reference_trajectory() {
    let rung = |from, change| Rung { from, change };
    let policy = Policy::Step {
        metric: Metric::Processor,
        out: Threshold { value: 0.7, periods: 5, rungs: vec![rung(0.0, 1), rung(0.15, 2), rung(0.25, 4)] },
        back: Threshold { value: 0.3, periods: 15, rungs: vec![rung(0.0, 1)] },
    };
    let mut fleet = fleet(scaled(vec![policy], (2, 20), (60.0, 300.0), 60.0));
    fleet.services[0].longest_wait_s = 0.0;
    let moments = watched(fleet, &step_load());
    assert_eq!(changes(&moments), [(14, 6), (74, 5), (79, 4), (84, 3), (89, 2)]);
    assert_eq!(moments.iter().filter(|moment| moment.utilisation >= 1.0).count(), 6);
    assert_eq!(moments.iter().map(|moment| moment.running).sum::<u32>(), 522 + 4);
}

/// The benchmark of Application Auto Scaling's maker (June 2026): a step in the load triggers after about 363 s with
/// datapoints of a minute, and after 86 s with datapoints of 20 s.
#[test]
fn a_step_in_the_load_triggers_as_late_as_was_measured() {
    for (timing, expected_s) in [(MetricTiming::MINUTE, 363.0), (MetricTiming::HIGH_RESOLUTION, 86.0)] {
        let mut scaling = scaled(vec![Policy::target(Metric::Processor, 0.5)], (2, 20), (300.0, 300.0), 23.0);
        scaling.timing = timing;
        let rates: Vec<f64> = (0..1_800).map(|second| if second < 600 { 50.0 } else { 400.0 }).collect();
        let demand = Demand { step_s: 1.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let mut moments: Vec<Moment> = Vec::new();
        simulate(&[fleet(scaling)], None, &demand, 0, &mut moments);
        let decided = moments.iter().find(|moment| moment.desired > 2).expect("it scales out");
        let after_s = decided.start_s + 1.0 - 600.0;
        assert!((after_s - expected_s).abs() <= 1.0, "{after_s} s for {expected_s} s");
    }
}

#[test]
fn hosts_follow_what_their_replicas_need() {
    // Two replicas to a host; four more replicas need two more hosts, which take three minutes.
    let scaling = scaled(vec![Policy::target(Metric::Processor, 0.5)], (2, 20), (60.0, 60.0), 30.0);
    let fleet = Fleet { host_share: 0.5, ..fleet(scaling) };
    let hosts = Hosts {
        desired: 1,
        least: 1,
        most: 10,
        target: 1.0,
        steps: (1, 10),
        start_up_s: 180.0,
        warm_up_s: 300.0,
        in_periods: 15,
        credits: None,
        interruption: None,
    };
    let rates = step_load();
    let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
    let mut moments: Vec<Moment> = Vec::new();
    let simulation = simulate(&[fleet], Some(&hosts), &demand, 0, &mut moments);
    let ready = |running: u32| moments.iter().position(|moment| moment.running >= running);
    assert!(ready(4).expect("hosts come") >= 16, "replicas wait for their hosts: {:?}", ready(4));
    for moment in &moments {
        assert!(moment.present <= moment.hosts * 2, "{moment:?}");
    }
    let outcome = simulation.hosts.expect("there are hosts");
    assert!(outcome.most >= 4 && outcome.mean_present > 1.0);
    assert_eq!(moments.last().map(|moment| moment.hosts), Some(1));
}

#[test]
fn a_machine_out_of_credits_serves_at_its_baseline() {
    // Earns 0.2 of one processor; asked for half of it.
    let plan = CreditPlan::new(1.0, 12.0, 288.0, 0.0, CreditMode::Standard).expect("a valid plan");
    let fleet = Fleet { credits: Some(plan), ..fleet(Scaling::fixed(1)) };
    let rates = vec![50.0; 600];
    let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
    let mut moments: Vec<Moment> = Vec::new();
    let simulation = simulate(std::slice::from_ref(&fleet), None, &demand, 0, &mut moments);
    let hour: f64 = moments[540..].iter().map(|moment| moment.capacity_per_s).sum::<f64>() / 60.0;
    assert!((hour - 20.0).abs() < 0.5, "{hour}");
    assert!(simulation.fleets[0].throttled_share > 0.9);
    let unlimited = CreditPlan::new(1.0, 12.0, 288.0, 0.0, CreditMode::Unlimited).expect("a valid plan");
    let fleet = Fleet { credits: Some(unlimited), ..fleet };
    let simulation = simulate(&[fleet], None, &demand, 0, &mut ());
    // Half a processor for 10 h is 5 processor-hours; 2 are earned, and 3 are still owed at the end.
    assert!(simulation.fleets[0].throttled_share < 1e-12);
    assert!((simulation.fleets[0].surplus_processor_hours - 3.0).abs() < 1e-9);
}

#[test]
fn replicas_that_are_taken_away_come_back() {
    let mut scaling = scaled(Vec::new(), (10, 10), (0.0, 0.0), 120.0);
    scaling.desired = 10;
    let fleet = Fleet {
        interruption: Some(Interruption { base: 4, share: 1.0, rate_per_hour: 0.5 }),
        ..fleet(scaling)
    };
    let rates = vec![100.0; 60 * 100];
    let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
    let run = |seed| simulate(std::slice::from_ref(&fleet), None, &demand, seed, &mut ());
    let outcome = &run(7).fleets[0];
    // About 6 × 0.5 × 100 = 300 interruptions, less those while fewer run.
    assert!((200..=340).contains(&outcome.interrupted), "{}", outcome.interrupted);
    assert!(outcome.mean_running > 9.0 && outcome.mean_running < 10.0 && outcome.fewest >= 4);
    assert_eq!(run(7), run(7));
    assert_ne!(run(7).fleets[0].interrupted, run(8).fleets[0].interrupted);
}

#[test]
fn what_is_used_beyond_what_machines_earn_is_charged_however_many_there_are() {
    let policies = vec![Policy::target(Metric::Processor, 0.6)];
    for mode in [CreditMode::Unlimited, CreditMode::Standard] {
        let plan = CreditPlan::new(1.0, 12.0, 288.0, 0.0, mode).expect("a valid plan");
        let fleet = Fleet {
            credits: Some(plan.with_background(0.1)),
            ..fleet(scaled(policies.clone(), (1, 9), (300.0, 300.0), 120.0))
        };
        // Five days of ten busy and fourteen calm hours.
        let rate = |minute: usize| if minute / 60 % 24 < 10 { 350.0 } else { 10.0 };
        let rates: Vec<f64> = (0..7_200).map(rate).collect();
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let did = &simulate(&[fleet], None, &demand, 0, &mut ()).fleets[0];
        let used_h = did.services[0].served * 0.01 / 3_600.0 + 0.1 * 120.0;
        let earned_h = did.mean_running * 120.0 * 12.0 / 60.0;
        let beyond_h = used_h - earned_h;
        match mode {
            // What comes on top of full processors is not done.
            CreditMode::Unlimited => {
                assert!(beyond_h > 100.0 && (did.surplus_processor_hours / beyond_h - 1.0).abs() < 0.002);
            }
            CreditMode::Standard => {
                assert!(beyond_h <= 1e-6 && did.throttled_share > 0.1, "{beyond_h} {did:?}");
            }
        }
    }
}

#[test]
fn launches_go_on_while_a_step_lasts() {
    let mut scaling = Scaling::fixed(4);
    scaling.bounds.push(Bounds { from_s: 60.0, least: 4_000, most: 4_000 });
    scaling.start_up = StartUp { time_s: 30.0, starts_per_s: 20.0, burst: 100.0 };
    let moments = watched(fleet(scaling), &[10.0; 6]);
    // 100 at once and 20 a second.
    let present: Vec<u32> = moments.iter().map(|moment| moment.present).collect();
    assert_eq!(present, [4, 1_304, 2_504, 3_704, 4_000, 4_000]);
}

#[test]
fn just_below_and_just_above_saturation_waits_are_alike() {
    let p95_s = |rate: f64| {
        let rates = vec![rate; 43_800];
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let did = simulate(&[fleet(Scaling::fixed(2))], None, &demand, 0, &mut ());
        did.fleets[0].services[0].latency.expect("some are served").p95_s
    };
    let (below, at, above) = (p95_s(199.99), p95_s(200.0), p95_s(200.000_1));
    assert!((at / below - 1.0).abs() < 0.05 && (above / at - 1.0).abs() < 0.05, "{below} {at} {above}");
}

#[test]
fn hosts_hold_whole_replicas() {
    // Two fifths of each host are left beside a replica of the first fleet, room for those of the second.
    let fleets = |counts: [u32; 2]| {
        let of = |count, host_share| Fleet { host_share, ..fleet(Scaling::fixed(count)) };
        [of(counts[0], 0.6), of(counts[1], 0.1)]
    };
    for (counts, expected) in [([5, 1], 5), ([5, 20], 5), ([5, 30], 6), ([1, 30], 4)] {
        let hosts = Hosts {
            desired: 1,
            least: 1,
            most: 20,
            target: 1.0,
            steps: (1, 20),
            start_up_s: 60.0,
            warm_up_s: 0.0,
            in_periods: 15,
            credits: None,
            interruption: None,
        };
        let demand = Demand { step_s: 60.0, rates_per_s: &[1.0; 30], arrival_variability: 1.0 };
        let did = simulate(&fleets(counts), Some(&hosts), &demand, 0, &mut ());
        assert_eq!(did.hosts.expect("hosts").most, expected, "{counts:?}");
    }
}

#[test]
fn whole_replicas_may_be_taken_away() {
    for (base, share, expected) in [(0, 0.5, 1.0), (1, 0.5, 1.0), (2, 0.5, 0.0), (0, 1.0, 3.0), (0, 0.7, 2.0)]
    {
        let interruption = Some(Interruption { base, share, rate_per_hour: 0.0 });
        let fleet = Fleet { interruption, ..fleet(Scaling::fixed(3)) };
        let demand = Demand { step_s: 60.0, rates_per_s: &[1.0, 2.0], arrival_variability: 1.0 };
        let simulation = simulate(&[fleet], None, &demand, 0, &mut ());
        assert!((simulation.fleets[0].mean_interruptible - expected).abs() < 1e-12, "{base} {share}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn work_is_conserved_and_bounds_hold(
        rates in proptest::collection::vec(0.0..1_000.0, 1..200),
        target in 0.2..0.9, least in 1_u32..4, more in 0_u32..10, longest_wait_s in 0.0..600.0, start_s in 0.0..400.0,
    ) {
        let most = least + more;
        let policies = vec![
            Policy::target(Metric::Processor, target),
            Policy::target(Metric::RequestsPerMinute, target * 6_000.0),
        ];
        let mut fleet = fleet(scaled(policies, (least, most), (60.0, 120.0), start_s));
        fleet.services[0].longest_wait_s = longest_wait_s;
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let mut moments: Vec<Moment> = Vec::new();
        let simulation = simulate(&[fleet], None, &demand, 0, &mut moments);
        let service = &simulation.fleets[0].services[0];
        let kept = service.served + service.dropped + service.waiting;
        prop_assert!((kept - service.arrived).abs() <= 1e-9 * service.arrived + 1e-9);
        prop_assert!(service.utilisation <= 1.0 && service.peak_utilisation <= 1.0);
        prop_assert!(service.served_by_hour.iter().sum::<f64>() <= service.served * (1.0 + 1e-9));
        for moment in &moments {
            prop_assert!(moment.processor_utilisation <= 1.0);
            prop_assert!((least..=most).contains(&moment.desired) && moment.running <= most);
        }
    }

    #[test]
    fn steps_at_other_rates_are_the_same_one_by_one_and_many_at_once(
        rates in proptest::collection::vec(0.0..600.0, 1..200), start_s in 0.0..400.0, delay_s in 0.0..200.0,
        later in 1_u32..6,
    ) {
        let policies = vec![Policy::target(Metric::Processor, 0.6)];
        let mut many_at_once = fleet(scaled(policies, (1, 8), (60.0, 120.0), start_s));
        many_at_once.scaling.timing.delay_s = delay_s;
        many_at_once.scaling.bounds.push(Bounds { from_s: 3_000.0, least: later, most: 8 });
        // Where replicas may be taken away, each step is taken by itself; here none ever is.
        let none = Interruption { base: 0, share: 0.0, rate_per_hour: 0.0 };
        let one_by_one = Fleet { interruption: Some(none), ..many_at_once.clone() };
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let run = |fleet: Fleet| {
            let mut moments: Vec<Moment> = Vec::new();
            (simulate(&[fleet], None, &demand, 0, &mut moments), moments)
        };
        let unwatched = simulate(std::slice::from_ref(&many_at_once), None, &demand, 0, &mut ());
        let (simulation, moments) = run(many_at_once);
        let (steps, one_each) = run(one_by_one);
        prop_assert_eq!(&simulation, &unwatched);
        prop_assert_eq!(simulation, steps);
        prop_assert_eq!(moments, one_each);
    }

    #[test]
    fn more_capacity_never_lengthens_the_queue(
        rates in proptest::collection::vec(0.0..500.0, 1..200), replicas in 1_u32..5,
    ) {
        let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
        let run = |replicas| {
            let mut moments: Vec<Moment> = Vec::new();
            let mut fleet = fleet(Scaling::fixed(replicas));
            // Who drops what waits too long has the shorter queue, and serves fewer.
            fleet.services[0].longest_wait_s = f64::INFINITY;
            let simulation = simulate(&[fleet], None, &demand, 0, &mut moments);
            (moments, simulation)
        };
        let ((fewer, slow), (more, fast)) = (run(replicas), run(replicas + 1));
        for (few, many) in fewer.iter().zip(&more) {
            prop_assert!(many.waiting <= few.waiting * (1.0 + 1e-9) + 1e-9);
        }
        let (slow, fast) = (&slow.fleets[0].services[0], &fast.fleets[0].services[0]);
        prop_assert!(fast.dropped <= 0.0 && slow.dropped <= 0.0);
        if let (Some(slow), Some(fast)) = (slow.latency, fast.latency)
            && rates.iter().all(|rate| *rate < 95.0 * f64::from(replicas))
        {
            prop_assert!(fast.mean_s <= slow.mean_s * (1.0 + 1e-6));
        }
    }
}
