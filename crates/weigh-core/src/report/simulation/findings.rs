//! What a month shows, in sentences: when more came than could be served, what would have helped, and what a failure does.

use super::words::{count, figure, moment, percent, span};
use super::{
    AtLimitReport, ComponentMonthReport, FleetMonthReport, HostsMonthReport, RefusalReport, SaturationReport,
    SimulationReport,
};
use crate::criteria::show_share;
use crate::platforms::Platform;
use crate::time::Month;

/// What a platform calls its replicas, and the settings that raise what they can serve.
pub(super) struct Terms {
    /// The setting that fixes how many there are, which is their name too: `tasks`.
    pub(super) replicas: &'static str,
    /// What they run on: `instances`; nothing where nothing is rented beneath them.
    hosts: Option<&'static str>,
    scales: bool,
    has_credits: bool,
}

impl Terms {
    /// The words of a platform, from the settings that it has.
    pub(super) fn of(platform: &Platform) -> Terms {
        let has = |key: &str| platform.fields().any(|field| field.key == key);
        let replicas = ["tasks", "instances", "nodes"].into_iter().find(|key| has(key));
        let replicas = replicas.unwrap_or("replicas");
        Terms {
            replicas,
            hosts: Some("instances").filter(|key| *key != replicas && has(key)),
            scales: has("max_capacity"),
            has_credits: has("credits"),
        }
    }

    /// One of them: `task`.
    pub(super) fn replica(&self) -> &'static str {
        self.replicas.trim_end_matches('s')
    }

    /// How many in words: `1 task`, `3 tasks`.
    fn several(&self, count: u32) -> String {
        format!("{count} {}", if count == 1 { self.replica() } else { self.replicas })
    }
}

/// The sentences on a month.
pub(super) fn findings(report: &SimulationReport, month: Month, platform: &Platform) -> Vec<String> {
    let terms = Terms::of(platform);
    let mut lines = Vec::new();
    for fleet in &report.fleets {
        let name = &fleet.fleet;
        match &fleet.saturation {
            Some(saturation) => {
                lines.push(format!(
                    "{name}: {}",
                    saturated(saturation, fleet, report.hosts.as_ref(), month, &terms)
                ));
            }
            None => lines.push(format!("{name}: at no time did more come than could be served.")),
        }
        lines.extend(
            fleet.at_limit.map(|limit| format!("{name}: {}", at_limit(&limit, fleet, month, &terms))),
        );
        lines.push(format!("{name}: {}", failure(fleet, &terms)));
        lines.extend(credits(name, fleet.throttled_share, fleet.surplus_processor_hours, &terms));
        if fleet.interrupted > 0 {
            lines.push(format!("{name}: {} were taken away.", terms.several(fleet.interrupted)));
        }
    }
    if let Some(hosts) = &report.hosts {
        let name = terms.hosts.unwrap_or("hosts");
        lines.extend(credits(name, hosts.throttled_share, hosts.surplus_processor_hours, &terms));
        if hosts.interrupted > 0 {
            lines.push(format!("{} {name} were taken away.", hosts.interrupted));
        }
    }
    lines.extend(report.components.iter().filter_map(|component| of_requests(component, month)).flatten());
    lines
}

fn saturated(
    saturation: &SaturationReport,
    fleet: &FleetMonthReport,
    hosts: Option<&HostsMonthReport>,
    month: Month,
    terms: &Terms,
) -> String {
    let SaturationReport { duration_s, times, longest_from_s, longest_s, requests, replicas_needed } =
        *saturation;
    let from = moment(month, longest_from_s);
    let when = match times {
        1 => format!("for {} from {from}", span(duration_s)),
        _ => format!(
            "{} times, {} in all, the longest {} from {from}",
            count(f64::from(times)),
            span(duration_s),
            span(longest_s)
        ),
    };
    let needed = terms.several(replicas_needed);
    let asked = format!(
        "more came than could be served {when}; {} requests came meanwhile; at least {needed} would have served them",
        count(requests)
    );
    let fixed = fleet.least_allowed == fleet.most_allowed;
    let taken_away = fleet.interrupted + hosts.map_or(0, |hosts| hosts.interrupted);
    let full = hosts.is_some_and(|hosts| hosts.most >= hosts.most_allowed);
    let help = match () {
        () if replicas_needed > fleet.most_allowed => {
            let key = if fixed { terms.replicas } else { "max_capacity" };
            format!("there may be at most {}: raise `{key}`", fleet.most_allowed)
        }
        () if full && terms.hosts.is_some() && fleet.most < replicas_needed => {
            format!("the {0} had no room for more: raise `{0}`", terms.hosts.unwrap_or_default())
        }
        () if taken_away > 0 && fleet.least_allowed >= replicas_needed => {
            "some had been taken away: keep more on demand with `on_demand_base`, or more in all".to_owned()
        }
        () if fixed || !terms.scales => {
            format!(
                "{} are too few at the peak, or lost too much speed: raise `{}`",
                terms.several(fleet.most_allowed),
                terms.replicas
            )
        }
        () => "new ones came too late: raise `min_capacity`, or plan with `scheduled_capacity`".to_owned(),
    };
    format!("{asked}; {help}.")
}

fn at_limit(limit: &AtLimitReport, fleet: &FleetMonthReport, month: Month, terms: &Terms) -> String {
    format!(
        "scaling wanted more than the {} that `max_capacity` allows for {}, first {}; {} requests came meanwhile.",
        terms.several(fleet.most_allowed),
        span(limit.duration_s),
        moment(month, limit.first_s),
        count(limit.requests)
    )
}

/// What the failure of a replica does, in one line.
fn failure(fleet: &FleetMonthReport, terms: &Terms) -> String {
    let replica = terms.replica();
    let article = if replica.starts_with('i') { "an" } else { "a" };
    let failed = &fleet.replacement;
    let replaced = match failed.start_up_s {
        Some(time_s) => {
            format!("{article} {replica} that fails is replaced {} after that is noticed", span(time_s))
        }
        None => format!("how long it takes to replace {article} {replica} that fails is not known"),
    };
    let meanwhile = match failed.utilisation_highest {
        Some(highest) if failed.others_carry => {
            format!("the others carry the load meanwhile at any time, at {} at most", percent(highest))
        }
        Some(highest) => format!(
            "for {} of the month the others can't carry the load meanwhile, at worst {} of what they can",
            span(failed.not_carried_s),
            percent(highest)
        ),
        None if fleet.most <= 1 => "meanwhile there is no other".to_owned(),
        None => format!(
            "for {} of the month there is no other, or they can't carry the load meanwhile",
            span(failed.not_carried_s)
        ),
    };
    format!("{replaced}; {meanwhile}.")
}

fn credits(name: &str, throttled_share: f64, surplus_hours: f64, terms: &Terms) -> Vec<String> {
    let mut lines = Vec::new();
    if throttled_share > 0.0 {
        let help = if terms.has_credits { "; `credits = \"unlimited\"` pays for full speed" } else { "" };
        let share = show_share(throttled_share);
        lines.push(format!(
            "{name}: CPU credits were used up for {share} of the month, which ran slower{help}."
        ));
    }
    if surplus_hours > 0.0 {
        lines.push(format!(
            "{name}: {} vCPU-hours beyond the credits earned are charged.",
            figure(surplus_hours)
        ));
    }
    lines
}

/// The sentences on servers of each request: how the share came about, and what was refused.
fn of_requests(component: &ComponentMonthReport, month: Month) -> Option<Vec<String>> {
    let cold = component.cold_starts.as_ref()?;
    let name = &component.component;
    let method = match (cold.simulated_requests, cold.half_width) {
        (Some(requests), Some(half_width)) => {
            #[allow(clippy::cast_precision_loss, reason = "at most 100 million")]
            let simulated = requests as f64;
            let all = if simulated < component.arrived * 0.95 { " of the first days" } else { "" };
            format!(
                "counted over {} requests{all}, simulated one by one, within {} (95 %)",
                count(simulated),
                show_share(half_width)
            )
        }
        _ => "from the formula for random arrivals at each rate".to_owned(),
    };
    let share = show_share(component.cold_start_share);
    let mut lines = vec![format!("{name}: {share} of the requests start cold, {method}.")];
    lines.push(match &cold.refusal {
        None => format!("{name}: no request was refused."),
        Some(refusal) => format!("{name}: {}", refused(refusal, component.arrived, month)),
    });
    Some(lines)
}

fn refused(refusal: &RefusalReport, arrived: f64, month: Month) -> String {
    let RefusalReport { requests, duration_s, first_s, limit, limit_needed } = *refusal;
    let share = if arrived > 0.0 { requests / arrived } else { 0.0 };
    let what = format!("{} requests ({}) were refused", count(requests), show_share(share));
    if duration_s <= 0.0 {
        return format!(
            "{what}, as servers could not start fast enough: keep some ready with `provisioned_concurrency`."
        );
    }
    format!(
        "{what}, more than 1 in 10,000 for {}, first {}, with at most {} at once; {} would have refused fewer: raise `concurrency_quota`.",
        span(duration_s),
        moment(month, first_s),
        count(f64::from(limit)),
        count(f64::from(limit_needed))
    )
}
