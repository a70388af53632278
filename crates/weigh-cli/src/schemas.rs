//! The JSON outputs of all commands, one row each: its name, what writes it, and the shape that its schema follows from.

use serde_json::Value;
use weigh_core::json_schema::json_schema_of;
use weigh_core::report::{
    AccountReport, AnyReport, AuditReport, CheckReport, CommitmentsReport, ComparisonReport, CoverageReport,
    DiagramReport, DifferenceReport, ExplanationReport, ImportReport, ListingReport, MonthComparisonReport,
    PriceIdsReport, PriceListReport, PriceReport, RankingReport, RegionsReport, RightsizingReport,
    SavingsReport, ScenariosDifferenceReport, SettingsReport, SeveralReports, SimulationReport,
    TimelineReport, VerificationReport,
};
use weigh_core::snapshot::SnapshotFile;

use crate::render::CheckLine;

/// The name of the schema of a scenario file, which is read and not written.
pub(crate) const SCENARIO: &str = "scenario";

/// A JSON output.
pub(crate) struct Output {
    /// Its name, which is the `kind` that it begins with.
    pub(crate) name: &'static str,
    /// The words of the command that writes it.
    pub(crate) command: &'static str,
    /// What stands behind them.
    pub(crate) arguments: &'static str,
    /// The schema of its shape, under a title.
    shape: fn(&str) -> Value,
}

impl Output {
    /// Its JSON Schema.
    pub(crate) fn schema(&self) -> Value {
        (self.shape)(&format!("weigh {}", self.name))
    }
}

/// A row of the table.
const fn row(
    name: &'static str,
    command: &'static str,
    arguments: &'static str,
    shape: fn(&str) -> Value,
) -> Output {
    Output { name, command, arguments, shape }
}

/// The JSON outputs, by their names. A command with `--format json` has a row here, which a test holds it to.
pub(crate) const OUTPUTS: &[Output] = &[
    row("account", "account", "FILE... --format json", json_schema_of::<AccountReport>),
    row("audit", "audit", "FILE|DIR... --format json", json_schema_of::<AuditReport>),
    row("check", "check", "FILE|DIR... --format json", json_schema_of::<CheckReport>),
    row("check-line", "check", "FILE|DIR... --format jsonl", json_schema_of::<CheckLine<'static>>),
    row("commitments", "commit", "FILE --format json", json_schema_of::<CommitmentsReport>),
    row("comparison", "compare", "FILE --format json", json_schema_of::<ComparisonReport>),
    row("coverage", "prices coverage", "--format json", json_schema_of::<CoverageReport>),
    row("diagram", "diagram", "FILE --format json", json_schema_of::<DiagramReport>),
    row("difference", "diff", "A B --format json", json_schema_of::<ScenariosDifferenceReport>),
    row("explanation", "explain", "FILE --option NAME --format json", json_schema_of::<ExplanationReport>),
    row("import", "prices import", "FILE... --out DIR --format json", json_schema_of::<ImportReport>),
    row("listing", "list", "FILE|DIR... --format json", json_schema_of::<ListingReport>),
    row(
        "month-comparison",
        "explain",
        "FILE --option NAME --month MONTH --format json",
        json_schema_of::<MonthComparisonReport>,
    ),
    row("price", "prices show", "PRICE_ID --region R --format json", json_schema_of::<PriceReport>),
    row("price-difference", "prices diff", "A B --format json", json_schema_of::<DifferenceReport>),
    row("price-ids", "prices list", "--format json", json_schema_of::<PriceIdsReport>),
    row("price-list", "prices list", "--region R --format json", json_schema_of::<PriceListReport>),
    row("price-regions", "prices regions", "--format json", json_schema_of::<RegionsReport>),
    row("ranking", "rank", "FILE --format json", json_schema_of::<RankingReport>),
    row("rightsizing", "rightsize", "FILE --region R --format json", json_schema_of::<RightsizingReport>),
    row("savings", "savings", "FILE --format json", json_schema_of::<SavingsReport>),
    row("settings", "config", "--format json", json_schema_of::<SettingsReport>),
    row("several", "compare", "FILE FILE... --format json", json_schema_of::<SeveralReports<AnyReport>>),
    row("simulation", "simulate", "FILE --option NAME --format json", json_schema_of::<SimulationReport>),
    row("snapshot", "snapshot", "FILE|DIR...", json_schema_of::<SnapshotFile>),
    row("timeline", "simulate", "FILE --option NAME --out FILE.json", json_schema_of::<TimelineReport>),
    row("verification", "prices verify", "--format json", json_schema_of::<VerificationReport>),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Arg, Command, CommandFactory};
    use weigh_core::report::SCHEMA_VERSION;

    use super::*;
    use crate::args::Args;

    /// The words of each command without commands of its own, with the command.
    fn leaves<'a>(command: &'a Command, words: &str, found: &mut Vec<(String, &'a Command)>) {
        for each in command.get_subcommands() {
            let words = format!("{words} {}", each.get_name()).trim_start().to_owned();
            match each.has_subcommands() {
                true => leaves(each, &words, found),
                false => found.push((words, each)),
            }
        }
    }

    /// Commands whose only output is JSON.
    const NOTHING_BUT_JSON: [&str; 1] = ["snapshot"];

    fn has_json(words: &str, command: &Command) -> bool {
        let format = command.get_arguments().find(|argument| argument.get_id() == "format");
        let json = |format: &Arg| format.get_possible_values().iter().any(|value| value.get_name() == "json");
        NOTHING_BUT_JSON.contains(&words) || format.is_some_and(json)
    }

    #[test]
    fn every_command_with_json_has_a_schema_and_every_schema_a_command() {
        let args = Args::command();
        let mut commands = Vec::new();
        leaves(&args, "", &mut commands);
        let with_json: BTreeSet<&str> = commands
            .iter()
            .filter(|(words, command)| has_json(words, command))
            .map(|(words, _)| words.as_str())
            .collect();
        let in_the_table: BTreeSet<&str> = OUTPUTS.iter().map(|output| output.command).collect();
        assert_eq!(with_json, in_the_table);
    }

    /// Outputs of several kinds, told apart in their schemas: each line is an object of its own.
    const LINES: [&str; 1] = ["check-line"];

    #[test]
    fn the_table_is_in_order_and_each_kind_is_constant() {
        assert!(OUTPUTS.windows(2).all(|two| two[0].name < two[1].name), "by name, each once");
        for output in OUTPUTS.iter().filter(|output| !LINES.contains(&output.name)) {
            let schema = output.schema();
            let (kind, version) = (&schema["properties"]["kind"], &schema["properties"]["schema_version"]);
            assert_eq!(kind["const"], output.name);
            assert!(version["const"] == SCHEMA_VERSION, "{}: {version}", output.name);
            let required = schema["required"].as_array().expect("required fields");
            assert_eq!(required[..2], ["schema_version", "kind"], "{}", output.name);
        }
    }
}
