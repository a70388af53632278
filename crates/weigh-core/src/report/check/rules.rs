//! The rules that a check judges by, each with what it asks for and what to do when it does not hold.

/// A rule of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckRule {
    /// Its id: `drift/price`. Every policy's rule is `policy/` and its key.
    pub id: &'static str,
    /// Its name in one word, as SARIF has them: `DriftPrice`.
    pub name: &'static str,
    /// What is found, in a sentence.
    pub title: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

/// What accepts a change that is meant.
const ACCEPT: &str = "Where the change is meant, write the snapshot anew with `weigh snapshot --out FILE` and commit it; else find \
                      what the causes name and take it back.";

/// What to do about a policy.
const POLICY: &str =
    "Change the scenario so that it holds, or state another limit at the place that the finding names.";

/// What to do about a pattern that no scenario is named by.
const SCOPE: &str = "State in `scenario` the path of a scenario file, from the folder of weigh.toml on, or a pattern with `*` for several; \
                     take it out where it is not needed any more.";

/// Every rule that a drift can break, then the family of policies.
pub const CHECK_RULES: &[CheckRule] = &[
    CheckRule {
        id: "drift/total",
        name: "DriftTotal",
        title: "The monthly cost of an option differs from the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/price",
        name: "DriftPrice",
        title: "A charge has another rate than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/quantity",
        name: "DriftQuantity",
        title: "A charge has another quantity than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/structure",
        name: "DriftStructure",
        title: "A charge came, went, or is in another tier than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/commitment",
        name: "DriftCommitment",
        title: "A commitment covers something else than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/option",
        name: "DriftOption",
        title: "An option came or went, or is on another platform than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/status",
        name: "DriftStatus",
        title: "An option is ranked, rejected or without a price for another reason than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/size",
        name: "DriftSize",
        title: "An option is deployed in another size than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/served",
        name: "DriftServed",
        title: "An option serves otherwise than in the snapshot: latency, utilisation, cold starts or availability.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/score",
        name: "DriftScore",
        title: "An option has another score than in the snapshot, and nothing else of its scenario differs.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/decision",
        name: "DriftDecision",
        title: "Another option is recommended, the order is another, or it is weighed otherwise than in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "drift/scenario",
        name: "DriftScenario",
        title: "The scenario itself differs from the snapshot, and none of its figures.",
        help: ACCEPT,
    },
    CheckRule {
        id: "scenario/added",
        name: "ScenarioAdded",
        title: "A scenario is not in the snapshot.",
        help: ACCEPT,
    },
    CheckRule {
        id: "scenario/removed",
        name: "ScenarioRemoved",
        title: "A scenario of the snapshot is gone, or not among those that were read.",
        help: ACCEPT,
    },
    CheckRule {
        id: "policy/unmatched",
        name: "PolicyUnmatched",
        title: "A policy of weigh.toml is about no scenario that was read, so that it judges nothing.",
        help: SCOPE,
    },
    CheckRule {
        id: "tolerance/unmatched",
        name: "ToleranceUnmatched",
        title: "A tolerance of weigh.toml is about no scenario that was read, so that it lets nothing pass.",
        help: SCOPE,
    },
    CheckRule {
        id: "policy/",
        name: "Policy",
        title: "A policy of the scenario or of weigh.toml does not hold.",
        help: POLICY,
    },
];

/// The rule of an id; that of all policies for `policy/` and anything behind it.
///
/// ```
/// use weigh_core::report::check_rule;
/// assert_eq!(check_rule("drift/price").unwrap().name, "DriftPrice");
/// assert_eq!(check_rule("policy/monthly_cost_max").unwrap().name, "Policy");
/// assert!(check_rule("drift/moon").is_none());
/// ```
#[must_use]
pub fn check_rule(id: &str) -> Option<&'static CheckRule> {
    let family = |rule: &&CheckRule| rule.id.ends_with('/') && id.starts_with(rule.id);
    CHECK_RULES.iter().find(|rule| rule.id == id || family(rule))
}
