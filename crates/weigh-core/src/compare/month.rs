//! One option followed through its month: the deployment that a comparison chose, step by step.

use super::judge::{Judge, verdict};
use super::{BookStamp, Verdict, judge, requests, vetoes};
use crate::capacity::{Demand, Events, Moment, RequestMoment, Serving, request_moments};
use crate::catalog::Catalog;
use crate::evaluate::{EVENTS, Evaluation, is_steady, priced, serve_month};
use crate::platforms::{FailedNeed, Platform, Setup};
use crate::pricebook::RegionPrices;
use crate::scenario::{OptionRequest, Scenario};
use crate::time::Date;

/// Requests simulated one by one at most, where that is asked for.
pub const EVENTS_ASKED_FOR: Events = Events { most: 1e8, always: true };

/// Each step of a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Steps {
    /// Of fleets, in the order of time.
    Fleets(Vec<Moment>),
    /// Of servers for each request: a list for each component.
    PerRequest(Vec<Vec<RequestMoment>>),
}

/// The month of a deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionMonth {
    /// What it comes to: with the seed of a comparison, what the comparison says.
    pub evaluation: Evaluation,
    /// The needs that it fails.
    pub failed: Vec<FailedNeed>,
    /// Whether nothing changes over the month, so that `evaluation` is its long run and not its simulation.
    pub is_steady: bool,
    /// What was simulated.
    pub setup: Setup,
    /// What came out of the simulation.
    pub serving: Serving,
    /// Its steps.
    pub steps: Steps,
}

/// An option and its month.
#[derive(Clone)]
pub struct SimulatedOption {
    /// The option's name.
    pub name: String,
    /// Its platform.
    pub platform: &'static Platform,
    /// The month; or why there is no deployment whose month could be followed.
    pub month: Result<OptionMonth, Verdict>,
    /// The seed of what was drawn at random.
    pub seed: u64,
    /// The day whose prices were used.
    pub as_of: Date,
    /// The book that they are from.
    pub book: BookStamp,
}

/// Why an option was not simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSimulated {
    /// The scenario has no option of this name; it has these.
    NoOption(Vec<String>),
    /// The option has several parts, which are followed one by one; their names.
    Parts(Vec<String>),
    /// Requests one by one were asked for, and the platform starts no server for each request; its title.
    NoEvents(&'static str),
    /// Ends of a scale, as the scenario states them, that make no scale.
    NoScale(String),
}

/// Follows one option through the month: the deployment that a comparison chooses, with every step kept.
///
/// `seed` draws interruptions and requests; with [`SEED`](crate::evaluate::SEED) and without `every_request` the
/// evaluation is that of [`compare`](super::compare). With `every_request` the cold starts of servers for each request
/// are counted over up to 100 million requests, simulated one by one, also where a formula would do.
///
/// # Errors
/// A name that is no option's; `every_request` where servers are not started for each request; wrong ends of a scale.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, simulate_option, vocabulary};
/// use weigh_core::evaluate::SEED;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "10/s", peak_hours = "09:00-17:00", peak_factor = 5 }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", min_capacity = 6 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let simulated = simulate_option(&scenario, &catalog, &book, "fargate", SEED, false).unwrap();
/// let month = simulated.month.unwrap();
/// let compared = compare(&scenario, &catalog, &book).unwrap();
/// let (_, ranked) = compared.ranked().next().unwrap();
/// assert_eq!(month.evaluation, ranked.evaluation);
/// ```
pub fn simulate_option(
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    name: &str,
    seed: u64,
    every_request: bool,
) -> Result<SimulatedOption, NotSimulated> {
    let all = requests(scenario);
    let parts = |name: &str| {
        let found = all.iter().find(|request| request.name == name);
        found.map(|request| scenario.parts_of(request)).unwrap_or_default()
    };
    if let Some((option, wanted)) = name.split_once('/')
        && let Some(part) = parts(option).iter().find(|part| part.request.name == wanted)
    {
        let alone = scenario.of_part(part);
        return simulate_option(&alone, catalog, book, wanted, seed, every_request);
    }
    let several = parts(name);
    if !several.is_empty() {
        let names = several.iter().map(|part| format!("{name}/{}", part.request.name));
        return Err(NotSimulated::Parts(names.collect()));
    }
    let judge = Judge::of(scenario, catalog, book).map_err(NotSimulated::NoScale)?;
    let found = all.iter().find(|request| request.name == name);
    let found = found.and_then(|request| Some((request, Platform::find(&request.platform)?)));
    let Some((request, platform)) = found else {
        return Err(NotSimulated::NoOption(all.iter().map(|request| request.name.clone()).collect()));
    };
    let month = match judge.chosen(request, platform) {
        Err(why) => Err(why),
        Ok(chosen) => {
            if every_request && matches!(chosen.0.setup(), Setup::Fleets { .. }) {
                return Err(NotSimulated::NoEvents(platform.title));
            }
            follow(&judge, request, chosen, seed, every_request)
        }
    };
    let (as_of, book) = (judge.as_of, BookStamp::of(book, judge.as_of));
    Ok(SimulatedOption { name: request.name.clone(), platform, month, seed, as_of, book })
}

/// The month of the chosen deployment.
fn follow(
    judge: &Judge<'_>,
    request: &OptionRequest,
    (deployment, evaluation): judge::Chosen<'_>,
    seed: u64,
    every_request: bool,
) -> Result<OptionMonth, Verdict> {
    let scenario = judge.scenario;
    let setup = deployment.setup();
    let is_steady = is_steady(&setup, scenario) && !every_request;
    let events = if every_request { EVENTS_ASKED_FOR } else { EVENTS };
    let mut moments: Vec<Moment> = Vec::new();
    let serving = serve_month(&setup, scenario, events, seed, &mut moments);
    let evaluation = match is_steady {
        true => evaluation,
        false => priced(
            deployment.as_ref(),
            serving.clone(),
            request,
            scenario,
            judge.catalog,
            judge.book,
            judge.as_of,
        )
        .map_err(|why| verdict(vec![why]))?,
    };
    let steps = match &setup {
        Setup::Fleets { .. } => {
            // The fleets of one step may stand after several steps of the first of them.
            moments.sort_by(|one, other| one.start_s.total_cmp(&other.start_s));
            Steps::Fleets(moments)
        }
        Setup::PerRequest(servers) => {
            let profile = scenario.traffic.profile(scenario.header.month);
            let demand = Demand::from(profile.as_ref());
            Steps::PerRequest(servers.iter().map(|each| request_moments(each, &demand)).collect())
        }
    };
    let failed = vetoes::failed(&scenario.needs, &evaluation);
    Ok(OptionMonth { evaluation, failed, is_steady, setup, serving, steps })
}
