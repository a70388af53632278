//! The same scenario with another billed month.

use super::Scenario;
use crate::measure::show_duration;
use crate::time::Month;

impl Scenario {
    /// The same scenario, billed for another month. Everything else stays as it is stated.
    ///
    /// # Errors
    /// What the scenario states that the month has no room for, in words: a launch on a day that it does not have, runs of
    /// a job that would meet each other, more requests than a bill can hold.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "10_000/day", launch = { factor = 10, length = "1 day", on_day = 30 } }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// let april = scenario.in_month("2026-04".parse().unwrap()).unwrap();
    /// assert_eq!(april.requests().to_string(), "390000"); // 30 days, and 9 times a day's requests on top
    /// let why = scenario.in_month("2026-02".parse().unwrap()).unwrap_err();
    /// assert_eq!(why, "the launch is on day 30, which 2026-02 (672 h) does not have");
    /// ```
    pub fn in_month(&self, month: Month) -> Result<Scenario, String> {
        if let Some(day) = self.traffic.launch_outside(month) {
            return Err(format!("the launch is on day {day}, which {month} does not have"));
        }
        if let Some(job) = self.jobs.iter().find(|job| job.running_share(month) > rust_decimal::Decimal::ONE)
        {
            let (run, runs) = (show_duration(job.duration), job.runs);
            return Err(format!(
                "job `{}`: in {month} a run of {run} is not over when the next one begins, at {runs}",
                job.name
            ));
        }
        let traffic = self.traffic.clone().afresh();
        if traffic.is_too_much(month) {
            return Err(format!("in {month} the traffic is more than 1000000000000 requests a second"));
        }
        let mut own = self.clone();
        own.header.month = month;
        own.traffic = traffic;
        Ok(own)
    }
}
