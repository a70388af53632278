//! The only conductor: propose, serve, meter, price.

use crate::bill::Bill;
use crate::capacity::{Latency, Outcome, Served};
use crate::catalog::Catalog;
use crate::money::NotExact;
use crate::platforms::{Brief, Deployment, FailedNeed, Platform, Proposal, ServiceLevel};
use crate::pricebook::{MissingPrice, RegionPrices, Terms};
use crate::scenario::{OptionRequest, Scenario};
use crate::time::Date;

/// How one component of a deployment served.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentServed {
    /// The component's name.
    pub component: String,
    /// Requests a second that came.
    pub arrival_rate_per_s: f64,
    /// Mean time of a request in service, in seconds.
    pub service_time_s: f64,
    /// What came out.
    pub served: Served,
}

/// One deployment, served and priced.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Its size in a few words.
    pub size: String,
    /// How each component served.
    pub components: Vec<ComponentServed>,
    /// What the month costs.
    pub bill: Bill,
    /// What it would cost without the account's free allowances.
    pub bill_without_allowances: Bill,
    /// The promises that it depends on, in series.
    pub service_levels: Vec<ServiceLevel>,
    /// What the reader should know.
    pub notes: Vec<String>,
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

/// Evaluates every deployment that a platform proposes for an option.
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
/// let deployments = evaluate(&scenario.options[0], fargate, &scenario, &catalog, &book, book.newest()).unwrap();
/// let evaluation = deployments[0].as_ref().unwrap();
/// assert!(evaluation.bill.total() > 0.into());
/// assert!(evaluation.latency().unwrap().p95_s < 0.5);
/// ```
pub fn evaluate(
    option: &OptionRequest,
    platform: &Platform,
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    date: Date,
) -> Result<Vec<Result<Evaluation, Unpriced>>, Vec<FailedNeed>> {
    let brief = Brief { scenario, catalog, settings: &option.settings };
    match (platform.propose)(&brief) {
        Proposal::Rejected(needs) => Err(needs),
        Proposal::Deployments(deployments) => {
            let each = deployments.iter().map(|deployment| one(deployment.as_ref(), scenario, book, date));
            Ok(each.collect())
        }
    }
}

fn one(
    deployment: &dyn Deployment,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Result<Evaluation, Unpriced> {
    let served: Vec<Served> = deployment.stations().iter().map(|station| station.serve()).collect();
    let usage = deployment.meter(&served).map_err(Unpriced::NotExact)?;
    let missing = |prices| Unpriced::Missing { size: deployment.size(), prices };
    let terms = |with_allowances| Terms { date, with_allowances, discounts: &scenario.discounts };
    let bill_without_allowances = book.price(&usage, &terms(false)).map_err(missing)?;
    let bill = match scenario.header.free_tier {
        true => book.price(&usage, &terms(true)).map_err(missing)?,
        false => bill_without_allowances.clone(),
    };
    let components = scenario.components.iter().zip(deployment.stations()).zip(served);
    let components = components.map(|((component, station), served)| ComponentServed {
        component: component.name.clone(),
        arrival_rate_per_s: station.arrival_rate_per_s(),
        service_time_s: station.service_time_s(),
        served,
    });
    Ok(Evaluation {
        size: deployment.size(),
        components: components.collect(),
        bill,
        bill_without_allowances,
        service_levels: deployment.service_levels(),
        notes: deployment.notes(),
    })
}
