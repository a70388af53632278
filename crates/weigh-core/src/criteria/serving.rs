//! Criteria of how requests are served: latency, starts, refusals, head-room, and what a request may be.

use super::{Criterion, Subject, UNLIMITED};
use crate::decision::Shape;
use crate::measure::{Size, seconds};
use crate::money::approximate;
use crate::scenario::ScaleUnit;

/// By how much a percentile of latency may be off at full load, as a share of it. Where nothing waits the percentiles are
/// those of the service time; the queue is what is approximated, so the error grows with the utilisation.
///
/// Source: simulations of this project, `capacity/pool.rs` ([`crate::capacity::Pool::sojourn`]): with replicas that share
/// little the 95th percentile comes out up to a quarter too small near saturation, the 99th 42 %, the median 1.6 times too large.
const P50_AT_FULL_LOAD: f64 = 0.60;
const P95_AT_FULL_LOAD: f64 = 0.25;
const P99_AT_FULL_LOAD: f64 = 0.42;

fn near_saturation(subject: &Subject<'_>, value: f64, at_full_load: f64) -> f64 {
    value * at_full_load * subject.evaluation.utilisation().clamp(0.0, 1.0)
}

const LATENCY_SCALE: &str = "From 0.1 s, which feels instant, to 10 s, after which attention is lost (Nielsen, Response Times: The 3 Important Limits, 1993), logarithmic.";

pub(super) const P95_LATENCY: Criterion = Criterion {
    id: "p95_latency",
    title: "P95 latency",
    summary: "Time that 95 % of the requests do not exceed, at the slowest component.",
    unit: ScaleUnit::Seconds,
    weight: 0.15,
    chooses_size: true,
    traits: &[],
    scale_because: LATENCY_SCALE,
    uncertainty_because: "One queue for all replicas comes out up to a quarter too fast near saturation (simulated; `Pool::sojourn`), and less the emptier they are.",
    remedy: "",
    scale: |needs| match needs.p95_latency {
        Some(limit) => (0.0, approximate(seconds(limit)), Shape::Linear),
        None => (0.1, 10.0, Shape::Logarithmic),
    },
    value: |subject| subject.evaluation.latency().map(|latency| latency.p95_s),
    uncertainty: |subject, value| near_saturation(subject, value, P95_AT_FULL_LOAD),
};

pub(super) const P50_LATENCY: Criterion = Criterion {
    id: "p50_latency",
    title: "median latency",
    summary: "Time that half of the requests do not exceed, at the slowest component.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: true,
    traits: &[],
    scale_because: LATENCY_SCALE,
    uncertainty_because: "One queue for all replicas makes the median up to 1.6 times too large near saturation (simulated; `Pool::sojourn`).",
    remedy: "",
    scale: |_| (0.1, 10.0, Shape::Logarithmic),
    value: |subject| subject.evaluation.latency().map(|latency| latency.p50_s),
    uncertainty: |subject, value| near_saturation(subject, value, P50_AT_FULL_LOAD),
};

pub(super) const P99_LATENCY: Criterion = Criterion {
    id: "p99_latency",
    title: "P99 latency",
    summary: "Time that 99 % of the requests do not exceed, at the slowest component.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: true,
    traits: &[],
    scale_because: LATENCY_SCALE,
    uncertainty_because: "One queue for all replicas comes out up to 42 % too fast near saturation (simulated; `Pool::sojourn`).",
    remedy: "",
    scale: |_| (0.1, 10.0, Shape::Logarithmic),
    value: |subject| subject.evaluation.latency().map(|latency| latency.p99_s),
    uncertainty: |subject, value| near_saturation(subject, value, P99_AT_FULL_LOAD),
};

pub(super) const COLD_START_SHARE: Criterion = Criterion {
    id: "cold_start_share",
    title: "cold starts",
    summary: "Share of the requests that wait for a start.",
    unit: ScaleUnit::Share,
    weight: 0.10,
    chooses_size: true,
    traits: &[],
    scale_because: "Up to 5 %: beyond that, starts are what P95 shows.",
    uncertainty_because: "The formula is within 9 % of the exact share at worst, and 3 % more for other service times (`capacity/cold_start.rs`); how long AWS keeps an idle environment is a measurement of 2021.",
    remedy: "",
    scale: |_| (0.0, 0.05, Shape::Linear),
    value: |subject| Some(subject.evaluation.cold_start_share()),
    uncertainty: |_, value| value * 0.12,
};

pub(super) const THROTTLED_SHARE: Criterion = Criterion {
    id: "throttled_share",
    title: "refused requests",
    summary: "Share of all requests that are refused at a limit or dropped.",
    unit: ScaleUnit::Share,
    weight: 0.0,
    chooses_size: true,
    traits: &[],
    scale_because: "Up to 1 %: an option that loses more than a hundredth of it is rejected anyway (one in 10,000).",
    uncertainty_because: "Counted over the month's minutes; a minute has one rate, so the highest seconds are not seen, taken for a tenth.",
    remedy: "",
    scale: |_| (0.0, 0.01, Shape::Linear),
    value: |subject| {
        let components = &subject.evaluation.components;
        let all: f64 = components.iter().map(|each| each.arrival_rate_per_s).sum();
        let lost = components.iter().map(|each| each.arrival_rate_per_s * each.served.throttled_share);
        Some(if all > 0.0 { lost.sum::<f64>() / all } else { 0.0 })
    },
    uncertainty: |_, value| value * 0.10,
};

pub(super) const HEAD_ROOM: Criterion = Criterion {
    id: "head_room",
    title: "head-room",
    summary: "Share of the capacity of the busiest component that is free: 1 less its utilisation.",
    unit: ScaleUnit::Share,
    weight: 0.0,
    chooses_size: true,
    traits: &[],
    scale_because: "From none to half: with half free the traffic can double.",
    uncertainty_because: "It is the load over the capacity, both as the scenario states them: exact.",
    remedy: "",
    scale: |_| (0.5, 0.0, Shape::Linear),
    value: |subject| Some((1.0 - subject.evaluation.utilisation()).max(0.0)),
    uncertainty: |_, _| 0.0,
};

pub(super) const LONGEST_REQUEST: Criterion = Criterion {
    id: "longest_request",
    title: "longest request",
    summary: "Longest time that a request may take to answer, by the limits of what it passes; unlimited is worth 1.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: false,
    traits: &[],
    scale_because: "From 29 s, behind a REST API, to the hour that a load balancer's longest idle timeout exceeds (both in `shapes/limits.csv`), logarithmic.",
    uncertainty_because: "Limits as AWS states them: exact. For Lightsail AWS states none.",
    remedy: "",
    scale: |_| (3_600.0, 29.0, Shape::Logarithmic),
    value: |subject| {
        Some(subject.evaluation.longest_request.map_or(UNLIMITED, |longest| approximate(seconds(longest))))
    },
    uncertainty: |_, _| 0.0,
};

pub(super) const LARGEST_UPLOAD: Criterion = Criterion {
    id: "largest_upload",
    title: "largest upload",
    summary: "Largest body that one request may have, by the limits of what it passes; unlimited is worth 1.",
    unit: ScaleUnit::Size,
    weight: 0.0,
    chooses_size: false,
    traits: &[],
    scale_because: "From 1 MB, behind a load balancer and a function (`shapes/limits.csv`), to 1 GB, logarithmic.",
    uncertainty_because: "Limits as AWS states them: exact. For Lightsail AWS states none.",
    remedy: "",
    scale: |_| (GIB, MIB, Shape::Logarithmic),
    value: |subject| {
        let bytes = |size: Size| approximate(size.bytes().into());
        Some(subject.evaluation.largest_upload.map_or(UNLIMITED, bytes))
    },
    uncertainty: |_, _| 0.0,
};

const MIB: f64 = 1_048_576.0;
const GIB: f64 = 1_073_741_824.0;
