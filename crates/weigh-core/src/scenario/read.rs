//! The sections of a scenario file, read in the order in which they need each other.

use std::ops::Range;

use toml::de::DeTable;

use super::claim::{self, Claim};
use super::environment::{self, Environment};
use super::field::{Section, Values};
use super::job::Job;
use super::reader::{Place, Reader};
use super::sections::{Component, Needs};
use super::service::{self, ServiceRequest};
use super::traffic::{self, LayerTraces};
use super::wishes::{self, Wish};
use super::{
    DecisionRequest, OptionRequest, Policy, Scenario, Supporting, Team, Tolerance, account, commitment,
    component, currency, discount, job, option, policy, request, rule, stated_trait, tolerance,
};
use crate::account::Account;
use crate::problem::Problem;
use crate::time::Month;

const SECTIONS: [&str; 23] = [
    "scenario",
    "component",
    "request",
    "job",
    "service",
    "traffic",
    "supporting",
    "environment",
    "needs",
    "team",
    "wishes",
    "decision",
    "trait",
    "rule",
    "account",
    "discount",
    "commitment",
    "option",
    "claim",
    "policy",
    "tolerance",
    "extends",
    "without",
];

/// Reads the sections; nothing when anything is wrong.
pub(super) fn read(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    start: Range<usize>,
    traces: &mut LayerTraces<'_>,
) -> Option<Scenario> {
    sections(reader, root, &start);
    let header = reader.table(root, "scenario").and_then(|place| currency::header(reader, &place));
    let components: Vec<_> = reader.tables(root, "component");
    unique_names(reader, &components, "component");
    let names: Vec<&str> = components.iter().filter_map(|place| place.text("name")).collect();
    let mut components: Vec<Option<(Component, Values)>> =
        components.iter().map(|place| component::read(reader, place)).collect();
    let places = reader.tables(root, "request");
    unique_names(reader, &places, "request");
    let requests = request::read(reader, &places, &names, &mut components);
    let places = reader.tables(root, "job");
    unique_names(reader, &places, "job");
    let jobs = job::read(reader, &places, header.as_ref().map_or(Month::Average, |header| header.month));
    let (environments, services) = environments_and_services(reader, root, &names);
    let traffic = reader
        .table(root, "traffic")
        .and_then(|place| traffic::read(reader, &place, header.as_ref(), traces));
    let supporting = section_or_defaults::<Supporting>(reader, root, "supporting").map(|(read, _)| read);
    let needs = section_or_defaults::<Needs>(reader, root, "needs");
    let team = section_or_defaults::<Team>(reader, root, "team");
    let traits = stated_trait::read(reader, root);
    let wishes = weights(reader, root, needs.as_ref().map(|(needs, _)| needs));
    let decision = decision(reader, root, wishes.as_deref());
    let account = use_of_account(reader, root);
    let discounts = discount::read(reader, root);
    let known: Option<Vec<&Component>> =
        components.iter().map(|read| read.as_ref().map(|(component, _)| component)).collect();
    let places = reader.tables(root, "option");
    let options = options(reader, &places, needs.as_ref(), known.as_deref(), environments.as_deref());
    let named = option::names(reader, &places);
    let rules = rule::read(reader, root, &named);
    let commitments = commitment::read(reader, root, &named);
    let claims = claims(reader, root, &named, (&names, jobs.as_deref()), services.as_deref());
    let (policies, tolerances) = policies_and_tolerances(reader, root, &named);
    requests?;
    let components: Vec<(Component, Values)> = components.into_iter().collect::<Option<_>>()?;
    let taken = |(component, values): &(Component, Values)| component::assumed(&component.name, values);
    let assumed = components.iter().filter_map(taken).collect();
    Some(Scenario {
        header: header?,
        components: components.into_iter().map(|(component, _)| component).collect(),
        jobs: jobs?,
        rates: services.iter().flatten().flat_map(ServiceRequest::rates).collect(),
        services: services?,
        traffic: traffic?,
        supporting: supporting?,
        environments: environments?,
        needs: needs?.0,
        team: team?.0,
        traits: traits?,
        rules: rules?,
        wishes: wishes?,
        decision: decision?,
        account: account?,
        discounts: discounts?,
        commitments: commitments?,
        options: options?,
        server_hours: None,
        claims: claims?,
        policies: policies?,
        tolerances: tolerances?,
        assumed,
    })
}

/// The claims, held against the names that the file has.
fn claims(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    options: &[String],
    (components, jobs): (&[&str], Option<&[Job]>),
    services: Option<&[ServiceRequest]>,
) -> Option<Vec<Claim>> {
    let jobs = jobs.unwrap_or_default().iter().map(|job| job.name.as_str());
    let components: Vec<&str> = components.iter().copied().chain(jobs).collect();
    let environments = root.get("environment").map(|value| value.get_ref().as_array());
    let tables = environments.flatten().into_iter().flatten().filter_map(|item| item.get_ref().as_table());
    let environments: Vec<&str> = tables.filter_map(|table| table.get("name")?.get_ref().as_str()).collect();
    let services = services.unwrap_or_default();
    claim::read(
        reader,
        root,
        &claim::Named { options, components: &components, environments: &environments, services },
    )
}

/// What the account uses beside the application; nothing where the file does not say.
fn use_of_account(reader: &mut Reader<'_>, root: &DeTable<'_>) -> Option<Account> {
    match reader.table(root, "account") {
        Some(place) => account::read(reader, &place),
        None => Some(Account::default()),
    }
}

/// What must hold of the answer, and how far costs may drift, beside options of these names.
fn policies_and_tolerances(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    options: &[String],
) -> (Option<Vec<Policy>>, Option<Vec<Tolerance>>) {
    let within = policy::Within::Scenario(options);
    (policy::read(reader, root, &within), tolerance::read(reader, root, &within))
}

/// The weights that the file states; empty where it states none.
fn weights(reader: &mut Reader<'_>, root: &DeTable<'_>, needs: Option<&Needs>) -> Option<Vec<Wish>> {
    match reader.table(root, "wishes") {
        Some(place) => wishes::read(reader, &place, needs),
        None => Some(Vec::new()),
    }
}

/// How the options are weighed: a preset and wishes would both say the weights.
fn decision(reader: &mut Reader<'_>, root: &DeTable<'_>, wishes: Option<&[Wish]>) -> Option<DecisionRequest> {
    let (decision, _) = section_or_defaults::<DecisionRequest>(reader, root, "decision")?;
    if decision.preset.is_some() && wishes.is_some_and(|wishes| !wishes.is_empty()) {
        let table = root.get("decision")?.get_ref().as_table()?;
        let problem = Problem::at(table.get("preset")?.span(), "`preset` and [wishes] both say the weights");
        reader.problems.push(problem.allowing("one of them"));
        return None;
    }
    Some(decision)
}

/// The options, each on one platform or in parts; nothing when one is wrong.
fn options(
    reader: &mut Reader<'_>,
    places: &[Place<'_>],
    needs: Option<&(Needs, Values)>,
    components: Option<&[&Component]>,
    environments: Option<&[Environment]>,
) -> Option<Vec<OptionRequest>> {
    unique_names(reader, places, "option");
    let each = places.iter().map(|place| match place.table.contains_key("part") {
        false => option::read(reader, place, needs, components),
        true => {
            let (components, environments, needs) = (components?, environments?, &needs?.0);
            environment::placed(reader, place, &environment::Known { components, environments, needs })
        }
    });
    // All are read, so that everything that is wrong is told.
    each.collect::<Vec<_>>().into_iter().collect()
}

/// The environments, and the services, which may name one of them.
fn environments_and_services(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    components: &[&str],
) -> (Option<Vec<Environment>>, Option<Vec<ServiceRequest>>) {
    let places = reader.tables(root, "environment");
    unique_names(reader, &places, "environment");
    let environments = environment::read(reader, &places);
    let named: Vec<&str> = places.iter().filter_map(|place| place.text("name")).collect();
    let known = service::Known { components, environments: &named };
    let places = reader.tables(root, "service");
    unique_names(reader, &places, "service");
    (environments, service::read(reader, &places, &known))
}

/// Names the keys that no file has, and the sections that every file has, where this one lacks them.
fn sections(reader: &mut Reader<'_>, root: &DeTable<'_>, start: &Range<usize>) {
    for key in root.keys() {
        if !SECTIONS.contains(&key.get_ref().as_ref()) {
            reader.unknown_key(key, "a scenario file", &SECTIONS);
        }
    }
    if let Some(value) = root.get("component")
        && value.get_ref().as_array().is_some_and(|items| items.is_empty())
    {
        let problem = Problem::at(value.span(), "`component`: the list is empty");
        reader.problems.push(problem.allowing("at least one [[component]]"));
    }
    for (key, what) in [("scenario", "[scenario]"), ("component", "[[component]]"), ("traffic", "[traffic]")]
    {
        if !root.contains_key(key) && !reader.meant(0, key) && !reader.meant(0, "extends") {
            let problem = Problem::at(start.clone(), format!("the file lacks {what}"));
            reader
                .problems
                .push(problem.allowing("a scenario file has [scenario], [[component]] and [traffic]"));
        }
    }
}

/// A section; all at its defaults when the file has none.
fn section_or_defaults<S: Section>(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    key: &str,
) -> Option<(S, Values)> {
    match reader.table(root, key) {
        Some(place) => reader.section_with_defaults::<S>(&place),
        None if root.contains_key(key) => None,
        None => {
            let empty = DeTable::new();
            reader.section::<S>(&Place { table: &empty, title: format!("[{key}]"), span: 0..0 })
        }
    }
}

/// Names every second use of a name among tables of one kind.
fn unique_names(reader: &mut Reader<'_>, places: &[Place<'_>], what: &str) {
    let mut seen: Vec<(&str, Range<usize>)> = Vec::new();
    for place in places {
        let named = ["name", "platform", "kind"].iter().find_map(|key| place.table.get(*key));
        let Some((value, name)) = named.and_then(|value| Some((value, value.get_ref().as_str()?))) else {
            continue;
        };
        let name = match place.table.contains_key("name") {
            true => name.trim(),
            false => reader
                .platform(name)
                .map(|platform| platform.id)
                .or_else(|| reader.service_kind(name).map(|kind| kind.id))
                .unwrap_or(name),
        };
        match seen.iter().find(|(known, _)| *known == name) {
            Some((_, first)) => {
                let problem = Problem::at(value.span(), format!("two {what}s are named `{name}`"));
                let allowed = format!("a `name` of its own for each {what}");
                reader.problems.push(problem.allowing(allowed).beside(first.clone(), "the first"));
            }
            None => seen.push((name, value.span())),
        }
    }
}
