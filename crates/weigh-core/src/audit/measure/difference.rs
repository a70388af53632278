//! Claims about how much less, or more, an option costs than another one.

use rust_decimal::Decimal;

use super::cost::part_of;
use super::option::Asked;
use super::{Hull, Measures, not, unit_of};
use crate::audit::{Basis, Computed, NotComputed, Part};
use crate::claim::Dimension;
use crate::money::dollars;
use crate::scenario::Claim;

/// How much less it costs.
pub(super) fn saving(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    difference(claim, measures, false)
}

/// How much more it costs.
pub(super) fn premium(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    difference(claim, measures, true)
}

fn difference(claim: &Claim, measures: &Measures<'_>, premium: bool) -> Result<Computed, NotComputed> {
    let unit = unit_of(claim, &[Dimension::Percent, Dimension::MoneyPerMonth])?;
    let in_percent = unit.dimension == Dimension::Percent;
    let Some(against) = claim.entry.against.as_deref() else { return Err(not("it names no `against`")) };
    let platform_alone = claim.entry.of.as_deref() == Some("platform");
    let option = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let other = Asked::find(measures.subject(), Some(against))?;
    let (of, against) = (part_of(&option, platform_alone), part_of(&other, platform_alone));
    // Each end of the ranges is held against the same end of the other option.
    let pairs: Vec<(Decimal, Decimal)> = sums(&of).into_iter().zip(sums(&against)).collect();
    let mut hull = Hull::default();
    for (own, base) in &pairs {
        let more = if premium { own - base } else { base - own };
        let value = match in_percent {
            false => Some(more),
            true => (more * Decimal::ONE_HUNDRED).checked_div(*base),
        };
        let Some(value) = value else {
            return Err(not(format!("{} costs nothing, so no share of it can be told", against.option)));
        };
        hull.add(value);
    }
    let (Some(figure), Some((own, base))) = (hull.figure(), pairs.first()) else {
        return Err(not("the options have no bill"));
    };
    let (first, second) = if premium { (own, base) } else { (base, own) };
    let money = format!("{} - {}", dollars(*first), dollars(*second));
    let reckoning = match in_percent {
        true => format!("({money}) / {} of {}", dollars(*base), against.option),
        false => money,
    };
    let reckoning = other.remarked(option.remarked(reckoning));
    let basis = Basis::Difference { of, against, in_percent, premium };
    Ok(Computed { figure, reckoning, source: String::new(), basis })
}

/// What the counted charges of each bill come to.
fn sums(part: &Part) -> Vec<Decimal> {
    let sum = |lines: &Vec<crate::audit::Line>| {
        lines.iter().filter(|line| line.counted).map(|line| line.charge.cost).sum()
    };
    part.bills.iter().map(sum).collect()
}
