//! The two sides of a difference, by what was typed for them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use weigh_core::report::DifferenceSide;
use weigh_core::snapshot::MODEL_VERSION;
use weigh_core::time::Date;

use crate::args::{BookArgs, DiffArgs, ReadingArgs};
use crate::commands::snapshot::by_name;
use crate::load::{Shelf, Stored, scenario_files, shelf, slashed};
use crate::output::Failure;
use crate::settings;

/// The word for the price book that is built in.
const EMBEDDED: &str = "embedded";

/// What a side may be.
const SIDES: &str = "a side is a snapshot (`weigh snapshot` writes one), a scenario file, a folder of scenarios, a day such as \
                     2026-10-07, a folder with a price book, a CSV file of own prices, or `embedded`";

/// A side of a difference.
pub(super) struct Side {
    label: String,
    pub(super) results: Results,
    /// The folder whose scenarios it is about, as their files begin; nothing where it is about files.
    pub(super) root: Option<String>,
    /// The file, where it is about one scenario file.
    pub(super) file: Option<String>,
}

/// Where a side's results come from.
pub(super) enum Results {
    /// A snapshot.
    Stored(Stored),
    /// Scenarios that are computed, by the names of their files.
    Computed { shelf: Arc<Shelf>, reading: ReadingArgs, files: Vec<(String, PathBuf)> },
}

impl Side {
    pub(super) fn told(&self) -> DifferenceSide {
        DifferenceSide {
            label: self.label.clone(),
            is_snapshot: matches!(self.results, Results::Stored(_)),
            model_version: self.model_version(),
            book_hash: self.book_hash(),
            as_of: match &self.results {
                Results::Stored(_) => None,
                Results::Computed { reading, .. } => reading.as_of.map(|day| day.to_string()),
            },
        }
    }

    pub(super) fn model_version(&self) -> u32 {
        match &self.results {
            Results::Stored(stored) => stored.header.model_version,
            Results::Computed { .. } => MODEL_VERSION,
        }
    }

    pub(super) fn book_hash(&self) -> String {
        match &self.results {
            Results::Stored(stored) => stored.header.book_hash.clone(),
            Results::Computed { shelf, .. } => shelf.book_hash(),
        }
    }

    pub(super) fn shelf(&self) -> Option<Arc<Shelf>> {
        match &self.results {
            Results::Stored(_) => None,
            Results::Computed { shelf, .. } => Some(Arc::clone(shelf)),
        }
    }
}

/// What was typed for a side.
enum Named {
    Snapshot(Stored),
    Scenarios,
    Day(Date),
    Book(BookArgs),
}

/// Both sides.
pub(super) fn sides(args: &DiffArgs) -> Result<[Side; 2], Failure> {
    let typed = [("A", args.before.as_path()), ("B", args.after.as_path())];
    if typed.iter().all(|(_, path)| path.as_os_str() == "-") {
        return Err(Failure::with_help("A and B: standard input can be read once", "one of them is a file"));
    }
    let [first, second] = typed.map(|(name, path)| named(name, path, &args.reading.book));
    let (first, second) = (first?, second?);
    let is_result = |named: &Named| matches!(named, Named::Snapshot(_) | Named::Scenarios);
    let labels = typed.map(|(_, path)| path.display().to_string());
    match (is_result(&first), is_result(&second)) {
        (true, true) => {
            if let Some(third) = args.paths.first().filter(|_| settings::typed("PATHS")) {
                let message = format!("{}: A and B are results already", third.display());
                let help = "scenarios stand behind A and B where these are two days or two price books";
                return Err(Failure::with_help(message, help));
            }
            results(args, [first, second], labels)
        }
        (false, false) => computed_twice(args, &[first, second], &labels),
        (first, _) => {
            let [result, other] = if first { [0, 1] } else { [1, 0] };
            let message = format!(
                "`{}` holds scenarios and `{}` is none: they can't be compared",
                labels[result], labels[other]
            );
            let help = "two days or two price books take the scenarios behind them: weigh diff 2026-01-01 2026-10-07 \
                        scenarios/; a snapshot against scenarios takes the day as --as-of and the book as --prices";
            Err(Failure::with_help(message, help))
        }
    }
}

/// Snapshots, scenario files and folders; what is computed shares the book of the command line.
fn results(args: &DiffArgs, named: [Named; 2], labels: [String; 2]) -> Result<[Side; 2], Failure> {
    let computes = named.iter().any(|named| matches!(named, Named::Scenarios));
    let shared = if computes { Some(Arc::new(shelf(&args.reading.book)?)) } else { None };
    if let (None, Some(day)) = (&shared, args.reading.as_of.filter(|_| settings::typed("--as-of"))) {
        let message = format!("--as-of {day}: a snapshot has the day of its prices already");
        return Err(Failure::with_help(message, "leave --as-of out, or compare with scenarios"));
    }
    let side = |named: Named, path: &Path, label: String| match (named, &shared) {
        (Named::Snapshot(stored), _) => {
            let root = match stored.header.paths.as_slice() {
                [one] if !one.ends_with(".toml") => Some(one.clone()),
                _ => None,
            };
            Ok(Side { label, results: Results::Stored(stored), root, file: None })
        }
        (_, None) => Err(Failure::with_help(label, SIDES)),
        (_, Some(shelf)) => {
            let is_folder = path.is_dir();
            let (root, file) = match is_folder {
                true => (Some(slashed(path)), None),
                false => (None, Some(slashed(path))),
            };
            let files = by_name(scenario_files(&[path.to_owned()])?, slashed);
            let results =
                Results::Computed { shelf: Arc::clone(shelf), reading: args.reading.clone(), files };
            Ok(Side { label, results, root, file })
        }
    };
    let ([first, second], [first_label, second_label]) = (named, labels);
    Ok([side(first, &args.before, first_label)?, side(second, &args.after, second_label)?])
}

/// The same scenarios on two days, or with two price books.
fn computed_twice(args: &DiffArgs, named: &[Named; 2], labels: &[String; 2]) -> Result<[Side; 2], Failure> {
    if args.paths.is_empty() {
        let message = format!("{} and {}: no scenarios to compare them by", labels[0], labels[1]);
        let help = format!(
            "weigh diff {} {} scenarios/; `weigh prices diff` compares the prices alone",
            labels[0], labels[1]
        );
        return Err(Failure::with_help(message, help));
    }
    let as_of = args.reading.as_of.filter(|_| settings::typed("--as-of"));
    if let (Some(day), [Named::Day(_), Named::Day(_)]) = (as_of, named) {
        let message = format!("--as-of {day}: A and B are days already");
        return Err(Failure::with_help(message, "leave --as-of out, or compare two price books on that day"));
    }
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "-: standard input can be read once, and two sides need it";
        return Err(Failure::with_help(message, "scenarios from a file"));
    }
    let files = by_name(scenario_files(&args.paths)?, slashed);
    let side = |named: &Named, label: &String| {
        let mut reading = args.reading.clone();
        match named {
            Named::Day(day) => reading.as_of = Some(*day),
            Named::Book(book) => reading.book = book.clone(),
            Named::Snapshot(_) | Named::Scenarios => return Err(Failure::with_help(label.clone(), SIDES)),
        }
        let shelf = Arc::new(shelf(&reading.book)?);
        let results = Results::Computed { shelf, reading, files: files.clone() };
        Ok(Side { label: label.clone(), results, root: None, file: None })
    };
    Ok([side(&named[0], &labels[0])?, side(&named[1], &labels[1])?])
}

/// What was typed, by what it is.
fn named(name: &str, path: &Path, book: &BookArgs) -> Result<Named, Failure> {
    let shown = path.display().to_string();
    if shown == "-" {
        return Ok(Named::Scenarios);
    }
    let day: Result<Date, String> = shown.parse();
    if let Ok(day) = day {
        return Ok(Named::Day(day));
    }
    if path.is_dir() {
        return Ok(match path.join("aws").is_dir() {
            true => Named::Book(BookArgs { prices: vec![path.to_owned()], book: None }),
            false => Named::Scenarios,
        });
    }
    if path.is_file() {
        if path.extension().is_some_and(|extension| extension == "csv") {
            let prices = book.prices.iter().cloned().chain([path.to_owned()]).collect();
            return Ok(Named::Book(BookArgs { prices, book: None }));
        }
        return match Stored::is_one(path) {
            true => Stored::open(path).map(Named::Snapshot),
            false => Ok(Named::Scenarios),
        };
    }
    if shown == EMBEDDED {
        return Ok(Named::Book(BookArgs { prices: Vec::new(), book: None }));
    }
    let looks_like_a_day = shown.starts_with(|first: char| first.is_ascii_digit()) && shown.contains('-');
    let message = match day.err().filter(|_| looks_like_a_day) {
        Some(why) => format!("{name}: {why}"),
        None => format!("{name}: `{shown}` is no file, no folder and no day"),
    };
    Err(Failure::with_help(message, SIDES))
}
