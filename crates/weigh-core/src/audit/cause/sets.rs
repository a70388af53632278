//! Groups of a bill that have a name together: of one price, one service, one component, one environment, the servers.

use super::model::{Group, Model};
use super::words::{listed, named};
use crate::scenario::Scenario;

/// Sets at most, of the counted and of the other groups each.
const SETS: usize = 64;

/// Groups with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) name: String,
    /// Places of groups, ascending.
    pub(super) places: Vec<usize>,
    /// How plain a mistake with it is: 0 for the plainest.
    pub(super) plain: u32,
}

/// An attribute by which groups belong together: how plain a mistake with such a set is, and the name of a group's set.
type Attribute = (u32, fn(&Group<'_>, &Scenario) -> Option<String>);

/// From the plainest on; of sets with the same groups the first one names them.
const ATTRIBUTES: &[Attribute] = &[
    (0, |group, _| Some(group.label.clone())),
    (0, |group, _| group.service().map(named)),
    (0, |group, scenario| {
        let name = group.component();
        (!name.is_empty() && group.service().is_none()).then(|| match is_component(scenario, name) {
            true => format!("servers of {name}"),
            false => name.to_owned(),
        })
    }),
    (0, |group, scenario| is_server(group, scenario).then(|| "servers".to_owned())),
    (0, |group, scenario| (!is_server(group, scenario)).then(|| "services".to_owned())),
    (1, |group, scenario| {
        let name = group.component();
        is_component(scenario, name).then(|| format!("all of {name}"))
    }),
    (1, |group, _| {
        let environment = group.charge.map(|charge| &*charge.environment)?;
        (!environment.is_empty()).then(|| format!("environment {environment}"))
    }),
    (2, |group, _| group.price_id().split_once('/').map(|(service, _)| format!("all of {service}"))),
    (2, |group, _| group.charge.map(|charge| format!("all {}", charge.unit))),
    (2, |group, _| {
        let name = group.component();
        (!name.is_empty()).then(|| format!("{} of {name}", group.label))
    }),
];

/// Whether a name is that of a component of the application.
pub(super) fn is_component(scenario: &Scenario, name: &str) -> bool {
    scenario.components.iter().any(|component| component.name == name)
        || scenario.jobs.iter().any(|job| job.name == name)
}

/// Whether a group belongs to the servers themselves: without a reason, and not of a stated service.
pub(super) fn is_server(group: &Group<'_>, scenario: &Scenario) -> bool {
    let name = group.component();
    group.charge.is_some() && group.service().is_none() && (name.is_empty() || is_component(scenario, name))
}

/// The sets of the counted groups of a side, or of those that are not counted; what costs nothing at all is in none.
pub(super) fn sets(model: &Model<'_>, scenario: &Scenario, side: usize, counted: bool) -> Vec<Set> {
    let places: Vec<usize> =
        model.places(side, counted).into_iter().filter(|place| costs(model, *place)).collect();
    let mut sets: Vec<Set> = Vec::new();
    for (plain, name) in ATTRIBUTES {
        let from = sets.len();
        for place in &places {
            let Some(name) = name(&model.groups[*place], scenario) else { continue };
            match sets[from..].iter_mut().find(|set| set.name == name) {
                Some(set) => set.places.push(*place),
                None => sets.push(Set { name, places: vec![*place], plain: *plain }),
            }
        }
    }
    let mut distinct: Vec<Set> = Vec::new();
    for set in sets {
        if distinct.len() < SETS && distinct.iter().all(|known| known.places != set.places) {
            distinct.push(set);
        }
    }
    distinct
}

/// Whether a group costs anything in any bill.
fn costs(model: &Model<'_>, place: usize) -> bool {
    model.groups[place].costs.iter().any(|cost| !cost.is_zero())
}

/// What groups are called: the name of the set that they are, or their labels.
pub(super) fn name_of(model: &Model<'_>, sets: &[Set], places: &[usize]) -> String {
    if let Some(set) = sets.iter().find(|set| set.places == places) {
        return set.name.clone();
    }
    let mut labels: Vec<String> = Vec::new();
    for place in places {
        let group = &model.groups[*place];
        let label = group.service().map_or_else(|| group.label.clone(), named);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    listed(&labels)
}
