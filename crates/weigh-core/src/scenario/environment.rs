//! Tables `[[environment]]` and `[[option.part]]`: one application that runs several times, and options whose parts stand on
//! several platforms.

use std::ops::Range;

use toml::de::DeTable;

use super::component;
use super::field::{Field, Section, Values, section};
use super::kind::known_word;
use super::reader::{Place, Reader};
use super::sections::{Component, Needs};
use super::{OptionRequest, Scenario};
use crate::measure::Rate;
use crate::problem::Problem;
use crate::traffic::Traffic;

section! {
    /// One of several places where the application runs, with traffic of its own: a table `[[environment]]`.
    pub struct Environment {
        /// Name of the environment, such as "staging".
        pub name: String => Kind::Name, Required;
        /// Requests in a period; left out, those of `[traffic]`, whose shape holds here too.
        pub rate: Option<Rate> => Kind::Rate, Optional;
        /// Share of the traffic of `[traffic]` that comes here; instead of `rate`.
        pub traffic_share: Option<rust_decimal::Decimal> => Kind::Share, Optional;
        /// Replicas of each component that must run at all times; left out, as `[needs]` says.
        pub min_replicas: Option<u32> => Kind::Count { least: 1, most: 1_000 }, Optional;
        /// Availability zones that it must run in at once; left out, as `[needs]` says.
        pub zones: Option<u32> => Kind::Count { least: 1, most: 6 }, Optional;
        /// Share of the month that it must be up; left out, as `[needs]` says.
        pub availability: Option<rust_decimal::Decimal> => Kind::Share, Optional;
        /// Longest time that 95 % of the requests may take; left out, as `[needs]` says.
        pub p95_latency: Option<std::time::Duration> => Kind::Duration, Optional;
    }
}

section! {
    /// The keys that every `[[option.part]]` may have; the platform's own settings stand beside them.
    pub struct PartHeader {
        /// Environment that it is a part of; must be there where the file has environments.
        pub environment: Option<String> => Kind::Name, Optional;
        /// Components that stand here; left out, those that no other part of the environment has.
        pub components: Vec<String> => Kind::Names, Optional;
        /// Platform to deploy on.
        pub platform: String => Kind::Word(Known::Platform), Required;
    }
}

/// A part of an option: some components of one environment on a platform.
#[derive(Clone, Debug, PartialEq)]
pub struct PartRequest {
    /// The environment's name; empty where the scenario has none.
    pub environment: String,
    /// The components, by their places in the scenario.
    pub components: Vec<usize>,
    /// Whether it is the first part of its environment, with which go the jobs.
    pub is_first: bool,
    /// The platform with its settings; its name is that of the part.
    pub request: OptionRequest,
}

impl Environment {
    /// The traffic that comes here.
    fn traffic(&self, whole: &Traffic) -> Traffic {
        match (self.rate, self.traffic_share) {
            (Some(rate), _) => whole.clone().at_rate(rate),
            (None, Some(share)) => whole.clone().times(share),
            (None, None) => whole.clone(),
        }
    }

    /// The needs of the scenario as they hold here; the budget is the option's, not the environment's.
    fn needs(&self, needs: &Needs) -> Needs {
        Needs {
            min_replicas: self.min_replicas.unwrap_or(needs.min_replicas),
            zones: self.zones.unwrap_or(needs.zones),
            availability: self.availability.or(needs.availability),
            p95_latency: self.p95_latency.or(needs.p95_latency),
            ..needs.clone()
        }
    }
}

impl Scenario {
    /// An option as its parts: as it states them, or one for each environment; none where it is a single deployment.
    #[must_use]
    pub fn parts_of(&self, request: &OptionRequest) -> Vec<PartRequest> {
        if !request.parts.is_empty() {
            return request.parts.clone();
        }
        let each = self.environments.iter().map(|environment| PartRequest {
            environment: environment.name.clone(),
            components: (0..self.components.len()).collect(),
            is_first: true,
            request: OptionRequest { name: environment.name.clone(), ..request.clone() },
        });
        each.collect()
    }

    /// Requests in the month, over all environments, exactly.
    #[must_use]
    pub fn requests(&self) -> rust_decimal::Decimal {
        let month = self.header.month;
        match self.environments.as_slice() {
            [] => self.traffic.requests(month),
            several => several.iter().map(|each| each.traffic(&self.traffic).requests(month)).sum(),
        }
    }

    /// The scenario of one part alone: its components, the traffic and the needs of its environment.
    #[must_use]
    pub fn of_part(&self, part: &PartRequest) -> Scenario {
        let environment = self.environments.iter().find(|known| known.name == part.environment);
        let mut own = self.clone();
        own.components = part.components.iter().map(|place| self.components[*place].clone()).collect();
        own.needs.monthly_budget = None;
        if !part.is_first {
            own.jobs.clear();
        }
        if let Some(environment) = environment {
            own.needs = environment.needs(&own.needs);
            own.traffic = environment.traffic(&own.traffic);
        }
        // They are one for all parts of the environment.
        own.services.retain(|service| service.is_in(&part.environment));
        own.services.iter_mut().for_each(|service| service.apart = true);
        own.environments.clear();
        // The parts of an option share what is committed to: it is paid once, for all of them.
        own.commitments.clear();
        own.options = vec![part.request.clone()];
        own
    }
}

/// Reads the tables `[[environment]]`; nothing when one is wrong.
pub(super) fn read(reader: &mut Reader<'_>, places: &[Place<'_>]) -> Option<Vec<Environment>> {
    let mut environments = Vec::new();
    for place in places {
        let (environment, values) = reader.section::<Environment>(place)?;
        if let (Some(rate), Some(share)) = (values.span("rate"), values.span("traffic_share")) {
            let problem =
                Problem::at(share, "`traffic_share` beside `rate`: both say how much traffic comes");
            reader.problems.push(problem.allowing("one of the two").beside(rate, "the other setting"));
            return None;
        }
        environments.push(environment);
    }
    Some(environments)
}

/// What the parts of an option are read against.
pub(super) struct Known<'a> {
    pub(super) components: &'a [&'a Component],
    pub(super) environments: &'a [Environment],
    pub(super) needs: &'a Needs,
}

/// Reads an option that has parts; nothing when something in it is wrong.
pub(super) fn placed(reader: &mut Reader<'_>, place: &Place<'_>, known: &Known<'_>) -> Option<OptionRequest> {
    let before = reader.problems.len();
    let name = place.text("name").map(|name| name.trim().to_owned());
    if name.is_none() {
        let problem = Problem::at(place.span.clone(), "an [[option]] with parts lacks `name`");
        reader.problems.push(problem.allowing("`name` is a name, such as \"hybrid\""));
    }
    for key in place.table.keys() {
        if !["name", "part"].contains(&key.get_ref().as_ref()) {
            reader.unknown_key(key, "an [[option]] with parts", &["name", "part"]);
        }
    }
    let places = reader.tables_titled(place.table, "part", "[[option.part]]".to_owned());
    let mut parts: Vec<(PartRequest, Range<usize>)> = Vec::new();
    for inner in &places {
        if let Some(part) = part(reader, inner, known, &parts) {
            parts.push((part, inner.span.clone()));
        }
    }
    if reader.problems.len() > before {
        return None;
    }
    let name = name?;
    take_the_rest(known, &mut parts);
    tell_apart(known, &mut parts);
    whole(reader, place, &name, known, &parts)?;
    let parts = parts.into_iter().map(|(part, _)| part).collect();
    Some(OptionRequest { name, platform: SEVERAL.to_owned(), settings: Values::default(), parts })
}

/// In place of a platform's id, for an option whose parts have platforms of their own.
pub const SEVERAL: &str = "several";

fn part(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    known: &Known<'_>,
    before: &[(PartRequest, Range<usize>)],
) -> Option<PartRequest> {
    let platform = place.text("platform").and_then(|id| reader.platform(id));
    let Some(platform) = platform else {
        let keys = |key: &str| PartHeader::FIELDS.iter().any(|field| field.key == key);
        let only: DeTable<'_> = place
            .table
            .iter()
            .filter(|(key, _)| keys(key.get_ref().as_ref()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        reader.values(&Place { table: &only, ..place.clone() }, &[PartHeader::FIELDS]);
        return None;
    };
    let lists: Vec<&'static [Field]> =
        [PartHeader::FIELDS].into_iter().chain(platform.settings.iter().copied()).collect();
    let title = format!("a {} part", platform.id);
    let settings = reader.values(&Place { title, ..place.clone() }, &lists)?;
    let header = PartHeader::build(&settings)?;
    let environment = environment(reader, place, &settings, header.environment.as_deref(), known)?;
    let mut components = Vec::new();
    let names = || known.components.iter().map(|each| each.name.as_str());
    for name in &header.components {
        let span = settings.span("components").unwrap_or_else(|| place.span.clone());
        match known_word(name, names(), "a component") {
            Ok(name) => components.extend(names().position(|known| known == name)),
            Err(refusal) => {
                let allowed = names().collect::<Vec<_>>().join(", ");
                let problem = Problem::at(span, format!("`components`: {}", refusal.message));
                let suggestion = refusal.suggestion.map(|word| format!("\"{word}\""));
                reader.problems.push(problem.allowing(format!("some of {allowed}")).suggesting(suggestion));
                return None;
            }
        }
    }
    component::memory_target(reader, &settings, known.components)?;
    let needs = environment.map_or_else(|| known.needs.clone(), |environment| environment.needs(known.needs));
    let found = (platform.contradictions)(&settings, &needs);
    for contradiction in &found {
        let span = settings.span(contradiction.setting).unwrap_or(place.span.clone());
        let allowed = format!("`{}` left out, or another `{}`", contradiction.setting, contradiction.need);
        reader.problems.push(Problem::at(span, &contradiction.message).allowing(allowed));
    }
    let environment = environment.map_or_else(String::new, |environment| environment.name.clone());
    let is_first = !before.iter().any(|(part, _)| part.environment == environment);
    let name = match environment.as_str() {
        "" => platform.id.to_owned(),
        environment => format!("{environment} on {}", platform.id),
    };
    let request = OptionRequest { name, platform: platform.id.to_owned(), settings, parts: Vec::new() };
    found.is_empty().then_some(PartRequest { environment, components, is_first, request })
}

/// The environment of a part, which it must name where there are any.
fn environment<'a>(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    settings: &Values,
    stated: Option<&str>,
    known: &Known<'a>,
) -> Option<Option<&'a Environment>> {
    let names = || known.environments.iter().map(|each| each.name.as_str());
    let allowed = || match known.environments {
        [] => "no `environment`, as the file has no [[environment]]".to_owned(),
        _ => format!("`environment` is one of {}", names().collect::<Vec<_>>().join(", ")),
    };
    let Some(stated) = stated else {
        if known.environments.is_empty() {
            return Some(None);
        }
        let problem = Problem::at(place.span.clone(), "an [[option.part]] lacks `environment`");
        reader.problems.push(problem.allowing(allowed()));
        return None;
    };
    match known.environments.iter().find(|each| each.name == stated) {
        Some(environment) => Some(Some(environment)),
        None => {
            let span = settings.span("environment").unwrap_or_else(|| place.span.clone());
            let suggestion =
                known_word(stated, names(), "an environment").err().and_then(|why| why.suggestion);
            let problem = Problem::at(span, format!("`environment`: unknown environment `{stated}`"));
            let quoted = suggestion.map(|word| format!("\"{word}\""));
            reader.problems.push(problem.allowing(allowed()).suggesting(quoted));
            None
        }
    }
}

/// Gives a part that names no components those that no other part of its environment has.
fn take_the_rest(known: &Known<'_>, parts: &mut [(PartRequest, Range<usize>)]) {
    for at in 0..parts.len() {
        if !parts[at].0.components.is_empty() {
            continue;
        }
        let environment = parts[at].0.environment.clone();
        let taken = |place: &usize| {
            parts.iter().any(|(part, _)| part.environment == environment && part.components.contains(place))
        };
        let rest: Vec<usize> = (0..known.components.len()).filter(|place| !taken(place)).collect();
        parts[at].0.components = rest;
    }
}

/// Adds the components to the names of parts that would be called alike: those of one environment on one platform.
fn tell_apart(known: &Known<'_>, parts: &mut [(PartRequest, Range<usize>)]) {
    let names: Vec<String> = parts.iter().map(|(part, _)| part.request.name.clone()).collect();
    for (part, _) in parts.iter_mut() {
        if names.iter().filter(|name| **name == part.request.name).count() > 1 {
            let own: Vec<&str> =
                part.components.iter().map(|place| known.components[*place].name.as_str()).collect();
            part.request.name = format!("{} ({})", part.request.name, own.join(" + "));
        }
    }
}

/// Every component of every environment must stand in exactly one part.
fn whole(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    option: &str,
    known: &Known<'_>,
    parts: &[(PartRequest, Range<usize>)],
) -> Option<()> {
    let before = reader.problems.len();
    let mut environments: Vec<&str> = known.environments.iter().map(|each| each.name.as_str()).collect();
    if environments.is_empty() {
        environments.push("");
    }
    for environment in environments {
        let own: Vec<_> = parts.iter().filter(|(part, _)| part.environment == environment).collect();
        let of = if environment.is_empty() { String::new() } else { format!(" of {environment}") };
        for (index, component) in known.components.iter().enumerate() {
            let holds: Vec<_> = own.iter().filter(|(part, _)| part.components.contains(&index)).collect();
            let name = &component.name;
            match holds.as_slice() {
                [_] => {}
                [] => {
                    let message = format!("option `{option}` places `{name}`{of} nowhere");
                    let allowed = "a part that names it, or one without `components`, which takes the rest";
                    reader.problems.push(Problem::at(place.span.clone(), message).allowing(allowed));
                }
                [(_, first), (_, second), ..] => {
                    let message = format!("option `{option}` places `{name}`{of} twice");
                    let problem =
                        Problem::at(second.clone(), message).beside(first.clone(), "the first part");
                    reader.problems.push(problem.allowing("each component in one part of an environment"));
                }
            }
        }
        if let Some((_, span)) = own.iter().find(|(part, _)| part.components.is_empty()) {
            let message = format!("a part of option `{option}`{of} has no component left");
            reader
                .problems
                .push(Problem::at(span.clone(), message).allowing("`components` that stand there"));
        }
    }
    (reader.problems.len() == before).then_some(())
}
