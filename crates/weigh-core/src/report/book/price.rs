//! One price with all that is known of it: bands, sources, how it came about, its past, and what other regions ask.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{SourceReport, counted, nearest_ids, sources};
use crate::catalog::Names;
use crate::json_schema::{DayText, DecimalText, HashText};
use crate::pricebook::{
    Absence, Derivation, INTERRUPTIONS, MissingPrice, PriceBook, RegionPrices, Tariff, Why,
};
use crate::report::SCHEMA_VERSION;
use crate::time::Date;

/// How the price ids of Spot and of on-demand instances begin; the instance type follows.
const INSTANCES: [&str; 2] = ["ec2-spot/instance-hours/", "ec2/instance-hours/"];

/// Which price is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The whole book.
    pub book: &'a PriceBook,
    /// The prices of the region, opened from it.
    pub prices: &'a RegionPrices,
    /// The tariff.
    pub price_id: &'a str,
    /// The day.
    pub date: Date,
}

/// That the book has no such price, and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPrice {
    /// Which price is missing, and why.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// One price, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PriceReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `price`.
    #[schemars(extend("const" = "price"))]
    pub kind: &'static str,
    /// The hash of the price book.
    #[schemars(with = "HashText")]
    pub book: String,
    /// The tariff.
    pub price_id: String,
    /// The region.
    pub region: String,
    /// The day whose price it is.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// `priced` or `not offered`.
    #[schemars(extend("enum" = ["priced", "not offered"]))]
    pub status: &'static str,
    /// The unit that is priced; empty when no region prices it.
    pub unit: &'static str,
    /// The day from which the price is known to hold; null when it is not offered.
    #[schemars(with = "Option<DayText>")]
    pub from: Option<String>,
    /// The bands; empty when it is not offered.
    pub bands: Vec<BandReport>,
    /// How it is known that the region does not sell it; null when it does.
    pub not_offered: Option<NotOfferedReport>,
    /// The price that this one follows from; null when it stands in the book itself.
    pub derived_from: Option<BaseReport>,
    /// The region that it was borrowed from; null when it was not.
    pub borrowed_from: Option<String>,
    /// What an account has free of it; null when nothing.
    pub allowance: Option<AllowanceReport>,
    /// What Spot instances of the type save; null when it is not known.
    pub spot: Option<SpotReport>,
    /// Every version in the book, newest first; empty for a price that is not in the book itself.
    pub history: Vec<VersionReport>,
    /// What other regions ask.
    pub regions: RegionRatesReport,
    /// The sources of all that.
    pub sources: Vec<SourceReport>,
}

/// A band of a tariff.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BandReport {
    /// The quantity in the month at which the band begins.
    #[schemars(with = "DecimalText")]
    pub from_quantity: String,
    /// US dollars for one unit.
    #[schemars(with = "DecimalText")]
    pub rate: String,
    /// The newest day on which a source confirms it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// The id of that source.
    pub source: String,
    /// `single`, `derived`, `unverified` or `own` when the rate is not fully sourced; else empty.
    #[schemars(extend("enum" = ["", "single", "derived", "unverified", "own"]))]
    pub mark: &'static str,
}

/// How it is known that a region does not sell a thing.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NotOfferedReport {
    /// The first day on which it is known.
    #[schemars(with = "DayText")]
    pub since: String,
    /// The newest day on which a source confirms it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// The id of that source.
    pub source: String,
    /// The beginning of the ids of which the source lists all that the region sells; null when it names the thing.
    pub list: Option<String>,
    /// The price that it would follow from and that is not offered; null when it stands for itself.
    pub base_price_id: Option<String>,
}

/// The price that another one follows from.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BaseReport {
    /// Its id.
    pub price_id: String,
    /// What its rates are multiplied by.
    #[schemars(with = "DecimalText")]
    pub factor: String,
    /// Its bands.
    pub bands: Vec<BandReport>,
}

/// What an account has free each month.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AllowanceReport {
    /// Its name.
    pub pool: String,
    /// The quantity of a month.
    #[schemars(with = "DecimalText")]
    pub quantity: String,
    /// The unit of the quantity.
    pub unit: &'static str,
    /// The other price ids that share the quantity.
    pub shared_with: Vec<String>,
    /// The newest day on which a source confirms it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// The id of that source.
    pub source: String,
}

/// What Spot instances of a type save on the on-demand price.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SpotReport {
    /// Percent of the on-demand price.
    pub saving_percent: u8,
    /// The share of instances that were interrupted in a month: one of the labels of the Spot Advisor.
    #[schemars(extend("enum" = INTERRUPTIONS))]
    pub interruption: &'static str,
    /// The day of the data.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// The id of its source.
    pub source: String,
}

/// One version of a price.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct VersionReport {
    /// The day from which it is known to hold.
    #[schemars(with = "DayText")]
    pub from: String,
    /// The newest day on which a source confirms a band of it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// `priced` or `not offered`.
    #[schemars(extend("enum" = ["priced", "not offered"]))]
    pub status: &'static str,
    /// Its bands.
    pub bands: Vec<BandReport>,
    /// The id of the source of the first band, or of what says that it is not offered.
    pub source: String,
}

/// What the regions of the book ask for the first unit.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionRatesReport {
    /// How many regions do not offer it.
    pub not_offered: usize,
    /// How many regions the book has no price of.
    pub unknown: usize,
    /// The rates of the regions that price it, lowest first.
    pub rates: Vec<RegionRateReport>,
}

/// What a region asks for the first unit.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionRateReport {
    /// The region.
    pub region: String,
    /// US dollars for one unit, in the first band.
    #[schemars(with = "DecimalText")]
    pub rate: String,
}

/// Shows one price of a region on a day.
///
/// # Errors
/// A price that the book does not have, with what helps.
///
/// ```
/// use weigh_core::catalog::Names;
/// use weigh_core::report::{Asked, price_report};
/// let book = weigh_prices::book();
/// let prices = book.open("us-east-1", None).unwrap();
/// let names = Names::read(&weigh_prices::files()).unwrap();
/// let asked = |price_id| Asked { book: &book, prices: &prices, price_id, date: prices.newest() };
/// let report = price_report(&asked("lambda/requests"), &names).unwrap();
/// assert_eq!((report.bands[0].rate.as_str(), report.unit), ("0.0000002", "Requests"));
/// assert_eq!(report.allowance.unwrap().quantity, "1000000");
/// let refused = price_report(&asked("lambda/request"), &names).unwrap_err();
/// assert_eq!(refused.help, "did you mean `lambda/requests`?");
/// ```
pub fn price_report(asked: &Asked<'_>, names: &Names) -> Result<PriceReport, NoPrice> {
    let Asked { book, prices, price_id, date } = *asked;
    let history = prices.history(price_id);
    let mut report = PriceReport {
        schema_version: SCHEMA_VERSION,
        kind: "price",
        book: book.hash().to_string(),
        price_id: price_id.to_owned(),
        region: prices.region().to_owned(),
        as_of: date.to_string(),
        status: "priced",
        unit: book.unit_of(price_id).map_or("", |unit| unit.spelling()),
        from: None,
        bands: Vec::new(),
        not_offered: None,
        derived_from: None,
        borrowed_from: None,
        allowance: allowance(asked),
        spot: spot(asked),
        history: history.iter().map(version).collect(),
        regions: rates(asked),
        sources: Vec::new(),
    };
    match prices.tariff(price_id, date) {
        Ok((tariff, borrowed_from)) => {
            report.unit = tariff.unit.spelling();
            report.from = Some(tariff.from.to_string());
            report.bands = bands(&tariff);
            report.borrowed_from = borrowed_from.map(str::to_owned);
            report.derived_from = tariff.derivation.as_ref().map(|by| base(asked, borrowed_from, by));
        }
        Err(missing) => match prices.not_offered(price_id, date) {
            Some(known) if missing.absence == Absence::NotOffered => {
                report.status = "not offered";
                report.not_offered = Some(NotOfferedReport {
                    since: known.since.to_string(),
                    seen: known.evidence.seen.to_string(),
                    source: known.evidence.source.to_owned(),
                    list: if let Why::List(prefix) = known.why { Some(prefix.to_owned()) } else { None },
                    base_price_id: if let Why::Base(id) = known.why { Some(id) } else { None },
                });
            }
            _ => return Err(no_price(asked, &missing, &report.regions)),
        },
    }
    report.sources = sources(report.named_sources().into_iter(), names);
    Ok(report)
}

impl PriceReport {
    /// The ids of the sources, in the order in which a reader meets them.
    fn named_sources(&self) -> Vec<&str> {
        fn of(bands: &[BandReport]) -> impl Iterator<Item = &str> {
            bands.iter().map(|band| band.source.as_str())
        }
        let mut named: Vec<&str> = of(&self.bands).collect();
        named.extend(self.not_offered.iter().map(|known| known.source.as_str()));
        named.extend(self.derived_from.iter().flat_map(|base| of(&base.bands)));
        named.extend(self.spot.iter().map(|spot| spot.source.as_str()));
        named.extend(self.allowance.iter().map(|free| free.source.as_str()));
        for version in &self.history {
            named.push(version.source.as_str());
            named.extend(of(&version.bands));
        }
        named
    }
}

fn text(value: Decimal) -> String {
    value.normalize().to_string()
}

fn bands(tariff: &Tariff<'_>) -> Vec<BandReport> {
    let band = |band: &crate::pricebook::Band<'_>| BandReport {
        from_quantity: text(band.from_quantity),
        rate: text(band.rate),
        seen: band.evidence.seen.to_string(),
        source: band.evidence.source.to_owned(),
        mark: band.evidence.standing.word(),
    };
    tariff.bands.iter().map(band).collect()
}

fn version(tariff: &Tariff<'_>) -> VersionReport {
    let evidence = tariff.not_offered.or(tariff.bands.first().map(|band| band.evidence));
    let seen = tariff.bands.iter().map(|band| band.evidence.seen).max();
    VersionReport {
        from: tariff.from.to_string(),
        seen: seen.or(evidence.map(|known| known.seen)).map(|day| day.to_string()).unwrap_or_default(),
        status: if tariff.not_offered.is_some() { "not offered" } else { "priced" },
        bands: bands(tariff),
        source: evidence.map(|known| known.source.to_owned()).unwrap_or_default(),
    }
}

/// The price that a derived one follows from, in the same region or in the one that it was borrowed from.
fn base(asked: &Asked<'_>, borrowed_from: Option<&str>, by: &Derivation) -> BaseReport {
    let lender = borrowed_from.and_then(|region| asked.book.open(region, None).ok());
    let prices = lender.as_ref().unwrap_or(asked.prices);
    let versions = prices.history(&by.base_price_id);
    let held = versions.iter().find(|version| version.from <= asked.date);
    BaseReport {
        price_id: by.base_price_id.clone(),
        factor: text(by.factor),
        bands: held.map(bands).unwrap_or_default(),
    }
}

fn allowance(asked: &Asked<'_>) -> Option<AllowanceReport> {
    let (free, shared) = asked.prices.allowance(asked.price_id, asked.date)?;
    let others = shared.into_iter().filter(|id| *id != asked.price_id);
    Some(AllowanceReport {
        pool: free.pool.clone(),
        quantity: text(free.quantity),
        unit: free.unit.spelling(),
        shared_with: others.map(str::to_owned).collect(),
        seen: free.seen.to_string(),
        source: free.source.clone(),
    })
}

fn spot(asked: &Asked<'_>) -> Option<SpotReport> {
    let instance_type = INSTANCES.iter().find_map(|start| asked.price_id.strip_prefix(start))?;
    let saving = asked.prices.spot_saving(instance_type)?;
    Some(SpotReport {
        saving_percent: saving.saving_percent,
        interruption: saving.interruption,
        seen: saving.seen.to_string(),
        source: saving.source.to_owned(),
    })
}

/// The first band of the price in every region that has it, on the same day.
fn rates(asked: &Asked<'_>) -> RegionRatesReport {
    let (mut rates, mut not_offered, mut unknown): (Vec<(Decimal, &str)>, usize, usize) = Default::default();
    for region in asked.book.regions() {
        let prices = asked.book.open(region, None).ok();
        match prices.as_ref().map(|prices| prices.tariff(asked.price_id, asked.date)) {
            Some(Ok((tariff, _))) => rates.extend(tariff.bands.first().map(|band| (band.rate, region))),
            Some(Err(missing)) if missing.absence == Absence::NotOffered => not_offered += 1,
            _ => unknown += 1,
        }
    }
    rates.sort_unstable();
    let rate =
        |(rate, region): (Decimal, &str)| RegionRateReport { region: region.to_owned(), rate: text(rate) };
    RegionRatesReport { not_offered, unknown, rates: rates.into_iter().map(rate).collect() }
}

/// What helps where a price is missing: the right id, or a region to borrow it from.
fn no_price(asked: &Asked<'_>, missing: &MissingPrice, regions: &RegionRatesReport) -> NoPrice {
    let lenders: Vec<&str> = regions.rates.iter().map(|each| each.region.as_str()).collect();
    let help = if let Absence::NotYet(first) = missing.absence {
        format!("--as-of {first} shows the first price that the book knows")
    } else if let [first, ..] = lenders.as_slice() {
        let count = counted(lenders.len(), "region has", "regions have");
        format!("{count} it, such as {first}: --assume-missing-from {first} shows its price in place")
    } else {
        let derived = asked.prices.derived_price_ids();
        let mut known: Vec<&str> = asked.book.price_ids().collect();
        known.extend(derived.iter().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        match nearest_ids(asked.price_id, &known).as_slice() {
            [] => "`weigh prices list` names every price id".to_owned(),
            [one] if one == asked.price_id => {
                format!("the book knows it, and no region prices it on {}", asked.date)
            }
            [one] => format!("did you mean `{one}`?"),
            several => format!("there are {}", several.join(", ")),
        }
    };
    NoPrice { message: missing.to_string(), help }
}
