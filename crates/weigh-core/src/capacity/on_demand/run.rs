//! The run: one request after the other, and what is counted of them.

use super::super::refusal::{StationError, require};
use super::arrivals::{Source, lognormal};
use super::counts::{Counts, Fate};
use super::servers::{Any, Busy, BusyServers, ByCreation, Clock, Idle, IdleServers, Queue, Stack};
use super::{Dispatch, KeepAlive, OnDemand, ServiceTime};
use crate::capacity::random::Random;

/// What comes first and is not counted. A run begins without any server but those always ready.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WarmUp {
    /// Until the start is forgotten: 2 keep-alives when requests take the most recently used or the newest
    /// server, 10 with the other rules; and 20 mean service times with start-up, and 3 lifetimes. Rare events
    /// are not waited for: with the other rules the idle servers grow to their long-run number by one at each
    /// cold start, and a process whose rate changes may not do so before the end.
    Settled,
    /// So many seconds, from 0 to 1e9. With 0 the first requests count, as they should for a trace.
    Seconds(f64),
}

/// When a run ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// With this many requests counted; or when no more come.
    Requests(u64),
    /// After this many seconds counted, from 0 to 1e9; or when no more come.
    Seconds(f64),
}

/// What happened in a run after its warm-up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnDemandRun {
    /// All requests: cold, warm and refused.
    pub requests: u64,
    /// Requests that started a server.
    pub cold: u64,
    /// Requests refused, at the limit or because servers start no faster.
    pub refused: u64,
    /// Seconds counted.
    pub simulated_s: f64,
    /// Servers busy or starting, on average over time.
    pub mean_busy: f64,
    /// Servers warm and idle, on average over time; those always ready included.
    pub mean_idle: f64,
    /// The most servers busy at once. As none is started while another is idle, it is also the most there
    /// were, unless more are always ready.
    pub peak_busy: u32,
    /// Half the width of the 95 % confidence interval of the share of cold requests.
    pub cold_share_half_width: f64,
    /// Half the width of the 95 % confidence interval of the share of refused requests.
    pub refused_share_half_width: f64,
}

impl OnDemandRun {
    /// Requests served by a server that was warm.
    #[must_use]
    pub fn warm(&self) -> u64 {
        self.requests - self.cold - self.refused
    }

    /// The share of all requests that are cold; 0 without requests.
    #[must_use]
    pub fn cold_share(&self) -> f64 {
        self.cold as f64 / self.requests.max(1) as f64
    }

    /// The share of all requests that are refused; 0 without requests.
    #[must_use]
    pub fn refused_share(&self) -> f64 {
        self.refused as f64 / self.requests.max(1) as f64
    }
}

/// Simulates servers that start on demand, request by request.
///
/// * `setting`: what comes and what serves it; the bounds stand at its fields.
/// * `warm_up`: what is left out of the counts.
/// * `stop`: when it ends. It takes about 0.1 µs a request.
/// * `seed`: any number. The same seed gives the same run, bit by bit, on every machine. Arrivals and service
///   times are drawn apart from everything else, so that runs of one seed differ by the servers alone.
///
/// The confidence intervals are those of batch means (Law and Kelton, *Simulation Modeling and Analysis*,
/// 1991): 50 to 100 batches of requests as they came, Student's t. Where none or all requests of a run are
/// cold, half the width is `3 / requests` (rule of three, Hanley and Lippman-Hand, 1983); below two requests it
/// is infinite.
///
/// # Errors
///
/// [`StationError`] names the first field that is out of its bounds.
///
/// # Example: ten requests a second; the formula says 1.9e-4
///
/// ```
/// use weigh_core::capacity::on_demand::{Arrivals, OnDemand, ServiceTime, Stop, WarmUp, simulate};
/// use weigh_core::capacity::cold_starts;
///
/// let service = ServiceTime::Exponential { mean_s: 0.2 };
/// let setting = OnDemand::new(Arrivals::Poisson { rate_per_s: 10.0 }, service, 360.0);
/// let run = simulate(&setting, WarmUp::Settled, Stop::Requests(200_000), 42)?;
/// let expected = cold_starts(10.0, 0.2, 360.0).share;
/// assert!((run.cold_share() - expected).abs() < 2.0 * run.cold_share_half_width);
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
pub fn simulate(
    setting: &OnDemand,
    warm_up: WarmUp,
    stop: Stop,
    seed: u64,
) -> Result<OnDemandRun, StationError> {
    setting.check()?;
    let from_s = match warm_up {
        WarmUp::Settled => setting.settling_s(),
        WarmUp::Seconds(seconds) => seconds,
    };
    super::require_seconds("warm_up", from_s)?;
    if let Stop::Seconds(seconds) = stop {
        super::require_seconds("stop", seconds)?;
    } else if let Stop::Requests(requests) = stop {
        require(requests > 0, "stop", 0.0, "at least 1 request")?;
    }
    Ok(match setting.dispatch {
        Dispatch::MostRecentlyUsed => Run::<Stack>::new(setting, from_s, seed).until(stop, seed),
        Dispatch::NewestCreated => Run::<ByCreation>::new(setting, from_s, seed).until(stop, seed),
        Dispatch::LeastRecentlyUsed => Run::<Queue>::new(setting, from_s, seed).until(stop, seed),
        Dispatch::Random => Run::<Any>::new(setting, from_s, seed).until(stop, seed),
    })
}

/// Arrivals and service times are drawn in blocks of so many.
const BLOCK: usize = 256;

/// The state of a run.
struct Run<'a, I> {
    setting: &'a OnDemand,
    lifetime_s: f64,
    busy: BusyServers,
    idle: I,
    ready_idle: u32,
    /// Busy ones that are to end because fewer are kept.
    ready_ending: u32,
    ready_now: u32,
    /// Changes of the number of ready servers that happened.
    ready_changes: usize,
    tokens: f64,
    tokens_at_s: f64,
    /// For keep-alives and the choice of a server.
    random: Random,
    busy_time: Clock,
    ready_time: Clock,
    /// Ready servers over the time until the last change.
    kept_time: Clock,
    kept_since_s: f64,
    idle_time: Clock,
    counts: Counts,
}

impl<'a, I: IdleServers> Run<'a, I> {
    fn new(setting: &'a OnDemand, from_s: f64, seed: u64) -> Run<'a, I> {
        let [_, _, random] = Random::streams(seed);
        let clock = || Clock { from_s, total_s: 0.0 };
        Run {
            setting,
            lifetime_s: setting.max_lifetime_s.unwrap_or(f64::INFINITY),
            busy: BusyServers::new(),
            idle: I::default(),
            ready_idle: setting.always_ready,
            ready_ending: 0,
            ready_now: setting.always_ready,
            ready_changes: 0,
            tokens: setting.ramp.map_or(0.0, |ramp| ramp.burst),
            tokens_at_s: 0.0,
            random,
            busy_time: clock(),
            ready_time: clock(),
            kept_time: clock(),
            kept_since_s: 0.0,
            idle_time: clock(),
            counts: Counts::new(),
        }
    }

    fn until(mut self, stop: Stop, seed: u64) -> OnDemandRun {
        let [mut for_arrivals, mut for_service, _] = Random::streams(seed);
        let from_s = self.busy_time.from_s;
        let mut source = Source::new(&self.setting.arrivals);
        let (most, mut end_s) = match stop {
            Stop::Requests(requests) => (requests, source.end_s()),
            Stop::Seconds(seconds) => (u64::MAX, source.end_s().min(from_s + seconds)),
        };
        let (mut times_s, mut services_s) = ([0.0; BLOCK], [0.0; BLOCK]);
        'run: loop {
            let count = source.fill(&mut times_s, &mut for_arrivals);
            self.setting.service.fill(&mut services_s[..count], &mut for_service);
            for (now_s, service_s) in times_s[..count].iter().zip(&services_s) {
                if *now_s >= end_s {
                    break 'run;
                }
                let fate = self.serve(*now_s, *service_s);
                if *now_s >= from_s {
                    self.counts.add(fate, self.busy.len());
                    if self.counts.requests == most {
                        end_s = *now_s;
                        break 'run;
                    }
                }
            }
            if count < BLOCK {
                break;
            }
        }
        self.finish(end_s)
    }

    /// Serves or refuses a request.
    #[inline]
    fn serve(&mut self, now_s: f64, service_s: f64) -> Fate {
        if self.ready_changes < self.setting.ready_later.len() {
            self.change_ready(now_s);
        }
        while let Some(done) = self.busy.take_done(now_s) {
            self.rest(done);
        }
        if self.busy.len() >= self.setting.limit as usize {
            return Fate::Refused;
        }
        if self.ready_idle > 0 {
            self.ready_idle -= 1;
            self.ready_time.add(now_s, now_s + service_s);
            return self.start(now_s, service_s, f64::INFINITY, Fate::Warm);
        }
        if let Some(server) = self.idle.take(now_s, &mut self.idle_time, &mut self.random) {
            return self.start(now_s, service_s, server.created_s, Fate::Warm);
        }
        if !self.may_start(now_s) {
            return Fate::Refused;
        }
        self.start(now_s, service_s + self.setting.start_up_s, now_s, Fate::Cold)
    }

    #[inline]
    fn start(&mut self, now_s: f64, service_s: f64, created_s: f64, fate: Fate) -> Fate {
        let done_s = now_s + service_s;
        self.busy_time.add(now_s, done_s);
        self.busy.add(Busy { done_s, created_s });
        fate
    }

    /// Keeps more or fewer servers ready from each of the times that have come.
    #[cold]
    fn change_ready(&mut self, now_s: f64) {
        while let Some((from_s, count)) = self.setting.ready_later.get(self.ready_changes).copied() {
            if from_s > now_s {
                return;
            }
            while let Some(done) = self.busy.take_done(from_s) {
                self.rest(done);
            }
            self.keep_until(from_s);
            if count >= self.ready_now {
                let more = count - self.ready_now;
                let staying = more.min(self.ready_ending);
                self.ready_ending -= staying;
                self.ready_idle += more - staying;
            } else {
                let fewer = self.ready_now - count;
                let idle = fewer.min(self.ready_idle);
                self.ready_idle -= idle;
                self.ready_ending += fewer - idle;
            }
            self.ready_now = count;
            self.ready_changes += 1;
        }
    }

    /// Adds the ready servers until a time.
    fn keep_until(&mut self, until_s: f64) {
        let kept_s = (until_s - self.kept_since_s.max(self.kept_time.from_s)).max(0.0);
        self.kept_time.total_s += kept_s * f64::from(self.ready_now);
        self.kept_since_s = until_s;
    }

    /// A server that is done waits for the next request.
    #[inline]
    fn rest(&mut self, done: Busy) {
        let Busy { done_s: since_s, created_s } = done;
        if created_s.is_infinite() {
            match self.ready_ending {
                0 => self.ready_idle += 1,
                _ => self.ready_ending -= 1,
            }
            return;
        }
        let keep_s = match &self.setting.keep_alive {
            KeepAlive::Fixed { seconds } => *seconds,
            KeepAlive::Distribution { points } => KeepAlive::quantile_s(points, self.random.uniform()),
        };
        let until_s = (since_s + keep_s).min(created_s + self.lifetime_s);
        if until_s > since_s {
            self.idle.put(Idle { since_s, until_s, created_s });
        }
    }

    /// Whether a server may be started now; if so, its token is taken.
    fn may_start(&mut self, now_s: f64) -> bool {
        let Some(ramp) = self.setting.ramp else { return true };
        self.tokens = (self.tokens + (now_s - self.tokens_at_s) * ramp.per_s).min(ramp.burst);
        self.tokens_at_s = now_s;
        let enough = self.tokens >= 1.0;
        self.tokens -= if enough { 1.0 } else { 0.0 };
        enough
    }

    /// Closes the books at the end.
    fn finish(mut self, end_s: f64) -> OnDemandRun {
        self.change_ready(end_s);
        self.keep_until(end_s);
        while let Some(done) = self.busy.take_done(end_s) {
            self.rest(done);
        }
        for server in self.busy.done_s() {
            let beyond_s = server.done_s - end_s.max(self.busy_time.from_s);
            self.busy_time.total_s -= beyond_s.max(0.0);
            if server.created_s.is_infinite() {
                self.ready_time.total_s -= beyond_s.max(0.0);
            }
        }
        for server in self.idle.rest() {
            self.idle_time.add(server.since_s, server.until_s.min(end_s));
        }
        let simulated_s = (end_s - self.busy_time.from_s).max(0.0);
        let mean = |total_s: f64| if simulated_s > 0.0 { total_s / simulated_s } else { 0.0 };
        let [cold_share_half_width, refused_share_half_width] = self.counts.half_widths();
        OnDemandRun {
            requests: self.counts.requests,
            cold: self.counts.of[0],
            refused: self.counts.of[1],
            simulated_s,
            mean_busy: mean(self.busy_time.total_s),
            mean_idle: mean(
                self.idle_time.total_s + (self.kept_time.total_s - self.ready_time.total_s).max(0.0),
            ),
            peak_busy: u32::try_from(self.counts.peak_busy).unwrap_or(u32::MAX),
            cold_share_half_width,
            refused_share_half_width,
        }
    }
}

impl ServiceTime {
    /// Draws a time for each request.
    fn fill(&self, services_s: &mut [f64], random: &mut Random) {
        match *self {
            ServiceTime::Exponential { mean_s } => {
                services_s.iter_mut().for_each(|time| *time = mean_s * random.exponential());
            }
            ServiceTime::Constant { seconds } => services_s.fill(seconds),
            ServiceTime::Lognormal { mean_s, variation } => {
                let [median_s, deviation] = lognormal(mean_s, variation);
                let draw = |time: &mut f64| *time = median_s * libm::exp(deviation * random.normal());
                services_s.iter_mut().for_each(draw);
            }
        }
    }
}
