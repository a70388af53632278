//! Reads the files of a price book, row by row, naming every row that is wrong.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::rules::INTERRUPTIONS;
use crate::bill::Standing;
use crate::data::{DataFile, DataProblem, Row, read_table};
use crate::time::Date;
use crate::units::Unit;

pub(super) const PRICE_COLUMNS: &[&str] =
    &["price_id", "unit", "from_quantity", "usd", "from", "seen", "source", "mark"];
pub(super) const ALLOWANCE_COLUMNS: &[&str] =
    &["pool", "unit", "quantity", "covers", "from", "seen", "source", "mark"];
pub(super) const SPOT_COLUMNS: &[&str] =
    &["instance_type", "saving_percent", "interruption", "seen", "source"];
pub(super) const RULE_COLUMNS: &[&str] = &["price_id", "unit", "base_price_id", "factor", "source"];
/// The words in place of a rate for what a region does not sell.
pub(super) const NOT_OFFERED: &str = "not offered";
/// The words in place of a factor where the Spot Advisor's saving on the instance type is taken off.
pub(super) const SPOT_ADVISOR: &str = "spot advisor";

/// What a price rests on; the source by its number.
#[derive(Clone, Copy)]
pub(super) struct EvidenceRow {
    pub(super) seen: Date,
    pub(super) source: u32,
    pub(super) standing: Standing,
}

/// A band of a tariff.
pub(super) struct BandRow {
    pub(super) from_quantity: Decimal,
    pub(super) rate: Decimal,
    pub(super) evidence: EvidenceRow,
}

/// One version of a tariff: its bands, or since when it is known that there is no such thing.
pub(super) struct TariffRow {
    /// The line of its first row; 0 when it was not read from a file.
    pub(super) line: u64,
    pub(super) unit: Unit,
    pub(super) from: Date,
    pub(super) bands: Vec<BandRow>,
    pub(super) not_offered: Option<EvidenceRow>,
}

/// Every other price id that begins so is not offered in the region.
pub(super) struct WildcardRow {
    pub(super) prefix: String,
    pub(super) unit: Unit,
    pub(super) from: Date,
    pub(super) evidence: EvidenceRow,
}

/// What Spot instances of a type save on the on-demand price.
pub(super) struct SpotRow {
    pub(super) instance_type: String,
    pub(super) saving_percent: u8,
    pub(super) interruption: u8,
    pub(super) seen: Date,
    pub(super) source: u32,
}

/// A rule by which prices follow from others.
pub(super) struct RuleRow {
    pub(super) pattern: String,
    pub(super) unit: Unit,
    pub(super) base_pattern: String,
    /// Nothing where the Spot Advisor says it.
    pub(super) factor: Option<Decimal>,
    pub(super) source: u32,
}

/// What an account has free in a month.
pub(super) struct AllowanceRow {
    pub(super) pool: String,
    pub(super) unit: Unit,
    pub(super) quantity: Decimal,
    pub(super) covers: Vec<String>,
    pub(super) from: Date,
    pub(super) evidence: EvidenceRow,
}

/// The rows of one region, each tariff's oldest version first.
#[derive(Default)]
pub(super) struct RegionRows {
    pub(super) tariffs: BTreeMap<String, Vec<TariffRow>>,
    pub(super) wildcards: Vec<WildcardRow>,
    pub(super) spot: Vec<SpotRow>,
}

/// The ids of sources, numbered as they are met.
#[derive(Default)]
pub(super) struct Sources {
    numbers: BTreeMap<String, u32>,
}

impl Sources {
    pub(super) fn number(&mut self, source: &str) -> u32 {
        if let Some(number) = self.numbers.get(source) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(source.to_owned(), next);
        next
    }

    /// The ids by their numbers.
    pub(super) fn in_order(&self) -> Vec<&str> {
        let mut ids: Vec<(&str, u32)> =
            self.numbers.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        ids.sort_unstable_by_key(|(_, number)| *number);
        ids.into_iter().map(|(id, _)| id).collect()
    }
}

/// Reads files into rows, gathering the problems.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) sources: Sources,
    pub(super) problems: Vec<DataProblem>,
    /// The unit of each price id, and the file that first said so.
    units: BTreeMap<String, (Unit, String)>,
}

impl Reader {
    /// Adds the tariffs of one file to those of its region.
    pub(super) fn prices(&mut self, file: &DataFile, region: &mut RegionRows) {
        let service = service_of(&file.path);
        let Reader { sources, problems, units } = self;
        read_table(file, PRICE_COLUMNS, problems, |row| {
            let price_id = row.text(0);
            if price_id.split('/').next() != Some(service) || price_id.split('/').count() < 2 {
                return Err(row.problem(&format!(
                    "price id `{price_id}` does not begin with `{service}/`, as its file says"
                )));
            }
            let read = tariff(row, sources)?;
            match units.get(price_id) {
                Some((unit, elsewhere)) if *unit != read.unit => {
                    let unit_here = read.unit;
                    return Err(
                        row.problem(&format!("priced per {unit_here} here and per {unit} in {elsewhere}"))
                    );
                }
                Some(_) => {}
                None if price_id.ends_with('*') => {}
                None => {
                    units.insert(price_id.to_owned(), (read.unit, file.path.to_string()));
                }
            }
            match (price_id.strip_suffix('*'), read.not_offered) {
                (None, _) if price_id.contains('*') => Err(row.problem("a `*` stands at the end")),
                (None, _) => add(region.tariffs.entry(price_id.to_owned()).or_default(), read, row),
                (Some(prefix), Some(evidence)) => {
                    let (prefix, unit, from) = (prefix.to_owned(), read.unit, read.from);
                    region.wildcards.push(WildcardRow { prefix, unit, from, evidence });
                    Ok(())
                }
                (Some(_), None) => Err(row.problem("only `not offered` can be said of many prices by `*`")),
            }
        });
        for (price_id, versions) in region.tariffs.range_mut(format!("{service}/")..=format!("{service}0")) {
            versions.sort_by_key(|tariff| tariff.from);
            for pair in versions.windows(2) {
                let seen = pair[0].bands.iter().map(|band| band.evidence.seen).max();
                if let Some(seen) = seen.filter(|seen| *seen > pair[1].from) {
                    let (before, after) = (pair[0].from, pair[1].from);
                    problems.push(DataProblem {
                        path: file.path.to_string(),
                        line: pair[0].line,
                        message: format!(
                            "{price_id}: the price from {before} was still seen on {seen}, when that from {after} held"
                        ),
                    });
                }
            }
        }
    }

    /// Adds the Spot Advisor's savings of one file to those of its region.
    pub(super) fn spot(&mut self, file: &DataFile, region: &mut RegionRows) {
        let Reader { sources, problems, .. } = self;
        let mut seen_types = BTreeSet::new();
        read_table(file, SPOT_COLUMNS, problems, |row| {
            if !seen_types.insert(row.text(0).to_owned()) {
                return Err(row.problem(&format!("the saving of {} stands twice", row.text(0))));
            }
            let saving_percent: u8 = row.parse(1)?;
            if saving_percent > 100 {
                return Err(row.problem("a saving is at most 100 percent"));
            }
            let known = INTERRUPTIONS.iter().position(|label| *label == row.text(2));
            let Some(interruption) = known.and_then(|place| u8::try_from(place).ok()) else {
                let all = INTERRUPTIONS.join(", ");
                return Err(row.problem(&format!("interruption `{}`: one of {all}", row.text(2))));
            };
            region.spot.push(SpotRow {
                instance_type: row.text(0).to_owned(),
                saving_percent,
                interruption,
                seen: row.parse(3)?,
                source: sources.number(source(row, 4)?),
            });
            Ok(())
        });
    }

    /// Reads the rules of one file.
    pub(super) fn rules(&mut self, file: &DataFile) -> Vec<RuleRow> {
        let mut rules = Vec::new();
        let Reader { sources, problems, .. } = self;
        read_table(file, RULE_COLUMNS, problems, |row| {
            let (pattern, base_pattern) = (row.text(0), row.text(2));
            let stars = |text: &str| text.matches('*').count();
            if stars(pattern) > 1 || stars(pattern) != stars(base_pattern) {
                return Err(row.problem("one `*` in both price ids, or none in either"));
            }
            let factor = match row.text(3) {
                SPOT_ADVISOR if stars(pattern) == 1 => None,
                SPOT_ADVISOR => return Err(row.problem("`spot advisor` needs a `*` for the instance type")),
                _ => Some(amount(row, 3)?),
            };
            rules.push(RuleRow {
                pattern: pattern.to_owned(),
                unit: row.parse(1)?,
                base_pattern: base_pattern.to_owned(),
                factor,
                source: sources.number(source(row, 4)?),
            });
            Ok(())
        });
        rules
    }

    /// Reads the free allowances of one file.
    pub(super) fn allowances(&mut self, file: &DataFile) -> Vec<AllowanceRow> {
        let mut allowances = Vec::new();
        let Reader { sources, problems, .. } = self;
        read_table(file, ALLOWANCE_COLUMNS, problems, |row| {
            let from = row.parse(4)?;
            allowances.push(AllowanceRow {
                pool: row.text(0).to_owned(),
                unit: row.parse(1)?,
                quantity: amount(row, 2)?,
                covers: row.text(3).split(';').map(|id| id.trim().to_owned()).collect(),
                from,
                evidence: evidence(row, sources, from, 5)?,
            });
            Ok(())
        });
        allowances
    }
}

/// `aws/us-east-1/fargate.csv` is about `fargate`.
fn service_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".csv").unwrap_or(name)
}

fn tariff(row: &Row<'_>, sources: &mut Sources) -> Result<TariffRow, DataProblem> {
    let from = row.parse(4)?;
    let evidence = evidence(row, sources, from, 5)?;
    let (bands, not_offered) = match row.text(3) {
        NOT_OFFERED => (Vec::new(), Some(evidence)),
        _ => (vec![BandRow { from_quantity: amount(row, 2)?, rate: amount(row, 3)?, evidence }], None),
    };
    Ok(TariffRow { line: row.line(), unit: row.parse(1)?, from, bands, not_offered })
}

/// The columns seen, source and mark, which stand side by side.
fn evidence(
    row: &Row<'_>,
    sources: &mut Sources,
    from: Date,
    column: usize,
) -> Result<EvidenceRow, DataProblem> {
    let seen: Date = row.parse(column)?;
    if seen < from {
        return Err(row.problem(&format!("seen on {seen}, before it held from {from}")));
    }
    let source = sources.number(source(row, column + 1)?);
    Ok(EvidenceRow { seen, source, standing: standing(row, column + 2)? })
}

/// Adds a row to the versions of its id: a further band of a version that began the same day, or a new version.
fn add(versions: &mut Vec<TariffRow>, read: TariffRow, row: &Row<'_>) -> Result<(), DataProblem> {
    let Some(same_day) = versions.iter_mut().find(|tariff| tariff.from == read.from) else {
        if read.bands.first().is_some_and(|band| !band.from_quantity.is_zero()) {
            return Err(row.problem("the first band of a tariff begins at 0"));
        }
        versions.push(read);
        return Ok(());
    };
    match (same_day.bands.last(), read.bands.first()) {
        (Some(last), Some(next)) if next.from_quantity > last.from_quantity => {
            same_day.bands.extend(read.bands);
            Ok(())
        }
        _ => Err(row.problem("stands twice: bands of one tariff ascend, and a new price has its own date")),
    }
}

/// No price and no band of AWS is larger; up to there, no charge overflows.
const MOST: Decimal = Decimal::from_parts(0xD4A5_1000, 0xE8, 0, false, 0);

/// A decimal from 0 to a million million, exactly as written.
pub(super) fn amount(row: &Row<'_>, column: usize) -> Result<Decimal, DataProblem> {
    let text = row.text(column);
    let exact = Decimal::from_str_exact(text).ok();
    exact.filter(|value| !value.is_sign_negative() && *value <= MOST).ok_or_else(|| {
        row.problem(&format!("`{text}` is no amount: a plain decimal of at most 28 digits, from 0 to 10^12"))
    })
}

fn source<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, DataProblem> {
    match row.text(column) {
        "" => Err(row.problem("a price without a source")),
        id => Ok(id),
    }
}

fn standing(row: &Row<'_>, column: usize) -> Result<Standing, DataProblem> {
    let known = [Standing::Sourced, Standing::Single, Standing::Derived, Standing::Unverified];
    let mark = row.text(column);
    known.into_iter().find(|standing| standing.word() == mark).ok_or_else(|| {
        row.problem(&format!("unknown mark `{mark}`: nothing, `single`, `derived` or `unverified`"))
    })
}
