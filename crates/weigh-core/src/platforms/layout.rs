//! What a deployment consists of: its replicas and the instances beneath them, how large each is, and how it starts.

use rust_decimal::Decimal;

use crate::measure::Size;

/// vCPU, memory and disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerSize {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory.
    pub memory: Size,
    /// Disk; 0 where it has none of its own.
    pub storage: Size,
}

/// A step of a start, and how long it takes in seconds.
pub type StartStep = (&'static str, f64);

/// Replicas that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaGroup {
    /// The component that each of them holds; nothing where each holds all.
    pub component: Option<String>,
    /// What AWS calls their size, where it has a name for it: an instance type, or the power of a node.
    pub size_name: Option<String>,
    /// What was asked for each.
    pub asked: ServerSize,
    /// What each has.
    pub deployed: ServerSize,
    /// The fewest and the most that there may be; both 0 where there is one for each request.
    pub range: (u32, u32),
    /// What happens from the decision to start one until it serves; empty where nothing tells how long it takes.
    pub start: Vec<StartStep>,
}

/// The instances beneath replicas.
#[derive(Clone, Debug, PartialEq)]
pub struct HostGroup {
    /// The instance type.
    pub instance_type: String,
    /// What each has.
    pub size: ServerSize,
    /// The fewest and the most that there may be.
    pub range: (u32, u32),
    /// How long one takes until it can hold replicas, in seconds.
    pub start_s: f64,
}

/// What a deployment consists of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Its replicas: a group for each component, or one whose replicas hold all of them.
    pub replicas: Vec<ReplicaGroup>,
    /// The instances beneath them, where those are rented by themselves.
    pub hosts: Option<HostGroup>,
    /// Availability zones that it is spread over; nothing where AWS places it and does not say where.
    pub zones: Option<u32>,
    /// How many containers or tasks, of all components together, one instance or node holds; nothing where there is none.
    pub holds: Option<u32>,
}
