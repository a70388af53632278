//! WAF: web access control lists with their rules, and the requests that they inspect.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::money::NotExact;
use crate::scenario::{Section, Values, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// Where requests are inspected.
    pub(super) enum Place {
        /// At the load balancer or the API: what reaches the application.
        Origin = "origin",
        /// At CloudFront: what viewers ask, also where the cache answers.
        CloudFront = "cloudfront",
    }
}

section! {
    /// Settings of a web access control list.
    pub(super) struct Settings {
        /// Web access control lists; each inspects every request.
        pub web_acls: u32 => Kind::Count { least: 1, most: 100 }, Default("1");
        /// Rules of its own in each list.
        pub rules: u32 => Kind::Count { least: 0, most: 1_500 }, Required;
        /// Rule groups in each list, such as AWS's managed ones; a group counts once, however many rules it has.
        pub rule_groups: u32 => Kind::Count { least: 0, most: 1_500 }, Default("0");
        /// Where requests are inspected.
        pub inspects_at: Place => Kind::OneOf(Place::CHOICES), Default("origin");
    }
}

/// WAF bills each list, each rule and rule group in it by the month, and each request that is inspected. Bot Control, fraud
/// control, and capacity or bodies beyond the default are not priced here.
///
/// Source: AWS WAF pricing page, and the cost guide of aws.github.io/aws-security-services-best-practices, as known in
/// November 2026; the guide's example has one list with five rules and two managed groups, and ten million requests:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"waf\"\nrules = 5\nrule_groups = 2", 10_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "waf/web-acl-months: 1 list = 1 Months",
///     "waf/rule-months: 1 list × 5 rules = 5 Months",
///     "waf/rule-group-months: 1 list × 2 rule groups = 2 Months",
///     "waf/requests: 10,000,000 requests × 1 list = 10,000,000 Requests",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "waf",
    title: "WAF",
    summary: "A firewall for web requests.",
    metered: "lists, rules and rule groups by the month, and every request inspected",
    settings: Settings::FIELDS,
    example: "rules = 5",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let lists = || context.months(Unit::Months, settings.web_acls, "list", "lists");
    context.add(usage, "waf/web-acl-months", "lists", lists())?;
    let rules = lists().times_each(settings.rules, "rule", "rules");
    context.add(usage, "waf/rule-months", "rules", rules)?;
    let groups = lists().times_each(settings.rule_groups, "rule group", "rule groups");
    context.add(usage, "waf/rule-group-months", "rule groups", groups)?;
    for (viewers, requests) in inspected(settings.inspects_at, context) {
        let mut inspected = Quantity::of(Unit::Requests).times(requests, "requests");
        if viewers > Decimal::ONE {
            inspected = inspected.times(viewers, "viewers' requests for each");
        }
        let inspected = inspected.times_each(settings.web_acls, "list", "lists");
        context.add(usage, "waf/requests", "inspected requests", inspected)?;
    }
    Ok(())
}

/// The requests that are inspected, by how many requests of viewers each stands for; also those that are refused later.
fn inspected(place: Place, context: &Context<'_>) -> BTreeMap<Decimal, Decimal> {
    let mut inspected = BTreeMap::new();
    for flow in &context.arriving {
        let viewers = match place {
            Place::CloudFront => context.viewers.get(&flow.component).copied().unwrap_or(Decimal::ONE),
            Place::Origin => Decimal::ONE,
        };
        *inspected.entry(viewers).or_default() += flow.requests;
    }
    inspected
}
