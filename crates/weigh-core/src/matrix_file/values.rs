//! The weights of a file as numbers.

use super::{AhpBy, MatrixFile, MatrixWeights, RankWeights};
use crate::decision::weights::{BestWorst, Judgements, NoWeights, Surrogate};

impl MatrixFile {
    /// The weights as shares of 1, in the order of the criteria.
    ///
    /// # Errors
    /// Why the file's comparisons give no weights.
    ///
    /// ```
    /// use weigh_core::matrix_file::{MatrixFile, MatrixFormat};
    /// let text = "alternative,price,comfort\nweight,3,1\ndirection,cost,benefit\nbus,20,2\n";
    /// let file = MatrixFile::parse(text, MatrixFormat::Csv).unwrap();
    /// assert_eq!(file.weight_shares().unwrap(), [0.75, 0.25]);
    /// ```
    pub fn weight_shares(&self) -> Result<Vec<f64>, NoWeights> {
        let count = self.criteria.len();
        match &self.weights {
            MatrixWeights::Equal => Ok(shares(&vec![1.0; count])),
            MatrixWeights::Direct(weights) | MatrixWeights::Points(weights) => Ok(shares(weights)),
            MatrixWeights::Ranked { order, by } => by.weights(order),
            MatrixWeights::Comparisons { rows, by } => {
                let priorities = Judgements::new(rows)?.priorities()?;
                Ok(match by {
                    AhpBy::Eigenvector => priorities.eigenvector,
                    AhpBy::GeometricMean => priorities.geometric_mean,
                })
            }
            MatrixWeights::BestWorst { best_to_others, others_to_worst, .. } => {
                Ok(BestWorst::new(best_to_others, others_to_worst)?.weights()?.weights)
            }
        }
    }

    /// Where the weights come from, in words that continue `the weights are`.
    #[must_use]
    pub fn weights_from(&self) -> String {
        match &self.weights {
            MatrixWeights::Equal => "equal, since the file states none".to_owned(),
            MatrixWeights::Direct(_) => "those of the file".to_owned(),
            MatrixWeights::Points(_) => "the points of the file".to_owned(),
            MatrixWeights::Ranked { by, .. } => format!("those of the file's order, by {}", by.id()),
            MatrixWeights::Comparisons { by, .. } => {
                format!("those of the file's comparisons (AHP), by {}", by.id())
            }
            MatrixWeights::BestWorst { .. } => {
                "those of the file's comparisons with the best and the worst criterion".to_owned()
            }
        }
    }
}

impl RankWeights {
    /// Its id among the formulas.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            RankWeights::Centroid => "rank-order-centroid",
            RankWeights::Sum => "rank-sum",
            RankWeights::Reciprocal => "rank-reciprocal",
        }
    }

    /// The weights of criteria, whose places stand from most to least important.
    fn weights(self, order: &[usize]) -> Result<Vec<f64>, NoWeights> {
        let mut ranks = vec![0; order.len()];
        for (rank, place) in order.iter().enumerate() {
            ranks[*place] = rank + 1;
        }
        let known = Surrogate::find(self.id());
        known.map_or_else(|| Ok(shares(&vec![1.0; order.len()])), |formula| formula.weights(&ranks))
    }
}

impl AhpBy {
    /// Its id.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            AhpBy::Eigenvector => "eigenvector",
            AhpBy::GeometricMean => "geometric-mean",
        }
    }
}

fn shares(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}
