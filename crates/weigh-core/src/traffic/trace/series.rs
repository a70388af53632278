//! The counts of a trace as they come, by minutes: small in memory however many rows there are.

use std::collections::BTreeMap;

use super::row::Stamp;
use crate::traffic::zone::minute_of_week;

/// Minutes of a day, as a length.
pub(super) const DAY: usize = 24 * 60;
/// Counts are kept for so many days before the newest: a month, and a week to fill gaps from.
const KEPT_DAYS: i64 = 45;
/// A trace that is longer has wrong times.
const MOST_S: i64 = 100 * 366 * 86_400;

/// How often something was found, and the line of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) line: u64,
}

impl Tally {
    pub(super) fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }
}

/// One day: which minutes have a row, and their counts while the day is near the newest.
struct Day {
    present: [u64; DAY / 64 + 1],
    counts: Option<Box<[Cell; DAY]>>,
}

/// The rows of a minute: the sum of their counts, and the count of the last.
#[derive(Clone, Copy, Default)]
struct Cell {
    sum: f64,
    last: f64,
}

/// The counts of a trace.
pub(super) struct Series {
    days: BTreeMap<i64, Day>,
    /// The day of the row before, outside the map.
    today: Option<(i64, Day)>,
    newest_day: i64,
    /// The row before: its time and its count.
    before: Option<(i64, f64)>,
    /// The step forward to the row before.
    step_s: i64,
    /// Rows by the step forward to them, where it is below a minute; the last place has all the others.
    pub(super) steps: [u64; 61],
    pub(super) rows: u64,
    pub(super) first_s: i64,
    pub(super) last_s: i64,
    pub(super) same_time: Tally,
    pub(super) same_minute: Tally,
    pub(super) back: Tally,
    /// Goes back by an hour that ends at night, on a clock whose zone is not known.
    pub(super) clock_back: Tally,
    pub(super) some_above_zero: bool,
}

impl Series {
    pub(super) fn new() -> Series {
        Series {
            days: BTreeMap::new(),
            today: None,
            newest_day: i64::MIN,
            before: None,
            step_s: 0,
            steps: [0; 61],
            rows: 0,
            first_s: i64::MAX,
            last_s: i64::MIN,
            same_time: Tally::default(),
            same_minute: Tally::default(),
            back: Tally::default(),
            clock_back: Tally::default(),
            some_above_zero: false,
        }
    }

    /// Takes a row; false when its time lies more than a century from others.
    pub(super) fn add(&mut self, at_s: i64, count: f64, stamp: Stamp, line: u64) -> bool {
        let (first_s, last_s) = (self.first_s.min(at_s), self.last_s.max(at_s));
        if last_s - first_s > MOST_S {
            return false;
        }
        (self.first_s, self.last_s) = (first_s, last_s);
        self.rows += 1;
        self.some_above_zero |= count > 0.0;
        let mut replaced = 0.0;
        if let Some((before_s, before)) = self.before {
            match at_s - before_s {
                0 => {
                    self.same_time.add(line);
                    replaced = before;
                }
                back_s if back_s < 0 => self.back(-back_s, at_s, stamp, line),
                step_s => {
                    self.steps[usize::try_from(step_s).map_or(60, |step_s| step_s.min(60))] += 1;
                    self.step_s = step_s;
                }
            }
        }
        self.before = Some((at_s, count));
        let minute = usize::try_from(at_s.rem_euclid(86_400) / 60).unwrap_or(0);
        let day = self.day(at_s.div_euclid(86_400));
        let (word, bit) = (minute / 64, 1 << (minute % 64));
        let present = day.present[word] & bit != 0;
        day.present[word] |= bit;
        if let Some(counts) = &mut day.counts {
            let cell = &mut counts[minute];
            cell.sum += count - replaced;
            cell.last = count;
        }
        if present {
            self.same_minute.add(line);
        }
        true
    }

    /// Notes a row whose time lies before that of the row before.
    fn back(&mut self, back_s: i64, at_s: i64, stamp: Stamp, line: u64) {
        let local = matches!(stamp, Stamp::Local(local_s) if local_s == at_s);
        let an_hour = self.step_s < 3_600 && back_s == 3_600 - self.step_s;
        if local && an_hour && is_sunday_night(at_s) {
            self.clock_back.add(line);
        } else {
            self.back.add(line);
        }
    }

    /// The day of a number of days since 1970, ready for its counts.
    fn day(&mut self, number: i64) -> &mut Day {
        if self.today.as_ref().is_none_or(|(today, _)| *today != number) {
            if let Some((today, day)) = self.today.take() {
                self.days.insert(today, day);
            }
            if number > self.newest_day {
                self.newest_day = number;
                let old = self.days.range_mut(..number - KEPT_DAYS).rev();
                old.take_while(|(_, day)| day.counts.is_some()).for_each(|(_, day)| day.counts = None);
            }
        }
        let (days, newest) = (&mut self.days, self.newest_day);
        let (_, day) = self.today.get_or_insert_with(|| {
            let day = days.remove(&number).unwrap_or_else(|| Day {
                present: [0; DAY / 64 + 1],
                counts: (number >= newest - KEPT_DAYS).then(|| Box::new([Cell::default(); DAY])),
            });
            (number, day)
        });
        day
    }

    /// Puts the last day to the others: no row follows.
    pub(super) fn close(&mut self) {
        if let Some((today, day)) = self.today.take() {
            self.days.insert(today, day);
        }
    }

    /// The minutes since 1970 that have a row, in order.
    pub(super) fn minutes(&self) -> impl Iterator<Item = i64> {
        self.days.iter().flat_map(|(number, day)| {
            let first = number * 1_440;
            let words = (0_i64..).zip(day.present).filter(|(_, word)| *word != 0);
            words.flat_map(move |(index, word)| {
                let mut rest = word;
                std::iter::from_fn(move || {
                    let bit = i64::from(rest.trailing_zeros());
                    (rest != 0).then(|| {
                        rest &= rest - 1;
                        first + index * 64 + bit
                    })
                })
            })
        })
    }

    /// The count of a minute: of its last row, or of all of them; nothing for what is too old or has no row.
    pub(super) fn count(&self, minute: i64, all_rows: bool) -> Option<f64> {
        let day = self.days.get(&minute.div_euclid(1_440))?;
        let cell = day.counts.as_ref()?[usize::try_from(minute.rem_euclid(1_440)).ok()?];
        Some(if all_rows { cell.sum } else { cell.last })
    }
}

/// Whether a time in seconds since 1970 lies in the first three hours of a Sunday: there most clocks are changed.
pub(super) fn is_sunday_night(at_s: i64) -> bool {
    (6 * 1_440..6 * 1_440 + 180).contains(&minute_of_week(at_s))
}
