//! Differences as reports, one scenario after the other.

use rust_decimal::Decimal;

use super::{
    AmountReport, ChargeDifferenceReport, ChargeSideReport, DifferenceSideReport, EffectReport, FlipReport,
    InputChangeReport, OptionDifferenceReport, OptionSideReport, RecommendationDifferenceReport,
    RecommendedReport, ScenarioCounts, ScenarioDifferenceReport, ScenariosDifferenceReport,
    TotalDifferenceReport,
};
use crate::difference::shares;
use crate::difference::{
    ChargeDifference, Driver, Drivers, Effects, Flip, InputChange, METHOD, Mark, OptionDifference,
    ScenarioDifference, shown_change,
};
use crate::money;
use crate::report::SCHEMA_VERSION;
use crate::snapshot::{ChargeSnapshot, OptionSnapshot, ScenarioSnapshot};

/// A side of a difference, as the user named it.
#[derive(Clone, Debug)]
pub struct DifferenceSide {
    /// What the user called it.
    pub label: String,
    /// Whether it was read from a snapshot file, and not computed now.
    pub is_snapshot: bool,
    /// The version of the model.
    pub model_version: u32,
    /// The hash of the price book.
    pub book_hash: String,
    /// The day whose prices were asked for; nothing where the scenarios say it, or the newest count.
    pub as_of: Option<String>,
}

/// A report that grows scenario by scenario; what is the same is counted and let go.
#[derive(Clone, Debug)]
pub struct DifferencesReport {
    report: ScenariosDifferenceReport,
    /// Whether scenarios and options are listed that are the same, too.
    lists_all: bool,
    before: Decimal,
    after: Decimal,
    effects: Effects,
}

impl DifferencesReport {
    /// An empty report; `option` is the one option that is asked for.
    #[must_use]
    pub fn new(before: DifferenceSide, after: DifferenceSide, option: Option<&str>, lists_all: bool) -> Self {
        let nothing = TotalDifferenceReport {
            scenarios: 0,
            before: String::new(),
            after: String::new(),
            change: amount(Decimal::ZERO, Decimal::ZERO, Decimal::ZERO),
            effects: Vec::new(),
            interaction: String::new(),
        };
        let report = ScenariosDifferenceReport {
            schema_version: SCHEMA_VERSION,
            kind: "difference",
            before: side(before),
            after: side(after),
            option: option.map(str::to_owned),
            counts: ScenarioCounts::default(),
            total: nothing,
            scenarios: Vec::new(),
            method: METHOD.to_vec(),
        };
        let (before, after, effects) = (Decimal::ZERO, Decimal::ZERO, Effects::default());
        DifferencesReport { report, lists_all, before, after, effects }
    }

    /// Takes a scenario of both sides.
    pub fn pair(&mut self, difference: &ScenarioDifference) {
        let counts = &mut self.report.counts;
        counts.all += 1;
        let leading = &difference.leading;
        if let (Some((_, before)), Some((_, after))) = (&leading.before, &leading.after) {
            self.report.total.scenarios += 1;
            self.before = self.before.saturating_add(*before);
            self.after = self.after.saturating_add(*after);
            self.effects.add_all(&leading.effects);
        }
        let asked = |option: &&OptionDifference| {
            self.report.option.as_ref().is_none_or(|name| *name == option.option)
        };
        let is_same = match self.report.option {
            Some(_) => difference.options.iter().filter(asked).all(|option| option.mark == Mark::Same),
            None => difference.is_same(),
        };
        // The day of the prices is told with the sides.
        let says_the_same = difference.inputs.iter().all(|change| change.driver == Driver::Prices);
        match (is_same, says_the_same) {
            (true, true) => counts.same += 1,
            (true, false) => {
                counts.same += 1;
                counts.same_in_other_words += 1;
            }
            (false, _) => counts.changed += 1,
        }
        counts.flipped += usize::from(leading.flip.is_some());
        if is_same && says_the_same && !self.lists_all {
            return;
        }
        let options = difference.options.iter().filter(asked);
        let options = options.filter(|option| self.lists_all || option.mark != Mark::Same).map(option);
        self.report.scenarios.push(ScenarioDifferenceReport {
            file: difference.file.clone(),
            old_file: difference.old_file.clone(),
            name: difference.name.clone(),
            change: if is_same { Mark::Same.word() } else { Mark::Changed.word() },
            recommendation: recommendation(difference),
            options: options.collect(),
            inputs: difference.inputs.iter().map(input).collect(),
            path: difference.steps.iter().map(Drivers::told).collect(),
            notes: difference.notes.clone(),
        });
    }

    /// Takes a scenario of the new side alone.
    pub fn added(&mut self, scenario: &ScenarioSnapshot) {
        self.report.counts.added += 1;
        self.alone(scenario, Mark::Added);
    }

    /// Takes a scenario of the old side alone.
    pub fn removed(&mut self, scenario: &ScenarioSnapshot) {
        self.report.counts.removed += 1;
        self.alone(scenario, Mark::Removed);
    }

    fn alone(&mut self, scenario: &ScenarioSnapshot, mark: Mark) {
        self.report.counts.all += 1;
        let named = scenario.decision.recommended.as_deref().and_then(|name| scenario.option(name));
        let recommended = named.and_then(|option| {
            let monthly_cost = option.monthly_cost?.normalize().to_string();
            Some(RecommendedReport { option: option.option.clone(), monthly_cost })
        });
        let (before, after) = if mark == Mark::Added { (None, recommended) } else { (recommended, None) };
        self.report.scenarios.push(ScenarioDifferenceReport {
            file: scenario.file.clone(),
            old_file: None,
            name: scenario.name.clone(),
            change: mark.word(),
            recommendation: RecommendationDifferenceReport {
                before,
                after,
                change: None,
                effects: Vec::new(),
                interaction: "0".to_owned(),
                flip: None,
            },
            options: Vec::new(),
            inputs: Vec::new(),
            path: Vec::new(),
            notes: Vec::new(),
        });
    }

    /// The report, whole.
    #[must_use]
    pub fn finish(mut self) -> ScenariosDifferenceReport {
        let total = &mut self.report.total;
        total.before = exact(self.before);
        total.after = exact(self.after);
        let shown = shown_change(self.before, self.after);
        total.change = amount(self.before, self.after, shown);
        total.effects = effects(&self.effects, shown);
        total.interaction = exact(self.effects.interaction);
        self.report
    }
}

impl ScenariosDifferenceReport {
    /// Whether a figure or a decision differs, or a scenario is on one side only.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.counts.changed + self.counts.added + self.counts.removed > 0
    }
}

fn side(side: DifferenceSide) -> DifferenceSideReport {
    let kind = if side.is_snapshot { "snapshot" } else { "computed" };
    let DifferenceSide { label, model_version, book_hash, as_of, .. } = side;
    DifferenceSideReport { label, kind, model_version, book_hash, as_of }
}

fn exact(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// How much more an amount became, and how that is shown.
fn amount(before: Decimal, after: Decimal, shown: Decimal) -> AmountReport {
    let change = after.saturating_sub(before);
    let percent = change.checked_div(before).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    AmountReport {
        exact: exact(change),
        shown: format!("{shown:.2}"),
        percent: percent.map(|percent| exact(percent.round_dp(4))),
    }
}

/// Effects, to the cent so that they add up to a change to the cent.
fn effects(effects: &Effects, shown: Decimal) -> Vec<EffectReport> {
    with_cents(effects, shares::by_remainder(effects, shown))
}

fn with_cents(effects: &Effects, cents: Vec<Decimal>) -> Vec<EffectReport> {
    let each = effects.iter().zip(cents).map(|(effect, cents)| EffectReport {
        kind: effect.kind.word(),
        driver: effect.driver.word(),
        amount: exact(effect.amount),
        shown: format!("{cents:.2}"),
    });
    each.collect()
}

fn recommendation(difference: &ScenarioDifference) -> RecommendationDifferenceReport {
    let leading = &difference.leading;
    let named = |side: &Option<(String, Decimal)>| {
        side.as_ref()
            .map(|(option, cost)| RecommendedReport { option: option.clone(), monthly_cost: exact(*cost) })
    };
    let costs = leading.before.as_ref().zip(leading.after.as_ref());
    let costs = costs.map(|((_, before), (_, after))| (*before, *after));
    let shown = costs.map_or(Decimal::ZERO, |(before, after)| shown_change(before, after));
    RecommendationDifferenceReport {
        before: named(&leading.before),
        after: named(&leading.after),
        change: costs.map(|(before, after)| amount(before, after, shown)),
        effects: with_cents(&leading.effects, shares::of_leading(difference, shown)),
        interaction: exact(leading.effects.interaction),
        flip: leading.flip.as_ref().map(flip),
    }
}

fn flip(flip: &Flip) -> FlipReport {
    let largest = flip.largest.as_ref();
    FlipReport {
        from: flip.from.clone(),
        to: flip.to.clone(),
        drivers: flip.drivers.all().iter().map(|driver| driver.word()).collect(),
        largest_option: largest.map(|(option, _)| option.clone()),
        largest_effect: largest.map(|(_, effect)| EffectReport {
            kind: effect.kind.word(),
            driver: effect.driver.word(),
            amount: exact(effect.amount),
            shown: format!("{:.2}", shown_change(Decimal::ZERO, effect.amount)),
        }),
        from_score: flip.from_score.into(),
        to_score: flip.to_score.into(),
        told: told(flip),
    }
}

/// A flip in sentences.
fn told(flip: &Flip) -> Vec<String> {
    let name = |option: &Option<String>| option.clone().unwrap_or_else(|| "none".to_owned());
    let with = match flip.drivers.all() {
        [one] => format!("the {one}"),
        _ => flip.drivers.told(),
    };
    let mut told = vec![format!(
        "The recommendation turns from {} to {} with {with}.",
        name(&flip.from),
        name(&flip.to)
    )];
    if let Some((option, effect)) = &flip.largest {
        let amount = money::change(effect.amount, shown_change(Decimal::ZERO, effect.amount));
        told.push(format!("The largest effect of that step: {} of {option}, {amount}.", effect.kind));
    }
    let scores =
        [(&flip.from, flip.from_score), (&flip.to, flip.to_score)].into_iter().filter_map(|(name, score)| {
            let shown = |score: Option<f64>| score.map_or("none".to_owned(), |score| format!("{score:.4}"));
            name.as_ref().map(|name| format!("{name} {} -> {}", shown(score.0), shown(score.1)))
        });
    let scores: Vec<String> = scores.collect();
    if !scores.is_empty() {
        told.push(format!("Scores: {}.", scores.join(", ")));
    }
    told.extend(flip.causes.iter().map(|cause| format!("{cause}.")));
    told
}

fn option(difference: &OptionDifference) -> OptionDifferenceReport {
    let (before, after) = difference.costs();
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let shown = shown_change(before, after);
    let known = difference.change.is_some();
    let state = |option: &Option<OptionSnapshot>| {
        option.as_ref().map(|option| OptionSideReport {
            platform: option.platform.clone(),
            status: option.status.clone(),
            rank: option.rank,
            score: option.score,
            size: option.size.clone(),
            monthly_cost: option.monthly_cost.map(exact),
        })
    };
    let cents = shares::of_charges(difference, shown);
    OptionDifferenceReport {
        option: difference.option.clone(),
        change: difference.mark.word(),
        before: state(&difference.before),
        after: state(&difference.after),
        cost: known.then(|| amount(before, after, shown)),
        unknown: difference.unknown(),
        effects: with_cents(&difference.effects, shares::of_effects(difference, shown)),
        interaction: exact(difference.effects.interaction),
        also: difference.also(),
        charges: difference.charges.iter().zip(cents).map(|(each, cents)| charge(each, cents)).collect(),
    }
}

fn charge(difference: &ChargeDifference, shown: Decimal) -> ChargeDifferenceReport {
    let side = |charge: &Option<ChargeSnapshot>| {
        charge.as_ref().map(|charge| ChargeSideReport {
            quantity: exact(charge.quantity),
            unit: charge.unit.clone(),
            rate: exact(charge.rate),
            cost: exact(charge.cost),
        })
    };
    let cost = |charge: &Option<ChargeSnapshot>| charge.as_ref().map(|c| c.cost).unwrap_or_default();
    ChargeDifferenceReport {
        change: match (&difference.before, &difference.after) {
            (None, None) => "passing",
            _ => difference.mark().word(),
        },
        price_id: difference.price_id.clone(),
        component: difference.component.clone(),
        environment: difference.environment.clone(),
        part: difference.part.clone(),
        commitment: difference.commitment.clone(),
        other_part: difference.other_part,
        before: side(&difference.before),
        after: side(&difference.after),
        cost: amount(cost(&difference.before), cost(&difference.after), shown),
        effects: effects(&difference.effects, shown),
        interaction: exact(difference.effects.interaction),
    }
}

fn input(change: &InputChange) -> InputChangeReport {
    InputChangeReport {
        driver: change.driver.word(),
        change: change.mark().word(),
        place: change.place.clone(),
        key: change.key.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
        told: change.to_string(),
    }
}
