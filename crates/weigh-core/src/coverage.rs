//! What the platforms need of a price book, and what each region has of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::bill::Standing;

use crate::catalog::Catalog;
use crate::compare::vocabulary;
use crate::evaluate::in_the_busy_hour;
use crate::platforms::{Brief, Platform, Proposal};
use crate::pricebook::{Absence, MissingPrice, PriceBook, RegionPrices};
use crate::scenario::Scenario;
use crate::time::Date;

/// Ways to use the platforms that together need every tariff that a platform may need, but for Spot and SnapStart, which
/// few regions have a price for: what each adds, the platform, its settings.
const USES: &[(&str, &str, &str)] = &[
    ("as proposed", "lightsail", ""),
    ("nano nodes", "lightsail", "power = \"nano\""),
    ("xlarge nodes", "lightsail", "power = \"xlarge\""),
    ("as proposed", "lambda", ""),
    ("on arm", "lambda", "architecture = \"arm\"\nephemeral_storage = \"1 GB\""),
    ("behind an HTTP API", "lambda", "front_door = \"http-api\""),
    ("behind a load balancer", "lambda", "front_door = \"load-balancer\""),
    ("provisioned", "lambda", "provisioned_concurrency = 1"),
    ("provisioned on arm", "lambda", "provisioned_concurrency = 1\narchitecture = \"arm\""),
    ("as proposed", "fargate", ""),
    ("on arm", "fargate", "architecture = \"arm\""),
    ("behind NAT", "fargate", "network = \"nat\""),
    ("with storage", "fargate", "ephemeral_storage = \"30 GB\""),
    ("as proposed", "ecs-ec2", ""),
    ("on arm", "ecs-ec2", "architecture = \"arm\""),
    ("bursting", "ecs-ec2", "instance_type = \"t3.medium\"\ntasks = 1\ninstances = 1"),
    ("as proposed", "ec2-compose", ""),
    ("behind NAT", "ec2-compose", "network = \"nat\"\ninstances = 2"),
    ("bursting", "ec2-compose", "instance_type = \"t4g.medium\"\ninstances = 1"),
];

/// Keeps 1.2 vCPU busy, above the baseline of the bursting types; data leaves, and calls go out.
const WORKLOAD: &str = "[traffic]\nrate = \"2/s\"\n[[component]]\nname = \"a\"\nvcpu = 0.25\nmemory = \"512 MB\"\n\
    cpu_time = \"600 ms\"\nconcurrency = 20\nresponse_size = \"400 KB\"\noutside_request_size = \"1 KB\"\n\
    start_up_time = \"1 s\"\n";

/// A way to use a platform, and the prices that its deployments need.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The platform's id.
    pub platform: &'static str,
    /// What is particular about it: `on arm`.
    pub name: &'static str,
    /// The price ids that each deployment needs; one whole deployment is enough.
    pub deployments: Vec<Vec<String>>,
}

/// What a region lacks for a way to use a platform.
#[derive(Clone, Debug, PartialEq)]
pub struct UseCoverage {
    /// The platform's id.
    pub platform: &'static str,
    /// What is particular about it.
    pub name: &'static str,
    /// The prices that the deployment which lacks the fewest lacks; empty when it can be priced.
    pub lacks: Vec<MissingPrice>,
}

impl UseCoverage {
    /// Whether the region does not sell something that the use can't do without.
    #[must_use]
    pub fn is_not_offered(&self) -> bool {
        self.lacks.iter().any(|price| price.absence == Absence::NotOffered)
    }
}

/// What a region has of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCoverage {
    /// The service, as price ids begin.
    pub service: String,
    /// Price ids with a price on the day.
    pub prices: usize,
    /// Price ids that the platforms need and the region lacks.
    pub missing: Vec<String>,
    /// Whether a list says that the region does not sell the service at all.
    pub not_offered: bool,
    /// The day on which the price that was confirmed longest ago was confirmed; nothing without a price.
    pub oldest: Option<Date>,
    /// The newest such day.
    pub newest: Option<Date>,
    /// Prices with one source only.
    pub single: usize,
    /// Prices derived from others.
    pub derived: usize,
    /// Prices that no source confirms.
    pub unverified: usize,
}

/// What a region has of everything.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionCoverage {
    /// The region.
    pub region: String,
    /// The day that was asked.
    pub as_of: Date,
    /// The ways to use the platforms, in the order of the table of platforms.
    pub uses: Vec<UseCoverage>,
    /// The services of the book, sorted.
    pub services: Vec<ServiceCoverage>,
}

/// The ways to use the platforms, with the prices that each needs.
///
/// # Errors
/// A catalog that the reference workload does not fit.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::coverage::uses;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let uses = uses(&catalog, &weigh_prices::book()).unwrap();
/// let fargate = uses.iter().find(|known| known.platform == "fargate").unwrap();
/// assert!(fargate.deployments[0].contains(&"fargate/vcpu-hours/linux-x86".to_owned()));
/// ```
pub fn uses(catalog: &Catalog, book: &PriceBook) -> Result<Vec<Use>, String> {
    let words = vocabulary(catalog, book);
    let region = book.regions().first().copied().unwrap_or_default().to_owned();
    USES.iter()
        .map(|(name, platform, settings)| {
            let text = format!(
                "[scenario]\nname = \"coverage\"\nregion = \"{region}\"\n{WORKLOAD}[[option]]\n\
                 platform = \"{platform}\"\n{settings}\n"
            );
            let scenario = Scenario::parse(&text, &words).map_err(|problems| {
                let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
                format!("{platform} {name}: {}", told.join("; "))
            })?;
            of_option(&scenario, catalog, name)
        })
        .collect()
}

/// The one option of a scenario as a use.
fn of_option(scenario: &Scenario, catalog: &Catalog, name: &'static str) -> Result<Use, String> {
    let option = &scenario.options[0];
    let platform =
        Platform::find(&option.platform).ok_or_else(|| format!("no platform {}", option.platform))?;
    let brief = Brief { scenario, catalog, settings: &option.settings };
    let deployments = match (platform.propose)(&brief) {
        Proposal::Deployments(deployments) => deployments,
        Proposal::Rejected(needs) => {
            let told: Vec<String> = needs.iter().map(|failed| failed.need.clone()).collect();
            return Err(format!("{} {name} fails {}", platform.id, told.join(", ")));
        }
    };
    let mut needed = Vec::new();
    for mut deployment in deployments {
        let serving = in_the_busy_hour(deployment.as_ref());
        for alternative in 0..deployment.alternatives() {
            deployment.choose(alternative);
            let usage = deployment.meter(&serving).map_err(|why| why.to_string())?;
            needed.push(usage.lines().iter().map(|line| line.price_id.clone()).collect());
        }
    }
    Ok(Use { platform: platform.id, name, deployments: needed })
}

/// What a region has on a day.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::coverage::{region_coverage, uses};
/// let book = weigh_prices::book();
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let prices = book.open("us-east-1", None).unwrap();
/// let covered = region_coverage(&uses(&catalog, &book).unwrap(), &book, &prices, prices.newest());
/// assert!(covered.uses.iter().all(|each| each.lacks.is_empty()), "{:?}", covered.uses);
/// ```
#[must_use]
pub fn region_coverage(uses: &[Use], book: &PriceBook, prices: &RegionPrices, as_of: Date) -> RegionCoverage {
    let covered: Vec<UseCoverage> = uses
        .iter()
        .map(|each| {
            let mut fewest: Option<Vec<MissingPrice>> = None;
            for price_ids in &each.deployments {
                let lacks = lacking(price_ids, prices, as_of);
                if fewest.as_ref().is_none_or(|fewest| lacks.len() < fewest.len()) {
                    fewest = Some(lacks);
                }
                if fewest.as_ref().is_some_and(Vec::is_empty) {
                    break;
                }
            }
            UseCoverage { platform: each.platform, name: each.name, lacks: fewest.unwrap_or_default() }
        })
        .collect();
    let services = services(&covered, book, prices, as_of);
    RegionCoverage { region: prices.region().to_owned(), as_of, uses: covered, services }
}

/// The prices among these that a region lacks, each once.
fn lacking(price_ids: &[String], prices: &RegionPrices, as_of: Date) -> Vec<MissingPrice> {
    let mut missing: Vec<MissingPrice> = Vec::new();
    for price_id in price_ids {
        if let Err(why) = prices.tariff(price_id, as_of)
            && !missing.contains(&why)
        {
            missing.push(why);
        }
    }
    missing
}

fn services(
    uses: &[UseCoverage],
    book: &PriceBook,
    prices: &RegionPrices,
    as_of: Date,
) -> Vec<ServiceCoverage> {
    let service_of = |price_id: &str| price_id.split('/').next().unwrap_or(price_id).to_owned();
    let ids: BTreeSet<&str> = prices.price_ids().into_iter().chain(prices.own_price_ids()).collect();
    let own = prices.own_price_ids().into_iter().map(service_of);
    let names: BTreeSet<String> = book.services().into_iter().map(str::to_owned).chain(own).collect();
    let mut services: BTreeMap<String, ServiceCoverage> =
        names.into_iter().map(|name| (name.clone(), nothing_of(name, prices))).collect();
    for price_id in ids {
        let Ok((tariff, _)) = prices.tariff(price_id, as_of) else { continue };
        let Some(service) = services.get_mut(&service_of(price_id)) else { continue };
        service.prices += 1;
        for band in &tariff.bands {
            let seen = band.evidence.seen;
            service.oldest = Some(service.oldest.map_or(seen, |known| known.min(seen)));
            service.newest = service.newest.max(Some(seen));
        }
        match tariff.bands.iter().map(|band| band.evidence.standing).max() {
            Some(Standing::Single) => service.single += 1,
            Some(Standing::Derived) => service.derived += 1,
            Some(Standing::Unverified) => service.unverified += 1,
            _ => {}
        }
    }
    for missing in uses.iter().flat_map(|each| &each.lacks).filter(|why| why.absence != Absence::NotOffered) {
        let Some(service) = services.get_mut(&service_of(&missing.price_id)) else { continue };
        if !service.missing.contains(&missing.price_id) {
            service.missing.push(missing.price_id.clone());
        }
    }
    services.into_values().collect()
}

/// The coverage of a service of which no price is known yet.
fn nothing_of(service: String, prices: &RegionPrices) -> ServiceCoverage {
    let not_offered = prices.lists().any(|(prefix, _)| prefix == format!("{service}/"));
    ServiceCoverage {
        service,
        prices: 0,
        missing: Vec::new(),
        not_offered,
        oldest: None,
        newest: None,
        single: 0,
        derived: 0,
        unverified: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::PLATFORMS;

    #[test]
    fn every_platform_is_used() {
        for platform in PLATFORMS {
            assert!(USES.iter().any(|(_, id, _)| *id == platform.id), "{} has no use", platform.id);
        }
    }
}
