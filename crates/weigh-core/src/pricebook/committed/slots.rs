//! The hours of a month as commitments see them: how much of each line falls on each, hours alike taken together.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::EligibleLine;
use crate::hours::ByHour;
use crate::pricebook::region::Found;

/// Hours in which the same is used of everything.
pub(super) struct Slot {
    hours: Decimal,
    /// What of each line falls on them and is not covered yet.
    left: Vec<Decimal>,
}

/// A line that a commitment covers.
pub(super) struct Use<'a> {
    /// The line's place among the eligible ones.
    pub(super) line: usize,
    /// What one unit of the line takes of the commitment: reserved units, or dollars at the plan's rate.
    pub(super) each: Decimal,
    /// The plan's rate; nothing for reserved units.
    pub(super) plan_rate: Option<Decimal>,
    /// Where that rate is from.
    pub(super) found: Option<Found<'a>>,
}

impl Slot {
    /// Spends a commitment of so much an hour on what is left, in the order of the uses; returns what was spent.
    pub(super) fn spend(&mut self, per_hour: Decimal, uses: &[Use<'_>], covered: &mut [Decimal]) -> Decimal {
        let all = per_hour * self.hours;
        let mut rest = all;
        for (one, covered) in uses.iter().zip(covered) {
            let left = self.left[one.line];
            let asked = left * one.each;
            let part = match asked <= rest {
                true => left,
                false => (rest / one.each).round_dp_with_strategy(12, RoundingStrategy::ToZero).min(left),
            };
            rest -= asked.min(rest);
            *covered += part;
            self.left[one.line] -= part;
        }
        all - rest
    }
}

/// What is left of a line over all hours.
pub(super) fn left(slots: &[Slot], line: usize) -> Decimal {
    slots.iter().map(|slot| slot.left[line]).sum()
}

/// The month in slots: one where no line says how it falls on the hours.
pub(super) fn slots(lines: &[EligibleLine], hours: Decimal) -> Vec<Slot> {
    let Some(count) = lines.iter().find_map(|line| Some(line.by_hour.as_ref()?.weights().len())) else {
        return vec![Slot { hours, left: lines.iter().map(|line| line.amount).collect() }];
    };
    let mark = |line: &EligibleLine, hour: usize| {
        line.by_hour.as_ref().map_or(ByHour::MEAN, |by_hour| by_hour.mark(hour))
    };
    let mut alike: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
    for hour in 0..count {
        *alike.entry(lines.iter().map(|line| mark(line, hour)).collect()).or_default() += 1;
    }
    let all = Decimal::from(count as u64);
    let part = |amount: Decimal, mark: u64, times: u32| {
        amount.checked_mul(ByHour::weight_of(mark))?.checked_mul(times.into())?.checked_div(all)
    };
    let mut slots: Vec<Slot> = Vec::with_capacity(alike.len());
    for (marks, times) in alike {
        let left = lines.iter().zip(marks);
        let left = left.map(|(line, mark)| part(line.amount, mark, times).unwrap_or_default().round_dp(12));
        let left = left.collect();
        slots.push(Slot { hours: hours * Decimal::from(times) / all, left });
    }
    for (at, line) in lines.iter().enumerate() {
        // The hours add up to the amount: what rounding left over goes where it changes least.
        let over = line.amount - left(&slots, at);
        if let Some(most) = slots.iter_mut().max_by_key(|slot| slot.left[at]) {
            most.left[at] += over;
        }
    }
    slots
}
