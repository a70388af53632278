//! What is bought elsewhere at the user's own price: MongoDB Atlas, OpenAI, a monitoring tool.

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, unless};
use super::{Context, StatedService, beside, settings, silent};
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, ServiceRequest, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// The kind of what is bought elsewhere.
pub const EXTERNAL: &str = "external";

choice! {
    /// What a price is for.
    pub(super) enum Counted {
        /// Requests.
        Requests = "requests",
        /// Tokens of a language model.
        Tokens = "tokens",
        /// Messages.
        Messages = "messages",
        /// Events.
        Events = "events",
        /// Gigabytes.
        Gb = "gb",
    }
}

impl Counted {
    fn unit(self) -> Unit {
        match self {
            Counted::Requests => Unit::Requests,
            Counted::Tokens => Unit::Tokens,
            Counted::Messages => Unit::Messages,
            Counted::Events => Unit::Events,
            Counted::Gb => Unit::Gb,
        }
    }
}

section! {
    /// Settings of something that is bought elsewhere.
    pub(super) struct Settings {
        /// What a month costs, whatever is used.
        pub monthly_cost: Option<Decimal> => Kind::MoneyOrZero, Optional;
        /// What `price_per` units cost.
        pub price: Option<Decimal> => Kind::Money, Optional;
        /// How many units the `price` is for.
        pub price_per: Decimal => Kind::Number, Default("1");
        /// What is counted.
        pub unit: Counted => Kind::OneOf(Counted::CHOICES), Default("requests");
        /// Units that one request uses.
        pub units_per_request: Decimal => Kind::Number, Default("1");
    }
}

/// A fixed sum a month, a price for what requests use, or both, as the scenario states them. No price of AWS and no discount
/// of AWS's touches them. What is metered here is how much; the price goes from the scenario to the bill.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let model = "kind = \"external\"\nname = \"OpenAI\"\nprice = \"$2.50\"\nprice_per = 1_000_000\nunit = \"tokens\"\n\
///     units_per_request = 1200";
/// let lines = worked(model, 10_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["external/OpenAI/units: 10,000 requests × 1,200 units = 12,000,000 Tokens"]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: EXTERNAL,
    title: "External",
    summary: "Something bought elsewhere, at a price that the scenario states.",
    metered: "the stated monthly cost, and units × the stated price",
    settings: Settings::FIELDS,
    example: "monthly_cost = \"$57\"",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let any = is_stated(values, "monthly_cost") || is_stated(values, "price");
    let message = "it costs nothing: neither `monthly_cost` nor `price` is stated";
    let mut found: Vec<Contradiction> = unless(any, "monthly_cost", "price", message).into_iter().collect();
    if any && !is_stated(values, "price") {
        let units = ["price_per", "unit", "units_per_request"];
        found.extend(idle(values, &units, "price", "without `price`"));
    }
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let [month, units] = ServiceRequest::external_price_ids(context.name);
    if settings.monthly_cost.is_some() {
        let months =
            Quantity::of(Unit::Months).times(context.month.share_exact(), context.month.share_label());
        context.add(usage, month, "monthly cost", months)?;
    }
    if settings.price.is_some() {
        let used = context.per_request(settings.unit.unit(), settings.units_per_request, "units");
        context.add(usage, units, "what requests use", used)?;
    }
    Ok(())
}
