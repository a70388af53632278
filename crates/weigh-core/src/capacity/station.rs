//! A station under load: its utilisation, latency, cold starts and refusals.

use super::cold_start::cold_starts_beside_ready;
use super::erlang::{carried_load, erlang_b, smallest_stable};
use super::latency::{Latency, latency, latency_with_start_up};
use super::mixture::RequestKind;
use super::parts::{Part, latency_of};
use super::pool::Pool;
use super::refusal::{StationError, finite, require};
use super::sojourn::Sojourn;

/// Where requests are served: what comes, how long each takes, and by which servers.
///
/// The fields are checked once, by [`Station::new`], so that [`Station::serve`] cannot fail.
///
/// # Example: two servers, 10 requests a second of 0.1 s each
///
/// ```
/// use weigh_core::capacity::{Outcome, Servers, Station};
///
/// let station = Station::new(10.0, 0.1, Servers::Fixed { servers: 2 })?;
/// let served = station.serve();
/// let Outcome::Stable(latency) = served.outcome else { panic!("a load of 1 is below 2 servers") };
/// assert_eq!(served.utilisation, 0.5);
/// assert!((latency.mean_s - 0.1333).abs() < 1e-4 && (latency.p95_s - 0.3816).abs() < 1e-4);
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    arrival_rate_per_s: f64,
    service_time_s: f64,
    servers: Servers,
    arrival_variability: f64,
    service_variability: f64,
    kinds: Vec<RequestKind>,
}

/// How a station provides servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Servers {
    /// A fixed number of servers that share one queue.
    Fixed {
        /// Servers, at least 1.
        servers: u32,
    },
    /// Replicas behind one queue, whose requests share processors.
    Replicas {
        /// The replicas.
        pool: Pool,
    },
    /// A server for each request: started when none is idle, and refused beyond a limit; nothing queues.
    PerRequest {
        /// How long an idle server stays warm after its last request, in seconds, at least 0.
        keep_alive_s: f64,
        /// What a request waits for a server to start, in seconds, at least 0.
        start_up_s: f64,
        /// Servers there may be at once, at least 1.
        limit: u32,
        /// Servers kept ready at all times, from 0 to `limit`. They serve first, and never start cold.
        always_ready: u32,
    },
}

/// Whether a station keeps up, and how fast it then is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// It keeps up: the latency of the requests served.
    Stable(Latency),
    /// More comes than it can serve: latency has no long-run value.
    Unstable {
        /// The fewest servers (replicas, where there are replicas) that keep up; `u32::MAX` when that is too large
        /// for a `u32`.
        servers_needed: u32,
    },
}

impl Served {
    /// How long requests take; nothing when the station is unstable.
    #[must_use]
    pub fn latency(&self) -> Option<Latency> {
        match self.outcome {
            Outcome::Stable(latency) => Some(latency),
            Outcome::Unstable { .. } => None,
        }
    }
}

/// What a station does under its load, in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Served {
    /// The load offered to each server, `λS / servers` (`λS / limit` for a server per request); above 1 when
    /// more comes than can be served.
    pub utilisation: f64,
    /// Requests in service at once, on average: the load that is neither refused nor left in the queue.
    pub mean_concurrency: f64,
    /// Whether the station keeps up, and how fast it is.
    pub outcome: Outcome,
    /// The share of requests that wait for a server to start, in `[0, 1]`; 0 for fixed servers.
    pub cold_start_share: f64,
    /// The share of requests that came while more came than could be served, or behind a backlog; in `[0, 1]`.
    pub delayed_share: f64,
    /// Servers ready but idle, on average; for fixed servers those without a request.
    pub mean_idle_servers: f64,
    /// The share of requests that servers kept ready at all times serve, in `[0, 1]`; 0 where none are kept.
    pub ready_share: f64,
    /// The share of requests refused at the limit, in `[0, 1]`; 0 for fixed servers, which queue.
    pub throttled_share: f64,
}

impl Station {
    /// A station to which `arrival_rate_per_s` requests a second come, of `service_time_s` seconds each.
    ///
    /// * `arrival_rate_per_s`: mean arrivals a second, at least 0.
    /// * `service_time_s`: mean time a request keeps its server, in seconds, above 0.
    /// * `servers`: the servers; the bounds stand at [`Servers`].
    ///
    /// # Errors
    ///
    /// [`StationError`] names the first field that is NaN, infinite, negative, or 0 where that means nothing
    /// (service time, servers, limit), an `always_ready` above the `limit`, or a rate and a service time
    /// whose product is infinite.
    ///
    /// # Example: more servers ready than there may be
    ///
    /// ```
    /// use weigh_core::capacity::{Servers, Station};
    ///
    /// let (limit, always_ready) = (10, 11);
    /// let servers = Servers::PerRequest { keep_alive_s: 360.0, start_up_s: 0.3, limit, always_ready };
    /// let error = Station::new(1.0, 0.2, servers).unwrap_err();
    /// assert_eq!(error.to_string(), "always_ready is 11, but must be at most the limit");
    /// ```
    pub fn new(
        arrival_rate_per_s: f64,
        service_time_s: f64,
        servers: Servers,
    ) -> Result<Station, StationError> {
        const ABOVE_0: &str = "a finite number above 0";
        finite("arrival_rate_per_s", arrival_rate_per_s)?;
        finite("service_time_s", service_time_s)?;
        require(service_time_s > 0.0, "service_time_s", service_time_s, ABOVE_0)?;
        let load = arrival_rate_per_s * service_time_s;
        require(load.is_finite(), "arrival_rate_per_s * service_time_s", load, "a finite number")?;
        match servers {
            Servers::Fixed { servers } => {
                require(servers > 0, "servers", f64::from(servers), "at least 1")?;
            }
            Servers::Replicas { pool } => {
                require(pool.replicas > 0, "replicas", f64::from(pool.replicas), "at least 1")?;
            }
            Servers::PerRequest { keep_alive_s, start_up_s, limit, always_ready } => {
                finite("keep_alive_s", keep_alive_s)?;
                finite("start_up_s", start_up_s)?;
                require(limit > 0, "limit", f64::from(limit), "at least 1")?;
                require(always_ready <= limit, "always_ready", f64::from(always_ready), "at most the limit")?;
            }
        }
        Ok(Station {
            arrival_rate_per_s,
            service_time_s,
            servers,
            arrival_variability: 1.0,
            service_variability: 1.0,
            kinds: Vec::new(),
        })
    }

    /// A station of replicas to which `arrival_rate_per_s` requests a second come; the time that each keeps its
    /// worker follows from the pool.
    ///
    /// # Errors
    ///
    /// As [`Station::new`].
    ///
    /// # Example
    ///
    /// ```
    /// use weigh_core::capacity::{Pool, Replica, Station};
    ///
    /// let pool = Pool { replica: Replica::new(1.0, 0.02, 0.08, 40)?, replicas: 2 };
    /// let served = Station::of_pool(70.0, pool)?.serve();
    /// assert!((served.utilisation - 0.7).abs() < 1e-6);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    pub fn of_pool(arrival_rate_per_s: f64, pool: Pool) -> Result<Station, StationError> {
        finite("arrival_rate_per_s", arrival_rate_per_s)?;
        Station::new(arrival_rate_per_s, pool.service_time_s(arrival_rate_per_s), Servers::Replicas { pool })
    }

    /// The same with arrivals and service times that vary otherwise: their squared coefficients of variation, 1 for
    /// Poisson arrivals and exponential times. Only the wait of [`Servers::Replicas`] follows them.
    #[must_use]
    pub fn with_variability(self, arrival_variability: f64, service_variability: f64) -> Station {
        Station { arrival_variability, service_variability, ..self }
    }

    /// The same for requests of several kinds, which take times of their own: the percentiles of replicas and of servers
    /// per request are those of the mixture. The mean time stays, so the kinds should have it.
    ///
    /// ```
    /// use weigh_core::capacity::{Pool, Replica, RequestKind, Station};
    /// let kind = |share, wait_time_s| RequestKind { share, cpu_time_s: 0.0, wait_time_s };
    /// let pool = Pool { replica: Replica::new(1.0, 0.0, 0.545, 50)?, replicas: 1 };
    /// let station = Station::of_pool(0.01, pool)?.with_kinds(vec![kind(0.9, 0.05), kind(0.1, 5.0)]);
    /// let latency = station.serve().latency().expect("it keeps up");
    /// assert!((latency.p95_s - 5.0 * 2.0_f64.ln()).abs() < 1e-6); // 0.1 e^(-t / 5) = 0.05
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn with_kinds(self, kinds: Vec<RequestKind>) -> Station {
        Station { kinds, ..self }
    }

    /// Mean arrivals a second.
    #[must_use]
    pub fn arrival_rate_per_s(&self) -> f64 {
        self.arrival_rate_per_s
    }

    /// Mean time a request keeps its server, in seconds.
    #[must_use]
    pub fn service_time_s(&self) -> f64 {
        self.service_time_s
    }

    /// The servers.
    #[must_use]
    pub fn servers(&self) -> Servers {
        self.servers
    }

    /// Arrival rate times service time, in erlangs: the servers that would be busy on average, were there
    /// always one.
    ///
    /// ```
    /// # use weigh_core::capacity::{Servers, Station};
    /// let station = Station::new(10.0, 0.25, Servers::Fixed { servers: 4 })?;
    /// assert_eq!(station.offered_load(), 2.5);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn offered_load(&self) -> f64 {
        self.arrival_rate_per_s * self.service_time_s
    }

    /// How the station fares in the long run under its load.
    ///
    /// Arrivals are Poisson and service times exponential throughout.
    ///
    /// *Fixed servers* are the queue M/M/c: latency from [`Sojourn`]. The station is unstable from a load of
    /// `servers` on.
    ///
    /// *Replicas* are a [`Pool`], unstable from [`Pool::capacity_per_s`] on.
    ///
    /// *A server per request* is the queue M/M/∞: latency is the service time, and for the share `p` of cold
    /// starts ([`cold_starts_beside_ready`]) the start-up time `s` before it:
    /// `P(T > t) = (1-p) e^{-t/S} + p e^{-(t-s)/S}`, with 1 in place of the last exponential while `t < s`.
    /// The limit refuses the share [`erlang_b`]`(limit, a)` and bounds the idle servers, but is taken not to
    /// change the cold starts; a load of `limit` or more is called unstable. Start-up is not counted as time
    /// in service: the answer holds while `p s` is small beside `S`.
    ///
    /// # Example: 1 request a second of 0.2 s, each with a server of its own
    ///
    /// ```
    /// use weigh_core::capacity::{Outcome, Servers, Station};
    ///
    /// let (limit, always_ready) = (1000, 0);
    /// let servers = Servers::PerRequest { keep_alive_s: 360.0, start_up_s: 0.5, limit, always_ready };
    /// let served = Station::new(1.0, 0.2, servers)?.serve();
    /// assert!((served.cold_start_share - 8.4e-4).abs() < 1e-5);
    /// let Outcome::Stable(latency) = served.outcome else { panic!("a load of 0.2 is below the limit") };
    /// assert!((latency.mean_s - 0.20042).abs() < 1e-5);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    ///
    /// # Example: what a station that cannot keep up would need
    ///
    /// ```
    /// use weigh_core::capacity::{Outcome, Servers, Station};
    ///
    /// let served = Station::new(100.0, 0.2, Servers::Fixed { servers: 8 })?.serve();
    /// assert_eq!(served.outcome, Outcome::Unstable { servers_needed: 21 });
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn serve(&self) -> Served {
        match self.servers {
            Servers::Fixed { servers } => self.serve_with_queue(servers),
            Servers::Replicas { pool } => self.serve_with_replicas(&pool),
            Servers::PerRequest { keep_alive_s, start_up_s, limit, always_ready } => {
                let load = self.offered_load();
                let throttled_share = erlang_b(limit, load);
                let mean_concurrency = carried_load(limit, load);
                let (rate, service) = (self.arrival_rate_per_s, self.service_time_s);
                let cold = cold_starts_beside_ready(rate, service, keep_alive_s, always_ready);
                let stable = load < f64::from(limit);
                Served {
                    utilisation: load / f64::from(limit),
                    mean_concurrency,
                    outcome: outcome(
                        load,
                        stable.then(|| latency_with_start_up(service, cold.share, start_up_s, &self.kinds)),
                    ),
                    cold_start_share: cold.share,
                    delayed_share: 0.0,
                    ready_share: if always_ready > 0 { 1.0 - erlang_b(always_ready, load) } else { 0.0 },
                    mean_idle_servers: cold
                        .mean_idle_servers
                        .min(f64::from(limit) - mean_concurrency)
                        .max(0.0),
                    throttled_share,
                }
            }
        }
    }

    /// [`Station::serve`] for fixed servers that share one queue.
    fn serve_with_queue(&self, servers: u32) -> Served {
        let (load, count) = (self.offered_load(), f64::from(servers));
        let sojourn = Sojourn::new(servers, self.arrival_rate_per_s, self.service_time_s);
        let mean_concurrency = load.min(count);
        Served {
            utilisation: load / count,
            mean_concurrency,
            outcome: outcome(
                load,
                sojourn.map(|sojourn| latency(sojourn.mean_s(), |p| sojourn.quantile_s(p))),
            ),
            cold_start_share: 0.0,
            delayed_share: 0.0,
            ready_share: 0.0,
            mean_idle_servers: count - mean_concurrency,
            throttled_share: 0.0,
        }
    }

    /// The time in a queue, over all kinds.
    fn time_in(&self, sojourn: Sojourn) -> Latency {
        if !self.kinds.is_empty() {
            let parts: Vec<Part> = Part::queue(1.0, sojourn, &self.kinds).collect();
            if let Some(latency) = latency_of(&parts) {
                return latency;
            }
        }
        latency(sojourn.mean_s(), |p| sojourn.quantile_s(p))
    }

    /// [`Station::serve`] for replicas behind one queue.
    fn serve_with_replicas(&self, pool: &Pool) -> Served {
        let rate = self.arrival_rate_per_s;
        let (capacity, workers) = (pool.capacity_per_s(), pool.workers());
        let sojourn = pool.sojourn(rate, self.arrival_variability, self.service_variability);
        let mean_concurrency = (rate.min(capacity) * self.service_time_s).min(workers);
        let needed = smallest_stable(rate / pool.replica.saturation_rate_per_s());
        Served {
            utilisation: rate / capacity,
            mean_concurrency,
            outcome: match sojourn {
                Some(sojourn) => Outcome::Stable(self.time_in(sojourn)),
                None => Outcome::Unstable { servers_needed: needed.unwrap_or(u32::MAX) },
            },
            cold_start_share: 0.0,
            delayed_share: 0.0,
            ready_share: 0.0,
            mean_idle_servers: workers - mean_concurrency,
            throttled_share: 0.0,
        }
    }
}

/// The latency, or what was needed for one.
fn outcome(load: f64, latency: Option<Latency>) -> Outcome {
    latency.map_or_else(
        || Outcome::Unstable { servers_needed: smallest_stable(load).unwrap_or(u32::MAX) },
        Outcome::Stable,
    )
}

#[cfg(test)]
#[path = "station_tests.rs"]
mod tests;
