//! Chance: whether a figure says enough to tell the change that meets it from all others of its kind that were tried.

use rust_decimal::Decimal;

use super::search::Change;
use crate::claim::Figure;

/// How unlikely a kind of cause is beforehand: so many times must a figure outweigh the changes of that kind that were tried.
/// Those that are not listed are plain: charges left out, sizes that do not exist, what a document does not list.
const UNLIKELY: &[(&str, u32)] = &[
    ("hours", 2),
    ("free-tier", 2),
    ("counted-besides", 4),
    ("count", 4),
    ("base", 2),
    ("counted-twice", 8),
    ("other-size", 8),
    ("other-price", 4),
    ("other-type", 2),
    ("other-option", 8),
    ("discount", 16),
    ("units", 16),
];

/// How many changes of a kind and a plainness were tried.
#[derive(Debug, Default)]
pub(super) struct Tried {
    kinds: Vec<(&'static str, u32, Vec<Figure>)>,
}

impl Tried {
    /// Takes in a change with the figure that comes of it; what comes to the same figure is one.
    pub(super) fn add(&mut self, change: &Change, figure: Figure) {
        let same = |known: &&mut (&str, u32, Vec<Figure>)| (known.0, known.1) == (change.kind, change.plain);
        match self.kinds.iter_mut().find(same) {
            Some((.., figures)) if figures.contains(&figure) => {}
            Some((.., figures)) => figures.push(figure),
            None => self.kinds.push((change.kind, change.plain, vec![figure])),
        }
    }

    /// Whether a figure that tells so many from each other outweighs the changes of this one's kind that are as plain or plainer.
    pub(super) fn is_outweighed(&self, change: &Change, told_apart: Decimal) -> bool {
        let of_kind = self.kinds.iter().filter(|known| known.0 == change.kind && known.1 <= change.plain);
        let tried: usize = of_kind.map(|(.., figures)| figures.len()).sum();
        let unlikely = UNLIKELY.iter().find(|(kind, _)| *kind == change.kind).map_or(1, |(_, times)| *times);
        told_apart >= Decimal::from(tried) * Decimal::from(unlikely << change.plain.min(8))
    }
}
