//! Writes prices back as files: the text that a person reads and compares, made from rows or from a packed book.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::parse::{
    ALLOWANCE_COLUMNS, NOT_OFFERED, PRICE_COLUMNS, RULE_COLUMNS, RegionRows, SPOT_ADVISOR, SPOT_COLUMNS,
    SpotRow, TariffRow, WildcardRow,
};
use super::rules::INTERRUPTIONS;
use super::tariff::Evidence;
use super::{ALLOWANCES_FILE, GLOBAL, INSTANCE_HOURS, PriceBook, RULES_FILE, SPOT_FILE};
use crate::data::DataFile;
use crate::time::Date;

/// The texts of files, by their paths.
#[derive(Default)]
struct Texts {
    files: BTreeMap<String, String>,
}

impl Texts {
    /// The text of a file, begun with its header.
    fn file(&mut self, path: String, columns: &[&str]) -> &mut String {
        self.files.entry(path).or_insert_with(|| columns.join(",") + "\n")
    }

    fn into_files(self) -> Vec<DataFile> {
        let each = self.files.into_iter();
        each.map(|(path, text)| DataFile { path: path.into(), text: text.into() }).collect()
    }
}

/// Columns `seen,source,mark` and the line end.
fn evidence(text: &mut String, seen: Date, source: &str, mark: &str) {
    // A string takes any text.
    let _ = writeln!(text, "{seen},{source},{mark}");
}

/// The path of the file that a price id of a region belongs to.
fn path(region: &str, price_id: &str) -> String {
    format!("aws/{region}/{}.csv", price_id.split('/').next().unwrap_or(price_id))
}

impl PriceBook {
    /// The files of one region, or of `global`, as they would stand in the folder of the book, sorted by path; none for
    /// a region that the book has not.
    ///
    /// ```
    /// let files = weigh_prices::book().region_files("us-east-1");
    /// let lambda = files.iter().find(|file| file.path == "aws/us-east-1/lambda.csv").unwrap();
    /// assert!(lambda.text.starts_with("price_id,unit,from_quantity,usd,from,seen,source,mark\n"));
    /// ```
    #[must_use]
    pub fn region_files(&self, region: &str) -> Vec<DataFile> {
        let Some(rows) = self.region_rows(region) else { return Vec::new() };
        let sources: Vec<&str> = self.image.sources().iter().map(AsRef::as_ref).collect();
        let mut files = files(region, &rows, &sources);
        if region == GLOBAL {
            let mut texts = Texts::default();
            self.add_allowances(&mut texts);
            files.extend(texts.into_files());
            files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        files
    }

    /// The rows of a region, whose sources are the numbers of the book.
    pub(super) fn region_rows(&self, region: &str) -> Option<RegionRows> {
        let block = self.image.block(self.image.region(region)?);
        let mut rows = RegionRows::default();
        for (number, mut at) in block.entries() {
            let (unit, count) = (at.unit(), at.count());
            let mut versions: Vec<TariffRow> = (0..count).map(|_| at.tariff_row(unit)).collect();
            versions.reverse();
            rows.tariffs.insert(self.image.ids().get(number).to_owned(), versions);
        }
        let mut at = block.wildcards();
        for _ in 0..at.count() {
            let (prefix, unit, from) = (at.text().to_owned(), at.unit(), at.date());
            rows.wildcards.push(WildcardRow { prefix, unit, from, evidence: at.evidence_row() });
        }
        let mut at = block.spot();
        for _ in 0..at.count() {
            let price_id = self.image.ids().get(at.word());
            let instance_type = price_id.strip_prefix(INSTANCE_HOURS).unwrap_or(price_id).to_owned();
            let (saving_percent, interruption) = (at.byte(), at.byte());
            let (seen, source) = (at.date(), at.count());
            rows.spot.push(SpotRow { instance_type, saving_percent, interruption, seen, source });
        }
        Some(rows)
    }

    fn add_allowances(&self, texts: &mut Texts) {
        let mut at = self.image.allowances();
        for _ in 0..at.count() {
            let text = texts.file(ALLOWANCES_FILE.to_owned(), ALLOWANCE_COLUMNS);
            let (pool, unit, quantity) = (at.text(), at.unit(), at.decimal());
            let count = at.count();
            let covers: Vec<&str> = (0..count).map(|_| at.text()).collect();
            let _ = write!(text, "{pool},{unit},{quantity},{},{},", covers.join(";"), at.date());
            let Evidence { seen, source, standing } = at.evidence(self.image.sources());
            evidence(text, seen, source, standing.word());
        }
    }

    /// The file of rules; nothing when the book has none.
    ///
    /// ```
    /// let rules = weigh_prices::book().rules_file();
    /// assert!(rules.is_none_or(|file| file.path == "aws/rules.csv"));
    /// ```
    #[must_use]
    pub fn rules_file(&self) -> Option<DataFile> {
        let mut text = RULE_COLUMNS.join(",") + "\n";
        let mut any = false;
        for rule in self.rules() {
            any = true;
            let factor = rule.factor.map_or(SPOT_ADVISOR.to_owned(), |factor| factor.to_string());
            let _ = writeln!(
                text,
                "{},{},{},{factor},{}",
                rule.pattern, rule.unit, rule.base_pattern, rule.source
            );
        }
        any.then(|| DataFile { path: RULES_FILE.into(), text: text.into() })
    }
}

/// The files of a region's rows.
pub(super) fn files(region: &str, rows: &RegionRows, sources: &[&str]) -> Vec<DataFile> {
    let mut texts = Texts::default();
    let stars = rows.wildcards.iter().map(|list| (format!("{}*", list.prefix), Err(list)));
    let named = rows.tariffs.iter().map(|(price_id, versions)| (price_id.clone(), Ok(versions)));
    let mut all: Vec<_> = named.chain(stars).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (price_id, row) in &all {
        let text = texts.file(path(region, price_id), PRICE_COLUMNS);
        match row {
            Ok(versions) => versions.iter().for_each(|row| rows_of(text, price_id, row, sources)),
            Err(list) => {
                let _ = write!(text, "{price_id},{},0,{NOT_OFFERED},{},", list.unit, list.from);
                let source = sources[list.evidence.source as usize];
                evidence(text, list.evidence.seen, source, list.evidence.standing.word());
            }
        }
    }
    let mut savings: Vec<_> = rows.spot.iter().collect();
    savings.sort_by(|a, b| a.instance_type.cmp(&b.instance_type));
    for saving in savings {
        let text = texts.file(format!("aws/{region}/{SPOT_FILE}"), SPOT_COLUMNS);
        let interruption = INTERRUPTIONS[usize::from(saving.interruption)];
        let (name, percent, source) =
            (&saving.instance_type, saving.saving_percent, sources[saving.source as usize]);
        let _ = writeln!(text, "{name},{percent},{interruption},{},{source}", saving.seen);
    }
    texts.into_files()
}

/// The rows of one version, whose source is a number.
fn rows_of(text: &mut String, price_id: &str, row: &TariffRow, sources: &[&str]) {
    let (unit, from) = (row.unit, row.from);
    if let Some(known) = row.not_offered {
        let _ = write!(text, "{price_id},{unit},0,{NOT_OFFERED},{from},");
        evidence(text, known.seen, sources[known.source as usize], known.standing.word());
    }
    for band in &row.bands {
        let _ = write!(text, "{price_id},{unit},{},{},{from},", band.from_quantity, band.rate);
        let known = band.evidence;
        evidence(text, known.seen, sources[known.source as usize], known.standing.word());
    }
}
