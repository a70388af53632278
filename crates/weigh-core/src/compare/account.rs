//! Several scenarios in one account: they share its free quantities and its tiers, in a stated order.

use rust_decimal::Decimal;

use super::{Comparison, Verdict, compare};
use crate::account::{Account, AccountUsage};
use crate::bill::Bill;
use crate::catalog::Catalog;
use crate::data::nearest;
use crate::pricebook::RegionPrices;
use crate::scenario::Scenario;
use crate::time::Date;

/// A scenario's bill in an account that others use too.
#[derive(Clone, Debug, PartialEq)]
pub struct InAccount {
    /// The scenario's name.
    pub scenario: String,
    /// The region that it is priced in.
    pub region: String,
    /// The option that it recommends by itself; nothing where none meets the needs.
    pub option: Option<String>,
    /// US dollars a month if nobody else used the account but what its own `[account]` states; nothing without an option.
    pub alone: Option<Decimal>,
    /// The bill after the scenarios before it; nothing where none meets the needs, or a price is missing.
    pub bill: Option<Bill>,
}

/// Prices the recommended options of scenarios one after the other, each from where the use of those before it ends. What any
/// of them states in `[account]` is the account's, and so used before the first.
///
/// # Errors
/// Ends of a scale, as a scenario states them, that make no scale, and price ids of `[account]` that nobody knows.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{in_account, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "900_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "lambda" }]
/// "#;
/// let scenario = || Scenario::parse(text, &words).unwrap();
/// let book = || weigh_prices::book().open("us-east-1", None).unwrap();
/// let shared = in_account(vec![(scenario(), book()), (scenario(), book())], &catalog).unwrap();
/// // The second million of requests is no longer free.
/// let cost = |place: usize| shared[place].bill.as_ref().map(|bill| bill.total());
/// assert_eq!(cost(0), shared[0].alone);
/// assert!(cost(1) > shared[1].alone);
/// ```
pub fn in_account(
    scenarios: Vec<(Scenario, RegionPrices)>,
    catalog: &Catalog,
) -> Result<Vec<InAccount>, String> {
    let stated = scenarios.iter().flat_map(|(scenario, _)| {
        let region = &scenario.header.region;
        scenario.account.used.iter().map(move |used| AccountUsage {
            region: Some(used.region.clone().unwrap_or_else(|| region.clone())),
            ..used.clone()
        })
    });
    let first_year = scenarios.iter().any(|(scenario, _)| scenario.account.first_year);
    let mut shared = Account { first_year, used: stated.collect() };
    let mut priced = Vec::with_capacity(scenarios.len());
    for (mut scenario, book) in scenarios {
        let alone = compare(&scenario, catalog, &book)?;
        let option = alone.ranked().next().map(|(option, _)| option.name.clone());
        scenario.account = shared.clone();
        let together = compare(&scenario, catalog, &book)?;
        let bill = option.as_deref().and_then(|name| bill_of(&together, name));
        let alone = option.as_deref().and_then(|name| bill_of(&alone, name)).map(|bill| bill.total());
        let region = scenario.header.region;
        if let Some(bill) = &bill {
            shared = shared.after(bill, &region);
        }
        priced.push(InAccount { scenario: scenario.header.name, region, option, alone, bill });
    }
    Ok(priced)
}

fn bill_of(comparison: &Comparison, option: &str) -> Option<Bill> {
    let found = comparison.options.iter().find(|known| known.name == option)?;
    match &found.verdict {
        Verdict::Ranked(ranked) => Some(ranked.evaluation.bill.clone()),
        Verdict::Rejected { nearest, .. } => nearest.as_ref().map(|nearest| nearest.bill.clone()),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => None,
    }
}

/// A price id that nobody prices moves nothing, and is a slip.
pub(super) fn known_prices(account: &Account, book: &RegionPrices, date: Date) -> Result<(), String> {
    for used in account.used.iter().filter(|used| used.region.is_none()) {
        if book.tariff(&used.price_id, date).is_err() {
            let (price_id, region) = (&used.price_id, book.region());
            let why = match nearest(price_id, book.price_ids()) {
                Some(known) if known == price_id => {
                    format!("`{price_id}` has no price in {region} on {date}")
                }
                Some(meant) => {
                    format!("no price `{price_id}` in {region} on {date}; did you mean `{meant}`?")
                }
                None => format!("no price `{price_id}` in {region} on {date}"),
            };
            return Err(format!("[[account.usage]]: {why}"));
        }
    }
    Ok(())
}
