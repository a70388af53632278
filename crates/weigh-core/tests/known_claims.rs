//! What claims come to, against answers worked out by hand from AWS's rates.

mod support;

use std::path::Path;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use weigh_core::audit::{Basis, Computed, Measures, NotComputed, Part, Subject, held_against};
use weigh_core::catalog::Catalog;
use weigh_core::claim::Degree;
use weigh_core::compare::{compare, compare_ends};
use weigh_core::data::DataFile;
use weigh_core::pricebook::{OwnSheet, RegionPrices};
use weigh_core::scenario::Scenario;

/// Two components behind each option, a database that all share, and a rejected option.
const SHOP: &str = r#"
scenario = { name = "Shop", region = "us-east-1" }
traffic = { rate = "10_000/day" }
[[component]]
name = "api"
vcpu = 1
memory = "2 GiB"
cpu_time = "50 ms"
start_up_time = "5 s"
image_size = "300 MiB"
[[component]]
name = "web"
vcpu = 0.3
memory = "600 MiB"
cpu_time = "5 ms"
start_up_time = "1 s"
image_size = "60 MiB"
traffic_share = 0.5
[[service]]
kind = "external"
name = "atlas"
monthly_cost = "$57"
[supporting]
off = ["nat-gateway", "registry"]
[[option]]
name = "tasks"
platform = "fargate"
tasks = 2
network = "private"
[[option]]
name = "cluster"
platform = "ecs-ec2"
instance_type = "t3.medium"
instances = 2
tasks = 1
[[option]]
name = "machine"
platform = "ec2-compose"
instance_type = "t3.large"
instances = 1
[[option]]
name = "functions"
platform = "lambda"
memory = "2048 MB"
[[option]]
name = "nodes"
platform = "lightsail"
power = "xlarge"
nodes = 1
"#;

/// The frozen book with rates of commitments laid over it.
fn book() -> &'static RegionPrices {
    static BOOK: OnceLock<RegionPrices> = OnceLock::new();
    BOOK.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commitments.csv");
        let file = DataFile { path: "commitments.csv".into(), text: support::read(&path).into() };
        let sheet = OwnSheet::read(&file).expect("the sheet is right");
        let book = support::whole_book().with_own_prices(&sheet);
        book.open("us-east-1", None).expect("the region is there")
    })
}

/// The claims of a scenario, each computed on the frozen book.
fn all(text: &str) -> Vec<(Scenario, Result<Computed, NotComputed>)> {
    with(text, |scenario, measures| {
        scenario.claims.iter().map(|claim| (scenario.clone(), measures.computed(claim))).collect()
    })
}

fn with<T>(text: &str, then: impl FnOnce(&Scenario, &Measures<'_>) -> T) -> T {
    let none = &mut |_: &str, _: &_| Err("no file can be read here".to_owned());
    let read = Scenario::parse_ranged(text, support::vocabulary(), none);
    let (scenario, ranged) = read.unwrap_or_else(|problems| {
        let told: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        panic!("{}\nin\n{text}", told.join("\n"))
    });
    let (catalog, prices) = (support::catalog(), book());
    let comparison = compare(&scenario, catalog, prices).expect("it can be compared");
    let ends =
        ranged.as_ref().map(|ranged| compare_ends(ranged, catalog, prices).expect("it can be compared"));
    let subject = Subject {
        scenario: &scenario,
        ranged: ranged.as_ref(),
        catalog,
        prices,
        comparison: &comparison,
        ends: ends.as_ref(),
    };
    then(&scenario, &Measures::of(subject))
}

/// What one claim on the shop comes to, in the claim's own unit, or why it can't be computed.
fn of(claim: &str) -> Result<(String, Computed), String> {
    stated(&format!("{SHOP}[[claim]]\nid = \"C\"\nvalue = 1\n{}\n", claim.replace("; ", "\n")))
}

fn stated(text: &str) -> Result<(String, Computed), String> {
    let (scenario, computed) = all(text).pop().expect("a claim");
    let computed = computed.map_err(|not| not.why)?;
    let unit = scenario.claims[0].unit.as_ref();
    let figure = unit.map_or(computed.figure, |unit| computed.figure.map(|end| unit.from_base(end)));
    Ok((figure.shown(5), computed))
}

fn holds(table: &[(&str, &str)]) {
    for (claim, expected) in table {
        let found = match of(claim) {
            Ok((figure, _)) => figure,
            Err(why) => format!("not computed: {why}"),
        };
        assert_eq!(found, *expected, "{claim}");
    }
}

/// Two tasks each of 1 vCPU, 2 GB and 0.5 vCPU, 1 GB (0.3 and 600 MB are no size) for 730 h:
/// 2 × 730 × (1 × 0.04048 + 2 × 0.004445) = 72.0802, and 2 × 730 × (0.5 × 0.04048 + 0.004445) = 36.0401.
#[test]
fn costs() {
    holds(&[
        ("about = 'component'; option = 'tasks'; component = 'api'; unit = 'USD/month'", "72.0802"),
        ("about = 'component'; option = 'tasks'; component = 'web'; unit = 'USD/month'", "36.0401"),
        ("about = 'platform'; option = 'tasks'; unit = 'USD/month'", "108.1203"),
        ("about = 'platform'; option = 'tasks'; unit = 'USD/year'", "1,297.4436"),
        (
            "about = 'charge'; option = 'tasks'; price_id = 'fargate/vcpu-hours'; unit = 'USD/month'",
            "88.6512",
        ),
        (
            "about = 'charge'; option = 'tasks'; component = 'api'; price_id = 'fargate/memory'; unit = 'USD/month'",
            "12.9794",
        ),
        // Two instances of 30.368 and two disks of 30 GB at 0.08.
        ("about = 'platform'; option = 'cluster'; unit = 'USD/month'", "65.536"),
        (
            "about = 'charge'; option = 'cluster'; price_id = 'ec2/instance-hours'; unit = 'USD/month'",
            "60.736",
        ),
        ("about = 'platform'; option = 'machine'; unit = 'USD/month'", "63.136"),
        ("about = 'service'; option = 'tasks'; service = 'atlas'; unit = 'USD/month'", "57"),
        ("about = 'service'; option = 'tasks'; service = 'external'; unit = 'USD/month'", "57"),
        ("about = 'service'; option = 'machine'; service = 'load-balancer'; unit = 'USD/month'", "0"),
    ]);
}

#[test]
fn costs_that_cannot_be_told() {
    holds(&[
        (
            "about = 'component'; option = 'cluster'; component = 'api'; unit = 'USD/month'",
            "not computed: no charge is api's alone: the servers that it runs on are billed as a whole",
        ),
        (
            "about = 'charge'; option = 'tasks'; price_id = 'fargate/vcpu-hour/'; unit = 'USD/month'",
            "not computed: the bill has no charge whose price id begins with fargate/vcpu-hour/; it has fargate/vcpu-hours/linux-x86",
        ),
        (
            "about = 'total'; option = 'tasks'; unit = 'GB'",
            "not computed: a total is not computed in GB: its unit may be USD/month, USD/year or USD/day",
        ),
    ]);
    let off = of("about = 'service'; option = 'tasks'; service = 'nat-gateway'; unit = 'USD/month'");
    let off = off.expect_err("it is switched off");
    assert!(off.starts_with("the scenario switches nat-gateway off; it would cost $"), "{off}");
}

#[test]
fn differences() {
    // 108.1203 against 65.536: 64.97847 % more, and 39.38604 % less the other way round.
    holds(&[
        ("about = 'premium'; option = 'tasks'; against = 'cluster'; of = 'platform'; unit = '%'", "64.97849"),
        ("about = 'saving'; option = 'cluster'; against = 'tasks'; of = 'platform'; unit = '%'", "39.38604"),
        (
            "about = 'saving'; option = 'cluster'; against = 'tasks'; of = 'platform'; unit = 'USD/month'",
            "42.5843",
        ),
    ]);
    let (_, computed) =
        of("about = 'saving'; option = 'cluster'; against = 'tasks'; unit = 'USD/year'").expect("computed");
    let Basis::Difference { of, against, in_percent: false, premium: false } = computed.basis else {
        panic!("{:?}", computed.basis)
    };
    let sum = |part: &Part| part.sum().and_then(|figure| figure.single()).expect("one bill");
    assert_eq!(computed.figure.single(), Some(sum(&against) - sum(&of)));
}

#[test]
fn prices() {
    holds(&[
        ("about = 'price'; price_id = 'ec2/instance-hours/t3.medium'; unit = 'USD/hour'", "0.0416"),
        ("about = 'price'; price_id = 'ec2/instance-hours/t3.medium'; unit = 'USD/month'", "30.368"),
        ("about = 'price'; price_id = 'ec2/instance-hours/t3.medium'; unit = 'USD/month/instance'", "30.368"),
        ("about = 'price'; price_id = 'elb/application-load-balancer-hours'; unit = 'USD/month'", "16.425"),
        ("about = 'price'; price_id = 'ebs/gp3-storage-gb-months'; unit = 'USD/GB/month'", "0.08"),
        ("about = 'price'; price_id = 'lambda/requests'; unit = 'USD/1M requests'", "0.2"),
        ("about = 'price'; price_id = 'lightsail/container-node-months/nano'; unit = 'USD/month'", "7"),
        ("about = 'price'; price_id = 'fargate/vcpu-hours/linux-x86'; unit = 'USD/vCPU-hour'", "0.04048"),
        (
            "about = 'price'; price_id = 'fargate/vcpu-hours/linux-x86'; unit = 'USD/GB-hour'",
            "not computed: fargate/vcpu-hours/linux-x86 is a price for vCPU-Hours, which USD/GB-hour is not: its unit may be USD/vCPU-Hour",
        ),
        ("about = 'price'; price_id = 'external/atlas'; unit = 'USD/month'", "57"),
    ]);
    let unknown = of("about = 'price'; price_id = 'fargate/vcpu-hour/linux-x86'; unit = 'USD/vCPU-hour'");
    let unknown = unknown.expect_err("no such price");
    assert!(unknown.ends_with("the book knows fargate/vcpu-hours/linux-x86"), "{unknown}");
    let (_, computed) =
        of("about = 'price'; price_id = 'transfer/internet-out-gb'; unit = 'USD/GB'").expect("a price");
    assert!(computed.reckoning.contains("above 10,240 GB"), "{}", computed.reckoning);
    assert!(!computed.source.is_empty());
}

#[test]
fn limits() {
    holds(&[
        ("about = 'limit'; limit = 'lambda/timeout-seconds'; unit = 'min'", "15"),
        ("about = 'limit'; limit = 'lambda/payload-mb'; unit = 'MB'", "6"),
        ("about = 'limit'; limit = 'lambda/memory-max-mb'; unit = 'GB'", "10"),
        ("about = 'limit'; limit = 'lightsail/container-nodes-max'; unit = 'nodes'", "20"),
        ("about = 'limit'; limit = 'lightsail/container-transfer-gb'; unit = 'GB/month'", "500"),
        ("about = 'limit'; limit = 'fargate/task-vcpu-min'; unit = 'CPU units'", "256"),
        ("about = 'limit'; limit = 'lightsail/container-memory-max'; unit = 'GB'", "8"),
        (
            "about = 'limit'; limit = 'lambda/payload-mb'; unit = 's'",
            "not computed: lambda/payload-mb is stated in MB, which s can't be held against: its unit may be MB",
        ),
    ]);
    let unknown = of("about = 'limit'; limit = 'lambda/timeout'; unit = 's'").expect_err("no such limit");
    assert!(unknown.contains("the book has no limit lambda/timeout"), "{unknown}");
}

#[test]
fn sizes() {
    holds(&[
        ("about = 'size'; of = 'memory'; shape = 't3.medium'; unit = 'GB'", "4"),
        ("about = 'size'; of = 'vcpu'; shape = 'micro'; unit = 'vCPU'", "0.25"),
        ("about = 'size'; of = 'vcpu'; shape = 'db.t3.micro'; unit = 'vCPU'", "2"),
        ("about = 'size'; of = 'cpu-units'; option = 'tasks'; component = 'web'; unit = 'CPU units'", "512"),
        ("about = 'size'; of = 'memory'; option = 'tasks'; component = 'web'; unit = 'MB'", "1,024"),
        ("about = 'size'; of = 'memory'; option = 'tasks'; unit = 'GB'", "1 to 2"),
        ("about = 'size'; of = 'memory'; option = 'cluster'; component = 'web'; unit = 'MB'", "600"),
        ("about = 'size'; of = 'storage'; option = 'cluster'; unit = 'GB'", "30"),
        ("about = 'size'; of = 'memory'; option = 'machine'; unit = 'GB'", "8"),
        ("about = 'size'; of = 'memory'; option = 'machine'; component = 'web'; unit = 'MB'", "600"),
        ("about = 'size'; of = 'memory'; option = 'functions'; component = 'api'; unit = 'MB'", "2,048"),
        ("about = 'size'; of = 'storage'; option = 'functions'; component = 'api'; unit = 'MB'", "512"),
        (
            "about = 'size'; of = 'vcpu'; shape = 't3.meduim'; unit = 'vCPU'",
            "not computed: the catalog has no shape t3.meduim; the nearest is t3.medium",
        ),
    ]);
    let (_, computed) = of("about = 'size'; of = 'vcpu'; option = 'tasks'; component = 'web'; unit = 'vCPU'")
        .expect("a size");
    let [asked, deployed] = ["0.3", "0.5"].map(support::exactly);
    assert_eq!(computed.basis, Basis::Size { asked, deployed });
}

#[test]
fn replicas_hours_and_starts() {
    holds(&[
        ("about = 'count'; option = 'tasks'; unit = 'tasks'", "4"),
        ("about = 'count'; option = 'tasks'; component = 'web'; unit = 'tasks'", "2"),
        ("about = 'count'; option = 'cluster'; of = 'hosts'; unit = 'instances'", "2"),
        ("about = 'count'; option = 'machine'; unit = 'instances'", "1"),
        (
            "about = 'count'; option = 'tasks'; of = 'hosts'; unit = 'instances'",
            "not computed: Fargate shows no instances to its users",
        ),
        (
            "about = 'count'; option = 'functions'; unit = 'instances'",
            "not computed: Lambda keeps no replicas: it starts one for each request at once",
        ),
        // A t3.medium has 2 vCPU and 3,737 MB for tasks: api and web, and no further api (1.3 vCPU are taken); web once more.
        ("about = 'fit'; option = 'cluster'; unit = 'tasks/instance'", "3"),
        ("about = 'fit'; option = 'cluster'; unit = 'tasks'", "6"),
        ("about = 'fit'; option = 'nodes'; unit = 'containers/node'", "2"),
        (
            "about = 'fit'; option = 'tasks'; unit = 'tasks'",
            "not computed: Fargate places each replica by itself: none shares an instance",
        ),
        ("about = 'hours'; unit = 'h/month'", "730"),
        ("about = 'hours'; unit = 'h'", "730"),
        ("about = 'hours'; option = 'tasks'; unit = 'h/day'", "24"),
        (
            "about = 'hours'; option = 'functions'; unit = 'h/month'",
            "not computed: Lambda has no servers that run by the hour",
        ),
        // Launching 23 s, 300 MB at 30 MB/s and 5 s; for web 60 MB and 1 s.
        ("about = 'cold-start'; option = 'tasks'; unit = 's'", "26 to 38"),
        // With an instance beneath it 150 s more.
        ("about = 'cold-start'; option = 'cluster'; unit = 's'", "3 to 165"),
        ("about = 'cold-start'; option = 'machine'; unit = 's'", "155"),
        ("about = 'cold-start'; option = 'functions'; unit = 'ms'", "1,100 to 5,100"),
        (
            "about = 'cold-start'; option = 'nodes'; unit = 's'",
            "not computed: nothing tells how long a replica on Lightsail takes to start",
        ),
    ]);
}

#[test]
fn serving() {
    holds(&[
        // Two tasks of 1 vCPU finish 20 requests of 50 ms each a second.
        ("about = 'throughput'; option = 'tasks'; unit = 'requests/s'", "40"),
        ("about = 'traffic'; unit = 'requests/day'", "10,000"),
        ("about = 'traffic'; component = 'web'; unit = 'requests/day'", "5,000"),
        ("about = 'items'; items = ['a', 'b', 'c']; unit = 'options'", "3"),
        ("about = 'input'; because = 'measured by hand'; unit = 'GB'", "not computed: measured by hand"),
        ("about = 'estimate'; unit = 'h'", "not computed: it is an estimate of the document"),
    ]);
    let (figure, computed) =
        of("about = 'latency'; option = 'tasks'; of = 'p95'; unit = 's'").expect("a latency");
    let Basis::Times(times) = &computed.basis else { panic!("{:?}", computed.basis) };
    let sum: Decimal = times.iter().map(|(_, time)| *time).sum();
    assert_eq!(computed.figure.single(), Some(sum));
    assert!(figure.parse::<f64>().expect("seconds") > 0.05, "{figure}");
    // 99.99 % for the load balancer and 99.99 % for the tasks: a fifth of a thousandth is down.
    let claim = "about = 'availability'; option = 'tasks'; unit = '%'";
    let (promised, _) = of(claim).expect("a promise");
    assert!(promised.starts_with("99."), "{promised}");
}

#[test]
fn a_rejected_option_is_computed_and_an_unpriced_one_is_not() {
    let text = SHOP.replace("tasks = 2", "tasks = 2\nephemeral_storage = \"50 GB\"");
    let claim = "[needs]\nmonthly_budget = \"$100\"\n[[claim]]\nid = \"C\"\nvalue = 1\nabout = \"platform\"\noption = \"tasks\"\nunit = \"USD/month\"\n";
    let (_, computed) = stated(&format!("{text}{claim}")).expect("the nearest deployment has a bill");
    assert!(computed.reckoning.contains("tasks is rejected: monthly_budget"), "{}", computed.reckoning);
    let unpriced = SHOP.replace("region = \"us-east-1\"", "region = \"us-east-1\", as_of = \"2016-01-01\"");
    let claim =
        "[[claim]]\nid = \"C\"\nvalue = 1\nabout = \"total\"\noption = \"machine\"\nunit = \"USD/month\"\n";
    let why = stated(&format!("{unpriced}{claim}")).expect_err("no price");
    assert!(
        why.starts_with("machine cannot be priced: ") && why.contains("ec2/instance-hours/t3.large"),
        "{why}"
    );
}

#[test]
fn ranges_are_read_at_both_ends() {
    let text = SHOP.replace("tasks = 2", "tasks = \"2..4\"");
    let of = |claim: &str| {
        let claim = claim.replace("; ", "\n");
        stated(&format!("{text}[[claim]]\nid = \"C\"\nvalue = 1\n{claim}\n")).expect("computed")
    };
    let (figure, computed) =
        of("about = 'component'; option = 'tasks'; component = 'api'; unit = 'USD/month'");
    assert_eq!(figure, "72.0802 to 144.1604");
    let Basis::Charges(part) = computed.basis else { panic!("charges") };
    assert_eq!((part.bills.len(), part.without_allowances.len()), (3, 3));
    assert_eq!(of("about = 'count'; option = 'tasks'; component = 'api'; unit = 'tasks'").0, "2 to 4");
}

#[test]
fn standing_among_the_others() {
    let text = r#"
        scenario = { name = "Shop", region = "us-east-1" }
        traffic = { rate = "10_000/day" }
        component = [{ name = "api", vcpu = 1, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
        wishes = { monthly_cost = 1 }
        option = [{ platform = "lambda" }, { platform = "lightsail" }]
    "#;
    let claims = |claims: &str| format!("{text}claim = [{claims}]\n");
    let of = |claim: &str| stated(&claims(&format!("{{ id = 'C', {claim} }}")));
    let until = "value = 1, about = 'threshold', option = 'lambda', of = 'until', unit = 'requests/day'";
    let from = "value = 1, about = 'threshold', option = 'lightsail', of = 'from', unit = 'requests/day'";
    let (until, from) = (of(until).expect("it leads").1.figure, of(from).expect("it leads").1.figure);
    assert_eq!(until, from, "where one ends the other begins");
    let (low, high) = until.ends().expect("both ends");
    assert!(low < high && high <= low * support::exactly("1.03"), "{low} {high}");
    let rank = |name: &str| of(&format!("value = '{name}', about = 'choice'")).map(|(figure, _)| figure);
    let mut ranks = [rank("lambda").expect("ranked"), rank("lightsail").expect("ranked")];
    ranks.sort_unstable();
    assert_eq!(ranks, ["1", "2"]);
    assert_eq!(rank("fargate"), Err("the comparison has no option on fargate".to_owned()));
}

#[test]
fn availability_is_held_against_downtime() {
    let claim = |value: &str| {
        format!(
            "{SHOP}[[claim]]\nid = \"C\"\nvalue = {value}\nabout = \"availability\"\noption = \"tasks\"\nunit = \"%\"\n"
        )
    };
    for (value, degree) in
        [("99.98", Degree::WithinOne), ("99.99", Degree::Contradicts), ("99.9", Degree::Contradicts)]
    {
        with(&claim(value), |scenario, measures| {
            let computed = measures.computed(&scenario.claims[0]).expect("promises are known");
            let agreement = held_against(&scenario.claims[0], &computed).expect("a figure");
            assert_eq!(agreement.degree, degree, "{value}: {}", computed.reckoning);
        });
    }
}

/// The counted charges make the figure, and servers and services make the whole, whatever is committed to.
#[test]
fn the_parts_are_the_whole() {
    let plan = "[[commitment]]\nkind = \"compute-savings-plan\"\nhourly = \"$0.03\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let reserved = "[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\ncount = 3\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    for (text, option) in [
        (SHOP.to_owned(), "tasks"),
        (SHOP.to_owned(), "cluster"),
        (SHOP.to_owned(), "functions"),
        (SHOP.to_owned(), "nodes"),
        (format!("{SHOP}{plan}"), "tasks"),
        (format!("{SHOP}{plan}"), "functions"),
        (format!("{SHOP}{reserved}"), "cluster"),
        (format!("{SHOP}{reserved}"), "tasks"),
    ] {
        let services =
            ["atlas", "load-balancer", "public-address", "egress", "between-zones", "logs", "endpoint"];
        let mut claims = String::new();
        let mut add = |about: &str| {
            claims.push_str(&format!(
                "[[claim]]\nid = \"C{}\"\nvalue = 1\noption = \"{option}\"\nunit = \"USD/month\"\n{about}\n",
                claims.len()
            ));
        };
        add("about = \"total\"");
        add("about = \"platform\"");
        services.iter().for_each(|service| add(&format!("about = \"service\"\nservice = \"{service}\"")));
        let computed = all(&format!("{text}{claims}"));
        let figures: Vec<Decimal> = computed
            .iter()
            .map(|(_, computed)| {
                let Computed { figure, basis, reckoning, .. } = computed.as_ref().expect("it has a bill");
                let Basis::Charges(part) = basis else { panic!("{reckoning}") };
                assert_eq!(part.sum(), Some(*figure), "{reckoning}");
                figure.single().expect("one bill")
            })
            .collect();
        let (total, parts) = figures.split_first().expect("a total");
        assert_eq!(*total, parts.iter().sum::<Decimal>(), "{option}");
    }
}

/// Every row of the limits can be asked for, in the unit that it has.
#[test]
fn every_limit_can_be_claimed() {
    let catalog: &Catalog = support::catalog();
    let rows: Vec<_> = catalog.limits.ids().filter_map(|id| catalog.limits.find(id)).collect();
    let mut claims = String::new();
    for (place, row) in rows.iter().enumerate() {
        let unit = row.unit.split(" per ").next().unwrap_or(&row.unit);
        claims.push_str(&format!(
            "[[claim]]\nid = \"C{place}\"\nvalue = 1\nabout = \"limit\"\nlimit = \"{}\"\nunit = \"{unit}\"\n",
            row.id
        ));
    }
    let computed = all(&format!("{SHOP}{claims}"));
    for ((scenario, computed), (place, row)) in computed.iter().zip(rows.iter().enumerate()) {
        let unit = scenario.claims[place].unit.as_ref().expect("a unit");
        let figure = computed.as_ref().map(|computed| computed.figure.map(|end| unit.from_base(end)));
        if row.unit != "requests per second" {
            assert_eq!(figure.map(|figure| figure.single()), Ok(Some(row.value.normalize())), "{}", row.id);
        }
    }
    assert!(rows.len() > 50);
}

/// Three t3.medium reserved at 0.0261 an hour cover the two that run: 3 × 730 × 0.0261 + 2 × 30 × 0.08 = 61.959.
#[test]
fn a_reservation_belongs_to_what_it_covers() {
    let reserved = "[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\ncount = 3\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let of = |about: &str, option: &str| {
        let claim = format!(
            "id = \"C\"\nvalue = 1\nabout = \"{about}\"\noption = \"{option}\"\nunit = \"USD/month\""
        );
        stated(&format!("{SHOP}{reserved}[[claim]]\n{claim}\n")).expect("it has a bill").0
    };
    assert_eq!(of("platform", "cluster"), "61.959");
    // Where it covers nothing it is of the servers all the same: 108.1203 + 57.159.
    assert_eq!(of("platform", "tasks"), "165.2793");
}

/// A small staging beside a production with two replicas; a hybrid places the web elsewhere.
#[test]
fn environments_and_parts() {
    let places = r#"
        [[environment]]
        name = "staging"
        rate = "1_000/day"
        [[environment]]
        name = "production"
        min_replicas = 2
    "#;
    let options = r#"
        [[option]]
        name = "tasks"
        platform = "fargate"
        [[option]]
        name = "hybrid"
        [[option.part]]
        environment = "staging"
        platform = "ec2-compose"
        instance_type = "t3.large"
        [[option.part]]
        environment = "production"
        platform = "fargate"
        components = ["api"]
        [[option.part]]
        environment = "production"
        platform = "lambda"
    "#;
    let (shop, _) = SHOP.split_once("[[option]]").expect("options");
    let text = format!("{shop}{places}{options}");
    for (claim, expected) in [
        ("about = 'platform'; option = 'tasks'; environment = 'staging'; unit = 'USD/month'", "54.06015"),
        ("about = 'platform'; option = 'tasks'; environment = 'production'; unit = 'USD/month'", "108.1203"),
        ("about = 'platform'; option = 'tasks'; unit = 'USD/month'", "162.18045"),
        ("about = 'platform'; option = 'hybrid'; environment = 'staging'; unit = 'USD/month'", "63.136"),
        (
            "about = 'component'; option = 'hybrid'; environment = 'production'; component = 'api'; unit = 'USD/month'",
            "72.0802",
        ),
        (
            "about = 'service'; option = 'tasks'; environment = 'staging'; service = 'atlas'; unit = 'USD/month'",
            "57",
        ),
        ("about = 'count'; option = 'tasks'; unit = 'tasks'", "6"),
        ("about = 'count'; option = 'tasks'; environment = 'staging'; unit = 'tasks'", "2"),
        ("about = 'traffic'; environment = 'staging'; unit = 'requests/day'", "1,000"),
        ("about = 'traffic'; unit = 'requests/day'", "11,000"),
        ("about = 'throughput'; option = 'tasks'; environment = 'staging'; unit = 'requests/s'", "20"),
        ("about = 'size'; of = 'memory'; option = 'hybrid'; component = 'api'; unit = 'GB'", "2"),
    ] {
        let claim = claim.replace("; ", "\n");
        let (figure, computed) =
            stated(&format!("{text}[[claim]]\nid = \"C\"\nvalue = 1\n{claim}\n")).expect("computed");
        assert_eq!(figure, expected, "{claim}: {}", computed.reckoning);
    }
}
