//! How often each alternative takes each rank when weights and values are not known (SMAA-2), at full precision and for readers.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Wording;
use crate::criteria::show_share;
use crate::decision::Matrix;
use crate::decision::smaa::Acceptability;
use crate::report::{Block, Cell, Table};

/// More alternatives than this have no column each, and more ranks neither.
const TOLD: usize = 8;

/// What samples of weights and values say. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AcceptabilityReport {
    /// Which weights were drawn: `free weights`.
    pub weights: String,
    /// How they were drawn: `uniform`.
    pub drawing: String,
    /// How many samples; 0 where the shares are exact without any.
    pub samples: u64,
    /// What the random numbers were made of.
    pub seed: u64,
    /// The alternatives, in the order of the matrix.
    pub alternatives: Vec<AlternativeAcceptability>,
}

/// What samples say of an alternative.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AlternativeAcceptability {
    /// Its name.
    pub alternative: String,
    /// The share of samples in which it takes the first rank, the second, and so on.
    pub ranks: Vec<f64>,
    /// Their standard errors.
    pub rank_errors: Vec<f64>,
    /// The mean weights where it is first, in the order of the criteria; null where it never is.
    pub central_weights: Option<Vec<f64>>,
    /// How sure it is of the first rank under these weights; null where it is never first.
    pub confidence: Option<f64>,
    /// Its standard error.
    pub confidence_error: Option<f64>,
    /// The share of samples in which it beats each alternative.
    pub beats: Vec<f64>,
    /// Their standard errors.
    pub beats_errors: Vec<f64>,
}

impl AcceptabilityReport {
    /// What samples say, as a report.
    pub(super) fn of(matrix: &Matrix, found: &Acceptability, weights: &str) -> AcceptabilityReport {
        let each = matrix.alternatives().iter().enumerate().map(|(place, name)| AlternativeAcceptability {
            alternative: name.clone(),
            ranks: found.rank_acceptability[place].clone(),
            rank_errors: found.rank_errors[place].clone(),
            central_weights: found.central_weights[place].clone(),
            confidence: found.confidence[place],
            confidence_error: found.confidence_errors[place],
            beats: found.pairwise[place].clone(),
            beats_errors: found.pairwise_errors[place].clone(),
        });
        AcceptabilityReport {
            weights: weights.to_owned(),
            drawing: found.drawing.to_string(),
            samples: found.samples,
            seed: found.seed,
            alternatives: each.collect(),
        }
    }

    /// The tables under a heading.
    pub(super) fn blocks(&self, criteria: &[String], wording: &dyn Wording, blocks: &mut Vec<Block>) {
        blocks
            .push(Block::Heading(format!("How often each is first under {}, by weighted sum", self.weights)));
        let error = self.alternatives.iter().flat_map(|each| &each.rank_errors).copied().fold(0.0, f64::max);
        blocks.push(Block::Paragraph(match self.samples {
            0 => "Worked out exactly.".to_owned(),
            samples => format!(
                "SMAA-2 over {} {} ({}, seed {}); the standard error is {} at most. Confidence: how often it is first under the weights that suit it best, since values may be off.",
                crate::money::number(samples.into(), 0),
                if samples == 1 { "sample" } else { "samples" },
                self.drawing,
                self.seed,
                show_share(error)
            ),
        }));
        blocks.push(Block::Table(self.ranks_table()));
        if self.alternatives.len() > TOLD {
            blocks.push(Block::Paragraph(format!(
                "Of {} ranks the first {TOLD}; --format json has all.",
                self.alternatives.len()
            )));
        }
        if self.alternatives.len() > 1 {
            let best = if self.alternatives.len() > TOLD {
                format!(", of {} the {TOLD} that are first most often", self.alternatives.len())
            } else {
                String::new()
            };
            blocks.push(Block::Paragraph(format!(
                "How often the alternative of a line beats that of a column{best}:"
            )));
            blocks.push(Block::Table(self.beats_table()));
        }
        blocks.push(Block::Paragraph("The mean weights where each is first:".to_owned()));
        blocks.push(Block::Table(self.central_table(criteria, wording)));
    }

    fn ranks_table(&self) -> Table {
        let places = 1..=self.alternatives.len().min(TOLD);
        let heads = places.map(|rank| Cow::Owned(format!("rank {rank}")));
        let columns: Vec<Cow<'static, str>> = [Cow::Borrowed("alternative")]
            .into_iter()
            .chain(heads)
            .chain([Cow::Borrowed("confidence")])
            .collect();
        let share = |share: f64| Cell::Measured(percent(share), share);
        let row = |each: &AlternativeAcceptability| {
            let confidence = each.confidence.map_or(Cell::Absent("never first"), share);
            let ranks = each.ranks.iter().take(TOLD).map(|rank| share(*rank));
            [Cell::Text(each.alternative.clone())].into_iter().chain(ranks).chain([confidence]).collect()
        };
        Table::new(columns, self.alternatives.iter().map(row).collect())
    }

    /// How often each beats each: the pairwise winning indices.
    fn beats_table(&self) -> Table {
        let mut best: Vec<usize> = (0..self.alternatives.len()).collect();
        if best.len() > TOLD {
            // By how often they are first, then second, and so on.
            let ranks = |place: usize| self.alternatives[place].ranks.iter();
            best.sort_by(|a, b| ranks(*b).partial_cmp(ranks(*a)).unwrap_or(std::cmp::Ordering::Equal));
            best.truncate(TOLD);
        }
        let names = best.iter().map(|place| Cow::Owned(self.alternatives[*place].alternative.clone()));
        let columns: Vec<Cow<'static, str>> = [Cow::Borrowed("beats")].into_iter().chain(names).collect();
        let row = |(place, each): (usize, &AlternativeAcceptability)| {
            let cells = best.iter().map(|other| match each.beats.get(*other) {
                Some(beats) if *other != place => Cell::Measured(percent(*beats), *beats),
                _ => Cell::Absent("itself"),
            });
            [Cell::Text(each.alternative.clone())].into_iter().chain(cells).collect()
        };
        Table::new(columns, self.alternatives.iter().enumerate().map(row).collect())
    }

    fn central_table(&self, criteria: &[String], wording: &dyn Wording) -> Table {
        let mut first: Vec<&AlternativeAcceptability> =
            self.alternatives.iter().filter(|each| each.central_weights.is_some()).collect();
        if first.len() > TOLD {
            // Those that are first most often.
            first.sort_by(|a, b| b.ranks.partial_cmp(&a.ranks).unwrap_or(std::cmp::Ordering::Equal));
            first.truncate(TOLD);
        }
        let names = first.iter().map(|each| Cow::Owned(each.alternative.clone()));
        let columns: Vec<Cow<'static, str>> = [Cow::Borrowed("weight of")].into_iter().chain(names).collect();
        let row = |(place, criterion): (usize, &String)| {
            let weights = first.iter().filter_map(|each| each.central_weights.as_ref()?.get(place));
            let weights = weights.map(|weight| Cell::Measured(format!("{weight:.2}"), *weight));
            [Cell::Text(wording.title(criterion))].into_iter().chain(weights).collect()
        };
        Table::new(columns, criteria.iter().enumerate().map(row).collect())
    }
}

/// A share of samples in percent, with one digit; what is nearly none or nearly all is not shown as that.
fn percent(share: f64) -> String {
    match share {
        share if share <= 0.0 => "0 %".to_owned(),
        share if share < 0.0005 => "< 0.1 %".to_owned(),
        share if share >= 1.0 => "100 %".to_owned(),
        share if share > 0.9995 => "> 99.9 %".to_owned(),
        share => format!("{:.1} %", 100.0 * share),
    }
}
