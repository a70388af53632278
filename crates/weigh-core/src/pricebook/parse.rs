//! Reads price files and allowances into tariffs, naming every row that is wrong.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Allowance, Band, Evidence, Tariff};
use crate::bill::Standing;
use crate::data::{DataFile, DataProblem, Row, read_table};
use crate::time::Date;

const PRICE_COLUMNS: &[&str] =
    &["price_id", "unit", "from_quantity", "usd", "from", "seen", "source", "mark"];
const ALLOWANCE_COLUMNS: &[&str] = &["pool", "unit", "quantity", "covers", "from", "seen", "source", "mark"];
/// The words in place of a rate for what a region does not sell.
const NOT_OFFERED: &str = "not offered";

/// The tariffs of one region, by price id, each id's oldest first.
pub(super) type Tariffs = BTreeMap<String, Vec<Tariff>>;

/// Adds the tariffs of one file.
pub(super) fn prices(file: &DataFile, tariffs: &mut Tariffs, problems: &mut Vec<DataProblem>) {
    let service = service_of(&file.path);
    read_table(file, PRICE_COLUMNS, problems, |row| {
        let price_id = row.text(0);
        if price_id.split('/').next() != Some(service) || price_id.split('/').count() < 2 {
            return Err(row.problem(&format!(
                "price id `{price_id}` does not begin with `{service}/`, as its file says"
            )));
        }
        let read = tariff(row)?;
        let dated = tariffs.entry(price_id.to_owned()).or_default();
        add(dated, read, row)
    });
    for dated in tariffs.values_mut() {
        dated.sort_by_key(|tariff| tariff.from);
    }
}

/// Adds the free allowances of one file.
pub(super) fn allowances(file: &DataFile, known: &mut Vec<Allowance>, problems: &mut Vec<DataProblem>) {
    read_table(file, ALLOWANCE_COLUMNS, problems, |row| {
        let from = row.parse(4)?;
        known.push(Allowance {
            pool: row.text(0).to_owned(),
            unit: row.parse(1)?,
            quantity: amount(row, 2)?,
            covers: row.text(3).split(';').map(|id| id.trim().to_owned()).collect(),
            from,
            evidence: evidence(row, from, 5)?,
        });
        Ok(())
    });
}

/// `aws/us-east-1/fargate.csv` is about `fargate`.
fn service_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".csv").unwrap_or(name)
}

fn tariff(row: &Row<'_>) -> Result<Tariff, DataProblem> {
    let from = row.parse(4)?;
    let evidence = evidence(row, from, 5)?;
    let bands = match row.text(3) {
        NOT_OFFERED => Vec::new(),
        _ => vec![Band { from_quantity: amount(row, 2)?, rate: amount(row, 3)?, evidence }],
    };
    Ok(Tariff { unit: row.parse(1)?, bands, from })
}

/// The columns seen, source and mark, which stand side by side.
fn evidence(row: &Row<'_>, from: Date, column: usize) -> Result<Evidence, DataProblem> {
    let seen: Date = row.parse(column)?;
    if seen < from {
        return Err(row.problem(&format!("seen on {seen}, before it held from {from}")));
    }
    Ok(Evidence { seen, source: source(row, column + 1)?, standing: standing(row, column + 2)? })
}

/// Adds a row to the tariffs of its id: a further band of a tariff that began the same day, or a new tariff.
fn add(dated: &mut Vec<Tariff>, read: Tariff, row: &Row<'_>) -> Result<(), DataProblem> {
    let Some(same_day) = dated.iter_mut().find(|tariff| tariff.from == read.from) else {
        if read.bands.first().is_some_and(|band| !band.from_quantity.is_zero()) {
            return Err(row.problem("the first band of a tariff begins at 0"));
        }
        dated.push(read);
        return Ok(());
    };
    if same_day.unit != read.unit {
        return Err(row.problem(&format!("priced per {} here and per {} above", read.unit, same_day.unit)));
    }
    match (same_day.bands.last(), read.bands.first()) {
        (Some(last), Some(next)) if next.from_quantity > last.from_quantity => {
            same_day.bands.extend(read.bands);
            Ok(())
        }
        _ => Err(row.problem("stands twice: bands of one tariff ascend, and a new price has its own date")),
    }
}

/// A decimal that is not negative, exactly as written.
fn amount(row: &Row<'_>, column: usize) -> Result<Decimal, DataProblem> {
    let text = row.text(column);
    let exact = Decimal::from_str_exact(text).ok().filter(|value| !value.is_sign_negative());
    exact.ok_or_else(|| {
        row.problem(&format!("`{text}` is no amount: a plain decimal of at most 28 digits, 0 or more"))
    })
}

fn source(row: &Row<'_>, column: usize) -> Result<String, DataProblem> {
    match row.text(column) {
        "" => Err(row.problem("a price without a source")),
        id => Ok(id.to_owned()),
    }
}

fn standing(row: &Row<'_>, column: usize) -> Result<Standing, DataProblem> {
    let known = [Standing::Sourced, Standing::Single, Standing::Derived, Standing::Unverified];
    let mark = row.text(column);
    known.into_iter().find(|standing| standing.word() == mark).ok_or_else(|| {
        row.problem(&format!("unknown mark `{mark}`: nothing, `single`, `derived` or `unverified`"))
    })
}
