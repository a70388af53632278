//! What to commit to: for each option the level of each commitment that makes its month cheapest, and what that risks.

mod search;

use std::str::FromStr;

use rust_decimal::Decimal;

use super::judge::{Judge, verdict};
use super::{BookStamp, Verdict, requests, vetoes};
use crate::bill::Bill;
use crate::capacity::Serving;
use crate::catalog::Catalog;
use crate::commitment::{Commitment, Term};
use crate::evaluate::{
    EVENTS, SEED, ServedPart, Unpriced, add_part, meter_services, serve_month, switched_on, terms,
};
use crate::measure::share;
use crate::money::NotExact;
use crate::platforms::{FailedNeed, Platform};
use crate::pricebook::{MissingPrice, RegionPrices, Terms};
use crate::scenario::{OptionRequest, SEVERAL, Scenario};
use crate::time::Date;
use crate::usage::Usage;

pub use search::{Level, Levels, SAVINGS_PLAN_STEP, best_levels};

/// What is asked of commitments.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitmentQuestion {
    /// The one option that is looked at; nothing for all of them.
    pub option: Option<String>,
    /// The one term that is looked at; nothing for both.
    pub term: Option<Term>,
    /// The share of the traffic that may be lost.
    pub falls: Fall,
}

/// A share of the traffic that falls away: above 0 and below 1.
///
/// ```
/// use weigh_core::compare::Fall;
/// assert_eq!("20%".parse::<Fall>().unwrap().share().to_string(), "0.2");
/// assert!("100%".parse::<Fall>().unwrap_err().contains("less than all of it"));
/// assert!("a fifth".parse::<Fall>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fall(Decimal);

impl Fall {
    /// The share, above 0 and below 1.
    #[must_use]
    pub fn share(self) -> Decimal {
        self.0
    }
}

impl FromStr for Fall {
    type Err = String;

    fn from_str(text: &str) -> Result<Fall, String> {
        let share = share(text)?;
        match share > Decimal::ZERO && share < Decimal::ONE {
            true => Ok(Fall(share)),
            false => Err(format!("`{text}`: traffic falls by more than nothing and less than all of it")),
        }
    }
}

/// What to commit to, for each option.
#[derive(Clone)]
pub struct CommitmentAdvice {
    /// The options, as the scenario states them.
    pub options: Vec<OptionCommitments>,
    /// What was asked.
    pub question: CommitmentQuestion,
    /// The day whose prices were used.
    pub as_of: Date,
    /// The book that they are from.
    pub book: BookStamp,
}

/// An option and what could be committed to for it.
#[derive(Clone)]
pub struct OptionCommitments {
    /// The option's name.
    pub name: String,
    /// The platform's id; [`SEVERAL`](crate::scenario::SEVERAL) where its parts stand on several.
    pub platform: &'static str,
    /// What could be committed to; or why there is no deployment to commit for.
    pub outcome: Result<DeploymentCommitments, Verdict>,
}

/// What could be committed to for a deployment.
#[derive(Clone)]
pub struct DeploymentCommitments {
    /// Its size.
    pub size: String,
    /// The needs that it fails.
    pub failed: Vec<FailedNeed>,
    /// The month without any commitment.
    pub without: Bill,
    /// The same with less traffic.
    pub without_if_falls: Bill,
    /// What of the month a commitment could cover, in US dollars on demand.
    pub eligible_worth: Decimal,
    /// Each commitment at its best level, then mixes of them, in the order of kind, term and payment.
    pub levels: Vec<CommitmentLevel>,
    /// Commitments that save nothing at any level, in words.
    pub not_worth: Vec<String>,
    /// Prices without which commitments could not be looked at.
    pub missing: Vec<MissingPrice>,
}

/// Commitments at their best level.
#[derive(Clone)]
pub struct CommitmentLevel {
    /// The commitments: one, or a mix.
    pub commitments: Vec<Commitment>,
    /// The month with them.
    pub with: Bill,
    /// The month with them and less traffic.
    pub with_if_falls: Bill,
}

impl CommitmentLevel {
    /// What it saves in the month, in US dollars.
    #[must_use]
    pub fn saving(&self, without: &Bill) -> Decimal {
        without.total() - self.with.total()
    }
}

impl DeploymentCommitments {
    /// The place of the level that saves most; nothing when none saves anything.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        let saving = |level: &CommitmentLevel| level.saving(&self.without);
        let places = self.levels.iter().enumerate().filter(|(_, level)| saving(level) > Decimal::ZERO);
        // Of equal ones the first: the plainer one.
        let best = places.rev().max_by_key(|(_, level)| saving(level));
        best.map(|(place, _)| place)
    }
}

/// Why nothing could be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAdvised {
    /// The scenario has no option of this name; it has these.
    NoOption(Vec<String>),
    /// Ends of a scale, as the scenario states them, that make no scale.
    NoScale(String),
}

/// Finds what to commit to for each option: of every commitment that the book prices the level that makes the month of the
/// option's deployment cheapest, hour by hour, and the best mix of reservations and Savings Plan.
///
/// The deployment is the one that a comparison chooses where nothing is committed to: commitments that the scenario states
/// are left aside. Each level is found in floating point and priced as any bill is. What is lost when traffic falls is seen by
/// serving less with the same deployment.
///
/// # Errors
/// A name that is no option's; wrong ends of a scale.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{CommitmentQuestion, advise, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }, { platform = "lightsail" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let question = CommitmentQuestion { option: None, term: None, falls: "20%".parse().unwrap() };
/// let advice = advise(&scenario, &catalog, &book, question).unwrap();
/// // Two tasks run all the time: everything is worth a plan. Lightsail has nothing to commit to.
/// let [fargate, lightsail] = &advice.options[..] else { panic!() };
/// let fargate = fargate.outcome.as_ref().unwrap();
/// let best = &fargate.levels[fargate.best().unwrap()];
/// assert_eq!(best.with.commitments()[0].coverage(), Some(1.into()));
/// assert!(lightsail.outcome.as_ref().unwrap().eligible_worth.is_zero());
/// ```
pub fn advise(
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    question: CommitmentQuestion,
) -> Result<CommitmentAdvice, NotAdvised> {
    let mut bare = scenario.clone();
    bare.commitments.clear();
    let judge = Judge::of(&bare, catalog, book).map_err(NotAdvised::NoScale)?;
    let mut all = requests(&bare);
    if let Some(name) = &question.option {
        let names: Vec<String> = all.iter().map(|request| request.name.clone()).collect();
        all.retain(|request| request.name == *name);
        if all.is_empty() {
            return Err(NotAdvised::NoOption(names));
        }
    }
    let options = all.iter().map(|request| {
        let platform = Platform::find(&request.platform).map_or(SEVERAL, |platform| platform.id);
        let outcome = option(&judge, request, &question);
        OptionCommitments { name: request.name.clone(), platform, outcome }
    });
    let options = options.collect();
    let (as_of, book) = (judge.as_of, BookStamp::of(book, judge.as_of));
    Ok(CommitmentAdvice { options, question, as_of, book })
}

/// What could be committed to for the deployment, or the deployments of all parts, that speak for an option.
fn option(
    judge: &Judge<'_>,
    request: &OptionRequest,
    question: &CommitmentQuestion,
) -> Result<DeploymentCommitments, Verdict> {
    let remains = Decimal::ONE - question.falls.share();
    let mut month = Month {
        judge,
        usage: Usage::default(),
        usage_if_falls: Usage::default(),
        size: String::new(),
        served: Vec::new(),
    };
    let mut failed = Vec::new();
    match judge.scenario.parts_of(request) {
        parts if parts.is_empty() => month.add(judge, (request, ""), remains, &mut failed)?,
        parts => {
            for part in parts {
                let scenario = judge.scenario.of_part(&part);
                let own = Judge { scenario: &scenario, weighing: judge.weighing.clone(), ..*judge };
                month.add(&own, (&part.request, &part.environment), remains, &mut failed)?;
            }
        }
    }
    month.add_services()?;
    let (without, without_if_falls) = month.bills(&[])?;
    let missing = |prices| Verdict::Unpriced { size: month.size.clone(), missing: prices };
    let eligible = judge.book.eligible(&month.usage, &month.terms(&[])).map_err(missing)?;
    let hours = judge.scenario.header.month.hours();
    let Levels { levels, not_worth, missing } =
        best_levels(&eligible, judge.book, &month.terms(&[]), hours, question.term);
    let mut priced = Vec::with_capacity(levels.len());
    for commitments in levels {
        let (with, with_if_falls) = month.bills(&commitments)?;
        priced.push(CommitmentLevel { commitments, with, with_if_falls });
    }
    Ok(DeploymentCommitments {
        size: month.size.clone(),
        failed,
        eligible_worth: eligible.iter().map(|line| line.amount * line.rate).sum(),
        without,
        without_if_falls,
        levels: priced,
        not_worth,
        missing,
    })
}

/// What a deployment uses in its month, as it is and with less traffic.
struct Month<'j> {
    judge: &'j Judge<'j>,
    usage: Usage,
    usage_if_falls: Usage,
    size: String,
    served: Vec<PartServed>,
}

/// One of the two months of a part.
type Pick = fn(&PartServed) -> &(Scenario, Serving);

/// A part with the traffic as it is, and with what remains of it.
struct PartServed {
    environment: String,
    as_it_is: (Scenario, Serving),
    if_falls: (Scenario, Serving),
}

impl Month<'_> {
    /// Adds what the deployment that a judge chooses uses in its month, and what it uses when only a part of the traffic
    /// remains; keeps the needs that it fails.
    fn add(
        &mut self,
        judge: &Judge<'_>,
        (request, environment): (&OptionRequest, &str),
        remains: Decimal,
        failed: &mut Vec<FailedNeed>,
    ) -> Result<(), Verdict> {
        let Some(platform) = Platform::find(&request.platform) else { return Ok(()) };
        let scenario = judge.scenario;
        let (deployment, evaluation) = judge.chosen(request, platform)?;
        let not_exact = |why: NotExact| verdict(vec![Unpriced::NotExact(why)]);
        let mut less = scenario.clone();
        less.traffic = less.traffic.times(remains);
        let serving = serve_month(&deployment.setup(), &less, EVENTS, SEED, &mut ());
        let usage = deployment.meter(&evaluation.serving).map_err(not_exact)?;
        let usage_if_falls = deployment.meter_under(&less, &serving).map_err(not_exact)?;
        let usages = [(&mut self.usage, usage), (&mut self.usage_if_falls, usage_if_falls)];
        for (own, all) in usages {
            let (used, _) = switched_on(all, scenario).map_err(|why| verdict(vec![why]))?;
            add_part(own, &used, environment);
        }
        if !self.size.is_empty() {
            self.size.push_str(" + ");
        }
        self.size.push_str(&deployment.size());
        failed.extend(vetoes::failed(&scenario.needs, &evaluation));
        self.served.push(PartServed {
            environment: environment.to_owned(),
            as_it_is: (scenario.clone(), evaluation.serving),
            if_falls: (less, serving),
        });
        Ok(())
    }

    /// Adds the services that the scenario states, once for each environment, after all its parts.
    fn add_services(&mut self) -> Result<(), Verdict> {
        let (scenario, catalog) = (self.judge.scenario, self.judge.catalog);
        let picks: [Pick; 2] = [|part| &part.as_it_is, |part| &part.if_falls];
        for (usage, pick) in [&mut self.usage, &mut self.usage_if_falls].into_iter().zip(picks) {
            let served = self.served.iter().map(|part| {
                let (scenario, serving) = pick(part);
                ServedPart { environment: &part.environment, scenario, serving }
            });
            let served: Vec<ServedPart<'_>> = served.collect();
            meter_services(&served, scenario, catalog, usage).map_err(|why| verdict(vec![why]))?;
        }
        Ok(())
    }

    fn terms<'a>(&'a self, commitments: &'a [Commitment]) -> Terms<'a> {
        terms(self.judge.scenario, self.judge.as_of, commitments)
    }

    /// The month with these commitments, and the same with less traffic.
    fn bills(&self, commitments: &[Commitment]) -> Result<(Bill, Bill), Verdict> {
        let terms = self.terms(commitments);
        let bill = |usage: &Usage| {
            let missing = |missing| Verdict::Unpriced { size: self.size.clone(), missing };
            self.judge.book.price(usage, &terms).map_err(missing)
        };
        Ok((bill(&self.usage)?, bill(&self.usage_if_falls)?))
    }
}
