//! What is known of the values: for certain, as a range, as a triangle, or as a level of a scale.

use super::LANES;
use super::random::Random;
use super::simplex::{middle, network, sort};
use crate::matrix::{Direction, Matrix};
use crate::worth::{Shape, ValueFunction};

/// How an uncertain value is spread, in the unit of its criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Anywhere between two ends, each place as likely.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// Between two ends, likelier the nearer to one value.
    Triangular {
        /// The lower end.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The upper end.
        high: f64,
    },
}

impl Spread {
    /// Its two ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        match self {
            Spread::Range { low, high } | Spread::Triangular { low, high, .. } => (*low, *high),
        }
    }

    /// Whether its numbers are finite and in their order.
    pub(super) fn is_sound(&self) -> bool {
        let (low, high) = self.ends();
        let mode = match self {
            Spread::Range { .. } => low,
            Spread::Triangular { mode, .. } => *mode,
        };
        low <= mode && mode <= high && (high - low).is_finite()
    }

    /// The value below which so large a share lies.
    fn quantile(&self, share: f64) -> f64 {
        match *self {
            Spread::Range { low, high } => low + (high - low) * share,
            Spread::Triangular { low, mode, high } => {
                let (width, rise) = (high - low, mode - low);
                if share * width < rise {
                    low + rise.sqrt() * (share * width).sqrt()
                } else {
                    high - (width - rise).sqrt() * ((1.0 - share) * width).sqrt()
                }
            }
        }
    }
}

/// What a value is worth, the same for every sample.
#[derive(Clone, Debug)]
enum Worth {
    /// As the criterion's own function says.
    Function(ValueFunction),
    /// Straight between the ends of all that is known of the criterion.
    Between { worst: f64, best: f64 },
}

impl Worth {
    fn of(&self, x: f64) -> f64 {
        match self {
            Worth::Function(worth) => worth.value(x),
            // Halved, so that the width of the widest column is finite too.
            Worth::Between { worst, best } => {
                let worth = (x / 2.0 - worst / 2.0) / (best / 2.0 - worst / 2.0);
                if worth.is_nan() { 1.0 } else { worth.clamp(0.0, 1.0) }
            }
        }
    }

    /// Whether equal differences between two values are worth the same.
    fn is_straight(&self, (low, high): (f64, f64)) -> bool {
        match self {
            Worth::Function(ValueFunction::Scale(scale)) => {
                let (least, most) = (scale.best().min(scale.worst()), scale.best().max(scale.worst()));
                scale.shape() == Shape::Linear && least <= low && high <= most
            }
            Worth::Function(_) => false,
            Worth::Between { .. } => true,
        }
    }
}

/// What an alternative is worth by a criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// Always so much.
    Certain(f64),
    /// What was drawn for this place.
    Drawn(usize),
}

/// A draw of worth, for one place or for the levels of a scale.
#[derive(Clone, Debug)]
enum Draw {
    /// Uniform.
    Straight { start: f64, width: f64 },
    /// A value, and then its worth.
    Valued { spread: Spread, worth: Worth },
    /// Levels between the worst and the best: any worth that rises from one to the next, each as likely.
    Levels { count: usize, network: Vec<(usize, usize)> },
}

/// The worth of every alternative by every criterion, certain or drawn.
#[derive(Clone, Debug)]
pub(super) struct Values {
    criteria: usize,
    cells: Vec<Cell>,
    draws: Vec<Draw>,
    places: usize,
}

impl Values {
    /// What is known of a matrix: its values, in their place the spreads (a row for each alternative), and for some
    /// criteria the levels of their scale, from the lowest.
    pub(super) fn new(matrix: &Matrix, spreads: &[Option<Spread>], levels: &[Option<Vec<f64>>]) -> Values {
        let (rows, criteria) = (matrix.alternatives().len(), matrix.columns().len());
        let cells = vec![Cell::Certain(0.0); rows * criteria];
        let mut values = Values { criteria, cells, draws: Vec::new(), places: 0 };
        for (j, levels) in levels.iter().enumerate() {
            if let Some(levels) = levels {
                values.level_column(matrix, j, levels);
                continue;
            }
            let worth = worth(matrix, j, spreads);
            for (i, x) in matrix.column(j).iter().enumerate() {
                let at = i * criteria + j;
                values.cells[at] = match &spreads[at] {
                    Some(spread) if spread.ends().0 < spread.ends().1 => values.spread_cell(spread, &worth),
                    Some(spread) => Cell::Certain(worth.of(spread.ends().0)),
                    None => Cell::Certain(worth.of(*x)),
                };
            }
        }
        values
    }

    fn spread_cell(&mut self, spread: &Spread, worth: &Worth) -> Cell {
        let (low, high) = spread.ends();
        let (start, end) = (worth.of(low), worth.of(high));
        let draw = match spread {
            Spread::Range { .. } if worth.is_straight((low, high)) => {
                Draw::Straight { start, width: end - start }
            }
            _ => Draw::Valued { spread: *spread, worth: worth.clone() },
        };
        self.draws.push(draw);
        self.places += 1;
        Cell::Drawn(self.places - 1)
    }

    fn level_column(&mut self, matrix: &Matrix, j: usize, levels: &[f64]) {
        let last = levels.len() - 1;
        let inner = last.saturating_sub(1);
        for (i, x) in matrix.column(j).iter().enumerate() {
            let level = levels.iter().position(|level| level >= x).unwrap_or(last);
            let rank = if matrix.columns()[j].direction == Direction::Cost { last - level } else { level };
            self.cells[i * self.criteria + j] = match rank {
                0 => Cell::Certain(0.0),
                rank if rank == last => Cell::Certain(1.0),
                rank => Cell::Drawn(self.places + rank - 1),
            };
        }
        if inner > 0 {
            self.draws.push(Draw::Levels { count: inner, network: network(inner) });
            self.places += inner;
        }
    }

    /// The cells, a row for each alternative.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunks_exact(self.criteria)
    }

    /// How many places are drawn for.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// Alternatives that are the same in every cell, together.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let rows: Vec<&[Cell]> = self.rows().collect();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| rows[*first] == *row)) {
                Some(group) => group.push(i),
                None => groups.push(vec![i]),
            }
        }
        groups
    }

    /// Draws for every place, a number for each lane. `scratch` has a row for each place.
    pub(super) fn fill(&self, random: &mut Random, scratch: &mut [[f32; LANES]], drawn: &mut [[f64; LANES]]) {
        let mut place = 0;
        for draw in &self.draws {
            match draw {
                Draw::Straight { start, width } => {
                    let uniform = random.uniform();
                    for lane in 0..LANES {
                        drawn[place][lane] = start + width * middle(uniform[lane], 0);
                    }
                    place += 1;
                }
                Draw::Valued { spread, worth } => {
                    let uniform = random.uniform();
                    for lane in 0..LANES {
                        drawn[place][lane] = worth.of(spread.quantile(middle(uniform[lane], 0)));
                    }
                    place += 1;
                }
                Draw::Levels { count, network } => {
                    let inner = &mut scratch[..*count];
                    inner.iter_mut().for_each(|level| *level = random.uniform());
                    sort(network, inner);
                    for (drawn, level) in drawn[place..].iter_mut().zip(inner.iter()) {
                        *drawn = level.map(|worth| middle(worth, 0));
                    }
                    place += count;
                }
            }
        }
    }
}

/// What the values of a criterion are worth: by its function, or between the ends of all that is known of it.
fn worth(matrix: &Matrix, j: usize, spreads: &[Option<Spread>]) -> Worth {
    let column = &matrix.columns()[j];
    if let Some(function) = &column.worth {
        return Worth::Function(function.clone());
    }
    let criteria = matrix.columns().len();
    let known = matrix.column(j).iter().enumerate();
    let ends = known.map(|(i, x)| spreads[i * criteria + j].map_or((*x, *x), |spread| spread.ends()));
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = ends.fold(start, |(low, high), end| (low.min(end.0), high.max(end.1)));
    match column.direction {
        Direction::Benefit => Worth::Between { worst: low, best: high },
        Direction::Cost => Worth::Between { worst: high, best: low },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_has_its_quantiles() {
        let even = Spread::Triangular { low: 0.0, mode: 1.0, high: 2.0 };
        for (share, value) in [(0.0, 0.0), (0.125, 0.5), (0.5, 1.0), (0.875, 1.5), (1.0, 2.0)] {
            assert!((even.quantile(share) - value).abs() < 1e-12, "{share}");
        }
        let steep = Spread::Triangular { low: 1.0, mode: 1.0, high: 5.0 };
        assert!((steep.quantile(0.75) - 3.0).abs() < 1e-12);
        let other = Spread::Triangular { low: 1.0, mode: 5.0, high: 5.0 };
        assert!((other.quantile(0.25) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_widest_column_has_a_worth() {
        let widest = Worth::Between { worst: f64::MAX, best: -f64::MAX };
        assert!((widest.of(0.0) - 0.5).abs() < 1e-12);
        assert!((Worth::Between { worst: 3.0, best: 3.0 }.of(3.0) - 1.0).abs() < 1e-12);
    }
}
