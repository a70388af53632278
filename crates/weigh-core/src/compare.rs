//! Judge and rank: the best deployment of each option, the needs it fails, and the order of those that fail none.

mod vetoes;

use crate::catalog::Catalog;
use crate::criteria::{CRITERIA, Criterion};
use crate::decision::{Column, Matrix, Ranking, weighted_sum};
use crate::evaluate::{Evaluation, Unpriced, evaluate};
use crate::platforms::{FailedNeed, PLATFORMS, Platform};
use crate::pricebook::{Absence, MissingPrice, PriceBook};
use crate::scenario::{OptionRequest, Scenario, Values, Vocabulary};
use crate::time::Date;

/// What became of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It meets the needs and is ranked.
    Ranked(Box<Ranked>),
    /// It fails needs; with its best deployment where the platform could propose one.
    Rejected {
        /// The needs that it fails.
        needs: Vec<FailedNeed>,
        /// The deployment that came nearest.
        nearest: Option<Box<Evaluation>>,
    },
    /// The price book lacks prices that it needs.
    Unpriced {
        /// The deployment's size.
        size: String,
        /// The prices.
        missing: Vec<MissingPrice>,
    },
    /// A measured number could not be billed.
    NotExact(String),
}

/// A deployment that meets the needs, with what it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The deployment.
    pub evaluation: Evaluation,
    /// Its rank, from 1.
    pub rank: usize,
    /// Its score, 0 to 1.
    pub score: f64,
    /// Its value for each criterion of the comparison.
    pub values: Vec<f64>,
    /// What each criterion adds to the score.
    pub contributions: Vec<f64>,
}

/// An option and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// What became of it.
    pub verdict: Verdict,
    /// How many deployments were weighed for it.
    pub weighed: usize,
    /// How many could not be, because the book lacks their price.
    pub unpriced: usize,
}

/// The options of a scenario, judged and ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Ranked options first, by rank, then rejected and unpriced ones, in the order of the scenario.
    pub options: Vec<Compared>,
    /// The criteria that ranked them, with weight and scale.
    pub columns: Vec<Column>,
    /// Criteria that could not be used, because a value is unknown: criterion and option.
    pub unknown: Vec<(String, String)>,
    /// The day whose prices were used.
    pub as_of: Date,
}

impl Comparison {
    /// The ranked options, best first.
    pub fn ranked(&self) -> impl Iterator<Item = (&Compared, &Ranked)> {
        self.options.iter().filter_map(|option| match &option.verdict {
            Verdict::Ranked(ranked) => Some((option, ranked.as_ref())),
            _ => None,
        })
    }
}

/// The words that scenarios may use with this catalog and these regions.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let words = vocabulary(&catalog, &["us-east-1"]);
/// assert!(words.platform("lambda").is_some() && words.platform("kubernetes").is_none());
/// ```
#[must_use]
pub fn vocabulary(catalog: &Catalog, regions: &[&str]) -> Vocabulary {
    let mut runtimes: Vec<String> = catalog.runtimes.iter().map(|runtime| runtime.name.clone()).collect();
    runtimes.sort_unstable();
    runtimes.dedup();
    Vocabulary {
        regions: regions.iter().map(|region| (*region).to_owned()).collect(),
        runtimes,
        instance_types: catalog.instance_types.iter().map(|known| known.name.clone()).collect(),
        container_powers: catalog.container_powers.iter().map(|power| power.name.clone()).collect(),
        compliance: catalog.trait_names("compliance/"),
        platforms: PLATFORMS.iter().map(Platform::words).collect(),
        criteria: CRITERIA.iter().map(Criterion::words).collect(),
    }
}

/// Compares the options of a scenario; all platforms when it states none.
///
/// # Errors
/// Ends of a scale, as the scenario states them, that make no scale.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::pricebook::PriceBook;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &PriceBook::regions(&files));
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }, { platform = "lightsail", power = "nano" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = PriceBook::open(&files, "us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let (option, ranked) = comparison.ranked().next().unwrap();
/// assert_eq!((option.name.as_str(), ranked.rank), ("fargate", 1));
/// assert_eq!(ranked.evaluation.size, "2 × 0.5 vCPU, 1 GB");
/// // A nano node has half the memory that the component needs: rejected, and still in the comparison.
/// assert_eq!(comparison.options.len(), 2);
/// ```
pub fn compare(scenario: &Scenario, catalog: &Catalog, book: &PriceBook) -> Result<Comparison, String> {
    let as_of = scenario.header.as_of.unwrap_or_else(|| book.newest());
    let weighing: Vec<(&Criterion, Column)> = CRITERIA
        .iter()
        .map(|criterion| Ok((criterion, criterion.column(scenario)?)))
        .filter(|column| column.as_ref().map_or(true, |(_, column)| column.weight > 0.0))
        .collect::<Result<_, crate::decision::NoScale>>()
        .map_err(|why| why.to_string())?;
    let judge = Judge { scenario, catalog, book, as_of, weighing };
    let mut options: Vec<(Compared, Option<Candidate>)> =
        requests(scenario).iter().filter_map(|request| judge.option(request)).collect();
    let (columns, unknown) = judge.rank(&mut options);
    let mut options: Vec<Compared> = options.into_iter().map(|(option, _)| option).collect();
    options.sort_by_key(|option| match &option.verdict {
        Verdict::Ranked(ranked) => (0, ranked.rank),
        Verdict::Rejected { .. } => (1, 0),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => (2, 0),
    });
    Ok(Comparison { options, columns, unknown, as_of })
}

/// The scenario's options, or one of every platform with its default settings.
fn requests(scenario: &Scenario) -> Vec<OptionRequest> {
    if !scenario.options.is_empty() {
        return scenario.options.clone();
    }
    let words = Vocabulary::default();
    let every = PLATFORMS.iter().map(|platform| OptionRequest {
        name: platform.id.to_owned(),
        platform: platform.id.to_owned(),
        settings: Values::defaults(platform.settings, &words),
    });
    every.collect()
}

/// A deployment with its value for each criterion; NaN where unknown.
struct Candidate {
    evaluation: Evaluation,
    values: Vec<f64>,
    score: f64,
}

struct Judge<'a> {
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    book: &'a PriceBook,
    as_of: Date,
    weighing: Vec<(&'a Criterion, Column)>,
}

impl Judge<'_> {
    /// Evaluates an option and keeps its best deployment, if any meets the needs.
    fn option(&self, request: &OptionRequest) -> Option<(Compared, Option<Candidate>)> {
        let platform = Platform::find(&request.platform)?;
        let judged = |verdict, weighed, unpriced, best| {
            let compared =
                Compared { name: request.name.clone(), platform: platform.id, verdict, weighed, unpriced };
            Some((compared, best))
        };
        let rejected = |needs, nearest| Verdict::Rejected { needs, nearest };
        let proposed = evaluate(request, platform, self.scenario, self.catalog, self.book, self.as_of);
        let deployments = match proposed {
            Err(needs) => return judged(rejected(needs, None), 0, 0, None),
            Ok(deployments) => deployments,
        };
        let weighed = deployments.len();
        let (priced, unpriced): (Vec<_>, Vec<_>) = deployments.into_iter().partition(Result::is_ok);
        let without_price = unpriced.iter().filter(|each| !only_not_offered(each)).count();
        let candidates =
            priced.into_iter().flatten().map(|evaluation| self.candidate(evaluation, platform.id));
        let best = candidates
            .map(|candidate| (vetoes::failed(&self.scenario.needs, &candidate.evaluation), candidate))
            .min_by(better);
        match best {
            Some((failed, candidate)) if failed.is_empty() => {
                judged(Verdict::NotExact(String::new()), weighed, without_price, Some(candidate))
            }
            Some((failed, candidate)) => {
                judged(rejected(failed, Some(Box::new(candidate.evaluation))), weighed, without_price, None)
            }
            None => judged(unpriced_verdict(unpriced), weighed, without_price, None),
        }
    }

    fn candidate(&self, evaluation: Evaluation, platform: &str) -> Candidate {
        let values: Vec<f64> = self
            .weighing
            .iter()
            .map(|(criterion, _)| criterion.value(&evaluation, self.catalog, platform).unwrap_or(f64::NAN))
            .collect();
        let worth = self
            .weighing
            .iter()
            .zip(&values)
            .map(|((_, column), value)| column.weight * column.scale.value(*value));
        Candidate { score: worth.sum(), evaluation, values }
    }

    /// Ranks the options that meet the needs, on the criteria whose values are all known.
    fn rank(&self, options: &mut [(Compared, Option<Candidate>)]) -> (Vec<Column>, Vec<(String, String)>) {
        let mut unknown = Vec::new();
        let mut used = Vec::new();
        for (index, (criterion, _)) in self.weighing.iter().enumerate() {
            let without = options
                .iter()
                .find(|(_, best)| best.as_ref().is_some_and(|best| best.values[index].is_nan()));
            match without {
                Some((option, _)) => unknown.push((criterion.title.to_owned(), option.name.clone())),
                None => used.push(index),
            }
        }
        let columns: Vec<Column> = used.iter().map(|index| self.weighing[*index].1.clone()).collect();
        let ranked: Vec<(String, Vec<f64>)> = options
            .iter()
            .filter_map(|(option, best)| {
                let values = &best.as_ref()?.values;
                Some((option.name.clone(), used.iter().map(|index| values[*index]).collect()))
            })
            .collect();
        let (names, rows): (Vec<String>, Vec<Vec<f64>>) = ranked.into_iter().unzip();
        let ranking = match Matrix::new(names, columns.clone(), rows.clone()) {
            Ok(matrix) => weighted_sum(&matrix),
            // No criterion is left to tell the options apart: all are first.
            Err(_) => Ranking {
                scores: vec![0.0; rows.len()],
                ranks: vec![1; rows.len()],
                contributions: vec![Vec::new(); rows.len()],
            },
        };
        let mut place = 0..;
        for (option, best) in options {
            let Some(best) = best.take() else { continue };
            let Some(at) = place.next() else { continue };
            option.verdict = Verdict::Ranked(Box::new(Ranked {
                evaluation: best.evaluation,
                rank: ranking.ranks[at],
                score: ranking.scores[at],
                values: rows[at].clone(),
                contributions: ranking.contributions[at].clone(),
            }));
        }
        (columns, unknown)
    }
}

/// Fewer failed needs first, then the higher score, then the lower cost, then the name of the size.
fn better(a: &(Vec<FailedNeed>, Candidate), b: &(Vec<FailedNeed>, Candidate)) -> std::cmp::Ordering {
    let ((failed_a, a), (failed_b, b)) = (a, b);
    let cost = |candidate: &Candidate| candidate.evaluation.bill.total();
    failed_a
        .len()
        .cmp(&failed_b.len())
        .then(b.score.total_cmp(&a.score))
        .then(cost(a).cmp(&cost(b)))
        .then(a.evaluation.size.cmp(&b.evaluation.size))
}

fn only_not_offered(outcome: &Result<Evaluation, Unpriced>) -> bool {
    match outcome {
        Err(Unpriced::Missing { prices, .. }) => {
            prices.iter().all(|price| price.absence == Absence::NotOffered)
        }
        _ => false,
    }
}

/// The verdict on an option none of whose deployments has all its prices: the one that lacks the fewest speaks.
fn unpriced_verdict(unpriced: Vec<Result<Evaluation, Unpriced>>) -> Verdict {
    let mut fewest: Option<(String, Vec<MissingPrice>)> = None;
    for outcome in unpriced {
        match outcome {
            Err(Unpriced::Missing { size, prices }) => {
                if fewest.as_ref().is_none_or(|(_, known)| prices.len() < known.len()) {
                    fewest = Some((size, prices));
                }
            }
            Err(Unpriced::NotExact(why)) => return Verdict::NotExact(why.to_string()),
            Ok(_) => {}
        }
    }
    let (size, missing) = fewest.unwrap_or_default();
    Verdict::Unpriced { size, missing }
}
