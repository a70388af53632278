//! What may be typed behind `weigh prices`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use weigh_core::time::Date;

use super::{BookArgs, Format};

#[derive(Debug, Subcommand)]
pub(crate) enum PricesCommand {
    /// List the prices of a region, or every price id with how many regions price it.
    List(PricesListArgs),
    /// Show one price: bands, sources, dates, history, and what other regions ask.
    Show(PricesShowArgs),
    /// List the regions, with how many prices each has and when they were confirmed.
    Regions(PricesRegionsArgs),
    /// Say what each region has of what the platforms need: offered, missing, how old.
    Coverage(PricesCoverageArgs),
    /// Compare the prices of two days, of two books, or of a book and a file.
    ///
    /// A and B are each a day of the price book (2026-10-07), a folder with another book, a file of such a book
    /// (aws/us-east-1/lambda.csv), or a CSV file of own prices, which is laid over the other side.
    Diff(PricesDiffArgs),
    /// Hold a price book against itself, and each region against what platforms need.
    Verify(PricesVerifyArgs),
    /// Work AWS's own price files into a price book.
    ///
    /// Offer files, savings plans, get-products, Spot Advisor and Spot price history; the format of a file is known by its content. The book is written whole or not at all.
    Import(PricesImportArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesCoverageArgs {
    /// Region that is told of, service by service; without it, all regions.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// Service that is told of, region by region.
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Option<String>,
    /// Day whose prices are looked for; without it, the newest day of each region.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesVerifyArgs {
    /// Folder with a price book; without it, the embedded one.
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PricesImportArgs {
    /// Price files of AWS, or files of a price book (aws/us-east-1/ec2.csv).
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Folder of the book: brought up to date where it is there, else made from the embedded book.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Start without a price, in place of the book that is there.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Day that files without a date were read on; without it, today.
    #[arg(long, value_name = "DATE")]
    pub(crate) read_on: Option<Date>,
    /// End with exit code 2 when a file says two different things of one price.
    #[arg(long)]
    pub(crate) fail_on_conflict: bool,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
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
