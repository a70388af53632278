//! The servers that are busy, in the order in which they will be done, and those that are idle and warm.

use std::collections::VecDeque;

use crate::capacity::random::Random;

/// A busy server. One that is always ready has no time of creation: it is infinite.
#[derive(Clone, Copy)]
pub(super) struct Busy {
    pub(super) done_s: f64,
    pub(super) created_s: f64,
}

/// Busy servers: a heap of four branches with the first to be done at its root.
///
/// A root that was taken leaves a hole, which the next server to come fills; most of the time one follows.
pub(super) struct BusyServers {
    heap: Vec<Busy>,
    hole: bool,
}

const BRANCHES: usize = 4;

impl BusyServers {
    pub(super) fn new() -> BusyServers {
        BusyServers { heap: Vec::new(), hole: false }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole)
    }

    #[inline]
    pub(super) fn add(&mut self, server: Busy) {
        if self.hole {
            self.hole = false;
            self.sink(server);
            return;
        }
        let mut at = self.heap.len();
        self.heap.push(server);
        while at > 0 {
            let parent = (at - 1) / BRANCHES;
            if self.heap[parent].done_s <= server.done_s {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = server;
    }

    /// Takes the first server that is done by now.
    #[inline]
    pub(super) fn take_done(&mut self, now_s: f64) -> Option<Busy> {
        if self.hole {
            self.hole = false;
            let last = self.heap.pop()?;
            if !self.heap.is_empty() {
                self.sink(last);
            }
        }
        let first = *self.heap.first()?;
        self.hole = first.done_s <= now_s;
        self.hole.then_some(first)
    }

    /// Puts a server in the place of the root, and moves it down to where it belongs.
    #[inline]
    fn sink(&mut self, server: Busy) {
        let heap = self.heap.as_mut_slice();
        let mut at = 0;
        loop {
            let first = at * BRANCHES + 1;
            let Some(children) = heap.get(first..heap.len().min(first + BRANCHES)) else { break };
            let mut least = 0;
            let Some(mut soonest) = children.first().copied() else { break };
            for (branch, child) in children.iter().enumerate().skip(1) {
                if child.done_s < soonest.done_s {
                    (least, soonest) = (branch, *child);
                }
            }
            if server.done_s <= soonest.done_s {
                break;
            }
            heap[at] = soonest;
            at = first + least;
        }
        heap[at] = server;
    }

    /// When those that are busy will be done.
    pub(super) fn done_s(&self) -> impl Iterator<Item = Busy> {
        self.heap.iter().skip(usize::from(self.hole)).copied()
    }
}

/// An idle server, and when it will be given up unless a request comes.
#[derive(Clone, Copy)]
pub(super) struct Idle {
    pub(super) since_s: f64,
    pub(super) until_s: f64,
    pub(super) created_s: f64,
}

/// Adds up time within what is measured.
pub(super) struct Clock {
    pub(super) from_s: f64,
    pub(super) total_s: f64,
}

impl Clock {
    #[inline]
    pub(super) fn add(&mut self, since_s: f64, until_s: f64) {
        self.total_s += (until_s - since_s.max(self.from_s)).max(0.0);
    }
}

/// Idle servers in the order in which a rule takes them. Those given up are found when they are looked at.
pub(super) trait IdleServers: Default {
    /// A server that is idle from now on: later than all before it.
    fn put(&mut self, server: Idle);

    /// Takes the next server that is idle at this time; the idle time of all that are taken or given up is
    /// added to the clock.
    fn take(&mut self, now_s: f64, idle: &mut Clock, random: &mut Random) -> Option<Idle>;

    /// All that were not found to be given up yet.
    fn rest(self) -> impl Iterator<Item = Idle>;
}

/// Whether a server is still there; its idle time is added either way.
#[inline]
fn reached(server: Idle, now_s: f64, idle: &mut Clock) -> bool {
    idle.add(server.since_s, server.until_s.min(now_s));
    server.until_s > now_s
}

/// The most recently used first: a stack, whose bottom is given up first.
#[derive(Default)]
pub(super) struct Stack(VecDeque<Idle>);

impl IdleServers for Stack {
    #[inline]
    fn put(&mut self, server: Idle) {
        self.0.push_back(server);
    }

    #[inline]
    fn take(&mut self, now_s: f64, idle: &mut Clock, _random: &mut Random) -> Option<Idle> {
        while self.0.front().is_some_and(|server| server.until_s <= now_s) {
            let server = self.0.pop_front()?;
            idle.add(server.since_s, server.until_s);
        }
        loop {
            let server = self.0.pop_back()?;
            if reached(server, now_s, idle) {
                return Some(server);
            }
        }
    }

    fn rest(self) -> impl Iterator<Item = Idle> {
        self.0.into_iter()
    }
}

/// The longest idle first.
#[derive(Default)]
pub(super) struct Queue(VecDeque<Idle>);

impl IdleServers for Queue {
    fn put(&mut self, server: Idle) {
        self.0.push_back(server);
    }

    fn take(&mut self, now_s: f64, idle: &mut Clock, _random: &mut Random) -> Option<Idle> {
        loop {
            let server = self.0.pop_front()?;
            if reached(server, now_s, idle) {
                return Some(server);
            }
        }
    }

    fn rest(self) -> impl Iterator<Item = Idle> {
        self.0.into_iter()
    }
}

/// The last created first: in the order of creation.
#[derive(Default)]
pub(super) struct ByCreation(VecDeque<Idle>);

impl IdleServers for ByCreation {
    fn put(&mut self, server: Idle) {
        let place = self.0.partition_point(|other| other.created_s <= server.created_s);
        self.0.insert(place, server);
    }

    fn take(&mut self, now_s: f64, idle: &mut Clock, random: &mut Random) -> Option<Idle> {
        let mut stack = Stack(std::mem::take(&mut self.0));
        let taken = stack.take(now_s, idle, random);
        self.0 = stack.0;
        taken
    }

    fn rest(self) -> impl Iterator<Item = Idle> {
        self.0.into_iter()
    }
}

/// Each as likely.
#[derive(Default)]
pub(super) struct Any(Vec<Idle>);

impl IdleServers for Any {
    fn put(&mut self, server: Idle) {
        self.0.push(server);
    }

    fn take(&mut self, now_s: f64, idle: &mut Clock, random: &mut Random) -> Option<Idle> {
        while !self.0.is_empty() {
            let server = self.0.swap_remove(random.below(self.0.len()));
            if reached(server, now_s, idle) {
                return Some(server);
            }
        }
        None
    }

    fn rest(self) -> impl Iterator<Item = Idle> {
        self.0.into_iter()
    }
}
