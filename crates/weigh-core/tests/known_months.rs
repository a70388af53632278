//! Known answers about months that are served minute by minute: what scales, what is paid, what is told.

mod support;

use support::{
    charges, compare, evaluation, failed, only, option, option_of, shown, status, text, whole_book,
};
use weigh_core::capacity::{Metric, Policy};
use weigh_core::platforms::{Brief, Platform, Proposal, Setup};

/// A text whose traffic has five times the rate from 09:00 to 17:00.
fn peak(rate: &str, component: &str, rest: &str) -> String {
    shaped(rate, "peak_hours = \"09:00-17:00\"\npeak_factor = 5\n", component, rest)
}

fn shaped(rate: &str, shape: &str, component: &str, rest: &str) -> String {
    let steady = text(rate, component, rest);
    let (head, tail) = steady.split_once("[[component]]").expect("a component");
    format!("{head}{shape}\n[[component]]{tail}")
}

/// Document 002: 2 tasks, 10 in 8 peak hours a day. A month of 730 h has 30 such days and one hour of the 31st.
#[test]
fn scheduled_tasks_are_paid_by_the_hour() {
    let settings =
        "tasks = 2; scaling = \"fixed\"; scheduled_hours = \"09:00-17:00\"; scheduled_capacity = 10";
    let bill = only(&peak("10_000/day", "", &option_of("fargate", settings))).bill;
    // 2 × 730 + 8 × 241 task-hours, and the tasks are there when their hours begin.
    assert_eq!(shown(&bill, "fargate/vcpu-hours"), "3388 × 0.04048 = 137.14624");
}

/// What a fixed fleet costs does not depend on when its requests come; what it serves does.
#[test]
fn the_shape_of_the_traffic_moves_no_fixed_cost() {
    let component = "cpu_time = \"100 ms\"; concurrency = 1";
    let settings = "tasks = 4; scaling = \"fixed\"";
    let (steady, shaped) = (
        only(&text("10/s", component, &option_of("fargate", settings))),
        only(&peak("10/s", component, &option_of("fargate", settings))),
    );
    assert_eq!(shown(&steady.bill, "fargate/"), shown(&shaped.bill, "fargate/"));
    let p95_s = |evaluation: &weigh_core::evaluate::Evaluation| evaluation.latency().expect("stable").p95_s;
    assert!(p95_s(&shaped) > p95_s(&steady), "{} {}", p95_s(&shaped), p95_s(&steady));
}

/// A fleet that follows its traffic costs less than one for the peak, and never less than the mean load needs.
#[test]
fn tasks_that_follow_the_traffic_cost_less_than_those_of_the_peak() {
    let component = "cpu_time = \"100 ms\"; concurrency = 8";
    let hours = |settings: &str| -> f64 {
        let evaluation = only(&peak("30/s", component, &option_of("fargate", settings)));
        evaluation.serving.fleets[0].mean
    };
    let (fixed, follows) = (hours("scaling = \"fixed\""), hours(""));
    // 30/s × 0.1 s are 3 busy vCPU on average, 6.43 in the peak hours; at 60 % that is 5 and 11 tasks.
    assert!((fixed - 11.0).abs() < 1e-9, "{fixed}");
    assert!((5.0..9.0).contains(&follows), "{follows}");
}

#[test]
fn steady_traffic_needs_no_scaling_unless_it_is_stated() {
    let steady = only(&text("10/s", "", &option_of("fargate", "")));
    assert!(steady.serving.simulation.is_none());
    let stated = only(&text("10/s", "", &option_of("fargate", "scaling = \"target-tracking\"")));
    let simulation = stated.serving.simulation.expect("a policy is simulated");
    assert!(simulation.fleets[0].scalings <= 2, "{simulation:?}");
}

/// A bound that is too low is told: when, for how many requests, and what would have served them.
#[test]
fn who_reaches_the_upper_bound_is_told() {
    let component = "cpu_time = \"100 ms\"; concurrency = 8";
    let comparison = compare(&peak("30/s", component, &option_of("fargate", "max_capacity = 4")));
    assert_eq!(failed(&comparison.options[0]), ["traffic"]);
    let serving = &evaluation(&comparison.options[0]).expect("it was served all the same").serving;
    let fleet = &serving.simulation.as_ref().expect("simulated").fleets[0];
    // 64.3/s in the peak hours, 10/s for each task.
    assert_eq!(fleet.saturation.replicas_needed, 7);
    assert!((fleet.saturation.longest_s / 3_600.0 - 8.0).abs() < 0.5, "{:?}", fleet.saturation);
    assert!(fleet.at_limit.duration_s > 200.0 * 3_600.0, "{:?}", fleet.at_limit);
    let told = weigh_core::report::comparison_report(
        &support::scenario(&peak("30/s", component, &option_of("fargate", "max_capacity = 4"))),
        support::catalog(),
        &comparison,
    );
    let notes = told.options[0].notes.join("\n");
    assert!(notes.contains("7 replicas would have served them") && notes.contains("day 1, 09:00"), "{notes}");
    assert!(notes.contains("raise `max_capacity`"), "{notes}");
}

/// A T3 in standard mode that earns less than it is asked for serves at its baseline.
#[test]
fn a_machine_without_credits_is_rejected_and_with_unlimited_ones_pays() {
    // A t3.micro earns 0.2 of its 2 vCPU; 0.5 are asked for.
    let component = "vcpu = 0.5; memory = \"256 MB\"; cpu_time = \"50 ms\"; concurrency = 8";
    let settings = |mode: &str| format!("instance_type = \"t3.micro\"; instances = 1; credits = \"{mode}\"");
    let standard = compare(&text("10/s", component, &option_of("ec2-compose", &settings("standard"))));
    assert_eq!(failed(&standard.options[0]), ["traffic"]);
    let throttled = &evaluation(&standard.options[0]).expect("served").serving.fleets[0];
    assert!(throttled.throttled_share > 0.9, "{throttled:?}");
    let unlimited = only(&text("10/s", component, &option_of("ec2-compose", &settings("unlimited"))));
    // 0.3 vCPU above the baseline for 730 h.
    assert_eq!(shown(&unlimited.bill, "ec2/cpu-credit-vcpu-hours"), "219 × 0.05 = 10.95");
    // The same under a shape: the day's peak eats what the night earned, the rest is charged.
    let shaped = only(&peak("10/s", component, &option_of("ec2-compose", &settings("unlimited"))));
    assert_eq!(charges(&shaped.bill, "ec2/cpu-credit-vcpu-hours").len(), 1);
    let surplus = shaped.serving.fleets[0].surplus_processor_hours;
    assert!((surplus - 219.0).abs() < 6.0, "{surplus}");
}

/// The settings of document 001 (lines 119 to 121) and of its service (500 to 531) become the policies they are.
#[test]
fn stated_policies_are_the_ones_that_run() {
    let policies = |settings: &str| {
        let scenario = support::scenario(&peak("30/s", "", &option_of("fargate", settings)));
        let platform = Platform::find("fargate").expect("a platform");
        let brief = Brief {
            scenario: &scenario,
            catalog: support::catalog(),
            settings: &scenario.options[0].settings,
        };
        let Proposal::Deployments(deployments) = (platform.propose)(&brief) else { panic!("rejected") };
        let Setup::Fleets { fleets, .. } = deployments[0].setup() else { panic!("no fleets") };
        fleets[0].scaling.clone()
    };
    let step = policies("scaling = \"step\"");
    let [Policy::Step { metric: Metric::Processor, out, back }] = step.policies.as_slice() else {
        panic!("{step:?}")
    };
    assert_eq!((out.value, out.periods, back.value, back.periods), (0.7, 5, 0.3, 10));
    let targets = policies(
        "target_cpu = \"70 %\"; target_requests = 1_000; min_capacity = 2; max_capacity = 10; scale_out_cooldown = \"60 s\"",
    );
    assert_eq!(targets.policies.len(), 2);
    assert_eq!((targets.range(), targets.out_cooldown_s, targets.in_cooldown_s), ((2, 10), 60.0, 300.0));
    assert!(whole_book().regions().len() > 1);
}

/// The report of one text is the same, byte for byte, however often it is made.
#[test]
fn a_simulated_month_is_the_same_every_time() {
    let text = shaped(
        "2/s",
        "[[traffic.burst]]\nfactor = 10\nlength = \"60 s\"\nevery = \"10 min\"\n",
        "cpu_time = \"200 ms\"",
        "",
    );
    assert_eq!(support::json(&text).to_string(), support::json(&text).to_string());
}

#[test]
fn a_number_that_nobody_stated_grows_until_the_month_is_served() {
    // A burst of 4 × for 5 minutes every 2 hours is beyond what the busy hour is sized for.
    let bursts = "[[traffic.burst]]\nfactor = 4\nlength = \"5 min\"\nevery = \"2 h\"\n";
    for (platform, stated) in [("ec2-compose", "instances = 1"), ("lightsail", "nodes = 1")] {
        let component = "cpu_time = \"100 ms\"; concurrency = 4";
        let grown = compare(&shaped("4/s", bursts, component, &option_of(platform, "")));
        let grown = option(&grown, "it");
        assert_eq!(status(grown), "ranked", "{platform} {:?}", failed(grown));
        let evaluation = evaluation(grown).expect("its month");
        assert!(evaluation.components.iter().all(|each| each.served.throttled_share <= 1e-4));
        let fixed = compare(&shaped("40/s", bursts, component, &option_of(platform, stated)));
        assert_eq!(failed(option(&fixed, "it")), ["traffic"], "{platform}");
    }
}
