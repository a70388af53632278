//! Known answers of money, through the whole pipeline on the frozen book; each figure is computed by hand beside it.

mod support;

use rust_decimal::Decimal;
use support::{catalog, cost, exactly, only, option_of, shown, text};
use weigh_core::platforms::{Interfaces, Room, TaskNeed, pack};

/// A row: platform, its settings, the component, the price id, and the charges as `quantity × rate = cost`.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// Holds rows at one rate and with one header against the bills without allowances.
fn hold(rate: &str, header: &str, rows: &[Row<'_>]) {
    for (platform, settings, component, price_id, expected) in rows {
        let rest = format!("{header}\n{}", option_of(platform, settings));
        let bill = only(&text(rate, component, &rest)).bill_without_allowances;
        assert_eq!(shown(&bill, price_id), *expected, "{platform} {settings} {component}: {price_id}");
    }
}

#[test]
fn hours_of_what_runs_all_month() {
    let vcpu = "fargate/vcpu-hours";
    let memory = "fargate/memory-gb-hours";
    let two = "vcpu = 1.5; memory = \"2048 MiB\"";
    hold(
        "10_000/month",
        "",
        &[
            // 2 tasks × 1 vCPU × 730 h and 2 tasks × 2 GB × 730 h; together 72.0802.
            ("fargate", "tasks = 2", "", vcpu, "1460 × 0.04048 = 59.1008"),
            ("fargate", "tasks = 2", "", memory, "2920 × 0.004445 = 12.9794"),
            // 1,536 CPU units and 2,048 MiB become 2 vCPU and 4 GB: 1 × 2 × 730 and 1 × 4 × 730.
            ("fargate", "tasks = 1", two, vcpu, "1460 × 0.04048 = 59.1008"),
            ("fargate", "tasks = 1", two, memory, "2920 × 0.004445 = 12.9794"),
            // ARM: 730 × 0.03238.
            ("fargate", "tasks = 1; architecture = \"arm\"", "", vcpu, "730 × 0.03238 = 23.6374"),
            // 30 GB less the free 20, in 2 tasks: 2 × 10 × 730.
            (
                "fargate",
                "tasks = 2; ephemeral_storage = \"30 GB\"",
                "",
                "fargate/ephemeral",
                "14600 × 0.000111 = 1.6206",
            ),
            (
                "ec2-compose",
                "instance_type = \"t3.medium\"; instances = 1",
                "",
                "ec2/instance-hours/t3.medium",
                "730 × 0.0416 = 30.368",
            ),
            (
                "ec2-compose",
                "instance_type = \"t3.medium\"; instances = 3; disk = \"50 GB\"",
                "",
                "ebs/",
                "150 × 0.08 = 12",
            ),
            ("fargate", "tasks = 2", "", "elb/application-load-balancer-hours", "730 × 0.0225 = 16.425"),
            ("ec2-compose", "instance_type = \"t3.medium\"; instances = 1", "", "elb/", ""),
            // One gateway a zone: one task is in one zone, two tasks are in two.
            ("fargate", "tasks = 1; network = \"nat\"", "", "vpc/nat-gateway-hours", "730 × 0.045 = 32.85"),
            ("fargate", "tasks = 2; network = \"nat\"", "", "vpc/nat-gateway-hours", "1460 × 0.045 = 65.7"),
            // Addresses: 2 of the load balancer, and 2 of the tasks, or 1 of the one gateway.
            ("fargate", "tasks = 2", "", "vpc/public-ipv4", "1460 × 0.005 = 7.3; 1460 × 0.005 = 7.3"),
            (
                "fargate",
                "tasks = 1; network = \"nat\"",
                "",
                "vpc/public-ipv4",
                "1460 × 0.005 = 7.3; 730 × 0.005 = 3.65",
            ),
        ],
    );
}

#[test]
fn the_sums_and_the_note_of_the_rounded_task() {
    for (settings, component, noted) in [
        ("tasks = 2", "", ""),
        (
            "tasks = 1",
            "vcpu = 1.5; memory = \"2048 MiB\"",
            "app: 1.5 vCPU and 2 GB is no Fargate size; rounded up to 2 vCPU and 4 GB",
        ),
    ] {
        let evaluation = only(&text("10_000/month", component, &option_of("fargate", settings)));
        assert_eq!(cost(&evaluation.bill, "fargate/"), exactly("72.0802"), "{settings}");
        assert_eq!(evaluation.notes.join("\n"), noted, "{settings}");
        // Beside the tasks: load balancer 16.425, two addresses of it 7.30, and those of the tasks.
        let tasks: Decimal = if component.is_empty() { 2.into() } else { 1.into() };
        let around = exactly("16.425") + exactly("7.3") + exactly("3.65") * tasks;
        let capacity_units = cost(&evaluation.bill, "elb/application-lcu-hours");
        assert_eq!(evaluation.bill.total(), exactly("72.0802") + around + capacity_units, "{settings}");
        assert!(capacity_units < exactly("0.001"), "a request every four minutes is no load");
    }
}

#[test]
fn a_calendar_month_has_its_own_hours() {
    let vcpu = "fargate/vcpu-hours";
    let once = "wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"";
    let by_month: [(&str, [&str; 3]); 3] = [
        // 24 × 28 = 672 h, and 28 days of 10,000 requests × 2 s × 1 GB
        ("2026-02", ["1344 × 0.04048 = 54.40512", "280000 × 0.0000002 = 0.056", "560000"]),
        ("2026-03", ["1488 × 0.04048 = 60.23424", "310000 × 0.0000002 = 0.062", "620000"]),
        ("2026-04", ["1440 × 0.04048 = 58.2912", "300000 × 0.0000002 = 0.06", "600000"]),
    ];
    for (month, [hours, requests, gb_seconds]) in by_month {
        let header = format!("month = \"{month}\"");
        hold("10_000/day", &header, &[("fargate", "tasks = 2", "", vcpu, hours)]);
        let lambda = format!("{header}\n{}", option_of("lambda", "memory = \"1024 MB\""));
        let bill = only(&text("10_000/day", once, &lambda)).bill_without_allowances;
        assert_eq!(shown(&bill, "lambda/requests"), requests, "{month}");
        let running = shown(&bill, "lambda/duration-gb-seconds/x86");
        assert!(running.starts_with(&format!("{gb_seconds} × 0.0000166667")), "{month}: {running}");
    }
}

#[test]
fn a_lightsail_node_costs_its_month_and_never_more() {
    let small = "vcpu = 0.25; memory = \"512 MB\"";
    for month in ["730h", "2026-02", "2026-03"] {
        for (nodes, expected) in [(1, "1 × 10 = 10"), (2, "2 × 10 = 20"), (20, "20 × 10 = 200")] {
            let settings = format!("power = \"micro\"; nodes = {nodes}");
            let rest = format!("month = \"{month}\"\n{}", option_of("lightsail", &settings));
            let bill = only(&text("10_000/month", small, &rest)).bill;
            assert_eq!(shown(&bill, "lightsail/"), expected, "{month}");
            assert_eq!(bill.charges().len(), 1, "load balancer and TLS are included: {month}");
        }
    }
}

#[test]
fn lightsail_counts_transfer_both_ways_and_bills_what_goes_out() {
    // GB in and out at 100 requests a month; 500 GB are included for the service, however many nodes.
    for (request, response, nodes, expected) in [
        ("1 GB", "4 GB", 1, ""),
        ("2 GB", "4 GB", 1, "100 × 0.09 = 9"),
        ("2 GB", "4 GB", 3, "100 × 0.09 = 9"),
        ("9 GB", "0.5 GB", 1, "50 × 0.09 = 4.5"),
        ("9 GB", "0 B", 1, ""),
        ("0 B", "7 GB", 1, "200 × 0.09 = 18"),
    ] {
        let component =
            format!("request_size = \"{request}\"; response_size = \"{response}\"; memory = \"1 GB\"");
        let settings = format!("power = \"medium\"; nodes = {nodes}");
        hold("100/month", "", &[("lightsail", &settings, &component, "lightsail/transfer", expected)]);
    }
}

#[test]
fn lambda_before_and_after_the_free_tier() {
    let component = "wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"";
    let evaluation = only(&text("10_000/month", component, &option_of("lambda", "memory = \"1024 MB\"")));
    // 10,000 × 2 s × 1 GB = 20,000 GB-s, and 10,000 requests; both below the free 400,000 and 1,000,000.
    let before = &evaluation.bill_without_allowances;
    assert_eq!(shown(before, "lambda/duration"), "20000 × 0.0000166667 = 0.333334");
    assert_eq!(shown(before, "lambda/requests"), "10000 × 0.0000002 = 0.002");
    assert_eq!(before.total(), exactly("0.335334"));
    assert_eq!(shown(&evaluation.bill, "lambda/duration"), "20000 × 0 = 0");
    assert_eq!(shown(&evaluation.bill, "lambda/requests"), "10000 × 0 = 0");
    assert_eq!(evaluation.bill.total(), Decimal::ZERO);
    let used_up = format!("free_tier = false\n{}", option_of("lambda", "memory = \"1024 MB\""));
    assert_eq!(only(&text("10_000/month", component, &used_up)).bill.total(), exactly("0.335334"));
}

#[test]
fn lambda_runs_longer_on_less_than_a_vcpu() {
    // wait + CPU time / min(memory / 1,769 MB, 1), rounded up to a millisecond, × memory, × 10,000 requests
    for (memory, cpu, expected) in [
        // 0.1 / (1,024 / 1,769) = 0.17276; 1.173 s × 1 GB
        (1_024, "100 ms", "11730 × 0.0000166667 = 0.195500391"),
        // 0.1 / (512 / 1,769) = 0.34551; 1.346 s × 0.5 GB
        (512, "100 ms", "6730 × 0.0000166667 = 0.112166891"),
        // one request uses one vCPU at most: 1.1 s × 2 GB
        (2_048, "100 ms", "22000 × 0.0000166667 = 0.3666674"),
        (2_048, "100.1 ms", "22020 × 0.0000166667 = 0.367000734"),
    ] {
        let component = format!("wait_time = \"1 s\"; cpu_time = \"{cpu}\"; memory = \"128 MB\"");
        let settings = format!("memory = \"{memory} MB\"");
        hold("10_000/month", "", &[("lambda", &settings, &component, "lambda/duration", expected)]);
    }
}

#[test]
fn tariffs_cross_their_bands() {
    let lambda = "concurrency_quota = 20_000; memory = \"1024 MB\"";
    let two_s = "wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"";
    let gigabyte = "response_size = \"1 GB\"";
    hold(
        "10_000_000_000/month",
        "",
        &[
            // 20 × 10⁹ GB-s: 6 × 10⁹, the next 9 × 10⁹, and 5 × 10⁹ above 15 × 10⁹
            (
                "lambda",
                lambda,
                two_s,
                "lambda/duration",
                "6000000000 × 0.0000166667 = 100000.2; 9000000000 × 0.000015 = 135000; \
                 5000000000 × 0.0000133334 = 66667",
            ),
        ],
    );
    hold(
        "200_000/month",
        "",
        &[
            // 200,000 GB: 10 TB, the next 40 TB, the next 100 TB, and 200,000 - 153,600
            (
                "fargate",
                "tasks = 1",
                gigabyte,
                "transfer/internet-out-gb",
                "10240 × 0.09 = 921.6; 40960 × 0.085 = 3481.6; 102400 × 0.07 = 7168; 46400 × 0.05 = 2320",
            ),
        ],
    );
    // With the free 100 GB first: 10,240 and 12,000 - 100 - 10,240 GB.
    let bill = only(&text("12_000/month", gigabyte, &option_of("fargate", "tasks = 1"))).bill;
    assert_eq!(shown(&bill, "transfer/"), "100 × 0 = 0; 10240 × 0.09 = 921.6; 1660 × 0.085 = 141.1");
}

#[test]
fn a_cold_start_bills_its_init() {
    let component = |start: &str| {
        format!("wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"; start_up_time = \"{start}\"")
    };
    // One request an hour against 6 minutes of keep-alive: nobody came in the 6 minutes before with e^(-0.1) = 0.905.
    // So 730 × 0.905 cold starts × 4 s × 1 GB = 2,642 GB-s; and INIT is billed for 10 s at most.
    for (start, least, most) in [("4 s", 2_630, 2_650), ("10 s", 6_580, 6_620), ("60 s", 6_580, 6_620)] {
        let evaluation =
            only(&text("1/hour", &component(start), &option_of("lambda", "memory = \"1024 MB\"")));
        let bill = &evaluation.bill_without_allowances;
        let init = bill.charges().iter().find(|charge| charge.description.contains("INIT"));
        let quantity = init.expect("INIT is billed").quantity;
        assert!(quantity > least.into() && quantity < most.into(), "{start}: {quantity}");
        assert_eq!(
            cost(bill, "lambda/duration"),
            (quantity + Decimal::from(1_460)) * exactly("0.0000166667")
        );
    }
}

#[test]
fn provisioned_concurrency_is_paid_while_it_waits() {
    let component = "wait_time = \"2 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"";
    let settings = "memory = \"1024 MB\"; provisioned_concurrency = 5";
    let bill = only(&text("10_000/month", component, &option_of("lambda", settings))).bill;
    // 5 × 730 × 3,600 s × 1 GB; no free tier covers it.
    assert_eq!(shown(&bill, "lambda/provisioned-concurrency"), "13140000 × 0.0000041667 = 54.750438");
    // 0.0076 requests at once on 5 environments: all but one in 10¹² of the 20,000 GB-s run there.
    let running = cost(&bill, "lambda/provisioned-duration");
    assert!((running - exactly("0.194444")).abs() < exactly("0.0000001"), "{running}");
}

#[test]
fn load_balancer_capacity_units_come_from_the_traffic() {
    let lcu = "elb/application-lcu-hours";
    let quick = "cpu_time = \"1 ms\"; response_size = \"40 B\"";
    // 10,000 new connections a second / 25 = 400 LCU; the 979 GB of the month are 1.3 GB an hour.
    hold("10_000/s", "", &[("fargate", "tasks = 20", quick, lcu, "292000 × 0.008 = 2336")]);
    // 1 GB in an hour is one LCU-hour, whichever way it goes.
    let up = "request_size = \"1 GB\"";
    let down = "response_size = \"1 GB\"";
    hold(
        "1/hour",
        "",
        &[
            ("fargate", "tasks = 1", up, lcu, "730 × 0.008 = 5.84"),
            ("fargate", "tasks = 1", down, lcu, "730 × 0.008 = 5.84"),
            ("ec2-compose", "instance_type = \"m5.large\"; instances = 2", down, lcu, "730 × 0.008 = 5.84"),
        ],
    );
    // In front of functions an LCU carries 0.4 GB an hour: 1,024 × 1 MB are 2.5 LCU.
    let function = "response_size = \"1 MB\"; memory = \"512 MB\"";
    hold(
        "1_024/hour",
        "",
        &[("lambda", "front_door = \"load-balancer\"", function, lcu, "1825 × 0.008 = 14.6")],
    );
    // 10 requests a second that take 10 minutes each are 6,000 connections at once: 2 LCU, against 0.4 by new ones.
    let long = "cpu_time = \"0 s\"; wait_time = \"600 s\"; concurrency = 10_000";
    hold("10/s", "", &[("fargate", "tasks = 1", long, lcu, "1460 × 0.008 = 11.68")]);
}

#[test]
fn what_the_requests_carry_with_them() {
    let kilobyte = "log_size = \"1 KB\"";
    let outside = "outside_request_size = \"1 KB\"; outside_response_size = \"3 KB\"";
    let large = "response_size = \"600 KB\"; memory = \"512 MB\"";
    hold(
        "1_048_576/month",
        "",
        &[
            // 2²⁰ × 1 KB = 1 GB of log, written and kept for a month
            ("fargate", "tasks = 1", kilobyte, "cloudwatch/log-ingestion-gb", "1 × 0.5 = 0.5"),
            ("fargate", "tasks = 1", kilobyte, "cloudwatch/log-storage", "1 × 0.03 = 0.03"),
            // calls to services outside: 1 GB leaves; 4 GB both ways pass the NAT gateway, and a pull of 250 MB
            ("fargate", "tasks = 1", outside, "transfer/internet-out-gb", "1 × 0.09 = 0.09"),
            (
                "fargate",
                "tasks = 1; network = \"nat\"",
                outside,
                "vpc/nat-gateway-processed-gb",
                "4 × 0.045 = 0.18; 0.244140625 × 0.045 = 0.010986328125",
            ),
            // 600 KB are two steps of 512 KB: 2 × 2²⁰ requests
            ("lambda", "front_door = \"http-api\"", large, "api-gateway/", "2097152 × 0.000001 = 2.097152"),
        ],
    );
}

#[test]
fn surplus_credits_are_what_runs_above_the_baseline() {
    let credits = "ec2/cpu-credit-vcpu-hours";
    let half = "cpu_time = \"500 ms\"; concurrency = 4";
    let medium = "instance_type = \"t3.medium\"; instances = 1";
    // A t3.medium earns 20 % of 2 vCPU. 1/s × 0.5 s keep 0.5 vCPU busy: 0.1 × 730 vCPU-hours beyond.
    hold(
        "1/s",
        "",
        &[
            ("ec2-compose", medium, half, credits, "73 × 0.05 = 3.65"),
            (
                "ec2-compose",
                "instance_type = \"t4g.medium\"; instances = 1",
                half,
                credits,
                "73 × 0.04 = 2.92",
            ),
            ("ec2-compose", "instance_type = \"t3.medium\"; instances = 2", half, credits, ""),
            ("ec2-compose", "instance_type = \"m5.large\"; instances = 1", half, credits, ""),
            ("ecs-ec2", "instance_type = \"t3.medium\"; tasks = 1", half, credits, "73 × 0.05 = 3.65"),
        ],
    );
    hold("0.8/s", "", &[("ec2-compose", medium, half, credits, "")]);
}

#[test]
fn tasks_are_packed_by_vcpu_memory_and_interfaces() {
    // 4,096 MiB × 97.5 % - 256 MiB = 3,737 MiB: two tasks of 1 GB, not two of 2 GB.
    let medium = catalog().instance_type("t3.medium").expect("in the frozen book");
    let room = Room::of(medium, &catalog().limits, None, Interfaces::Own);
    for (memory, instances) in [("1 GB", 1), ("1868 MB", 1), ("1869 MB", 2), ("2 GB", 2)] {
        let task = TaskNeed { vcpu: Decimal::ONE, memory: memory.parse().expect("a size") };
        assert_eq!(pack(room, &[(task, 2)]), Some(instances), "{memory}");
    }
    for (instance, settings, vcpu, memory, tasks, instances) in [
        ("t3.medium", "", "1", "1 GB", 2, 1),
        ("t3.medium", "", "1", "2 GB", 2, 2),
        ("t3.medium", "", "1", "1 GB", 3, 2),
        // small tasks: two interfaces for tasks on a t3.medium, ten on a c5.large with trunking
        ("t3.medium", "; network_mode = \"awsvpc\"", "0.25", "256 MB", 4, 2),
        ("t3.medium", "", "0.25", "256 MB", 4, 1),
        ("t3.medium", "; network_mode = \"awsvpc\"; eni_trunking = true", "0.125", "128 MB", 10, 5),
        ("c5.large", "; network_mode = \"awsvpc\"", "0.125", "128 MB", 10, 5),
        ("c5.large", "; network_mode = \"awsvpc\"; eni_trunking = true", "0.125", "128 MB", 10, 1),
    ] {
        let component = format!("vcpu = {vcpu}; memory = \"{memory}\"");
        let settings = format!("instance_type = \"{instance}\"; tasks = {tasks}{settings}");
        let evaluation = only(&text("10_000/month", &component, &option_of("ecs-ec2", &settings)));
        let size = format!("{instances} × {instance}, {tasks} tasks");
        assert_eq!(evaluation.size, size, "{settings}, {component}");
    }
}
