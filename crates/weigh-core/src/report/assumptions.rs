//! What a comparison takes as given: only what applies to it, and what would move its answer.

use crate::catalog::Catalog;
use crate::compare::{Compared, Comparison, Verdict};
use crate::platforms::Platform;
use crate::scenario::Scenario;
use crate::time::Month;

/// The assumptions of a comparison, one a line: those of every comparison, those of the platforms that were priced,
/// and what the scenario left open.
pub(super) fn of(scenario: &Scenario, catalog: &Catalog, comparison: &Comparison) -> Vec<String> {
    let mut given = general(scenario);
    let priced = || comparison.options.iter().filter(|option| was_priced(option));
    for option in priced() {
        let own = Platform::find(option.platform).map(|platform| (platform.assumptions)(scenario, catalog));
        for line in own.unwrap_or_default() {
            if !given.contains(&line) {
                given.push(line);
            }
        }
    }
    if scenario.wishes.is_empty() {
        given.push("The weights are the program's defaults: the scenario states none.".to_owned());
    }
    let left_open = priced().filter(|option| !option.defaults.is_empty());
    given.extend(
        left_open.map(|option| format!("{}: not stated, so {}.", option.name, option.defaults.join(", "))),
    );
    given.extend(scenario.assumed.iter().map(|line| format!("{line}.")));
    given
}

fn was_priced(option: &Compared) -> bool {
    matches!(option.verdict, Verdict::Ranked(_) | Verdict::Rejected { nearest: Some(_), .. })
}

/// What every comparison takes as given.
fn general(scenario: &Scenario) -> Vec<String> {
    let month = match scenario.header.month {
        Month::Average => {
            "A month has 730 hours, AWS's own convention; prices are on demand, without commitments."
        }
        Month::Calendar { .. } => "Prices are on demand, without commitments.",
    };
    let allowances = match scenario.header.free_tier {
        true => {
            "The account's monthly free allowances are unused by others; free_tier = false leaves them out."
        }
        false => "The account's free allowances are used up by others.",
    };
    let traffic = "Requests arrive at random (Poisson) at a steady rate and take exponential times, so P95 is three times the mean where nothing waits; a vCPU is equally fast on every platform.";
    let left_out = "Databases, caches, registries, calls to AWS services and traffic between zones are not priced; logs are kept for a month, uncompressed, without CloudWatch's free 5 GB.";
    let several =
        "Latency is that of the slowest component, not the sum over components that call each other.";
    let mut given = vec![month, allowances, traffic, left_out];
    if scenario.components.len() > 1 {
        given.push(several);
    }
    given.into_iter().map(str::to_owned).collect()
}
