//! What must hold of every flip, of any matrix and by every method.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use proptest::collection::vec;
use proptest::prelude::*;
use weigh_decision::agreement::agreement;
use weigh_decision::reversal::test;
use weigh_decision::sensitivity::{
    Ends, WeightStep, absolute_flips, lead_uncertainties, nearest_weights, one_weight_flips, tornado,
    value_flips, weight_spans, weight_tornado, with_one_weight,
};
use weigh_decision::verdict::Facts;
use weigh_decision::winners::winners;
use weigh_decision::{
    Column, Found, METHODS, Matrix, Method, NORMALISATIONS, Parameters, Piecewise, Ranking, Shape, Steps,
    Study, ValueFunction, ValueScale,
};

/// A criterion of each kind of value function, all of them over 1 to 100.
fn column(kind: usize, weight: f64) -> Column {
    let name = format!("c{kind}");
    let scale = |best, worst, shape| {
        Column::valued(&name, weight, ValueFunction::Scale(ValueScale::new(best, worst, shape).unwrap()))
    };
    match kind % 6 {
        0 => scale(1.0, 100.0, Shape::Linear),
        1 => scale(100.0, 1.0, Shape::Logarithmic),
        2 => scale(-100.0, 0.5, Shape::LogarithmicComplement),
        3 => {
            let points = vec![(5.0, 1.0), (20.0, 0.7), (60.0, 0.7), (90.0, 0.1)];
            Column::valued(&name, weight, ValueFunction::Piecewise(Piecewise::new(points).unwrap()))
        }
        4 => {
            let limits = vec![(1.0, 0.0), (30.0, 0.4), (70.0, 0.9)];
            Column::valued(&name, weight, ValueFunction::Steps(Steps::new(limits).unwrap()))
        }
        _ => scale(80.0, 10.0, Shape::Linear),
    }
}

prop_compose! {
    fn matrix()(height in 2usize..5, width in 2usize..5)(
        rows in vec(vec(1.0f64..100.0, width), height),
        weights in vec(0.05f64..1.0, width),
        kinds in vec(0usize..6, width),
        fixed in any::<bool>(),
    ) -> Matrix {
        let columns = kinds.iter().zip(&weights).map(|(kind, weight)| {
            let column = column(*kind, *weight);
            if fixed { column } else { Column { worth: None, ..column } }
        });
        let names = (0..rows.len()).map(|at| format!("a{at}")).collect();
        Matrix::new(names, columns.collect(), &rows).unwrap()
    }
}

fn ranked(method: &Method, matrix: &Matrix, weights: &[f64]) -> Ranking {
    method.rank(&matrix.with_weights(weights).unwrap(), &Parameters::default()).unwrap()
}

/// How far the first is ahead of the second, by rank.
fn places_ahead(ranking: &Ranking, first: usize, second: usize) -> i64 {
    i64::try_from(ranking.ranks[second]).unwrap() - i64::try_from(ranking.ranks[first]).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    /// Just before the change nobody is ahead, just beyond it the rival is.
    #[test]
    fn a_weight_flips_just_there(matrix in matrix()) {
        for method in METHODS {
            let parameters = Parameters::default();
            let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
            let leader = study.leader();
            let at = |criterion, weight: f64| {
                let weights = with_one_weight(matrix.weights(), criterion, weight.clamp(0.0, 1.0));
                ranked(method, &matrix, &weights)
            };
            for flip in one_weight_flips(&study).unwrap_or_default() {
                if flip.overtakes && flip.delta.abs() > 1e-4 {
                    let from = flip.weight - flip.delta;
                    let before = at(flip.criterion, from + flip.delta * (1.0 - 1e-6));
                    let beyond = at(flip.criterion, from + flip.delta * (1.0 + 1e-6));
                    prop_assert!(places_ahead(&before, leader, flip.rival) >= 0, "{} {flip:?}", method.id);
                    prop_assert!(places_ahead(&beyond, flip.rival, leader) >= 0, "{} {flip:?}", method.id);
                }
            }
            for span in weight_spans(&study) {
                for turn in span.down.iter().chain(&span.up).filter(|turn| turn.delta.abs() > 1e-4) {
                    let before = at(span.criterion, turn.weight - turn.delta.signum() * 1e-8);
                    prop_assert_eq!(before.ranks[leader], 1, "{} {:?}", method.id, turn);
                    let beyond = at(span.criterion, turn.weight + turn.delta.signum() * 1e-8);
                    prop_assert!(beyond.ranks[leader] > 1, "{} {turn:?}", method.id);
                }
            }
        }
    }

    /// Within the span of an exact method the leader is first at any weight.
    #[test]
    fn the_leader_stays_within_the_span(matrix in matrix(), share in 0.001f64..0.999) {
        for method in METHODS {
            let parameters = Parameters::default();
            let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
            for span in weight_spans(&study).iter().filter(|span| span.found == Found::Exact) {
                let low = span.down.map_or(0.0, |turn| turn.weight);
                let high = span.up.map_or(1.0, |turn| turn.weight);
                prop_assert!(low <= span.weight && span.weight <= high);
                let weights = with_one_weight(matrix.weights(), span.criterion, low + (high - low) * share);
                prop_assert_eq!(ranked(method, &matrix, &weights).ranks[study.leader()], 1, "{}", method.id);
            }
        }
    }

    /// The nearest weights are weights, make the two level, and no others that do are nearer.
    #[test]
    fn no_weights_are_nearer(matrix in matrix(), draws in vec(vec(0.0f64..1.0, 4), 200)) {
        let parameters = Parameters::default();
        let study = Study::new(&matrix, &METHODS[0], &parameters).unwrap();
        let values = study.additive_values().unwrap();
        let lead = |weights: &[f64], rival: usize| -> f64 {
            let pairs = values[study.leader()].iter().zip(&values[rival]);
            weights.iter().zip(pairs).map(|(weight, (own, other))| weight * (own - other)).sum()
        };
        let moved = |weights: &[f64]| -> f64 {
            weights.iter().zip(matrix.weights()).map(|(now, before)| (now - before).abs()).sum()
        };
        let found = nearest_weights(&study).unwrap();
        for distance in &found {
            let sum: f64 = distance.weights.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-9 && distance.weights.iter().all(|weight| *weight >= 0.0));
            prop_assert!(lead(&distance.weights, distance.rival).abs() < 1e-9, "{distance:?}");
            prop_assert!((moved(&distance.weights) - distance.distance).abs() < 1e-9);
            if let Some(straight) = &distance.euclidean {
                prop_assert!(lead(&straight.weights, distance.rival).abs() < 1e-9);
                let squares = straight.weights.iter().zip(matrix.weights()).map(|(a, b)| (a - b) * (a - b));
                prop_assert!((squares.sum::<f64>().sqrt() - straight.distance).abs() < 1e-9);
            }
        }
        for draw in draws {
            let draw = &draw[..matrix.columns().len()];
            let weights: Vec<f64> = draw.iter().map(|x| x / draw.iter().sum::<f64>()).collect();
            for rival in study.rivals() {
                match found.iter().find(|distance| distance.rival == rival) {
                    Some(distance) if lead(&weights, rival) <= 0.0 => {
                        prop_assert!(moved(&weights) >= distance.distance - 1e-9);
                    }
                    Some(_) => {}
                    None => prop_assert!(lead(&weights, rival) > 0.0),
                }
            }
        }
    }

    /// Just before the value the leader is not behind, just beyond it is; by every method.
    #[test]
    fn a_value_flips_just_there(matrix in matrix(), rival in 0usize..4) {
        for method in METHODS {
            let parameters = Parameters::default();
            let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
            let leader = study.leader();
            for flip in value_flips(&study, rival) {
                let column = &matrix.columns()[flip.criterion];
                let gains = if flip.alternative == leader { -1.0 } else { 1.0 };
                let towards = gains * column.advantage(1.0, 0.0) * 1e-6;
                let at = |value: f64| {
                    let changed = matrix.with_value(flip.alternative, flip.criterion, value).unwrap();
                    method.rank(&changed, &parameters)
                };
                // Where the method takes nothing beyond, it flips at that value itself.
                let beyond = at(flip.to + towards).or_else(|_| at(flip.to)).unwrap();
                prop_assert!(places_ahead(&beyond, flip.rival, leader) > 0, "{} {flip:?}", method.id);
                if (flip.to - flip.from).abs() > 1e-5 {
                    let before = at(flip.to - towards).unwrap();
                    prop_assert!(places_ahead(&before, leader, flip.rival) >= 0, "{} {flip:?}", method.id);
                }
            }
        }
    }

    /// Fixed value functions are the ones that no alternative disturbs.
    #[test]
    fn fixed_value_functions_reverse_nothing(matrix in matrix()) {
        if matrix.columns().iter().all(|column| column.worth.is_some()) {
            let found = test(&matrix, &METHODS[0], &Parameters::default()).unwrap();
            prop_assert!(found.reversals.is_empty() && found.changes > 0);
        }
    }
}

proptest! {
    // Few, since each asks every method on every normalisation everything.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6) })]

    /// Whatever the values, every figure is a number.
    #[test]
    fn every_figure_is_a_number(
        cells in vec(prop_oneof![
            Just(0.0), Just(-0.0), Just(1.0), Just(-3.0), Just(1e-300), Just(1e300), Just(-1e300), Just(f64::MAX),
            Just(f64::MIN), Just(f64::MIN_POSITIVE), 0.0f64..10.0,
        ], 12),
        weights in vec(prop_oneof![Just(0.0), Just(1.0), Just(1e-12), 0.0f64..1.0], 3),
        height in 1usize..5,
        with_worth in any::<bool>(),
    ) {
        let rows: Vec<Vec<f64>> = cells.chunks(3).take(height).map(<[f64]>::to_vec).collect();
        let columns = weights.iter().enumerate().map(|(kind, weight)| {
            let column = column(kind + 3, *weight);
            if with_worth { column } else { Column { worth: None, ..column } }
        });
        let names = (0..rows.len()).map(|at| format!("a{at}")).collect();
        let Ok(matrix) = Matrix::new(names, columns.collect(), &rows) else { return Ok(()) };
        prop_assert!(winners(&matrix, &[]).iter().all(|best| best.next.is_none_or(|next| next.margin.is_finite())));
        for method in METHODS {
            for normalisation in NORMALISATIONS.iter().map(Some).chain([None]) {
                let parameters = Parameters { normalisation, ..Parameters::default() };
                let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
                for figure in figures(&study) {
                    prop_assert!(figure.is_finite(), "{} {:?}", method.id, normalisation.map(|n| n.id));
                }
            }
        }
        let all = agreement(&matrix, &METHODS[0], &Parameters::default()).unwrap();
        prop_assert!(all.count().0 <= all.count().1);
    }
}

/// Every figure that can be asked about a ranking; all answers are made once.
fn figures(study: &Study<'_>) -> Vec<f64> {
    let mut all = Vec::new();
    for flip in one_weight_flips(study).unwrap_or_default() {
        all.extend([flip.delta, flip.weight]);
    }
    for span in weight_spans(study) {
        all.extend(span.down.iter().chain(&span.up).flat_map(|turn| [turn.weight, turn.delta]));
    }
    for flip in absolute_flips(study).unwrap_or_default() {
        all.extend([flip.delta, flip.percent.unwrap_or(0.0)]);
    }
    for distance in nearest_weights(study).unwrap_or_default() {
        all.push(distance.distance);
        all.extend(distance.euclidean.iter().map(|straight| straight.distance));
        all.extend(distance.weights);
    }
    let around = |by: f64| -> Vec<Vec<(f64, f64)>> {
        study.matrix().rows().iter().map(|row| row.iter().map(|x| (x - by, x + by)).collect()).collect()
    };
    let leads = lead_uncertainties(study, &around(1e-3)).unwrap();
    for rival in study.rivals().into_iter().take(1) {
        all.push(study.lead(rival));
        all.extend(value_flips(study, rival).iter().map(|flip| flip.to));
        all.extend(leads[rival].map(|lead| lead.within));
    }
    // Where nothing moves, nothing is refused.
    let still = tornado(study, &around(0.0), Ends::Opposed).unwrap();
    assert!(study.rivals().is_empty() || still.len() == study.matrix().columns().len());
    let moved = weight_tornado(study, WeightStep::Points(0.1)).unwrap();
    all.extend([still, moved].iter().flatten().flat_map(|bar| [bar.low.lead, bar.high.lead]));
    test(study.matrix(), study.method(), study.parameters()).unwrap();
    let others = agreement(study.matrix(), study.method(), study.parameters()).unwrap();
    let facts = Facts::of(study, &weight_spans(study), &others);
    assert!(!facts.verdict().contains("NaN"));
    all
}

/// Where all values can be taken, every method answers every question, with every normalisation.
#[test]
fn every_method_answers() {
    let columns = vec![Column::benefit("x", 0.5), Column::cost("y", 0.3), Column::benefit("z", 0.2)];
    let columns = columns.into_iter().map(|column| {
        let (best, worst) = if column.criterion == "y" { (1.0, 9.0) } else { (9.0, 1.0) };
        let scale = ValueScale::new(best, worst, Shape::Linear).unwrap();
        Column { worth: Some(ValueFunction::Scale(scale)), ..column }
    });
    let rows = [vec![5.0, 4.0, 3.0], vec![4.0, 3.0, 5.0], vec![2.0, 6.0, 7.0]];
    let names = ["a", "b", "c"].map(str::to_owned).to_vec();
    let matrix = Matrix::new(names, columns.collect(), &rows).unwrap();
    let ends: Vec<Vec<(f64, f64)>> =
        rows.iter().map(|row| row.iter().map(|x| (x - 0.5, x + 0.25)).collect()).collect();
    for method in METHODS {
        for normalisation in NORMALISATIONS.iter().map(Some).chain([None]) {
            let parameters = Parameters { normalisation, ..Parameters::default() };
            let told = format!("{} {:?}", method.id, normalisation.map(|known| known.id));
            let study = Study::new(&matrix, method, &parameters).unwrap();
            assert!(figures(&study).len() > 3 * matrix.columns().len(), "{told}");
            assert_eq!(weight_tornado(&study, WeightStep::Points(0.1)).unwrap().len(), 3, "{told}");
            assert_eq!(tornado(&study, &ends, Ends::Together).unwrap().len(), 3, "{told}");
            assert!(lead_uncertainties(&study, &ends).unwrap().iter().all(Option::is_some), "{told}");
            let found = test(&matrix, method, &parameters).unwrap();
            assert!(found.changes >= 6 && found.refused.is_empty() && found.left_out == 0, "{told}");
        }
    }
}
