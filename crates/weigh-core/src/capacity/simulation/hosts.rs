//! The hosts beneath the fleets: a second tier that grows when the replicas that should run find no room.

use std::collections::VecDeque;

use super::{Fleet, Interruption};
use crate::capacity::credits::CreditPlan;
use crate::capacity::{whole, whole_up};

/// Machines that hold the replicas of all fleets, scaled by how much of them is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Hosts {
    /// Hosts at the start, between `least` and `most`.
    pub desired: u32,
    /// The fewest hosts.
    pub least: u32,
    /// The most hosts, at least `least`.
    pub most: u32,
    /// The share of the hosts that replicas should need, above 0 up to 1; below 1 keeps spare hosts.
    pub target: f64,
    /// The fewest and the most hosts that one step adds, each at least 1.
    pub steps: (u32, u32),
    /// From the decision until a host can hold replicas, in seconds.
    pub start_up_s: f64,
    /// After adding hosts, none is added for so long, in seconds.
    pub warm_up_s: f64,
    /// Minutes on end below the target before empty hosts are removed.
    pub in_periods: u32,
    /// Processor credits of each host, where hosts are burstable.
    pub credits: Option<CreditPlan>,
    /// Hosts that may be taken away.
    pub interruption: Option<Interruption>,
}

/// How much of the hosts is needed: `100 × needed / present`, as a share; with none present 1 when none is needed,
/// and 2 when some are, which asks for two.
///
/// Source: the reservation of a capacity provider, as its maker described it in 2020 and 2023.
///
/// ```
/// use weigh_core::capacity::reservation;
/// assert_eq!(reservation(5, 4), 1.25);
/// assert_eq!((reservation(0, 0), reservation(3, 0)), (1.0, 2.0));
/// ```
#[must_use]
pub fn reservation(needed: u32, present: u32) -> f64 {
    match (needed, present) {
        (0, 0) => 1.0,
        (_, 0) => 2.0,
        (needed, present) => f64::from(needed) / f64::from(present),
    }
}

impl Hosts {
    /// How many hosts there should be for a reservation: `⌈present × reservation / target⌉`, and two where none is
    /// present and some are needed.
    ///
    /// ```
    /// # use weigh_core::capacity::Hosts;
    /// let wanted = |needed, present, target| Hosts::wanted(needed, present, target);
    /// assert_eq!((wanted(2, 3, 0.5), wanted(5, 4, 0.9), wanted(3, 0, 1.0), wanted(0, 0, 1.0)), (4, 6, 2, 0));
    /// ```
    #[must_use]
    pub fn wanted(needed: u32, present: u32, target: f64) -> u32 {
        let wanted = f64::from(present.max(1)) * reservation(needed, present) / target;
        if present == 0 && needed == 0 { 0 } else { whole_up(wanted) }
    }
}

/// The hosts over time.
pub(super) struct HostController<'a> {
    hosts: &'a Hosts,
    running: u32,
    starting: VecDeque<(f64, u32)>,
    launched: u32,
    started: u32,
    last_out_s: f64,
    below: u32,
    minute_s: f64,
}

impl<'a> HostController<'a> {
    pub(super) fn new(hosts: &'a Hosts) -> HostController<'a> {
        HostController {
            hosts,
            running: hosts.desired.clamp(hosts.least, hosts.most.max(hosts.least)),
            starting: VecDeque::new(),
            launched: 0,
            started: 0,
            last_out_s: f64::NEG_INFINITY,
            below: 0,
            minute_s: 0.0,
        }
    }

    pub(super) fn running(&self) -> u32 {
        self.running
    }

    pub(super) fn present(&self) -> u32 {
        self.running + self.launched
    }

    pub(super) fn started(&self) -> u32 {
        self.started
    }

    /// Room for replicas that take `share` of a host each, beside others: so many of a share each.
    pub(super) fn room(&self, others: impl Iterator<Item = (f64, u32)>, share: f64) -> u32 {
        let mut load = Load::default();
        others.for_each(|(share, count)| load.add(share, count));
        let by_part = whole((f64::from(self.running) - load.hosts) / share + 1e-9);
        let by_host = match per_host(share) {
            1 => self.running.saturating_sub(load.alone),
            several => self.running.saturating_mul(several),
        };
        by_part.min(by_host)
    }

    /// Whether further minutes change nothing while the fleets want as many replicas.
    pub(super) fn is_calm(&self, fleets: &[Fleet], desired: impl Iterator<Item = u32>) -> bool {
        let hosts = self.hosts;
        let wanted = Hosts::wanted(needed(fleets, desired), self.running, hosts.target);
        self.launched == 0 && wanted.clamp(hosts.least, hosts.most) == self.running
    }

    pub(super) fn lose(&mut self, hosts: u32) {
        self.running = self.running.saturating_sub(hosts);
    }

    /// Begins a step: hosts that are ready, and once a minute the decision for what the fleets want.
    pub(super) fn begin(&mut self, now_s: f64, fleets: &[Fleet], desired: impl Iterator<Item = u32>) {
        while let Some((_, count)) =
            self.starting.front().copied().filter(|(ready, _)| *ready <= now_s + 1e-6)
        {
            self.starting.pop_front();
            self.launched -= count;
            self.running += count;
        }
        if now_s < self.minute_s - 1e-6 {
            return;
        }
        self.minute_s = now_s + 60.0;
        let needed = needed(fleets, desired);
        let present = self.present();
        let hosts = self.hosts;
        let wanted = Hosts::wanted(needed, present, hosts.target).clamp(hosts.least, hosts.most);
        if wanted > present {
            self.below = 0;
            if now_s - self.last_out_s >= hosts.warm_up_s - 1e-6 {
                let more = (wanted - present).clamp(hosts.steps.0, hosts.steps.1).min(hosts.most - present);
                self.last_out_s = now_s;
                self.started = self.started.saturating_add(more);
                if hosts.start_up_s <= 0.0 {
                    self.running += more;
                } else {
                    self.launched += more;
                    self.starting.push_back((now_s + hosts.start_up_s, more));
                }
            }
        } else if wanted < present {
            self.below += 1;
            if self.below >= hosts.in_periods {
                // Only empty hosts go, and no more than half of all in a minute.
                let empty = present - needed.max(wanted).min(present);
                self.running -= empty.min((present / 2).max(1)).min(self.running);
            }
        } else {
            self.below = 0;
        }
    }
}

/// What replicas of several fleets ask of hosts. No number of hosts holds them that is below the sum of their parts, below
/// what those of one fleet need by themselves, or below the number of those that find no room beside another.
#[derive(Default)]
struct Load {
    hosts: f64,
    most_of_one: u32,
    alone: u32,
}

impl Load {
    /// Adds so many replicas that take `share` of a host each.
    fn add(&mut self, share: f64, count: u32) {
        let together = per_host(share);
        self.hosts += share * f64::from(count);
        self.most_of_one = self.most_of_one.max(count.div_ceil(together));
        self.alone += if together == 1 { count } else { 0 };
    }
}

/// Whole replicas of one fleet on a host, at least 1.
fn per_host(share: f64) -> u32 {
    whole(1.0 / share + 1e-9).max(1)
}

/// Hosts that so many replicas need.
fn needed(fleets: &[Fleet], desired: impl Iterator<Item = u32>) -> u32 {
    let mut load = Load::default();
    fleets.iter().zip(desired).for_each(|(fleet, count)| load.add(fleet.host_share, count));
    whole_up(load.hosts).max(load.most_of_one).max(load.alone)
}
