//! The recommendation before and after: what turned it, and what the recommended option costs.

use rust_decimal::Decimal;

use super::charges::sum;
use super::effects::{Drivers, Effect, EffectKind, Effects};
use super::options::between;
use super::path::{Path, Step};
use super::told::served;
use crate::snapshot::{OptionSnapshot, ScenarioSnapshot};

/// What the recommended option costs before and after, whichever that is.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadingDifference {
    /// The option that was recommended, and US dollars a month; nothing where none was.
    pub before: Option<(String, Decimal)>,
    /// The option that is recommended, and US dollars a month; nothing where none is.
    pub after: Option<(String, Decimal)>,
    /// US dollars a month that it costs more, exactly the sum of the effects; nothing where a side recommends none.
    pub change: Option<Decimal>,
    /// What the change is made of; that another option took the lead is an effect of the kind `option`.
    pub effects: Effects,
    /// What turned the recommendation; nothing where it is the same.
    pub flip: Option<Flip>,
}

/// The step that turned a recommendation.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// What drove the step.
    pub drivers: Drivers,
    /// The option that led before the step.
    pub from: Option<String>,
    /// The option that leads after it, as at the end.
    pub to: Option<String>,
    /// The score of the one that led, before and after the step; nothing where it had none.
    pub from_score: (Option<f64>, Option<f64>),
    /// The score of the one that leads, before and after the step.
    pub to_score: (Option<f64>, Option<f64>),
    /// The largest effect of the step on the cost of one of the two, and whose it is.
    pub largest: Option<(String, Effect)>,
    /// What changed in the step that the ranking goes by, in words.
    pub causes: Vec<String>,
}

impl LeadingDifference {
    pub(super) fn along(path: &Path) -> LeadingDifference {
        let (before, after) = (leader(path.first()), leader(path.last()));
        let named =
            |of: Option<&OptionSnapshot>| of.map(|option| (option.option.clone(), sum(&option.charges)));
        let mut told = LeadingDifference {
            before: named(before),
            after: named(after),
            change: None,
            effects: Effects::default(),
            flip: flip(path),
        };
        if let (Some(was), Some(is)) = (before, after) {
            told.effects = followed(path, was);
            told.change = Some(sum(&is.charges).saturating_sub(sum(&was.charges)).normalize());
        }
        told
    }
}

/// The recommended option of a state, which has a price.
fn leader(state: &ScenarioSnapshot) -> Option<&OptionSnapshot> {
    let option = state.option(state.decision.recommended.as_deref()?)?;
    option.monthly_cost.map(|_| option)
}

/// What moved the cost of whichever option leads; states in which none does are passed over.
fn followed<'p>(path: &'p Path, first: &'p OptionSnapshot) -> Effects {
    let mut effects = Effects::default();
    let (mut before, mut drivers) = (first, Drivers::default());
    for each in &path.steps {
        drivers = drivers.and(&each.drivers);
        let Some(after) = leader(&each.state) else { continue };
        let still = each.state.option(&before.option).filter(|option| option.monthly_cost.is_some());
        let stayed = still.unwrap_or(before);
        effects.add_all(&between(before, stayed, &drivers));
        if stayed.option != after.option {
            let gap = sum(&after.charges).saturating_sub(sum(&stayed.charges));
            effects.add(EffectKind::Option, drivers.of_kind(EffectKind::Option), gap);
        }
        (before, drivers) = (after, Drivers::default());
    }
    effects
}

/// The first step after which the option leads that leads at the end.
fn flip(path: &Path) -> Option<Flip> {
    let to = path.last().decision.recommended.as_deref();
    let states = std::iter::once(path.first()).chain(path.steps.iter().map(|step| &step.state));
    if path.first().decision.recommended.as_deref() == to {
        return None;
    }
    states.zip(&path.steps).find_map(|(before, step)| {
        let turned =
            before.decision.recommended.as_deref() != to && step.state.decision.recommended.as_deref() == to;
        turned.then(|| turn(before, step, to))
    })
}

fn turn(before: &ScenarioSnapshot, step: &Step, to: Option<&str>) -> Flip {
    let from = before.decision.recommended.as_deref();
    let after = &step.state;
    let score = |name: Option<&str>| {
        let of = |state: &ScenarioSnapshot| name.and_then(|name| state.option(name)?.score);
        (of(before), of(after))
    };
    let mut largest: Option<(String, Effect)> = None;
    let mut causes = Vec::new();
    for name in from.into_iter().chain(to) {
        let (was, is) = (before.option(name), after.option(name));
        causes.extend(standing(name, was, is));
        let priced = |option: &&OptionSnapshot| option.monthly_cost.is_some();
        if let (Some(was), Some(is)) = (was.filter(priced), is.filter(priced)) {
            causes.extend(served(was, is).into_iter().map(|moved| format!("{name}: {moved}")));
            let most = between(was, is, &step.drivers).largest();
            let known = largest.as_ref().map(|(_, effect)| effect.amount.abs()).unwrap_or_default();
            if let Some(most) = most.filter(|most| most.amount.abs() > known) {
                largest = Some((name.to_owned(), most));
            }
        }
    }
    causes.extend(weighing(before, after));
    Flip {
        drivers: step.drivers.clone(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
        from_score: score(from),
        to_score: score(to),
        largest,
        causes,
    }
}

/// How an option came to be ranked, or no longer is.
fn standing(name: &str, was: Option<&OptionSnapshot>, is: Option<&OptionSnapshot>) -> Option<String> {
    let ranked = |option: &&OptionSnapshot| option.status == "ranked";
    let why = |option: &OptionSnapshot| {
        let all = [option.failed_needs.as_slice(), option.missing_prices.as_slice()].concat();
        if all.is_empty() { String::new() } else { format!(": {}", all.join("; ")) }
    };
    match (was.filter(ranked), is.filter(ranked)) {
        (None, Some(_)) => Some(match was {
            None => format!("{name} is new"),
            Some(was) => format!("{name} is ranked now; it was {}{}", was.status, why(was)),
        }),
        (Some(_), None) => Some(match is {
            None => format!("{name} is no longer an option"),
            Some(is) => format!("{name} is {} now{}", is.status, why(is)),
        }),
        _ => None,
    }
}

/// What changed in how the options are weighed.
fn weighing(before: &ScenarioSnapshot, after: &ScenarioSnapshot) -> Vec<String> {
    let (was, is) = (&before.decision, &after.decision);
    let mut told = Vec::new();
    if was.method != is.method {
        let method = |method: &Option<String>| method.clone().unwrap_or_else(|| "none".to_owned());
        told.push(format!("decision method: {} -> {}", method(&was.method), method(&is.method)));
    }
    let mut criteria: Vec<&str> =
        was.weights.iter().chain(&is.weights).map(|weight| weight.criterion.as_str()).collect();
    criteria.sort_unstable();
    criteria.dedup();
    for criterion in criteria {
        let of = |state: &ScenarioSnapshot| {
            let mut weights = state.decision.weights.iter();
            weights.find(|weight| weight.criterion == criterion).map_or(0.0, |weight| weight.weight)
        };
        let shown = |weight: f64| format!("{weight:.3}");
        let (was, is) = (shown(of(before)), shown(of(after)));
        if was != is {
            told.push(format!("weight of {criterion}: {was} -> {is}"));
        }
    }
    told
}
