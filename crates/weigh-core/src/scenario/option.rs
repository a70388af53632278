//! Tables `[[option]]`: a platform with its settings, held against the needs.

use toml::de::DeTable;

use super::field::{Field, Section, Values};
use super::kind::Datum;
use super::reader::{Place, Reader};
use super::sections::{Component, Needs, OptionHeader};
use super::{Contradiction, OptionRequest, component};
use crate::problem::Problem;

/// Reads a table `[[option]]`; nothing when something in it is wrong, or when a need rules it out.
pub(super) fn read(
    reader: &mut Reader<'_>,
    place: &Place<'_>,
    needs: Option<&(Needs, Values)>,
    components: Option<&[&Component]>,
) -> Option<OptionRequest> {
    let platform = place.text("platform").and_then(|id| reader.platform(id));
    let Some(platform) = platform else {
        // Without a platform its settings can't be checked: only the platform is told.
        let only: DeTable<'_> = place
            .table
            .iter()
            .filter(|(key, _)| matches!(key.get_ref().as_ref(), "platform" | "name"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        reader.values(&Place { table: &only, ..place.clone() }, &[OptionHeader::FIELDS]);
        return None;
    };
    let title = format!("a {} option", platform.id);
    let settings = {
        let lists: Vec<&'static [Field]> =
            [OptionHeader::FIELDS].into_iter().chain(platform.settings.iter().copied()).collect();
        reader.values(&Place { title, ..place.clone() }, &lists)?
    };
    if let Some(components) = components {
        component::memory_target(reader, &settings, components)?;
    }
    if let Some((needs, placed)) = needs {
        let found = (platform.contradictions)(&settings, needs);
        for Contradiction { setting, need, message } in &found {
            let span = settings.span(setting).unwrap_or(place.span.clone());
            let allowed = match placed.get(need) {
                Some(Datum::Count(least)) => format!("`{setting}` of {least} or more"),
                _ => format!("`{setting}` left out, or another `{need}`"),
            };
            let mut problem = Problem::at(span, message).allowing(allowed);
            if let Some(stated) = placed.span(need) {
                problem = problem.beside(stated, "the need");
            } else if let Some(stated) = settings.span(need) {
                problem = problem.beside(stated, "the other setting");
            }
            reader.problems.push(problem);
        }
        if !found.is_empty() {
            return None;
        }
    }
    let name = settings.value::<Option<String>>("name").flatten().unwrap_or_else(|| platform.id.to_owned());
    Some(OptionRequest { name, platform: platform.id.to_owned(), settings, parts: Vec::new() })
}

/// The names of the options as they are written; those of all platforms where the file has none.
pub(super) fn names(reader: &Reader<'_>, places: &[Place<'_>]) -> Vec<String> {
    if places.is_empty() {
        return reader.vocabulary.platforms.iter().map(|platform| platform.id.to_owned()).collect();
    }
    let each = places.iter().filter_map(|place| {
        let named = place.text("name").map(str::to_owned);
        named.or_else(|| Some(reader.platform(place.text("platform")?)?.id.to_owned()))
    });
    each.collect()
}
