//! How firm a ranking is, asked in one go: what would turn it, who agrees, and the verdict.

use crate::agreement::{Agreement, agreement};
use crate::correlation::{CORRELATION_LIMIT, Correlated, Correlations};
use crate::dominance::Dominance;
use crate::matrix::Matrix;
use crate::method::{Method, Parameters};
use crate::reversal::{self, Test};
use crate::sensitivity::{
    Bar, Distance, Study, Unanswered, ValueFlip, WeightSpan, WeightStep, lead_uncertainty, nearest_weights,
    value_flips, weight_spans, weight_tornado,
};
use crate::smaa::Acceptability;
use crate::verdict::Facts;

/// By how much each weight is moved for the tornado: ten percentage points, which is what people who state weights
/// disagree about. A convention.
pub const TORNADO_STEP: WeightStep = WeightStep::Points(0.1);

/// Of how many rivals the values are asked: those farther behind need larger changes. A convention.
pub const RIVALS: usize = 9;

/// Everything that is asked of a ranking.
pub struct Firmness {
    /// Who leads, by how much, and what the verdict says.
    pub facts: Facts,
    /// How far each weight may go.
    pub weights: Vec<WeightSpan>,
    /// The nearest weights at which each rival is level; nothing where the method is no sum.
    pub nearest_weights: Option<Vec<Distance>>,
    /// The values at which each of the [`RIVALS`] best rivals is level, rival by rival, the best first.
    pub values: Vec<ValueFlip>,
    /// What a step of each weight does to the lead, the most first.
    pub tornado: Vec<Bar>,
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
}

impl Firmness {
    /// Asks all of it. `half_widths` says by how much each value may be off, a row for each alternative; empty where that is
    /// not known, so that only equal scores are a tie.
    ///
    /// # Errors
    /// The cell that the method can't take, and half-widths of another shape than the matrix.
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
        half_widths: &[Vec<f64>],
    ) -> Result<Firmness, Unanswered> {
        let study = Study::new(matrix, method, parameters)?;
        let mut facts = Facts::of(&study)?;
        if !half_widths.is_empty() {
            for (rival, at) in facts.rivals.iter_mut().zip(study.rivals()) {
                rival.uncertainty = Some(lead_uncertainty(&study, at, half_widths)?);
            }
        }
        Ok(Firmness {
            facts,
            weights: weight_spans(&study)?,
            nearest_weights: nearest_weights(&study),
            values: study
                .rivals()
                .into_iter()
                .take(RIVALS)
                .flat_map(|rival| value_flips(&study, rival))
                .collect(),
            tornado: weight_tornado(&study, TORNADO_STEP)?,
            agreement: agreement(matrix, method, parameters)?,
            reversal: reversal::test(matrix, method, parameters)?,
            correlated: Correlations::of(matrix).above(CORRELATION_LIMIT),
            dominance: Dominance::of(matrix),
            acceptability: None,
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
