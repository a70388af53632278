//! A server for each request while the rate of arrivals goes up and down: how the load follows it.

use super::refusal::{StationError, finite, require};

/// Full circle, in radians.
const CIRCLE: f64 = 2.0 * std::f64::consts::PI;

/// The load of a station with a server for each request, under a rate that follows a sine (M_t/M/∞).
///
/// The rate is `λ (1 + β sin(2πt / period))`. What is present follows it later and less: a request that came
/// still is there for a while. For service times far below the period the load is just rate times service
/// time.
///
/// # Example: ten requests a second on average, of a minute each, up and down by 80 % every ten minutes
///
/// ```
/// use weigh_core::capacity::WavingLoad;
///
/// let load = WavingLoad::new(10.0, 0.8, 600.0, 60.0)?;
/// assert!((load.peak_lag_s() - 53.57).abs() < 0.01);
/// assert!((load.peak_load() - 1006.43).abs() < 0.01); // the peak rate alone would give 1080
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WavingLoad {
    mean_load: f64,
    amplitude: f64,
    period_s: f64,
    /// `κ`: the part of a circle, in radians, that passes in one service time.
    turn: f64,
}

impl WavingLoad {
    /// The load of `mean_rate_per_s` requests a second on average, of `service_time_s` seconds each.
    ///
    /// * `mean_rate_per_s`: finite, at least 0.
    /// * `amplitude`: how far the rate goes up and down from its mean, as a share of it, in `[0, 1]`.
    /// * `period_s`: from one peak to the next, in seconds; finite, above 0.
    /// * `service_time_s`: mean of an exponential time, in seconds; finite, at least 0.
    ///
    /// # Errors
    ///
    /// [`StationError`] names the first field out of its bounds, or a product that is infinite.
    ///
    /// ```
    /// # use weigh_core::capacity::WavingLoad;
    /// let error = WavingLoad::new(10.0, 1.5, 600.0, 60.0).unwrap_err();
    /// assert_eq!(error.to_string(), "amplitude is 1.5, but must be at most 1");
    /// ```
    pub fn new(
        mean_rate_per_s: f64,
        amplitude: f64,
        period_s: f64,
        service_time_s: f64,
    ) -> Result<WavingLoad, StationError> {
        finite("mean_rate_per_s", mean_rate_per_s)?;
        finite("amplitude", amplitude)?;
        require(amplitude <= 1.0, "amplitude", amplitude, "at most 1")?;
        finite("period_s", period_s)?;
        require(period_s > 0.0, "period_s", period_s, "a finite number above 0")?;
        finite("service_time_s", service_time_s)?;
        let mean_load = mean_rate_per_s * service_time_s;
        require(mean_load.is_finite(), "mean_rate_per_s * service_time_s", mean_load, "a finite number")?;
        let turn = CIRCLE * (service_time_s / period_s);
        require(turn.is_finite(), "service_time_s / period_s", turn / CIRCLE, "a finite number")?;
        Ok(WavingLoad { mean_load, amplitude, period_s, turn })
    }

    /// The requests present on average at `t_s` seconds, after many periods; at `t_s = 0` the rate passes its
    /// mean upwards. NaN for a time that is NaN or infinite.
    ///
    /// Formula: `λS (1 + β / (1+κ²) (sin γt - κ cos γt))`, with `γ = 2π / period` and `κ = γS`.
    /// Source: Eick, Massey and Whitt, *M_t/G/∞ queues with sinusoidal arrival rates* (1993).
    ///
    /// ```
    /// # use weigh_core::capacity::WavingLoad;
    /// let load = WavingLoad::new(50.0, 0.5, 86_400.0, 0.2)?;
    /// assert!((load.at(21_600.0) - 15.0).abs() < 1e-8);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn at(&self, t_s: f64) -> f64 {
        let angle = CIRCLE * (libm::fmod(t_s, self.period_s) / self.period_s);
        let damped = self.amplitude * self.damping() * self.damping();
        self.mean_load * (1.0 + damped * (libm::sin(angle) - self.turn * libm::cos(angle)))
    }

    /// How long after the peak of the rate the load has its own, in seconds: `atan(κ) / γ`; about one service
    /// time where that is short, and never more than a quarter of the period.
    #[must_use]
    pub fn peak_lag_s(&self) -> f64 {
        libm::atan(self.turn) / CIRCLE * self.period_s
    }

    /// The highest load: `λS (1 + β / √(1+κ²))`.
    #[must_use]
    pub fn peak_load(&self) -> f64 {
        self.mean_load * (1.0 + self.amplitude * self.damping())
    }

    /// `1 / √(1+κ²)`: what is left of the amplitude.
    fn damping(&self) -> f64 {
        1.0 / libm::hypot(1.0, self.turn)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use super::WavingLoad;

    #[test]
    fn each_refusal_names_its_field_and_its_remedy() {
        let table = [
            (-1.0, 0.5, 1.0, 1.0, "mean_rate_per_s is -1, but must be a finite number, at least 0"),
            (1.0, f64::NAN, 1.0, 1.0, "amplitude is NaN, but must be a finite number, at least 0"),
            (1.0, 0.5, 0.0, 1.0, "period_s is 0, but must be a finite number above 0"),
            (1.0, 0.5, 1.0, -3.0, "service_time_s is -3, but must be a finite number, at least 0"),
            (1e200, 0.5, 1.0, 1e200, "mean_rate_per_s * service_time_s is inf, but must be a finite number"),
            (1.0, 0.5, 1e-300, 1e300, "service_time_s / period_s is inf, but must be a finite number"),
        ];
        for (rate, amplitude, period_s, service_time_s, message) in table {
            let load = WavingLoad::new(rate, amplitude, period_s, service_time_s);
            assert_eq!(load.expect_err(message).to_string(), message);
        }
    }

    #[test]
    fn service_that_outlasts_the_waves_feels_the_mean() {
        let load = WavingLoad::new(2.0, 1.0, 1e-3, 1e4).expect("a load");
        assert!(
            (load.peak_load() / 2e4 - 1.0).abs() < 1e-7 && (load.peak_lag_s() / 2.5e-4 - 1.0).abs() < 1e-7
        );
        let still = WavingLoad::new(2.0, 0.0, 60.0, 5.0).expect("a load");
        assert!((still.at(17.0) - 10.0).abs() < 1e-14);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_peak_is_where_and_as_high_as_it_is_said(
            rate in 0.1..100.0, amplitude in 0.01..1.0, period in 1.0..1e5, service in 1e-3..1e3, t in 0.0..1e6,
        ) {
            let load = WavingLoad::new(rate, amplitude, period, service).expect("a load");
            let (peak, at_peak) = (load.peak_load(), load.at(period / 4.0 + load.peak_lag_s()));
            prop_assert!((at_peak / peak - 1.0).abs() < 1e-12);
            prop_assert!(load.at(t) <= peak * (1.0 + 1e-12) && load.at(t) >= 0.0);
            // What comes less what goes is what the load changes by.
            let (step, arriving) = (period * 1e-4, rate * (1.0 + amplitude * libm::sin(super::CIRCLE * t / period)));
            let slope = (load.at(t + step) - load.at(t - step)) / (2.0 * step);
            let expected = arriving - load.at(t) / service;
            prop_assert!((slope - expected).abs() < 1e-5 * (rate + load.at(t) / service));
        }
    }
}
