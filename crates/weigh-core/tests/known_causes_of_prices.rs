//! Known causes of charges that are priced otherwise: another count, type, term, unit, a part of a saving; and what would be needed.

mod support;

use rust_decimal::Decimal;
use support::audit::{Audited, sum, told};
use weigh_core::audit::{Computed, Measures, Subject};
use weigh_core::bill::Charge;

const MONTH: &str = "USD/month";
const PLATFORM: &str = "about = \"platform\"; option = \"it\"";

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
    let lines = || part.without_allowances[0].iter().map(|line| &line.charge);
    let whole: Decimal = lines().map(|charge| charge.cost).sum();
    let without_gateway = lines().filter(|charge| !charge.price_id.starts_with("api-gateway/"));
    let rest: Decimal = without_gateway.map(|charge| charge.cost).sum();
    for (value, changes) in [(whole, 1), (rest, 2)] {
        let value = value.round_dp(2).to_string();
        let claims = [("C", value.as_str(), MONTH, "about = \"total\"")];
        let audited = Audited::on_whole_book(&busy(&text(&format!("{function}{option}"), &claims)));
        let found = audited.causes("C", &sum(part.clone()));
        assert_eq!((found.len(), found[0].changes), (1, changes), "{}", told(&found));
        assert!(found[0].words.contains("without the free allowances"), "{}", told(&found));
    }
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

/// What nothing explains is told in whole things, and not where that says nothing.
#[test]
fn whole_things_that_would_be_needed() {
    let blog = components(&[("blog", "0.25", 512)]);
    let nodes = |count: u32| {
        format!(
            "{blog}[[option]]\nname = \"it\"\nplatform = \"lightsail\"\npower = \"small\"\nnodes = {count}\n"
        )
    };
    hold_measured(&nodes(2), &[("24", MONTH, PLATFORM, "")]);
    let between = "would take more than 3 nodes (45.00 USD/month) and less than 4 (60.00 USD/month)";
    hold_measured(
        &nodes(2),
        &[
            ("48", MONTH, PLATFORM, between),
            ("53..77", MONTH, PLATFORM, "would take 4 to 5 nodes in place of 2 nodes"),
            ("48..62", MONTH, PLATFORM, "would take 4 nodes in place of 2 nodes (60.00 USD/month)"),
            ("77_000_000", MONTH, PLATFORM, ""),
        ],
    );
    // A database does not stand still by the hour.
    let database = "about = \"service\";service = \"db\"";
    hold_measured(SHOP, &[("94.90", MONTH, database, "")]);
}
