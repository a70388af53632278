//! Sizes that do not exist, and costs at them; or at another size that does.

use rust_decimal::Decimal;

use super::model::{Effect, Model};
use super::option::option_of;
use super::search::{Change, Search};
use crate::audit::computed::Basis;
use crate::bill::Charge;
use crate::claim::{Dimension, Figure};
use crate::money::number;
use crate::platforms::Platform;

const ID: &str = "no-such-size";
const OTHER: &str = "other-size";

/// MiB of a GB.
const GB_MIB: Decimal = Decimal::from_parts(1_024, 0, 0, false, 0);

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    if let Basis::Size { asked, deployed } = search.computed.basis {
        changes.extend(none_such(search, asked, deployed));
    }
    if let Some(model) = &search.model {
        at_what_was_asked(search, model, changes);
        at_other_sizes(search, model, changes);
    }
}

/// A stated size that the platform has not.
fn none_such(search: &Search<'_>, asked: Decimal, deployed: Decimal) -> Option<Change> {
    let unit = search.claim.unit.as_ref()?;
    let (stated, high) = search.stated.ends()?;
    let catalog = search.subject.catalog;
    let platform = option_of(search, search.claim).map_or("fargate", |option| option.platform.as_str());
    let sizes: Vec<Decimal> = match (platform, unit.dimension) {
        ("fargate", Dimension::Vcpu) => catalog.fargate_sizes.iter().map(|size| size.vcpu).collect(),
        ("lightsail", Dimension::Vcpu) => catalog.container_powers.iter().map(|power| power.vcpu).collect(),
        ("lightsail", Dimension::Size) => {
            catalog.container_powers.iter().map(|power| power.memory_mib.into()).collect()
        }
        _ if asked != deployed => vec![deployed],
        _ => return None,
    };
    if stated != high
        || sizes.contains(&stated)
        || search.claim.entry.component.is_some() && asked == deployed
    {
        return None;
    }
    let title = Platform::find(platform).map_or(platform, |platform| platform.title);
    let below = sizes.iter().copied().filter(|size| *size < stated).max();
    let above = sizes.iter().copied().filter(|size| *size > stated).min();
    let near: Vec<String> =
        [below, above].into_iter().flatten().map(|size| number(unit.from_base(size), 3)).collect();
    let shown = search.claim.entry.value.trim();
    if sizes == [deployed] {
        // It exists, and not beside what else is asked for.
        let becomes = number(unit.from_base(deployed), 3);
        let words = format!("{shown} {unit} is no size of {title} here: it becomes {becomes} {unit}");
        return Some(Change::figure(ID, 0, words, Figure::of(stated)));
    }
    let words = format!(
        "{shown} {unit} is no {title} size: the next {} {}",
        if near.len() == 1 { "is" } else { "are" },
        near.join(" and ")
    );
    Some(Change::figure(ID, 0, words, Figure::of(stated)))
}

/// How much of a factor a charge has, by the factor's label.
fn factor(charge: &Charge, label: &str) -> Option<Decimal> {
    let found = charge.factors.iter().find(|factor| factor.label == label)?;
    (!found.value.is_zero()).then_some(found.value)
}

/// vCPU or GB of the task that a group of charges is for, with the label of the factor that says so.
fn of_task(model: &Model<'_>, place: usize) -> Option<(Decimal, bool)> {
    let group = &model.groups[place];
    let charge = group.charge.filter(|charge| charge.price_id.starts_with("fargate"))?;
    match () {
        () if group.price_id().contains("/vcpu-hours") => Some((factor(charge, "vCPU")?, true)),
        () if group.price_id().contains("/memory-gb-hours") => Some((factor(charge, "GB")?, false)),
        () => None,
    }
}

/// Tasks at the size that the scenario asks for, where that is none that exists.
fn at_what_was_asked(search: &Search<'_>, model: &Model<'_>, changes: &mut Vec<Change>) {
    let settings = option_of(search, search.claim).map(|option| &option.settings);
    let mut effects: Vec<Effect> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for component in &search.subject.scenario.components {
        let vcpu =
            settings.and_then(|all| all.value::<Option<Decimal>>("vcpu").flatten()).unwrap_or(component.vcpu);
        let memory = settings.and_then(|all| all.value::<Option<crate::measure::Size>>("memory").flatten());
        let gb = memory.unwrap_or(component.memory).mib() / GB_MIB;
        let own = model
            .places(0, true)
            .into_iter()
            .filter(|place| model.groups[*place].component() == component.name);
        let mut was = (vcpu, gb);
        let mut moved: Vec<Effect> = Vec::new();
        for place in own {
            let Some((deployed, is_vcpu)) = of_task(model, place) else { continue };
            let asked = if is_vcpu { vcpu } else { gb };
            if is_vcpu {
                was.0 = deployed;
            } else {
                was.1 = deployed;
            }
            let costs = asked.checked_div(deployed).and_then(|ratio| model.groups[place].times(ratio));
            moved.extend(costs.filter(|_| asked != deployed).map(|costs| (place, costs)));
        }
        if !moved.is_empty() {
            let size =
                |(vcpu, gb): (Decimal, Decimal)| format!("{} vCPU and {} GB", number(vcpu, 3), number(gb, 3));
            told.push(format!("{}, which is no Fargate size ({} is the next)", size((vcpu, gb)), size(was)));
            effects.extend(moved);
        }
    }
    if !effects.is_empty() {
        told.dedup();
        let words = format!("at {}", told.join(", "));
        changes.push(Change::costs(ID, 0, words, effects));
    }
}

/// The tasks of one component at other sizes of the platform.
fn at_other_sizes(search: &Search<'_>, model: &Model<'_>, changes: &mut Vec<Change>) {
    let components = &search.subject.scenario.components;
    for component in components {
        let counted = model.places(0, true).into_iter();
        let places: Vec<(usize, Decimal, bool)> = counted
            .filter(|place| model.groups[*place].component() == component.name)
            .filter_map(|place| of_task(model, place).map(|(value, is_vcpu)| (place, value, is_vcpu)))
            .collect();
        let Some(memory) = places.iter().find(|(_, _, is_vcpu)| !is_vcpu).map(|(_, gb, _)| *gb) else {
            continue;
        };
        for size in &search.subject.catalog.fargate_sizes {
            let (least, most) = (Decimal::from(size.memory_min_mib), Decimal::from(size.memory_max_mib));
            for mib in [least, (memory * GB_MIB).clamp(least, most)] {
                let gb = mib / GB_MIB;
                let effects = places.iter().map(|(place, was, is_vcpu)| {
                    let ratio = if *is_vcpu { size.vcpu } else { gb }.checked_div(*was)?;
                    Some((*place, model.groups[*place].times(ratio)?))
                });
                let Some(effects) = effects.collect::<Option<Vec<Effect>>>() else { continue };
                let whose =
                    if components.len() > 1 { format!(" for {}", component.name) } else { String::new() };
                let words =
                    format!("at tasks of {} vCPU and {} GB{whose}", number(size.vcpu, 3), number(gb, 3));
                changes.push(Change::costs(OTHER, 2, words, effects));
            }
        }
    }
}
