//! `weigh focus`: the bills of several scenarios as rows of FOCUS in one file.

use std::path::Path;

use weigh_core::compare::{Compared, Comparison, Verdict, compare};
use weigh_core::report::{FocusAccount, FocusRefused, Sheet, focus_sheet};

use super::unknown_option_of;
use crate::args::FocusArgs;
use crate::load::{Shelf, scenario_files, shelf, slashed};
use crate::output::{self, Done, Failure, Steps};
use crate::parallel::in_order;
use crate::place::is_standard_output;
use crate::render;

/// Why scenarios and options are refused rather than left out, and what to do.
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
    let text = match args.out.as_deref().filter(|path| !is_standard_output(path)) {
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
    /// Which have none, scenarios and options, and why.
    unbilled: Vec<String>,
    /// Whether one of them has no option that meets its needs.
    gate_failed: bool,
}

/// What a scenario comes to.
struct Answer {
    /// The names of its options.
    names: Vec<String>,
    /// The rows of those that have a bill.
    sheet: Option<Sheet>,
    /// Which have none, and why; or why there is none to choose.
    unbilled: Vec<String>,
    gate_failed: bool,
}

fn find(args: &FocusArgs) -> Result<Found, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let files = scenario_files(&args.scenarios.paths)?;
    let steps = Steps::of(files.len());
    let (mut found, mut failures, mut known) = (Found::default(), Vec::new(), Vec::new());
    in_order(
        &files,
        |file| {
            let answered = answer(args, &shelf, file);
            steps.step();
            answered
        },
        |answered| {
            match answered {
                Ok(answer) => {
                    known.extend(answer.names.iter().cloned());
                    found.add(answer);
                }
                Err(failure) => failures.push(failure),
            }
            Ok::<(), Failure>(())
        },
    )?;
    drop(steps);
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    known.sort_unstable();
    known.dedup();
    match args.option.iter().find(|name| !known.contains(name)) {
        Some(unknown) => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            Err(unknown_option_of(&files, unknown, &known))
        }
        None => Ok(found),
    }
}

fn answer(args: &FocusArgs, shelf: &Shelf, file: &Path) -> Result<Answer, Failure> {
    let read = shelf.scenario(&args.scenarios.reading.of(file))?;
    let path = slashed(file);
    let comparison = compare(&read.scenario, &shelf.catalog, &read.prices)
        .map_err(|why| Failure::text(format!("{path}: {why}")))?;
    let account = args.billing_account.as_deref().map(|id| FocusAccount { id, file: None });
    let account = FocusAccount { file: Some(&path), ..account.unwrap_or_default() };
    let (mut sheet, mut unbilled) = (None, Vec::new());
    match chosen(&args.option, &comparison) {
        Err(why) => unbilled.push(format!("{path}: {why}")),
        Ok(options) => options.into_iter().for_each(|option| {
            match focus_sheet(&read.scenario, &shelf.catalog, &comparison, &[option], account) {
                Ok(own) => add(&mut sheet, own),
                Err(FocusRefused { option, reasons }) => {
                    unbilled.push(format!("{path}: option `{option}` has no bill: {}", reasons.join(" ")));
                }
            }
        }),
    }
    Ok(Answer {
        names: comparison.options.iter().map(|option| option.name.clone()).collect(),
        sheet,
        unbilled,
        gate_failed: comparison.ranked().next().is_none(),
    })
}

/// Adds rows to those that there are.
fn add(all: &mut Option<Sheet>, own: Sheet) {
    match all {
        Some(all) => all.rows.extend(own.rows),
        none => *none = Some(own),
    }
}

impl Found {
    fn add(&mut self, answer: Answer) {
        self.unbilled.extend(answer.unbilled);
        if let Some(own) = answer.sheet {
            self.scenarios += 1;
            self.gate_failed |= answer.gate_failed;
            add(&mut self.sheet, own);
        }
    }
}

/// The options of these names, in the order of the comparison; the recommended one where no name is given.
fn chosen<'a>(names: &[String], comparison: &'a Comparison) -> Result<Vec<&'a Compared>, String> {
    let options = || comparison.options.iter();
    if names.is_empty() {
        let first = comparison.ranked().next().map(|(option, _)| vec![option]);
        return first.ok_or_else(|| {
            let each: Vec<String> = comparison.options.iter().filter_map(hindered).collect();
            format!("no option is recommended: {}", each.join("; "))
        });
    }
    let named: Vec<&Compared> = options().filter(|option| names.contains(&option.name)).collect();
    if named.is_empty() {
        let own: Vec<&str> = options().map(|option| option.name.as_str()).collect();
        return Err(format!("none of the options that are named; it has {}", own.join(", ")));
    }
    Ok(named)
}

/// Why an option is not ranked, in a few words; nothing of one that is.
fn hindered(option: &Compared) -> Option<String> {
    let name = &option.name;
    let listed = |words: Vec<&str>| words.join(", ");
    match &option.verdict {
        Verdict::Ranked(_) => None,
        Verdict::Rejected { needs, .. } => {
            let needs = listed(needs.iter().map(|need| need.need.as_str()).collect());
            Some(format!("{name} fails {needs}"))
        }
        Verdict::Unpriced { missing, .. } => {
            let missing = listed(missing.iter().map(|price| price.price_id.as_str()).collect());
            Some(format!("{name} lacks the price of {missing}"))
        }
        Verdict::NotExact(why) => Some(format!("{name}: {why}")),
    }
}
