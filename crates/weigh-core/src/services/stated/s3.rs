//! S3: objects by class, as stated or as a lifecycle leaves them.

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, kept, unless};
use super::{Context, StatedService, beside, settings};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

section! {
    /// Settings of a bucket.
    pub(super) struct Settings {
        /// Data in the standard class.
        pub storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Data in the infrequent-access class.
        pub infrequent_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Data in Glacier with instant retrieval.
        pub glacier_instant_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Data in Glacier with flexible retrieval.
        pub glacier_flexible_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Data in Glacier's deep archive.
        pub glacier_deep_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Data that comes each month and is kept for the `retention_days`; in the place of the sizes above.
        pub monthly_upload: Option<Size> => Kind::Size, Optional;
        /// Days that uploaded data is kept.
        pub retention_days: Option<u32> => Kind::Count { least: 1, most: 36_500 }, Optional;
        /// Age in days at which it moves to the infrequent-access class; at least 30.
        pub infrequent_after_days: Option<u32> => Kind::Count { least: 30, most: 36_500 }, Optional;
        /// Age in days at which it moves to Glacier with instant retrieval.
        pub glacier_after_days: Option<u32> => Kind::Count { least: 1, most: 36_500 }, Optional;
        /// Objects that one request writes, lists or copies.
        pub puts_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Objects that one request reads.
        pub gets_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Data that is read back from the infrequent-access class in the month.
        pub infrequent_retrieval: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// A bucket bills what it keeps in each class, and calls. With a `monthly_upload` it is taken in its steady state: as much is
/// deleted as comes, so that a class holds the daily upload times the days that data spends in it. A class with a minimum
/// (30 days infrequent, 90 days Glacier instant) bills it also for what leaves earlier.
///
/// Source: Amazon S3 pricing page and user guide (lifecycle transitions, minimum storage durations), as known in November
/// 2026. The calls that move objects between classes are not priced: they depend on the number of objects.
///
/// In a month of 730 hours 30 GB come at 0.986 GB a day; of 365 days an object spends 30 in standard, 60 in infrequent, 275 in
/// Glacier:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"s3\"\nmonthly_upload = \"30 GB\"\nretention_days = 365\ninfrequent_after_days = 30\n\
///     glacier_after_days = 90";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "s3/standard-storage-gb-months: 30 GB each month × 30 days × 0.032877 months in a day = 29.589041 GB-Months",
///     "s3/standard-infrequent-storage-gb-months: 30 GB each month × 60 days × 0.032877 months in a day = 59.178082 GB-Months",
///     "s3/glacier-instant-storage-gb-months: 30 GB each month × 275 days × 0.032877 months in a day = 271.232877 GB-Months",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "s3",
    title: "S3",
    summary: "Objects in a bucket, by storage class or with a lifecycle.",
    metered: "GB kept by class, as stated or as a steady upload with a lifecycle leaves them; puts and gets; GB read from infrequent access",
    settings: Settings::FIELDS,
    example: "monthly_upload = \"30 GB\"\nretention_days = 365\ninfrequent_after_days = 30\nputs_per_request = 1",
    contradictions,
    meter,
    notes,
    zones: beside,
};

const SIZES: [&str; 5] = [
    "storage",
    "infrequent_storage",
    "glacier_instant_storage",
    "glacier_flexible_storage",
    "glacier_deep_storage",
];

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if !is_stated(values, "monthly_upload") {
        let lifecycle = ["retention_days", "infrequent_after_days", "glacier_after_days"];
        found.extend(idle(values, &lifecycle, "monthly_upload", "without `monthly_upload`"));
        let any = Settings::FIELDS.iter().any(|field| is_stated(values, field.key));
        let message = "nothing is stated that S3 bills";
        found.extend(unless(any, "storage", "monthly_upload", message));
        return found;
    }
    let why = "beside `monthly_upload`, which says what is kept";
    found.extend(idle(values, &SIZES, "monthly_upload", why));
    let message = "what is uploaded is kept for `retention_days`, which are not stated";
    let stated = is_stated(values, "retention_days");
    found.extend(unless(stated, "retention_days", "monthly_upload", message));
    let day = |key| values.value::<u32>(key);
    for key in ["infrequent_after_days", "glacier_after_days"] {
        let reached = day(key).zip(day("retention_days")).is_none_or(|(after, end)| after < end);
        let message = format!("`{key}` comes after the data is deleted");
        found.extend(unless(reached, key, "retention_days", message));
    }
    let ordered = day("infrequent_after_days").zip(day("glacier_after_days"));
    let message = "`glacier_after_days` comes before `infrequent_after_days`";
    let holds = ordered.is_none_or(|(infrequent, glacier)| infrequent < glacier);
    found.extend(unless(holds, "glacier_after_days", "infrequent_after_days", message));
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    match settings.monthly_upload {
        Some(upload) => meter_lifecycle(&settings, upload, context, usage)?,
        None => {
            for (class, size) in [
                ("standard", settings.storage),
                ("standard-infrequent", settings.infrequent_storage),
                ("glacier-instant", settings.glacier_instant_storage),
                ("glacier-flexible", settings.glacier_flexible_storage),
                ("glacier-deep", settings.glacier_deep_storage),
            ] {
                context.add(usage, format!("s3/{class}-storage-gb-months"), class, kept(context, size))?;
            }
        }
    }
    let puts = context.per_request(Unit::Requests, settings.puts_per_request, "puts");
    context.add(usage, "s3/put-requests", "puts", puts)?;
    let gets = context.per_request(Unit::Requests, settings.gets_per_request, "gets");
    context.add(usage, "s3/get-requests", "gets", gets)?;
    let retrieved = context.monthly(Quantity::of(Unit::Gb).times(settings.infrequent_retrieval.gb(), "GB"));
    context.add(usage, "s3/infrequent-retrieval-gb", "read from infrequent access", retrieved)
}

/// What a steady upload leaves in each class.
fn meter_lifecycle(
    settings: &Settings,
    upload: Size,
    context: &Context<'_>,
    usage: &mut Usage,
) -> Result<(), NotExact> {
    let end = settings.retention_days.unwrap_or_default();
    let glacier = settings.glacier_after_days.unwrap_or(end).min(end);
    let infrequent = settings.infrequent_after_days.unwrap_or(glacier).min(glacier);
    let day = Decimal::from(24) / context.month.whole().hours_exact();
    for (class, days, least) in [
        ("standard", infrequent, 0),
        ("standard-infrequent", glacier - infrequent, 30),
        ("glacier-instant", end - glacier, 90),
    ] {
        let billed = if days == 0 { 0 } else { days.max(least) };
        let held = Quantity::of(Unit::GbMonths)
            .times(upload.gb(), "GB each month")
            .times_each(billed, "day", "days")
            .times(day, "months in a day");
        let held = context.monthly(held);
        context.add(usage, format!("s3/{class}-storage-gb-months"), class, held)?;
    }
    Ok(())
}

fn notes(values: &Values) -> Vec<String> {
    let moves = ["infrequent_after_days", "glacier_after_days"].iter().any(|key| is_stated(values, key));
    let note = "the calls that move objects between classes are not priced";
    if moves { vec![note.to_owned()] } else { Vec::new() }
}
