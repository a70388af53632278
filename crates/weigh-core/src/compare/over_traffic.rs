//! Over the traffic: the comparison at other heights of the same traffic, and where its answer changes.

use rust_decimal::Decimal;

use super::{Comparison, Verdict, compare};
use crate::catalog::Catalog;
use crate::pricebook::RegionPrices;
use crate::scenario::Scenario;

/// The heights looked at first, as factors of the stated traffic: four for each power of ten, from a thousandth to a
/// hundredfold, in thousandths.
const FACTORS: [u32; 21] = [
    1, 2, 3, 6, 10, 18, 32, 56, 100, 178, 316, 562, 1_000, 1_778, 3_162, 5_623, 10_000, 17_783, 31_623,
    56_234, 100_000,
];

/// Two heights whose answers differ are halved until they are this near: 2 %.
const NEAR: Decimal = Decimal::from_parts(102, 0, 0, false, 2);

/// So many comparisons are made at most.
const COMPARISONS_MOST: usize = 96;

/// The comparison at one height of the traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct TrafficLevel {
    /// How many times the stated traffic.
    pub factor: Decimal,
    /// Requests in the month.
    pub requests: Decimal,
    /// The comparison there.
    pub comparison: Comparison,
}

/// The comparison at several heights of the traffic, lowest first.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTraffic {
    /// The heights that were looked at.
    pub levels: Vec<TrafficLevel>,
    /// Whether the answer changes too often to close in on every change.
    pub limited: bool,
}

/// Heights of the traffic over which something stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Span<T> {
    /// The first and the last place of its levels.
    pub levels: (usize, usize),
    /// What stays.
    pub what: T,
}

impl TrafficLevel {
    /// The option that comes first.
    #[must_use]
    pub fn leader(&self) -> Option<&str> {
        self.comparison.ranked().next().map(|(option, _)| option.name.as_str())
    }

    /// The option that costs least of those that meet the needs.
    #[must_use]
    pub fn cheapest(&self) -> Option<&str> {
        let costs = self.comparison.ranked();
        costs.min_by_key(|(_, ranked)| ranked.evaluation.bill.total()).map(|(option, _)| option.name.as_str())
    }

    /// Who is best by a criterion, sorted; several are a tie.
    #[must_use]
    pub fn best_by(&self, criterion: &str) -> Vec<&str> {
        self.comparison.decision.as_ref().map(|decision| decision.best_by(criterion)).unwrap_or_default()
    }

    /// Whether an option is ranked, and so meets the needs.
    #[must_use]
    pub fn meets_needs(&self, option: &str) -> bool {
        let named = self.comparison.options.iter().find(|each| each.name == option);
        named.is_some_and(|each| matches!(each.verdict, Verdict::Ranked(_)))
    }

    /// What the break-even points part: who leads, who is cheapest, who meets the needs.
    fn answer(&self) -> (Option<&str>, Option<&str>, Vec<&str>) {
        let mut met: Vec<&str> = self.comparison.ranked().map(|(option, _)| option.name.as_str()).collect();
        met.sort_unstable();
        (self.leader(), self.cheapest(), met)
    }
}

impl OverTraffic {
    /// The spans over which what a level says stays the same, lowest first.
    #[must_use]
    pub fn spans<'a, T: PartialEq>(&'a self, says: impl Fn(&'a TrafficLevel) -> T) -> Vec<Span<T>> {
        let mut spans: Vec<Span<T>> = Vec::new();
        for (place, level) in self.levels.iter().enumerate() {
            let what = says(level);
            match spans.last_mut() {
                Some(span) if span.what == what => span.levels.1 = place,
                _ => spans.push(Span { levels: (place, place), what }),
            }
        }
        spans
    }
}

/// Compares a scenario at a thousandth to a hundredfold of its traffic, and closes in on where the answer changes: another
/// option leads or is cheapest, or meets the needs. Everything else stays as it is stated. What changes twice between two
/// neighbouring heights is not seen.
///
/// # Errors
/// As [`compare`].
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{over_traffic, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     wishes = { monthly_cost = 1 }
///     option = [{ platform = "lambda" }, { platform = "lightsail" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let over = over_traffic(&scenario, &catalog, &book).unwrap();
/// let spans = over.spans(|level| level.leader());
/// // By cost alone Lambda is first where little comes, and Lightsail later.
/// assert_eq!(spans[0].what, Some("lambda"));
/// assert!(spans.len() > 1);
/// ```
pub fn over_traffic(
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
) -> Result<OverTraffic, String> {
    let at = |factor: Decimal| -> Result<TrafficLevel, String> {
        let mut other = scenario.clone();
        other.traffic = other.traffic.times(factor);
        let comparison = compare(&other, catalog, book)?;
        Ok(TrafficLevel { factor, requests: other.requests(), comparison })
    };
    let mut levels: Vec<TrafficLevel> = Vec::new();
    for factor in FACTORS {
        levels.push(at(Decimal::new(i64::from(factor), 3))?);
    }
    let (mut place, mut limited) = (1, false);
    while place < levels.len() {
        let (low, high) = (&levels[place - 1], &levels[place]);
        let settled = high.factor <= low.factor * NEAR || low.answer() == high.answer();
        if settled || levels.len() >= COMPARISONS_MOST {
            limited |= !settled;
            place += 1;
        } else {
            let between = at(between(low.factor, high.factor))?;
            levels.insert(place, between);
        }
    }
    Ok(OverTraffic { levels, limited })
}

/// A factor about half-way by ratio between two others: the mean of their mean and their harmonic mean, to four digits.
fn between(low: Decimal, high: Decimal) -> Decimal {
    let mean = (low + high) / Decimal::TWO;
    let factor = (mean + low * high / mean) / Decimal::TWO;
    factor.round_sf(4).unwrap_or(factor).normalize()
}
