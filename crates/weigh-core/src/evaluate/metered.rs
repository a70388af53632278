//! From what was served to a bill: what is used, less what is switched off, on the scenario's terms.

use super::{SwitchedOff, Unpriced};
use crate::bill::Bill;
use crate::capacity::Serving;
use crate::commitment::Commitment;
use crate::hours::ByHour;
use crate::money::exact;
use crate::platforms::Deployment;
use crate::pricebook::{Committed, RegionPrices, Terms};
use crate::scenario::Scenario;
use crate::time::Date;
use crate::units::Unit;
use crate::usage::{Reason, Usage, UsageLine};

/// The terms on which a scenario's month is priced, with some commitments.
pub(crate) fn terms<'a>(scenario: &'a Scenario, date: Date, commitments: &'a [Commitment]) -> Terms<'a> {
    let hours = scenario.header.month.hours_exact();
    Terms {
        date,
        with_allowances: scenario.header.free_tier,
        discounts: &scenario.discounts,
        stated: &scenario.rates,
        account: &scenario.account,
        committed: Committed { commitments, hours },
    }
}

/// What a deployment uses in the month, without what the scenario switches off, which is told beside it.
pub(super) fn metered(
    deployment: &dyn Deployment,
    serving: &Serving,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Result<(Usage, Vec<SwitchedOff>), Unpriced> {
    let (usage, off) = switched_on(deployment.meter(serving).map_err(Unpriced::NotExact)?, scenario)?;
    Ok((usage, switched_off(off, scenario, book, date)))
}

/// What is used of what a deployment meters: in the hours of its servers, and without the lines that the scenario switches
/// off, which stand beside it.
///
/// # Errors
/// A share that no bill can hold.
pub(crate) fn switched_on(usage: Usage, scenario: &Scenario) -> Result<(Usage, Vec<UsageLine>), Unpriced> {
    let mut usage = in_server_hours(usage, scenario)?;
    let off = usage.switch_off(&scenario.supporting.off);
    Ok((usage, off))
}

/// What is used when servers run in their hours alone: of what they are billed for by the hour, and of their addresses, the
/// part that falls into those hours. Load balancers, gateways, disks and whatever is paid by requests stay as they are.
///
/// # Errors
/// A share that no bill can hold.
fn in_server_hours(usage: Usage, scenario: &Scenario) -> Result<Usage, Unpriced> {
    let Some(running) = scenario.running_by_hour() else { return Ok(usage) };
    let mut within = Usage::default();
    for mut line in usage.lines().iter().cloned() {
        if is_of_servers(&line, scenario) {
            let weights = line.scope.by_hour.as_ref().map(|by_hour| by_hour.weights());
            let weight = |hour: usize| weights.and_then(|weights| weights.get(hour)).copied().unwrap_or(1.0);
            let used: Vec<f64> = running.iter().enumerate().map(|(hour, runs)| runs * weight(hour)).collect();
            let all: f64 = (0..running.len()).map(weight).sum();
            let share = if all > 0.0 { used.iter().sum::<f64>() / all } else { 0.0 };
            let share = exact(share, "share of the hours that servers run").map_err(Unpriced::NotExact)?;
            line.quantity = line.quantity.times(share, "of it in the hours that servers run");
            line.amount = line.quantity.amount().map_err(Unpriced::NotExact)?;
            line.scope.by_hour = ByHour::of(&used);
        }
        if !line.amount.is_zero() {
            within.push(line);
        }
    }
    Ok(within)
}

/// Whether a line is billed by the hour while a server runs: instances, tasks and their addresses, but neither jobs nor
/// what the scenario states by name.
fn is_of_servers(line: &UsageLine, scenario: &Scenario) -> bool {
    let of_component = scenario.components.iter().any(|each| *each.name == *line.scope.component);
    let shared = line.scope.component.is_empty();
    match line.scope.reason.as_ref().map(|reason| reason.service) {
        Some(service) => service == "public-address" && line.quantity.unit() == Unit::Hours,
        None => match line.quantity.unit() {
            Unit::Hours => shared || of_component,
            Unit::VcpuHours | Unit::GbHours => of_component,
            _ => false,
        },
    }
}

/// The bill of a month's usage, and the same without the account's free allowances.
pub(super) fn bills(
    size: &str,
    usage: &Usage,
    terms: &Terms<'_>,
    book: &RegionPrices,
) -> Result<(Bill, Bill), Unpriced> {
    let bill_with = |with_allowances| {
        let terms = Terms { with_allowances, ..*terms };
        book.price(usage, &terms).map_err(|prices| Unpriced::Missing { size: size.to_owned(), prices })
    };
    let without_allowances = bill_with(false)?;
    let bill = match terms.with_allowances {
        true => bill_with(true)?,
        false => without_allowances.clone(),
    };
    Ok((bill, without_allowances))
}

/// What was taken out of the usage, by service, with what it would cost.
fn switched_off(
    lines: Vec<UsageLine>,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Vec<SwitchedOff> {
    let mut off: Vec<(Reason, Usage)> = Vec::new();
    for line in lines {
        let Some(reason) = line.scope.reason.clone() else { continue };
        match off.iter_mut().find(|(known, _)| known.service == reason.service) {
            Some((_, usage)) => usage.push(line),
            None => off.push((reason, Usage::from(line))),
        }
    }
    let terms = terms(scenario, date, &[]);
    let priced = off.into_iter().map(|(Reason { service, because }, usage)| SwitchedOff {
        service,
        because,
        cost: book.price(&usage, &terms).ok().map(|bill| bill.total()),
    });
    priced.collect()
}
