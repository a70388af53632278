//! The services that a scenario states: one file each, and the table of them. Every option is billed them alike.

mod api_gateway;
mod aurora_serverless;
mod bedrock;
mod cloudfront;
mod cloudwatch;
mod documentdb;
mod dynamodb;
mod efs;
mod elasticache;
mod elasticache_serverless;
mod eventbridge;
mod external;
mod kms;
mod rds_postgresql;
mod route53;
mod s3;
mod secrets_manager;
mod shared;
mod sns;
mod sqs;
mod ssm_parameters;
mod static_site;
mod step_functions;
mod waf;
mod x_ray;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Flow;
use crate::capacity::Serving;
use crate::catalog::Catalog;
use crate::measure::Rate;
use crate::money::{NotExact, number};
use crate::scenario::{
    Component, Contradiction, Field, Scenario, Section, ServiceRequest, ServiceWords, Values, Vocabulary,
};
use crate::time::Month;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

pub use external::EXTERNAL;

/// Every kind of supporting service, by id.
pub const SERVICES: &[StatedService] = &[
    api_gateway::SERVICE,
    aurora_serverless::SERVICE,
    bedrock::SERVICE,
    cloudfront::SERVICE,
    cloudwatch::SERVICE,
    documentdb::SERVICE,
    dynamodb::SERVICE,
    efs::SERVICE,
    elasticache::SERVICE,
    elasticache_serverless::SERVICE,
    eventbridge::SERVICE,
    external::SERVICE,
    kms::SERVICE,
    rds_postgresql::SERVICE,
    route53::SERVICE,
    s3::SERVICE,
    secrets_manager::SERVICE,
    sns::SERVICE,
    sqs::SERVICE,
    ssm_parameters::SERVICE,
    static_site::SERVICE,
    step_functions::SERVICE,
    waf::SERVICE,
    x_ray::SERVICE,
];

/// A kind of supporting service.
#[derive(Clone, Copy)]
pub struct StatedService {
    /// Its id in scenarios: `rds-postgresql`.
    pub id: &'static str,
    /// Its name in prose: `RDS for PostgreSQL`.
    pub title: &'static str,
    /// One line on what it is.
    pub summary: &'static str,
    /// One line on what is metered, and how.
    pub metered: &'static str,
    /// The settings of a service of this kind.
    pub settings: &'static [Field],
    /// Settings that make a service which meters something, as TOML.
    pub example: &'static str,
    /// What in the settings contradicts something else in them, or what they must state of names that are not known.
    pub contradictions: fn(&Values, &Vocabulary) -> Vec<Contradiction>,
    /// Adds what a service uses in a month.
    pub meter: fn(&Values, &Context<'_>, &mut Usage) -> Result<(), NotExact>,
    /// What the reader should know of a service with these settings.
    pub notes: fn(&Values) -> Vec<String>,
    /// Whether it stands in several zones, where a request can't be served without it; nothing where requests are served
    /// without it.
    pub zones: fn(&Values) -> Option<Zones>,
}

/// The zones that a service stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zones {
    /// One.
    One,
    /// Two or more, with a node in each that takes over.
    Several,
}

impl Zones {
    /// Several where it is so, else one.
    fn several(several: bool) -> Option<Zones> {
        Some(if several { Zones::Several } else { Zones::One })
    }
}

impl StatedService {
    /// The kind with this id.
    ///
    /// ```
    /// use weigh_core::services::stated::StatedService;
    /// assert_eq!(StatedService::find("sqs").unwrap().title, "SQS");
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<&'static StatedService> {
        SERVICES.iter().find(|service| service.id == id)
    }

    /// The kind as a scenario sees it.
    #[must_use]
    pub fn words(&self) -> ServiceWords {
        ServiceWords {
            id: self.id,
            summary: self.summary,
            settings: self.settings,
            contradictions: self.contradictions,
        }
    }
}

/// What a service is metered from.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The service's name, as the bill shows it.
    pub name: &'a str,
    /// The billed month.
    pub month: Month,
    /// The requests that were served and that the service has to do with, kind by kind.
    pub flows: Vec<Flow>,
    /// All of them together in the month, exactly.
    pub requests: Decimal,
    /// The requests that came, also those that were refused or dropped: what stands in front takes them all.
    pub arriving: Vec<Flow>,
    /// Requests of viewers for each that reaches a component, by its name: of those behind a content delivery network.
    pub viewers: BTreeMap<String, Decimal>,
    /// Shapes and limits.
    pub catalog: &'a Catalog,
}

impl<'a> Context<'a> {
    /// The context of a service whose requests are these, all of them served, without a content delivery network in front.
    #[must_use]
    pub fn of(name: &'a str, month: Month, flows: Vec<Flow>, catalog: &'a Catalog) -> Context<'a> {
        let requests = flows.iter().map(|flow| flow.requests).sum();
        let (arriving, viewers) = (flows.clone(), BTreeMap::new());
        Context { name, month, flows, requests, arriving, viewers, catalog }
    }

    /// The context of a stated service in the month that a deployment served.
    fn served(
        service: &'a ServiceRequest,
        all: &[&ServiceRequest],
        parts: &[(&Scenario, &Serving)],
        catalog: &'a Catalog,
    ) -> Result<Context<'a>, NotExact> {
        let (mut flows, mut arriving, mut viewers) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (scenario, serving) in parts {
            for (component, served) in scenario.components.iter().zip(&serving.stations) {
                let uses = match &service.component {
                    Some(stated) => *stated == component.name,
                    None => !component.internal,
                };
                if uses {
                    flows.extend(Flow::served(scenario, component, served)?);
                    arriving.extend(Flow::of(scenario, component));
                    viewers.insert(component.name.clone(), cloudfront::viewers_per_request(all, component));
                }
            }
        }
        let month = parts.first().map_or(Month::Average, |(scenario, _)| scenario.header.month);
        let context = Context::of(&service.name, month, flows, catalog);
        Ok(Context { arriving, viewers, ..context })
    }

    /// All requests that came in the month, exactly.
    fn arrived(&self) -> Decimal {
        self.arriving.iter().map(|flow| flow.requests).sum()
    }

    /// Adds a line of the service.
    fn add(
        &self,
        usage: &mut Usage,
        price_id: impl Into<String>,
        what: impl AsRef<str>,
        quantity: Quantity,
    ) -> Result<(), NotExact> {
        usage.add(price_id, format!("{}: {}", self.name, what.as_ref()), quantity)
    }

    /// So much for each request.
    fn per_request(&self, unit: Unit, per_request: Decimal, label: &'static str) -> Quantity {
        Quantity::of(unit).times(self.requests, "requests").times(per_request, label)
    }

    /// So many things through all hours of the month.
    fn hourly(&self, unit: Unit, count: u32, one: &'static str, many: &'static str) -> Quantity {
        Quantity::of(unit).times_each(count, one, many).times(self.month.hours_exact(), "hours")
    }

    /// What has a monthly price, or is stated for a month, in the billed part of it; in a whole month as it stands.
    fn monthly(&self, quantity: Quantity) -> Quantity {
        match self.month.is_partial() {
            true => quantity.times(self.month.share_exact(), self.month.share_label()),
            false => quantity,
        }
    }

    /// So many things by the month.
    fn months(&self, unit: Unit, count: u32, one: &'static str, many: &'static str) -> Quantity {
        self.monthly(Quantity::of(unit).times_each(count, one, many))
    }

    /// Adds calls: so many for each request, and those that come at a rate of their own.
    fn add_calls(
        &self,
        usage: &mut Usage,
        price_id: &str,
        per_request: Decimal,
        beside: Option<Rate>,
    ) -> Result<(), NotExact> {
        self.add(usage, price_id, "calls", self.per_request(Unit::Requests, per_request, "calls"))?;
        let beside = beside.map_or(Decimal::ZERO, |rate| rate.per_month(self.month));
        self.add(usage, price_id, "other calls", Quantity::of(Unit::Requests).times(beside, "calls"))
    }
}

/// Whether a content delivery network that the scenario states stands in front of a component.
pub(super) fn is_behind_cdn(scenario: &Scenario, component: &Component) -> bool {
    cloudfront::is_behind(scenario, component)
}

/// The settings of a service; they were read by the same fields, so they are there. Only values that no scenario was read
/// into can lack one.
fn settings<S: Section>(values: &Values, context: &Context<'_>) -> Result<S, NotExact> {
    S::build(values)
        .ok_or_else(|| NotExact { what: format!("the settings of {}", context.name), value: f64::NAN })
}

/// No two settings of the kind contradict each other.
fn none(_: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    Vec::new()
}

/// Requests are served without it.
fn beside(_: &Values) -> Option<Zones> {
    None
}

/// There is nothing particular to know.
fn silent(_: &Values) -> Vec<String> {
    Vec::new()
}

/// Adds what the services of an environment use in the month that its parts served, each a scenario with what served it;
/// those that are switched off, or metered elsewhere, nothing.
///
/// # Errors
/// A measured number that no bill can hold.
pub fn meter(
    services: &[ServiceRequest],
    environment: &str,
    parts: &[(&Scenario, &Serving)],
    catalog: &Catalog,
    usage: &mut Usage,
) -> Result<(), NotExact> {
    let billed = |service: &&ServiceRequest| service.enabled && !service.apart && service.is_in(environment);
    let all: Vec<&ServiceRequest> = services.iter().filter(billed).collect();
    for service in &all {
        let context = Context::served(service, &all, parts, catalog)?;
        meter_one(service, &context, usage)?;
    }
    Ok(())
}

fn meter_one(service: &ServiceRequest, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let Some(kind) = StatedService::find(&service.kind) else { return Ok(()) };
    usage.within(Scope::of(&service.name), |usage| (kind.meter)(&service.settings, context, usage))
}

/// The services of an environment without which no request is served, each with its kind and the zones that it stands in.
pub(crate) fn passed<'a>(
    services: &'a [ServiceRequest],
    environment: &'a str,
) -> impl Iterator<Item = (&'a ServiceRequest, &'static StatedService, Zones)> {
    let billed =
        move |service: &&ServiceRequest| service.enabled && !service.apart && service.is_in(environment);
    services.iter().filter(billed).filter_map(|service| {
        let kind = StatedService::find(&service.kind)?;
        Some((service, kind, (kind.zones)(&service.settings)?))
    })
}

/// What the reader should know of the services of a scenario, which are switched off among it.
#[must_use]
pub fn notes(scenario: &Scenario) -> Vec<String> {
    let own = scenario.services.iter().filter(|service| !service.apart);
    let each = own.flat_map(|service| {
        let own = match StatedService::find(&service.kind) {
            _ if !service.enabled => vec!["switched off, and not billed".to_owned()],
            Some(kind) => (kind.notes)(&service.settings),
            None => Vec::new(),
        };
        own.into_iter().map(|note| format!("{}: {note}", service.name))
    });
    each.chain(cloudfront::shares(scenario)).collect()
}

/// What one service uses in a month of 730 hours in which so many requests of 2 KB were served with responses of 20 KB:
/// each line as its price id, its formula and its amount.
///
/// # Errors
/// What is wrong in its settings, in words.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"kms\"\nkeys = 2", 0, &words, &catalog).unwrap();
/// assert_eq!(lines, ["kms/key-months: 2 keys = 2 Months"]);
/// ```
pub fn worked(
    text: &str,
    requests: u64,
    words: &Vocabulary,
    catalog: &Catalog,
) -> Result<Vec<String>, String> {
    let service = ServiceRequest::parse(text, words).map_err(|problems| {
        let told: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        told.join("; ")
    })?;
    let size = |bytes: u64| crate::measure::Size::from_bytes(bytes);
    let flow = Flow {
        component: "api".to_owned(),
        kind: String::new(),
        requests: requests.into(),
        internal: false,
        through_cdn: false,
        request_size: size(2 << 10),
        response_size: size(20 << 10),
        log_size: size(0),
        outside_request_size: size(0),
        outside_response_size: size(0),
    };
    let context = Context::of(&service.name, Month::Average, vec![flow], catalog);
    let mut usage = Usage::default();
    meter_one(&service, &context, &mut usage).map_err(|why| why.to_string())?;
    let shown = usage.lines().iter().map(|line| {
        let (formula, unit) = (line.quantity.formula(), line.quantity.unit());
        format!("{}: {formula} = {} {unit}", line.price_id, number(line.amount, 6))
    });
    Ok(shown.collect())
}
