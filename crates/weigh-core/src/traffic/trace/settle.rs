//! Makes a trace of its counts: finds its resolution, its gaps and its changes, and fills what is missing.

use std::collections::BTreeMap;

use super::series::{Series, Tally, is_sunday_night};
use super::{Finding, Trace};
use crate::traffic::Traffic;
use crate::traffic::zone::minute_of_week;

/// Minutes that are kept of a trace before its end: a month of 31 days and a week.
const KEPT: i64 = 38 * 1_440;
/// Gaps up to so many minutes are filled along a line.
const SHORT: usize = 60;
/// Rows further apart say nothing of the hours of a day, in minutes.
const MOST_STEP: i64 = 1_440;
/// The least variability that is estimated: fewer requests than a clock's can't be told from too few counts.
const LEAST_VARIABILITY: f64 = 0.1;

/// What the reader knows beside the counts.
pub(super) struct Read {
    pub(super) name: String,
    /// Whether rows have times.
    pub(super) timed: bool,
    /// Whether there are times without an offset, and no zone that they are in.
    pub(super) zoneless: bool,
    pub(super) without_count: Tally,
    pub(super) more_columns: Tally,
    pub(super) clock_changes: Option<(i64, u64)>,
    pub(super) zone: String,
}

/// Missing steps between rows.
#[derive(Default)]
struct Gaps {
    count: u64,
    missing_steps: u64,
    longest: i64,
    longest_after: i64,
    /// Gaps of one hour at night, on a clock whose zone is not known.
    clock_forward: u64,
}

/// Walks over the minutes that have a row.
struct Walk<'a> {
    series: &'a Series,
    read: &'a Read,
    step: i64,
    all_rows: bool,
    changes: u64,
    first_change: (i64, i64, i64),
    gaps: Gaps,
    /// Requests in each minute from `from` on; NaN where nothing is known.
    from: i64,
    rates: Vec<f64>,
    spread: Spread,
}

/// Sums for the variability of counts: successive differences of steps of one length.
#[derive(Default)]
struct Spread {
    before: Option<(f64, i64)>,
    squares: f64,
    sum: f64,
    count: f64,
}

/// The trace of a series, or why there is none and what is allowed.
pub(super) fn trace(series: &Series, read: &Read) -> Result<Trace, (String, &'static str)> {
    let below_minute = series.steps[..60].iter().enumerate().max_by_key(|(step, count)| (**count, 60 - step));
    let (step_s, most) = below_minute.map_or((0, 0), |(step, count)| (step, *count));
    let all_rows = step_s > 0 && most > series.steps[60];
    let step = if all_rows { 1 } else { usual_step(series.minutes()) };
    if step > MOST_STEP {
        let message = format!("the rows are {} apart", shown_minutes(step));
        return Err((message, "rows that are a day apart at most"));
    }
    let (first, last) = (series.first_s.div_euclid(60), series.last_s.div_euclid(60));
    let from = first.max(last + step - KEPT);
    let mut walk = Walk {
        series,
        read,
        step,
        all_rows,
        changes: 0,
        first_change: (0, 0, 0),
        gaps: Gaps::default(),
        from,
        rates: vec![f64::NAN; usize::try_from(last - from).unwrap_or(0)],
        spread: Spread::default(),
    };
    walk.all();
    let (changes, first_change, gaps, spread) = (walk.changes, walk.first_change, walk.gaps, walk.spread);
    let (end, last_step) = (walk.from + i64::try_from(walk.rates.len()).unwrap_or(0), walk.step);
    let mut rates = walk.rates;
    fill(&mut rates);
    let sum: f64 = rates.iter().sum();
    if sum <= 0.0 {
        return Err((
            "the trace ends with 38 days of zeros".to_owned(),
            "at least one count above 0 in them",
        ));
    }
    let step_s = if all_rows { i64::try_from(step_s).unwrap_or(1) } else { step * 60 };
    let mut trace = Trace {
        name: read.name.clone(),
        rows: series.rows,
        step_s: u32::try_from(step_s).unwrap_or(60),
        from_s: first * 60,
        to_s: end * 60,
        timed: read.timed,
        findings: Vec::new(),
        minute_of_week: read.timed.then(|| minute_of_week(from * 60)),
        requests_per_minute: rates,
        variability: spread.variability(last_step.max(step)),
    };
    trace.findings = findings(series, read, all_rows, &gaps, (changes, first_change));
    Ok(trace)
}

/// What was found, in the order in which it is told.
fn findings(
    series: &Series,
    read: &Read,
    all_rows: bool,
    gaps: &Gaps,
    (changes, (at, before, after)): (u64, (i64, i64, i64)),
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if gaps.count > 0 {
        findings.push(Finding::Gaps {
            count: gaps.count,
            missing_steps: gaps.missing_steps,
            longest_min: gaps.longest.unsigned_abs(),
            after_s: gaps.longest_after * 60,
        });
    }
    let lines = |tally: Tally| (tally.count > 0).then_some((tally.count, tally.line));
    if let Some((count, line)) = lines(read.without_count) {
        findings.push(Finding::WithoutCount { count, line });
    }
    if let Some((count, line)) = lines(read.more_columns) {
        findings.push(Finding::MoreColumns { count, line });
    }
    if let Some((count, line)) = lines(if all_rows { series.same_time } else { series.same_minute }) {
        findings.push(Finding::Repeated { count, line });
    }
    if let Some((count, line)) = lines(series.back) {
        findings.push(Finding::Disorder { count, line });
    }
    if changes > 0 {
        let (before_min, after_min) = (before.unsigned_abs(), after.unsigned_abs());
        findings.push(Finding::Resolution { count: changes, before_min, after_min, at_s: at * 60 });
    }
    if let Some((local_s, count)) = read.clock_changes {
        findings.push(Finding::ClockChanged { count, at_s: local_s, zone: read.zone.clone() });
    }
    if let Some((count, line)) = lines(series.clock_back) {
        findings.push(Finding::ClockBack { count, line });
    }
    if gaps.clock_forward > 0 {
        findings.push(Finding::ClockForward { count: gaps.clock_forward });
    }
    findings
}

/// The most common distance between minutes that have a row; of several the shortest.
fn usual_step(minutes: impl Iterator<Item = i64>) -> i64 {
    let mut steps: BTreeMap<i64, u64> = BTreeMap::new();
    let (mut before, mut run) = (None, (0_i64, 0_u64));
    for minute in minutes {
        if let Some(before) = before {
            if minute - before == run.0 {
                run.1 += 1;
            } else {
                *steps.entry(run.0).or_default() += run.1;
                run = (minute - before, 1);
            }
        }
        before = Some(minute);
    }
    *steps.entry(run.0).or_default() += run.1;
    steps.remove(&0);
    let most = steps.iter().max_by_key(|(step, count)| (**count, -**step));
    most.map_or(1, |(step, _)| *step)
}

impl Walk<'_> {
    /// From the first minute to the last, with the three steps that follow each.
    fn all(&mut self) {
        let series = self.series;
        let mut minutes = series.minutes();
        let mut ahead: [Option<i64>; 4] = [minutes.next(), minutes.next(), minutes.next(), minutes.next()];
        while let Some(minute) = ahead[0] {
            let step = |index: usize| Some(ahead[index + 1]? - ahead[index]?);
            let cover = match step(0) {
                Some(first) => self.cover(minute, first, step(1) == Some(first) && step(2) == Some(first)),
                None => self.step,
            };
            self.count(minute, cover);
            ahead = [ahead[1], ahead[2], ahead[3], minutes.next()];
        }
    }

    /// How many minutes a row stands for, whose next one comes after `next`; `lasting` when two more come so.
    fn cover(&mut self, minute: i64, next: i64, lasting: bool) -> i64 {
        if next == self.step {
            return next;
        }
        if lasting {
            if self.changes == 0 {
                self.first_change = (minute, self.step, next);
            }
            self.changes += 1;
            self.step = next;
            return next;
        }
        // Rows that come a little early or late are no gap.
        if next * 2 < self.step * 3 {
            return next;
        }
        let missing = next - self.step;
        if self.read.zoneless && missing == 60 && is_sunday_night((minute + self.step) * 60) {
            self.gaps.clock_forward += 1;
            return self.step;
        }
        self.gaps.count += 1;
        self.gaps.missing_steps += (missing / self.step).max(1).unsigned_abs();
        if missing > self.gaps.longest {
            (self.gaps.longest, self.gaps.longest_after) = (missing, minute);
        }
        self.step
    }

    /// Spreads the count of a minute evenly over those that it stands for.
    fn count(&mut self, minute: i64, cover: i64) {
        if minute + cover <= self.from {
            return;
        }
        let Some(count) = self.series.count(minute, self.all_rows) else { return };
        self.spread.add(count, minute, cover);
        #[allow(clippy::cast_precision_loss, reason = "at most a day of minutes")]
        let each = count / cover as f64;
        for minute in minute..minute + cover {
            let Ok(index) = usize::try_from(minute - self.from) else { continue };
            if index >= self.rates.len() {
                self.rates.resize(index + 1, f64::NAN);
            }
            self.rates[index] = each;
        }
    }
}

impl Spread {
    fn add(&mut self, count: f64, minute: i64, cover: i64) {
        if let Some((before, ended)) = self.before
            && ended == minute
        {
            self.squares += (count - before) * (count - before);
            self.sum += (count + before) / 2.0;
            self.count += 1.0;
        }
        self.before = Some((count, minute + cover));
    }

    /// `Var(N' - N) / 2 / mean(N)`, bounded; nothing where steps are longer than an hour, or pairs fewer than 30.
    fn variability(&self, step: i64) -> Option<f64> {
        if step > 60 || self.count < 30.0 || self.sum <= 0.0 {
            return None;
        }
        Some((self.squares / 2.0 / self.sum).clamp(LEAST_VARIABILITY, Traffic::MOST_VARIABILITY))
    }
}

/// Fills what is not known: along a line where it is at most an hour, else with the same minute a week before, or a day
/// before, or the mean.
fn fill(rates: &mut [f64]) {
    let known: Vec<f64> = rates.iter().copied().filter(|rate| !rate.is_nan()).collect();
    #[allow(clippy::cast_precision_loss, reason = "at most 39 days of minutes")]
    let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
    let mut start = 0;
    while start < rates.len() {
        if !rates[start].is_nan() {
            start += 1;
            continue;
        }
        let length = rates[start..].iter().take_while(|rate| rate.is_nan()).count();
        let before = start.checked_sub(1).map(|index| rates[index]);
        let after = rates.get(start + length).copied();
        for offset in 0..length {
            let index = start + offset;
            rates[index] = match (before, after) {
                #[allow(clippy::cast_precision_loss, reason = "at most an hour of minutes")]
                (Some(before), Some(after)) if length <= SHORT => {
                    before + (after - before) * (offset + 1) as f64 / (length + 1) as f64
                }
                _ => {
                    let earlier =
                        [7 * 1_440, 1_440].into_iter().find_map(|ago| Some(rates[index.checked_sub(ago)?]));
                    earlier.unwrap_or(mean)
                }
            };
        }
        start += length;
    }
}

/// Minutes in the largest unit that fits: `5 min`, `2 h`, `3 days`.
pub(super) fn shown_minutes(minutes: i64) -> String {
    match minutes {
        days if days % 1_440 == 0 && days > 1_440 => format!("{} days", days / 1_440),
        hours if hours % 60 == 0 => format!("{} h", hours / 60),
        minutes => format!("{minutes} min"),
    }
}
