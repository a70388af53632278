//! The rule about the choice: which option must be recommended.

use super::judged::{Judged, Unit};
use super::money::no_limit;
use super::{PolicySubject, PolicyVerdict};
use crate::compare::Comparison;
use crate::scenario::Datum;

/// The rule's key.
pub(super) const KEY: &str = "recommended";

/// `recommended`: the recommended option, or every platform that it stands on, is one of those named.
pub(super) fn recommended(stated: &Datum, _: &PolicySubject<'_>, comparison: &Comparison) -> Judged {
    let Datum::Words(wanted) = stated else { return no_limit(Unit::Names, stated) };
    let is_named = |name: &str| wanted.iter().any(|wanted| wanted == name);
    let leader = comparison.ranked().next();
    let passed = leader.is_some_and(|(option, ranked)| {
        let platforms = ranked.evaluation.platforms(option.platform);
        is_named(&option.name) || platforms.iter().all(|platform| is_named(platform))
    });
    let name = leader.map(|(option, _)| option.name.as_str());
    let told = name.unwrap_or("no option");
    let wanted = wanted.join(", ");
    let message = match passed {
        true => format!("{told} is recommended, as required"),
        false => format!("{told} is recommended, and not {wanted}"),
    };
    Judged {
        limit: Some(wanted),
        value: name.map(str::to_owned),
        unit: Unit::Names.word(),
        verdict: if passed { PolicyVerdict::Passed } else { PolicyVerdict::Failed },
        message,
        remedy: None,
    }
}
