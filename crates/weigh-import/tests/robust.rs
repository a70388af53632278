//! No input makes the import panic, and how the bytes arrive makes no difference.

mod support;

use std::io::{Cursor, Read, Result, Seek, SeekFrom};

use proptest::prelude::*;
use support::{FIXTURES, fixture, import, import_from};

/// Hands out a few bytes at a time.
struct Sips<'a> {
    bytes: Cursor<&'a [u8]>,
    most: usize,
}

impl Read for Sips<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let most = buffer.len().min(self.most);
        self.bytes.read(&mut buffer[..most])
    }
}

impl Seek for Sips<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}

#[test]
fn chunks_of_any_size_give_the_same() {
    for name in FIXTURES {
        let bytes = fixture(name);
        let whole = import(name, &bytes).unwrap();
        for most in [1, 2, 3, 7, 64, 1_000] {
            let mut sips = Sips { bytes: Cursor::new(&bytes), most };
            assert_eq!(import_from(name, &mut sips).unwrap(), whole, "{name}, {most} bytes at a time");
        }
    }
}

/// A file that was cut off may end where one that is whole could, but most do not, and none yields more than the whole.
#[test]
fn every_prefix_is_refused_or_says_less() {
    for name in FIXTURES {
        let bytes = fixture(name);
        let rows = |told: &str| told.lines().count();
        let whole = rows(&import(name, &bytes).unwrap());
        for length in (0..bytes.len()).step_by(5) {
            if let Ok(told) = import(name, &bytes[..length]) {
                assert!(rows(&told) <= whole + 4, "{name}, {length} bytes: {told}");
            }
        }
    }
}

/// No prefix of an object is one.
#[test]
fn every_prefix_of_an_object_is_refused() {
    for name in ["offer.json", "savings-plan.json", "spot-advisor-data.json", "spot-price-history.json"] {
        let bytes = fixture(name);
        let whole = bytes.trim_ascii_end().len();
        for length in (0..whole).step_by(3).chain(whole - 40..whole) {
            let error = import(name, &bytes[..length]).expect_err("a prefix is no object");
            assert!(error.place_is_inside(length as u64), "{name}, {length} bytes: {error}");
        }
    }
}

/// Where an error may point.
trait Inside {
    fn place_is_inside(&self, length: u64) -> bool;
}

impl Inside for weigh_import::ImportError {
    fn place_is_inside(&self, length: u64) -> bool {
        self.byte().is_none_or(|byte| byte <= length)
    }
}

/// One change to a file.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = 0..40_000usize;
    let pieces = [
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "1E-400",
        "-1",
        "é",
        "\u{feff}",
        "null",
        "99999999999999999999999999999999",
        "9999999999999999999999999999",
    ];
    let change = prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at.clone(), 1..300usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at.clone(), 1..300usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        (at, prop::sample::select(pieces.to_vec())).prop_map(|(at, piece)| Change::Insert(at, piece)),
    ];
    prop::collection::vec(change, 1..6)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        let within = |at: usize| at % length.max(1);
        match *change {
            _ if length == 0 => {}
            Change::Set(at, byte) => bytes[within(at)] = byte,
            Change::Cut(at, count) => drop(bytes.drain(within(at)..length.min(within(at) + count))),
            Change::Repeat(at, count) => {
                let part = bytes[within(at)..length.min(within(at) + count)].to_vec();
                bytes.splice(within(at)..within(at), part);
            }
            Change::Insert(at, piece) => drop(bytes.splice(within(at)..within(at), piece.bytes())),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_change_to_a_file_makes_the_import_panic(
        name in prop::sample::select(FIXTURES.to_vec()),
        changes in changes(),
    ) {
        let bytes = changed(fixture(name), &changes);
        if let Err(error) = import(name, &bytes) {
            prop_assert!(error.byte().is_none_or(|byte| byte <= bytes.len() as u64), "{error}");
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_import_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = import("noise", &bytes);
    }
}
