//! Requests of several kinds at one station: how much their times in service vary.

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
