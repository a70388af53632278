//! One finding of a check: a drift, a scenario that came or went, or what became of a policy.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::check::{Drift, Weight};
use crate::difference::shown_change;
use crate::json_schema::DecimalText;
use crate::money::change;
use crate::policy::{PolicyResult, PolicyVerdict, Unmatched};
use crate::report::decimal;
use crate::scenario::Severity;

use super::cause::{CheckedChargeReport, DriftCauseReport};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// The check fails.
    Fail,
    /// It is told, and the check goes on.
    Warn,
    /// It is told alone: a tolerance lets it pass, or it is about what was not read.
    Note,
}

impl FindingSeverity {
    /// The word that data has for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FindingSeverity::Fail => "fail",
            FindingSeverity::Warn => "warn",
            FindingSeverity::Note => "note",
        }
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingVerdict {
    /// It holds, or is let pass.
    Passed,
    /// It does not.
    Failed,
    /// It can't be judged, which counts as if it did not.
    Unknown,
}

impl FindingVerdict {
    /// The word that data has for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FindingVerdict::Passed => "passed",
            FindingVerdict::Failed => "failed",
            FindingVerdict::Unknown => "unknown",
        }
    }
}

/// One result of a check. Amounts are decimal strings in US dollars a month; what does not apply is null.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct FindingReport {
    /// The rule: `drift/price`, `scenario/added`, `policy/monthly_cost_max`.
    pub rule: String,
    /// How bad it is when it does not pass.
    pub severity: FindingSeverity,
    /// What came of it.
    pub verdict: FindingVerdict,
    /// The policy's name, or which tolerance is meant; null for drifts.
    pub policy: Option<String>,
    /// The file to look into: the scenario's, or that of the policy.
    pub file: String,
    /// The line in it, from 1; null where the whole file is meant.
    pub line: Option<usize>,
    /// The column in the line, from 1.
    pub column: Option<usize>,
    /// The scenario's file; `weigh.toml` for what is about none.
    pub scenario: String,
    /// The scenario's name; `Project` for what is about none.
    pub name: String,
    /// The option.
    pub option: Option<String>,
    /// The charge.
    pub charge: Option<CheckedChargeReport>,
    /// The figure of an option that is meant: `latency_p95_ms`.
    pub figure: Option<String>,
    /// What a policy allows.
    pub limit: Option<String>,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
    /// What both are in: a unit, `USD` or `ms`.
    pub unit: Option<String>,
    /// What it adds to the monthly cost of its option, in US dollars.
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<String>,
    /// The difference to the cent, as readers see it: of a total what `before` and `after` differ by as they are shown.
    #[schemars(with = "Option<DecimalText>")]
    pub difference_shown: Option<String>,
    /// Why, in parts that add up to the difference.
    pub causes: Vec<DriftCauseReport>,
    /// What of the causes of the kind quantity is owed to rates that moved too: a memo, and no further part of the sum; null
    /// where nothing is.
    #[schemars(with = "Option<DecimalText>")]
    pub interaction: Option<String>,
    /// The finding in a sentence.
    pub message: String,
    /// What to do about it; null where nothing need be done.
    pub remedy: Option<String>,
}

impl FindingReport {
    /// A drift, or a scenario that came or went, of the whole scenario.
    ///
    /// ```
    /// use weigh_core::report::{FindingReport, FindingSeverity};
    /// let drift = FindingReport::drift("drift/size", FindingSeverity::Fail, "shop.toml", "Shop", "another size");
    /// assert_eq!(drift.place(), "shop.toml");
    /// assert_eq!(drift.subject(), "shop.toml");
    /// ```
    #[must_use]
    pub fn drift(
        rule: &str,
        severity: FindingSeverity,
        scenario: &str,
        name: &str,
        message: &str,
    ) -> FindingReport {
        let passed = severity == FindingSeverity::Note;
        FindingReport {
            rule: rule.to_owned(),
            severity,
            verdict: if passed { FindingVerdict::Passed } else { FindingVerdict::Failed },
            policy: None,
            file: scenario.to_owned(),
            line: None,
            column: None,
            scenario: scenario.to_owned(),
            name: name.to_owned(),
            option: None,
            charge: None,
            figure: None,
            limit: None,
            before: None,
            after: None,
            unit: None,
            difference: None,
            difference_shown: None,
            causes: Vec::new(),
            interaction: None,
            message: message.to_owned(),
            remedy: None,
        }
    }

    /// Whether it is told as an error or a warning: it did not pass.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.verdict != FindingVerdict::Passed
    }

    /// Where it is: `weigh.toml:12:1`, or the file alone.
    #[must_use]
    pub fn place(&self) -> String {
        let numbers = [self.line, self.column].into_iter().map_while(|number| number);
        numbers.fold(self.file.clone(), |place, number| format!("{place}:{number}"))
    }

    /// What it is about, from the scenario down to the charge: `shop.toml, fargate, fargate/vcpu-hours (api)`.
    #[must_use]
    pub fn subject(&self) -> String {
        let charge = self.charge.as_ref().map(CheckedChargeReport::told);
        let parts = [Some(self.scenario.clone()), self.option.clone(), charge, self.figure.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    }

    /// What stays the same from run to run while the finding stays: SHA-256 of what it is about, not of its figures.
    ///
    /// ```
    /// use weigh_core::report::{FindingReport, FindingSeverity};
    /// let drift = |message| FindingReport::drift("drift/size", FindingSeverity::Fail, "shop.toml", "Shop", message);
    /// assert_eq!(drift("512 MB").fingerprint(), drift("1 GB").fingerprint());
    /// assert_eq!(drift("512 MB").fingerprint().len(), 64);
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let parts = [self.rule.clone(), self.policy.clone().unwrap_or_default(), self.subject()];
        let hash = Sha256::digest(parts.join("\n"));
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The causes in words: `prices (price +$1.20)`, `traffic`.
    #[must_use]
    pub fn causes_told(&self) -> String {
        self.each_cause().join(", ")
    }

    /// Each cause in words, and the interaction behind them.
    pub(super) fn each_cause(&self) -> Vec<String> {
        let memo = self.interaction.as_deref().map(|amount| {
            let amount = decimal(amount);
            let shown = change(amount, shown_change(Decimal::ZERO, amount));
            format!("of which interaction, in quantity: {shown}")
        });
        self.causes.iter().map(DriftCauseReport::told).chain(memo).collect()
    }

    /// The finding in a sentence, with its causes.
    ///
    /// ```
    /// use weigh_core::report::{DriftCauseReport, FindingReport, FindingSeverity};
    /// let mut drift = FindingReport::drift("drift/size", FindingSeverity::Fail, "shop.toml", "Shop", "another size");
    /// assert_eq!(drift.told(), "another size");
    /// drift.causes.push(DriftCauseReport { kind: None, driver: "traffic".into(), amount: None, shown: None });
    /// assert_eq!(drift.told(), "another size; cause: traffic");
    /// ```
    #[must_use]
    pub fn told(&self) -> String {
        let word = match self.causes.len() {
            0 => return self.message.clone(),
            1 => "cause",
            _ => "causes",
        };
        format!("{}; {word}: {}", self.message, self.causes_told())
    }

    /// The finding of a drift in a scenario of this file and name.
    #[must_use]
    pub fn of_drift(drift: &Drift, scenario: &str, name: &str) -> FindingReport {
        let severity = match drift.weight {
            Weight::Fails => FindingSeverity::Fail,
            Weight::Warns => FindingSeverity::Warn,
            Weight::LetPass => FindingSeverity::Note,
        };
        FindingReport {
            option: drift.option.clone(),
            charge: drift.charge.as_ref().map(CheckedChargeReport::from),
            figure: drift.figure.map(str::to_owned),
            before: drift.before.clone(),
            after: drift.after.clone(),
            unit: Some(drift.unit.clone()).filter(|unit| !unit.is_empty()),
            difference: drift.difference.map(|amount| amount.to_string()),
            difference_shown: drift.shown.map(|shown| format!("{shown:.2}")),
            causes: drift.causes.iter().map(DriftCauseReport::from).collect(),
            interaction: Some(drift.interaction)
                .filter(|amount| !amount.is_zero())
                .map(|amount| amount.normalize().to_string()),
            ..FindingReport::drift(drift.rule, severity, scenario, name, &drift.message)
        }
    }

    /// The finding of a rule of a policy; the scenario's name is not known to it.
    #[must_use]
    pub fn of_policy(result: &PolicyResult) -> FindingReport {
        let severity = match result.severity {
            Severity::Fail => FindingSeverity::Fail,
            Severity::Warn => FindingSeverity::Warn,
        };
        let rule = format!("policy/{}", result.rule);
        let place = &result.place;
        let known = |number: usize| (number > 0).then_some(number);
        FindingReport {
            verdict: match result.verdict {
                PolicyVerdict::Passed => FindingVerdict::Passed,
                PolicyVerdict::Failed => FindingVerdict::Failed,
                PolicyVerdict::Unknown => FindingVerdict::Unknown,
            },
            policy: Some(result.policy.clone()),
            file: place.file.clone(),
            line: known(place.line),
            column: known(place.column),
            option: result.option.clone(),
            limit: result.limit.clone(),
            after: result.value.clone(),
            unit: Some(result.unit.to_owned()),
            remedy: result.remedy.clone(),
            ..FindingReport::drift(&rule, severity, &result.scenario, "", &result.message)
        }
    }

    /// The finding of a policy or tolerance that is about no scenario: where the whole project was read it weighs what the
    /// policy does, and else it is a note.
    ///
    /// ```
    /// use weigh_core::policy::unmatched;
    /// use weigh_core::report::{FindingReport, FindingSeverity};
    /// use weigh_core::scenario::ProjectPolicies;
    /// let text = "[[policy]]\nscenario = \"shp.toml\"\nmonthly_cost_max = 0\n";
    /// let found = unmatched(&ProjectPolicies::read("weigh.toml", text).unwrap(), &["shop.toml"]);
    /// let finding = FindingReport::of_unmatched(&found[0], true);
    /// assert_eq!((finding.rule.as_str(), finding.severity), ("policy/unmatched", FindingSeverity::Fail));
    /// assert_eq!(finding.remedy.as_deref(), Some("`shop.toml` is nearest"));
    /// assert_eq!(FindingReport::of_unmatched(&found[0], false).severity, FindingSeverity::Note);
    /// ```
    #[must_use]
    pub fn of_unmatched(unmatched: &Unmatched, is_whole: bool) -> FindingReport {
        let severity = match (is_whole, unmatched.severity) {
            (false, _) => FindingSeverity::Note,
            (true, Severity::Fail) => FindingSeverity::Fail,
            (true, Severity::Warn) => FindingSeverity::Warn,
        };
        let pattern = &unmatched.pattern;
        let (rule, policy, what) = match &unmatched.policy {
            Some(name) => ("policy/unmatched", name.clone(), "nothing is judged"),
            None => ("tolerance/unmatched", format!("tolerance of {pattern}"), "nothing is let pass"),
        };
        let place = &unmatched.place;
        let message = format!("no scenario that was read is named as `{pattern}` says, so that {what}");
        let remedy = match (&unmatched.nearest, is_whole) {
            (Some(nearest), true) => Some(format!("`{nearest}` is nearest")),
            (None, true) => Some(format!("State in `scenario` at {place} a path that `weigh list` shows.")),
            (_, false) => None,
        };
        FindingReport {
            verdict: FindingVerdict::Unknown,
            policy: Some(policy),
            line: Some(place.line),
            column: Some(place.column),
            remedy,
            ..FindingReport::drift(rule, severity, &place.file, "Project", &message)
        }
    }
}
