//! What may be typed behind `weigh workbook`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::ScenariosArgs;

#[derive(Debug, ClapArgs)]
pub(crate) struct WorkbookArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Where to write: a file that ends in .xlsx, or a folder (`estimate/`), which gets the same sheets as CSV files with exact
    /// values in place of the formulas.
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) out: PathBuf,
    /// Name of an option to show, as `compare` prints it, of every scenario that has it; may be repeated; left out, all of them.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Vec<String>,
}
