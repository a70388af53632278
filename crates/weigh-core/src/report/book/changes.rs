//! What a price was and what it became: one row for each band that differs.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::json_schema::{DayText, DecimalText};
use crate::pricebook::{Absence, Band, Evidence, NotOffered, RegionPrices, Tariff};
use crate::time::Date;

/// A difference of one price, in one band.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChangeReport {
    /// The region; `global` for a price of all regions, `a → b` where two regions were compared.
    pub region: String,
    /// The tariff.
    pub price_id: String,
    /// `added`, `removed`, `changed`, `offered`, `not offered` or `unit`.
    #[schemars(extend("enum" = ["added", "removed", "changed", "offered", "not offered", "unit"]))]
    pub change: &'static str,
    /// The quantity in the month from which the rates are those here.
    #[schemars(with = "DecimalText")]
    pub from_quantity: String,
    /// What it was.
    pub before: StateReport,
    /// What it is.
    pub after: StateReport,
    /// US dollars for one unit that it is more, or with a minus sign less; null unless both are priced in one unit.
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<String>,
    /// The same in percent of what it was, to four places; null where that was 0.
    #[schemars(with = "Option<DecimalText>")]
    pub percent: Option<String>,
    /// What must be known of it, in words; may be empty.
    pub note: String,
}

/// What one side says of a price.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StateReport {
    /// `priced`, `not offered` or `unknown`.
    #[schemars(extend("enum" = ["priced", "not offered", "unknown"]))]
    pub state: &'static str,
    /// US dollars for one unit; null unless priced.
    #[schemars(with = "Option<DecimalText>")]
    pub rate: Option<String>,
    /// The unit that is priced; empty unless priced.
    pub unit: &'static str,
    /// The day from which this is known to hold; null when it is unknown.
    #[schemars(with = "Option<DayText>")]
    pub from: Option<String>,
    /// The newest day on which a source confirms it.
    #[schemars(with = "Option<DayText>")]
    pub seen: Option<String>,
    /// The id of that source.
    pub source: Option<String>,
    /// `single`, `derived`, `unverified` or `own` when it is not fully sourced; else empty.
    #[schemars(extend("enum" = ["", "single", "derived", "unverified", "own"]))]
    pub mark: &'static str,
}

/// What the prices of a region say of one id on a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State<'a> {
    Unknown,
    NotOffered(NotOffered<'a>),
    Priced(Tariff<'a>),
}

impl<'a> State<'a> {
    pub(super) fn of(prices: Option<&'a RegionPrices>, price_id: &str, date: Date) -> State<'a> {
        let Some(prices) = prices else { return State::Unknown };
        match prices.tariff(price_id, date) {
            Ok((tariff, _)) => State::Priced(tariff),
            Err(missing) if missing.absence == Absence::NotOffered => {
                prices.not_offered(price_id, date).map_or(State::Unknown, State::NotOffered)
            }
            Err(_) => State::Unknown,
        }
    }

    /// The quantities at which a band begins; that which has no bands has one beginning.
    fn starts(&self) -> BTreeSet<Decimal> {
        match self {
            State::Priced(tariff) => tariff.bands.iter().map(|band| band.from_quantity).collect(),
            State::Unknown | State::NotOffered(_) => [Decimal::ZERO].into(),
        }
    }

    /// The band that a quantity falls into.
    fn band(&self, quantity: Decimal) -> Option<&Band<'a>> {
        match self {
            State::Priced(tariff) => tariff.bands.iter().rev().find(|band| band.from_quantity <= quantity),
            State::Unknown | State::NotOffered(_) => None,
        }
    }

    fn report(&self, quantity: Decimal) -> StateReport {
        let (state, unit, from, evidence): (_, _, _, Option<Evidence<'_>>) = match self {
            State::Unknown => ("unknown", "", None, None),
            State::NotOffered(known) => ("not offered", "", Some(known.since), Some(known.evidence)),
            State::Priced(tariff) => {
                let evidence = self.band(quantity).map(|band| band.evidence);
                ("priced", tariff.unit.spelling(), Some(tariff.from), evidence)
            }
        };
        StateReport {
            state,
            rate: self.band(quantity).map(|band| band.rate.normalize().to_string()),
            unit,
            from: from.map(|day| day.to_string()),
            seen: evidence.map(|known| known.seen.to_string()),
            source: evidence.map(|known| known.source.to_owned()),
            mark: evidence.map_or("", |known| known.standing.word()),
        }
    }
}

/// How one state became the other; nothing when the price is the same for every quantity.
///
/// A band that begins where the other side has none is held against the rate that the other side has there, so that
/// every row says what a unit cost before and what it costs now.
pub(super) fn changes(
    region: &str,
    price_id: &str,
    before: &State<'_>,
    after: &State<'_>,
    one_book: bool,
) -> Vec<ChangeReport> {
    let change = match (before, after) {
        (State::Unknown, State::Unknown) | (State::NotOffered(_), State::NotOffered(_)) => return Vec::new(),
        (State::Unknown, _) => "added",
        (_, State::Unknown) => "removed",
        (State::NotOffered(_), State::Priced(_)) => "offered",
        (State::Priced(_), State::NotOffered(_)) => "not offered",
        (State::Priced(a), State::Priced(b)) if a.unit != b.unit => "unit",
        (State::Priced(_), State::Priced(_)) => "changed",
    };
    let bands = |state: &State<'_>| match state {
        State::Priced(_) => state.starts(),
        State::Unknown | State::NotOffered(_) => BTreeSet::new(),
    };
    let mut starts = bands(before);
    starts.extend(bands(after));
    if starts.is_empty() {
        starts = after.starts();
    }
    let rate = |state: &State<'_>, quantity: Decimal| state.band(quantity).map(|band| band.rate);
    let differ = |start: &Decimal| change != "changed" || rate(before, *start) != rate(after, *start);
    let row = |start: Decimal| {
        let (before, after) = (before.report(start), after.report(start));
        let note = note(change, &before, &after, one_book);
        ChangeReport {
            region: region.to_owned(),
            price_id: price_id.to_owned(),
            change,
            from_quantity: start.normalize().to_string(),
            before,
            after,
            difference: None,
            percent: None,
            note,
        }
    };
    let with_money = |start: Decimal| match (rate(before, start), rate(after, start)) {
        (Some(was), Some(is)) if change == "changed" => ChangeReport {
            difference: Some((is - was).normalize().to_string()),
            percent: percent(was, is).map(|percent| percent.round_dp(4).normalize().to_string()),
            ..row(start)
        },
        _ => row(start),
    };
    starts.into_iter().filter(differ).map(with_money).collect()
}

/// What must be said of a change: that nobody may have looked before, or since when the new price is known.
fn note(change: &str, before: &StateReport, after: &StateReport, one_book: bool) -> String {
    let from = after.from.as_deref().unwrap_or_default();
    match change {
        "added" if one_book => format!("known only from {from} on"),
        "unit" => format!("per {} before, per {} now", before.unit, after.unit),
        "removed" => String::new(),
        _ => format!("from {from} on"),
    }
}

/// How much more the second is, in percent of the first; nothing where the first is 0.
pub(super) fn percent(first: Decimal, second: Decimal) -> Option<Decimal> {
    second.checked_sub(first)?.checked_div(first)?.checked_mul(Decimal::ONE_HUNDRED)
}
