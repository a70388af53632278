//! The best-worst method: weights from judgements against the best and against the worst criterion.

use super::NoWeights;
use crate::linear_programme::{Bound, NoSolution, Row, minimise};

/// How much more the best criterion matters than each, and each than the worst; 1 to 9 (Rezaei, *Best-worst multi-criteria
/// decision-making method*, Omega 53, 2015, and its linear model in Omega 64, 2016).
#[derive(Clone, Debug, PartialEq)]
pub struct BestWorst {
    best_to_others: Vec<f64>,
    others_to_worst: Vec<f64>,
    best: usize,
    worst: usize,
}

/// Weights by the best-worst method.
#[derive(Clone, Debug, PartialEq)]
pub struct BestWorstWeights {
    /// The weights, as shares. Where more than one vector is optimal they are the mean of those in which some weight is as
    /// small or as large as it can be, which is optimal too.
    pub weights: Vec<f64>,
    /// The largest deviation from a judgement, `ξ`: 0 where none contradicts another.
    pub deviation: f64,
    /// The least and the largest weight of each criterion among all optimal vectors.
    pub intervals: Vec<(f64, f64)>,
    /// Whether there is only one optimal vector, which Rezaei (2016) says of the linear model and which is checked here.
    pub unique: bool,
    /// `max |a_Bj · a_jW − a_BW| / (a_BW² − a_BW)`, from the judgements alone (Liang, Brunelli and Rezaei, *Consistency issues in
    /// the best worst method*, Omega 96, 2020); 0 where all criteria matter alike.
    pub input_ratio: f64,
}

/// Weights nearer to each other than this are one.
const ALIKE: f64 = 1e-8;

impl BestWorst {
    /// Judgements of the best criterion against each, and of each against the worst. The best is the one with 1 among the
    /// first, the worst the one with 1 among the second; where several have 1, the first two that both lists judge alike.
    ///
    /// # Errors
    /// Lists of different lengths, a judgement (its place from 1 is named) outside 1 to 100, no 1 in a list, and two
    /// judgements of best against worst that differ.
    ///
    /// ```
    /// use weigh_decision::weights::BestWorst;
    /// let judged = BestWorst::new(&[1.0, 2.0, 4.0], &[4.0, 2.0, 1.0]).unwrap();
    /// let found = judged.weights().unwrap();
    /// assert!((found.weights[0] - 4.0 / 7.0).abs() < 1e-12 && found.unique);
    /// assert!(BestWorst::new(&[2.0, 3.0], &[3.0, 1.0]).is_err());
    /// ```
    pub fn new(best_to_others: &[f64], others_to_worst: &[f64]) -> Result<BestWorst, NoWeights> {
        judged(best_to_others, others_to_worst)?;
        let own = |list: &[f64]| (0..list.len()).filter(|j| list[*j] <= 1.0).collect::<Vec<usize>>();
        let ends = own(best_to_others)
            .into_iter()
            .flat_map(|best| own(others_to_worst).into_iter().map(move |worst| (best, worst)));
        let ends: Vec<(usize, usize)> =
            ends.filter(|(best, worst)| best != worst || others_to_worst.len() == 1).collect();
        let agree = |(best, worst): &&(usize, usize)| alike(best_to_others[*worst], others_to_worst[*best]);
        let Some((best, worst)) = ends.iter().find(agree).or(ends.first()).copied() else {
            return Err(NoWeights("the best is the worst".to_owned()));
        };
        BestWorst::between((best, worst), best_to_others, others_to_worst)
    }

    /// The same with the places of the best and of the worst criterion, which judgements of 1 alone don't tell where another
    /// counts as much as the best.
    ///
    /// # Errors
    /// As [`BestWorst::new`]; a place beyond the lists, the same place twice, and one whose judgement against itself is not 1.
    ///
    /// ```
    /// use weigh_decision::weights::BestWorst;
    /// let judged = BestWorst::between((1, 2), &[1.0, 1.0, 4.0], &[4.0, 4.0, 1.0]).unwrap();
    /// assert_eq!(judged.ends(), (1, 2));
    /// assert!(BestWorst::between((2, 0), &[1.0, 1.0, 4.0], &[4.0, 4.0, 1.0]).is_err());
    /// ```
    pub fn between(
        (best, worst): (usize, usize),
        best_to_others: &[f64],
        others_to_worst: &[f64],
    ) -> Result<BestWorst, NoWeights> {
        judged(best_to_others, others_to_worst)?;
        let count = best_to_others.len();
        if best >= count || worst >= count || (best == worst && count > 1) {
            return Err(NoWeights("the best and the worst are two of the criteria".to_owned()));
        }
        if best_to_others[best] > 1.0 || others_to_worst[worst] > 1.0 {
            return Err(NoWeights("the judgement of a criterion against itself is 1".to_owned()));
        }
        let (down, up) = (best_to_others[worst], others_to_worst[best]);
        if !alike(down, up) {
            return Err(NoWeights(format!(
                "the best against the worst is {down} in one list and {up} in the other"
            )));
        }
        let (best_to_others, others_to_worst) = (best_to_others.to_vec(), others_to_worst.to_vec());
        Ok(BestWorst { best_to_others, others_to_worst, best, worst })
    }

    /// The places of the best and of the worst criterion.
    #[must_use]
    pub fn ends(&self) -> (usize, usize) {
        (self.best, self.worst)
    }

    /// The weights that deviate least from the judgements: the linear programme `min ξ` with `|w_B − a_Bj w_j| ≤ ξ`,
    /// `|w_j − a_jW w_W| ≤ ξ` and `Σ w = 1`.
    ///
    /// # Errors
    /// A programme that rounding leaves without a solution.
    pub fn weights(&self) -> Result<BestWorstWeights, NoWeights> {
        let lost =
            |_: NoSolution| NoWeights("the linear programme has no solution to within rounding".to_owned());
        let count = self.best_to_others.len();
        let mut rows = self.rows();
        let mut cost = vec![0.0; count + 1];
        cost[count] = 1.0;
        let found = minimise(&cost, &rows).map_err(lost)?;
        let deviation = found.variables[count];
        // Every weight as small and as large as it can be while the deviation stays the least.
        rows.push((cost, Bound::AtMost, deviation + 1e-13));
        let (mut intervals, mut weights) = (Vec::new(), vec![0.0; count]);
        for j in 0..count {
            let mut end = |sign: f64| -> Result<f64, NoWeights> {
                let mut cost = vec![0.0; count + 1];
                cost[j] = sign;
                let found = minimise(&cost, &rows).map_err(lost)?;
                weights.iter_mut().zip(&found.variables).for_each(|(sum, weight)| *sum += weight);
                Ok(found.variables[j])
            };
            intervals.push((end(1.0)?, end(-1.0)?));
        }
        let unique = intervals.iter().all(|(low, high)| high - low <= ALIKE);
        let weights = if unique { found.variables[..count].to_vec() } else { super::shares(weights) };
        Ok(BestWorstWeights { weights, deviation, intervals, unique, input_ratio: self.input_ratio() })
    }

    /// The rows of the programme; the last variable is the deviation.
    fn rows(&self) -> Vec<Row> {
        let count = self.best_to_others.len();
        let mut rows = Vec::new();
        let mut keep = |a: usize, b: usize, times: f64| {
            for sign in [1.0, -1.0] {
                let mut row = vec![0.0; count + 1];
                row[a] += sign;
                row[b] -= sign * times;
                row[count] = -1.0;
                rows.push((row, Bound::AtMost, 0.0));
            }
        };
        for j in 0..count {
            if j != self.best {
                keep(self.best, j, self.best_to_others[j]);
            }
            if j != self.worst && j != self.best {
                keep(j, self.worst, self.others_to_worst[j]);
            }
        }
        let mut sum = vec![1.0; count + 1];
        sum[count] = 0.0;
        rows.push((sum, Bound::Exactly, 1.0));
        rows
    }

    fn input_ratio(&self) -> f64 {
        let whole = self.best_to_others[self.worst];
        let most = whole * whole - whole;
        if most <= 0.0 {
            return 0.0;
        }
        let pairs = self.best_to_others.iter().zip(&self.others_to_worst).enumerate();
        let others = pairs.filter(|(j, _)| *j != self.best && *j != self.worst);
        others.map(|(_, (down, up))| (down * up - whole).abs() / most).fold(0.0, f64::max)
    }
}

/// Whether two judgements of one pair are the same.
fn alike(down: f64, up: f64) -> bool {
    (down - up).abs() <= 1e-9
}

/// Refuses lists that are no judgements.
fn judged(best_to_others: &[f64], others_to_worst: &[f64]) -> Result<(), NoWeights> {
    if best_to_others.len() != others_to_worst.len() || best_to_others.is_empty() {
        return Err(NoWeights("both lists have a judgement for each criterion".to_owned()));
    }
    let lists =
        [("the best against the others", best_to_others), ("the others against the worst", others_to_worst)];
    for (name, list) in lists {
        if let Some(at) = list.iter().position(|judged| !(1.0..=100.0).contains(judged)) {
            let told = format!("{name}: judgement {} is {}, where 1 to 100 is allowed", at + 1, list[at]);
            return Err(NoWeights(told));
        }
        if list.iter().all(|judged| *judged > 1.0) {
            return Err(NoWeights(format!("{name}: none is 1, the judgement against itself")));
        }
    }
    Ok(())
}
