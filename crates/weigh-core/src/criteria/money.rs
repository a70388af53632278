//! Criteria that are counted in US dollars.

use rust_decimal::Decimal;

use super::people::OPERATING_HOURS;
use super::{Criterion, Subject};
use crate::bill::{Charge, Standing};
use crate::decision::Shape;
use crate::money::approximate;
use crate::scenario::ScaleUnit;

/// The share by which a derived price may be off: the worst that the rules behind derived prices were measured at is 3.5 %
/// (`rules.csv`, sources `rule-*`: t4g.nano under a plan).
const DERIVED_PRICE: f64 = 0.035;

/// The share that a price is taken to be off that nobody could confirm: an assumption of this project.
const UNVERIFIED_PRICE: f64 = 0.10;

/// The share by which a price may be off that was borrowed from another region: a vCPU hour of Fargate costs a quarter more
/// in Tokyo than in North Virginia (price book of 2026-10-08); some regions differ by more.
const BORROWED_PRICE: f64 = 0.25;

const PRICES: &str = "What is billed is exact. Derived prices may be 3.5 % off, the worst that their rules were measured at; unverified ones are taken for 10 %, and borrowed ones for a quarter, the distance from North Virginia to Tokyo.";

/// Dollars of a bill that weak prices may move.
fn weak_dollars(subject: &Subject<'_>) -> f64 {
    let off = |charge: &Charge| {
        let share = match (charge.provenance.borrowed_from.is_some(), charge.provenance.standing) {
            (true, _) => BORROWED_PRICE,
            (false, Standing::Derived) => DERIVED_PRICE,
            (false, Standing::Unverified) => UNVERIFIED_PRICE,
            (false, Standing::Sourced | Standing::Single | Standing::Own) => 0.0,
        };
        approximate(charge.cost.abs()) * share
    };
    subject.evaluation.bill.charges().iter().map(off).sum()
}

/// A million requests.
const MILLION: f64 = 1e6;

fn requests(subject: &Subject<'_>) -> Option<f64> {
    let requests = subject.scenario.requests();
    (requests > Decimal::ZERO).then(|| approximate(requests))
}

/// US dollars of a working hour.
fn hourly_rate(subject: &Subject<'_>) -> Option<f64> {
    subject.scenario.team.hourly_rate.map(approximate)
}

/// Hours of set-up that a month has to bear.
fn set_up_hours_a_month(subject: &Subject<'_>) -> Option<f64> {
    let hours = subject.middle("set-up-hours", Subject::sum)?;
    Some(hours / f64::from(subject.scenario.team.set_up_months))
}

pub(super) const MONTHLY_COST: Criterion = Criterion {
    id: "monthly_cost",
    title: "monthly cost",
    summary: "US dollars a month; halving it counts alike at any height, or in proportion to a stated budget.",
    unit: ScaleUnit::Dollars,
    weight: 0.30,
    chooses_size: true,
    traits: &[],
    scale_because: "From a dollar to 100,000 dollars, logarithmic: no document states ends, and these hold every size of application without favouring one; a stated budget is worth 0.",
    uncertainty_because: PRICES,
    remedy: "",
    scale: |needs| match needs.monthly_budget {
        Some(budget) => (0.0, approximate(budget), Shape::Linear),
        None => (1.0, 100_000.0, Shape::Logarithmic),
    },
    value: |subject| Some(approximate(subject.evaluation.bill.total())),
    uncertainty: |subject, _| weak_dollars(subject),
};

pub(super) const COST_PER_MILLION_REQUESTS: Criterion = Criterion {
    id: "cost_per_million_requests",
    title: "cost per million requests",
    summary: "US dollars of the month for each million requests; halving it counts alike at any height.",
    unit: ScaleUnit::Dollars,
    weight: 0.0,
    chooses_size: true,
    traits: &[],
    scale_because: "From 0.20 dollars, what a million requests to a function cost without their time (AWS Lambda pricing page), to 1,000, logarithmic as the monthly cost.",
    uncertainty_because: PRICES,
    remedy: "",
    scale: |_| (0.20, 1_000.0, Shape::Logarithmic),
    value: |subject| Some(approximate(subject.evaluation.bill.total()) / requests(subject)? * MILLION),
    uncertainty: |subject, _| {
        requests(subject).map_or(0.0, |requests| weak_dollars(subject) / requests * MILLION)
    },
};

pub(super) const TOTAL_COST_OF_OWNERSHIP: Criterion = Criterion {
    id: "total_cost_of_ownership",
    title: "total cost of ownership",
    summary: "US dollars a month with the work: the bill, the operating hours and the set-up hours of `set_up_months`, at the `hourly_rate` of [team].",
    unit: ScaleUnit::Dollars,
    weight: 0.0,
    chooses_size: true,
    traits: &["operating-hours-low", "operating-hours-high", "set-up-hours-low", "set-up-hours-high"],
    scale_because: "As the monthly cost: from a dollar to 100,000 dollars, logarithmic. A budget is one for the bill, so it does not move this scale.",
    uncertainty_because: "The bill's own, and half of the documents' range of hours at the hourly rate.",
    remedy: "state `hourly_rate` in [team]; hours that are not known, in [[trait]]",
    scale: |_| (1.0, 100_000.0, Shape::Logarithmic),
    value: |subject| {
        let hours = OPERATING_HOURS.value(subject)? + set_up_hours_a_month(subject)?;
        Some(approximate(subject.evaluation.bill.total()) + hours * hourly_rate(subject)?)
    },
    uncertainty: |subject, _| {
        let months = f64::from(subject.scenario.team.set_up_months);
        let hours = subject.half_range("operating-hours", Subject::sum)
            + subject.half_range("set-up-hours", Subject::sum) / months;
        weak_dollars(subject) + hours * hourly_rate(subject).unwrap_or_default()
    },
};
