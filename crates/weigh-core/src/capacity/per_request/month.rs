//! A month of requests as it is added up: what comes, what is refused, what ready servers take, hour by hour.

use super::rates::Rates;
use super::warmth::Span;
use super::{MOST_REFUSED, PerRequest};
use crate::capacity::erlang::erlang_b;
use crate::capacity::simulation::Demand;

/// Times closer than this are one.
const ROUNDING_S: f64 = 1e-6;
const HOUR_S: f64 = 3_600.0;

/// What was added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Month {
    pub(super) length_s: f64,
    pub(super) arrived: f64,
    pub(super) refused: f64,
    pub(super) on_ready: f64,
    /// Server-seconds in service.
    pub(super) busy_s: f64,
    /// Server-seconds kept ready.
    pub(super) ready_s: f64,
    pub(super) most_ready: u32,
    pub(super) hours: Vec<f64>,
    /// Servers kept ready in each hour.
    pub(super) ready_hours: Vec<f64>,
    /// The highest load that came, and the highest that was served.
    pub(super) peak: f64,
    pub(super) peak_served: f64,
    /// Requests a second in the busiest step.
    pub(super) peak_per_s: f64,
    pub(super) refusing_s: f64,
    pub(super) refusing_from_s: f64,
    /// Whether rates change within twice the longest keep-alive.
    pub(super) is_fast: bool,
    /// The same rates and ready servers, one after the other.
    pub(super) spans: Vec<Span>,
}

/// The month while it is added up.
struct Adding<'a> {
    servers: &'a PerRequest,
    rates: &'a Rates,
    /// The share of requests on ready servers, for each rate beside the number ready that it was last computed for.
    on_ready: Vec<Option<(u32, f64)>>,
    now_s: f64,
    hour_busy_s: f64,
    hour_ready_s: f64,
    hour_s: f64,
    /// The loads before, as far back as servers stay warm: when each ended.
    warm: std::collections::VecDeque<(f64, f64)>,
    month: Month,
}

impl Month {
    /// Adds up a demand that comes to the servers.
    pub(super) fn of(servers: &PerRequest, demand: &Demand<'_>, rates: &Rates) -> Month {
        let mut adding = Adding {
            servers,
            rates,
            on_ready: vec![None; rates.known.len()],
            now_s: 0.0,
            hour_busy_s: 0.0,
            hour_ready_s: 0.0,
            hour_s: 0.0,
            warm: std::collections::VecDeque::new(),
            month: Month::default(),
        };
        let fast_s = 2.0 * servers.keep_alive.longest_s();
        let steps = demand.rates_per_s.len();
        let mut at = 0;
        for same in demand.rates_per_s.chunk_by(|one, next| one.to_bits() == next.to_bits()) {
            let Some(rate) = same.first() else { continue };
            #[allow(clippy::cast_precision_loss, reason = "steps of a month are far below 2^52")]
            let (length_s, end_s) =
                (same.len() as f64 * demand.step_s, (at + same.len()) as f64 * demand.step_s);
            adding.month.is_fast |= length_s < fast_s && same.len() < steps && at + same.len() < steps;
            adding.until(end_s, rate * servers.share, rates.of_step[at]);
            at += same.len();
        }
        adding.finish()
    }
}

impl Adding<'_> {
    /// Adds a rate that lasts until a time, in parts that end with an hour or a change of the ready servers.
    fn until(&mut self, end_s: f64, rate_per_s: f64, rate: usize) {
        let load = rate_per_s * self.servers.service_time_s;
        let mut ramp = self.ramp(load, end_s - self.now_s);
        while self.now_s < end_s - ROUNDING_S {
            let (ready, until_s) = self.servers.ready_at(self.now_s);
            let hour_end_s = (libm::floor(self.now_s / HOUR_S + 1e-9) + 1.0) * HOUR_S;
            let part_s = until_s.min(end_s).min(hour_end_s) - self.now_s;
            self.add(rate_per_s, rate, ready, part_s, std::mem::take(&mut ramp));
            self.now_s += part_s;
            if self.now_s >= hour_end_s - ROUNDING_S {
                self.close_hour();
            }
        }
        self.now_s = end_s;
        self.warm.push_back((end_s, load));
    }

    /// Requests refused because servers start more slowly than the load rises: what is missing beside the servers that
    /// were busy within the keep-alive or are ready, less the burst, shrinks as servers start.
    fn ramp(&mut self, load: f64, length_s: f64) -> f64 {
        let (servers, now_s) = (self.servers, self.now_s);
        let keep_s = servers.keep_alive.mean_s();
        while self.warm.front().is_some_and(|(end_s, _)| *end_s < now_s - keep_s) {
            self.warm.pop_front();
        }
        if self.warm.is_empty() {
            return 0.0;
        }
        let warm = self.warm.iter().fold(0.0_f64, |most, (_, load)| most.max(*load));
        let warm = warm.max(f64::from(self.servers.ready_at(now_s).0));
        let missing = load.min(servers.own_limit()) - warm - servers.ramp.burst;
        if missing <= 0.0 {
            return 0.0;
        }
        let lasts_s = length_s.min(missing / servers.ramp.per_s);
        (missing - servers.ramp.per_s * lasts_s / 2.0) * lasts_s / servers.service_time_s
    }

    fn add(&mut self, rate_per_s: f64, rate: usize, ready: u32, time_s: f64, by_ramp: f64) {
        let servers = self.servers;
        let load = rate_per_s * servers.service_time_s;
        let requests = rate_per_s * time_s;
        let refused_share = servers.refused_share(rate_per_s);
        let refused = (requests * refused_share + by_ramp).min(requests);
        let on_ready = self.on_ready_share(rate, ready);
        let month = &mut self.month;
        month.arrived += requests;
        month.refused += refused;
        month.on_ready += (requests * on_ready).min(requests - refused);
        let busy_s = (requests - refused) * servers.service_time_s;
        month.busy_s += busy_s;
        self.hour_busy_s += busy_s;
        self.hour_s += time_s;
        month.ready_s += f64::from(ready) * time_s;
        self.hour_ready_s += f64::from(ready) * time_s;
        month.most_ready = month.most_ready.max(ready);
        month.peak = month.peak.max(load);
        month.peak_served = month.peak_served.max(load * (1.0 - refused_share));
        month.peak_per_s = month.peak_per_s.max(rate_per_s);
        if refused > MOST_REFUSED * requests {
            if month.refusing_s <= 0.0 {
                month.refusing_from_s = self.now_s;
            }
            month.refusing_s += time_s;
        }
        match month.spans.last_mut().filter(|last| last.rate == rate && last.ready == ready) {
            Some(last) => last.length_s += time_s,
            None => month.spans.push(Span { length_s: time_s, rate, ready }),
        }
    }

    /// The share of requests that find a ready server idle.
    fn on_ready_share(&mut self, rate: usize, ready: u32) -> f64 {
        if ready == 0 {
            return 0.0;
        }
        match self.on_ready[rate] {
            Some((known, share)) if known == ready => share,
            _ => {
                let load = self.rates.known[rate] * self.servers.service_time_s;
                let share = 1.0 - erlang_b(ready, load);
                self.on_ready[rate] = Some((ready, share));
                share
            }
        }
    }

    fn close_hour(&mut self) {
        if self.hour_s > ROUNDING_S {
            self.month.hours.push(self.hour_busy_s / self.hour_s);
            self.month.ready_hours.push(self.hour_ready_s / self.hour_s);
        }
        (self.hour_busy_s, self.hour_ready_s, self.hour_s) = (0.0, 0.0, 0.0);
    }

    fn finish(mut self) -> Month {
        self.close_hour();
        self.month.length_s = self.now_s;
        self.month
    }
}
