//! What a criterion is asked about: an evaluation, on its platforms, in its scenario.

use crate::catalog::{Catalog, Trait};
use crate::evaluate::Evaluation;
use crate::money::approximate;
use crate::scenario::Scenario;

/// An option as criteria see it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What it comes to.
    pub evaluation: &'a Evaluation,
    /// What was asked for.
    pub scenario: &'a Scenario,
    /// Shapes, limits and traits.
    pub catalog: &'a Catalog,
    /// The platforms that it stands on, each once; at least one.
    pub platforms: &'a [&'a str],
}

impl<'a> Subject<'a> {
    /// What is said of each platform; nothing where it is not known of one.
    fn each(&self, name: &str) -> Option<Vec<&'a Trait>> {
        let (scenario, catalog) = (self.scenario, self.catalog);
        let each = self.platforms.iter().map(|platform| scenario.trait_of(catalog, platform, name));
        each.collect()
    }

    /// A number that is said of each platform; nothing where it is not known of one.
    fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        self.each(name)?.into_iter().map(|known| known.number().map(approximate)).collect()
    }

    /// The least of a number over the platforms.
    pub(super) fn least(&self, name: &str) -> Option<f64> {
        Some(self.numbers(name)?.into_iter().fold(f64::INFINITY, f64::min))
    }

    /// The most of a number over the platforms.
    pub(super) fn most(&self, name: &str) -> Option<f64> {
        Some(self.numbers(name)?.into_iter().fold(0.0, f64::max))
    }

    /// The middle of a range over the platforms, its ends combined by a fold such as [`Subject::most`]: `(low + high) / 2`.
    pub(super) fn middle(&self, name: &str, over: impl Fn(&Self, &str) -> Option<f64>) -> Option<f64> {
        Some(f64::midpoint(over(self, &format!("{name}-low"))?, over(self, &format!("{name}-high"))?))
    }

    /// Half the range, the same way; 0 where it is not known.
    pub(super) fn half_range(&self, name: &str, over: impl Fn(&Self, &str) -> Option<f64>) -> f64 {
        let end = |end: &str| over(self, &format!("{name}-{end}"));
        end("high").zip(end("low")).map_or(0.0, |(high, low)| (high - low).abs() / 2.0)
    }

    /// The sum of a number over the platforms.
    pub(super) fn sum(&self, name: &str) -> Option<f64> {
        Some(self.numbers(name)?.into_iter().sum())
    }

    /// Whether the scenario states what is said of every platform.
    pub(super) fn is_stated(&self, name: &str) -> bool {
        self.each(name).is_some_and(|each| each.iter().all(|known| known.mark == Trait::STATED))
    }

    /// The words that are said of all platforms together, each once.
    pub(super) fn words(&self, name: &str) -> Option<Vec<&'a str>> {
        let mut words: Vec<&str> = self.each(name)?.into_iter().flat_map(Trait::words).collect();
        words.sort_unstable();
        words.dedup();
        Some(words)
    }
}
