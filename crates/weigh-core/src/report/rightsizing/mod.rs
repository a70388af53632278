//! Right-sizing as a report: reservations, where they fit, what does not, and what the servers cost.

mod document;
mod scenario_text;

use schemars::JsonSchema;
use serde::Serialize;

use super::{BookReport, ChargeReport, MissingReport, NeedReport, PriceAgeReport, SCHEMA_VERSION, Sheet};
use crate::bill::Charge;
use crate::catalog::Catalog;
use crate::compare::BookStamp;
use crate::json_schema::{DayText, DecimalText};
use crate::measure::Size;
use crate::rightsize::{Outcome, Packing, Price, Reservation, Rightsized, Together};
use crate::time::Date;

/// A measured inventory as reservations, and where they fit, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RightsizingReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// `rightsizing`.
    #[schemars(extend("const" = "rightsizing"))]
    pub kind: &'static str,
    /// The region whose prices were used.
    pub region: String,
    /// The day whose prices were used.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// The book that they are from.
    pub book: BookReport,
    /// The head-room above what was measured: `30 %`.
    pub headroom: String,
    /// What each container gets, in the order of the inventory.
    pub containers: Vec<ReservationReport>,
    /// What all copies of all containers get.
    pub together: TogetherReport,
    /// The platforms, Fargate in two ways.
    pub packings: Vec<PackingReport>,
    /// The instance types that were asked for.
    pub asked_for: Vec<PackingReport>,
    /// How old and how well known the prices are; null where nothing could be priced.
    pub prices: Option<PriceAgeReport>,
    /// What was taken as given.
    pub assumptions: Vec<String>,
}

/// What one copy of a container gets, and how it came about.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ReservationReport {
    /// The container.
    pub container: String,
    /// Copies of it.
    pub replicas: u32,
    /// Percent of one vCPU that were measured.
    #[schemars(with = "DecimalText")]
    pub cpu_percent: String,
    /// The same at the peak; null where none is stated.
    #[schemars(with = "Option<DecimalText>")]
    pub peak_cpu_percent: Option<String>,
    /// Memory that was measured, in bytes.
    pub memory_bytes: u64,
    /// The same at the peak; null where none is stated.
    pub peak_memory_bytes: Option<u64>,
    /// The stated reservation in bytes; null where none is.
    pub reserved_memory_bytes: Option<u64>,
    /// The image in bytes; null where it is not stated.
    pub image_bytes: Option<u64>,
    /// CPU units of ECS: 1,024 are one vCPU.
    pub cpu_units: u32,
    /// The same in vCPU.
    #[schemars(with = "DecimalText")]
    pub vcpu: String,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// How the CPU units came about, before they were rounded up.
    pub cpu_formula: String,
    /// How the memory came about, before it was rounded up.
    pub memory_formula: String,
}

/// What all copies of all containers get.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TogetherReport {
    /// Containers, all copies counted.
    pub copies: u64,
    /// vCPU.
    #[schemars(with = "DecimalText")]
    pub vcpu: String,
    /// Memory in MiB.
    #[schemars(with = "DecimalText")]
    pub memory_mib: String,
    /// Their images, each once, in bytes.
    pub image_bytes: u64,
}

/// Containers on the servers of one platform.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PackingReport {
    /// The platform's id.
    pub platform: &'static str,
    /// How the containers are placed.
    pub way: &'static str,
    /// The instance type that was asked for; null where the cheapest was looked for.
    pub instance_type: Option<String>,
    /// `priced`, `unpriced`, `by-traffic` or `too-large`.
    #[schemars(extend("enum" = ["priced", "unpriced", "by-traffic", "too-large"]))]
    pub status: &'static str,
    /// The servers.
    pub servers: Vec<ServersReport>,
    /// What they cost a month, in US dollars; null where that is not known.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// Whether it is the cheaper of its platform's ways.
    pub cheaper: bool,
    /// Whether its platform has another way.
    #[serde(skip)]
    one_of_several: bool,
    /// The charges.
    pub charges: Vec<ChargeReport>,
    /// The prices that the book lacks.
    pub missing: Vec<MissingReport>,
    /// Why not all containers fit.
    pub needs: Vec<NeedReport>,
    /// Where not all fit: the containers that do, in the order of the inventory.
    pub held: Vec<String>,
    /// The containers that do not.
    pub left_out: Vec<String>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Servers that are alike.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ServersReport {
    /// How many.
    pub count: u64,
    /// What each is.
    pub what: String,
    /// The containers on them.
    pub containers: Vec<String>,
}

/// The report on an inventory that was right-sized with the prices of a region and a day.
#[must_use]
pub fn rightsizing_report(
    sized: &Rightsized,
    catalog: &Catalog,
    region: &str,
    as_of: Date,
    book: &BookStamp,
) -> RightsizingReport {
    let all = Together::all(&sized.reservations);
    let packings = |list: &[Packing]| {
        let mut reports: Vec<PackingReport> =
            list.iter().map(|each| PackingReport::of(each, catalog)).collect();
        let ways = |report: &PackingReport| {
            let ways = sized.packings.iter().filter(|other| other.platform == report.platform);
            ways.count() > 1
        };
        reports.iter_mut().for_each(|report| report.one_of_several = ways(report));
        reports
    };
    let bills = sized.packings.iter().chain(&sized.stated).filter_map(|packing| match &packing.outcome {
        Outcome::Packed { price: Price::Known(bill), .. } => Some(bill.charges()),
        _ => None,
    });
    let charges: Vec<&Charge> = bills.flatten().collect();
    RightsizingReport {
        schema_version: SCHEMA_VERSION,
        kind: "rightsizing",
        region: region.to_owned(),
        as_of: as_of.to_string(),
        book: BookReport::from(book),
        headroom: sized.headroom.to_string(),
        containers: sized.reservations.iter().map(ReservationReport::from).collect(),
        together: TogetherReport {
            copies: all.copies,
            vcpu: all.vcpu.normalize().to_string(),
            memory_mib: all.memory_mib.normalize().to_string(),
            image_bytes: all.images.bytes(),
        },
        packings: packings(&sized.packings),
        asked_for: packings(&sized.stated),
        prices: PriceAgeReport::of_charges(&charges, as_of),
        assumptions: document::assumptions(sized),
    }
}

impl From<&Reservation> for ReservationReport {
    fn from(reserved: &Reservation) -> ReservationReport {
        let container = &reserved.container;
        ReservationReport {
            container: container.name.clone(),
            replicas: container.replicas,
            cpu_percent: container.cpu_percent.to_string(),
            peak_cpu_percent: container.peak_cpu_percent.map(|percent| percent.to_string()),
            memory_bytes: container.memory.bytes(),
            peak_memory_bytes: container.peak_memory.map(Size::bytes),
            reserved_memory_bytes: container.reserved_memory.map(Size::bytes),
            image_bytes: container.image_size.map(Size::bytes),
            cpu_units: reserved.cpu_units,
            vcpu: reserved.vcpu().to_string(),
            memory_mib: reserved.memory_mib,
            cpu_formula: reserved.cpu_formula.clone(),
            memory_formula: reserved.memory_formula.clone(),
        }
    }
}

impl PackingReport {
    fn of(packing: &Packing, catalog: &Catalog) -> PackingReport {
        let mut report = PackingReport {
            platform: packing.platform,
            way: packing.way,
            instance_type: packing.asked_for.clone(),
            status: "too-large",
            servers: Vec::new(),
            monthly_cost: packing.total().map(|total| total.normalize().to_string()),
            cheaper: packing.cheaper,
            one_of_several: false,
            charges: Vec::new(),
            missing: Vec::new(),
            needs: Vec::new(),
            held: Vec::new(),
            left_out: Vec::new(),
            notes: packing.notes.clone(),
        };
        match &packing.outcome {
            Outcome::TooLarge { needs, held, left_out } => {
                report.needs = needs.iter().map(NeedReport::from).collect();
                (report.held, report.left_out) = (held.clone(), left_out.clone());
            }
            Outcome::Packed { servers, price } => {
                let servers = servers.iter().map(|each| ServersReport {
                    count: each.count,
                    what: each.what.clone(),
                    containers: each.containers.clone(),
                });
                report.servers = servers.collect();
                report.status = match price {
                    Price::Known(_) => "priced",
                    Price::Missing(_) => "unpriced",
                    Price::ByTraffic => "by-traffic",
                };
                match price {
                    Price::Known(bill) => {
                        let charges = bill.charges().iter();
                        report.charges = charges.map(|charge| ChargeReport::of(charge, catalog)).collect();
                    }
                    Price::Missing(missing) => {
                        report.missing = missing.iter().map(MissingReport::from).collect();
                    }
                    Price::ByTraffic => {}
                }
            }
        }
        report
    }

    /// The servers in a few words: `2 × t3.medium`.
    fn size(&self) -> String {
        let each = self.servers.iter().map(|servers| format!("{} × {}", servers.count, servers.what));
        each.collect::<Vec<_>>().join(" + ")
    }

    /// Why there is no place, or no price, in sentences.
    fn reasons(&self) -> Vec<String> {
        let needs = self.needs.iter().map(NeedReport::sentence);
        needs.chain(self.missing.iter().map(|missing| format!("{}.", missing.message))).collect()
    }
}

impl RightsizingReport {
    /// The packings as a table for programs, those that were asked for last.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "platform",
            "way",
            "instance_type",
            "status",
            "size",
            "servers",
            "monthly_cost_usd",
            "cheaper",
            "left_out",
            "reason",
        ];
        let row = |packing: &PackingReport| {
            let servers: u64 = packing.servers.iter().map(|each| each.count).sum();
            vec![
                packing.platform.to_owned(),
                packing.way.to_owned(),
                packing.instance_type.clone().unwrap_or_default(),
                packing.status.to_owned(),
                packing.size(),
                if servers == 0 { String::new() } else { servers.to_string() },
                packing.monthly_cost.clone().unwrap_or_default(),
                packing.cheaper.to_string(),
                packing.left_out.join(" "),
                packing.reasons().join(" "),
            ]
        };
        Sheet { columns, rows: self.packings.iter().chain(&self.asked_for).map(row).collect() }
    }
}
