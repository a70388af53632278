//! Known causes: figures of documents that are wrong, each with the cause that the search must find by itself.

mod support;

use support::audit::{Audited, computed, difference, of_servers, sum, told};
use support::exactly;
use weigh_core::audit::{Basis, Computed, Part};
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
            ("600+", "would take 17 tasks at least in place of 2 tasks (612.68 USD/month)"),
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
