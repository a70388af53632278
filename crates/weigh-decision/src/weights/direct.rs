//! Weights that somebody states: shares, or points that are handed out.

use super::{NoWeights, shares};

/// How far points may miss what there is to hand out, as a share of it.
const ROUNDED: f64 = 1e-9;

/// Stated numbers as shares of their sum.
///
/// # Errors
/// No number, one that is negative or not finite (its place from 1 is named), or a sum that is 0 or beyond every number.
///
/// ```
/// use weigh_decision::weights::direct;
/// assert_eq!(direct(&[2.0, 1.0, 1.0]).unwrap(), [0.5, 0.25, 0.25]);
/// assert_eq!(direct(&[1.0, -1.0]).unwrap_err().to_string(), "weight 2 is -1, where 0 or more is allowed");
/// ```
pub fn direct(weights: &[f64]) -> Result<Vec<f64>, NoWeights> {
    if let Some(at) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        return Err(NoWeights(format!("weight {} is {}, where 0 or more is allowed", at + 1, weights[at])));
    }
    let total = weights.iter().fold(0.0, |sum, weight| sum + weight);
    if !(total > 0.0 && total.is_finite()) {
        return Err(NoWeights(format!("the weights add up to {total}; at least one is above 0")));
    }
    Ok(shares(weights.to_vec()))
}

/// Points handed out among the criteria, as shares (point allocation: Bottomley, Doyle and Green, *Testing the reliability of
/// weight elicitation methods*, Journal of Marketing Research 37, 2000).
///
/// # Errors
/// As for [`direct`], and points that don't add up to what there is to hand out.
///
/// ```
/// use weigh_decision::weights::points;
/// assert_eq!(points(&[50.0, 30.0, 20.0], 100.0).unwrap(), [0.5, 0.3, 0.2]);
/// let why = points(&[50.0, 30.0], 100.0).unwrap_err();
/// assert_eq!(why.to_string(), "the points add up to 80 and not to 100");
/// ```
pub fn points(points: &[f64], to_hand_out: f64) -> Result<Vec<f64>, NoWeights> {
    let weights = direct(points)?;
    let total: f64 = points.iter().sum();
    if (total - to_hand_out).abs() <= ROUNDED * to_hand_out.abs() {
        return Ok(weights);
    }
    Err(NoWeights(format!("the points add up to {total} and not to {to_hand_out}")))
}
