//! The criteria: how an evaluation becomes a column of the decision matrix, with default weight and scale.

mod presets;
mod stated;

use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::decision::{Column, NoScale, Shape, ValueFunction, ValueScale};
use crate::evaluate::Evaluation;
use crate::measure::seconds;
use crate::money::{approximate, dollars, exact, number};
use crate::scenario::{CriterionWords, Needs, ScaleUnit, Scenario};

pub use presets::{PRESETS, Preset};
pub use stated::StatedWeights;

/// A criterion: what it measures, and how much it matters unless the scenario says otherwise.
#[derive(Clone, Copy)]
pub struct Criterion {
    /// Its id in scenarios: `monthly_cost`.
    pub id: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// One line on what it measures.
    pub summary: &'static str,
    /// What its values and its scale are written in.
    pub unit: ScaleUnit,
    /// Its default weight; the default weights add up to 1.
    pub weight: f64,
    /// Whether it helps to choose the size of an option. Redundancy does not: what nobody asked for is not bought.
    pub chooses_size: bool,
    /// The traits of the platform that its values are taken from; empty for what is computed.
    pub traits: &'static [&'static str],
    scale: fn(&Needs) -> (f64, f64, Shape),
    value: fn(&Evaluation, &Catalog, &str) -> Option<f64>,
}

/// Every criterion, in the order of reports.
///
/// No document of the mission states a weight; the default weights are this project's own, a balance of money,
/// quality of service and work, and are printed with every comparison.
pub const CRITERIA: &[Criterion] = &[
    Criterion {
        id: "monthly_cost",
        title: "monthly cost",
        summary: "US dollars a month; halving it counts alike at any height, or in proportion to a stated budget.",
        unit: ScaleUnit::Dollars,
        weight: 0.30,
        chooses_size: true,
        traits: &[],
        scale: |needs| match needs.monthly_budget {
            Some(budget) => (0.0, approximate(budget), Shape::Linear),
            None => (1.0, 100_000.0, Shape::Logarithmic),
        },
        value: |evaluation, _, _| Some(approximate(evaluation.bill.total())),
    },
    Criterion {
        id: "p95_latency",
        title: "P95 latency",
        summary: "Time that 95 % of the requests do not exceed, at the slowest component.",
        unit: ScaleUnit::Seconds,
        weight: 0.15,
        chooses_size: true,
        traits: &[],
        scale: |needs| match needs.p95_latency {
            Some(limit) => (0.0, approximate(seconds(limit)), Shape::Linear),
            None => (0.1, 10.0, Shape::Logarithmic),
        },
        value: |evaluation, _, _| evaluation.latency().map(|latency| latency.p95_s),
    },
    Criterion {
        id: "cold_start_share",
        title: "cold starts",
        summary: "Share of the requests that wait for a start.",
        unit: ScaleUnit::Share,
        weight: 0.10,
        chooses_size: true,
        traits: &[],
        scale: |_| (0.0, 0.05, Shape::Linear),
        value: |evaluation, _, _| Some(evaluation.cold_start_share()),
    },
    Criterion {
        id: "availability",
        title: "availability",
        summary: "Share of the month that AWS promises, over everything a request passes; each nine counts alike.",
        unit: ScaleUnit::Share,
        weight: 0.15,
        chooses_size: false,
        traits: &[],
        scale: |_| (0.9999, 0.99, Shape::LogarithmicComplement),
        value: |evaluation, _, _| evaluation.availability(),
    },
    Criterion {
        id: "operating_hours",
        title: "operating hours",
        summary: "Hours of work a month to keep it running, as the documents estimate them.",
        unit: ScaleUnit::Hours,
        weight: 0.15,
        chooses_size: true,
        traits: &["operating-hours-low", "operating-hours-high"],
        scale: |_| (0.0, 8.0, Shape::Linear),
        value: |_, catalog, platform| {
            let hours = |end: &str| catalog.trait_of(platform, &format!("operating-hours-{end}"))?.number();
            Some(approximate((hours("low")? + hours("high")?) / Decimal::TWO))
        },
    },
    Criterion {
        id: "deployment_ease",
        title: "ease of deployment",
        summary: "Stars of the documents' matrices for how easy it is to set up.",
        unit: ScaleUnit::Stars,
        weight: 0.05,
        chooses_size: true,
        traits: &["stars/deployment-ease"],
        scale: |_| (5.0, 1.0, Shape::Linear),
        value: |_, catalog, platform| stars(catalog, platform, "deployment-ease"),
    },
    Criterion {
        id: "scalability",
        title: "scalability",
        summary: "Stars of the documents' matrices for how it grows with the traffic.",
        unit: ScaleUnit::Stars,
        weight: 0.10,
        chooses_size: true,
        traits: &["stars/scalability"],
        scale: |_| (5.0, 1.0, Shape::Linear),
        value: |_, catalog, platform| stars(catalog, platform, "scalability"),
    },
];

fn three_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = libm::exp10(libm::floor(libm::log10(value.abs())) - 2.0);
    libm::round(value / unit) * unit
}

fn stars(catalog: &Catalog, platform: &str, name: &str) -> Option<f64> {
    catalog.trait_of(platform, &format!("stars/{name}"))?.number().map(approximate)
}

impl Criterion {
    /// The criterion with an id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Criterion> {
        CRITERIA.iter().find(|criterion| criterion.id == id)
    }

    /// A value with the digits that the models tell: three of a time and of a share, counted from what is missing to 1 where
    /// that is less. More would make a method see a best and a worst where a reader sees none.
    #[must_use]
    pub fn told(&self, value: f64) -> f64 {
        match self.unit {
            ScaleUnit::Seconds => three_digits(value),
            ScaleUnit::Share if value > 0.5 => 1.0 - three_digits(1.0 - value),
            ScaleUnit::Share => three_digits(value),
            _ => value,
        }
    }

    /// The value of an evaluation whose parts stand on several platforms: hours of work add up, and of stars the fewest count.
    /// What is computed is computed of the whole.
    #[must_use]
    pub fn value_over(&self, evaluation: &Evaluation, catalog: &Catalog, platforms: &[&str]) -> Option<f64> {
        let each = || platforms.iter().map(|platform| self.value(evaluation, catalog, platform));
        match (self.traits, self.unit) {
            ([], _) => self.value(evaluation, catalog, platforms.first()?),
            (_, ScaleUnit::Hours) => each().sum(),
            _ => each().try_fold(f64::INFINITY, |fewest, own| Some(fewest.min(own?))),
        }
    }

    /// The criterion as a scenario sees it.
    #[must_use]
    pub fn words(&self) -> CriterionWords {
        CriterionWords { id: self.id, summary: self.summary, unit: self.unit }
    }

    /// What an evaluation of a platform measures; nothing when it is unknown.
    #[must_use]
    pub fn value(&self, evaluation: &Evaluation, catalog: &Catalog, platform: &str) -> Option<f64> {
        (self.value)(evaluation, catalog, platform)
    }

    /// The weight: the scenario's wish, 0 when it wishes for others only; where it wishes for none, that of its preset, else the
    /// default.
    #[must_use]
    pub fn weight(&self, scenario: &Scenario) -> f64 {
        match scenario.wishes.iter().find(|wish| wish.criterion == self.id) {
            Some(wish) => wish.weight,
            None if scenario.wishes.is_empty() => {
                match scenario.decision.preset.as_deref().and_then(Preset::find) {
                    Some(preset) => preset.weight(self.id),
                    None => self.weight,
                }
            }
            None => 0.0,
        }
    }

    /// The criterion as a column of the matrix: weight and scale.
    ///
    /// Ends of the scale that the scenario states make it linear between them (availability keeps its nines).
    ///
    /// # Errors
    /// Ends that make no scale.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::compare::vocabulary;
    /// use weigh_core::criteria::CRITERIA;
    /// use weigh_core::scenario::Scenario;
    /// let files = weigh_prices::files();
    /// let catalog = Catalog::open(&files).unwrap();
    /// let words = vocabulary(&catalog, &weigh_prices::book());
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "300_000/month" }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
    ///     option = [{ platform = "fargate", tasks = 2 }, { platform = "lightsail", power = "nano" }]
    /// "#;
    /// let scenario = Scenario::parse(text, &words).unwrap();
    /// let cost = CRITERIA[0].column(&scenario).unwrap();
    /// let scale = cost.scale().unwrap();
    /// assert_eq!((scale.best(), scale.worst()), (1.0, 100_000.0));
    /// ```
    pub fn column(&self, scenario: &Scenario) -> Result<Column, NoScale> {
        let wish = scenario.wishes.iter().find(|wish| wish.criterion == self.id);
        let (best, worst) = wish.map_or((None, None), |wish| (wish.best, wish.worst));
        let scale = self.scale(&scenario.needs, best, worst)?;
        Ok(Column::valued(self.id, self.weight(scenario), ValueFunction::Scale(scale)))
    }

    fn scale(&self, needs: &Needs, best: Option<f64>, worst: Option<f64>) -> Result<ValueScale, NoScale> {
        let (own_best, own_worst, shape) = (self.scale)(needs);
        let stated = best.is_some() || worst.is_some();
        let shape = if stated && shape == Shape::Logarithmic { Shape::Linear } else { shape };
        ValueScale::new(best.unwrap_or(own_best), worst.unwrap_or(own_worst), shape)
    }

    /// A value of the criterion as a reader wants it.
    #[must_use]
    pub fn show(&self, value: f64) -> String {
        let Ok(exact) = exact(value, self.title) else { return "unknown".to_owned() };
        match self.unit {
            ScaleUnit::Dollars => dollars(exact),
            ScaleUnit::Seconds => show_seconds(value),
            ScaleUnit::Share => show_share(value),
            ScaleUnit::Hours => format!("{} h", number(exact, 1)),
            ScaleUnit::Stars => format!("{} of 5 stars", number(exact, 1)),
        }
    }
}

/// Why the stated ends of a criterion's scale make none; what is not stated is the criterion's own.
pub(crate) fn scale_problem(
    id: &str,
    needs: &Needs,
    best: Option<f64>,
    worst: Option<f64>,
) -> Option<String> {
    let criterion = CRITERIA.iter().find(|criterion| criterion.id == id)?;
    let (own_best, own_worst, _) = (criterion.scale)(needs);
    let (best_end, worst_end) = (best.unwrap_or(own_best), worst.unwrap_or(own_worst));
    let beyond = |end: &f64| criterion.unit == ScaleUnit::Stars && !(1.0..=5.0).contains(end);
    if [best_end, worst_end].iter().any(beyond) {
        return Some("stars go from 1 to 5".to_owned());
    }
    if (best_end - worst_end).abs() < f64::EPSILON {
        return Some(format!("one value for best and worst, {}", criterion.show(best_end)));
    }
    if (best_end - worst_end) * (own_best - own_worst) < 0.0 {
        let better = if own_best > own_worst { "more" } else { "less" };
        let (best, worst) = (criterion.show(best_end), criterion.show(worst_end));
        return Some(format!("{better} is better, so the best can't be {best} beside a worst of {worst}"));
    }
    let why = criterion.scale(needs, best, worst).err()?;
    Some(match criterion.unit {
        ScaleUnit::Share => "each nine counts alike, so both ends are below 100 %".to_owned(),
        _ => why.to_string(),
    })
}

/// Seconds as `140 ms` or `6.02 s`.
///
/// ```
/// use weigh_core::criteria::show_seconds;
/// assert_eq!([0.14, 6.021, 120.0].map(show_seconds), ["140 ms", "6.02 s", "120 s"]);
/// ```
#[must_use]
pub fn show_seconds(value: f64) -> String {
    match value {
        value if value < 0.9995 => format!("{:.0} ms", value * 1_000.0),
        value if value < 99.95 => format!("{value:.2} s"),
        value => format!("{value:.0} s"),
    }
}

/// A share as a percentage with as many digits as tell it from 0 and from 100 %: `0.03 %`, `99.98 %`.
///
/// ```
/// use weigh_core::criteria::show_share;
/// assert_eq!(show_share(0.0), "0 %");
/// assert_eq!(show_share(0.01234), "1.23 %");
/// assert_eq!(show_share(0.9998), "99.98 %");
/// assert_eq!(show_share(0.0000021), "0.00021 %");
/// ```
#[must_use]
pub fn show_share(value: f64) -> String {
    let Ok(percent) = exact(value * 100.0, "share") else { return "unknown".to_owned() };
    let gap = value.min(1.0 - value).abs() * 100.0;
    let places = if gap > 1e-9 && gap < 0.01 { 5 } else { 2 };
    format!("{} %", percent.round_dp(places).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let total: f64 = CRITERIA.iter().map(|criterion| criterion.weight).sum();
        assert!((total - 1.0).abs() < 1e-12);
        for (index, criterion) in CRITERIA.iter().enumerate() {
            assert!(CRITERIA[..index].iter().all(|other| other.id != criterion.id), "{}", criterion.id);
            assert!(criterion.summary.ends_with('.'), "{}", criterion.id);
        }
    }
}
