//! The table `[supporting]`: what stands around the servers of every option, and what of it is left out.

use super::field::{choice, section};
use std::time::Duration;

use rust_decimal::Decimal;

use crate::measure::{Rate, Size};

choice! {
    /// The load balancer that stands in front of what needs one.
    pub enum Balancer {
        /// An Application Load Balancer.
        Application = "application",
        /// A Network Load Balancer that passes TCP connections on.
        NetworkTcp = "network-tcp",
        /// A Network Load Balancer on which TLS ends.
        NetworkTls = "network-tls",
        /// A Network Load Balancer for UDP.
        NetworkUdp = "network-udp",
    }
}

choice! {
    /// Where sessions are kept, for components with `state = "session"`.
    pub enum Sessions {
        /// In the memory of a replica, to which the load balancer sends a user again.
        InMemory = "in-memory",
        /// In a DynamoDB table that each request reads and writes, wherever there is more than one replica.
        Dynamodb = "dynamodb",
        /// In a Valkey node of ElastiCache, wherever there is more than one replica.
        Valkey = "valkey",
    }
}

choice! {
    /// How uploads arrive that are larger than a platform takes.
    pub enum Uploads {
        /// In a request, as any other: a platform that does not take them is rejected.
        Direct = "direct",
        /// In an S3 bucket, by a presigned URL, where the platform does not take them.
        S3 = "s3",
    }
}

section! {
    /// What stands around the servers of every option: the table `[supporting]`.
    pub struct Supporting {
        /// Supporting services to leave out of every bill; the report says that they are off.
        pub off: Vec<String> => Kind::Words(Known::Supporting), Optional;
        /// The load balancer of what needs one.
        pub load_balancer: Balancer => Kind::OneOf(Balancer::CHOICES), Default("application");
        /// Requests that a client sends over one connection.
        pub requests_per_connection: Decimal => Kind::Number, Default("1");
        /// Time that a connection stays open after its last response.
        pub keep_alive: Duration => Kind::DurationOrZero, Default("0 s");
        /// Connections that clients hold open all the time beside those of their requests, such as WebSockets.
        pub open_connections: u32 => Kind::Count { least: 0, most: 1_000_000_000 }, Default("0");
        /// Rules of an Application Load Balancer that each request is held against; ten are free.
        pub listener_rules: u32 => Kind::Count { least: 0, most: 1_000 }, Default("1");
        /// How long logs are kept, in the steady state; left out, one month.
        pub log_retention: Option<Duration> => Kind::Duration, Optional;
        /// Versions of each image that the registry keeps.
        pub image_versions: u32 => Kind::Count { least: 1, most: 1_000 }, Default("1");
        /// New versions that are rolled out, each pulled by every replica.
        pub releases: Rate => Kind::Rate, Default("1/month");
        /// Whether Container Insights watches tasks.
        pub container_insights: bool => Kind::Flag, Default("false");
        /// Where sessions are kept, for components with `state = "session"`.
        pub sessions: Sessions => Kind::OneOf(Sessions::CHOICES), Default("in-memory");
        /// Size of a session.
        pub session_size: Size => Kind::Size, Default("1 KB");
        /// How uploads arrive that are larger than a platform takes.
        pub uploads: Uploads => Kind::OneOf(Uploads::CHOICES), Default("direct");
    }
}
