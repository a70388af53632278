//! All weights at once: how near the weights lie at which a rival is level with the leader.

use super::Study;

/// The nearest weights at which a rival draws level with the leader.
#[derive(Clone, Debug, PartialEq)]
pub struct Distance {
    /// The place of the rival.
    pub rival: usize,
    /// The sum of the absolute changes of the weights, 0 to 2: twice the share of weight that has to move.
    pub distance: f64,
    /// The weights there; they are 0 or more and add up to 1.
    pub weights: Vec<f64>,
    /// Whether weights beyond make the rival ahead; else it can draw level only, being better at no criterion.
    pub overtakes: bool,
    /// The nearest weights by the root of the sum of squares; nothing where no weights separate the two otherwise.
    pub euclidean: Option<Euclidean>,
}

/// The nearest weights in a straight line, with no regard to their signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Euclidean {
    /// The root of the sum of squares of the changes.
    pub distance: f64,
    /// The weights there; they add up to 1.
    pub weights: Vec<f64>,
    /// Whether none of them is below 0; else the distance is a lower bound only.
    pub valid: bool,
}

/// For each rival, the nearest first, the weights at which it draws level with the leader; a rival that is behind by any
/// weights is left out. The first is the nearest change of the winner. Nothing where the method is no sum.
///
/// `min ‖w' − w‖₁` over weights that are 0 or more, add up to 1 and make the lead `Σ D_j·w'_j` vanish, `D_j` being how far
/// the leader is ahead at a criterion. Each unit of weight that moves costs 2, wherever it moves, so it goes to the
/// criterion where the leader is least ahead, and comes first from where it is most ahead: a fractional knapsack
/// (Dantzig 1957), which is exact. In a straight line the distance is `L / ‖P·D‖`, `P` taking away the mean, since the
/// weights stay in the plane of their sum.
#[must_use]
pub fn nearest_weights(study: &Study<'_>) -> Option<Vec<Distance>> {
    let mut distances = Vec::new();
    for rival in study.rivals() {
        let differences = study.differences(rival)?;
        let lead = study.additive_lead(rival, &differences);
        distances.extend(nearest(study.matrix.weights(), &differences, lead, rival));
    }
    distances.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    Some(distances)
}

fn nearest(weights: &[f64], differences: &[f64], lead: f64, rival: usize) -> Option<Distance> {
    let order = |a: &usize, b: &usize| differences[*a].total_cmp(&differences[*b]);
    let to = (0..differences.len()).min_by(order)?;
    let least = differences[to];
    if least > 0.0 && lead > 0.0 {
        return None;
    }
    let mut sources: Vec<usize> = (0..differences.len()).filter(|at| differences[*at] > least).collect();
    sources.sort_by(|a, b| order(b, a));
    let (mut left, mut moved, mut changed) = (lead, 0.0, weights.to_vec());
    for from in sources {
        if left <= 0.0 {
            break;
        }
        // `left` is finite and the slope above 0, so that the quotient is a number, if a large one.
        let slope = differences[from] - least;
        let mass = (left / slope).min(weights[from]);
        changed[from] -= mass;
        changed[to] += mass;
        moved += mass;
        left = if mass < weights[from] { 0.0 } else { left - mass * slope };
    }
    let euclidean = straight(weights, differences, lead);
    Some(Distance { rival, distance: 2.0 * moved, weights: changed, overtakes: least < 0.0, euclidean })
}

fn straight(weights: &[f64], differences: &[f64], lead: f64) -> Option<Euclidean> {
    let mean = differences.iter().sum::<f64>() / differences.len() as f64;
    let centred: Vec<f64> = differences.iter().map(|difference| difference - mean).collect();
    // Scaled by the largest, so that the squares of very large or small values are numbers above 0.
    let largest = centred.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    let magnitude = differences.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    if largest <= crate::method::SAME * magnitude {
        return None;
    }
    let squares: f64 = centred.iter().map(|value| (value / largest) * (value / largest)).sum();
    let distance = lead / largest / libm::sqrt(squares);
    let along = |value: &f64| lead / largest * (value / largest) / squares;
    let moved: Vec<f64> = weights.iter().zip(&centred).map(|(weight, value)| weight - along(value)).collect();
    let valid = moved.iter().all(|weight| *weight >= 0.0);
    Some(Euclidean { distance, weights: moved, valid })
}
