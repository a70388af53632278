//! The hours in which servers run, where they do not run all month.

use super::Scenario;
use crate::traffic::{Days, Hours};

/// Hours of days, in the traffic's time zone, in which servers run; outside them they are stopped.
///
/// No key of a file states it: it is what is asked when servers are to be stopped at night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerHours {
    /// The spans of the day.
    pub hours: Vec<Hours>,
    /// The days that have them.
    pub days: Days,
}

impl Scenario {
    /// The share of each hour of the month in which servers run, 0 to 1; nothing where they always do.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, ServerHours, Vocabulary};
    /// use weigh_core::traffic::Hours;
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "1/s" }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    /// "#;
    /// let mut scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.running_by_hour(), None);
    /// let hours = Hours::list("08:00-20:30").unwrap();
    /// scenario.server_hours = Some(ServerHours { hours, days: "mon-fri".parse().unwrap() });
    /// let running = scenario.running_by_hour().unwrap();
    /// assert_eq!((running.len(), running[7], running[8], running[20]), (730, 0.0, 1.0, 0.5));
    /// ```
    #[must_use]
    pub fn running_by_hour(&self) -> Option<Vec<f64>> {
        let stated = self.server_hours.as_ref()?;
        let within = self.traffic.within(&stated.hours, stated.days, self.header.month);
        let share = |hour: &[bool]| {
            let minutes = u32::try_from(hour.iter().filter(|runs| **runs).count()).unwrap_or(u32::MAX);
            f64::from(minutes) / hour.len() as f64
        };
        Some(within.chunks(60).map(share).collect())
    }

    /// The share of the requests that come while the servers are stopped, 0 to 1.
    ///
    /// ```
    /// # use weigh_core::scenario::{Scenario, ServerHours, Vocabulary};
    /// # use weigh_core::traffic::{Days, Hours};
    /// # let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// # let text = r#"
    /// #     scenario = { name = "Shop", region = "us-east-1", month = "2026-04" }
    /// #     traffic = { rate = "1/s" }
    /// #     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    /// # "#;
    /// let mut scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.requests_while_stopped(), 0.0);
    /// scenario.server_hours = Some(ServerHours { hours: Hours::list("06:00-24:00").unwrap(), days: Days::ALL });
    /// assert!((scenario.requests_while_stopped() - 0.25).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn requests_while_stopped(&self) -> f64 {
        let Some(stated) = &self.server_hours else { return 0.0 };
        let within = self.traffic.within(&stated.hours, stated.days, self.header.month);
        let profile = self.traffic.profile(self.header.month);
        let all: f64 = profile.rates_per_s.iter().sum();
        let stopped = profile.rates_per_s.iter().zip(&within).filter(|(_, runs)| !**runs);
        let missed: f64 = stopped.map(|(rate, _)| rate).sum();
        if all > 0.0 { missed / all } else { 0.0 }
    }
}
