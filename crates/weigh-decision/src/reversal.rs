//! Rank reversal: whether an alternative that is dropped, or one that nobody would choose, turns the order of the others.
//!
//! The value of an alternative should not hang on which others are listed. With fixed value functions it doesn't; where
//! values are scaled by the alternatives themselves, or alternatives are held against each other, it may (Belton and
//! Gear, On a Short-Coming of Saaty's Method of Analytic Hierarchies, Omega 11, 1983).

use crate::matrix::{Direction, Matrix};
use crate::method::{Method, Parameters, Ranking, Refused};
use crate::sensitivity::affordable;

/// What was done to the list of alternatives.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// This one was dropped.
    Dropped(usize),
    /// One was added that is a bit worse than this one at every criterion, by a hundredth of the criterion's width.
    AddedWorse(usize),
    /// One was added like this one, but worse than all at one criterion, by twice the criterion's width.
    AddedFar {
        /// Whose copy it is.
        of: usize,
        /// The criterion at which it is far worse.
        criterion: usize,
    },
    /// A stated one was added.
    Added(String),
}

impl Change {
    /// What was done, in words.
    ///
    /// ```
    /// use weigh_decision::reversal::Change;
    /// use weigh_decision::{Column, Matrix};
    /// let names = vec!["a".to_owned(), "b".to_owned()];
    /// let matrix = Matrix::new(names, vec![Column::cost("price", 1.0)], &[vec![1.0], vec![2.0]]).unwrap();
    /// assert_eq!(Change::Dropped(1).describe(&matrix), "without b");
    /// ```
    #[must_use]
    pub fn describe(&self, matrix: &Matrix) -> String {
        let name = |at: &usize| matrix.alternatives().get(*at).map_or("", String::as_str);
        match self {
            Change::Dropped(at) => format!("without {}", name(at)),
            Change::AddedWorse(of) => {
                format!("with a copy of {} that is a bit worse at everything", name(of))
            }
            Change::AddedFar { of, criterion } => {
                let criterion =
                    matrix.columns().get(*criterion).map_or("", |column| column.criterion.as_str());
                format!("with a copy of {} that is far worse at {criterion}", name(of))
            }
            Change::Added(name) => format!("with {name}"),
        }
    }
}

/// What a change of the list did to the order of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversal {
    /// What was done.
    pub change: Change,
    /// Pairs whose order turned: who was ahead, and who is now. Those who were first and those who are come first; beside
    /// them there are at most [`TURNED_MOST`].
    pub turned: Vec<(usize, usize)>,
    /// How many pairs turned.
    pub turned_count: usize,
    /// Who of the others were first before.
    pub first_before: Vec<usize>,
    /// Who of them are first now; an added alternative may be ahead of them.
    pub first_after: Vec<usize>,
    /// The ranking after the change; a dropped alternative is missing in it, an added one is its last. From [`test()`] it comes
    /// without contributions and normalised values.
    pub after: Ranking,
}

impl Reversal {
    /// Whether no one who was first still is.
    #[must_use]
    pub fn turns_first(&self) -> bool {
        !self.first_before.iter().any(|at| self.first_after.contains(at))
    }
}

/// So many turned pairs are kept beside those of the first: they show what happened, and in a large matrix there can be
/// thousands. A choice.
pub const TURNED_MOST: usize = 10;

/// What the test of a method says.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// How many changes were made and ranked.
    pub changes: usize,
    /// Those that turned the order of a pair.
    pub reversals: Vec<Reversal>,
    /// The changes that the method could not rank, each with why.
    pub refused: Vec<(Change, Refused)>,
    /// How many changes were left out, since the matrix is large.
    pub left_out: usize,
}

impl Test {
    /// Those that turned who is first.
    pub fn of_the_first(&self) -> impl Iterator<Item = &Reversal> {
        self.reversals.iter().filter(|reversal| reversal.turns_first())
    }
}

/// Drops each alternative in turn, adds one a bit worse than each, and one like the leader but far worse at one criterion,
/// and says which of these turned the order of the others.
///
/// Values that are above 0 stay above 0 in what is added, and a column without a value below 0 gets none, since many
/// methods take no others. Where nothing can be made worse, nothing is added. Two that are level before or after
/// are no turned pair.
///
/// In a matrix so large that all this takes too long only the best alternatives are dropped and copied, as many as can be;
/// [`Test::left_out`] counts the rest.
///
/// # Errors
/// The method can't take the matrix itself.
///
/// ```
/// use weigh_decision::reversal::test;
/// use weigh_decision::{Column, Matrix, Method, Parameters};
/// let columns = vec![Column::benefit("speed", 1.0), Column::benefit("comfort", 1.0)];
/// let rows = [vec![9.0, 1.0], vec![1.0, 9.5], vec![5.0, 4.0]];
/// let matrix = Matrix::new(["a", "b", "c"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let found = test(&matrix, Method::find("weighted-sum").unwrap(), &Parameters::default()).unwrap();
/// assert!(found.changes > 6);
/// ```
pub fn test(matrix: &Matrix, method: &Method, parameters: &Parameters) -> Result<Test, Refused> {
    let before = method.rank(matrix, parameters)?;
    let height = matrix.alternatives().len();
    let leader = before.ranks.iter().position(|rank| *rank == 1).unwrap_or(0);
    let far = |criterion| Change::AddedFar { of: leader, criterion };
    let width = matrix.columns().len();
    let asked = asked(&before, affordable(method.effort(matrix)).saturating_sub(width) / 2);
    let changes = asked.iter().copied().map(Change::Dropped);
    let changes = changes.chain(asked.iter().copied().map(Change::AddedWorse));
    let changes = changes.chain((0..width).map(far));
    let left_out = 2 * (height - asked.len());
    let mut test = Test { changes: 0, reversals: Vec::new(), refused: Vec::new(), left_out };
    for change in changes {
        let Some(changed) = applied(matrix, &change) else { continue };
        match method.rank(&changed, parameters) {
            Ok(after) => {
                test.changes += 1;
                let mut reversal = compared(&before, after, change);
                // Large, and asked for by nobody.
                (reversal.after.contributions, reversal.after.normalised) = (Vec::new(), Vec::new());
                if !reversal.turned.is_empty() {
                    test.reversals.push(reversal);
                }
            }
            Err(why) => test.refused.push((change, why)),
        }
    }
    Ok(test)
}

/// The places of at most so many alternatives, of the best one at least, as they stand in the matrix.
fn asked(before: &Ranking, most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..before.ranks.len()).collect();
    places.sort_by_key(|at| before.ranks[*at]);
    places.truncate(most.max(1));
    places.sort_unstable();
    places
}

/// What a stated alternative does to the order of the others.
///
/// # Errors
/// The method can't take the matrix without or with it; a row that fits no matrix leaves it as it is.
pub fn added(
    matrix: &Matrix,
    method: &Method,
    parameters: &Parameters,
    name: &str,
    row: &[f64],
) -> Result<Reversal, Refused> {
    let before = method.rank(matrix, parameters)?;
    let changed = matrix.with_alternative(name, row).map_err(|why| Refused {
        method: method.id,
        alternative: Some(name.to_owned()),
        criterion: None,
        why: why.to_string(),
    })?;
    Ok(compared(&before, method.rank(&changed, parameters)?, Change::Added(name.to_owned())))
}

fn applied(matrix: &Matrix, change: &Change) -> Option<Matrix> {
    let worse = |of: usize, criterion: usize, share: f64, beyond_all: bool| {
        let (column, values) = (matrix.columns().get(criterion)?, matrix.column(criterion));
        worse_value(values, column.direction, *values.get(of)?, share, beyond_all)
    };
    let row = |of: usize| (0..matrix.columns().len()).map(move |at| matrix.column(at)[of]);
    match change {
        Change::Dropped(at) => {
            let others: Vec<usize> = (0..matrix.alternatives().len()).filter(|other| other != at).collect();
            matrix.keeping(&others)
        }
        Change::AddedWorse(of) => {
            let worse = row(*of).enumerate().map(|(at, value)| worse(*of, at, BIT, false).unwrap_or(value));
            let worse: Vec<f64> = worse.collect();
            let differs = row(*of).zip(&worse).any(|(value, worse)| (value - worse).abs() > 0.0);
            if differs { matrix.with_alternative("added", &worse).ok() } else { None }
        }
        Change::AddedFar { of, criterion } => {
            let mut changed: Vec<f64> = row(*of).collect();
            *changed.get_mut(*criterion)? = worse(*of, *criterion, FAR, true)?;
            matrix.with_alternative("added", &changed).ok()
        }
        Change::Added(_) => None,
    }
}

/// A value worse than one of a column, or than all of it, by a share of the column's width; nothing where there is none.
fn worse_value(
    values: &[f64],
    direction: Direction,
    value: f64,
    share: f64,
    beyond_all: bool,
) -> Option<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = match high - low {
        width if width > 0.0 => width,
        _ if value.abs() > 0.0 => value.abs(),
        _ => 1.0,
    };
    let worse = match direction {
        Direction::Cost => (if beyond_all { high } else { value }) + share * width,
        Direction::Benefit => {
            let from = if beyond_all { low } else { value };
            // Half of what is left, rather than 0 or less.
            if low >= 0.0 { (from - share * width).max(from / 2.0) } else { from - share * width }
        }
    };
    let is_worse = match direction {
        Direction::Cost => worse > value,
        Direction::Benefit => worse < value,
    };
    (worse.is_finite() && is_worse).then_some(worse)
}

/// By what share of a criterion's width something is a bit worse: too little to matter by itself. A convention.
const BIT: f64 = 0.01;

/// By what share of a criterion's width something is far worse: enough to stretch a scale that the alternatives make to
/// three times its width. A convention.
const FAR: f64 = 2.0;

/// What happened to the order of those that are there before and after.
fn compared(before: &Ranking, after: Ranking, change: Change) -> Reversal {
    let dropped = if let Change::Dropped(at) = change { Some(at) } else { None };
    let stay: Vec<usize> = (0..before.ranks.len()).filter(|at| Some(*at) != dropped).collect();
    let now = |at: usize| {
        let place = at - usize::from(dropped.is_some_and(|dropped| dropped < at));
        after.ranks.get(place).copied().unwrap_or(usize::MAX)
    };
    let first = |rank: &dyn Fn(usize) -> usize| -> Vec<usize> {
        let best = stay.iter().map(|at| rank(*at)).min();
        stay.iter().copied().filter(|at| Some(rank(*at)) == best).collect()
    };
    let (first_before, first_after) = (first(&|at| before.ranks[at]), first(&now));
    let pairs = stay.iter().flat_map(|a| stay.iter().map(move |b| (*a, *b)));
    let is_turned = |(a, b): &(usize, usize)| before.ranks[*a] < before.ranks[*b] && now(*a) > now(*b);
    let all: Vec<(usize, usize)> = pairs.filter(is_turned).collect();
    let of_first = |(a, b): &(usize, usize)| first_before.contains(a) && first_after.contains(b);
    let (mut turned, others): (Vec<_>, Vec<_>) = all.iter().copied().partition(of_first);
    turned.extend(others.into_iter().take(TURNED_MOST));
    Reversal { change, turned, turned_count: all.len(), first_before, first_after, after }
}
