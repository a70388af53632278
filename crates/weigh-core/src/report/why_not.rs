//! Why not the others: what lost each option, and when it is worth another look.

use schemars::JsonSchema;
use serde::Serialize;

use super::decision::{DecisionReport, FirmnessReport, ValueFlipReport};
use super::{Block, BreakEvenReport, Cell, Entry, Ledger, Table};
use crate::compare::{Compared, Comparison, Ranked, Verdict};
use crate::criteria::{Criterion, whole};
use crate::decision::firmness::RIVALS;
use crate::platforms::FailedNeed;

/// So many ways in which an option would lead are told; the others are among the flips of `decision.firmness`.
const WAYS_MOST: usize = 3;

/// Why an option is not recommended.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct WhyNotReport {
    /// Its name.
    pub option: String,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// How far its score is behind the first; null where it is not ranked.
    pub behind: Option<f64>,
    /// What lost it.
    pub lost_by: Vec<LostBy>,
    /// When to look again: values, weights or limits at which it would lead, or meet the needs.
    pub revisit_when: Vec<String>,
    /// The traffic at which it would; null unless the break-even points were asked for.
    pub over_traffic: Option<String>,
}

/// What lost an option.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct LostBy {
    /// `need`, `criterion` or `price`.
    #[schemars(extend("enum" = ["need", "criterion", "price"]))]
    pub kind: &'static str,
    /// The key of the need, the id of the criterion, or the id of the price.
    pub id: String,
    /// What of it, in words.
    pub because: String,
}

impl WhyNotReport {
    /// Every option but the first, in the order of the comparison.
    pub(super) fn of(
        comparison: &Comparison,
        decision: Option<&DecisionReport>,
        break_even: Option<&BreakEvenReport>,
    ) -> Vec<WhyNotReport> {
        let first = comparison.ranked().next();
        let others =
            comparison.options.iter().filter(|option| first.is_none_or(|(one, _)| one.name != option.name));
        let each = others.map(|option| {
            let mut told = match &option.verdict {
                Verdict::Ranked(own) => ranked(comparison, option, own, decision),
                Verdict::Rejected { needs, .. } => rejected(option, needs),
                Verdict::Unpriced { missing, .. } => WhyNotReport {
                    lost_by: missing
                        .iter()
                        .map(|price| LostBy {
                            kind: "price",
                            id: price.price_id.clone(),
                            because: price.to_string(),
                        })
                        .collect(),
                    revisit_when: vec!["when the price book, or an own price, says what it costs".to_owned()],
                    ..unranked(option, "unpriced")
                },
                Verdict::NotExact(why) => WhyNotReport {
                    lost_by: vec![LostBy { kind: "price", id: String::new(), because: why.clone() }],
                    ..unranked(option, "unpriced")
                },
            };
            told.over_traffic = break_even.and_then(|all| all.revisit(&option.name, &option.verdict));
            told
        });
        each.collect()
    }
}

fn unranked(option: &Compared, status: &'static str) -> WhyNotReport {
    WhyNotReport {
        option: option.name.clone(),
        status,
        behind: None,
        lost_by: Vec::new(),
        revisit_when: Vec::new(),
        over_traffic: None,
    }
}

fn rejected(option: &Compared, needs: &[FailedNeed]) -> WhyNotReport {
    let lost_by = needs.iter().map(|need| LostBy {
        kind: "need",
        id: need.need.clone(),
        because: format!("needs {}; {}", need.wanted, need.offered),
    });
    let mut revisit_when: Vec<String> = Vec::new();
    for need in needs {
        let told = format!("when {}", need.revisit_when);
        if !revisit_when.contains(&told) {
            revisit_when.push(told);
        }
    }
    WhyNotReport { lost_by: lost_by.collect(), revisit_when, ..unranked(option, "rejected") }
}

/// A ranked option that is not the first: the criterion that costs it most against the first.
fn ranked(
    comparison: &Comparison,
    option: &Compared,
    own: &Ranked,
    decision: Option<&DecisionReport>,
) -> WhyNotReport {
    let Some((leader, first)) = comparison.ranked().next() else { return unranked(option, "ranked") };
    let behind = |place: usize| {
        let of = |name: &str| decision.and_then(|decision| decision.weighed(place, name)).unwrap_or_default();
        of(&leader.name) - of(&option.name)
    };
    let places = 0..comparison.columns.len().min(own.values.len());
    let worst = places.max_by(|a, b| behind(*a).total_cmp(&behind(*b))).filter(|place| behind(*place) > 0.0);
    let lost_by = worst.and_then(|place| {
        let criterion = Criterion::find(&comparison.columns[place].criterion)?;
        let (own, other) = (criterion.show(own.values[place]), criterion.show(first.values[place]));
        Some(LostBy {
            kind: "criterion",
            id: criterion.id.to_owned(),
            because: format!("{}: {own} against {other} of {}", criterion.title, leader.name),
        })
    });
    let firmness = decision.and_then(|decision| decision.firmness.as_ref());
    let mut revisit_when = firmness.map(|firm| ways(firm, &option.name)).unwrap_or_default();
    // Of the best rivals every value was asked about; of the others nothing is known.
    if revisit_when.is_empty() && firmness.is_some() && own.rank <= RIVALS {
        revisit_when.push(format!(
            "when more than one value changes: no value by itself puts it before {}",
            leader.name
        ));
    }
    WhyNotReport {
        behind: Some((first.score - own.score).abs()),
        lost_by: lost_by.into_iter().collect(),
        revisit_when,
        ..unranked(option, "ranked")
    }
}

/// What would put an option before the first, each by itself: its own values, those of the first, weights.
fn ways(firm: &FirmnessReport, option: &str) -> Vec<String> {
    let value = |flip: &ValueFlipReport| {
        let title = Criterion::find(&flip.criterion).map_or(flip.criterion.as_str(), |known| known.title);
        let side = if flip.to < flip.from { "less" } else { "more" };
        let of =
            if flip.alternative == option { String::new() } else { format!(" for {}", flip.alternative) };
        format!("at {title} of {} or {side}{of}", flip.to_shown)
    };
    let flips = || firm.values.iter().filter(|flip| flip.rival == option);
    let own = flips().filter(|flip| flip.alternative == option).map(value);
    let weights = firm.weights.iter().filter_map(|span| {
        let turns = [&span.down, &span.up].into_iter().flatten().find(|turn| turn.rival == option)?;
        let title = Criterion::find(&span.criterion).map_or(span.criterion.as_str(), |known| known.title);
        let side = if turns.change < 0.0 { "below" } else { "above" };
        // Away from the weight now, so that what is said holds.
        let beyond = whole(turns.weight, 1e-3, turns.change > 0.0);
        Some(format!("at a weight of {title} {side} {beyond:.3} (now {:.3})", span.weight))
    });
    let others = flips().filter(|flip| flip.alternative != option).map(value);
    own.take(WAYS_MOST - 1).chain(weights.take(1)).chain(others).take(WAYS_MOST).collect()
}

/// The options that are not recommended, under a heading.
pub(super) fn blocks(all: &[WhyNotReport], blocks: &mut Vec<Block>) {
    if all.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Why not".to_owned()));
    let because = |told: &WhyNotReport| -> Vec<String> {
        let each = told.lost_by.iter().map(|lost| match lost.kind {
            "need" => format!("{}: {}", lost.id, lost.because),
            _ => lost.because.clone(),
        });
        each.collect()
    };
    let entries = all.iter().map(|told| Entry {
        title: told.option.clone(),
        amount: told.standing(),
        lines: because(told)
            .into_iter()
            .chain(
                (!told.revisit_when.is_empty())
                    .then(|| format!("Revisit {}.", told.revisit_when.join("; or "))),
            )
            .chain(told.over_traffic.iter().map(|told| format!("Over the traffic: {told}.")))
            .collect(),
    });
    let rows = all.iter().map(|told| {
        vec![
            Cell::Text(told.option.clone()),
            told.standing(),
            Cell::Text(because(told).join("; ")),
            Cell::Text(
                told.revisit_when.iter().chain(&told.over_traffic).cloned().collect::<Vec<_>>().join("; or "),
            ),
        ]
    });
    let table = Table::new(vec!["option", "standing", "lost by", "revisit"], rows.collect());
    blocks.push(Block::Ledger(Ledger { entries: entries.collect(), table }));
}

impl WhyNotReport {
    fn standing(&self) -> Cell {
        match self.behind {
            Some(behind) => Cell::Text(format!("{behind:.3} behind")),
            None => Cell::Text(self.status.to_owned()),
        }
    }
}
