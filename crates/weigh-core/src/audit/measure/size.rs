//! Claims about sizes: of a replica as it is deployed, of a component in it, or of a shape of the catalog.

use rust_decimal::Decimal;

use super::option::{Asked, Deployed};
use super::{Hull, Measures, meant, not, plain, unit_of};
use crate::audit::{Basis, Computed, NotComputed};
use crate::catalog::Catalog;
use crate::claim::{Dimension, Figure};
use crate::measure::Size;
use crate::money::number;
use crate::platforms::{Platform, ReplicaGroup, ServerSize};
use crate::scenario::{Claim, Scenario};

/// A size: asked for and deployed, and of what in words.
struct Found {
    asked: ServerSize,
    deployed: ServerSize,
    words: String,
    /// Whether it is of a container in what is deployed, which has what it asks for: no platform has sizes for that.
    container: bool,
}

/// The size of a replica, a component or a shape.
pub(super) fn size(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let of = claim.entry.of.as_deref().unwrap_or_default();
    let dimension = if matches!(of, "memory" | "storage") { Dimension::Size } else { Dimension::Vcpu };
    unit_of(claim, &[dimension])?;
    if let Some(name) = claim.entry.shape.as_deref() {
        return shape(measures.subject().catalog, name, of);
    }
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let component = claim.entry.component.as_deref();
    let (mut hull, mut expected): (Hull, Option<Found>) = (Hull::default(), None);
    for point in &asked.points {
        for deployed in point.deployed(asked.compared.platform, None, component) {
            for found in sizes(&deployed, point.scenario, component, of) {
                hull.add(amount(&found.deployed, of));
                expected = expected.or(Some(found));
            }
        }
    }
    let (Some(figure), Some(Found { asked: wanted, deployed, words, container })) = (hull.figure(), expected)
    else {
        return Err(not(match component {
            Some(name) => format!("the option has no {of} of {name} alone"),
            None => format!("the option has no {of} of its own"),
        }));
    };
    let alike = figure.single().is_some();
    let (wanted, deployed) = (amount(&wanted, of), amount(&deployed, of));
    let reckoning = match (alike, wanted == deployed) {
        (false, _) => format!("{words}, and others: {}", range(&figure, of)),
        (true, true) => format!("{words} has {}", shown(deployed, of)),
        (true, false) => {
            format!("{words} has {}, where {} are asked for", shown(deployed, of), shown(wanted, of))
        }
    };
    let basis = if alike && !container { Basis::Size { asked: wanted, deployed } } else { Basis::Plain };
    Ok(Computed { figure, reckoning: asked.remarked(reckoning), source: String::new(), basis })
}

/// The sizes that a claim may be about, of replicas or of the instances beneath them; of a component that shares its
/// replicas with others what its own container has.
fn sizes(deployed: &Deployed<'_>, scenario: &Scenario, component: Option<&str>, of: &str) -> Vec<Found> {
    let layout = &deployed.evaluation.layout;
    let title = Platform::find(deployed.platform).map_or(deployed.platform, |known| known.title);
    let own = |group: &&ReplicaGroup| component.is_none_or(|name| group.component.as_deref() == Some(name));
    let found = layout.replicas.iter().filter(own).map(|group| {
        let of = group.component.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let words = format!("a replica{of} on {title}");
        Found { asked: group.asked, deployed: group.deployed, words, container: false }
    });
    let mut found: Vec<Found> = found.collect();
    if of == "storage" {
        found.retain(|found| found.deployed.storage.bytes() > 0);
        if let Some(hosts) = layout.hosts.as_ref().filter(|_| found.is_empty() && component.is_none()) {
            let words = format!("an instance of type {}", hosts.instance_type);
            found.push(Found { asked: hosts.size, deployed: hosts.size, words, container: false });
        }
        return found;
    }
    let container = component.and_then(|name| scenario.components.iter().find(|each| each.name == name));
    let shared = layout.replicas.iter().any(|group| group.component.is_none());
    if let Some(container) = container.filter(|_| found.is_empty() && shared) {
        let size = ServerSize { vcpu: container.vcpu, memory: container.memory, storage: Size::default() };
        let words = format!("the container of {}", container.name);
        found.push(Found { asked: size, deployed: size, words, container: true });
    }
    found
}

/// A size in the base unit of its dimension: vCPU, or MiB.
fn amount(size: &ServerSize, of: &str) -> Decimal {
    match of {
        "memory" => size.memory.mib(),
        "storage" => size.storage.mib(),
        _ => size.vcpu,
    }
}

fn shown(amount: Decimal, of: &str) -> String {
    match of {
        "memory" | "storage" => format!("{} GB", number(amount / Decimal::from(1_024), 4)),
        "cpu-units" => format!("{} CPU units", number(amount * Decimal::from(1_024), 2)),
        _ => format!("{} vCPU", number(amount, 4)),
    }
}

fn range(figure: &Figure, of: &str) -> String {
    let (low, high) = figure.ends().unwrap_or_default();
    format!("{} to {}", shown(low, of), shown(high, of))
}

/// The size of an instance type, a Lightsail container power, or a database type, which has the size of the instance type
/// that it is named for (Amazon RDS user guide, "DB instance class types": hardware specifications; read in November 2026).
fn shape(catalog: &Catalog, name: &str, of: &str) -> Result<Computed, NotComputed> {
    let instance = catalog.instance_type(name.strip_prefix("db.").unwrap_or(name));
    let power = catalog.container_powers.iter().find(|power| power.name == name);
    let (size, what) = match (instance, power) {
        (Some(known), _) => {
            let size = (Decimal::from(known.vcpu), known.memory_mib);
            (
                size,
                if name.starts_with("db.") { "database type, as the instance type" } else { "instance type" },
            )
        }
        (None, Some(power)) => ((power.vcpu, power.memory_mib), "Lightsail container power"),
        (None, None) => {
            let known = catalog.instance_types.iter().map(|known| known.name.as_str());
            let known = known.chain(catalog.container_powers.iter().map(|power| power.name.as_str()));
            return Err(not(format!("the catalog has no shape {name}{}", meant(name, known))));
        }
    };
    if of == "storage" {
        return Err(not(format!("{name} has no disk of its own in the catalog")));
    }
    let ((vcpu, memory_mib), storage) = (size, Size::default());
    let value = amount(&ServerSize { vcpu, memory: Size::from_mib(memory_mib), storage }, of);
    let reckoning = format!("{what} {name} has {}", shown(value, of));
    Ok(plain(Figure::of(value), reckoning, "the shapes of the price book"))
}
