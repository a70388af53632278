//! A static front end: files in S3, delivered by CloudFront.

use rust_decimal::Decimal;

use super::shared::{Area, kept};
use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::{Rate, Size};
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

section! {
    /// Settings of a static site.
    pub(super) struct Settings {
        /// Size of all its files.
        pub size: Size => Kind::Size, Required;
        /// Files that viewers ask for.
        pub requests: Rate => Kind::Rate, Required;
        /// Size of such a file, on average.
        pub response_size: Size => Kind::Size, Required;
        /// Share of the requests that the cache answers.
        pub hit_share: Decimal => Kind::ShareOrZero, Required;
        /// Where viewers are.
        pub area: Area => Kind::OneOf(Area::CHOICES), Default("us");
        /// Files that are uploaded.
        pub uploads: Option<Rate> => Kind::Rate, Optional;
    }
}

/// The bucket bills what it keeps and what the cache doesn't answer; CloudFront bills each request and what leaves. What the
/// bucket sends to CloudFront is free.
///
/// Source: pricing pages of Amazon S3 and Amazon CloudFront, as known in November 2026.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"static-site\"\nsize = \"200 MB\"\nrequests = \"1_048_576/month\"\nresponse_size = \"100 KB\"\n\
///     hit_share = \"90 %\"";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "s3/standard-storage-gb-months: 0.195313 GB = 0.195313 GB-Months",
///     "s3/get-requests: 1,048,576 requests × 0.1 past the cache = 104,857.6 Requests",
///     "cloudfront/https-requests/us: 1,048,576 requests = 1,048,576 Requests",
///     "cloudfront/internet-out-gb/us: 1,048,576 requests × 0.000095367432 GB (100 KB) = 100 GB",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "static-site",
    title: "Static site",
    summary: "A static front end: files in S3 behind CloudFront.",
    metered: "GB kept, gets past the cache and puts in S3; requests and GB out of CloudFront",
    settings: Settings::FIELDS,
    example: "size = \"200 MB\"\nrequests = \"1_000_000/month\"\nresponse_size = \"100 KB\"\nhit_share = \"90 %\"",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let area = settings.area.spelling();
    let asked = |unit| Quantity::of(unit).times(settings.requests.per_month(context.month), "requests");
    context.add(usage, "s3/standard-storage-gb-months", "files", kept(context, settings.size))?;
    let missed = asked(Unit::Requests).times(Decimal::ONE - settings.hit_share, "past the cache");
    context.add(usage, "s3/get-requests", "files that the cache lacks", missed)?;
    let uploads = settings.uploads.map_or(Decimal::ZERO, |rate| rate.per_month(context.month));
    let uploads = Quantity::of(Unit::Requests).times(uploads, "files");
    context.add(usage, "s3/put-requests", "uploads", uploads)?;
    let price_id = format!("cloudfront/https-requests/{area}");
    context.add(usage, price_id, "requests", asked(Unit::Requests))?;
    let size = settings.response_size;
    let out = asked(Unit::Gb).times(size.gb(), format!("GB ({size})"));
    context.add(usage, format!("cloudfront/internet-out-gb/{area}"), "responses", out)
}
