//! What became of a commitment in a month: how much of it was used, how much it covered, and what it saved.

use rust_decimal::Decimal;

use super::Commitment;
use crate::money::NotExact;

/// What became of a commitment in a month.
///
/// Reserved units are counted in instance-hours of the reserved type, a Savings Plan in US dollars at its own rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentOutcome {
    /// The commitment.
    pub commitment: Commitment,
    /// Hours of the month.
    pub hours: Decimal,
    /// US dollars an hour for all of it, whether used or not: payments upfront are spread over the term.
    pub hourly: Decimal,
    /// What was committed to in the month: instance-hours, or dollars at the plan's rates.
    pub committed: Decimal,
    /// What of it was used.
    pub used: Decimal,
    /// What the use that it covered would have cost on demand, in US dollars.
    pub covered_worth: Decimal,
    /// What all use that it could have covered would have cost on demand, in US dollars, other commitments left aside.
    pub eligible_worth: Decimal,
}

/// When a commitment is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cash {
    /// US dollars at once.
    pub upfront: Decimal,
    /// US dollars an hour over the term.
    pub hourly: Decimal,
}

impl CommitmentOutcome {
    /// What it costs in the month, in US dollars.
    #[must_use]
    pub fn fee(&self) -> Decimal {
        self.hourly * self.hours
    }

    /// The share of it that was used, 0 to 1; nothing when nothing is committed to.
    #[must_use]
    pub fn utilisation(&self) -> Option<Decimal> {
        share(self.used, self.committed)
    }

    /// The share of what it could cover that it covered, by what that costs on demand; nothing when there is nothing.
    #[must_use]
    pub fn coverage(&self) -> Option<Decimal> {
        share(self.covered_worth, self.eligible_worth)
    }

    /// What was committed to and not used: instance-hours, or dollars.
    #[must_use]
    pub fn unused(&self) -> Decimal {
        self.committed - self.used
    }

    /// What it saved in the month against on demand, in US dollars; below 0 where it cost more than it covered.
    #[must_use]
    pub fn saving(&self) -> Decimal {
        self.covered_worth - self.fee()
    }

    /// The share of it that must be used for it to cost no more than on demand, by what it covered; nothing when that is
    /// nothing.
    #[must_use]
    pub fn break_even(&self) -> Option<Decimal> {
        let worth_of_all = self.covered_worth.checked_mul(self.committed)?.checked_div(self.used)?;
        share(self.fee(), worth_of_all)
    }

    /// US dollars for an hour of the use that it covered, in its own units: what a used instance-hour cost in the end, or what
    /// a used dollar of a plan did; nothing when none was used.
    #[must_use]
    pub fn rate_of_used(&self) -> Option<Decimal> {
        self.fee().checked_div(self.used)
    }

    /// When it is paid: the same over the term as the fee of each hour.
    ///
    /// # Errors
    /// A sum that no decimal holds.
    ///
    /// ```
    /// use weigh_core::commitment::{Commitment, CommitmentKind, CommitmentOutcome, Payment, Term};
    /// let kind = CommitmentKind::ComputeSavingsPlan { hourly: 2.into() };
    /// let plan = Commitment { kind, term: Term::OneYear, payment: Payment::PartialUpfront, option: None };
    /// let outcome = CommitmentOutcome {
    ///     commitment: plan,
    ///     hours: 730.into(),
    ///     hourly: 2.into(),
    ///     committed: 1_460.into(),
    ///     used: 730.into(),
    ///     covered_worth: 1_000.into(),
    ///     eligible_worth: 4_000.into(),
    /// };
    /// let cash = outcome.cash().unwrap();
    /// assert_eq!((cash.upfront, cash.hourly), (8_760.into(), 1.into()));
    /// assert_eq!(outcome.utilisation().unwrap().to_string(), "0.5");
    /// assert_eq!(outcome.coverage().unwrap().to_string(), "0.25");
    /// assert_eq!((outcome.unused(), outcome.saving()), (730.into(), (-460).into()));
    /// // What it covered costs 1,000 on demand and 730 of the plan: 73 % of it must be used.
    /// assert_eq!(outcome.break_even().unwrap().to_string(), "0.73");
    /// ```
    pub fn cash(&self) -> Result<Cash, NotExact> {
        let percent = self.commitment.payment.upfront_percent();
        let whole = self.hourly.checked_mul(self.commitment.term.hours().into());
        let whole = whole.ok_or_else(|| NotExact::too_large(format!("the price of {}", self.commitment)))?;
        let upfront = whole * percent / Decimal::ONE_HUNDRED;
        let hourly = self.hourly * (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED;
        Ok(Cash { upfront, hourly })
    }
}

/// A part of a whole to six places; nothing of nothing.
fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_div(whole).map(|share| share.round_dp(6).normalize())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::commitment::{CommitmentKind, Payment, Term};

    proptest! {
        /// Whoever pays at once and whoever pays by the hour has paid the same in the end.
        #[test]
        fn cash_and_amortised_agree_over_the_term(rate in 1_u64..10_000_000, three in any::<bool>(), at in 0_usize..3) {
            let term = if three { Term::ThreeYears } else { Term::OneYear };
            let hourly = Decimal::new(i64::try_from(rate).unwrap(), 7);
            let kind = CommitmentKind::ComputeSavingsPlan { hourly };
            let commitment = Commitment { kind, term, payment: Payment::ALL[at], option: None };
            let zero = Decimal::ZERO;
            let outcome = CommitmentOutcome {
                commitment, hours: 730.into(), hourly, committed: zero, used: zero, covered_worth: zero, eligible_worth: zero,
            };
            let cash = outcome.cash().unwrap();
            let months = Decimal::from(term.hours() / 730);
            let paid = cash.upfront + cash.hourly * Decimal::from(730) * months;
            prop_assert_eq!(paid, outcome.fee() * months);
        }
    }
}
