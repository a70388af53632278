//! Ranks the options that were judged, by the method that the scenario asks for.

use rust_decimal::Decimal;

use super::{Judge, Judged};
use crate::compare::{Compared, Decision, Ranked, Verdict};
use crate::criteria::{Criterion, Subject, is_unlimited};
use crate::decision::{Column, Matrix, ValueScale};
use crate::evaluate::Evaluation;

/// The options as they stand: ranked ones first, with what ranked them.
pub(in crate::compare) struct Standing {
    pub(in crate::compare) options: Vec<Compared>,
    /// The criteria that were used.
    pub(in crate::compare) columns: Vec<Column>,
    /// Those that were not, each with the option that it is unknown for.
    pub(in crate::compare) unknown: Vec<(String, String)>,
    pub(in crate::compare) decision: Option<Decision>,
}

impl Judge<'_> {
    /// Ranks the options that meet the needs, on the criteria whose values are all known.
    ///
    /// # Errors
    /// The cell that the method can't take.
    pub(in crate::compare) fn rank(&self, judged: Vec<Judged>) -> Result<Standing, String> {
        let (used, unknown) = self.known_of_all(&judged);
        let columns: Vec<Column> = used.iter().map(|index| self.weighing[*index].1.clone()).collect();
        let mut options: Vec<Compared> = judged.into_iter().map(|judged| self.stand(judged, &used)).collect();
        if let Some(decision) = self.decide(&options, &columns)? {
            place(&mut options, &decision);
        }
        options.sort_by(in_order);
        // Once more, now that the order is known: nothing in it hangs on the order but the order.
        let decision = self.decide(&options, &columns)?;
        Ok(Standing { options, columns, unknown, decision })
    }

    /// The places of the criteria whose value is known of every option that may be ranked, and the names of the others.
    fn known_of_all(&self, judged: &[Judged]) -> (Vec<usize>, Vec<(String, String)>) {
        let (mut used, mut unknown) = (Vec::new(), Vec::new());
        for (index, (criterion, _)) in self.weighing.iter().enumerate() {
            let lacks =
                |judged: &&Judged| judged.outcome.as_ref().is_ok_and(|best| best.values[index].is_nan());
            match judged.iter().find(lacks) {
                Some(option) => unknown.push((criterion.title.to_owned(), option.name.clone())),
                None => used.push(index),
            }
        }
        (used, unknown)
    }

    /// Weighs the options that may be ranked; nothing where there are none, or no criterion tells them apart.
    fn decide(&self, options: &[Compared], columns: &[Column]) -> Result<Option<Decision>, String> {
        let ranked: Vec<(&str, &Ranked)> = options
            .iter()
            .filter_map(|option| match &option.verdict {
                Verdict::Ranked(ranked) => Some((option.name.as_str(), ranked.as_ref())),
                _ => None,
            })
            .collect();
        let names = ranked.iter().map(|(name, _)| (*name).to_owned()).collect();
        let rows = told(&ranked, columns);
        let Ok(matrix) = Matrix::new(names, columns.to_vec(), &rows) else { return Ok(None) };
        let half_widths = ranked.iter().map(|(_, ranked)| ranked.uncertainties.clone()).collect();
        let unlimited =
            |(_, ranked): &(&str, &Ranked)| ranked.values.iter().copied().map(is_unlimited).collect();
        let unlimited = ranked.iter().map(unlimited).collect();
        let decision = Decision::of(matrix, half_widths, unlimited, &self.scenario.decision);
        decision.map(Some).map_err(|why| match why.criterion {
            Some(_) => {
                format!(
                    "{why}; the normalisation `fixed` takes every value, and so does the method weighted-sum"
                )
            }
            None => why.to_string(),
        })
    }

    /// An option that was judged, all first until they are weighed.
    fn stand(&self, judged: Judged, used: &[usize]) -> Compared {
        let Judged { name, platform, defaults, weighed, unpriced, never_cold, outcome } = judged;
        let verdict = match outcome {
            Err(verdict) => verdict,
            Ok(best) => Verdict::Ranked(Box::new(Ranked {
                values: used.iter().map(|index| best.values[*index]).collect(),
                uncertainties: self.uncertainties(&best.evaluation, platform, used),
                evaluation: best.evaluation,
                rank: 1,
                score: 0.0,
                contributions: Vec::new(),
            })),
        };
        Compared { name, platform, verdict, defaults, weighed, unpriced, never_cold }
    }

    /// How far the values of an evaluation may be off, by the criteria at these places.
    fn uncertainties(&self, evaluation: &Evaluation, own: &'static str, used: &[usize]) -> Vec<f64> {
        let (platforms, scenario, catalog) = (evaluation.platforms(own), self.scenario, self.catalog);
        let subject = Subject { evaluation, scenario, catalog, platforms: &platforms };
        let off = |criterion: &Criterion| match criterion.value(&subject) {
            Some(value) if !is_unlimited(value) => criterion.uncertainty(&subject, value),
            _ => 0.0,
        };
        used.iter().map(|index| off(self.weighing[*index].0)).collect()
    }
}

/// Values as a matrix takes them: with the digits that the models tell, and what is unlimited at the best end of its scale, or at
/// twice the largest limit that another has beyond that.
fn told(ranked: &[(&str, &Ranked)], columns: &[Column]) -> Vec<Vec<f64>> {
    let unlimited = |(j, column): (usize, &Column)| {
        let values = ranked.iter().filter_map(|(_, ranked)| ranked.values.get(j).copied());
        let largest = values.filter(|value| !is_unlimited(*value)).fold(0.0, f64::max);
        let best = column.scale().map_or(0.0, ValueScale::best);
        if largest < best { best } else { 2.0 * largest }
    };
    let unlimited: Vec<f64> = columns.iter().enumerate().map(unlimited).collect();
    let row = |(_, ranked): &(&str, &Ranked)| {
        let each = ranked.values.iter().zip(columns).zip(&unlimited);
        let each = each.map(|((value, column), unlimited)| match is_unlimited(*value) {
            true => *unlimited,
            false => Criterion::find(&column.criterion).map_or(*value, |criterion| criterion.told(*value)),
        });
        each.collect()
    };
    ranked.iter().map(row).collect()
}

/// Gives each ranked option its rank and score.
fn place(options: &mut [Compared], decision: &Decision) {
    let ranked = options.iter_mut().filter_map(|option| match &mut option.verdict {
        Verdict::Ranked(ranked) => Some(ranked),
        _ => None,
    });
    for (at, ranked) in ranked.enumerate() {
        ranked.rank = decision.ranking.ranks[at];
        ranked.score = decision.ranking.scores[at];
        ranked.contributions = decision.ranking.contributions.get(at).cloned().unwrap_or_default();
    }
}

/// Ranked options by rank, the cheaper of equal ones first; then rejected, then unpriced ones, as they were stated.
fn in_order(a: &Compared, b: &Compared) -> std::cmp::Ordering {
    let group = |option: &Compared| match &option.verdict {
        Verdict::Ranked(ranked) => (0, ranked.rank, ranked.evaluation.bill.total()),
        Verdict::Rejected { .. } => (1, 0, Decimal::ZERO),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => (2, 0, Decimal::ZERO),
    };
    group(a).cmp(&group(b))
}
