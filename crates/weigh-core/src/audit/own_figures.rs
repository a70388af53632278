//! A claim held against the document's own other figures: what it equals, what it can't exceed, what it is the lowest of.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Cause;
use super::arithmetic::causes_of;
use crate::claim::{Agreement, ClaimUnit, Degree, Dimension, Expression, Figure};
use crate::scenario::{About, Claim};

/// What a claim was held against, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What it was held against.
    pub kind: CheckKind,
    /// The figure that it was held against, or why there is none.
    pub against: Result<Against, String>,
    /// What would make the two equal, the most likely first; figures are in the claim's unit.
    pub causes: Vec<Cause>,
}

impl Check {
    /// How well the claim agrees; nothing where it can't be held against this.
    #[must_use]
    pub fn degree(&self) -> Option<Degree> {
        self.against.as_ref().ok().map(|against| against.degree)
    }
}

/// What a claim is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// The model, by what the claim is about.
    Model(About),
    /// What the document's other figures say that it is: the arithmetic.
    Equals(String),
    /// What it can't exceed: the arithmetic.
    AtMost(String),
    /// The claims of which it is said to be the lowest.
    LeastOf(Vec<String>),
}

/// A figure that a claim was held against, in the claim's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The figure; nothing for a choice.
    pub figure: Option<Figure>,
    /// Stated less this, at the end where they differ most; nothing for a choice.
    pub difference: Option<Decimal>,
    /// The same as a share; nothing where this is 0 and the stated one is not, or where the share exceeds what a decimal holds.
    pub share: Option<Decimal>,
    /// How well they agree.
    pub degree: Degree,
    /// How it is reckoned, in words.
    pub reckoning: String,
    /// Where it comes from; may be empty.
    pub source: String,
}

/// The checks against the document's own figures that a claim asks for.
pub(super) fn own_checks(claim: &Claim, known: &BTreeMap<String, Claim>) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.extend(claim.equals.as_ref().map(|equals| {
        let kind = CheckKind::Equals(equals.text.clone());
        match value(claim, equals, known) {
            Ok((figure, agreement)) => Check {
                kind,
                causes: causes_of(claim, equals, &agreement, known),
                against: Ok(against(figure, &agreement, equals.text.clone())),
            },
            Err(why) => Check { kind, against: Err(why), causes: Vec::new() },
        }
    }));
    checks.extend(claim.at_most.as_ref().map(|most| {
        let kind = CheckKind::AtMost(most.text.clone());
        let held = value_by(claim, most, known, &at_most);
        let against = held.map(|(figure, agreement)| against(figure, &agreement, most.text.clone()));
        Check { kind, against, causes: Vec::new() }
    }));
    if !claim.entry.least_of.is_empty() {
        checks.push(least_of(claim, known));
    }
    checks
}

fn against(figure: Figure, agreement: &Agreement, reckoning: String) -> Against {
    let Agreement { degree, difference, share } = *agreement;
    let (figure, difference) = (Some(figure), Some(difference));
    Against { figure, difference, share, degree, reckoning, source: String::new() }
}

/// What an expression comes to in the unit of a claim, and how well the claim agrees.
pub(super) fn value(
    claim: &Claim,
    expression: &Expression,
    known: &BTreeMap<String, Claim>,
) -> Result<(Figure, Agreement), String> {
    value_by(claim, expression, known, &Agreement::of)
}

/// The value by the reading of its units that agrees better.
///
/// A document may convert by itself (`12 * monthly`) or leave it to the reader (a sum of months and weeks). So figures are
/// taken in the claim's unit first, and as they stand where the arithmetic multiplies and that agrees better: days and weeks
/// are never added up as they stand, and seconds are not added to dollars.
fn value_by(
    claim: &Claim,
    expression: &Expression,
    known: &BTreeMap<String, Claim>,
    agreement: &dyn Fn(&Figure, &Figure) -> Agreement,
) -> Result<(Figure, Agreement), String> {
    let (Some(stated), Some(unit)) = (&claim.figure, &claim.unit) else {
        return Err("a choice is no figure".to_owned());
    };
    if !expression.multiplies() {
        let mut others = expression.claims().into_iter().filter_map(|id| known.get(id));
        others.try_for_each(|other| of_one_kind(unit, other))?;
    }
    let read = |converts: bool| -> Result<(Figure, Agreement), String> {
        let figure = |id: &str| known.get(id).and_then(|other| figure_in(unit, other, converts));
        let value = evaluated(unit, expression, &figure)?;
        Ok((value, agreement(stated, &value)))
    };
    let converted = read(true)?;
    if !expression.multiplies() {
        return Ok(converted);
    }
    let as_it_stands = read(false)?;
    let off =
        |(_, agreement): &(Figure, Agreement)| agreement.share.map_or(Decimal::MAX, |share| share.abs());
    Ok(if off(&as_it_stands) < off(&converted) { as_it_stands } else { converted })
}

/// Refuses a claim that measures something else than this unit: it can only be multiplied. Things that are counted may be
/// added up whatever they are.
fn of_one_kind(unit: &ClaimUnit, other: &Claim) -> Result<(), String> {
    match other.unit.as_ref().filter(|own| own.dimension != unit.dimension) {
        Some(own) => Err(format!("{} is stated in {own}, the claim in {unit}", other.entry.id)),
        None => Ok(()),
    }
}

/// The figure of a claim as arithmetic of a claim in this unit takes it: percentages are shares.
pub(super) fn figure_in(unit: &ClaimUnit, claim: &Claim, converts: bool) -> Option<Figure> {
    let (figure, own) = claim.figure.as_ref().zip(claim.unit.as_ref())?;
    if own.dimension == Dimension::Percent {
        return Some(figure.map(|end| end / Decimal::ONE_HUNDRED));
    }
    unit.from(figure, own).filter(|_| converts).or(Some(*figure))
}

/// What an expression comes to in a unit: a share as percent, where the unit is that.
pub(super) fn evaluated(
    unit: &ClaimUnit,
    expression: &Expression,
    figure: &dyn Fn(&str) -> Option<Figure>,
) -> Result<Figure, String> {
    // Far beyond what anybody states, and far below what a decimal can't multiply any more.
    let largest = Decimal::from(1_000_000_000_000_000_000_i64);
    let value = expression.value(figure)?;
    if [value.low, value.high].into_iter().flatten().any(|end| end.abs() > largest) {
        return Err(format!("`{}` is too large", expression.text));
    }
    Ok(match unit.dimension {
        Dimension::Percent => value.map(|end| end * Decimal::ONE_HUNDRED),
        _ => value,
    })
}

/// How well a claim keeps below what it can't exceed: a range end by end.
fn at_most(stated: &Figure, most: &Figure) -> Agreement {
    let kept = Agreement { degree: Degree::WithinOne, difference: Decimal::ZERO, share: Some(Decimal::ZERO) };
    let above = |stated: Option<Decimal>, most: Option<Decimal>| {
        let (stated, most) = stated.zip(most).filter(|(stated, most)| stated > most)?;
        Some(Agreement::of(&Figure::of(stated), &Figure::of(most)))
    };
    let of_one = stated.single().is_some() || most.single().is_some();
    let low = if of_one { None } else { above(stated.low, most.low) };
    let worse = |one: Agreement, other: Agreement| if other.degree > one.degree { other } else { one };
    [above(stated.high, most.high), low].into_iter().flatten().reduce(worse).unwrap_or(kept)
}

/// Holds a claim against those of which it is said to be the lowest.
///
/// Another one is lower where neither of its ends is higher; by up to 1 % it counts as equal.
fn least_of(claim: &Claim, known: &BTreeMap<String, Claim>) -> Check {
    let ids = &claim.entry.least_of;
    let kind = CheckKind::LeastOf(ids.clone());
    let (Some(stated), Some(unit)) = (&claim.figure, &claim.unit) else {
        return Check { kind, against: Err("a choice is no figure".to_owned()), causes: Vec::new() };
    };
    let others = || ids.iter().filter(|id| **id != claim.entry.id).filter_map(|id| known.get(id));
    if let Err(why) = others().try_for_each(|other| of_one_kind(unit, other)) {
        return Check { kind, against: Err(why), causes: Vec::new() };
    }
    let figures = others().filter_map(|other| {
        let (figure, own) = other.figure.as_ref().zip(other.unit.as_ref())?;
        Some((other, unit.from(figure, own).unwrap_or(*figure)))
    });
    let middle = |figure: &Figure| figure.ends().map(|(low, high)| (low + high) / Decimal::TWO);
    let lowest = figures.min_by_key(|(_, figure)| middle(figure).or(figure.low).or(figure.high));
    let Some((other, figure)) = lowest else {
        return Check {
            kind,
            against: Err("none of the others has a figure".to_owned()),
            causes: Vec::new(),
        };
    };
    let not_above = |one: Option<Decimal>, other: Option<Decimal>| match (one, other) {
        (Some(one), Some(other)) => one <= other,
        (None, None) => true,
        _ => false,
    };
    let is_lower = not_above(figure.low, stated.low) && not_above(figure.high, stated.high);
    let agreement = Agreement::of(stated, &figure);
    let degree = match is_lower && agreement.degree > Degree::WithinOne {
        true => Degree::Contradicts,
        false => Degree::WithinOne,
    };
    let reckoning = match &other.entry.says {
        Some(says) => format!("{} ({says})", other.entry.id),
        None => other.entry.id.clone(),
    };
    let against = against(figure, &Agreement { degree, ..agreement }, reckoning);
    Check { kind, against: Ok(against), causes: Vec::new() }
}
