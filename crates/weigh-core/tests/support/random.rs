//! Random scenarios as their text: small, plausible, and of every kind.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// One component, as TOML keys.
fn component() -> impl Strategy<Value = String> {
    let sizes = || select(vec!["0 B", "300 B", "2 KB", "60 KB", "1.5 MB", "9 MB"]);
    let shape = (
        select(vec!["0.25", "0.5", "1", "2"]),
        select(vec!["256 MB", "512 MB", "1 GB", "2 GB", "7 GB"]),
        1u32..3_000,
        0u32..8_000,
        1u32..60,
    );
    let moved = (sizes(), sizes(), sizes(), sizes(), sizes());
    let kind = (
        select(vec!["state = \"none\"", "state = \"session\"", "state = \"local-disk\"\ndisk = \"10 GB\""]),
        select(vec!["", "start_up_time = \"4 s\"", "start_up_time = \"20 s\"", "runtime = \"python3.11\""]),
        1u32..=100,
        any::<bool>(),
    );
    (shape, moved, kind).prop_map(|((vcpu, memory, cpu, wait, concurrency), moved, kind)| {
        let (request, response, log, out, back) = moved;
        let (state, start, share, internal) = kind;
        format!(
            "vcpu = {vcpu}\nmemory = \"{memory}\"\ncpu_time = \"{cpu} ms\"\nwait_time = \"{wait} ms\"\n\
             concurrency = {concurrency}\nrequest_size = \"{request}\"\nresponse_size = \"{response}\"\n\
             log_size = \"{log}\"\noutside_request_size = \"{out}\"\noutside_response_size = \"{back}\"\n\
             {state}\n{start} # start\ntraffic_share = \"{share} %\"\ninternal = {internal}\n"
        )
    })
}

/// Options that fix their size, as `platform` and settings.
pub(crate) const FIXED: &[(&str, &str)] = &[
    ("fargate", "tasks = 3"),
    ("fargate", "vcpu = 4\nmemory = \"16 GB\"\ntasks = 2\narchitecture = \"arm\"\nnetwork = \"nat\""),
    ("lightsail", "power = \"xlarge\"\nnodes = 4"),
    ("lambda", "memory = \"2 GB\""),
    ("lambda", "memory = \"3 GB\"\nfront_door = \"http-api\"\nprovisioned_concurrency = 3"),
    ("lambda", "memory = \"2 GB\"\nfront_door = \"load-balancer\"\nephemeral_storage = \"2 GB\""),
    ("ecs-ec2", "instance_type = \"m5.xlarge\"\ninstances = 9\ntasks = 2\nnetwork_mode = \"bridge\""),
    ("ecs-ec2", "instance_type = \"t3.xlarge\"\ntasks = 3"),
    ("ec2-compose", "instance_type = \"t3.xlarge\"\ninstances = 2"),
    ("ec2-compose", "instance_type = \"m5.large\"\ninstances = 1\nnetwork = \"nat\""),
];

/// Options that are sized by the program.
const SIZED: &[(&str, &str)] = &[
    ("fargate", "target_utilisation = \"30 %\""),
    ("lambda", "architecture = \"arm\"\nconcurrency_quota = 100_000"),
    ("ecs-ec2", "eni_trunking = true"),
    ("ec2-compose", "architecture = \"arm\""),
    ("lightsail", "target_utilisation = 0.9"),
];

/// The options of a list by their places, each under a name of its own.
pub(crate) fn options(list: &[(&str, &str)], places: &[usize]) -> String {
    let each = places.iter().enumerate().map(|(number, place)| {
        let (platform, settings) = list[place % list.len()];
        format!("[[option]]\nname = \"o{number}\"\nplatform = \"{platform}\"\n{settings}\n")
    });
    each.collect()
}

fn needs() -> impl Strategy<Value = String> {
    let lines = [
        "longest_request = \"40 s\"",
        "largest_upload = \"7 MB\"",
        "streaming = true",
        "websocket = true",
        "zones = 2",
        "min_replicas = 2",
        "availability = \"99.9 %\"",
        "p95_latency = \"3 s\"",
        "monthly_budget = \"$300\"",
        "shell_access = true",
        "compliance = [\"hipaa\"]",
        "never_cold = true",
    ];
    // Most applications need little: an empty list is as likely as any other length.
    let some = proptest::sample::subsequence(lines.to_vec(), 0..=2);
    some.prop_map(|lines| format!("[needs]\n{}\n", lines.join("\n")))
}

fn wishes() -> impl Strategy<Value = String> {
    let one = (0u32..5, 0u32..5, 1u32..5);
    of(one).prop_map(|weights| match weights {
        None => String::new(),
        Some((cost, latency, hours)) => format!(
            "[wishes]\nmonthly_cost = {cost}\np95_latency = {{ weight = {latency}, best = \"0 s\", worst = \"5 s\" }}\n\
             operating_hours = {hours}.5\n"
        ),
    })
}

/// The header, with a region, a month and the free tier.
fn header() -> impl Strategy<Value = String> {
    let region = select(vec!["us-east-1", "us-east-1", "eu-west-1", "ap-south-1"]);
    let month = select(vec!["730h", "2026-02", "2026-03"]);
    let borrow = select(vec!["", "", "assume_missing_from = \"us-east-1\""]);
    (region, month, any::<bool>(), borrow).prop_map(|(region, month, free, borrow)| {
        format!("[scenario]\nname = \"x\"\nregion = \"{region}\"\nmonth = \"{month}\"\nfree_tier = {free}\n{borrow}\n")
    })
}

/// A rate: how many, and in what time.
pub(crate) fn rate() -> impl Strategy<Value = (u32, &'static str)> {
    let slow = (1u32..3_000, select(vec!["hour", "day", "week", "month"]));
    let fast = (1u32..200, select(vec!["s", "minute"]));
    prop_oneof![3 => slow, 1 => fast]
}

/// A scenario with components, needs, wishes and options, its traffic left open as `RATE`.
pub(crate) fn without_rate(options: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (header(), vec(component(), 1..=3), needs(), wishes(), options).prop_map(
        |(header, components, needs, wishes, options)| {
            let each = components.iter().enumerate();
            let components: String =
                each.map(|(number, keys)| format!("[[component]]\nname = \"c{number}\"\n{keys}")).collect();
            format!("{header}[traffic]\nrate = \"RATE\"\n{components}{needs}{wishes}{options}")
        },
    )
}

/// A scenario with its traffic.
pub(crate) fn scenario() -> impl Strategy<Value = String> {
    let some = |list: &'static [(&'static str, &'static str)]| {
        vec(0..list.len(), 1..=3).prop_map(move |places| options(list, &places))
    };
    let options = prop_oneof![2 => Just(String::new()), 1 => some(FIXED), 1 => some(SIZED)];
    (without_rate(options), rate())
        .prop_map(|(text, (count, per))| text.replace("RATE", &format!("{count}/{per}")))
}
