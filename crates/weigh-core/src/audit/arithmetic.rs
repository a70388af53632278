//! Why a figure is not what the document's own figures add up to: an addend left out or counted twice, ends of ranges mixed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Cause;
use super::conduct::{is_exact, rounds_to};
use super::own_figures::{evaluated, figure_in};
use crate::claim::{Agreement, ClaimUnit, Degree, Dimension, Expression, Figure};
use crate::scenario::Claim;

/// So many causes are told of one sum.
const MOST: usize = 3;

/// What documents multiply by and forget: months and days of a year, hours of a day and of a month, minutes, percent, sizes.
const FACTORS: [(&str, i64, i64); 8] = [
    ("12 (months in a year)", 12, 1),
    ("365 (days in a year)", 365, 1),
    ("30 (days in a month)", 30, 1),
    ("24 (hours in a day)", 24, 1),
    ("730 (hours in a month)", 730, 1),
    ("60", 60, 1),
    ("100", 100, 1),
    ("1,000", 1_000, 1),
];

/// What becomes of the figure of a claim.
type Change<'a> = &'a dyn Fn(&str, Figure) -> Figure;

/// Figures of claims in the unit of the one that is searched for.
struct Search<'a> {
    claim: &'a Claim,
    stated: Figure,
    unit: &'a ClaimUnit,
    expression: &'a Expression,
    known: &'a BTreeMap<String, Claim>,
    /// How well the claim agrees as the arithmetic stands.
    degree: Degree,
    /// Whether figures are converted into the claim's unit.
    converts: bool,
}

/// What would make the arithmetic equal the claim, the fewest changes first; nothing where it agrees within 1 %.
///
/// Within 10 % a cause must give the stated figure to its last digit: nearly everything comes near.
pub(super) fn causes_of(
    claim: &Claim,
    expression: &Expression,
    agreement: &Agreement,
    known: &BTreeMap<String, Claim>,
) -> Vec<Cause> {
    let (Some(stated), Some(unit)) = (claim.figure, &claim.unit) else { return Vec::new() };
    if agreement.degree == Degree::WithinOne {
        return Vec::new();
    }
    let mut found = Vec::new();
    for converts in [true, false].into_iter().filter(|converts| *converts || expression.multiplies()) {
        let search = Search { claim, stated, unit, expression, known, degree: agreement.degree, converts };
        for cause in search.all() {
            if !found.iter().any(|known: &Cause| known.words == cause.words) {
                found.push(cause);
            }
        }
    }
    let off =
        |cause: &Cause| Agreement::of(&stated, &cause.figure).share.map_or(Decimal::MAX, |share| share.abs());
    found.sort_by(|one, other| one.changes.cmp(&other.changes).then(off(one).cmp(&off(other))));
    let fewest = found.first().map_or(0, |cause| cause.changes);
    found.retain(|cause| cause.changes == fewest);
    found.truncate(MOST);
    found
}

impl Search<'_> {
    fn all(&self) -> Vec<Cause> {
        let mut found = self.left_out_or_twice();
        found.extend(self.ends());
        found.extend(self.other_base());
        found.extend(self.factors());
        found.extend(self.shortened());
        found.extend(self.besides());
        found.retain(|cause| self.fits(&cause.figure));
        if found.is_empty() {
            found.extend(self.end_by_end());
        }
        found
    }

    fn fits(&self, figure: &Figure) -> bool {
        // A single figure lies in a range that is stated, and says nothing of its ends.
        if self.stated.single().is_none() && figure.single().is_some() {
            return false;
        }
        match self.degree {
            Degree::Contradicts => Agreement::of(&self.stated, figure).degree == Degree::WithinOne,
            _ => is_exact(self.claim, figure),
        }
    }

    /// The figure of a claim as it stands.
    fn figure(&self, id: &str) -> Option<Figure> {
        figure_in(self.unit, self.known.get(id)?, self.converts)
    }

    /// What the arithmetic comes to with other figures of some claims.
    fn with(&self, other: Change<'_>) -> Option<Figure> {
        let figure = |id: &str| Some(other(id, self.figure(id)?));
        evaluated(self.unit, self.expression, &figure).ok()
    }

    /// `E3 (Data transfer)`.
    fn named(&self, id: &str) -> String {
        match self.known.get(id).and_then(|claim| claim.entry.says.as_deref()) {
            Some(says) => format!("{id} ({says})"),
            None => id.to_owned(),
        }
    }

    /// The claims that are added up, each once.
    fn addends(&self) -> Vec<&str> {
        let mut ids = self.expression.addends();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn left_out_or_twice(&self) -> Vec<Cause> {
        let (ids, mut found) = (self.addends(), Vec::new());
        let zero = Figure::of(Decimal::ZERO);
        for (place, id) in ids.iter().enumerate() {
            let without = self.with(&|each, figure| if each == *id { zero } else { figure });
            let words = format!("equals the sum without {}", self.named(id));
            found.extend(without.map(|figure| Cause { kind: "left-out", words, figure, changes: 1 }));
            let twice = self.with(&|each, figure| match each == *id {
                true => figure.map(|end| end * Decimal::TWO),
                false => figure,
            });
            let words = format!("equals the sum with {} counted twice", self.named(id));
            found.extend(twice.map(|figure| Cause { kind: "counted-twice", words, figure, changes: 1 }));
            // Of three, two left out is one alone.
            for other in ids.iter().skip(place + 1).filter(|_| ids.len() > 2) {
                let without =
                    self.with(&|each, figure| if each == *id || each == *other { zero } else { figure });
                let words = format!("equals the sum without {} and {}", self.named(id), self.named(other));
                found.extend(without.map(|figure| Cause { kind: "left-out", words, figure, changes: 2 }));
            }
        }
        found
    }

    /// All ranges at their low ends, or at their high ones; or one of them.
    fn ends(&self) -> Vec<Cause> {
        let is_range = |id: &&str| {
            let ends = self.figure(id).and_then(|figure| figure.ends());
            ends.is_some_and(|(low, high)| low != high)
        };
        let ranges: Vec<&str> = self.expression.claims().into_iter().filter(is_range).collect();
        let mut found = Vec::new();
        for (end, name) in [(low as fn(Figure) -> Figure, "low"), (high, "high")] {
            if !ranges.is_empty() {
                let figure = self.with(&|_, figure| end(figure));
                let words = format!("equals `{}` with every range at its {name} end", self.expression.text);
                found.extend(figure.map(|figure| Cause { kind: "ends", words, figure, changes: 1 }));
            }
            for id in ranges.iter().filter(|_| ranges.len() > 1) {
                let figure = self.with(&|each, figure| if each == *id { end(figure) } else { figure });
                let named = self.named(id);
                let words = format!("equals `{}` with {named} at its {name} end", self.expression.text);
                found.extend(figure.map(|figure| Cause { kind: "ends", words, figure, changes: 1 }));
            }
        }
        found
    }

    /// A percentage of the other amount.
    fn other_base(&self) -> Vec<Cause> {
        let ids = self.expression.claims();
        let ([one, other], Dimension::Percent) = (ids.as_slice(), self.unit.dimension) else {
            return Vec::new();
        };
        let forms = [(one, other), (other, one)].map(|(one, other)| {
            [format!("1 - {one} / {other}"), format!("{one} / {other} - 1"), format!("{one} / {other}")]
        });
        let forms = forms.into_iter().flatten().filter(|form| *form != self.expression.text);
        let causes = forms.filter_map(|form| {
            let parsed = Expression::parse(&form).ok()?;
            let figure = evaluated(self.unit, &parsed, &|id| self.figure(id)).ok()?;
            let words = format!("equals `{form}`: a percentage of something else");
            Some(Cause { kind: "other-base", words, figure, changes: 1 })
        });
        causes.collect()
    }

    /// A factor of the arithmetic left out: hours that are not applied, a share that is forgotten.
    fn shortened(&self) -> Vec<Cause> {
        // An open end is met by anything large enough.
        if self.stated.ends().is_none() {
            return Vec::new();
        }
        let causes = self.expression.shortened().into_iter().filter_map(|(left_out, rest)| {
            let figure = evaluated(self.unit, &rest, &|id| self.figure(id)).ok()?;
            let words = format!("equals `{}`: `{left_out}` is left out", rest.text);
            Some(Cause { kind: "factor-left-out", words, figure, changes: 1 })
        });
        causes.collect()
    }

    /// Another figure of the document counted beside those of a sum; only of ranges, both ends of which say enough.
    fn besides(&self) -> Vec<Cause> {
        let own = self.addends();
        if own.is_empty() || self.stated.ends().is_none_or(|(low, high)| low == high) {
            return Vec::new();
        }
        let Some(plain) = self.with(&|_, figure| figure) else { return Vec::new() };
        let document = &self.claim.entry.document;
        let others = self.known.values().filter(|other| {
            let id = other.entry.id.as_str();
            let same = other.unit.as_ref().is_some_and(|unit| unit.text == self.unit.text);
            same && other.entry.document == *document && id != self.claim.entry.id && !own.contains(&id)
        });
        let causes = others.filter_map(|other| {
            let (low, high) = plain.ends()?;
            let (more_low, more_high) = other.figure?.ends()?;
            let figure = Figure::between(low + more_low, high + more_high);
            let words = format!("equals the sum with {} besides", self.named(&other.entry.id));
            Some(Cause { kind: "besides", words, figure, changes: 1 })
        });
        causes.collect()
    }

    /// A factor forgotten, or one too many; nothing of an open end, which any factor would meet.
    fn factors(&self) -> Vec<Cause> {
        if self.stated.ends().is_none() {
            return Vec::new();
        }
        let Some(plain) = self.with(&|_, figure| figure) else { return Vec::new() };
        let causes = FACTORS.iter().flat_map(|(name, own, base)| {
            let factor = Decimal::from(*own) / Decimal::from(*base);
            let cause = |figure, verb: &str| {
                let words = format!("equals `{}` {verb} {name}", self.expression.text);
                Cause { kind: "factor", words, figure, changes: 1 }
            };
            [
                cause(plain.map(|end| end * factor), "times"),
                cause(plain.map(|end| end / factor), "divided by"),
            ]
        });
        causes.collect()
    }

    /// Of two ranges each end for itself: what the one leaves out the other may count.
    fn end_by_end(&self) -> Option<Cause> {
        let ends = |figure: Figure| figure.ends().filter(|(low, high)| low != high);
        let ((stated_low, stated_high), _) = ends(self.stated).zip(ends(self.with(&|_, figure| figure)?))?;
        let at = |stated: Decimal, end: fn(Figure) -> Figure, other: fn(Figure) -> Figure| {
            let fits = |figure: Figure| match self.degree {
                Degree::Contradicts => {
                    Agreement::of(&Figure::of(stated), &figure).degree == Degree::WithinOne
                }
                _ => rounds_to(&Figure::of(stated), &figure),
            };
            let plain = self.with(&|_, figure| end(figure))?;
            if fits(plain) {
                return Some(("the sum".to_owned(), plain, 0));
            }
            self.addends().into_iter().find_map(|id| {
                let named = self.named(id);
                let without =
                    |each: &str, figure| if each == id { Figure::of(Decimal::ZERO) } else { end(figure) };
                let twice = |each: &str, figure| match each == id {
                    true => end(figure).map(|end| end * Decimal::TWO),
                    false => end(figure),
                };
                let mixed = |each: &str, figure| if each == id { other(figure) } else { end(figure) };
                let tried: [(&str, Change<'_>); 3] =
                    [("without", &without), ("counting twice", &twice), ("with the other end of", &mixed)];
                tried.into_iter().find_map(|(how, change)| {
                    let figure = self.with(change).filter(|figure| fits(*figure))?;
                    Some((format!("the sum {how} {named}"), figure, 1))
                })
            })
        };
        let (low_words, low_figure, low_changes) = at(stated_low, low, high)?;
        let (high_words, high_figure, high_changes) = at(stated_high, high, low)?;
        let figure = Figure { low: low_figure.low, high: high_figure.high };
        let words = format!("its low end equals {low_words}, its high end {high_words}");
        let changes = low_changes + high_changes;
        (changes > 0).then_some(Cause { kind: "end-by-end", words, figure, changes })
    }
}

/// A figure at its low end.
fn low(figure: Figure) -> Figure {
    Figure { high: figure.low, ..figure }
}

/// A figure at its high end.
fn high(figure: Figure) -> Figure {
    Figure { low: figure.high, ..figure }
}
