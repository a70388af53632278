//! Tables `[[claim]]`: figures that a document states about the scenario, to be audited.

use std::ops::Range;

use toml::de::DeTable;

use super::Values;
use super::about::About;
use super::field::section;
use super::kind::known_word;
use super::reader::{Place, Reader};
use super::service::ServiceRequest;
use super::vocabulary::Known;
use crate::claim::{ClaimUnit, Expression, Figure};
use crate::problem::Problem;

section! {
    /// A figure that a document states: a table `[[claim]]`.
    pub struct ClaimEntry {
        /// Its id, of letters, digits and `_`.
        pub id: String => Kind::Name, Required;
        /// Document that states it; left out, the `document` of `[scenario]`.
        pub document: Option<String> => Kind::Name, Optional;
        /// Line of the document that states it.
        pub line: Option<u32> => Kind::Count { least: 1, most: 10_000_000 }, Optional;
        /// The claim in words.
        pub says: Option<String> => Kind::Text, Optional;
        /// What it is about; left out, it is held against the document's other figures alone.
        pub about: Option<About> => Kind::OneOf(About::CHOICES), Optional;
        /// The figure: 52, "$16.20", "210..300", "600+"; the name of an option or platform for a choice.
        pub value: String => Kind::Fact, Required;
        /// Unit of the figure: "USD/month", "USD/GB-hour", "%", "s", "GB", "tasks"; left out for a choice alone.
        pub unit: Option<String> => Kind::Text, Optional;
        /// Option that it is about; left out, the only one.
        pub option: Option<String> => Kind::Name, Optional;
        /// Environment that it is about; left out, all of them.
        pub environment: Option<String> => Kind::Name, Optional;
        /// Component or job that it is about.
        pub component: Option<String> => Kind::Name, Optional;
        /// Supporting service, or name or kind of a `[[service]]`, that it is about.
        pub service: Option<String> => Kind::Name, Optional;
        /// Beginning of a price id, such as "fargate/vcpu-hours".
        pub price_id: Option<String> => Kind::Name, Optional;
        /// Limit, such as "lambda/timeout-seconds".
        pub limit: Option<String> => Kind::Name, Optional;
        /// Instance type, database type or Lightsail power whose size it is.
        pub shape: Option<String> => Kind::Name, Optional;
        /// Which value of what it is about: "vcpu", "memory", "p95", "platform", "until".
        pub of: Option<String> => Kind::Name, Optional;
        /// Option that a saving or premium is measured against.
        pub against: Option<String> => Kind::Name, Optional;
        /// The things that the document lists.
        pub items: Vec<String> => Kind::Names, Optional;
        /// What the document's other figures say it is: arithmetic over ids of claims and numbers, "E1 + E2".
        pub equals: Option<String> => Kind::Text, Optional;
        /// What it can't exceed, by the same arithmetic.
        pub at_most: Option<String> => Kind::Text, Optional;
        /// Claims of which it is said to be the lowest.
        pub least_of: Vec<String> => Kind::Names, Optional;
        /// Name of what it is about, where no model computes it: claims with the same one are held against each other.
        pub topic: Option<String> => Kind::Name, Optional;
        /// Why it can't be computed.
        pub because: Option<String> => Kind::Text, Optional;
    }
}

impl ClaimEntry {
    /// The figure with its unit, as it is written: `52 USD/month`.
    #[must_use]
    pub fn stated(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} {unit}", self.value.replace('$', "")),
            None => self.value.clone(),
        }
    }
}

/// A figure that a document states, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// As it is written.
    pub entry: ClaimEntry,
    /// The figure; nothing for a choice.
    pub figure: Option<Figure>,
    /// Its unit; nothing for a choice.
    pub unit: Option<ClaimUnit>,
    /// What the document's other figures say it is.
    pub equals: Option<Expression>,
    /// What it can't exceed.
    pub at_most: Option<Expression>,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Its keys with their places in the file.
    pub values: Values,
}

impl Claim {
    /// Where a key of it stands in the file; the whole of it where the key is left out.
    #[must_use]
    pub fn at(&self, key: &str) -> Range<usize> {
        self.values.span(key).unwrap_or_else(|| self.span.clone())
    }
}

/// The keys that say more about one kind of claim.
const SUBJECTS: [&str; 10] =
    ["option", "environment", "component", "service", "price_id", "limit", "shape", "of", "against", "items"];

/// What claims may name.
pub(super) struct Named<'a> {
    pub(super) options: &'a [String],
    pub(super) components: &'a [&'a str],
    pub(super) environments: &'a [&'a str],
    pub(super) services: &'a [ServiceRequest],
}

/// Reads the tables `[[claim]]`; nothing when one is wrong.
pub(super) fn read(reader: &mut Reader<'_>, root: &DeTable<'_>, named: &Named<'_>) -> Option<Vec<Claim>> {
    let places = reader.tables(root, "claim");
    let mut ids: Vec<(String, Range<usize>)> = Vec::new();
    let mut claims = Vec::with_capacity(places.len());
    for place in &places {
        let Some((entry, values)) = reader.section::<ClaimEntry>(place) else { continue };
        let at = |key: &str| values.span(key).unwrap_or_else(|| place.span.clone());
        if let Some((_, first)) = ids.iter().find(|(id, _)| *id == entry.id) {
            let problem = Problem::at(at("id"), format!("two claims have the id `{}`", entry.id));
            reader
                .problems
                .push(problem.allowing("an id of its own for each claim").beside(first.clone(), "the first"));
            continue;
        }
        ids.push((entry.id.clone(), at("id")));
        claims.extend(claim(reader, place, entry, &values, named));
    }
    (claims.len() == places.len()).then_some(claims)
}

fn claim(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    entry: ClaimEntry,
    values: &Values,
    named: &Named<'_>,
) -> Option<Claim> {
    let before = reader.problems.len();
    let at = |key: &str| values.span(key).unwrap_or_else(|| place.span.clone());
    if !entry.id.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_') {
        let problem = Problem::at(at("id"), format!("`id`: `{}` is no id", entry.id));
        reader.problems.push(problem.allowing("letters, digits and `_`, so that arithmetic can name it"));
    }
    match entry.about {
        None if entry.equals.is_none() && entry.at_most.is_none() && entry.least_of.is_empty() => {
            let problem = Problem::at(
                place.span.clone(),
                format!("the claim `{}` says nothing that it is held against", entry.id),
            );
            let words: Vec<&str> = About::CHOICES.iter().map(|(word, _)| *word).collect();
            reader
                .problems
                .push(problem.allowing(format!("`equals`, or `about`: one of {}", words.join(", "))));
        }
        None => {}
        Some(about) => subject(reader, place, about, values, &entry, named),
    }
    names(reader, &entry, values, named);
    let choice = entry.about == Some(About::Choice);
    let figure = (!choice).then(|| {
        let read = entry.value.parse::<Figure>();
        read.map_err(|why| reader.problems.push(Problem::at(at("value"), format!("`value`: {why}")))).ok()
    });
    let unit = match (&entry.unit, choice) {
        (_, true) => None,
        (None, false) => {
            let problem = Problem::at(place.span.clone(), format!("the claim `{}` lacks `unit`", entry.id));
            reader.problems.push(
                problem.allowing("`unit` is text such as \"USD/month\", \"%\", \"s\", \"GB\" or \"tasks\""),
            );
            None
        }
        (Some(text), false) => {
            let read = text.parse::<ClaimUnit>();
            read.map_err(|why| reader.problems.push(Problem::at(at("unit"), format!("`unit`: {why}")))).ok()
        }
    };
    let equals = expression(reader, "equals", entry.equals.as_deref(), values);
    let at_most = expression(reader, "at_most", entry.at_most.as_deref(), values);
    (reader.problems.len() == before).then(|| Claim {
        figure: figure.flatten(),
        unit,
        equals,
        at_most,
        span: place.span.clone(),
        entry,
        values: values.clone(),
    })
}

/// Holds the keys of a claim against what it is about.
fn subject(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    about: About,
    values: &Values,
    entry: &ClaimEntry,
    named: &Named<'_>,
) {
    let word = about.spelling();
    let (needed, may) = about.keys();
    for key in SUBJECTS {
        let stated = values.get(key).is_some();
        if stated && !needed.contains(&key) && !may.contains(&key) {
            let problem = Problem::at(
                values.span(key).unwrap_or_default(),
                format!("`{key}` says nothing about a {word}"),
            );
            let known: Vec<&str> = needed.iter().chain(may).copied().collect();
            let allowed = match known.is_empty() {
                true => format!("no such key beside about = \"{word}\""),
                false => format!("beside about = \"{word}\": {}", known.join(", ")),
            };
            reader.problems.push(problem.allowing(allowed));
        } else if !stated && needed.contains(&key) {
            let problem = Problem::at(
                place.span.clone(),
                format!("the claim `{}` about a {word} lacks `{key}`", entry.id),
            );
            let field = <ClaimEntry as super::Section>::FIELDS.iter().find(|field| field.key == key);
            reader.problems.push(problem.allowing(field.map_or("", |field| field.doc.trim())));
        }
    }
    if let (Some(of), known @ [_, ..]) = (&entry.of, about.values()) {
        one_of(reader, "of", of, known, &format!("a value of a {word}"), values);
    }
    let of_shape = about == About::Size && entry.shape.is_some();
    if about.has_option() && !of_shape && entry.option.is_none() && named.options.len() > 1 {
        let message =
            format!("the claim `{}` about a {word} lacks `option`: the scenario has several", entry.id);
        let problem = Problem::at(place.span.clone(), message);
        reader.problems.push(problem.allowing(format!("`option` is one of {}", named.options.join(", "))));
    }
}

/// Holds the names of a claim against what the scenario has.
fn names(reader: &mut Reader<'_>, entry: &ClaimEntry, values: &Values, named: &Named<'_>) {
    let options: Vec<&str> = named.options.iter().map(String::as_str).collect();
    for (key, name) in [("option", &entry.option), ("against", &entry.against)] {
        if let Some(name) = name {
            one_of(reader, key, name, &options, "an option", values);
        }
    }
    if entry.about == Some(About::Choice) {
        let platforms = reader.vocabulary.words(Known::Platform);
        let mut known = options.clone();
        known.extend(platforms.into_iter().filter(|platform| !options.contains(platform)));
        one_of(reader, "value", &entry.value, &known, "an option or platform", values);
    }
    if let Some(name) = &entry.component {
        one_of(reader, "component", name, named.components, "a component or job", values);
    }
    if let Some(name) = &entry.environment {
        one_of(reader, "environment", name, named.environments, "an environment", values);
    }
    if let Some(name) = &entry.service {
        let mut known = reader.vocabulary.words(Known::Supporting);
        known
            .extend(named.services.iter().flat_map(|service| [service.name.as_str(), service.kind.as_str()]));
        one_of(reader, "service", name, &known, "a service", values);
    }
}

fn one_of(reader: &mut Reader<'_>, key: &str, name: &str, known: &[&str], what: &str, values: &Values) {
    if known.contains(&name) {
        return;
    }
    let refusal = known_word(name, known.iter().copied(), what);
    let suggestion = refusal.err().and_then(|refusal| refusal.suggestion).map(|word| format!("\"{word}\""));
    let problem = Problem::at(
        values.span(key).unwrap_or_default(),
        format!("`{key}`: `{name}` is not {what} of the scenario"),
    );
    let mut all: Vec<&str> = Vec::new();
    for name in known {
        if !all.contains(name) {
            all.push(name);
        }
    }
    let allowed = match all.is_empty() {
        true => format!("the scenario has none: `{key}` left out"),
        false => format!("`{key}` is one of {}", all.join(", ")),
    };
    reader.problems.push(problem.allowing(allowed).suggesting(suggestion));
}

fn expression(reader: &mut Reader<'_>, key: &str, text: Option<&str>, values: &Values) -> Option<Expression> {
    let text = text?;
    let slip = match Expression::parse(text) {
        Ok(expression) => return Some(expression),
        Err(slip) => slip,
    };
    let stated = values.span(key).unwrap_or_default();
    // Inside the quotes, where the text stands as it is written; else at all of it.
    let span = match stated.len() == text.len() + 2 {
        true => stated.start + 1 + slip.span.start..stated.start + 1 + slip.span.end.max(slip.span.start + 1),
        false => stated,
    };
    let problem = Problem::at(span, format!("`{key}`: {}", slip.message));
    reader
        .problems
        .push(problem.allowing("ids of claims and numbers, with + - * / ( ) and `..` for a range"));
    None
}
