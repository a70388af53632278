//! What claims about costs, prices and limits come to, against answers worked out by hand from AWS's rates.

mod support;

use rust_decimal::Decimal;
use support::claims::{SHOP, all, holds, of, stated};
use weigh_core::audit::{Basis, Computed, Part};
use weigh_core::catalog::Catalog;

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

/// 100 requests a day are 3,041.67 a month, of 1,000,000 that are free; 100,000 are 3,041,666.67.
#[test]
fn costs_in_the_free_allowance_and_above_it() {
    let claim = |traffic: &str, about: &str| {
        let text = SHOP.replace("10_000/day", traffic);
        let claim = format!(
            "{text}[[claim]]\nid = \"C\"\nvalue = 1\noption = \"functions\"\nunit = \"USD/month\"\n{about}\n"
        );
        stated(&claim).map(|(figure, computed)| (figure, computed.reckoning)).expect("computed")
    };
    let requests = "about = \"charge\"\ncomponent = \"api\"\nprice_id = \"lambda/requests\"";
    assert_eq!(
        claim("100/day", requests),
        (
            "0".to_owned(),
            "all of it is in the free allowance: 3,041.666667 Requests (free allowance) × $0".to_owned()
        )
    );
    // Both functions take 915,000 as expected, and 1,825,000 at the high end.
    let (figure, reckoning) = claim("100..40_000/day", requests);
    assert!(figure.starts_with("0 to 0."), "{figure}");
    assert!(reckoning.starts_with("at the high end ") && reckoning.ends_with(" × $0.0000002"), "{reckoning}");
    let (figure, reckoning) = claim("10/day", "about = \"platform\"");
    assert_eq!(figure, "0");
    assert!(reckoning.starts_with("all of it is in the free allowance: "), "{reckoning}");
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
        (
            "about = 'price'; price_id = 'ebs/gp3-storage-gb-months'; unit = 'USD/9999999999999999 9999999999999999 GB-month'",
            "not computed: no rate is in USD/9999999999999999 9999999999999999 GB-month: its number exceeds 28 digits",
        ),
        (
            "about = 'price'; price_id = 'fargate/vcpu-hours/linux-x86'; unit = 'USD/79228162514264337593543950335 vCPU-year'",
            "not computed: no rate is in USD/79228162514264337593543950335 vCPU-year: it is for more than 10¹⁵ of it",
        ),
        (
            "about = 'price'; price_id = 'fargate/vcpu-hours/linux-x86'; unit = 'USD/0 vCPU-hour'",
            "not computed: no rate is in USD/0 vCPU-hour: it is for 0 of it, or for less than a decimal holds",
        ),
    ]);
    let unknown = of("about = 'price'; price_id = 'fargate/vcpu-hour/linux-x86'; unit = 'USD/vCPU-hour'");
    let unknown = unknown.expect_err("no such price");
    assert!(unknown.ends_with("; did you mean fargate/vcpu-hours/linux-x86?"), "{unknown}");
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
    for (name, known) in [
        ("lambda/timeout", "lambda/timeout-seconds"),
        ("timeout-second", "lambda/timeout-seconds"),
        ("lambda/timeuot-seconds", "lambda/timeout-seconds"),
        ("fargate/task-vcpu-maximum", "fargate/task-vcpu-max"),
    ] {
        let unknown =
            of(&format!("about = 'limit'; limit = '{name}'; unit = 's'")).expect_err("no such limit");
        assert!(unknown.starts_with(&format!("the book has no limit {name}: ")), "{unknown}");
        assert!(unknown.ends_with(&format!("; did you mean {known}?")), "{unknown}");
    }
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
