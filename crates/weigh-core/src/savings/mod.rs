//! Ways to pay less: each as a change of the scenario that is evaluated again, and the best of those that go together.

mod choose;
mod commit;
mod plan;
mod strategies;

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::bill::Bill;
use crate::catalog::Catalog;
use crate::commitment::Commitment;
use crate::compare::{BookStamp, Compared, Verdict, compare, requests};
use crate::evaluate::Evaluation;
use crate::platforms::FailedNeed;
use crate::pricebook::{MissingPrice, RegionPrices};
use crate::scenario::{Scenario, ServerHours};
use crate::time::Date;
use crate::traffic::{Days, Hours};

use choose::Search;
pub use strategies::{Action, EXCLUSIONS, STRATEGIES, Strategy, exclusion};

/// What is asked of savings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavingsQuestion {
    /// The one option that is looked at; nothing for all of them.
    pub option: Option<String>,
    /// The spans of the day in which servers run; nothing for 08:00 to 20:00.
    pub hours: Option<RunningHours>,
    /// The days that have them; nothing for Monday to Friday.
    pub days: Option<Days>,
}

/// Spans of the day, as a user writes them.
///
/// ```
/// use weigh_core::savings::RunningHours;
/// assert!("08:00-12:00, 13:00-18:00".parse::<RunningHours>().is_ok());
/// assert!("8 to 5".parse::<RunningHours>().unwrap_err().contains("no span"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningHours(Vec<Hours>);

impl FromStr for RunningHours {
    type Err = String;

    fn from_str(text: &str) -> Result<RunningHours, String> {
        Hours::list(text).map(RunningHours)
    }
}

impl SavingsQuestion {
    /// When servers run under the strategy `schedule`.
    ///
    /// # Errors
    /// Words that are no hours or days; the defaults are.
    fn server_hours(&self) -> Result<ServerHours, String> {
        let hours = match &self.hours {
            Some(RunningHours(stated)) => stated.clone(),
            None => Hours::list("08:00-20:00")?,
        };
        let days = self.days.map_or_else(|| "mon-fri".parse::<Days>(), Ok)?;
        Ok(ServerHours { hours, days })
    }

    /// Whether somebody asks for servers that stop.
    fn states_hours(&self) -> bool {
        self.hours.is_some() || self.days.is_some()
    }
}

/// What could be saved, for each option.
#[derive(Clone, Debug, PartialEq)]
pub struct Savings {
    /// The options, as the scenario states them.
    pub options: Vec<OptionSavings>,
    /// When servers run under the strategy `schedule`.
    pub server_hours: ServerHours,
    /// Whether those hours were asked for.
    pub hours_stated: bool,
    /// The day whose prices were used.
    pub as_of: Date,
    /// The book that they are from.
    pub book: BookStamp,
}

/// An option and what could be saved on it.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionSavings {
    /// The option's name.
    pub name: String,
    /// The platform's id; [`SEVERAL`](crate::scenario::SEVERAL) where its parts stand on several.
    pub platform: &'static str,
    /// What could be saved; or why there is no bill to save on.
    pub outcome: Result<Found, Verdict>,
}

/// What could be saved on an option's bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The option as the scenario states it.
    pub base: Evaluation,
    /// Every strategy of [`STRATEGIES`], in their order, and what became of it.
    pub strategies: Vec<Tried>,
    /// The best of those that go together.
    pub combined: Combined,
}

/// A strategy and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The strategy's id.
    pub id: &'static str,
    /// What became of it.
    pub outcome: TriedOutcome,
}

impl Tried {
    /// What it saves in the month by itself, in US dollars; below 0 where it costs more. Nothing where it could not be
    /// priced, does not apply, or fails a need.
    #[must_use]
    pub fn saving(&self) -> Option<Decimal> {
        match &self.outcome {
            TriedOutcome::Priced(change) if change.failed.is_empty() => Some(change.saving),
            _ => None,
        }
    }
}

/// What became of a strategy.
#[derive(Clone, Debug, PartialEq)]
pub enum TriedOutcome {
    /// It changes nothing about this option, and why.
    NotApplicable(String),
    /// The book lacks prices that it needs.
    Unpriced(Vec<MissingPrice>),
    /// The option could not be deployed so, because of these needs.
    Refused {
        /// What was changed, in words.
        what: String,
        /// The needs.
        needs: Vec<FailedNeed>,
    },
    /// The option was evaluated with the change.
    Priced(Box<Change>),
}

/// An option that was changed, evaluated again.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was changed, in words.
    pub what: String,
    /// The size that the deployment then has.
    pub size: String,
    /// What the month then costs.
    pub bill: Bill,
    /// The bill before less the bill after, in US dollars a month; below 0 where it costs more.
    pub saving: Decimal,
    /// What is committed to.
    pub commitments: Vec<Commitment>,
    /// The needs that it then fails.
    pub failed: Vec<FailedNeed>,
}

/// The best of the strategies that go together, all applied at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// Their ids, in the order of [`STRATEGIES`]; empty where none saves anything.
    pub strategies: Vec<&'static str>,
    /// The option with all of them.
    pub change: Change,
    /// What they save one by one, added up: more than they save together wherever two save on the same line.
    pub added_up: Decimal,
}

/// Why nothing could be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The scenario has no option of this name; it has these.
    NoOption(Vec<String>),
    /// Ends of a scale, as the scenario states them, that make no scale.
    NoScale(String),
}

/// What each strategy saves on the bill of each option, and what the best of those that go together save.
///
/// A strategy is a change of the scenario or of the option. The option is then evaluated as any other is: proposed, served,
/// metered, priced. What it saves is the difference of two exact bills, never a percentage, and the combined saving is that of
/// all its changes at once, never a sum.
///
/// # Errors
/// A name that is no option's; wrong ends of a scale.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// use weigh_core::savings::{SavingsQuestion, savings};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 4 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let savings = savings(&scenario, &catalog, &book, &SavingsQuestion::default()).unwrap();
/// let found = savings.options[0].outcome.as_ref().unwrap();
/// let saving = |id: &str| found.strategies.iter().find(|tried| tried.id == id).unwrap().saving().unwrap();
/// assert!(saving("spot") > 0.into() && saving("right-sizing") > saving("spot"));
/// assert!(found.combined.change.saving >= saving("right-sizing"));
/// ```
pub fn savings(
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    question: &SavingsQuestion,
) -> Result<Savings, NotSaved> {
    let mut all = requests(scenario);
    if let Some(name) = &question.option {
        let names: Vec<String> = all.iter().map(|request| request.name.clone()).collect();
        all.retain(|request| request.name == *name);
        if all.is_empty() {
            return Err(NotSaved::NoOption(names));
        }
    }
    let server_hours = question.server_hours().map_err(NotSaved::NoScale)?;
    let mut options = Vec::with_capacity(all.len());
    let mut stamp = None;
    for request in all {
        let mut own = scenario.clone();
        own.options = vec![request];
        let comparison = compare(&own, catalog, book).map_err(NotSaved::NoScale)?;
        stamp = Some((comparison.as_of, comparison.book));
        let Some(Compared { name, platform, verdict, .. }) = comparison.options.into_iter().next() else {
            continue;
        };
        let outcome = match verdict {
            Verdict::Ranked(ranked) => {
                let base = ranked.evaluation;
                let when = (&server_hours, question.states_hours());
                Ok(Search::new((&own, catalog, book), &base, when).found().map_err(NotSaved::NoScale)?)
            }
            other => Err(other),
        };
        options.push(OptionSavings { name, platform, outcome });
    }
    let (as_of, book) = match stamp {
        Some(known) => known,
        None => {
            let comparison = compare(scenario, catalog, book).map_err(NotSaved::NoScale)?;
            (comparison.as_of, comparison.book)
        }
    };
    Ok(Savings { options, server_hours, hours_stated: question.states_hours(), as_of, book })
}
