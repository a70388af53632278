//! The search: the best level of every commitment over the hours of a month, in floating point.

use rust_decimal::Decimal;

use crate::commitment::{
    CACHE_NODES, Commitment, CommitmentKind, DATABASES, INSTANCES, OfferingClass, Payment, Term,
};
use crate::commitment_level::{BudgetLevel, Eligible, best_budget, best_count, best_mix, in_steps};
use crate::money::{approximate, exact};
use crate::pricebook::{Absence, EligibleLine, MissingPrice, RegionPrices, Terms};

/// A Savings Plan commits to thousandths of a dollar an hour (AWS's Savings Plans API, which takes three places; assumed to
/// be the rule for all).
pub const SAVINGS_PLAN_STEP: f64 = 0.001;

/// One commitment at a level, or a mix of several.
pub type Level = Vec<Commitment>;

/// The best levels of every commitment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// Those that save something: single commitments first, then mixes.
    pub levels: Vec<Level>,
    /// Commitments that save nothing at any level, in words.
    pub not_worth: Vec<String>,
    /// The prices without which commitments could not be looked at.
    pub missing: Vec<MissingPrice>,
}

/// Lines of one kind with how much is used of them in each slot, in units an hour.
struct Line<'a> {
    price_id: &'a str,
    rate: f64,
    quantities: Vec<f64>,
}

/// The search over one usage.
struct Search<'a> {
    lines: Vec<Line<'a>>,
    book: &'a RegionPrices,
    terms: &'a Terms<'a>,
    found: Levels,
}

/// A reservation with its rate, the place of its line, and how many are best without anything else.
struct Reservation {
    commitment: Commitment,
    rate: f64,
    line: usize,
    count: u32,
}

/// The best level of every commitment for lines of a usage: reserved instances, databases and nodes of each class, term and
/// payment; Savings Plans of each term and payment; and for each term and payment the best mix of both.
///
/// ```
/// use weigh_core::compare::best_levels;
/// use weigh_core::pricebook::{EligibleLine, Terms};
/// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
/// let vcpu = EligibleLine {
///     place: 0,
///     price_id: "fargate/vcpu-hours/linux-x86".into(),
///     amount: 730.into(),
///     list_rate: "0.04048".parse().unwrap(),
///     rate: "0.04048".parse().unwrap(),
///     by_hour: None,
/// };
/// let found = best_levels(&[vcpu], &prices, &Terms::on(prices.newest()), 730, None);
/// // One vCPU all month: 0.032384 dollars an hour with a plan of one year, to the thousandth below.
/// assert_eq!(found.levels[0][0].to_string(), "Compute Savings Plan of $0.032/h, 1-year, no-upfront");
/// ```
#[must_use]
pub fn best_levels(
    eligible: &[EligibleLine],
    book: &RegionPrices,
    terms: &Terms<'_>,
    hours: u32,
    term: Option<Term>,
) -> Levels {
    let mut search = Search { lines: lines(eligible, hours), book, terms, found: Levels::default() };
    let all = Term::ALL.iter().copied().filter(|each| term.is_none_or(|only| only == *each));
    let mut mixes = Vec::new();
    for term in all {
        for payment in Payment::ALL.iter().copied() {
            let reservations = search.reservations(term, payment);
            let plan_rates = search.plan_rates(term, payment);
            if let Some(rates) = &plan_rates {
                search.plan(term, payment, rates);
            }
            mixes.extend(search.mix(term, payment, &reservations, plan_rates.as_deref()));
        }
    }
    search.found.levels.extend(mixes);
    search.found
}

/// The lines by price id, each hour of which is the sum of its lines; one slot where all hours are alike.
fn lines(eligible: &[EligibleLine], hours: u32) -> Vec<Line<'_>> {
    let slots = eligible.iter().find_map(|line| Some(line.by_hour.as_ref()?.weights().len())).unwrap_or(1);
    let mut lines: Vec<Line<'_>> = Vec::new();
    for line in eligible {
        let mean = approximate(line.amount) / f64::from(hours.max(1));
        let weight = |slot: usize| {
            line.by_hour.as_ref().map_or(1.0, |by_hour| by_hour.weights().get(slot).copied().unwrap_or(1.0))
        };
        let at = lines.iter().position(|known| known.price_id == line.price_id).unwrap_or_else(|| {
            let rate = approximate(line.rate);
            lines.push(Line { price_id: &line.price_id, rate, quantities: vec![0.0; slots] });
            lines.len() - 1
        });
        let quantities = lines[at].quantities.iter_mut().enumerate();
        quantities.for_each(|(slot, quantity)| *quantity += mean * weight(slot));
    }
    lines
}

impl Search<'_> {
    /// The rate of a price less the discount; nothing where there is none, which is kept unless it is not offered.
    fn rate(&mut self, price_id: &str) -> Option<f64> {
        match self.book.tariff(price_id, self.terms.date) {
            Ok((tariff, _)) => self.terms.first_rate(&tariff, price_id).map(approximate),
            Err(why) => {
                if why.absence != Absence::NotOffered && !self.found.missing.contains(&why) {
                    self.found.missing.push(why);
                }
                None
            }
        }
    }

    /// Every reservation of a term and payment, of which those that save something become levels.
    fn reservations(&mut self, term: Term, payment: Payment) -> Vec<Reservation> {
        let mut reservations = Vec::new();
        for line in 0..self.lines.len() {
            for kind in kinds(self.lines[line].price_id) {
                let commitment = Commitment { kind, term, payment, option: None };
                let Some(rate) = self.rate(&commitment.price_id()) else { continue };
                let best = best_count(self.lines[line].eligible(rate));
                let commitment = commitment.with_count(best.count.max(1));
                match best.count {
                    0 => {
                        let told = format!("{}, {}", commitment.short(), commitment.terms());
                        self.found.not_worth.push(told);
                    }
                    _ => self.found.levels.push(vec![commitment.clone()]),
                }
                reservations.push(Reservation { commitment, rate, line, count: best.count });
            }
        }
        reservations
    }

    /// The rate of a Savings Plan for each line that it can pay for, else its own; nothing when one is unknown, or when it
    /// can pay for none.
    fn plan_rates(&mut self, term: Term, payment: Payment) -> Option<Vec<f64>> {
        let plan = plan(Decimal::ZERO, term, payment);
        let ids: Vec<Option<String>> =
            self.lines.iter().map(|line| plan.plan_price_id(line.price_id)).collect();
        if ids.iter().all(Option::is_none) {
            return None;
        }
        let before = self.found.missing.len();
        let rates = ids.iter().enumerate().map(|(line, id)| {
            let known = id.as_ref().and_then(|id| self.rate(id));
            // What no plan pays for saves nothing with one.
            known.unwrap_or(self.lines[line].rate)
        });
        let rates: Vec<f64> = rates.collect();
        (self.found.missing.len() == before && !self.lacks(&ids)).then_some(rates)
    }

    /// Whether one of these prices was found missing, now or earlier.
    fn lacks(&self, ids: &[Option<String>]) -> bool {
        let lacks = |id: &String| self.found.missing.iter().any(|price| price.price_id == *id);
        ids.iter().flatten().any(lacks)
    }

    /// A Savings Plan at its best level.
    fn plan(&mut self, term: Term, payment: Payment, rates: &[f64]) {
        let uses: Vec<Eligible<'_>> =
            self.lines.iter().zip(rates).map(|(line, rate)| line.eligible(*rate)).collect();
        let best = in_steps(&uses, best_budget(&uses), SAVINGS_PLAN_STEP);
        match hourly(best.level).filter(|hourly| !hourly.is_zero()) {
            Some(hourly) => self.found.levels.push(vec![plan(hourly, term, payment)]),
            None => {
                let plan = plan(Decimal::ZERO, term, payment);
                self.found.not_worth.push(format!("{}, {}", plan.short(), plan.terms()));
            }
        }
    }

    /// The best of reservations and a Savings Plan together; nothing where that is one commitment or none.
    fn mix(
        &self,
        term: Term,
        payment: Payment,
        reservations: &[Reservation],
        plan_rates: Option<&[f64]>,
    ) -> Option<Level> {
        let cheapest = cheapest(reservations);
        let mut level: Level = Vec::new();
        let mut uses: Vec<Eligible<'_>> = Vec::new();
        if let Some(rates) = plan_rates {
            uses = self.lines.iter().zip(rates).map(|(line, rate)| line.eligible(*rate)).collect();
        }
        // Instances are what both can pay for; of several types the one that is worth most.
        let shared = cheapest.iter().filter(|each| each.commitment.is_for_instances());
        let worth = |each: &&&Reservation| {
            let line = &self.lines[each.line];
            line.rate * line.quantities.iter().sum::<f64>()
        };
        let shared = shared.max_by(|one, other| worth(one).total_cmp(&worth(other)));
        let alone = cheapest.iter().filter(|each| uses.is_empty() || !each.commitment.is_for_instances());
        level.extend(alone.filter(|each| each.count > 0).map(|each| each.commitment.clone()));
        if !uses.is_empty() {
            let mix = best_mix(
                &uses,
                shared.map_or(usize::MAX, |each| each.line),
                shared.map_or(0.0, |each| each.rate),
            );
            if let Some(each) = shared.filter(|_| mix.count > 0) {
                level.push(each.commitment.with_count(mix.count));
            }
            let left = self.left(shared.map(|each| each.line), mix.count);
            let rest: Vec<Eligible<'_>> = uses
                .iter()
                .enumerate()
                .map(|(at, of)| match shared {
                    Some(each) if each.line == at => Eligible { quantities: &left, ..*of },
                    _ => *of,
                })
                .collect();
            let budget = BudgetLevel { level: mix.level, cost: mix.cost, without: mix.without };
            let stepped = in_steps(&rest, budget, SAVINGS_PLAN_STEP);
            let hourly = hourly(stepped.level).filter(|hourly| !hourly.is_zero());
            level.extend(hourly.map(|hourly| plan(hourly, term, payment)));
        }
        (level.len() > 1).then_some(level)
    }

    /// What so many reserved units leave over of a line.
    fn left(&self, line: Option<usize>, count: u32) -> Vec<f64> {
        let quantities = line.map_or(&[][..], |line| &self.lines[line].quantities);
        quantities.iter().map(|used| (used - f64::from(count)).max(0.0)).collect()
    }
}

impl Line<'_> {
    fn eligible(&self, plan_rate: f64) -> Eligible<'_> {
        Eligible { quantities: &self.quantities, rate: self.rate, plan_rate }
    }
}

/// The cheapest reservation of each line.
fn cheapest(reservations: &[Reservation]) -> Vec<&Reservation> {
    let mut cheapest: Vec<&Reservation> = Vec::new();
    for each in reservations {
        match cheapest.iter_mut().find(|known| known.line == each.line) {
            Some(known) if each.rate < known.rate => *known = each,
            Some(_) => {}
            None => cheapest.push(each),
        }
    }
    cheapest
}

/// What can be reserved for a line, one of each.
fn kinds(price_id: &str) -> Vec<CommitmentKind> {
    let of = |service: &str| price_id.strip_prefix(service);
    if let Some(instance_type) = of(INSTANCES) {
        let kind = |class: &OfferingClass| CommitmentKind::ReservedInstance {
            instance_type: instance_type.to_owned(),
            class: *class,
            count: 1,
        };
        return OfferingClass::ALL.iter().map(kind).collect();
    }
    let database = of(DATABASES).and_then(|of| of.split_once('/'));
    let database = database.map(|(database_type, deployment)| CommitmentKind::ReservedDatabase {
        database_type: database_type.to_owned(),
        deployment: deployment.to_owned(),
        count: 1,
    });
    let node = of(CACHE_NODES).and_then(|of| of.split_once('/'));
    let node = node.map(|(engine, node_type)| CommitmentKind::ReservedCacheNode {
        node_type: node_type.to_owned(),
        engine: engine.to_owned(),
        count: 1,
    });
    database.into_iter().chain(node).collect()
}

fn plan(hourly: Decimal, term: Term, payment: Payment) -> Commitment {
    Commitment { kind: CommitmentKind::ComputeSavingsPlan { hourly }, term, payment, option: None }
}

/// A level as dollars an hour, to the thousandth.
fn hourly(level: f64) -> Option<Decimal> {
    Some(exact(level, "a commitment").ok()?.round_dp(3).normalize())
}
