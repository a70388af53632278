//! What may be typed behind `weigh snapshot`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::ScenariosArgs;

/// The help of `weigh snapshot`.
#[derive(Debug, ClapArgs)]
pub(crate) struct SnapshotArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// File to write, whole or not at all; `-`, or left out, standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
