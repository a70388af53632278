//! Tables `[[trait]]`: what the scenario says of a platform in the stead of the data, each with its reason.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::field::section;
use super::kind::known_word;
use super::reader::Reader;
use super::{Scenario, Values};
use crate::catalog::{Catalog, Trait};
use crate::measure::decimal;
use crate::problem::Problem;

section! {
    /// What is said of a platform in the stead of the data: a table `[[trait]]`.
    pub struct TraitEntry {
        /// Platform that it is said of.
        pub platform: String => Kind::Word(Known::Platform), Required;
        /// Name of the trait; without `-low` and `-high` both ends of a range are meant.
        pub name: String => Kind::Word(Known::Trait), Required;
        /// What holds instead, in the unit of the trait: a number, true or false, or skills parted by commas.
        pub value: String => Kind::Fact, Required;
        /// Why, as reports say it.
        pub reason: String => Kind::Text, Required;
    }
}

/// A trait of a platform as a scenario states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTrait {
    /// The platform's id.
    pub platform: String,
    /// The trait's name; without `-low` and `-high` it stands for both.
    pub name: String,
    /// What holds instead.
    pub stated: Trait,
    /// Why.
    pub reason: String,
}

impl StatedTrait {
    /// Whether it is about this trait.
    fn is_about(&self, platform: &str, name: &str) -> bool {
        let end = |end: &str| name.strip_suffix(end).is_some_and(|base| base == self.name);
        self.platform == platform && (self.name == name || end("-low") || end("-high"))
    }
}

impl Scenario {
    /// What is said of a platform: by the scenario where it says something, else by the data.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::compare::vocabulary;
    /// use weigh_core::scenario::Scenario;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "1/s" }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    ///     trait = [{ platform = "lambda", name = "operating-hours", value = 1, reason = "measured last year" }]
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary(&catalog, &weigh_prices::book())).unwrap();
    /// assert_eq!(scenario.trait_of(&catalog, "lambda", "operating-hours-high").unwrap().value, "1");
    /// assert_eq!(scenario.trait_of(&catalog, "fargate", "operating-hours-high").unwrap().value, "3");
    /// ```
    #[must_use]
    pub fn trait_of<'a>(&'a self, catalog: &'a Catalog, platform: &str, name: &str) -> Option<&'a Trait> {
        let stated = self.traits.iter().find(|stated| stated.is_about(platform, name));
        stated.map(|stated| &stated.stated).or_else(|| catalog.trait_of(platform, name))
    }
}

/// Reads the tables `[[trait]]`; nothing when one is wrong, or when two say the same thing of a platform.
pub(super) fn read(reader: &mut Reader<'_>, root: &DeTable<'_>) -> Option<Vec<StatedTrait>> {
    let places = reader.tables(root, "trait");
    let mut read: Vec<(StatedTrait, Range<usize>)> = Vec::new();
    for place in &places {
        let Some((entry, values)) = reader.section::<TraitEntry>(place) else { continue };
        let Some(stated) = stated(reader, entry, &values) else { continue };
        let span = values.span("name").unwrap_or_else(|| place.span.clone());
        let same = |known: &StatedTrait| {
            known.platform == stated.platform
                && (known.is_about(&stated.platform, &stated.name)
                    || stated.is_about(&known.platform, &known.name))
        };
        if let Some((_, first)) = read.iter().find(|(known, _)| same(known)) {
            let message = format!("two [[trait]] say `{}` of {}", stated.name, stated.platform);
            let problem = Problem::at(span, message).allowing("one [[trait]] for each trait of a platform");
            reader.problems.push(problem.beside(first.clone(), "the first"));
            continue;
        }
        read.push((stated, span));
    }
    (read.len() == places.len()).then(|| read.into_iter().map(|(stated, _)| stated).collect())
}

/// A trait whose value its unit allows.
fn stated(reader: &mut Reader<'_>, entry: TraitEntry, values: &Values) -> Option<StatedTrait> {
    let TraitEntry { platform, name, value, reason } = entry;
    let unit = reader.vocabulary.traits.iter().find(|(known, _)| *known == name);
    let unit = unit.map(|(_, unit)| unit.clone()).unwrap_or_default();
    match in_unit(&value, &unit, &reader.vocabulary.skills) {
        Ok(value) => {
            let source = format!("stated in the scenario: {reason}");
            let stated = Trait { value, unit, text: String::new(), source, mark: Trait::STATED.to_owned() };
            Some(StatedTrait { platform, name, stated, reason })
        }
        Err((message, allowed)) => {
            let problem =
                Problem::at(values.span("value").unwrap_or_default(), format!("`{name}`: {message}"));
            reader.problems.push(problem.allowing(format!("`{name}` is {allowed}")));
            None
        }
    }
}

/// The value as the data would write it; or what is wrong and what is allowed.
fn in_unit(value: &str, unit: &str, skills: &[String]) -> Result<String, (String, String)> {
    let number = |least: u32, most: u32, allowed: &str| match decimal(value) {
        Ok(number) if (Decimal::from(least)..=Decimal::from(most)).contains(&number) => {
            Ok(number.normalize().to_string())
        }
        Ok(number) => Err((format!("{number} is out of its range"), allowed.to_owned())),
        Err(why) => Err((why, allowed.to_owned())),
    };
    match unit {
        "stars" => number(1, 5, "stars from 1 to 5"),
        "percent" => number(0, 100, "a percentage from 0 to 100, such as 99.95"),
        "yes-no" => match value.to_lowercase().as_str() {
            "yes" | "no" => Ok(value.to_lowercase()),
            _ => Err((format!("`{value}` is neither yes nor no"), "true or false".to_owned())),
        },
        Trait::SKILLS => {
            let words = value.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            let known = words.map(|word| {
                known_word(word, skills.iter().map(String::as_str), "a skill").map_err(|why| {
                    let nearest = why.suggestion.map_or(String::new(), |word| format!("; is it `{word}`?"));
                    (format!("{}{nearest}", why.message), format!("a list of {}", skills.join(", ")))
                })
            });
            Ok(known.collect::<Result<Vec<_>, _>>()?.join(";"))
        }
        unit => number(0, 1_000_000_000, &format!("a number of 0 or more, in {unit}")),
    }
}
