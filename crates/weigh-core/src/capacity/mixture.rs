//! Requests of several kinds at one station: how much their times in service vary, and how long those of each take.

use super::latency::Latency;
use super::parts::{Part, latency_of};

/// A kind of request among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestKind {
    /// Its share of the requests, at least 0.
    pub share: f64,
    /// Mean time on a whole processor, in seconds, at least 0.
    pub cpu_time_s: f64,
    /// Mean time waiting for others, in seconds, at least 0.
    pub wait_time_s: f64,
}

impl RequestKind {
    /// The second moment of the time that one takes alone: of two independent exponential parts.
    fn second_moment(&self) -> f64 {
        let (cpu, wait) = (self.cpu_time_s, self.wait_time_s);
        2.0 * (cpu * cpu + wait * wait + cpu * wait)
    }
}

/// The squared coefficient of variation (cs²) of the time that a request takes alone, where each is of one of several
/// kinds, and computes and waits for exponential times of its kind.
///
/// Shares count in proportion to their sum. Every share and time is finite and at least 0; the answer is NaN where no
/// request takes time.
///
/// Formula: `E[S²] / E[S]² - 1` with `E[S] = Σ p (cpu + wait)` and `E[S²] = Σ p (2 cpu² + 2 wait² + 2 cpu wait)`; for one
/// kind `(cpu² + wait²) / (cpu + wait)²`.
/// Source: moments of a mixture of sums of independent exponential times (Kleinrock, *Queueing Systems*, volume 1, 1975,
/// section 4.7 on series and parallel stages).
///
/// # Example: one request in ten takes a hundred times as long
///
/// ```
/// use weigh_core::capacity::{RequestKind, mixed_variability};
///
/// let kind = |share, cpu_time_s| RequestKind { share, cpu_time_s, wait_time_s: 0.0 };
/// assert_eq!(mixed_variability(&[kind(1.0, 0.05)]), 1.0); // exponential
/// // E[S] = 0.9 × 0.05 + 0.1 × 5 = 0.545, E[S²] = 2 (0.9 × 0.0025 + 0.1 × 25) = 5.0045
/// let mixed = mixed_variability(&[kind(0.9, 0.05), kind(0.1, 5.0)]);
/// assert!((mixed - (5.0045 / 0.297025 - 1.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn mixed_variability(kinds: &[RequestKind]) -> f64 {
    if let [kind] = kinds {
        let (cpu, wait) = (kind.cpu_time_s, kind.wait_time_s);
        return (cpu * cpu + wait * wait) / ((cpu + wait) * (cpu + wait));
    }
    let all: f64 = kinds.iter().map(|kind| kind.share).sum();
    let mean = kinds.iter().map(|kind| kind.share * (kind.cpu_time_s + kind.wait_time_s)).sum::<f64>() / all;
    let second = kinds.iter().map(|kind| kind.share * kind.second_moment()).sum::<f64>() / all;
    second / (mean * mean) - 1.0
}

/// Share and mean time in service of each kind, where they are served so that all together take `mean_s`: waits stay, CPU
/// times are stretched alike. Without kinds all are one.
pub(super) fn times_of_kinds(kinds: &[RequestKind], mean_s: f64) -> impl Iterator<Item = (f64, f64)> {
    /// A kind that takes no time at all still takes this part of the mean.
    const LEAST: f64 = 1e-9;
    let one = kinds.is_empty().then_some((1.0, mean_s));
    let all: f64 = kinds.iter().map(|kind| kind.share).sum();
    let mean =
        |of: fn(&RequestKind) -> f64| kinds.iter().map(|kind| kind.share * of(kind)).sum::<f64>() / all;
    let (cpu_s, wait_s) = (mean(|kind| kind.cpu_time_s), mean(|kind| kind.wait_time_s));
    // Where none computes, or less time is taken than is waited, waits are stretched too.
    let stretch = if cpu_s > 0.0 { (mean_s - wait_s) / cpu_s } else { -1.0 };
    let each = kinds.iter().filter(|kind| kind.share > 0.0).map(move |kind| {
        let time_s = match stretch >= 0.0 {
            true => kind.wait_time_s + kind.cpu_time_s * stretch,
            false => (kind.wait_time_s + kind.cpu_time_s) * mean_s / (cpu_s + wait_s),
        };
        (kind.share / all, time_s.max(mean_s * LEAST))
    });
    one.into_iter().chain(each)
}

/// The time of requests of several kinds that wait for nothing, and all together take `mean_s` on average: that of each
/// kind is exponential.
///
/// `mean_s` is above 0; waits of the kinds stay as they are, and their CPU times are stretched alike to make the mean.
///
/// ```
/// use weigh_core::capacity::{RequestKind, latency_of_kinds};
/// let kind = |share, cpu_time_s| RequestKind { share, cpu_time_s, wait_time_s: 0.0 };
/// let latency = latency_of_kinds(&[kind(0.9, 0.05), kind(0.1, 5.0)], 0.545);
/// // Of all requests 0.1 e^(-t / 5) take longer than t, once the short ones are done.
/// assert!((latency.p95_s - 5.0 * 2.0_f64.ln()).abs() < 1e-6);
/// // Without kinds P95 is ln 20 times the mean.
/// assert!((latency_of_kinds(&[], 0.545).p95_s - 0.545 * 20.0_f64.ln()).abs() < 1e-9);
/// ```
#[must_use]
pub fn latency_of_kinds(kinds: &[RequestKind], mean_s: f64) -> Latency {
    let parts: Vec<Part> = Part::after(1.0, 0.0, mean_s, kinds).collect();
    latency_of(&parts).unwrap_or(Latency { mean_s, p50_s: mean_s, p95_s: mean_s, p99_s: mean_s })
}
