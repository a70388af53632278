//! CloudWatch: the application's own metrics, alarms, dashboards and queries.

use rust_decimal::Decimal;

use super::shared::is_stated;
use super::{Context, StatedService, beside, settings, silent};
use crate::measure::{Rate, Size};
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

section! {
    /// Settings of monitoring.
    pub(super) struct Settings {
        /// Metrics of the application's own; each set of dimensions is one.
        pub custom_metrics: u32 => Kind::Count { least: 0, most: 1_000_000 }, Default("0");
        /// Alarms at intervals of a minute or more.
        pub alarms: u32 => Kind::Count { least: 0, most: 100_000 }, Default("0");
        /// Alarms at shorter intervals.
        pub high_resolution_alarms: u32 => Kind::Count { least: 0, most: 100_000 }, Default("0");
        /// Alarms on what is out of the ordinary.
        pub anomaly_alarms: u32 => Kind::Count { least: 0, most: 100_000 }, Default("0");
        /// Dashboards of the customer's own.
        pub dashboards: u32 => Kind::Count { least: 0, most: 10_000 }, Default("0");
        /// Metrics that others ask for with GetMetricData, such as another monitoring tool.
        pub metric_requests: Option<Rate> => Kind::Rate, Optional;
        /// Logs that queries scan in a month.
        pub log_query_size: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// CloudWatch bills custom metrics in bands, alarms by their kind, dashboards, metrics that are asked for by the program and
/// the logs that queries scan. The application's logs themselves are billed with each option.
///
/// Source: Amazon CloudWatch pricing page, as known in November 2026. Ten instances with ten custom metrics each are 100:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"cloudwatch\"\ncustom_metrics = 100\nalarms = 10\ndashboards = 1";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "cloudwatch/custom-metric-months: 100 metrics = 100 Metric-Months",
///     "cloudwatch/alarm-months/standard: 10 alarms = 10 Alarm-Months",
///     "cloudwatch/dashboard-months: 1 dashboard = 1 Months",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "cloudwatch",
    title: "CloudWatch",
    summary: "Metrics, alarms, dashboards and log queries of the application.",
    metered: "metrics, alarms and dashboards by the month, GetMetricData, GB of logs scanned",
    settings: Settings::FIELDS,
    example: "custom_metrics = 10\nalarms = 5",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let any = Settings::FIELDS.iter().any(|field| is_stated(values, field.key));
    let message = "nothing is stated that CloudWatch bills".to_owned();
    let nothing = Contradiction { setting: "custom_metrics", need: "alarms", message };
    if any { Vec::new() } else { vec![nothing] }
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let metrics = context.months(Unit::MetricMonths, settings.custom_metrics, "metric", "metrics");
    context.add(usage, "cloudwatch/custom-metric-months", "metrics", metrics)?;
    for (kind, count) in [
        ("standard", settings.alarms),
        ("high-resolution", settings.high_resolution_alarms),
        ("anomaly", settings.anomaly_alarms),
    ] {
        let alarms = context.months(Unit::AlarmMonths, count, "alarm", "alarms");
        context.add(usage, format!("cloudwatch/alarm-months/{kind}"), format!("{kind} alarms"), alarms)?;
    }
    let dashboards = context.months(Unit::Months, settings.dashboards, "dashboard", "dashboards");
    context.add(usage, "cloudwatch/dashboard-months", "dashboards", dashboards)?;
    let asked = settings.metric_requests.map_or(Decimal::ZERO, |rate| rate.per_month(context.month));
    let asked = Quantity::of(Unit::Requests).times(asked, "metrics asked for");
    context.add(usage, "cloudwatch/metric-requests", "metrics asked for", asked)?;
    let scanned = Quantity::of(Unit::Gb).times(settings.log_query_size.gb(), "GB scanned");
    let scanned = context.monthly(scanned);
    context.add(usage, "cloudwatch/log-query-gb", "log queries", scanned)
}
