//! Tests that walk the table of supporting services, on the real price book: they are about its price ids.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use weigh_core::catalog::Catalog;
use weigh_core::compare::vocabulary;
use weigh_core::scenario::{Kind, Presence, Section, ServiceHeader, ServiceRequest, Values, Vocabulary};
use weigh_core::services::Flow;
use weigh_core::services::stated::{Context, EXTERNAL, SERVICES, StatedService, worked};
use weigh_core::time::Month;
use weigh_core::usage::Usage;

fn catalog() -> Catalog {
    Catalog::open(&weigh_prices::files()).expect("the catalog is whole")
}

#[test]
fn ids_are_unique_and_sorted_and_lead_to_their_kind() {
    let ids: Vec<&str> = SERVICES.iter().map(|service| service.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    for service in SERVICES {
        assert_eq!(StatedService::find(service.id).map(|found| found.title), Some(service.title));
        assert!(service.summary.ends_with('.'), "{}", service.id);
        assert!(!service.metered.ends_with('.'), "{}", service.id);
    }
}

#[test]
fn every_setting_is_described_once_and_its_default_is_one() {
    for service in SERVICES {
        let mut keys: Vec<&str> = ServiceHeader::FIELDS.iter().map(|field| field.key).collect();
        for field in service.settings {
            let name = format!("{} of {}", field.key, service.id);
            assert!(!keys.contains(&field.key), "{name} stands twice");
            keys.push(field.key);
            assert!(field.doc.trim().ends_with('.'), "{name}: {}", field.doc);
            assert_ne!(field.kind, Kind::Name, "{name}: free text decides nothing");
        }
        let defaults = Values::defaults(service.settings.iter(), &Vocabulary::default());
        for field in service.settings {
            let has = matches!(field.presence, Presence::Default(_));
            assert_eq!(defaults.get(field.key).is_some(), has, "{} of {}", field.key, service.id);
        }
    }
}

/// What stands in a scenario for no effect misleads: each example is read, and each of its lines has a price id of the book.
#[test]
fn every_example_meters_what_the_book_can_price() {
    let (catalog, book) = (catalog(), weigh_prices::book());
    let words = vocabulary(&catalog, &book);
    let known: BTreeSet<&str> = book.price_ids().collect();
    for service in SERVICES {
        let text = format!("kind = \"{}\"\n{}", service.id, service.example);
        let lines =
            worked(&text, 1_000_000, &words, &catalog).unwrap_or_else(|why| panic!("{}: {why}", service.id));
        assert!(!lines.is_empty(), "{} meters nothing", service.id);
        for line in lines.iter().filter(|_| service.id != EXTERNAL) {
            let price_id = line.split(':').next().unwrap_or_default();
            assert!(known.contains(price_id), "{}: {price_id} is in no region of the book", service.id);
        }
    }
}

/// The settings of a kind that choose a price id, all of them, and what must stand beside them.
#[rustfmt::skip]
const WORDS: &[(&str, &str, &[&str])] = &[
    ("api-gateway", "", &["api = \"http\"", "api = \"rest\"", "api = \"websocket\"\nmessages_per_request = 1\nconnections = 1"]),
    ("aurora-serverless-v2", "min_acu = 1\nmax_acu = 2\nmean_acu = 1\nstorage = \"1 GB\"\nbackup_storage = \"2 GB\"", &["ios_per_request = 1", "configuration = \"io-optimized\""]),
    ("bedrock", "model = \"claude-sonnet-4.6\"\ninput_tokens = 1\noutput_tokens = 1", &[
        "cache_read_tokens = 1\ncache_write_tokens = 1",
        "endpoint = \"global\"\ncache_read_tokens = 1\ncache_write_tokens = 1\ncache_time = \"1h\"",
        "batch = true",
    ]),
    ("cloudfront", "functions_per_request = 1\ninvalidations = \"1/day\"", &["area = \"us\"", "area = \"europe\"", "protocol = \"http\"", "area = \"south-america\""]),
    ("cloudwatch", "custom_metrics = 1\nalarms = 1\nhigh_resolution_alarms = 1\nanomaly_alarms = 1\ndashboards = 1\nmetric_requests = \"1/s\"\nlog_query_size = \"1 GB\"", &[""]),
    ("documentdb", "instance_type = \"db.r5.4xlarge\"\nstorage = \"1 GB\"\nios_per_request = 1\nbackup_storage = \"2 GB\"", &[""]),
    ("dynamodb", "storage = \"1 GB\"\nbackup_storage = \"1 GB\"\npoint_in_time_recovery = true\nstream_reads_per_request = 1", &[
        "reads_per_request = 1\nwrites_per_request = 1",
        "reads_per_request = 1\nwrites_per_request = 1\ntable_class = \"infrequent\"",
        "capacity = \"provisioned\"\nread_capacity = 5\nwrite_capacity = 5",
    ]),
    ("efs", "storage = \"1 GB\"\ninfrequent_storage = \"1 GB\"\nread_per_request = \"1 KB\"\nwritten_per_request = \"1 KB\"\ninfrequent_share = 0.5", &[
        "", "zones = \"one-zone\"", "throughput = \"bursting\"", "throughput = \"provisioned\"\nprovisioned_mibps = 5",
    ]),
    ("elasticache", "node_type = \"cache.t4g.small\"", &["backup_storage = \"1 GB\"", "engine = \"redis\"", "engine = \"memcached\""]),
    ("elasticache-serverless", "data = \"1 GB\"\necpus_per_request = 1", &["backup_storage = \"1 GB\"", "engine = \"redis\"", "engine = \"memcached\""]),
    ("eventbridge", "events_per_request = 1\narchive = true\narchive_storage = \"1 GB\"", &[""]),
    ("kms", "keys = 1\ncalls_per_request = 1\ncalls = \"1/day\"", &[""]),
    ("rds-postgresql", "instance_type = \"db.m5.large\"\nstorage = \"500 GB\"\nbackup_storage = \"600 GB\"", &[
        "iops = 13000\nthroughput = 600\nread_replicas = 1\nproxy = true\nextended_support_version = 12",
        "deployment = \"multi-az\"\niops = 13000\nthroughput = 600\nextended_support_version = 13\nextended_support = \"year-3\"",
        "volume = \"gp2\"", "volume = \"gp2\"\ndeployment = \"multi-az\"",
        "volume = \"io1\"\niops = 1000", "volume = \"io2\"\niops = 1000\ndeployment = \"multi-az\"",
        "volume = \"magnetic\"\nios_per_request = 1",
    ]),
    ("rds-postgresql", "instance_type = \"db.m6gd.large\"\ndeployment = \"multi-az-cluster\"\nstorage = \"400 GB\"", &[
        "iops = 13000\nthroughput = 600", "volume = \"io1\"\niops = 1000", "volume = \"io2\"\niops = 1000",
    ]),
    ("route53", "queries_per_request = 1\nhealth_checks = 1\nhealth_check_features = 1", &["", "routing = \"latency\"", "routing = \"geo\"\nendpoint = \"other\""]),
    ("s3", "puts_per_request = 1\ngets_per_request = 1\ninfrequent_retrieval = \"1 GB\"", &[
        "storage = \"1 GB\"\ninfrequent_storage = \"1 GB\"\nglacier_instant_storage = \"1 GB\"\nglacier_flexible_storage = \"1 GB\"\nglacier_deep_storage = \"1 GB\"",
        "monthly_upload = \"1 GB\"\nretention_days = 100\ninfrequent_after_days = 30\nglacier_after_days = 60",
    ]),
    ("secrets-manager", "secrets = 1\ncalls_per_request = 1\ncalls = \"1/day\"", &[""]),
    ("sns", "messages_per_request = 1", &[""]),
    ("sqs", "messages_per_request = 1\nempty_receives = \"1/min\"", &["", "queue = \"fifo\""]),
    ("ssm-parameters", "advanced_parameters = 1\ncalls_per_request = 1\ncalls = \"1/day\"", &[""]),
    ("static-site", "size = \"1 GB\"\nrequests = \"1/s\"\nresponse_size = \"1 KB\"\nhit_share = 0.5\nuploads = \"1/day\"", &["", "area = \"europe\""]),
    ("step-functions", "executions_per_request = 1", &["transitions = 3", "workflow = \"express\"\nduration = \"1 s\""]),
    ("waf", "rules = 1\nrule_groups = 1", &["", "inspects_at = \"cloudfront\""]),
    ("x-ray", "retrieved = \"1/s\"", &[""]),
];

#[test]
fn every_price_id_that_a_choice_leads_to_has_a_price_in_us_east_1() {
    let (catalog, book) = (catalog(), weigh_prices::book());
    let words = vocabulary(&catalog, &book);
    let prices = book.open("us-east-1", None).unwrap();
    let mut missing = BTreeSet::new();
    for (kind, beside, choices) in WORDS {
        for choice in *choices {
            let text = format!("kind = \"{kind}\"\n{beside}\n{choice}");
            let lines = worked(&text, 1_000_000, &words, &catalog);
            for line in lines.unwrap_or_else(|why| panic!("{text}: {why}")) {
                let price_id = line.split(':').next().unwrap_or_default();
                if prices.tariff(price_id, prices.newest()).is_err() {
                    missing.insert(price_id.to_owned());
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
    let walked: BTreeSet<&str> = WORDS.iter().map(|(kind, ..)| *kind).collect();
    let all: BTreeSet<&str> = SERVICES.iter().map(|service| service.id).collect();
    assert_eq!(&all - &walked, BTreeSet::from([EXTERNAL]));
}

/// Requests make a line longer or leave it as it is, so more traffic is never billed less.
#[test]
fn more_requests_never_meter_less() {
    let catalog = catalog();
    let words = vocabulary(&catalog, &weigh_prices::book());
    let amounts = |text: &str, requests| {
        let service = ServiceRequest::parse(text, &words).unwrap();
        let mut usage = Usage::default();
        let flow = Flow { requests, ..flow() };
        let context = Context::of("x", Month::Average, vec![flow], &catalog);
        let kind = StatedService::find(&service.kind).unwrap();
        (kind.meter)(&service.settings, &context, &mut usage).unwrap();
        let sum = |id: &str| -> Decimal {
            usage.lines().iter().filter(|line| line.price_id == id).map(|line| line.amount).sum()
        };
        let ids: BTreeSet<String> = usage.lines().iter().map(|line| line.price_id.clone()).collect();
        ids.into_iter().map(|id| (id.clone(), sum(&id))).collect::<Vec<_>>()
    };
    for service in SERVICES {
        let text = format!("kind = \"{}\"\n{}", service.id, service.example);
        let (few, many) = (amounts(&text, 10_000.into()), amounts(&text, 30_000.into()));
        for ((id, one), (other, three)) in few.iter().zip(&many) {
            assert_eq!(id, other);
            // Each is kept to nine places.
            let thrice = (*three - *one * Decimal::from(3)).abs() < Decimal::new(1, 8);
            assert!(three == one || thrice, "{}: {id}: {one} and {three}", service.id);
        }
    }
}

fn flow() -> Flow {
    let size = |text: &str| text.parse().expect("a size");
    Flow {
        component: "api".to_owned(),
        kind: String::new(),
        requests: Decimal::ONE,
        internal: false,
        through_cdn: false,
        request_size: size("2 KB"),
        response_size: size("20 KB"),
        log_size: size("0 B"),
        outside_request_size: size("0 B"),
        outside_response_size: size("0 B"),
    }
}

/// Half a month of 28 days is half of everything: what has a monthly price, what runs by the hour, and what comes at a rate
/// or with requests.
#[test]
fn half_a_month_is_half_of_every_line() {
    let catalog = catalog();
    let words = vocabulary(&catalog, &weigh_prices::book());
    let lines = |text: &str, month: &str, requests: u32| -> Vec<(String, Decimal)> {
        let service = ServiceRequest::parse(text, &words).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        let mut usage = Usage::default();
        let flow = Flow { requests: requests.into(), ..flow() };
        let context = Context::of("x", month.parse().unwrap(), vec![flow], &catalog);
        let kind = StatedService::find(&service.kind).unwrap();
        (kind.meter)(&service.settings, &context, &mut usage).unwrap();
        usage.lines().iter().map(|line| (line.price_id.clone(), line.amount)).collect()
    };
    let examples = SERVICES.iter().map(|kind| format!("kind = \"{}\"\n{}", kind.id, kind.example));
    let choices = WORDS.iter().flat_map(|(kind, beside, choices)| {
        choices.iter().map(move |choice| format!("kind = \"{kind}\"\n{beside}\n{choice}"))
    });
    for text in examples.chain(choices) {
        let whole = lines(&text, "2026-02", 1_000_000);
        let half = lines(&text, "2026-02-01..2026-02-14", 500_000);
        assert!(!whole.is_empty(), "{text}");
        assert_eq!(whole.len(), half.len(), "{text}");
        for ((price_id, all), (same, part)) in whole.iter().zip(&half) {
            assert_eq!(price_id, same, "{text}");
            let off = (*all - *part * Decimal::TWO).abs();
            assert!(off < Decimal::new(1, 8), "{text}: {price_id}: {part} is no half of {all}");
        }
    }
}

/// What a service of this text is refused for: the setting at which it is told, and in which words.
fn refused(text: &str) -> Vec<String> {
    let words = vocabulary(&catalog(), &weigh_prices::book());
    let problems = ServiceRequest::parse(text, &words).expect_err(text);
    problems.into_iter().map(|problem| problem.message).collect()
}

/// A gp3 volume of RDS for PostgreSQL below 400 GB has its 3,000 IOPS and 125 MiB/s, and AWS offers no more there.
#[test]
fn small_volumes_of_a_database_cannot_be_provisioned() {
    let (catalog, words) = (catalog(), vocabulary(&catalog(), &weigh_prices::book()));
    let database = |storage: &str, more: &str| {
        format!("kind = \"rds-postgresql\"\ninstance_type = \"db.m5.large\"\nstorage = \"{storage}\"\n{more}")
    };
    for (setting, wrong, right) in [("iops", 4_000, 3_000), ("throughput", 200, 125)] {
        for deployment in ["single-az", "multi-az", "multi-az-cluster"] {
            let more = |stated: u32| format!("deployment = \"{deployment}\"\n{setting} = {stated}");
            let told = refused(&database("399 GB", &more(wrong)));
            assert!(told[0].contains(&format!("has {right} and no other")), "{told:?}");
            let lines = worked(&database("399 GB", &more(right)), 0, &words, &catalog).unwrap();
            assert_eq!(lines.len(), 2, "hours and storage: {lines:?}");
        }
    }
    let lines = worked(&database("400 GB", "iops = 12500\nthroughput = 600"), 0, &words, &catalog).unwrap();
    assert!(lines[2].ends_with("= 500 IOPS-Months") && lines[3].ends_with("= 100 MiBps-Months"), "{lines:?}");
}

/// Provisioned capacity of the infrequent class costs more than that of the standard class: its price is not borrowed there.
#[test]
fn provisioned_capacity_of_each_table_class_has_its_own_price() {
    let (catalog, words) = (catalog(), vocabulary(&catalog(), &weigh_prices::book()));
    let table =
        "kind = \"dynamodb\"\nstorage = 0\ncapacity = \"provisioned\"\nread_capacity = 5\nwrite_capacity = 5";
    for (class, prefix) in [("standard", ""), ("infrequent", "infrequent-")] {
        let text = format!("{table}\ntable_class = \"{class}\"");
        let lines = worked(&text, 0, &words, &catalog).unwrap();
        let ids: Vec<&str> = lines.iter().filter_map(|line| line.split(':').next()).collect();
        let expected = ["rcu", "wcu"].map(|unit| format!("dynamodb/{prefix}provisioned-{unit}-hours"));
        assert_eq!(ids, expected);
    }
}

/// What is billed by the vCPU of a type that no EC2 type has the name of needs them stated, and that is told at its place.
#[test]
fn unknown_vcpu_are_told_where_they_are_missing() {
    let (catalog, words) = (catalog(), vocabulary(&catalog(), &weigh_prices::book()));
    let database = "kind = \"rds-postgresql\"\ninstance_type = \"db.x2g.large\"\nstorage = \"50 GB\"";
    assert!(catalog.instance_type("x2g.large").is_none(), "another type must stand here");
    for (setting, value) in [("proxy", "true"), ("extended_support_version", "12")] {
        let text = format!("{database}\n{setting} = {value}");
        let expected = format!("`{setting}` is billed by the vCPU, and those of db.x2g.large are not known");
        assert_eq!(refused(&text), [expected]);
        assert!(worked(&format!("{text}\nvcpu = 2"), 0, &words, &catalog).is_ok());
        assert!(worked(&text.replace("x2g", "m5"), 0, &words, &catalog).is_ok());
    }
    assert!(worked(database, 0, &words, &catalog).is_ok());
}

/// A setting that must be there is told by its name, so that no service without it is metered.
#[test]
fn settings_that_must_be_there_are_told() {
    for service in SERVICES {
        let required = service.settings.iter().filter(|field| field.presence == Presence::Required);
        for field in required {
            let own = |line: &&str| !line.starts_with(&format!("{} =", field.key));
            let others: Vec<&str> = service.example.lines().filter(own).collect();
            let told = refused(&format!("kind = \"{}\"\n{}", service.id, others.join("\n")));
            let lacks = format!("lacks `{}`", field.key);
            assert!(told.iter().any(|message| message.contains(&lacks)), "{}: {told:?}", service.id);
        }
    }
}
