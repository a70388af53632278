//! A matrix file ranked: needs first, then a method; and what its own source says of the winner.

use super::{Alternative, CannotRank, Coherence, Criterion, MatrixFile, Measure};
use crate::data::nearest;
use crate::decision::firmness::Firmness;
use crate::decision::smaa::Sampling;
use crate::decision::weights::NoWeights;
use crate::decision::{Column, Matrix, Method, Need, Parameters, Ranking, meeting};

/// How a matrix is to be ranked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'static Method,
    /// What the method is told beside the matrix.
    pub parameters: Parameters,
    /// Weights of some criteria in place of the file's, by name; the others share what is left to 1.
    pub weights: &'a [(String, f64)],
    /// How weights and values are drawn that are not known.
    pub sampling: Sampling,
    /// Whether it is asked how firm the ranking is of however many alternatives; else of [`FIRMNESS_MOST`] at most.
    pub robustness: bool,
}

/// More alternatives than this are asked how firm their ranking is only where that is wanted: each is held against each, many
/// times.
pub const FIRMNESS_MOST: usize = 60;

impl Asked<'_> {
    /// Another method with all else as it is by default.
    #[must_use]
    pub fn by(method: &'static Method) -> Asked<'static> {
        Asked {
            method,
            parameters: Parameters::default(),
            weights: &[],
            sampling: Sampling::default(),
            robustness: false,
        }
    }
}

/// A ranked matrix.
pub struct Ranked {
    /// The alternatives that meet the needs, and what they are ranked by; nothing where none does.
    pub ranking: Option<(Matrix, Ranking)>,
    /// The places of those alternatives in the file.
    pub places: Vec<usize>,
    /// The alternatives that fail a need, by their place in the file.
    pub vetoed: Vec<Vetoed>,
    /// How firm the ranking is, or why that can't be told; nothing where nobody is ranked.
    pub firmness: Option<Result<Firmness, String>>,
    /// The weights as shares of 1.
    pub weights: Vec<f64>,
    /// Where they come from.
    pub weights_from: String,
    /// How well the file's comparisons agree; nothing where the weights come from none.
    pub coherence: Option<Coherence>,
    /// Who is first by what each stated winner speaks of, by their place in the file; empty where nobody can be.
    pub first: Vec<Vec<usize>>,
    /// What a reader should know of the values.
    pub notes: Vec<String>,
}

/// An alternative that fails needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vetoed {
    /// Its place in the file.
    pub place: usize,
    /// The needs that it fails, in words.
    pub why: Vec<String>,
}

impl MatrixFile {
    /// Ranks the alternatives that meet all needs.
    ///
    /// # Errors
    /// A weight for a criterion that there is not, comparisons that give no weights, and what the method can't take.
    ///
    /// ```
    /// use weigh_core::decision::Method;
    /// use weigh_core::matrix_file::{Asked, MatrixFile, MatrixFormat};
    /// let text = "alternative,price,comfort\ndirection,cost,benefit\nat_most,55,\nbus,20,2\ntrain,50,5\ntaxi,60,5\n";
    /// let file = MatrixFile::parse(text, MatrixFormat::Csv).unwrap();
    /// let ranked = file.rank(&Asked::by(Method::find("weighted-sum").unwrap())).unwrap();
    /// assert_eq!(ranked.vetoed[0].why, ["price is 60, needed is at most 55"]);
    /// let (_, ranking) = ranked.ranking.unwrap();
    /// assert_eq!(ranking.ranks, [1, 1]);
    /// ```
    pub fn rank(&self, asked: &Asked<'_>) -> Result<Ranked, CannotRank> {
        asked.method.check_normalisation(&asked.parameters).map_err(|refused| CannotRank {
            message: format!("--normalisation: {refused}"),
            remedy: "the method without --normalisation, or another method".to_owned(),
            span: None,
        })?;
        let (weights, weights_from, coherence) = self.weighed(asked.weights)?;
        let mut ranked = Ranked {
            ranking: None,
            places: Vec::new(),
            vetoed: Vec::new(),
            firmness: None,
            weights,
            weights_from,
            coherence,
            first: vec![Vec::new(); self.winners.len()],
            notes: Vec::new(),
        };
        let all: Vec<usize> = (0..self.alternatives.len()).collect();
        let whole = self.matrix(&all, &ranked.weights)?;
        let needs: Vec<Need> = self.criteria.iter().flat_map(Criterion::needs).collect();
        let met = meeting(&whole, &needs).map_err(|unknown| unknown.to_string())?;
        for (place, failed) in met.failed.iter().enumerate() {
            let why: Vec<String> = failed
                .iter()
                .filter_map(|need| self.failed(needs.get(*need)?, self.alternatives.get(place)?))
                .collect();
            match why.is_empty() {
                true => ranked.places.push(place),
                false => ranked.vetoed.push(Vetoed { place, why }),
            }
        }
        let Some(matrix) = met.kept else { return Ok(ranked) };
        ranked.notes = self.told(&ranked, asked);
        let ranking = asked.method.rank(&matrix, &asked.parameters);
        let ranking = ranking.map_err(|refused| self.refused(&refused, asked))?;
        if asked.robustness || ranked.places.len() <= FIRMNESS_MOST {
            ranked.firmness = Some(self.firmness(&matrix, &ranked.places, asked));
        } else {
            ranked.notes.push(format!(
                "How firm the ranking of more than {FIRMNESS_MOST} alternatives is takes longer to tell: --robustness asks."
            ));
        }
        for (first, winner) in ranked.first.iter_mut().zip(&self.winners) {
            let ranks = match winner.criteria.as_slice() {
                [] => Some(ranking.ranks.clone()),
                only => {
                    let part = self.part(only).matrix(&ranked.places, &part_of(&ranked.weights, only));
                    let read =
                        part.ok().and_then(|matrix| asked.method.rank(&matrix, &asked.parameters).ok());
                    read.map(|ranking| ranking.ranks)
                }
            };
            let ranks = ranks.unwrap_or_default();
            *first =
                ranks.iter().zip(&ranked.places).filter(|(rank, _)| **rank == 1).map(|(_, at)| *at).collect();
        }
        ranked.ranking = Some((matrix, ranking));
        Ok(ranked)
    }

    /// A need that an alternative fails, in words; a value that is not sure is held against it as it is expected.
    fn failed(&self, need: &Need, alternative: &Alternative) -> Option<String> {
        let place = self.criteria.iter().position(|criterion| criterion.name == need.criterion)?;
        let (criterion, value) = (self.criteria.get(place)?, alternative.values.get(place)?);
        let (side, bound) = match (need.at_least, need.at_most) {
            (Some(least), _) => ("at least", least),
            (None, most) => ("at most", most?),
        };
        let (is, needed) = (criterion.shown(value.spread.expected()), criterion.shown(bound));
        Some(format!("{} is {is}, needed is {side} {needed}", criterion.name))
    }

    /// How firm the ranking is, or why that can't be told.
    fn firmness(&self, matrix: &Matrix, places: &[usize], asked: &Asked<'_>) -> Result<Firmness, String> {
        let firmness = Firmness::of(matrix, asked.method, &asked.parameters, &self.ends(places));
        let firmness = firmness.map_err(|why| why.to_string())?;
        let found = self.acceptability(matrix, places, asked);
        let (found, drawn) = found.map_err(|refused| refused.to_string())?;
        Ok(firmness.with_acceptability(found, drawn, matrix))
    }

    /// The least and the largest that each value may be; empty where all values are known.
    fn ends(&self, places: &[usize]) -> Vec<Vec<(f64, f64)>> {
        let chosen = places.iter().filter_map(|place| self.alternatives.get(*place));
        let rows: Vec<Vec<(f64, f64)>> =
            chosen.map(|each| each.values.iter().map(|value| value.spread.ends()).collect()).collect();
        if rows.iter().flatten().all(|(low, high)| low >= high) { Vec::new() } else { rows }
    }

    /// The same matrix with some of its criteria alone.
    fn part(&self, criteria: &[usize]) -> MatrixFile {
        let mut part = self.clone();
        part.criteria = part_of(&self.criteria, criteria);
        for alternative in &mut part.alternatives {
            alternative.values = part_of(&alternative.values, criteria);
        }
        part
    }

    /// The matrix of some alternatives with these weights; uncertain values stand at what is expected.
    ///
    /// # Errors
    /// Why there is none.
    pub fn matrix(&self, places: &[usize], weights: &[f64]) -> Result<Matrix, String> {
        let chosen = || places.iter().filter_map(|place| self.alternatives.get(*place));
        let columns: Vec<Column> =
            self.criteria.iter().zip(weights).map(|(criterion, weight)| criterion.column(*weight)).collect();
        let rows: Vec<Vec<f64>> =
            chosen().map(|each| each.values.iter().map(|value| value.spread.expected()).collect()).collect();
        let names = chosen().map(|each| each.name.clone()).collect();
        Matrix::new(names, columns, &rows).map_err(|why| why.to_string())
    }

    /// The weights with those that are asked for, where they come from, and how well the comparisons agree behind them.
    fn weighed(&self, asked: &[(String, f64)]) -> Result<(Vec<f64>, String, Option<Coherence>), String> {
        let (own, coherence) = self.weights_found().map_err(|NoWeights(why)| why)?;
        if asked.is_empty() {
            return Ok((own, self.weights_from(), coherence));
        }
        let mut stated: Vec<Option<f64>> = vec![None; own.len()];
        for (name, weight) in asked {
            let folded = name.to_lowercase();
            let place = self.criteria.iter().position(|criterion| criterion.name.to_lowercase() == folded);
            let Some(place) = place else { return Err(self.no_criterion(name)) };
            if stated[place].is_some() {
                return Err(format!("two weights for {}", self.criteria[place].name));
            }
            stated[place] = Some(*weight);
        }
        let sum: f64 = stated.iter().flatten().sum();
        let others: f64 =
            own.iter().zip(&stated).filter(|(_, stated)| stated.is_none()).map(|(own, _)| own).sum();
        let rest = if others > 0.0 { (1.0 - sum).max(0.0) / others } else { 0.0 };
        let weights: Vec<f64> =
            own.iter().zip(&stated).map(|(own, stated)| stated.unwrap_or(own * rest)).collect();
        let total: f64 = weights.iter().sum();
        if total <= 0.0 || !total.is_finite() {
            return Err("the weights add up to 0: at least one is above 0".to_owned());
        }
        let shares = weights.iter().map(|weight| weight / total).collect();
        Ok((shares, "those that were asked for".to_owned(), None))
    }

    fn no_criterion(&self, name: &str) -> String {
        let known: Vec<&str> = self.criteria.iter().map(|criterion| criterion.name.as_str()).collect();
        let meant = nearest(name, known.iter().copied());
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        format!("the matrix has no criterion `{name}`; it has {}{meant}", known.join(", "))
    }
}

fn part_of<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| all.get(*place).cloned()).collect()
}

impl Criterion {
    /// The ends of its scale, the lower one first.
    pub(super) fn scale_ends(&self) -> Option<(f64, f64)> {
        let column = self.column(1.0);
        let scale = column.scale()?;
        Some((scale.best().min(scale.worst()), scale.best().max(scale.worst())))
    }

    /// Its needs, in the order of the file's keys.
    fn needs(&self) -> Vec<Need> {
        let least = self.at_least.map(|least| Need::at_least(&self.name, least));
        let most = self.at_most.map(|most| Need::at_most(&self.name, most));
        least.into_iter().chain(most).collect()
    }

    /// Whether its values are stars.
    #[must_use]
    pub fn is_stars(&self) -> bool {
        self.measure == Measure::Stars
    }
}
