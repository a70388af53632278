//! Tables `[[job]]`: work in the background that runs now and then.

use std::time::Duration;

use rust_decimal::Decimal;

use super::field::section;
use super::reader::{Place, Reader};
use crate::measure::{Rate, Size, seconds, show_duration};
use crate::problem::Problem;
use crate::time::Month;

section! {
    /// Work in the background that runs by a schedule, one run at a time: a table `[[job]]`.
    pub struct Job {
        /// Name of the job.
        pub name: String => Kind::Name, Required;
        /// vCPU that a run keeps busy.
        pub vcpu: Decimal => Kind::Number, Required;
        /// Memory that a run needs.
        pub memory: Size => Kind::Size, Required;
        /// How long a run takes on that vCPU, from the start of the process to its end.
        pub duration: Duration => Kind::Duration, Required;
        /// How often it runs, such as "2/week".
        pub runs: Rate => Kind::Rate, Required;
        /// Size of the container image.
        pub image_size: Size => Kind::Size, Default("250 MB");
        /// Data on the local disk while it runs.
        pub disk: Size => Kind::SizeOrZero, Default("0 B");
    }
}

impl Job {
    /// Its runs in a month, exactly: 2 a week are 8.69 in 730 hours.
    #[must_use]
    pub fn runs_in(&self, month: Month) -> Decimal {
        self.runs.per_month(month)
    }

    /// The share of a month in which it runs; at most 1, as one run follows the other.
    #[must_use]
    pub fn running_share(&self, month: Month) -> Decimal {
        let share = self.runs_in(month).checked_mul(seconds(self.duration));
        share.map_or(Decimal::MAX, |time_s| time_s / month.seconds_exact())
    }
}

/// Reads the tables `[[job]]`; nothing when one is wrong, or when its runs meet each other.
pub(super) fn read(reader: &mut Reader<'_>, places: &[Place<'_>], month: Month) -> Option<Vec<Job>> {
    let mut jobs = Vec::new();
    for place in places {
        let Some((job, values)) = reader.section::<Job>(place) else { continue };
        if job.running_share(month) > Decimal::ONE {
            let span = values.span("duration").unwrap_or_default();
            let message = format!(
                "job `{}`: a run of {} is not over when the next one begins, at {}",
                job.name,
                show_duration(job.duration),
                job.runs
            );
            let allowed = "runs that end before the next one: fewer `runs` or a shorter `duration`";
            reader.problems.push(Problem::at(span, message).allowing(allowed));
            continue;
        }
        jobs.push(job);
    }
    (jobs.len() == places.len()).then_some(jobs)
}
