//! What may be typed behind `weigh rightsize`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use weigh_core::rightsize::Headroom;
use weigh_core::time::Date;

use super::{BookArgs, Format};

#[derive(Debug, ClapArgs)]
pub(crate) struct RightsizeArgs {
    /// CSV file with what each container was seen to use: name, cpu, memory, and where known image_size, replicas, peak_cpu,
    /// peak_memory, reserved_memory; or what `docker stats` shows, with its headings. `-` reads standard input.
    #[arg(value_name = "INVENTORY")]
    pub(crate) file: PathBuf,
    /// What is kept free above what was measured.
    #[arg(long, value_name = "SHARE", default_value = "30%")]
    pub(crate) headroom: Headroom,
    /// Region whose prices are used.
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    pub(crate) region: String,
    /// Instance type to say of what fits on it; may be repeated. Exit code 2 when one does not hold all containers.
    #[arg(long, value_name = "TYPE")]
    pub(crate) instance_type: Vec<String>,
    /// Day whose prices are used; without it, the newest day of the region.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Region to borrow a price from when the book has none; every borrowed price is marked.
    #[arg(long, value_name = "REGION")]
    pub(crate) assume_missing_from: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = RightsizeFormat::Text)]
    pub(crate) format: RightsizeFormat,
}

/// How to print right-sized containers: as a report, or as the components of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RightsizeFormat {
    /// Tables and text for a terminal.
    Text,
    /// JSON with a schema_version; amounts are decimal strings.
    Json,
    /// Markdown.
    Markdown,
    /// The packings as CSV.
    Csv,
    /// The containers as components of a scenario.
    Toml,
}

impl RightsizeFormat {
    /// The same among the formats of every report; nothing for a scenario.
    pub(crate) fn of_reports(self) -> Option<Format> {
        match self {
            RightsizeFormat::Text => Some(Format::Text),
            RightsizeFormat::Json => Some(Format::Json),
            RightsizeFormat::Markdown => Some(Format::Markdown),
            RightsizeFormat::Csv => Some(Format::Csv),
            RightsizeFormat::Toml => None,
        }
    }
}
