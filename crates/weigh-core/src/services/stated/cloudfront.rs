//! CloudFront in front of the application: what viewers ask and get at the edge.

use rust_decimal::Decimal;

use super::shared::{Area, unless};
use super::{Context, StatedService, beside, settings};
use crate::measure::Rate;
use crate::money::NotExact;
use crate::scenario::{
    Component, Contradiction, Scenario, Section, ServiceRequest, Values, Vocabulary, choice, section,
};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

const ID: &str = "cloudfront";

choice! {
    /// The protocol that viewers speak.
    pub(super) enum Protocol {
        /// HTTPS.
        Https = "https",
        /// HTTP.
        Http = "http",
    }
}

section! {
    /// Settings of a distribution in front of the application.
    pub(super) struct Settings {
        /// Where viewers are.
        pub area: Area => Kind::OneOf(Area::CHOICES), Default("us");
        /// Share of the viewers that is there; state a service for each area.
        pub share: Decimal => Kind::Share, Default("100 %");
        /// Share of the viewers' requests that the cache answers: the traffic of the scenario is what reaches the application.
        pub hit_share: Decimal => Kind::ShareOrZero, Default("0 %");
        /// The protocol that viewers speak.
        pub protocol: Protocol => Kind::OneOf(Protocol::CHOICES), Default("https");
        /// Functions at the edge that each request of a viewer runs.
        pub functions_per_request: u32 => Kind::Count { least: 0, most: 2 }, Default("0");
        /// Paths that are invalidated.
        pub invalidations: Option<Rate> => Kind::Rate, Optional;
    }
}

/// Viewers' requests are those that reach the application, divided by the share that the cache leaves; each is billed, and
/// each response leaves through CloudFront. What the application refuses was asked all the same, and next to nothing leaves for
/// it. What leaves AWS's own origins to CloudFront is free, so that no option is billed responses to the internet beside it;
/// Lightsail counts them against its allowance all the same.
///
/// Source: Amazon CloudFront pricing page, as known in November 2026 (areas; origin fetches from AWS are free; 1 TB and ten
/// million requests a month always are), by way of the price book.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"cloudfront\"\nhit_share = \"75 %\"";
/// let lines = worked(stated, 1_048_576, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "cloudfront/https-requests/us: 1,048,576 requests × 4 viewers' requests for each = 4,194,304 Requests",
///     "cloudfront/internet-out-gb/us: 1,048,576 requests × 4 viewers' requests for each × 0.000019073486 GB (20 KB) = 80 GB",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: ID,
    title: "CloudFront",
    summary: "A content delivery network in front of the application.",
    metered: "viewers' requests (those of the application / (1 − hit share)) and the GB of their responses; responses of the application to the internet are no longer billed",
    settings: Settings::FIELDS,
    example: "hit_share = \"60 %\"",
    contradictions,
    meter,
    notes,
    zones: beside,
};

/// Whether a content delivery network that is stated, and switched on, stands in front of a component.
pub(super) fn is_behind(scenario: &Scenario, component: &Component) -> bool {
    scenario.services.iter().any(|service| service.enabled && is_before(service, component))
}

/// Whether a service is a distribution in front of a component.
fn is_before(service: &ServiceRequest, component: &Component) -> bool {
    service.kind == ID && service.component.as_ref().is_none_or(|name| *name == component.name)
}

/// Viewers' requests for each that reaches a component: by the distribution that is stated for it, else by the first that
/// stands in front of all.
pub(super) fn viewers_per_request(services: &[&ServiceRequest], component: &Component) -> Decimal {
    let in_front = || services.iter().filter(|service| is_before(service, component));
    let stated = in_front().find(|service| service.component.is_some()).or_else(|| in_front().next());
    let hit_share = stated.and_then(|service| service.settings.value::<Decimal>("hit_share"));
    viewers(hit_share.unwrap_or_default())
}

fn viewers(hit_share: Decimal) -> Decimal {
    Decimal::ONE.checked_div(Decimal::ONE - hit_share).unwrap_or(Decimal::ONE)
}

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let hit_share: Decimal = values.value("hit_share").unwrap_or_default();
    let message = "a cache that answers all leaves nothing for the application, whose traffic is stated";
    unless(hit_share < Decimal::ONE, "hit_share", "hit_share", message).into_iter().collect()
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let (area, protocol) = (settings.area.spelling(), settings.protocol.spelling());
    let asked = |requests: Decimal, unit| {
        let mut asked = Quantity::of(unit).times(requests, "requests");
        if !settings.hit_share.is_zero() {
            asked = asked.times(viewers(settings.hit_share), "viewers' requests for each");
        }
        match settings.share == Decimal::ONE {
            true => asked,
            false => asked.times(settings.share, "of the viewers"),
        }
    };
    let price_id = format!("cloudfront/{protocol}-requests/{area}");
    context.add(usage, price_id, "viewers' requests", asked(context.arrived(), Unit::Requests))?;
    for flow in &context.flows {
        let out = asked(flow.requests, Unit::Gb);
        let out = out.times(flow.response_size.gb(), format!("GB ({})", flow.response_size));
        let what = format!("responses of {}", flow.name());
        context.add(usage, format!("cloudfront/internet-out-gb/{area}"), what, out)?;
    }
    let functions = asked(context.arrived(), Unit::Invocations).times_each(
        settings.functions_per_request,
        "function each",
        "functions each",
    );
    context.add(usage, "cloudfront/function-invocations", "functions at the edge", functions)?;
    let paths = settings.invalidations.map_or(Decimal::ZERO, |rate| rate.per_month(context.month));
    let paths = Quantity::of(Unit::Paths).times(paths, "paths");
    context.add(usage, "cloudfront/invalidation-paths", "invalidated paths", paths)
}

/// Says where the shares of the distributions in front of a component do not add up to all of its viewers.
pub(super) fn shares(scenario: &Scenario) -> Vec<String> {
    let mut notes = Vec::new();
    for component in scenario.components.iter().filter(|component| !component.internal) {
        let in_front =
            scenario.services.iter().filter(|service| service.enabled && is_before(service, component));
        let shares = in_front.filter_map(|service| service.settings.value::<Decimal>("share"));
        let (count, sum) = shares.fold((0, Decimal::ZERO), |(count, sum), share| (count + 1, sum + share));
        if count > 0 && sum != Decimal::ONE {
            let percent = (sum * Decimal::ONE_HUNDRED).normalize();
            let told =
                if sum < Decimal::ONE { "the rest is not billed" } else { "some are billed more than once" };
            notes.push(format!(
                "the shares of CloudFront in front of {} add up to {percent} % of its viewers: {told}",
                component.name
            ));
        }
    }
    notes
}

fn notes(_: &Values) -> Vec<String> {
    vec!["the traffic of the scenario is what reaches the application; responses leave through CloudFront, and only Lightsail counts them as transfer".to_owned()]
}
