//! The recommendation in two or three sentences, with its reasons.

use super::{FirmnessReport, annual};
use crate::compare::{Compared, Comparison, Ranked, Verdict};
use crate::criteria::CRITERIA;
use crate::money::dollars;
use crate::time::Month;

/// What leads, why, and against whom.
pub(super) fn sentences(
    comparison: &Comparison,
    month: Month,
    firmness: Option<&FirmnessReport>,
) -> Vec<String> {
    let ranked: Vec<(&Compared, &Ranked)> = comparison.ranked().collect();
    let span = annual::span(month);
    let mut sentences = match ranked.as_slice() {
        [] => none(comparison, span),
        [(option, only)] => {
            vec![format!(
                "{} is the only option that meets the needs and can be priced: {} at {} {span}.",
                option.name,
                only.evaluation.size,
                dollars(only.evaluation.bill.total())
            )]
        }
        [leader, second, ..] => against(comparison, *leader, *second, firmness, span),
    };
    for (criterion, option) in &comparison.unknown {
        let known = CRITERIA.iter().find(|known| known.title == criterion.as_str());
        let remedy = known.map(|known| known.remedy).filter(|remedy| !remedy.is_empty());
        let remedy = remedy.map_or(String::new(), |remedy| format!(" To have it, {remedy}."));
        sentences
            .push(format!("The criterion {criterion} was left out: it is unknown for {option}.{remedy}"));
    }
    sentences
}

fn none(comparison: &Comparison, span: &str) -> Vec<String> {
    if comparison.options.is_empty() {
        return vec!["There is nothing to compare.".to_owned()];
    }
    let mut sentences = vec!["No option meets the needs and can be priced.".to_owned()];
    let nearest = comparison.options.iter().filter_map(|option| match &option.verdict {
        Verdict::Rejected { needs, nearest: Some(nearest) } => Some((option, needs, nearest)),
        _ => None,
    });
    if let Some((option, needs, nearest)) =
        nearest.min_by_key(|(_, needs, nearest)| (needs.len(), nearest.bill.total()))
    {
        let failed: Vec<&str> = needs.iter().map(|failed| failed.need.as_str()).collect();
        let cost = dollars(nearest.bill.total());
        sentences.push(format!(
            "{} comes nearest with {} at {cost} {span}; it fails {}.",
            option.name,
            nearest.size,
            failed.join(" and ")
        ));
    }
    sentences
}

fn against(
    comparison: &Comparison,
    (leader, first): (&Compared, &Ranked),
    (runner_up, second): (&Compared, &Ranked),
    firmness: Option<&FirmnessReport>,
    span: &str,
) -> Vec<String> {
    let cost = dollars(first.evaluation.bill.total());
    let verdict = match firmness {
        Some(firmness) => firmness.verdict.clone(),
        None => format!("{} leads.", leader.name),
    };
    let opening = format!(
        "{} is {} at {cost} {span}, with a score of {:.3}.",
        leader.name, first.evaluation.size, first.score
    );
    let (ahead, behind) = (reasons(comparison, first, second), reasons(comparison, second, first));
    let mut comparing = format!("Against {} ({:.3}) it is ", runner_up.name, second.score);
    let (gains, losses) = (said(comparison, &ahead, first, second), said(comparison, &behind, first, second));
    comparing.push_str(&match (ahead.is_empty(), behind.is_empty()) {
        (true, true) => "equal on every criterion".to_owned(),
        (false, true) => format!("ahead on {gains}, and behind on nothing"),
        (true, false) => format!("behind on {losses}"),
        (false, false) => format!("ahead on {gains}, and behind on {losses}"),
    });
    comparing.push('.');
    let told = |reasons: &[usize]| {
        reasons.iter().any(|index| comparison.columns[*index].criterion == "monthly_cost")
    };
    let mut sentences = vec![verdict, opening, comparing];
    let other = dollars(second.evaluation.bill.total());
    if !told(&ahead) && !told(&behind) && other != cost {
        sentences.push(format!("{} would cost {other}.", runner_up.name));
    }
    sentences
}

/// The criteria on which one option gains at least a thousandth on another, the largest gain first; three at most.
fn reasons(comparison: &Comparison, winner: &Ranked, loser: &Ranked) -> Vec<usize> {
    let total: f64 = comparison.columns.iter().map(|column| column.weight).sum();
    let gain = |index: usize| {
        let column = &comparison.columns[index];
        let worth = |value: f64| column.worth_of(value).unwrap_or_default();
        (worth(winner.values[index]) - worth(loser.values[index])) * column.weight / total
    };
    let mut gains: Vec<usize> =
        (0..comparison.columns.len().min(winner.values.len())).filter(|index| gain(*index) > 1e-3).collect();
    gains.sort_by(|a, b| gain(*b).total_cmp(&gain(*a)));
    gains.truncate(3);
    gains
}

/// `monthly cost ($34.37 against $89.50)`, joined by commas.
fn said(comparison: &Comparison, indices: &[usize], first: &Ranked, second: &Ranked) -> String {
    let each = indices.iter().filter_map(|index| {
        let column = &comparison.columns[*index];
        let criterion = CRITERIA.iter().find(|criterion| criterion.id == column.criterion)?;
        let (own, other) = (criterion.show(first.values[*index]), criterion.show(second.values[*index]));
        Some(format!("{} ({own} against {other})", criterion.title))
    });
    each.collect::<Vec<_>>().join(", ")
}
