//! Presets: named orders of priorities, and the weights that an order gives.

use super::CRITERIA;
use crate::decision::weights::Surrogate;

/// A named order of priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its id in scenarios and on the command line: `cost-first`.
    pub id: &'static str,
    /// One line on what it puts first.
    pub summary: &'static str,
    /// The criteria, the most important first; empty for the default weights.
    pub order: &'static [&'static str],
}

/// Every preset.
///
/// The documents name such priorities ("cost optimization priority", "lower operational overhead", "need auto-scaling") and
/// no weights. An order is what they give, and the centroid of all weights in that order is what follows from it.
pub const PRESETS: &[Preset] = &[
    Preset { id: "balanced", summary: "the default weights: money, quality of service and work", order: &[] },
    Preset {
        id: "cost-first",
        summary: "money first, then work: nobody waits for a better service",
        order: &[
            "monthly_cost",
            "operating_hours",
            "availability",
            "p95_latency",
            "scalability",
            "cold_start_share",
            "deployment_ease",
        ],
    },
    Preset {
        id: "operations-first",
        summary: "little work first, to keep it running and to set it up",
        order: &[
            "operating_hours",
            "deployment_ease",
            "availability",
            "monthly_cost",
            "scalability",
            "p95_latency",
            "cold_start_share",
        ],
    },
    Preset {
        id: "scale-first",
        summary: "growing with the traffic first, then being fast and there",
        order: &[
            "scalability",
            "p95_latency",
            "availability",
            "cold_start_share",
            "monthly_cost",
            "operating_hours",
            "deployment_ease",
        ],
    },
];

impl Preset {
    /// The preset with an id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// The weight that it gives a criterion: the rank-order centroid of its place (Barron and Barrett, *Decision Quality Using
    /// Ranked Attribute Weights*, Management Science 42, 1996), 0 where it is not in the order.
    ///
    /// ```
    /// use weigh_core::criteria::Preset;
    /// let cost_first = Preset::find("cost-first").unwrap();
    /// assert!((cost_first.weight("monthly_cost") - (1.0 + 1.0 / 2.0 + 1.0 / 3.0 + 0.25 + 0.2 + 1.0 / 6.0 + 1.0 / 7.0) / 7.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn weight(&self, criterion: &str) -> f64 {
        match self.order.iter().position(|id| *id == criterion) {
            Some(place) => {
                let ranks: Vec<usize> = (1..=self.order.len()).collect();
                let centroid =
                    Surrogate::find("rank-order-centroid").and_then(|way| way.weights(&ranks).ok());
                centroid.map_or(0.0, |weights| weights[place])
            }
            None if self.order.is_empty() => {
                CRITERIA.iter().find(|known| known.id == criterion).map_or(0.0, |known| known.weight)
            }
            None => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_order_criteria_that_exist_and_weigh_one() {
        for preset in PRESETS {
            for id in preset.order {
                assert!(CRITERIA.iter().any(|criterion| criterion.id == *id), "{}: {id}", preset.id);
            }
            let total: f64 = CRITERIA.iter().map(|criterion| preset.weight(criterion.id)).sum();
            assert!((total - 1.0).abs() < 1e-12, "{}", preset.id);
        }
    }
}
