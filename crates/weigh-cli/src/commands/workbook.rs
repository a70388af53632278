//! `weigh workbook`: what scenarios cost as a spreadsheet whose totals are formulas, or as its sheets in CSV.

use std::path::{Path, PathBuf};

use weigh_core::compare::compare;
use weigh_core::report::{Estimate, MOST_SHEETS, Workbook, estimate, workbook};

use super::unknown_option_of;
use crate::args::{ScenarioArgs, WorkbookArgs};
use crate::load::{Shelf, scenario_files, shelf, slashed};
use crate::output::{self, Done, Failure, Steps};
use crate::parallel::in_order;
use crate::render;

/// Writes the workbook; an option that fails a need or has no price is told in it, so that no gate fails.
pub(crate) fn run(args: &WorkbookArgs) -> Result<Done, Failure> {
    let shape = Shape::of(&args.out)?;
    let estimates = estimates(args)?;
    let made = workbook(&estimates);
    shape.holds(made.sheets.len())?;
    match shape {
        Shape::Xlsx => output::write_whole(&args.out, &render::xlsx(&made)?)?,
        Shape::Folder => folder(&args.out, &made)?,
    }
    let options: usize = estimates.iter().map(|estimate| estimate.option_names().len()).sum();
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (of, sheets) = (count(estimates.len(), "scenario"), count(made.sheets.len(), "sheet"));
    let text = format!("{}: {of}, {}, {sheets}\n", args.out.display(), count(options, "option"));
    Ok(Done { text, gate_failed: false })
}

/// How a workbook is written.
enum Shape {
    Xlsx,
    Folder,
}

impl Shape {
    /// By the end of the name: `.xlsx`, or a folder.
    fn of(path: &Path) -> Result<Shape, Failure> {
        let named = path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if named || path.is_dir() => Ok(Shape::Folder),
            Some(end) if end.eq_ignore_ascii_case("xlsx") => Ok(Shape::Xlsx),
            _ => Err(Failure::with_help(
                format!("--out: {} names neither a workbook nor a folder", path.display()),
                "a file that ends in .xlsx, or a folder for CSV files, such as `estimate/`",
            )),
        }
    }

    /// Refuses more sheets than one file may have; files of their own may be as many as there are.
    fn holds(&self, sheets: usize) -> Result<(), Failure> {
        match self {
            Shape::Xlsx if sheets > MOST_SHEETS => {
                let message = format!("the workbook would have {sheets} sheets, and may have {MOST_SHEETS}");
                let help = "name fewer scenarios, with --option fewer options of each, or a folder for CSV files, which may be more";
                Err(Failure::with_help(message, help))
            }
            Shape::Xlsx | Shape::Folder => Ok(()),
        }
    }
}

/// The scenarios as estimates, each with the options that were asked for.
fn estimates(args: &WorkbookArgs) -> Result<Vec<Estimate>, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let (mut all, mut failures) = (Vec::new(), Vec::new());
    let files = scenario_files(&args.scenarios.paths)?;
    let steps = Steps::of(files.len());
    let asked = |file: &PathBuf| {
        let made = one(&shelf, &args.scenarios.reading.of(file));
        steps.step();
        made
    };
    in_order(&files, asked, |made| {
        match made {
            Ok(estimate) => all.push(estimate),
            Err(failure) => failures.push(failure),
        }
        Ok::<(), Failure>(())
    })?;
    drop(steps);
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    let mut known: Vec<&str> = all.iter().flat_map(Estimate::option_names).collect();
    known.sort_unstable();
    known.dedup();
    if let Some(unknown) = args.option.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(unknown_option_of(&files, unknown, &known));
    }
    Ok(all.into_iter().map(|estimate| estimate.only(&args.option)).collect())
}

fn one(shelf: &Shelf, asked: &ScenarioArgs) -> Result<Estimate, Failure> {
    let read = shelf.scenario(asked)?;
    let comparison = compare(&read.scenario, &shelf.catalog, &read.prices)
        .map_err(|why| Failure::text(format!("{}: {why}", read.file.path)))?;
    Ok(estimate(&slashed(&asked.file), &read.scenario, read.ranged.as_ref(), &shelf.catalog, &comparison))
}

/// Writes the sheets as CSV files. A folder that holds anything else is left alone: it would be taken for a part of the estimate.
fn folder(path: &Path, made: &Workbook) -> Result<(), Failure> {
    let files = render::sheets_as_csv(made);
    let cannot =
        |error: std::io::Error| Failure::text(format!("--out: can't write to {}: {error}", path.display()));
    std::fs::create_dir_all(path).map_err(cannot)?;
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        let name = entry.map_err(cannot)?.file_name().to_string_lossy().into_owned();
        if !files.iter().any(|(own, _)| *own == name) {
            let message =
                format!("--out: {} holds `{name}`, which is no sheet of this workbook", path.display());
            return Err(Failure::with_help(message, "name a new folder, or take the file away"));
        }
    }
    files.iter().try_for_each(|(name, text)| output::write_whole(&path.join(name), text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_a_limit_and_a_folder_has_none() {
        assert!(Shape::Xlsx.holds(MOST_SHEETS).is_ok() && Shape::Xlsx.holds(MOST_SHEETS + 1).is_err());
        assert!(Shape::Folder.holds(MOST_SHEETS + 1).is_ok());
    }
}
