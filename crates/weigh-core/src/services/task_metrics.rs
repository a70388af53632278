//! Container Insights on ECS: the metrics that it makes of a cluster, its services and its task families.

use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the metrics of a cluster with so many services, each of one task family: 13 a cluster, 15 a service and 10 a task
/// family, billed as custom metrics (Amazon CloudWatch pricing, as quoted in 2026; unverified).
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::task_metrics;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// task_metrics::meter(&mut usage, 2, rust_decimal::Decimal::ONE).unwrap();
/// assert_eq!(usage.lines()[0].amount, 63.into());
/// ```
pub fn meter(
    usage: &mut Usage,
    services: u32,
    months: impl Into<rust_decimal::Decimal>,
) -> Result<(), NotExact> {
    let metrics = 13 + services.saturating_mul(15 + 10);
    let label = format!("metrics (13 of the cluster, 25 for each of {services} services)");
    let quantity = Quantity::of(Unit::MetricMonths).times(metrics, label).times(months, "month");
    usage.add("cloudwatch/custom-metric-months", "Container Insights", quantity)
}
