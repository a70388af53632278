//! What a comparison takes as given: only what applies to it, and what would move its answer.

use crate::catalog::{Catalog, Limit};
use crate::compare::{Comparison, Verdict};
use crate::scenario::Scenario;
use crate::time::Month;

/// The assumptions of a comparison, one a line.
pub(super) fn of(scenario: &Scenario, catalog: &Catalog, comparison: &Comparison) -> Vec<String> {
    let mut given = Vec::new();
    let priced = |platform: &str| {
        comparison.options.iter().any(|option| {
            option.platform == platform
                && matches!(option.verdict, Verdict::Ranked(_) | Verdict::Rejected { nearest: Some(_), .. })
        })
    };
    given.push(match scenario.header.month {
        Month::Average => {
            "A month has 730 hours, AWS's own convention; prices are on demand, without commitments."
                .to_owned()
        }
        Month::Calendar { .. } => "Prices are on demand, without commitments.".to_owned(),
    });
    given.push(match scenario.header.free_tier {
        true => {
            "The account's monthly free allowances are unused by others; free_tier = false leaves them out."
                .to_owned()
        }
        false => "The account's free allowances are used up by others.".to_owned(),
    });
    given.push(
        "Requests arrive at random (Poisson) at a steady rate and take exponential times, so P95 is three times the mean where nothing waits; a vCPU is equally fast on every platform."
            .to_owned(),
    );
    given.push(
        "Databases, caches, registries and calls to AWS services are alike for every option and not priced."
            .to_owned(),
    );
    if priced("fargate") || priced("ecs-ec2") {
        given.push(
            "Every request opens a connection to the load balancer; clients that keep theirs open cost less."
                .to_owned(),
        );
    }
    if priced("lambda") {
        given.push(format!(
            "Lambda keeps an idle environment for {} s (measured in 2021, undocumented) and reuses the one used last.",
            catalog.limits.whole(Limit::LambdaKeepAliveSeconds)
        ));
    }
    if priced("lightsail") {
        given.push(
            "Lightsail keeps container logs itself, for a few days; the others pay CloudWatch for theirs."
                .to_owned(),
        );
        given.push(
            "AWS promises no service level for Lightsail containers: the one for single instances is taken."
                .to_owned(),
        );
    }
    if priced("ec2-compose") {
        given.push(
            "No document gives operating hours for EC2 with Docker Compose: those of ECS on EC2 are taken."
                .to_owned(),
        );
    }
    if scenario.wishes.is_empty() {
        given.push("The weights are the program's defaults: the scenario states none.".to_owned());
    }
    given.extend(scenario.assumed.iter().map(|line| format!("{line}.")));
    given
}
