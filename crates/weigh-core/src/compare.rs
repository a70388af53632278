//! Judge and rank: the best deployment of each option, the needs it fails, and the order of those that fail none.

mod account;
mod commit;
mod decision;
mod ends;
mod judge;
mod month;
mod over_traffic;
mod two_months;
mod vetoes;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::bill::Discount;
use crate::catalog::Catalog;
use crate::criteria::{CRITERIA, Criterion, PRESETS, scale_problem};
use crate::decision::{Column, METHODS, NORMALISATIONS};
use crate::evaluate::Evaluation;
use crate::platforms::{FailedNeed, PLATFORMS, Platform, SUPPORTING};
use crate::pricebook::{BookHash, MissingPrice, PriceBook, RegionPrices};
use crate::rules::{self, Ruling};
use crate::scenario::{OptionRequest, Scenario, Values, Vocabulary};
use crate::services::endpoints::ENDPOINTS;
use crate::services::stated::{SERVICES, StatedService};
use crate::time::Date;

pub use account::{InAccount, in_account};
pub use commit::{
    CommitmentAdvice, CommitmentLevel, CommitmentQuestion, DeploymentCommitments, Fall, Level, Levels,
    NotAdvised, OptionCommitments, SAVINGS_PLAN_STEP, advise, best_levels,
};
pub use decision::Decision;
pub use ends::{Ends, compare_ends};
use judge::{Judge, Standing};
pub use month::{EVENTS_ASKED_FOR, NotSimulated, OptionMonth, SimulatedOption, Steps, simulate_option};
pub use over_traffic::{OverTraffic, Span, TrafficLevel, over_traffic};
pub use two_months::{
    CalendarMonth, ChargeInTwoMonths, DeployedInTwoMonths, MonthChoice, MonthReason, NotInTwoMonths,
    TwoMonths, in_two_months,
};

/// What became of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It meets the needs and is ranked.
    Ranked(Box<Ranked>),
    /// It fails needs; with its best deployment where the platform could propose one.
    Rejected {
        /// The needs that it fails.
        needs: Vec<FailedNeed>,
        /// The deployment that came nearest.
        nearest: Option<Box<Evaluation>>,
    },
    /// The price book lacks prices that it needs.
    Unpriced {
        /// The deployment's size.
        size: String,
        /// The prices.
        missing: Vec<MissingPrice>,
    },
    /// A measured number could not be billed.
    NotExact(String),
}

/// A deployment that meets the needs, with what it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The deployment.
    pub evaluation: Evaluation,
    /// Its rank, from 1.
    pub rank: usize,
    /// Its score, 0 to 1.
    pub score: f64,
    /// Its value for each criterion of the comparison.
    pub values: Vec<f64>,
    /// How far each value may be off, in the criterion's unit.
    pub uncertainties: Vec<f64>,
    /// What each criterion adds to the score.
    pub contributions: Vec<f64>,
}

/// An option and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// What became of it.
    pub verdict: Verdict,
    /// The settings that were left out and took a default, as they would be written: `network = public`.
    pub defaults: Vec<String>,
    /// How many deployments were weighed for it.
    pub weighed: usize,
    /// How many could not be, because the book lacks their price.
    pub unpriced: usize,
    /// What the need `never_cold` costs a ranked option; nothing where nobody has it, or it can't be told.
    pub never_cold: Option<NeverCold>,
}

/// What it costs that no request waits for a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeverCold {
    /// US dollars a month beyond what the same option costs without the need; below 0 where it is cheaper with it.
    pub cost: Decimal,
    /// The size without the need.
    pub size_without: String,
}

/// The options of a scenario, judged and ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Ranked options first, by rank, then rejected and unpriced ones, in the order of the scenario.
    pub options: Vec<Compared>,
    /// The criteria that ranked them, with weight and scale.
    pub columns: Vec<Column>,
    /// Criteria that could not be used, because a value is unknown: criterion and option.
    pub unknown: Vec<(String, String)>,
    /// How the ranked options were weighed; nothing where none is ranked, or no criterion tells them apart.
    pub decision: Option<Decision>,
    /// The rules of the scenario and of the documents, each decided.
    pub rules: Vec<Ruling>,
    /// The day whose prices were used.
    pub as_of: Date,
    /// The book that they are from.
    pub book: BookStamp,
}

/// Which price book answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookStamp {
    /// The hash of all that it says, own prices included.
    pub hash: BookHash,
    /// The newest day on which any of its prices was confirmed.
    pub newest: Date,
    /// The user's own prices in the region that begin only after the day whose prices are used.
    pub own_later: usize,
}

impl BookStamp {
    /// The stamp of a book whose prices of a day are used.
    fn of(book: &RegionPrices, as_of: Date) -> BookStamp {
        let own_later = book.own_later_than(as_of);
        BookStamp { hash: book.book_hash(), newest: book.book_newest(), own_later }
    }
}

impl Comparison {
    /// The ranked options, best first.
    pub fn ranked(&self) -> impl Iterator<Item = (&Compared, &Ranked)> {
        self.options.iter().filter_map(|option| match &option.verdict {
            Verdict::Ranked(ranked) => Some((option, ranked.as_ref())),
            _ => None,
        })
    }
}

/// The words that scenarios may use with this catalog and these regions.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// assert!(words.platform("lambda").is_some() && words.platform("kubernetes").is_none());
/// ```
#[must_use]
pub fn vocabulary(catalog: &Catalog, book: &PriceBook) -> Vocabulary {
    let mut runtimes: Vec<String> = catalog.runtimes.iter().map(|runtime| runtime.name.clone()).collect();
    runtimes.sort_unstable();
    runtimes.dedup();
    Vocabulary {
        regions: book.regions().into_iter().map(str::to_owned).collect(),
        runtimes,
        instance_types: catalog.instance_types.iter().map(|known| known.name.clone()).collect(),
        container_powers: catalog.container_powers.iter().map(|power| power.name.clone()).collect(),
        compliance: catalog.trait_names("compliance/"),
        services: book.services().into_iter().chain([Discount::ALL]).map(str::to_owned).collect(),
        supporting: SUPPORTING.iter().map(|service| service.id.to_owned()).collect(),
        endpoints: ENDPOINTS.iter().map(|(service, _)| (*service).to_owned()).collect(),
        platforms: PLATFORMS.iter().map(Platform::words).collect(),
        service_kinds: SERVICES.iter().map(StatedService::words).collect(),
        database_types: parts(
            book,
            &[("rds/postgresql-instance-hours/", 2), ("documentdb/instance-hours/", 2)],
        ),
        cache_types: parts(book, &[("elasticache/node-hours/", 3)]),
        models: parts(book, &[("bedrock/", 2)]),
        presets: PRESETS.iter().map(|preset| preset.id.to_owned()).collect(),
        methods: METHODS.iter().map(|method| method.id.to_owned()).collect(),
        normalisations: NORMALISATIONS.iter().map(|known| known.id.to_owned()).collect(),
        traits: trait_names(catalog),
        skills: catalog.skills(),
        variables: rules::variables(),
        criteria: CRITERIA.iter().map(Criterion::words).collect(),
        scale_problem: Some(scale_problem),
    }
}

/// The traits that a scenario may state of platforms, each with its unit: by their names, and by one for both ends of a range.
fn trait_names(catalog: &Catalog) -> Vec<(String, String)> {
    let ids: Vec<&str> = PLATFORMS.iter().map(|platform| platform.id).collect();
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, unit) in catalog.trait_units(&ids) {
        let both = name.strip_suffix("-low").map(|base| (base.to_owned(), unit.to_owned()));
        names.extend(both.into_iter().chain([(name.to_owned(), unit.to_owned())]));
    }
    names.sort_unstable();
    names
}

/// The names at a place, counted from 0, of the price ids that begin so; sorted.
fn parts(book: &PriceBook, families: &[(&str, usize)]) -> Vec<String> {
    let named = |price_id: &str| {
        let (_, place) = families.iter().find(|(family, _)| price_id.starts_with(family))?;
        price_id.split('/').nth(*place).map(str::to_owned)
    };
    let names: BTreeSet<String> = book.price_ids().filter_map(named).collect();
    names.into_iter().collect()
}

/// Compares the options of a scenario; all platforms when it states none.
///
/// # Errors
/// Ends of a scale, as the scenario states them, that make no scale; a value that the scenario's method can't take.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }, { platform = "lightsail", power = "nano" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let (option, ranked) = comparison.ranked().next().unwrap();
/// assert_eq!((option.name.as_str(), ranked.rank), ("fargate", 1));
/// assert_eq!(ranked.evaluation.size, "2 × 0.5 vCPU, 1 GB");
/// // A nano node has half the memory that the component needs: rejected, and still in the comparison.
/// assert_eq!(comparison.options.len(), 2);
/// ```
pub fn compare(scenario: &Scenario, catalog: &Catalog, book: &RegionPrices) -> Result<Comparison, String> {
    let judge = Judge::of(scenario, catalog, book)?;
    let asked = requests(scenario);
    let judged: Vec<_> = asked.iter().filter_map(|request| Some((request, judge.option(request)?))).collect();
    let judged = match scenario.needs.never_cold {
        true => {
            let mut without = scenario.clone();
            without.needs.never_cold = false;
            let other = Judge { scenario: &without, weighing: judge.weighing.clone(), ..judge };
            judged.into_iter().map(|(request, judged)| judged.beside(request, &other)).collect()
        }
        false => judged.into_iter().map(|(_, judged)| judged).collect(),
    };
    let Standing { options, columns, unknown, decision } = judge.rank(judged)?;
    let stamp = BookStamp::of(book, judge.as_of);
    let rules = rulings(scenario, catalog, &options);
    Ok(Comparison { options, columns, unknown, decision, rules, as_of: judge.as_of, book: stamp })
}

/// The rules, each with whether the option that leads agrees with it.
fn rulings(scenario: &Scenario, catalog: &Catalog, options: &[Compared]) -> Vec<Ruling> {
    let leader = options.iter().find_map(|option| match &option.verdict {
        Verdict::Ranked(ranked) => Some((option.name.as_str(), ranked.evaluation.platforms(option.platform))),
        _ => None,
    });
    let recommended = leader.as_ref().map(|(name, platforms)| (*name, platforms.as_slice()));
    rules::rulings(scenario, catalog).into_iter().map(|ruling| ruling.beside(recommended)).collect()
}

/// The scenario's options, or one of every platform with its default settings.
pub(crate) fn requests(scenario: &Scenario) -> Vec<OptionRequest> {
    if !scenario.options.is_empty() {
        return scenario.options.clone();
    }
    let words = Vocabulary::default();
    let every = PLATFORMS.iter().map(|platform| OptionRequest {
        name: platform.id.to_owned(),
        platform: platform.id.to_owned(),
        settings: Values::defaults(platform.fields(), &words),
        parts: Vec::new(),
    });
    every.collect()
}
