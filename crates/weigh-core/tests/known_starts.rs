//! Known answers on starts: what a cold request waits and pays, and what it costs that none is.

mod support;

use support::{
    catalog, charges, compare, cost, evaluation, exactly, failed, json, only, option_of, scenario, shown,
    text,
};
use weigh_core::capacity::{ColdMethod, Outcome};
use weigh_core::evaluate::Evaluation;
use weigh_core::report::explanation_report;

/// One request an hour of 2 s: nearly all are cold, and none waits for anything else.
fn hourly(component: &str, settings: &str) -> Evaluation {
    let component = format!("wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"; {component}");
    let text = text("1/hour", &component, &option_of("lambda", &format!("memory = \"1024 MB\"; {settings}")));
    let measured = component.contains("runtime =");
    only(&if measured { text.replace("start_up_time = \"0 s\"", "") } else { text })
}

/// What a cold request waits, in seconds: the mean beyond the 2 s, for each that is cold.
fn waited_s(evaluation: &Evaluation) -> f64 {
    let served = evaluation.components[0].served;
    let Outcome::Stable(latency) = served.outcome else { panic!("it is stable") };
    (latency.mean_s - 2.0) / served.cold_start_share
}

#[test]
fn a_start_is_placing_network_code_init_and_first_run() {
    // java21, zip, x86, 1,024 MB: INIT 244.4 ms, and 16.6 ms in the table for the first run.
    let table =
        catalog().start_up("java21", weigh_core::catalog::Package::Zip, "x86".parse().unwrap(), 1_024);
    let times = table.expect("it was measured").times;
    let ms = |value: rust_decimal::Decimal| weigh_core::money::approximate(value) / 1_000.0;
    let java = ms(times.init_p50_ms) + ms(times.cold_handler_mean_ms);
    for (component, settings, expected) in [
        ("start_up_time = \"3 s\"", "", 3.1),
        ("start_up_time = \"3 s\"", "vpc = true", 3.33),
        // A stated start-up holds the loading of the code.
        ("start_up_time = \"3 s\"", "package_size = \"10 MB\"", 3.1),
        ("runtime = \"java21\"", "", java + 0.1),
        ("runtime = \"java21\"", "package_size = \"10 MB\"", java + 0.1 + 1.02),
        ("runtime = \"java21\"", "package_size = \"10 MB\"; vpc = true", java + 0.1 + 1.02 + 0.23),
        ("runtime = \"java21\"", "snap_start = true", ms(times.cold_handler_mean_ms) + 0.1 + 0.737),
        (
            "runtime = \"java21\"",
            "snap_start = true; restore_time = \"300 ms\"",
            ms(times.cold_handler_mean_ms) + 0.4,
        ),
    ] {
        let waited = waited_s(&hourly(component, settings));
        assert!((waited - expected).abs() < 1e-6, "{component} {settings}: {waited} for {expected}");
    }
}

#[test]
fn snapshots_are_free_for_java_and_cached_and_restored_at_a_price_for_others() {
    let java = hourly("runtime = \"java21\"", "snap_start = true");
    assert!(charges(&java.bill, "lambda/snapstart").is_empty());
    let python = hourly("runtime = \"python3.13\"", "snap_start = true; restore_time = \"300 ms\"");
    // 1 GB all month: 730 × 3,600 GB-s.
    assert_eq!(shown(&python.bill, "lambda/snapstart-cache"), "2628000 × 0.0000015046 = 3.9540888");
    let restored = charges(&python.bill, "lambda/snapstart-restore")[0].quantity;
    // 730 requests, of which e^(-0.1) = 0.905 find nothing warm: a GB each.
    assert!(restored > 655.into() && restored < 670.into(), "{restored}");
    let init = python.bill.charges().iter().any(|charge| charge.description.contains("INIT"));
    assert!(!init, "what is restored is not initialized");
}

#[test]
fn snapshots_have_their_limits() {
    let small = "vcpu = 0.25; memory = \"512 MB\"";
    for (component, settings, needs, expected) in [
        ("runtime = \"java21\"", "", "", ""),
        ("", "", "", "snap_start"),
        ("runtime = \"nodejs22\"", "restore_time = \"1 s\"", "", "snap_start"),
        ("runtime = \"python3.11\"", "restore_time = \"1 s\"", "", "snap_start"),
        ("runtime = \"python3.13\"", "restore_time = \"1 s\"", "", ""),
        ("runtime = \"python3.13\"", "", "", "snap_start"),
        ("runtime = \"java21\"", "package = \"image\"", "", "snap_start"),
        ("runtime = \"java21\"", "provisioned_concurrency = 1", "", "snap_start"),
        ("runtime = \"java21\"", "ephemeral_storage = \"1 GB\"", "", "snap_start"),
    ] {
        let option = option_of("lambda", &format!("snap_start = true; {settings}"));
        let comparison =
            compare(&text("10_000/day", &format!("{small}; {component}"), &format!("{needs}{option}")));
        let found = failed(&comparison.options[0]);
        assert_eq!(found.first().copied().unwrap_or(""), expected, "{component} {settings}: {found:?}");
    }
    let large = option_of("lambda", "package_size = \"251 MB\"");
    assert_eq!(failed(&compare(&text("10_000/day", small, &large)).options[0]), ["package_size"]);
}

#[test]
fn functions_in_a_network_reach_the_outside_through_nat() {
    let calls = "outside_request_size = \"1 KB\"";
    let bill = |component: &str, settings: &str| {
        let component = format!("memory = \"512 MB\"; {component}");
        only(&text("10_000/day", &component, &option_of("lambda", settings))).bill
    };
    assert_eq!(shown(&bill(calls, "vpc = true"), "vpc/nat-gateway-hours"), "1460 × 0.045 = 65.7");
    assert!(
        charges(&bill(calls, ""), "vpc/").is_empty() && charges(&bill("", "vpc = true"), "vpc/").is_empty()
    );
}

#[test]
fn the_rule_of_reuse_decides_and_is_simulated_where_no_formula_holds() {
    let served = |settings: &str| {
        let evaluation =
            only(&text("1/s", "cpu_time = \"200 ms\"; memory = \"1769 MB\"", &option_of("lambda", settings)));
        (evaluation.serving.per_request[0].method, evaluation.cold_start_share())
    };
    let (method, recent) = served("");
    assert!(method == ColdMethod::Formula && (8.3e-4..1.3e-3).contains(&recent), "{recent}");
    let (method, longest) = served("dispatch = \"least-recently-used\"");
    assert!(matches!(method, ColdMethod::Events { .. }) && longest < recent, "{longest}");
    let (_, varied) = served("keep_alive_distribution = \"measured-2021\"");
    assert!((varied / recent - 1.0).abs() < 0.06 && (varied - recent).abs() > 0.0, "{varied}");
}

const DAY: &str = "[traffic]\nrate = \"40/s\"\npeak_hours = \"09:00-17:00\"\npeak_factor = 8\n";

/// Traffic of a working day instead of the steady one.
fn daily(needs: &str, option: &str) -> String {
    let component = "vcpu = 0.5; memory = \"1 GB\"; image_size = \"400 MB\"; concurrency = 20";
    text("40/s", component, &format!("{needs}{option}")).replace("[traffic]\nrate = \"40/s\"\n", DAY)
}

#[test]
fn never_cold_has_its_means_and_its_price_on_every_platform() {
    let needs = "[needs]\nnever_cold = true\n";
    for platform in ["lambda", "fargate", "ecs-ec2"] {
        let option =
            option_of(platform, if platform == "ecs-ec2" { "instance_type = \"m5.large\"" } else { "" });
        let with = compare(&daily(needs, &option));
        let without = compare(&daily("", &option));
        let (own, other) = (evaluation(&with.options[0]).unwrap(), evaluation(&without.options[0]).unwrap());
        assert!(failed(&with.options[0]).is_empty(), "{platform}: {:?}", failed(&with.options[0]));
        assert!(own.cold_start_share() < 1e-4, "{platform}: {}", own.cold_start_share());
        assert!(other.cold_start_share() > 2.0 * own.cold_start_share(), "{platform}: {other:?}");
        let told = with.options[0].never_cold.as_ref().expect("the need has a price");
        assert_eq!(told.cost, own.bill.total() - other.bill.total(), "{platform}");
        // More tasks may fit on the same instances.
        let dearer = told.cost > 0.into() || (platform == "ecs-ec2" && told.cost >= 0.into());
        assert!(dearer && told.size_without == other.size, "{platform}: {told:?}");
        assert!(without.options[0].never_cold.is_none());
        let report = json(&daily(needs, &option));
        let written = report["options"][0]["never_cold_cost"].as_str().expect("a decimal string");
        assert_eq!(exactly(written), told.cost, "{platform}");
    }
}

#[test]
fn the_smallest_minimum_that_holds_the_month_is_taken() {
    let needs = "[needs]\nnever_cold = true\n";
    let fewer = |evaluation: &Evaluation| {
        evaluation.serving.simulation.as_ref().unwrap().fleets[0].present_by_hour[0]
    };
    let own = compare(&daily(needs, &option_of("fargate", "")));
    let least = fewer(evaluation(&own.options[0]).unwrap()).round();
    // One fewer does not hold it, and a stated minimum is kept as it is.
    let stated = compare(&daily(needs, &option_of("fargate", &format!("min_capacity = {}", least - 1.0))));
    assert_eq!(failed(&stated.options[0]), ["never_cold"], "{least}");
}

#[test]
fn explanations_tell_latency_with_and_without_cold_starts() {
    let text = text("1/s", "memory = \"1769 MB\"; start_up_time = \"9 s\"", &option_of("lambda", ""));
    let (scenario, comparison) = (scenario(&text), compare(&text));
    let report = explanation_report(&scenario, catalog(), &comparison, &comparison.options[0]);
    let (component, cold) = (&report.components[0], report.components[0].cold_starts.as_ref().unwrap());
    assert!(component.latency.unwrap().mean_ms > cold.warm_latency.mean_ms + 5.0);
    assert!((cold.warm_latency.mean_ms - 50.0).abs() < 1e-6 && cold.mean_idle > 1.0);
    assert_eq!((cold.method, cold.simulated_requests), ("formula", None));
    assert!(cost(&evaluation(&comparison.options[0]).unwrap().bill, "lambda/") > 0.into());
}
