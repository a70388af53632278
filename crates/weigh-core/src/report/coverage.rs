//! What a price book has, as a report: region by region, platform by platform, service by service.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, BookReport, Cell, Document, SCHEMA_VERSION, Sheet, Table};
use crate::compare::BookStamp;
use crate::coverage::{RegionCoverage, ServiceCoverage, UseCoverage};
use crate::json_schema::DayText;
use crate::platforms::PLATFORMS;

/// What a price book has, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CoverageReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `coverage`.
    #[schemars(extend("const" = "coverage"))]
    pub kind: &'static str,
    /// The price book.
    pub book: BookReport,
    /// The regions.
    pub regions: Vec<RegionCoverageReport>,
    /// Whether single services were asked for.
    #[serde(skip)]
    detailed: bool,
}

/// What a region has.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionCoverageReport {
    /// The region.
    pub region: String,
    /// The day whose prices were looked for.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// The platforms, in their usual order.
    pub platforms: Vec<PlatformCoverageReport>,
    /// The services, sorted.
    pub services: Vec<ServiceCoverageReport>,
}

/// Whether a platform can be priced in a region.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PlatformCoverageReport {
    /// The platform's id.
    pub platform: &'static str,
    /// `priced`: every use of it; `partly`: as the program proposes it, and not every other use; `missing`: the book
    /// lacks a price that it needs; `not offered`: the region does not sell it.
    #[schemars(extend("enum" = ["priced", "partly", "missing", "not offered"]))]
    pub status: &'static str,
    /// What other uses lack: `on arm: fargate/vcpu-hours/linux-arm`.
    pub lacks: Vec<String>,
}

/// What a region has of a service.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ServiceCoverageReport {
    /// The service, as price ids begin.
    pub service: String,
    /// `offered`, `missing` (a price that a platform needs), `not offered` or `unknown` (no price, and no word why).
    #[schemars(extend("enum" = ["offered", "missing", "not offered", "unknown"]))]
    pub status: &'static str,
    /// Price ids with a price.
    pub prices: usize,
    /// Price ids that platforms need and the region lacks.
    pub missing: Vec<String>,
    /// The oldest day on which one of its prices was last confirmed.
    #[schemars(with = "Option<DayText>")]
    pub oldest_seen: Option<String>,
    /// Days from then to `as_of`; 0 when it was confirmed later.
    pub oldest_age_days: Option<i64>,
    /// The newest such day.
    #[schemars(with = "Option<DayText>")]
    pub newest_seen: Option<String>,
    /// Prices with one source only.
    pub single: usize,
    /// Prices derived from others.
    pub derived: usize,
    /// Prices that no source confirms.
    pub unverified: usize,
}

/// Builds the report; `service` keeps one service alone, `detailed` lists services one by one.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::BookStamp;
/// use weigh_core::coverage::{region_coverage, uses};
/// use weigh_core::report::coverage_report;
/// let book = weigh_prices::book();
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let prices = book.open("us-east-1", None).unwrap();
/// let covered = region_coverage(&uses(&catalog, &book).unwrap(), &book, &prices, prices.newest());
/// let stamp = BookStamp { hash: book.hash(), newest: prices.book_newest(), own_later: 0 };
/// let report = coverage_report(&[covered], &stamp, Some("fargate"), true);
/// assert_eq!(report.regions[0].services[0].status, "offered");
/// ```
#[must_use]
pub fn coverage_report(
    regions: &[RegionCoverage],
    stamp: &BookStamp,
    service: Option<&str>,
    detailed: bool,
) -> CoverageReport {
    let region = |covered: &RegionCoverage| RegionCoverageReport {
        region: covered.region.clone(),
        as_of: covered.as_of.to_string(),
        platforms: PLATFORMS.iter().map(|platform| platform_report(platform.id, &covered.uses)).collect(),
        services: covered
            .services
            .iter()
            .filter(|known| service.is_none_or(|wanted| known.service == wanted))
            .map(|known| service_report(known, covered))
            .collect(),
    };
    CoverageReport {
        schema_version: SCHEMA_VERSION,
        kind: "coverage",
        book: BookReport::from(stamp),
        regions: regions.iter().map(region).collect(),
        detailed,
    }
}

fn platform_report(platform: &'static str, uses: &[UseCoverage]) -> PlatformCoverageReport {
    let own: Vec<&UseCoverage> = uses.iter().filter(|each| each.platform == platform).collect();
    let told = |each: &&UseCoverage| {
        let ids: Vec<&str> = each.lacks.iter().map(|missing| missing.price_id.as_str()).collect();
        format!("{}: {}", each.name, ids.join(", "))
    };
    let lacks: Vec<String> = own.iter().filter(|each| !each.lacks.is_empty()).map(told).collect();
    let status = match own.first() {
        Some(proposed) if proposed.is_not_offered() => "not offered",
        Some(proposed) if !proposed.lacks.is_empty() => "missing",
        _ if lacks.is_empty() => "priced",
        _ => "partly",
    };
    PlatformCoverageReport { platform, status, lacks }
}

fn service_report(service: &ServiceCoverage, region: &RegionCoverage) -> ServiceCoverageReport {
    let status = match service {
        _ if !service.missing.is_empty() => "missing",
        _ if service.prices > 0 => "offered",
        _ if service.not_offered => "not offered",
        _ => "unknown",
    };
    ServiceCoverageReport {
        service: service.service.clone(),
        status,
        prices: service.prices,
        missing: service.missing.clone(),
        oldest_seen: service.oldest.map(|day| day.to_string()),
        oldest_age_days: service.oldest.map(|day| region.as_of.days_since(day).max(0)),
        newest_seen: service.newest.map(|day| day.to_string()),
        single: service.single,
        derived: service.derived,
        unverified: service.unverified,
    }
}

impl CoverageReport {
    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut blocks = vec![
            Block::Title("Coverage of the price book".to_owned()),
            Block::Paragraph(self.book.sentence()),
            Block::Heading("Platforms".to_owned()),
            Block::Table(self.platforms()),
        ];
        let lacking = self.lacking();
        if !lacking.is_empty() {
            blocks.extend([Block::Heading("Missing".to_owned()), Block::List(lacking)]);
        }
        blocks.push(Block::Heading("Services".to_owned()));
        blocks.push(Block::Table(if self.detailed { self.services() } else { self.summary() }));
        Document { blocks }
    }

    fn platforms(&self) -> Table {
        let mut columns = vec!["region"];
        columns.extend(PLATFORMS.iter().map(|platform| platform.id));
        let rows = self.regions.iter().map(|region| {
            let cells = region.platforms.iter().map(|platform| Cell::Text(platform.status.to_owned()));
            std::iter::once(Cell::Text(region.region.clone())).chain(cells).collect()
        });
        Table::new(columns, rows.collect())
    }

    /// The price ids that platforms lack, with their regions.
    fn lacking(&self) -> Vec<String> {
        let mut regions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for region in &self.regions {
            for price_id in region.services.iter().flat_map(|service| &service.missing) {
                regions.entry(price_id).or_default().push(&region.region);
            }
        }
        regions.iter().map(|(price_id, regions)| format!("{price_id}: {}", regions.join(", "))).collect()
    }

    /// One line a service: in how many regions it is offered, and how old its prices are.
    fn summary(&self) -> Table {
        let columns = vec![
            "service",
            "offered in",
            "missing in",
            "not offered in",
            "unknown in",
            "prices",
            "oldest",
            "newest",
        ];
        let mut services: Vec<&str> = self
            .regions
            .iter()
            .flat_map(|region| &region.services)
            .map(|each| each.service.as_str())
            .collect();
        services.sort_unstable();
        services.dedup();
        let rows = services.iter().map(|name| {
            let each: Vec<&ServiceCoverageReport> = self
                .regions
                .iter()
                .flat_map(|region| &region.services)
                .filter(|service| service.service == *name)
                .collect();
            let count = |status: &str| each.iter().filter(|service| service.status == status).count();
            let day = |day: Option<&String>| day.map_or(Cell::Absent("-"), |day| Cell::Text(day.clone()));
            let number = |count: usize| Cell::Number(count.into());
            vec![
                Cell::Text((*name).to_owned()),
                number(count("offered")),
                number(count("missing")),
                number(count("not offered")),
                number(count("unknown")),
                number(each.iter().map(|service| service.prices).sum()),
                day(each.iter().filter_map(|service| service.oldest_seen.as_ref()).min()),
                day(each.iter().filter_map(|service| service.newest_seen.as_ref()).max()),
            ]
        });
        Table::new(columns, rows.collect())
    }

    /// One line for each service of each region.
    fn services(&self) -> Table {
        let columns =
            vec!["region", "service", "status", "prices", "oldest seen", "age", "newest seen", "marks"];
        let rows = self.regions.iter().flat_map(|region| {
            region.services.iter().map(|service| {
                let day = |day: &Option<String>| day.clone().map_or(Cell::Absent("-"), Cell::Text);
                vec![
                    Cell::Text(region.region.clone()),
                    Cell::Text(service.service.clone()),
                    Cell::Text(service.status.to_owned()),
                    Cell::Number(service.prices.into()),
                    day(&service.oldest_seen),
                    service.oldest_age_days.map_or(Cell::Absent("-"), |days| Cell::Text(format!("{days} d"))),
                    day(&service.newest_seen),
                    Cell::Text(service.marks()),
                ]
            })
        });
        Table::new(columns, rows.collect())
    }

    /// The report as a table for programs: a row for each service of each region.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "region",
            "as_of",
            "service",
            "status",
            "prices",
            "missing",
            "oldest_seen",
            "oldest_age_days",
            "newest_seen",
            "single",
            "derived",
            "unverified",
        ];
        let rows = self.regions.iter().flat_map(|region| {
            region.services.iter().map(|service| {
                vec![
                    region.region.clone(),
                    region.as_of.clone(),
                    service.service.clone(),
                    service.status.to_owned(),
                    service.prices.to_string(),
                    service.missing.join(";"),
                    service.oldest_seen.clone().unwrap_or_default(),
                    service.oldest_age_days.map(|days| days.to_string()).unwrap_or_default(),
                    service.newest_seen.clone().unwrap_or_default(),
                    service.single.to_string(),
                    service.derived.to_string(),
                    service.unverified.to_string(),
                ]
            })
        });
        Sheet { columns, rows: rows.collect() }
    }
}

impl ServiceCoverageReport {
    /// How many of its prices are not fully sourced.
    fn marks(&self) -> String {
        let marks = [(self.single, "single"), (self.derived, "derived"), (self.unverified, "unverified")];
        let marked = marks.iter().filter(|(count, _)| *count > 0);
        marked.map(|(count, mark)| format!("{count} {mark}")).collect::<Vec<_>>().join(", ")
    }
}
