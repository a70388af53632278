//! How old and how well known the prices of a comparison are.

use schemars::JsonSchema;
use serde::Serialize;

use crate::bill::{Charge, Standing};
use crate::compare::{BookStamp, Comparison, Verdict};
use crate::json_schema::{DayText, HashText};
use crate::time::Date;

/// Which price book answered.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BookReport {
    /// The SHA-256 of all that the book says, own prices included: `--book` refuses any other.
    #[schemars(with = "HashText")]
    pub hash: String,
    /// The newest day on which any of its prices was confirmed.
    #[schemars(with = "DayText")]
    pub newest: String,
    /// Own prices that begin only after the day whose prices are used, and are not used.
    pub own_later: usize,
}

impl From<&BookStamp> for BookReport {
    fn from(stamp: &BookStamp) -> BookReport {
        let (hash, newest) = (stamp.hash.to_string(), stamp.newest.to_string());
        BookReport { hash, newest, own_later: stamp.own_later }
    }
}

impl BookReport {
    /// The book in a sentence.
    pub(super) fn sentence(&self) -> String {
        let short: String = self.hash.chars().take(12).collect();
        let later = match self.own_later {
            0 => String::new(),
            1 => " 1 own price begins later and is not used.".to_owned(),
            later => format!(" {later} own prices begin later and are not used."),
        };
        format!("Price book {short}, newest price of {}.{later}", self.newest)
    }
}

/// How old and how well known the prices of the ranked options are; of the rejected ones when none is ranked.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PriceAgeReport {
    /// The price that was confirmed longest ago.
    pub oldest_price_id: String,
    /// The day on which it was confirmed.
    #[schemars(with = "DayText")]
    pub oldest_seen: String,
    /// Days from then to the day whose prices were used.
    pub oldest_age_days: i64,
    /// Prices borrowed from another region.
    pub borrowed: usize,
    /// Prices with one source only.
    pub single: usize,
    /// Prices derived from others.
    pub derived: usize,
    /// Prices that no source confirms.
    pub unverified: usize,
    /// Prices of the user's own.
    pub own: usize,
    /// Prices with a discount.
    pub discounted: usize,
}

impl PriceAgeReport {
    /// The prices behind a comparison; nothing when no option was priced.
    pub(super) fn of(comparison: &Comparison) -> Option<PriceAgeReport> {
        PriceAgeReport::of_charges(&charges(comparison), comparison.as_of)
    }

    /// The prices behind charges.
    pub(super) fn of_charges(charges: &[&Charge], as_of: Date) -> Option<PriceAgeReport> {
        // A user's own price is not confirmed by anybody; only where there is no other it is the oldest.
        let is_own = |charge: &&&Charge| charge.provenance.standing == Standing::Own;
        let lists =
            charges.iter().filter(|charge| !is_own(charge)).min_by_key(|charge| charge.provenance.seen);
        let oldest = lists.or_else(|| charges.first())?;
        let count = |wanted: &dyn Fn(&Charge) -> bool| {
            let marked = charges.iter().filter(|charge| wanted(charge));
            let mut ids: Vec<&str> = marked.map(|charge| charge.price_id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.len()
        };
        Some(PriceAgeReport {
            oldest_price_id: oldest.price_id.clone(),
            oldest_seen: oldest.provenance.seen.to_string(),
            oldest_age_days: as_of.days_since(oldest.provenance.seen),
            borrowed: count(&|charge| charge.provenance.borrowed_from.is_some()),
            single: count(&|charge| charge.provenance.standing == Standing::Single),
            derived: count(&|charge| charge.provenance.standing == Standing::Derived),
            unverified: count(&|charge| charge.provenance.standing == Standing::Unverified),
            own: count(&|charge| charge.provenance.standing == Standing::Own),
            discounted: count(&|charge| charge.discount.is_some()),
        })
    }

    /// Age and marks in a sentence or two.
    pub(super) fn sentence(&self) -> String {
        let mut sentence = format!(
            "The oldest price used is {}, last confirmed on {} ({}).",
            self.oldest_price_id,
            self.oldest_seen,
            distance(self.oldest_age_days)
        );
        let marks = [
            (self.borrowed, "borrowed from another region"),
            (self.single, "known from one source only"),
            (self.derived, "derived"),
            (self.unverified, "unverified"),
            (self.own, "your own"),
            (self.discounted, "less a discount"),
        ];
        let marked = marks.iter().filter(|(count, _)| *count > 0);
        let named: Vec<String> = marked
            .map(|(count, what)| format!("{count} {} {what}", if *count == 1 { "is" } else { "are" }))
            .collect();
        if !named.is_empty() {
            sentence.push_str(&format!(" Of the prices used {}; explain names them.", named.join(", ")));
        }
        sentence
    }
}

/// The charges of the ranked options, else those of the nearest deployments of rejected ones.
fn charges(comparison: &Comparison) -> Vec<&Charge> {
    let ranked: Vec<&Charge> =
        comparison.ranked().flat_map(|(_, ranked)| ranked.evaluation.bill.charges()).collect();
    if !ranked.is_empty() {
        return ranked;
    }
    let rejected = comparison.options.iter().filter_map(|option| match &option.verdict {
        Verdict::Rejected { nearest: Some(nearest), .. } => Some(nearest.bill.charges()),
        _ => None,
    });
    rejected.flatten().collect()
}

/// How far the day of a confirmation lies from the day whose prices were asked for.
fn distance(days_before: i64) -> String {
    let days = |count: u64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let prices = "the day of the prices";
    match days_before {
        0 => prices.to_owned(),
        before if before > 0 => format!("{} before {prices}", days(before.unsigned_abs())),
        after => format!("{} after {prices}", days(after.unsigned_abs())),
    }
}
