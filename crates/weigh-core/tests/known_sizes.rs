//! Known answers about sizes: which one speaks for an option, and what is added so that a need can be met.

mod support;

use support::{charges, compare, evaluation, failed, only, option, option_of, shown, status, text};
use weigh_core::report::comparison_report;

/// The notes of the one option of a text.
fn notes(text: &str) -> String {
    only(text).notes.join("\n")
}

#[test]
fn a_stated_count_still_finds_the_size_that_holds_the_traffic() {
    // 60/s × 50 ms on 2 vCPU of each copy: 3 vCPU are busy, so 2 vCPU are too few and 4 are enough.
    let component = "vcpu = 2; memory = \"1 GB\"; concurrency = 8";
    let evaluation = only(&text("60/s", component, &option_of("ec2-compose", "instances = 1")));
    assert!(evaluation.utilisation() < 1.0, "{}", evaluation.size);
    let types = ["c6i.xlarge", "m5.xlarge", "t3.xlarge"];
    assert!(types.iter().any(|name| evaluation.size.ends_with(name)), "{}", evaluation.size);
}

#[test]
fn a_larger_burstable_type_wins_where_credits_cost_more_than_it() {
    // 1/s × 0.4 s of CPU keep 0.4 vCPU busy: a t3.micro (0.0104 $/h) has 0.2 of them as its baseline and pays
    // 0.2 × 0.05 $/h for the rest, 0.0204 together; a t3.small costs 0.0208 and has 0.4; at 0.45 busy vCPU the
    // micro pays 0.0229 and the small 0.0233; at 0.3 the micro pays 0.0154.
    for (rate, size) in [("0.75/s", "1 × t3.micro"), ("1/s", "1 × t3.micro")] {
        let component = "vcpu = 0.25; memory = \"256 MB\"; cpu_time = \"400 ms\"; concurrency = 8";
        let wishes = "[wishes]\nmonthly_cost = 1\n";
        let chosen = only(&text(rate, component, &format!("{wishes}{}", option_of("ec2-compose", ""))));
        assert_eq!(chosen.size, size, "{rate}");
    }
    // 512 MB does not fit beside the system on a t3.micro twice over; what is chosen is never dearer than the next.
    let chosen = |settings: &str| {
        let component = "vcpu = 0.5; memory = \"512 MB\"; cpu_time = \"300 ms\"; concurrency = 8";
        let wishes = "[wishes]\nmonthly_cost = 1\n";
        let text = text("4/s", component, &format!("{wishes}{}", option_of("ec2-compose", settings)));
        only(&text).bill.total()
    };
    for stated in ["t3.small", "t3.medium", "t3.large", "m5.large", "c5.large"] {
        let stated = format!("instance_type = \"{stated}\"");
        assert!(chosen("") <= chosen(&stated), "{stated} is cheaper");
    }
}

#[test]
fn copies_of_the_containers_fill_a_machine() {
    // One worker of 1 vCPU: a t3.xlarge holds four of them, and serves four requests at once.
    let component = "vcpu = 1; memory = \"1 GB\"; cpu_time = \"100 ms\"; concurrency = 1";
    let settings = "instances = 1; instance_type = \"t3.xlarge\"";
    let evaluation = only(&text("20/s", component, &option_of("ec2-compose", settings)));
    assert!((evaluation.utilisation() - 0.5).abs() < 1e-12, "{}", evaluation.utilisation());
}

#[test]
fn more_vcpu_where_only_that_meets_the_p95_need() {
    // 50 ms of CPU on 0.25 vCPU take 200 ms, P95 599 ms; on 0.5 vCPU 100 ms and 300 ms.
    let component = "vcpu = 0.25; memory = \"512 MB\"";
    let needs = "[needs]\np95_latency = \"400 ms\"\n";
    for (platform, size) in [("fargate", "1 × 0.5 vCPU, 1 GB"), ("ecs-ec2", "1 task")] {
        let text = text("1_000/day", component, &format!("{needs}{}", option_of(platform, "")));
        assert!(only(&text).size.ends_with(size), "{}", only(&text).size);
        assert!(
            notes(&text).contains("0.25 vCPU is too slow for the P95 need; 0.5 each"),
            "{}",
            notes(&text)
        );
    }
    let stated = text("1_000/day", component, &format!("{needs}{}", option_of("fargate", "vcpu = 0.25")));
    assert_eq!(failed(option(&compare(&stated), "it")), ["p95_latency"]);
}

#[test]
fn two_replicas_where_only_that_meets_the_availability() {
    let component = "vcpu = 0.25; memory = \"512 MB\"";
    for (needs, size) in
        [("", "1 × 0.25 vCPU, 512 MB"), ("[needs]\navailability = \"99.9 %\"\n", "2 × 0.25 vCPU, 512 MB")]
    {
        let text = text("1_000/day", component, &format!("{needs}{}", option_of("fargate", "")));
        assert_eq!(only(&text).size, size, "{needs}");
    }
    // No count reaches 99.999 %: two services of 99.99 % stand in series.
    let needs = "[needs]\navailability = \"99.999 %\"\n";
    let comparison = compare(&text("1_000/day", component, &format!("{needs}{}", option_of("fargate", ""))));
    assert_eq!(failed(option(&comparison, "it")), ["availability"]);
}

#[test]
fn what_a_function_refuses_is_told() {
    // 99.6/s × 10 s are 996 executions at once of a quota of 1,000: Erlang B refuses 2.2 % of them.
    let component = "cpu_time = \"0 s\"; wait_time = \"10 s\"";
    let comparison = compare(&text("99.6/s", component, &option_of("lambda", "")));
    assert_eq!(failed(option(&comparison, "it")), ["traffic"]);
    let raised = compare(&text("99.6/s", component, &option_of("lambda", "concurrency_quota = 2_000")));
    assert_eq!(status(option(&raised, "it")), "ranked");
    let settings = "provisioned_concurrency = 1_001";
    let comparison = compare(&text("1/s", "", &option_of("lambda", settings)));
    assert_eq!(failed(option(&comparison, "it")), ["provisioned_concurrency"]);
}

#[test]
fn tasks_with_interfaces_of_their_own_call_through_nat() {
    let calls = "wait_time = \"1 s\"";
    let silent = "";
    for (component, mode, expected) in
        [(calls, "awsvpc", "730 × 0.045 = 32.85"), (calls, "bridge", ""), (silent, "awsvpc", "")]
    {
        let settings = format!("network_mode = \"{mode}\"");
        let evaluation = only(&text("1_000/day", component, &option_of("ecs-ec2", &settings)));
        assert_eq!(shown(&evaluation.bill, "vpc/nat-gateway-hours"), expected, "{component} {mode}");
    }
}

#[test]
fn a_search_prefers_sizes_with_prices_of_their_own() {
    let rest = "region = \"ap-south-1\"\nassume_missing_from = \"us-east-1\"\n[needs]\nmin_replicas = 2\n";
    let comparison = compare(&text("10_000/day", "", &format!("{rest}{}", option_of("ec2-compose", ""))));
    let bill = &evaluation(option(&comparison, "it")).expect("priced").bill;
    let borrowed =
        |price_id| charges(bill, price_id).iter().any(|each| each.provenance.borrowed_from.is_some());
    assert!(borrowed("elb/application-lcu-hours") && !borrowed("ec2/instance-hours"));
}

#[test]
fn an_unproven_compliance_is_no_compliance() {
    let needs = "[needs]\ncompliance = [\"PCI-DSS\"]\n";
    let comparison = compare(&text("1_000/day", "", needs));
    assert_eq!(failed(option(&comparison, "lightsail")), ["compliance"]);
    assert_eq!(status(option(&comparison, "fargate")), "ranked");
}

#[test]
fn the_nearest_deployment_is_the_one_with_the_least_to_spare() {
    let needs = "[needs]\nmonthly_budget = \"$1\"\n";
    let component = "vcpu = 0.25; memory = \"512 MB\"";
    let comparison =
        compare(&text("1_000/day", component, &format!("{needs}{}", option_of("lightsail", ""))));
    assert_eq!(evaluation(option(&comparison, "it")).expect("priced").size, "1 × nano");
}

#[test]
fn equal_scores_put_the_cheaper_first_and_name_all_that_tie() {
    let options = "[wishes]\ncold_start_share = 1\n[[option]]\nplatform = \"fargate\"\ntasks = 2\n\
        [[option]]\nplatform = \"lightsail\"\nnodes = 1\n[[option]]\nplatform = \"ec2-compose\"\ninstances = 1\n";
    let text = text("1_000/day", "vcpu = 0.25; memory = \"512 MB\"", options);
    let comparison = compare(&text);
    let first = comparison.ranked().next().expect("ranked").0;
    assert_eq!(first.name, "lightsail");
    let report = comparison_report(&support::scenario(&text), support::catalog(), &comparison);
    let told = report.recommendation.join(" ");
    assert!(told.starts_with("lightsail, ec2-compose and fargate have the same score"), "{told}");
}

#[test]
fn whole_servers_stay_below_the_target() {
    // 100 ms of CPU and 90 ms of waiting on 1 vCPU serve 1.9 requests at once: of one replica 1 whole one.
    let component =
        "vcpu = 1; memory = \"1 GB\"; cpu_time = \"100 ms\"; wait_time = \"90 ms\"; concurrency = 4";
    for rate in ["1/s", "3/s", "5.2/s", "5.9/s", "12/s", "40/s"] {
        for platform in ["fargate", "ecs-ec2", "ec2-compose"] {
            let load = only(&text(rate, component, &option_of(platform, ""))).utilisation();
            assert!(load <= 0.6 + 1e-9, "{platform} at {rate}: {load}");
        }
    }
}

#[test]
fn streams_and_websockets_outlive_an_idle_timeout() {
    for needs in ["websocket = true", "streaming = true"] {
        let needs = format!("[needs]\nlongest_request = \"2 h\"\n{needs}\n");
        let text = text("1_000/day", "", &format!("{needs}{}", option_of("fargate", "")));
        assert!(notes(&text).contains("send something before"), "{needs}");
    }
}

#[test]
fn a_gpu_is_not_shared() {
    // 2/s × 1 s of one worker each at 60 % are 4 tasks, and a g4dn.xlarge has one GPU.
    let component = "vcpu = 1; memory = \"2 GB\"; cpu_time = \"1 s\"";
    let needs = "[needs]\ngpu = true\n";
    for (platform, size) in [("ecs-ec2", "4 × g4dn.xlarge, 4 tasks"), ("ec2-compose", "4 × g4dn.xlarge")] {
        let option = option_of(platform, "instance_type = \"g4dn.xlarge\"");
        let evaluation = only(&text("2/s", component, &format!("{needs}{option}")));
        assert_eq!(evaluation.size, size);
    }
}

#[test]
fn each_function_has_the_memory_that_its_component_needs() {
    let second = "[[component]]\nname = \"worker\"\nvcpu = 1\nmemory = \"3 GB\"\ncpu_time = \"0 s\"\nwait_time = \"1 s\"\n";
    let rest = format!("{second}{}", option_of("lambda", ""));
    let evaluation =
        only(&text("1_000/day", "memory = \"256 MB\"; cpu_time = \"0 s\"; wait_time = \"1 s\"", &rest));
    assert_eq!(evaluation.size, "256 + 3072 MB, function-url");
}

#[test]
fn redundancy_that_nobody_asked_for_is_not_bought() {
    // At 4/s one t3a.medium holds what two single-vCPU instances hold; the second zone is no reason to take two.
    let component =
        "vcpu = 1; memory = \"1 GB\"; cpu_time = \"150 ms\"; wait_time = \"100 ms\"; concurrency = 4";
    let evaluation = only(&text("4/s", component, &option_of("ec2-compose", "")));
    assert!(evaluation.size.starts_with("1 × "), "{}", evaluation.size);
}

#[test]
fn replicas_are_copies_and_not_machines() {
    // 6 replicas of 1 vCPU: three copies on each of two instances of 4 vCPU are enough.
    let needs = "[needs]\nmin_replicas = 6\n";
    let option = option_of("ec2-compose", "instance_type = \"t3.xlarge\"");
    let evaluation = only(&text("1_000/day", "vcpu = 1; memory = \"1 GB\"", &format!("{needs}{option}")));
    assert_eq!(evaluation.size, "2 × t3.xlarge");
}

#[test]
fn a_platform_that_cannot_hold_the_replicas_says_so() {
    let needs = "[needs]\nmin_replicas = 30\n";
    let comparison = compare(&text("1_000/day", "vcpu = 0.25; memory = \"512 MB\"", needs));
    assert_eq!(failed(option(&comparison, "lightsail")), ["min_replicas"]);
}

#[test]
fn a_function_starts_as_measured_with_its_memory() {
    // java21 on x86: 243.2 ms with 256 MB, 245.8 ms with 512 MB, 244.5 ms in the middle; 244.4 ms from 1,024 MB on.
    for (memory, median) in [(512, 246), (384, 245), (1_769, 244)] {
        let component = "runtime = \"java21\"; memory = \"128 MB\"";
        let option = option_of("lambda", &format!("memory = \"{memory} MB\""));
        let told = notes(&text("10/s", component, &option).replace("start_up_time = \"0 s\"", ""));
        let expected = format!("function (zip) of {memory} MB measured on x86, {median} ms and ");
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn beyond_the_quota_the_month_is_told() {
    // 100/s on average, 5 × in 8 hours: 215/s × 5 s are 1,077 executions at once of a quota of 1,000.
    let component = "cpu_time = \"0 s\"; wait_time = \"5 s\"; memory = \"512 MB\"";
    let daily = "[traffic]\npeak_hours = \"09:00-17:00\"\npeak_factor = 5";
    let text = text("100/s", component, &option_of("lambda", "")).replace("[traffic]", daily);
    let comparison = compare(&text);
    let option = option(&comparison, "it");
    assert_eq!(failed(option), ["traffic"]);
    let nearest = evaluation(option).expect("its month");
    let did = &nearest.serving.per_request[0];
    // Each day from 09:00 on, 8 hours of a month of 730.
    assert!((did.refusing_from_s - 9.0 * 3_600.0).abs() < 1.0);
    assert!((did.refusing_s - 30.0 * 8.0 * 3_600.0).abs() < 3_600.0 * 2.0);
    assert!((1_100..1_250).contains(&did.limit_needed), "{}", did.limit_needed);
    assert!(did.served.utilisation <= 1.0 && did.peak_concurrency <= 1_000.0);
    assert!(did.served.mean_idle_servers + did.served.mean_concurrency <= 1_000.0);
}

#[test]
fn functions_share_the_quota_where_it_is_not_enough() {
    let component = "cpu_time = \"0 s\"; wait_time = \"6 s\"; memory = \"512 MB\"";
    let second = "[[component]]\nname = \"second\"\nvcpu = 0.5\nmemory = \"512 MB\"\ncpu_time = \"0 s\"\nwait_time = \"2 s\"\n";
    let scenario = |rest: &str| text("150/s", component, &format!("{second}{}", option_of("lambda", rest)));
    // 900 and 300 executions at once, each below the quota of 1,000, both together above it.
    let comparison = compare(&scenario(""));
    assert_eq!(failed(option(&comparison, "it")), ["traffic"]);
    let nearest = evaluation(option(&comparison, "it")).expect("its month");
    let busy: f64 = nearest.serving.per_request.iter().map(|did| did.served.mean_concurrency).sum();
    assert!((900.0..=1_000.0).contains(&busy), "{busy}");
    let raised = compare(&scenario("concurrency_quota = 1_500"));
    assert_eq!(status(option(&raised, "it")), "ranked");
}

#[test]
fn functions_refuse_as_one_what_the_account_can_not_hold() {
    // 500 and 500 executions at once of 1,000: Erlang B refuses 2.48 % of both; with 450 and 450 next to none.
    let component = "cpu_time = \"0 s\"; wait_time = \"1 s\"; memory = \"512 MB\"";
    let second = "[[component]]\nname = \"second\"\nvcpu = 0.5\nmemory = \"512 MB\"\ncpu_time = \"0 s\"\nwait_time = \"1 s\"\n";
    let refused = |rate: &str, settings: &str| {
        let comparison =
            compare(&text(rate, component, &format!("{second}{}", option_of("lambda", settings))));
        let option = option(&comparison, "it");
        let shares =
            evaluation(option).map(|it| it.components.iter().map(|each| each.served.throttled_share));
        (shares.map(Iterator::collect::<Vec<f64>>), failed(option).first().copied().map(str::to_owned))
    };
    let (shares, need) = refused("500/s", "");
    assert!(shares.unwrap().iter().all(|share| (share - 0.0248).abs() < 0.0001));
    assert_eq!(need.as_deref(), Some("traffic"));
    assert_eq!(refused("450/s", "").1, None);
    // What both keep ready counts together.
    assert_eq!(refused("1/s", "provisioned_concurrency = 600").1.as_deref(), Some("provisioned_concurrency"));
    assert_eq!(refused("1/s", "provisioned_concurrency = 500").1, None);
}
