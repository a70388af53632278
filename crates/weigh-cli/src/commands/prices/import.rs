//! `weigh prices import`: works AWS's own price files into a book, which is written whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;

use weigh_core::bill::Standing;
use weigh_core::pricebook::{Draft, Outcome, StatedBand, Statement};
use weigh_core::report::{ImportReport, ImportedFileReport, SkippedReport};
use weigh_core::time::Date;
use weigh_core::units::Unit;
use weigh_import::{Imported, ImportedRow, Importer};

use crate::args::PricesImportArgs;
use crate::book_folder::{self, Base, NewFolder};
use crate::clock;
use crate::output::{Done, Failure, Progress};
use crate::place::is_standard_output;
use crate::render;

/// Imports; the folder of the book is touched only when all is read and written.
pub(crate) fn run(args: &PricesImportArgs) -> Result<Done, Failure> {
    if is_standard_output(&args.out) {
        let message =
            format!("--out: {} is standard output, and a price book is a folder", args.out.display());
        return Err(Failure::with_help(message, "a folder such as `prices`"));
    }
    let out = book_folder::place(&args.out);
    let base = Base::open(&out, args.fresh)?;
    let mut report = ImportReport::of(args.out.display().to_string(), base.name());
    let imported = read(&args.files, clock::today(args.read_on, "--read-on")?, &mut report)?;
    if imported.rows().len() == 0 && imported.spot.is_empty() && imported.conflicts.is_empty() {
        return Err(nothing(&report));
    }
    let mut new = NewFolder::beside(&out)?;
    revise(&base, &imported, &mut new, &mut report)?;
    drop(imported);
    report.hash = new.finish()?;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: args.fail_on_conflict && !report.conflicts.is_empty() })
}

/// That no file has a price of the book, and why the products in them were left out.
fn nothing(report: &ImportReport) -> Failure {
    let why = report.skipped.iter().map(|each| format!("{} × {}", each.count, each.reason));
    let why = match report.skipped.is_empty() {
        true => "the files hold no product".to_owned(),
        false => format!("left out: {}", why.collect::<Vec<_>>().join(", ")),
    };
    Failure::with_help("the files hold no price that the book has an id for; nothing was written", why)
}

/// Reads the files one by one, and tells all that are wrong.
fn read(files: &[PathBuf], read_on: Date, report: &mut ImportReport) -> Result<Imported, Failure> {
    let mut importer = Importer::new(read_on);
    let mut wrong = Vec::new();
    for path in files {
        let shown = path.display().to_string();
        let mut progress = Progress::of(path);
        let outcome = match File::open(path) {
            Err(error) => Err(format!("{shown}: the file can't be read: {error}")),
            Ok(mut file) => importer
                .read(&shown, &mut file, &mut |bytes| progress.tell(bytes))
                .map_err(|error| error.to_string()),
        };
        progress.end();
        match outcome {
            Err(why) => wrong.push(why),
            Ok(summary) => report.files.push(ImportedFileReport {
                file: shown,
                bytes: summary.bytes,
                products: summary.products,
                rows: summary.rows,
                savings: summary.spot,
                skipped: summary.skipped.values().sum(),
            }),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::several(wrong, "nothing was written"));
    }
    let imported = importer.finish();
    let skipped = imported.summary.skipped.iter();
    report.skipped =
        skipped.map(|(reason, count)| SkippedReport { reason: reason.to_string(), count: *count }).collect();
    report.skipped.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    report.conflicts = imported.conflicts.iter().map(ToString::to_string).collect();
    Ok(imported)
}

/// Works the rows into the book region by region, so that one region is in memory at a time.
fn revise(
    base: &Base,
    imported: &Imported,
    new: &mut NewFolder,
    report: &mut ImportReport,
) -> Result<(), Failure> {
    let mut touched: BTreeSet<&str> = imported.rows().map(|row| row.region).collect();
    touched.extend(imported.spot.iter().map(|saving| saving.region.as_str()));
    let mut sources = BTreeSet::new();
    let known = base.regions()?;
    let all: BTreeSet<&str> = known.iter().map(String::as_str).chain(touched.iter().copied()).collect();
    for region in all {
        if !touched.contains(region) {
            new.write(&base.region_files(region)?)?;
            continue;
        }
        let mut draft = base.draft(region)?;
        state(&mut draft, imported.rows().filter(|row| row.region == region), report)?;
        for saving in imported.spot.iter().filter(|saving| saving.region == region) {
            let (name, percent) = (saving.instance_type.as_str(), saving.saving_percent);
            let outcome = draft.state_saving(name, percent, saving.interruption, saving.seen, &saving.source);
            report.outcomes.count(outcome.map_err(Failure::text)?);
        }
        sources.extend(draft.sources().into_iter().map(str::to_owned));
        new.write(&draft.files())?;
        new.write(&base.allowances(region)?)?;
        report.regions.push(region.to_owned());
    }
    new.write_lists(base, &sources, &report.regions)
}

/// Works the rows of one region in, the bands of a version together; they are sorted by price id, day and band.
fn state<'a>(
    draft: &mut Draft,
    rows: impl Iterator<Item = ImportedRow<'a>>,
    report: &mut ImportReport,
) -> Result<(), Failure> {
    let mut rows = rows.peekable();
    while let Some(first) = rows.next() {
        let mut bands = vec![band(&first)?];
        while let Some(next) = rows.next_if(|next| (next.price_id, next.from) == (first.price_id, first.from))
        {
            bands.push(band(&next)?);
        }
        let unit: Unit = first.unit.parse().map_err(Failure::text)?;
        let statement = Statement { price_id: first.price_id, unit, from: first.from, bands };
        let outcome =
            draft.state(&statement).map_err(|why| Failure::text(format!("{}: {why}", first.region)))?;
        report.outcomes.count(outcome);
        if outcome == Outcome::Contradicted {
            let (region, price_id, from, source) = (first.region, first.price_id, first.from, first.source);
            report.contradicted.push(format!("{price_id} in {region} from {from} ({source})"));
        }
    }
    Ok(())
}

fn band<'a>(row: &ImportedRow<'a>) -> Result<StatedBand<'a>, Failure> {
    let marks = [Standing::Sourced, Standing::Single, Standing::Derived, Standing::Unverified];
    let standing = marks.into_iter().find(|standing| standing.word() == row.mark);
    let standing = standing.ok_or_else(|| Failure::text(format!("unknown mark `{}`", row.mark)))?;
    let ImportedRow { from_quantity, usd, seen, source, .. } = *row;
    Ok(StatedBand { from_quantity, usd, seen, source, standing })
}
