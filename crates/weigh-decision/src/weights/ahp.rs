//! AHP: weights from judgements of every pair, and how consistent those are.

use super::{NoWeights, shares};

/// How much the power iteration may still move a weight when it ends.
const SETTLED: f64 = 1e-15;
/// Enough even for judgements that contradict each other.
const STEPS: usize = 100_000;
/// The largest judgement: Saaty's own scale ends at 9.
const LARGEST: f64 = 1_000.0;
/// 0.33 is meant as a third: how far a cell times its mirror image may be from 1.
const RECIPROCAL: f64 = 0.02;

/// How many times more a criterion (row) matters than another (column), for every pair (Saaty, *A scaling method for
/// priorities in hierarchical structures*, Journal of Mathematical Psychology 15, 1977).
#[derive(Clone, Debug, PartialEq)]
pub struct Judgements {
    rows: Vec<Vec<f64>>,
}

/// The mean consistency index of random judgements, which a consistency index is measured by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RandomIndex {
    /// Its id: `saaty`.
    pub id: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Its values for 1 to 15 criteria.
    pub values: [f64; 15],
}

/// The two tables in use. Consistency ratios by one and by the other differ by up to 3 %.
pub const RANDOM_INDICES: &[RandomIndex] = &[
    RandomIndex {
        id: "saaty",
        source: "Saaty, The Analytic Hierarchy Process, 1980; as in pydecision 5.1.8",
        values: [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59],
    },
    RandomIndex {
        id: "tummala-ling",
        source: "Tummala and Ling, A note on the computation of the mean random consistency index of the AHP, Theory and Decision 44 (1998); as in pymcdm 1.4.0",
        values: [
            0.0, 0.0, 0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571,
            1.5714, 1.5831,
        ],
    },
];

/// Weights by AHP.
#[derive(Clone, Debug, PartialEq)]
pub struct Priorities {
    /// The principal eigenvector, as shares.
    pub eigenvector: Vec<f64>,
    /// The geometric means of the rows, as shares (Crawford and Williams, Journal of Mathematical Psychology 29, 1985).
    pub geometric_mean: Vec<f64>,
    /// How consistent the judgements are.
    pub consistency: Consistency,
}

/// How consistent judgements are.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    /// The principal eigenvalue: as many as there are criteria where no judgement contradicts another.
    pub lambda_max: f64,
    /// `CI = (λmax − n) / (n − 1)`; 0 for fewer than three criteria.
    pub index: f64,
    /// `CR = CI / RI` by each table of [`RANDOM_INDICES`]; 0.1 or less is accepted. Nothing beyond 15 criteria, for which
    /// no table is published.
    pub ratios: Vec<(&'static str, Option<f64>)>,
    /// `GCI = 2 / ((n − 1)(n − 2)) Σ ln²(a_ij · w_j / w_i)` by the geometric means (Aguarón and Moreno-Jiménez, *The geometric
    /// consistency index*, European Journal of Operational Research 147, 2003).
    pub geometric_index: f64,
    /// The geometric index that stands for a ratio of 0.1: 0.31 for three criteria, 0.35 for four, 0.37 for more.
    pub geometric_limit: f64,
    /// The judgement that deviates most from the ratio of the weights; nothing where none does.
    pub worst: Option<Worst>,
}

/// The judgement that agrees least with all others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worst {
    /// The places of its row and its column; the row comes first.
    pub cell: (usize, usize),
    /// What it is.
    pub judged: f64,
    /// What the weights say it would be.
    pub implied: f64,
}

impl Consistency {
    /// Whether the ratio by a table is 0.1 or less; nothing where the table has none.
    #[must_use]
    pub fn accepted(&self, table: &str) -> Option<bool> {
        let found = self.ratios.iter().find(|(id, _)| *id == table)?;
        found.1.map(|ratio| ratio <= 0.1)
    }
}

impl Judgements {
    /// Judgements as a square table with 1 in its diagonal; a cell and its mirror image are reciprocal to within 2 %, so
    /// that 0.33 can stand for a third, and what stands above the diagonal counts.
    ///
    /// # Errors
    /// The cell (row and column from 1) that is not above 0, beyond 1,000 or not reciprocal; a table that is not square.
    ///
    /// ```
    /// use weigh_decision::weights::Judgements;
    /// let judged = Judgements::new(&[vec![1.0, 3.0], vec![0.33, 1.0]]).unwrap();
    /// assert_eq!(judged.priorities().unwrap().geometric_mean, [0.75, 0.25]);
    /// let why = Judgements::new(&[vec![1.0, 3.0], vec![3.0, 1.0]]).unwrap_err();
    /// assert_eq!(why.to_string(), "row 2, column 1 is 3, and row 1, column 2 is 3: one is 1 divided by the other");
    /// ```
    pub fn new(rows: &[Vec<f64>]) -> Result<Judgements, NoWeights> {
        let size = rows.len();
        if size == 0 || rows.iter().any(|row| row.len() != size) {
            return Err(NoWeights(
                "judgements are a square table, a row and a column for each criterion".to_owned(),
            ));
        }
        let mut whole = vec![vec![1.0; size]; size];
        for (i, row) in rows.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let at = format!("row {}, column {}", i + 1, j + 1);
                if !(*cell >= 1.0 / LARGEST && *cell <= LARGEST) {
                    return Err(NoWeights(format!("{at} is {cell}, where 1/1000 to 1000 is allowed")));
                }
                if (cell * rows[j][i] - 1.0).abs() > RECIPROCAL {
                    return Err(not_reciprocal(rows, i, j));
                }
                if i < j {
                    (whole[i][j], whole[j][i]) = (*cell, 1.0 / cell);
                }
            }
        }
        Ok(Judgements { rows: whole })
    }

    /// The weights, both ways, and how consistent the judgements are.
    ///
    /// # Errors
    /// Judgements that contradict each other so much that no eigenvector is found.
    ///
    /// ```
    /// use weigh_decision::weights::Judgements;
    /// let judged = Judgements::new(&[vec![1.0, 2.0, 8.0], vec![0.5, 1.0, 2.0], vec![0.125, 0.5, 1.0]]).unwrap();
    /// let found = judged.priorities().unwrap();
    /// assert_eq!(found.consistency.accepted("saaty"), Some(true));
    /// assert_eq!(found.consistency.worst.unwrap().cell, (0, 1));
    /// ```
    pub fn priorities(&self) -> Result<Priorities, NoWeights> {
        let count = self.rows.len() as f64;
        let mean = |row: &Vec<f64>| libm::exp(row.iter().map(|a| libm::log(*a)).sum::<f64>() / count);
        let geometric_mean = shares(self.rows.iter().map(mean).collect());
        let (eigenvector, lambda_max) = self.eigenvector(&geometric_mean)?;
        let consistency = self.consistency(&eigenvector, &geometric_mean, lambda_max);
        Ok(Priorities { eigenvector, geometric_mean, consistency })
    }

    /// The principal eigenvector by power iteration from the geometric means, which are near it, and its eigenvalue.
    fn eigenvector(&self, start: &[f64]) -> Result<(Vec<f64>, f64), NoWeights> {
        let times = |vector: &[f64]| -> Vec<f64> {
            let of = |row: &Vec<f64>| row.iter().zip(vector).map(|(a, w)| a * w).sum();
            self.rows.iter().map(of).collect()
        };
        let (mut vector, mut moved) = (start.to_vec(), f64::INFINITY);
        for _ in 0..STEPS {
            let next = shares(times(&vector));
            let step = next.iter().zip(&vector).map(|(new, old)| (new - old).abs() / new).fold(0.0, f64::max);
            vector = next;
            // Down to rounding, or to where it only goes round in rounding.
            let settled = step <= SETTLED || (step <= 1e-13 && step >= moved);
            moved = step;
            if settled {
                break;
            }
        }
        if moved > 1e-12 {
            return Err(NoWeights(
                "the judgements contradict each other so much that they have no weights".to_owned(),
            ));
        }
        let ratios = times(&vector).iter().zip(&vector).map(|(product, w)| product / w).sum::<f64>();
        let lambda_max = ratios / self.rows.len() as f64;
        Ok((vector, lambda_max))
    }

    fn consistency(&self, eigenvector: &[f64], geometric_mean: &[f64], lambda_max: f64) -> Consistency {
        let size = self.rows.len();
        let count = size as f64;
        let index = if size > 2 { ((lambda_max - count) / (count - 1.0)).max(0.0) } else { 0.0 };
        let ratio = |table: &RandomIndex| match table.values.get(size - 1) {
            Some(random) if *random > 0.0 => Some(index / random),
            Some(_) => Some(0.0),
            None => None,
        };
        let (mut worst, mut deviation, mut squares) = (None, 1e-9, 0.0);
        for i in 0..size {
            for j in i + 1..size {
                let judged = self.rows[i][j];
                let off = libm::log(judged * geometric_mean[j] / geometric_mean[i]);
                squares += off * off;
                let implied = eigenvector[i] / eigenvector[j];
                let off = libm::log(judged / implied).abs();
                if off > deviation {
                    (worst, deviation) = (Some(Worst { cell: (i, j), judged, implied }), off);
                }
            }
        }
        let pairs = (count - 1.0) * (count - 2.0);
        Consistency {
            lambda_max,
            index,
            ratios: RANDOM_INDICES.iter().map(|table| (table.id, ratio(table))).collect(),
            geometric_index: if size > 2 { 2.0 * squares / pairs } else { 0.0 },
            geometric_limit: match size {
                0..=3 => 0.31,
                4 => 0.35,
                _ => 0.37,
            },
            worst,
        }
    }
}

/// A cell that is not its mirror image's reciprocal; the lower of the two is named first.
fn not_reciprocal(rows: &[Vec<f64>], i: usize, j: usize) -> NoWeights {
    let (low, high) = (i.min(j), i.max(j));
    let (below, above) = (rows[high][low], rows[low][high]);
    let (low, high) = (low + 1, high + 1);
    NoWeights(if i == j {
        format!("row {low}, column {low} is {above}; a criterion matters once as much as itself: 1")
    } else {
        format!(
            "row {high}, column {low} is {below}, and row {low}, column {high} is {above}: one is 1 divided by the other"
        )
    })
}
