//! What is refused as weights, and what is said of judgements that contradict each other.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use weigh_decision::weights::{BestWorst, Judgements, SURROGATES, direct, points};
use weigh_decision::{Column, Matrix, Method, Parameters, Preference, Thresholds};

fn refused<T: std::fmt::Debug>(found: Result<T, impl std::fmt::Display>) -> String {
    found.unwrap_err().to_string()
}

#[test]
fn refusals() {
    let judged = |rows: &[&[f64]]| {
        refused(Judgements::new(&rows.iter().map(|row| row.to_vec()).collect::<Vec<Vec<f64>>>()))
    };
    let table = [
        (refused(direct(&[])), "the weights add up to 0; at least one is above 0"),
        (refused(direct(&[1.0, f64::NAN])), "weight 2 is NaN, where 0 or more is allowed"),
        (refused(direct(&[f64::MAX, f64::MAX])), "the weights add up to inf; at least one is above 0"),
        (refused(points(&[60.0, 50.0], 100.0)), "the points add up to 110 and not to 100"),
        (refused(SURROGATES[0].weights(&[1, 0])), "a rank is 1 or more, and there is one for each criterion"),
        (judged(&[]), "judgements are a square table, a row and a column for each criterion"),
        (judged(&[&[1.0, 2.0]]), "judgements are a square table, a row and a column for each criterion"),
        (judged(&[&[1.0, 0.0], &[1.0, 1.0]]), "row 1, column 2 is 0, where 1/1000 to 1000 is allowed"),
        (judged(&[&[1.0, -3.0], &[1.0, 1.0]]), "row 1, column 2 is -3, where 1/1000 to 1000 is allowed"),
        (judged(&[&[2.0]]), "row 1, column 1 is 2; a criterion matters once as much as itself: 1"),
        (
            judged(&[&[1.0, 3.0], &[0.5, 1.0]]),
            "row 2, column 1 is 0.5, and row 1, column 2 is 3: one is 1 divided by the other",
        ),
        (refused(BestWorst::new(&[1.0], &[])), "both lists have a judgement for each criterion"),
        (
            refused(BestWorst::new(&[1.0, 0.5], &[2.0, 1.0])),
            "the best against the others: judgement 2 is 0.5, where 1 to 100 is allowed",
        ),
        (
            refused(BestWorst::new(&[1.0, 4.0], &[4.0, 2.0])),
            "the others against the worst: none is 1, the judgement against itself",
        ),
        (
            refused(BestWorst::new(&[1.0, 4.0], &[5.0, 1.0])),
            "the best against the worst is 4 in one list and 5 in the other",
        ),
        (refused(BestWorst::new(&[1.0, 4.0], &[1.0, 4.0])), "the best is the worst"),
    ];
    for (found, told) in table {
        assert_eq!(found, told);
    }
}

/// The first is judged twice as much as the second and the second as much as the third, but the first a ninth of the third.
#[test]
fn the_judgement_that_contradicts_the_others_is_named() {
    let rows = [
        vec![1.0, 2.0, 2.0, 1.0 / 9.0],
        vec![0.5, 1.0, 1.0, 2.0],
        vec![0.5, 1.0, 1.0, 2.0],
        vec![9.0, 0.5, 0.5, 1.0],
    ];
    let found = Judgements::new(&rows).unwrap().priorities().unwrap().consistency;
    assert_eq!(found.accepted("saaty"), Some(false));
    assert!(found.geometric_index > found.geometric_limit);
    let worst = found.worst.unwrap();
    assert_eq!(worst.cell, (0, 3));
    assert!(worst.implied > worst.judged);
}

#[test]
fn few_and_many_criteria_have_a_stated_ratio() {
    let alike = |size: usize| Judgements::new(&vec![vec![1.0; size]; size]).unwrap().priorities().unwrap();
    for size in [1, 2, 3, 15] {
        assert_eq!(alike(size).consistency.accepted("saaty"), Some(true), "{size}");
    }
    let many = alike(16);
    assert_eq!(many.consistency.accepted("saaty"), None);
    assert!((many.eigenvector[15] - 1.0 / 16.0).abs() < 1e-12);
}

#[test]
fn all_alike_by_the_best_worst_method() {
    let found = BestWorst::new(&[1.0, 1.0, 1.0], &[1.0, 1.0, 1.0]).unwrap().weights().unwrap();
    assert!(found.weights.iter().all(|weight| (weight - 1.0 / 3.0).abs() < 1e-12));
    assert!(found.deviation.abs() < 1e-12 && found.input_ratio.abs() < 1e-12);
    assert_eq!(BestWorst::new(&[1.0], &[1.0]).unwrap().weights().unwrap().weights, [1.0]);
}

#[test]
fn thresholds_out_of_bounds_are_refused() {
    for (indifference, preference, veto) in
        [(-1.0, 0.0, None), (2.0, 1.0, None), (0.0, f64::NAN, None), (0.0, 0.0, Some(-1.0))]
    {
        let thresholds = Some(Thresholds { indifference, preference, veto });
        let columns = vec![Column { thresholds, ..Column::benefit("ease", 1.0) }];
        let matrix = Matrix::new(vec!["a".to_owned()], columns, &[vec![1.0]]).unwrap();
        for id in ["promethee-2", "electre-1", "lexicographic"] {
            let why = refused(Method::find(id).unwrap().rank(&matrix, &Parameters::default()));
            let told =
                "ease needs thresholds of 0 or more, with that of preference not below that of indifference";
            assert_eq!(why, format!("{id}: {told}"));
        }
    }
}

/// An indifference threshold alone: what is beyond it is preferred fully, whatever the shape would draw between the two.
#[test]
fn shapes_without_a_preference_threshold() {
    let own = Thresholds { indifference: 2.0, preference: 0.0, veto: None };
    for (id, shape) in Preference::ALL {
        let preferred = [0.0, 2.0, 2.5].map(|by| shape.of(by, &own) > 0.5);
        assert_eq!(preferred, [false, id == "usual" || id == "v-shape", true], "{id}");
    }
}

/// A veto: better by almost everything, and yet it outranks nothing.
#[test]
fn a_veto_stands_against_all_else() {
    let rows = [vec![5.0, 1.0], vec![4.0, 9.0]];
    let ranked = |veto: Option<f64>| {
        let thresholds = Some(Thresholds { veto, ..Thresholds::default() });
        let columns =
            vec![Column::benefit("ease", 9.0), Column { thresholds, ..Column::benefit("safety", 1.0) }];
        let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
        let parameters = Parameters { electre_discordance: 1.0, ..Parameters::default() };
        Method::find("electre-1").unwrap().rank(&matrix, &parameters).unwrap().chosen.unwrap().members
    };
    assert_eq!(ranked(None), [0]);
    assert_eq!(ranked(Some(8.0)), [0]);
    assert_eq!(ranked(Some(7.5)), [0, 1]);
}

#[test]
fn lexicographic_says_how_ties_are_broken() {
    let rows = [vec![5.0, 1.0], vec![4.0, 9.0], vec![5.0, 2.0]];
    let ranked = |weights: [f64; 2], indifference: f64| {
        let thresholds = Some(Thresholds { indifference, ..Thresholds::default() });
        let columns = vec![
            Column { thresholds, ..Column::benefit("ease", weights[0]) },
            Column::benefit("speed", weights[1]),
        ];
        let matrix = Matrix::new(["a", "b", "c"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
        let found = Method::find("lexicographic").unwrap().rank(&matrix, &Parameters::default()).unwrap();
        (found.ranks, found.notes)
    };
    assert_eq!(ranked([2.0, 1.0], 0.0), (vec![2, 3, 1], vec![]));
    assert_eq!(ranked([1.0, 2.0], 0.0), (vec![3, 1, 2], vec![]));
    assert_eq!(ranked([2.0, 1.0], 1.0), (vec![3, 1, 2], vec![]));
    let note = "ease and speed weigh the same: the one that stands first in the matrix is asked first";
    assert_eq!(ranked([1.0, 1.0], 0.0), (vec![2, 3, 1], vec![note.to_owned()]));
}
