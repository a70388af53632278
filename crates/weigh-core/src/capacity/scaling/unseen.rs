//! Datapoints that no alarm has seen yet: a short ring, as one is added and one taken with every period.

use super::Measured;

/// The metrics of a period.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Datapoint {
    /// When alarms see it.
    pub(super) seen_s: f64,
    pub(super) measured: Measured,
    /// The replicas that ran in the period.
    pub(super) ran: u32,
}

/// Datapoints in the order of time.
#[derive(Clone, Debug)]
pub(super) struct Unseen {
    /// As many as a power of two.
    slots: Vec<Datapoint>,
    first: usize,
    count: usize,
    /// When the earliest one is seen; infinite without one.
    next_s: f64,
}

impl Unseen {
    /// Without a datapoint.
    pub(super) fn none() -> Unseen {
        Unseen { slots: vec![Datapoint::default(); 4], first: 0, count: 0, next_s: f64::INFINITY }
    }

    /// Adds the latest one.
    #[inline]
    pub(super) fn push(&mut self, datapoint: Datapoint) {
        if self.count == self.slots.len() {
            self.grow();
        }
        let place = (self.first + self.count) & (self.slots.len() - 1);
        self.slots[place] = datapoint;
        self.count += 1;
        self.next_s = self.next_s.min(datapoint.seen_s);
    }

    /// Takes the earliest one, if it is seen by then.
    #[inline]
    pub(super) fn pop_seen_by(&mut self, by_s: f64) -> Option<Datapoint> {
        if self.next_s > by_s {
            return None;
        }
        let last = self.slots.len() - 1;
        let earliest = self.slots[self.first & last];
        self.first = (self.first + 1) & last;
        self.count -= 1;
        self.next_s = if self.count > 0 { self.slots[self.first & last].seen_s } else { f64::INFINITY };
        Some(earliest)
    }

    /// Lets all of them be seen so much later.
    pub(super) fn delay(&mut self, time_s: f64) {
        self.next_s += time_s;
        self.slots.iter_mut().for_each(|datapoint| datapoint.seen_s += time_s);
    }

    /// Whether each is like this.
    pub(super) fn all(&self, mut like: impl FnMut(&Datapoint) -> bool) -> bool {
        (0..self.count).all(|place| like(&self.slots[(self.first + place) & (self.slots.len() - 1)]))
    }

    #[cold]
    fn grow(&mut self) {
        self.slots.rotate_left(self.first);
        self.first = 0;
        self.slots.resize(self.slots.len() * 2, Datapoint::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seen_s: f64) -> Datapoint {
        Datapoint { seen_s, ..Datapoint::default() }
    }

    #[test]
    fn what_is_added_first_is_seen_first_however_many_there_are() {
        let mut unseen = Unseen::none();
        let mut next = 0.0;
        for number in 0..100 {
            unseen.push(at(f64::from(number)));
            // Two of three are taken at once, so that the ring turns and grows.
            if number % 3 > 0 {
                assert_eq!(unseen.pop_seen_by(1e9).map(|datapoint| datapoint.seen_s), Some(next));
                next += 1.0;
            }
        }
        assert!(unseen.pop_seen_by(next - 1.0).is_none());
        unseen.delay(1_000.0);
        assert!(unseen.all(|datapoint| datapoint.seen_s >= 1_000.0 + next));
        assert_eq!(unseen.pop_seen_by(1e9).map(|datapoint| datapoint.seen_s), Some(1_000.0 + next));
    }
}
