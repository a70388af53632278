//! Tries each strategy alone, and finds the best of those that go together.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::commit::Levels;
use super::plan::Plan;
use super::strategies::{Action, Committing, STRATEGIES, exclusion};
use super::{Change, Combined, Found, Tried, TriedOutcome};
use crate::catalog::Catalog;
use crate::commitment::Commitment;
use crate::compare::{Verdict, compare};
use crate::evaluate::Evaluation;
use crate::platforms::FailedNeed;
use crate::pricebook::RegionPrices;
use crate::scenario::{Scenario, ServerHours};

/// Of so many changes that save most every set is tried; what saves less is added one after the other.
const ALL_SETS_OF: usize = 5;

/// The search over one option.
pub(super) struct Search<'a> {
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    book: &'a RegionPrices,
    base: &'a Evaluation,
    server_hours: &'a ServerHours,
    /// Whether what is done only if asked is asked for.
    asked: bool,
}

/// Places of strategies in the table, in its order.
type Set = Vec<usize>;

impl<'a> Search<'a> {
    /// A search over a scenario with one option that evaluates to `base`.
    pub(super) fn new(
        (scenario, catalog, book): (&'a Scenario, &'a Catalog, &'a RegionPrices),
        base: &'a Evaluation,
        (server_hours, asked): (&'a ServerHours, bool),
    ) -> Search<'a> {
        Search { scenario, catalog, book, base, server_hours, asked }
    }

    /// Every strategy alone, and the best together.
    pub(super) fn found(&self) -> Result<Found, String> {
        let levels = Levels::of(self.scenario, self.catalog, self.book);
        let mut strategies = Vec::with_capacity(STRATEGIES.len());
        for (place, strategy) in STRATEGIES.iter().enumerate() {
            let outcome = match strategy.action {
                Action::Change(_) => self.changed(&[place]).map(|plan| (plan, Vec::new())),
                Action::Commit(committing) => self.committed(&levels, committing),
            };
            let outcome = match outcome {
                Err(outcome) => outcome,
                Ok(((scenario, what), commitments)) => self.evaluated(scenario, what, commitments)?,
            };
            strategies.push(Tried { id: strategy.id, outcome });
        }
        let combined = self.combined(&strategies)?;
        Ok(Found { base: self.base.clone(), strategies, combined })
    }

    /// The scenario with the changes of some strategies, in the order of the table, and what was changed in words.
    fn changed(&self, set: &[usize]) -> Result<(Scenario, String), TriedOutcome> {
        let mut plan = Plan {
            scenario: self.scenario.clone(),
            base: self.base,
            catalog: self.catalog,
            server_hours: self.server_hours,
        };
        let mut words = Vec::new();
        for place in set {
            if let Action::Change(change) = STRATEGIES[*place].action {
                words.push((change.0)(&mut plan).map_err(TriedOutcome::NotApplicable)?);
            }
        }
        Ok((plan.scenario, words.join("; ")))
    }

    /// The scenario as it is and what to commit to.
    fn committed(
        &self,
        levels: &Levels,
        committing: Committing,
    ) -> Result<((Scenario, String), Vec<Commitment>), TriedOutcome> {
        if !self.scenario.commitments.is_empty() {
            let why = "the scenario states commitments; weigh commit looks at others without them";
            return Err(TriedOutcome::NotApplicable(why.to_owned()));
        }
        let best = levels.best(committing);
        match best.is_empty() {
            false => Ok(((self.scenario.clone(), String::new()), best)),
            true => Err(match levels.why_not(committing) {
                Ok(why) => TriedOutcome::NotApplicable(why),
                Err(missing) => TriedOutcome::Unpriced(missing),
            }),
        }
    }

    /// A changed scenario with its commitments, evaluated as any other.
    fn evaluated(
        &self,
        mut scenario: Scenario,
        mut what: String,
        commitments: Vec<Commitment>,
    ) -> Result<TriedOutcome, String> {
        if !commitments.is_empty() {
            let named: Vec<String> = commitments.iter().map(ToString::to_string).collect();
            let separator = if what.is_empty() { "" } else { "; " };
            what = format!("{what}{separator}{}", named.join(", "));
            scenario.commitments.extend(commitments.iter().cloned());
        }
        let comparison = compare(&scenario, self.catalog, self.book)?;
        let verdict = comparison.options.into_iter().next().map(|option| option.verdict);
        Ok(match verdict {
            Some(Verdict::Ranked(ranked)) => self.change(ranked.evaluation, what, commitments, Vec::new()),
            Some(Verdict::Rejected { needs, nearest: Some(nearest) }) => {
                self.change(*nearest, what, commitments, needs)
            }
            Some(Verdict::Rejected { needs, nearest: None }) => TriedOutcome::Refused { what, needs },
            Some(Verdict::Unpriced { missing, .. }) => TriedOutcome::Unpriced(missing),
            Some(Verdict::NotExact(why)) => TriedOutcome::NotApplicable(why),
            None => TriedOutcome::NotApplicable("the scenario has no such option".to_owned()),
        })
    }

    fn change(
        &self,
        evaluation: Evaluation,
        what: String,
        commitments: Vec<Commitment>,
        failed: Vec<FailedNeed>,
    ) -> TriedOutcome {
        let saving = self.base.bill.total() - evaluation.bill.total();
        let Evaluation { size, bill, .. } = evaluation;
        TriedOutcome::Priced(Box::new(Change { what, size, bill, saving, commitments, failed }))
    }

    /// The best set of strategies: at least as good as the best one alone, and as none at all.
    fn combined(&self, alone: &[Tried]) -> Result<Combined, String> {
        let none = Change {
            what: String::new(),
            size: self.base.size.clone(),
            bill: self.base.bill.clone(),
            saving: Decimal::ZERO,
            commitments: Vec::new(),
            failed: Vec::new(),
        };
        let mut best: (Set, Change) = (Vec::new(), none);
        let mut changes: Vec<(usize, Decimal)> = Vec::new();
        let mut commitments: Set = Vec::new();
        for (place, (strategy, tried)) in STRATEGIES.iter().zip(alone).enumerate() {
            let may = self.asked || !strategy.only_if_asked;
            let TriedOutcome::Priced(change) = &tried.outcome else { continue };
            let saves = tried.saving().filter(|saving| may && *saving > Decimal::ZERO);
            let Some(saving) = saves else { continue };
            keep_better(&mut best, (vec![place], (**change).clone()));
            match strategy.action {
                Action::Change(_) => changes.push((place, saving)),
                Action::Commit(_) => commitments.push(place),
            }
        }
        changes.sort_by_key(|(place, saving)| (Reverse(*saving), *place));
        let order: Set = changes.into_iter().map(|(place, _)| place).collect();
        let (first, rest) = order.split_at(order.len().min(ALL_SETS_OF));
        for set in sets(first) {
            keep_all_better(&mut best, self.together(&set, &commitments)?);
        }
        for place in rest {
            let mut set: Set = best.0.iter().copied().filter(|known| is_change(*known)).collect();
            set.push(*place);
            set.sort_unstable();
            if go_together(&set) {
                keep_all_better(&mut best, self.together(&set, &commitments)?);
            }
        }
        let (set, change) = best;
        let of = |place: &usize| alone.get(*place).and_then(Tried::saving).unwrap_or_default();
        let strategies = set.iter().map(|place| STRATEGIES[*place].id).collect();
        Ok(Combined { strategies, added_up: set.iter().map(of).sum(), change })
    }

    /// A set of changes without commitments, and with those that then save most.
    fn together(&self, set: &[usize], commitments: &[usize]) -> Result<Vec<(Set, Change)>, String> {
        let Ok((scenario, what)) = self.changed(set) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut keep = |set: Set, outcome: TriedOutcome| {
            if let TriedOutcome::Priced(change) = outcome
                && change.failed.is_empty()
            {
                found.push((set, *change));
            }
        };
        keep(set.to_vec(), self.evaluated(scenario.clone(), what.clone(), Vec::new())?);
        let mut allowed: Set = commitments
            .iter()
            .copied()
            .filter(|place| set.iter().all(|other| goes_with(*place, *other)))
            .collect();
        if allowed.is_empty() {
            return Ok(found);
        }
        let levels = Levels::of(&scenario, self.catalog, self.book);
        let saving = |set: &Set| -> Decimal {
            set.iter().filter_map(|place| Some(levels.saving(commits(*place)?))).sum()
        };
        // What commits to nothing here is in no set; of equal ones the first.
        allowed.retain(|place| commits(*place).is_some_and(|each| !levels.best(each).is_empty()));
        let best = sets(&allowed).into_iter().rev().max_by_key(saving).unwrap_or_default();
        if !best.is_empty() {
            let each = best.iter().filter_map(|place| Some(levels.best(commits(*place)?)));
            let commitments: Vec<Commitment> = each.flatten().collect();
            let all: Set = set.iter().copied().chain(best).collect();
            keep(all, self.evaluated(scenario, what, commitments)?);
        }
        Ok(found)
    }
}

fn commits(place: usize) -> Option<Committing> {
    match STRATEGIES[place].action {
        Action::Commit(committing) => Some(committing),
        Action::Change(_) => None,
    }
}

fn is_change(place: usize) -> bool {
    matches!(STRATEGIES[place].action, Action::Change(_))
}

fn goes_with(one: usize, other: usize) -> bool {
    exclusion(STRATEGIES[one].id, STRATEGIES[other].id).is_none()
}

fn go_together(set: &[usize]) -> bool {
    set.iter().enumerate().all(|(at, one)| set[at + 1..].iter().all(|other| goes_with(*one, *other)))
}

/// Every set of these strategies in which none excludes another, each in the order of the table; the empty one first.
fn sets(of: &[usize]) -> Vec<Set> {
    let mut all: Vec<Set> = vec![Vec::new()];
    for place in of {
        let with: Vec<Set> = all
            .iter()
            .filter(|set| set.iter().all(|other| goes_with(*place, *other)))
            .map(|set| {
                let mut with = set.clone();
                with.push(*place);
                with.sort_unstable();
                with
            })
            .collect();
        all.extend(with);
    }
    all
}

fn keep_all_better(best: &mut (Set, Change), others: Vec<(Set, Change)>) {
    others.into_iter().for_each(|other| keep_better(best, other));
}

/// Keeps what saves more; of equal ones the smaller set, then the one that stands first in the table.
fn keep_better(best: &mut (Set, Change), other: (Set, Change)) {
    let key = |(set, change): &(Set, Change)| (Reverse(change.saving), set.len(), set.clone());
    if key(&other) < key(best) {
        *best = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_exclusions_name_them() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(STRATEGIES.iter().all(|strategy| seen.insert(strategy.id)));
        let mut pairs = std::collections::BTreeSet::new();
        for (one, other, because) in super::super::EXCLUSIONS {
            assert!(seen.contains(one) && seen.contains(other), "{one}, {other}");
            assert!(one != other && !because.is_empty());
            assert!(pairs.insert((one.min(other), one.max(other))), "{one} and {other} twice");
            assert_eq!(exclusion(one, other), exclusion(other, one));
        }
    }

    #[test]
    fn sets_hold_nothing_that_excludes_each_other_and_any_order_gives_the_same() {
        let all: Set = (0..STRATEGIES.len()).collect();
        let mut forwards = sets(&all);
        let mut backwards = sets(&all.iter().rev().copied().collect::<Set>());
        assert!(forwards.iter().all(|set| go_together(set)));
        forwards.sort();
        backwards.sort();
        assert_eq!(forwards, backwards);
        // What is free doubles the sets; of each group that excludes each other there is none or one.
        let free = ["graviton", "schedule", "log-retention", "lifecycle"].len();
        let of_servers = 1 + 5; // none, spot, or one of four commitments
        let (of_databases, of_number, of_network) = (3, 3, 3);
        assert_eq!(forwards.len(), (1 << free) * of_servers * of_databases * of_number * of_network);
    }
}
