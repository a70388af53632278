//! What may be typed behind `weigh completions` and `weigh man`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap_complete::Shell;

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// Folder that gets a page for each command: weigh.1, weigh-compare.1, and so on.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print the help of all commands as one page of Markdown in place of the man page of `weigh`.
    #[arg(long, conflicts_with = "out")]
    pub(crate) markdown: bool,
}
