//! How firm a ranking is, asked in one go: what would turn it, who agrees, and the verdict.

use crate::agreement::{Agreement, agreement};
use crate::correlation::{CORRELATION_LIMIT, Correlated, Correlations};
use crate::dominance::Dominance;
use crate::matrix::Matrix;
use crate::method::{Method, Parameters};
use crate::reversal::{self, Test};
use crate::sensitivity::{
    Bar, Distance, Ends, Study, Unanswered, ValueFlip, WeightSpan, WeightStep, affordable,
    lead_uncertainties, nearest_weights, tornado, value_flips, weight_spans, weight_tornado,
};
use crate::smaa::Acceptability;
use crate::verdict::Facts;

/// By how much each weight is moved for the tornado: ten percentage points, which is what people who state weights
/// disagree about. A convention.
pub const TORNADO_STEP: WeightStep = WeightStep::Points(0.1);

/// Of how many rivals the values are asked: those farther behind need larger changes. A convention.
pub const RIVALS: usize = 9;

/// How often a matrix is ranked, about, until one turn is found by steps and bisection.
const PROBES: usize = 60;

/// Everything that is asked of a ranking.
pub struct Firmness {
    /// Who leads, by how much, and what the verdict says.
    pub facts: Facts,
    /// How far each weight may go; empty where a matrix is too large to search for it.
    pub weights: Vec<WeightSpan>,
    /// The nearest weights at which each rival is level; nothing where the method is no sum.
    pub nearest_weights: Option<Vec<Distance>>,
    /// The values at which each of the [`RIVALS`] best rivals is level, rival by rival, the best first.
    pub values: Vec<ValueFlip>,
    /// What a step of each weight does to the lead, the most first.
    pub tornado: Vec<Bar>,
    /// What the values of each criterion between their ends do to the lead, the leader's at the worse and the others' at the
    /// better one, and the other way round; the most first. Empty where no ends are stated.
    pub value_tornado: Vec<Bar>,
    /// What the other methods and normalisations say.
    pub agreement: Agreement,
    /// Whether dropping or adding alternatives turns the order of the others.
    pub reversal: Test,
    /// Criteria that rise and fall together.
    pub correlated: Vec<Correlated>,
    /// Who dominates whom.
    pub dominance: Dominance,
    /// How often each takes each rank when weights and values are not known; nothing where that was not asked.
    pub acceptability: Option<Acceptability>,
    /// What was not asked, since the matrix is so large that the answer takes too long; a sentence each.
    pub left_out: Vec<String>,
}

impl Firmness {
    /// Asks all of it. `ends` has the least and the largest that each value may be, a row for each alternative; those of an
    /// exact value are equal. Empty where that is not known, so that only equal scores are a tie.
    ///
    /// What the method can't take on the way is no reason to say nothing: a probe that it refuses ends that search
    /// without a turn, and leaves its bar out of a tornado.
    ///
    /// In a large matrix less is asked, so that 200 alternatives by 30 criteria take a second or two: values of fewer
    /// rivals, or of none; uncertainty of the lead over the best rivals alone; fewer alternatives dropped and added; and
    /// by a method that compares each pair of alternatives and is no sum (ELECTRE) how far weights may go is left out.
    /// [`Firmness::left_out`] says what.
    ///
    /// # Errors
    /// The cell that the method can't take, and ends of another shape than the matrix or the wrong way round.
    ///
    /// ```
    /// use weigh_decision::firmness::Firmness;
    /// use weigh_decision::{Column, Matrix, Method, Parameters};
    /// let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
    /// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]];
    /// let matrix = Matrix::new(["bus", "train", "coach"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let method = Method::find("weighted-sum").unwrap();
    /// let firm = Firmness::of(&matrix, method, &Parameters::default(), &[]).unwrap();
    /// assert!(firm.facts.verdict().starts_with("bus leads; it stays first unless the weight of price falls from 0.75"));
    /// ```
    pub fn of(
        matrix: &Matrix,
        method: &Method,
        parameters: &Parameters,
        ends: &[Vec<(f64, f64)>],
    ) -> Result<Firmness, Unanswered> {
        let study = Study::new(matrix, method, parameters)?;
        let mut left_out = Vec::new();
        let agreement = agreement(matrix, method, parameters)?;
        let weights = weights(&study, &mut left_out);
        let mut facts = Facts::of(&study, &weights, &agreement);
        add_uncertainty(&study, ends, &mut facts, &mut left_out)?;
        let reversal = reversal::test(matrix, method, parameters)?;
        if reversal.left_out > 0 {
            let (made, left) = (reversal.changes + reversal.refused.len(), reversal.left_out);
            left_out.push(format!("Of {} alternatives to drop or add {made} were tried.", made + left));
        }
        let value_tornado = if ends.is_empty() { Vec::new() } else { tornado(&study, ends, Ends::Opposed)? };
        Ok(Firmness {
            facts,
            weights,
            nearest_weights: nearest_weights(&study),
            values: values(&study, &mut left_out),
            tornado: weight_tornado(&study, TORNADO_STEP)?,
            value_tornado,
            agreement,
            reversal,
            correlated: Correlations::of(matrix).above(CORRELATION_LIMIT),
            dominance: Dominance::of(matrix),
            acceptability: None,
            left_out,
        })
    }

    /// The same with how often each takes each rank, under weights that are called so: `free weights`.
    #[must_use]
    pub fn with_acceptability(mut self, found: Acceptability, drawn: &str, matrix: &Matrix) -> Firmness {
        let first = found.rank_acceptability.iter().filter_map(|ranks| ranks.first().copied());
        self.facts.first_shares = matrix.alternatives().iter().cloned().zip(first).collect();
        drawn.clone_into(&mut self.facts.drawn);
        Firmness { acceptability: Some(found), ..self }
    }
}

/// How often the matrix can be searched for a turn.
fn searches(study: &Study<'_>) -> usize {
    affordable(study.method().effort(study.matrix())) / PROBES
}

fn weights(study: &Study<'_>, left_out: &mut Vec<String>) -> Vec<WeightSpan> {
    let needed = 2 * study.matrix().columns().len();
    if study.additive_values().is_none() && searches(study) < needed {
        left_out.push("How far each weight may go was not searched.".to_owned());
        return Vec::new();
    }
    weight_spans(study)
}

fn values(study: &Study<'_>, left_out: &mut Vec<String>) -> Vec<ValueFlip> {
    let rivals = study.rivals();
    let wanted = rivals.len().min(RIVALS);
    let exact = study.additive_values().is_some() && study.has_fixed_ends();
    let can = if exact { RIVALS } else { searches(study) / (2 * study.matrix().columns().len()) };
    if can < wanted {
        left_out.push(format!("Values at which rivals are level were searched for {can} of them."));
    }
    rivals.into_iter().take(wanted.min(can)).flat_map(|rival| value_flips(study, rival)).collect()
}

fn add_uncertainty(
    study: &Study<'_>,
    ends: &[Vec<(f64, f64)>],
    facts: &mut Facts,
    left_out: &mut Vec<String>,
) -> Result<(), Unanswered> {
    if ends.is_empty() {
        return Ok(());
    }
    let found = lead_uncertainties(study, ends)?;
    for (rival, at) in facts.rivals.iter_mut().zip(study.rivals()) {
        let found = found.get(at).copied().flatten();
        rival.uncertainty = found.map(|found| found.within);
        rival.turned = found.filter(|_| !study.has_fixed_ends()).map(|found| found.turns);
    }
    let unknown = facts.rivals.iter().filter(|rival| rival.uncertainty.is_none()).count();
    if unknown > 0 {
        let all = facts.rivals.len();
        left_out.push(format!("How well the lead is known was not told for {unknown} of {all} rivals."));
    }
    Ok(())
}
