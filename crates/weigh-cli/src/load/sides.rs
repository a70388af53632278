//! The two sides of a difference: days of the price book, other books, and files.

use std::path::Path;

use weigh_core::data::{DataFile, DataProblem};
use weigh_core::pricebook::{OwnSheet, PriceBook};
use weigh_core::report::Side;
use weigh_core::time::Date;

use super::{data, folder_data, known_service, newest, one_of, table};
use crate::args::PricesDiffArgs;
use crate::output::Failure;

/// How the header of a file of own prices begins, and that of a file of a price book.
const OWN_HEADER: &str = "price_id,region,";
const BOOK_HEADER: &str = "price_id,unit,";

/// Two sides to compare.
pub(crate) struct Sides {
    pub(crate) before: Side,
    pub(crate) after: Side,
    /// The service that a price file is about: the difference goes no further.
    pub(crate) service: Option<String>,
}

/// What was typed for a side.
enum Named {
    Day(Date),
    Book(PriceBook),
    Rows { book: PriceBook, region: String, service: String },
    Own(OwnSheet),
}

/// Reads both sides; days and own prices belong to the book that `--prices` names.
pub(crate) fn sides(args: &PricesDiffArgs) -> Result<Sides, Failure> {
    let typed = [("A", args.before.as_path()), ("B", args.after.as_path())];
    let [first, second] = typed.map(|(name, path)| named(name, path, args.region.as_deref()));
    let (first, second) = (first?, second?);
    if let (Some(day), Named::Day(_), Named::Day(_)) = (args.as_of, &first, &second) {
        let message = format!("--as-of {day}: A and B are days already");
        return Err(Failure::with_help(message, "leave --as-of out, or compare two books at that day"));
    }
    let main = data(&args.book)?.book;
    let before = side(&first, &second, typed[0].1, &main, args.as_of)?;
    let after = side(&second, &first, typed[1].1, &main, args.as_of)?;
    let service = [&first, &second].into_iter().find_map(|named| match named {
        Named::Rows { service, .. } => Some(service.clone()),
        _ => None,
    });
    fits(args, [&before, &after])?;
    Ok(Sides { before, after, service })
}

/// The side of what was typed; own prices are laid over the other side, on its day.
fn side(
    named: &Named,
    other: &Named,
    path: &Path,
    main: &PriceBook,
    as_of: Option<Date>,
) -> Result<Side, Failure> {
    let label = path.display().to_string();
    let day = |book: &PriceBook| as_of.map_or_else(|| newest(book, &label), Ok);
    let (book, date, region, later) = match named {
        Named::Day(date) => (main.clone(), *date, None, 0),
        Named::Book(book) => (book.clone(), day(book)?, None, 0),
        Named::Rows { book, region, .. } => (book.clone(), day(book)?, Some(region.clone()), 0),
        Named::Own(sheet) => {
            let below = match other {
                Named::Book(book) | Named::Rows { book, .. } => book,
                Named::Day(_) | Named::Own(_) => main,
            };
            let date = if let Named::Day(date) = other { *date } else { day(below)? };
            let book = below.with_own_prices(sheet);
            let misfits = book.misfits();
            if !misfits.is_empty() {
                return Err(Failure::InData(misfits));
            }
            (book, date, None, sheet.later_than(date))
        }
    };
    Ok(Side { label, book, date, region, later })
}

/// Whether the region and the service that were asked for are known on either side.
fn fits(args: &PricesDiffArgs, sides: [&Side; 2]) -> Result<(), Failure> {
    if let Some(service) = &args.service {
        known_service(service, &sides.map(|side| &side.book))?;
    }
    let files = sides.iter().filter(|side| side.region.is_some()).count();
    let named = sides.iter().find_map(|side| side.region.as_deref());
    let mut known: Vec<&str> = Vec::new();
    for side in sides.iter().filter(|side| side.region.is_none()) {
        known.extend(side.book.regions());
        known.extend(side.book.everywhere().map(|_| "global").filter(|_| files > 0));
    }
    known.sort_unstable();
    known.dedup();
    match (named, &args.region, files) {
        (_, _, 2) => Ok(()),
        (Some(region), None, _) if !known.contains(&region) => {
            let message =
                format!("the price file lies in the folder `{region}`, which is no region of the book");
            let help =
                format!("the book has {}; --region says which one the file is about", known.join(", "));
            Err(Failure::with_help(message, help))
        }
        (_, Some(region), _) => one_of(region, "--region", "region", &known),
        (_, None, _) => Ok(()),
    }
}

/// Reads what was typed: a day, a folder or a file.
fn named(name: &str, path: &Path, region: Option<&str>) -> Result<Named, Failure> {
    let shown = path.display().to_string();
    let day: Result<Date, String> = shown.parse();
    if let Ok(day) = day {
        return Ok(Named::Day(day));
    }
    if path.is_dir() {
        return folder_data(path).map(|data| Named::Book(data.book));
    }
    if !path.exists() {
        let looks_like_a_day = shown.starts_with(|first: char| first.is_ascii_digit()) && shown.contains('-');
        let why = day.err().filter(|_| looks_like_a_day);
        let message = match why {
            Some(why) => format!("{name}: {why}"),
            None => format!("{name}: `{shown}` is no day, no folder and no file"),
        };
        let help = "a side is a day such as 2026-10-07, a folder with a price book, or a price file (CSV)";
        return Err(Failure::with_help(message, help));
    }
    let file = table(path, name)?;
    if file.text.starts_with(OWN_HEADER) {
        return OwnSheet::read(&file).map(Named::Own).map_err(Failure::InData);
    }
    if file.text.starts_with(BOOK_HEADER) {
        return rows(path, file, region);
    }
    let message = format!("{name}: {shown} is no price file");
    let help = "its first line is price_id,unit,from_quantity,usd,from,seen,source,mark (as in a price book) or \
                price_id,region,unit,price,from,note (own prices)";
    Err(Failure::with_help(message, help))
}

/// A file of a price book: its name is the service, and its folder the region unless `--region` says it.
fn rows(path: &Path, file: DataFile, region: Option<&str>) -> Result<Named, Failure> {
    let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = |path: Option<&std::ffi::OsStr>| path.map(|name| name.to_string_lossy().into_owned());
    let folder = name(whole.parent().and_then(Path::file_name)).unwrap_or_default();
    let service = name(whole.file_stem()).unwrap_or_default();
    let region = region.map_or(folder, str::to_owned);
    let shown = file.path;
    let file = DataFile { path: format!("aws/{region}/{service}.csv").into(), text: file.text };
    // Messages name the file as it was typed.
    let typed = |problem: DataProblem| DataProblem { path: shown.to_string(), ..problem };
    let book = PriceBook::pack(&[file])
        .map_err(|problems| Failure::InData(problems.into_iter().map(typed).collect()))?;
    Ok(Named::Rows { book, region, service })
}
