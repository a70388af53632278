//! Right-sizing for readers.

use rust_decimal::Decimal;

use super::{PackingReport, ReservationReport, RightsizingReport};
use crate::measure::Size;
use crate::money::number;
use crate::report::{Block, Cell, ChargeReport, Document, Entry, Ledger, PriceAgeReport, Table, decimal};
use crate::rightsize::{CLUSTER_DISK, LEAST_CPU_UNITS, LEAST_MEMORY_MIB, Rightsized, SYSTEM_DISK};

/// What right-sizing takes as given.
pub(super) fn assumptions(sized: &Rightsized) -> Vec<String> {
    let mut given = vec![
        format!(
            "Head-room is {}: no source gives a figure for every application, the default of 30 % is assumed; --headroom states another.",
            sized.headroom
        ),
        "The servers alone are priced, on demand, for a month of 730 hours: no load balancer, address, transfer, log, database or file system; compare prices a scenario whole."
            .to_owned(),
        "Processors are x86, also for images that exist for ARM.".to_owned(),
        format!(
            "An instance keeps back memory for kernel, system and agent as in a comparison, tasks share its network interface (bridge mode), and its disk holds {SYSTEM_DISK} for the system (assumed) beside the images of all containers, {CLUSTER_DISK} at least with ECS (assumed); what containers write is not in it, and layers that images share are counted in each."
        ),
        "Burstable types are proposed where their CPU baseline holds what was measured, peaks not counted."
            .to_owned(),
    ];
    let all = sized.reservations.len();
    let without = sized.reservations.iter().filter(|each| {
        let container = &each.container;
        container.peak_cpu_percent.is_none() || container.peak_memory.is_none()
    });
    let without = without.count();
    if without > 0 {
        given.push(format!(
            "{without} of {all} containers state no peak of CPU or memory: what was measured counts as the most that they take; measured at rest, that is too little."
        ));
    }
    given
}

impl RightsizingReport {
    /// The report for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let containers = match self.containers.len() {
            1 => "1 container".to_owned(),
            several => format!("{several} containers"),
        };
        let mut blocks = vec![
            Block::Title(format!("Right-sizing of {containers}")),
            Block::Paragraph(format!(
                "{} · prices of {} · month of 730 h · head-room {}",
                self.region, self.as_of, self.headroom
            )),
            Block::Heading("Reservations".to_owned()),
            Block::Table(self.reservations()),
            Block::Paragraph(format!(
                "CPU units = percent of a vCPU × (1 + head-room) × 1,024, rounded up, at least {LEAST_CPU_UNITS}; 1,024 are one vCPU. Memory = measured × (1 + head-room), rounded up to whole MB, at least {LEAST_MEMORY_MIB}; a stated reservation counts where it is larger. A peak counts in place of what was measured."
            )),
            Block::Heading("Where they fit".to_owned()),
            Block::Table(places(&self.packings)),
        ];
        let mut list = |heading: &str, points: Vec<String>| {
            if !points.is_empty() {
                blocks.extend([Block::Heading(heading.to_owned()), Block::List(points)]);
            }
        };
        list("What does not fit, or has no price", self.packings.iter().flat_map(reasons).collect());
        list("Notes", self.packings.iter().flat_map(notes).collect());
        if !self.asked_for.is_empty() {
            blocks.push(Block::Heading("The types that were asked for".to_owned()));
            blocks.push(Block::Table(places(&self.asked_for)));
            let told = self.asked_for.iter().flat_map(|each| reasons(each).into_iter().chain(shares(each)));
            blocks.push(Block::List(told.chain(self.asked_for.iter().flat_map(notes)).collect()));
        }
        blocks.extend([Block::Heading("Charges".to_owned()), Block::Ledger(self.ledger())]);
        let age = self.prices.as_ref().map(PriceAgeReport::sentence).unwrap_or_default();
        blocks.extend([
            Block::Heading("Prices".to_owned()),
            Block::Paragraph(format!("{} {age}", self.book.sentence())),
            Block::Heading("Assumptions".to_owned()),
            Block::List(self.assumptions.clone()),
        ]);
        blocks.retain(|block| !matches!(block, Block::List(points) if points.is_empty()));
        Document { blocks }
    }

    fn reservations(&self) -> Table {
        let size = |bytes: u64| Size::from_bytes(bytes).to_string();
        let row = |each: &ReservationReport| {
            let cpu = each.peak_cpu_percent.as_ref().unwrap_or(&each.cpu_percent);
            let memory = each.peak_memory_bytes.unwrap_or(each.memory_bytes);
            let peak = |is: bool| if is { " peak" } else { "" };
            vec![
                Cell::Text(each.container.clone()),
                Cell::Number(Decimal::from(each.replicas)),
                Cell::Text(format!("{cpu} %{}", peak(each.peak_cpu_percent.is_some()))),
                Cell::Number(Decimal::from(each.cpu_units)),
                Cell::Text(format!("{}{}", size(memory), peak(each.peak_memory_bytes.is_some()))),
                Cell::Number(Decimal::from(each.memory_mib)),
                each.image_bytes.map_or(Cell::Absent("unknown"), |bytes| Cell::Text(size(bytes))),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = self.containers.iter().map(row).collect();
        let units = decimal(&self.together.vcpu) * Decimal::from(1_024);
        rows.push(vec![
            Cell::Text("together".to_owned()),
            Cell::Number(Decimal::from(self.together.copies)),
            Cell::Absent(""),
            Cell::Number(units.normalize()),
            Cell::Absent(""),
            Cell::Number(decimal(&self.together.memory_mib)),
            Cell::Text(size(self.together.image_bytes)),
        ]);
        let columns =
            vec!["container", "copies", "CPU", "CPU units", "memory", "memory reserved in MB", "image"];
        Table::new(columns, rows)
    }

    /// The charges of every packing that is priced, packing by packing.
    fn ledger(&self) -> Ledger {
        let priced = || self.packings.iter().chain(&self.asked_for).filter(|each| each.status == "priced");
        let entries = priced().map(|packing| Entry {
            title: title(packing),
            amount: Cell::ExactDollars(cost(packing)),
            lines: packing.charges.iter().map(reckoning).collect(),
        });
        let rows = priced().flat_map(|packing| {
            packing.charges.iter().map(|charge| {
                vec![
                    Cell::Text(title(packing)),
                    Cell::Text(charge.description.clone()),
                    Cell::Text(charge.formula.clone()),
                    Cell::Rate(decimal(&charge.rate)),
                    Cell::ExactDollars(decimal(&charge.cost)),
                    Cell::Text(charge.price_id.clone()),
                ]
            })
        });
        let columns = vec!["packing", "charge", "metered", "× rate", "= cost", "price id"];
        Ledger { table: Table::new(columns, rows.collect()), entries: entries.collect() }
    }
}

fn cost(packing: &PackingReport) -> Decimal {
    packing.monthly_cost.as_deref().map(decimal).unwrap_or_default()
}

/// `ec2-compose`, `fargate, each container a task`, or `ec2-compose on t3.small`.
fn title(packing: &PackingReport) -> String {
    let way = if packing.one_of_several { format!(", {}", packing.way) } else { String::new() };
    let asked_for = packing.instance_type.as_ref().map(|name| format!(" on {name}")).unwrap_or_default();
    format!("{}{way}{asked_for}", packing.platform)
}

/// `2 instances × 730 hours × $0.0416 = $60.736, ec2/instance-hours/t3.medium`.
fn reckoning(charge: &ChargeReport) -> String {
    let rate = Cell::Rate(decimal(&charge.rate)).shown();
    let cost = Cell::ExactDollars(decimal(&charge.cost)).shown();
    let part = if charge.part.is_empty() { String::new() } else { format!(" ({})", charge.part) };
    let metered = match charge.part.is_empty() {
        true => charge.formula.clone(),
        false => format!("{} {} of {}", number(decimal(&charge.quantity), 6), charge.unit, charge.formula),
    };
    format!(
        "{}{part}: {metered} × {rate} = {cost}; {}, seen {}{}",
        charge.description,
        charge.price_id,
        charge.seen,
        charge.marks()
    )
}

/// The packings as a table.
fn places(packings: &[PackingReport]) -> Table {
    let row = |packing: &PackingReport| {
        let month = match packing.status {
            "priced" => Cell::Dollars(cost(packing)),
            "by-traffic" => Cell::Absent("by traffic"),
            "unpriced" => Cell::Absent("no price"),
            _ => Cell::Absent("does not fit"),
        };
        let cheaper = if packing.cheaper { "cheaper way" } else { "" };
        vec![
            Cell::Text(packing.instance_type.clone().unwrap_or_default()),
            Cell::Text(packing.platform.to_owned()),
            Cell::Text(packing.way.to_owned()),
            Cell::Text(packing.size()),
            month,
            Cell::Text(cheaper.to_owned()),
        ]
    };
    let mut table = Table::new(
        vec!["type", "platform", "way", "servers", "a month", ""],
        packings.iter().map(row).collect(),
    );
    // A column that says nothing in any row is left out.
    for index in [5, 0] {
        let empty = |row: &Vec<Cell>| matches!(row.get(index), Some(Cell::Text(text)) if text.is_empty());
        if table.rows.iter().all(empty) {
            table.columns.remove(index);
            for row in &mut table.rows {
                row.remove(index);
            }
        }
    }
    table
}

/// Why a packing has no place or no price.
fn reasons(packing: &PackingReport) -> Vec<String> {
    packing.reasons().into_iter().map(|reason| format!("{}: {reason}", title(packing))).collect()
}

/// Which containers fit where not all do.
fn shares(packing: &PackingReport) -> Option<String> {
    if packing.held.is_empty() || packing.left_out.is_empty() {
        return None;
    }
    Some(format!(
        "{}: in the order of the inventory {} fit; left out: {}.",
        title(packing),
        packing.held.join(", "),
        packing.left_out.join(", ")
    ))
}

fn notes(packing: &PackingReport) -> Vec<String> {
    packing.notes.iter().map(|note| format!("{}: {note}", title(packing))).collect()
}
