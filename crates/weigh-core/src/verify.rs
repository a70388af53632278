//! Holds a price book against itself: what its rows, lists, shapes and platforms need of each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Catalog;
use crate::coverage::{RegionCoverage, region_coverage, uses};
use crate::data::{DataFile, DataProblem, nearest, read_table};
use crate::pricebook::PriceBook;
use crate::units::Unit;

const REGIONS: &str = "aws/regions.csv";
const SOURCES: &str = "aws/sources.csv";
/// In place of a region in the list of gaps: a price whose instance type has no shape.
const EVERYWHERE: &str = "*";
const GAPS: &str = "aws/gaps.csv";
const ALLOWANCES: &str = "aws/global/allowances.csv";
const RULES: &str = "aws/rules.csv";
const INSTANCE_TYPES: &str = "aws/shapes/ec2-instance-types.csv";
const INSTANCE_HOURS: &str = "ec2/instance-hours/";

/// A price that is known to be unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The region that lacks it; `*` for a type without a shape.
    pub region: String,
    /// The price id; with a `*` at the end, all that begin so.
    pub price_id: String,
    /// Why nothing is known, and what would help.
    pub note: String,
    /// The line of the list of gaps.
    pub line: u64,
}

/// A book that was held against itself.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The book of the rows that are right.
    pub book: PriceBook,
    /// What is wrong, by file and line.
    pub problems: Vec<DataProblem>,
    /// What is not wrong and should be known: gaps that were filled, and types that have a price and no shape.
    pub notes: Vec<DataProblem>,
    /// What is known to be missing.
    pub gaps: Vec<Gap>,
    /// What each region has; empty when the rows could not be read.
    pub coverage: Vec<RegionCoverage>,
}

/// Verifies the files of a book: every row, that each id has one unit, that sources and regions are listed, that rules,
/// allowances and shapes name what there is, and that each region has what each platform needs, says that it is not
/// offered, or lists it among the gaps.
///
/// ```
/// use weigh_core::data::DataFile;
/// use weigh_core::verify::verify;
/// let text = "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
///             lambda/requests,Requests,0,0.0000002,2026-02-01,2026-01-01,aws,\n";
/// let file = DataFile { path: "aws/us-east-1/lambda.csv".into(), text: text.into() };
/// let verified = verify(&[file]);
/// let told: Vec<String> = verified.problems.iter().map(ToString::to_string).collect();
/// assert!(told.contains(&"aws/us-east-1/lambda.csv:2: seen on 2026-01-01, before it held from 2026-02-01".to_owned()));
/// ```
#[must_use]
pub fn verify(files: &[DataFile]) -> Verified {
    // The rows that are right show what is wrong elsewhere, though others are wrong.
    let (book, problems) = PriceBook::pack_what_is_right(files);
    let (notes, gaps, coverage) = Default::default();
    let mut verified = Verified { book: book.clone(), problems, notes, gaps, coverage };
    let catalog = Catalog::open(files).map_err(|problems| verified.problems.extend(problems)).ok();
    verified.gaps = known_gaps(files, &mut verified.problems);
    sources(files, &mut verified.problems);
    regions(files, &book, &mut verified.problems);
    names(files, &book, &mut verified.problems);
    if let Some(catalog) = &catalog {
        shapes(files, &book, catalog, &mut verified);
        needs(&book, catalog, &mut verified);
    }
    verified.problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    verified.problems.dedup();
    verified.notes.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    verified
}

/// The file of that path.
fn file<'a>(files: &'a [DataFile], path: &str) -> Option<&'a DataFile> {
    files.iter().find(|file| file.path == path)
}

/// The number of the first line of a file of which this is true; 0 when there is none.
fn line_of(files: &[DataFile], path: &str, is_it: impl Fn(&str) -> bool) -> u64 {
    let lines = file(files, path).map(|file| file.text.lines()).into_iter().flatten();
    lines.zip(1..).find(|(line, _)| is_it(line)).map_or(0, |(_, number)| number)
}

fn problem(path: &str, message: String) -> DataProblem {
    DataProblem { path: path.to_owned(), line: 0, message }
}

fn known_gaps(files: &[DataFile], problems: &mut Vec<DataProblem>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if let Some(file) = file(files, GAPS) {
        read_table(file, &["region", "price_id", "as_of", "note"], problems, |row| {
            let _: crate::time::Date = row.parse(2)?;
            let [region, price_id, note] = [0, 1, 3].map(|column| row.text(column).to_owned());
            gaps.push(Gap { region, price_id, note, line: row.line() });
            Ok(())
        });
    }
    gaps
}

/// Every source that a row names stands in the list of sources.
fn sources(files: &[DataFile], problems: &mut Vec<DataProblem>) {
    // That the list is missing, the catalog tells.
    let Some(list) = file(files, SOURCES) else { return };
    let first = |line: &'_ str| line.split(',').next().unwrap_or_default().to_owned();
    let known: BTreeSet<String> = list.text.lines().skip(1).map(first).collect();
    for file in files.iter().filter(|file| file.path != SOURCES) {
        let mut lines = file.text.lines();
        let header = lines.next().unwrap_or_default();
        let Some(column) = header.split(',').position(|name| name.trim() == "source") else { continue };
        for (index, line) in lines.enumerate() {
            let Some(source) = line.split(',').nth(column).map(str::trim) else { continue };
            if source.is_empty() || known.contains(source) {
                continue;
            }
            let meant = nearest(source, known.iter().map(String::as_str));
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            let message = format!("source `{source}` is not in {SOURCES}{meant}");
            problems.push(DataProblem { path: file.path.to_string(), line: index as u64 + 2, message });
        }
    }
}

/// The regions that are listed are those with prices.
fn regions(files: &[DataFile], book: &PriceBook, problems: &mut Vec<DataProblem>) {
    let Some(list) = file(files, REGIONS) else {
        problems.push(problem(REGIONS, "the file is missing: it names the regions".to_owned()));
        return;
    };
    let mut listed = BTreeSet::new();
    read_table(list, &["region", "name"], problems, |row| {
        let region = row.text(0);
        listed.insert(region.to_owned());
        match book.regions().contains(&region) {
            true => Ok(()),
            false => Err(row.problem(&format!("{region} has no folder of prices"))),
        }
    });
    for region in book.regions().iter().filter(|region| !listed.contains(**region)) {
        problems.push(problem(&format!("aws/{region}"), format!("the region is not listed in {REGIONS}")));
    }
}

/// Allowances and rules name price ids that there are, in the same unit.
fn names(files: &[DataFile], book: &PriceBook, problems: &mut Vec<DataProblem>) {
    if let Some(list) = file(files, ALLOWANCES) {
        let columns = ["pool", "unit", "quantity", "covers", "from", "seen", "source", "mark"];
        read_table(list, &columns, problems, |row| {
            let unit: Unit = row.parse(1)?;
            for covered in row.text(3).split(';').map(str::trim) {
                match book.unit_of(covered) {
                    Some(known) if known == unit => {}
                    Some(known) => {
                        return Err(row.problem(&format!("covers {covered}, which is priced per {known}")));
                    }
                    None if !is_priced(book, covered) => {}
                    None => return Err(row.problem(&format!("covers {covered}, which no region prices"))),
                }
            }
            Ok(())
        });
    }
    for rule in book.rules() {
        let (prefix, suffix) = rule.base_pattern.split_once('*').unwrap_or((rule.base_pattern, ""));
        let covers = |id: &str| id.starts_with(prefix) && id.ends_with(suffix);
        if is_priced(book, rule.base_pattern) && !book.price_ids().any(covers) {
            let message = format!("no price id is of the form {}", rule.base_pattern);
            let row = format!("{},", rule.pattern);
            let line = line_of(files, RULES, |line| line.starts_with(&row));
            problems.push(DataProblem { line, ..problem(RULES, message) });
        }
    }
}

/// Whether the book has any price of the service of a price id; a book of one service needs no other.
fn is_priced(book: &PriceBook, price_id: &str) -> bool {
    book.services().contains(&price_id.split('/').next().unwrap_or(price_id))
}

/// Every priced instance type has a shape or is a known gap, and every shape a price somewhere.
fn shapes(files: &[DataFile], book: &PriceBook, catalog: &Catalog, verified: &mut Verified) {
    let Verified { problems, notes, gaps, .. } = verified;
    let priced: BTreeSet<&str> = book.price_ids().filter_map(|id| id.strip_prefix(INSTANCE_HOURS)).collect();
    let shapes: BTreeSet<&str> = catalog.instance_types.iter().map(|known| known.name.as_str()).collect();
    let known_gap = |name: &str| {
        gaps.iter().any(|gap| gap.region == EVERYWHERE && gap.price_id == format!("{INSTANCE_HOURS}{name}"))
    };
    for name in priced.difference(&shapes).filter(|name| !known_gap(name)) {
        notes.push(problem(INSTANCE_TYPES, format!("{name} has a price and no shape: it is never proposed")));
    }
    let is_gap = |gap: &&Gap| {
        let name = gap.price_id.strip_prefix(INSTANCE_HOURS);
        name.is_some_and(|name| priced.contains(name) && !shapes.contains(name))
    };
    for gap in gaps.iter().filter(|gap| gap.region == EVERYWHERE).filter(|gap| !is_gap(gap)) {
        let message = format!("{} is no gap any more: it has a shape, or no price", gap.price_id);
        notes.push(DataProblem { path: GAPS.to_owned(), line: gap.line, message });
    }
    for name in shapes.difference(&priced) {
        let row = format!("{name},");
        let line = line_of(files, INSTANCE_TYPES, |line| line.starts_with(&row));
        let message = format!("{name} has a shape and no price");
        problems.push(DataProblem { path: INSTANCE_TYPES.to_owned(), line, message });
    }
}

/// Each region has what each platform needs, or the data says why not.
fn needs(book: &PriceBook, catalog: &Catalog, verified: &mut Verified) {
    let uses = match uses(catalog, book) {
        Ok(uses) => uses,
        Err(why) => {
            verified.problems.push(problem("aws/shapes", why));
            return;
        }
    };
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for region in book.regions() {
        let prices = match book.open(region, None) {
            Ok(prices) => prices,
            Err(problems) => {
                verified.problems.extend(problems);
                continue;
            }
        };
        let covered = region_coverage(&uses, book, &prices, prices.newest());
        for (price_id, platforms) in lacked(&covered) {
            match verified.gaps.iter().position(|gap| gap.covers(region, price_id)) {
                Some(gap) => {
                    used.insert(gap);
                }
                None => verified.problems.push(lacking(region, price_id, &platforms)),
            }
        }
        verified.coverage.push(covered);
    }
    for (place, gap) in verified.gaps.iter().enumerate() {
        if gap.region != EVERYWHERE && !used.contains(&place) {
            let Gap { region, price_id, line, .. } = gap;
            let message =
                format!("{price_id} is no gap in {region} any more: it is priced, or no platform needs it");
            verified.notes.push(DataProblem { path: GAPS.to_owned(), line: *line, message });
        }
    }
}

impl Gap {
    /// Whether it speaks of a price of a region.
    fn covers(&self, region: &str, price_id: &str) -> bool {
        let same = match self.price_id.strip_suffix('*') {
            Some(prefix) => price_id.starts_with(prefix),
            None => self.price_id == price_id,
        };
        self.region == region && same
    }
}

/// The prices that a region lacks, each with the platforms that need it; what it does not sell is no lack.
fn lacked(covered: &RegionCoverage) -> BTreeMap<&str, BTreeSet<&'static str>> {
    let mut lacked: BTreeMap<&str, BTreeSet<&'static str>> = BTreeMap::new();
    for each in covered.uses.iter().filter(|each| !each.is_not_offered()) {
        for missing in &each.lacks {
            lacked.entry(&missing.price_id).or_default().insert(each.platform);
        }
    }
    lacked
}

fn lacking(region: &str, price_id: &str, platforms: &BTreeSet<&str>) -> DataProblem {
    let service = price_id.split('/').next().unwrap_or(price_id);
    let platforms: Vec<&str> = platforms.iter().copied().collect();
    let need = if platforms.len() == 1 { "needs" } else { "need" };
    let message = format!(
        "no {price_id}, which {} {need}: add it, say `not offered`, or list it in {GAPS}",
        platforms.join(", ")
    );
    problem(&format!("aws/{region}/{service}.csv"), message)
}
