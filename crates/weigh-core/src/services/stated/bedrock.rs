//! Bedrock: tokens of a language model.

use rust_decimal::Decimal;

use super::shared::idle;
use super::{Context, StatedService, beside, settings, silent};
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::Usage;

choice! {
    /// Where the model answers.
    pub(super) enum Endpoint {
        /// In any region: cheaper where both are sold.
        Global = "global",
        /// In the region, or in those of its continent.
        InRegion = "in-region",
    }
}

choice! {
    /// How long written input stays in the cache.
    pub(super) enum CacheTime {
        /// Five minutes.
        FiveMinutes = "5m",
        /// An hour.
        OneHour = "1h",
    }
}

section! {
    /// Settings of a model's use.
    pub(super) struct Settings {
        /// Model.
        pub model: String => Kind::Word(Known::Model), Required;
        /// Where the model answers.
        pub endpoint: Endpoint => Kind::OneOf(Endpoint::CHOICES), Default("in-region");
        /// Share of the requests that asks the model.
        pub share: Decimal => Kind::Share, Default("100 %");
        /// Tokens that each of them sends, those from and to the cache not counted.
        pub input_tokens: Decimal => Kind::NumberOrZero, Required;
        /// Tokens that each of them gets.
        pub output_tokens: Decimal => Kind::NumberOrZero, Required;
        /// Tokens that each of them reads from the cache.
        pub cache_read_tokens: Decimal => Kind::NumberOrZero, Default("0");
        /// Tokens that each of them writes to the cache.
        pub cache_write_tokens: Decimal => Kind::NumberOrZero, Default("0");
        /// How long they stay there.
        pub cache_time: CacheTime => Kind::OneOf(CacheTime::CHOICES), Default("5m");
        /// Whether answers may take up to a day, at the price of batches.
        pub batch: bool => Kind::Flag, Default("false");
    }
}

/// A model bills the tokens that it reads and writes, each kind at its own price.
///
/// Source: Amazon Bedrock pricing page and its price feed (see the price book), as known in November 2026.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"bedrock\"\nmodel = \"claude-sonnet-4.6\"\nendpoint = \"global\"\nshare = \"10 %\"\n\
///     input_tokens = 1500\noutput_tokens = 400\ncache_read_tokens = 2000";
/// let lines = worked(stated, 100_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "bedrock/input-tokens/claude-sonnet-4.6/global: 100,000 requests × 0.1 asking × 1,500 tokens = 15,000,000 Tokens",
///     "bedrock/output-tokens/claude-sonnet-4.6/global: 100,000 requests × 0.1 asking × 400 tokens = 4,000,000 Tokens",
///     "bedrock/cache-read-tokens/claude-sonnet-4.6/global: 100,000 requests × 0.1 asking × 2,000 tokens = 20,000,000 Tokens",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "bedrock",
    title: "Bedrock",
    summary: "A language model, paid by tokens.",
    metered: "tokens in, out, read from and written to the cache; batches at their own prices",
    settings: Settings::FIELDS,
    example: "model = \"claude-sonnet-4.6\"\ninput_tokens = 1500\noutput_tokens = 400",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let cache = ["cache_read_tokens", "cache_write_tokens", "cache_time"];
    if values.value::<bool>("batch") == Some(true) {
        return idle(values, &cache, "batch", "beside `batch = true`: batches have no cache");
    }
    match values.value::<Decimal>("cache_write_tokens") {
        Some(tokens) if !tokens.is_zero() => Vec::new(),
        _ => idle(values, &["cache_time"], "cache_write_tokens", "without `cache_write_tokens`"),
    }
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let batch = if settings.batch { "batch-" } else { "" };
    let written = format!("cache-write-{}", settings.cache_time.spelling());
    for (kind, what, tokens) in [
        (format!("{batch}input"), "tokens in", settings.input_tokens),
        (format!("{batch}output"), "tokens out", settings.output_tokens),
        ("cache-read".to_owned(), "tokens from the cache", settings.cache_read_tokens),
        (written, "tokens to the cache", settings.cache_write_tokens),
    ] {
        let price_id = format!("bedrock/{kind}-tokens/{}/{}", settings.model, settings.endpoint.spelling());
        let asking = context.per_request(Unit::Tokens, settings.share, "asking");
        context.add(usage, price_id, what, asking.times(tokens, "tokens"))?;
    }
    Ok(())
}
