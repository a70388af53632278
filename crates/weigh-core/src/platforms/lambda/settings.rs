//! The settings of a Lambda option.

use crate::capacity::on_demand::{Dispatch, KeepAlive};
use crate::catalog::{Architecture, Limit, Limits, Package};
use crate::measure::Size;
use crate::platforms::sizing::time_s;
use crate::scenario::{choice, section};
use crate::traffic::{Days, Hours};

choice! {
    /// What stands in front of the functions.
    pub(in crate::platforms) enum FrontDoor {
        /// A function URL: no charge of its own.
        FunctionUrl = "function-url",
        /// API Gateway, HTTP API.
        HttpApi = "http-api",
        /// API Gateway, REST API.
        RestApi = "rest-api",
        /// An Application Load Balancer.
        LoadBalancer = "load-balancer",
    }
}

choice! {
    /// How the code is delivered.
    pub(in crate::platforms) enum Delivery {
        /// A zip archive.
        Zip = "zip",
        /// A container image.
        Image = "image",
    }
}

choice! {
    /// Which of the idle environments a request takes. AWS does not say which rule it follows.
    pub(in crate::platforms) enum Reuse {
        /// The one used last: few are kept warm, and most requests are cold.
        MostRecentlyUsed = "most-recently-used",
        /// The one idle for longest: all that were needed once stay warm.
        LeastRecentlyUsed = "least-recently-used",
        /// Any, each as likely.
        Random = "random",
    }
}

choice! {
    /// How long idle environments stay warm, where it is no single time.
    pub(in crate::platforms) enum Distribution {
        /// As was measured in January 2021: nearly all between 5 and 7 minutes.
        Measured2021 = "measured-2021",
    }
}

section! {
    /// Settings of a Lambda option.
    pub(in crate::platforms) struct Settings {
        /// Memory of each function; left out, the setting that serves best for its price.
        pub memory: Option<Size> => Kind::Size, Optional;
        /// What stands in front of the functions.
        pub front_door: FrontDoor => Kind::OneOf(FrontDoor::CHOICES), Default("function-url");
        /// Environments of each function kept ready; left out, none, or enough where the needs say `never_cold`.
        pub provisioned_concurrency: Option<u32> => Kind::Count { least: 0, most: 100_000 }, Optional;
        /// Hours of the day, in the traffic's time zone, in which the provisioned environments are kept; left out, always.
        pub provisioned_hours: Option<Vec<Hours>> => Kind::When(When::Hours), Optional;
        /// Days that have the `provisioned_hours`; left out, every day.
        pub provisioned_days: Option<Days> => Kind::When(When::Days), Optional;
        /// Concurrent executions that the account may have in the region; left out, AWS's default of 1,000.
        pub concurrency_quota: Option<u32> => Kind::Count { least: 1, most: 1_000_000 }, Optional;
        /// How long an idle environment stays warm; left out, the 6 minutes that were measured.
        pub keep_alive: Option<std::time::Duration> => Kind::Duration, Optional;
        /// How long idle environments stay warm, as a distribution; instead of `keep_alive`.
        pub keep_alive_distribution: Option<Distribution> => Kind::OneOf(Distribution::CHOICES), Optional;
        /// Which of the idle environments a request takes; AWS does not say.
        pub dispatch: Reuse => Kind::OneOf(Reuse::CHOICES), Default("most-recently-used");
        /// How the code is delivered.
        pub package: Delivery => Kind::OneOf(Delivery::CHOICES), Default("zip");
        /// Size of the zip archive; adds 102 ms a MB to a start-up that is not stated.
        pub package_size: Option<Size> => Kind::Size, Optional;
        /// Whether the functions are attached to a VPC; adds 230 ms to a start, and NAT where they call outside.
        pub vpc: bool => Kind::Flag, Default("false");
        /// Whether environments are restored from a snapshot (SnapStart): Java 11, Python 3.12 and .NET 8 on, as zip.
        pub snap_start: bool => Kind::Flag, Default("false");
        /// Time to restore a snapshot; left out, what was measured of empty functions in Java 11, 17 and 21.
        pub restore_time: Option<std::time::Duration> => Kind::Duration, Optional;
        /// Space under /tmp; the first 512 MB are free.
        pub ephemeral_storage: Size => Kind::Size, Default("512 MB");
        /// Processor architecture.
        pub architecture: Architecture => ARCHITECTURE, Default("x86");
    }
}

impl Settings {
    /// How long an idle environment stays warm.
    pub(super) fn keep_alive(&self, limits: &Limits) -> KeepAlive {
        match (self.keep_alive_distribution, self.keep_alive) {
            (Some(Distribution::Measured2021), _) => KeepAlive::measured_2021(),
            (None, Some(stated)) => KeepAlive::Fixed { seconds: time_s(stated) },
            (None, None) => KeepAlive::Fixed { seconds: limits.measured(Limit::LambdaKeepAliveSeconds) },
        }
    }

    pub(super) fn rule(&self) -> Dispatch {
        match self.dispatch {
            Reuse::MostRecentlyUsed => Dispatch::MostRecentlyUsed,
            Reuse::LeastRecentlyUsed => Dispatch::LeastRecentlyUsed,
            Reuse::Random => Dispatch::Random,
        }
    }

    pub(super) fn delivery(&self) -> Package {
        match self.package {
            Delivery::Zip => Package::Zip,
            Delivery::Image => Package::Image,
        }
    }
}
