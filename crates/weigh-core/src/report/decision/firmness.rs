//! How firm a decision is, at full precision: flips, intervals, tornado, agreement, rank reversal, correlation.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AcceptabilityReport, Wording};
use crate::decision::firmness::Firmness;
use crate::decision::sensitivity::{Bar, Lead, Turn, ValueFlip};
use crate::decision::{Found, Matrix};

/// How firm a ranking is.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct FirmnessReport {
    /// The verdict in a sentence.
    pub verdict: String,
    /// How far the leader is ahead of each rival, the best first.
    pub leads: Vec<LeadReport>,
    /// How far each weight may go before another is first.
    pub weights: Vec<WeightSpanReport>,
    /// The nearest weights at which each rival is level; null where the method's score is no sum.
    pub nearest_weights: Option<Vec<NearestWeightsReport>>,
    /// The values at which a rival is level with the leader.
    pub values: Vec<ValueFlipReport>,
    /// What ten percentage points of each weight do to the lead, the most first.
    pub tornado: Vec<TornadoReport>,
    /// What the values of each criterion do to the lead between what they may be, the most first; `low` where the leader's are
    /// at their worse ends and the others' at their better ones, `high` the other way round. Empty where values are exact.
    pub value_tornado: Vec<TornadoReport>,
    /// What every method makes of the matrix with every normalisation.
    pub agreement: Vec<ViewReport>,
    /// What dropping or adding an alternative does to the order of the others.
    pub rank_reversal: ReversalReport,
    /// Criteria that rise and fall together, and so count twice.
    pub correlated: Vec<CorrelatedReport>,
    /// Alternatives that another beats or equals by every criterion.
    pub dominated: Vec<DominatedReport>,
    /// What was not asked, since the matrix is so large that the answer takes too long; a sentence each.
    pub left_out: Vec<String>,
    /// How often each takes each rank when weights and values are not known; null where that was not asked.
    pub acceptability: Option<AcceptabilityReport>,
}

/// How far the leader is ahead of a rival.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct LeadReport {
    /// The rival.
    pub rival: String,
    /// How far, in units of the score.
    pub lead: f64,
    /// By how much that may be off; null where it is not known.
    pub uncertainty: Option<f64>,
    /// Whether the two are a tie.
    pub tie: bool,
}

/// How far a weight may go.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct WeightSpanReport {
    /// The criterion.
    pub criterion: String,
    /// Its weight.
    pub weight: f64,
    /// How far it may fall; null where it may be 0.
    pub down: Option<TurnReport>,
    /// How far it may rise; null where it may be 1.
    pub up: Option<TurnReport>,
    /// `exact`, or `searched`.
    #[schemars(extend("enum" = ["exact", "searched"]))]
    pub found: &'static str,
}

/// A weight at which another is level with the leader.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TurnReport {
    /// The weight.
    pub weight: f64,
    /// The change.
    pub change: f64,
    /// Who is first beyond.
    pub rival: String,
}

/// The nearest weights at which a rival is level.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NearestWeightsReport {
    /// The rival.
    pub rival: String,
    /// The sum of the absolute changes, 0 to 2.
    pub distance: f64,
    /// The weights, in the order of the criteria.
    pub weights: Vec<f64>,
    /// The root of the sum of their squares, a lower bound where weights would be below 0; null where there is none.
    pub euclidean_distance: Option<f64>,
}

/// A value at which a rival is level with the leader.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ValueFlipReport {
    /// The criterion.
    pub criterion: String,
    /// Whose value changes.
    pub alternative: String,
    /// The rival.
    pub rival: String,
    /// The value now.
    pub from: f64,
    /// The value at which the two are level.
    pub to: f64,
    /// The value now, as a reader wants it.
    pub from_shown: String,
    /// The other, as a reader wants it.
    pub to_shown: String,
    /// `exact`, or `searched`.
    #[schemars(extend("enum" = ["exact", "searched"]))]
    pub found: &'static str,
}

/// What a step of a weight, or what is not known of values, does to the lead.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TornadoReport {
    /// The criterion.
    pub criterion: String,
    /// The lead at the low side: with ten percentage points less; below 0 where a rival is ahead.
    pub low: f64,
    /// Over whom.
    pub low_rival: String,
    /// The lead at the high side.
    pub high: f64,
    /// Over whom.
    pub high_rival: String,
}

/// What a method makes of the matrix.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ViewReport {
    /// The method's name in prose.
    pub method: &'static str,
    /// The normalisation; null where it takes values raw.
    pub normalisation: Option<&'static str>,
    /// Whether that is the method's usual one.
    pub usual: bool,
    /// Who is first; empty where it can't rank the matrix.
    pub first: Vec<String>,
    /// The ranks; empty where it can't rank the matrix.
    pub ranks: Vec<usize>,
    /// Whether the leader is first; null where it can't rank the matrix.
    pub agrees: Option<bool>,
    /// Kendall's τ-b with the ranking; null where one of the two ranks all alike.
    pub kendall_tau: Option<f64>,
    /// Why it can't rank the matrix; null where it can.
    pub refused: Option<String>,
}

/// What dropping or adding alternatives does.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ReversalReport {
    /// How many changes were tried.
    pub changes: usize,
    /// Those that turned the order of others.
    pub reversals: Vec<ReversalCase>,
}

/// A change that turned the order of others.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ReversalCase {
    /// What was changed, in words.
    pub change: String,
    /// Pairs that turned: who was ahead, and who is now; those of the first place, and ten others at most.
    pub turned: Vec<(String, String)>,
    /// How many pairs turned.
    pub turned_count: usize,
    /// Whether another is first.
    pub turns_first: bool,
}

/// Two criteria that rise and fall together.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CorrelatedReport {
    /// The two.
    pub criteria: (String, String),
    /// Their correlation, Pearson's.
    pub correlation: f64,
}

/// An alternative that others beat or equal by every criterion.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DominatedReport {
    /// Its name.
    pub alternative: String,
    /// By whom.
    pub by: Vec<String>,
}

/// Names of the places of a matrix.
struct Names<'a> {
    matrix: &'a Matrix,
    wording: &'a dyn Wording,
}

impl Names<'_> {
    fn alternative(&self, place: usize) -> String {
        self.matrix.alternatives().get(place).cloned().unwrap_or_default()
    }

    fn criterion(&self, place: usize) -> String {
        self.matrix.columns().get(place).map(|column| column.criterion.clone()).unwrap_or_default()
    }

    fn turn(&self, turn: &Turn) -> TurnReport {
        TurnReport { weight: turn.weight, change: turn.delta, rival: self.alternative(turn.rival) }
    }

    fn bar(&self, bar: &Bar) -> TornadoReport {
        let side = |lead: Lead| (lead.lead, self.alternative(lead.rival));
        let ((low, low_rival), (high, high_rival)) = (side(bar.low), side(bar.high));
        TornadoReport { criterion: self.criterion(bar.criterion), low, low_rival, high, high_rival }
    }

    fn flip(&self, flip: &ValueFlip) -> ValueFlipReport {
        let criterion = self.criterion(flip.criterion);
        ValueFlipReport {
            alternative: self.alternative(flip.alternative),
            rival: self.alternative(flip.rival),
            from: flip.from,
            to: flip.to,
            from_shown: self.wording.show(&criterion, flip.from),
            to_shown: {
                let whole = self.wording.whole(&criterion, flip.to, flip.to > flip.from);
                self.wording.show(&criterion, whole)
            },
            found: found(flip.found),
            criterion,
        }
    }
}

fn found(how: Found) -> &'static str {
    match how {
        Found::Exact => "exact",
        Found::Searched { .. } => "searched",
    }
}

impl FirmnessReport {
    /// How firm a ranking of a matrix is, as a report.
    #[must_use]
    pub fn of(matrix: &Matrix, firm: &Firmness, wording: &dyn Wording) -> FirmnessReport {
        let names = Names { matrix, wording };
        let mut facts = firm.facts.clone();
        facts.name_criteria(|criterion| wording.title(criterion));
        let leads = facts.rivals.iter().map(|rival| LeadReport {
            rival: rival.name.clone(),
            lead: rival.lead,
            uncertainty: rival.uncertainty,
            tie: rival.is_tied(),
        });
        let weights = firm.weights.iter().map(|span| WeightSpanReport {
            criterion: names.criterion(span.criterion),
            weight: span.weight,
            down: span.down.as_ref().map(|turn| names.turn(turn)),
            up: span.up.as_ref().map(|turn| names.turn(turn)),
            found: found(span.found),
        });
        let nearest = firm.nearest_weights.as_ref().map(|distances| {
            let each = distances.iter().map(|distance| NearestWeightsReport {
                rival: names.alternative(distance.rival),
                distance: distance.distance,
                weights: distance.weights.clone(),
                euclidean_distance: distance.euclidean.as_ref().map(|line| line.distance),
            });
            each.collect()
        });
        let bars = |bars: &[Bar]| bars.iter().map(|bar| names.bar(bar)).collect();
        FirmnessReport {
            verdict: facts.verdict(),
            leads: leads.collect(),
            weights: weights.collect(),
            nearest_weights: nearest,
            values: firm.values.iter().map(|flip| names.flip(flip)).collect(),
            tornado: bars(&firm.tornado),
            value_tornado: bars(&firm.value_tornado),
            agreement: views(firm, &names),
            rank_reversal: reversals(firm, &names),
            correlated: correlated(firm),
            dominated: dominated(firm, &names),
            left_out: firm.left_out.clone(),
            acceptability: firm
                .acceptability
                .as_ref()
                .map(|found| AcceptabilityReport::of(matrix, found, &facts.drawn)),
        }
    }
}

fn views(firm: &Firmness, names: &Names<'_>) -> Vec<ViewReport> {
    let primary = &firm.agreement.primary;
    let each = firm.agreement.views.iter().map(|view| {
        let ranks = view.outcome.as_ref().map(|ranking| ranking.ranks.clone()).unwrap_or_default();
        let first = ranks.iter().enumerate().filter(|(_, rank)| **rank == 1);
        ViewReport {
            method: view.method.title,
            normalisation: view.normalisation,
            usual: view.usual,
            first: first.map(|(place, _)| names.alternative(place)).collect(),
            agrees: view.agrees(primary),
            kendall_tau: crate::decision::agreement::kendall_tau(&ranks, &primary.ranks),
            refused: view.outcome.as_ref().err().map(ToString::to_string),
            ranks,
        }
    });
    each.collect()
}

fn reversals(firm: &Firmness, names: &Names<'_>) -> ReversalReport {
    let each = firm.reversal.reversals.iter().map(|reversal| {
        let pair = |(ahead, now): &(usize, usize)| (names.alternative(*ahead), names.alternative(*now));
        ReversalCase {
            change: reversal.change.describe(names.matrix),
            turned: reversal.turned.iter().map(pair).collect(),
            turned_count: reversal.turned_count,
            turns_first: reversal.turns_first(),
        }
    });
    ReversalReport { changes: firm.reversal.changes, reversals: each.collect() }
}

fn correlated(firm: &Firmness) -> Vec<CorrelatedReport> {
    let each = firm.correlated.iter();
    each.map(|pair| CorrelatedReport { criteria: pair.criteria.clone(), correlation: pair.correlation })
        .collect()
}

fn dominated(firm: &Firmness, names: &Names<'_>) -> Vec<DominatedReport> {
    let places = 0..names.matrix.alternatives().len();
    let each = places.filter_map(|place| {
        let by: Vec<String> =
            firm.dominance.dominators(place).into_iter().map(|other| names.alternative(other)).collect();
        (!by.is_empty()).then(|| DominatedReport { alternative: names.alternative(place), by })
    });
    each.collect()
}
