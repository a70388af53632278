//! The mean day and the days of the month: rate, capacity and utilisation of each fleet, and their charts.

use schemars::JsonSchema;
use serde::Serialize;

use super::TimelineRow;
use super::words::{figure, percent};
use crate::capacity::whole;
use crate::report::{Chart, Panel, Series};

/// The load of a fleet over the mean day and over the month.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct LoadReport {
    /// The fleet: the names of the components in it.
    pub fleet: String,
    /// The hours of the mean day, from 0, in UTC.
    pub hours: Vec<PointReport>,
    /// The days of the month, from 1, in UTC.
    pub days: Vec<PointReport>,
}

/// An hour of the mean day, or a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct PointReport {
    /// The hour, from 0, or the day, from 1.
    pub at: u32,
    /// Requests a second, on average.
    pub rate_per_s: f64,
    /// Requests a second in the busiest step.
    pub rate_per_s_highest: f64,
    /// Requests a second that could have been served, on average.
    pub capacity_per_s: f64,
    /// The highest share of the capacity that was asked for in a step; above 1 more came than could be served.
    pub utilisation_highest: f64,
    /// Replicas that served, or requests in service where each has its server, on average.
    pub running: f64,
    /// Requests dropped or refused.
    pub dropped: f64,
}

/// A point as it is added up.
#[derive(Clone, Copy, Default)]
struct Sum {
    time_s: f64,
    requests: f64,
    capacity: f64,
    running_s: f64,
    point: PointReport,
}

impl Sum {
    fn add(&mut self, row: &TimelineRow) {
        self.time_s += row.step_s;
        self.requests += row.rate_per_s * row.step_s;
        self.capacity += row.capacity_per_s * row.step_s;
        self.running_s += row.running * row.step_s;
        let asked = row.utilisation.unwrap_or(if row.rate_per_s > 0.0 { MOST } else { 0.0 });
        let point = &mut self.point;
        point.rate_per_s_highest = point.rate_per_s_highest.max(row.rate_per_s);
        point.utilisation_highest = point.utilisation_highest.max(asked.min(MOST));
        point.dropped += row.dropped;
    }

    fn finish(self, at: u32) -> PointReport {
        let time_s = if self.time_s > 0.0 { self.time_s } else { 1.0 };
        PointReport {
            at,
            rate_per_s: self.requests / time_s,
            capacity_per_s: self.capacity / time_s,
            running: self.running_s / time_s,
            ..self.point
        }
    }
}

/// Where there is no capacity at all, this many times it is asked for.
const MOST: f64 = 1_000.0;

impl LoadReport {
    /// The load of one fleet, from the rows of all.
    pub(super) fn of(fleet: &str, rows: &[TimelineRow]) -> LoadReport {
        let mut hours = [Sum::default(); 24];
        let mut days: Vec<Sum> = Vec::new();
        for row in rows.iter().filter(|row| row.fleet == fleet) {
            let hour = whole(row.start_s / 3_600.0 + 1e-9) as usize;
            hours[hour % 24].add(row);
            if days.len() <= hour / 24 {
                days.resize(hour / 24 + 1, Sum::default());
            }
            days[hour / 24].add(row);
        }
        LoadReport {
            fleet: fleet.to_owned(),
            hours: hours.into_iter().zip(0..).map(|(sum, at)| sum.finish(at)).collect(),
            days: days.into_iter().zip(1..).map(|(sum, at)| sum.finish(at)).collect(),
        }
    }

    /// The charts of the mean day and of the month; `replicas` names what runs.
    pub(super) fn charts(&self, replicas: &str) -> [Chart; 2] {
        let chart = |points: &[PointReport], axis, first, every| Chart {
            axis,
            first,
            every,
            panels: panels(points, replicas),
        };
        [
            chart(&self.hours, "hour of the mean day, UTC", 0, 6),
            chart(&self.days, "day of the month, UTC", 1, 7),
        ]
    }
}

/// Lines of text of the panel of rates, and where neither rate nor capacity changes.
const TALL: usize = 6;
const LOW: usize = 2;
/// Capacity beyond so many times the highest rate is not drawn: the rate would be a flat line.
const TOP: f64 = 4.0;

fn panels(points: &[PointReport], replicas: &str) -> Vec<Panel> {
    let series = |name: &str, pick: fn(&PointReport) -> f64, show: fn(f64) -> String| {
        let values: Vec<f64> = points.iter().map(pick).collect();
        let lowest = values.iter().copied().fold(f64::INFINITY, f64::min).min(highest(&values));
        let (low, high) = (show(lowest), show(highest(&values)));
        let range = if low == high { low } else { format!("{low} to {high}") };
        Series { legend: format!("{name}, {range}"), values }
    };
    let rate = series("requests/s", |point| point.rate_per_s, figure);
    let mut capacity = series("capacity/s", |point| point.capacity_per_s, figure);
    let used = series("highest utilisation", |point| point.utilisation_highest, percent);
    let running = series(replicas, |point| point.running, figure);
    let (most, most_used) = (highest(&rate.values), highest(&used.values));
    let roof = highest(&capacity.values);
    let drawn = roof <= most * TOP;
    if !drawn {
        capacity.legend.push_str(" (above the chart)");
    }
    let is_flat = |series: &Series| {
        series.values.iter().all(|value| (value - series.values[0]).abs() <= 1e-9 * highest(&series.values))
    };
    let changes = !is_flat(&rate) || drawn && !is_flat(&capacity);
    let top = |value: f64| if value > 0.0 { value } else { 1.0 };
    let running_top = top(highest(&running.values));
    let rate_top = top(if drawn { most.max(roof) } else { most });
    let flat = |bars, top| Panel { bars, line: None, top, height: 1 };
    vec![
        Panel { height: if changes { TALL } else { LOW }, bars: rate, line: Some(capacity), top: rate_top },
        flat(used, most_used.clamp(1.0, 2.0)),
        flat(running, running_top),
    ]
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
