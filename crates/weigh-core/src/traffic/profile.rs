//! The mean rate of each minute of a month.

/// The traffic of a month, minute by minute.
///
/// The sum of the rates × 60 s is the month's requests to 1 part in 10⁹: rates are for models, not for bills.
///
/// ```
/// use weigh_core::time::Month;
/// use weigh_core::traffic::Traffic;
/// let traffic = Traffic::steady("24/day".parse().unwrap());
/// let profile = traffic.profile(Month::Average);
/// assert_eq!((profile.step_s, profile.rates_per_s.len()), (60, 730 * 60));
/// assert!((profile.rates_per_s.iter().sum::<f64>() * 60.0 - 730.0).abs() < 1e-9 * 730.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The length of each step, in seconds: 60.
    pub step_s: u32,
    /// The mean arrival rate in each step of the month, in requests a second, each 0 or more.
    pub rates_per_s: Vec<f64>,
    /// How irregular arrivals are at a given rate: the squared coefficient of variation of the time between them (ca²).
    /// 1 for Poisson arrivals, 0 for a clock's.
    pub arrival_variability: f64,
    busy_hour_per_s: f64,
    peak_per_s: f64,
}

impl Profile {
    /// The profile of rates for each minute.
    pub(super) fn of(rates_per_s: Vec<f64>, arrival_variability: f64) -> Profile {
        let mean = |rates: &[f64]| rates.iter().sum::<f64>() / 60.0;
        let busy_hour_per_s = rates_per_s.chunks_exact(60).map(mean).fold(0.0, f64::max);
        let peak_per_s = rates_per_s.iter().copied().fold(0.0, f64::max);
        Profile { step_s: 60, rates_per_s, arrival_variability, busy_hour_per_s, peak_per_s }
    }

    /// The mean rate of the busiest hour of the month, from one full hour to the next, in requests a second.
    #[must_use]
    pub fn busy_hour_per_s(&self) -> f64 {
        self.busy_hour_per_s
    }

    /// The mean rate of the busiest minute of the month, in requests a second.
    #[must_use]
    pub fn peak_per_s(&self) -> f64 {
        self.peak_per_s
    }
}
