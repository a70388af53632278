//! Wishes: the weight of each criterion, and the scale that it is valued on.

use toml::Spanned;
use toml::de::DeValue;

use super::field::{Field, Presence};
use super::kind::{Datum, Kind, described};
use super::reader::{Place, Reader};
use super::sections::Needs;
use super::vocabulary::{CriterionWords, ScaleUnit};
use crate::measure::seconds;
use crate::money::approximate;
use crate::problem::Problem;

/// How much a criterion matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The criterion's id.
    pub criterion: String,
    /// Its weight, 0 or more; weights are shares of their sum.
    pub weight: f64,
    /// The value that is worth 1, in the criterion's unit; left out, the criterion's own.
    pub best: Option<f64>,
    /// The value that is worth 0, in the criterion's unit; left out, the criterion's own.
    pub worst: Option<f64>,
}

const WEIGHT: &str = "a weight: 0 or more, or { weight = 3, best = …, worst = … } with the ends of the scale";

/// Reads the table `[wishes]`; nothing when something in it is wrong.
pub(super) fn read(reader: &mut Reader<'_>, place: &Place<'_>, needs: Option<&Needs>) -> Option<Vec<Wish>> {
    let before = reader.problems.len();
    let criteria: Vec<CriterionWords> = reader.vocabulary.criteria.clone();
    let ids: Vec<&str> = criteria.iter().map(|known| known.id).collect();
    let mut wishes = Vec::new();
    for (key, value) in place.table {
        match criteria.iter().find(|criterion| criterion.id == key.get_ref().as_ref()) {
            Some(criterion) => wishes.extend(wish(reader, criterion, value, needs)),
            None => reader.unknown_key(key, &place.title, &ids),
        }
    }
    let all_read = reader.problems.len() == before;
    if all_read && !wishes.is_empty() && wishes.iter().all(|wish| wish.weight <= 0.0) {
        let problem = Problem::at(place.span.clone(), "the weights in [wishes] are all zero");
        reader.problems.push(
            problem.allowing("at least one weight above 0; leave [wishes] out for the default weights"),
        );
    }
    (reader.problems.len() == before).then_some(wishes)
}

fn wish(
    reader: &mut Reader<'_>,
    criterion: &CriterionWords,
    value: &Spanned<DeValue<'_>>,
    needs: Option<&Needs>,
) -> Option<Wish> {
    let id = criterion.id;
    let DeValue::Table(table) = value.get_ref() else {
        let weight = weight(reader, id, value)?;
        return Some(Wish { criterion: id.to_owned(), weight, best: None, worst: None });
    };
    for key in table.keys() {
        if !["weight", "best", "worst"].contains(&key.get_ref().as_ref()) {
            reader.unknown_key(key, &format!("the wish `{id}`"), &["weight", "best", "worst"]);
        }
    }
    let Some(stated) = table.get("weight") else {
        let problem = Problem::at(value.span(), format!("the wish `{id}` lacks `weight`"));
        reader.problems.push(problem.allowing(format!("`{id}` is {WEIGHT}")));
        return None;
    };
    let weight = weight(reader, id, stated)?;
    let mut end = |key: &str| match table.get(key) {
        Some(stated) => end_of_scale(reader, criterion, key, stated).map(Some),
        None => Some(None),
    };
    let (best, worst) = (end("best")?, end("worst")?);
    let why = needs.zip(reader.vocabulary.scale_problem).and_then(|(needs, ask)| ask(id, needs, best, worst));
    if let Some(why) = why {
        let problem = Problem::at(value.span(), format!("the wish `{id}`: {why}"));
        reader.problems.push(problem.allowing("two different ends that the criterion can have"));
        return None;
    }
    Some(Wish { criterion: id.to_owned(), weight, best, worst })
}

fn weight(reader: &mut Reader<'_>, id: &str, value: &Spanned<DeValue<'_>>) -> Option<f64> {
    let text = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        other => {
            let message = format!("{} where a weight belongs", described(other));
            reader.refused(value, id, message.into(), format!("`{id}` is {WEIGHT}"));
            return None;
        }
    };
    match crate::measure::decimal(&text) {
        Ok(weight) => Some(approximate(weight)),
        Err(why) => {
            reader.refused(value, id, format!("{text}: {why}").into(), format!("`{id}` is {WEIGHT}"));
            None
        }
    }
}

fn end_of_scale(
    reader: &mut Reader<'_>,
    criterion: &CriterionWords,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<f64> {
    let kind = scale_kind(criterion.unit);
    match kind.read(value.get_ref(), reader.vocabulary) {
        Ok(Datum::Number(number)) => Some(approximate(number)),
        Ok(Datum::Duration(span)) => Some(approximate(seconds(span))),
        Ok(Datum::Size(size)) => Some(approximate(size.bytes().into())),
        Ok(_) => None,
        Err(refusal) => {
            reader.refused(value, key, refusal, format!("`{key}` is {}", kind.allowed(reader.vocabulary)));
            None
        }
    }
}

/// The kind of value that the ends of a scale are written as.
pub(super) fn scale_kind(unit: ScaleUnit) -> Kind {
    match unit {
        ScaleUnit::Dollars => Kind::MoneyOrZero,
        ScaleUnit::Seconds => Kind::DurationOrZero,
        ScaleUnit::Share => Kind::ShareOrZero,
        ScaleUnit::Hours | ScaleUnit::Stars | ScaleUnit::Count => Kind::NumberOrZero,
        ScaleUnit::Size => Kind::SizeOrZero,
    }
}

/// The fields of a wish that is written as a table, for the schema.
pub(super) fn scale_fields(unit: ScaleUnit) -> [Field; 2] {
    let kind = scale_kind(unit);
    [
        Field { key: "best", doc: "Value that is worth 1.", kind, presence: Presence::Optional },
        Field { key: "worst", doc: "Value that is worth 0.", kind, presence: Presence::Optional },
    ]
}
