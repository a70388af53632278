//! A small linear programme: two-phase simplex on a dense table, with Bland's rule, which never goes round in a circle.

/// How a row is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// At most the right-hand side.
    AtMost,
    /// At least the right-hand side.
    AtLeast,
    /// Exactly the right-hand side.
    Exactly,
}

/// A row: coefficients, bound and right-hand side.
pub type Row = (Vec<f64>, Bound, f64);

/// A solution: the variables and the objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The variables.
    pub variables: Vec<f64>,
    /// The objective: what is minimised.
    pub objective: f64,
}

/// Why there is no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSolution {
    /// The rows contradict each other.
    Infeasible,
    /// The objective falls without end.
    Unbounded,
}

/// What is smaller than this beside coefficients near 1 is rounding.
const ZERO: f64 = 1e-11;

/// Minimises `cost · x` over `x ≥ 0` that keep all rows (Dantzig; Bland, *New finite pivoting rules for the simplex method*,
/// Mathematics of Operations Research 2, 1977). Coefficients are best near 1: up to some dozen rows and columns.
///
/// # Errors
/// Rows that contradict each other, and an objective that falls without end.
///
/// ```
/// use weigh_decision::linear_programme::{Bound, minimise};
/// let rows = [(vec![1.0, 1.0], Bound::AtLeast, 2.0), (vec![1.0, 0.0], Bound::AtMost, 0.5)];
/// let found = minimise(&[1.0, 3.0], &rows).unwrap();
/// assert_eq!((found.variables, found.objective), (vec![0.5, 1.5], 5.0));
/// ```
pub fn minimise(cost: &[f64], rows: &[Row]) -> Result<Solution, NoSolution> {
    let mut table = Table::new(cost.len(), rows);
    let artificial = table.artificial;
    // Phase one: artificial variables, which make every row true, are driven to 0.
    let first: Vec<f64> = (0..table.width).map(|j| f64::from(u8::from(j >= artificial))).collect();
    table.descend(&first, table.width)?;
    let missing: f64 =
        table.basic.iter().zip(&table.right).filter(|(j, _)| **j >= artificial).map(|(_, x)| x).sum();
    if missing > 1e-9 {
        return Err(NoSolution::Infeasible);
    }
    table.drive_out();
    let mut second = cost.to_vec();
    second.resize(table.width, 0.0);
    table.descend(&second, artificial)?;
    let mut variables = vec![0.0; cost.len()];
    for (j, x) in table.basic.iter().zip(&table.right).filter(|(j, _)| **j < cost.len()) {
        variables[*j] = x.max(0.0);
    }
    let objective = cost.iter().zip(&variables).map(|(c, x)| c * x).sum();
    Ok(Solution { variables, objective })
}

struct Table {
    rows: Vec<Vec<f64>>,
    right: Vec<f64>,
    /// The variable that each row gives.
    basic: Vec<usize>,
    /// The first artificial variable.
    artificial: usize,
    width: usize,
}

impl Table {
    /// Variables, then one slack for each inequality, then an artificial variable for each row that no slack starts.
    fn new(variables: usize, rows: &[Row]) -> Table {
        let slacks = rows.iter().filter(|row| row.1 != Bound::Exactly).count();
        let (artificial, width) = (variables + slacks, variables + slacks + rows.len());
        let mut table = Table { rows: Vec::new(), right: Vec::new(), basic: Vec::new(), artificial, width };
        let mut slack = variables;
        for (number, (coefficients, bound, right)) in rows.iter().enumerate() {
            let sign = if *right < 0.0 { -1.0 } else { 1.0 };
            let mut row: Vec<f64> = coefficients.iter().map(|a| a * sign).collect();
            row.resize(width, 0.0);
            let mut basic = artificial + number;
            if *bound != Bound::Exactly {
                row[slack] = if *bound == Bound::AtMost { sign } else { -sign };
                if row[slack] > 0.0 {
                    basic = slack;
                }
                slack += 1;
            }
            if basic >= artificial {
                row[basic] = 1.0;
            }
            table.rows.push(row);
            table.right.push(right * sign);
            table.basic.push(basic);
        }
        table
    }

    /// Pivots until no variable among the first `allowed` lowers the cost.
    fn descend(&mut self, cost: &[f64], allowed: usize) -> Result<(), NoSolution> {
        loop {
            let reduced = |j: usize| -> f64 {
                let of_rows = self.rows.iter().zip(&self.basic).map(|(row, basic)| cost[*basic] * row[j]);
                cost[j] - of_rows.sum::<f64>()
            };
            let entering = (0..allowed).find(|j| !self.basic.contains(j) && reduced(*j) < -ZERO);
            let Some(entering) = entering else {
                return Ok(());
            };
            // The row that stops it first; of several, the one whose variable comes first (Bland).
            let mut leaving: Option<(usize, f64)> = None;
            for (number, row) in self.rows.iter().enumerate().filter(|(_, row)| row[entering] > ZERO) {
                let ratio = self.right[number] / row[entering];
                let first = leaving.is_none_or(|(known, least)| {
                    ratio < least - ZERO || (ratio < least + ZERO && self.basic[number] < self.basic[known])
                });
                if first {
                    leaving = Some((number, ratio));
                }
            }
            let (leaving, _) = leaving.ok_or(NoSolution::Unbounded)?;
            self.pivot(leaving, entering);
        }
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let by = self.rows[leaving][entering];
        self.rows[leaving].iter_mut().for_each(|a| *a /= by);
        self.right[leaving] /= by;
        let (own, right) = (self.rows[leaving].clone(), self.right[leaving]);
        for (number, row) in self.rows.iter_mut().enumerate().filter(|(number, _)| *number != leaving) {
            let times = row[entering];
            if times.abs() > 0.0 {
                row.iter_mut().zip(&own).for_each(|(a, b)| *a -= times * b);
                row[entering] = 0.0;
                self.right[number] = (self.right[number] - times * right).max(0.0);
            }
        }
        self.basic[leaving] = entering;
    }

    /// Takes artificial variables that stand at 0 out of the basis, and rows that say nothing new out of the table.
    fn drive_out(&mut self) {
        let mut number = 0;
        while number < self.rows.len() {
            if self.basic[number] < self.artificial {
                number += 1;
                continue;
            }
            match (0..self.artificial).find(|j| self.rows[number][*j].abs() > 1e-9) {
                Some(entering) => self.pivot(number, entering),
                None => {
                    self.rows.remove(number);
                    self.right.remove(number);
                    self.basic.remove(number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_programmes() {
        // Dantzig's ending of the Wyndor example in Hillier and Lieberman: 3x + 5y is 36 at (2, 6).
        let wyndor = [
            (vec![1.0, 0.0], Bound::AtMost, 4.0),
            (vec![0.0, 2.0], Bound::AtMost, 12.0),
            (vec![3.0, 2.0], Bound::AtMost, 18.0),
        ];
        let found = minimise(&[-3.0, -5.0], &wyndor).unwrap();
        assert!((found.objective + 36.0).abs() < 1e-12 && (found.variables[1] - 6.0).abs() < 1e-12);
        // Beale's example, which goes round in a circle under the rule of the steepest column: −1/20.
        let beale = [
            (vec![0.25, -60.0, -1.0 / 25.0, 9.0], Bound::AtMost, 0.0),
            (vec![0.5, -90.0, -1.0 / 50.0, 3.0], Bound::AtMost, 0.0),
            (vec![0.0, 0.0, 1.0, 0.0], Bound::AtMost, 1.0),
        ];
        let found = minimise(&[-0.75, 150.0, -0.02, 6.0], &beale).unwrap();
        assert!((found.objective + 0.05).abs() < 1e-12);
    }

    #[test]
    fn without_a_solution() {
        let apart = [(vec![1.0], Bound::AtMost, 1.0), (vec![1.0], Bound::AtLeast, 2.0)];
        assert_eq!(minimise(&[1.0], &apart).unwrap_err(), NoSolution::Infeasible);
        assert_eq!(minimise(&[-1.0], &apart[1..]).unwrap_err(), NoSolution::Unbounded);
        // A row that says the same twice, and one with a right-hand side below 0.
        let twice = [
            (vec![1.0, 1.0], Bound::Exactly, 1.0),
            (vec![2.0, 2.0], Bound::Exactly, 2.0),
            (vec![-1.0, 0.0], Bound::AtMost, -0.25),
        ];
        let found = minimise(&[1.0, 0.0], &twice).unwrap();
        assert!((found.variables[0] - 0.25).abs() < 1e-12 && (found.variables[1] - 0.75).abs() < 1e-12);
    }
}
