//! The weights of a file as numbers.

use super::{AhpBy, MatrixFile, MatrixWeights, RankWeights};
use crate::decision::weights::{
    BestWorst, BestWorstWeights, Consistency, Judgements, NoWeights, RANDOM_INDICES, RandomIndex, Surrogate,
};

/// How well the comparisons agree that weights were worked out from.
#[derive(Clone, Debug, PartialEq)]
pub enum Coherence {
    /// Of AHP.
    Comparisons(Consistency),
    /// Of the best-worst method.
    BestWorst(BestWorstWeights),
}

impl Coherence {
    /// The table of random indices that an AHP is measured by.
    #[must_use]
    pub fn table() -> &'static RandomIndex {
        &RANDOM_INDICES[0]
    }

    /// What a reader should know of it, in a sentence or two.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Coherence::Comparisons(found) => comparisons_sentence(found),
            Coherence::BestWorst(found) => {
                let several = if found.unique {
                    ""
                } else {
                    " Several weights fit them equally well; those taken are in the middle."
                };
                format!(
                    "The comparisons with the best and the worst are off by ξ = {:.3} at most, and their input-based consistency ratio is {:.2} (0 is none off; Liang, Brunelli and Rezaei 2020).{several}",
                    found.deviation, found.input_ratio
                )
            }
        }
    }
}

fn comparisons_sentence(found: &Consistency) -> String {
    let table = Coherence::table();
    let lambda = found.lambda_max;
    let ratio = found.ratios.iter().find(|(id, _)| *id == table.id).and_then(|(_, ratio)| *ratio);
    if let Some(ratio) = ratio {
        return format!(
            "The comparisons have λmax = {lambda:.3} and a consistency ratio of {ratio:.3} by Saaty's random indices (1980); 0.10 or less is accepted."
        );
    }
    let than =
        if found.geometric_index > found.geometric_limit { "more than the" } else { "not more than the" };
    format!(
        "No consistency ratio is known beyond {} criteria, where Saaty's table of random indices (1980) ends: λmax = {lambda:.3}; the geometric consistency index is {:.3}, {than} {:.2} that stand for a ratio of 0.10 (Aguarón and Moreno-Jiménez 2003).",
        table.values.len(),
        found.geometric_index,
        found.geometric_limit
    )
}

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
        self.weights_found().map(|(shares, _)| shares)
    }

    /// The weights as shares of 1, and how well the comparisons agree that they come from; nothing where they come from none.
    ///
    /// # Errors
    /// As [`MatrixFile::weight_shares`].
    pub fn weights_found(&self) -> Result<(Vec<f64>, Option<Coherence>), NoWeights> {
        let plain = |weights: Vec<f64>| (weights, None);
        match &self.weights {
            MatrixWeights::Equal => Ok(plain(shares(&vec![1.0; self.criteria.len()]))),
            MatrixWeights::Direct(weights) | MatrixWeights::Points(weights) => Ok(plain(shares(weights))),
            MatrixWeights::Ranked { order, by } => by.weights(order).map(plain),
            MatrixWeights::Comparisons { rows, by } => {
                let priorities = Judgements::new(rows)?.priorities()?;
                let weights = match by {
                    AhpBy::Eigenvector => priorities.eigenvector,
                    AhpBy::GeometricMean => priorities.geometric_mean,
                };
                Ok((weights, Some(Coherence::Comparisons(priorities.consistency))))
            }
            MatrixWeights::BestWorst { best, worst, best_to_others, others_to_worst } => {
                let judged = BestWorst::between((*best, *worst), best_to_others, others_to_worst)?;
                let found = judged.weights()?;
                Ok((found.weights.clone(), Some(Coherence::BestWorst(found))))
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
