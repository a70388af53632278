//! Differences of another base: of the other option, what is left in place of what is saved, the other way round.

use rust_decimal::Decimal;

use super::search::{Change, Search};

const ID: &str = "base";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some((in_percent, premium)) = search.model.as_ref().and_then(|model| model.difference()) else {
        return;
    };
    let Some(model) = &search.model else { return };
    let entry = &search.claim.entry;
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "the option".to_owned());
    let (option, against) = (name(&entry.option), name(&entry.against));
    let hundred = Decimal::ONE_HUNDRED;
    let difference = |of: Decimal, other: Decimal| if premium { of - other } else { other - of };
    let mut push = |plain: u32, words: String, figure| {
        let change = |figure| Change::figure(ID, plain, format!("equals {words}"), figure);
        changes.extend(Option::map(figure, change));
    };
    if in_percent {
        let words = format!("the difference in percent of {option}, not of {against}");
        push(1, words, model.view(|of, other| (difference(of, other) * hundred).checked_div(of)));
        let words = format!("what {option} costs in percent of {against}, not the difference");
        push(1, words, model.view(|of, other| (of * hundred).checked_div(other)));
        let words = format!("what {against} costs in percent of {option}, not the difference");
        push(2, words, model.view(|of, other| (other * hundred).checked_div(of)));
    } else {
        push(2, format!("the cost of {option} itself, not the difference"), model.view(|of, _| Some(of)));
        push(
            2,
            format!("the cost of {against} itself, not the difference"),
            model.view(|_, other| Some(other)),
        );
    }
    let words = format!(
        "the difference the other way round: {option} is the {} one",
        match premium {
            true => "cheaper",
            false => "dearer",
        }
    );
    push(1, words, model.figure(&model.sums).map(|figure| figure.map(|end| -end)));
}
