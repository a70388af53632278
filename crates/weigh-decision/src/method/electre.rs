//! ELECTRE I: who outranks whom, and the kernel that is left.

use super::{Better, Chosen, Input, Measure, Method, Outcome, Parameters, Refused, SAME, Takes, parameters};
use crate::matrix::Matrix;

/// `a` outranks `b` if the criteria by which `a` is at least as good weigh `p` or more (concordance), if no criterion speaks
/// against it by more than `q` of the widest range among all criteria (discordance), and if `b` is by no criterion better
/// by more than its veto. The values are compared as they are, so that discordance takes all criteria to be in one unit;
/// asked for a normalisation, it compares normalised values. Vetoes are in the criteria's own units either way. A
/// criterion of weight 0 is left out. What reaches a bound but for the rounding reaches it.
///
/// The kernel is the set of which no member outranks another and whose members outrank all others. It is built from above:
/// in is what only others outrank that are out, out is what a member outranks; where only circles are left, the uppermost
/// ones are in as a whole, their members being taken as indifferent. So there is always exactly one kernel, and what is
/// dominated is never in it without its dominator. The score is 2 for what no other outranks (or only its own circle),
/// 1 for what else is in the kernel, 0 for what is not.
pub(super) const ELECTRE: Method = Method {
    id: "electre-1",
    title: "ELECTRE I",
    summary: "the kernel of what is not outranked: 2 outranked by none, 1 else in the kernel, 0 not in it",
    source: "Roy, Classement et choix en présence de points de vue multiples (la méthode ELECTRE), RIRO 2 (1968)",
    better: Better::Higher,
    takes: Takes::RawUnlessAsked,
    additive: false,
    scale_invariant: false,
    run,
};

/// Ranges that differ by more than this are hardly in one unit.
const ONE_UNIT: f64 = 10.0;

/// Who outranks whom by ELECTRE I, a row for each alternative `a`, a place in it for each `b`.
#[derive(Clone, Debug, PartialEq)]
pub struct Outranking {
    /// The weight of the criteria by which `a` is at least as good as `b`, 0 to 1; 1 for itself.
    pub concordance: Vec<Vec<f64>>,
    /// How far `a` falls short of `b` at most, as a share of the widest range, 0 to 1; 0 for itself.
    pub discordance: Vec<Vec<f64>>,
    /// Whether `a` outranks `b`; none outranks itself.
    pub outranks: Vec<Vec<bool>>,
}

impl Outranking {
    /// Who outranks whom, by the values as they are unless the parameters ask for a normalisation.
    ///
    /// # Errors
    /// Parameters and thresholds out of bounds, and cells that the normalisation can't take.
    ///
    /// ```
    /// use weigh_decision::{Column, Matrix, Outranking, Parameters};
    /// let columns = vec![Column::benefit("ease", 3.0), Column::benefit("speed", 1.0)];
    /// let rows = [vec![5.0, 3.0], vec![2.0, 4.0]];
    /// let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let found = Outranking::of(&matrix, &Parameters::default()).unwrap();
    /// assert_eq!(found.concordance[0][1], 0.75);
    /// assert!(found.outranks[0][1] && !found.outranks[1][0]);
    /// ```
    pub fn of(matrix: &Matrix, parameters: &Parameters) -> Result<Outranking, Refused> {
        parameters::check(ELECTRE.id, parameters)?;
        let normalised = match parameters.normalisation {
            Some(normalisation) => normalisation.apply(matrix)?,
            None => Vec::new(),
        };
        outranking(&Input::of(matrix, &normalised, parameters))
    }
}

fn outranking(input: &Input<'_>) -> Result<Outranking, Refused> {
    let matrix = input.matrix;
    let thresholds = parameters::thresholds(ELECTRE.id, matrix)?;
    let height = matrix.alternatives().len();
    let mut concordance = vec![vec![0.0; height]; height];
    let mut discordance = vec![vec![0.0f64; height]; height];
    let mut vetoed = vec![vec![false; height]; height];
    let widest = ranges(input).into_iter().fold(0.0, f64::max);
    for (j, weight) in matrix.weights().iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        let (column, own, values) = (&matrix.columns()[j], matrix.column(j), oriented(input, j));
        for a in 0..height {
            for b in 0..height {
                let short = values[b] - values[a];
                if short > 0.0 {
                    discordance[a][b] = discordance[a][b].max(short / widest);
                } else {
                    concordance[a][b] += weight;
                }
                let ahead = column.advantage(own[b], own[a]);
                vetoed[a][b] |= thresholds[j].veto.is_some_and(|veto| ahead > veto);
            }
        }
    }
    let (p, q) = (input.parameters.electre_concordance, input.parameters.electre_discordance);
    let outranks = |a: usize, b: usize| {
        a != b && concordance[a][b] >= p - SAME && discordance[a][b] <= q + SAME && !vetoed[a][b]
    };
    let outranks = (0..height).map(|a| (0..height).map(|b| outranks(a, b)).collect()).collect();
    Ok(Outranking { concordance, discordance, outranks })
}

/// The values that are compared, more being better, halved so that no difference is beyond every number.
fn oriented(input: &Input<'_>, j: usize) -> Vec<f64> {
    let height = input.matrix.alternatives().len();
    match input.normalised.get(j * height..(j + 1) * height) {
        Some(normalised) => normalised.iter().map(|x| x / 2.0).collect(),
        None => {
            let column = &input.matrix.columns()[j];
            input.matrix.column(j).iter().map(|x| column.advantage(x / 2.0, 0.0)).collect()
        }
    }
}

/// The range of each criterion that weighs, halved.
fn ranges(input: &Input<'_>) -> Vec<f64> {
    let weighed = input.matrix.weights().iter().enumerate().filter(|(_, weight)| **weight > 0.0);
    weighed
        .map(|(j, _)| {
            let values = oriented(input, j);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            high - values.iter().copied().fold(f64::INFINITY, f64::min)
        })
        .collect()
}

/// Those that no circle but their own outranks, and the kernel; a place for each alternative.
fn kernel(outranks: &[Vec<bool>]) -> (Vec<bool>, Vec<bool>) {
    let height = outranks.len();
    let free = top_circles(outranks, &vec![true; height]);
    let mut member: Vec<Option<bool>> = vec![None; height];
    while member.contains(&None) {
        let by = |b: usize, known: Option<bool>, member: &[Option<bool>]| {
            (0..height).filter(|a| outranks[*a][b]).any(|a| member[a] == known)
        };
        let open: Vec<usize> = (0..height).filter(|at| member[*at].is_none()).collect();
        for b in &open {
            if by(*b, Some(true), &member) {
                member[*b] = Some(false);
            } else if !by(*b, None, &member) {
                member[*b] = Some(true);
            }
        }
        if open.iter().all(|at| member[*at].is_none()) {
            // Only circles are left, and what lies below them: the uppermost are taken.
            let among: Vec<bool> = member.iter().map(Option::is_none).collect();
            for (known, top) in member.iter_mut().zip(top_circles(outranks, &among)) {
                *known = if top { Some(true) } else { *known };
            }
        }
    }
    (free, member.into_iter().map(|known| known == Some(true)).collect())
}

/// Which alternatives of some are outranked by none of them, or by their own circle only, all of which is.
fn top_circles(outranks: &[Vec<bool>], among: &[bool]) -> Vec<bool> {
    let within = |a: usize, b: usize| outranks[a][b] && among[a] && among[b];
    let height = outranks.len();
    let mut reaches: Vec<Vec<bool>> =
        (0..height).map(|a| (0..height).map(|b| within(a, b)).collect()).collect();
    for by in 0..height {
        let onward = reaches[by].clone();
        for row in reaches.iter_mut().filter(|row| row[by]) {
            row.iter_mut().zip(&onward).for_each(|(known, new)| *known |= new);
        }
    }
    (0..height).map(|b| among[b] && (0..height).all(|a| !reaches[a][b] || reaches[b][a])).collect()
}

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let found = outranking(input)?;
    let (free, member) = kernel(&found.outranks);
    let height = free.len();
    let count = |holds: &dyn Fn(usize) -> bool| (0..height).filter(|at| holds(*at)).count() as f64;
    let outranks = (0..height).map(|a| count(&|b| found.outranks[a][b])).collect();
    let outranked = (0..height).map(|b| count(&|a| found.outranks[a][b])).collect();
    let scores = free.iter().zip(&member).map(|(free, member)| match (free, member) {
        (true, _) => 2.0,
        (false, true) => 1.0,
        (false, false) => 0.0,
    });
    let members: Vec<usize> = (0..height).filter(|at| member[*at]).collect();
    let why = format!(
        "the other {} of {height} are each outranked by a member, with a concordance of {} or more and a discordance of at most {}",
        height - members.len(),
        input.parameters.electre_concordance,
        input.parameters.electre_discordance
    );
    let widths = ranges(input);
    let widest = widths.iter().copied().fold(0.0, f64::max);
    let mut notes = Vec::new();
    if input.normalised.is_empty() && widths.iter().any(|range| *range > 0.0 && *range < widest / ONE_UNIT) {
        notes.push("discordance takes all criteria to be in one unit, and their ranges differ by more than ten times: ask for a normalisation".to_owned());
    }
    Ok(Outcome {
        scores: scores.collect(),
        measures: vec![
            Measure { name: "outranks", values: outranks },
            Measure { name: "outranked by", values: outranked },
        ],
        chosen: Some(Chosen { name: "kernel", members, why }),
        notes,
        ..Outcome::default()
    })
}

#[cfg(test)]
mod tests {
    use super::kernel;

    /// Who outranks whom by pairs of places, and the kernel.
    #[test]
    fn kernels() {
        type Case = (&'static str, usize, &'static [(usize, usize)], &'static [usize], &'static [usize]);
        let cases: [Case; 7] = [
            ("none outranks another", 3, &[], &[0, 1, 2], &[0, 1, 2]),
            ("a chain: the third is outranked by the second only", 3, &[(0, 1), (1, 2)], &[0], &[0, 2]),
            ("a circle is one", 3, &[(0, 1), (1, 2), (2, 0)], &[0, 1, 2], &[0, 1, 2]),
            ("a circle outranks the first", 3, &[(1, 2), (2, 1), (1, 0), (2, 0)], &[1, 2], &[1, 2]),
            ("a circle below one that outranks a part of it", 3, &[(2, 0), (0, 1), (1, 0)], &[2], &[1, 2]),
            ("two circles", 5, &[(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2)], &[0, 1], &[0, 1, 3]),
            ("a circle below what is out", 4, &[(3, 2), (2, 0), (0, 1), (1, 0)], &[3], &[0, 1, 3]),
        ];
        for (what, height, pairs, free, members) in cases {
            let row = |a: usize| (0..height).map(|b| pairs.contains(&(a, b))).collect();
            let found = kernel(&(0..height).map(row).collect::<Vec<Vec<bool>>>());
            let places = |of: &[bool]| (0..height).filter(|at| of[*at]).collect::<Vec<usize>>();
            assert_eq!((places(&found.0), places(&found.1)), (free.to_vec(), members.to_vec()), "{what}");
        }
    }
}
