//! JSON read element by element: a window over the file in which each element is found whole, to be parsed or passed over.

use std::borrow::{Borrow, Cow};
use std::io::Read;

use memchr::memchr2;
use serde::Deserialize;

use crate::error::{ErrorKind, Failure};
use crate::input::{Input, MOST_BYTES};

const WINDOW: usize = 128 * 1_024;
const INSIDE: &str = "inside a value: is the download complete?";

/// The window. What stands between `start` and `end` is read and not yet taken.
pub(crate) struct Json<'r> {
    input: Input<'r>,
    window: Vec<u8>,
    start: usize,
    end: usize,
    /// The byte of the file at which the window begins.
    base: u64,
}

/// How far the end of an element has been looked for.
#[derive(Default)]
struct Search {
    /// Bytes looked at, from the element's start.
    at: usize,
    depth: usize,
    in_string: bool,
}

impl Search {
    /// Looks on; whether the end was found, and stands at `at`.
    ///
    /// A loop over bytes outside strings, where the next byte of interest is near, and a search inside them, where it is
    /// not: faster than either alone.
    fn found(&mut self, bytes: &[u8]) -> bool {
        while self.at < bytes.len() {
            if self.in_string {
                match memchr2(b'"', b'\\', &bytes[self.at..]) {
                    None => self.at = bytes.len(),
                    Some(near) if bytes[self.at + near] == b'\\' => self.at += near + 2,
                    Some(near) => {
                        self.at += near + 1;
                        self.in_string = false;
                        if self.depth == 0 {
                            return true;
                        }
                    }
                }
                continue;
            }
            let byte = bytes[self.at];
            self.at += 1;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }
}

impl<'r> Json<'r> {
    /// The whole input.
    pub(crate) fn new(input: Input<'r>) -> Json<'r> {
        let base = input.byte();
        Json { input, window: vec![0; WINDOW], start: 0, end: 0, base }
    }

    /// The byte of the file that is taken next.
    pub(crate) fn byte(&self) -> u64 {
        self.base + self.start as u64
    }

    /// Reads more behind what is in the window; false at the end of the file.
    fn fill(&mut self) -> Result<bool, Failure> {
        if self.start > 0 {
            self.window.copy_within(self.start..self.end, 0);
            self.base += self.start as u64;
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.window.len() {
            if self.end >= MOST_BYTES {
                let message = "an element larger than 8 MiB: is a brace or a quotation mark not closed?";
                return Err(Failure::at(self.base, ErrorKind::TooLarge, message));
            }
            self.window.resize((2 * self.end).min(MOST_BYTES), 0);
        }
        self.input.taken(self.base + self.end as u64);
        match self.input.read(&mut self.window[self.end..]) {
            Ok(more) => {
                self.end += more;
                Ok(more > 0)
            }
            Err(error) => Err(self.input.failure().unwrap_or_else(|| error.into())),
        }
    }

    /// The next byte that is no blank, not taken; nothing at the end of the file.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, Failure> {
        loop {
            while let Some(byte) = self.window[self.start..self.end].first() {
                if !byte.is_ascii_whitespace() {
                    return Ok(Some(*byte));
                }
                self.start += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// The same, where the file must not end.
    fn need(&mut self, expected: &str) -> Result<u8, Failure> {
        let next = self.peek()?;
        next.ok_or_else(|| self.truncated(&format!("where {expected} is expected")))
    }

    fn truncated(&self, where_: &str) -> Failure {
        let end = self.base + self.end as u64;
        Failure::at(end, ErrorKind::Truncated, format!("the file ends {where_}"))
    }

    /// Something else than was expected stands next.
    pub(crate) fn unexpected(&self, expected: &str) -> Failure {
        let text = String::from_utf8_lossy(&self.window[self.start..self.end.min(self.start + 12)]);
        let text = text.lines().next().unwrap_or("").trim_end_matches('\u{fffd}');
        Failure::at(self.byte(), ErrorKind::Malformed, format!("{expected} is expected, not `{text}`"))
    }

    /// Takes one byte that must be there.
    pub(crate) fn expect(&mut self, byte: u8, expected: &str) -> Result<(), Failure> {
        if self.need(expected)? != byte {
            return Err(self.unexpected(expected));
        }
        self.start += 1;
        Ok(())
    }

    /// Takes one byte whatever it is, where text that is no JSON is left behind.
    pub(crate) fn pass(&mut self) -> Result<bool, Failure> {
        if self.start == self.end && !self.fill()? {
            return Ok(false);
        }
        self.start += 1;
        Ok(true)
    }

    /// The next key of the object that was entered, or nothing and the object is left. `first` says that none was read.
    pub(crate) fn key(&mut self, first: &mut bool) -> Result<Option<String>, Failure> {
        let expected = if *first { "a key or `}`" } else { "`,` or `}`" };
        if self.need(expected)? == b'}' {
            self.start += 1;
            return Ok(None);
        }
        if !std::mem::take(first) {
            self.expect(b',', expected)?;
        }
        if self.need("a key")? != b'"' {
            return Err(self.unexpected(if expected.starts_with('a') { expected } else { "a key" }));
        }
        let (byte, slice) = self.value()?;
        let key: String = parse(byte, slice)?;
        self.expect(b':', "`:`")?;
        Ok(Some(key))
    }

    /// Whether the array that was entered has a further element; else it is left. `first` says that none was read.
    pub(crate) fn element(&mut self, first: &mut bool) -> Result<bool, Failure> {
        let expected = if *first { "a value or `]`" } else { "`,` or `]`" };
        if self.need(expected)? == b']' {
            self.start += 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',', expected)?;
        }
        Ok(true)
    }

    /// Takes the next value whole: its first byte's place in the file, and its bytes.
    pub(crate) fn value(&mut self) -> Result<(u64, &[u8]), Failure> {
        let length = match self.need("a value")? {
            b'{' | b'[' | b'"' => self.length()?,
            _ => self.word()?,
        };
        let from = self.start;
        self.start += length;
        Ok((self.base + from as u64, &self.window[from..from + length]))
    }

    /// Passes over the next value, however large.
    pub(crate) fn skip(&mut self) -> Result<(), Failure> {
        if !b"{[\"".contains(&self.need("a value")?) {
            self.start += self.word()?;
            return Ok(());
        }
        let mut search = Search::default();
        while !search.found(&self.window[self.start..self.end]) {
            // An escape at the very end lets the search stand one byte further.
            search.at -= self.end - self.start;
            self.start = self.end;
            if !self.fill()? {
                return Err(self.truncated(INSIDE));
            }
        }
        self.start += search.at;
        Ok(())
    }

    /// Takes the next value, as what it is meant to be.
    pub(crate) fn typed<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let (byte, slice) = self.value()?;
        parse(byte, slice)
    }

    /// The length of the object, array or string that stands next.
    fn length(&mut self) -> Result<usize, Failure> {
        let mut search = Search::default();
        while !search.found(&self.window[self.start..self.end]) {
            if !self.fill()? {
                return Err(self.truncated(INSIDE));
            }
        }
        Ok(search.at)
    }

    /// The length of the number or word that stands next.
    fn word(&mut self) -> Result<usize, Failure> {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:{}[]\"".contains(byte);
        let mut at = 0;
        loop {
            if let Some(more) = self.window[self.start + at..self.end].iter().position(ends) {
                return if at + more == 0 { Err(self.unexpected("a value")) } else { Ok(at + more) };
            }
            at = self.end - self.start;
            if !self.fill()? {
                return Ok(at);
            }
        }
    }

    /// The file must end here.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the file")),
        }
    }
}

/// A slice of the file as a value, with the place of what is wrong in it.
pub(crate) fn parse<'a, T: Deserialize<'a>>(byte: u64, slice: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(slice).map_err(|error| {
        let before = slice.split(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
        let line: usize = before.map(|line| line.len() + 1).sum();
        let at = byte + (line + error.column().saturating_sub(1)) as u64;
        let told = error.to_string();
        let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
        Failure::at(at, ErrorKind::Malformed, format!("not as expected: {told}"))
    })
}

/// The place in the file of a text that was borrowed from a slice; the slice's own when it was not.
pub(crate) fn byte_of(byte: u64, slice: &[u8], text: &str) -> u64 {
    let offset = (text.as_ptr() as usize).wrapping_sub(slice.as_ptr() as usize);
    if offset < slice.len() { byte + offset as u64 } else { byte }
}

/// A text in JSON, borrowed where it has no escapes; also as a key, which would be copied without this.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}
