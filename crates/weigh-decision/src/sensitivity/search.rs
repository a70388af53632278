//! Where the nearest change that turns something lies: steps away from the present, then bisection.

use crate::matrix::Matrix;

/// The steps of a search: a quarter of the usual where a matrix has so many cells that a method takes its time.
pub(super) fn steps(matrix: &Matrix, usual: u32) -> u32 {
    if matrix.values().len() <= 200 { usual } else { usual / 4 }
}

/// How many cells the answer to one question may look at: about half a second's work. A choice.
const EFFORT: usize = 200_000_000;

/// How often a matrix can be ranked for one question, when one ranking looks at so many cells.
pub(crate) fn affordable(each: usize) -> usize {
    EFFORT / each.max(1)
}

/// What a change does.
pub(super) enum Probe<T> {
    /// Nothing turns.
    Stays,
    /// It turns.
    Turned(T),
    /// The method can't take it, so that nothing beyond is asked either.
    Stop,
}

/// How close a share of the way is known.
pub(super) const CLOSE: f64 = 1e-13;

/// The smallest share of the way, above 0 and up to 1, at which something turns, to within [`CLOSE`], with what the probe
/// says there. `steps` shares of the way, 1 the last, are asked first; between two of them only one turn is found.
pub(super) fn nearest<T>(
    shares: impl IntoIterator<Item = f64>,
    mut probe: impl FnMut(f64) -> Probe<T>,
) -> Option<(f64, T)> {
    let mut stays = 0.0;
    for share in shares {
        match probe(share) {
            Probe::Stays => stays = share,
            Probe::Stop => return None,
            Probe::Turned(who) => return Some(bisect(stays, share, who, probe)),
        }
    }
    None
}

/// Halves what lies between a share at which nothing turns and one at which something does.
fn bisect<T>(mut stays: f64, mut turns: f64, mut who: T, mut probe: impl FnMut(f64) -> Probe<T>) -> (f64, T) {
    while turns - stays > CLOSE {
        let middle = f64::midpoint(stays, turns);
        if let Probe::Turned(found) = probe(middle) {
            (turns, who) = (middle, found);
        } else {
            stays = middle;
        }
    }
    (turns, who)
}
