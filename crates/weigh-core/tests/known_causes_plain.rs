//! Known causes of claims that are no sums of charges: limits, sizes, prices, promises, starts, times; and lists that leave things out.

mod support;

use support::audit::{Audited, sum, told};
use weigh_core::audit::{Measures, Subject};

const TABLES: &str = "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\nas_of = \"2026-10-07\"\n\
    [traffic]\nrate = \"10_000/month\"\n\
    [[component]]\nname = \"api\"\nvcpu = 1\nmemory = \"2 GB\"\ncpu_time = \"0.2 s\"\nwait_time = \"1.8 s\"\n\
    start_up_time = \"4 s\"\nconcurrency = 4\nimage_size = \"400 MB\"\n";

/// What is claimed: value, unit, further keys, and the first cause.
type Row = (&'static str, &'static str, &'static str, &'static str);

#[track_caller]
fn hold(tables: &str, rows: &[Row]) {
    let claims = rows.iter().enumerate().map(|(place, (value, unit, about, _))| {
        let about = about.replace(';', "\n");
        format!("[[claim]]\nid = \"C{place}\"\nvalue = \"{value}\"\nunit = \"{unit}\"\n{about}\n")
    });
    let claims: Vec<String> = claims.collect();
    let audited = Audited::on_whole_book(&format!("{TABLES}{tables}{}", claims.concat()));
    let measures = Measures::of(Subject {
        scenario: &audited.scenario,
        ranged: None,
        catalog: audited.catalog,
        prices: &audited.prices,
        comparison: &audited.comparison,
        ends: None,
    });
    for (claim, (value, _, about, expected)) in audited.scenario.claims.iter().zip(rows) {
        let computed = measures.computed(claim).unwrap_or_else(|why| panic!("{about}: {why:?}"));
        let found = audited.causes(&claim.entry.id, &computed);
        let first = found.first().map(|cause| cause.words.as_str()).unwrap_or_default();
        assert_eq!(
            first,
            *expected,
            "{value} {about}: {} computed, found\n{}",
            computed.figure,
            told(&found)
        );
    }
}

const FARGATE: &str = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 2\n";
const ECS: &str = "[[option]]\nname = \"it\"\nplatform = \"ecs-ec2\"\ninstance_type = \"t3.medium\"\ninstances = 2\ntasks = 2\n";

/// X46, X49, X50: the figure of another limit, another size, another price.
#[test]
fn figures_of_other_things() {
    hold(
        FARGATE,
        &[
            (
                "10",
                "MB",
                "about = \"limit\";limit = \"lambda/async-payload-mb\"",
                "10 MB is also that of api-gateway/payload-mb: lambda/async-payload-mb is 1",
            ),
            (
                "6",
                "MB",
                "about = \"limit\";limit = \"api-gateway/payload-mb\"",
                "6 MB is also that of lambda/payload-mb: api-gateway/payload-mb is 10",
            ),
            (
                "29",
                "s",
                "about = \"limit\";limit = \"lambda/timeout-seconds\"",
                "29 s is also that of api-gateway/rest-timeout-seconds: lambda/timeout-seconds is 900",
            ),
            // No timeout of the book is 300 s, though other limits are.
            ("300", "s", "about = \"limit\";limit = \"api-gateway/http-timeout-seconds\"", ""),
            (
                "2",
                "vCPU",
                "about = \"size\";of = \"vcpu\";shape = \"small\"",
                "2 vCPU is that of large: small has 0.5",
            ),
            (
                "8",
                "GB",
                "about = \"size\";of = \"memory\";shape = \"t3.medium\"",
                "8 GB is that of t3.large: t3.medium has 4",
            ),
            (
                "$40",
                "USD/month",
                "about = \"price\";price_id = \"lightsail/container-node-months/small\"",
                "40 USD/month is the price of medium: small costs 15",
            ),
            (
                "$41",
                "USD/month",
                "about = \"price\";price_id = \"lightsail/container-node-months/small\"",
                "",
            ),
            (
                "3.50",
                "USD/1M requests",
                "about = \"price\";price_id = \"api-gateway/http-requests\"",
                "3.50 USD/1M requests is the price of rest-requests: http-requests costs 1",
            ),
        ],
    );
}

/// X51, X72: promises that are left out of the series, or of other zones.
#[test]
fn promises() {
    let cache = "[[service]]\nkind = \"elasticache\"\nname = \"redis\"\nnode_type = \"cache.t3.micro\"\n";
    let about = "about = \"availability\"";
    hold(
        &format!("{FARGATE}{cache}"),
        &[
            (
                "99.99",
                "%",
                about,
                "equals the promise of Fargate tasks alone: Application Load Balancer (99.99 %) and ElastiCache redis \
                 (99.5 %) are missing in the series",
            ),
            (
                "99.98",
                "%",
                about,
                "equals the promise of Fargate tasks and Application Load Balancer alone: ElastiCache redis (99.5 %) is \
                 missing in the series",
            ),
            ("99.7", "%", about, ""),
        ],
    );
    let one = "[[option]]\nname = \"it\"\nplatform = \"ec2-compose\"\ninstance_type = \"t3.medium\"\ninstances = 1\n";
    let zones = "equals the promise for EC2 instances in two or more zones: here is one";
    hold(
        one,
        &[
            ("99.99", "%", about, zones),
            ("99.95", "%", about, "equals the promise of Lambda: that of EC2 instances is 99.5 %"),
        ],
    );
}

/// X63, X66, X67: starts, times and throughput.
#[test]
fn starts_times_and_room() {
    hold(
        ECS,
        &[
            ("0", "s", "about = \"cold-start\"", "equals no start at all: true only where capacity is spare"),
            (
                "150",
                "ms",
                "about = \"latency\";of = \"p50\"",
                "comes to 138.63 ms without the 1.8 s that a request waits",
            ),
            (
                "300",
                "ms",
                "about = \"latency\";of = \"p95\"",
                "would need requests that take 0.1 s in place of 2 s on average",
            ),
            (
                "1000+",
                "requests/s",
                "about = \"throughput\"",
                "would take 518 replicas at least in place of 2, or requests of 0.0077 s in place of 2 s",
            ),
            (
                "2",
                "tasks/instance",
                "about = \"fit\"",
                "equals what the memory holds, if the system kept nothing of it",
            ),
        ],
    );
    let function = "[[option]]\nname = \"it\"\nplatform = \"lambda\"\nmemory = \"2 GB\"\n";
    let expected =
        "equals the 1,000 requests that are served at once, as if each took a second: it takes 2 s";
    hold(function, &[("1000+", "requests/s", "about = \"throughput\"", expected)]);
}

/// X39: free allowances that cover everything, also the billed starts.
#[test]
fn allowances_that_leave_nothing_to_pay() {
    let function = "[[option]]\nname = \"it\"\nplatform = \"lambda\"\nmemory = \"2 GB\"\n";
    let about = "about = \"charge\";price_id = \"lambda/duration-gb-seconds\"";
    let expected = "equals the cost without the free allowance (400,000 GB-Seconds) and without starting api (INIT); \
                    comes to 0.67 USD/month";
    hold(function, &[("0.667", "USD/month", about, expected)]);
}

/// X12, X13: what the document lists leaves out the load balancer.
#[test]
fn what_no_part_of_a_list_counts() {
    let nat = FARGATE.replace("tasks = 2", "tasks = 2\nnetwork = \"nat\"");
    let claims = "[[claim]]\nid = \"S\"\nvalue = \"$138\"\nunit = \"USD/month\"\nabout = \"total\"\n\
                  [[claim]]\nid = \"P\"\nvalue = \"72\"\nunit = \"USD/month\"\nabout = \"platform\"\n\
                  [[claim]]\nid = \"N\"\nvalue = \"66\"\nunit = \"USD/month\"\nabout = \"charge\"\n\
                  price_id = \"vpc/nat-gateway-hours\"\n";
    let audited = Audited::of(&format!("{TABLES}{nat}{claims}"));
    let found = audited.causes("S", &sum(audited.part("it", &|_| true)));
    let first = found.first().map(|cause| cause.words.as_str()).unwrap_or_default();
    assert!(first.starts_with("equals what the document lists: load balancer, "), "{}", told(&found));
}
