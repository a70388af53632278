//! Weights from an order of the criteria alone.

use super::{NoWeights, shares};

/// A formula that turns an order into weights.
#[derive(Clone, Copy)]
pub struct Surrogate {
    /// Its id: `rank-order-centroid`.
    pub id: &'static str,
    /// One line with its formula, `i` being the place from 1 among `n`.
    pub summary: &'static str,
    /// Where it is published.
    pub source: &'static str,
    weigh: fn(usize, usize) -> f64,
}

/// Every formula.
pub const SURROGATES: &[Surrogate] = &[
    Surrogate {
        id: "rank-order-centroid",
        summary: "w = (1/n) Σ 1/k for k from i to n: the mean of all weights that have this order",
        source: "Barron and Barrett, Decision Quality Using Ranked Attribute Weights, Management Science 42 (1996)",
        weigh: |place, count| (place..=count).rev().map(|k| 1.0 / k as f64).sum::<f64>() / count as f64,
    },
    Surrogate {
        id: "rank-sum",
        summary: "w = 2 (n + 1 − i) / (n (n + 1)): falls by the same step",
        source: "Stillwell, Seaver and Edwards, Organizational Behavior and Human Performance 28 (1981)",
        weigh: |place, count| (count + 1 - place) as f64,
    },
    Surrogate {
        id: "rank-reciprocal",
        summary: "w = (1/i) / Σ 1/k: falls steeply at first",
        source: "Stillwell, Seaver and Edwards, Organizational Behavior and Human Performance 28 (1981)",
        weigh: |place, _| 1.0 / place as f64,
    },
];

impl Surrogate {
    /// The formula with an id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Surrogate> {
        SURROGATES.iter().find(|known| known.id == id)
    }

    /// The weights of criteria by their ranks: 1 weighs most. Equal ranks share the mean of the places that they take, so that
    /// it makes no difference whether the next rank is counted on or left out.
    ///
    /// # Errors
    /// No rank at all, or a rank of 0.
    ///
    /// ```
    /// use weigh_decision::weights::Surrogate;
    /// let sum = Surrogate::find("rank-sum").unwrap();
    /// assert_eq!(sum.weights(&[3, 1, 2]).unwrap(), [1.0 / 6.0, 0.5, 1.0 / 3.0]);
    /// assert_eq!(sum.weights(&[1, 2, 2, 3]).unwrap(), [0.4, 0.25, 0.25, 0.1]);
    /// ```
    pub fn weights(&self, ranks: &[usize]) -> Result<Vec<f64>, NoWeights> {
        if ranks.is_empty() || ranks.contains(&0) {
            return Err(NoWeights("a rank is 1 or more, and there is one for each criterion".to_owned()));
        }
        let count = ranks.len();
        let of = |rank: &usize| {
            let before = ranks.iter().filter(|other| *other < rank).count();
            let alike = ranks.iter().filter(|other| *other == rank).count();
            let places = before + 1..=before + alike;
            places.map(|place| (self.weigh)(place, count)).sum::<f64>() / alike as f64
        };
        Ok(shares(ranks.iter().map(of).collect()))
    }
}
