//! Known answers of stated services in dollars, on the frozen book: AWS's published examples, and figures by hand.

mod support;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use support::{catalog, evaluation, whole_book};
use weigh_core::bill::{Bill, Charge};
use weigh_core::compare::{compare, vocabulary};
use weigh_core::pricebook::Terms;
use weigh_core::scenario::{Scenario, ServiceRequest};
use weigh_core::services::Flow;
use weigh_core::services::stated::{Context, StatedService};
use weigh_core::time::Month;
use weigh_core::usage::Usage;

/// US dollars for a service in us-east-1 in a month of 730 hours, to the cent, without free quantities.
fn dollars(text: &str, requests: u64, day: &str) -> String {
    let words = vocabulary(catalog(), whole_book());
    let service = ServiceRequest::parse(text, &words).unwrap_or_else(|why| panic!("{text}: {why:?}"));
    let kind = StatedService::find(&service.kind).expect("a kind of the table");
    let size = |text: &str| text.parse().expect("a size");
    let flow = Flow {
        component: "api".to_owned(),
        kind: String::new(),
        requests: requests.into(),
        internal: false,
        through_cdn: false,
        request_size: size("2 KB"),
        response_size: size("100 KB"),
        log_size: size("0 B"),
        outside_request_size: size("0 B"),
        outside_response_size: size("0 B"),
    };
    let context = Context::of("x", Month::Average, vec![flow], catalog());
    let mut usage = Usage::default();
    (kind.meter)(&service.settings, &context, &mut usage).expect("exact amounts");
    let prices = whole_book().open("us-east-1", None).expect("a region of the book");
    let day = if day.is_empty() { prices.newest() } else { day.parse().expect("a day") };
    let terms = Terms { with_allowances: false, ..Terms::on(day) };
    let bill = prices.price(&usage, &terms).unwrap_or_else(|missing| panic!("{text}: {missing:?}"));
    let total: Decimal = bill.charges().iter().map(|charge| charge.quantity * charge.rate).sum();
    assert_eq!(total, bill.total(), "{text}");
    total.round_dp(2).normalize().to_string()
}

/// What AWS's pages come to, each as the page states it.
#[test]
#[rustfmt::skip]
fn examples_that_aws_has_published() {
    for (what, text, requests, day, expected) in [
        // AWS Step Functions pricing: a million express workflows of 30 s with 64 MB: 31.26 for 520.83 GB-hours, 1 for requests.
        ("step functions", "kind = \"step-functions\"\nworkflow = \"express\"\nexecutions_per_request = 1\nduration = \"30 s\"", 1_000_000, "", "32.26"),
        // aws.github.io/aws-security-services-best-practices, WAF costs: 5 + 5 × 1 + 2 × 1 + 10 × 0.60.
        ("waf", "kind = \"waf\"\nrules = 5\nrule_groups = 2", 10_000_000, "", "18"),
        // Amazon API Gateway pricing: five million calls of a REST API: 5 × 3.50.
        ("rest api", "kind = \"api-gateway\"\napi = \"rest\"", 5_000_000, "", "17.5"),
        // Amazon DynamoDB on-demand pricing before November 2024: 3.55 million writes and strongly consistent reads of 1 KB,
        // 4.44 and 0.89.
        ("dynamodb", "kind = \"dynamodb\"\nstorage = 0\nreads_per_request = 1\nwrites_per_request = 1\nconsistency = \"strong\"", 3_550_000, "2024-07-01", "5.32"),
    ] {
        assert_eq!(dollars(text, requests, day), expected, "{what}");
    }
}

#[test]
#[rustfmt::skip]
fn figures_by_hand() {
    for (text, requests, expected) in [
        // 730 × 0.129 + 100 × 0.23 + 50 × 0.095 + 2 × 730 × 0.015 = 94.17 + 23 + 4.75 + 21.9
        ("kind = \"rds-postgresql\"\ninstance_type = \"db.t4g.medium\"\ndeployment = \"multi-az\"\nstorage = \"100 GB\"\nbackup_storage = \"150 GB\"\nproxy = true", 0, "143.82"),
        // 730 × 1.5 × 0.12 + 50 × 0.10 + 4 million × 0.20 a million = 131.4 + 5 + 0.8
        ("kind = \"aurora-serverless-v2\"\nmin_acu = 0.5\nmax_acu = 8\nmean_acu = 1.5\nstorage = \"50 GB\"\nios_per_request = 4", 1_000_000, "137.2"),
        // 4 × 730 × 0.0128
        ("kind = \"elasticache\"\nnode_type = \"cache.t4g.micro\"\nshards = 2\nreplicas = 1", 0, "37.38"),
        // The least of 100 MB: 0.09765625 GB × 730 × 0.084 = 5.99, and 3 million × 0.0023 a million = 0.0069
        ("kind = \"elasticache-serverless\"\ndata = \"10 MB\"\necpus_per_request = 3", 1_000_000, "6"),
        // Three calls for each of a million messages at 0.40, and 730,000 empty ones.
        ("kind = \"sqs\"\nmessages_per_request = 1\nempty_receives = \"1000/hour\"", 1_000_000, "1.49"),
        // 3 × 0.40 + 146,000 × 5 a million
        ("kind = \"secrets-manager\"\nsecrets = 3\ncalls = \"200/hour\"", 0, "1.93"),
        // 2 × 1 + 1 million × 3 a million
        ("kind = \"kms\"\nkeys = 2\ncalls_per_request = 1", 1_000_000, "5"),
        // 4 × 1,048,576 requests at 1.00 a million = 4.19, and 4 × 100 GB × 0.085 = 34
        ("kind = \"cloudfront\"\nhit_share = \"75 %\"", 1_048_576, "38.19"),
        // 10,000 × 1,500 × 3.30 a million + 10,000 × 300 × 16.50 a million = 49.5 + 49.5
        ("kind = \"bedrock\"\nmodel = \"claude-sonnet-4.6\"\nshare = \"10 %\"\ninput_tokens = 1500\noutput_tokens = 300", 100_000, "99"),
        // Of 30 GB a month 30 days in standard (29.589 × 0.023 = 0.68) and 335 infrequent (330.41 × 0.0125 = 4.13).
        ("kind = \"s3\"\nmonthly_upload = \"30 GB\"\nretention_days = 365\ninfrequent_after_days = 30", 0, "4.81"),
        // 20 × 0.30 + 80 × 0.025 + 10 × 0.03 + 5 × 0.06
        ("kind = \"efs\"\nstorage = \"20 GB\"\ninfrequent_storage = \"80 GB\"\nread_per_request = \"1 MB\"\nwritten_per_request = \"512 KB\"", 10_240, "8.6"),
    ] {
        assert_eq!(dollars(text, requests, ""), expected, "{text}");
    }
}

/// The bill of an option of a shop with two components and these services.
fn billed(services: &str, options: &str) -> Bill {
    billed_at("1_000_000/month", services, options)
}

/// The bill of the first option at a rate, whether or not it serves all of it.
fn billed_at(rate: &str, services: &str, options: &str) -> Bill {
    let text = format!(
        "[scenario]\nname = \"Shop\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"{rate}\"\n\
         [[component]]\nname = \"api\"\nvcpu = 0.25\nmemory = \"512 MB\"\ncpu_time = \"10 ms\"\nstart_up_time = \"1 s\"\n\
         [[component]]\nname = \"worker\"\nvcpu = 0.25\nmemory = \"512 MB\"\ncpu_time = \"10 ms\"\ntraffic_share = \"50 %\"\n\
         start_up_time = \"1 s\"\n{services}{options}"
    );
    let words = vocabulary(catalog(), whole_book());
    let scenario = Scenario::parse(&text, &words).unwrap_or_else(|why| panic!("{text}: {why:?}"));
    let prices = whole_book().open("us-east-1", None).expect("a region of the book");
    let comparison = compare(&scenario, catalog(), &prices).expect("scales");
    evaluation(&comparison.options[0]).expect("an option that was weighed").bill.clone()
}

/// The charges of the stated services of an option, as environment, service and amount metered.
fn charged(services: &str, options: &str) -> Vec<(String, String, String)> {
    let bill = billed(services, options);
    let stated = |name: &str| !["", "api", "worker"].contains(&name);
    let charges = bill.charges().iter().filter(|charge| stated(&charge.component));
    let shown = charges.map(|charge| {
        (charge.environment.to_string(), charge.component.to_string(), charge.metered.normalize().to_string())
    });
    shown.collect()
}

/// A database is one for its environment, however many parts of an option share it, and sees the requests of all of them.
#[test]
fn each_environment_has_its_services_once() {
    let services = "[[service]]\nkind = \"kms\"\nkeys = 1\n\
                    [[service]]\nkind = \"waf\"\nrules = 0\nenvironment = \"production\"\n\
                    [[environment]]\nname = \"staging\"\ntraffic_share = \"10 %\"\n[[environment]]\nname = \"production\"\n";
    let parts = "[[option]]\nname = \"split\"\n\
                 [[option.part]]\nenvironment = \"staging\"\nplatform = \"fargate\"\n\
                 [[option.part]]\nenvironment = \"production\"\nplatform = \"fargate\"\ncomponents = [\"api\"]\n\
                 [[option.part]]\nenvironment = \"production\"\nplatform = \"lightsail\"\ncomponents = [\"worker\"]\n";
    let row = |environment: &str, service: &str, metered: &str| {
        (environment.to_owned(), service.to_owned(), metered.to_owned())
    };
    let expected = [
        row("staging", "kms", "1"),
        row("production", "kms", "1"),
        row("production", "waf", "1"),
        // The requests of both components, which stand in two parts.
        row("production", "waf", "1500000"),
    ];
    assert_eq!(charged(services, parts), expected);
    assert_eq!(charged(services, "[[option]]\nplatform = \"fargate\"\n"), expected);
    let alone = charged("[[service]]\nkind = \"waf\"\nrules = 0\n", "[[option]]\nplatform = \"fargate\"\n");
    assert_eq!(alone, [row("", "waf", "1"), row("", "waf", "1500000")]);
}

/// What leaves through CloudFront is billed there, and nowhere else to the internet.
#[test]
fn responses_behind_cloudfront_do_not_leave_twice() {
    let option = "[[option]]\nplatform = \"fargate\"\n";
    let cdn = charged("[[service]]\nkind = \"cloudfront\"\nhit_share = \"50 %\"\n", option);
    // Two requests of viewers for each: 2 × 1.5 million, and 20 KB for each of them.
    let amounts: Vec<&str> = cdn.iter().map(|(.., amount)| amount.as_str()).collect();
    assert_eq!(amounts, ["3000000", "38.146972656", "19.073486328"]);
    let leaves = |services: &str| billed(services, option).charges().iter().any(to_the_internet);
    assert!(leaves(""), "responses leave to the internet by themselves");
    assert!(!leaves("[[service]]\nkind = \"cloudfront\"\n"), "and not behind CloudFront");
    assert!(leaves("[[service]]\nkind = \"cloudfront\"\nenabled = false\n"), "unless it is switched off");
    assert!(
        leaves("[[service]]\nkind = \"cloudfront\"\ncomponent = \"api\"\n"),
        "or before another component"
    );
}

/// What stands in front takes also what is refused behind it, as the API of a Lambda option does.
#[test]
fn what_stands_in_front_bills_what_is_refused_behind_it() {
    let services = "[[service]]\nkind = \"api-gateway\"\napi = \"rest\"\n[[service]]\nkind = \"waf\"\nrules = 0\n\
                    [[service]]\nkind = \"cloudfront\"\n[[service]]\nkind = \"x-ray\"\nsampled = 1.0\n";
    let option = "[[option]]\nplatform = \"lambda\"\nfront_door = \"http-api\"\nconcurrency_quota = 10\n";
    let bill = billed_at("1000/s", services, option);
    let metered = |price_id: &str| -> Decimal {
        // A line that reaches several tiers has a charge in each: what it metered counts once.
        let charges = bill.charges().iter().filter(|charge| charge.price_id == price_id);
        charges.map(|charge| (&charge.description, charge.metered)).collect::<BTreeMap<_, _>>().values().sum()
    };
    let came = metered("api-gateway/http-requests");
    // 1,000 a second for the one component and 500 for the other, through 730 hours.
    assert_eq!(came, Decimal::from(1_500_u64 * 730 * 3_600));
    for price_id in ["api-gateway/rest-requests", "waf/requests", "cloudfront/https-requests/us"] {
        assert_eq!(metered(price_id), came, "{price_id}");
    }
    let traced = metered("x-ray/traces-recorded");
    assert!(traced > Decimal::ZERO && traced < came, "what is refused is not traced: {traced}");
}

/// A firewall at the edge inspects what viewers ask there: each component by the distribution in front of it.
#[test]
fn a_firewall_at_the_edge_counts_viewers_of_its_own_distribution() {
    let option = "[[option]]\nplatform = \"fargate\"\n";
    let distribution = |name: &str, component: &str, hit_share: &str| {
        format!(
            "[[service]]\nkind = \"cloudfront\"\nname = \"{name}\"\nhit_share = \"{hit_share}\"\n{component}\n"
        )
    };
    let firewall = |component: &str| {
        format!("[[service]]\nkind = \"waf\"\nrules = 0\ninspects_at = \"cloudfront\"\n{component}\n")
    };
    let (api, worker) = ("component = \"api\"", "component = \"worker\"");
    let both = distribution("d1", api, "50 %") + &distribution("d2", worker, "75 %");
    let general = distribution("d1", "", "90 %") + &distribution("d2", worker, "75 %");
    for (services, expected) in [
        // A million requests of the one, half a million of the other.
        (both.clone() + &firewall(api), vec!["2000000"]),
        (both.clone() + &firewall(worker), vec!["2000000"]),
        (both + &firewall(""), vec!["2000000", "2000000"]),
        (general.clone() + &firewall(worker), vec!["2000000"]),
        (general + &firewall(""), vec!["2000000", "10000000"]),
        (distribution("d1", api, "50 %") + &firewall(worker), vec!["500000"]),
    ] {
        let charges = charged(&services, option);
        let amounts: Vec<&str> = charges
            .iter()
            .filter(|(_, service, amount)| service == "waf" && amount != "1")
            .map(|(.., amount)| amount.as_str())
            .collect();
        assert_eq!(amounts, expected, "{services}");
    }
}

fn to_the_internet(charge: &Charge) -> bool {
    charge.price_id == "transfer/internet-out-gb"
}

#[test]
fn shares_of_distributions_that_are_not_all_viewers_are_told() {
    let told = |services: &str| -> Vec<String> {
        let scenario = Scenario::parse(&scenario_text(services), &vocabulary(catalog(), whole_book()))
            .expect("a scenario");
        let notes = weigh_core::services::stated::notes(&scenario);
        notes.into_iter().filter(|note| note.starts_with("the shares")).collect()
    };
    let area = |area: &str, share: &str| {
        format!("[[service]]\nkind = \"cloudfront\"\nname = \"{area}\"\narea = \"{area}\"\n{share}\n")
    };
    assert!(told(&area("us", "")).is_empty());
    assert!(told(&(area("us", "share = \"40 %\"") + &area("europe", "share = \"60 %\""))).is_empty());
    let twice = told(&(area("us", "") + &area("europe", "")));
    assert_eq!(
        twice,
        [
            "the shares of CloudFront in front of api add up to 200 % of its viewers: some are billed more than once"
        ]
    );
    let half = told(&area("us", "share = \"50 %\""));
    assert_eq!(
        half,
        ["the shares of CloudFront in front of api add up to 50 % of its viewers: the rest is not billed"]
    );
}

fn scenario_text(services: &str) -> String {
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1/s\"\n[[component]]\nname = \"api\"\nvcpu = 1\n\
         memory = \"1 GB\"\ncpu_time = \"1 ms\"\n{services}"
    )
}
