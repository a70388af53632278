//! What commitments cover of a month's usage, hour by hour, in AWS's order.
//!
//! Reserved units come first, then Savings Plans, each kind in the order in which it was stated. A reserved unit covers what
//! runs of its type in the hour. A Savings Plan spends its dollars of the hour at its own rates: the largest saving in
//! percent first, of equal ones the lowest rate; what it does not spend in an hour is lost. Source: AWS's Savings Plans User
//! Guide, "Understanding how Savings Plans apply to your AWS usage" (read in November 2026). The account's free quantities are
//! taken first, alike from all hours, which is assumed.

mod slots;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::missing::{Absence, MissingPrice};
use super::price::{Terms, charge};
use super::region::{Found, RegionPrices};
use super::tariff::{Evidence, Part, Tariff};
use crate::bill::{Charge, CommitmentLink, CommitmentRole, Standing};
use crate::commitment::{self, Commitment, CommitmentKind, CommitmentOutcome};
use crate::hours::ByHour;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage, UsageLine};
use slots::Slot;

/// The commitments that a month is priced with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Committed<'a> {
    /// The commitments, in the order in which they apply among their kind.
    pub commitments: &'a [Commitment],
    /// The hours of the month, in which each commitment is paid.
    pub hours: Decimal,
}

/// A metered line that a commitment could cover.
#[derive(Clone, Debug, PartialEq)]
pub struct EligibleLine {
    /// The place of the line in the usage.
    pub place: usize,
    /// Its tariff.
    pub price_id: String,
    /// What of it is not free.
    pub amount: Decimal,
    /// US dollars for one unit on the list on demand, in the first band.
    pub list_rate: Decimal,
    /// The same less the account's discount.
    pub rate: Decimal,
    /// How it falls on the hours of the month; nothing where all are alike.
    pub by_hour: Option<ByHour>,
}

/// What commitments cover of a usage, and what they cost.
#[derive(Default)]
pub(super) struct Cover {
    /// What is covered of each line, and the charges that say so; by the place of the line.
    covered: BTreeMap<usize, (Decimal, Vec<Charge>)>,
    /// The fees that the book prices, as lines.
    pub(super) fees: Vec<UsageLine>,
    /// The fees whose rate is the commitment itself.
    pub(super) stated: Vec<Charge>,
    pub(super) outcomes: Vec<CommitmentOutcome>,
}

impl Cover {
    /// What is left of a line for its own price.
    pub(super) fn rest(&self, place: usize, line: &UsageLine) -> Decimal {
        self.covered.get(&place).map_or(line.amount, |(covered, _)| line.amount - covered)
    }

    /// Takes a quantity off a line, to nine places as it is metered; where nothing is left of it, all that was left.
    fn add(&mut self, line: &EligibleLine, covered: Decimal, left: Decimal) -> Decimal {
        if covered.is_zero() {
            return Decimal::ZERO;
        }
        let known = &mut self.covered.entry(line.place).or_default().0;
        let most = line.amount - *known;
        let quantity = if left.is_zero() { most } else { covered.round_dp(9).min(most) };
        *known += quantity;
        quantity
    }

    /// The charges of what is covered of a line, each at rate 0.
    pub(super) fn take(&mut self, place: usize) -> Vec<Charge> {
        self.covered.get_mut(&place).map(|(_, charges)| std::mem::take(charges)).unwrap_or_default()
    }
}

impl RegionPrices {
    /// The lines of a usage that some commitment may cover: instances, tasks and functions on demand, database instances and
    /// cache nodes; with what is free of them taken off.
    ///
    /// # Errors
    /// The prices on demand that the book lacks.
    ///
    /// ```
    /// use weigh_core::pricebook::Terms;
    /// use weigh_core::units::Unit;
    /// use weigh_core::usage::{Quantity, Usage};
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let mut usage = Usage::default();
    /// let hours = |unit| Quantity::of(unit).times(730, "hours");
    /// usage.add("fargate/vcpu-hours/linux-x86", "vCPU", hours(Unit::VcpuHours)).unwrap();
    /// usage.add("fargate-spot/vcpu-hours/linux-x86", "vCPU on Spot", hours(Unit::VcpuHours)).unwrap();
    /// let eligible = prices.eligible(&usage, &Terms::on(prices.newest())).unwrap();
    /// assert_eq!((eligible.len(), eligible[0].rate.to_string()), (1, "0.04048".to_owned()));
    /// ```
    pub fn eligible(&self, usage: &Usage, terms: &Terms<'_>) -> Result<Vec<EligibleLine>, Vec<MissingPrice>> {
        let (mut eligible, mut missing) = (Vec::new(), Vec::new());
        let (_, mut pools) = self.used_before(terms);
        for (place, line) in usage.lines().iter().enumerate() {
            let allowance = self.allowances.on(&line.price_id, terms);
            let free = allowance.map_or(Decimal::ZERO, |allowance| {
                let left = pools.entry(allowance.pool.as_str()).or_insert(allowance.quantity);
                let free = line.amount.min(*left);
                *left -= free;
                free
            });
            let amount = line.amount - free;
            if amount.is_zero() || !commitment::can_cover(&line.price_id) {
                continue;
            }
            match self.tariff(&line.price_id, terms.date) {
                Err(why) => missing.push(why),
                Ok((tariff, _)) => eligible.push(EligibleLine {
                    place,
                    price_id: line.price_id.clone(),
                    amount,
                    list_rate: tariff.bands.first().map_or(Decimal::ZERO, |band| band.rate),
                    rate: rate(&tariff, &line.price_id, terms),
                    by_hour: line.scope.by_hour.clone(),
                }),
            }
        }
        if missing.is_empty() { Ok(eligible) } else { Err(missing) }
    }

    /// What the commitments of some terms cover of a usage.
    pub(super) fn cover(&self, usage: &Usage, terms: &Terms<'_>) -> Result<Cover, Vec<MissingPrice>> {
        let Committed { commitments, hours } = terms.committed;
        let lines = self.eligible(usage, terms)?;
        let mut slots = slots::slots(&lines, hours);
        let (reserved, plans): (Vec<&Commitment>, Vec<&Commitment>) =
            commitments.iter().partition(|each| each.count().is_some());
        let (mut cover, mut missing) = (Cover::default(), Vec::new());
        for commitment in reserved.into_iter().chain(plans) {
            let applied = self.apply(commitment, usage, &lines, &mut slots, terms, &mut cover);
            missing.extend(applied.err().into_iter().flatten());
        }
        if missing.is_empty() { Ok(cover) } else { Err(missing) }
    }

    /// Applies one commitment to what the others have left over.
    fn apply(
        &self,
        commitment: &Commitment,
        usage: &Usage,
        lines: &[EligibleLine],
        slots: &mut [Slot],
        terms: &Terms<'_>,
        cover: &mut Cover,
    ) -> Result<(), Vec<MissingPrice>> {
        let hours = terms.committed.hours;
        let place = cover.outcomes.len();
        let (hourly, per_hour, found, uses) = match commitment.count().map(Decimal::from) {
            None => {
                let hourly = commitment.hourly().unwrap_or_default();
                let link = CommitmentLink { place, role: CommitmentRole::Fee };
                let fee = stated_fee(commitment, hourly, terms);
                cover.stated.push(Charge { commitment: Some(link), ..fee });
                (hourly, hourly, None, self.plan_uses(commitment, lines, terms)?)
            }
            Some(count) => {
                let price_id = commitment.price_id();
                let found = self.tariff(&price_id, terms.date).map_err(|why| vec![why])?;
                let hourly = rate(&found.0, &price_id, terms) * count;
                cover.fees.push(fee(commitment, count, hours));
                (hourly, count, Some(found), reserved_uses(commitment, lines))
            }
        };
        let mut covered = vec![Decimal::ZERO; uses.len()];
        let used: Decimal = slots.iter_mut().map(|slot| slot.spend(per_hour, &uses, &mut covered)).sum();
        let mut covered_worth = Decimal::ZERO;
        for (one, covered) in uses.iter().zip(covered) {
            let line = &lines[one.line];
            let quantity = cover.add(line, covered, slots::left(slots, one.line));
            covered_worth += quantity * line.rate;
            if let Some(of) = one.found.as_ref().or(found.as_ref()).filter(|_| !quantity.is_zero()) {
                let (list_rate, on_demand_rate) = (line.list_rate, line.rate);
                let role = CommitmentRole::Covered { each: one.each, list_rate, on_demand_rate };
                let charge =
                    covered_charge(commitment, &usage.lines()[line.place], of, quantity, one.plan_rate);
                let charge = Charge { commitment: Some(CommitmentLink { place, role }), ..charge };
                cover.covered.entry(line.place).or_default().1.push(charge);
            }
        }
        let committed = per_hour * hours;
        cover.outcomes.push(CommitmentOutcome {
            commitment: commitment.clone(),
            hours,
            hourly,
            committed,
            used: used.min(committed).normalize(),
            covered_worth,
            eligible_worth: uses.iter().map(|one| lines[one.line].amount * lines[one.line].rate).sum(),
        });
        Ok(())
    }

    /// The lines that a Savings Plan pays for, in its order.
    fn plan_uses<'a>(
        &'a self,
        plan: &Commitment,
        lines: &[EligibleLine],
        terms: &Terms<'_>,
    ) -> Result<Vec<slots::Use<'a>>, Vec<MissingPrice>> {
        let (mut uses, mut missing) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            let Some(price_id) = plan.plan_price_id(&line.price_id) else { continue };
            match self.tariff(&price_id, terms.date) {
                Ok(found) => {
                    let plan_rate = rate(&found.0, &price_id, terms);
                    // A plan never pays more than on demand.
                    if plan_rate < line.rate && !plan_rate.is_zero() {
                        uses.push(slots::Use {
                            line: at,
                            each: plan_rate,
                            plan_rate: Some(plan_rate),
                            found: Some(found),
                        });
                    }
                }
                // What no plan pays for is not eligible; what nobody wrote down is unknown.
                Err(why) if why.absence == Absence::NotOffered => {}
                Err(why) if missing.contains(&why) => {}
                Err(why) => missing.push(why),
            }
        }
        uses.sort_by(|one, other| {
            let share = |of: &slots::Use<'_>| of.each / lines[of.line].rate;
            share(one).cmp(&share(other)).then(one.each.cmp(&other.each))
        });
        if missing.is_empty() { Ok(uses) } else { Err(missing) }
    }
}

/// The rate of the first band, less the account's discount; 0 for what is not offered, which has been told by then.
fn rate(tariff: &Tariff<'_>, price_id: &str, terms: &Terms<'_>) -> Decimal {
    terms.first_rate(tariff, price_id).unwrap_or_default()
}

/// The lines that reserved units cover, from the smallest size to the largest.
fn reserved_uses<'a>(commitment: &Commitment, lines: &[EligibleLine]) -> Vec<slots::Use<'a>> {
    let of = |(at, line): (usize, &EligibleLine)| {
        let each = commitment.units_of(&line.price_id)?;
        Some(slots::Use { line: at, each, plan_rate: None, found: None })
    };
    let mut uses: Vec<slots::Use<'a>> = lines.iter().enumerate().filter_map(of).collect();
    uses.sort_by_key(|one| one.each);
    uses
}

/// The fee of reserved units, for the book to price.
fn fee(commitment: &Commitment, count: Decimal, hours: Decimal) -> UsageLine {
    let (unit, words) = match commitment.kind {
        CommitmentKind::ReservedCacheNode { .. } => (Unit::NodeHours, ["node", "nodes", "nodes"]),
        _ => (Unit::Hours, ["instance", "instances", "instances"]),
    };
    let short = commitment.short();
    UsageLine {
        price_id: commitment.price_id(),
        description: format!("R{}, {}", short.get(1..).unwrap_or_default(), commitment.terms()),
        quantity: Quantity::of(unit).times_mean(count, words).times(hours, "hours"),
        amount: count * hours,
        scope: Scope::default(),
    }
}

/// The fee of a Savings Plan, whose rate is what was committed to.
fn stated_fee(plan: &Commitment, hourly: Decimal, terms: &Terms<'_>) -> Charge {
    let hours = terms.committed.hours;
    let line = UsageLine {
        price_id: plan.price_id(),
        description: format!("{}, {}", plan.short(), plan.terms()),
        quantity: Quantity::of(Unit::Hours).times(hours, "hours"),
        amount: hours,
        scope: Scope::default(),
    };
    let tariff = Tariff {
        unit: Unit::Hours,
        from: terms.date,
        bands: smallvec::SmallVec::new(),
        not_offered: None,
        derivation: None,
    };
    let evidence = Evidence { seen: terms.date, source: "the hourly commitment", standing: Standing::Own };
    let part = Part { quantity: hours, rate: hourly, band: String::new(), evidence };
    charge(&line, &(tariff, None), part, None)
}

/// What is covered of a line, at rate 0; its source is that of the rate under the commitment.
fn covered_charge(
    commitment: &Commitment,
    line: &UsageLine,
    found: &Found<'_>,
    quantity: Decimal,
    plan_rate: Option<Decimal>,
) -> Charge {
    let at = plan_rate.map(|rate| format!(" at ${}", rate.normalize())).unwrap_or_default();
    let band = format!("{}{at}", commitment.covers());
    let unknown = Evidence { seen: found.0.from, source: "", standing: Standing::Unverified };
    let evidence = found.0.bands.first().map_or(unknown, |band| band.evidence);
    charge(line, found, Part { quantity, rate: Decimal::ZERO, band, evidence }, None)
}
