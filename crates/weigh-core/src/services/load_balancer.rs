//! Application Load Balancer: its hours, its capacity units from the traffic, and its addresses.

use rust_decimal::Decimal;

use super::Flow;
use crate::catalog::{Limit, Limits};
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// What stands behind the load balancer: it decides how many gigabytes a capacity unit carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    /// Instances or addresses: 1 GB an hour.
    Addresses,
    /// Functions: 0.4 GB an hour.
    Functions,
}

/// The load that capacity units are counted from, as means over an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// New connections in a second.
    pub new_connections_per_s: Decimal,
    /// Connections that are open at once.
    pub active_connections: Decimal,
    /// Gigabytes in and out in an hour.
    pub gb_per_hour: Decimal,
}

impl Load {
    /// The load of flows over so many hours, with a new connection for each request that stays open while the
    /// request is served (the dearest case: clients that keep connections open need fewer).
    #[must_use]
    pub fn of(flows: &[Flow], hours: Decimal, in_flight: Decimal) -> Load {
        let flows = || flows.iter().filter(|flow| !flow.internal);
        let requests: Decimal = flows().map(|flow| flow.requests).sum();
        let gb: Decimal =
            flows().map(|flow| flow.requests * (flow.request_size.gb() + flow.response_size.gb())).sum();
        Load {
            new_connections_per_s: requests / hours / Decimal::from(3_600),
            active_connections: in_flight,
            gb_per_hour: gb / hours,
        }
    }

    /// The capacity units of an hour with this load, and the dimension that decides them.
    ///
    /// An LCU is the largest of: new connections a second / 25, active connections / 3,000, gigabytes an hour / 1
    /// (0.4 for functions). Rule evaluations stay below the ten free rules here.
    /// Source: Elastic Load Balancing pricing page and FAQ, by way of `aws/shapes/limits.csv`.
    ///
    /// ```
    /// use weigh_core::services::load_balancer::{Load, Lcu, Targets};
    /// let load = Load {
    ///     new_connections_per_s: 10_000.into(),
    ///     active_connections: 10_000.into(),
    ///     gb_per_hour: 1.into(),
    /// };
    /// let lcu = load.lcu(Lcu { new_connections_per_s: 25.into(), active_connections: 3_000.into(), gb_per_hour: 1.into() });
    /// assert_eq!(lcu, (400.into(), "new connections"));
    /// ```
    #[must_use]
    pub fn lcu(&self, unit: Lcu) -> (Decimal, &'static str) {
        let dimensions = [
            (self.new_connections_per_s / unit.new_connections_per_s, "new connections"),
            (self.active_connections / unit.active_connections, "active connections"),
            (self.gb_per_hour / unit.gb_per_hour, "gigabytes"),
        ];
        let [first, rest @ ..] = dimensions;
        rest.into_iter().fold(first, |most, next| if next.0 > most.0 { next } else { most })
    }
}

/// What one capacity unit carries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lcu {
    /// New connections in a second.
    pub new_connections_per_s: Decimal,
    /// Active connections, sampled each minute.
    pub active_connections: Decimal,
    /// Gigabytes in an hour.
    pub gb_per_hour: Decimal,
}

impl Lcu {
    /// The capacity unit for such targets, from the data.
    #[must_use]
    pub fn new(limits: &Limits, targets: Targets) -> Lcu {
        let gb = match targets {
            Targets::Addresses => Limit::LcuGbPerHour,
            Targets::Functions => Limit::LcuGbPerHourLambda,
        };
        Lcu {
            new_connections_per_s: limits.get(Limit::LcuNewConnectionsPerSecond),
            active_connections: limits.get(Limit::LcuActiveConnectionsPerMinute),
            gb_per_hour: limits.get(gb),
        }
    }
}

/// Adds one load balancer for the month: hours and capacity units.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::load_balancer::{Lcu, Load, meter};
/// use weigh_core::usage::Usage;
/// let unit = Lcu { new_connections_per_s: 25.into(), active_connections: 3_000.into(), gb_per_hour: 1.into() };
/// let load = Load { new_connections_per_s: 1.into(), active_connections: 2.into(), gb_per_hour: 3.into() };
/// let mut usage = Usage::default();
/// meter(&mut usage, load, unit, 730.into()).unwrap();
/// assert_eq!(usage.lines()[1].quantity.formula(), "3 LCU by gigabytes × 730 hours");
/// ```
pub fn meter(usage: &mut Usage, load: Load, unit: Lcu, hours: Decimal) -> Result<(), NotExact> {
    let running = Quantity::of(Unit::Hours).times(1, "load balancer").times(hours, "hours");
    usage.add("elb/application-load-balancer-hours", "Application Load Balancer", running)?;
    let (lcu, dimension) = load.lcu(unit);
    let capacity =
        Quantity::of(Unit::LcuHours).times(lcu, format!("LCU by {dimension}")).times(hours, "hours");
    usage.add("elb/application-lcu-hours", "Load balancer capacity units", capacity)
}
