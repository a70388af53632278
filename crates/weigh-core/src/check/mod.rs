//! What drifted: a scenario as it is against its snapshot, figure by figure, with what moved each and whether it is let pass.

mod charges;
mod standing;

use rust_decimal::Decimal;

use crate::difference::{Driver, Drivers, Effect, Path, ScenarioDifference};
use crate::snapshot::{ChargeSnapshot, ScenarioSnapshot};

/// Whether a tolerance lets a cost go from one amount to another, in US dollars a month: that of the charges at a price, or a total
/// where there is no price. It is asked of charges, too, that cost the same and differ otherwise.
pub type Allows<'a> = &'a dyn Fn(Option<&str>, Decimal, Decimal) -> bool;

/// What a drift weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It fails the check.
    Fails,
    /// It is told, and moved no figure.
    Warns,
    /// A tolerance lets it pass.
    LetPass,
}

/// A figure that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// The rule that it breaks: `drift/price`.
    pub rule: &'static str,
    /// What it weighs.
    pub weight: Weight,
    /// The option; nothing where the whole scenario is meant.
    pub option: Option<String>,
    /// The charge, as it is or, where it is gone, as it was.
    pub charge: Option<ChargeSnapshot>,
    /// Which figure, where it is no charge: `latency_p95_ms`.
    pub figure: Option<&'static str>,
    /// What it was; nothing where there was none.
    pub before: Option<String>,
    /// What it is; nothing where there is none.
    pub after: Option<String>,
    /// What both are in.
    pub unit: String,
    /// US dollars a month that it adds to the cost of its option; nothing where it is no cost.
    pub difference: Option<Decimal>,
    /// What is shown of the difference, to the cent: for a total what its shown costs differ by, and charges add up to it.
    pub shown: Option<Decimal>,
    /// What moved it.
    pub causes: Vec<Cause>,
    /// What of the causes of the kind quantity is owed to rates that moved too, in US dollars a month; 0 where nothing is.
    pub interaction: Decimal,
    /// The drift in a sentence.
    pub message: String,
}

/// What moved a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An amount, its kind and what drove it; and what is shown of the amount, to the cent, so that those of a drift add up.
    Effect(Effect, Decimal),
    /// What drove it, where it is no cost.
    Driver(Driver),
}

impl Drift {
    /// A drift of the whole scenario, which fails.
    fn of(rule: &'static str) -> Drift {
        Drift {
            rule,
            weight: Weight::Fails,
            option: None,
            charge: None,
            figure: None,
            before: None,
            after: None,
            unit: String::new(),
            difference: None,
            shown: None,
            causes: Vec::new(),
            interaction: Decimal::ZERO,
            message: String::new(),
        }
    }
}

/// Everything that is not what it was at the beginning of a path: options that came or went, what each costs in all and charge by
/// charge, how it stands and serves, and the decision. Where no figure moved, and what the scenario says did, that is told.
///
/// A tolerance lets costs pass. A total counts without what a tolerance for its price lets pass; everything else is exact.
///
/// ```
/// use weigh_core::check::{Weight, drifts};
/// use weigh_core::difference::{Path, Side};
/// use weigh_core::snapshot::{DecisionSnapshot, OptionSnapshot, ScenarioSnapshot};
/// let decision = DecisionSnapshot { recommended: None, method: None, ranking: Vec::new(), weights: Vec::new() };
/// let size = |size: &str| ScenarioSnapshot {
///     file: "shop.toml".into(),
///     name: "Shop".into(),
///     scenario_hash: String::new(),
///     region: "us-east-1".into(),
///     as_of: "2026-10-07".into(),
///     decision: decision.clone(),
///     options: vec![OptionSnapshot {
///         option: "fargate".into(),
///         platform: "fargate".into(),
///         status: "rejected".into(),
///         rank: None,
///         score: None,
///         size: Some(size.into()),
///         monthly_cost: None,
///         served: None,
///         failed_needs: Vec::new(),
///         missing_prices: Vec::new(),
///         charges: Vec::new(),
///     }],
///     inputs: Vec::new(),
///     traces: Vec::new(),
/// };
/// let (before, after) = (size("1 vCPU"), size("2 vCPU"));
/// let old = Side { scenario: &before, model_version: 1, book_hash: "ab12" };
/// let new = Side { scenario: &after, model_version: 2, book_hash: "ab12" };
/// let path = Path::between(&old, &new, None);
/// let found = drifts(&path, &|_, _, _| false);
/// assert_eq!((found.len(), found[0].rule, found[0].weight), (1, "drift/size", Weight::Fails));
/// assert_eq!(found[0].message, "fargate is deployed as 2 vCPU in place of 1 vCPU");
/// ```
#[must_use]
pub fn drifts(path: &Path, allows: Allows<'_>) -> Vec<Drift> {
    let difference = ScenarioDifference::along(path);
    let mut found = standing::decision(path, &difference);
    for option in &difference.options {
        match (&option.before, &option.after) {
            (Some(before), Some(after)) => {
                found.extend(charges::of_option(path, option, allows));
                found.extend(standing::of_option(path, before, after));
            }
            _ => found.push(charges::came_or_went(option)),
        }
    }
    if found.is_empty() {
        found.extend(standing::scores(path));
    }
    if found.is_empty() {
        found.extend(standing::inputs(path));
    }
    found
}

/// What drove the steps of a path in which a figure moved.
fn moved_by<T: PartialEq>(path: &Path, figure: impl Fn(&ScenarioSnapshot) -> T) -> Vec<Cause> {
    let mut before = figure(path.first());
    let mut drivers = Drivers::default();
    for step in path.steps() {
        let after = figure(&step.state);
        if after != before {
            drivers = drivers.and(&step.drivers);
        }
        before = after;
    }
    drivers.all().iter().map(|driver| Cause::Driver(*driver)).collect()
}

#[cfg(test)]
mod tests;
