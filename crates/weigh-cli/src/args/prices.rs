//! What may be typed behind `weigh prices`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use weigh_core::time::Date;

use super::{BookArgs, Format};

#[derive(Debug, Subcommand)]
pub(crate) enum PricesCommand {
    /// List the prices of a region, or every price id with the number of regions that price it.
    List(PricesListArgs),
    /// Show one price: bands, sources, dates, marks, how it was derived, its history, and what other regions ask.
    Show(PricesShowArgs),
    /// List the regions with the number of their prices and the days on which they were confirmed.
    Regions(PricesRegionsArgs),
    /// Compare the prices of two days, of two books, or of a book and a file: added, removed, changed.
    ///
    /// A and B are each a day of the price book (2026-10-07), a folder with another book, a file of such a book
    /// (aws/us-east-1/lambda.csv), or a CSV file of own prices, which is laid over the other side.
    Diff(PricesDiffArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesListArgs {
    /// Region whose prices are listed; without it, the price ids of all regions.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// What the price ids begin with: a service such as `lambda`, or more of it such as `ec2/instance-hours`.
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Option<String>,
    /// Text that the price ids contain, in upper or lower case.
    #[arg(long = "match", value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Day whose prices are listed; without it, the newest day of the region or of the book.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// List the prices too that follow by a rule from others; there are many.
    #[arg(long)]
    pub(crate) derived: bool,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesShowArgs {
    /// Price id, as `weigh prices list` and `weigh explain` print it.
    #[arg(value_name = "PRICE-ID")]
    pub(crate) price_id: String,
    /// Region whose price is shown.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: String,
    /// Day whose price is shown; without it, the newest day of the region.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Region to borrow the price from when the book has none; a borrowed price is marked.
    #[arg(long, value_name = "REGION")]
    pub(crate) assume_missing_from: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesRegionsArgs {
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesDiffArgs {
    /// What was: a day, a folder with a price book, or a price file.
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// What is: a day, a folder with a price book, or a price file.
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// Region that is compared, and that of a price file whose folder does not say it; without it, all regions.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// What the price ids begin with: a service such as `lambda`, or more of it such as `ec2/instance-hours`.
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Option<String>,
    /// Day at which books and files are compared; without it, the newest day of each.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Compare the prices too that follow by a rule from others.
    #[arg(long)]
    pub(crate) derived: bool,
    /// End with exit code 2 when a price differs.
    #[arg(long)]
    pub(crate) fail_on_change: bool,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
