//! What may be typed behind `weigh snapshot`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::BookArgs;

/// The help of `weigh snapshot`.
#[derive(Debug, ClapArgs)]
pub(crate) struct SnapshotArgs {
    /// Scenario files, and folders of them; in a folder decision matrices and names that begin with `_` are left out.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// File to write, whole or not at all; left out, standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Day whose prices are used, in place of the scenarios' own: 2026-10-07.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<weigh_core::time::Date>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
}
