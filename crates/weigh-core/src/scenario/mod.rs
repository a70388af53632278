//! The scenario: what an architect writes, read with every mistake named at its place.

mod component;
mod currency;
mod environment;
mod field;
mod job;
mod kind;
mod kind_schema;
mod parse;
mod range;
mod reader;
mod request;
mod schema;
mod sections;
mod supporting;
mod traffic;
mod vocabulary;
mod when;
mod wishes;

use std::ops::Range;

use rust_decimal::Decimal;
use toml::de::DeTable;

use crate::bill::Discount;
use crate::problem::Problem;
use crate::time::Month;
use crate::traffic::Traffic;

pub use currency::Currency;
pub use environment::{Environment, PartHeader, PartRequest, SEVERAL};
pub use field::{Field, FromDatum, Placed, Presence, Section, Values};
pub(crate) use field::{choice, section};
pub use job::Job;
pub use kind::{ARCHITECTURE, Choice, Datum, Kind};
pub use parse::RangedScenario;
pub use range::{CHEAPER_WITH_MORE, End, StatedRange};
use reader::{Place, Reader};
pub use request::{RequestClass, RequestEntry};
pub use schema::schema;
pub use sections::{Component, DiscountEntry, Header, Needs, OptionHeader, State};
pub use supporting::{Balancer, Sessions, Supporting, Uploads};
pub use traffic::{BurstEntry, LaunchEntry, SeasonEntry, Traces, TrafficEntry};
pub use vocabulary::{CriterionWords, Known, PlatformWords, ScaleProblem, ScaleUnit, Vocabulary};
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
    /// How many requests come.
    pub traffic: Traffic,
    /// What stands around the servers of every option.
    pub supporting: Supporting,
    /// Where the application runs several times; empty where it runs once.
    pub environments: Vec<Environment>,
    /// Hard constraints.
    pub needs: Needs,
    /// Weights; empty for the default ones.
    pub wishes: Vec<Wish>,
    /// What the account pays less than the list says; empty for list prices.
    pub discounts: Vec<Discount>,
    /// What is compared; empty for every platform.
    pub options: Vec<OptionRequest>,
    /// What was not stated and had to be taken, one line for each component.
    pub assumed: Vec<String>,
}

const SECTIONS: [&str; 11] = [
    "scenario",
    "component",
    "request",
    "job",
    "traffic",
    "supporting",
    "environment",
    "needs",
    "wishes",
    "discount",
    "option",
];

/// Reads the sections; nothing when anything is wrong.
fn read(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    start: Range<usize>,
    traces: &mut Traces<'_>,
) -> Option<Scenario> {
    for key in root.keys() {
        if !SECTIONS.contains(&key.get_ref().as_ref()) {
            reader.unknown_key(key, "a scenario file", &SECTIONS);
        }
    }
    missing_sections(reader, root, &start);
    let header = reader.table(root, "scenario").and_then(|place| currency::header(reader, &place));
    let components: Vec<_> = reader.tables(root, "component");
    if let Some(value) = root.get("component")
        && value.get_ref().as_array().is_some_and(|items| items.is_empty())
    {
        let problem = Problem::at(value.span(), "`component`: the list is empty");
        reader.problems.push(problem.allowing("at least one [[component]]"));
    }
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
    let traffic = reader
        .table(root, "traffic")
        .and_then(|place| traffic::read(reader, &place, header.as_ref(), traces));
    let supporting = section_or_defaults::<Supporting>(reader, root, "supporting").map(|(read, _)| read);
    let needs = section_or_defaults::<Needs>(reader, root, "needs");
    let wishes = match reader.table(root, "wishes") {
        Some(place) => wishes::read(reader, &place, needs.as_ref().map(|(needs, _)| needs)),
        None => Some(Vec::new()),
    };
    let places = reader.tables(root, "discount");
    let discounts = discounts(reader, &places);
    let known: Option<Vec<&Component>> =
        components.iter().map(|read| read.as_ref().map(|(component, _)| component)).collect();
    let places = reader.tables(root, "environment");
    unique_names(reader, &places, "environment");
    let environments = environment::read(reader, &places);
    let places = reader.tables(root, "option");
    unique_names(reader, &places, "option");
    let options: Vec<_> = places
        .iter()
        .map(|place| match place.table.contains_key("part") {
            false => option(reader, place, needs.as_ref(), known.as_deref()),
            true => {
                let (components, environments) = (known.as_deref()?, environments.as_deref()?);
                let needs = &needs.as_ref()?.0;
                environment::placed(reader, place, &environment::Known { components, environments, needs })
            }
        })
        .collect();
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
        traffic: traffic?,
        supporting: supporting?,
        environments: environments?,
        needs: needs?.0,
        wishes: wishes?,
        discounts: discounts?,
        options: options.into_iter().collect::<Option<_>>()?,
        assumed,
    })
}

/// Names the sections that every file has, where this one lacks them.
fn missing_sections(reader: &mut Reader<'_>, root: &DeTable<'_>, start: &Range<usize>) {
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

/// The discounts; nothing when one is wrong, or when a service has two.
fn discounts(reader: &mut Reader<'_>, places: &[Place<'_>]) -> Option<Vec<Discount>> {
    let mut read: Vec<(Discount, Range<usize>)> = Vec::new();
    let mut all_read = true;
    for place in places {
        let Some((entry, values)) = reader.section::<DiscountEntry>(place) else {
            all_read = false;
            continue;
        };
        let span = values.span("service").unwrap_or(place.span.clone());
        if let Some((_, first)) = read.iter().find(|(known, _)| known.service == entry.service) {
            let problem = Problem::at(span, format!("two discounts on `{}`", entry.service));
            let allowed = "one discount for each service, and one for all the others";
            reader.problems.push(problem.allowing(allowed).beside(first.clone(), "the first"));
            all_read = false;
            continue;
        }
        let percent = entry.off * Decimal::ONE_HUNDRED;
        let note = entry.note.unwrap_or_default();
        read.push((Discount { service: entry.service, percent: percent.normalize(), note }, span));
    }
    all_read.then(|| read.into_iter().map(|(discount, _)| discount).collect())
}

fn option(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    needs: Option<&(Needs, Values)>,
    components: Option<&[&Component]>,
) -> Option<OptionRequest> {
    let platform = place.text("platform").and_then(|id| reader.platform(id));
    let Some(platform) = platform else {
        // Without a platform its settings can't be checked: only the platform is told.
        let only: DeTable<'_> = place
            .table
            .iter()
            .filter(|(key, _)| matches!(key.get_ref().as_ref(), "platform" | "name"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        reader.values(&Place { table: &only, ..place.clone() }, &[OptionHeader::FIELDS]);
        return None;
    };
    let title = format!("a {} option", platform.id);
    let settings = {
        let lists: Vec<&'static [Field]> =
            [OptionHeader::FIELDS].into_iter().chain(platform.settings.iter().copied()).collect();
        reader.values(&Place { title, ..place.clone() }, &lists)?
    };
    if let Some(components) = components {
        component::memory_target(reader, &settings, components)?;
    }
    if let Some((needs, placed)) = needs {
        let found = (platform.contradictions)(&settings, needs);
        for Contradiction { setting, need, message } in &found {
            let span = settings.span(setting).unwrap_or(place.span.clone());
            let allowed = match placed.get(need) {
                Some(Datum::Count(least)) => format!("`{setting}` of {least} or more"),
                _ => format!("`{setting}` left out, or another `{need}`"),
            };
            let mut problem = Problem::at(span, message).allowing(allowed);
            if let Some(stated) = placed.span(need) {
                problem = problem.beside(stated, "the need");
            } else if let Some(stated) = settings.span(need) {
                problem = problem.beside(stated, "the other setting");
            }
            reader.problems.push(problem);
        }
        if !found.is_empty() {
            return None;
        }
    }
    let name = settings.value::<Option<String>>("name").flatten().unwrap_or_else(|| platform.id.to_owned());
    Some(OptionRequest { name, platform: platform.id.to_owned(), settings, parts: Vec::new() })
}

/// Names every second use of a name among tables of one kind.
fn unique_names(reader: &mut Reader<'_>, places: &[Place<'_>], what: &str) {
    let mut seen: Vec<(&str, Range<usize>)> = Vec::new();
    for place in places {
        let named = place.table.get("name").or_else(|| place.table.get("platform"));
        let Some((value, name)) = named.and_then(|value| Some((value, value.get_ref().as_str()?))) else {
            continue;
        };
        let name = match place.table.contains_key("name") {
            true => name.trim(),
            false => reader.platform(name).map_or(name, |platform| platform.id),
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
