//! How often each alternative of a file takes each rank when weights and values are not known for certain.

use super::{Asked, Information, MatrixFile, MatrixWeights, Measure, Spread};
use crate::decision::smaa::{self, Acceptability, Importance, Robustness, WeightInformation};
use crate::decision::{Matrix, Refused};

impl MatrixFile {
    /// Draws weights as far as they are known and values as far as they are sure, and counts ranks; and what the weights
    /// are called: `free weights`.
    ///
    /// # Errors
    /// What the file states of weights can't be drawn.
    pub(super) fn acceptability(
        &self,
        matrix: &Matrix,
        places: &[usize],
        asked: &Asked<'_>,
    ) -> Result<(Acceptability, &'static str), Refused> {
        let mut robustness = Robustness::of(matrix);
        for (j, criterion) in self.criteria.iter().enumerate() {
            let spreads = || {
                let own = places.iter().filter_map(|place| self.alternatives.get(*place)?.values.get(j));
                own.map(|value| value.spread).enumerate()
            };
            let all_known = spreads().all(|(_, spread)| matches!(spread, Spread::Exact(_)));
            if criterion.ordinal && all_known {
                let values = spreads().map(|(_, spread)| spread.expected());
                robustness = robustness.levels(j, &levels(&criterion.measure, values))?;
                continue;
            }
            for (i, spread) in spreads() {
                let spread = match spread {
                    Spread::Exact(_) => continue,
                    Spread::Range { low, high } => smaa::Spread::Range { low, high },
                    Spread::Triangular { low, expected, high } => {
                        smaa::Spread::Triangular { low, mode: expected, high }
                    }
                };
                robustness = robustness.spread(i, j, spread)?;
            }
        }
        let (known, words) = self.known_of_weights(matrix, asked);
        Ok((robustness.acceptability(&known, &asked.sampling)?, words))
    }

    /// What is known of the weights, and what they are called.
    fn known_of_weights(&self, matrix: &Matrix, asked: &Asked<'_>) -> (WeightInformation, &'static str) {
        let Information { order, intervals, concentration } = &self.information;
        if !order.is_empty() {
            let said = order.iter().map(|(above, below)| Importance::Above(*above, *below));
            return (WeightInformation::Ordinal(said.collect()), "weights in the stated order");
        }
        if !intervals.is_empty() {
            return (WeightInformation::Interval(intervals.clone()), "weights in the stated intervals");
        }
        if let Some(concentration) = *concentration {
            let mean = matrix.weights().to_vec();
            return (WeightInformation::Dirichlet { mean, concentration }, "weights around the stated ones");
        }
        match &self.weights {
            MatrixWeights::Ranked { order, .. } if asked.weights.is_empty() => {
                let said = order.windows(2).map(|pair| Importance::Above(pair[0], pair[1]));
                (WeightInformation::Ordinal(said.collect()), "weights in the stated order")
            }
            _ => (WeightInformation::Free, "free weights"),
        }
    }
}

/// All levels of a scale, with the values that are taken.
fn levels(measure: &Measure, values: impl Iterator<Item = f64>) -> Vec<f64> {
    let count = match measure {
        Measure::Levels(words) => 0..u32::try_from(words.len()).unwrap_or(u32::MAX),
        Measure::YesNo => 0..2,
        Measure::Stars | Measure::Number => 1..6,
    };
    let mut levels: Vec<f64> = count.map(f64::from).chain(values).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels
}
