//! The section `[traffic]`: a rate, its shape, and what changes it; and what of it contradicts what.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;

use super::field::{Field, Section, Values, section};
use super::reader::{Place, Reader};
use super::sections::Header;
use crate::measure::Rate;
use crate::money::approximate;
use crate::problem::Problem;
use crate::time::Month;
use crate::traffic::{Burst, Days, Growth, Hours, Launch, Season, Shape, Trace, Traffic, Zone};

/// Gives the trace that a scenario names by its path, or says why there is none; times in it without an offset are on the
/// clock of the zone.
pub type Traces<'a> = dyn FnMut(&str, &Zone) -> Result<Trace, String> + 'a;

/// The same for a scenario of several files, with the place of the file that names the trace in the list of layers.
pub type LayerTraces<'a> = dyn FnMut(usize, &str, &Zone) -> Result<Trace, String> + 'a;

section! {
    /// How many requests come, and when: the table `[traffic]`.
    pub struct TrafficEntry {
        /// Requests in a period, on average over the month; left out, those of the `trace`.
        pub rate: Option<Rate> => Kind::Rate, Optional;
        /// Requests that were counted: a CSV file of times and counts, or of one count per minute; with a `rate` it is scaled to it.
        pub trace: Option<String> => Kind::File, Optional;
        /// Hours of the day with more traffic; the rate stays the month's mean. Needs `peak_factor`.
        pub peak_hours: Option<Vec<Hours>> => Kind::When(When::Hours), Optional;
        /// How many times the rate of the other hours comes in the `peak_hours`.
        pub peak_factor: Option<Decimal> => Kind::Number, Optional;
        /// Days that have the `peak_hours`; left out, every day. A span over midnight belongs to the day it begins on.
        pub peak_days: Option<Days> => Kind::When(When::Days), Optional;
        /// Relative weights of the 24 hours of a day; the rate stays the month's mean.
        pub daily: Option<Shape> => Kind::When(When::Weights { count: 24 }), Optional;
        /// Relative weights of the 168 hours of a week, Monday 00:00 first; the rate stays the month's mean.
        pub weekly: Option<Shape> => Kind::When(When::Weights { count: 168 }), Optional;
        /// Time zone of hours and days, and of times without an offset in a trace; "730h" has its standard time.
        pub time_zone: Zone => Kind::When(When::Zone), Default("UTC");
        /// Arrival variability (ca²) at a given rate, 0 to 100: 1 for Poisson arrivals, more for clustered ones; left out, that of the trace, or 1.
        pub variability: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// Growth from month to month; the month that is weighed lies `months_ahead` and has the rate × (1 + growth)^months_ahead.
        pub growth: Option<Decimal> => Kind::Share, Optional;
        /// Months from now to the month that is weighed, for `growth`.
        pub months_ahead: Option<u32> => Kind::Count { least: 1, most: Growth::MOST_MONTHS }, Optional;
    }
}

section! {
    /// Bursts: a table `[[traffic.burst]]`.
    pub struct BurstEntry {
        /// How many times the usual rate comes in a burst; the month's requests stay the same.
        pub factor: Decimal => Kind::Number, Required;
        /// How long a burst lasts.
        pub length: Duration => Kind::Duration, Required;
        /// Time from the start of one burst to that of the next; the first begins with the month.
        pub every: Duration => Kind::Duration, Required;
    }
}

section! {
    /// A launch: the table `[traffic.launch]`.
    pub struct LaunchEntry {
        /// How many times the month's mean rate comes while it lasts: (factor - 1) × the mean comes on top.
        pub factor: Decimal => Kind::Number, Required;
        /// How long it lasts.
        pub length: Duration => Kind::Duration, Required;
        /// Day of the month on which it begins, at 00:00 in the `time_zone`.
        pub on_day: u32 => Kind::Count { least: 1, most: 31 }, Required;
    }
}

section! {
    /// A month with more or less traffic than usual: a table `[[traffic.season]]`.
    pub struct SeasonEntry {
        /// The calendar month.
        pub month: Month => Kind::Month, Required;
        /// How many times the usual traffic it has.
        pub factor: Decimal => Kind::Number, Required;
    }
}

/// A table inside `[traffic]`: its key, what it is, its fields, and whether there may be several.
pub(super) struct Nested {
    pub(super) key: &'static str,
    pub(super) doc: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) several: bool,
}

/// The tables inside `[traffic]`.
pub(super) const NESTED: [Nested; 3] = [
    Nested {
        key: "burst",
        doc: "Times with a multiple of the usual rate, again and again.",
        fields: BurstEntry::FIELDS,
        several: true,
    },
    Nested {
        key: "launch",
        doc: "A time with more traffic, once in the month.",
        fields: LaunchEntry::FIELDS,
        several: false,
    },
    Nested {
        key: "season",
        doc: "Calendar months with more or less traffic than usual.",
        fields: SeasonEntry::FIELDS,
        several: true,
    },
];

/// Reads `[traffic]`; nothing when something in it is wrong.
pub(super) fn read(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    header: Option<&Header>,
    traces: &mut LayerTraces<'_>,
) -> Option<Traffic> {
    let before = reader.problems.len();
    let nested = NESTED.map(|table| table.key);
    let own = reader.own_keys(place, TrafficEntry::FIELDS, &nested);
    let month = header.map(|header| header.month);
    let bursts = bursts(reader, place);
    let seasons = seasons(reader, place, month);
    let launch = reader.table_titled(place.table, "launch", "[traffic.launch]".to_owned()).map(|inner| {
        reader.section::<LaunchEntry>(&inner).map(|(entry, values)| (entry, values, inner.span.clone()))
    });
    let own = Place { table: &own, ..place.clone() };
    let (entry, values) = reader.section::<TrafficEntry>(&own)?;
    let shape = shape(reader, &entry, &values);
    let (growth, variability) = stated(reader, &entry, &values);
    let zone = &entry.time_zone;
    let launch = launch.map(|launch| {
        launch.and_then(|(launch, values, span)| checked_launch(reader, &launch, &values, span, zone, month))
    });
    if entry.rate.is_none() && entry.trace.is_none() {
        if !reader.meant(before, "rate") && !reader.meant(before, "trace") {
            lacks_rate(reader, place);
        }
        return None;
    }
    let mut traffic = source(reader, &entry, &values, traces)?;
    traffic = traffic.with_zone(zone.clone()).with_shape(shape?).with_bursts(bursts).with_seasons(seasons);
    if let Some(launch) = launch {
        traffic = traffic.with_launch(launch?);
    }
    if let Some(growth) = growth {
        traffic = traffic.with_growth(growth);
    }
    if let Some(variability) = variability {
        traffic = traffic.with_variability(variability);
    }
    if month.is_some_and(|month| traffic.is_too_much(month)) {
        let message = "the traffic grows to more than 1000000000000 requests a second";
        let problem = Problem::at(place.span.clone(), message);
        reader.problems.push(problem.allowing("a smaller `rate`, growth, season or launch"));
    }
    (reader.problems.len() == before).then_some(traffic)
}

/// The traffic of the rate, of the trace, or of the trace that is scaled to the rate.
fn source(
    reader: &mut Reader<'_>,
    entry: &TrafficEntry,
    values: &Values,
    traces: &mut LayerTraces<'_>,
) -> Option<Traffic> {
    let Some(name) = &entry.trace else { return entry.rate.map(Traffic::steady) };
    let trace = trace(reader, name, &entry.time_zone, values, traces)?;
    Some(match entry.rate {
        Some(rate) => Traffic::from_scaled_trace(trace, rate),
        None => Traffic::from_trace(trace),
    })
}

/// The trace of this name.
fn trace(
    reader: &mut Reader<'_>,
    name: &str,
    zone: &Zone,
    values: &Values,
    traces: &mut LayerTraces<'_>,
) -> Option<Trace> {
    let span = values.span("trace").unwrap_or_default();
    match traces(span.start, name, zone) {
        Ok(trace) => Some(trace),
        Err(why) => {
            let problem = Problem::at(span, format!("the trace `{name}`: {why}"));
            reader
                .problems
                .push(problem.allowing("`trace` is a file of times and counts, or of one count per minute"));
            None
        }
    }
}

/// Says that there is neither a rate nor a trace.
fn lacks_rate(reader: &mut Reader<'_>, place: &Place<'_>) {
    let rate = &TrafficEntry::FIELDS[0];
    let problem = Problem::at(place.span.clone(), format!("{} lacks `rate`", place.title));
    let allowed = format!("`rate` is {}; or a `trace`", rate.kind.allowed(reader.vocabulary));
    reader
        .problems
        .push(problem.labelled("Requests in a period, on average over the month").allowing(allowed));
}

/// The growth and the variability that are stated.
fn stated(reader: &mut Reader<'_>, entry: &TrafficEntry, values: &Values) -> (Option<Growth>, Option<f64>) {
    match (entry.growth, entry.months_ahead) {
        (Some(_), None) => alone(reader, values, "growth", "`months_ahead` beside `growth`, such as 6"),
        (None, Some(_)) => {
            alone(reader, values, "months_ahead", "`growth` beside `months_ahead`, such as \"5 %\"");
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    let variability = entry.variability.map(approximate);
    if let Some(too_much) = variability.filter(|variability| *variability > Traffic::MOST_VARIABILITY) {
        let span = values.span("variability").unwrap_or_default();
        let problem = Problem::at(span, format!("`variability`: {too_much} is more than 100"));
        reader.problems.push(problem.allowing("`variability` is a number from 0 to 100, such as 1 or 4"));
    }
    let growth = entry.growth.zip(entry.months_ahead);
    (growth.and_then(|(share, months)| Growth::new(share, months).ok()), variability)
}

/// Names a key that says nothing without another.
fn alone(reader: &mut Reader<'_>, values: &Values, key: &str, allowed: &str) {
    let lacks = allowed.split('`').nth(1).unwrap_or_default();
    let span = values.span(key).unwrap_or_default();
    reader.problems.push(Problem::at(span, format!("`{key}` without `{lacks}`")).allowing(allowed));
}

/// The shape that is stated; nothing when several are, or half of one.
fn shape(reader: &mut Reader<'_>, entry: &TrafficEntry, values: &Values) -> Option<Shape> {
    let before = reader.problems.len();
    let mut stated: Vec<(&str, Range<usize>)> = ["trace", "peak_hours", "daily", "weekly"]
        .into_iter()
        .filter_map(|key| values.span(key).map(|span| (key, span)))
        .collect();
    stated.sort_by_key(|(_, span)| span.start);
    if let [(first, place), (second, span), ..] = stated.as_slice() {
        let problem =
            Problem::at(span.clone(), format!("`{second}` beside `{first}`: two shapes of one traffic"));
        let allowed = "one of `peak_hours`, `daily`, `weekly` and `trace`";
        reader.problems.push(problem.allowing(allowed).beside(place.clone(), "the other shape"));
    }
    let peak = match (&entry.peak_hours, entry.peak_factor) {
        (Some(hours), Some(factor)) => {
            Some(Shape::peak_hours(hours, entry.peak_days.unwrap_or(Days::ALL), factor).ok()?)
        }
        (Some(_), None) => {
            alone(reader, values, "peak_hours", "`peak_factor` beside `peak_hours`, such as 5");
            None
        }
        (None, _) => {
            for key in ["peak_factor", "peak_days"].into_iter().filter(|key| values.span(key).is_some()) {
                let allowed = format!("`peak_hours` beside `{key}`, such as \"09:00-17:00\"");
                alone(reader, values, key, &allowed);
            }
            None
        }
    };
    let shape = peak.or_else(|| entry.daily.clone()).or_else(|| entry.weekly.clone());
    (reader.problems.len() == before).then(|| shape.unwrap_or_default())
}

fn bursts(reader: &mut Reader<'_>, place: &Place<'_>) -> Vec<Burst> {
    let mut bursts = Vec::new();
    for inner in reader.tables_titled(place.table, "burst", "[[traffic.burst]]".to_owned()) {
        let Some((entry, values)) = reader.section::<BurstEntry>(&inner) else { continue };
        match Burst::new(entry.factor, entry.length, entry.every) {
            Ok(burst) => bursts.push(burst),
            Err(why) => {
                let span = values.span("every").unwrap_or_default();
                let problem = Problem::at(span, format!("`every`: {why}"));
                reader
                    .problems
                    .push(problem.allowing("`every` is longer than the `length`, and a second at least"));
            }
        }
    }
    bursts
}

fn seasons(reader: &mut Reader<'_>, place: &Place<'_>, month: Option<Month>) -> Vec<Season> {
    let mut seasons: Vec<(Season, Range<usize>)> = Vec::new();
    for inner in reader.tables_titled(place.table, "season", "[[traffic.season]]".to_owned()) {
        let Some((entry, values)) = reader.section::<SeasonEntry>(&inner) else { continue };
        let span = values.span("month").unwrap_or_default();
        let Ok(season) = Season::new(entry.month, entry.factor) else {
            let problem = Problem::at(span, "`month`: a season is that of a calendar month");
            reader.problems.push(problem.allowing("`month` is a calendar month, such as \"2026-12\""));
            continue;
        };
        if let Some((_, first)) = seasons.iter().find(|(known, _)| known.month() == season.month()) {
            let problem = Problem::at(span.clone(), format!("two seasons of {}", shown(season.month())));
            reader
                .problems
                .push(problem.allowing("one season for each month").beside(first.clone(), "the first"));
        }
        seasons.push((season, span));
    }
    if let (Some(Month::Average), Some((_, span))) = (month, seasons.first()) {
        let problem =
            Problem::at(span.clone(), "a season of a calendar month, but the month that is weighed is none");
        reader
            .problems
            .push(problem.allowing("`month` of [scenario] is a calendar month too, such as \"2026-12\""));
    }
    seasons.into_iter().map(|(season, _)| season).collect()
}

/// A calendar month without its hours.
fn shown(month: Month) -> String {
    month.to_string().split(' ').next().unwrap_or_default().to_owned()
}

fn checked_launch(
    reader: &mut Reader<'_>,
    entry: &LaunchEntry,
    values: &Values,
    place: Range<usize>,
    zone: &Zone,
    month: Option<Month>,
) -> Option<Launch> {
    let span = |key: &str| values.span(key).unwrap_or_else(|| place.clone());
    let launch = match Launch::new(entry.factor, entry.length, entry.on_day) {
        Ok(launch) => launch,
        Err(why) => {
            let problem = Problem::at(span("factor"), format!("`factor`: {why}"));
            reader.problems.push(problem.allowing("`factor` is a number of 1 or more, such as 10"));
            return None;
        }
    };
    let Some(month) = month.filter(|month| !launch.falls_into(*month, zone)) else { return Some(launch) };
    let problem =
        Problem::at(span("on_day"), format!("`on_day`: the month {month} has no day {}", entry.on_day));
    reader.problems.push(problem.allowing("`on_day` is a day of the month"));
    None
}
