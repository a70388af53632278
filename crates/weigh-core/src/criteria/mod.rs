//! The criteria: how an evaluation becomes a column of the decision matrix, with default weight, scale and uncertainty.

mod money;
mod people;
mod presets;
mod recovery;
mod serving;
mod show;
mod stars;
mod stated;
mod subject;

use crate::decision::{Column, NoScale, Shape, ValueFunction, ValueScale};
use crate::money::{dollars, exact, number};
use crate::scenario::{CriterionWords, Needs, ScaleUnit, Scenario};

pub use presets::{PRESETS, Preset};
pub(crate) use show::{last_digit_of_seconds, whole};
pub use show::{show_seconds, show_share};
pub use stated::StatedWeights;
pub use subject::Subject;

/// A criterion: what it measures, how much it matters unless the scenario says otherwise, and how far it may be off.
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
    /// Why its scale ends where it does, with the source.
    pub scale_because: &'static str,
    /// Why its values may be off by as much as [`Criterion::uncertainty`] says, with the source.
    pub uncertainty_because: &'static str,
    /// What makes it known where it is not: ``state `hourly_rate` in [team]``; empty for what is always known.
    pub remedy: &'static str,
    scale: fn(&Needs) -> (f64, f64, Shape),
    value: fn(&Subject<'_>) -> Option<f64>,
    uncertainty: fn(&Subject<'_>, f64) -> f64,
}

/// The value of what has no limit: larger than any limit, and finite, as decision methods need it. It is shown as
/// `unlimited`.
pub const UNLIMITED: f64 = 1e15;

/// Every criterion, in the order of reports: first those that weigh without a word of the scenario, then those that weigh
/// where `[wishes]` gives them a weight.
///
/// No document of the mission states a weight; the default weights are this project's own, a balance of money,
/// quality of service and work, and are printed with every comparison.
pub const CRITERIA: &[Criterion] = &[
    money::MONTHLY_COST,
    serving::P95_LATENCY,
    serving::COLD_START_SHARE,
    recovery::AVAILABILITY,
    people::OPERATING_HOURS,
    stars::DEPLOYMENT_EASE,
    stars::SCALABILITY,
    money::COST_PER_MILLION_REQUESTS,
    money::TOTAL_COST_OF_OWNERSHIP,
    serving::P50_LATENCY,
    serving::P99_LATENCY,
    serving::THROTTLED_SHARE,
    serving::HEAD_ROOM,
    serving::LONGEST_REQUEST,
    serving::LARGEST_UPLOAD,
    recovery::RECOVERY_POINT,
    recovery::RECOVERY_TIME,
    people::SET_UP_HOURS,
    people::DEPLOYMENT_TIME,
    people::TEAM_SIZE,
    people::SKILLS_LACKING,
    stars::OPERATIONS_EASE,
    stars::STABILITY,
    stars::LONG_RUNNING_TASKS,
    stars::SESSION_MANAGEMENT,
    stars::PRODUCTION_READINESS,
    stars::PORTABILITY,
    stars::CONTAINER_ORCHESTRATION,
    stars::CI_CD_INTEGRATION,
    stars::LEARNING_EASE,
    stars::CONTROL,
];

/// Whether a value stands for what has no limit.
#[must_use]
pub fn is_unlimited(value: f64) -> bool {
    value >= UNLIMITED
}

fn three_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = libm::exp10(libm::floor(libm::log10(value.abs())) - 2.0);
    libm::round(value / unit) * unit
}

impl Criterion {
    /// What an option measures, whose parts may stand on several platforms: hours of work add up, and of stars the fewest
    /// count. Nothing when it is unknown.
    #[must_use]
    pub fn value(&self, subject: &Subject<'_>) -> Option<f64> {
        (self.value)(subject)
    }

    /// How far a value may be off, up and down, in the criterion's unit; 0 where it is exact.
    ///
    /// A lead that is smaller than this tells nothing: [`Criterion::uncertainty_because`] says why.
    #[must_use]
    pub fn uncertainty(&self, subject: &Subject<'_>, value: f64) -> f64 {
        (self.uncertainty)(subject, value)
    }

    /// The least and the greatest value that there can be, in the criterion's unit.
    #[must_use]
    pub fn domain(&self) -> (f64, f64) {
        match self.unit {
            ScaleUnit::Stars => (1.0, 5.0),
            ScaleUnit::Share => (0.0, 1.0),
            _ => (0.0, UNLIMITED),
        }
    }

    /// A value with the digits that the models tell: three of a time and of a share, counted from what is missing to 1 where
    /// that is less. More would make a method see a best and a worst where a reader sees none.
    #[must_use]
    pub fn told(&self, value: f64) -> f64 {
        match self.unit {
            _ if is_unlimited(value) => value,
            ScaleUnit::Seconds => three_digits(value),
            ScaleUnit::Share if value > 0.5 => 1.0 - three_digits(1.0 - value),
            ScaleUnit::Share => three_digits(value),
            _ => value,
        }
    }

    /// The size of the last digit with which [`Criterion::show`] shows a value.
    #[must_use]
    pub fn last_digit(&self, value: f64) -> f64 {
        match self.unit {
            ScaleUnit::Dollars => 0.01,
            ScaleUnit::Seconds => show::last_digit_of_seconds(value),
            ScaleUnit::Share => show::last_digit_of_share(value),
            ScaleUnit::Hours | ScaleUnit::Stars => 0.1,
            ScaleUnit::Count => 1.0,
            ScaleUnit::Size => show::last_digit_of_size(value),
        }
    }

    /// The criterion with this id.
    ///
    /// ```
    /// use weigh_core::criteria::Criterion;
    /// assert_eq!(Criterion::find("head_room").unwrap().title, "head-room");
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Criterion> {
        CRITERIA.iter().find(|criterion| criterion.id == id)
    }

    /// The criterion as a scenario sees it.
    #[must_use]
    pub fn words(&self) -> CriterionWords {
        CriterionWords { id: self.id, summary: self.summary, unit: self.unit }
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
        let (least, largest) = self.domain();
        let column = Column::valued(self.id, self.weight(scenario), ValueFunction::Scale(scale));
        Ok(column.within(least, largest))
    }

    fn scale(&self, needs: &Needs, best: Option<f64>, worst: Option<f64>) -> Result<ValueScale, NoScale> {
        let (own_best, own_worst, shape) = (self.scale)(needs);
        let stated = best.is_some() || worst.is_some();
        let shape = if stated && shape == Shape::Logarithmic { Shape::Linear } else { shape };
        ValueScale::new(best.unwrap_or(own_best), worst.unwrap_or(own_worst), shape)
    }

    /// A value of the criterion as a reader wants it.
    ///
    /// ```
    /// use weigh_core::criteria::{Criterion, UNLIMITED};
    /// let longest = Criterion::find("longest_request").unwrap();
    /// assert_eq!([900.0, UNLIMITED].map(|value| longest.show(value)), ["900 s", "unlimited"]);
    /// ```
    #[must_use]
    pub fn show(&self, value: f64) -> String {
        if is_unlimited(value) {
            return "unlimited".to_owned();
        }
        let Ok(exact) = exact(value, self.title) else { return "unknown".to_owned() };
        match self.unit {
            ScaleUnit::Dollars => dollars(exact),
            ScaleUnit::Seconds => show_seconds(value),
            ScaleUnit::Share => show_share(value),
            ScaleUnit::Hours => format!("{} h", number(exact, 1)),
            ScaleUnit::Stars => format!("{} of 5 stars", number(exact, 1)),
            ScaleUnit::Count => number(exact, 1),
            ScaleUnit::Size => show::show_size(value),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Section, Values, Vocabulary};

    #[test]
    fn the_table_is_whole() {
        let total: f64 = CRITERIA.iter().map(|criterion| criterion.weight).sum();
        assert!((total - 1.0).abs() < 1e-12);
        for (index, criterion) in CRITERIA.iter().enumerate() {
            let Criterion { id, .. } = criterion;
            assert!(CRITERIA[..index].iter().all(|other| other.id != *id), "{id}");
            for told in [criterion.summary, criterion.scale_because, criterion.uncertainty_because] {
                assert!(told.ends_with('.'), "{id}: {told}");
            }
            assert!(criterion.traits.is_empty() || !criterion.remedy.is_empty(), "{id} can be unknown");
        }
    }

    #[test]
    fn every_scale_is_one() {
        let values = Values::defaults(Needs::FIELDS.iter(), &Vocabulary::default());
        let needs = Needs::build(&values).expect("all have defaults");
        for criterion in CRITERIA {
            let scale = criterion.scale(&needs, None, None);
            let scale = scale.unwrap_or_else(|why| panic!("{}: {why}", criterion.id));
            assert!((scale.value(scale.best()) - 1.0).abs() < 1e-12, "{}", criterion.id);
            assert!(scale.value(scale.worst()).abs() < 1e-12, "{}", criterion.id);
        }
    }
}
