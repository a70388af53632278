//! Units: a month for a year, seconds for minutes, powers of 1,000 for powers of 1,024, steps of 100 ms.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::metered;
use super::model::{Effect, Model};
use super::search::{Change, Search};
use crate::bill::Charge;
use crate::claim::Dimension;
use crate::units::Unit;

const ID: &str = "units";

/// A slip: so many times what is right, as two whole numbers, and its words; both ways round.
type Slip = (i64, i64, &'static str, &'static str);

const OF_MONEY: &[Slip] = &[
    (12, 1, "for a year in place of a month", "for a month in place of a year"),
    (730, 1, "for a month in place of an hour", "for an hour in place of a month"),
    (720, 1, "for a month of 720 hours in place of an hour", "for an hour of 720 in place of a month"),
    (24, 1, "for a day in place of an hour", "for an hour in place of a day"),
    (365, 12, "for a month in place of a day", "for a day in place of a month"),
    (1_000, 1, "for a thousand in place of one", "for one in place of a thousand"),
    (1_000_000, 1, "for a million in place of one", "for one in place of a million"),
];
const OF_TIME: &[Slip] = &[
    (
        60,
        1,
        "taking minutes for hours or seconds for minutes",
        "taking hours for minutes or minutes for seconds",
    ),
    (1_000, 1, "taking seconds for milliseconds", "taking milliseconds for seconds"),
    (3_600, 1, "taking hours for seconds", "taking seconds for hours"),
    (24, 1, "taking days for hours", "taking hours for days"),
    (7, 1, "taking weeks for days", "taking days for weeks"),
];
const OF_SIZES: &[Slip] = &[
    (1_024, 1_000, "in powers of 1,000 in place of 1,024", "in powers of 1,024 in place of 1,000"),
    (1_048_576, 1_000_000, "in powers of 1,000 in place of 1,024", "in powers of 1,024 in place of 1,000"),
    (
        1_073_741_824,
        1_000_000_000,
        "in powers of 1,000 in place of 1,024",
        "in powers of 1,024 in place of 1,000",
    ),
    (8, 1, "in bits in place of bytes", "in bytes in place of bits"),
    (1_024, 1, "in the next smaller unit (MB for GB)", "in the next larger unit (GB for MB)"),
];
const OF_RATES: &[Slip] = &[
    (
        60,
        1,
        "by the hour for by the minute, or by the minute for by the second",
        "by the minute for by the hour, or by the second for by the minute",
    ),
    (24, 1, "by the day for by the hour", "by the hour for by the day"),
    (730, 24, "by the month for by the day", "by the day for by the month"),
    (86_400, 1, "by the day for by the second", "by the second for by the day"),
    (1_000, 1, "in thousands", "told in thousands"),
];
const OF_SHARES: &[Slip] = &[(100, 1, "as percent of percent", "as a share in place of percent")];
const OF_CPUS: &[Slip] = &[(1_024, 1, "in CPU units in place of vCPU", "in vCPU in place of CPU units")];

/// Slips with the amounts that a unit of a charge meters.
const GIGABYTES: &[Slip] = &[
    (1_024, 1_000, "counting 1,000 MB to the GB", "counting 1,024 MB to the GB"),
    (1_048_576, 1_000_000, "counting GB in powers of 1,000", "counting GB in powers of 1,024"),
    (1_073_741_824, 1_000_000_000, "counting GB of 10⁹ bytes", "counting GB of 2³⁰ bytes as 10⁹"),
    (8, 1, "taking bits for bytes", "taking bytes for bits"),
    (1_000, 1, "taking MB for GB", "taking GB for MB"),
    (1_024, 1, "taking MB for GB", "taking GB for MB"),
];
const SECONDS: &[Slip] = &[
    (60, 1, "taking seconds for minutes", "taking minutes for seconds"),
    (1_000, 1, "taking milliseconds for seconds", "taking seconds for milliseconds"),
    (3_600, 1, "taking seconds for hours", "taking hours for seconds"),
];
const NUMBERS: &[Slip] = &[
    (1_000, 1, "a thousand times as many", "a thousandth as many"),
    (1_000_000, 1, "a million times as many", "a millionth as many"),
    (365, 12, "a month's for a day's", "a day's for a month's"),
    (12, 1, "a year's for a month's", "a month's for a year's"),
];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    of_the_figure(search, changes);
    let Some(model) = &search.model else { return };
    for side in 0..2 {
        let of_side = model.places(side, true);
        let of = side_of(search, side);
        let mut labels: Vec<&str> = Vec::new();
        for place in &of_side {
            let label = model.groups[*place].label.as_str();
            if labels.contains(&label) {
                continue;
            }
            labels.push(label);
            let slips = model.groups[*place].charge.map_or(&[][..], |charge| slips_of(charge.unit));
            let alike = of_side.iter().copied().filter(|other| model.groups[*other].label == label);
            let alike: Vec<usize> = alike.collect();
            push_slips(search, model, &alike, slips, &format!(" for {label}{of}"), changes);
        }
        let gigabytes = |place: &usize| {
            let unit = model.groups[*place].charge.map(|charge| charge.unit);
            matches!(unit, Some(Unit::Gb | Unit::GbMonths))
        };
        let all: Vec<usize> = of_side.iter().copied().filter(gigabytes).collect();
        push_slips(search, model, &all, &GIGABYTES[..3], &of, changes);
        steps(model, &of_side, changes);
    }
}

fn slips_of(unit: Unit) -> &'static [Slip] {
    match unit {
        Unit::Gb | Unit::GbMonths => GIGABYTES,
        Unit::GbSeconds => SECONDS,
        Unit::Requests
        | Unit::Tokens
        | Unit::Messages
        | Unit::Events
        | Unit::Ios
        | Unit::Queries
        | Unit::ReadRequestUnits
        | Unit::WriteRequestUnits => NUMBERS,
        _ => &[],
    }
}

fn push_slips(
    search: &Search<'_>,
    model: &Model<'_>,
    places: &[usize],
    slips: &[Slip],
    of: &str,
    changes: &mut Vec<Change>,
) {
    for (many, one, forth, back) in slips.iter().filter(|_| !places.is_empty()) {
        for (ratio, words) in [
            (Decimal::from(*many) / Decimal::from(*one), forth),
            (Decimal::from(*one) / Decimal::from(*many), back),
        ] {
            let each = |times: &dyn Fn(usize) -> Option<Vec<Decimal>>| -> Option<Vec<Effect>> {
                places.iter().map(|place| Some((*place, times(*place)?))).collect()
            };
            let metered = each(&|place| metered::times(search, &model.groups[place], ratio));
            let paid = each(&|place| model.groups[place].times(ratio));
            // Where nothing is free and all costs the same, both are one.
            let paid = paid.filter(|paid| metered.as_ref() != Some(paid));
            let words = format!("{words}{of}");
            if let Some(effects) = paid {
                let words = format!("{words}, of what is left to pay");
                changes.push(Change::costs(ID, 5, words, effects));
            }
            changes.extend(metered.map(|effects| Change::costs(ID, 4, words, effects)));
        }
    }
}

/// Durations that are billed in steps of 100 ms, as functions were until December 2020.
fn steps(model: &Model<'_>, places: &[usize], changes: &mut Vec<Change>) {
    let change = |charge: &Charge| -> Option<Decimal> {
        let seconds = charge.factors.iter().find(|factor| factor.label == "s").map(|factor| factor.value);
        match seconds.filter(|_| charge.unit == Unit::GbSeconds) {
            None => Some(charge.cost),
            Some(seconds) => {
                let stepped = (seconds * Decimal::TEN).ceil() / Decimal::TEN;
                charge.cost.checked_mul(stepped)?.checked_div(seconds)
            }
        }
    };
    let timed =
        |place: &&usize| model.groups[**place].charge.is_some_and(|charge| charge.unit == Unit::GbSeconds);
    let effects =
        places.iter().filter(timed).map(|place| Some((*place, model.groups[*place].changed(change)?)));
    if let Some(effects) = effects.collect::<Option<Vec<Effect>>>().filter(|effects| !effects.is_empty()) {
        changes.push(Change::costs(ID, 3, "in steps of 100 ms in place of 1 ms".to_owned(), effects));
    }
}

/// The whole figure in another unit.
fn of_the_figure(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(unit) = &search.claim.unit else { return };
    let slips = match unit.dimension {
        Dimension::MoneyPerMonth | Dimension::Money | Dimension::Price => OF_MONEY,
        Dimension::Time | Dimension::TimePerMonth => OF_TIME,
        Dimension::Size => OF_SIZES,
        Dimension::Rate => OF_RATES,
        Dimension::Percent => OF_SHARES,
        Dimension::Vcpu => OF_CPUS,
        Dimension::Count => &[],
    };
    let figure = search.computed.figure;
    let times = |many: Decimal, one: Decimal| {
        let end = |end: Option<Decimal>| {
            end.map(|end| end.checked_mul(many)?.checked_div(one)).map_or(Some(None), |end| end.map(Some))
        };
        Some(crate::claim::Figure { low: end(figure.low)?, high: end(figure.high)? })
    };
    for (many, one, forth, back) in slips {
        // What is far away is hardly met by chance.
        let plain = match many / one {
            60.. => 1,
            7.. => 2,
            _ => 3,
        };
        let (many, one) = (Decimal::from(*many), Decimal::from(*one));
        for (figure, words) in [(times(many, one), forth), (times(one, many), back)] {
            let words = format!("equals the {} {words}", search.noun());
            changes.extend(figure.map(|figure| Change::figure(ID, plain, words, figure)));
        }
    }
}
