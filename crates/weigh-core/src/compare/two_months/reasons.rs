//! Why a charge of one month differs from that of another: what follows the hours, what follows the days, and what neither.

use rust_decimal::Decimal;

use crate::bill::{Bill, Charge};
use crate::scenario::Scenario;
use crate::time::Month;
use crate::units::Unit;

/// Why a charge differs, or does not, between a month of 730 hours and one of the calendar.
///
/// ```
/// use weigh_core::compare::MonthReason;
/// assert_eq!(MonthReason::ALL[0], MonthReason::Hours);
/// assert_eq!(MonthReason::MonthlyPrice.id(), "monthly-price");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthReason {
    /// It is billed for each hour or second that it stands there.
    Hours,
    /// It comes at a rate a second, a minute, an hour, a day or a week.
    Rate,
    /// It is committed to, and due or covered in each hour.
    Commitment,
    /// It has a monthly price, which a whole month costs whatever its hours.
    MonthlyPrice,
    /// It is billed by the hour up to a monthly price, which is what the bill has.
    MonthlyCap,
    /// It is stated for a month.
    StatedByMonth,
    /// It is free, or has a tier, each month.
    Allowance,
    /// It is kept for a number of days, which are another share of the month.
    KeptForDays,
    /// A season or a launch weighs otherwise in the month.
    SeasonOrLaunch,
    /// The month is served otherwise: its days fall on other weekdays, and chance strikes otherwise.
    Served,
}

impl MonthReason {
    /// Every reason, in the order in which reports show them.
    pub const ALL: [MonthReason; 10] = [
        MonthReason::Hours,
        MonthReason::Rate,
        MonthReason::Commitment,
        MonthReason::SeasonOrLaunch,
        MonthReason::Served,
        MonthReason::KeptForDays,
        MonthReason::Allowance,
        MonthReason::MonthlyPrice,
        MonthReason::MonthlyCap,
        MonthReason::StatedByMonth,
    ];

    /// Its id in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            MonthReason::Hours => "hours",
            MonthReason::Rate => "rate",
            MonthReason::Commitment => "commitment",
            MonthReason::MonthlyPrice => "monthly-price",
            MonthReason::MonthlyCap => "monthly-cap",
            MonthReason::StatedByMonth => "stated-by-month",
            MonthReason::Allowance => "allowance",
            MonthReason::KeptForDays => "kept-for-days",
            MonthReason::SeasonOrLaunch => "season-or-launch",
            MonthReason::Served => "served",
        }
    }
}

/// A charge in a month of 730 hours and in one of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargeInTwoMonths {
    /// In 730 hours; nothing where only the other month has it.
    pub average: Option<Charge>,
    /// In the month of the calendar; nothing where it does not have it.
    pub calendar: Option<Charge>,
    /// Why it differs, the first the main reason, each with its US dollars; they add up to the difference exactly.
    pub reasons: Vec<(MonthReason, Decimal)>,
}

impl ChargeInTwoMonths {
    /// What it costs more in the month of the calendar, in US dollars, exactly; below 0 where it costs less.
    #[must_use]
    pub fn difference(&self) -> Decimal {
        let cost = |charge: &Option<Charge>| charge.as_ref().map_or(Decimal::ZERO, |charge| charge.cost);
        cost(&self.calendar) - cost(&self.average)
    }
}

/// A month and what of it explains its charges.
struct Sides {
    months: [Month; 2],
    /// Whether the requests are stated for a month.
    by_month: bool,
    /// Whether a season or a launch makes one month unlike others.
    unlike: bool,
}

/// The charges of two bills side by side, each with why it differs.
pub(super) fn charges(
    (average, first): (&Scenario, &Bill),
    (calendar, second): (&Scenario, &Bill),
) -> Vec<ChargeInTwoMonths> {
    let traffic = &calendar.traffic;
    let unlike = traffic.once_or_seldom().iter().any(|what| *what != "growth");
    let months = [average.header.month, calendar.header.month];
    let sides = Sides { months, by_month: traffic.is_stated_by_month(), unlike };
    let mut left: Vec<Option<&Charge>> = second.charges().iter().map(Some).collect();
    let mut found = Vec::with_capacity(left.len());
    for charge in first.charges() {
        let is_same = |other: &&mut Option<&Charge>| other.is_some_and(|other| key(other) == key(charge));
        let other = left.iter_mut().find(is_same).and_then(Option::take);
        found.push((Some(charge), other));
    }
    found.extend(left.into_iter().flatten().map(|charge| (None, Some(charge))));
    let both = found.into_iter().map(|(average, calendar)| {
        let reasons = match (average, calendar) {
            (Some(one), Some(other)) => sides.reasons(one, other),
            (Some(alone), None) => sides.alone(&Part::of(alone, first, second), 0),
            (None, Some(alone)) => sides.alone(&Part::of(alone, second, first), 1),
            (None, None) => Vec::new(),
        };
        ChargeInTwoMonths { average: average.cloned(), calendar: calendar.cloned(), reasons }
    });
    both.collect()
}

/// A part of a metered line that only one of two bills has.
struct Part<'a> {
    charge: &'a Charge,
    /// Where in its line it begins: what the parts before it hold.
    begins: Decimal,
    /// What the whole line comes to in the bill that lacks the part; nothing where that bill lacks the line.
    there: Option<Decimal>,
}

impl<'a> Part<'a> {
    fn of(charge: &'a Charge, own: &Bill, other: &Bill) -> Part<'a> {
        let is_of_the_line = |each: &&Charge| line(each) == line(charge);
        let before = own.charges().iter().take_while(|each| !std::ptr::eq(*each, charge));
        Part {
            charge,
            begins: before.filter(is_of_the_line).map(|each| each.quantity).sum(),
            there: other.charges().iter().find(is_of_the_line).map(|each| each.metered),
        }
    }
}

/// What makes a charge a part of the same metered line.
fn line(charge: &Charge) -> [&str; 4] {
    let [price_id, environment, component, description, _] = key(charge);
    [price_id, environment, component, description]
}

/// What makes a charge the same charge of another bill.
fn key(charge: &Charge) -> [&str; 5] {
    [&charge.price_id, &charge.environment, &charge.component, &charge.description, &charge.part]
}

impl Sides {
    /// Why a charge differs, with amounts that add up to the difference exactly.
    fn reasons(&self, one: &Charge, other: &Charge) -> Vec<(MonthReason, Decimal)> {
        let difference = other.cost - one.cost;
        let whole = |reason| vec![(reason, difference)];
        if one.commitment.is_some() {
            return whole(MonthReason::Commitment);
        }
        if one.unit == Unit::NodeMonths {
            return whole(MonthReason::MonthlyCap);
        }
        let in_a_tier = !one.part.is_empty() && is_same(one.quantity, other.quantity);
        if in_a_tier || one.part == FREE {
            return whole(MonthReason::Allowance);
        }
        if is_same(one.metered, other.metered) {
            return whole(self.why_the_same(one, other, difference));
        }
        let (follows, expected) = self.expected(one.metered, self.ticks(one, 0) && self.ticks(other, 1));
        if is_same(other.metered, self.over_the_hours(one.metered)) {
            return whole(follows);
        }
        if one.factors.iter().any(|factor| is_kept(&factor.label)) {
            return whole(MonthReason::KeptForDays);
        }
        // The days first, with what was served as it was; what is left is that more or less was served.
        let moved = (expected - one.metered) / (other.metered - one.metered);
        let first = difference.checked_mul(moved).unwrap_or(difference).round_dp(9);
        split((follows, first), self.otherwise(one), difference)
    }

    /// Why one month alone has a part of a line, with amounts that add up to the difference exactly.
    fn alone(&self, part: &Part<'_>, side: usize) -> Vec<(MonthReason, Decimal)> {
        let charge = part.charge;
        let difference = if side == 0 { -charge.cost } else { charge.cost };
        let whole = |reason| vec![(reason, difference)];
        if charge.commitment.is_some() {
            return whole(MonthReason::Commitment);
        }
        if charge.part == FREE {
            return whole(MonthReason::Allowance);
        }
        let Some(there) = part.there else { return whole(self.otherwise(charge)) };
        // Other lines have used more or less of what they share.
        if is_same(charge.metered, there) {
            return whole(MonthReason::Allowance);
        }
        let (average, calendar) = if side == 0 { (charge.metered, there) } else { (there, charge.metered) };
        let (follows, expected) = self.expected(average, self.ticks(charge, side));
        if is_same(calendar, self.over_the_hours(average)) {
            return whole(follows);
        }
        if charge.factors.iter().any(|factor| is_kept(&factor.label)) {
            return whole(MonthReason::KeptForDays);
        }
        // What the days alone put into the part, or leave of it.
        let within = (expected - part.begins).clamp(Decimal::ZERO, charge.quantity);
        let share = within.checked_div(charge.quantity).unwrap_or_default();
        let moved = if side == 0 { Decimal::ONE - share } else { share };
        let first = difference.checked_mul(moved).unwrap_or(difference).round_dp(9);
        split((follows, first), self.otherwise(charge), difference)
    }

    /// What so much in 730 hours comes to in the other month by the hours or the days alone, and which of them it follows.
    fn expected(&self, average: Decimal, ticks: bool) -> (MonthReason, Decimal) {
        let follows = if ticks { MonthReason::Hours } else { MonthReason::Rate };
        let moves = ticks || !self.by_month;
        (follows, if moves { self.over_the_hours(average) } else { average })
    }

    /// What so much in 730 hours is in the hours of the other month.
    fn over_the_hours(&self, amount: Decimal) -> Decimal {
        let [before, after] = self.months.map(Month::hours_exact);
        amount.checked_mul(after).map_or(amount, |all| all / before)
    }

    /// Why as much is metered in both months.
    fn why_the_same(&self, one: &Charge, other: &Charge, difference: Decimal) -> MonthReason {
        // Other lines have used more or less of what they share.
        if difference.abs() > one.cost.abs() * NEARLY + LEAST {
            return MonthReason::Allowance;
        }
        let same_factors = one.factors.iter().zip(&other.factors).all(|(a, b)| is_same(a.value, b.value));
        let is_monthly = one.unit.spelling().ends_with("Months");
        match (is_monthly, same_factors) {
            (true, true) => MonthReason::MonthlyPrice,
            (true, false) if one.factors.iter().any(|factor| is_kept(&factor.label)) => {
                MonthReason::KeptForDays
            }
            _ => MonthReason::StatedByMonth,
        }
    }

    /// Whether a charge's quantity counts the hours or the seconds of its month.
    fn ticks(&self, charge: &Charge, side: usize) -> bool {
        let month = self.months[side];
        charge.factors.iter().any(|factor| match factor.label.as_ref() {
            "hours" => factor.value == month.hours_exact(),
            "s" => factor.value == month.seconds_exact(),
            label => label.starts_with("vCPU-hours above"),
        })
    }

    /// Why more or less is charged than the hours or the days alone make.
    fn otherwise(&self, charge: &Charge) -> MonthReason {
        // What is beyond a quantity that each month has shrinks and grows faster than the month.
        let beyond = charge.factors.iter().any(|factor| factor.label.contains(" included"));
        match (beyond, self.unlike) {
            (true, _) => MonthReason::Allowance,
            (false, true) => MonthReason::SeasonOrLaunch,
            (false, false) => MonthReason::Served,
        }
    }
}

/// What the hours or the days make of a difference first, and what is left to another reason; one alone where the other makes nothing.
fn split(
    (follows, first): (MonthReason, Decimal),
    otherwise: MonthReason,
    difference: Decimal,
) -> Vec<(MonthReason, Decimal)> {
    match (first.is_zero(), first == difference) {
        (true, _) => vec![(otherwise, difference)],
        (false, true) => vec![(follows, difference)],
        (false, false) => vec![(follows, first), (otherwise, difference - first)],
    }
}

/// The part of a metered line that costs nothing.
const FREE: &str = "free allowance";

/// Whether a factor is how long something is kept, in months.
fn is_kept(label: &str) -> bool {
    label.starts_with("months ")
}

/// How near two quantities are that differ by rounding alone: a millionth, or the ninth place in which they are metered.
const NEARLY: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
const LEAST: Decimal = Decimal::from_parts(2, 0, 0, false, 9);

fn is_same(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * NEARLY + LEAST
}
