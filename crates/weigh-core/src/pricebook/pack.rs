//! Packs the files of a price book into the bytes that `image.rs` reads.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::image::{BLOCK_HEADER, HASH_BYTES, HEADER_BYTES, MAGIC, PARTS, STANDINGS, spread};
use super::parse::{EvidenceRow, Reader, RegionRows, SpotRow, TariffRow};
use super::{ALLOWANCES_FILE, INSTANCE_HOURS, NO_REGIONS, RULES_FILE, SPOT_FILE};
use crate::bill::Standing;
use crate::data::{DataFile, DataProblem};
use crate::time::Date;
use crate::units::Unit;

/// The bytes of a book made of the rows that are right, and what is wrong with the others; files that hold no prices count
/// for the hash alone.
pub(super) fn pack(files: &[DataFile]) -> (Vec<u8>, Vec<DataProblem>) {
    let mut reader = Reader::default();
    let mut regions: BTreeMap<&str, RegionRows> = BTreeMap::new();
    let mut rules = Writer::default();
    let mut allowances = Writer::default();
    for file in files {
        let path: &str = &file.path;
        let folder = path.strip_prefix("aws/").and_then(|below| below.split_once('/'));
        match folder {
            _ if path == RULES_FILE => {
                let rows = reader.rules(file);
                rules.rules(&rows);
            }
            _ if path == ALLOWANCES_FILE => {
                let rows = reader.allowances(file);
                allowances.allowances(&rows);
            }
            Some((folder, name)) if !NO_REGIONS.contains(&folder) => {
                let region = regions.entry(folder).or_default();
                if name == SPOT_FILE {
                    reader.spot(file, region);
                } else {
                    reader.prices(file, region);
                }
            }
            _ => {}
        }
    }
    // Savings may be known of types whose price is not: their ids have a number, and no day since when they are known.
    let savings = regions.values().flat_map(|region| &region.spot);
    let saved: Vec<String> = savings.map(|row| format!("{INSTANCE_HOURS}{}", row.instance_type)).collect();
    let mut known = ids(&regions);
    for price_id in &saved {
        known.entry(price_id).or_default();
    }
    // A file of rules or allowances that is absent is an empty one.
    let or_none = |written: Writer| if written.bytes.is_empty() { vec![0] } else { written.bytes };
    let numbers: BTreeMap<&str, u32> = known.keys().copied().zip(0..).collect();
    let mut ids_part = texts(known.keys().copied());
    ids_part.extend(known.values().flat_map(|day| day.map_or(0, Date::bits).to_le_bytes()));
    let parts: [Vec<u8>; PARTS] = [
        texts(reader.sources.in_order().into_iter()),
        ids_part,
        slots(&numbers),
        Vec::new(),
        or_none(rules),
        or_none(allowances),
    ];
    (assemble(content_hash(files), parts, &regions, &numbers), reader.problems)
}

/// A hash of everything that the files say.
fn content_hash(files: &[DataFile]) -> [u8; HASH_BYTES] {
    let mut in_order: Vec<&DataFile> = files.iter().collect();
    in_order.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = ContentHash::default();
    in_order.into_iter().for_each(|file| hash.add(file));
    hash.finish()
}

/// SHA-256 over the path and the text of each file, in the order of the paths.
#[derive(Default)]
pub(super) struct ContentHash {
    hash: Sha256,
}

impl ContentHash {
    pub(super) fn add(&mut self, file: &DataFile) {
        for text in [&file.path, &file.text] {
            self.hash.update((text.len() as u64).to_le_bytes());
            self.hash.update(text.as_bytes());
        }
    }

    pub(super) fn finish(self) -> [u8; HASH_BYTES] {
        self.hash.finalize().into()
    }
}

/// The hash of a book with one more file laid over it.
pub(super) fn hash_with(book: [u8; HASH_BYTES], sheet: &DataFile) -> [u8; HASH_BYTES] {
    let mut hash = Sha256::new();
    hash.update(book);
    hash.update(sheet.text.as_bytes());
    hash.finalize().into()
}

/// Every price id of any region, with the day since when a price of it is known.
fn ids<'a>(regions: &'a BTreeMap<&str, RegionRows>) -> BTreeMap<&'a str, Option<Date>> {
    let mut known: BTreeMap<&str, Option<Date>> = BTreeMap::new();
    for (id, versions) in regions.values().flat_map(|region| &region.tariffs) {
        let first = versions.iter().find(|version| version.not_offered.is_none()).map(|version| version.from);
        let day = known.entry(id).or_default();
        *day = [*day, first].into_iter().flatten().min();
    }
    known
}

/// The hash table over the ids: at most half full, the number of an id plus one in each slot.
fn slots(numbers: &BTreeMap<&str, u32>) -> Vec<u8> {
    let count = (2 * numbers.len() + 1).next_power_of_two();
    let mut slots = vec![0u32; count];
    for (id, number) in numbers {
        let mut slot = spread(id) & (count - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (count - 1);
        }
        slots[slot] = number + 1;
    }
    std::iter::once(narrow(count)).chain(slots).flat_map(u32::to_le_bytes).collect()
}

/// A list of texts: how many, where each begins and the last ends, and the texts.
fn texts<'a>(list: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let (mut ends, mut joined) = (vec![0], String::new());
    for text in list {
        joined.push_str(text);
        ends.push(narrow(joined.len()));
    }
    let mut bytes: Vec<u8> =
        std::iter::once(narrow(ends.len() - 1)).chain(ends).flat_map(u32::to_le_bytes).collect();
    bytes.extend(joined.as_bytes());
    bytes
}

/// Header and parts; the fourth part, the regions, is made here, since it holds places in the whole.
fn assemble(
    hash: [u8; HASH_BYTES],
    mut parts: [Vec<u8>; PARTS],
    regions: &BTreeMap<&str, RegionRows>,
    numbers: &BTreeMap<&str, u32>,
) -> Vec<u8> {
    let blocks: Vec<Vec<u8>> = regions.values().map(|region| block(region, numbers)).collect();
    let before: usize = HEADER_BYTES + parts[..3].iter().map(Vec::len).sum::<usize>();
    let mut names = texts(regions.keys().copied());
    let mut at = before + names.len() + 4 * blocks.len();
    for block in &blocks {
        names.extend(narrow(at).to_le_bytes());
        at += block.len();
    }
    names.extend(blocks.concat());
    parts[3] = names;
    let mut bytes = [MAGIC.as_slice(), &hash].concat();
    let mut at = HEADER_BYTES;
    for part in &parts {
        bytes.extend(narrow(at).to_le_bytes());
        at += part.len();
    }
    bytes.extend(parts.concat());
    bytes
}

/// A region: the header; a bit for each id of the book, in words of 64; for each word how many bits stand before it; the
/// place of each record, counted from the beginning of the block; the records.
fn block(region: &RegionRows, numbers: &BTreeMap<&str, u32>) -> Vec<u8> {
    let words = numbers.len().div_ceil(64);
    let header = BLOCK_HEADER + 12 * words + 4 * region.tariffs.len();
    let (mut known, mut places, mut records) = (vec![0_u64; words], Vec::new(), Writer::default());
    // The newest day that any row speaks of, and the newest on which a price was confirmed.
    let (mut latest, mut confirmed): (Option<Date>, Option<Date>) = (None, None);
    for (id, versions) in &region.tariffs {
        let number = numbers[id.as_str()];
        known[number as usize / 64] |= 1 << (number % 64);
        places.extend(narrow(header + records.bytes.len()).to_le_bytes());
        records.record(versions);
        let bands = versions.iter().flat_map(|version| &version.bands).map(|band| band.evidence);
        let sure = bands.clone().filter(|evidence| evidence.standing != Standing::Unverified);
        confirmed = confirmed.max(sure.map(|evidence| evidence.seen).max());
        let told = bands.chain(versions.iter().filter_map(|version| version.not_offered));
        latest = latest.max(told.map(|evidence| evidence.seen).max());
    }
    let wildcards = narrow(header + records.bytes.len());
    records.wildcards(region);
    let spot = narrow(header + records.bytes.len());
    records.spot(region, numbers);
    let lists = region.wildcards.iter().map(|list| list.evidence.seen).max();
    let [latest, confirmed] = [latest.max(lists), confirmed].map(|day| day.map_or(0, Date::bits));
    let first = [narrow(region.tariffs.len()), wildcards, spot, latest, narrow(words), confirmed];
    let mut bytes: Vec<u8> = first.into_iter().flat_map(u32::to_le_bytes).collect();
    bytes.extend(known.iter().flat_map(|bits| bits.to_le_bytes()));
    let mut before = 0;
    for bits in known {
        bytes.extend(u32::to_le_bytes(before));
        before += bits.count_ones();
    }
    bytes.extend(places);
    bytes.extend(records.bytes);
    bytes
}

/// A length or place; a book of 4 GB would not fit.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Writes what a cursor reads.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn varint(&mut self, mut value: u128) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7F) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push((value & 0x7F) as u8);
    }

    fn text(&mut self, text: &str) {
        self.varint(text.len() as u128);
        self.bytes.extend(text.as_bytes());
    }

    fn decimal(&mut self, value: Decimal) {
        self.varint(u128::from(value.scale()));
        self.varint(value.mantissa().unsigned_abs());
    }

    fn date(&mut self, date: Date) {
        self.varint(u128::from(date.bits()));
    }

    fn unit(&mut self, unit: Unit) {
        self.varint(Unit::ALL.iter().position(|known| *known == unit).unwrap_or_default() as u128);
    }

    fn evidence(&mut self, evidence: EvidenceRow) {
        self.date(evidence.seen);
        self.varint(u128::from(evidence.source));
        let standing = STANDINGS.iter().position(|known| *known == evidence.standing);
        self.varint(standing.unwrap_or_default() as u128);
    }

    /// The versions of a tariff, newest first.
    fn record(&mut self, versions: &[TariffRow]) {
        if let Some(first) = versions.first() {
            self.unit(first.unit);
        }
        self.varint(versions.len() as u128);
        for version in versions.iter().rev() {
            self.date(version.from);
            self.varint(version.bands.len() as u128);
            if let Some(evidence) = version.not_offered {
                self.evidence(evidence);
            }
            for band in &version.bands {
                self.decimal(band.from_quantity);
                self.decimal(band.rate);
                self.evidence(band.evidence);
            }
        }
    }

    fn wildcards(&mut self, region: &RegionRows) {
        self.varint(region.wildcards.len() as u128);
        for wildcard in &region.wildcards {
            self.text(&wildcard.prefix);
            self.unit(wildcard.unit);
            self.date(wildcard.from);
            self.evidence(wildcard.evidence);
        }
    }

    /// The savings of the types that some region prices, sorted by the number of the on-demand price.
    fn spot(&mut self, region: &RegionRows, numbers: &BTreeMap<&str, u32>) {
        let number = |row: &SpotRow| numbers[format!("{INSTANCE_HOURS}{}", row.instance_type).as_str()];
        let mut savings: Vec<(u32, &SpotRow)> = region.spot.iter().map(|row| (number(row), row)).collect();
        savings.sort_unstable_by_key(|(number, _)| *number);
        self.varint(savings.len() as u128);
        for (number, row) in savings {
            self.bytes.extend(number.to_le_bytes());
            self.bytes.extend([row.saving_percent, row.interruption]);
            self.date(row.seen);
            self.varint(u128::from(row.source));
        }
    }

    fn rules(&mut self, rules: &[super::parse::RuleRow]) {
        self.varint(rules.len() as u128);
        for rule in rules {
            self.text(&rule.pattern);
            self.text(&rule.base_pattern);
            self.unit(rule.unit);
            self.bytes.push(u8::from(rule.factor.is_some()));
            self.decimal(rule.factor.unwrap_or_default());
            self.varint(u128::from(rule.source));
        }
    }

    fn allowances(&mut self, allowances: &[super::parse::AllowanceRow]) {
        self.varint(allowances.len() as u128);
        for allowance in allowances {
            self.text(&allowance.pool);
            self.unit(allowance.unit);
            self.decimal(allowance.quantity);
            self.varint(allowance.covers.len() as u128);
            for id in &allowance.covers {
                self.text(id);
            }
            self.date(allowance.from);
            self.evidence(allowance.evidence);
        }
    }
}
