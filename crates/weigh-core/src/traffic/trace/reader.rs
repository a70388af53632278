//! Reads a trace from its bytes, piece by piece, with every mistake at its place.

use std::ops::Range;

use super::clock::Clock;
use super::row::{COUNT, Stamp, TIME, Times, Wrong, columns, count, separator};
use super::series::{Series, Tally};
use super::{Trace, settle};
use crate::traffic::Zone;

/// So many mistakes are kept, the rest is counted.
const KEPT: usize = 20;
/// A line that is longer is none of a trace, in bytes.
const LONGEST: usize = 4_096;
/// A trace may begin with so many lines that have no number.
const MOST_HEADERS: u64 = 20;
/// What a file is that can be read.
const TRACE: &str = "lines of a time and a count, such as 2014-04-10 00:04:00,94, or one count per minute";

/// Something wrong in a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceProblem {
    /// The line, from 1; 0 when the trace as a whole is meant.
    pub line: u64,
    /// The text of the line, cut where it is very long.
    pub text: String,
    /// The bytes of the line that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What is allowed there.
    pub allowed: String,
}

/// What is wrong in a trace: the first mistakes, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceProblems {
    /// The first mistakes, at most 20, in the order of the file.
    pub first: Vec<TraceProblem>,
    /// All of them.
    pub count: u64,
}

/// What the lines hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A count each, one a minute.
    Counts,
    /// A time and a count, parted by this byte.
    Rows(u8),
    /// Nothing that can be read: that was told.
    Unknown,
}

/// Reads a trace of requests over time, in pieces of any size, without keeping its rows.
///
/// Two forms are known. Lines of a time and a count, parted by `,`, `;` or a tab: times are `2014-04-10 00:04:00` with `-`
/// or `/`, a `T`, no seconds, an offset or a `Z`, or epoch seconds or milliseconds; without an offset they are on the
/// clock of the zone that is given. Or a count on each line, one a minute from the start of the month on. Leading lines
/// that begin with no digit are headers, empty lines and lines that begin with `#` are left out; quotes, a byte order
/// mark, Windows line ends and separators of thousands (`1,234` in quotes) are understood. Of further numbers is told that
/// they are not read.
///
/// Memory does not grow with the rows: counts are kept by minutes, for 45 days before the newest.
///
/// ```
/// use weigh_core::time::Month;
/// use weigh_core::traffic::{TraceReader, Traffic, Zone};
/// let mut reader = TraceReader::new("requests.csv", Zone::default());
/// reader.feed(b"timestamp,value\n2026-03-02 00:00,60\n2026-03-02 00:0");
/// reader.feed(b"5,120\n2026-03-02 00:15,120\n2026-03-02 00:20,300\n");
/// let trace = reader.finish().unwrap();
/// assert_eq!(
///     trace.describe(),
///     "requests.csv: 4 rows every 5 min, from 2026-03-02 00:00 to 2026-03-02 00:25 UTC; 1 gap of 1 step \
///      (5 min after 2026-03-02 00:05), filled along a line"
/// );
/// let traffic = Traffic::from_trace(trace);
/// // 60, 120, the same once more in the gap, 120 and 300 in 25 minutes.
/// assert!((traffic.mean_per_s(Month::Average) - 720.0 / 1_500.0).abs() < 1e-12);
///
/// let mut reader = TraceReader::new("requests.csv", Zone::default());
/// reader.feed(b"10\n-2\nmany\n");
/// let problems = reader.finish().unwrap_err();
/// assert_eq!(problems.first[0].message, "`-2` is negative");
/// assert_eq!((problems.first[1].line, problems.count), (3, 2));
/// ```
pub struct TraceReader {
    name: String,
    clock: Clock,
    /// The start of a line whose end is yet to come.
    rest: Vec<u8>,
    line: u64,
    form: Option<Form>,
    headers: u64,
    times: Times,
    series: Series,
    /// Whether a time was on a clock without an offset.
    local: bool,
    without_count: Tally,
    more_columns: Tally,
    problems: TraceProblems,
}

impl TraceReader {
    /// A reader of the trace of this name; times without an offset are on the clock of the zone.
    #[must_use]
    pub fn new(name: &str, zone: Zone) -> TraceReader {
        TraceReader {
            name: name.to_owned(),
            clock: Clock::new(zone),
            rest: Vec::new(),
            line: 0,
            form: None,
            headers: 0,
            times: Times::default(),
            series: Series::new(),
            local: false,
            without_count: Tally::default(),
            more_columns: Tally::default(),
            problems: TraceProblems::default(),
        }
    }

    /// Takes the next bytes of the trace.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut left = bytes;
        while let Some(end) = left.iter().position(|byte| *byte == b'\n') {
            let (line, after) = (&left[..end], &left[end + 1..]);
            if self.rest.is_empty() {
                self.take(line);
            } else {
                let mut whole = std::mem::take(&mut self.rest);
                whole.extend_from_slice(&line[..line.len().min(LONGEST + 1)]);
                self.take(&whole);
                whole.clear();
                self.rest = whole;
            }
            left = after;
        }
        // Of a line that never ends no more is kept than shows that it is too long.
        let room = (LONGEST + 1).saturating_sub(self.rest.len());
        self.rest.extend_from_slice(&left[..left.len().min(room)]);
    }

    /// The trace, now that all its bytes were taken.
    ///
    /// # Errors
    /// What is wrong in its lines; fewer than two rows; counts that are all zero; rows more than a day apart; times that
    /// span more than a century.
    pub fn finish(mut self) -> Result<Trace, TraceProblems> {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.take(&rest);
        }
        if self.problems.count > 0 {
            return Err(self.problems);
        }
        let rows = self.series.rows;
        let whole = |message: &str, allowed: &str| TraceProblem {
            line: 0,
            text: String::new(),
            span: 0..0,
            message: message.to_owned(),
            allowed: allowed.to_owned(),
        };
        let wrong = match rows {
            0 if self.line == 0 => Some(whole("the trace is empty", TRACE)),
            0 => Some(whole("the trace has no row with a count", TRACE)),
            1 => Some(whole(
                "the trace has a single row",
                "two rows at least, as their distance is not written",
            )),
            _ if !self.series.some_above_zero => {
                Some(whole("the trace has only zeros", "at least one count above 0"))
            }
            _ => None,
        };
        let settled = match wrong {
            Some(wrong) => Err(wrong),
            None => {
                self.series.close();
                let read = settle::Read {
                    name: self.name,
                    timed: self.form != Some(Form::Counts),
                    zoneless: self.local && self.clock.is_utc(),
                    without_count: self.without_count,
                    more_columns: self.more_columns,
                    clock_changes: self.clock.changes,
                    zone: self.clock.zone_name(),
                };
                settle::trace(&self.series, &read).map_err(|why| whole(&why.0, why.1))
            }
        };
        settled.map_err(|wrong| TraceProblems { first: vec![wrong], count: 1 })
    }

    /// Takes a line without its end.
    fn take(&mut self, bytes: &[u8]) {
        self.line += 1;
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes = if self.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        if self.form == Some(Form::Unknown) {
            return;
        }
        match std::str::from_utf8(bytes) {
            Ok(line) if bytes.len() <= LONGEST && !bytes.contains(&0) => {
                if !line.trim_ascii().is_empty()
                    && bytes[0] != b'#'
                    && let Err(wrong) = self.row(line)
                {
                    self.keep(line, wrong);
                }
            }
            _ => {
                let text = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).replace('\0', "");
                let (message, allowed) = match bytes {
                    long if long.len() > LONGEST => ("the line is longer than any of a trace", TRACE),
                    [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("the file is UTF-16 text", "UTF-8 text"),
                    _ => ("the line is no UTF-8 text", "UTF-8 text"),
                };
                self.keep(&text, Wrong { span: 0..text.len(), message: message.to_owned(), allowed });
                self.form = Some(Form::Unknown);
            }
        }
    }

    /// Takes a line that has something on it.
    fn row(&mut self, line: &str) -> Result<(), Wrong> {
        let form = match self.form {
            Some(form) => form,
            None => match self.form_of(line)? {
                Some(form) => *self.form.insert(form),
                None => return Ok(()),
            },
        };
        let (stamp, count) = match form {
            Form::Unknown => return Ok(()),
            Form::Counts => {
                let span = columns(line, b';').next().unwrap_or(0..0);
                let index = i64::try_from(self.series.rows).unwrap_or(i64::MAX / 60);
                (Stamp::Utc(index * 60), count(&line[span.clone()], span)?)
            }
            Form::Rows(separator) => {
                let mut columns = columns(line, separator);
                let time = columns.next().unwrap_or(0..0);
                let wrong = |message: String, allowed| Wrong { span: time.clone(), message, allowed };
                let stamp = self.times.read(&line[time.clone()]);
                let stamp =
                    stamp.ok_or_else(|| wrong(format!("`{}` is no time", &line[time.clone()]), TIME))?;
                let span = columns.next().ok_or_else(|| wrong("a time without a count".to_owned(), COUNT))?;
                if span.end < line.len()
                    && columns.any(|more| line[more].starts_with(|c: char| c.is_ascii_digit()))
                {
                    self.more_columns.add(self.line);
                }
                (stamp, count(&line[span.clone()], span)?)
            }
        };
        let Some(count) = count else {
            self.without_count.add(self.line);
            return Ok(());
        };
        self.local |= matches!(stamp, Stamp::Local(_));
        let at_s = self.clock.utc(stamp);
        if self.series.add(at_s, count, stamp, self.line) {
            return Ok(());
        }
        let message = "a time more than a century from the others".to_owned();
        Err(Wrong { span: 0..line.len(), message, allowed: "times that lie at most 100 years apart" })
    }

    /// What the lines hold, by the first that is no header; nothing for a header.
    fn form_of(&mut self, line: &str) -> Result<Option<Form>, Wrong> {
        let separator = separator(line);
        let mut columns = columns(line, separator);
        let first = columns.next().unwrap_or(0..0);
        let text = &line[first.clone()];
        let date = text.contains(':') || text.matches(['-', '/']).count() > 1;
        let one_count = columns.next().is_none() && !date;
        let begins_with_number =
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        if begins_with_number {
            return Ok(Some(if one_count { Form::Counts } else { Form::Rows(separator) }));
        }
        self.headers = self.line;
        if self.headers <= MOST_HEADERS {
            return Ok(None);
        }
        self.form = Some(Form::Unknown);
        let message = format!("the first {} lines begin with no number", self.line);
        Err(Wrong { span: 0..line.len(), message, allowed: TRACE })
    }

    /// Keeps a mistake.
    fn keep(&mut self, line: &str, wrong: Wrong) {
        self.problems.count += 1;
        if self.problems.first.len() < KEPT {
            let (line, text) = (self.line, line.to_owned());
            let Wrong { span, message, allowed } = wrong;
            let allowed = allowed.to_owned();
            self.problems.first.push(TraceProblem { line, text, span, message, allowed });
        }
    }
}
