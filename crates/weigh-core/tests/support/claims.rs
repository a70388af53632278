//! What the tests of claims share: a shop with every platform, and what claims on it come to.

use std::path::Path;
use std::sync::OnceLock;

use weigh_core::audit::{Computed, Measures, NotComputed, Subject};
use weigh_core::compare::{compare, compare_ends};
use weigh_core::data::DataFile;
use weigh_core::pricebook::{OwnSheet, RegionPrices};
use weigh_core::scenario::Scenario;

/// Two components behind each option, a database that all share, and a rejected option.
pub(crate) const SHOP: &str = r#"
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
        let file = DataFile { path: "commitments.csv".into(), text: super::read(&path).into() };
        let sheet = OwnSheet::read(&file).expect("the sheet is right");
        let book = super::whole_book().with_own_prices(&sheet);
        book.open("us-east-1", None).expect("the region is there")
    })
}

/// The claims of a scenario, each computed on the frozen book.
pub(crate) fn all(text: &str) -> Vec<(Scenario, Result<Computed, NotComputed>)> {
    with(text, |scenario, measures| {
        scenario.claims.iter().map(|claim| (scenario.clone(), measures.computed(claim))).collect()
    })
}

/// What a scenario's claims are computed from, handed to a closure.
pub(crate) fn with<T>(text: &str, then: impl FnOnce(&Scenario, &Measures<'_>) -> T) -> T {
    let none = &mut |_: &str, _: &_| Err("no file can be read here".to_owned());
    let read = Scenario::parse_ranged(text, super::vocabulary(), none);
    let (scenario, ranged) = read.unwrap_or_else(|problems| {
        let told: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        panic!("{}\nin\n{text}", told.join("\n"))
    });
    let (catalog, prices) = (super::catalog(), book());
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
pub(crate) fn of(claim: &str) -> Result<(String, Computed), String> {
    stated(&format!("{SHOP}[[claim]]\nid = \"C\"\nvalue = 1\n{}\n", claim.replace("; ", "\n")))
}

/// What the last claim of a scenario comes to, in its own unit, or why it can't be computed.
pub(crate) fn stated(text: &str) -> Result<(String, Computed), String> {
    let (scenario, computed) = all(text).pop().expect("a claim");
    let computed = computed.map_err(|not| not.why)?;
    let unit = scenario.claims[0].unit.as_ref();
    let figure = unit.map_or(computed.figure, |unit| computed.figure.map(|end| unit.from_base(end)));
    Ok((figure.shown(5), computed))
}

/// Holds what claims on the shop come to against what is expected.
pub(crate) fn holds(table: &[(&str, &str)]) {
    for (claim, expected) in table {
        let found = match of(claim) {
            Ok((figure, _)) => figure,
            Err(why) => format!("not computed: {why}"),
        };
        assert_eq!(found, *expected, "{claim}");
    }
}
