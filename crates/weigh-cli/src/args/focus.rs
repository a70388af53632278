//! What may be typed behind `weigh focus`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{ScenariosArgs, account};

#[derive(Debug, ClapArgs)]
pub(crate) struct FocusArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Name of an option to write, as `compare` prints it, of every scenario that has it; may be repeated; left out, the
    /// recommended option of each.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Vec<String>,
    /// Leave out the scenarios and options without a bill to write, each named on standard error, in place of refusing them all.
    #[arg(long)]
    pub(crate) skip_unbilled: bool,
    /// Billing account that the rows name, in place of `estimate`.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) billing_account: Option<String>,
    /// File to write to; left out, or `-`, standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
