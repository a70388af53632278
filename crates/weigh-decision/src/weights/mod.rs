//! Weights: from what somebody says about criteria, and, as a check only, from how far alternatives differ by them.
//!
//! | module | from what |
//! |---|---|
//! | `direct` | shares, or points that are handed out |
//! | `surrogate` | an order of the criteria alone: a table of formulas |
//! | `ahp` | judgements of every pair |
//! | `best_worst` | judgements against the best and the worst |
//! | `objective` | the values themselves: entropy and CRITIC, a table of formulas |

mod ahp;
mod best_worst;
mod direct;
mod objective;
mod surrogate;

pub use ahp::{Consistency, Judgements, Priorities, RANDOM_INDICES, RandomIndex, Worst};
pub use best_worst::{BestWorst, BestWorstWeights};
pub use direct::{direct, points};
pub use objective::{OBJECTIVE, Objective};
pub use surrogate::{SURROGATES, Surrogate};

use std::fmt;

/// Why there are no weights: what is wrong, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoWeights(pub String);

impl fmt::Display for NoWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoWeights {}

/// Numbers as shares of their sum, which is above 0.
fn shares(mut numbers: Vec<f64>) -> Vec<f64> {
    let total: f64 = numbers.iter().sum();
    numbers.iter_mut().for_each(|number| *number /= total);
    numbers
}
