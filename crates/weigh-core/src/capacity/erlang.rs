//! Erlang's two formulas, and the smallest number of servers that meets a bound on either.

/// The probability that a request is refused when `servers` servers have no queue (Erlang B).
///
/// * `servers`: servers of the station; with 0 every request is refused.
/// * `offered_load`: arrival rate times mean service time, in erlangs; at least 0.
///
/// The answer lies in `[0, 1]`, and depends on the service times only through their mean. It is exact to
/// about 1e-13 (relative) for loads up to 1e5 and 2e5 servers; an answer below 1e-308 is 0.
///
/// Formula: `B = (a^c / c!) / Σ_{k=0..c} a^k / k!`, computed as the sum `1/B = 1 + c/a + c(c-1)/a² + ...`,
/// which is the recurrence `1/B_c = 1 + (c/a) / B_{c-1}` unrolled: its terms are positive, so none cancels,
/// and only about `√a` of them matter.
/// Source: A. K. Erlang (1917); Jagerman, *Some properties of the Erlang loss function* (1974).
///
/// # Errors
///
/// None; NaN when `offered_load` is NaN or negative.
///
/// # Example: the classic table entry, 10 lines that lose 1 % carry 4.46 erlangs
///
/// ```
/// use weigh_core::capacity::erlang_b;
///
/// assert!((erlang_b(10, 4.4612) - 0.01).abs() < 1e-6);
/// assert!((erlang_b(2, 1.0) - 0.2).abs() < 1e-15);
/// ```
#[must_use]
pub fn erlang_b(servers: u32, offered_load: f64) -> f64 {
    1.0 / inverse_blocking(f64::from(servers), offered_load)
}

/// The probability that a request must wait when `servers` servers share one queue (Erlang C).
///
/// * `servers`: servers of the station.
/// * `offered_load`: arrival rate times mean service time, in erlangs; at least 0.
///
/// The answer lies in `[0, 1]`. It is 1 when `offered_load >= servers`: the queue then grows without bound,
/// and every request waits.
///
/// Formula: `C = B / (1 - ρ(1 - B))`, with `ρ = a/c` and `B` from [`erlang_b`], computed as
/// `C = 1 / (ρ + (1 - ρ)/B)`. Poisson arrivals, exponential service, first come first served (M/M/c).
/// Source: A. K. Erlang (1917); Gross et al., *Fundamentals of Queueing Theory*, section 3.3.
///
/// # Errors
///
/// None; NaN when `offered_load` is NaN or negative.
///
/// # Example: two servers, each half used
///
/// ```
/// use weigh_core::capacity::erlang_c;
///
/// assert!((erlang_c(2, 1.0) - 1.0 / 3.0).abs() < 1e-15);
/// assert_eq!(erlang_c(2, 2.0), 1.0);
/// ```
#[must_use]
pub fn erlang_c(servers: u32, offered_load: f64) -> f64 {
    let servers = f64::from(servers);
    if offered_load >= servers {
        return 1.0;
    }
    waiting(servers, offered_load, inverse_blocking(servers, offered_load))
}

/// The smallest number of servers sharing a queue that keeps the probability of waiting within a bound.
///
/// * `offered_load`: arrival rate times mean service time, in erlangs; at least 0.
/// * `wait_probability_max`: the bound, at least 0. A bound of 1 or more asks only for a queue that does not
///   grow.
///
/// The answer is always stable: more servers than `offered_load`.
///
/// Formula: the smallest `c > a` with [`erlang_c`]`(c, a) <= wait_probability_max`, found upwards from
/// `⌊a⌋ + 1` in about `√a` steps.
/// Source: Halfin and Whitt (1981), for the square-root size of the margin.
///
/// # Errors
///
/// `None` when an argument is NaN or negative, or when `u32` cannot hold the answer.
///
/// # Example: a load of 10 erlangs needs 9 more servers so that 99 of 100 requests start at once
///
/// ```
/// use weigh_core::capacity::servers_for_wait;
///
/// assert_eq!(servers_for_wait(10.0, 0.01), Some(19));
/// assert_eq!(servers_for_wait(10.0, 1.0), Some(11));
/// assert_eq!(servers_for_wait(10.0, -0.1), None);
/// ```
#[must_use]
pub fn servers_for_wait(offered_load: f64, wait_probability_max: f64) -> Option<u32> {
    let first = smallest_stable(offered_load)?;
    first_within(first, offered_load, wait_probability_max, waiting)
}

/// The smallest number of servers without a queue that keeps the probability of refusal within a bound.
///
/// * `offered_load`: arrival rate times mean service time, in erlangs; at least 0.
/// * `blocking_max`: the bound, at least 0. A bound of 1 or more is met by no server at all.
///
/// Formula: the smallest `c` with [`erlang_b`]`(c, a) <= blocking_max`, found upwards from just below
/// `a(1 - blocking_max)`, which is the load carried and so the fewest servers that could carry it.
///
/// # Errors
///
/// `None` when an argument is NaN or negative, or when `u32` cannot hold the answer.
///
/// # Example: the limit that refuses at most 1 of 100 requests at a load of 50 erlangs
///
/// ```
/// use weigh_core::capacity::servers_for_blocking;
///
/// assert_eq!(servers_for_blocking(50.0, 0.01), Some(64));
/// assert_eq!(servers_for_blocking(50.0, f64::NAN), None);
/// ```
#[must_use]
pub fn servers_for_blocking(offered_load: f64, blocking_max: f64) -> Option<u32> {
    let fewest = offered_load * (1.0 - blocking_max.min(1.0)) - 2.0;
    let first = checked_whole(libm::floor(fewest.max(0.0)))?;
    first_within(first, offered_load, blocking_max, |_, _, inverse| 1.0 / inverse)
}

/// The fewest servers whose queue does not grow without bound, `⌊a⌋ + 1`; `None` when `u32` cannot hold it.
pub(super) fn smallest_stable(offered_load: f64) -> Option<u32> {
    checked_whole(libm::floor(offered_load) + 1.0)
}

/// The servers busy on average when none queues, `a (1 - B_c)`, as `a / (1 + a/c B_{c-1})`: without the
/// difference, which a load far above the servers would leave nothing of.
pub(super) fn carried_load(servers: u32, offered_load: f64) -> f64 {
    let Some(fewer) = servers.checked_sub(1) else { return 0.0 };
    offered_load / (1.0 + offered_load / f64::from(servers) * erlang_b(fewer, offered_load))
}

/// `1/B`: at least 1, and infinite when no request is ever refused (or too rarely for an `f64` to say).
pub(super) fn inverse_blocking(servers: f64, offered_load: f64) -> f64 {
    /// A term this small beside the sum ends it: those after it fall at least as fast as `1 - 1/√a`.
    const NEGLIGIBLE: f64 = 1e-21;
    if offered_load.is_nan() || offered_load < 0.0 {
        return f64::NAN;
    }
    let mut left = servers;
    let (mut sum, mut term) = (1.0, 1.0);
    while left > 0.0 {
        term *= left / offered_load;
        sum += term;
        if sum.is_infinite() || (left < offered_load && term < NEGLIGIBLE * sum) {
            break;
        }
        left -= 1.0;
    }
    sum
}

/// Erlang C from `1/B`, for a load below the number of servers.
fn waiting(servers: f64, offered_load: f64, inverse_blocking: f64) -> f64 {
    let utilisation = offered_load / servers;
    1.0 / (utilisation + (servers - offered_load) / servers * inverse_blocking)
}

/// The first number of servers, from `first` on, whose `probability(servers, load, 1/B)` is within `bound`.
fn first_within(
    first: u32,
    offered_load: f64,
    bound: f64,
    probability: impl Fn(f64, f64, f64) -> f64,
) -> Option<u32> {
    if bound.is_nan() || bound < 0.0 || offered_load.is_nan() || offered_load < 0.0 {
        return None;
    }
    let mut inverse = inverse_blocking(f64::from(first), offered_load);
    let mut servers = first;
    while probability(f64::from(servers), offered_load, inverse) > bound {
        servers = servers.checked_add(1)?;
        inverse = 1.0 + f64::from(servers) / offered_load * inverse;
    }
    Some(servers)
}

/// A whole `f64` as a `u32`; `None` when it is NaN, negative or too large.
fn checked_whole(value: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    (0.0..=f64::from(u32::MAX)).contains(&value).then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    use super::{carried_load, erlang_b, erlang_c, servers_for_blocking, servers_for_wait};

    fn near(value: f64, expected: f64) -> bool {
        (value - expected).abs() <= 1e-13 * expected.abs()
    }

    #[test]
    fn no_server_refuses_and_delays_everything() {
        assert!(near(erlang_b(0, 0.0), 1.0) && near(erlang_b(0, 7.0), 1.0));
        assert!(near(erlang_c(0, 0.0), 1.0) && near(erlang_c(0, 7.0), 1.0));
    }

    #[test]
    fn no_load_refuses_and_delays_nothing() {
        assert!(erlang_b(1, 0.0).abs() < f64::MIN_POSITIVE);
        assert!(erlang_c(1, 0.0).abs() < f64::MIN_POSITIVE);
    }

    #[test]
    fn one_server_has_closed_forms() {
        for load in [1e-300, 1e-9, 0.3, 0.999_999] {
            assert!(near(erlang_b(1, load), load / (1.0 + load)), "load {load}");
            assert!(near(erlang_c(1, load), load), "load {load}");
        }
    }

    #[test]
    fn extreme_sizes_neither_overflow_nor_take_long() {
        let (many, half) = (u32::MAX, f64::from(u32::MAX) * 0.5);
        assert!(erlang_b(many, half).abs() < f64::MIN_POSITIVE);
        assert!((0.0..1e-4).contains(&erlang_b(many, f64::from(many))));
        assert!(near(erlang_b(many, f64::INFINITY), 1.0));
        assert!(near(erlang_b(many, 1e300), 1.0));
        assert!(near(erlang_c(many, f64::INFINITY), 1.0));
    }

    #[test]
    fn a_load_that_is_no_load_is_not_answered() {
        for load in [f64::NAN, -1.0, f64::NEG_INFINITY] {
            assert!(erlang_b(3, load).is_nan() && erlang_c(3, load).is_nan(), "load {load}");
            assert_eq!((servers_for_wait(load, 0.1), servers_for_blocking(load, 0.1)), (None, None));
        }
        assert_eq!((servers_for_wait(1.0, f64::NAN), servers_for_blocking(1.0, -0.1)), (None, None));
        assert_eq!((servers_for_wait(5e9, 0.1), servers_for_blocking(5e9, 0.1)), (None, None));
        assert_eq!(
            (servers_for_wait(f64::INFINITY, 0.1), servers_for_blocking(f64::INFINITY, 0.1)),
            (None, None)
        );
    }

    #[test]
    fn bounds_at_the_edges_are_met() {
        assert_eq!((servers_for_wait(0.0, 0.0), servers_for_wait(0.0, 1.0)), (Some(1), Some(1)));
        assert_eq!((servers_for_blocking(0.0, 0.0), servers_for_blocking(0.0, 1.0)), (Some(1), Some(0)));
        assert_eq!((servers_for_blocking(9.0, 1.0), servers_for_blocking(9.0, 5.0)), (Some(0), Some(0)));
        // A bound of 0 is met where the probability falls below what an f64 can hold.
        assert!(
            servers_for_wait(10.0, 0.0).is_some_and(|servers| erlang_c(servers, 10.0) <= f64::MIN_POSITIVE)
        );
    }

    #[test]
    fn large_loads_are_staffed_near_the_load() {
        assert!(servers_for_wait(4e9, 0.01).is_some_and(|servers| f64::from(servers) < 4e9 + 1e6));
        assert!(servers_for_blocking(4e9, 0.5).is_some_and(|servers| f64::from(servers) < 2.1e9));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_are_probabilities_and_waiting_is_likelier(servers in 0_u32..3000, load in 0.0..4000.0) {
            let (refused, waits) = (erlang_b(servers, load), erlang_c(servers, load));
            prop_assert!((0.0..=1.0).contains(&refused) && (0.0..=1.0).contains(&waits));
            prop_assert!(waits >= refused * (1.0 - 1e-12));
        }

        #[test]
        fn the_sum_obeys_erlangs_recurrence(servers in 1_u32..2000, load in 1e-3..3000.0) {
            let before = erlang_b(servers - 1, load);
            let expected = load * before / (f64::from(servers) + load * before);
            let carried = load * (1.0 - expected);
            prop_assert!((carried_load(servers, load) - carried).abs() <= 1e-12 * load);
            prop_assert!((erlang_b(servers, load) - expected).abs() <= 1e-12 * expected + f64::MIN_POSITIVE);
        }

        #[test]
        fn a_further_server_helps(servers in 1_u32..2000, load in 0.0..2500.0) {
            prop_assert!(erlang_b(servers + 1, load) <= erlang_b(servers, load));
            prop_assert!(erlang_c(servers + 1, load) <= erlang_c(servers, load));
        }

        #[test]
        fn the_staffing_is_the_smallest(load in 0.01..2000.0, bound in 1e-6..0.99) {
            let servers = servers_for_wait(load, bound).unwrap_or(0);
            prop_assert!(erlang_c(servers, load) <= bound * (1.0 + 1e-12));
            prop_assert!(erlang_c(servers - 1, load) > bound * (1.0 - 1e-12));
            let lines = servers_for_blocking(load, bound).unwrap_or(0);
            prop_assert!(erlang_b(lines, load) <= bound * (1.0 + 1e-12));
            prop_assert!(lines == 0 || erlang_b(lines - 1, load) > bound * (1.0 - 1e-12));
            prop_assert_eq!(servers_for_blocking(load, 1.0), Some(0));
        }
    }
}
