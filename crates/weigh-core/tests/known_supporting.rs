//! Known answers of what stands around the servers, on the real book; each figure is computed by hand beside it.

mod support;

use rust_decimal::Decimal;
use support::{exactly, shown};
use weigh_core::bill::Bill;
use weigh_core::catalog::Catalog;
use weigh_core::compare::{Verdict, compare, vocabulary};
use weigh_core::evaluate::Evaluation;
use weigh_core::scenario::Scenario;

/// The evaluation of the one option of a text, which must be ranked; nothing with the rejection.
fn tried(text: &str) -> Result<Evaluation, Vec<String>> {
    let files = weigh_prices::files();
    let catalog = Catalog::open(&files).expect("the catalog is whole");
    let words = vocabulary(&catalog, &weigh_prices::book());
    let scenario = Scenario::parse(text, &words).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let book = weigh_prices::book().open(&scenario.header.region, None).expect("a region of the book");
    let comparison = compare(&scenario, &catalog, &book).expect("scales");
    match &comparison.options[0].verdict {
        Verdict::Ranked(ranked) => Ok(ranked.evaluation.clone()),
        Verdict::Rejected { needs, .. } => Err(needs.iter().map(|need| need.need.clone()).collect()),
        other => panic!("{other:?}\n{text}"),
    }
}

/// A scenario of one component that moves nothing, unless stated.
fn text(rate: &str, component: &str, supporting: &str, option: &str) -> String {
    let mut stated = String::new();
    for (key, value) in [("cpu_time", "\"1 ms\""), ("request_size", "\"0 B\""), ("response_size", "\"0 B\"")]
    {
        let own = component.split("[[").next().unwrap_or_default();
        if !own.contains(key) {
            stated.push_str(&format!("{key} = {value}\n"));
        }
    }
    let log = if component.split("[[").next().is_some_and(|own| own.contains("log_size")) {
        ""
    } else {
        "log_size = \"0 B\"\n"
    };
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\nas_of = 2026-10-08\nfree_tier = false\n\
         [traffic]\nrate = \"{rate}\"\n\
         [[component]]\nname = \"app\"\nvcpu = 1\nmemory = \"2 GB\"\nconcurrency = 1_000\n\
         start_up_time = \"1 s\"\n{stated}{log}{component}\n\
         [supporting]\n{supporting}\n[[option]]\n{option}\n"
    )
}

fn bill(rate: &str, component: &str, supporting: &str, option: &str) -> Bill {
    match tried(&text(rate, component, supporting, option)) {
        Ok(evaluation) => evaluation.bill,
        Err(needs) => panic!("rejected: {needs:?}"),
    }
}

const FARGATE: &str = "platform = \"fargate\"\ntasks = 2";

#[test]
fn capacity_units_are_the_largest_dimension() {
    let lcu = "elb/application-lcu-hours";
    let fargate = "platform = \"fargate\"";
    // AWS's own definition: 10,000 new connections a second / 25 = 400 LCU; × 730 h × 0.008 = 2,336 USD. 1,000 GB in a
    // month of 26.28 billion requests are 1.37 GB an hour, far below.
    let busy = "response_size = \"41 B\"";
    assert_eq!(shown(&bill("10_000/s", busy, "", fargate), lcu), "292000 × 0.008 = 2336");
    // 1 GB an hour by 1,024 requests of 1 MB: one LCU in each of 730 hours.
    let hour = "response_size = \"1 MB\"";
    assert_eq!(shown(&bill("1_024/hour", hour, "", FARGATE), lcu), "730 × 0.008 = 5.84");
    // To functions a unit carries 0.4 GB: 2.5 LCU.
    let function = "platform = \"lambda\"\nfront_door = \"load-balancer\"\nmemory = \"2 GB\"";
    assert_eq!(shown(&bill("1_024/hour", hour, "", function), lcu), "1825 × 0.008 = 14.6");
    // 50 requests a second on connections of 20 requests that stay open for 60 s: 2.5 × 60 = 150 idle and 0.05 busy ones
    // of 3,000, 2.5 of 25 new ones a second: 0.1 LCU.
    let kept = "requests_per_connection = 20\nkeep_alive = \"60 s\"";
    assert_eq!(shown(&bill("50/s", "", kept, FARGATE), lcu), "73 × 0.008 = 0.584");
    // 80 rules beyond the ten free ones × 100/s = 8,000 evaluations: 8 LCU; 1 new connection a second is 0.04.
    let rules = bill("100/s", "", "listener_rules = 90\nrequests_per_connection = 100", FARGATE);
    assert_eq!(shown(&rules, lcu), "5840 × 0.008 = 46.72");
    assert_eq!(
        shown(&bill("100/s", "", "listener_rules = 10\nrequests_per_connection = 100", FARGATE), lcu),
        "29.2 × 0.008 = 0.2336"
    );
}

#[test]
fn connections_that_are_held_open_count_in_every_hour() {
    // 30,000 open connections are 10 LCU all month; the eight busy hours have 400 new ones a second (16 LCU), the others
    // none to speak of. By the mean alone it would be 10.
    let shape = "daily = [1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1, 1, 1, 1, 1, 1, 1, 1, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9]";
    let scenario =
        text("11_520_000/day", "", "open_connections = 30_000", "platform = \"fargate\"\ntasks = 3")
            .replace("[[component]]", &format!("{}\n[[component]]", shape.replace("1e-9", "0.000001")));
    let evaluation = tried(&scenario).expect("it serves");
    let charge = support::charges(&evaluation.bill, "elb/application-lcu-hours")[0];
    // A month of 730 h has 243 or 244 of the busy hours: (243.33 × 16 + 486.67 × 10) / 730 = 12.
    let mean = charge.factors[0].value;
    assert!((mean - exactly("12")).abs() < exactly("0.02"), "{mean}");
    assert!(charge.factors[0].label.contains("in each hour"), "{}", charge.factors[0].label);
}

#[test]
fn network_load_balancers_have_units_of_their_own() {
    let units = |kind: &str| {
        let bill = bill("800/s", "", &format!("load_balancer = \"{kind}\""), "platform = \"fargate\"");
        (shown(&bill, "elb/network-load-balancer-hours"), shown(&bill, "elb/network-lcu-hours"))
    };
    // 800 new connections a second: 1 unit of TCP (800), 16 of TLS (50), 2 of UDP (400); 0.006 USD a unit and hour.
    let hours = "730 × 0.0225 = 16.425".to_owned();
    assert_eq!(units("network-tcp"), (hours.clone(), "730 × 0.006 = 4.38".to_owned()));
    assert_eq!(units("network-tls"), (hours.clone(), "11680 × 0.006 = 70.08".to_owned()));
    assert_eq!(units("network-udp"), (hours, "1460 × 0.006 = 8.76".to_owned()));
}

#[test]
fn what_passes_a_nat_gateway_and_what_an_endpoint_spares() {
    let calls = "outside_request_size = \"1 KB\"\noutside_response_size = \"3 KB\"\nlog_size = \"1 KB\"\nimage_size = \"1 GB\"";
    let with = |settings: &str| {
        let option = format!("platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"\n{settings}");
        bill("1_048_576/month", calls, "releases = \"3/month\"", &option)
    };
    let (hours, gb) = ("vpc/nat-gateway-hours", "vpc/nat-gateway-processed-gb");
    let nat = with("");
    assert_eq!(shown(&nat, hours), "1460 × 0.045 = 65.7");
    // 4 GB of calls and 1 GB of logs; 2 tasks × 3 releases × 1 GB of image
    assert_eq!(shown(&nat, gb), "5 × 0.045 = 0.225; 6 × 0.045 = 0.27");
    let logs = with("endpoints = [\"logs\"]");
    assert_eq!(shown(&logs, gb), "4 × 0.045 = 0.18; 6 × 0.045 = 0.27");
    // one endpoint in each of two zones, and the GB of logs through it
    assert_eq!(shown(&logs, "vpc/interface-endpoint-hours"), "1460 × 0.01 = 14.6");
    assert_eq!(shown(&logs, "vpc/interface-endpoint-processed-gb"), "1 × 0.01 = 0.01");
    // The layers of images come from S3, and a gateway endpoint is free.
    let layers = with("endpoints = [\"s3\"]");
    assert_eq!(
        (shown(&layers, gb), shown(&layers, "vpc/interface-endpoint-hours")),
        ("5 × 0.045 = 0.225".into(), String::new())
    );
}

#[test]
fn one_nat_gateway_for_two_zones_is_paid_once_and_half_crosses_to_it() {
    let calls = "outside_request_size = \"1 KB\"\noutside_response_size = \"3 KB\"\nlog_size = \"1 KB\"";
    let with = |settings: &str| {
        let option = format!("platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"\n{settings}");
        let bill = bill("1_048_576/month", calls, "", &option);
        (shown(&bill, "vpc/nat-gateway-hours"), shown(&bill, "transfer/between-zones-gb"))
    };
    let in_each = ("1460 × 0.045 = 65.7".to_owned(), String::new());
    assert_eq!(with(""), in_each);
    // Half of 5 GB of calls and logs, where they leave and where they arrive.
    let one = ("730 × 0.045 = 32.85".to_owned(), "5 × 0.01 = 0.05".to_owned());
    assert_eq!(with("nat_gateways = 1"), one);
    // Never more than one in each zone.
    assert_eq!(with("nat_gateways = 6"), in_each);
}

#[test]
fn private_subnets_need_no_gateway_where_endpoints_lead_to_all_that_is_called() {
    let quiet = |component: &str, endpoints: &str| {
        let option =
            format!("platform = \"fargate\"\ntasks = 2\nnetwork = \"private\"\nendpoints = [{endpoints}]");
        shown(&bill("1_048_576/month", component, "", &option), "vpc/nat-gateway-hours")
    };
    let log = "log_size = \"1 KB\"";
    assert_eq!(quiet(log, "\"ecr\", \"s3\", \"logs\""), "");
    assert_eq!(quiet(log, "\"ecr\", \"s3\""), "1460 × 0.045 = 65.7"); // logs
    assert_eq!(quiet(log, "\"logs\""), "1460 × 0.045 = 65.7"); // images
    assert_eq!(quiet("wait_time = \"1 s\"", "\"ecr\", \"s3\", \"logs\""), "1460 × 0.045 = 65.7"); // calls
}

#[test]
fn internal_calls_go_from_zone_to_zone_in_both_directions() {
    let store = "[[component]]\nname = \"store\"\nvcpu = 1\nmemory = \"2 GB\"\ncpu_time = \"1 ms\"\nstart_up_time = \"1 s\"\n\
                 internal = true\nrequest_size = \"2 KB\"\nresponse_size = \"8 KB\"\nlog_size = \"0 B\"";
    let of = |option: &str| shown(&bill("1_048_576/month", store, "", option), "transfer/between-zones-gb");
    // Half of 10 GB goes to the other of two zones, and is charged at both ends.
    assert_eq!(of(FARGATE), "10 × 0.01 = 0.1");
    assert_eq!(
        of("platform = \"ecs-ec2\"\ntasks = 2\ninstances = 2\ninstance_type = \"m7i.xlarge\""),
        "10 × 0.01 = 0.1"
    );
    // Everything on each instance: a call stays there.
    assert_eq!(of("platform = \"ec2-compose\"\ninstances = 2\ninstance_type = \"m7i.xlarge\""), "");
}

#[test]
fn logs_are_kept_as_long_as_is_stated_and_images_in_as_many_versions() {
    let of = |supporting: &str, id: &str| {
        let component = "log_size = \"1 KB\"\nimage_size = \"512 MB\"";
        shown(&bill("1_048_576/month", component, supporting, FARGATE), id)
    };
    let stored = "cloudwatch/log-storage-gb-months";
    assert_eq!(of("", stored), "1 × 0.03 = 0.03");
    assert_eq!(of("log_retention = \"2190 h\"", stored), "3 × 0.03 = 0.09");
    assert_eq!(of("log_retention = \"365 h\"", stored), "0.5 × 0.03 = 0.015");
    assert_eq!(of("image_versions = 10", "ecr/"), "5 × 0.1 = 0.5");
}

#[test]
fn sessions_are_kept_outside_where_there_is_more_than_one_replica() {
    let session = "state = \"session\"";
    let of = |supporting: &str, option: &str| tried(&text("1_000_000/month", session, supporting, option));
    let dynamodb = "sessions = \"dynamodb\"\nsession_size = \"3 KB\"";
    let (read, written) = ("dynamodb/read-request-units", "dynamodb/write-request-units");
    // A request reads its session (one unit of 4 KB) and writes it (three of 1 KB).
    for option in [
        FARGATE,
        "platform = \"lambda\"\nmemory = \"2 GB\"",
        "platform = \"lightsail\"\npower = \"large\"\nnodes = 2",
    ] {
        let bill = of(dynamodb, option).expect("sessions are outside").bill;
        assert_eq!(shown(&bill, read), "1000000 × 0.000000125 = 0.125", "{option}");
        assert_eq!(shown(&bill, written), "3000000 × 0.000000625 = 1.875", "{option}");
    }
    let alone =
        of(dynamodb, "platform = \"fargate\"\ntasks = 1\nscaling = \"fixed\"").expect("in memory").bill;
    assert_eq!(shown(&alone, "dynamodb/"), "");
    let valkey = of("sessions = \"valkey\"", FARGATE).expect("in a node").bill;
    assert_eq!(shown(&valkey, "elasticache/"), "730 × 0.0128 = 9.344");
    // In memory a function can't keep them, and several nodes of Lightsail can't find them again.
    assert_eq!(of("", "platform = \"lambda\""), Err(vec!["state".to_owned()]));
    let nodes = "platform = \"lightsail\"\npower = \"large\"\nnodes = 2";
    assert_eq!(of("sessions = \"valkey\"", nodes), Err(vec!["state".to_owned()]));
}

#[test]
fn large_uploads_go_to_a_bucket_where_a_platform_does_not_take_them() {
    let upload = "request_size = \"10 MB\"";
    let of = |supporting: &str, option: &str| tried(&text("1_024/month", upload, supporting, option));
    let function = "platform = \"lambda\"\nmemory = \"2 GB\"";
    assert_eq!(of("", function), Err(vec!["largest_upload".to_owned()]));
    let bill = of("uploads = \"s3\"", function).expect("they go to S3").bill;
    assert_eq!(shown(&bill, "s3/put-requests"), "1024 × 0.000005 = 0.00512");
    assert_eq!(shown(&bill, "s3/get-requests"), "1024 × 0.0000004 = 0.0004096");
    // The body goes to the bucket and not through the API: one step of 512 KB for each request.
    let behind_api = "platform = \"lambda\"\nmemory = \"2 GB\"\nfront_door = \"http-api\"";
    let api = of("uploads = \"s3\"", behind_api).expect("they go to S3").bill;
    assert_eq!(shown(&api, "api-gateway/"), "1024 × 0.000001 = 0.001024");
    let fargate = of("uploads = \"s3\"", FARGATE).expect("it takes them").bill;
    assert_eq!(shown(&fargate, "s3/"), "");
}

#[test]
fn a_shared_disk_is_paid_by_what_is_read_and_written() {
    let kept =
        "state = \"local-disk\"\ndisk = \"10 GB\"\ndisk_read_size = \"4 KB\"\ndisk_write_size = \"2 KB\"";
    let bill = bill("1_048_576/month", kept, "", FARGATE);
    assert_eq!(shown(&bill, "efs/"), "10 × 0.3 = 3; 4 × 0.03 = 0.12; 2 × 0.06 = 0.12");
}

#[test]
fn what_is_switched_off_is_left_out_and_told_with_its_cost() {
    let on = tried(&text("1_000_000/month", "", "", FARGATE)).expect("it serves");
    let off = tried(&text("1_000_000/month", "", "off = [\"load-balancer\", \"registry\"]", FARGATE))
        .expect("it serves");
    let told: Vec<(&str, Option<Decimal>)> = off.off.iter().map(|off| (off.service, off.cost)).collect();
    assert_eq!(told.iter().map(|(service, _)| *service).collect::<Vec<_>>(), ["load-balancer", "registry"]);
    let spared: Decimal = told.iter().filter_map(|(_, cost)| *cost).sum();
    assert_eq!(on.bill.total() - off.bill.total(), spared);
    assert!(spared > exactly("23"), "{spared}");
}

/// Document 002 charges NAT to Fargate alone and egress to EC2 alone. Here equal services make an equal list.
#[test]
fn equal_services_make_an_equal_list() {
    let component = "response_size = \"60 KB\"\nwait_time = \"1 s\"\nlog_size = \"2 KB\"";
    let list = |option: &str| {
        let evaluation = tried(&text("10_000/day", component, "", option)).expect("it serves");
        let mut services: Vec<(&str, Decimal)> = Vec::new();
        for charge in evaluation.bill.charges() {
            let Some(reason) = &charge.reason else { continue };
            // What passes the gateway differs: a task loads its own image, an instance those of all its tasks.
            if charge.description.starts_with("Images of app through NAT") {
                continue;
            }
            match services.iter_mut().find(|(service, _)| *service == reason.service) {
                Some((_, cost)) => *cost += charge.cost,
                None => services.push((reason.service, charge.cost)),
            }
        }
        services
    };
    let fargate = list("platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"");
    let cluster = list(
        "platform = \"ecs-ec2\"\ntasks = 2\ninstances = 2\ninstance_type = \"t3.medium\"\nnetwork = \"nat\"",
    );
    let compose =
        list("platform = \"ec2-compose\"\ninstances = 2\ninstance_type = \"t3.medium\"\nnetwork = \"nat\"");
    let names: Vec<&str> = fargate.iter().map(|(service, _)| *service).collect();
    assert_eq!(names, ["load-balancer", "nat-gateway", "egress", "logs", "registry"]);
    for other in [&cluster, &compose] {
        assert_eq!(other.iter().map(|(service, _)| *service).collect::<Vec<_>>(), names);
        for ((service, cost), (_, known)) in other.iter().zip(&fargate) {
            // The load balancer's active connections follow the latency, which differs by the CPU.
            let near = if *service == "load-balancer" { exactly("0.01") } else { Decimal::ZERO };
            assert!((cost - known).abs() <= near, "{service}: {cost} against {known}");
        }
    }
}

#[test]
fn faster_disks_and_snapshots_cost_what_is_beyond_gp3() {
    let option = "platform = \"ec2-compose\"\ninstances = 2\ninstance_type = \"t3.medium\"\ndisk = \"50 GB\"\n\
                  disk_iops = 4_000\ndisk_throughput = 250\nsnapshots = 7";
    let bill = bill("1_000/day", "", "", option);
    // 100 GB; 2 × 1,000 IOPS; 2 × 125 MiB/s; 100 GB × (1 + 6 × 5 %)
    let expected = "100 × 0.08 = 8; 2000 × 0.005 = 10; 250 × 0.04 = 10; 130 × 0.05 = 6.5";
    assert_eq!(shown(&bill, "ebs/"), expected);
}

#[test]
fn the_image_of_a_job_is_pulled_with_each_of_its_runs() {
    let job = "[[job]]\nname = \"nightly\"\nvcpu = 1\nmemory = \"2 GB\"\nduration = \"10 min\"\nruns = \"1/hour\"\nimage_size = \"2 GB\"";
    let component = format!("image_size = \"1 GB\"\n{job}");
    let option = "platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"";
    let bill = bill("1_000/day", &component, "", option);
    // 2 tasks × 1 release × 1 GB, and 730 runs × 2 GB
    assert_eq!(shown(&bill, "vpc/nat-gateway-processed-gb"), "2 × 0.045 = 0.09; 1460 × 0.045 = 65.7");
}

#[test]
fn a_disk_is_no_faster_than_gp3_is() {
    let wrong = |disk: &str| -> Vec<String> {
        let option = format!("platform = \"ec2-compose\"\n{disk}");
        let catalog = Catalog::open(&weigh_prices::files()).expect("the catalog is whole");
        let words = vocabulary(&catalog, &weigh_prices::book());
        let read = Scenario::parse(&text("1_000/day", "", "", &option), &words);
        read.err().unwrap_or_default().into_iter().map(|problem| problem.message).collect()
    };
    assert_eq!(wrong("disk = \"30 GB\"\ndisk_iops = 15_000\ndisk_throughput = 2_000"), Vec::<String>::new());
    let iops = "15001 operations a second on a disk of 30 GB: gp3 does 500 for each GB";
    assert_eq!(wrong("disk = \"30 GB\"\ndisk_iops = 15_001"), [iops]);
    let slow = "751 MiB/s with 3000 operations a second: gp3 does 0.25 MiB/s for each";
    assert_eq!(wrong("disk_throughput = 751"), [slow]);
}
