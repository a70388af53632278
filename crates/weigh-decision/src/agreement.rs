//! What the other methods and normalisations make of the same matrix, and how much rankings agree.

use crate::matrix::Matrix;
use crate::method::{METHODS, Method, Parameters, Ranking, Refused, Takes};
use crate::normalisation::NORMALISATIONS;

/// A matrix seen by one method and one normalisation.
#[derive(Clone)]
pub struct View {
    /// The method.
    pub method: &'static Method,
    /// The normalisation's id; nothing where the method takes values raw.
    pub normalisation: Option<&'static str>,
    /// Whether the normalisation is the one that the method takes unless another is asked for.
    pub usual: bool,
    /// Its ranking, or why it has none.
    pub outcome: Result<Ranking, Refused>,
}

impl View {
    /// Whether who is first here is first there too. Nothing where there is no ranking, and where it is undecided: those that
    /// are first in it are first there and others beside them, or all are level.
    #[must_use]
    pub fn agrees(&self, primary: &Ranking) -> Option<bool> {
        let own = self.outcome.as_ref().ok()?;
        if own.ranks.len() > 1 && own.ranks.iter().all(|rank| *rank == 1) {
            return None;
        }
        let firsts = own.ranks.iter().zip(&primary.ranks).filter(|(own, _)| **own == 1);
        let (both, all) = (firsts.clone().filter(|(_, other)| **other == 1).count(), firsts.count());
        if both == 0 || both == all { Some(both > 0) } else { None }
    }
}

/// A ranking beside what all methods and normalisations say.
pub struct Agreement {
    /// The ranking that the others are held against.
    pub primary: Ranking,
    /// Every method with its usual normalisation, then with each other one that there is, in the order of the tables;
    /// the primary one is among them.
    pub views: Vec<View>,
}

/// Ranks a matrix by every method and every normalisation.
///
/// # Errors
/// The primary method can't take the matrix.
///
/// ```
/// use weigh_decision::agreement::agreement;
/// use weigh_decision::{Column, Matrix, Method, Parameters};
/// let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
/// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]];
/// let matrix = Matrix::new(["bus", "train", "coach"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let all = agreement(&matrix, Method::find("weighted-sum").unwrap(), &Parameters::default()).unwrap();
/// assert!(all.agreeing().contains(&"TOPSIS".to_owned()));
/// let fixed = all.refused().find(|(view, _)| view.normalisation == Some("fixed")).unwrap();
/// assert!(fixed.1.to_string().starts_with("fixed: price has no stated ends"));
/// ```
pub fn agreement(matrix: &Matrix, method: &Method, parameters: &Parameters) -> Result<Agreement, Refused> {
    let primary = method.rank(matrix, parameters)?;
    let mut views = Vec::new();
    for method in METHODS {
        let own = Parameters { normalisation: None, ..*parameters };
        let usual = method.normalisation(matrix, &own);
        let outcome = method.rank(matrix, &own);
        views.push(View { method, normalisation: usual.map(|known| known.id), usual: true, outcome });
        if method.takes == Takes::Raw {
            continue;
        }
        for other in NORMALISATIONS.iter().filter(|other| Some(other.id) != usual.map(|known| known.id)) {
            let asked = Parameters { normalisation: Some(other), ..*parameters };
            let outcome = method.rank(matrix, &asked);
            views.push(View { method, normalisation: Some(other.id), usual: false, outcome });
        }
    }
    Ok(Agreement { primary, views })
}

impl Agreement {
    /// The views other than the primary one that have a ranking and are not undecided, each with whether it agrees.
    pub fn others(&self) -> impl Iterator<Item = (&View, bool)> {
        let other = |view: &&View| !self.is_primary(view);
        self.views.iter().filter(other).filter_map(|view| Some((view, view.agrees(&self.primary)?)))
    }

    /// The views other than the primary one that have a ranking and are undecided.
    pub fn undecided(&self) -> impl Iterator<Item = &View> {
        let undecided = |view: &&View| view.outcome.is_ok() && view.agrees(&self.primary).is_none();
        self.views.iter().filter(|view| !self.is_primary(view)).filter(undecided)
    }

    /// The views that have no ranking, each with why.
    pub fn refused(&self) -> impl Iterator<Item = (&View, &Refused)> {
        self.views.iter().filter_map(|view| Some((view, view.outcome.as_ref().err()?)))
    }

    /// How many of the other views that have a ranking and are not undecided agree, and how many there are.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (self.others().filter(|(_, agrees)| *agrees).count(), self.others().count())
    }

    /// The names of those that agree, for a sentence: other methods as they are usually run, by title, and the primary
    /// method with other normalisations, by the normalisation.
    #[must_use]
    pub fn agreeing(&self) -> Vec<String> {
        self.named(true)
    }

    /// The names of those that don't.
    #[must_use]
    pub fn differing(&self) -> Vec<String> {
        self.named(false)
    }

    fn named(&self, wanted: bool) -> Vec<String> {
        let told = self.others().filter(|(_, agrees)| *agrees == wanted).filter_map(|(view, _)| {
            let same_method = view.method.id == self.primary.method;
            match (same_method, view.usual) {
                (true, _) => view.normalisation.map(str::to_owned),
                (false, true) => Some(view.method.title.to_owned()),
                (false, false) => None,
            }
        });
        told.collect()
    }

    fn is_primary(&self, view: &View) -> bool {
        view.method.id == self.primary.method && view.normalisation == self.primary.normalisation
    }
}

/// Kendall's τ-b of two rankings of the same alternatives: 1 for the same order, −1 for the reverse. Pairs that are level
/// in one ranking only count for neither: `τ = (C − D) / √((n₀ − n₁)(n₀ − n₂))`, `n₀` being all pairs, `n₁` and `n₂` those
/// that are level in either (Kendall, The Treatment of Ties in Ranking Problems, Biometrika 33, 1945). Nothing where one
/// of the two ranks all alike, or their lengths differ.
///
/// ```
/// use weigh_decision::agreement::kendall_tau;
/// assert_eq!(kendall_tau(&[1, 2, 3], &[1, 2, 3]), Some(1.0));
/// assert_eq!(kendall_tau(&[1, 2, 3], &[3, 2, 1]), Some(-1.0));
/// assert_eq!(kendall_tau(&[1, 1, 1], &[1, 2, 3]), None);
/// ```
#[must_use]
pub fn kendall_tau(a: &[usize], b: &[usize]) -> Option<f64> {
    if a.len() != b.len() {
        return None;
    }
    let (mut balance, mut apart_in_a, mut apart_in_b) = (0i64, 0i64, 0i64);
    for first in 0..a.len() {
        for second in first + 1..a.len() {
            let order = |ranks: &[usize]| match ranks[first].cmp(&ranks[second]) {
                std::cmp::Ordering::Less => 1i64,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => -1,
            };
            let (in_a, in_b) = (order(a), order(b));
            balance += in_a * in_b;
            apart_in_a += in_a.abs();
            apart_in_b += in_b.abs();
        }
    }
    let pairs = libm::sqrt(apart_in_a as f64 * apart_in_b as f64);
    (pairs > 0.0).then(|| (balance as f64 / pairs).clamp(-1.0, 1.0))
}

/// Spearman's ρ of two rankings of the same alternatives: the correlation of their ranks, where alternatives that are
/// level share the mean of the places that they take. Nothing where one of the two ranks all alike, or their lengths
/// differ.
///
/// ```
/// use weigh_decision::agreement::spearman_rho;
/// assert_eq!(spearman_rho(&[1, 2, 3], &[1, 3, 2]), Some(0.5));
/// ```
#[must_use]
pub fn spearman_rho(a: &[usize], b: &[usize]) -> Option<f64> {
    if a.len() != b.len() {
        return None;
    }
    // Ranks from the mean rank, doubled, so that all sums are exact.
    let centred = |ranks: &[usize]| -> Vec<f64> {
        let place = |own: &usize| {
            let before = ranks.iter().filter(|other| *other < own).count();
            let after = ranks.iter().filter(|other| *other > own).count();
            before as f64 - after as f64
        };
        ranks.iter().map(place).collect()
    };
    let (a, b) = (centred(a), centred(b));
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let spread = libm::sqrt(product(&a, &a) * product(&b, &b));
    (spread > 0.0).then(|| (product(&a, &b) / spread).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_for_neither_side() {
        // Of six pairs one is level in each; four agree and one differs... by hand: C = 4, D = 0, n1 = 1, n2 = 1.
        let tau = kendall_tau(&[1, 2, 2, 4], &[1, 2, 3, 3]).unwrap();
        assert!((tau - 4.0 / 5.0).abs() < 1e-12, "{tau}");
        // Mean ranks 1, 2.5, 2.5, 4 and 1, 2, 3.5, 3.5: 3.75 / (√4.5 · √4.5).
        let rho = spearman_rho(&[1, 2, 2, 4], &[1, 2, 3, 3]).unwrap();
        assert!((rho - 3.75 / 4.5).abs() < 1e-12, "{rho}");
    }

    #[test]
    fn what_cannot_be_compared_has_no_correlation() {
        assert_eq!(kendall_tau(&[1], &[1]), None);
        assert_eq!(kendall_tau(&[1, 2], &[1]), None);
        assert_eq!(spearman_rho(&[1, 1], &[1, 2]), None);
        assert_eq!(spearman_rho(&[], &[]), None);
    }
}
