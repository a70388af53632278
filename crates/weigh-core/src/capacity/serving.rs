//! What a deployment did in a month: how each station served, and how many replicas and hosts there were.

use super::per_request::PerRequestOutcome;
use super::simulation::{Fleet, FleetOutcome, HostOutcome, ServiceOutcome, Simulation};
use super::station::{Outcome, Served};

/// How many replicas, or hosts, there were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    /// Those that served or started, on average over the month: those that are paid for.
    pub mean: f64,
    /// The most that served at a time.
    pub most: u32,
    /// The mean of each hour; empty where all hours are alike.
    pub by_hour: Vec<f64>,
    /// Those of the mean that may be taken away at any time.
    pub interruptible: f64,
    /// Those that were launched after the start of the month.
    pub started: u32,
    /// Processor-hours beyond the credits earned, over all of them; 0 where there are no credits.
    pub surplus_processor_hours: f64,
    /// The share of the month in which credits were used up and processors ran slower.
    pub throttled_share: f64,
}

impl Presence {
    /// So many, all month long.
    ///
    /// ```
    /// use weigh_core::capacity::Presence;
    /// assert_eq!(Presence::steady(3).mean, 3.0);
    /// ```
    #[must_use]
    pub fn steady(count: u32) -> Presence {
        Presence { mean: f64::from(count), most: count, ..Presence::default() }
    }
}

/// What the stations of a deployment did in a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Serving {
    /// How each station served, in the order of the deployment.
    pub stations: Vec<Served>,
    /// The replicas of each fleet, in the order of the deployment.
    pub fleets: Vec<Presence>,
    /// The hosts beneath them, where there are any.
    pub hosts: Option<Presence>,
    /// The simulation that this came from; nothing where the long run was computed.
    pub simulation: Option<Simulation>,
    /// The months of servers started on demand that this came from; empty for fleets and in the long run.
    pub per_request: Vec<PerRequestOutcome>,
}

impl Serving {
    /// From a simulation of `fleets`: stations in the order of the fleets and their services.
    #[must_use]
    pub fn of(simulation: Simulation, fleets: &[Fleet]) -> Serving {
        let stations = simulation.fleets.iter().zip(fleets).flat_map(|(outcome, fleet)| {
            let starts = !fleet.scaling.is_fixed();
            let each = outcome.services.iter();
            each.map(move |service| served(outcome, service, starts, simulation.simulated_s))
        });
        Serving {
            stations: stations.collect(),
            fleets: simulation.fleets.iter().map(Presence::from).collect(),
            hosts: simulation.hosts.as_ref().map(Presence::from),
            simulation: Some(simulation),
            per_request: Vec::new(),
        }
    }

    /// The long run of stations at one load, with so many replicas and hosts.
    #[must_use]
    pub fn in_the_long_run(stations: Vec<Served>, fleets: Vec<Presence>, hosts: Option<Presence>) -> Serving {
        Serving { stations, fleets, hosts, simulation: None, per_request: Vec::new() }
    }

    /// From months of servers started on demand; the replicas are those kept ready.
    #[must_use]
    pub fn of_requests(outcomes: Vec<PerRequestOutcome>) -> Serving {
        let ready = |outcome: &PerRequestOutcome| Presence {
            mean: outcome.mean_ready,
            most: outcome.most_ready,
            by_hour: outcome.ready_by_hour.clone(),
            ..Presence::default()
        };
        Serving {
            stations: outcomes.iter().map(|outcome| outcome.served).collect(),
            fleets: outcomes.iter().map(ready).collect(),
            hosts: None,
            simulation: None,
            per_request: outcomes,
        }
    }
}

impl From<&FleetOutcome> for Presence {
    fn from(fleet: &FleetOutcome) -> Presence {
        Presence {
            mean: fleet.mean_present,
            most: fleet.most,
            by_hour: fleet.present_by_hour.clone(),
            interruptible: fleet.mean_interruptible,
            started: fleet.started,
            surplus_processor_hours: fleet.surplus_processor_hours,
            throttled_share: fleet.throttled_share,
        }
    }
}

impl From<&HostOutcome> for Presence {
    fn from(hosts: &HostOutcome) -> Presence {
        Presence {
            mean: hosts.mean_present,
            most: hosts.most,
            by_hour: hosts.present_by_hour.clone(),
            interruptible: hosts.mean_interruptible,
            started: hosts.started,
            surplus_processor_hours: hosts.surplus_processor_hours,
            throttled_share: hosts.throttled_share,
        }
    }
}

/// A service's month as one station's. Where replicas can be added, a request that came too early for them waits for a
/// start. By Little's law the mean concurrency is the rate served times the mean time.
fn served(fleet: &FleetOutcome, service: &ServiceOutcome, starts: bool, simulated_s: f64) -> Served {
    let share =
        |part: f64| if service.arrived > 0.0 { (part / service.arrived).clamp(0.0, 1.0) } else { 0.0 };
    let latency = service.latency;
    let mean_s = latency.map_or(0.0, |latency| latency.mean_s);
    let mean_concurrency = if simulated_s > 0.0 { service.served / simulated_s * mean_s } else { 0.0 };
    Served {
        utilisation: service.peak_utilisation,
        mean_concurrency,
        outcome: match latency {
            Some(latency) => Outcome::Stable(latency),
            None => Outcome::Unstable { servers_needed: fleet.saturation.replicas_needed },
        },
        cold_start_share: if starts { share(service.delayed) } else { 0.0 },
        delayed_share: share(service.delayed),
        ready_share: 0.0,
        mean_idle_servers: 0.0,
        throttled_share: share(service.dropped + service.waiting),
    }
}
