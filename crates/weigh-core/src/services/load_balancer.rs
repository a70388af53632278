//! Application and Network Load Balancer: hours, and capacity units as the largest of four dimensions in each hour.

use rust_decimal::Decimal;

use super::Flow;
use crate::catalog::{Limit, Limits};
use crate::money::{NotExact, approximate, exact};
use crate::scenario::{Balancer, Supporting};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// What stands behind an Application Load Balancer: it decides how many gigabytes a capacity unit carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    /// Instances or addresses: 1 GB an hour.
    Addresses,
    /// Functions: 0.4 GB an hour.
    Functions,
}

/// The load of an hour that capacity units are counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// New connections in a second.
    pub new_connections_per_s: Decimal,
    /// Connections that are open at once.
    pub active_connections: Decimal,
    /// Gigabytes in and out in an hour.
    pub gb_per_hour: Decimal,
    /// Rules that requests are held against in a second, beyond the free ones.
    pub rule_evaluations_per_s: Decimal,
}

impl Load {
    /// The mean load over so many hours of the flows that come, and of those that are served, of which `in_flight` requests
    /// are in service at once.
    ///
    /// What is refused behind the load balancer is a connection all the same, and gets no response. A connection carries `requests_per_connection` requests one after the other, and stays open for `keep_alive` after
    /// the last; a request is held against the rules beyond the ten free ones. What `open_connections` adds is not in it:
    /// it is the same in each hour.
    #[must_use]
    pub fn of(
        (flows, served): (&[Flow], &[Flow]),
        hours: Decimal,
        in_flight: Decimal,
        around: &Supporting,
        limits: &Limits,
    ) -> Load {
        let external = |flow: &&Flow| !flow.internal;
        let (flows, served) = (|| flows.iter().filter(external), served.iter().filter(external));
        let requests: Decimal = flows().map(|flow| flow.requests).sum();
        let gb_in: Decimal = flows().map(|flow| flow.requests * flow.request_size.gb()).sum();
        let gb_out: Decimal = served.map(|flow| flow.requests * flow.response_size.gb()).sum();
        let requests_per_s = requests / hours / Decimal::from(3_600);
        let new_connections_per_s = requests_per_s / around.requests_per_connection;
        let idle_s = crate::measure::seconds(around.keep_alive);
        let rules = Decimal::from(around.listener_rules) - limits.get(Limit::ElbFreeRules);
        Load {
            new_connections_per_s,
            active_connections: in_flight + new_connections_per_s * idle_s,
            gb_per_hour: (gb_in + gb_out) / hours,
            rule_evaluations_per_s: requests_per_s * rules.max(Decimal::ZERO),
        }
    }

    /// The capacity units of an hour with this load, and the dimension that decides them: the largest of load / what a
    /// unit carries.
    ///
    /// Source: Elastic Load Balancing pricing page and FAQ, by way of `aws/shapes/limits.csv`.
    ///
    /// ```
    /// use weigh_core::services::load_balancer::{CapacityUnit, Load};
    /// let load = Load {
    ///     new_connections_per_s: 10_000.into(),
    ///     active_connections: 10_000.into(),
    ///     gb_per_hour: "1.37".parse().unwrap(), // 1,000 GB in 730 hours
    ///     rule_evaluations_per_s: 0.into(),
    /// };
    /// let unit = CapacityUnit::application(1);
    /// assert_eq!(load.units(unit), (400.into(), "new connections"));
    /// let quiet = Load { new_connections_per_s: 0.into(), active_connections: 0.into(), gb_per_hour: 1.into(), ..load };
    /// assert_eq!(quiet.units(unit), (1.into(), "gigabytes"));
    /// ```
    #[must_use]
    pub fn units(&self, unit: CapacityUnit) -> (Decimal, &'static str) {
        let rules = match unit.rule_evaluations_per_s.is_zero() {
            true => Decimal::ZERO,
            false => self.rule_evaluations_per_s / unit.rule_evaluations_per_s,
        };
        let dimensions = [
            (self.new_connections_per_s / unit.new_connections_per_s, "new connections"),
            (self.active_connections / unit.active_connections, "active connections"),
            (self.gb_per_hour / unit.gb_per_hour, "gigabytes"),
            (rules, "rule evaluations"),
        ];
        let [first, rest @ ..] = dimensions;
        rest.into_iter().fold(first, |most, next| if next.0 > most.0 { next } else { most })
    }

    /// The mean capacity units of hours that have so many times this load each, beside connections that are open in all of
    /// them.
    ///
    /// ```
    /// use weigh_core::services::load_balancer::{CapacityUnit, Load};
    /// let load = Load {
    ///     new_connections_per_s: 25.into(),
    ///     active_connections: 0.into(),
    ///     gb_per_hour: 0.into(),
    ///     rule_evaluations_per_s: 0.into(),
    /// };
    /// // 2 units in the busy hour by new connections, 1 in the idle one by 3,000 open connections: 1.5 on average.
    /// let units = load.mean_units(CapacityUnit::application(1), &[2.0, 0.0], 3_000).unwrap();
    /// assert_eq!(units, "1.5".parse().unwrap());
    /// ```
    ///
    /// # Errors
    /// A number that no bill can hold.
    pub fn mean_units(&self, unit: CapacityUnit, hours: &[f64], open: u32) -> Result<Decimal, NotExact> {
        let idle = Load { active_connections: Decimal::ZERO, ..*self };
        let varying = approximate(idle.units(unit).0);
        let per_unit = approximate(unit.active_connections);
        let active = approximate(self.active_connections);
        let of = |hour: &f64| (varying * hour).max((active * hour + f64::from(open)) / per_unit);
        let sum: f64 = hours.iter().map(of).sum();
        exact(sum / hours.len().max(1) as f64, "mean capacity units of a load balancer")
    }
}

/// What one capacity unit carries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapacityUnit {
    /// New connections in a second.
    pub new_connections_per_s: Decimal,
    /// Active connections, sampled each minute.
    pub active_connections: Decimal,
    /// Gigabytes in an hour.
    pub gb_per_hour: Decimal,
    /// Rule evaluations in a second; 0 where there are no rules.
    pub rule_evaluations_per_s: Decimal,
}

impl CapacityUnit {
    /// The unit of an Application Load Balancer whose targets are reached with so many GB an hour, as AWS has defined it
    /// since 2016: 25 new connections a second, 3,000 active ones, 1,000 rule evaluations a second.
    #[must_use]
    pub fn application(gb_per_hour: u32) -> CapacityUnit {
        CapacityUnit {
            new_connections_per_s: 25.into(),
            active_connections: 3_000.into(),
            gb_per_hour: gb_per_hour.into(),
            rule_evaluations_per_s: 1_000.into(),
        }
    }

    /// The unit of a kind of load balancer for such targets, from the data.
    #[must_use]
    pub fn of(balancer: Balancer, limits: &Limits, targets: Targets) -> CapacityUnit {
        use Limit::{
            LcuActiveConnectionsPerMinute, LcuGbPerHour, LcuGbPerHourLambda, LcuNewConnectionsPerSecond,
            LcuRuleEvaluationsPerSecond, NlcuGbPerHour, NlcuTcpActive, NlcuTcpNewPerSecond, NlcuTlsActive,
            NlcuTlsNewPerSecond, NlcuUdpActive, NlcuUdpNewPerSecond,
        };
        let [new, active, gb, rules] = match (balancer, targets) {
            (Balancer::Application, Targets::Addresses) => [
                LcuNewConnectionsPerSecond,
                LcuActiveConnectionsPerMinute,
                LcuGbPerHour,
                LcuRuleEvaluationsPerSecond,
            ],
            (Balancer::Application, Targets::Functions) => [
                LcuNewConnectionsPerSecond,
                LcuActiveConnectionsPerMinute,
                LcuGbPerHourLambda,
                LcuRuleEvaluationsPerSecond,
            ],
            (Balancer::NetworkTcp, _) => [NlcuTcpNewPerSecond, NlcuTcpActive, NlcuGbPerHour, NlcuGbPerHour],
            (Balancer::NetworkTls, _) => [NlcuTlsNewPerSecond, NlcuTlsActive, NlcuGbPerHour, NlcuGbPerHour],
            (Balancer::NetworkUdp, _) => [NlcuUdpNewPerSecond, NlcuUdpActive, NlcuGbPerHour, NlcuGbPerHour],
        };
        let has_rules = balancer == Balancer::Application;
        CapacityUnit {
            new_connections_per_s: limits.get(new),
            active_connections: limits.get(active),
            gb_per_hour: limits.get(gb),
            rule_evaluations_per_s: if has_rules { limits.get(rules) } else { Decimal::ZERO },
        }
    }
}

/// Adds one load balancer for the month: hours and capacity units.
///
/// `by_hour` are the multiples of the mean load that each hour has; empty where all hours are alike, or where no
/// connections are open beside those of requests: then every dimension rises and falls with the requests, and the mean of
/// the largest is the largest of the means.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::scenario::Balancer;
/// use weigh_core::services::load_balancer::{CapacityUnit, Load, meter};
/// use weigh_core::usage::Usage;
/// let load = Load {
///     new_connections_per_s: 1.into(),
///     active_connections: 2.into(),
///     gb_per_hour: 3.into(),
///     rule_evaluations_per_s: 0.into(),
/// };
/// let mut usage = Usage::default();
/// meter(&mut usage, (Balancer::Application, CapacityUnit::application(1)), load, (0, &[]), 730.into()).unwrap();
/// assert_eq!(usage.lines()[1].quantity.formula(), "3 LCU by gigabytes × 730 hours");
/// ```
pub fn meter(
    usage: &mut Usage,
    (balancer, unit): (Balancer, CapacityUnit),
    load: Load,
    (open, by_hour): (u32, &[f64]),
    hours: Decimal,
) -> Result<(), NotExact> {
    let (kind, title, metered, word) = match balancer {
        Balancer::Application => ("application", "Application Load Balancer", Unit::LcuHours, "LCU"),
        Balancer::NetworkTcp | Balancer::NetworkTls | Balancer::NetworkUdp => {
            ("network", "Network Load Balancer", Unit::NlcuHours, "NLCU")
        }
    };
    let running = Quantity::of(Unit::Hours).times(1, "load balancer").times(hours, "hours");
    usage.add(format!("elb/{kind}-load-balancer-hours"), title, running)?;
    let capacity = Quantity::of(metered);
    let capacity = match open > 0 && !by_hour.is_empty() {
        true => capacity.times(
            load.mean_units(unit, by_hour, open)?,
            format!("{word} on average, the most of all dimensions in each hour"),
        ),
        false => {
            let load = Load { active_connections: load.active_connections + Decimal::from(open), ..load };
            let (units, dimension) = load.units(unit);
            capacity.times(units, format!("{word} by {dimension}"))
        }
    };
    usage.add(format!("elb/{kind}-lcu-hours"), "Load balancer capacity units", capacity.times(hours, "hours"))
}
