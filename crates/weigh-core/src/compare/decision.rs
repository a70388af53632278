//! The decision: the ranked options as a matrix, what the method made of it, and how firm that is.

use crate::criteria::Criterion;
use crate::decision::firmness::Firmness;
use crate::decision::sensitivity::Unanswered;
use crate::decision::smaa::{Robustness, Sampling, Spread, WeightInformation};
use crate::decision::winners::winners;
use crate::decision::{Column, METHODS, Matrix, Method, Normalisation, Parameters, Ranking, Refused};
use crate::evaluate::SEED;
use crate::scenario::DecisionRequest;

/// Weights and values drawn for a comparison: enough for a standard error of 0.8 percentage points, in about a millisecond.
const SAMPLING: Sampling = Sampling { samples: 4_000, seed: SEED, threads: 1 };

/// How the ranked options were weighed against each other, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The ranked options by the criteria. What is unlimited stands at the best end of its scale, or beyond every limit.
    pub matrix: Matrix,
    /// What the method made of it.
    pub ranking: Ranking,
    /// By how much each value may be off, a row for each option.
    pub half_widths: Vec<Vec<f64>>,
    /// Which values stand for what has no limit, a row for each option.
    pub unlimited: Vec<Vec<bool>>,
    /// How it was asked for, and with which normalisation it had to be.
    pub asked: DecisionRequest,
}

impl Decision {
    /// Weighs options as a scenario asks for.
    ///
    /// # Errors
    /// The cell that the method can't take.
    pub(super) fn of(
        matrix: Matrix,
        half_widths: Vec<Vec<f64>>,
        unlimited: Vec<Vec<bool>>,
        asked: &DecisionRequest,
    ) -> Result<Decision, Refused> {
        method(asked).check_normalisation(&parameters(asked))?;
        let mut asked = asked.clone();
        let ranking = match method(&asked).rank(&matrix, &parameters(&asked)) {
            // Methods of ratios take no 0, which is what a share of cold starts mostly is: of worths they can.
            Err(why) if asked.normalisation.is_none() => {
                asked.normalisation = Some("fixed".to_owned());
                let mut ranking =
                    method(&asked).rank(&matrix, &parameters(&asked)).map_err(|_| why.clone())?;
                ranking.notes.push(format!("{why}; so it ranks what values are worth between fixed ends"));
                ranking
            }
            ranked => ranked?,
        };
        Ok(Decision { matrix, ranking, half_widths, unlimited, asked })
    }

    /// Who is best by a criterion, sorted: values that may be off by more than they differ are best together. Nobody where the
    /// criterion did not count.
    #[must_use]
    pub fn best_by(&self, criterion: &str) -> Vec<&str> {
        let tolerances = self.tolerances();
        let best = winners(&self.matrix, &tolerances).into_iter();
        let mut best = best.filter(|best| self.matrix.columns()[best.criterion].criterion == criterion);
        let places = best.next().map(|best| best.winners).unwrap_or_default();
        let mut names: Vec<&str> = places.iter().map(|at| self.matrix.alternatives()[*at].as_str()).collect();
        names.sort_unstable();
        names
    }

    /// How far the values of each criterion may be off at most.
    #[must_use]
    pub fn tolerances(&self) -> Vec<f64> {
        let off = |j: usize| self.half_widths.iter().map(|row| row[j]).fold(0.0, f64::max);
        (0..self.matrix.columns().len()).map(off).collect()
    }

    /// How firm the ranking is.
    ///
    /// # Errors
    /// A cell that the method can't take.
    pub fn firmness(&self) -> Result<Firmness, Unanswered> {
        let matrix = &self.matrix;
        let firm = Firmness::of(matrix, method(&self.asked), &parameters(&self.asked), &self.ends())?;
        let found = self.robustness()?.acceptability(&WeightInformation::Free, &SAMPLING)?;
        Ok(firm.with_acceptability(found, "free weights", matrix))
    }

    /// The least and the largest that each value may be, a row for each option; within what the criterion can be at all.
    fn ends(&self) -> Vec<Vec<(f64, f64)>> {
        let domain = |column: &Column| Criterion::find(&column.criterion).map(Criterion::domain);
        let domains: Vec<_> = self.matrix.columns().iter().map(domain).collect();
        let row = |(values, halves): (&Vec<f64>, &Vec<f64>)| {
            let each = values.iter().zip(halves).zip(&domains).map(|((value, half), domain)| {
                let (least, most) = domain.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
                ((value - half).max(least).min(*value), (value + half).min(most).max(*value))
            });
            each.collect()
        };
        self.matrix.rows().iter().zip(&self.half_widths).map(row).collect()
    }

    /// The options with values anywhere within what they may be off.
    fn robustness(&self) -> Result<Robustness<'_>, Refused> {
        let mut robustness = Robustness::of(&self.matrix);
        for (option, row) in self.ends().into_iter().enumerate() {
            for (criterion, (low, high)) in row.into_iter().enumerate().filter(|(_, (low, high))| low < high)
            {
                robustness = robustness.spread(option, criterion, Spread::Range { low, high })?;
            }
        }
        Ok(robustness)
    }
}

/// The method that is asked for; the reader of scenarios knows no other names.
fn method(asked: &DecisionRequest) -> &'static Method {
    asked.method.as_deref().and_then(Method::find).unwrap_or(&METHODS[0])
}

fn parameters(asked: &DecisionRequest) -> Parameters {
    let normalisation = asked.normalisation.as_deref().and_then(Normalisation::find);
    Parameters { normalisation, ..Parameters::default() }
}
