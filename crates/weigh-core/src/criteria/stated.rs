//! Weights as they are typed: `cost=0.5,latency=0.2`.

use super::{CRITERIA, Preset};
use crate::data::nearest;
use crate::money::approximate;
use crate::scenario::{Scenario, Wish};

/// Shorter names of criteria, as people type them.
const SHORT: &[(&str, &str)] = &[
    ("cost", "monthly_cost"),
    ("latency", "p95_latency"),
    ("cold-starts", "cold_start_share"),
    ("operations", "operating_hours"),
    ("ease", "deployment_ease"),
];

/// Weights for some of the criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedWeights {
    weights: Vec<(&'static str, f64)>,
}

impl std::str::FromStr for StatedWeights {
    type Err = String;

    /// Reads `cost=0.5,latency=0.2`: ids of criteria, or their short names.
    fn from_str(text: &str) -> Result<StatedWeights, String> {
        let mut weights: Vec<(&'static str, f64)> = Vec::new();
        for part in text.split(',') {
            let Some((name, weight)) = part.split_once('=') else {
                return Err(format!("`{}` is no weight: write cost=0.5,latency=0.2", part.trim()));
            };
            let id = criterion(name.trim())?;
            let weight = crate::measure::decimal(weight.trim())
                .map_err(|why| format!("the weight of {id}: {why}; a weight is a number, 0 or more"))?;
            if weights.iter().any(|(known, _)| *known == id) {
                return Err(format!("two weights for {id}"));
            }
            weights.push((id, approximate(weight)));
        }
        match weights.iter().all(|(_, weight)| *weight <= 0.0) {
            true => Err("the weights are all zero: at least one is above 0".to_owned()),
            false => Ok(StatedWeights { weights }),
        }
    }
}

/// The id of a criterion that was typed in full, in short, or with hyphens.
fn criterion(name: &str) -> Result<&'static str, String> {
    let plain = name.replace('-', "_");
    let short = SHORT.iter().find(|(short, _)| *short == name).map(|(_, id)| *id);
    let known = || CRITERIA.iter().map(|criterion| criterion.id);
    if let Some(id) = short.or_else(|| known().find(|id| *id == plain)) {
        return Ok(id);
    }
    let all: Vec<&str> = known().chain(SHORT.iter().map(|(short, _)| *short)).collect();
    let meant = nearest(name, all.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let meant = meant.unwrap_or_else(|| ".".to_owned());
    Err(format!("`{name}` is no criterion{meant} Criteria are {}", all.join(", ")))
}

impl StatedWeights {
    /// Weighs the options of a scenario by these. Where they come to less than 1, the other criteria share the rest as their
    /// weights were; else the others weigh nothing. Ends of scales that the scenario states stay.
    ///
    /// ```
    /// use weigh_core::criteria::{CRITERIA, StatedWeights};
    /// # use weigh_core::{catalog::Catalog, compare::vocabulary, scenario::Scenario};
    /// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// # let words = vocabulary(&catalog, &weigh_prices::book());
    /// # let text = r#"
    /// #     scenario = { name = "Shop", region = "us-east-1" }
    /// #     traffic = { rate = "300_000/month" }
    /// #     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
    /// # "#;
    /// # let mut scenario = Scenario::parse(text, &words).unwrap();
    /// "cost=0.65".parse::<StatedWeights>().unwrap().weigh(&mut scenario);
    /// let weight = |id: &str| CRITERIA.iter().find(|criterion| criterion.id == id).unwrap().weight(&scenario);
    /// assert_eq!(weight("monthly_cost"), 0.65);
    /// // Half of its 0.15, since all others had 0.70 together and now share 0.35.
    /// assert!((weight("availability") - 0.075).abs() < 1e-12);
    /// ```
    pub fn weigh(&self, scenario: &mut Scenario) {
        let stated: f64 = self.weights.iter().map(|(_, weight)| weight).sum();
        let own = |id: &str| self.weights.iter().find(|(known, _)| *known == id).map(|(_, weight)| *weight);
        let others = || CRITERIA.iter().filter(|criterion| own(criterion.id).is_none());
        let total: f64 = others().map(|criterion| criterion.weight(scenario)).sum();
        let rest = if total > 0.0 { (1.0 - stated).max(0.0) / total } else { 0.0 };
        let wishes = CRITERIA.iter().map(|criterion| {
            let before = scenario.wishes.iter().find(|wish| wish.criterion == criterion.id);
            Wish {
                criterion: criterion.id.to_owned(),
                weight: own(criterion.id).unwrap_or_else(|| criterion.weight(scenario) * rest),
                best: before.and_then(|wish| wish.best),
                worst: before.and_then(|wish| wish.worst),
            }
        });
        let wishes: Vec<Wish> = wishes.filter(|wish| wish.weight > 0.0).collect();
        (scenario.wishes, scenario.decision.preset) = (wishes, None);
    }
}

impl Preset {
    /// Weighs the options of a scenario by this order of priorities; its own wishes go, but for the ends of its scales.
    pub fn weigh(&self, scenario: &mut Scenario) {
        let mut weights: Vec<(&'static str, f64)> =
            CRITERIA.iter().map(|criterion| (criterion.id, self.weight(criterion.id))).collect();
        weights.retain(|(_, weight)| *weight > 0.0);
        let stays = scenario.wishes.iter().any(|wish| wish.best.is_some() || wish.worst.is_some());
        if stays {
            StatedWeights { weights }.weigh(scenario);
        } else {
            scenario.wishes.clear();
        }
        scenario.decision.preset = Some(self.id.to_owned());
    }
}
