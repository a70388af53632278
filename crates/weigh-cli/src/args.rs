//! What may be typed.

mod audit;
mod check;
mod config;
mod decision;
mod diagram;
mod diff;
mod focus;
mod manual;
mod prices;
mod rank;
mod rightsize;
mod scenario;
mod schema;
mod snapshot;
mod workbook;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use weigh_core::report::GroupBy;
use weigh_core::settings::is_book_hash;

pub(crate) use audit::AuditArgs;
pub(crate) use check::{CheckArgs, CheckFormat};
pub(crate) use config::{ConfigArgs, GlobalArgs};
pub(crate) use decision::DecisionArgs;
pub(crate) use diagram::{DiagramArgs, DiagramFormat, Direction};
pub(crate) use diff::DiffArgs;
pub(crate) use focus::FocusArgs;
pub(crate) use manual::{CompletionsArgs, ManArgs};
pub(crate) use prices::{
    PricesCommand, PricesCoverageArgs, PricesDiffArgs, PricesImportArgs, PricesListArgs, PricesRegionsArgs,
    PricesShowArgs, PricesVerifyArgs,
};
pub(crate) use rank::RankArgs;
pub(crate) use rightsize::RightsizeArgs;
pub(crate) use scenario::{OneScenarioArgs, ReadingArgs, ScenarioArgs, ScenariosArgs};
pub(crate) use schema::SchemaArgs;
pub(crate) use snapshot::SnapshotArgs;
pub(crate) use workbook::WorkbookArgs;

/// Where on AWS should an application run, what does it cost each month, and why?
#[derive(Debug, Parser)]
#[command(name = "weigh", version)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare the options of a scenario: cost, latency, availability, score and rank.
    Compare(CompareArgs),
    /// Explain one option: every charge as factors × rate = cost, with its source.
    Explain(ExplainArgs),
    /// Draw an option as a Mermaid flowchart, with the monthly cost on each node.
    Diagram(DiagramArgs),
    /// Find what to commit to: reserved instances and Savings Plans, and what they risk.
    Commit(CommitArgs),
    /// Find what each option could save: Spot, commitments, a schedule, right-sizing.
    Savings(SavingsArgs),
    /// Follow one option through the month: requests, latency, replicas, limits.
    Simulate(SimulateArgs),
    /// Price several scenarios in one account: they share free quantities and tiers.
    Account(AccountArgs),
    /// Audit what documents state: each claim computed, and where it differs, why.
    Audit(AuditArgs),
    /// Check scenarios against their snapshot and policies: what drifted, and why.
    Check(CheckArgs),
    /// List scenarios side by side: who leads, what it costs, what the document says.
    List(ListArgs),
    /// Keep what scenarios come to in one file, to compare with later.
    Snapshot(SnapshotArgs),
    /// Write what scenarios cost as an XLSX workbook with live formulas, or as CSV.
    Workbook(WorkbookArgs),
    /// Write the bills of several scenarios as rows of FOCUS in one CSV file.
    Focus(FocusArgs),
    /// Compare two snapshots, files, folders, days or price books: what moved, and why.
    Diff(DiffArgs),
    /// Rank the alternatives of any decision matrix, from TOML or CSV.
    Rank(RankArgs),
    /// Turn measured containers into reservations, and say where they fit.
    Rightsize(RightsizeArgs),
    /// Look into the price book and keep it: list, show, regions, coverage, diff, verify, import.
    #[command(subcommand)]
    Prices(PricesCommand),
    /// Print the JSON Schema of scenario files, or of any JSON output.
    Schema(SchemaArgs),
    /// Tell what is set in weigh.toml, in the environment and by flags, and where.
    Config(ConfigArgs),
    /// Print the script with which a shell completes command lines.
    Completions(CompletionsArgs),
    /// Print the manual: man pages, or all of it as one page of Markdown.
    Man(ManArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    #[command(flatten)]
    pub(crate) decision: DecisionArgs,
    /// Compare at a thousandth to a hundredfold of the traffic too, and say where another option leads or is cheapest.
    #[arg(long)]
    pub(crate) break_even: bool,
    /// Show how firm the decision is: how far weights and values may go, other methods, rank reversal; JSON always has it.
    #[arg(long)]
    pub(crate) robustness: bool,
    /// Day from which policies count the age of prices; left out, today.
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<weigh_core::time::Date>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Name of the option, as `compare` prints it, in each of the scenarios; may be repeated with --focus.
    #[arg(long, value_name = "NAME", required = true)]
    pub(crate) option: Vec<String>,
    /// Group the charges, each group with its sum.
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(GroupBy::ALL.map(GroupBy::word)).try_map(|word| word.parse::<GroupBy>()))]
    pub(crate) by: Option<GroupBy>,
    /// Hold a month of the calendar against 730 hours: each charge in both, and why it differs; such as 2026-02.
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<weigh_core::compare::CalendarMonth>,
    /// Write the bill as rows of FOCUS 1.2, the open format of cost data, as CSV; docs/focus.md says what stands where.
    #[arg(long, conflicts_with_all = ["format", "by", "month"])]
    pub(crate) focus: bool,
    /// Billing account that the FOCUS rows name, in place of `estimate`.
    #[arg(long, value_name = "ID", requires = "focus", value_parser = account)]
    pub(crate) billing_account: Option<String>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    pub(crate) scenario: OneScenarioArgs,
    /// Name of the option, as `compare` prints it.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: String,
    /// Seed of what is drawn at random; left out, the one of `compare`, and so its figures.
    #[arg(long, value_name = "N", default_value_t = weigh_core::evaluate::SEED)]
    pub(crate) seed: u64,
    /// Count cold starts over requests simulated one by one, up to 100 million, also where a formula would do (Lambda).
    #[arg(long)]
    pub(crate) events: bool,
    /// Write the timeline, a row for each step, to a file that ends in .csv or .json.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CommitArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Name of the one option to look at, as `compare` prints it; left out, all of them.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Option<String>,
    /// The one term to look at: 1-year or 3-years; left out, both.
    #[arg(long, value_name = "TERM")]
    pub(crate) term: Option<weigh_core::commitment::Term>,
    /// Share of the traffic that may fall away, to see what is then lost.
    #[arg(long, value_name = "SHARE", default_value = "20 %")]
    pub(crate) falls: weigh_core::compare::Fall,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AccountArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SavingsArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Name of the one option to look at, as `compare` prints it; left out, all of them.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Option<String>,
    /// Hours of the day in which servers run under the strategy schedule, in the traffic's time zone, such as 08:00-20:00,
    /// which it is when left out. With hours or days stated, the schedule is combined with other strategies.
    #[arg(long, value_name = "HOURS")]
    pub(crate) hours: Option<weigh_core::savings::RunningHours>,
    /// Days that have these hours, such as mon-fri, which it is when left out.
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<weigh_core::traffic::Days>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// The heading of what says how scenarios are read, and at which prices.
const READING: &str = "Region and prices";

/// Which prices are used.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct BookArgs {
    /// Folder with a price book in place of the embedded one, or a CSV file of own prices to lay over the book
    /// (price_id,region,unit,price,from,note); may be repeated.
    #[arg(long, help_heading = READING, value_name = "DIR|FILE")]
    pub(crate) prices: Vec<PathBuf>,
    /// Refuse any price book but the one whose content hash begins so; reports print the hash.
    #[arg(long, help_heading = READING, value_name = "HASH", value_parser = hash_digits)]
    pub(crate) book: Option<String>,
}

/// The beginning of a book's hash.
fn hash_digits(text: &str) -> Result<String, String> {
    match is_book_hash(text) {
        true => Ok(text.to_owned()),
        false => {
            Err("a book is named by 8 to 64 hexadecimal digits of its hash, as reports print it".to_owned())
        }
    }
}

/// The id of an account: printable characters, without spaces around them.
fn account(text: &str) -> Result<String, String> {
    let printable = !text.chars().any(char::is_control);
    match printable && !text.is_empty() && text.trim() == text {
        true => Ok(text.to_owned()),
        false => Err("an account is named by printable characters, such as 123456789012".to_owned()),
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to print a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables and text for a terminal.
    Text,
    /// JSON with a schema_version; amounts are decimal strings.
    Json,
    /// Markdown.
    Markdown,
    /// The main table as CSV.
    Csv,
}
