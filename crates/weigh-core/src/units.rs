//! The units that AWS meters in, spelt once; nearly all as the FOCUS specification spells them.

use std::fmt;
use std::str::FromStr;

macro_rules! units {
    ($($(#[doc = $doc:literal])* $name:ident = $spelling:literal,)*) => {
        /// A pricing unit (FOCUS: `PricingUnit`).
        ///
        /// ```
        /// use weigh_core::units::Unit;
        /// assert_eq!(Unit::GbSeconds.to_string(), "GB-Seconds");
        /// assert_eq!("Hours".parse::<Unit>().unwrap(), Unit::Hours);
        /// assert!("hour".parse::<Unit>().is_err());
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Unit {
            $($(#[doc = $doc])* $name,)*
        }

        impl Unit {
            /// Every unit.
            pub const ALL: &'static [Unit] = &[$(Unit::$name),*];

            /// The spelling in data, reports and exports.
            #[must_use]
            pub fn spelling(self) -> &'static str {
                match self { $(Unit::$name => $spelling,)* }
            }
        }
    };
}

units! {
    /// Hours that something runs.
    Hours = "Hours",
    /// vCPU × hours.
    VcpuHours = "vCPU-Hours",
    /// Gigabytes of memory or disk × hours.
    GbHours = "GB-Hours",
    /// Gigabytes × seconds.
    GbSeconds = "GB-Seconds",
    /// Requests.
    Requests = "Requests",
    /// Gigabytes moved; 1 GB is 2³⁰ bytes.
    Gb = "GB",
    /// Gigabytes kept for a month.
    GbMonths = "GB-Months",
    /// I/O operations per second kept for a month.
    IopsMonths = "IOPS-Months",
    /// Mebibytes per second of throughput kept for a month.
    MibpsMonths = "MiBps-Months",
    /// Load balancer capacity units × hours.
    LcuHours = "LCU-Hours",
    /// Container nodes for a month.
    NodeMonths = "Node-Months",
    /// Container nodes × hours, or cache nodes × hours.
    NodeHours = "Node-Hours",
    /// Months of something with a flat monthly price, such as a key, a zone or a bundle.
    Months = "Months",
    /// Network load balancer capacity units × hours.
    NlcuHours = "NLCU-Hours",
    /// Gateway load balancer capacity units × hours.
    GlcuHours = "GLCU-Hours",
    /// Aurora capacity units × hours.
    AcuHours = "ACU-Hours",
    /// Provisioned read capacity units × hours.
    RcuHours = "RCU-Hours",
    /// Provisioned write capacity units × hours.
    WcuHours = "WCU-Hours",
    /// Data services units × hours: fast snapshot restore in one zone.
    DsuHours = "DSU-Hours",
    /// Gigabits per second of bandwidth × hours.
    GbpsHours = "Gbps-Hours",
    /// Event pollers × hours.
    PollerHours = "Poller-Hours",
    /// vCPU for a month.
    VcpuMonths = "vCPU-Months",
    /// Objects kept for a month.
    ObjectMonths = "Object-Months",
    /// Metrics kept for a month.
    MetricMonths = "Metric-Months",
    /// Alarms kept for a month.
    AlarmMonths = "Alarm-Months",
    /// Tokens of a language model.
    Tokens = "Tokens",
    /// Reads and writes of a disk.
    Ios = "IOs",
    /// Processing units of a serverless cache.
    Ecpus = "ECPUs",
    /// Events.
    Events = "Events",
    /// Messages.
    Messages = "Messages",
    /// Connections × minutes.
    ConnectionMinutes = "Connection-Minutes",
    /// Name server queries.
    Queries = "Queries",
    /// Invocations of a function at the edge or of a schedule.
    Invocations = "Invocations",
    /// Operations of a durable function.
    Operations = "Operations",
    /// State transitions.
    Transitions = "Transitions",
    /// Traces.
    Traces = "Traces",
    /// Paths invalidated in a cache at the edge.
    Paths = "Paths",
    /// Units of reading on demand: up to 4 KB, strongly consistent.
    ReadRequestUnits = "Read-Request-Units",
    /// Units of writing on demand: up to 1 KB.
    WriteRequestUnits = "Write-Request-Units",
}

impl Unit {
    /// The spelling in rows of FOCUS, whose units have a hyphen only before a plural unit of time; otherwise that of data.
    ///
    /// ```
    /// use weigh_core::units::Unit;
    /// assert_eq!(Unit::ReadRequestUnits.spelling(), "Read-Request-Units");
    /// assert_eq!(Unit::ReadRequestUnits.spelling_in_focus(), "Read Request Units");
    /// assert_eq!(Unit::GbSeconds.spelling_in_focus(), "GB-Seconds");
    /// ```
    #[must_use]
    pub fn spelling_in_focus(self) -> &'static str {
        match self {
            Unit::ReadRequestUnits => "Read Request Units",
            Unit::WriteRequestUnits => "Write Request Units",
            other => other.spelling(),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.spelling())
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(text: &str) -> Result<Unit, String> {
        Unit::ALL.iter().copied().find(|unit| unit.spelling() == text).ok_or_else(|| {
            let known: Vec<&str> = Unit::ALL.iter().map(|unit| unit.spelling()).collect();
            format!("unknown unit `{text}`: a price is per {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The format of units that FOCUS 1.2 asks for, as far as the units here need it: words, or words and a plural unit of time
    /// behind a hyphen.
    fn is_a_unit_of_focus(text: &str) -> bool {
        let times = ["Years", "Months", "Days", "Hours", "Minutes", "Seconds"];
        let counted =
            text.rsplit_once('-').filter(|(_, time)| times.contains(time)).map_or(text, |(of, _)| of);
        counted.split(' ').all(|word| {
            word.starts_with(|first: char| first.is_ascii_alphabetic())
                && word.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
    }

    #[test]
    fn rows_of_focus_have_units_that_focus_allows() {
        for unit in Unit::ALL {
            let spelt = unit.spelling_in_focus();
            assert!(is_a_unit_of_focus(spelt), "{spelt}");
            assert_eq!(spelt.replace(' ', "-"), unit.spelling(), "only hyphens differ");
        }
        for refused in ["Read-Request-Units", "GB-Hour", "GB--Hours", "2 Hours", "-Hours", ""] {
            assert!(!is_a_unit_of_focus(refused), "{refused}");
        }
    }
}
