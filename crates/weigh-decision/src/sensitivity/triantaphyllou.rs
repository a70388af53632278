//! One weight at a time without rescaling the others, as Triantaphyllou and Sánchez do it.

use super::Study;
use crate::method::SAME;

/// The change of one weight that makes a rival level with the leader when the other weights stay as they are, so that
/// they no longer add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbsoluteFlip {
    /// The place of the criterion.
    pub criterion: usize,
    /// The place of the rival.
    pub rival: usize,
    /// What is taken off the weight; below 0 it is added.
    pub delta: f64,
    /// The same in percent of the weight; nothing where the weight is 0.
    pub percent: Option<f64>,
    /// Whether the weight is large enough for it.
    pub feasible: bool,
}

/// For every criterion and rival `δ = (S_b − S_a) / (r_bj − r_aj)`, which is taken off the weight and feasible up to it;
/// none where both are worth the same at the criterion. Nothing where the method is no sum.
///
/// Source: Triantaphyllou and Sánchez, A Sensitivity Analysis Approach for Some Deterministic Multi-Criteria Decision
/// Making Methods, Decision Sciences 28 (1997), pages 151 to 194.
#[must_use]
pub fn absolute_flips(study: &Study<'_>) -> Option<Vec<AbsoluteFlip>> {
    let values = study.additive_values()?;
    let mut rivals = study.rivals();
    rivals.sort_unstable();
    let mut flips = Vec::new();
    for rival in rivals {
        let differences = study.differences(rival)?;
        let lead = study.additive_lead(rival, &differences);
        for (criterion, (difference, weight)) in differences.iter().zip(study.matrix.weights()).enumerate() {
            let largest = values[study.leader][criterion].abs().max(values[rival][criterion].abs());
            let delta = lead / difference + 0.0;
            if difference.abs() <= SAME * largest || !delta.is_finite() {
                continue;
            }
            let percent = Some(100.0 * delta / weight).filter(|percent| percent.is_finite());
            let feasible = delta <= weight + SAME;
            flips.push(AbsoluteFlip { criterion, rival, delta, percent, feasible });
        }
    }
    Some(flips)
}
