//! The only conductor: propose, serve, meter, price.

mod levels;
mod metered;
mod served;
mod together;

use std::borrow::Cow;
use std::time::Duration;

use rust_decimal::Decimal;

use crate::bill::Bill;
use crate::capacity::{
    self, CreditMode, Demand, Events, Latency, Outcome, Served, Serving, Watch, serve_per_request, simulate,
};
use crate::catalog::Catalog;
use crate::measure::Size;
use crate::money::NotExact;
use crate::platforms::{Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ServiceLevel, Setup};
use crate::pricebook::{MissingPrice, RegionPrices, Terms};
use crate::scenario::{OptionRequest, Scenario};
use crate::services;
use crate::time::Date;
use crate::usage::Usage;

use levels::{left_out, service_levels};
use metered::{bills, metered};
pub(crate) use metered::{switched_on, terms};
pub use served::ComponentServed;
use served::components_served;
pub use together::{Part, PartEvaluation, together};
pub(crate) use together::{ServedPart, add_part, meter_services};

/// One deployment, served and priced.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Its size in a few words.
    pub size: String,
    /// What it consists of; empty where it has parts, each of which has its own.
    pub layout: Layout,
    /// How each component served.
    pub components: Vec<ComponentServed>,
    /// How the month was served: replicas, hosts, hours.
    pub serving: Serving,
    /// What the month costs.
    pub bill: Bill,
    /// What it would cost without the account's free allowances.
    pub bill_without_allowances: Bill,
    /// The promises that it depends on, in series.
    pub service_levels: Vec<ServiceLevel>,
    /// The longest time that a request may take to answer; nothing where no limit is known.
    pub longest_request: Option<Duration>,
    /// The largest body that a request may have; nothing where no limit is known.
    pub largest_upload: Option<Size>,
    /// Supporting services that the scenario switches off.
    pub off: Vec<SwitchedOff>,
    /// Supporting services that the price of the servers includes.
    pub included: &'static [&'static str],
    /// What the reader should know.
    pub notes: Vec<String>,
    /// The parts that it consists of, where an option stands on several platforms or in several environments; else empty.
    pub parts: Vec<PartEvaluation>,
}

/// A supporting service that the deployment needs, and that the scenario leaves out of the bill.
#[derive(Clone, Debug, PartialEq)]
pub struct SwitchedOff {
    /// Its id.
    pub service: &'static str,
    /// Why the deployment needs it.
    pub because: Cow<'static, str>,
    /// US dollars a month that it would cost by itself; nothing where a price is missing.
    pub cost: Option<Decimal>,
}

impl Evaluation {
    /// The latency of the slowest component; nothing when one is overloaded.
    #[must_use]
    pub fn latency(&self) -> Option<Latency> {
        let mut slowest: Option<Latency> = None;
        for component in &self.components {
            let Outcome::Stable(latency) = component.served.outcome else { return None };
            if slowest.is_none_or(|known| latency.p95_s > known.p95_s) {
                slowest = Some(latency);
            }
        }
        slowest
    }

    /// The utilisation of the busiest component; 1 and more is unstable.
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        self.components.iter().map(|each| each.served.utilisation).fold(0.0, f64::max)
    }

    /// The share of all requests that wait for a start.
    #[must_use]
    pub fn cold_start_share(&self) -> f64 {
        let all: f64 = self.components.iter().map(|each| each.arrival_rate_per_s).sum();
        let cold = self.components.iter().map(|each| each.arrival_rate_per_s * each.served.cold_start_share);
        if all > 0.0 { cold.sum::<f64>() / all } else { 0.0 }
    }

    /// The share of the month that is promised: the product of the promises it depends on.
    #[must_use]
    pub fn availability(&self) -> Option<f64> {
        let product = || self.service_levels.iter().map(|level| level.share).product();
        if self.service_levels.is_empty() { None } else { product() }
    }

    /// The platforms that it stands on, each once: those of its parts, or else its own.
    #[must_use]
    pub fn platforms(&self, own: &'static str) -> Vec<&'static str> {
        if self.parts.is_empty() {
            return vec![own];
        }
        let mut platforms: Vec<&'static str> = Vec::new();
        for part in &self.parts {
            if !platforms.contains(&part.platform) {
                platforms.push(part.platform);
            }
        }
        platforms
    }

    /// The first component that gets more than it can serve.
    #[must_use]
    pub fn overloaded(&self) -> Option<&ComponentServed> {
        self.components.iter().find(|each| matches!(each.served.outcome, Outcome::Unstable { .. }))
    }
}

/// Why a deployment has no evaluation.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpriced {
    /// The book lacks prices.
    Missing {
        /// The deployment's size.
        size: String,
        /// The prices.
        prices: Vec<MissingPrice>,
    },
    /// A measured number can't be billed.
    NotExact(NotExact),
}

/// A deployment that was proposed, with what it comes to in its busy hour.
pub struct Trial<'a> {
    /// The deployment, as the cheapest of the alternatives that serve alike.
    pub deployment: Box<dyn Deployment + 'a>,
    /// The alternatives, this one among them.
    pub alternatives: usize,
    /// Why others of them have no price.
    pub unpriced: Vec<Unpriced>,
    /// What it comes to if the busy hour lasted, with the replicas that are expected on average.
    pub evaluation: Result<Evaluation, Unpriced>,
}

/// Evaluates every deployment that a platform proposes for an option, each in its busy hour, one after the other.
///
/// That is the whole truth of a deployment that serves steady traffic with replicas that don't change; of others it is
/// what a search goes by, and [`evaluate_month`] is the answer.
///
/// # Errors
/// The needs that the platform can't meet.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// use weigh_core::evaluate::evaluate;
/// use weigh_core::platforms::Platform;
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
/// let fargate = Platform::find("fargate").unwrap();
/// let option = &scenario.options[0];
/// let mut trials = evaluate(option, fargate, &scenario, &catalog, &book, book.newest()).unwrap();
/// let evaluation = trials.next().unwrap().evaluation.unwrap();
/// assert!(evaluation.bill.total() > 0.into());
/// assert!(evaluation.latency().unwrap().p95_s < 0.5);
/// ```
pub fn evaluate<'a>(
    option: &'a OptionRequest,
    platform: &Platform,
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    book: &'a RegionPrices,
    date: Date,
) -> Result<impl Iterator<Item = Trial<'a>>, Vec<FailedNeed>> {
    let brief = Brief { scenario, catalog, settings: &option.settings };
    match (platform.propose)(&brief) {
        Proposal::Rejected(needs) => Err(needs),
        Proposal::Deployments(deployments) => {
            let each = deployments.into_iter().map(move |mut deployment| {
                let serving = in_the_busy_hour(deployment.as_ref());
                let unpriced = choose_cheapest(deployment.as_mut(), &serving, option, scenario, book, date);
                let evaluation = priced(deployment.as_ref(), serving, option, scenario, catalog, book, date);
                Trial { alternatives: deployment.alternatives(), deployment, unpriced, evaluation }
            });
            Ok(each)
        }
    }
}

/// Takes the alternative whose servers cost least, of those with the fewest borrowed prices; of equal ones the first.
/// Returns why others have no price.
fn choose_cheapest(
    deployment: &mut dyn Deployment,
    serving: &Serving,
    option: &OptionRequest,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Vec<Unpriced> {
    let commitments = scenario.commitments_of(&option.name);
    let mut unpriced = Vec::new();
    let mut cheapest: Option<(usize, usize, Decimal)> = None;
    let alternatives = deployment.alternatives();
    for alternative in (0..alternatives).filter(|_| alternatives > 1) {
        deployment.choose(alternative);
        let terms = terms(scenario, date, &commitments);
        let metered = deployment.meter_servers(serving).map_err(Unpriced::NotExact);
        let metered = metered.and_then(|usage| switched_on(usage, scenario));
        let priced = metered.and_then(|(servers, _)| {
            book.price(&servers, &terms).or_else(|_| {
                // What else it lacks is told too.
                let usage = deployment.meter(serving).map_err(Unpriced::NotExact)?;
                let (usage, _) = switched_on(usage, scenario)?;
                price(deployment, &usage, book, &terms)
            })
        });
        match priced {
            Err(why) => unpriced.push(why),
            Ok(bill) => {
                let (borrowed, cost) = (bill.borrowed(), bill.total());
                if cheapest.is_none_or(|(_, fewest, least)| (borrowed, cost) < (fewest, least)) {
                    cheapest = Some((alternative, borrowed, cost));
                }
            }
        }
    }
    match cheapest {
        Some((alternative, ..)) => deployment.choose(alternative),
        // The evaluation tells again what the last one lacks.
        None => drop(unpriced.pop()),
    }
    unpriced
}

/// The bill of what a deployment uses, or all the prices that it lacks.
fn price(
    deployment: &dyn Deployment,
    usage: &Usage,
    book: &RegionPrices,
    terms: &Terms<'_>,
) -> Result<Bill, Unpriced> {
    book.price(usage, terms).map_err(|prices| Unpriced::Missing { size: deployment.size(), prices })
}

/// How a deployment serves if its busy hour lasted.
#[must_use]
pub fn in_the_busy_hour(deployment: &dyn Deployment) -> Serving {
    let served: Vec<Served> = deployment.stations().iter().map(|station| station.serve()).collect();
    let (fleets, hosts) = deployment.expected();
    Serving::in_the_long_run(served, fleets, hosts)
}

/// The seed of a comparison.
pub use crate::capacity::SEED;

/// Requests simulated one by one in a comparison, where no formula holds; at least those of a day.
pub const EVENTS: Events = Events { most: 1e6, always: false };

/// Whether the busy hour says all: the traffic is steady, and nothing about the deployment changes over the month.
#[must_use]
pub fn is_steady(setup: &Setup, scenario: &Scenario) -> bool {
    let still = |fleet: &capacity::Fleet| {
        let throttled = fleet.credits.is_some_and(|plan| plan.mode() == CreditMode::Standard);
        fleet.scaling.is_fixed() && fleet.interruption.is_none() && !throttled
    };
    let alike = match setup {
        Setup::Fleets { fleets, hosts } => {
            let on_credits = hosts.as_ref().and_then(|hosts| hosts.credits);
            let throttled = on_credits.is_some_and(|plan| plan.mode() == CreditMode::Standard);
            fleets.iter().all(still) && !throttled
        }
        // Ages, rules of reuse and keep-alives that vary are the month's to tell.
        Setup::PerRequest(_) => false,
    };
    alike && scenario.traffic.is_steady()
}

/// How a deployment serves the month of a scenario, minute by minute.
///
/// `events` says which requests are simulated one by one, `watch` sees every step of fleets.
pub fn serve_month<W: Watch>(
    setup: &Setup,
    scenario: &Scenario,
    events: Events,
    seed: u64,
    watch: &mut W,
) -> Serving {
    let profile = scenario.traffic.profile(scenario.header.month);
    let demand = Demand::from(profile.as_ref());
    match setup {
        Setup::Fleets { fleets, hosts } => {
            Serving::of(simulate(fleets, hosts.as_ref(), &demand, seed, watch), fleets)
        }
        Setup::PerRequest(servers) => Serving::of_requests(
            servers.iter().map(|each| serve_per_request(each, &demand, events, seed)).collect(),
        ),
    }
}

/// What a deployment with this setup comes to in the month of a scenario, minute by minute.
///
/// # Errors
/// Prices that the book lacks, and numbers that can't be billed.
pub fn evaluate_month(
    deployment: &dyn Deployment,
    setup: &Setup,
    option: &OptionRequest,
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    date: Date,
) -> Result<Evaluation, Unpriced> {
    let serving = serve_month(setup, scenario, EVENTS, SEED, &mut ());
    priced(deployment, serving, option, scenario, catalog, book, date)
}

/// Meters and prices what was served, with the commitments that the option pays for.
///
/// # Errors
/// Prices that the book lacks, and numbers that can't be billed.
pub fn priced(
    deployment: &dyn Deployment,
    serving: Serving,
    option: &OptionRequest,
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    date: Date,
) -> Result<Evaluation, Unpriced> {
    let commitments = scenario.commitments_of(&option.name);
    let (mut usage, off) = metered(deployment, &serving, scenario, book, date)?;
    services::stated::meter(&scenario.services, "", &[(scenario, &serving)], catalog, &mut usage)
        .map_err(Unpriced::NotExact)?;
    let terms = terms(scenario, date, &commitments);
    let (bill, bill_without_allowances) = bills(&deployment.size(), &usage, &terms, book)?;
    let layout = deployment.layout();
    let components = components_served(deployment, &layout, &serving, scenario);
    Ok(Evaluation {
        size: deployment.size(),
        layout,
        components,
        bill,
        bill_without_allowances,
        service_levels: [deployment.service_levels(), service_levels(scenario, catalog, "")].concat(),
        longest_request: deployment.longest_request(),
        largest_upload: deployment.largest_upload(),
        off,
        included: deployment.included(),
        notes: [deployment.notes(), services::stated::notes(scenario), left_out(scenario, catalog)].concat(),
        serving,
        parts: Vec::new(),
    })
}
