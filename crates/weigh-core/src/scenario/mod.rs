//! The scenario: what an architect writes, read with every mistake named at its place.

mod component;
mod environment;
mod field;
mod job;
mod kind;
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

pub use environment::{Environment, PartHeader, PartRequest, SEVERAL};
pub use field::{Field, FromDatum, Placed, Presence, Section, Values};
pub(crate) use field::{choice, section};
pub use job::Job;
pub use kind::{ARCHITECTURE, Choice, Datum, Kind};
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

impl Scenario {
    /// Reads a scenario from its TOML text.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in the order of the file.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     [scenario]
    ///     name = "Shop"
    ///     region = "us-east-1"
    ///     [traffic]
    ///     rate = "10_000/day"
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.components[0].memory.mib().to_string(), "1024");
    /// let problems = Scenario::parse(&text.replace("memory", "memry"), &vocabulary).unwrap_err();
    /// assert_eq!(problems[0].suggestion.as_deref(), Some("memory"));
    /// ```
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Scenario, Vec<Problem>> {
        Scenario::parse_with(text, vocabulary, &mut |_, _| Err("no file can be read here".to_owned()))
    }

    /// Reads a scenario that may name a trace, which the caller gives: the core opens no file.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in the order of the file; at its `trace` why there is none.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// use weigh_core::traffic::TraceReader;
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { trace = "requests.csv" }
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    /// "#;
    /// let scenario = Scenario::parse_with(text, &vocabulary, &mut |name, zone| {
    ///     let mut reader = TraceReader::new(name, zone.clone());
    ///     reader.feed(b"120\n60\n");
    ///     reader.finish().map_err(|problems| problems.first[0].message.clone())
    /// });
    /// assert_eq!(scenario.unwrap().traffic.describe(), "1.5/s on average, as in requests.csv");
    /// let problems = Scenario::parse(text, &vocabulary).unwrap_err();
    /// assert_eq!(problems[0].message, "the trace `requests.csv`: no file can be read here");
    /// ```
    pub fn parse_with(
        text: &str,
        vocabulary: &Vocabulary,
        traces: &mut Traces<'_>,
    ) -> Result<Scenario, Vec<Problem>> {
        let (root, syntax) = DeTable::parse_recoverable(text);
        let mut reader = Reader { vocabulary, problems: Vec::new() };
        let scenario = read(&mut reader, root.get_ref(), 0..first_line(text), traces);
        let mut problems: Vec<Problem> = syntax
            .iter()
            .map(|error| {
                let span = error.span().unwrap_or(0..0);
                Problem::at(span, format!("this is no TOML: {}", error.message()))
            })
            .collect();
        if problems.is_empty() {
            problems = reader.problems;
        } else {
            // What a syntax error broke must not be told a second time: as something missing, as a value that was
            // made up in its stead and has no place, on its line, or as a string that swallowed the rest.
            let broken: Vec<(usize, usize)> = problems
                .iter()
                .map(|problem| (problem.span.start, problem.line_and_column(text).0))
                .collect();
            let further = reader.problems.into_iter().filter(|problem| {
                let (span, line) = (&problem.span, problem.line_and_column(text).0);
                let same =
                    |(start, on): &(usize, usize)| *on == line || (span.start..=span.end).contains(start);
                !problem.message.contains(" lacks ") && !span.is_empty() && !broken.iter().any(same)
            });
            problems.extend(further);
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems.dedup();
        match scenario {
            Some(scenario) if problems.is_empty() => Ok(scenario),
            _ => Err(problems),
        }
    }
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

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
    let header = reader.table(root, "scenario").and_then(|place| reader.section::<Header>(&place));
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
    let jobs = job::read(reader, &places, header.as_ref().map_or(Month::Average, |(header, _)| header.month));
    let traffic = reader
        .table(root, "traffic")
        .and_then(|place| traffic::read(reader, &place, header.as_ref().map(|(header, _)| header), traces));
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
        header: header?.0,
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
