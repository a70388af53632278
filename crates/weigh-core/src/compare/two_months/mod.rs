//! One deployment in two months: the convention of 730 hours, and a month of the calendar beside it.

mod calendar;
mod reasons;
mod same;

use super::judge::Judge;
use super::{BookStamp, Compared, Comparison, Verdict, compare, requests};
use crate::bill::Bill;
use crate::catalog::Catalog;
use crate::pricebook::RegionPrices;
use crate::scenario::Scenario;
use crate::time::{Date, Month};

pub use calendar::CalendarMonth;
pub use reasons::{ChargeInTwoMonths, MonthReason};

/// An option in a month of 730 hours and in one of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoMonths {
    /// The option's name.
    pub name: String,
    /// The platform's id; [`SEVERAL`](crate::scenario::SEVERAL) where its parts stand on several.
    pub platform: &'static str,
    /// The month that the scenario states, for which the deployment is chosen.
    pub stated: MonthChoice,
    /// The month of 730 hours.
    pub average: MonthChoice,
    /// The month of the calendar.
    pub calendar: MonthChoice,
    /// The deployment in both months; or why there is none with a bill.
    pub deployed: Result<DeployedInTwoMonths, Verdict>,
    /// The day whose prices were used, for both months.
    pub as_of: Date,
    /// The book that they are from.
    pub book: BookStamp,
}

/// What a comparison of a scenario chooses when it is billed for a month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthChoice {
    /// The scenario with this month in the place of its own.
    pub scenario: Scenario,
    /// What becomes of the option, with the size that would be chosen for it.
    pub option: Compared,
    /// The option that is recommended; nothing where none meets the needs.
    pub recommended: Option<String>,
}

impl MonthChoice {
    /// The month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.scenario.header.month
    }
}

/// One deployment and its bills of two months.
#[derive(Clone, Debug, PartialEq)]
pub struct DeployedInTwoMonths {
    /// Its size in a few words.
    pub size: String,
    /// The bill of 730 hours.
    pub average: Bill,
    /// The bill of the month of the calendar.
    pub calendar: Bill,
    /// The charges of both bills, each with why it differs: in the order of the first, what only the second has last.
    pub charges: Vec<ChargeInTwoMonths>,
}

/// Why an option is not held against a month of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotInTwoMonths {
    /// The scenario has no option of this name; it has these.
    NoOption(Vec<String>),
    /// The scenario bills some days of a month, which are neither of the two.
    PartOfMonth(Month),
    /// The scenario states something that a month has no room for, in words.
    NoRoom(String),
    /// Ends of a scale, as the scenario states them, that make no scale.
    NoScale(String),
}

/// Bills an option for 730 hours and for a month of the calendar: the same deployment, prices and traffic in both.
///
/// The deployment is the one that a comparison chooses for the month that the scenario states. What a comparison of either
/// month would choose stands beside it, so that nobody takes another size for the same one. What the month moves is told
/// charge by charge; a scenario that states a month of the calendar gets another one in its place.
///
/// # Errors
/// A name that is no option's; a scenario that bills a part of a month, or states what a month has no room for; wrong ends
/// of a scale.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{in_two_months, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.25, memory = "512 MiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let months = in_two_months(&scenario, &catalog, &book, "fargate", "2026-02".parse().unwrap()).unwrap();
/// let deployed = months.deployed.unwrap();
/// let tasks = &deployed.charges[0];
/// // 2 tasks of 0.25 vCPU: 365 vCPU-hours in 730 hours, 336 in February's 672.
/// let hours = |side: &Option<weigh_core::bill::Charge>| side.as_ref().unwrap().quantity.normalize().to_string();
/// assert_eq!((hours(&tasks.average), hours(&tasks.calendar)), ("365".to_owned(), "336".to_owned()));
/// let told: rust_decimal::Decimal = deployed.charges.iter().map(|charge| charge.difference()).sum();
/// assert_eq!(told, deployed.calendar.total() - deployed.average.total());
/// ```
pub fn in_two_months(
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    name: &str,
    calendar: CalendarMonth,
) -> Result<TwoMonths, NotInTwoMonths> {
    let stated = scenario.header.month;
    if stated.is_partial() {
        return Err(NotInTwoMonths::PartOfMonth(stated));
    }
    let all = requests(scenario);
    let Some(request) = all.iter().find(|request| request.name == name) else {
        return Err(NotInTwoMonths::NoOption(all.iter().map(|request| request.name.clone()).collect()));
    };
    let own = choice(scenario.clone(), catalog, book, name)?;
    let in_month = |month: Month| match month == stated {
        true => Ok(own.clone()),
        false => {
            let scenario = scenario.in_month(month).map_err(NotInTwoMonths::NoRoom)?;
            choice(scenario, catalog, book, name)
        }
    };
    let (average, (calendar, _)) = (in_month(Month::Average)?, in_month(calendar.month())?);
    let (average, _) = average;
    let (own, comparison) = own;
    let judge = Judge::of(&own.scenario, catalog, book).map_err(NotInTwoMonths::NoScale)?;
    let deployed = same::bills(&judge, request, &[&average.scenario, &calendar.scenario]);
    let deployed = deployed.map(|same::Bills { size, bills: [first, second] }| {
        let charges = reasons::charges((&average.scenario, &first), (&calendar.scenario, &second));
        DeployedInTwoMonths { size, average: first, calendar: second, charges }
    });
    Ok(TwoMonths {
        name: name.to_owned(),
        platform: own.option.platform,
        stated: own,
        average,
        calendar,
        deployed,
        as_of: comparison.as_of,
        book: comparison.book,
    })
}

/// What a comparison makes of the option, and the comparison itself.
fn choice(
    scenario: Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    name: &str,
) -> Result<(MonthChoice, Comparison), NotInTwoMonths> {
    let comparison = compare(&scenario, catalog, book).map_err(NotInTwoMonths::NoScale)?;
    let recommended = comparison.ranked().next().map(|(option, _)| option.name.clone());
    let option = comparison.options.iter().find(|option| option.name == name).cloned();
    let names = || comparison.options.iter().map(|option| option.name.clone()).collect();
    let option = option.ok_or_else(|| NotInTwoMonths::NoOption(names()))?;
    Ok((MonthChoice { scenario, option, recommended }, comparison))
}
