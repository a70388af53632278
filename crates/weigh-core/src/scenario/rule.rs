//! Tables `[[rule]]`: what to choose, to avoid or to reject when a condition holds.

use toml::de::DeTable;

use super::Values;
use super::field::section;
use super::kind::known_word;
use super::reader::{Place, Reader};
use super::vocabulary::Known;
use crate::catalog::Advice;
use crate::condition::{Condition, Mistake};
use crate::problem::Problem;

section! {
    /// What to do when a condition holds: a table `[[rule]]` with one of `choose`, `avoid` and `reject`.
    pub struct RuleEntry {
        /// Condition, such as "requests_per_day < 10_000 and developers < 3".
        pub when: String => Kind::Text, Required;
        /// Platform or option to choose then.
        pub choose: Option<String> => Kind::Name, Optional;
        /// Platform or option to avoid then.
        pub avoid: Option<String> => Kind::Name, Optional;
        /// Platform or option to reject then: it is not ranked.
        pub reject: Option<String> => Kind::Name, Optional;
        /// Why, as reports say it.
        pub because: String => Kind::Text, Required;
    }
}

/// A rule as a scenario states it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRule {
    /// What to do.
    pub advice: Advice,
    /// The platform's id or the option's name.
    pub target: String,
    /// When.
    pub when: Condition,
    /// Why.
    pub because: String,
}

/// Reads the tables `[[rule]]` beside options of these names; nothing when one is wrong.
pub(super) fn read(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    options: &[String],
) -> Option<Vec<StatedRule>> {
    let places = reader.tables(root, "rule");
    let rules: Vec<Option<StatedRule>> = places.iter().map(|place| rule(reader, place, options)).collect();
    rules.into_iter().collect()
}

fn rule(reader: &mut Reader<'_>, place: &Place<'_>, options: &[String]) -> Option<StatedRule> {
    let (entry, values) = reader.section::<RuleEntry>(place)?;
    let stated =
        [(Advice::Choose, &entry.choose), (Advice::Avoid, &entry.avoid), (Advice::Reject, &entry.reject)];
    let mut stated = stated.into_iter().filter_map(|(advice, target)| Some((advice, target.as_ref()?)));
    let first = stated.next();
    let when = condition(reader, &entry.when, &values);
    let Some((advice, target)) = first.filter(|_| stated.next().is_none()) else {
        let message = match first {
            None => "a [[rule]] says neither `choose` nor `avoid` nor `reject`",
            Some(_) => "a [[rule]] says more than one of `choose`, `avoid` and `reject`",
        };
        let allowed = "one of them, with a platform or an option";
        reader.problems.push(Problem::at(place.span.clone(), message).allowing(allowed));
        return None;
    };
    let target = known_target(reader, advice, target, &values, options);
    Some(StatedRule { advice, target: target?, when: when?, because: entry.because })
}

/// The platform or the option that a rule is about.
fn known_target(
    reader: &mut Reader<'_>,
    advice: Advice,
    target: &str,
    values: &Values,
    options: &[String],
) -> Option<String> {
    let platforms = reader.vocabulary.words(Known::Platform);
    let mut names: Vec<&str> = options.iter().map(String::as_str).collect();
    names.extend(platforms.iter().filter(|platform| !options.iter().any(|name| name == *platform)));
    match known_word(target, names.iter().copied(), "a platform or option") {
        Ok(known) => Some(known),
        Err(refusal) => {
            let quoted = refusal.suggestion.map(|word| format!("\"{word}\""));
            let message = format!("`{advice}`: {}", refusal.message);
            let problem = Problem::at(values.span(advice.word()).unwrap_or_default(), message);
            let allowed = format!("`{advice}` is one of {}", names.join(", "));
            reader.problems.push(problem.allowing(allowed).suggesting(quoted));
            None
        }
    }
}

fn condition(reader: &mut Reader<'_>, text: &str, values: &Values) -> Option<Condition> {
    let read = Condition::parse(text, &reader.vocabulary.variables);
    read.map_err(|mistake| {
        let Mistake { message, span, allowed, suggestion } = mistake;
        let stated = values.span("when").unwrap_or_default();
        // Inside the quotes, where the text stands as it is written; else at all of it.
        let span = match stated.len() == text.len() + 2 {
            true => stated.start + 1 + span.start..stated.start + 1 + span.end.max(span.start + 1),
            false => stated,
        };
        let problem = Problem::at(span, format!("`when`: {message}"));
        reader.problems.push(problem.allowing(allowed).suggesting(suggestion));
    })
    .ok()
}
