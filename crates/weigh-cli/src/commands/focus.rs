//! `weigh focus`: the bills of several scenarios as rows of FOCUS in one file.

use weigh_core::compare::{Compared, Comparison, compare};
use weigh_core::report::{FocusAccount, FocusRefused, Sheet, focus_sheet};

use super::unknown_option;
use crate::args::{FocusArgs, ScenarioArgs};
use crate::load::{ScenarioFile, Shelf, scenario_files, shelf};
use crate::output::{self, Done, Failure};
use crate::render;

/// Why scenarios are refused rather than left out, and what to do.
const REFUSED: &str = "nothing was written: what is left out of a file of costs is taken for nothing; name other files or options, \
                       or leave them out with --skip-unbilled";

/// Writes the rows; the gate fails, as in a comparison, when no option of a scenario meets its needs.
pub(crate) fn run(args: &FocusArgs) -> Result<Done, Failure> {
    if let Some(twice) = args.option.iter().enumerate().find(|(at, name)| args.option[..*at].contains(name)) {
        let message = format!("--option: `{}` is named twice", twice.1);
        return Err(Failure::with_help(message, "each option once: its charges would count twice"));
    }
    let found = find(args)?;
    if !found.unbilled.is_empty() {
        match args.skip_unbilled {
            true => found.unbilled.iter().for_each(|why| output::note(&format!("left out: {why}"))),
            false => return Err(Failure::several(found.unbilled, REFUSED)),
        }
    }
    let Some(sheet) = found.sheet else {
        return Err(Failure::text("no scenario has a bill, so that there is no row to write"));
    };
    let text = render::csv(&sheet);
    let text = match &args.out {
        None => text,
        Some(path) => {
            output::write_whole(path, text.as_bytes())?;
            let scenarios = if found.scenarios == 1 { "scenario" } else { "scenarios" };
            format!("{}: {} {scenarios}, {} rows\n", path.display(), found.scenarios, sheet.rows.len())
        }
    };
    Ok(Done { text, gate_failed: found.gate_failed })
}

/// What the scenarios come to.
#[derive(Default)]
struct Found {
    /// The rows of all of them.
    sheet: Option<Sheet>,
    /// How many have rows.
    scenarios: usize,
    /// Which have none, and why.
    unbilled: Vec<String>,
    /// Whether one of them has no option that meets its needs.
    gate_failed: bool,
}

fn find(args: &FocusArgs) -> Result<Found, Failure> {
    let shelf = shelf(&args.book)?;
    let (mut found, mut failures) = (Found::default(), Vec::new());
    let mut known: Vec<String> = Vec::new();
    for file in scenario_files(&args.paths)? {
        let asked = ScenarioArgs { as_of: args.as_of, ..ScenarioArgs::of(&file, &args.book) };
        let compared = shelf.scenario(&asked).and_then(|read| {
            let failed = |why: String| Failure::text(format!("{}: {why}", read.file.path));
            let comparison = compare(&read.scenario, &shelf.catalog, &read.prices).map_err(failed)?;
            Ok((read, comparison))
        });
        match compared {
            Ok((read, comparison)) => {
                known.extend(comparison.options.iter().map(|option| option.name.clone()));
                found.add(args, &shelf, &read, &comparison);
            }
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    known.sort_unstable();
    known.dedup();
    match args.option.iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(unknown_option(unknown, &known.iter().map(String::as_str).collect::<Vec<_>>())),
        None => Ok(found),
    }
}

impl Found {
    /// Adds the rows of a scenario, or why it has none.
    fn add(&mut self, args: &FocusArgs, shelf: &Shelf, read: &ScenarioFile, comparison: &Comparison) {
        let path = &read.file.path;
        let account = args.billing_account.as_deref().map(|id| FocusAccount { id, file: None });
        let account = FocusAccount { file: Some(path), ..account.unwrap_or_default() };
        let rows = chosen(&args.option, comparison).and_then(|options| {
            let sheet = focus_sheet(&read.scenario, &shelf.catalog, comparison, &options, account);
            sheet.map_err(|FocusRefused { option, reasons }| {
                format!("option `{option}` has no bill: {}", reasons.join(" "))
            })
        });
        let own = match rows {
            Ok(own) => own,
            Err(why) => return self.unbilled.push(format!("{path}: {why}")),
        };
        self.scenarios += 1;
        self.gate_failed |= comparison.ranked().next().is_none();
        match &mut self.sheet {
            Some(all) => all.rows.extend(own.rows),
            none => *none = Some(own),
        }
    }
}

/// The options of these names, in the order of the comparison; the recommended one where no name is given.
fn chosen<'a>(names: &[String], comparison: &'a Comparison) -> Result<Vec<&'a Compared>, String> {
    let options = || comparison.options.iter();
    if names.is_empty() {
        let first = comparison.ranked().next().map(|(option, _)| vec![option]);
        return first.ok_or_else(|| "no option is recommended, as none meets the needs at known prices".to_owned());
    }
    let named: Vec<&Compared> = options().filter(|option| names.contains(&option.name)).collect();
    if named.is_empty() {
        let own: Vec<&str> = options().map(|option| option.name.as_str()).collect();
        return Err(format!("none of the options that are named; it has {}", own.join(", ")));
    }
    Ok(named)
}
