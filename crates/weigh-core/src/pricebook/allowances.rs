//! What an account has free every month.

use std::collections::BTreeMap;

use super::image::Image;
use super::price::Terms;
use super::tariff::Allowance;

/// How the names of pools begin that an account has in its first twelve months only.
const FIRST_YEAR: &str = "first-year/";

/// What an account has free every month.
#[derive(Clone, Debug)]
pub(super) struct Allowances {
    pub(super) all: Vec<Allowance>,
    /// The allowances that cover a price id, by their places.
    pub(super) covered: BTreeMap<String, Vec<usize>>,
}

impl Allowances {
    /// The allowances of a book.
    pub(super) fn of(image: &Image) -> Allowances {
        let mut at = image.allowances();
        let count = at.count();
        let mut covered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let each = (0..count as usize).map(|place| {
            let (pool, unit, quantity) = (at.text().to_owned(), at.unit(), at.decimal());
            for _ in 0..at.count() {
                covered.entry(at.text().to_owned()).or_default().push(place);
            }
            let from = at.date();
            let evidence = at.evidence(image.sources());
            let source = evidence.source.to_owned();
            Allowance { pool, quantity, unit, from, seen: evidence.seen, source, standing: evidence.standing }
        });
        Allowances { all: each.collect(), covered }
    }

    /// The allowance that covers a price id on such terms; nothing where there is none.
    pub(super) fn on(&self, price_id: &str, terms: &Terms<'_>) -> Option<&Allowance> {
        if terms.with_allowances { self.of_account(price_id, terms) } else { None }
    }

    /// The same, whether or not it is left for what is priced: the account's own use has it in any case.
    pub(super) fn of_account(&self, price_id: &str, terms: &Terms<'_>) -> Option<&Allowance> {
        let holds = |allowance: &&Allowance| {
            let in_its_time = terms.account.first_year || !allowance.pool.starts_with(FIRST_YEAR);
            in_its_time && allowance.from <= terms.date
        };
        let covering = self.covered.get(price_id)?.iter().map(|place| &self.all[*place]);
        covering.filter(holds).max_by_key(|allowance| allowance.from)
    }
}
