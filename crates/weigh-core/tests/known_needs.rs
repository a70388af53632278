//! Known answers that are no money: which platform fails which need, and what the book can't price.

mod support;

use std::borrow::Cow;

use support::{
    catalog, charges, compare, cost, evaluation, exactly, failed, files, json, only, option, option_of,
    scenario, shown, status, text,
};
use weigh_core::catalog::Catalog;
use weigh_core::compare::{Compared, Verdict};
use weigh_core::data::DataFile;
use weigh_core::pricebook::{Absence, PriceBook};

/// Small enough for every platform.
const SMALL: &str = "vcpu = 0.25; memory = \"512 MB\"";

/// The failed needs and notes of one option.
fn told(option: &Compared) -> String {
    match &option.verdict {
        Verdict::Rejected { needs, .. } => {
            needs.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        _ => evaluation(option).map(|known| known.notes.join("\n")).unwrap_or_default(),
    }
}

#[test]
fn the_limits_of_lambda_and_its_front_doors() {
    let (url, api, balancer) =
        ("front_door = \"function-url\"", "front_door = \"http-api\"", "front_door = \"load-balancer\"");
    for (door, needs, component, expected) in [
        // 30 s behind an HTTP API, 15 minutes everywhere, as a need and as a mean
        (api, "longest_request = \"30 s\"", "", ""),
        (api, "longest_request = \"45 s\"", "", "longest_request"),
        (url, "longest_request = \"45 s\"", "", ""),
        (url, "longest_request = \"15 min\"", "", ""),
        (url, "longest_request = \"901 s\"", "", "longest_request"),
        (balancer, "longest_request = \"16 min\"", "", "longest_request"),
        (api, "", "wait_time = \"31 s\"", "longest_request"),
        (url, "", "wait_time = \"31 s\"", ""),
        // 6 MB in and out, 1 MB behind a load balancer, 200 MB when streamed
        (url, "largest_upload = \"6 MB\"", "", ""),
        (url, "largest_upload = \"7 MB\"", "", "largest_upload"),
        (api, "largest_upload = \"7 MB\"", "", "largest_upload"),
        (balancer, "largest_upload = \"1 MB\"", "", ""),
        (balancer, "largest_upload = \"2 MB\"", "", "largest_upload"),
        (url, "", "request_size = \"7 MB\"", "largest_upload"),
        (url, "", "response_size = \"7 MB\"", "response_size"),
        (balancer, "", "response_size = \"2 MB\"", "response_size"),
        (url, "streaming = true", "response_size = \"7 MB\"", ""),
        (url, "streaming = true", "response_size = \"201 MB\"", "response_size"),
        (api, "streaming = true", "", "streaming"),
        (url, "websocket = true", "", "websocket"),
        // what an image, /tmp and the account may have
        (url, "", "image_size = \"11 GB\"", "image_size"),
        ("ephemeral_storage = \"11 GB\"", "", "", "ephemeral_storage"),
        ("memory = \"11 GB\"", "", "", "memory"),
        ("memory = \"256 MB\"", "", "", "memory"),
        (url, "shell_access = true", "", "shell_access"),
    ] {
        let component = format!("{SMALL}; {component}");
        let rest = format!("[needs]\n{needs}\n{}", option_of("lambda", door));
        let comparison = compare(&text("10_000/month", &component, &rest));
        let found = failed(&comparison.options[0]).join(", ");
        assert_eq!(found, expected, "{door}, {needs}, {component}");
    }
}

/// The status of every platform: `l` Lambda, `s` Lightsail, `f` Fargate, `e` ECS on EC2, `c` EC2 with Compose.
fn standing(comparison: &weigh_core::compare::Comparison, wanted: &str) -> String {
    let letters =
        [("lambda", 'l'), ("lightsail", 's'), ("fargate", 'f'), ("ecs-ec2", 'e'), ("ec2-compose", 'c')];
    let with = letters.into_iter().filter(|(name, _)| status(option(comparison, name)) == wanted);
    with.map(|(_, letter)| letter).collect()
}

#[test]
fn which_platforms_meet_which_needs() {
    for (needs, component, ranked) in [
        ("", "", "lsfec"),
        ("longest_request = \"16 min\"", "", "sfec"),
        // the load balancer ends a request after 4,000 s; one instance has none
        ("longest_request = \"2 h\"", "", "sc"),
        ("largest_upload = \"7 MB\"", "", "sfec"),
        ("gpu = true", "", "ec"),
        ("zones = 2", "", "lfec"),
        ("shell_access = true", "", "fec"),
        ("never_cold = true", "", "lsfec"),
        ("websocket = true", "", "sfec"),
        // two replicas in two zones reach it, one does not
        ("availability = \"99.9 %\"", "", "lfec"),
        ("availability = \"99.9 %\"\nmin_replicas = 2", "", "lfec"),
        // a t3.micro with its disk and address: 7.592 + 2.40 + 3.65
        ("monthly_budget = \"$16\"", "", "lsc"),
        ("", "state = \"session\"", "sfec"),
        ("", "state = \"local-disk\"; disk = \"10 GB\"", "fec"),
    ] {
        let component = format!("{SMALL}; {component}");
        let comparison = compare(&text("10_000/day", &component, &format!("[needs]\n{needs}\n")));
        assert_eq!(standing(&comparison, "ranked"), ranked, "{needs} {component}");
        let others: String = "lsfec".chars().filter(|letter| !ranked.contains(*letter)).collect();
        assert_eq!(standing(&comparison, "rejected"), others, "{needs} {component}");
    }
}

#[test]
fn every_rejection_says_what_is_wanted_what_there_is_and_when_that_changes() {
    let needs = "[needs]\ngpu = true\nlongest_request = \"2 h\"\nlargest_upload = \"7 MB\"\nzones = 3\n\
        shell_access = true\nwebsocket = true\ncompliance = [\"hipaa\"]\nmonthly_budget = \"$1\"\n";
    let comparison = compare(&text("10_000/day", SMALL, needs));
    assert_eq!(comparison.options.len(), 5);
    for option in &comparison.options {
        let Verdict::Rejected { needs, .. } = &option.verdict else { panic!("{}", option.name) };
        assert!(!needs.is_empty(), "{}", option.name);
        for failed in needs {
            let parts = [&failed.need, &failed.wanted, &failed.offered, &failed.revisit_when];
            assert!(parts.iter().all(|part| !part.is_empty()), "{}: {failed:?}", option.name);
        }
    }
    // All of them are told, not the first; the budget waits for a deployment that could be priced.
    assert_eq!(
        failed(option(&comparison, "lambda")),
        ["shell_access", "gpu", "largest_upload", "websocket", "longest_request"]
    );
}

#[test]
fn a_gpu_comes_with_instances_that_have_one() {
    let comparison = compare(&text("10_000/day", SMALL, "[needs]\ngpu = true\n"));
    for name in ["ecs-ec2", "ec2-compose"] {
        let size = &evaluation(option(&comparison, name)).expect("ranked").size;
        assert!(size.contains("g4dn.xlarge"), "{size}");
    }
    for platform in ["ecs-ec2", "ec2-compose"] {
        // A type that the option states must have one too.
        let stated = option_of(platform, "instance_type = \"m5.large\"");
        let comparison = compare(&text("10_000/day", SMALL, &format!("[needs]\ngpu = true\n{stated}")));
        assert_eq!(failed(&comparison.options[0]), ["gpu"], "{platform}");
    }
    for name in ["fargate", "lambda", "lightsail"] {
        assert_eq!(failed(option(&comparison, name)), ["gpu"], "{name}");
    }
}

#[test]
fn never_cold_provisions_enough_or_is_refused() {
    let needs = "[needs]\nnever_cold = true\n";
    let enough = only(&text("10/s", SMALL, &format!("{needs}{}", option_of("lambda", ""))));
    assert!(enough.size.ends_with("provisioned"), "{}", enough.size);
    assert!(enough.cold_start_share() < 1e-4, "{}", enough.cold_start_share());
    assert!(!charges(&enough.bill, "lambda/provisioned-concurrency").is_empty());
    let too_few = option_of("lambda", "provisioned_concurrency = 1");
    let refused = compare(&text("10/s", SMALL, &format!("{needs}{too_few}")));
    assert_eq!(failed(&refused.options[0]), ["never_cold"]);
}

#[test]
fn data_on_a_local_disk_becomes_a_file_system_or_a_larger_disk() {
    let component = format!("{SMALL}; state = \"local-disk\"; disk = \"10 GB\"");
    let comparison = compare(&text("10_000/day", &component, ""));
    let bill = |name| &evaluation(option(&comparison, name)).expect("ranked").bill;
    assert_eq!(shown(bill("fargate"), "efs/"), "10 × 0.3 = 3");
    // 30 GB for the system and 10 GB of data
    assert_eq!(shown(bill("ec2-compose"), "ebs/"), "40 × 0.08 = 3.2");
    for (name, expected) in [
        ("lambda", "a local disk of 10 GB for app"),
        ("lightsail", "Lightsail containers keep no disk"),
        ("fargate", "10 GB of local disk become an EFS file system"),
        ("ecs-ec2", "a task that moves to another one leaves its data"),
    ] {
        let told = told(option(&comparison, name));
        assert!(told.contains(expected), "{name}: {told}");
    }
}

#[test]
fn sessions_in_memory_need_one_node_or_a_sticky_load_balancer() {
    let component = format!("{SMALL}; state = \"session\"");
    let rest = "[needs]\nmin_replicas = 2\n";
    let comparison = compare(&text("10_000/day", &component, rest));
    assert_eq!(failed(option(&comparison, "lambda")), ["state"]);
    assert_eq!(failed(option(&comparison, "lightsail")), ["state"]);
    for name in ["fargate", "ecs-ec2", "ec2-compose"] {
        assert!(told(option(&comparison, name)).contains("the load balancer must be sticky"), "{name}");
    }
    let one_node = compare(&text("10_000/day", &component, ""));
    assert_eq!(standing(&one_node, "ranked"), "sfec");
}

#[test]
fn too_few_replicas_are_unstable_and_never_a_large_number() {
    // 10/s × 1 s are 10 requests at once: 11 workers are the fewest that keep up.
    let component = "cpu_time = \"1 s\"";
    for (platform, settings) in [
        ("fargate", "tasks = 10"),
        ("ecs-ec2", "tasks = 10; instance_type = \"m5.xlarge\""),
        ("ec2-compose", "instances = 2; instance_type = \"m5.large\""),
        ("lightsail", "nodes = 2; power = \"xlarge\""),
    ] {
        let comparison = compare(&text("10/s", component, &option_of(platform, settings)));
        assert_eq!(failed(&comparison.options[0]), ["traffic"], "{platform}");
        let told = told(&comparison.options[0]);
        assert!(told.contains("the capacity for all requests of app"), "{told}");
        assert!(told.contains("unstable"), "{told}");
        let nearest = evaluation(&comparison.options[0]).expect("it was priced all the same");
        assert_eq!(nearest.latency(), None, "{platform}");
    }
    assert_eq!(
        status(&compare(&text("10/s", component, &option_of("fargate", "tasks = 11"))).options[0]),
        "ranked"
    );
}

#[test]
fn a_missing_price_names_itself_and_the_rest_is_ranked() {
    let mumbai = "region = \"ap-south-1\"\n";
    let comparison = compare(&text("10_000/day", SMALL, mumbai));
    assert_eq!(standing(&comparison, "ranked"), "lsc");
    assert_eq!(standing(&comparison, "unpriced"), "fe");
    for name in ["fargate", "ecs-ec2"] {
        let Verdict::Unpriced { missing, .. } = &option(&comparison, name).verdict else { panic!("{name}") };
        let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["no price for elb/application-lcu-hours in ap-south-1 on 2026-11-21: \
              add it to pricing-data/aws/ap-south-1/elb.csv"],
            "{name}"
        );
        assert_eq!(missing[0].absence, Absence::Missing);
    }
}

#[test]
fn a_borrowed_price_is_marked_and_counted() {
    let borrowing = "region = \"ap-south-1\"\nassume_missing_from = \"us-east-1\"\n";
    let rest = format!("{borrowing}{}", option_of("fargate", "tasks = 1"));
    let evaluation = only(&text("10_000/day", "", &rest));
    for charge in evaluation.bill.charges() {
        let borrowed = charge.provenance.borrowed_from.as_deref();
        let expected = (charge.price_id == "elb/application-lcu-hours").then_some("us-east-1");
        assert_eq!(borrowed, expected, "{}", charge.price_id);
    }
    // The rest is Mumbai's own: 730 h of a load balancer at 0.0239.
    assert_eq!(cost(&evaluation.bill, "elb/application-load-balancer-hours"), exactly("17.447"));
    let report = json(&text("10_000/day", "", &rest));
    assert_eq!(report["prices"]["borrowed"], 1);
    let lcu = report["options"][0]["charges"].as_array().expect("charges").iter();
    let lcu: Vec<_> = lcu.filter(|charge| charge["price_id"] == "elb/application-lcu-hours").collect();
    assert_eq!(lcu[0]["borrowed_from"], "us-east-1");
}

#[test]
fn not_offered_is_a_fact_and_neither_missing_nor_borrowed() {
    let edited = |file: &DataFile| {
        let mut file = file.clone();
        if file.path == "aws/eu-west-1/ec2.csv" {
            let rows = file.text.lines().map(|row| match row.starts_with("ec2/instance-hours/t3.medium,") {
                true => "ec2/instance-hours/t3.medium,Hours,0,not offered,2025-04-04,2025-04-04,test,",
                false => row,
            });
            file.text = Cow::Owned(rows.collect::<Vec<_>>().join("\n"));
        }
        file
    };
    let files: Vec<DataFile> = files().iter().map(edited).collect();
    for borrow in [None, Some("us-east-1")] {
        let book =
            PriceBook::pack(&files).expect("a right book").open("eu-west-1", borrow).expect("a region");
        let settings = "instance_type = \"t3.medium\"; instances = 1";
        let scenario = scenario(&text("10_000/day", SMALL, &option_of("ec2-compose", settings)));
        let comparison = weigh_core::compare::compare(&scenario, catalog(), &book).expect("scales");
        let Verdict::Unpriced { missing, .. } = &comparison.options[0].verdict else { panic!("{borrow:?}") };
        let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["ec2/instance-hours/t3.medium is not offered in eu-west-1"]);
    }
}

#[test]
fn an_unknown_service_level_is_neither_a_promise_nor_none() {
    let without_balancer = |file: &DataFile| {
        let rows = file.text.lines().filter(|row| !row.starts_with("application-load-balancer,sla"));
        DataFile { text: rows.collect::<Vec<_>>().join("\n").into(), ..file.clone() }
    };
    let files: Vec<DataFile> = files().iter().map(without_balancer).collect();
    let catalog = Catalog::open(&files).expect("a whole catalog");
    let book = support::book("us-east-1", None);
    let compared = |needs: &str| {
        let scenario = scenario(&text("10_000/day", SMALL, &format!("{needs}{}", option_of("fargate", ""))));
        weigh_core::compare::compare(&scenario, &catalog, &book).expect("scales")
    };
    let unasked = compared("");
    let evaluated = evaluation(&unasked.options[0]).expect("a ranked option");
    assert_eq!(evaluated.availability(), None);
    let asked = compared("[needs]\navailability = \"99 %\"\n");
    assert_eq!(failed(&asked.options[0]), ["availability"]);
    let why = told(&asked.options[0]);
    assert!(why.contains("Application Load Balancer unknown"), "{why}");
    assert!(why.contains("traits/platforms.csv"), "{why}");
}
