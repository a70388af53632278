//! What a comparison takes as given: only what applies to it, and what would move its answer.

use rust_decimal::Decimal;

use super::annual;
use crate::catalog::{Catalog, Trait};
use crate::commitment::Commitment;
use crate::compare::{Compared, Comparison, Verdict};
use crate::measure::show_duration;
use crate::money::{dollars, exact, number};
use crate::platforms::Platform;
use crate::scenario::{Component, Job, RequestClass, Scenario, StatedTrait};
use crate::time::Month;

/// The assumptions of a comparison, one a line: those that the scenario states, those of every comparison, those of the
/// platforms that were priced, and what the scenario left open.
pub(super) fn of(scenario: &Scenario, catalog: &Catalog, comparison: &Comparison) -> Vec<String> {
    let mut given: Vec<String> = scenario.header.assumptions.iter().map(|text| stated(text)).collect();
    given.extend(general(scenario));
    let priced = || comparison.options.iter().filter(|option| was_priced(option));
    for option in priced() {
        let own = Platform::find(option.platform).map(|platform| (platform.assumptions)(scenario, catalog));
        for line in own.unwrap_or_default() {
            if !given.contains(&line) {
                given.push(line);
            }
        }
    }
    given.extend(scenario.commitments.iter().map(committed));
    if scenario.wishes.is_empty() {
        given.push("The weights are the program's defaults: the scenario states none.".to_owned());
    }
    given.extend(scenario.traits.iter().map(overridden));
    if comparison.columns.iter().any(|column| column.criterion == "total_cost_of_ownership") {
        given.extend(ownership(scenario));
    }
    let left_open = priced().filter(|option| !option.defaults.is_empty());
    given.extend(
        left_open.map(|option| format!("{}: not stated, so {}.", option.name, option.defaults.join(", "))),
    );
    given.extend(scenario.assumed.iter().map(|line| format!("{line}.")));
    given
}

/// `Assumed in the scenario: the document gives no CPU time.`
pub(super) fn stated(text: &str) -> String {
    let text = text.trim_end_matches('.');
    format!("Assumed in the scenario: {text}.")
}

/// ``Stated in the stead of the data: `operating-hours` of lambda = 1.5 (hours per month): measured.``
fn overridden(stated: &StatedTrait) -> String {
    let StatedTrait { platform, name, stated, reason } = stated;
    let unit = match stated.unit.as_str() {
        "yes-no" | Trait::SKILLS => String::new(),
        unit => format!(" ({unit})"),
    };
    let value = stated.value.replace(';', ", ");
    format!("Stated in the stead of the data: `{name}` of {platform} = {value}{unit}: {reason}.")
}

/// What total cost of ownership reckons with.
fn ownership(scenario: &Scenario) -> Option<String> {
    let (rate, months) = (scenario.team.hourly_rate?, scenario.team.set_up_months);
    let spread = if months == 1 { "in one month".to_owned() } else { format!("over {months} months") };
    Some(format!(
        "Total cost of ownership is the bill and the work at {} an hour: the operating hours of the month, and the set-up hours spread {spread}.",
        dollars(rate)
    ))
}

/// `Committed to 2 reserved t3.medium, standard, 1-year, no-upfront: paid in every hour, used or not.`
fn committed(commitment: &Commitment) -> String {
    let by =
        commitment.option.as_ref().map_or("by every option".to_owned(), |only| format!("by {only} alone"));
    format!("Committed to {commitment}: paid {by} in each hour, used or not.")
}

fn was_priced(option: &Compared) -> bool {
    matches!(option.verdict, Verdict::Ranked(_) | Verdict::Rejected { nearest: Some(_), .. })
}

/// What every comparison takes as given.
fn general(scenario: &Scenario) -> Vec<String> {
    let month = scenario.header.month;
    let some_days = format!(
        "{month} of {} are billed: what has a monthly price by their share of the month, free allowances and tiers whole; prices are on demand, without commitments.",
        month.whole()
    );
    let month = match month {
        Month::Partial { .. } => some_days.as_str(),
        Month::Average => {
            "A month has 730 hours, AWS's own convention; prices are on demand, without commitments."
        }
        Month::Calendar { .. } => "Prices are on demand, without commitments.",
    };
    let with_commitments = |text: &str| {
        let text = text
            .replace("prices are on demand, without commitments", "what no commitment covers is on demand");
        text.replace("Prices are on demand, without commitments", "What no commitment covers is on demand")
    };
    let committed = with_commitments(month);
    let month = if scenario.commitments.is_empty() { month } else { committed.as_str() };
    let allowances = match scenario.header.free_tier {
        true => {
            "The account's monthly free allowances are unused by others; free_tier = false leaves them out."
        }
        false => "The account's free allowances are used up by others.",
    };
    let traffic = traffic(scenario);
    let left_out = "Databases, caches and other services are priced where the scenario states them ([[service]]), and nowhere else; what is sent to them is not counted through NAT gateways and endpoints; logs are counted uncompressed.";
    let several =
        "Latency is that of the slowest component, not the sum over components that call each other.";
    let annual = annual::basis(scenario);
    let mut given = vec![month, allowances, &annual];
    given.extend(traffic.iter().map(String::as_str));
    given.push(left_out);
    if scenario.components.len() > 1 {
        given.push(several);
    }
    let mut given: Vec<String> = given.into_iter().map(str::to_owned).collect();
    given.extend(scenario.components.iter().filter_map(kinds));
    given.extend(scenario.jobs.iter().map(|job| describe(job, scenario.header.month)));
    given
}

/// A job as it is reckoned with.
fn describe(job: &Job, month: Month) -> String {
    format!(
        "Job {}: {}, {} runs in the month, each {} on {} vCPU and {}; never two runs of one job at once.",
        job.name,
        job.runs,
        number(job.runs_in(month), 2),
        show_duration(job.duration),
        number(job.vcpu, 3),
        job.memory
    )
}

/// The kinds of request of a component that has several.
fn kinds(component: &Component) -> Option<String> {
    let kinds = component.kinds();
    let share =
        |kind: &RequestClass| format!("{} % {}", number(kind.share * Decimal::ONE_HUNDRED, 4), kind.name);
    let shares: Vec<String> = kinds.iter().map(share).collect();
    let (first, rest) = (kinds.first()?, shares.join(", "));
    (!first.name.is_empty()).then(|| {
        format!(
            "Requests of {}: {rest}. Each kind is billed by its own times and sizes and takes exponential times of its own; the percentiles are those of all together.",
            component.name
        )
    })
}

/// How requests are taken to come and to be served.
fn traffic(scenario: &Scenario) -> Vec<String> {
    let (traffic, month) = (&scenario.traffic, scenario.header.month);
    let exponential = "take exponential times, so P95 is three times the mean where nothing waits; a vCPU is equally fast on every platform.";
    let mut lines = match traffic.is_steady() {
        true => vec![format!("Requests arrive at random (Poisson) at a steady rate and {exponential}")],
        false => {
            let shown = |per_s: f64| number(exact(per_s, "rate").unwrap_or_default(), 4);
            let (busy, mean) = (shown(traffic.busy_hour_per_s(month)), shown(traffic.mean_per_s(month)));
            vec![
                format!(
                    "The month is served minute by minute: within a minute requests arrive at random and {exponential}"
                ),
                format!(
                    "Sizes are searched for the busiest hour, {busy}/s where the mean is {mean}/s. What a minute can't serve waits for the next ones; who would wait longer than 60 s, the load balancer's idle timeout, is dropped."
                ),
            ]
        }
    };
    if traffic.spreads_bursts() {
        lines.push("A burst shorter than a minute is spread over its minutes: the month has one rate for each, so its highest seconds, and what they lose at a limit, are not seen.".to_owned());
    }
    lines.extend(traffic.trace().map(|trace| format!("The trace {}.", trace.describe())));
    let variability = traffic.arrival_variability();
    if (variability - 1.0).abs() > 1e-9 {
        let shown = number(exact(variability, "variability").unwrap_or_default(), 2);
        let told = if traffic.has_stated_variability() { "stated" } else { "estimated from the trace" };
        lines.push(format!("Arrivals have a variability (ca²) of {shown}, {told}: waits for tasks, instances and nodes follow it (Allen and Cunneen); functions follow it at a steady rate, with lognormal gaps in simulated requests, and take Poisson arrivals where the rate changes."));
    }
    lines
}
