//! What drifted beside costs: how an option stands and serves, what is recommended, and what the scenario says.

use rust_decimal::Decimal;

use super::{Cause, Drift, Weight, moved_by};
use crate::difference::{InputChange, Path, ScenarioDifference, input_changes};
use crate::snapshot::{OptionSnapshot, ScenarioSnapshot, ServedSnapshot};

/// More changes of a scenario than this are counted, not told.
const TOLD: usize = 3;

/// A figure of how an option serves: its name, its unit, and where it is read.
type Figure = (&'static str, &'static str, fn(&ServedSnapshot) -> Option<f64>);

/// What is compared of how an option serves.
const SERVED: [Figure; 4] = [
    ("latency_p95_ms", "ms", |served| served.latency_p95_ms),
    ("utilisation", "share", |served| Some(served.utilisation)),
    ("cold_start_share", "share", |served| Some(served.cold_start_share)),
    ("availability", "share", |served| served.availability),
];

/// The recommendation, the order, and how it was weighed.
pub(super) fn decision(path: &Path, difference: &ScenarioDifference) -> Vec<Drift> {
    let (before, after) = (&path.first().decision, &path.last().decision);
    let words = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
    let order = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let mut found = Vec::new();
    if before.recommended != after.recommended {
        let flip = difference.leading.flip.iter().flat_map(|flip| flip.causes.clone());
        let why: Vec<String> = flip.collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
        let (was, is) = (words(&before.recommended), words(&after.recommended));
        let message = format!("{is} is recommended in place of {was}{why}");
        let causes = moved_by(path, |state| state.decision.recommended.clone());
        found.push(plain("drift/decision", "recommended", was, is, causes, message));
    } else if before.ranking != after.ranking {
        let (was, is) = (order(&before.ranking), order(&after.ranking));
        let message = format!("the order is {is} in place of {was}");
        let causes = moved_by(path, |state| state.decision.ranking.clone());
        found.push(plain("drift/decision", "ranking", was, is, causes, message));
    }
    if before.method != after.method {
        let (was, is) = (words(&before.method), words(&after.method));
        let message = format!("the method is {is} in place of {was}");
        let causes = moved_by(path, |state| state.decision.method.clone());
        found.push(plain("drift/decision", "method", was, is, causes, message));
    }
    if before.weights != after.weights {
        let (was, is) = (weights(path.first()), weights(path.last()));
        let message = format!("the weights are {is} in place of {was}");
        let causes = moved_by(path, |state| state.decision.weights.clone());
        found.push(plain("drift/decision", "weights", was, is, causes, message));
    }
    found
}

fn weights(state: &ScenarioSnapshot) -> String {
    let each = state.decision.weights.iter().map(|weight| format!("{} {}", weight.criterion, weight.weight));
    let each: Vec<String> = each.collect();
    each.join(", ")
}

/// How an option that is there on both sides stands, which size it has, and how it serves.
pub(super) fn of_option(path: &Path, before: &OptionSnapshot, after: &OptionSnapshot) -> Vec<Drift> {
    let name = &after.option;
    let mut found = Vec::new();
    if before.platform != after.platform {
        let message = format!("{name} is on {} in place of {}", after.platform, before.platform);
        let causes = moved(path, name, |option| option.platform.clone());
        let (was, is) = (before.platform.clone(), after.platform.clone());
        found.push(plain("drift/option", "platform", was, is, causes, message));
    }
    if standing(before) != standing(after) {
        let (was, is) = (standing(before), standing(after));
        let message = format!("{name} is {is} in place of {was}");
        let causes = moved(path, name, standing);
        found.push(plain("drift/status", "status", was, is, causes, message));
    }
    if before.size != after.size {
        let size = |option: &OptionSnapshot| option.size.clone().unwrap_or_else(|| "none".to_owned());
        let (was, is) = (size(before), size(after));
        let message = format!("{name} is deployed as {is} in place of {was}");
        found.push(plain("drift/size", "size", was, is, moved(path, name, size), message));
    }
    if standing(before) == standing(after) {
        found.extend(without_status(path, before, after));
    }
    if let (Some(was), Some(is)) = (&before.served, &after.served) {
        for (figure, unit, read) in SERVED.iter().filter(|(_, _, read)| read(was) != read(is)) {
            let shown = |value: Option<f64>| value.map_or("none".to_owned(), |value| value.to_string());
            let (was, is) = (shown(read(was)), shown(read(is)));
            let message = format!("{name}: {figure} is {is} in place of {was}");
            let causes = moved(path, name, |option| option.served.as_ref().and_then(read));
            let drift = plain("drift/served", figure, was, is, causes, message);
            found.push(Drift { unit: (*unit).to_owned(), ..drift });
        }
    }
    found.into_iter().map(|drift| Drift { option: Some(name.clone()), ..drift }).collect()
}

/// What came or went though the status is the same: the cost, the rank, how it serves. Otherwise the status says so, and of a
/// rank the order.
fn without_status(path: &Path, before: &OptionSnapshot, after: &OptionSnapshot) -> Vec<Drift> {
    let name = &after.option;
    let known = |is_known: bool| if is_known { "known" } else { "none" }.to_owned();
    let mut found = Vec::new();
    let costs = [before, after].map(|option| option.monthly_cost);
    if costs[0].is_some() != costs[1].is_some() {
        let shown =
            |cost: Option<Decimal>| cost.map_or("none".to_owned(), |cost| cost.normalize().to_string());
        let [was, is] = costs.map(shown);
        let message = format!("{name}: its monthly cost is {is} in place of {was} USD");
        let causes = moved(path, name, |option| option.monthly_cost.is_some());
        let drift = plain("drift/status", "monthly_cost", was, is, causes, message);
        found.push(Drift { unit: "USD".to_owned(), ..drift });
    }
    let same_order = path.first().decision.ranking == path.last().decision.ranking;
    if before.rank != after.rank && same_order {
        let [was, is] =
            [before, after].map(|option| option.rank.map_or("none".to_owned(), |rank| rank.to_string()));
        let message = format!("{name} has the rank {is} in place of {was}");
        found.push(plain(
            "drift/decision",
            "rank",
            was,
            is,
            moved(path, name, |option| option.rank),
            message,
        ));
    }
    if before.served.is_some() != after.served.is_some() {
        let [was, is] = [before, after].map(|option| known(option.served.is_some()));
        let message = format!("{name}: how it serves is {is} in place of {was}");
        let causes = moved(path, name, |option| option.served.is_some());
        found.push(plain("drift/served", "served", was, is, causes, message));
    }
    found
}

/// How an option stands, and why: `rejected (Latency: P95 is 900 ms)`.
fn standing(option: &OptionSnapshot) -> String {
    let missing = option.missing_prices.iter().map(|price| format!("no price for {price}"));
    let why: Vec<String> = option.failed_needs.iter().cloned().chain(missing).collect();
    if why.is_empty() { option.status.clone() } else { format!("{} ({})", option.status, why.join("; ")) }
}

/// Scores that moved although nothing else did.
pub(super) fn scores(path: &Path) -> Vec<Drift> {
    let shown = |score: Option<f64>| score.map_or("none".to_owned(), |score| score.to_string());
    let mut found = Vec::new();
    for after in &path.last().options {
        let name = &after.option;
        let before = path.first().option(name).and_then(|option| option.score);
        if before != after.score {
            let (was, is) = (shown(before), shown(after.score));
            let message = format!("{name} has the score {is} in place of {was}, though nothing else moved");
            let drift =
                plain("drift/score", "score", was, is, moved(path, name, |option| option.score), message);
            found.push(Drift { option: Some(name.clone()), ..drift });
        }
    }
    found
}

/// What the scenario says otherwise, where that moved no figure.
pub(super) fn inputs(path: &Path) -> Option<Drift> {
    let (before, after) = (path.first(), path.last());
    if before.scenario_hash == after.scenario_hash && before.name == after.name {
        return None;
    }
    let changes = input_changes(&before.inputs, &after.inputs);
    let mut told: Vec<String> = changes.iter().take(TOLD).map(InputChange::to_string).collect();
    let more = changes.len().saturating_sub(TOLD);
    told.extend((more > 0).then(|| format!("{more} more")));
    let others = after.traces.iter().filter(|trace| !before.traces.contains(trace));
    told.extend(others.map(|trace| format!("the trace {} is another", trace.file)));
    let what = if told.is_empty() { "how it is written".to_owned() } else { told.join("; ") };
    Some(Drift {
        weight: Weight::Warns,
        message: format!("the scenario is not the one of the snapshot, and no figure moved: {what}"),
        ..Drift::of("drift/scenario")
    })
}

/// What drove the steps in which something of an option moved.
fn moved<T: PartialEq>(path: &Path, name: &str, read: impl Fn(&OptionSnapshot) -> T) -> Vec<Cause> {
    moved_by(path, |state| state.option(name).map(&read))
}

fn plain(
    rule: &'static str,
    figure: &'static str,
    before: String,
    after: String,
    causes: Vec<Cause>,
    message: String,
) -> Drift {
    Drift {
        figure: Some(figure),
        before: Some(before),
        after: Some(after),
        causes,
        message,
        ..Drift::of(rule)
    }
}
