//! The reports as tables for programs: columns that carry their units, values exact and bare, empty where unknown.

use super::comparison::{ComparisonReport, OptionReport};
use super::explanation::ExplanationReport;
use super::groups::GroupBy;
use super::latency::LatencyReport;
use super::lines::ChargeReport;
use super::ranges::OptionRangeReport;

/// A table for programs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The columns' names.
    pub columns: Vec<&'static str>,
    /// The rows, a value for each column.
    pub rows: Vec<Vec<String>>,
}

impl ComparisonReport {
    /// All options as a table for programs, ranked or not, with the reason of those that are not.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut columns = vec![
            "option",
            "platform",
            "status",
            "rank",
            "score",
            "size",
            "monthly_cost_usd",
            "monthly_cost_without_allowances_usd",
            "annual_cost_usd",
            "three_year_cost_usd",
            "cost_per_million_requests_usd",
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "utilisation",
            "cold_start_share",
            "availability",
            "reason",
        ];
        if self.ranges.is_some() {
            columns.extend([
                "monthly_cost_low_usd",
                "monthly_cost_high_usd",
                "annual_cost_low_usd",
                "annual_cost_high_usd",
                "status_low",
                "status_high",
            ]);
        }
        Sheet { columns, rows: self.options.iter().map(OptionReport::values).collect() }
    }
}

impl OptionReport {
    /// The option as a row of the sheet.
    fn values(&self) -> Vec<String> {
        fn shown<T: ToString>(value: Option<T>) -> String {
            value.map_or(String::new(), |value| value.to_string())
        }
        let latency = |pick: fn(LatencyReport) -> f64| shown(self.latency.map(pick));
        let reason = match self.status {
            "rejected" => self.failures().join(" "),
            "unpriced" => self.absences().join(" "),
            _ => String::new(),
        };
        let ends = self.range.iter().flat_map(OptionRangeReport::values);
        let values = vec![
            self.name.clone(),
            self.platform.to_owned(),
            self.status.to_owned(),
            shown(self.rank),
            shown(self.score),
            shown(self.size.clone()),
            shown(self.monthly_cost.clone()),
            shown(self.monthly_cost_without_allowances.clone()),
            shown(self.annual_cost.clone()),
            shown(self.three_year_cost.clone()),
            shown(self.cost_per_million_requests.clone()),
            latency(|latency| latency.p50_ms),
            latency(|latency| latency.p95_ms),
            latency(|latency| latency.p99_ms),
            shown(self.utilisation),
            shown(self.cold_start_share),
            shown(self.availability),
            reason,
        ];
        values.into_iter().chain(ends).collect()
    }
}

impl OptionRangeReport {
    /// What the sheet says of the ends.
    fn values(&self) -> Vec<String> {
        let annual = self.annual_cost.clone().unwrap_or_default();
        let amounts = [&self.monthly_cost.low, &self.monthly_cost.high, &annual.low, &annual.high];
        let amounts = amounts.into_iter().map(|amount| amount.clone().unwrap_or_default());
        amounts.chain([self.low.status.to_owned(), self.high.status.to_owned()]).collect()
    }
}

impl ExplanationReport {
    /// The charges as a table for programs, group by group when they are grouped; no row when the option has no bill.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut columns = vec![
            "component",
            "service",
            "tag",
            "environment",
            "description",
            "part",
            "formula",
            "metered",
            "quantity",
            "unit",
            "list_rate_usd",
            "discount_percent",
            "rate_usd",
            "cost_usd",
            "price_id",
            "source",
            "seen",
            "mark",
            "borrowed_from",
            "derived_from",
        ];
        if self.ranges.is_some() {
            columns.extend(["cost_low_usd", "cost_high_usd"]);
        }
        let row = |(place, charge): (usize, &ChargeReport)| {
            let [component, service, tag, environment] =
                GroupBy::ALL.map(|by| self.totals.name_of(by, place).to_owned());
            let ends = charge.range.iter().flat_map(|range| [range.low.clone(), range.high.clone()]);
            let values = vec![
                component,
                service,
                tag,
                environment,
                charge.description.clone(),
                charge.part.clone(),
                charge.formula.clone(),
                charge.metered.clone(),
                charge.quantity.clone(),
                charge.unit.to_owned(),
                charge.list_rate.clone(),
                charge.discount.as_ref().map(|discount| discount.percent.clone()).unwrap_or_default(),
                charge.rate.clone(),
                charge.cost.clone(),
                charge.price_id.clone(),
                charge.source.clone(),
                charge.seen.clone(),
                charge.mark.to_owned(),
                charge.borrowed_from.clone().unwrap_or_default(),
                charge.derived_from.clone().unwrap_or_default(),
            ];
            values.into_iter().chain(ends.map(Option::unwrap_or_default)).collect()
        };
        let charges = &self.option.charges;
        let grouped = self.groups.iter().flat_map(|group| group.charges.iter().copied());
        let places: Vec<usize> =
            if self.groups.is_empty() { (0..charges.len()).collect() } else { grouped.collect() };
        let in_order = places.into_iter().filter_map(|place| Some((place, charges.get(place)?)));
        Sheet { columns, rows: in_order.map(row).collect() }
    }
}
