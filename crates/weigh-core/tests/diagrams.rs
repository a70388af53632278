//! Pictures of options: each charge on one node, the nodes add up to the bill, and every edge has two ends.

#[path = "support/random.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod random;
mod support;

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{catalog, evaluation, exactly, files_below, option_of, read, scenario, text, vocabulary};
use weigh_core::catalog::Catalog;
use weigh_core::compare::{self, Comparison};
use weigh_core::report::{Billing, DiagramNode, DiagramReport, NodeKind, diagram_report, option_to_draw};
use weigh_core::scenario::Scenario;

fn compared(scenario: &Scenario) -> Comparison {
    let book = support::book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
    compare::compare(scenario, catalog(), &book).expect("the scales of the criteria are scales")
}

/// The picture of the option that is drawn when none is named.
fn drawn(text: &str) -> DiagramReport {
    let scenario = scenario(text);
    let comparison = compared(&scenario);
    let option = option_to_draw(&comparison).expect("an option to draw");
    diagram_report(&scenario, &comparison, option).expect("a deployment")
}

fn node<'a>(diagram: &'a DiagramReport, title: &str) -> &'a DiagramNode {
    diagram
        .nodes
        .iter()
        .find(|node| node.title == title)
        .unwrap_or_else(|| panic!("no {title}: {diagram:#?}"))
}

/// What is wrong in the pictures of a scenario's options; each option with a bill has one.
fn faults(scenario: &Scenario) -> Vec<String> {
    let comparison = compared(scenario);
    let mut faults = Vec::new();
    for option in &comparison.options {
        let Some(diagram) = diagram_report(scenario, &comparison, option) else { continue };
        let mut fault = |what: &str| faults.push(format!("{}: {what}", option.name));
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        let all =
            diagram.nodes.iter().map(|node| &node.id).chain(diagram.groups.iter().map(|group| &group.id));
        if !all.into_iter().all(|id| ids.insert(id)) {
            fault("an id stands twice");
        }
        let ends = diagram.edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
        let inside = diagram.nodes.iter().filter_map(|node| node.group.as_ref());
        if !ends.chain(inside).all(|id| ids.contains(id.as_str())) {
            fault("an end of an edge, or a group, is not there");
        }
        let Some(evaluation) = evaluation(option) else {
            if diagram.nodes.iter().any(|node| node.monthly_cost.is_some()) || diagram.monthly_cost.is_some()
            {
                fault("what can't be priced has a cost");
            }
            continue;
        };
        let costs = diagram.nodes.iter().filter_map(|node| node.monthly_cost.as_deref());
        let sum: Decimal = costs.map(|cost| cost.parse::<Decimal>().expect("a decimal")).sum();
        if sum != evaluation.bill.total() {
            fault(&format!("nodes add up to {sum}, the bill to {}", evaluation.bill.total()));
        }
        let mut places: Vec<usize> = diagram.nodes.iter().flat_map(|node| node.charges.clone()).collect();
        places.sort_unstable();
        if places != (0..evaluation.bill.charges().len()).collect::<Vec<_>>() {
            fault("a charge is on no node, or on two");
        }
        if let Some(other) = diagram.nodes.iter().find(|node| node.kind == NodeKind::Other) {
            let ids = other.charges.iter().map(|place| evaluation.bill.charges()[*place].price_id.as_str());
            fault(&format!("no node for {:?}", ids.collect::<Vec<_>>()));
        }
    }
    faults
}

/// Every scenario file of the repository, however deep, and those of the tests of the program.
#[test]
fn every_charge_of_every_scenario_file_is_on_one_node() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut count = 0;
    for folder in ["scenarios", "crates/weigh-cli/tests/data"] {
        for path in files_below(&root.join(folder)) {
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            // What is no scenario by itself, such as a matrix or a part of one, is not drawn.
            let Ok(scenario) = Scenario::parse(&read(&path), vocabulary()) else { continue };
            assert_eq!(faults(&scenario), Vec::<String>::new(), "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 6, "{count} scenarios");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_charge_of_any_scenario_is_on_one_node(text in random::scenario()) {
        let Ok(scenario) = Scenario::parse(&text, vocabulary()) else { return Ok(()) };
        prop_assert_eq!(faults(&scenario), Vec::<String>::new(), "{}", text);
    }
}

#[test]
fn a_component_a_job_and_a_service_of_one_name_have_nodes_of_their_own() {
    let job =
        "[[job]]\nname = \"app\"\nvcpu = 1\nmemory = \"1 GB\"\nduration = \"10 min\"\nruns = \"1/day\"\n";
    let service = "[[service]]\nkind = \"kms\"\nname = \"app\"\nkeys = 3\n";
    for (platform, settings) in [("fargate", "tasks = 1"), ("lambda", "memory = \"3 GB\"")] {
        let header = "free_tier = false\n";
        let stated = text("1/s", "", &format!("{header}{job}{service}{}", option_of(platform, settings)));
        let diagram = drawn(&stated);
        let own: Vec<&DiagramNode> = diagram.nodes.iter().filter(|node| node.title == "app").collect();
        let charged = own.iter().filter(|node| node.billing == Billing::Charged).count();
        assert_eq!(charged, 3, "{platform}: {own:#?}");
        let kms = own.iter().find(|node| node.kind == NodeKind::Support).expect("the service");
        assert_eq!(kms.monthly_cost.as_deref(), Some("3"));
    }
}

#[test]
fn tasks_are_shared_out_over_the_zones() {
    let rest = format!("[needs]\nzones = 2\n{}", option_of("fargate", "tasks = 3"));
    let diagram = drawn(&text("1/s", "", &rest));
    let standing = diagram.nodes.iter().filter(|node| node.kind == NodeKind::Replicas);
    let told: Vec<&str> = standing.flat_map(|node| node.details.iter().map(String::as_str)).collect();
    assert_eq!(told, ["2 tasks", "1 task"]);
    assert_eq!(node(&diagram, "app").details, ["3 tasks × 1 vCPU, 2 GB"]);
}

/// On the real book: the frozen one has no price of a plan.
#[test]
fn a_commitment_has_a_node_of_its_own() {
    let plan =
        "kind = \"compute-savings-plan\"\nhourly = \"$0.02\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let rest = format!("[[commitment]]\n{plan}{}", option_of("fargate", "tasks = 2"));
    let catalog = Catalog::open(&weigh_prices::files()).expect("the catalog");
    let words = compare::vocabulary(&catalog, &weigh_prices::book());
    let scenario = Scenario::parse(&text("1/s", "", &rest), &words).expect("a scenario");
    let book = weigh_prices::book().open("us-east-1", None).expect("the book");
    let comparison = compare::compare(&scenario, &catalog, &book).expect("a comparison");
    let diagram = diagram_report(&scenario, &comparison, &comparison.options[0]).expect("a deployment");
    // 730 hours of 2 cents.
    assert_eq!(node(&diagram, "Commitments").monthly_cost.as_deref(), Some("14.6"));
    let total =
        diagram.nodes.iter().filter_map(|node| node.monthly_cost.as_deref()).map(exactly).sum::<Decimal>();
    assert_eq!(Some(total), diagram.monthly_cost.as_deref().map(exactly));
}

#[test]
fn what_cannot_be_priced_has_no_cost_and_says_so() {
    let rest = format!(
        "region = \"ap-south-1\"\n[[service]]\nkind = \"sqs\"\nmessages_per_request = 1\n{}",
        option_of("fargate", "tasks = 1")
    );
    let diagram = drawn(&text("1/s", "", &rest));
    assert_eq!((diagram.status, diagram.monthly_cost.as_deref()), ("unpriced", None));
    assert_eq!(node(&diagram, "Fargate").cost, "no price");
    assert!(diagram.title.ends_with("cannot be priced"), "{}", diagram.title);
    assert!(!diagram.missing_prices.is_empty());
}

#[test]
fn a_borrowed_price_is_marked_on_its_node() {
    let header = "region = \"ap-south-1\"\nassume_missing_from = \"us-east-1\"\n";
    let diagram = drawn(&text("1/s", "", &format!("{header}{}", option_of("fargate", "tasks = 1"))));
    assert_eq!(node(&diagram, "Application Load Balancer").marks, ["borrowed from us-east-1"]);
    assert!(node(&diagram, "app").marks.is_empty());
}

#[test]
fn what_is_switched_off_or_included_is_there_without_a_cost() {
    let off = format!(
        "[supporting]\noff = [\"load-balancer\", \"registry\"]\n{}",
        option_of("fargate", "tasks = 1")
    );
    let off = drawn(&text("1/s", "", &off));
    let balancer = node(&off, "Application Load Balancer");
    assert_eq!((balancer.billing, balancer.monthly_cost.as_deref()), (Billing::Off, None));
    let included = drawn(&text("1/s", "", &option_of("lightsail", "power = \"large\"")));
    assert_eq!(node(&included, "Lightsail endpoint").billing, Billing::Included);
}
