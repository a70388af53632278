//! What holds for every matrix: no NaN, no unit, no dominated option before its dominator.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use proptest::collection::vec;
use proptest::prelude::*;
use weigh_decision::weights::{BestWorst, Judgements, OBJECTIVE};
use weigh_decision::{
    Column, Correlations, Direction, Dominance, METHODS, Matrix, NORMALISATIONS, Normalisation, Parameters,
    Preference, Ranking, Thresholds,
};

/// Columns of one matrix, its rows beside them.
type Parts = (Vec<Column>, Vec<Vec<f64>>);

fn build((columns, rows): &Parts) -> Matrix {
    Matrix::new((0..rows.len()).map(|i| format!("a{i}")).collect(), columns.clone(), rows).unwrap()
}

fn columns(width: usize) -> impl Strategy<Value = Vec<Column>> {
    let thresholds = (0..3, 0..3, prop::option::of(1..9)).prop_map(|(indifference, more, veto)| Thresholds {
        indifference: f64::from(indifference),
        preference: f64::from(indifference + more),
        veto: veto.map(f64::from),
    });
    let column =
        (any::<bool>(), 1..9, prop::option::of(thresholds)).prop_map(|(benefit, weight, thresholds)| {
            let direction = if benefit { Direction::Benefit } else { Direction::Cost };
            Column { direction, thresholds, ..Column::benefit("", f64::from(weight)) }
        });
    vec(column, width).prop_map(|mut columns| {
        for (j, column) in columns.iter_mut().enumerate() {
            column.criterion = format!("c{j}");
        }
        columns
    })
}

/// Up to five alternatives by up to four criteria, of whole numbers above 0, so that ties happen.
fn parts() -> impl Strategy<Value = Parts> {
    (1..6usize, 1..5usize).prop_flat_map(|(height, width)| {
        (columns(width), vec(vec((1..9).prop_map(f64::from), width), height))
    })
}

/// Each method with its own values and with each normalisation, and with each shape of preference.
fn settings() -> Vec<Parameters> {
    let own = NORMALISATIONS.iter().map(Some).chain([None]);
    let mut all: Vec<Parameters> =
        own.map(|normalisation| Parameters { normalisation, ..Parameters::default() }).collect();
    for (_, promethee_shape) in Preference::ALL {
        all.push(Parameters { promethee_shape, ..Parameters::default() });
    }
    all
}

/// Numbers at the edges of what there is, and any others.
fn extreme() -> impl Strategy<Value = f64> {
    let edges = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        5e-324,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::MIN,
        1e-200,
        1e200,
        1.0 + f64::EPSILON,
    ];
    prop_oneof![prop::sample::select(edges.to_vec()), any::<f64>().prop_filter("finite", |x| x.is_finite())]
}

fn sound(ranking: &Ranking, height: usize) -> bool {
    let finite = |values: &[f64]| values.iter().all(|x| x.is_finite());
    let ranks = ranking.ranks.len() == height
        && ranking.ranks.contains(&1)
        && ranking.ranks.iter().all(|rank| (1..=height).contains(rank));
    let members = |members: &[usize]| !members.is_empty() && members.iter().all(|at| *at < height);
    ranks
        && ranking.scores.len() == height
        && finite(&ranking.scores)
        && finite(&ranking.contributions.concat())
        && finite(&ranking.normalised.concat())
        && ranking.measures.iter().all(|measure| finite(&measure.values))
        && ranking.chosen.as_ref().is_none_or(|chosen| members(&chosen.members))
}

proptest! {
    #[test]
    fn nothing_that_is_accepted_gives_nan(
        height in 1..5usize,
        columns in (1..4usize).prop_flat_map(columns),
        cells in vec(extreme(), 16),
        positive in any::<bool>(),
    ) {
        let cell = |at: usize| if positive { cells[at % 16].abs() } else { cells[at % 16] };
        let rows: Vec<Vec<f64>> =
            (0..height).map(|i| (0..columns.len()).map(|j| cell(i * 3 + j * 5)).collect()).collect();
        let matrix = build(&(columns, rows));
        for method in METHODS {
            for parameters in settings() {
                if let Ok(ranking) = method.rank(&matrix, &parameters) {
                    prop_assert!(sound(&ranking, height), "{}: {ranking:?}", method.id);
                }
            }
        }
        for formula in OBJECTIVE {
            if let Ok(weights) = formula.weights(&matrix) {
                prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{}: {weights:?}", formula.id);
            }
        }
        let correlations = Correlations::of(&matrix).table();
        prop_assert!(correlations.concat().into_iter().flatten().all(|r| (-1.0..=1.0).contains(&r)));
    }

    #[test]
    fn a_unit_changes_no_rank(parts in parts(), by in vec(-9..9, 4)) {
        let mut scaled = parts.clone();
        for (j, column) in scaled.0.iter_mut().enumerate() {
            // A power of two, so that nothing is rounded and no threshold is missed by it.
            let factor = libm::exp2(f64::from(by[j]));
            if let Some(own) = &mut column.thresholds {
                own.indifference *= factor;
                own.preference *= factor;
                own.veto = own.veto.map(|veto| veto * factor);
            }
            scaled.1.iter_mut().for_each(|row| row[j] *= factor);
        }
        let (one, other) = (build(&parts), build(&scaled));
        for method in METHODS.iter().filter(|method| method.scale_invariant) {
            for parameters in settings() {
                if let (Ok(one), Ok(other)) = (method.rank(&one, &parameters), method.rank(&other, &parameters)) {
                    prop_assert_eq!(one.ranks, other.ranks, "{}", method.id);
                }
            }
        }
    }

    #[test]
    fn a_dominated_option_never_beats_its_dominator(
        mut parts in parts(),
        worse in vec(0..3, 4),
        place in any::<prop::sample::Index>(),
    ) {
        let dominator = place.index(parts.1.len());
        let sign = |column: &Column| if column.direction == Direction::Benefit { -1.0 } else { 1.0 };
        let copy = parts.1[dominator].iter().zip(&parts.0).zip(&worse);
        // A benefit that falls stays above 0, so that ratios exist: 1 is as low as it goes.
        let row = copy.map(|((x, column), by)| (x + sign(column) * f64::from(*by)).max(1.0)).collect();
        parts.1.push(row);
        let (matrix, dominated) = (build(&parts), parts.1.len() - 1);
        let found = Dominance::of(&matrix);
        prop_assert!(found.better_by[dominated][dominator] == 0);
        for method in METHODS {
            for parameters in settings() {
                if let Ok(ranking) = method.rank(&matrix, &parameters) {
                    let ranks = &ranking.ranks;
                    prop_assert!(ranks[dominator] <= ranks[dominated], "{}: {ranking:?}", method.id);
                }
            }
        }
    }

    #[test]
    fn one_criterion_alone_gives_its_order(parts in parts(), place in any::<prop::sample::Index>()) {
        let (mut columns, rows) = parts;
        let j = place.index(columns.len());
        for (other, column) in columns.iter_mut().enumerate() {
            column.weight = f64::from(u8::from(other == j));
            column.thresholds = None;
        }
        let direction = columns[j].direction;
        let matrix = build(&(columns, rows));
        let better = |a: f64, b: f64| if direction == Direction::Benefit { a > b } else { a < b };
        let values = matrix.column(j);
        let order: Vec<usize> =
            values.iter().map(|own| 1 + values.iter().filter(|other| better(**other, *own)).count()).collect();
        for method in METHODS {
            for (number, parameters) in settings().into_iter().enumerate() {
                let Ok(ranking) = method.rank(&matrix, &parameters) else { continue };
                if method.id == "electre-1" {
                    // It tells the kernel from the rest, and no order within.
                    let best: Vec<usize> = (0..order.len()).filter(|at| order[*at] == 1).collect();
                    prop_assert_eq!(ranking.chosen.unwrap().members, best);
                } else {
                    prop_assert_eq!(&ranking.ranks, &order, "{} {}", method.id, number);
                }
            }
        }
    }

    #[test]
    fn adding_alternatives_changes_no_order_by_ratios_on_raw_values(parts in parts()) {
        let product = METHODS.iter().find(|method| method.id == "weighted-product").unwrap();
        let all = product.rank(&build(&parts), &Parameters::default()).unwrap();
        let fewer = (parts.0.clone(), parts.1[..1].to_vec());
        let alone = product.rank(&build(&fewer), &Parameters::default()).unwrap();
        prop_assert!((all.scores[0] - alone.scores[0]).abs() <= 1e-12 * all.scores[0]);
    }

    #[test]
    fn consistent_judgements_give_their_weights(parts in vec(1..10, 2..8usize)) {
        let total: f64 = parts.iter().map(|part| f64::from(*part)).sum();
        let weights: Vec<f64> = parts.iter().map(|part| f64::from(*part) / total).collect();
        let rows: Vec<Vec<f64>> =
            weights.iter().map(|own| weights.iter().map(|other| own / other).collect()).collect();
        let found = Judgements::new(&rows).unwrap().priorities().unwrap();
        let near = |found: &[f64]| found.iter().zip(&weights).all(|(a, b)| (a - b).abs() < 1e-9);
        prop_assert!(near(&found.eigenvector) && near(&found.geometric_mean));
        prop_assert!(found.consistency.index < 1e-12 && found.consistency.worst.is_none());
        // From the same weights, against the best and the worst: only whole ratios from 1 on are allowed there.
        let best = weights.iter().copied().fold(0.0, f64::max);
        let worst = weights.iter().copied().fold(1.0, f64::min);
        let down: Vec<f64> = weights.iter().map(|w| (best / w).max(1.0)).collect();
        let up: Vec<f64> = weights.iter().map(|w| (w / worst).max(1.0)).collect();
        let found = BestWorst::new(&down, &up).unwrap().weights().unwrap();
        prop_assert!(near(&found.weights) && found.unique && found.deviation < 1e-9, "{found:?}");
    }

    #[test]
    fn best_worst_weights_are_optimal_and_within_their_intervals(middle in vec((1..10, 1..10), 0..5), whole in 1..10) {
        let mut down = vec![1.0, f64::from(whole)];
        let mut up = vec![f64::from(whole), 1.0];
        for (best, worst) in middle {
            down.push(f64::from(best));
            up.push(f64::from(worst));
        }
        let found = BestWorst::new(&down, &up).unwrap();
        // Others may be judged 1 as well, and then either can be an end.
        let (best, worst) = found.ends();
        prop_assume!((best, worst) == (0, 1));
        let found = found.weights().unwrap();
        let weights = &found.weights;
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let deviations = (0..down.len()).flat_map(|j| {
            [(weights[0] - down[j] * weights[j]).abs(), (weights[j] - up[j] * weights[1]).abs()]
        });
        let largest = deviations.fold(0.0, f64::max);
        prop_assert!((largest - found.deviation).abs() < 1e-9, "{largest} and {}", found.deviation);
        for (weight, (low, high)) in weights.iter().zip(&found.intervals) {
            prop_assert!(low - 1e-9 <= *weight && *weight <= high + 1e-9);
        }
    }
}

#[test]
fn every_row_of_the_tables_can_be_found() {
    for method in METHODS {
        assert_eq!(weigh_decision::Method::find(method.id).unwrap().title, method.title);
    }
    for normalisation in NORMALISATIONS {
        assert_eq!(Normalisation::find(normalisation.id).unwrap().summary, normalisation.summary);
    }
    for parameter in weigh_decision::PARAMETERS {
        let value = *(parameter.place)(&mut Parameters::default());
        assert!(parameter.bounds.0 <= value && value <= parameter.bounds.1, "{}", parameter.id);
        let method = weigh_decision::Method::find(parameter.method).unwrap();
        let matrix =
            Matrix::new(vec!["a".to_owned()], vec![Column::benefit("c", 1.0)], &[vec![1.0]]).unwrap();
        let mut beyond = Parameters::default();
        *(parameter.place)(&mut beyond) = f64::NAN;
        let refused = method.rank(&matrix, &beyond).unwrap_err().to_string();
        assert_eq!(refused, format!("{}: {} is NaN, where 0 to 1 is allowed", method.id, parameter.id));
    }
}
