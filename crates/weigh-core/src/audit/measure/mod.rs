//! Measures: what each kind of claim comes to by the model, as a table with a function for each.

mod book;
mod cost;
mod difference;
mod hull;
mod limit;
mod option;
mod per;
mod quality;
mod serving;
mod size;
mod standing;
mod stated;

use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::{Basis, Computed, NotComputed, Subject};
use crate::claim::{Agreement, ClaimUnit, Dimension, Figure};
use crate::compare::{OverTraffic, over_traffic};
use crate::data::nearest;
use crate::scenario::{About, Claim};
use hull::{Hull, finite};
pub(super) use limit::convert;

/// What a kind of claim comes to.
type Measure = fn(&Claim, &Measures<'_>) -> Result<Computed, NotComputed>;

/// What claims may be about, each with how it is computed.
const MEASURES: &[(About, Measure)] = &[
    (About::Total, cost::total),
    (About::Platform, cost::platform),
    (About::Component, cost::component),
    (About::Service, cost::service),
    (About::Charge, cost::charge),
    (About::Saving, difference::saving),
    (About::Premium, difference::premium),
    (About::Price, book::price),
    (About::Limit, limit::limit),
    (About::Size, size::size),
    (About::Count, serving::count),
    (About::Fit, serving::fit),
    (About::Hours, serving::hours),
    (About::ColdStart, serving::cold_start),
    (About::Latency, quality::latency),
    (About::Throughput, serving::throughput),
    (About::Availability, quality::availability),
    (About::Traffic, quality::traffic),
    (About::Threshold, standing::threshold),
    (About::Choice, standing::choice),
    (About::Items, stated::items),
    (About::Input, stated::input),
    (About::Estimate, stated::estimate),
];

/// The claims of a scenario, each computed; what takes long, such as the comparisons over the traffic, is done once and
/// only when a claim asks for it.
///
/// ```
/// use weigh_core::audit::{Measures, Subject};
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 1, memory = "2 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
///     claim = [
///         { id = "C1", about = "platform", value = "$52", unit = "USD/month" },
///         { id = "C2", about = "limit", limit = "lambda/timeout-seconds", value = 15, unit = "min" },
///     ]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &prices).unwrap();
/// let subject = Subject {
///     scenario: &scenario, ranged: None, catalog: &catalog, prices: &prices, comparison: &comparison, ends: None,
/// };
/// let measures = Measures::of(subject);
/// let shown = |place: usize| measures.computed(&scenario.claims[place]).unwrap().figure.shown(2);
/// assert_eq!([shown(0), shown(1)], ["72.08", "900"]); // dollars a month, and seconds
/// ```
#[derive(Debug)]
pub struct Measures<'a> {
    subject: Subject<'a>,
    heights: OnceCell<Result<OverTraffic, String>>,
}

impl<'a> Measures<'a> {
    /// Of a scenario and its comparison.
    #[must_use]
    pub fn of(subject: Subject<'a>) -> Measures<'a> {
        Measures { subject, heights: OnceCell::new() }
    }

    /// What they are computed from.
    #[must_use]
    pub fn subject(&self) -> &Subject<'a> {
        &self.subject
    }

    /// What a claim's figure comes to, in the base unit of the claim's dimension.
    ///
    /// # Errors
    /// Why it can't be computed, with the remedy where there is one.
    pub fn computed(&self, claim: &Claim) -> Result<Computed, NotComputed> {
        let Some(about) = claim.entry.about else {
            return Err(not("it is held against the document's own figures alone"));
        };
        match MEASURES.iter().find(|(known, _)| *known == about) {
            Some((_, measure)) => measure(claim, self),
            None => Err(not(format!("no model computes a claim about `{}`", about.spelling()))),
        }
    }

    /// The comparison at other heights of the traffic, made when it is first asked for.
    ///
    /// # Errors
    /// Why the scenario can't be compared.
    pub fn over_traffic(&self) -> Result<&OverTraffic, NotComputed> {
        let Subject { scenario, catalog, prices, .. } = self.subject;
        let over = self.heights.get_or_init(|| over_traffic(scenario, catalog, prices));
        over.as_ref().map_err(|why| not(why.clone()))
    }
}

/// What one claim's figure comes to, in the base unit of its dimension. For several claims of a scenario [`Measures`] does
/// what takes long once.
///
/// # Errors
/// Why it can't be computed, with the remedy where there is one.
pub fn computed(claim: &Claim, subject: &Subject<'_>) -> Result<Computed, NotComputed> {
    Measures::of(*subject).computed(claim)
}

/// How the figure that a claim states compares with the computed one; nothing for a claim without a figure.
///
/// A choice states that what it names has the first rank.
/// An availability is compared by the downtime that it leaves: 99.9 and 99.99 % differ by a factor of ten there.
///
/// ```
/// use weigh_core::audit::{Basis, Computed, held_against};
/// use weigh_core::claim::Degree;
/// use weigh_core::scenario::{Scenario, Vocabulary};
/// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "1/s" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
///     claim = [{ id = "C1", about = "availability", value = "99.99", unit = "%" }]
/// "#;
/// let claim = &Scenario::parse(text, &vocabulary).unwrap().claims[0];
/// let promised = |figure: &str| Computed {
///     figure: figure.parse().unwrap(), reckoning: String::new(), source: String::new(), basis: Basis::Plain,
/// };
/// let degree = |figure| held_against(claim, &promised(figure)).unwrap().degree;
/// assert_eq!((degree("99.99"), degree("99.9")), (Degree::WithinOne, Degree::Contradicts));
/// ```
#[must_use]
pub fn held_against(claim: &Claim, computed: &Computed) -> Option<Agreement> {
    if claim.entry.about == Some(About::Choice) {
        return Some(Agreement::of(&Figure::of(Decimal::ONE), &computed.figure));
    }
    let unit = claim.unit.as_ref()?;
    let stated = claim.figure?.map(|end| unit.to_base(end));
    let downtime = |figure: &Figure| figure.map(|end| Decimal::ONE_HUNDRED - end);
    Some(match claim.entry.about {
        Some(About::Availability) => {
            Agreement::of(&turned(&downtime(&stated)), &turned(&downtime(&computed.figure)))
        }
        _ => Agreement::of(&stated, &computed.figure),
    })
}

/// A figure whose open ends change places, as they do when it is taken off something.
fn turned(figure: &Figure) -> Figure {
    match (figure.low, figure.high) {
        (Some(_), Some(_)) => *figure,
        (low, high) => Figure { low: high, high: low },
    }
}

/// That something can't be computed.
fn not(why: impl Into<String>) -> NotComputed {
    NotComputed { why: why.into() }
}

/// What a name that nothing has probably means, as the end of a sentence; empty where none comes near. A name that others
/// begin with is cut off; one without a slash may lack what stands before it.
fn meant<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let begins: Vec<&str> = known.iter().copied().filter(|each| each.starts_with(name)).collect();
    let last = |id: &'k str| id.rsplit('/').next().unwrap_or(id);
    let by_last = || {
        let found = nearest(name, known.iter().copied().map(last)).filter(|_| !name.contains('/'))?;
        known.iter().copied().find(|id| last(id) == found)
    };
    match begins.as_slice() {
        [] => nearest(name, known.iter().copied())
            .or_else(by_last)
            .map(|near| format!("; did you mean {near}?"))
            .unwrap_or_default(),
        [only] => format!("; did you mean {only}?"),
        [one, other] => format!("; did you mean {one} or {other}?"),
        [first, rest @ ..] => {
            format!("; did you mean {first}, or one of {} more that begin so?", rest.len())
        }
    }
}

/// A figure that can't be taken apart.
fn plain(figure: Figure, reckoning: impl Into<String>, source: impl Into<String>) -> Computed {
    Computed { figure, reckoning: reckoning.into(), source: source.into(), basis: Basis::Plain }
}

/// The unit of a claim, when it measures one of these.
fn unit_of<'c>(claim: &'c Claim, allowed: &[Dimension]) -> Result<&'c ClaimUnit, NotComputed> {
    let Some(unit) = &claim.unit else { return Err(not("the claim states no unit")) };
    if allowed.contains(&unit.dimension) {
        return Ok(unit);
    }
    let about = claim.entry.about.map_or("", About::spelling);
    let units: Vec<&str> = allowed.iter().map(|dimension| units(*dimension)).collect();
    Err(not(format!("a {about} is not computed in {unit}: its unit may be {}", units.join(", "))))
}

/// The units of a dimension, in words.
fn units(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::MoneyPerMonth => "USD/month, USD/year or USD/day",
        Dimension::Money => "USD",
        Dimension::Price => "USD/<what it is for>",
        Dimension::Percent => "%",
        Dimension::Time => "ms, s, min, h or days",
        Dimension::TimePerMonth => "h/month or h/day",
        Dimension::Size => "KB, MB, GB or TB",
        Dimension::Vcpu => "vCPU or CPU units",
        Dimension::Rate => "requests/s, requests/day or requests/month",
        Dimension::Count => "a word for what is counted",
    }
}
