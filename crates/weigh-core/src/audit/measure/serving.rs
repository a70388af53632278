//! Claims about what serves: how many replicas, how many fit, how long they run and start, and how much they finish.

use rust_decimal::Decimal;

use super::option::{Asked, Deployed, Point};
use super::{Hull, Measures, finite, not, unit_of};
use crate::audit::{Basis, Computed, NotComputed};
use crate::capacity::Presence;
use crate::claim::{Dimension, Figure};
use crate::evaluate::ComponentServed;
use crate::money::number;
use crate::platforms::{Layout, Platform};
use crate::scenario::{Claim, Scenario};

/// Seconds of a day.
const DAY_S: u32 = 86_400;

/// How many replicas or hosts there are, from the fewest to the most over the month.
pub(super) fn count(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Count])?;
    let hosts = claim.entry.of.as_deref() == Some("hosts");
    let component = claim.entry.component.as_deref();
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let (mut hull, mut words) = (Hull::default(), String::new());
    for point in &asked.points {
        let (mut fewest, mut most) = (0, 0);
        let mut things = Vec::new();
        for deployed in point.deployed(asked.compared.platform, claim.entry.environment.as_deref(), component)
        {
            let counted = match hosts {
                true => vec![instances(&deployed)?],
                false => replicas(&deployed, component)?,
            };
            for Counted { name, range: (low, high), allowed } in counted {
                (fewest, most) = (fewest + low, most + high);
                let between = Figure::between(allowed.0.into(), allowed.1.into());
                let bounds = match allowed.0 == allowed.1 {
                    true => String::new(),
                    false => format!(" of the {} that there may be", between.shown(0)),
                };
                things.push(format!("{} {name}{bounds}", Figure::between(low.into(), high.into()).shown(0)));
            }
        }
        hull.add(fewest.into());
        hull.add(most.into());
        if words.is_empty() {
            words = things.join(" + ");
        }
    }
    hull.computed(asked.remarked(words), Basis::Plain)
}

/// A number of replicas: of what, how many over the month, and between which bounds.
struct Counted {
    name: String,
    range: (u32, u32),
    allowed: (u32, u32),
}

/// The replicas of a deployment, those of one component alone where it is named.
fn replicas(deployed: &Deployed<'_>, component: Option<&str>) -> Result<Vec<Counted>, NotComputed> {
    let layout = &deployed.evaluation.layout;
    let groups = layout.replicas.iter().enumerate().filter(|(_, group)| {
        let own = group.component.as_deref();
        component.is_none_or(|name| own.is_none_or(|own| own == name))
    });
    let mut counted = Vec::new();
    for (place, group) in groups {
        let serving = &deployed.evaluation.serving;
        let most = serving.fleets.get(place).map_or(group.range.1, |presence| presence.most);
        let simulated = serving.simulation.as_ref().and_then(|simulation| simulation.fleets.get(place));
        let fewest = simulated.map_or(most, |fleet| fleet.fewest.min(most));
        let title = title(deployed.platform);
        if group.range == (0, 0) && most == 0 {
            return Err(not(format!("{title} keeps no replicas: it starts one for each request at once")));
        }
        let name = match &group.component {
            Some(name) => format!("replicas of {name} on {title}"),
            None => format!("replicas of all components on {title}"),
        };
        counted.push(Counted { name, range: (fewest, most), allowed: group.range });
    }
    Ok(counted)
}

/// The instances of a deployment, or the nodes that each hold all components.
fn instances(deployed: &Deployed<'_>) -> Result<Counted, NotComputed> {
    let layout = &deployed.evaluation.layout;
    if let Some(hosts) = &layout.hosts {
        let most = deployed.evaluation.serving.hosts.as_ref().map_or(hosts.range.1, |presence| presence.most);
        let fewest = hosts.range.0.min(most);
        let name = format!("instances of type {}", hosts.instance_type);
        return Ok(Counted { name, range: (fewest, most), allowed: hosts.range });
    }
    let whole = layout.replicas.iter().all(|group| group.component.is_none());
    let mut own = if whole { replicas(deployed, None)? } else { Vec::new() };
    own.pop().ok_or_else(|| not(format!("{} shows no instances to its users", title(deployed.platform))))
}

/// How many replicas fit: on one instance, or on all of the option.
pub(super) fn fit(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let unit = unit_of(claim, &[Dimension::Count])?;
    let on_each = unit.per.contains('/');
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let (mut hull, mut words, mut basis) = (Hull::default(), String::new(), Basis::Plain);
    for point in &asked.points {
        let mut all = (0, 0);
        for deployed in point.deployed(asked.compared.platform, None, None) {
            let Some(holds) = deployed.evaluation.layout.holds else {
                let title = title(deployed.platform);
                return Err(not(format!("{title} places each replica by itself: none shares an instance")));
            };
            let Counted { name, range: (fewest, most), .. } = instances(&deployed)?;
            if words.is_empty() {
                words = format!("{holds} on each of {most} {name}");
                let instances = if on_each { Decimal::ONE } else { most.into() };
                basis = room(measures, &deployed, instances).unwrap_or(Basis::Plain);
            }
            if on_each {
                hull.add(holds.into());
            }
            all = (all.0 + u64::from(holds) * u64::from(fewest), all.1 + u64::from(holds) * u64::from(most));
        }
        if !on_each {
            hull.add(all.0.into());
            hull.add(all.1.into());
        }
    }
    hull.computed(asked.remarked(words), basis)
}

/// How many replicas of all components an instance would hold by its vCPU alone, and by all of its memory.
fn room(measures: &Measures<'_>, deployed: &Deployed<'_>, instances: Decimal) -> Option<Basis> {
    let layout = &deployed.evaluation.layout;
    let kind = measures.subject().catalog.instance_type(&layout.hosts.as_ref()?.instance_type)?;
    let vcpu: Decimal = layout.replicas.iter().map(|group| group.deployed.vcpu).sum();
    let memory: Decimal = layout.replicas.iter().map(|group| group.deployed.memory.mib()).sum();
    Some(Basis::Room {
        by_vcpu: Decimal::from(kind.vcpu).checked_div(vcpu)?.floor(),
        by_memory: Decimal::from(kind.memory_mib).checked_div(memory)?.floor(),
        instances,
    })
}

/// Hours a month that servers run; of the month itself where no option is named.
pub(super) fn hours(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let unit = unit_of(claim, &[Dimension::TimePerMonth, Dimension::Time])?;
    let of_day = unit.dimension == Dimension::TimePerMonth && unit.text.to_lowercase().ends_with("/day");
    // Hours a day are those of the month's own days, whatever its length.
    let in_base = |hours: Decimal, of_month: Decimal| match unit.dimension {
        Dimension::Time => hours * Decimal::from(3_600),
        _ if of_day => hours * Decimal::from(730) / of_month,
        _ => hours,
    };
    let month = measures.subject().scenario.header.month;
    if claim.entry.option.is_none() {
        let hours = month.hours_exact();
        let mut hull = Hull::default();
        hull.add(in_base(hours, hours));
        return hull.computed(format!("the month has {} hours", number(hours, 0)), Basis::Plain);
    }
    let component = claim.entry.component.as_deref();
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let (mut hull, mut words) = (Hull::default(), String::new());
    for point in &asked.points {
        let of_month = point.scenario.header.month.hours_exact();
        for deployed in point.deployed(asked.compared.platform, claim.entry.environment.as_deref(), component)
        {
            let runs = running(&deployed, point.scenario, component)?;
            hull.add(in_base(runs, of_month));
            if words.is_empty() {
                words = format!("servers run {} of {} hours", number(runs, 2), number(of_month, 0));
            }
        }
    }
    hull.computed(asked.remarked(words), Basis::Plain)
}

/// Hours of the month in which a server runs.
fn running(
    deployed: &Deployed<'_>,
    scenario: &Scenario,
    component: Option<&str>,
) -> Result<Decimal, NotComputed> {
    let layout = &deployed.evaluation.layout;
    let serving = &deployed.evaluation.serving;
    let groups = layout.replicas.iter().zip(&serving.fleets);
    let own = groups.filter(|(group, _)| {
        component.is_none_or(|name| group.component.as_deref().is_none_or(|own| own == name))
    });
    let mut own: Vec<&Presence> = own.map(|(_, presence)| presence).collect();
    own.extend(serving.hosts.iter().filter(|_| component.is_none()));
    if own.iter().all(|presence| presence.most == 0) {
        return Err(not(format!("{} has no servers that run by the hour", title(deployed.platform))));
    }
    let all = scenario.header.month.hours_exact();
    let mut most = Decimal::ZERO;
    for presence in own.into_iter().filter(|presence| presence.most > 0) {
        let hours = match (presence.by_hour.is_empty(), scenario.running_by_hour()) {
            (true, None) => all,
            (true, Some(running)) => finite(running.iter().sum(), "hours that servers run")?,
            (false, _) => {
                let within: f64 = presence.by_hour.iter().map(|count| count.min(1.0)).sum();
                finite(within, "hours that servers run")?.min(all)
            }
        };
        most = most.max(hours);
    }
    Ok(most)
}

/// How long a start takes, of the first to the slowest kind; on instances also with a new instance beneath.
pub(super) fn cold_start(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Time])?;
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let mut hull = Hull::default();
    let mut slowest: Vec<(String, Decimal)> = Vec::new();
    for point in &asked.points {
        for deployed in point.deployed(asked.compared.platform, claim.entry.environment.as_deref(), None) {
            for times in starts(&deployed.evaluation.layout, deployed.platform)? {
                let sum = |times: &[(String, Decimal)]| -> Decimal { times.iter().map(|(_, s)| *s).sum() };
                hull.add(sum(&times));
                if slowest.is_empty() || sum(&times) > sum(&slowest) {
                    slowest = times;
                }
            }
        }
    }
    let steps = slowest.iter().filter(|(_, time)| !time.is_zero());
    let steps: Vec<String> = steps.map(|(step, time)| format!("{} s {step}", number(*time, 3))).collect();
    let share = asked.points.first().map_or(0.0, |point| point.evaluation.cold_start_share());
    let share = finite(share * 100.0, "share of cold starts")?;
    let reckoning = format!("{}; {} % of the requests wait for a start", steps.join(" + "), number(share, 2));
    hull.computed(asked.remarked(reckoning), Basis::Times(slowest))
}

/// The ways in which replicas start, each as its steps.
fn starts(layout: &Layout, platform: &str) -> Result<Vec<Vec<(String, Decimal)>>, NotComputed> {
    let mut all = Vec::new();
    for group in &layout.replicas {
        if group.start.is_empty() {
            let title = title(platform);
            return Err(not(format!("nothing tells how long a replica on {title} takes to start")));
        }
        let step = |(step, time_s): &(&str, f64)| Ok(((*step).to_owned(), finite(*time_s, step)?));
        let own: Vec<(String, Decimal)> = group.start.iter().map(step).collect::<Result<_, NotComputed>>()?;
        if let Some(hosts) = &layout.hosts {
            let boot = ("booting an instance".to_owned(), finite(hosts.start_s, "start of an instance")?);
            all.push([vec![boot], own.clone()].concat());
        }
        all.push(own);
    }
    Ok(all)
}

/// Requests a second that can be finished at most, where every component has its share of them.
pub(super) fn throughput(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Rate])?;
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let (mut hull, mut words, mut basis) = (Hull::default(), String::new(), Basis::Plain);
    for point in &asked.points {
        let Most { per_s, first, each_s, replicas } =
            most_per_s(point, &asked, claim.entry.environment.as_deref())?;
        hull.add(per_s * Decimal::from(DAY_S));
        if words.is_empty() {
            words = format!("{first} finishes {} requests a second at most", number(per_s, 3));
            basis = Basis::Pace { at_once: (per_s * each_s).round_dp(3), each_s, replicas };
        }
    }
    hull.computed(asked.remarked(words), basis)
}

/// The requests of users a second that can be finished at most.
struct Most {
    per_s: Decimal,
    /// The component that ends them.
    first: String,
    /// How long each takes there.
    each_s: Decimal,
    /// The replicas that serve it; 0 where one is started for each request.
    replicas: Decimal,
}

/// Requests of users a second, by the component that ends them.
fn most_per_s(point: &Point<'_>, asked: &Asked<'_>, environment: Option<&str>) -> Result<Most, NotComputed> {
    if environment.is_none() && point.scenario.environments.len() > 1 {
        return Err(not("the environments serve each for itself: `environment` names one"));
    }
    let mut least: Option<(f64, &ComponentServed, u32)> = None;
    let deployed = point.deployed(asked.compared.platform, environment, None);
    for Deployed { evaluation, .. } in &deployed {
        for served in &evaluation.components {
            let component = point.scenario.components.iter().find(|each| each.name == served.component);
            let share = component.map_or(1.0, |component| crate::money::approximate(component.traffic_share));
            let most = served.most_per_s / share;
            if share > 0.0 && least.is_none_or(|(known, ..)| most < known) {
                let mut groups = evaluation.layout.replicas.iter();
                let own = groups
                    .find(|group| group.component.as_ref().is_none_or(|name| *name == served.component));
                least = Some((most, served, own.map_or(0, |group| group.range.1)));
            }
        }
    }
    let (most, served, replicas) = least.ok_or_else(|| not("no component serves requests"))?;
    Ok(Most {
        per_s: finite(most, "requests a second")?,
        first: served.component.clone(),
        each_s: finite(served.service_time_s, "time in service")?,
        replicas: replicas.into(),
    })
}

/// A platform's name in prose.
fn title(platform: &str) -> &str {
    Platform::find(platform).map_or(platform, |known| known.title)
}
