//! Tables `[[component]]`: what of one contradicts itself, and what it leaves open.

use super::field::{Presence, Section, Values};
use super::reader::{Place, Reader};
use super::sections::{Component, State};
use crate::measure::Size;
use crate::problem::Problem;

/// Reads a table `[[component]]`; nothing when something in it is wrong, or contradicts itself.
pub(super) fn read(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<(Component, Values)> {
    let (component, values) = reader.section::<Component>(place)?;
    if component.cpu_time.is_zero() && component.wait_time.is_zero() {
        let span = values.span("cpu_time").unwrap_or(place.span.clone());
        let message = format!("component `{}`: a request takes no time at all", component.name);
        reader.problems.push(Problem::at(span, message).allowing("`cpu_time` or `wait_time` above 0"));
        return None;
    }
    if component.state == State::LocalDisk && component.disk.bytes() == 0 {
        let span = values.span("state").unwrap_or(place.span.clone());
        let message =
            format!("component `{}` keeps data on its local disk, but not how much", component.name);
        reader.problems.push(Problem::at(span, message).allowing("`disk`, such as \"20 GB\""));
        return None;
    }
    if component.state != State::LocalDisk && component.disk.bytes() > 0 {
        let span = values.span("disk").unwrap_or(place.span.clone());
        let message = format!(
            "component `{}` has a disk, but its state is `{}`",
            component.name,
            component.state.spelling()
        );
        reader.problems.push(Problem::at(span, message).allowing("`disk` beside `state = \"local-disk\"`"));
        return None;
    }
    memory(reader, &component, &values)?;
    Some((component, values))
}

/// The memory of a replica must hold what it takes without requests, and one request; nothing when it does not.
fn memory(reader: &mut Reader<'_>, component: &Component, values: &Values) -> Option<()> {
    let each = component.memory_per_request;
    let stated = |size: Size| size.bytes() > 0;
    let span = |key: &str| values.span(key).unwrap_or_default();
    let problem = match component.idle_memory {
        None if !stated(each) => return Some(()),
        None => Problem::at(span("memory_per_request"), "`memory_per_request` without `idle_memory`")
            .allowing("`idle_memory` beside `memory_per_request`: the memory of a replica without requests"),
        Some(_) if !stated(each) => {
            Problem::at(span("idle_memory"), "`idle_memory` without `memory_per_request`")
                .allowing("`memory_per_request` above 0 beside `idle_memory`, such as \"20 MB\"")
        }
        Some(idle) if idle.bytes().saturating_add(each.bytes()) > component.memory.bytes() => {
            let message = format!(
                "component `{}`: {} of memory hold no request of {each} beside {idle} without requests",
                component.name, component.memory
            );
            Problem::at(span("memory_per_request"), message)
                .allowing("`idle_memory` and one `memory_per_request` within `memory`")
        }
        Some(_) => return Some(()),
    };
    reader.problems.push(problem);
    None
}

/// A target for the memory in use says nothing where no component says what a request takes.
pub(super) fn memory_target(
    reader: &mut Reader<'_>,
    settings: &Values,
    components: &[&Component],
) -> Option<()> {
    let Some(span) = settings.span("target_memory") else { return Some(()) };
    if components.iter().any(|component| component.memory_per_request.bytes() > 0) {
        return Some(());
    }
    let problem = Problem::at(span, "`target_memory`, but no component says what memory a request takes");
    reader.problems.push(
        problem.allowing("`target_memory` beside `memory_per_request` and `idle_memory` of a [[component]]"),
    );
    None
}

/// One line on what a component did not state and what was taken instead.
pub(super) fn assumed(name: &str, values: &Values) -> Option<String> {
    let taken: Vec<String> = values
        .defaulted()
        .filter(|key| {
            !matches!(
                *key,
                "disk"
                    | "disk_read_size"
                    | "disk_write_size"
                    | "state"
                    | "traffic_share"
                    | "image_size"
                    | "internal"
                    | "memory_per_request"
            )
        })
        .filter_map(|key| {
            let field = Component::FIELDS.iter().find(|field| field.key == key)?;
            match field.presence {
                Presence::Default(text) => Some(format!("{key} = {text}")),
                _ => None,
            }
        })
        .collect();
    (!taken.is_empty()).then(|| format!("{name} does not state, so taken: {}", taken.join(", ")))
}
