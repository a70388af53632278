//! Reads scenarios and price books from files.

mod folder;
mod inventory;
mod layers;
mod loaded;
mod matrix;
mod naming;
mod paths;
mod sides;
mod snapshot;
mod trace;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use weigh_core::catalog::{Catalog, Names};
use weigh_core::compare::vocabulary;
use weigh_core::data::{DataFile, DataProblem, nearest};
use weigh_core::matrix_file::MatrixFile;
use weigh_core::pricebook::{BookHash, GLOBAL, OwnSheet, PriceBook, RegionPrices};
use weigh_core::problem::Problem;
use weigh_core::scenario::{Layer, RangedScenario, Scenario, Vocabulary, canonical};
use weigh_core::time::Date;

use crate::args::{BookArgs, ScenarioArgs};
use crate::output::{self, Failure};
use crate::{place, settings};
pub(crate) use folder::{scenario_files, scenario_files_beside};
pub(crate) use inventory::inventory;
pub(crate) use loaded::Loaded;
pub(crate) use matrix::matrix;
pub(crate) use naming::{folder_of_names, naming_folder, naming_folder_in, project_folder};
pub(crate) use paths::{real, seen_from, slashed};
pub(crate) use sides::sides;
pub(crate) use snapshot::Stored;

/// A price book with the shapes, limits and traits beside it.
pub(crate) struct Data {
    pub(crate) files: Vec<DataFile>,
    pub(crate) book: PriceBook,
}

/// The embedded book, or that of a folder, with the own prices of sheets laid over it.
pub(crate) fn data(args: &BookArgs) -> Result<Data, Failure> {
    let mut data = Data { files: weigh_prices::files(), book: weigh_prices::book() };
    let (folders, sheets): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.prices.iter().partition(|path| path.is_dir());
    if let [_, second, ..] = folders.as_slice() {
        let message = format!("{} is a second folder", second.display());
        return Err(settings::refused(
            "--prices",
            &message,
            "one folder is the book; files lay own prices over it",
        ));
    }
    if let Some(folder) = folders.first() {
        data = folder_data(folder)?;
    }
    for path in sheets {
        let sheet = OwnSheet::read(&table(path, "--prices")?).map_err(Failure::InData)?;
        data.book = data.book.with_own_prices(&sheet);
    }
    let misfits = data.book.misfits();
    if !misfits.is_empty() {
        return Err(Failure::InData(misfits));
    }
    if let Some(pin) = args.book.as_deref().filter(|pin| !data.book.hash().begins_with(pin)) {
        let message = format!("the price book is {}, and not {pin}", data.book.hash());
        let help = "pin the book that is meant, or bring the one that is pinned";
        return Err(settings::refused("--book", &message, help));
    }
    output::tell(|| {
        let newest = data.book.newest().map(|day| format!(", newest prices of {day}")).unwrap_or_default();
        let of = folders.first().map_or("embedded".to_owned(), |folder| folder.display().to_string());
        format!("price book: {} ({of}){newest}", data.book.hash())
    });
    Ok(data)
}

/// The book of a folder.
pub(crate) fn folder_data(folder: &Path) -> Result<Data, Failure> {
    let files = folder_files(folder)?;
    let book = PriceBook::pack(&files).map_err(|problems| Failure::InData(in_folder(folder, problems)))?;
    Ok(Data { book: book.in_folder(&folder.display().to_string()), files })
}

/// Problems of a book in a folder, with the paths as a user opens them.
pub(crate) fn in_folder(folder: &Path, problems: Vec<DataProblem>) -> Vec<DataProblem> {
    let typed = |problem: DataProblem| {
        let path = folder.join(&problem.path).display().to_string();
        DataProblem { path, ..problem }
    };
    problems.into_iter().map(typed).collect()
}

/// The files of a folder that is a price book.
pub(crate) fn folder_files(folder: &Path) -> Result<Vec<DataFile>, Failure> {
    let files = files_below(folder, folder)?;
    if !files.iter().any(|file| file.path.starts_with("aws/")) {
        let message = format!("{} holds no price book", folder.display());
        return Err(Failure::with_help(message, "a price book is a folder with aws/<region>/<service>.csv"));
    }
    Ok(files)
}

/// A table that a user named by a flag or a word, with the path as it was typed.
fn table(path: &Path, flag: &str) -> Result<DataFile, Failure> {
    let shown = path.display().to_string();
    output::tell(|| format!("read: {shown}"));
    place::was_read(path);
    let bytes = fs::read(path)
        .map_err(|error| settings::refused(flag, &format!("can't read {shown}: {error}"), ""))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let message = format!("{shown} is no UTF-8 text: byte {}", error.utf8_error().valid_up_to());
        settings::refused(flag, &message, "own prices are a CSV file: price_id,region,unit,price,from,note")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    Ok(DataFile { path: shown.into(), text: text.into() })
}

/// The files of the embedded book, as they would stand in a folder.
pub(crate) fn embedded_files() -> Vec<DataFile> {
    let book = weigh_prices::book();
    let regions = book.regions().into_iter().chain([GLOBAL]);
    let prices = regions.flat_map(|region| book.region_files(region));
    let mut files: Vec<DataFile> =
        weigh_prices::files().into_iter().chain(prices).chain(book.rules_file()).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The CSV files below a folder of a book, with their paths in the book, sorted.
pub(crate) fn files_below(root: &Path, folder: &Path) -> Result<Vec<DataFile>, Failure> {
    paths_below(root, folder)?.into_iter().map(file_at).collect()
}

/// The hash of the book in a folder, of which one file at a time is in memory.
pub(crate) fn folder_hash(folder: &Path) -> Result<String, Failure> {
    let files = paths_below(folder, folder)?.into_iter().map(file_at);
    BookHash::of(files).map(|hash| hash.to_string())
}

/// The paths of the CSV files below a folder of a book: in the book, and on the disk; sorted.
fn paths_below(root: &Path, folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| cannot_read(&folder, &error))? {
            let path = entry.map_err(|error| cannot_read(&folder, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "csv") {
                let below = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<_> =
                    below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                paths.push((parts.join("/"), path));
            }
        }
    }
    paths.sort();
    Ok(paths)
}

/// The file at a path.
fn file_at((path, file): (String, PathBuf)) -> Result<DataFile, Failure> {
    place::was_read(&file);
    let text = fs::read_to_string(&file).map_err(|error| cannot_read(&file, &error))?;
    Ok(DataFile { path: path.into(), text: text.into() })
}

/// That something on the disk can't be read.
pub(crate) fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::text(format!("can't read {}: {error}", path.display()))
}

/// The words that a scenario may use with these files.
pub(crate) fn words(data: &Data) -> Result<(Catalog, Vocabulary), Failure> {
    let catalog = Catalog::open(&data.files).map_err(Failure::InData)?;
    let vocabulary = vocabulary(&catalog, &data.book);
    Ok((catalog, vocabulary))
}

/// What scenarios are read with: a price book, and the words that they may use with it.
pub(crate) struct Shelf {
    data: Data,
    pub(crate) catalog: Arc<Catalog>,
    vocabulary: Vocabulary,
}

/// A scenario with the prices of its region, and the file that it is from.
pub(crate) struct ScenarioFile {
    pub(crate) scenario: Scenario,
    /// The same at both ends of its ranges, where it has any.
    pub(crate) ranged: Option<RangedScenario>,
    pub(crate) prices: RegionPrices,
    /// The file itself, without those that it extends.
    pub(crate) file: Layer,
    /// The scenario as one text that stands alone, with what the command line says of it.
    pub(crate) inputs: Vec<String>,
    /// The names and the places of the traces that it reads.
    pub(crate) traces: Vec<(String, PathBuf)>,
}

/// The book of the command line with its words, for as many scenarios as there are.
pub(crate) fn shelf(args: &BookArgs) -> Result<Shelf, Failure> {
    let data = data(args)?;
    let (catalog, vocabulary) = words(&data)?;
    Ok(Shelf { data, catalog: Arc::new(catalog), vocabulary })
}

impl Shelf {
    /// The hash of the book.
    pub(crate) fn book_hash(&self) -> String {
        self.data.book.hash().to_string()
    }

    /// The book itself.
    pub(crate) fn book(&self) -> &PriceBook {
        &self.data.book
    }

    /// Reads a scenario and the prices of its region; the book is the shelf's own.
    pub(crate) fn scenario(&self, args: &ScenarioArgs) -> Result<ScenarioFile, Failure> {
        let layers = layers::layers(&args.file)?;
        if let Some(file) = layers.files.first().filter(|file| MatrixFile::is_matrix(&file.text)) {
            let message = format!("{} is a decision matrix, and no scenario", file.path);
            return Err(Failure::with_help(message, "`weigh rank` ranks it"));
        }
        self.read(args, layers.files, trace::Traces::beside(layers.folders))
    }

    /// Reads a scenario from its canonical text, `shown` under a name; the places of traces are known by their names.
    pub(crate) fn canonical(
        &self,
        shown: &str,
        inputs: &[String],
        traces: &BTreeMap<String, PathBuf>,
        book: &BookArgs,
    ) -> Result<ScenarioFile, Failure> {
        let layer = Layer { path: shown.to_owned(), text: inputs.join("\n") };
        self.read(&ScenarioArgs::of(Path::new(shown), book), vec![layer], trace::Traces::known(traces))
    }

    /// A scenario that was read here, with the catalog of the shelf.
    pub(crate) fn with(&self, read: ScenarioFile) -> Loaded {
        let ScenarioFile { scenario, ranged, prices, file, .. } = read;
        let (catalog, book) = (Arc::clone(&self.catalog), self.data.book.clone());
        Loaded { scenario, ranged, catalog, prices, file: slashed(Path::new(&file.path)), book }
    }

    fn read(
        &self,
        args: &ScenarioArgs,
        mut files: Vec<Layer>,
        mut traces: trace::Traces,
    ) -> Result<ScenarioFile, Failure> {
        let parsed = Scenario::parse_layers(&files, &self.vocabulary, &mut |layer, name, zone| {
            traces.read(layer, name, zone)
        });
        let (mut scenario, mut ranged) = match (parsed, traces.broken) {
            (Ok(scenarios), _) => scenarios,
            // Where the trace alone is wrong, its own lines say more than the line that names it.
            (Err(problems), Some(broken)) if problems.len() == 1 => return Err(broken),
            (Err(problems), _) => return Err(Failure::InLayers { layers: files, problems }),
        };
        let known = |region: &Option<String>, flag: &str| {
            region.as_ref().map(|region| known_region(region, flag, &self.vocabulary)).transpose()
        };
        let region = known(&args.region, "--region")?;
        let lender = known(&args.assume_missing_from, "--assume-missing-from")?;
        let ends = ranged.iter_mut().flat_map(|ranged| [&mut ranged.low, &mut ranged.high]);
        for Scenario { header, .. } in [&mut scenario].into_iter().chain(ends) {
            header.region = region.clone().unwrap_or_else(|| header.region.clone());
            header.assume_missing_from = lender.clone().or_else(|| header.assume_missing_from.take());
            header.as_of = args.as_of.or(header.as_of);
        }
        let borrow_from = scenario.header.assume_missing_from.as_deref();
        let prices = self.data.book.open(&scenario.header.region, borrow_from).map_err(Failure::InData)?;
        let as_of = args.as_of.map(|day| day.to_string());
        let stated = [("region", &region), ("assume_missing_from", &lender), ("as_of", &as_of)];
        let stated: Vec<(&str, &str)> =
            stated.iter().filter_map(|(key, value)| Some((*key, value.as_deref()?))).collect();
        let inputs = canonical(&files, &stated);
        let file = files.swap_remove(0);
        Ok(ScenarioFile { scenario, ranged, prices, file, inputs, traces: traces.read })
    }
}

/// Reads the scenario and the prices of its region.
pub(crate) fn load(args: &ScenarioArgs) -> Result<Loaded, Failure> {
    let shelf = shelf(&args.book)?;
    shelf.scenario(args).map(|read| shelf.with(read))
}

/// A file's path as messages show it, and its text; `allowed` says what belongs where there is no text.
fn read(file: &Path, allowed: &str) -> Result<(String, String), Failure> {
    let (path, bytes) = if is_standard_input(file) {
        let mut bytes = Vec::new();
        let read = io::stdin().read_to_end(&mut bytes).map(|_| bytes);
        ("<stdin>".to_owned(), read.map_err(|error| ("standard input".to_owned(), error)))
    } else {
        let path = file.display().to_string();
        (path.clone(), fs::read(file).map_err(|error| (path, error)))
    };
    let bytes = bytes.map_err(|(what, error)| Failure::text(format!("can't read {what}: {error}")))?;
    output::tell(|| format!("read: {path}"));
    // Standard input may come from a file, too.
    place::was_read(if is_standard_input(file) { Path::new("/dev/stdin") } else { file });
    as_text(path, bytes, allowed)
}

/// Whether what was typed for a file is standard input.
fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The path and the text of bytes that were read.
pub(crate) fn as_text(path: String, bytes: Vec<u8>, allowed: &str) -> Result<(String, String), Failure> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok((path, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let problem = Problem::at(at..at + 1, format!("the byte 0x{byte:02x} is no UTF-8 text"));
            let problems = vec![problem.allowing(allowed)];
            Err(Failure::InFile { path, text, problems })
        }
    }
}

fn known_region(region: &str, flag: &str, vocabulary: &Vocabulary) -> Result<String, Failure> {
    let known: Vec<&str> = vocabulary.regions.iter().map(String::as_str).collect();
    one_of(region, flag, "region", &known).map(|()| region.to_owned())
}

/// Refuses a name that the price book has not, with those that it has.
pub(crate) fn one_of(name: &str, flag: &str, what: &str, known: &[&str]) -> Result<(), Failure> {
    if known.contains(&name) {
        return Ok(());
    }
    let meant = nearest(name, known.iter().copied());
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let message = format!("unknown {what} `{name}`");
    Err(settings::refused(flag, &message, format!("the price book has {}{meant}", known.join(", "))))
}

/// The titles and names beside a price book.
pub(crate) fn names(data: &Data) -> Result<Names, Failure> {
    Names::read(&data.files).map_err(Failure::InData)
}

/// The prices of a region that was asked for by `--region`, with another to borrow from.
pub(crate) fn region(
    book: &PriceBook,
    region: &str,
    assume_missing_from: Option<&str>,
) -> Result<RegionPrices, Failure> {
    let known = book.regions();
    one_of(region, "--region", "region", &known)?;
    if let Some(lender) = assume_missing_from {
        one_of(lender, "--assume-missing-from", "region", &known)?;
    }
    book.open(region, assume_missing_from).map_err(Failure::InData)
}

/// The newest day that a book speaks of; a book without a row has none.
pub(crate) fn newest(book: &PriceBook, what: &str) -> Result<Date, Failure> {
    book.latest().ok_or_else(|| {
        Failure::with_help(format!("{what}: no row says anything"), "--as-of says which day is meant")
    })
}

/// Refuses a service that the price book has not; what stands behind the first `/` narrows it and may match nothing.
pub(crate) fn known_service(service: &str, books: &[&PriceBook]) -> Result<(), Failure> {
    let mut known: Vec<&str> = books.iter().flat_map(|book| book.all_services()).collect();
    known.sort_unstable();
    known.dedup();
    let first = service.split('/').next().unwrap_or(service);
    one_of(first, "--service", "service", &known)
}
