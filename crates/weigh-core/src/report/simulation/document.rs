//! The simulated month as a document for readers: tables, findings, and charts of the mean day and the month.

use super::findings::Terms;
use super::words::{count, figure};
use super::{ComponentMonthReport, SimulationReport};
use crate::criteria::{show_seconds, show_share};
use crate::money::dollars;
use crate::platforms::Platform;
use crate::report::lines::NeedReport;
use crate::report::{Block, Cell, Document, LatencyReport, Table, decimal};

impl SimulationReport {
    /// The month as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let option = &self.option;
        let mut blocks = vec![
            Block::Title(format!("{}: the month of {}", self.scenario.name, option.name)),
            Block::Paragraph(self.opening()),
        ];
        if option.status == "unpriced" {
            let lines = match option.missing_prices.is_empty() {
                true => option.notes.clone(),
                false => option.missing_prices.iter().map(|price| price.message.clone()).collect(),
            };
            blocks.extend([Block::Heading("Cannot be priced".to_owned()), Block::List(lines)]);
            return Document { blocks };
        }
        if !option.failed_needs.is_empty() {
            let lines = option.failed_needs.iter().map(NeedReport::sentence).collect();
            blocks.extend([Block::Heading("Rejected".to_owned()), Block::List(lines)]);
        }
        if self.steady {
            let steady = "The traffic is steady and nothing changes over the month: cost, latency and cold starts are those of the long run, as in a comparison; requests and replicas are counted minute by minute.";
            blocks.push(Block::Paragraph(steady.to_owned()));
        }
        if !self.components.is_empty() {
            blocks.extend([Block::Heading("Requests".to_owned()), Block::Table(self.requests_table())]);
            blocks.extend([Block::Heading("Latency".to_owned()), Block::Table(self.latency_table())]);
            blocks.extend([Block::Heading("Capacity".to_owned()), Block::Table(self.capacity_table())]);
            blocks.extend([Block::Heading("Findings".to_owned()), Block::List(self.findings.clone())]);
        }
        self.add_charts(&mut blocks);
        if !option.notes.is_empty() {
            blocks.extend([Block::Heading("Notes".to_owned()), Block::List(option.notes.clone())]);
        }
        Document { blocks }
    }

    fn opening(&self) -> String {
        let (scenario, option) = (&self.scenario, &self.option);
        let mut parts: Vec<String> = option.size.iter().cloned().collect();
        parts.extend(option.monthly_cost.iter().map(|cost| {
            let cost = decimal(cost);
            let also = scenario.currency.as_ref().map(|currency| format!(" = {}", currency.shown(cost)));
            format!("{}{} {}", dollars(cost), also.unwrap_or_default(), scenario.span())
        }));
        let p95 = option.latency.map(|latency| format!("P95 {}", show_seconds(latency.p95_ms / 1_000.0)));
        parts.extend(p95);
        parts.extend([option.platform.to_owned(), scenario.region.clone(), scenario.traffic.clone()]);
        parts.push(scenario.billed_time());
        parts.extend([format!("prices of {}", scenario.as_of), format!("seed {}", self.seed)]);
        parts.join(" · ")
    }

    /// The words of the platform.
    fn terms(&self) -> Option<Terms> {
        Platform::find(self.option.platform).map(Terms::of)
    }

    fn is_per_request(&self) -> bool {
        self.components.iter().any(|component| component.cold_starts.is_some())
    }

    fn requests_table(&self) -> Table {
        let lost = if self.is_per_request() { "refused" } else { "dropped" };
        let mut columns = vec!["component", "came", "served", lost];
        if !self.is_per_request() {
            columns.extend(["waiting at the end", "delayed", "delayed share"]);
        } else {
            columns.push("cold starts");
        }
        let rows = self.components.iter().map(|each| {
            let mut row = vec![Cell::Text(each.component.clone())];
            row.extend([each.arrived, each.served, each.dropped].map(counted));
            match &each.cold_starts {
                Some(_) => row.push(share(each.cold_start_share)),
                None => {
                    row.extend([counted(each.waiting), counted(each.delayed), share(each.delayed_share())]);
                }
            }
            row
        });
        Table::new(columns, rows.collect())
    }

    fn latency_table(&self) -> Table {
        let rows = self.components.iter().flat_map(|each| {
            let with = row_of(each.component.clone(), each.latency);
            let without = each.cold_starts.as_ref().map(|cold| {
                row_of(format!("{} without cold starts", each.component), Some(cold.latency_without))
            });
            [Some(with), without].into_iter().flatten()
        });
        Table::new(vec!["component", "mean", "P50", "P95", "P99"], rows.collect())
    }

    fn capacity_table(&self) -> Table {
        if self.is_per_request() {
            let rows = self.components.iter().filter_map(|each| {
                let cold = each.cold_starts.as_ref()?;
                let figures = [each.mean_concurrency, cold.peak_concurrency, cold.mean_idle, cold.mean_ready];
                let first = [Cell::Text(each.component.clone())].into_iter();
                let last = [share(each.utilisation_highest)];
                Some(first.chain(figures.map(measured)).chain(last).collect())
            });
            let columns = vec![
                "component",
                "in service",
                "at the peak",
                "warm and idle",
                "kept ready",
                "of the limit at most",
            ];
            return Table::new(columns, rows.collect());
        }
        let replicas = self.terms().map_or("replicas", |terms| terms.replicas);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for fleet in &self.fleets {
            let name = format!("{}, {replicas}", fleet.fleet);
            let numbers = [
                measured(fleet.mean_present),
                counted(f64::from(fleet.fewest)),
                counted(f64::from(fleet.most)),
                counted(fleet.replica_hours),
                counted(f64::from(fleet.scalings)),
            ];
            rows.push([Cell::Text(name)].into_iter().chain(numbers).collect());
        }
        if let Some(hosts) = &self.hosts {
            rows.push(vec![
                Cell::Text("instances beneath them".to_owned()),
                measured(hosts.mean_present),
                Cell::Absent(""),
                counted(f64::from(hosts.most)),
                counted(hosts.host_hours),
                Cell::Absent(""),
            ]);
        }
        Table::new(vec!["fleet", "mean", "fewest", "most", "hours", "times scaled"], rows)
    }

    fn add_charts(&self, blocks: &mut Vec<Block>) {
        let replicas = match self.is_per_request() {
            true => "requests in service",
            false => self.terms().map_or("replicas", |terms| terms.replicas),
        };
        for load in &self.load {
            let [day, month] = load.charts(replicas);
            blocks.extend([Block::Heading(format!("{}, the mean day", load.fleet)), Block::Chart(day)]);
            blocks.extend([Block::Heading(format!("{}, the month", load.fleet)), Block::Chart(month)]);
        }
    }
}

impl ComponentMonthReport {
    /// The share of the requests that were delayed.
    pub(super) fn delayed_share(&self) -> f64 {
        if self.arrived > 0.0 { self.delayed / self.arrived } else { 0.0 }
    }
}

fn counted(value: f64) -> Cell {
    Cell::Measured(count(value), value)
}

fn measured(value: f64) -> Cell {
    Cell::Measured(figure(value), value)
}

fn share(value: f64) -> Cell {
    Cell::Measured(show_share(value), value)
}

fn row_of(name: String, latency: Option<LatencyReport>) -> Vec<Cell> {
    let time = |pick: fn(LatencyReport) -> f64| match latency {
        Some(latency) => Cell::Measured(show_seconds(pick(latency) / 1_000.0), pick(latency)),
        None => Cell::Absent("unstable"),
    };
    vec![
        Cell::Text(name),
        time(|latency| latency.mean_ms),
        time(|latency| latency.p50_ms),
        time(|latency| latency.p95_ms),
        time(|latency| latency.p99_ms),
    ]
}
