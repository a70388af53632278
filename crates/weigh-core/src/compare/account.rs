//! Several scenarios in one account: they share its free quantities and its tiers, in a stated order.

use rust_decimal::Decimal;

use super::{Comparison, Verdict, compare};
use crate::account::Account;
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
    /// US dollars a month if nobody else used the account but what `[account]` states.
    pub alone: Decimal,
    /// The bill after the scenarios before it.
    pub bill: Bill,
}

/// Prices the recommended options of scenarios one after the other, each from where the use of those before it ends.
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
/// assert_eq!(shared[0].alone, shared[0].bill.total());
/// assert!(shared[1].bill.total() > shared[1].alone);
/// ```
pub fn in_account(
    scenarios: Vec<(Scenario, RegionPrices)>,
    catalog: &Catalog,
) -> Result<Vec<InAccount>, String> {
    let mut shared = Account::default();
    let mut priced = Vec::with_capacity(scenarios.len());
    for (mut scenario, book) in scenarios {
        let alone = compare(&scenario, catalog, &book)?;
        let option = alone.ranked().next().map(|(option, _)| option.name.clone());
        scenario.account.used.extend(shared.used.iter().cloned());
        let together = compare(&scenario, catalog, &book)?;
        let bill = option.as_deref().and_then(|name| bill_of(&together, name)).unwrap_or_default();
        let alone = option.as_deref().and_then(|name| bill_of(&alone, name)).unwrap_or_default().total();
        let region = scenario.header.region;
        shared = shared.after(&bill, &region);
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
            let meant = nearest(&used.price_id, book.price_ids());
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            let (price_id, region) = (&used.price_id, book.region());
            return Err(format!("[[account.usage]]: no price `{price_id}` in {region} on {date}{meant}"));
        }
    }
    Ok(())
}
