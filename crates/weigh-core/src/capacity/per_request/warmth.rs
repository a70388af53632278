//! Which servers are warm while the rate changes: cold starts and idle servers from the levels of concurrency.

use super::levels::{Grid, Levels, Recycling};

/// A time in which the rate and the number of ready servers stay as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// Its length in seconds.
    pub(super) length_s: f64,
    /// Which of the rates it has.
    pub(super) rate: usize,
    /// Servers kept ready.
    pub(super) ready: u32,
}

/// Cold starts, and the time that servers were warm and idle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Warmth {
    /// Requests that started a server.
    pub(super) cold: f64,
    /// Server-seconds idle; those of the ready servers included.
    pub(super) idle_s: f64,
}

/// The first-passage model of a month, for a keep-alive.
///
/// At each level `n` of concurrency, `n` servers are busy or fewer with the chance `Π_n`, and from there more come at the
/// rate `θ_n`. The server above the level was given up unless it was needed within the keep-alive, so that
/// `cold(t) = Σ_n Π_n θ_n exp(-∫ θ_n)` a second, the integral over the keep-alive `T` before `t`; where the rate rises at
/// once, `Π_n` falls and the difference needs a server too. With one rate it is the formula of
/// [`cold_starts`](crate::capacity::cold_starts).
pub(super) struct Months<'a> {
    grid: &'a Grid,
    levels: &'a [Levels],
    keep_s: f64,
    recycling: Option<Recycling>,
    /// `∫ θ_n` until now, until a keep-alive ago, and until the level's servers were last taken away.
    until_now: Vec<f64>,
    until_then: Vec<f64>,
    until_taken: Vec<f64>,
    /// The chance that a level's server is gone, given that no more than the level are busy.
    gone: Vec<f64>,
    /// The share of each mark's levels that no ready server covers.
    uncovered: Vec<f64>,
    /// Servers renewed for their age, a second, at each rate; with the ready servers that there are now.
    renewed_per_s: Vec<Option<f64>>,
    total: Warmth,
}

/// Where a month is: which span serves now, which was a keep-alive ago, and how long either lasts.
struct Clock<'a> {
    spans: &'a [Span],
    now: usize,
    now_left_s: f64,
    /// Nothing before the month began.
    then: Option<usize>,
    then_left_s: f64,
}

impl Clock<'_> {
    fn rate_now(&self) -> usize {
        self.spans[self.now].rate
    }

    fn rate_then(&self) -> usize {
        self.spans[self.then.unwrap_or(0)].rate
    }

    /// Passes a time that neither span outlasts; whether another span began, and whether there is one.
    fn pass(&mut self, time_s: f64) -> (bool, bool) {
        const ROUNDING_S: f64 = 1e-9;
        self.now_left_s -= time_s;
        self.then_left_s -= time_s;
        if self.then_left_s <= ROUNDING_S {
            let next = self.then.map_or(0, |then| then + 1);
            self.then = Some(next);
            self.then_left_s = self.spans.get(next).map_or(f64::INFINITY, |span| span.length_s);
        }
        if self.now_left_s > ROUNDING_S {
            return (false, true);
        }
        self.now += 1;
        self.now_left_s = self.spans.get(self.now).map_or(0.0, |span| span.length_s);
        (true, self.now < self.spans.len())
    }
}

impl<'a> Months<'a> {
    /// A month that begins as if its first span had lasted for long.
    pub(super) fn run(
        grid: &'a Grid,
        levels: &'a [Levels],
        spans: &[Span],
        keep_s: f64,
        recycling: Option<Recycling>,
    ) -> Warmth {
        let Some(first) = spans.first() else { return Warmth::default() };
        let count = grid.marks.len();
        let mut month = Months {
            grid,
            levels,
            keep_s,
            recycling,
            until_now: levels[first.rate].passes_per_s.iter().map(|rate| rate * keep_s).collect(),
            until_then: vec![0.0; count],
            until_taken: vec![0.0; count],
            gone: vec![0.0; count],
            uncovered: grid.uncovered(first.ready),
            renewed_per_s: vec![None; levels.len()],
            total: Warmth::default(),
        };
        month.see_what_is_gone();
        let mut clock = Clock { spans, now: 0, now_left_s: first.length_s, then: None, then_left_s: keep_s };
        loop {
            let time_s = clock.now_left_s.min(clock.then_left_s);
            month.advance(&clock, time_s);
            let before = clock.now;
            match clock.pass(time_s) {
                (_, false) => return month.total,
                (true, true) => month.change(spans[before], spans[clock.now]),
                (false, true) => {}
            }
        }
    }

    fn see_what_is_gone(&mut self) {
        let passed = self.until_now.iter().zip(self.until_then.iter().zip(&self.until_taken));
        for (gone, (now, (then, taken))) in self.gone.iter_mut().zip(passed) {
            *gone = vanishing(now - then.max(*taken));
        }
    }

    /// Adds a time in which the rates now and a keep-alive ago stay as they are.
    fn advance(&mut self, clock: &Clock<'_>, time_s: f64) {
        let now = &self.levels[clock.rate_now()];
        let then = &self.levels[clock.rate_then()];
        let (mut cold, mut idle_s) = (0.0, 0.0);
        for mark in 0..self.grid.marks.len() {
            let (in_per_s, out_per_s) = (now.passes_per_s[mark], then.passes_per_s[mark]);
            let before = self.until_now[mark] - self.until_then[mark].max(self.until_taken[mark]);
            self.until_now[mark] += in_per_s * time_s;
            self.until_then[mark] += out_per_s * time_s;
            let after = self.until_now[mark] - self.until_then[mark].max(self.until_taken[mark]);
            let (gone_before, below) = (self.gone[mark], now.below[mark]);
            let gone_after = vanishing(after);
            self.gone[mark] = gone_after;
            // The mean of exp(-x) along the line from `before` to `after`.
            let change = after - before;
            let gone = match change.abs() > 1e-6 {
                true => (gone_before - gone_after) / change,
                false => gone_before,
            };
            let (weight, uncovered) = (self.grid.weights[mark], self.uncovered[mark]);
            cold += weight * uncovered * below * in_per_s * gone;
            idle_s += weight * below * (1.0 - uncovered * gone);
        }
        let ready = clock.spans[clock.now].ready;
        let renewed = match (self.recycling, self.renewed_per_s[clock.rate_now()]) {
            (None, _) => 0.0,
            (Some(_), Some(known)) => known,
            (Some(recycling), None) => now.renewed_per_s(self.grid, &self.uncovered, self.keep_s, recycling),
        };
        self.renewed_per_s[clock.rate_now()] = Some(renewed);
        self.total.cold += (cold + renewed) * time_s;
        self.total.idle_s += (idle_s + self.grid.beyond(ready)) * time_s;
    }

    /// Another span begins: what is now above a level needs its server at once, and so does what ready servers no
    /// longer cover.
    fn change(&mut self, before: Span, after: Span) {
        let (old, new) = (&self.levels[before.rate], &self.levels[after.rate]);
        for mark in 0..self.grid.marks.len() {
            let rise = (old.below[mark] - new.below[mark]).max(0.0);
            self.total.cold += self.grid.weights[mark] * self.uncovered[mark] * rise * self.gone[mark];
        }
        if before.ready == after.ready {
            return;
        }
        let uncovered = self.grid.uncovered(after.ready);
        for (mark, uncovered) in uncovered.iter().enumerate() {
            let bared = uncovered - self.uncovered[mark];
            if bared > 0.0 {
                self.total.cold += self.grid.weights[mark] * bared * (1.0 - new.below[mark]);
            }
            if bared > 0.5 {
                self.until_taken[mark] = self.until_now[mark];
            }
        }
        self.uncovered = uncovered;
        self.renewed_per_s.fill(None);
        self.see_what_is_gone();
    }
}

/// `e^{-x}`, without work where it is 0 or 1 as far as it counts.
fn vanishing(x: f64) -> f64 {
    match x {
        x if x > 60.0 => 0.0,
        x if x < 1e-8 => 1.0 - x,
        x => libm::exp(-x),
    }
}
