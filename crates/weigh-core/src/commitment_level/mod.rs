//! The commitment that makes a cost smallest over a profile of use: mathematics alone.
//!
//! Who commits pays a fixed amount for every slot of time, used or not, and gets use cheaper for it. The total over the
//! slots is convex and piecewise linear in the commitment: it is a newsvendor problem, whose answer is where one more
//! unit would be used in exactly the share of the slots at which it costs what it saves. All answers here are exact.

mod budget;
mod count;
mod mix;

pub use budget::{BudgetLevel, best_budget, cost_at_budget, in_steps};
pub use count::{CountLevel, best_count, cost_at_count};
pub use mix::{MixLevel, best_mix};

/// Something that is used, slot by slot, and could be paid out of a commitment.
///
/// ```
/// use weigh_core::commitment_level::Eligible;
/// let tasks = Eligible { quantities: &[2.0, 6.0], rate: 0.04, plan_rate: 0.03 };
/// assert!((tasks.cost() - 0.32).abs() < 1e-12);
/// assert!((tasks.break_even() - 0.75).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eligible<'a> {
    /// How much is used in each slot, at least 0.
    pub quantities: &'a [f64],
    /// What one unit costs without a commitment, above 0.
    pub rate: f64,
    /// What one unit takes out of a commitment, above 0.
    pub plan_rate: f64,
}

impl Eligible<'_> {
    /// What all of it costs without a commitment.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.quantities.iter().sum::<f64>() * self.rate
    }

    /// The share of a commitment that must be used for it to cost no more than going without: the ratio of the rates.
    #[must_use]
    pub fn break_even(&self) -> f64 {
        self.plan_rate / self.rate
    }
}

/// What is worth a commitment, in the order in which one is used: the largest saving first, of equal ones the lowest rate.
fn in_order<'a>(uses: &[Eligible<'a>]) -> Vec<Eligible<'a>> {
    let mut worth: Vec<Eligible<'a>> =
        uses.iter().copied().filter(|each| each.plan_rate < each.rate && each.plan_rate > 0.0).collect();
    worth.sort_by(|one, other| {
        one.break_even().total_cmp(&other.break_even()).then(one.plan_rate.total_cmp(&other.plan_rate))
    });
    worth
}

#[cfg(test)]
mod tests;
