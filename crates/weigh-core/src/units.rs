//! The units that AWS meters in, spelt once as the FOCUS specification spells them.

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
    /// Container nodes × hours.
    NodeHours = "Node-Hours",
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
