//! The packed form of a whole price book: how its bytes are laid out, and how they are read in place.
//!
//! Numbers are little-endian; a varint has seven bits a byte, the lowest first. The parts, each found by its offset in
//! the header: the sources, the price ids with the day since when each is known, a hash table over the ids, the
//! regions, the rules, the allowances. A region is a sorted array of id numbers with the place of each record, so that
//! opening it reads nothing and a look-up touches one record. `pack.rs` writes what this file reads.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::parse::{BandRow, EvidenceRow, TariffRow};
use super::tariff::{Band, Evidence, Tariff};
use crate::bill::Standing;
use crate::time::Date;
use crate::units::Unit;

/// What the bytes begin with; it changes with the layout.
pub(super) const MAGIC: [u8; 8] = *b"weighbk1";
/// Bytes of the content hash, after the magic.
pub(super) const HASH_BYTES: usize = 32;
/// The parts of the book, in the order of their offsets in the header.
pub(super) const PARTS: usize = 6;
/// Bytes of the header.
pub(super) const HEADER_BYTES: usize = MAGIC.len() + HASH_BYTES + 4 * PARTS;

/// Bytes of a block's header: how many ids, the places of lists and savings, the newest day of any row, words of bits,
/// the newest day of a confirmed price.
pub(super) const BLOCK_HEADER: usize = 24;

/// How well a price is known, by its number in the bytes.
pub(super) const STANDINGS: [Standing; 4] =
    [Standing::Sourced, Standing::Single, Standing::Derived, Standing::Unverified];

/// The bytes of a whole book.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) bytes: Cow<'static, [u8]>,
    /// The ids of the sources, read once: every price names one.
    sources: Vec<Box<str>>,
}

/// A place in the bytes, reading onwards.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A list of texts.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The block of one region.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A number of four bytes.
#[inline]
fn word(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(four)
}

/// Spreads a price id over the hash table, eight bytes at a time.
pub(super) fn spread(text: &str) -> usize {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, eight: u64| (hash ^ eight).wrapping_mul(FACTOR).rotate_left(29);
    let chunks = text.as_bytes().chunks_exact(8);
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    let whole = chunks.fold(text.len() as u64, |hash, chunk| {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        mix(hash, u64::from_le_bytes(eight))
    });
    // The high bits of a product are the well-mixed ones.
    (mix(whole, u64::from_le_bytes(last)) >> 32) as usize
}

impl Image {
    /// The book of these bytes.
    pub(super) fn of(bytes: Cow<'static, [u8]>) -> Image {
        let mut image = Image { bytes, sources: Vec::new() };
        let sources = Texts { bytes: &image.bytes, at: image.part(0) };
        image.sources = sources.iter().map(Box::from).collect();
        image
    }

    /// The place of a part.
    fn part(&self, part: usize) -> usize {
        word(&self.bytes, MAGIC.len() + HASH_BYTES + 4 * part) as usize
    }

    pub(super) fn hash(&self) -> &[u8] {
        &self.bytes[MAGIC.len()..MAGIC.len() + HASH_BYTES]
    }

    pub(super) fn sources(&self) -> &[Box<str>] {
        &self.sources
    }

    pub(super) fn ids(&self) -> Texts<'_> {
        Texts { bytes: &self.bytes, at: self.part(1) }
    }

    /// The number of a price id, when any region knows it.
    #[inline]
    pub(super) fn number_of(&self, price_id: &str) -> Option<u32> {
        let at = self.part(2);
        let slots = word(&self.bytes, at) as usize;
        let ids = self.ids();
        let mut slot = spread(price_id) & (slots - 1);
        loop {
            match word(&self.bytes, at + 4 + 4 * slot).checked_sub(1) {
                None => return None,
                Some(number) if ids.bytes_of(number) == price_id.as_bytes() => return Some(number),
                Some(_) => slot = (slot + 1) & (slots - 1),
            }
        }
    }

    /// The day since when some region's price of the id is known; nothing when no region has one.
    pub(super) fn known_since(&self, number: u32) -> Option<Date> {
        let ids = self.ids();
        let days = ids.at + ids.bytes_long();
        Date::from_bits(word(&self.bytes, days + 4 * number as usize))
    }

    /// The names of the regions, sorted; the prices of all regions stand under `global`.
    pub(super) fn regions(&self) -> Texts<'_> {
        Texts { bytes: &self.bytes, at: self.part(3) }
    }

    /// Where the block of a region is.
    pub(super) fn region(&self, name: &str) -> Option<u32> {
        self.all_blocks().find(|(known, _)| *known == name).map(|(_, at)| at)
    }

    /// The regions, each with the place of its block.
    pub(super) fn all_blocks(&self) -> impl Iterator<Item = (&str, u32)> {
        let names = self.regions();
        let offsets = names.at + names.bytes_long();
        names.iter().zip(0..).map(move |(name, place)| (name, word(&self.bytes, offsets + 4 * place)))
    }

    /// The block at a place.
    pub(super) fn block(&self, at: u32) -> Block<'_> {
        Block { bytes: &self.bytes, at: at as usize }
    }

    pub(super) fn rules(&self) -> Cursor<'_> {
        Cursor { bytes: &self.bytes, at: self.part(4) }
    }

    pub(super) fn allowances(&self) -> Cursor<'_> {
        Cursor { bytes: &self.bytes, at: self.part(5) }
    }
}

impl<'a> Texts<'a> {
    pub(super) fn len(self) -> u32 {
        word(self.bytes, self.at)
    }

    pub(super) fn get(self, number: u32) -> &'a str {
        std::str::from_utf8(self.bytes_of(number)).unwrap_or_default()
    }

    #[inline]
    fn bytes_of(self, number: u32) -> &'a [u8] {
        let offset = |index: u32| word(self.bytes, self.at + 4 + 4 * index as usize) as usize;
        let texts = self.at + 8 + 4 * self.len() as usize;
        &self.bytes[texts + offset(number)..texts + offset(number + 1)]
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |number| self.get(number))
    }

    /// The first number from `start` on whose text does not belong; all that belong stand together there.
    pub(super) fn end_of(self, start: u32, belongs: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (start + 1, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if belongs(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The bytes that the list takes, to find what stands behind it.
    fn bytes_long(self) -> usize {
        let count = self.len();
        8 + 4 * count as usize + word(self.bytes, self.at + 4 + 4 * count as usize) as usize
    }
}

impl<'a> Block<'a> {
    /// The newest day that any row of the region speaks of.
    pub(super) fn latest(self) -> Option<Date> {
        Date::from_bits(word(self.bytes, self.at + 12))
    }

    /// The newest day on which a price of the region was confirmed.
    pub(super) fn newest(self) -> Option<Date> {
        Date::from_bits(word(self.bytes, self.at + 20))
    }

    /// The numbers of the region's ids, ascending, each with its record.
    pub(super) fn entries(self) -> impl Iterator<Item = (u32, Cursor<'a>)> {
        let words = word(self.bytes, self.at + 16);
        let set = (0..words).flat_map(move |place| {
            let bits = self.known(place);
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| place * 64 + bit)
        });
        set.zip(0..).map(move |(number, place)| (number, self.record(place)))
    }

    /// The record of a price id, by its number: a bit says whether there is one, the count of bits before it where.
    #[inline]
    pub(super) fn find(self, number: u32) -> Option<Cursor<'a>> {
        let (place, bit) = (number / 64, number % 64);
        let words = word(self.bytes, self.at + 16);
        let bits = if place < words { self.known(place) } else { 0 };
        if bits >> bit & 1 == 0 {
            return None;
        }
        let before = (bits & !(u64::MAX << bit)).count_ones();
        let (counts, place) = (self.at + BLOCK_HEADER + 8 * words as usize, place as usize);
        let record = (word(self.bytes, counts + 4 * place) + before) as usize;
        let at = word(self.bytes, counts + 4 * (words as usize + record)) as usize;
        Some(Cursor { bytes: self.bytes, at: self.at + at })
    }

    /// Which of 64 ids the region has.
    fn known(self, place: u32) -> u64 {
        let at = self.at + BLOCK_HEADER + 8 * place as usize;
        u64::from(word(self.bytes, at)) | u64::from(word(self.bytes, at + 4)) << 32
    }

    /// The record at a place.
    fn record(self, place: u32) -> Cursor<'a> {
        let places = self.at + BLOCK_HEADER + 12 * word(self.bytes, self.at + 16) as usize;
        Cursor { bytes: self.bytes, at: self.at + word(self.bytes, places + 4 * place as usize) as usize }
    }

    pub(super) fn wildcards(self) -> Cursor<'a> {
        Cursor { bytes: self.bytes, at: self.at + word(self.bytes, self.at + 4) as usize }
    }

    pub(super) fn spot(self) -> Cursor<'a> {
        Cursor { bytes: self.bytes, at: self.at + word(self.bytes, self.at + 8) as usize }
    }
}

impl<'a> Cursor<'a> {
    /// The digits of a decimal: 96 bits, of which most prices need the lowest 20 alone.
    fn mantissa(&mut self) -> u128 {
        let (mut low, mut shift) = (0_u64, 0);
        while shift < 63 {
            let byte = self.byte();
            low |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return low.into();
            }
            shift += 7;
        }
        let mut value = u128::from(low);
        loop {
            let byte = self.byte();
            value |= u128::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    /// A varint that counts or numbers something.
    pub(super) fn count(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    pub(super) fn byte(&mut self) -> u8 {
        let byte = self.bytes[self.at];
        self.at += 1;
        byte
    }

    /// A number of four bytes.
    pub(super) fn word(&mut self) -> u32 {
        self.at += 4;
        word(self.bytes, self.at - 4)
    }

    pub(super) fn text(&mut self) -> &'a str {
        let length = self.count() as usize;
        let bytes = &self.bytes[self.at..self.at + length];
        self.at += length;
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    #[inline]
    pub(super) fn decimal(&mut self) -> Decimal {
        let scale = u32::from(self.byte());
        let mantissa = self.mantissa();
        // A mantissa has 96 bits: three words.
        let word = |place: u32| u32::try_from(mantissa >> (32 * place) & 0xFFFF_FFFF).unwrap_or_default();
        Decimal::from_parts(word(0), word(1), word(2), false, scale)
    }

    pub(super) fn date(&mut self) -> Date {
        Date::from_bits(self.count()).unwrap_or(Date::FIRST)
    }

    pub(super) fn unit(&mut self) -> Unit {
        Unit::ALL[usize::from(self.byte())]
    }

    /// What something rests on, with the number of the source.
    #[inline]
    pub(super) fn evidence_row(&mut self) -> EvidenceRow {
        let (seen, source) = (self.date(), self.count());
        EvidenceRow { seen, source, standing: STANDINGS[usize::from(self.byte())] }
    }

    pub(super) fn evidence(&mut self, sources: &'a [Box<str>]) -> Evidence<'a> {
        let EvidenceRow { seen, source, standing } = self.evidence_row();
        Evidence { seen, source: &sources[source as usize], standing }
    }

    /// One version of a tariff as rows.
    pub(super) fn tariff_row(&mut self, unit: Unit) -> TariffRow {
        let (from, count) = (self.date(), self.count());
        let not_offered = (count == 0).then(|| self.evidence_row());
        let band = |_| {
            let (from_quantity, rate) = (self.decimal(), self.decimal());
            BandRow { from_quantity, rate, evidence: self.evidence_row() }
        };
        TariffRow { line: 0, unit, from, bands: (0..count).map(band).collect(), not_offered }
    }

    /// One version of a tariff; a record holds them newest first.
    #[inline]
    pub(super) fn tariff(&mut self, unit: Unit, sources: &'a [Box<str>]) -> Tariff<'a> {
        let from = self.date();
        let count = self.count();
        let not_offered = (count == 0).then(|| self.evidence(sources));
        let mut bands = smallvec::SmallVec::with_capacity(count as usize);
        for _ in 0..count {
            let (from_quantity, rate) = (self.decimal(), self.decimal());
            bands.push(Band { from_quantity, rate, evidence: self.evidence(sources) });
        }
        Tariff { unit, from, bands, not_offered, derivation: None }
    }
}
