//! TOPSIS: near the best of every criterion, and far from the worst.

use super::{Better, Input, Measure, Method, Outcome, Refused, Takes};
use crate::matrix::{Direction, Matrix};
use crate::normalisation::vector;

/// `C = D⁻ / (D⁺ + D⁻)`, the distances of weighted normalised values from the worst and the best of each criterion.
/// Where all alternatives are alike, each is the best itself: 1.
pub(super) const TOPSIS: Method = Method {
    id: "topsis",
    title: "TOPSIS",
    summary: "C = D⁻ / (D⁺ + D⁻): distance from the worst and from the best of each criterion",
    source: "Hwang and Yoon, Multiple Attribute Decision Making, 1981",
    better: Better::Higher,
    takes: Takes::Normalised(VECTOR),
    additive: false,
    scale_invariant: true,
    run,
};

const VECTOR: &str = "vector";

/// The closeness of alternatives by TOPSIS with vector normalisation, and room for it that is used again: a loop over many
/// matrices of one size allocates once.
///
/// ```
/// use weigh_decision::{Closeness, Column, Matrix, Method, Parameters};
/// let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
/// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]];
/// let matrix = Matrix::new(["bus", "train", "coach"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let ranking = Method::find("topsis").unwrap().rank(&matrix, &Parameters::default()).unwrap();
/// assert_eq!(Closeness::default().of(&matrix), ranking.scores);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Closeness {
    to_best: Vec<f64>,
    to_worst: Vec<f64>,
    scores: Vec<f64>,
}

impl Closeness {
    /// The closeness of each alternative, 0 to 1.
    pub fn of(&mut self, matrix: &Matrix) -> &[f64] {
        let height = matrix.alternatives().len();
        self.clear(height);
        let weighed = matrix.columns().iter().zip(matrix.weights());
        for ((column, weight), values) in weighed.zip(matrix.values().chunks_exact(height)) {
            let found = Extent::of(values);
            let (first, then) = if vector::SAFE.contains(&found.squares) {
                (1.0, 1.0 / found.squares.sqrt())
            } else {
                vector::shrink(values)
            };
            let (best, worst) = match column.direction {
                Direction::Benefit => (found.high, found.low),
                Direction::Cost => (found.low, found.high),
            };
            self.add(values, (best, worst), first, then * weight);
        }
        self.finish()
    }

    /// The closeness by values that are normalised already.
    fn of_normalised(&mut self, normalised: &[f64], weights: &[f64], height: usize) -> &[f64] {
        self.clear(height);
        for (values, weight) in normalised.chunks_exact(height).zip(weights) {
            let found = Extent::of(values);
            self.add(values, (found.high, found.low), 1.0, *weight);
        }
        self.finish()
    }

    fn clear(&mut self, height: usize) {
        for distances in [&mut self.to_best, &mut self.to_worst] {
            distances.clear();
            distances.resize(height, 0.0);
        }
    }

    /// Adds the squared distances under one criterion. Of a cost, best and worst change places with the values' sign, which
    /// the square doesn't see.
    fn add(&mut self, values: &[f64], (best, worst): (f64, f64), first: f64, factor: f64) {
        let (best, worst) = (best * first, worst * first);
        for ((x, to_best), to_worst) in values.iter().zip(&mut self.to_best).zip(&mut self.to_worst) {
            let (short, ahead) = ((best - x * first) * factor, (x * first - worst) * factor);
            *to_best += short * short;
            *to_worst += ahead * ahead;
        }
    }

    /// A square root is rounded correctly on every machine, so that the standard library's gives the same bits as any.
    fn finish(&mut self) -> &[f64] {
        self.scores.clear();
        self.scores.extend(self.to_best.iter_mut().zip(&mut self.to_worst).map(|(best, worst)| {
            (*best, *worst) = (best.sqrt(), worst.sqrt());
            let both = *best + *worst;
            if both > 0.0 { *worst / both } else { 1.0 }
        }));
        &self.scores
    }
}

/// The ends of a column and the sum of its squares.
struct Extent {
    low: f64,
    high: f64,
    squares: f64,
}

impl Extent {
    /// In four lanes, so that no addition waits for the one before; always in the same order.
    fn of(values: &[f64]) -> Extent {
        const LANES: usize = 4;
        let (mut low, mut high) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        let mut squares = [0.0; LANES];
        let (chunks, rest) = values.as_chunks::<LANES>();
        let mut see = |lane: usize, x: f64| {
            low[lane] = if x < low[lane] { x } else { low[lane] };
            high[lane] = if x > high[lane] { x } else { high[lane] };
            squares[lane] += x * x;
        };
        for chunk in chunks {
            for (lane, x) in chunk.iter().enumerate() {
                see(lane, *x);
            }
        }
        for (lane, x) in rest.iter().enumerate() {
            see(lane, *x);
        }
        Extent {
            low: low[0].min(low[1]).min(low[2].min(low[3])),
            high: high[0].max(high[1]).max(high[2].max(high[3])),
            squares: (squares[0] + squares[1]) + (squares[2] + squares[3]),
        }
    }
}

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let (matrix, mut closeness) = (input.matrix, Closeness::default());
    let scores = match input.normalisation {
        Some(VECTOR) => closeness.of(matrix).to_vec(),
        _ => {
            let height = matrix.alternatives().len();
            closeness.of_normalised(input.normalised, matrix.weights(), height).to_vec()
        }
    };
    Ok(Outcome {
        scores,
        measures: vec![
            Measure { name: "D+", values: closeness.to_best },
            Measure { name: "D-", values: closeness.to_worst },
        ],
        ..Outcome::default()
    })
}
