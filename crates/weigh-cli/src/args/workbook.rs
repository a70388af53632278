//! What may be typed behind `weigh workbook`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::BookArgs;

#[derive(Debug, ClapArgs)]
pub(crate) struct WorkbookArgs {
    /// Scenario files, and folders of them; in a folder decision matrices and names that begin with `_` are left out.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// Where to write: a file that ends in .xlsx, or a folder (`estimate/`), which gets the same sheets as CSV files with exact
    /// values in place of the formulas.
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) out: PathBuf,
    /// Name of an option to show, as `compare` prints it, of every scenario that has it; may be repeated; left out, all of them.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Vec<String>,
    /// Day whose prices are used, in place of the scenarios' own: 2026-10-07.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<weigh_core::time::Date>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
}
