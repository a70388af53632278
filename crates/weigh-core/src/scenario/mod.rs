//! The scenario: what an architect writes, read with every mistake named at its place.

mod account;
mod commitment;
mod component;
mod currency;
mod decision;
mod discount;
mod environment;
mod field;
mod job;
mod kind;
mod kind_schema;
mod kind_text;
mod layers;
mod merge;
mod option;
mod parse;
mod range;
mod reader;
mod request;
mod rule;
mod schema;
mod sections;
mod server_hours;
mod service;
mod stated_trait;
mod supporting;
mod team;
mod traffic;
mod vocabulary;
mod when;
mod wishes;
mod without;

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use crate::account::Account;
use crate::bill::{Discount, StatedRate};
use crate::commitment::Commitment;
use crate::problem::Problem;
use crate::time::Month;
use crate::traffic::Traffic;

pub use account::{AccountEntry, UsageEntry};
pub use commitment::{CacheEngine, CommitmentEntry, CommitmentWord, DatabaseDeployment};
pub use currency::Currency;
pub use decision::DecisionRequest;
pub use environment::{Environment, PartHeader, PartRequest, SEVERAL};
pub use field::{Field, FromDatum, Placed, Presence, Section, Values};
pub(crate) use field::{choice, section};
pub use job::Job;
pub(crate) use kind::described;
pub use kind::{ARCHITECTURE, Choice, Datum, Kind};
pub use layers::{Base, Layer, LayerProblem};
pub use parse::RangedScenario;
pub use range::{CHEAPER_WITH_MORE, End, StatedRange};
use reader::{Place, Reader};
pub use request::{RequestClass, RequestEntry};
pub use rule::{RuleEntry, StatedRule};
pub use schema::schema;
pub use sections::{Component, DiscountEntry, Header, Needs, OptionHeader, State};
pub use server_hours::ServerHours;
pub use service::{ServiceHeader, ServiceRequest};
pub use stated_trait::{StatedTrait, TraitEntry};
pub use supporting::{Balancer, Sessions, Supporting, Uploads};
pub use team::Team;
pub use traffic::{BurstEntry, LaunchEntry, LayerTraces, SeasonEntry, Traces, TrafficEntry};
pub use vocabulary::{
    CriterionWords, Known, PlatformWords, ScaleProblem, ScaleUnit, ServiceWords, Vocabulary,
};
pub use when::When;
pub use wishes::Wish;

/// An option as the scenario states it: a platform with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionRequest {
    /// The option's name, unique in the scenario.
    pub name: String,
    /// The platform's id.
    pub platform: String,
    /// The platform's settings: those stated, and the defaults of the rest.
    pub settings: Values,
    /// What stands on which platform, where that is several; empty for one deployment.
    pub parts: Vec<PartRequest>,
}

/// A setting of an option that a need of the same scenario rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The setting's key.
    pub setting: &'static str,
    /// The need's key.
    pub need: &'static str,
    /// What contradicts what, in words.
    pub message: String,
}

/// An application, its traffic and its needs, and what is to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name, region, date, month.
    pub header: Header,
    /// The parts of the application; at least one.
    pub components: Vec<Component>,
    /// Work in the background; empty for none.
    pub jobs: Vec<Job>,
    /// Databases, caches, queues and what else the application uses; empty for none.
    pub services: Vec<ServiceRequest>,
    /// What services cost that are bought elsewhere, as they state it.
    pub rates: Vec<StatedRate>,
    /// How many requests come.
    pub traffic: Traffic,
    /// What stands around the servers of every option.
    pub supporting: Supporting,
    /// Where the application runs several times; empty where it runs once.
    pub environments: Vec<Environment>,
    /// Hard constraints.
    pub needs: Needs,
    /// Who builds and runs the application.
    pub team: Team,
    /// Weights; empty for the default ones.
    pub wishes: Vec<Wish>,
    /// How the options are weighed against each other.
    pub decision: DecisionRequest,
    /// What holds of platforms in the stead of the data.
    pub traits: Vec<StatedTrait>,
    /// What to choose, to avoid or to reject when something holds.
    pub rules: Vec<StatedRule>,
    /// What the account pays less than the list says; empty for list prices.
    pub discounts: Vec<Discount>,
    /// What the account uses beside the application.
    pub account: Account,
    /// What the account has committed to.
    pub commitments: Vec<Commitment>,
    /// What is compared; empty for every platform.
    pub options: Vec<OptionRequest>,
    /// The hours in which servers run, where that is asked; nothing where they always do.
    pub server_hours: Option<ServerHours>,
    /// What was not stated and had to be taken, one line for each component.
    pub assumed: Vec<String>,
}

const SECTIONS: [&str; 20] = [
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
    "extends",
    "without",
];

impl Scenario {
    /// The commitments that an option pays for: those of the account, and its own.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "1/s" }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    ///     commitment = [{ kind = "compute-savings-plan", hourly = "$0.50", term = "1-year", payment = "no-upfront" }]
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.commitments_of("fargate").len(), 1);
    /// ```
    #[must_use]
    pub fn commitments_of(&self, option: &str) -> Cow<'_, [Commitment]> {
        let has = |each: &&Commitment| each.option.as_deref().is_none_or(|only| only == option);
        match self.commitments.iter().all(|each| has(&each)) {
            true => Cow::Borrowed(&self.commitments),
            false => self.commitments.iter().filter(has).cloned().collect(),
        }
    }
}

/// Reads the sections; nothing when anything is wrong.
fn read(
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
    let account = match reader.table(root, "account") {
        Some(place) => account::read(reader, &place),
        None => Some(Account::default()),
    };
    let discounts = discount::read(reader, root);
    let known: Option<Vec<&Component>> =
        components.iter().map(|read| read.as_ref().map(|(component, _)| component)).collect();
    let places = reader.tables(root, "option");
    let options = options(reader, &places, needs.as_ref(), known.as_deref(), environments.as_deref());
    let named = option::names(reader, &places);
    let rules = rule::read(reader, root, &named);
    let commitments = commitment::read(reader, root, &named);
    requests?;
    let components: Vec<(Component, Values)> = components.into_iter().collect::<Option<_>>()?;
    let assumed = components
        .iter()
        .filter_map(|(component, values)| component::assumed(&component.name, values))
        .collect();
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
        assumed,
    })
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
        if !root.contains_key(key) && !reader.meant(0, key) {
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

#[cfg(test)]
mod tests;
