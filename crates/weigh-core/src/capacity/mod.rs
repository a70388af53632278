//! How many requests a station can serve, how long they take, and how many find no warm server.
//!
//! [`erlang`] answers for servers that share one queue, [`variability`] and [`sojourn`] for the time a request
//! spends there, [`cold_start`] for servers started on demand, [`station`] puts these together. [`replica`] is a
//! server of many requests that share its processors, [`pool`] several of them behind one queue, [`credits`] what
//! processors save while they idle. [`limited`] has a queue of limited length, [`mixture`] requests of several kinds, [`time_varying`] a rate that waves.
//! [`on_demand`] simulates servers started on demand where no formula holds.
//! Everything here is a pure function of plain numbers, and bit-equal on every machine.

pub mod cold_start;
pub mod credits;
pub mod erlang;
mod latency;
pub mod limited;
pub mod mixture;
pub mod on_demand;
mod parts;
pub mod per_request;
pub mod pool;
mod random;
mod refusal;
pub mod replica;
pub mod request_moments;
pub mod scaling;
pub mod serving;
mod sharing;
pub mod simulation;
pub mod sojourn;
pub mod station;
pub mod time_varying;
pub mod variability;
mod whole;

pub use cold_start::{ColdStarts, cold_starts, cold_starts_beside_ready};
pub use credits::{CreditMode, CreditPlan, Credits, Spent};
pub use erlang::{erlang_b, erlang_c, servers_for_blocking, servers_for_wait};
pub use latency::Latency;
pub use limited::{Limited, limited_queue};
pub use mixture::{RequestKind, latency_of_kinds, mixed_variability};
pub use on_demand::Ramp;
pub(crate) use per_request::MOST_REFUSED;
pub use per_request::{
    ColdMethod, Events, PerRequest, PerRequestOutcome, serve_per_request, servers_ready_for,
};
pub use pool::Pool;
pub use refusal::StationError;
pub use replica::{Replica, workers_that_fit};
pub use request_moments::{RequestMoment, request_moments};
pub use scaling::{
    Bounds, Controller, Measured, Metric, MetricTiming, Policy, Rung, Scaling, StartUp, Threshold,
};
pub use serving::{Presence, Serving};
pub use simulation::{
    AtLimit, Demand, Fleet, FleetOutcome, HostOutcome, Hosts, Interruption, Moment, SEED, Saturation,
    Service, ServiceOutcome, Simulation, Watch, reservation, simulate,
};
pub use sojourn::Sojourn;
pub use station::{Outcome, Served, Servers, Station};
pub use time_varying::WavingLoad;
pub use variability::{
    time_at_one_shared_server, waiting_at_one_server, waiting_by_allen_and_cunneen, waiting_by_sakasegawa,
    waiting_with_variability,
};
pub(crate) use whole::{whole, whole_up};
