//! The conduct of an audit: the claims of each scenario computed, then all of them held against each other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::among::{Disagreement, disagreements};
use super::cause::causes;
use super::measure::{Measures, held_against};
use super::own_figures::{Against, Check, CheckKind, own_checks};
use super::{Cause, Computed, Subject};
use crate::catalog::Catalog;
use crate::claim::{Agreement, Degree, Figure};
use crate::compare::{BookStamp, compare, compare_ends};
use crate::pricebook::RegionPrices;
use crate::scenario::{About, Claim, Header, RangedScenario, Scenario};
use crate::time::Date;

/// A scenario with its claims, as far as they were audited.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditedScenario {
    /// The file, as messages name it.
    pub file: String,
    /// What the scenario says of itself.
    pub header: Header,
    /// The day whose prices were used, and the price book; nothing where there are no claims.
    pub prices: Option<(Date, BookStamp)>,
    /// Its claims, in the order of the file.
    pub claims: Vec<AuditedClaim>,
}

/// A claim with what it was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditedClaim {
    /// The claim.
    pub claim: Claim,
    /// The document that states it, where that is known.
    pub document: Option<String>,
    /// What it was held against: the model first, then the document's own figures.
    pub checks: Vec<Check>,
}

/// The claims of one or many scenarios, held against the model and against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// The scenarios, in the order in which they were given.
    pub scenarios: Vec<AuditedScenario>,
    /// Statements about one thing that do not agree.
    pub disagreements: Vec<Disagreement>,
}

impl AuditedClaim {
    /// The check that decides the verdict: the worst of those that could be made; else the first.
    #[must_use]
    pub fn deciding(&self) -> Option<&Check> {
        // The first of several that are equally bad: the model before the document's own figures.
        let worst = self.checks.iter().rev().max_by_key(|check| check.degree());
        worst.filter(|check| check.degree().is_some()).or(self.checks.first())
    }

    /// How well it agrees, at worst; nothing where it can't be held against anything.
    #[must_use]
    pub fn degree(&self) -> Option<Degree> {
        self.checks.iter().filter_map(Check::degree).max()
    }
}

/// Computes the claims of one scenario, and searches what would make those that differ equal.
///
/// A scenario without claims is not compared, as that takes most of the time.
///
/// # Errors
/// As [`compare`].
///
/// ```
/// use weigh_core::audit::{audit, examine};
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "10_000/day" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
///     [[claim]]
///     id = "A1"
///     says = "Both tasks"
///     value = "30"
///     unit = "USD/month"
///     equals = "A2 + A2"
///     [[claim]]
///     id = "A2"
///     says = "Share of the tasks that are paid all year"
///     about = "estimate"
///     value = "14"
///     unit = "USD/month"
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
/// let examined = examine("shop.toml", &scenario, None, &catalog, &prices).unwrap();
/// let audit = audit(vec![examined], &[]);
/// let [sum, part] = &audit.scenarios[0].claims[..] else { panic!() };
/// assert_eq!(sum.degree().unwrap().words(), "agrees within 10 %");
/// assert_eq!(part.degree(), None);
/// ```
pub fn examine(
    file: &str,
    scenario: &Scenario,
    ranged: Option<&RangedScenario>,
    catalog: &Catalog,
    prices: &RegionPrices,
) -> Result<AuditedScenario, String> {
    let (file, header) = (file.to_owned(), scenario.header.clone());
    if scenario.claims.is_empty() {
        return Ok(AuditedScenario { file, header, prices: None, claims: Vec::new() });
    }
    let comparison = compare(scenario, catalog, prices)?;
    let ends = ranged.map(|ranged| compare_ends(ranged, catalog, prices)).transpose()?;
    let subject = Subject { scenario, ranged, catalog, prices, comparison: &comparison, ends: ends.as_ref() };
    let measures = Measures::of(subject);
    let claims = scenario.claims.iter().map(|claim| AuditedClaim {
        document: claim.entry.document.clone().or_else(|| header.document.clone()),
        checks: claim.entry.about.map(|about| by_the_model(claim, about, &measures)).into_iter().collect(),
        claim: claim.clone(),
    });
    let claims = claims.collect();
    Ok(AuditedScenario { file, header, prices: Some((comparison.as_of, comparison.book)), claims })
}

/// Holds the claims of all scenarios against the documents' own figures, and against each other. Claims that stand `beside`
/// them are not audited; arithmetic may name them.
#[must_use]
pub fn audit(mut scenarios: Vec<AuditedScenario>, beside: &[Claim]) -> Audit {
    let own = scenarios.iter().flat_map(|scenario| scenario.claims.iter().map(|audited| &audited.claim));
    let all = beside.iter().chain(own);
    let known: BTreeMap<String, Claim> = all.map(|claim| (claim.entry.id.clone(), claim.clone())).collect();
    for audited in scenarios.iter_mut().flat_map(|scenario| &mut scenario.claims) {
        let checks = own_checks(&audited.claim, &known);
        audited.checks.extend(checks);
    }
    let disagreements = disagreements(&scenarios);
    Audit { scenarios, disagreements }
}

/// The check against the model.
fn by_the_model(claim: &Claim, about: About, measures: &Measures<'_>) -> Check {
    let kind = CheckKind::Model(about);
    let found = match measures.computed(claim) {
        Ok(found) => found,
        Err(why) => return Check { kind, against: Err(why.why), causes: Vec::new() },
    };
    let Some(agreement) = held_against(claim, &found) else {
        return Check { kind, against: Err(found.reckoning), causes: Vec::new() };
    };
    let searched = || causes(claim, &found, measures.subject());
    let causes: Vec<Cause> = match agreement.degree {
        Degree::WithinOne => Vec::new(),
        Degree::WithinTen => searched().into_iter().filter(|cause| explains(claim, cause)).collect(),
        Degree::Contradicts => searched(),
    };
    let own_unit =
        |cause: Cause| Cause { figure: in_unit(claim, &cause.figure).unwrap_or(cause.figure), ..cause };
    let causes = causes.into_iter().map(own_unit).collect();
    let Computed { figure, reckoning, source, .. } = found;
    let figure = in_unit(claim, &figure);
    let difference = figure.and_then(|figure| difference(claim, &figure));
    let Agreement { degree, share, .. } = agreement;
    let against = Against { figure, difference, share, degree, reckoning, source };
    Check { kind, against: Ok(against), causes }
}

/// Whether a cause gives the stated figure to its last digit: within 10 % nearly everything comes near. What would only be
/// needed to get there is no cause.
fn explains(claim: &Claim, cause: &Cause) -> bool {
    let figure = in_unit(claim, &cause.figure);
    cause.kind != Cause::WOULD_NEED && figure.is_some_and(|figure| is_exact(claim, &figure))
}

/// A figure in base units in the unit of a claim; nothing for a choice.
fn in_unit(claim: &Claim, figure: &Figure) -> Option<Figure> {
    claim.unit.as_ref().map(|unit| figure.map(|end| unit.from_base(end)))
}

/// Stated less computed, in the unit of the claim, at the end where they differ most.
fn difference(claim: &Claim, figure: &Figure) -> Option<Decimal> {
    Some(Agreement::of(claim.figure.as_ref()?, figure).difference)
}

/// Whether a figure is the stated one, as far as its digits go.
pub(super) fn is_exact(claim: &Claim, figure: &Figure) -> bool {
    claim.figure.is_some_and(|stated| rounds_to(&stated, figure))
}

/// Whether a figure, rounded to the digits of a stated one, is that.
pub(super) fn rounds_to(stated: &Figure, figure: &Figure) -> bool {
    is_within(stated, figure, 5)
}

/// Whether a figure is within so many tenths of the last digit of a stated one, at each end.
pub(super) fn is_within(stated: &Figure, figure: &Figure, tenths: i64) -> bool {
    let same = |stated: Option<Decimal>, other: Option<Decimal>| match (stated, other) {
        (Some(stated), Some(other)) => {
            let last = stated.normalize().scale();
            (stated - other).abs() <= Decimal::new(tenths, (last + 1).min(Decimal::MAX_SCALE))
        }
        (None, None) => true,
        _ => false,
    };
    same(stated.low, figure.low) && same(stated.high, figure.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_with_as_many_decimals_as_there_are_has_a_last_digit() {
        let figure = |digits: i64, scale: u32| Figure::of(Decimal::new(digits, scale));
        assert!(is_within(&figure(51, 28), &figure(51, 28), 5));
        assert!(is_within(&figure(51, 28), &figure(53, 28), 5));
        assert!(!is_within(&figure(51, 28), &figure(61, 28), 5));
        assert!(
            is_within(&figure(51, 2), &figure(514, 3), 5) && !is_within(&figure(51, 2), &figure(516, 3), 5)
        );
    }
}
