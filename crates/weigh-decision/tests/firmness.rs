//! All of it asked at once: what a method refuses on the way, and large matrices.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use weigh_decision::firmness::Firmness;
use weigh_decision::reversal::TURNED_MOST;
use weigh_decision::sensitivity::weight_spans;
use weigh_decision::{Column, Correlations, METHODS, Matrix, Method, Parameters, Study};

fn named(columns: Vec<Column>, rows: &[Vec<f64>]) -> Matrix {
    Matrix::new((0..rows.len()).map(|at| format!("a{at}")).collect(), columns, rows).unwrap()
}

/// A product takes a 0 where the criterion has no weight, and refuses every weight above: a side without a turn.
#[test]
fn a_refused_probe_is_no_turn() {
    let columns =
        ["x", "y", "z"].map(|name| Column::benefit(name, if name == "z" { 0.0 } else { 1.0 })).to_vec();
    let rows = [vec![3.0, 2.0, 0.0], vec![2.0, 2.5, 1.0]];
    let matrix = named(columns, &rows);
    let method = Method::find("weighted-product").unwrap();
    let exact: Vec<Vec<(f64, f64)>> = rows.iter().map(|row| row.iter().map(|x| (*x, *x)).collect()).collect();
    let firm = Firmness::of(&matrix, method, &Parameters::default(), &exact).unwrap();
    assert_eq!(firm.weights.len(), 3);
    assert_eq!((firm.weights[2].up, firm.weights[2].down), (None, None));
    assert!(firm.weights[1].up.is_some());
    assert!(firm.tornado.iter().all(|bar| bar.criterion != 2) && firm.tornado.len() == 2);
    assert_eq!(firm.value_tornado.len(), 3);
}

/// Who is ahead only where a criterion has all the weight or none, with nothing beyond, ends no span.
#[test]
fn nothing_turns_at_the_very_ends() {
    let columns = || vec![Column::benefit("x", 0.5), Column::benefit("y", 0.5)];
    let rows = [vec![2.0, 5.0], vec![2.5, 1.0], vec![1.0, 1.0]];
    let matrix = named(columns(), &rows);
    for method in METHODS {
        let parameters = Parameters::default();
        let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
        for span in weight_spans(&study) {
            for turn in span.down.iter().chain(&span.up) {
                assert!(turn.weight > 1e-10 && turn.weight < 1.0 - 1e-10, "{} {turn:?}", method.id);
            }
        }
    }
}

#[test]
fn two_alternatives_have_no_correlation() {
    let columns = || vec![Column::benefit("x", 0.5), Column::benefit("y", 0.5)];
    let two = named(columns(), &[vec![2.0, 5.0], vec![2.5, 6.0]]);
    assert_eq!(Correlations::of(&two).between(0, 1), None);
    assert!(Correlations::of(&two).above(0.8).is_empty());
    let three = named(columns(), &[vec![2.0, 5.0], vec![2.5, 6.0], vec![3.0, 7.0]]);
    assert_eq!(Correlations::of(&three).above(0.8).len(), 1);
}

/// What is left out of a large matrix is said, and of thousands of turned pairs a few are kept.
#[test]
fn a_large_matrix_is_asked_less() {
    let columns: Vec<Column> = (0..20).map(|at| Column::benefit(&format!("c{at}"), 1.0)).collect();
    let cell = |i: u32, j: u32| f64::from((i * 37 + j * 101 + i * j * 7) % 97 + 1);
    let rows: Vec<Vec<f64>> = (0..100).map(|i| (0..20).map(|j| cell(i, j)).collect()).collect();
    let matrix = named(columns, &rows);
    let firm =
        Firmness::of(&matrix, Method::find("electre-1").unwrap(), &Parameters::default(), &[]).unwrap();
    assert_eq!(
        firm.left_out,
        [
            "How far each weight may go was not searched.",
            "Values at which rivals are level were searched for 0 of them."
        ]
    );
    assert!(firm.weights.is_empty() && firm.values.is_empty() && firm.value_tornado.is_empty());
    let (turned, kept) = firm
        .reversal
        .reversals
        .iter()
        .fold((0, 0), |(all, kept), turn| (all + turn.turned_count, kept + turn.turned.len()));
    assert!(turned > kept && kept > 0, "{turned} {kept}");
    let of_others = firm.reversal.reversals.iter().map(|turn| {
        let first =
            |(was, now): &&(usize, usize)| turn.first_before.contains(was) && turn.first_after.contains(now);
        turn.turned.len() - turn.turned.iter().filter(first).count()
    });
    assert!(of_others.max().unwrap() <= TURNED_MOST);
}
