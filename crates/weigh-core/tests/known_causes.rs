//! Known causes: figures of documents that are wrong, each with the cause that the search must find by itself.

mod support;

use rust_decimal::Decimal;
use support::audit::{Audited, computed, difference, of_servers, sum, told};
use support::exactly;
use weigh_core::audit::{Basis, Computed, Measures, Part, Subject};
use weigh_core::bill::Charge;
use weigh_core::claim::Figure;

const MONTH: &str = "USD/month";
const PLATFORM: &str = "about = \"platform\"; option = \"it\"";
const ONE_TASK: &str = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 1\n";
const TWO_TASKS: &str = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"\n";

/// Components: name, vCPU and memory in MB.
fn components(all: &[(&str, &str, u32)]) -> String {
    let each = all.iter().map(|(name, vcpu, memory)| {
        format!(
            "[[component]]\nname = \"{name}\"\nvcpu = {vcpu}\nmemory = \"{memory} MB\"\ncpu_time = \"5 ms\"\n\
             start_up_time = \"0 s\"\n"
        )
    });
    each.collect::<Vec<_>>().concat()
}

/// A scenario with claims: id, value, unit, what it is about.
fn text(tables: &str, claims: &[(&str, &str, &str, &str)]) -> String {
    let claims = claims.iter().map(|(id, value, unit, about)| {
        let about = about.replace(';', "\n");
        format!("[[claim]]\nid = \"{id}\"\nvalue = \"{value}\"\nunit = \"{unit}\"\n{about}\n")
    });
    let claims: Vec<String> = claims.collect();
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\nas_of = \"2026-10-07\"\n\
         [traffic]\nrate = \"10_000/month\"\n{tables}{}",
        claims.concat()
    )
}

/// Holds the words of the first cause of a claim; empty for none.
#[track_caller]
fn hold(audited: &Audited, id: &str, computed: &Computed, expected: &str) {
    let found = audited.causes(id, computed);
    let first = found.first().map(|cause| cause.words.as_str()).unwrap_or_default();
    assert_eq!(first, expected, "{id}: {} computed, found\n{}", computed.figure, told(&found));
    assert!(found.len() <= 3, "{}", told(&found));
}

/// Holds rows of stated values of what the servers of the option `it` cost, with the words of the first cause.
#[track_caller]
fn hold_platform(tables: &str, rows: &[(&str, &str)]) {
    for (value, expected) in rows {
        let audited = Audited::of(&text(tables, &[("C", value, MONTH, PLATFORM)]));
        hold(&audited, "C", &sum(audited.part("it", &of_servers)), expected);
    }
}

/// Holds rows of stated values, units and what they are about, with the words of the first cause, as the audit computes them.
#[track_caller]
fn hold_measured(tables: &str, rows: &[(&str, &str, &str, &str)]) {
    for (value, unit, about, expected) in rows {
        let audited = Audited::on_whole_book(&text(tables, &[("C", value, unit, about)]));
        let measures = Measures::of(Subject {
            scenario: &audited.scenario,
            ranged: None,
            catalog: audited.catalog,
            prices: &audited.prices,
            comparison: &audited.comparison,
            ends: None,
        });
        let computed = measures.computed(&audited.scenario.claims[0]);
        let computed = computed.unwrap_or_else(|why| panic!("{about}: {why:?}"));
        hold(&audited, "C", &computed, expected);
    }
}

/// X01: every figure is the vCPU charge alone.
#[test]
fn memory_is_missing() {
    let staging = components(&[("backend", "0.5", 1024), ("frontend", "0.25", 512), ("chroma", "1", 2048)]);
    let all = "equals the vCPU charge alone: memory is missing (11.36 of 63.07 USD)";
    let rounded = format!("{all}; comes to 51.71 USD/month");
    hold_platform(&format!("{staging}{ONE_TASK}"), &[("~$52", &rounded), ("51.71", all)]);
    for (vcpu, memory, value, expected) in [
        ("0.5", 1024, "$15", "(3.24 of 18.02 USD); comes to 14.78 USD/month"),
        ("0.25", 512, "~$7", "(1.62 of 9.01 USD); comes to 7.39 USD/month"),
        ("1", 2048, "$30", "(6.49 of 36.04 USD); comes to 29.55 USD/month"),
    ] {
        let tables = format!("{}{ONE_TASK}", components(&[("app", vcpu, memory)]));
        let expected = format!("equals the vCPU charge alone: memory is missing {expected}");
        hold_platform(&tables, &[(value, &expected)]);
    }
    let production = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = \"7..10\"\n";
    let all = "equals the vCPU charge alone: memory is missing (45.43 to 64.90 of 252.28 to 360.40 USD)";
    let rounded = format!("{all}; comes to 206.85 to 295.50 USD/month");
    let tables = format!("{}{production}", components(&[("app", "1", 2048)]));
    hold_platform(&tables, &[("$210-300", &rounded), ("206.85..295.50", all)]);
}

/// X05, X02: a size that does not exist, and what nothing explains.
#[test]
fn a_size_that_does_not_exist() {
    let tables = format!("{}{ONE_TASK}", components(&[("rag", "1.5", 2048)]));
    let no_size =
        "equals the cost at 1.5 vCPU and 2 GB, which is no Fargate size (2 vCPU and 4 GB is the next)";
    hold_platform(&tables, &[("$50.82", no_size), ("~$22", "would take 223 hours a month in place of 730")]);
    let size = "about = \"size\"; of = \"cpu-units\"";
    let audited = Audited::of(&text(&tables, &[("C", "1536", "CPU units", size)]));
    let basis = Basis::Size { asked: exactly("1.5"), deployed: exactly("2") };
    let expected = "1536 CPU units is no Fargate size: the next are 1,024 and 2,048";
    hold(&audited, "C", &computed(Figure::of(exactly("2")), basis), expected);
}

/// X36: 720 hours; X29: hours that are not applied, another number of tasks.
#[test]
fn hours_and_counts() {
    let tables = format!("{}{TWO_TASKS}", components(&[("api", "1", 2048)]));
    for (value, price_id) in
        [("$16.20", "elb/application-load-balancer-hours"), ("$64.80", "vpc/nat-gateway-hours")]
    {
        let audited = Audited::of(&text(&tables, &[("C", value, MONTH, PLATFORM)]));
        let hourly = sum(audited.part("it", &|charge: &Charge| charge.price_id == price_id));
        hold(&audited, "C", &hourly, "equals the cost at 720 hours (30 days) in place of 730");
    }
    hold_platform(
        &tables,
        &[
            ("$360", "equals the cost with 10 tasks in place of 2; comes to 360.40 USD/month"),
            ("144.16", "equals the cost with 4 tasks in place of 2"),
            ("$36", "equals the cost with 1 task in place of 2; comes to 36.04 USD/month"),
            ("24.03", "equals the cost at 243.33 hours (8 a day) in place of 730"),
            ("600+", "would take 16.6 or more tasks in place of 2 tasks"),
            ("168.86", "equals the cost with services besides (96.78 USD)"),
        ],
    );
    // Ten tasks for 8 hours a day: 360.40 is what they cost all day.
    let ten = TWO_TASKS.replace("tasks = 2", "tasks = 10");
    let tables = format!("{}{ten}", components(&[("api", "1", 2048)]));
    let audited = Audited::of(&text(&tables, &[("C", "$360", MONTH, PLATFORM)]));
    let mut part = audited.part("it", &of_servers);
    some_hours(&mut part, 240);
    let all_day = "equals the cost at 730 hours (all month) in place of 240; comes to 360.40 USD/month";
    hold(&audited, "C", &sum(part), all_day);
}

/// Gives every charge of 730 hours fewer of them.
fn some_hours(part: &mut Part, hours: u32) {
    let lines = part.bills.iter_mut().chain(&mut part.without_allowances).flatten();
    for line in lines {
        for factor in line.charge.factors.iter_mut().filter(|factor| factor.label == "hours") {
            line.charge.quantity = line.charge.quantity * exactly(&hours.to_string()) / factor.value;
            line.charge.cost = line.charge.quantity * line.charge.rate;
            factor.value = hours.into();
        }
    }
}

/// X37: capacity units that this traffic does not use.
#[test]
fn what_would_be_needed() {
    let tables = format!("{}{TWO_TASKS}", components(&[("api", "1", 2048)]));
    let audited = Audited::of(&text(&tables, &[("C", "$10-20", MONTH, PLATFORM)]));
    let units = sum(audited.part("it", &|charge: &Charge| charge.price_id == "elb/application-lcu-hours"));
    hold(&audited, "C", &units, "would need 1.71 to 3.42 LCU by gigabytes in place of 0.00029");
}

/// X79: the disk is missing; X27: gp2 for gp3; X21: Single-AZ for Multi-AZ.
#[test]
fn disks_and_databases() {
    let api = components(&[("api", "1", 2048)]);
    let ec2 = "[[option]]\nname = \"it\"\nplatform = \"ec2-compose\"\ninstance_type = \"t3.medium\"\ninstances = 1\n\
               disk = \"50 GB\"\n";
    let disk = "equals the instance charge alone: gp3 storage is missing (4.00 of 34.37 USD); comes to 30.37 USD/month";
    let two = "equals the cost with 2 instances in place of 1";
    hold_platform(&format!("{api}{ec2}"), &[("~$30", disk), ("68.74", two)]);

    let ec2 = ec2.replace("50 GB", "20 GB");
    let audited = Audited::on_whole_book(&text(&format!("{api}{ec2}"), &[("C", "$2", MONTH, PLATFORM)]));
    let volumes = sum(audited.part("it", &|charge: &Charge| charge.price_id.starts_with("ebs/")));
    hold(&audited, "C", &volumes, "equals the cost at the price of gp2 in place of gp3");

    let database = "[[service]]\nname = \"db\"\nkind = \"rds-postgresql\"\ninstance_type = \"db.t3.small\"\n\
                    deployment = \"multi-az\"\nstorage = \"20 GB\"\n";
    let about = "about = \"service\"; service = \"db\"";
    let claims = [("C", "$30", MONTH, about), ("D", "28.58", MONTH, about)];
    let audited = Audited::on_whole_book(&text(&format!("{api}{database}{ec2}"), &claims));
    let of_database = sum(audited.part("it", &|charge: &Charge| &*charge.component == "db"));
    let one_zone = "equals the cost at the price of single-az in place of multi-az";
    hold(&audited, "C", &of_database, &format!("{one_zone}; comes to 28.58 USD/month"));
    hold(&audited, "D", &of_database, one_zone);
}

/// X39: the free tier is forgotten.
#[test]
fn the_free_tier() {
    let function = components(&[("f", "0.5", 1024)])
        .replace("cpu_time = \"5 ms\"", "cpu_time = \"0 ms\"\nwait_time = \"2 s\"");
    let option = "[[option]]\nname = \"it\"\nplatform = \"lambda\"\nmemory = \"1024 MB\"\n";
    let audited = Audited::of(&text(&format!("{function}{option}"), &[("C", "~$0.34", MONTH, PLATFORM)]));
    let expected = "equals the cost without the free allowances (1,000,000 Requests, 400,000 GB-Seconds); \
                    comes to 0.34 USD/month";
    hold(&audited, "C", &sum(audited.part("it", &of_servers)), expected);
}

/// X33, X34: differences of two options.
#[test]
fn differences() {
    let ec2 =
        "[[option]]\nname = \"ec2\"\nplatform = \"ecs-ec2\"\ninstance_type = \"t3.medium\"\ninstances = 2\n";
    let tables = format!("{}{TWO_TASKS}{ec2}", components(&[("api", "1", 2048)]));
    let about = "about = \"premium\"; option = \"it\"; against = \"ec2\"";
    let claims = [("C", "30-40", "%", about), ("D", "54", "%", about), ("E", "215", "%", about)];
    let audited = Audited::of(&text(&tables, &claims));
    let servers = |charge: &Charge| of_servers(charge) && !charge.price_id.starts_with("ebs/");
    let premium = difference(audited.part("it", &servers), audited.part("ec2", &servers), true, true);
    // 72.08 against 60.74: 18.7 %.
    hold(&audited, "C", &premium, "");
    let whole = |_: &Charge| true;
    let of_all = difference(audited.part("it", &whole), audited.part("ec2", &whole), true, true);
    let found = audited.causes("D", &of_all);
    assert!(found.iter().all(|cause| cause.changes == 1), "{}", told(&found));
    let nothing = audited.causes("E", &of_all);
    assert!(nothing.is_empty(), "{}", told(&nothing));
}

/// X18: things that add up; and times.
#[test]
fn parts_of_sums() {
    let tables = format!("{}{ONE_TASK}", components(&[("api", "1", 2048)]));
    let claims = [
        ("C", "3.4", "GB", "about = \"items\"; items = [\"a\"]"),
        ("D", "150", "ms", "about = \"latency\"; of = \"p50\""),
        ("E", "2", "min", "about = \"latency\"; of = \"p50\""),
    ];
    let audited = Audited::of(&text(&tables, &claims));
    let gb = |text: &str| exactly(text) * exactly("1024");
    let images = [("web", "0.5"), ("model", "1.5"), ("queue", "1"), ("store", "0.98"), ("tool", "0.4")];
    let things: Vec<_> = images.iter().map(|(name, size)| ((*name).to_owned(), gb(size))).collect();
    let expected = "equals the sum without store (0.98 GB)";
    hold(&audited, "C", &computed(Figure::of(gb("4.38")), Basis::Things(things)), expected);
    let times = vec![("computing".to_owned(), exactly("0.15")), ("waiting".to_owned(), exactly("2"))];
    let time = computed(Figure::of(exactly("2.15")), Basis::Times(times));
    let alone = "equals computing alone (150.00 ms): waiting is missing";
    hold(&audited, "D", &time, alone);
    let seconds = computed(Figure::of(exactly("2")), Basis::Plain);
    hold(&audited, "E", &seconds, "equals the time taking minutes for hours or seconds for minutes");
}

/// A shop on Fargate in two zones, with a database.
const SHOP: &str = "[[component]]\nname = \"web\"\nvcpu = 1\nmemory = \"2 GiB\"\ncpu_time = \"50 ms\"\n\
    start_up_time = \"2 s\"\n[[service]]\nkind = \"rds-postgresql\"\nname = \"db\"\n\
    instance_type = \"db.t4g.medium\"\ndeployment = \"multi-az\"\nstorage = \"100 GB\"\n\
    [[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 3\nnetwork = \"nat\"\n[needs]\nzones = 2\n";

/// One gateway is priced where one a zone stands, with its address or without; and so of what else is counted.
#[test]
fn counts_of_services() {
    let one = "equals the cost with 1 gateway and 1 address in place of 2";
    let [total, nat, hours] = [
        "about = \"total\"",
        "about = \"service\";service = \"nat-gateway\"",
        "about = \"charge\";price_id = \"vpc/nat-gateway-hours\"",
    ];
    let database = "about = \"service\";service = \"db\"";
    hold_measured(
        SHOP,
        &[
            ("285.57", MONTH, total, one),
            ("36.53", MONTH, nat, one),
            ("32.85", MONTH, hours, "equals the cost with 1 gateway in place of 2"),
            ("234.34", MONTH, database, "equals the cost with 2 databases and 2 volumes in place of 1"),
        ],
    );
}

/// Two instances on demand, and reserved.
const RESERVED: &str = "[[component]]\nname = \"app\"\nvcpu = 1\nmemory = \"2 GiB\"\ncpu_time = \"40 ms\"\n\
    start_up_time = \"2 s\"\n[[option]]\nname = \"it\"\nplatform = \"ecs-ec2\"\ninstance_type = \"m6i.large\"\n\
    instances = 2\ntasks = 2\n[[option]]\nname = \"ri\"\nplatform = \"ecs-ec2\"\ninstance_type = \"m6i.large\"\n\
    instances = 2\ntasks = 2\n[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"m6i.large\"\n\
    count = 2\nterm = \"1-year\"\npayment = \"no-upfront\"\noption = \"ri\"\n";

/// The price of another instance type of any family, and of another power.
#[test]
fn other_types() {
    let at = |other: &str| format!("equals the cost at the price of {other} in place of m6i.large");
    let hours = "about = \"charge\";option = \"it\";price_id = \"ec2/instance-hours\"";
    hold_measured(
        RESERVED,
        &[
            ("65.54", MONTH, PLATFORM, &at("t3.medium")),
            ("60.74", MONTH, hours, &at("t3.medium")),
            ("117.22", MONTH, PLATFORM, &at("c5a.large or m6g.large")),
        ],
    );
    let node = |count: u32| {
        let blog = components(&[("blog", "0.25", 512)]);
        format!(
            "{blog}[[option]]\nname = \"it\"\nplatform = \"lightsail\"\npower = \"small\"\nnodes = {count}\n"
        )
    };
    let power = |other: &str| format!("equals the cost at the price of {other} in place of small");
    hold_measured(
        &node(2),
        &[
            ("20", MONTH, PLATFORM, &power("micro")),
            ("$14", MONTH, PLATFORM, &power("nano")),
            ("$80", MONTH, PLATFORM, &power("medium")),
            ("$7", MONTH, PLATFORM, "equals the cost with 1 node at the price of nano in place of small"),
        ],
    );
    hold_measured(&node(1), &[("10", MONTH, PLATFORM, &power("micro"))]);
}

/// The reserved price of another term or payment, and the price on demand.
#[test]
fn other_terms() {
    let [total, platform] = ["total", "platform"].map(|about| format!("about = \"{about}\";option = \"ri\""));
    let three = "equals the cost at the reserved price (3 years, no upfront)";
    hold_measured(
        RESERVED,
        &[
            ("68.38", MONTH, &platform, three),
            ("91.30", MONTH, &platform, "equals the cost at the reserved price (1 year, all upfront)"),
            (
                "144.96",
                MONTH,
                &platform,
                "equals the cost at the on-demand price in place of the reserved one",
            ),
            ("99.43", MONTH, &total, three),
        ],
    );
}

/// A saving of the instances alone is told as one of the total.
#[test]
fn savings_of_one_kind() {
    let instances = "equals the saving with the instances alone on both sides; comes to 33.85 %";
    let total = "about = \"saving\";option = \"ri\";against = \"it\"";
    let platform = &format!("{total};of = \"platform\"");
    hold_measured(RESERVED, &[("33.9", "%", total, instances), ("34", "%", total, instances)]);
    let disks = "equals the saving without gp3 storage on both sides; comes to 33.85 %";
    hold_measured(RESERVED, &[("33.9", "%", platform, disks)]);
}

/// What goes on from a cause is no alternative to it.
#[test]
fn no_alternative_makes_more_changes() {
    let function = components(&[("fn", "0.5", 512)]).replace(
        "cpu_time = \"5 ms\"",
        "cpu_time = \"60 ms\"\nwait_time = \"140 ms\"\nruntime = \"python3.12\"",
    );
    let option =
        "[[option]]\nname = \"it\"\nplatform = \"lambda\"\nmemory = \"1 GB\"\nfront_door = \"http-api\"\n";
    let plain = Audited::on_whole_book(&busy(&text(&format!("{function}{option}"), &[])));
    let part = plain.part("it", &|_| true);
    let free: Decimal = part.without_allowances[0].iter().map(|line| line.charge.cost).sum();
    let value = free.round_dp(2).to_string();
    let claims = [("C", value.as_str(), MONTH, "about = \"total\"")];
    let audited = Audited::on_whole_book(&busy(&text(&format!("{function}{option}"), &claims)));
    let found = audited.causes("C", &sum(part));
    assert_eq!(found.len(), 1, "{}", told(&found));
    assert!(found[0].words.starts_with("equals the cost without the free allowances"), "{}", told(&found));
}

/// The same with three million requests a month.
fn busy(text: &str) -> String {
    text.replace("10_000/month", "3_000_000/month")
}

/// GB of 10⁹ bytes are counted before the free 100 GB are taken off, and not after.
#[test]
fn units_above_an_allowance() {
    let shop = SHOP.replace("cpu_time = \"50 ms\"", "cpu_time = \"50 ms\"\nresponse_size = \"400 KB\"");
    let rate = |text: &str| text.replace("10_000/month", "20_000/day");
    let about = "about = \"service\"; service = \"egress\"";
    let decimal = "equals the cost counting GB of 10⁹ bytes for internet out";
    for (value, expected) in
        [("13.43", decimal.to_owned()), ("12.76", format!("{decimal}, of what is left to pay"))]
    {
        let audited = Audited::on_whole_book(&rate(&text(&shop, &[("C", value, MONTH, about)])));
        let egress =
            |charge: &Charge| charge.reason.as_ref().is_some_and(|reason| reason.service == "egress");
        hold(&audited, "C", &sum(audited.part("it", &egress)), &expected);
    }
}
