//! The way in: bytes from a file, checked to be UTF-8 as they pass, and counted.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr_iter, memrchr};

use crate::error::{ErrorKind, Failure, Place};

/// What can be read, and started again: a file, or bytes in memory.
pub trait SourceReader: Read + Seek {}

impl<T: Read + Seek + ?Sized> SourceReader for T {}

/// The most bytes that one element of JSON or one row of CSV may have, so that memory stays flat.
pub(crate) const MOST_BYTES: usize = 8 * 1_024 * 1_024;

const CHUNK: usize = 256 * 1_024;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes of a file from its start, without a byte order mark, all of them UTF-8.
pub(crate) struct Input<'r> {
    reader: &'r mut dyn SourceReader,
    progress: &'r mut dyn FnMut(u64),
    /// Bytes read of the file.
    byte: u64,
    /// The byte up to which rows were taken.
    mark: u64,
    /// The last bytes, when they are the start of a character that goes on in the next chunk.
    split: Vec<u8>,
    failure: Option<Failure>,
}

impl<'r> Input<'r> {
    /// The file from its start.
    pub(crate) fn new(
        reader: &'r mut dyn SourceReader,
        progress: &'r mut dyn FnMut(u64),
    ) -> Result<Input<'r>, Failure> {
        let mut head = [0; 3];
        let length = start(reader, &mut head)?;
        let byte = if head[..length] == *BYTE_ORDER_MARK { 3 } else { 0 };
        reader.seek(SeekFrom::Start(byte))?;
        Ok(Input { reader, progress, byte, mark: byte, split: Vec::new(), failure: None })
    }

    /// The byte of the file that is read next.
    pub(crate) fn byte(&self) -> u64 {
        self.byte
    }

    /// Tells that all rows up to a byte were taken, so that only one row more may be held in memory.
    pub(crate) fn taken(&mut self, byte: u64) {
        self.mark = byte;
    }

    /// Why the last read failed, if the bytes were at fault.
    pub(crate) fn failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    fn check(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut fresh = bytes;
        // At most three bytes of a character stand before the chunk: complete it, byte by byte.
        while !self.split.is_empty() {
            let Some((next, rest)) = fresh.split_first() else { return Ok(()) };
            self.split.push(*next);
            fresh = rest;
            match std::str::from_utf8(&self.split) {
                Ok(_) => self.split.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(not_utf8(self.byte - 1)),
            }
        }
        match std::str::from_utf8(fresh) {
            Ok(_) => Ok(()),
            Err(error) if error.error_len().is_none() => {
                self.split.extend(&fresh[error.valid_up_to()..]);
                Ok(())
            }
            Err(error) => Err(not_utf8(self.byte + (bytes.len() - fresh.len() + error.valid_up_to()) as u64)),
        }
    }
}

fn not_utf8(byte: u64) -> Failure {
    Failure::at(byte, ErrorKind::Malformed, "the text is not UTF-8")
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let blame = |input: &mut Self, failure: Failure| {
            input.failure = Some(failure);
            io::Error::from(io::ErrorKind::InvalidData)
        };
        if self.byte - self.mark > (MOST_BYTES + CHUNK) as u64 {
            let message = "a row larger than 8 MiB: is a quotation mark not closed?";
            let failure = Failure::at(self.mark, ErrorKind::TooLarge, message);
            return Err(blame(self, failure));
        }
        let length = loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error.into());
                    return Err(io::Error::from(io::ErrorKind::InvalidData));
                }
                Ok(length) => break length,
            }
        };
        let outcome = match length {
            0 if !self.split.is_empty() => Err(not_utf8(self.byte - self.split.len() as u64)),
            _ => self.check(&buffer[..length]),
        };
        outcome.map_err(|failure| blame(self, failure))?;
        self.byte += length as u64;
        (self.progress)(self.byte);
        Ok(length)
    }
}

/// The first bytes of a file, as many as fit.
pub(crate) fn start(reader: &mut dyn SourceReader, buffer: &mut [u8]) -> Result<usize, Failure> {
    reader.seek(SeekFrom::Start(0))?;
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(length)
}

/// Line and column of a byte. The file is read again up to there, so that lines need not be counted while all is well.
pub(crate) fn place(reader: &mut dyn SourceReader, byte: u64) -> io::Result<Place> {
    reader.seek(SeekFrom::Start(0))?;
    let mut chunk = vec![0; CHUNK];
    let (mut line, mut column, mut left, mut first) = (1, 1, byte, true);
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let length = match reader.read(&mut chunk[..most]) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut text = &chunk[..length];
        left -= length as u64;
        if std::mem::take(&mut first) {
            text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        }
        line += memchr_iter(b'\n', text).count() as u64;
        if let Some(end) = memrchr(b'\n', text) {
            (column, text) = (1, &text[end + 1..]);
        }
        // Bytes that continue a character have 10 as their first bits.
        column += text.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64;
    }
    Ok(Place { line, column, byte })
}

/// Where the field of a number begins in the row of CSV that begins at a byte.
pub(crate) fn field(reader: &mut dyn SourceReader, row: u64, number: usize) -> io::Result<u64> {
    reader.seek(SeekFrom::Start(row))?;
    let mut chunk = vec![0; CHUNK];
    let (mut at, mut left, mut quoted, mut begun) = (row, number, false, false);
    loop {
        let length = reader.read(&mut chunk)?;
        for byte in &chunk[..length] {
            // Empty lines before the row are counted to it.
            begun |= !byte.is_ascii_whitespace();
            if left == 0 && begun {
                return Ok(at);
            }
            match byte {
                b'"' => quoted = !quoted,
                b',' if !quoted => left -= 1,
                _ => {}
            }
            at += 1;
        }
        if length == 0 {
            return Ok(at);
        }
    }
}
