//! What may be typed behind `weigh focus`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{BookArgs, account};

#[derive(Debug, ClapArgs)]
pub(crate) struct FocusArgs {
    /// Scenario files, and folders of them; in a folder decision matrices and names that begin with `_` are left out.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// Name of an option to write, as `compare` prints it, of every scenario that has it; may be repeated; left out, the
    /// recommended option of each.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Vec<String>,
    /// Leave out scenarios without a bill to write, each named on standard error, in place of refusing them all.
    #[arg(long)]
    pub(crate) skip_unbilled: bool,
    /// Billing account that the rows name, in place of `estimate`.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) billing_account: Option<String>,
    /// File to write to, in place of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Day whose prices are used, in place of the scenarios' own: 2026-10-07.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<weigh_core::time::Date>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
}
