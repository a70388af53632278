//! The search: every change that a kind of cause proposes is tried, then pairs of the plainest, and the best are told.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::chance::Tried;
use super::model::{Effect, Model};
use super::sets::{Set, sets};
use super::stated::{Match, Nearness, Stated};
use super::unlisted;
use super::words::usd;
use crate::audit::computed::{Cause, Computed, Subject};
use crate::claim::Figure;
use crate::scenario::{About, Claim};

/// Causes that are told.
const TOLD: usize = 3;
/// The plainest changes of which pairs are tried, where a figure is written with four digits, or is a range.
const PAIRED: usize = 24;
/// The same, where it is written with three.
const PAIRED_OF_THREE_DIGITS: usize = 10;
/// How plain changes must be of which pairs are tried.
const PLAIN: u32 = 1;
/// How far off a change may be, in thousandths of the stated figure, by how plain it is; the last holds of all that are less plain.
const OFF_BY: [i64; 5] = [25, 15, 6, 4, 2];

/// Significant digits that a figure must be written with for a change to explain it, by how plain it is; the last holds of all beyond.
const DIGITS: [u32; 5] = [1, 1, 2, 3, 4];
/// What comes so near, as a share, may be told of fewer digits.
const VERY_NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 4);
/// Kinds that are as plain in the difference of two options as in a cost; others are two steps less plain there.
const PLAIN_IN_DIFFERENCES: [&str; 5] = ["left-out", "counted-besides", "base", "free-tier", "hours"];

/// What a change does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Doing {
    /// It moves what groups cost.
    Costs(Vec<Effect>),
    /// It makes another figure altogether.
    Figure(Figure),
}

/// A change that a kind of cause proposes.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) kind: &'static str,
    /// How plain and common a mistake it is: 0 for the plainest.
    pub(super) plain: u32,
    /// What it does, behind "equals the cost": `without memory`, `at 720 hours in place of 730`.
    pub(super) words: String,
    /// The whole sentence, where the change is the only one; empty where it follows from the words.
    pub(super) alone: String,
    pub(super) doing: Doing,
}

impl Change {
    /// A change of what groups cost.
    pub(super) fn costs(kind: &'static str, plain: u32, words: String, effects: Vec<Effect>) -> Change {
        Change { kind, plain, words, alone: String::new(), doing: Doing::Costs(effects) }
    }

    /// Another figure, told in a whole sentence.
    pub(super) fn figure(kind: &'static str, plain: u32, alone: String, figure: Figure) -> Change {
        Change { kind, plain, words: String::new(), alone, doing: Doing::Figure(figure) }
    }
}

/// What the kinds of causes see.
pub(super) struct Search<'a> {
    pub(super) claim: &'a Claim,
    pub(super) computed: &'a Computed,
    pub(super) subject: &'a Subject<'a>,
    pub(super) stated: Stated,
    /// The computed figure as groups of charges, where it is made of them.
    pub(super) model: Option<Model<'a>>,
    /// Named sets of counted groups, by side.
    pub(super) counted: [Vec<Set>; 2],
    /// Named sets of groups that are not counted, by side.
    pub(super) uncounted: [Vec<Set>; 2],
}

/// A change, or two of them, that comes near.
struct Found<'c> {
    changes: Vec<&'c Change>,
    figure: Figure,
    found: Match,
}

impl Found<'_> {
    fn plain(&self) -> u32 {
        self.changes.iter().map(|change| change.plain).sum()
    }

    /// How many changes it takes beside what the document does not list.
    fn steps(&self) -> usize {
        self.changes.iter().filter(|change| change.kind != unlisted::ID).count().max(1)
    }

    /// How far-fetched and how far off together.
    fn penalty(&self) -> u32 {
        let off = match self.found.nearness {
            Nearness::Exact => 0,
            Nearness::Rounded if self.found.of_tolerance <= Decimal::new(1, 1) => 0,
            Nearness::Rounded => 1,
            Nearness::Near => 2,
            Nearness::Rough | Nearness::Within => 3,
        };
        off + self.plain()
    }

    /// What meets to the cent comes first, then what changes least, then what is plain and near.
    fn order(&self, other: &Found<'_>) -> Ordering {
        let rank = |each: &Found<'_>| {
            let first = (each.found.nearness != Nearness::Exact, each.steps(), each.penalty());
            (first, each.changes.len(), each.found.distance)
        };
        rank(self).cmp(&rank(other))
    }
}

impl<'a> Search<'a> {
    pub(super) fn of(
        claim: &'a Claim,
        computed: &'a Computed,
        subject: &'a Subject<'a>,
    ) -> Option<Search<'a>> {
        let stated = Stated::of(claim)?;
        let model = Model::of(computed, super::besides::switched_off(claim, subject));
        let named = |side: usize, counted: bool| {
            model.as_ref().map_or_else(Vec::new, |model| sets(model, subject.scenario, side, counted))
        };
        let (counted, uncounted) = ([named(0, true), named(1, true)], [named(0, false), named(1, false)]);
        Some(Search { claim, computed, subject, stated, model, counted, uncounted })
    }

    /// The causes of these changes, best first.
    pub(super) fn causes(&self, changes: &[Change]) -> Vec<Cause> {
        let mut tried = Tried::default();
        for change in changes {
            let figure = self.figure_of(change).filter(|figure| self.is_nearer(figure));
            figure.into_iter().for_each(|figure| tried.add(change, figure));
        }
        let single = changes.iter().filter_map(|change| self.single(change, &tried));
        let mut found: Vec<Found<'_>> = single.collect();
        found.extend(self.beside_what_is_unlisted(changes));
        let told = found.iter().any(|each| each.found.nearness <= Nearness::Rounded);
        if !told {
            found.extend(self.pairs(changes));
        }
        found.sort_by(Found::order);
        self.worth_telling(found).into_iter().map(|each| self.cause(&each)).collect()
    }

    fn figure_of(&self, change: &Change) -> Option<Figure> {
        match &change.doing {
            Doing::Costs(effects) => self.model.as_ref()?.with(effects),
            Doing::Figure(figure) => Some(*figure),
        }
    }

    fn single<'c>(&self, change: &'c Change, tried: &Tried) -> Option<Found<'c>> {
        let figure = self.figure_of(change)?;
        let found = self.stated.matches(&figure)?;
        let of_two = self.model.as_ref().is_some_and(|model| !model.is_sum());
        let further = if of_two && !PLAIN_IN_DIFFERENCES.contains(&change.kind) { 2 } else { 0 };
        let plain = change.plain + further;
        let place = usize::try_from(plain).unwrap_or(usize::MAX).min(OFF_BY.len() - 1);
        let few = self.stated.digits < DIGITS[place.min(DIGITS.len() - 1)] && !self.stated.is_range();
        if few && (place > 2 || found.distance > VERY_NEAR) {
            return None;
        }
        let allowed = match found.nearness {
            Nearness::Exact => true,
            Nearness::Rounded | Nearness::Near => found.distance <= Decimal::new(OFF_BY[place], 3),
            Nearness::Rough | Nearness::Within => plain == 0,
        };
        // What is not made of charges has few figures, and what tells them apart is in their kinds.
        let says_enough = || {
            let told_apart = self.stated.told_apart(&found, Decimal::new(OFF_BY[place], 3));
            self.model.is_none()
                || found.nearness == Nearness::Exact
                || tried.is_outweighed(change, told_apart)
        };
        (allowed && self.is_nearer(&figure) && says_enough()).then(|| Found {
            changes: vec![change],
            figure,
            found,
        })
    }

    /// Whether a figure is another one than what was computed anyway.
    fn is_nearer(&self, figure: &Figure) -> bool {
        let Some(((low, high), (own_low, own_high))) = figure.ends().zip(self.computed.figure.ends()) else {
            return false;
        };
        let least = if self.stated.is_strict() { Decimal::new(1, 6) } else { Decimal::new(1, 3) };
        let same = |one: Decimal, other: Decimal| (one - other).abs() <= other.abs() * least;
        !(same(low, own_low) && same(high, own_high)) || self.stated.matches(&self.computed.figure).is_some()
    }

    /// Another plain change beside what the document does not list, where the figure says more than how many were tried.
    fn beside_what_is_unlisted<'c>(&self, changes: &'c [Change]) -> Vec<Found<'c>> {
        let Some(model) = &self.model else { return Vec::new() };
        let unlisted = changes.iter().find_map(|change| match &change.doing {
            Doing::Costs(effects) if change.kind == unlisted::ID => Some((change, effects)),
            _ => None,
        });
        let Some((first, left_out)) = unlisted else { return Vec::new() };
        let Some(without) = model.with(left_out) else { return Vec::new() };
        let mut tried: Vec<Figure> = Vec::new();
        let mut found = Vec::new();
        for change in changes.iter().filter(|change| change.plain == 0 && change.kind != unlisted::ID) {
            let Doing::Costs(effects) = &change.doing else { continue };
            // What the list leaves out stays left out, whatever else changes.
            let kept = effects.iter().filter(|(place, _)| left_out.iter().all(|(known, _)| known != place));
            let all: Vec<Effect> = left_out.iter().chain(kept).cloned().collect();
            let Some(figure) = model.with(&all).filter(|figure| *figure != without) else { continue };
            if !tried.contains(&figure) {
                tried.push(figure);
            }
            let near = self.stated.matches(&figure).filter(|found| found.nearness <= Nearness::Near);
            found.extend(near.map(|near| Found { changes: vec![first, change], figure, found: near }));
        }
        let off_by = Decimal::new(OFF_BY[0], 3);
        found.retain(|each| self.stated.told_apart(&each.found, off_by) >= Decimal::from(tried.len()));
        found
    }

    /// Two plain changes at once, where they come within a quarter of the tolerance.
    ///
    /// A figure of two digits is met by chance by some pair of most bills; only one that is written with three digits, or a range,
    /// says enough.
    fn pairs<'c>(&self, changes: &'c [Change]) -> Vec<Found<'c>> {
        let Some(model) = &self.model else { return Vec::new() };
        let most = match self.stated.digits {
            4.. => PAIRED,
            3 => PAIRED_OF_THREE_DIGITS,
            2 if self.stated.is_range() && model.ends > 1 => PAIRED_OF_THREE_DIGITS,
            _ => return Vec::new(),
        };
        let mut plain: Vec<(&Change, &[Effect])> = Vec::new();
        for change in changes {
            if let Doing::Costs(effects) = &change.doing
                && change.plain <= PLAIN
            {
                plain.push((change, effects));
            }
        }
        plain.sort_by_key(|(change, _)| change.plain);
        plain.truncate(most);
        let mut found = Vec::new();
        for (place, (one, first)) in plain.iter().enumerate() {
            for (other, second) in &plain[place + 1..] {
                let Some(effects) = model.both(first, second) else { continue };
                let figure = model.with(&effects);
                let Some((figure, near)) =
                    figure.and_then(|figure| Some((figure, self.stated.matches(&figure)?)))
                else {
                    continue;
                };
                let quarter = near.nearness < Nearness::Rough && near.of_tolerance <= Decimal::new(25, 2);
                if near.nearness == Nearness::Exact || quarter {
                    found.push(Found { changes: vec![one, other], figure, found: near });
                }
            }
        }
        found
    }

    /// The best of what was found, without what says the same again and without what is much worse.
    fn worth_telling<'c>(&self, found: Vec<Found<'c>>) -> Vec<Found<'c>> {
        let mut told: Vec<Found<'c>> = Vec::new();
        for each in found {
            let best = told.first();
            let worse = best.is_some_and(|best| {
                let less_exact =
                    best.found.nearness == Nearness::Exact && each.found.nearness != Nearness::Exact;
                less_exact || each.steps() > best.steps() || each.penalty() > best.penalty() + 1
            });
            let words = |found: &Found<'_>| -> Vec<String> {
                found.changes.iter().map(|change| format!("{}{}", change.alone, change.words)).collect()
            };
            let again =
                told.iter().any(|known| words(known) == words(&each) || self.is_the_same(known, &each));
            let more = told.iter().any(|known| self.goes_on_from(known, &each));
            if !worse && !again && !more && told.len() < TOLD {
                told.push(each);
            }
        }
        told
    }

    /// Whether a cause makes all changes of a known one, and more besides.
    fn goes_on_from(&self, known: &Found<'_>, each: &Found<'_>) -> bool {
        known.changes.iter().all(|change| {
            let moved = self.moved(change);
            each.changes.iter().any(|other| {
                let rest = other.words.strip_prefix(&change.words).filter(|_| !change.words.is_empty());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" and "))
                    || (moved.is_some() && moved == self.moved(other))
            })
        })
    }

    /// The groups that a change moves, with what they then cost.
    fn moved<'c>(&self, change: &'c Change) -> Option<Vec<&'c Effect>> {
        let (model, Doing::Costs(effects)) = (self.model.as_ref()?, &change.doing) else { return None };
        let differs = |(place, costs): &&Effect| {
            costs.iter().enumerate().any(|(end, cost)| *cost != model.groups[*place].adds(end))
        };
        let mut moved: Vec<&Effect> = effects.iter().filter(differs).collect();
        moved.sort_by_key(|(place, _)| *place);
        Some(moved)
    }

    /// Whether two changes move the same groups to the same costs.
    fn is_the_same(&self, one: &Found<'_>, other: &Found<'_>) -> bool {
        if one.figure != other.figure || one.changes.len() != other.changes.len() {
            return false;
        }
        let moved = |found: &Found<'_>| -> Option<Vec<Effect>> {
            let model = self.model.as_ref()?;
            let mut effects: Vec<Effect> = Vec::new();
            for change in &found.changes {
                let Doing::Costs(own) = &change.doing else { return None };
                effects = model.both(&effects, own)?;
            }
            effects.retain(|(place, costs)| {
                costs.iter().enumerate().any(|(end, cost)| *cost != model.groups[*place].adds(end))
            });
            effects.sort_by_key(|(place, _)| *place);
            Some(effects)
        };
        moved(one) == moved(other)
    }

    fn cause(&self, found: &Found<'_>) -> Cause {
        let changes = u32::try_from(found.changes.len()).unwrap_or(u32::MAX);
        let first = found.changes.first();
        let mut words = match found.changes.as_slice() {
            [one] if !one.alone.is_empty() => one.alone.clone(),
            all => {
                let each: Vec<&str> = all.iter().map(|change| change.words.as_str()).collect();
                format!("equals the {} {}", self.noun(), each.join(" and "))
            }
        };
        let itself = found.found.distance.is_zero() && found.found.nearness != Nearness::Within;
        if found.found.nearness != Nearness::Exact && !itself {
            words.push_str(&format!("; comes to {}", self.shown(&found.figure)));
        }
        Cause { kind: first.map_or("", |change| change.kind), words, figure: found.figure, changes }
    }

    /// What the claim is about, as a cause names it.
    pub(super) fn noun(&self) -> &'static str {
        match self.claim.entry.about {
            Some(About::Saving) => "saving",
            Some(About::Premium) => "premium",
            Some(About::Price) => "price",
            Some(About::Limit) => "limit",
            Some(About::Size) => "size",
            Some(About::ColdStart | About::Latency) => "time",
            _ => "cost",
        }
    }

    /// A figure in the claim's unit.
    pub(super) fn shown(&self, figure: &Figure) -> String {
        let Some(unit) = &self.claim.unit else { return figure.shown(2) };
        format!("{} {unit}", usd(&figure.map(|end| unit.from_base(end))))
    }
}
