//! Rank reversal and the agreement of methods on small cases that can be worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use weigh_decision::agreement::{agreement, kendall_tau};
use weigh_decision::reversal::{Change, added, test};
use weigh_decision::{
    Column, METHODS, Matrix, Method, Normalisation, Parameters, Shape, ValueFunction, ValueScale,
};

/// Scaled by the alternatives, b leads with 0.75 before a with 0.5; by fixed ends a leads with 0.75 before b with 0.7.
fn matrix(fixed: bool) -> Matrix {
    let scale = ValueFunction::Scale(ValueScale::new(100.0, 0.0, Shape::Linear).unwrap());
    let column = |name: &str| Column { worth: fixed.then(|| scale.clone()), ..Column::benefit(name, 1.0) };
    let rows = [vec![100.0, 50.0], vec![80.0, 60.0], vec![60.0, 50.0]];
    Matrix::new(["a", "b", "c"].map(str::to_owned).to_vec(), vec![column("x"), column("y")], &rows).unwrap()
}

fn by(normalisation: Option<&str>) -> Parameters {
    let normalisation = normalisation.map(|id| Normalisation::find(id).unwrap());
    Parameters { normalisation, ..Parameters::default() }
}

/// d is dominated by a, and stretches y to 10 .. 60: a becomes 0.5 · (1 + 0.8) = 0.9 and b stays at 0.75.
#[test]
fn a_dominated_alternative_turns_who_is_first() {
    let dominated = [100.0, 10.0];
    let turned = |method: &str, normalisation| {
        let method = Method::find(method).unwrap();
        let found = added(&matrix(true), method, &by(normalisation), "d", &dominated).unwrap();
        assert_eq!(found.change, Change::Added("d".to_owned()));
        assert_eq!(found.turns_first(), found.turned.contains(&(1, 0)) || found.turned.contains(&(0, 1)));
        (found.first_before, found.first_after)
    };
    assert_eq!(turned("weighted-sum", Some("min-max")), (vec![1], vec![0]));
    assert_eq!(turned("topsis", Some("min-max")), (vec![1], vec![0]));
    assert_eq!(turned("weighted-sum", Some("fixed")), (vec![0], vec![0]));
    assert_eq!(turned("weighted-sum", Some("max")), (vec![0], vec![0]));
    assert_eq!(turned("weighted-product", None), (vec![0], vec![0]));
}

/// The test finds that case by itself, since it makes a copy of the leader that is far worse at one criterion, too.
#[test]
fn the_test_finds_what_stretches_a_scale() {
    let method = Method::find("weighted-sum").unwrap();
    let found = test(&matrix(false), method, &by(None)).unwrap();
    // Three dropped, three a bit worse, two far worse; of the best the copy is worse than the copied.
    assert_eq!((found.changes, found.refused.len()), (8, 0));
    let told: Vec<String> = found.reversals.iter().map(|turn| turn.change.describe(&matrix(false))).collect();
    assert_eq!(told, ["with a copy of b that is far worse at y"]);
    assert_eq!(found.of_the_first().count(), 1);
    assert_eq!(found.reversals[0].turned, [(1, 0)]);

    let firm = test(&matrix(true), method, &by(None)).unwrap();
    assert!(firm.reversals.is_empty() && firm.changes == 8);
}

#[test]
fn one_alternative_and_a_row_that_does_not_fit() {
    let alone = matrix(true).keeping(&[1]).unwrap();
    for method in METHODS {
        let found = test(&alone, method, &by(None)).unwrap();
        assert!(found.reversals.is_empty(), "{}", method.id);
    }
    let why = added(&alone, &METHODS[0], &by(None), "d", &[1.0]).unwrap_err();
    assert!(why.to_string().starts_with("weighted-sum: d a matrix has"), "{why}");
}

#[test]
fn methods_and_normalisations_are_counted_and_named() {
    let all = agreement(&matrix(true), Method::find("weighted-sum").unwrap(), &by(None)).unwrap();
    assert!(all.differing().contains(&"min-max".to_owned()), "{:?}", all.differing());
    assert!(all.agreeing().contains(&"weighted product".to_owned()), "{:?}", all.agreeing());
    let (agreeing, counted) = all.count();
    assert_eq!(counted + 1 + all.undecided().count() + all.refused().count(), all.views.len());
    assert!(agreeing > 0 && agreeing < counted);
    for (view, agrees) in all.others() {
        let ranking = view.outcome.as_ref().unwrap();
        assert_eq!(agrees, ranking.ranks[0] == 1, "{} {:?}", view.method.id, view.normalisation);
        assert!(kendall_tau(&ranking.ranks, &all.primary.ranks).is_none_or(|tau| tau.abs() <= 1.0));
    }
    // Each method once as it is usually run.
    assert_eq!(all.views.iter().filter(|view| view.usual).count(), METHODS.len());
}
