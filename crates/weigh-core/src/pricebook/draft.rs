//! A region's prices while newer lists are worked in: nothing is edited away, and what is confirmed says so.

use rust_decimal::Decimal;

use super::parse::{BandRow, EvidenceRow, Reader, RegionRows, Sources, SpotRow, TariffRow, WildcardRow};
use super::rules::INTERRUPTIONS;
use super::{PriceBook, SPOT_FILE, write};
use crate::bill::Standing;
use crate::data::{DataFile, DataProblem};
use crate::time::Date;
use crate::units::Unit;

/// A price as a list states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement<'a> {
    /// The tariff; with a `*` at the end, of everything that begins so that it is not offered.
    pub price_id: &'a str,
    /// The unit that is priced.
    pub unit: Unit,
    /// The day from which it holds.
    pub from: Date,
    /// The bands, ascending, the first from 0.
    pub bands: Vec<StatedBand<'a>>,
}

/// A band as a list states it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatedBand<'a> {
    /// The quantity in the month at which the band begins.
    pub from_quantity: Decimal,
    /// US dollars for one unit; nothing where it is not offered.
    pub usd: Option<Decimal>,
    /// The day on which the source shows it.
    pub seen: Date,
    /// The id of the source.
    pub source: &'a str,
    /// How well it is known.
    pub standing: Standing,
}

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The region had no such price.
    Added,
    /// It differs from the price until then: a new version.
    Changed,
    /// It is the price that was known.
    Confirmed,
    /// It is a price of the past that was not known.
    Older,
    /// It differs from what a list of the same day or a later one says: left out.
    Contradicted,
}

/// The prices of one region, to be worked on and written.
///
/// ```
/// use weigh_core::bill::Standing;
/// use weigh_core::pricebook::{Draft, Outcome, StatedBand, Statement};
/// use weigh_core::units::Unit;
/// let mut draft = Draft::of_book(&weigh_prices::book(), "us-east-1");
/// let day = "2027-01-01".parse().unwrap();
/// let band = StatedBand {
///     from_quantity: 0.into(),
///     usd: Some("0.05".parse().unwrap()),
///     seen: day,
///     source: "aws-AmazonEC2-2027",
///     standing: Standing::Sourced,
/// };
/// let price_id = "ec2/instance-hours/t3.medium";
/// let dearer = Statement { price_id, unit: Unit::Hours, from: day, bands: vec![band] };
/// assert_eq!(draft.state(&dearer), Ok(Outcome::Changed));
/// assert_eq!(draft.state(&dearer), Ok(Outcome::Confirmed));
/// let files = draft.files();
/// let ec2 = files.iter().find(|file| file.path == "aws/us-east-1/ec2.csv").unwrap();
/// assert!(ec2.text.contains("t3.medium,Hours,0,0.05,2027-01-01,2027-01-01,aws-AmazonEC2-2027,\n"));
/// assert!(ec2.text.contains("t3.medium,Hours,0,0.0416,"), "the old price stays");
/// ```
pub struct Draft {
    region: String,
    rows: RegionRows,
    sources: Sources,
}

impl Draft {
    /// The prices of a region of a book; none when the book has no such region.
    #[must_use]
    pub fn of_book(book: &PriceBook, region: &str) -> Draft {
        let mut sources = Sources::default();
        book.image.sources().iter().for_each(|source| {
            sources.number(source);
        });
        let rows = book.region_rows(region).unwrap_or_default();
        Draft { region: region.to_owned(), rows, sources }
    }

    /// The prices of a region's files.
    ///
    /// # Errors
    /// Every row that is wrong.
    ///
    /// ```
    /// use weigh_core::pricebook::Draft;
    /// let files = weigh_prices::book().region_files("eu-west-1");
    /// let draft = Draft::of_files("eu-west-1", &files).unwrap();
    /// assert_eq!(draft.files(), files);
    /// ```
    pub fn of_files(region: &str, files: &[DataFile]) -> Result<Draft, Vec<DataProblem>> {
        let (mut reader, mut rows) = (Reader::default(), RegionRows::default());
        for file in files {
            match file.path.ends_with(SPOT_FILE) {
                true => reader.spot(file, &mut rows),
                false => reader.prices(file, &mut rows),
            }
        }
        let Reader { sources, problems, .. } = reader;
        if problems.is_empty() {
            Ok(Draft { region: region.to_owned(), rows, sources })
        } else {
            Err(problems)
        }
    }

    /// Works a statement in.
    ///
    /// # Errors
    /// A unit that is not that of the price, in words.
    pub fn state(&mut self, statement: &Statement<'_>) -> Result<Outcome, String> {
        let stated = self.version(statement);
        if let Some(prefix) = statement.price_id.strip_suffix('*') {
            return Ok(self.rule_out(prefix, &stated));
        }
        let versions = self.rows.tariffs.entry(statement.price_id.to_owned()).or_default();
        if let Some(known) = versions.first().filter(|known| known.unit != stated.unit) {
            return Err(format!(
                "{} is priced per {}, not per {}",
                statement.price_id, known.unit, stated.unit
            ));
        }
        Ok(work_in(versions, stated))
    }

    /// Works a saving of the Spot Advisor in: newer data takes the place of older.
    ///
    /// # Errors
    /// A label of interruptions that the Spot Advisor does not have, in words.
    pub fn state_saving(
        &mut self,
        instance_type: &str,
        saving_percent: u8,
        interruption: &str,
        seen: Date,
        source: &str,
    ) -> Result<Outcome, String> {
        let place = INTERRUPTIONS.iter().position(|label| *label == interruption);
        let Some(interruption) = place.and_then(|place| u8::try_from(place).ok()) else {
            return Err(format!("interruption `{interruption}`: one of {}", INTERRUPTIONS.join(", ")));
        };
        let source = self.sources.number(source);
        let instance_type = instance_type.to_owned();
        let new = SpotRow { instance_type, saving_percent, interruption, seen, source };
        let known = self.rows.spot.iter_mut().find(|known| known.instance_type == new.instance_type);
        Ok(match known {
            None => {
                self.rows.spot.push(new);
                Outcome::Added
            }
            Some(known) if known.seen > seen => Outcome::Contradicted,
            Some(known) => {
                let same = (known.saving_percent, known.interruption) == (saving_percent, interruption);
                *known = new;
                if same { Outcome::Confirmed } else { Outcome::Changed }
            }
        })
    }

    /// The files of the region, sorted by path.
    #[must_use]
    pub fn files(&self) -> Vec<DataFile> {
        write::files(&self.region, &self.rows, &self.sources.in_order())
    }

    /// The ids of the sources that the draft names, sorted.
    #[must_use]
    pub fn sources(&self) -> Vec<&str> {
        let mut sources = self.sources.in_order();
        sources.sort_unstable();
        sources
    }

    fn version(&mut self, statement: &Statement<'_>) -> TariffRow {
        let mut row = |band: &StatedBand<'_>| EvidenceRow {
            seen: band.seen,
            source: self.sources.number(band.source),
            standing: band.standing,
        };
        let not_offered = statement.bands.iter().find(|band| band.usd.is_none()).map(&mut row);
        let priced = statement.bands.iter().filter_map(|band| Some((band, band.usd?)));
        let bands = priced
            .map(|(band, rate)| BandRow { from_quantity: band.from_quantity, rate, evidence: row(band) })
            .collect();
        TariffRow { line: 0, unit: statement.unit, from: statement.from, bands, not_offered }
    }

    /// Notes that a list is whole.
    fn rule_out(&mut self, prefix: &str, stated: &TariffRow) -> Outcome {
        let Some(evidence) = stated.not_offered else { return Outcome::Contradicted };
        let known = self.rows.wildcards.iter_mut().find(|known| known.prefix == prefix);
        match known {
            Some(known) if known.evidence.seen >= evidence.seen => Outcome::Confirmed,
            Some(known) => {
                known.evidence = evidence;
                Outcome::Confirmed
            }
            None => {
                let (prefix, unit, from) = (prefix.to_owned(), stated.unit, stated.from);
                self.rows.wildcards.push(WildcardRow { prefix, unit, from, evidence });
                Outcome::Added
            }
        }
    }
}

impl TariffRow {
    /// Whether both say the same, whoever says it.
    fn agrees_with(&self, other: &TariffRow) -> bool {
        let bands = |row: &TariffRow| -> Vec<(Decimal, Decimal)> {
            row.bands.iter().map(|band| (band.from_quantity, band.rate)).collect()
        };
        self.not_offered.is_some() == other.not_offered.is_some() && bands(self) == bands(other)
    }

    /// The newest day on which any of it was confirmed.
    fn seen(&self) -> Date {
        let bands = self.bands.iter().map(|band| band.evidence.seen);
        bands.chain(self.not_offered.map(|evidence| evidence.seen)).max().unwrap_or(self.from)
    }

    /// Takes over what is newer, or better known on the same day.
    fn confirm(&mut self, by: &TariffRow) {
        let newer = |known: &mut EvidenceRow, by: EvidenceRow| {
            if by.seen > known.seen || (by.seen == known.seen && by.standing < known.standing) {
                *known = EvidenceRow { standing: by.standing.min(known.standing), ..by };
            }
        };
        for (known, by) in self.bands.iter_mut().zip(&by.bands) {
            newer(&mut known.evidence, by.evidence);
        }
        if let (Some(known), Some(by)) = (&mut self.not_offered, by.not_offered) {
            newer(known, by);
        }
    }
}

/// Works a version into those of its price, oldest first.
fn work_in(versions: &mut Vec<TariffRow>, mut stated: TariffRow) -> Outcome {
    let seen = stated.seen();
    if !holds_since_its_date(versions, &stated) {
        // A list shows what holds on its own day; that it did on the day from which it dates the price is not so.
        stated.from = seen;
    }
    let place = versions.partition_point(|known| known.from <= stated.from);
    // What held on the day already is confirmed.
    if let Some(held) = place.checked_sub(1).map(|before| &mut versions[before]) {
        if held.agrees_with(&stated) {
            held.confirm(&stated);
            return Outcome::Confirmed;
        }
        if held.seen() >= stated.from {
            // A list of a later day still had the old price: the new one is known from the day that shows it.
            if seen <= held.seen() {
                return Outcome::Contradicted;
            }
            stated.from = seen;
        }
    }
    match versions.get_mut(place) {
        None => {
            versions.push(stated);
            if place == 0 { Outcome::Added } else { Outcome::Changed }
        }
        // The same price is known from a later day on: it holds since the earlier one.
        Some(next) if next.agrees_with(&stated) => {
            next.confirm(&stated);
            next.from = stated.from.min(next.from);
            Outcome::Confirmed
        }
        Some(_) => {
            versions.insert(place, stated);
            Outcome::Older
        }
    }
}

/// Whether no version that is known began between the date of a price and the day that shows it, or only that price.
fn holds_since_its_date(versions: &[TariffRow], stated: &TariffRow) -> bool {
    let begun_by = |day: Date| versions.partition_point(|known| known.from <= day);
    let (before, until) = (begun_by(stated.from), begun_by(stated.seen()).max(begun_by(stated.from)));
    match &versions[before..until] {
        [] => true,
        [next] => {
            next.agrees_with(stated)
                && !versions[..before].last().is_some_and(|held| held.agrees_with(stated))
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
