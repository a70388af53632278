//! Totals in the user's own currency, beside US dollars: multiplied and rounded once, for readers alone.

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::JsonSchema;
use serde::Serialize;

use super::decimal;
use crate::json_schema::{DayText, DecimalText};
use crate::money::number;
use crate::scenario::Currency;

/// The currency in which readers see totals too; every amount of a report stays in US dollars.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CurrencyReport {
    /// Its code.
    pub code: String,
    /// How much of it a US dollar is, as the user states it, as a decimal string.
    #[schemars(with = "DecimalText")]
    pub rate: String,
    /// The day of that rate.
    #[schemars(with = "DayText")]
    pub as_of: String,
}

/// Currencies without a smaller unit, and those with thousandths (ISO 4217, list of active codes); others have hundredths.
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl From<&Currency> for CurrencyReport {
    fn from(currency: &Currency) -> CurrencyReport {
        let Currency { code, rate, as_of } = currency.clone();
        CurrencyReport { code, rate: rate.normalize().to_string(), as_of: as_of.to_string() }
    }
}

impl CurrencyReport {
    /// US dollars in the currency, rounded half up to its smallest unit.
    ///
    /// ```
    /// use weigh_core::report::CurrencyReport;
    /// let of = |code: &str, rate: &str| CurrencyReport {
    ///     code: code.to_owned(),
    ///     rate: rate.to_owned(),
    ///     as_of: "2026-11-01".to_owned(),
    /// };
    /// let usd: rust_decimal::Decimal = "1234.565".parse().unwrap();
    /// assert_eq!(of("EUR", "0.92").shown(usd), "1,135.80 EUR");
    /// assert_eq!(of("JPY", "151.5").shown(usd), "187,037 JPY");
    /// assert_eq!(of("EUR", "0.92").shown("0.001".parse().unwrap()), "<0.01 EUR");
    /// ```
    #[must_use]
    pub fn shown(&self, usd: Decimal) -> String {
        let places = self.places();
        let Some(amount) = usd.checked_mul(decimal(&self.rate)) else {
            return format!("too much {}", self.code);
        };
        let rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let least = Decimal::new(1, places);
        if rounded.is_zero() && amount > Decimal::ZERO {
            return format!("<{least} {}", self.code);
        }
        let whole = number(rounded.trunc(), 0);
        match format!("{:.*}", places as usize, rounded.fract().abs()).split_once('.') {
            Some((_, fraction)) => format!("{whole}.{fraction} {}", self.code),
            None => format!("{whole} {}", self.code),
        }
    }

    /// Decimal places of the currency's smallest unit: 0, 2 or 3.
    pub(super) fn places(&self) -> u32 {
        match self.code.as_str() {
            code if WHOLE.contains(&code) => 0,
            code if THOUSANDTHS.contains(&code) => 3,
            _ => 2,
        }
    }

    /// `at 0.92 EUR for a US dollar, the scenario's own rate of 2026-11-01`.
    pub(super) fn origin(&self) -> String {
        let CurrencyReport { code, rate, as_of } = self;
        format!("at {rate} {code} for a US dollar, the scenario's own rate of {as_of}")
    }
}
