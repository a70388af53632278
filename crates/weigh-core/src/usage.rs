//! What was metered: quantities as their labelled factors, still without a price.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::hours::ByHour;
use crate::money::{NotExact, number};
use crate::units::Unit;

/// One factor of a quantity: a number and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The number.
    pub value: Decimal,
    /// What it counts, as it is read behind the number: `tasks`, `hours`, `vCPU per task`.
    pub label: Cow<'static, str>,
}

/// A metered quantity: the product of its factors.
///
/// The formula in a report is computed from the factors that made the number, so it can't go stale.
///
/// ```
/// use weigh_core::units::Unit;
/// use weigh_core::usage::Quantity;
/// let quantity = Quantity::of(Unit::VcpuHours).times(2, "tasks").times(730, "hours").times(1, "vCPU");
/// assert_eq!(quantity.amount().unwrap().to_string(), "1460");
/// assert_eq!(quantity.formula(), "2 tasks × 730 hours × 1 vCPU");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    factors: Vec<Factor>,
    unit: Unit,
}

impl Quantity {
    /// A quantity in `unit` that has no factor yet.
    #[must_use]
    pub fn of(unit: Unit) -> Quantity {
        Quantity { factors: Vec::new(), unit }
    }

    /// The same quantity, multiplied by `value` of what `label` says.
    #[must_use]
    pub fn times(mut self, value: impl Into<Decimal>, label: impl Into<Cow<'static, str>>) -> Quantity {
        self.factors.push(Factor { value: value.into(), label: label.into() });
        self
    }

    /// The same quantity, multiplied by a count of things: `1 task`, `2 tasks`.
    ///
    /// ```
    /// use weigh_core::units::Unit;
    /// use weigh_core::usage::Quantity;
    /// let nodes = |count| Quantity::of(Unit::NodeMonths).times_each(count, "node", "nodes").formula();
    /// assert_eq!((nodes(1), nodes(2)), ("1 node".to_owned(), "2 nodes".to_owned()));
    /// ```
    #[must_use]
    pub fn times_each(self, count: u32, one: &'static str, many: &'static str) -> Quantity {
        self.times(count, if count == 1 { one } else { many })
    }

    /// The same quantity, multiplied by how many things there were on average: `2 tasks`, `2.5 tasks on average`.
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use weigh_core::units::Unit;
    /// use weigh_core::usage::Quantity;
    /// let tasks = |mean| Quantity::of(Unit::Hours).times_mean(mean, ["task", "tasks", "tasks on average"]).formula();
    /// assert_eq!((tasks(Decimal::ONE), tasks(Decimal::new(25, 1))), ("1 task".into(), "2.5 tasks on average".into()));
    /// ```
    #[must_use]
    pub fn times_mean(self, mean: Decimal, [one, many, on_average]: [&'static str; 3]) -> Quantity {
        let label = match mean {
            mean if mean == Decimal::ONE => one,
            mean if mean.fract().is_zero() => many,
            _ => on_average,
        };
        self.times(mean.normalize(), label)
    }

    /// The factors, in the order in which they were given.
    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// The unit of the product.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The product of the factors to nine places, or to thirteen where it is less than that; 0 when there is none.
    ///
    /// # Errors
    /// A negative factor, or a product above 7.9 × 10²⁸, is refused.
    pub fn amount(&self) -> Result<Decimal, NotExact> {
        let refused = || NotExact::too_large(format!("{} {}", self.formula(), self.unit));
        let mut product = if self.factors.is_empty() { Decimal::ZERO } else { Decimal::ONE };
        for factor in &self.factors {
            if factor.value.is_sign_negative() && !factor.value.is_zero() {
                return Err(refused());
            }
            product = product.checked_mul(factor.value).ok_or_else(refused)?;
        }
        // Nine places are far below what AWS meters; with them a charge's product and a bill's sum end exactly. What is less
        // than that keeps thirteen, with which its product with any rate of up to 15 places still ends.
        let ending = product.round_dp(9);
        Ok(if ending.is_zero() { product.round_dp(13) } else { ending }.normalize())
    }

    /// The factors as a reader writes them: `2 tasks × 730 hours`.
    #[must_use]
    pub fn formula(&self) -> String {
        let parts: Vec<String> = self
            .factors
            .iter()
            .map(|factor| format!("{} {}", number(factor.value, 6), factor.label))
            .collect();
        parts.join(" × ")
    }
}

/// One metered line: how much of which tariff, and what for.
#[derive(Clone, Debug, PartialEq)]
pub struct UsageLine {
    /// The tariff, as `service/what-is-counted/variant`: `fargate/vcpu-hours/linux-x86`.
    pub price_id: String,
    /// What the line pays for, in words: `vCPU of the tasks of app`.
    pub description: String,
    /// How much.
    pub quantity: Quantity,
    /// The quantity's product.
    pub amount: Decimal,
    /// Whose it is, why it is there, and when it was used.
    pub scope: Scope,
}

/// Why a deployment needs a line beside its servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The supporting service: `nat-gateway`.
    pub service: &'static str,
    /// The property of the application or the setting that asks for it, in words.
    pub because: Cow<'static, str>,
}

/// What metered lines have in common: whose they are, why they are there, and when they were used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The component or the stated service that it is for; empty for what all share.
    pub component: Arc<str>,
    /// The environment that it is in; empty where there is only one.
    pub environment: Arc<str>,
    /// Why it is there; nothing for the servers themselves and for what the scenario states by name.
    pub reason: Option<Reason>,
    /// How the amount falls on the hours of the month; nothing where all hours are alike.
    pub by_hour: Option<ByHour>,
}

impl Scope {
    /// The scope of a component's lines.
    ///
    /// ```
    /// use weigh_core::usage::Scope;
    /// assert_eq!(&*Scope::of("api").component, "api");
    /// ```
    #[must_use]
    pub fn of(component: &str) -> Scope {
        Scope { component: component.into(), ..Scope::default() }
    }

    /// The scope of lines that a supporting service adds because of something.
    ///
    /// ```
    /// use weigh_core::usage::Scope;
    /// let scope = Scope::because("nat-gateway", "private tasks call out");
    /// assert_eq!(scope.reason.unwrap().service, "nat-gateway");
    /// ```
    #[must_use]
    pub fn because(service: &'static str, because: impl Into<Cow<'static, str>>) -> Scope {
        Scope { reason: Some(Reason { service, because: because.into() }), ..Scope::default() }
    }

    /// This scope inside another one: what it leaves open is as the outer has it.
    fn inside(self, outer: &Scope) -> Scope {
        Scope {
            component: if self.component.is_empty() { outer.component.clone() } else { self.component },
            environment: match self.environment.is_empty() {
                true => outer.environment.clone(),
                false => self.environment,
            },
            reason: self.reason.or_else(|| outer.reason.clone()),
            by_hour: self.by_hour.or_else(|| outer.by_hour.clone()),
        }
    }
}

/// Everything that a deployment uses in a month, in the order in which it was metered.
///
/// ```
/// use weigh_core::units::Unit;
/// use weigh_core::usage::{Quantity, Usage};
/// let mut usage = Usage::default();
/// let hours = Quantity::of(Unit::Hours).times(1, "load balancer").times(730, "hours");
/// usage.add("elb/application-load-balancer-hours", "Load balancer", hours).unwrap();
/// assert_eq!(usage.lines()[0].amount.to_string(), "730");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    lines: Vec<UsageLine>,
    scope: Scope,
}

impl Usage {
    /// Adds a line; a quantity of 0 leaves no line.
    ///
    /// # Errors
    /// As [`Quantity::amount`].
    pub fn add(
        &mut self,
        price_id: impl Into<String>,
        description: impl Into<String>,
        quantity: Quantity,
    ) -> Result<(), NotExact> {
        let amount = quantity.amount()?;
        if !amount.is_zero() {
            let (price_id, description) = (price_id.into(), description.into());
            let scope = self.scope.clone();
            self.lines.push(UsageLine { price_id, description, quantity, amount, scope });
        }
        Ok(())
    }

    /// Meters within a scope, which every line that is added there carries; what it leaves open is as it is around.
    ///
    /// ```
    /// use weigh_core::units::Unit;
    /// use weigh_core::usage::{Quantity, Scope, Usage};
    /// let mut usage = Usage::default();
    /// usage
    ///     .within(Scope::of("api"), |usage| {
    ///         let logs = Quantity::of(Unit::Gb).times(3, "GB");
    ///         usage.within(Scope::because("logs", "it writes a log"), |usage| usage.add("x/gb", "Logs", logs))
    ///     })
    ///     .unwrap();
    /// let scope = &usage.lines()[0].scope;
    /// assert_eq!((&*scope.component, scope.reason.as_ref().unwrap().service), ("api", "logs"));
    /// ```
    pub fn within<T>(&mut self, scope: Scope, meter: impl FnOnce(&mut Usage) -> T) -> T {
        let inner = scope.inside(&self.scope);
        let outer = mem::replace(&mut self.scope, inner);
        let metered = meter(self);
        self.scope = outer;
        metered
    }

    /// Takes out the lines of supporting services that are switched off, and returns them.
    ///
    /// ```
    /// use weigh_core::units::Unit;
    /// use weigh_core::usage::{Quantity, Scope, Usage};
    /// let mut usage = Usage::default();
    /// let logs = Quantity::of(Unit::Gb).times(3, "GB");
    /// usage.within(Scope::because("logs", "it writes a log"), |usage| usage.add("x/gb", "Logs", logs)).unwrap();
    /// assert_eq!(usage.switch_off(&["nat-gateway".to_owned()]).len(), 0);
    /// assert_eq!(usage.switch_off(&["logs".to_owned()]).len(), 1);
    /// assert!(usage.lines().is_empty());
    /// ```
    pub fn switch_off(&mut self, services: &[String]) -> Vec<UsageLine> {
        if services.is_empty() {
            return Vec::new();
        }
        let is_off = |line: &mut UsageLine| {
            let service = line.scope.reason.as_ref().map(|reason| reason.service);
            service.is_some_and(|service| services.iter().any(|off| off == service))
        };
        self.lines.extract_if(.., is_off).collect()
    }

    /// Adds a line that was metered elsewhere.
    pub fn push(&mut self, line: UsageLine) {
        self.lines.push(line);
    }

    /// The lines, in the order in which they were metered.
    #[must_use]
    pub fn lines(&self) -> &[UsageLine] {
        &self.lines
    }
}

impl From<UsageLine> for Usage {
    fn from(line: UsageLine) -> Usage {
        Usage { lines: vec![line], scope: Scope::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_factor_or_an_overflow_is_refused() {
        assert!(Quantity::of(Unit::Hours).times(-1, "hours").amount().is_err());
        assert!(Quantity::of(Unit::Hours).times(Decimal::MAX, "hours").times(2, "x").amount().is_err());
        assert_eq!(Quantity::of(Unit::Hours).amount().unwrap(), Decimal::ZERO);
    }

    #[test]
    fn the_least_amounts_end_too() {
        let of = |text: &str| {
            Quantity::of(Unit::Hours).times(text.parse::<Decimal>().unwrap(), "hours").amount().unwrap()
        };
        // As many digits as a decimal holds would make a product with a rate that has to be rounded.
        assert_eq!(of("0.0000000000000105946").to_string(), "0");
        assert_eq!(of("0.00000000002345678901234").to_string(), "0.0000000000235");
        assert_eq!(of("1.00000000002345678901234").to_string(), "1");
    }

    #[test]
    fn nothing_used_is_no_line() {
        let mut usage = Usage::default();
        usage.add("x/hours", "x", Quantity::of(Unit::Hours).times(0, "hours")).unwrap();
        assert!(usage.lines().is_empty());
    }
}
