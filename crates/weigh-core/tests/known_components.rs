//! Known answers of what a component is made of: memory for each request and processes, each figure worked out by hand.

mod support;

use support::{compare, failed, only, option, option_of, text};

/// The size that an option gets for a component.
#[track_caller]
fn sized(rate: &str, component: &str, platform: &str, settings: &str, expected: &str) {
    let evaluation = only(&text(rate, component, &option_of(platform, settings)));
    assert_eq!(evaluation.size, expected, "{component} on {platform} {settings}");
}

#[test]
fn memory_bounds_the_requests_at_once() {
    // 1,024 MiB less 424 hold 6 requests of 100; each waits 1 s, so a task serves 6 a second. 10 / 6 / 0.6 = 2.8.
    let held = "vcpu = 0.5; memory = \"1 GiB\"; cpu_time = \"0 s\"; wait_time = \"1 s\"; concurrency = 50; \
                idle_memory = \"424 MiB\"; memory_per_request = \"100 MiB\"";
    sized("10/s", held, "fargate", "", "3 × 0.5 vCPU, 1 GB");
    // 2,048 MiB hold 16: 10 / 16 / 0.6 = 1.04.
    sized("10/s", held, "fargate", "memory = \"2 GiB\"", "2 × 0.5 vCPU, 2 GB");
    // Without a memory for each request all 50 workers serve: 10 / 50 / 0.6 = 0.33.
    let free = held.replace("idle_memory = \"424 MiB\"; memory_per_request = \"100 MiB\"", "");
    sized("10/s", &free, "fargate", "", "1 × 0.5 vCPU, 1 GB");
    // A node of power small has 2 GB and runs one copy, which has the 1 GiB that it asks for.
    sized("10/s", held, "lightsail", "power = \"small\"", "3 × small");
    // Tasks on EC2 have what they ask for: 3 of them on an instance of 2 vCPU and 7,731 MiB for tasks.
    sized("10/s", held, "ecs-ec2", "instance_type = \"m5.large\"", "1 × m5.large, 3 tasks");
}

#[test]
fn more_vcpu_do_not_make_one_process_faster() {
    let node = "vcpu = 2; memory = \"4 GiB\"; cpu_time = \"100 ms\"; concurrency = 1_000";
    // Two vCPU finish 20 a second: 12 / 20 / 0.6 = 1. One process finishes 10: 12 / 10 / 0.6 = 2.
    sized("12/s", node, "fargate", "", "1 × 2 vCPU, 4 GB");
    sized("12/s", &format!("{node}; processes = 1"), "fargate", "", "2 × 2 vCPU, 4 GB");
    // An m5.xlarge has 4 vCPU and room for 3 copies of 4 GiB in 15,718 MiB, by vCPU for 2: two processes, 20 a second.
    let settings = "instance_type = \"m5.xlarge\"";
    sized("12/s", &format!("{node}; processes = 1"), "ec2-compose", settings, "1 × m5.xlarge");
    sized("13/s", &format!("{node}; processes = 1"), "ec2-compose", settings, "2 × m5.xlarge");
    sized("13/s", node, "ec2-compose", settings, "1 × m5.xlarge");
}

/// Document 002 of the mission: Flask behind four Gunicorn workers, each a process that serves one request.
#[test]
fn four_workers_serve_four_requests() {
    let flask = "vcpu = 2; memory = \"4 GiB\"; cpu_time = \"0 s\"; wait_time = \"10 s\"; concurrency = 4; processes = 4";
    // 4 workers of 10 s each serve 0.4 a second: 1 / 0.4 / 0.6 = 4.2.
    sized("1/s", flask, "fargate", "", "5 × 2 vCPU, 4 GB");
}

#[test]
fn target_memory_follows_the_requests() {
    // Idle 512 of 1,024 MiB; a request holds 16 MiB for 1 s. At 60 % a task has 102.4 / 16 = 6.4 requests.
    let held = "vcpu = 0.5; memory = \"1 GiB\"; cpu_time = \"0 s\"; wait_time = \"1 s\"; concurrency = 50; \
                idle_memory = \"512 MiB\"; memory_per_request = \"16 MiB\"";
    let settings = "target_memory = \"60 %\"; max_capacity = 40; min_capacity = 1";
    let text = text("64/s", held, &option_of("fargate", settings));
    let evaluation = only(&text);
    let mean = evaluation.serving.fleets[0].mean;
    // 64 requests at once need 10 tasks; steady traffic starts with those that the requests need, and then grows.
    assert!((9.9..=11.5).contains(&mean), "{mean}");
    assert!(failed(option(&compare(&text), "it")).is_empty());
}
