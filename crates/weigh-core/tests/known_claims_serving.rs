//! What claims about sizes, counts, starts, latency and standing come to, against answers worked out by hand.

mod support;

use rust_decimal::Decimal;
use support::claims::{SHOP, holds, of, stated, with};
use weigh_core::audit::{Basis, held_against};
use weigh_core::claim::Degree;

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
            "about = 'size'; of = 'vcpu'; shape = 't3.m'; unit = 'vCPU'",
            "not computed: the catalog has no shape t3.m; did you mean t3.micro or t3.medium?",
        ),
        (
            "about = 'size'; of = 'vcpu'; shape = 't3.meduim'; unit = 'vCPU'",
            "not computed: the catalog has no shape t3.meduim; did you mean t3.medium?",
        ),
    ]);
    let (_, computed) = of("about = 'size'; of = 'vcpu'; option = 'tasks'; component = 'web'; unit = 'vCPU'")
        .expect("a size");
    let [asked, deployed] = ["0.3", "0.5"].map(support::exactly);
    assert_eq!(computed.basis, Basis::Size { asked, deployed });
    // A component's own task has a size that the platform has; a container that shares a machine has what it asks for.
    let basis = |option: &str, component: &str, of_what: &str, unit: &str| {
        let place = format!("option = '{option}'; component = '{component}'");
        of(&format!("about = 'size'; of = '{of_what}'; {place}; unit = '{unit}'")).expect("a size").1.basis
    };
    let [one, asked, deployed] = ["1", "600", "1024"].map(support::exactly);
    assert_eq!(basis("tasks", "api", "cpu-units", "CPU units"), Basis::Size { asked: one, deployed: one });
    assert_eq!(basis("tasks", "web", "memory", "MB"), Basis::Size { asked, deployed });
    assert_eq!(basis("machine", "web", "memory", "MB"), Basis::Plain);
    assert_eq!(basis("machine", "api", "cpu-units", "CPU units"), Basis::Plain);
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
