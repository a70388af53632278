//! What may be set once for many runs: in `weigh.toml`, in the environment, or by a flag.
//!
//! One table says it all: the reader, the command line, `weigh config` and the documentation follow from [`SETTINGS`].

mod read;

use std::ops::Range;

pub use read::{ELSEWHERE, is_book_hash, read_settings};

/// Something that may be set once for many runs; a flag of a command is stronger, then comes the environment, then the file.
///
/// ```
/// use weigh_core::settings::Setting;
/// let format = Setting::find("format").unwrap();
/// assert_eq!((format.flag, format.variable().as_str()), ("--format", "WEIGH_FORMAT"));
/// assert!(Setting::find("formats").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in `weigh.toml`.
    pub key: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// The flag whose default it is, or the name of what is typed without one: every command that has it is concerned.
    pub flag: &'static str,
    /// Commands that are not concerned although they have the flag: there it means another thing.
    pub unlike: &'static [&'static str],
    /// What holds where it is set nowhere, in words; of a choice or a flag the value itself.
    pub default: &'static str,
    /// What it means.
    pub doc: &'static str,
}

impl Setting {
    /// The setting of a key.
    #[must_use]
    pub fn find(key: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// The variable of the environment that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.key.to_uppercase())
    }
}

/// How the variables of the environment begin that set something.
pub const PREFIX: &str = "WEIGH_";

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Paths of files and folders, in their order.
    Paths,
    /// The path of one file.
    Path,
    /// The name of a region; the price book says which there are.
    Region,
    /// A day.
    Day,
    /// How the hash of a price book begins.
    BookHash,
    /// One of these words, the first where nothing is set.
    OneOf(&'static [&'static str]),
    /// True or false, false where nothing is set.
    Flag,
}

/// A setting as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// What is set.
    pub setting: &'static Setting,
    /// To what: one value, or as many as there are paths.
    pub values: Vec<String>,
    /// The bytes of the file where the value stands.
    pub span: Range<usize>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Where the value of a setting is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is set nowhere.
    Default,
    /// A line of `weigh.toml`, from 1.
    File {
        /// The line.
        line: usize,
    },
    /// A variable of the environment.
    Environment,
    /// The command line.
    Flag,
}

/// Everything that can be set, in the order in which it is told.
pub const SETTINGS: [Setting; 12] = [
    Setting {
        key: "scenarios",
        holds: Holds::Paths,
        flag: "PATHS",
        unlike: &[],
        default: "none",
        doc: "Scenario files, and folders of them, that a command reads when it is given none.",
    },
    Setting {
        key: "prices",
        holds: Holds::Paths,
        flag: "--prices",
        unlike: &[],
        default: "the embedded price book",
        doc: "Folder with a price book in place of the embedded one, and CSV files of own prices to lay over the book.",
    },
    Setting {
        key: "book",
        holds: Holds::BookHash,
        flag: "--book",
        unlike: &[],
        default: "any",
        doc: "Refuse any price book but the one whose content hash begins so.",
    },
    Setting {
        key: "region",
        holds: Holds::Region,
        flag: "--region",
        // There it narrows what is told, and all regions are an answer too.
        unlike: &["prices list", "prices coverage", "prices diff"],
        default: "the scenario's",
        doc: "Region, in place of the scenario's.",
    },
    Setting {
        key: "as_of",
        holds: Holds::Day,
        flag: "--as-of",
        // Its sides may be days already.
        unlike: &["prices diff"],
        default: "the scenario's, else the newest of its region",
        doc: "Day whose prices are used, in place of the scenario's.",
    },
    Setting {
        key: "assume_missing_from",
        holds: Holds::Region,
        flag: "--assume-missing-from",
        unlike: &[],
        default: "the scenario's, else none",
        doc: "Region to borrow a price from when the book has none; every borrowed price is marked.",
    },
    Setting {
        key: "today",
        holds: Holds::Day,
        flag: "--today",
        unlike: &[],
        default: "the day of the system's clock",
        doc: "Day from which policies count the age of prices.",
    },
    Setting {
        key: "snapshot",
        holds: Holds::Path,
        flag: "--against",
        unlike: &[],
        default: "weigh.snapshot.json, in the working folder or above it",
        doc: "File of results that new ones are held against.",
    },
    Setting {
        key: "format",
        holds: Holds::OneOf(&["text", "json", "markdown", "csv"]),
        flag: "--format",
        unlike: &[],
        default: "text",
        doc: "How reports are printed.",
    },
    Setting {
        key: "color",
        holds: Holds::OneOf(&["auto", "always", "never"]),
        flag: "--color",
        unlike: &[],
        default: "auto",
        doc: "When the output is coloured; auto is on a terminal, unless NO_COLOR is set.",
    },
    Setting {
        key: "quiet",
        holds: Holds::Flag,
        flag: "--quiet",
        unlike: &[],
        default: "false",
        doc: "Print no report: the exit code and errors tell. What is written to files is written.",
    },
    Setting {
        key: "verbose",
        holds: Holds::Flag,
        flag: "--verbose",
        unlike: &[],
        default: "false",
        doc: "Tell on standard error what was read: settings, files, the price book, the number of scenarios.",
    },
];

#[cfg(test)]
mod tests;
