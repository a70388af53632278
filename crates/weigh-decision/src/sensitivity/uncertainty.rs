//! How well a lead is known, when the values are known only so well.

use super::search::affordable;
use super::{Study, Unanswered, lead};
use crate::matrix::{Matrix, NoMatrix};

/// How well a lead is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LeadUncertainty {
    /// By how much the lead may be off, in units of the score.
    pub within: f64,
    /// Whether one value, at one of its ends by itself, makes the leader level with the rival or puts it behind.
    pub turns: bool,
}

/// By how much the lead over a rival may be off; see [`lead_uncertainties`], which asks for all rivals at the same price.
///
/// # Errors
/// Those of [`lead_uncertainties`], and a rival that there is not. What is not known is refused too.
///
/// ```
/// use weigh_decision::sensitivity::{Study, lead_uncertainty};
/// use weigh_decision::{Column, Matrix, Method, Parameters, Shape, ValueFunction, ValueScale};
/// let stars = |name, weight| {
///     let scale = ValueScale::new(10.0, 0.0, Shape::Linear).unwrap();
///     Column::valued(name, weight, ValueFunction::Scale(scale))
/// };
/// let rows = [vec![6.0, 5.0], vec![5.0, 5.0]];
/// let columns = vec![stars("ease", 0.5), stars("speed", 0.5)];
/// let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let parameters = Parameters::default();
/// let study = Study::new(&matrix, Method::find("weighted-sum").unwrap(), &parameters).unwrap();
/// let ends = [vec![(5.7, 6.2), (5.0, 5.0)], vec![(4.6, 5.4), (5.0, 5.0)]];
/// let found = lead_uncertainty(&study, 1, &ends).unwrap();
/// assert!((found.within - 0.5 * 0.05).abs() < 1e-12 && !found.turns);
/// ```
pub fn lead_uncertainty(
    study: &Study<'_>,
    rival: usize,
    ends: &[Vec<(f64, f64)>],
) -> Result<LeadUncertainty, Unanswered> {
    let found = lead_uncertainties(study, ends)?.get(rival).copied().flatten();
    found.ok_or(Unanswered::Matrix(NoMatrix::Shape))
}

/// By how much the lead over each alternative may be off, in the order of the matrix, when each value may be anything
/// between its two ends; those of an exact value are equal. The leader's own is 0.
///
/// Each value goes to both of its ends while the others stay; the larger of the two changes of the lead counts, because
/// worth that is curved, clipped or stepped moves the lead by different amounts, and it is lost on the worse side. The
/// changes are added as the root of the sum of their squares, the rule for errors that have nothing to do with each
/// other (JCGM 100:2008, section 5.1.2). Errors that alternatives share, such as that of a common rate, are added like
/// the others: where they would cancel in the lead, what is told is too large.
///
/// Where the score is a sum of fixed worths, a change is the weight times that of the worth. Else the matrix is ranked
/// once for each end that differs from the value. An end that the method can't take does not count; a lead is unknown
/// (nothing) where neither end of a value can be taken. In a matrix so large that ranking it for each end takes
/// too long, the values of the leader and of the best rivals go to their ends; the leads over the others are unknown.
///
/// # Errors
/// Another shape than the matrix, and ends that are not finite or the wrong way round.
pub fn lead_uncertainties(
    study: &Study<'_>,
    ends: &[Vec<(f64, f64)>],
) -> Result<Vec<Option<LeadUncertainty>>, Unanswered> {
    check(study.matrix(), ends)?;
    let matrix = study.matrix();
    let (height, leader) = (matrix.alternatives().len(), study.leader());
    let fixed = (0..matrix.columns().len()).all(|criterion| study.sums_worth(criterion));
    let asked = if fixed { height } else { asked(study, ends) };
    let order: Vec<usize> = [leader].into_iter().chain(study.rivals()).take(asked).collect();
    let now: Vec<f64> = (0..height).map(|rival| study.lead(rival)).collect();
    let mut sums = vec![Some(Sum::default()); height];
    let mut changed = matrix.clone();
    for alternative in order.iter().copied() {
        for (criterion, (low, high)) in ends[alternative].iter().enumerate() {
            let value = matrix.column(criterion)[alternative];
            let leads: Vec<Vec<f64>> = [low, high]
                .into_iter()
                .filter(|end| (**end - value).abs() > 0.0)
                .filter_map(|end| {
                    if fixed {
                        return Some(moved(study, &now, (alternative, criterion), *end));
                    }
                    changed.set_value(alternative, criterion, *end);
                    let ranking = study.rank(&changed).ok()?;
                    Some((0..height).map(|rival| lead(&ranking, leader, rival)).collect())
                })
                .collect();
            changed.set_value(alternative, criterion, value);
            let unknown = leads.is_empty() && low < high;
            for (rival, sum) in sums.iter_mut().enumerate() {
                match sum {
                    Some(_) if unknown => *sum = None,
                    Some(sum) => sum.add(now[rival], leads.iter().map(|leads| leads[rival])),
                    None => {}
                }
            }
        }
    }
    let known = |(at, sum): (usize, Option<Sum>)| match sum {
        _ if at == leader => Some(LeadUncertainty::default()),
        sum => sum.filter(|_| order.contains(&at)).map(|sum| sum.found()),
    };
    Ok(sums.into_iter().enumerate().map(known).collect())
}

/// Refuses ends of another shape than the matrix, and those that are not finite or the wrong way round.
pub(super) fn check(matrix: &Matrix, ends: &[Vec<(f64, f64)>]) -> Result<(), NoMatrix> {
    let columns = matrix.columns();
    let whole = |row: &Vec<(f64, f64)>| row.len() == columns.len();
    if ends.len() != matrix.alternatives().len() || !ends.iter().all(whole) {
        return Err(NoMatrix::Shape);
    }
    for (row, name) in ends.iter().zip(matrix.alternatives()) {
        let unusable = |(low, high): &(f64, f64)| !(low.is_finite() && high.is_finite() && low <= high);
        if let Some(at) = row.iter().position(unusable) {
            return Err(NoMatrix::Cell(name.clone(), columns[at].criterion.clone()));
        }
    }
    Ok(())
}

/// Of how many alternatives the values go to their ends, the leader and the next best rival at least.
fn asked(study: &Study<'_>, ends: &[Vec<(f64, f64)>]) -> usize {
    let uncertain = |row: &Vec<(f64, f64)>| row.iter().filter(|(low, high)| low < high).count();
    let most = ends.iter().map(uncertain).max().unwrap_or(0);
    let each = study.method().effort(study.matrix());
    (affordable(each) / (2 * most).max(1)).max(2)
}

/// The leads with another value of a score that is a sum of fixed worths.
fn moved(study: &Study<'_>, now: &[f64], cell: (usize, usize), end: f64) -> Vec<f64> {
    let (alternative, criterion) = cell;
    let (matrix, column) = (study.matrix(), &study.matrix().columns()[criterion]);
    let worth = |x: f64| column.worth_of(x).unwrap_or(0.0);
    let gain = matrix.weights()[criterion] * (worth(end) - worth(matrix.column(criterion)[alternative]));
    let lead = |(rival, lead): (usize, &f64)| match () {
        () if alternative == study.leader() => lead + gain,
        () if alternative == rival => lead - gain,
        () => *lead,
    };
    now.iter().enumerate().map(lead).collect()
}

/// Changes of a lead, as the root of the sum of their squares; by the largest, so that no square is lost or beyond every
/// number.
#[derive(Clone, Copy, Default)]
struct Sum {
    largest: f64,
    squares: f64,
    turns: bool,
}

impl Sum {
    fn add(&mut self, now: f64, leads: impl Iterator<Item = f64>) {
        let mut change = 0.0f64;
        for lead in leads {
            change = change.max((lead - now).abs());
            self.turns |= lead <= 0.0;
        }
        if change > self.largest {
            let shrink = self.largest / change;
            (self.squares, self.largest) = (1.0 + self.squares * shrink * shrink, change);
        } else if self.largest > 0.0 {
            self.squares += (change / self.largest) * (change / self.largest);
        }
    }

    fn found(self) -> LeadUncertainty {
        LeadUncertainty { within: self.largest * libm::sqrt(self.squares), turns: self.turns }
    }
}
