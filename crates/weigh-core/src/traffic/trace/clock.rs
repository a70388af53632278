//! The clock of a zone: turns the times of a trace that name no zone into UTC, through changes of the clock.

use super::super::zone::Zone;
use super::row::Stamp;

/// Half a day more than any zone's distance from UTC, in seconds.
const MARGIN_S: i64 = 26 * 3_600;

/// Turns local times into UTC.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    zone: Zone,
    /// Local seconds from and to which one offset holds, and that offset in seconds.
    known: (i64, i64, i64),
    /// The time before, in UTC.
    before_s: i64,
    /// Changes of the clock between rows: when the first was, in local seconds, and how many.
    pub(super) changes: Option<(i64, u64)>,
    offset_s: Option<i64>,
}

impl Clock {
    pub(super) fn new(zone: Zone) -> Clock {
        Clock { zone, known: (0, 0, 0), before_s: i64::MIN, changes: None, offset_s: None }
    }

    /// Whether local times are taken as UTC.
    pub(super) fn is_utc(&self) -> bool {
        self.zone.is_utc()
    }

    /// The zone's name.
    pub(super) fn zone_name(&self) -> String {
        self.zone.to_string()
    }

    /// The time in UTC, in seconds since 1970. Where the clock showed a time twice, it is the first one, or the second
    /// when the first does not lie after the row before.
    pub(super) fn utc(&mut self, stamp: Stamp) -> i64 {
        let at_s = match stamp {
            Stamp::Utc(at_s) => at_s,
            Stamp::Local(local_s) if self.zone.is_utc() => local_s,
            Stamp::Local(local_s) => {
                let offset_s = self.offset(local_s);
                if self.offset_s.is_some_and(|before| before != offset_s) {
                    self.changes =
                        Some(self.changes.map_or((local_s, 1), |(first, count)| (first, count + 1)));
                }
                self.offset_s = Some(offset_s);
                local_s - offset_s
            }
        };
        self.before_s = at_s;
        at_s
    }

    fn offset(&mut self, local_s: i64) -> i64 {
        let (from, to, offset) = self.known;
        if (from..to).contains(&local_s) {
            return offset;
        }
        let day = local_s.div_euclid(86_400) * 86_400;
        let (from_s, to_s) = (day - MARGIN_S, day + 86_400 + MARGIN_S);
        let first = i64::from(self.zone.offset_min(from_s)) * 60;
        let changes: Vec<(i64, i64)> =
            self.zone.changes(from_s, to_s).map(|(at, offset)| (at, i64::from(offset) * 60)).collect();
        if changes.is_empty() {
            self.known = (day, day + 86_400, first);
            return first;
        }
        // Every offset of these days under which the local time is one that it was in force at.
        let starts = [(from_s, first)].into_iter().chain(changes.iter().copied());
        let ends = changes.iter().map(|(at, _)| *at).chain([i64::MAX]);
        let fitting: Vec<i64> = starts
            .zip(ends)
            .filter(|((start, offset), end)| (*start..*end).contains(&(local_s - offset)))
            .map(|((_, offset), _)| offset)
            .collect();
        match fitting.as_slice() {
            // A time that the clock jumped over: as if it had not.
            [] => first,
            [only] => *only,
            [earlier, later, ..] if local_s - earlier <= self.before_s => *later,
            [earlier, ..] => *earlier,
        }
    }
}
