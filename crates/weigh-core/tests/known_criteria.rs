//! Known answers of the criteria: what each measures on the frozen book, computed by hand; stated traits; uncertainties.

mod support;

use rust_decimal::prelude::ToPrimitive;
use support::{catalog, compare, json, option_of, text};
use weigh_core::compare::{Comparison, Ranked, Verdict};
use weigh_core::criteria::{Criterion, UNLIMITED};

const SMALL: &str = "vcpu = 0.25; memory = \"512 MB\"";

/// Every criterion alike.
const ALL: &str = "[wishes]\ncost_per_million_requests = 1\ntotal_cost_of_ownership = 1\np50_latency = 1\np95_latency = 1\n\
    p99_latency = 1\nthrottled_share = 1\nhead_room = 1\nlongest_request = 1\nlargest_upload = 1\nrecovery_point = 1\n\
    recovery_time = 1\nset_up_hours = 1\nteam_size = 1\nskills_lacking = 1\nstability = 1\nportability = 1\n\
    long_running_tasks = 1\nmonthly_cost = 1\n";

fn ranked(comparison: &Comparison) -> &Ranked {
    match &comparison.options[0].verdict {
        Verdict::Ranked(ranked) => ranked,
        other => panic!("not ranked: {other:?}"),
    }
}

/// A criterion's value for the one option, and how far it may be off.
fn of(comparison: &Comparison, criterion: &str) -> (f64, f64) {
    let place = comparison.columns.iter().position(|column| column.criterion == criterion);
    let place = place.unwrap_or_else(|| panic!("{criterion} is unknown: {:?}", comparison.unknown));
    (ranked(comparison).values[place], ranked(comparison).uncertainties[place])
}

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

#[test]
fn what_the_documents_say_and_the_limits_allow() {
    let team = "[team]\nskills = [\"docker\", \"networking\"]\nhourly_rate = \"$80\"\n";
    let mib = 1_048_576.0;
    // Value and uncertainty: set-up, team, recovery, skills lacking, longest request, largest upload.
    for (platform, settings, set_up, people, recovery, lacking, longest, upload) in [
        ("fargate", "", (5.0, 1.0), (1.5, 0.5), (90.0, 60.0), 1.0, 4_000.0, UNLIMITED),
        ("ecs-ec2", "", (7.0, 1.0), (3.5, 0.5), (450.0, 150.0), 4.0, 4_000.0, UNLIMITED),
        ("lambda", "", (12.0, 4.0), (2.5, 0.5), (0.0, 60.0), 3.0, 900.0, 6.0 * mib),
        ("lambda", "front_door = \"http-api\"", (12.0, 4.0), (2.5, 0.5), (0.0, 60.0), 3.0, 30.0, 6.0 * mib),
        ("lambda", "front_door = \"load-balancer\"", (12.0, 4.0), (2.5, 0.5), (0.0, 60.0), 3.0, 900.0, mib),
        ("lightsail", "", (0.75, 0.25), (1.0, 0.0), (600.0, 60.0), 1.0, UNLIMITED, UNLIMITED),
    ] {
        let found =
            compare(&text("10_000/day", SMALL, &format!("{team}{ALL}{}", option_of(platform, settings))));
        let said = |criterion: &str| of(&found, criterion);
        assert_eq!(said("set_up_hours"), set_up, "{platform}");
        assert_eq!(said("team_size"), people, "{platform}");
        assert_eq!(said("recovery_time"), recovery, "{platform}");
        assert_eq!(said("skills_lacking"), (lacking, 0.0), "{platform}");
        assert_eq!(said("longest_request"), (longest, 0.0), "{platform}");
        assert_eq!(said("largest_upload"), (upload, 0.0), "{platform}");
        assert!(near(said("stability").1, 0.5), "{platform}");
    }
}

#[test]
fn money_is_the_bill_and_the_hours() {
    let team = "[team]\nhourly_rate = \"$80\"\nset_up_months = 10\n";
    let wishes = "[wishes]\ntotal_cost_of_ownership = 1\ncost_per_million_requests = 1\nhead_room = 1\n";
    let found = compare(&text(
        "1_000_000/month",
        SMALL,
        &format!("{team}{wishes}{}", option_of("fargate", "tasks = 2")),
    ));
    let evaluation = &ranked(&found).evaluation;
    let bill = evaluation.bill.total().to_f64().unwrap();
    // Fargate: 2 to 3 hours a month and 4 to 6 of set-up, spread over ten months.
    assert!(near(of(&found, "total_cost_of_ownership").0, bill + 80.0 * (2.5 + 0.5)), "{bill}");
    // Half of both ranges; every price of the frozen book here has its source.
    assert!(near(of(&found, "total_cost_of_ownership").1, 80.0 * (0.5 + 0.1)));
    assert!(near(of(&found, "cost_per_million_requests").0, bill));
    let head_room = of(&found, "head_room").0;
    assert!(near(head_room, 1.0 - evaluation.utilisation()) && head_room > 0.5 && head_room < 1.0);
}

#[test]
fn percentiles_stand_in_their_order_and_are_surer_where_nothing_waits() {
    let wishes = "[wishes]\np50_latency = 1\np95_latency = 1\np99_latency = 1\n";
    let at =
        |rate: &str| compare(&text(rate, SMALL, &format!("{wishes}{}", option_of("fargate", "tasks = 1"))));
    let (quiet, busy) = (at("1_000/day"), at("3.5/s"));
    for found in [&quiet, &busy] {
        let (p50, p95, p99) =
            (of(found, "p50_latency").0, of(found, "p95_latency").0, of(found, "p99_latency").0);
        assert!(p50 < p95 && p95 < p99, "{p50} {p95} {p99}");
        let utilisation = ranked(found).evaluation.utilisation();
        assert!(near(of(found, "p95_latency").1, p95 * 0.25 * utilisation));
        assert!(near(of(found, "p99_latency").1, p99 * 0.42 * utilisation));
    }
    let share = |found: &Comparison| of(found, "p95_latency").1 / of(found, "p95_latency").0;
    assert!(share(&quiet) < 0.01 && share(&busy) > 0.1, "{} {}", share(&quiet), share(&busy));
}

#[test]
fn what_is_unknown_is_left_out_with_its_remedy() {
    let unknown = |tables: &str| {
        let told = json(&text("10_000/day", SMALL, &format!("{tables}{}", option_of("ec2-compose", ""))));
        told["recommendation"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned()
    };
    let wish = |criterion: &str| format!("[wishes]\nmonthly_cost = 1\n{criterion} = 1\n");
    assert_eq!(
        unknown(&wish("total_cost_of_ownership")),
        "The criterion total cost of ownership was left out: it is unknown for it. To have it, state `hourly_rate` in \
         [team]; hours that are not known, in [[trait]]."
    );
    assert!(unknown(&wish("portability")).contains("state `stars/portability` in [[trait]]"));
    let stated = "[[trait]]\nplatform = \"ec2-compose\"\nname = \"stars/portability\"\nvalue = 5\nreason = \"plain Docker\"\n";
    assert!(!unknown(&format!("{}{stated}", wish("portability"))).contains("left out"));
}

#[test]
fn a_stated_trait_stands_in_the_stead_of_the_data_and_is_told() {
    let stated = "[[trait]]\nplatform = \"fargate\"\nname = \"operating-hours\"\nvalue = 1\nreason = \"measured\"\n\
        [[trait]]\nplatform = \"fargate\"\nname = \"sla-single-percent\"\nvalue = 99.9\nreason = \"an agreement of ours\"\n";
    let found =
        compare(&text("10_000/day", SMALL, &format!("{stated}{}", option_of("fargate", "tasks = 1"))));
    assert_eq!(of(&found, "operating_hours"), (1.0, 0.0));
    // 99.9 % of the task × 99.99 % of the load balancer.
    assert!(near(of(&found, "availability").0, 0.999 * 0.9999));
    let told = json(&text("10_000/day", SMALL, &format!("{stated}{}", option_of("fargate", "tasks = 1"))));
    let assumptions = told["assumptions"].to_string();
    assert!(
        assumptions.contains(
            "Stated in the stead of the data: `operating-hours` of fargate = 1 (hours per month): measured."
        ),
        "{assumptions}"
    );
}

#[test]
fn availability_is_composed_over_compute_load_balancer_and_databases() {
    let service = |kind: &str, settings: &str| format!("[[service]]\nkind = \"{kind}\"\n{settings}\n");
    let database = "instance_type = \"db.t4g.medium\"\nstorage = \"100 GB\"";
    let two_tasks = 0.9999 * 0.9999;
    for (services, expected) in [
        (String::new(), two_tasks),
        (service("rds-postgresql", database), two_tasks * 0.995),
        (service("rds-postgresql", &format!("{database}\ndeployment = \"multi-az\"")), two_tasks * 0.9995),
        (service("rds-postgresql", &format!("{database}\nenabled = false")), two_tasks),
        // Nothing waits for a queue or a key.
        (service("kms", "keys = 2"), two_tasks),
    ] {
        let found =
            compare(&text("10_000/day", SMALL, &format!("{services}{}", option_of("fargate", "tasks = 2"))));
        assert!(near(of(&found, "availability").0, expected), "{services}");
    }
}

#[test]
fn every_trait_that_a_criterion_names_is_in_the_data() {
    for criterion in weigh_core::criteria::CRITERIA {
        for name in criterion.traits {
            let has = |platform: &&&str| catalog().trait_of(platform, name).is_some();
            let known =
                ["ec2-compose", "ecs-ec2", "fargate", "lambda", "lightsail"].iter().filter(has).count();
            assert!(known >= 2, "{}: {name} of {known} platforms", criterion.id);
        }
    }
    assert_eq!(Criterion::find("longest_request").unwrap().show(UNLIMITED), "unlimited");
}
