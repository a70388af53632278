//! Ranges: a quantity written as `low..high` or `low..expected..high`, and which of its ends makes the bill cheap.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::kind::{Datum, Kind, Refusal};
use super::reader::Place;
use super::vocabulary::Vocabulary;
use crate::measure::{Rate, Size, show_duration};
use crate::money::number;

/// Which end of every range a scenario is read at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The cheap end: the smallest value, or the largest of what makes a bill cheaper.
    Low,
    /// The value that is expected: the stated one, else the midpoint.
    Expected,
    /// The dear end.
    High,
}

/// A quantity that stands in a scenario as a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedRange {
    /// What it is: `response_size of [[component]] api`.
    pub what: String,
    /// As it is written: `10..60 KB`.
    pub text: String,
    /// The value at the cheap end, as it is read.
    pub low: String,
    /// The value that is expected, as it is read.
    pub expected: String,
    /// The value at the dear end, as it is read.
    pub high: String,
    /// Why more of it is cheaper, so that `low` is the largest value; nothing where more is dearer.
    pub cheaper_with_more: Option<&'static str>,
}

/// Quantities of which more makes a bill cheaper: their largest value stands at the low end. Each is a word of the
/// title of its section (empty for any section), its key, and the reason.
///
/// Of the others more is dearer, or it may be either: the figures of a report are put in their order after they are
/// computed.
pub const CHEAPER_WITH_MORE: [(&str, &str, &str); 20] = [
    ("", "concurrency", "a replica that serves more requests at once leaves fewer replicas to pay"),
    ("", "requests_per_connection", "a connection that carries more requests leaves fewer to open"),
    ("", "processes", "a replica that uses more of its vCPU leaves fewer replicas to pay"),
    ("", "target_utilisation", "fuller replicas are fewer"),
    ("", "target_cpu", "fuller replicas are fewer"),
    ("", "target_memory", "fuller replicas are fewer"),
    ("", "target_capacity", "fuller instances are fewer"),
    ("", "target_requests", "more requests for each replica need fewer of them"),
    ("", "scale_out_above", "a higher bound adds replicas later"),
    ("", "scale_out_after", "a longer wait adds replicas later"),
    ("", "scale_out_cooldown", "a longer pause adds fewer replicas"),
    ("", "scale_in_below", "a higher bound removes replicas sooner"),
    ("", "scale_in_by", "larger steps remove replicas sooner"),
    ("lambda", "keep_alive", "functions that stay warm longer start less often"),
    ("", "spot_share", "Spot costs less than on demand"),
    ("", "off", "a larger discount is a smaller bill"),
    ("sqs", "batch_size", "larger batches need fewer calls"),
    ("static-site", "hit_share", "a cache that answers more leaves less to fetch"),
    ("external", "price_per", "more units for the same price are cheaper"),
    ("", "p95_latency", "a longer time allowed needs less to hold it"),
];

/// What names a day, an end of a scale or a tolerance, and so is no range.
const NO_QUANTITY: [&str; 4] = ["on_day", "best", "worst", "percent"];

/// How keys end that name the limit of a policy: a range of limits would say nothing.
const LIMITS: [&str; 3] = ["_max", "_min", "_max_days"];

/// The three values of a range, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Values {
    low: Datum,
    expected: Datum,
    high: Datum,
}

impl Kind {
    /// Whether a value of this kind is a quantity, and so may be a range.
    pub(super) fn is_quantity(self) -> bool {
        match self {
            Kind::Count { .. }
            | Kind::Number
            | Kind::NumberOrZero
            | Kind::Quantity
            | Kind::Size
            | Kind::SizeOrZero
            | Kind::Duration
            | Kind::DurationOrZero
            | Kind::Rate
            | Kind::Money
            | Kind::MoneyOrZero
            | Kind::Share
            | Kind::ShareOrZero => true,
            Kind::Name
            | Kind::Text
            | Kind::Fact
            | Kind::File
            | Kind::Flag
            | Kind::CurrencyCode
            | Kind::ExchangeRate
            | Kind::Dollars
            | Kind::Change
            | Kind::NameOrNames
            | Kind::Date
            | Kind::Month
            | Kind::When(_)
            | Kind::OneOf(_)
            | Kind::Word(_)
            | Kind::Names
            | Kind::Texts
            | Kind::Words(_) => false,
        }
    }
}

/// Whether the value of a key may be a range.
pub(super) fn fits(key: &str, kind: Kind) -> bool {
    let is_limit = LIMITS.iter().any(|end| key.ends_with(end));
    kind.is_quantity() && !NO_QUANTITY.contains(&key) && !is_limit
}

/// The text of a range at a key that may have one; nothing for a single value.
pub(super) fn stated<'v>(key: &str, kind: Kind, value: &'v DeValue<'_>) -> Option<&'v str> {
    value.as_str().filter(|text| text.contains("..") && fits(key, kind))
}

/// Reads `low..high` or `low..expected..high`; an end without a unit has that of the last one.
pub(super) fn read(kind: Kind, text: &str, vocabulary: &Vocabulary) -> Result<Values, Refusal> {
    let parts: Vec<&str> = text.split("..").map(str::trim).collect();
    let spelling = "a range is low..high, or low..expected..high";
    if text.contains("...") {
        return Err(format!("`{text}` has three dots: {spelling}").into());
    }
    if parts.len() > 3 {
        return Err(format!("`{text}` has {} ends: {spelling}", parts.len()).into());
    }
    if parts.iter().any(|part| part.is_empty()) {
        return Err(format!("`{text}` lacks an end: {spelling}").into());
    }
    let last = parts.last().copied().unwrap_or_default();
    let each = parts.iter().map(|part| kind.read_text(&with_unit(kind, part, last), vocabulary));
    let ends: Vec<Datum> = each.collect::<Result<_, _>>()?;
    let (low, middle, high) = match ends.as_slice() {
        [low, high] => (low, None, high),
        [low, middle, high] => (low, Some(middle), high),
        _ => return Err(format!("`{text}` is no range: {spelling}").into()),
    };
    if let (Datum::Rate(Rate { per: one, .. }), Datum::Rate(Rate { per: other, .. })) = (low, high)
        && ends.iter().any(|end| !matches!(end, Datum::Rate(rate) if rate.per == *one))
    {
        let message =
            format!("`{text}` has ends in two periods, {one:?} and {other:?}: write one, at the end");
        return Err(message.to_lowercase().into());
    }
    let show = |datum: &Datum| shown(kind, datum);
    if amount(low) > amount(high) {
        return Err(format!("{} comes before {}: the low end stands first", show(low), show(high)).into());
    }
    let expected = match middle {
        Some(middle) if amount(middle) < amount(low) || amount(middle) > amount(high) => {
            let between = format!("between {} and {}", show(low), show(high));
            return Err(format!("the expected {} does not lie {between}", show(middle)).into());
        }
        Some(middle) => middle.clone(),
        None => midpoint(low, high),
    };
    Ok(Values { low: low.clone(), expected, high: high.clone() })
}

impl Values {
    /// The value of a key at an end of the bill.
    pub(super) fn at(&self, end: End, place: &Place<'_>, key: &str) -> &Datum {
        match (end, cheaper_with_more(&place.title, key).is_some()) {
            (End::Expected, _) => &self.expected,
            (End::Low, false) | (End::High, true) => &self.low,
            (End::High, false) | (End::Low, true) => &self.high,
        }
    }

    /// The range of a key in a table, for reports.
    pub(super) fn stated(&self, kind: Kind, place: &Place<'_>, key: &str, text: &str) -> StatedRange {
        let name = place.text("name").or_else(|| place.text("platform"));
        let name = name.map(|name| format!(" {name}")).unwrap_or_default();
        let at = |end| shown(kind, self.at(end, place, key));
        StatedRange {
            what: format!("{key} of {}{name}", place.title),
            text: text.to_owned(),
            low: at(End::Low),
            expected: at(End::Expected),
            high: at(End::High),
            cheaper_with_more: cheaper_with_more(&place.title, key),
        }
    }
}

/// Why more of what a key of a section holds is cheaper.
fn cheaper_with_more(title: &str, key: &str) -> Option<&'static str> {
    let is_meant = |(section, known, _): &&(&str, &str, &str)| *known == key && title.contains(section);
    CHEAPER_WITH_MORE.iter().find(is_meant).map(|(.., why)| *why)
}

/// A part of a range with the unit of the last part, where it has none of its own.
fn with_unit(kind: Kind, part: &str, last: &str) -> String {
    match unit(kind, part).is_empty() {
        true => match unit(kind, last) {
            "$" => format!("${part}"),
            unit => format!("{part} {unit}").trim_end().to_owned(),
        },
        false => part.to_owned(),
    }
}

/// The unit of a value as it is written; empty where it has none.
fn unit(kind: Kind, text: &str) -> &str {
    let from = |at: Option<usize>| at.map_or("", |at| text[at..].trim());
    match kind {
        Kind::Rate => from(text.find('/')),
        Kind::Share | Kind::ShareOrZero => from(text.find('%')),
        Kind::Money | Kind::MoneyOrZero if text.starts_with('$') => "$",
        Kind::Money | Kind::MoneyOrZero => from(text.find(char::is_alphabetic)),
        Kind::Size | Kind::SizeOrZero | Kind::Duration | Kind::DurationOrZero => {
            from(text.find(|c: char| c.is_alphabetic() || c == 'µ'))
        }
        _ => "",
    }
}

/// A quantity as one number, to compare it with others of its kind and period.
fn amount(datum: &Datum) -> Decimal {
    match datum {
        Datum::Count(count) => Decimal::from(*count),
        Datum::Number(number) => *number,
        Datum::Size(size) => Decimal::from(size.bytes()),
        Datum::Duration(span) => crate::measure::seconds(*span),
        Datum::Rate(rate) => rate.count,
        _ => Decimal::ZERO,
    }
}

/// The middle of two quantities of one kind; of counts, bytes and nanoseconds rounded half up.
fn midpoint(low: &Datum, high: &Datum) -> Datum {
    let middle = |low: Decimal, high: Decimal| (low + (high - low) / Decimal::TWO).normalize();
    let whole = |low: u64, high: u64| low + (high - low).div_ceil(2);
    match (low, high) {
        (Datum::Count(low), Datum::Count(high)) => Datum::Count(low + (high - low).div_ceil(2)),
        (Datum::Number(low), Datum::Number(high)) => Datum::Number(middle(*low, *high)),
        (Datum::Size(low), Datum::Size(high)) => {
            Datum::Size(Size::from_bytes(whole(low.bytes(), high.bytes())))
        }
        (Datum::Duration(low), Datum::Duration(high)) => Datum::Duration(*low + (*high - *low) / 2),
        (Datum::Rate(low), Datum::Rate(high)) => {
            Datum::Rate(Rate { count: middle(low.count, high.count), per: high.per })
        }
        _ => low.clone(),
    }
}

/// A quantity as a reader sees it.
fn shown(kind: Kind, datum: &Datum) -> String {
    match datum {
        Datum::Count(count) => number(Decimal::from(*count), 0),
        Datum::Number(share) if matches!(kind, Kind::Share | Kind::ShareOrZero) => {
            format!("{} %", (*share * Decimal::ONE_HUNDRED).normalize())
        }
        Datum::Number(amount) if matches!(kind, Kind::Money | Kind::MoneyOrZero) => {
            format!("${}", amount.normalize())
        }
        Datum::Number(value) => value.normalize().to_string(),
        Datum::Size(size) => size.to_string(),
        Datum::Duration(span) => show_duration(*span),
        Datum::Rate(rate) => rate.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    /// kind | text | low, expected and high, or a part of what is said
    #[test]
    fn ranges_are_read_and_refused() {
        let count = Kind::Count { least: 1, most: 100 };
        for (kind, text, told) in [
            (Kind::Rate, "5_000..20_000/day", "5,000/day 12,500/day 20,000/day"),
            (Kind::Rate, "1/s..3/s", "1/s 2/s 3/s"),
            (Kind::Rate, "1/s..90/minute", "two periods, second and minute"),
            (Kind::Size, "10..60 KB", "10 KB 35 KB 60 KB"),
            (Kind::SizeOrZero, "0..1 B", "0 B 1 B 1 B"),
            (Kind::Size, "512 KB .. 1 MB", "512 KB 768 KB 1 MB"),
            (Kind::Size, "10 KB..60", "`60` is no size"),
            (Kind::Size, "0..60 KB", "is zero"),
            (Kind::Duration, "50..80 ms", "50 ms 65 ms 80 ms"),
            (Kind::Duration, "50..60..80 ms", "50 ms 60 ms 80 ms"),
            (Kind::Duration, "50..90..80 ms", "the expected 90 ms does not lie between 50 ms and 80 ms"),
            (Kind::Number, "0.5..1", "0.5 0.75 1"),
            (Kind::Number, "1e1..2e1", "10 15 20"),
            (Kind::Number, "1..0.5", "1 comes before 0.5"),
            (count, "1..3", "1 2 3"),
            (count, "1..4", "1 3 4"),
            (count, "7..7", "7 7 7"),
            (count, "0..4", "0 is less than 1"),
            (count, "1..2.5", "no whole number"),
            (Kind::Share, "10..30 %", "10 % 20 % 30 %"),
            (Kind::Share, "0.1..0.2", "10 % 15 % 20 %"),
            (Kind::Share, "10..130 %", "more than the whole"),
            (Kind::Money, "$100..$200", "$100 $150 $200"),
            (Kind::Money, "100..200 USD", "$100 $150 $200"),
            (Kind::Money, "100..$201", "$100 $150.5 $201"),
            (Kind::Size, "..60 KB", "lacks an end"),
            (Kind::Size, "60 KB..", "lacks an end"),
            (Kind::Number, "0.1...5", "three dots"),
            (Kind::Number, "1..2..3..4", "4 ends"),
        ] {
            let got = match read(kind, text, &Vocabulary::default()) {
                Ok(Values { low, expected, high }) => {
                    [low, expected, high].map(|end| shown(kind, &end)).join(" ")
                }
                Err(refusal) => refusal.message,
            };
            assert!(got.contains(told), "{text}: {got}");
        }
    }

    #[test]
    fn the_low_end_is_the_cheap_one() {
        let range = read(Kind::Number, "1..3", &Vocabulary::default()).unwrap();
        let table = DeTable::new();
        let ends = |title: &str, key: &str| {
            let place = Place { table: &table, title: title.to_owned(), span: 0..0 };
            let at = |end| shown(Kind::Number, range.at(end, &place, key));
            [End::Low, End::Expected, End::High].map(at).join(" ")
        };
        assert_eq!(ends("[[component]]", "vcpu"), "1 2 3");
        assert_eq!(ends("[[component]]", "concurrency"), "3 2 1");
        // What keeps functions warm keeps connections of a load balancer open.
        assert_eq!(ends("a lambda option", "keep_alive"), "3 2 1");
        assert_eq!(ends("[supporting]", "keep_alive"), "1 2 3");
    }

    #[test]
    fn what_names_something_is_no_range() {
        assert!(!fits("on_day", Kind::Count { least: 1, most: 31 }) && fits("zones", Kind::Number));
        assert!([Kind::Name, Kind::Date, Kind::Flag, Kind::Month].iter().all(|kind| !fits("x", *kind)));
    }
}
