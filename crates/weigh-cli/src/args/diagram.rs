//! What may be typed after `weigh diagram`.

use clap::{Args as ClapArgs, ValueEnum};

use super::OneScenarioArgs;

#[derive(Debug, ClapArgs)]
pub(crate) struct DiagramArgs {
    #[command(flatten)]
    pub(crate) scenario: OneScenarioArgs,
    /// Name of the option, as `compare` prints it; left out, the recommended one, or the nearest where none meets the needs.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Option<String>,
    /// Where the requests go: left to right, from the top down, or the other way round.
    #[arg(long, value_enum, ignore_case = true, default_value_t = Direction::Lr)]
    pub(crate) direction: Direction,
    /// How to print the diagram.
    #[arg(long, value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub(crate) format: DiagramFormat,
}

/// Where the requests go, as Mermaid writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    /// From the left to the right.
    Lr,
    /// From the top down.
    Tb,
    /// From the right to the left.
    Rl,
    /// From the bottom up.
    Bt,
}

/// How to print a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagramFormat {
    /// A Mermaid flowchart, as a file .mmd holds it.
    Mermaid,
    /// The same in a fenced block of Markdown.
    Markdown,
    /// Nodes, edges, groups and costs as JSON with a schema_version; amounts are decimal strings.
    Json,
}
