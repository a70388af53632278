//! What acceptabilities keep whatever the matrix: sums, ties, dominance, bytes, and what is refused.

use proptest::prelude::*;
use weigh_decision::smaa::{
    Acceptability, Drawing, Importance, Robustness, Sampling, Spread, WeightInformation,
};
use weigh_decision::{Column, Matrix, Shape, ValueFunction, ValueScale};

/// A matrix of worths.
fn worths(rows: &[Vec<f64>]) -> Matrix {
    let scale = ValueFunction::Scale(ValueScale::new(1.0, 0.0, Shape::Linear).expect("two ends"));
    let name = |j: usize| ["price", "speed", "comfort", "safety", "reach"][j % 5].to_owned();
    let columns = (0..rows[0].len()).map(|j| Column::valued(&name(j), 1.0, scale.clone())).collect();
    Matrix::new((0..rows.len()).map(|i| format!("a{i}")).collect(), columns, rows).expect("a matrix")
}

fn sampling(samples: u64, threads: usize) -> Sampling {
    Sampling { samples, seed: 3, threads }
}

fn found(matrix: &Matrix, known: &WeightInformation) -> Acceptability {
    Robustness::of(matrix).acceptability(known, &sampling(20_000, 1)).expect("acceptabilities")
}

/// That every number is one, and every sum is.
#[track_caller]
fn sound(found: &Acceptability) {
    let count = found.rank_acceptability.len();
    let one = |sum: f64, what: &str| assert!((sum - 1.0).abs() < 1e-9, "{what}: {sum}");
    for i in 0..count {
        one(found.rank_acceptability[i].iter().sum(), "the ranks of an alternative");
        one(found.rank_acceptability.iter().map(|ranks| ranks[i]).sum(), "the alternatives of a rank");
        for other in 0..i {
            one(found.pairwise[i][other] + found.pairwise[other][i], "a pair");
        }
        assert_eq!(found.central_weights[i].is_some(), found.rank_acceptability[i][0] > 0.0);
        assert_eq!(found.central_weights[i].is_some(), found.confidence[i].is_some());
        if let Some(central) = &found.central_weights[i] {
            one(central.iter().sum(), "central weights");
        }
    }
    let shares = found.rank_acceptability.iter().chain(&found.pairwise).flatten();
    let errors = found.rank_errors.iter().chain(&found.pairwise_errors).flatten();
    let few = found.central_weights.iter().flatten().flatten();
    let sure = found.confidence.iter().chain(&found.confidence_errors).flatten();
    for number in shares.chain(errors).chain(few).chain(sure) {
        assert!((0.0..=1.0).contains(number), "{number}");
    }
}

fn all_kinds(count: usize) -> Vec<WeightInformation> {
    let share = 1.0 / count as f64;
    vec![
        WeightInformation::Free,
        WeightInformation::ranked(&(0..count).collect::<Vec<_>>()),
        WeightInformation::Ordinal(Vec::new()),
        WeightInformation::Interval(vec![(share / 2.0, (share * 1.5).min(1.0)); count]),
        WeightInformation::Interval(vec![(share, share); count]),
        WeightInformation::Dirichlet { mean: vec![1.0; count], concentration: 0.01 },
        WeightInformation::Dirichlet { mean: vec![1.0; count], concentration: 1e6 },
        WeightInformation::Fixed(vec![2.0; count]),
    ]
}

#[test]
fn degenerate_matrices_give_numbers() {
    let equal = vec![vec![0.5, 0.5], vec![0.5, 0.5], vec![0.5, 0.5]];
    for rows in [vec![vec![0.3]], vec![vec![0.3, 0.1, 0.9]], vec![vec![0.4], vec![0.6]], equal] {
        for known in all_kinds(rows[0].len()) {
            let found = found(&worths(&rows), &known);
            sound(&found);
            if rows.len() == 3 {
                let third = |share: &f64| (share - 1.0 / 3.0).abs() < 1e-12;
                assert!(found.rank_acceptability.iter().flatten().all(third), "{known:?}: {found:?}");
                assert!(found.confidence.iter().flatten().all(third));
                assert!((found.pairwise[0][2] - 0.5).abs() < 1e-12);
            }
        }
    }
    // Constant and extreme columns without value functions.
    let columns = vec![Column::cost("a", 1.0), Column::benefit("b", 1.0)];
    let rows = [vec![1.0, f64::MAX], vec![1.0, -f64::MAX]];
    let matrix = Matrix::new(vec!["x".to_owned(), "y".to_owned()], columns, &rows).expect("a matrix");
    let found = found(&matrix, &WeightInformation::Free);
    sound(&found);
    assert!((found.rank_acceptability[0][0] - 1.0).abs() < 1e-12);
}

#[test]
fn fixed_weights_and_certain_values_give_the_ranking_and_no_error() {
    let rows = [vec![0.1, 0.9], vec![0.9, 0.1], vec![0.5, 0.5]];
    // Two tie on the first rank; sums such as 0.1 + 0.2 and 0.3 do, too.
    let found = found(&worths(&rows), &WeightInformation::Fixed(vec![0.5, 0.5]));
    assert_eq!(found.drawing, Drawing::Fixed);
    assert_eq!(found.samples, 1);
    assert!(found.rank_acceptability.iter().flatten().all(|share| (share - 1.0 / 3.0).abs() < 1e-12));
    assert!(found.rank_errors.iter().flatten().all(|error| error.abs() < f64::EPSILON));
    assert_eq!(found.central_weights[1], Some(vec![0.5, 0.5]));
}

/// A tie that only some of the samples have, and only rounding hides.
#[test]
fn twins_share_what_they_take() {
    let rows =
        [vec![0.2, 0.7, 0.4], vec![0.9, 0.1, 0.3], vec![0.2, 0.7, 0.4], vec![0.3 - 0.1, 0.7, 0.1 + 0.3]];
    let found = found(&worths(&rows), &WeightInformation::Free);
    sound(&found);
    for twin in [2, 3] {
        assert_eq!(found.rank_acceptability[0], found.rank_acceptability[twin]);
        assert!((found.pairwise[0][twin] - 0.5).abs() < 1e-12);
    }
    let (one, alone) = (found.rank_acceptability[0][0], found.rank_acceptability[1][0]);
    assert!((3.0 * one + alone - 1.0).abs() < 1e-12 && alone > 0.1);
}

#[test]
fn many_alternatives_are_counted_as_few_are() {
    let row = |i: u32| vec![f64::from(i % 16) / 15.0, f64::from(i / 16) / 18.0];
    let many: Vec<Vec<f64>> = (0..304).map(row).collect();
    let matrix = worths(&many);
    let found =
        Robustness::of(&matrix).acceptability(&WeightInformation::Free, &sampling(500, 2)).expect("shares");
    sound(&found);
    // The last is the best by both.
    assert!((found.rank_acceptability[303][0] - 1.0).abs() < 1e-12);
}

#[test]
fn threads_change_no_byte() {
    let rows: Vec<Vec<f64>> =
        (0..6).map(|i| (0..5).map(|j| f64::from((i * 7 + j * 3 + i * j) % 11) / 10.0).collect()).collect();
    let matrix = worths(&rows);
    let uncertain = Robustness::of(&matrix)
        .spread(0, 0, Spread::Triangular { low: 0.1, mode: 0.2, high: 0.9 })
        .and_then(|robustness| robustness.spread(3, 2, Spread::Range { low: 0.0, high: 1.0 }))
        .expect("spreads");
    for known in all_kinds(5) {
        for robustness in [&Robustness::of(&matrix), &uncertain] {
            let run = |threads| robustness.acceptability(&known, &sampling(50_001, threads)).expect("shares");
            let once = run(1);
            sound(&once);
            for threads in [0, 2, 3, 7, 100] {
                assert_eq!(
                    format!("{once:?}"),
                    format!("{:?}", run(threads)),
                    "{threads} threads, {known:?}"
                );
            }
            let other = Sampling { seed: 4, ..sampling(50_001, 1) };
            let other = robustness.acceptability(&known, &other).expect("shares");
            let close =
                matches!(known, WeightInformation::Dirichlet { concentration, .. } if concentration > 1e3);
            assert!(close || once.samples == 1 || once.pairwise != other.pairwise, "another seed, {known:?}");
        }
    }
}

/// Numbers that were drawn once: no machine may draw others.
#[test]
fn a_seed_gives_these_shares_on_every_machine() {
    let matrix = worths(&[vec![0.2, 0.9, 0.4], vec![0.8, 0.1, 0.5], vec![0.5, 0.5, 0.6]]);
    let shares = |known: &WeightInformation| {
        let found = found(&matrix, known);
        found.rank_acceptability.iter().map(|ranks| (ranks[0] * 20_000.0).round()).collect::<Vec<_>>()
    };
    let around = WeightInformation::Dirichlet { mean: vec![1.0, 2.0, 3.0], concentration: 4.0 };
    assert_eq!(shares(&WeightInformation::Free), [7684.0, 6370.0, 5946.0]);
    assert_eq!(shares(&around), [8126.0, 2258.0, 9616.0]);
    assert_eq!(shares(&WeightInformation::Interval(vec![(0.1, 0.5); 3])), [7381.0, 3492.0, 9127.0]);
}

#[test]
fn what_cannot_be_known_is_refused() {
    let matrix = worths(&[vec![0.2, 0.9, 0.4], vec![0.8, 0.1, 0.5]]);
    let above = Importance::Above;
    let circle = WeightInformation::Ordinal(vec![above(0, 1), above(1, 2), above(2, 0)]);
    let self_contradicting = WeightInformation::Ordinal(vec![Importance::Equal(0, 1), above(0, 1)]);
    let cases = [
        (
            circle,
            "smaa: the order of the weights runs in a circle: price above speed above comfort above price; leave out one of \
             these statements",
        ),
        (
            self_contradicting,
            "smaa: the order of the weights runs in a circle: price = speed above price = speed; leave out one of these \
             statements",
        ),
        (WeightInformation::Ordinal(vec![above(0, 3)]), "smaa: there is no criterion 4; there are 3"),
        (
            WeightInformation::Interval(vec![(0.5, 1.0), (0.4, 1.0), (0.2, 1.0)]),
            "smaa: no weights add up to 1: the least ones add up to 1.1 (price 0.5, speed 0.4, comfort 0.2)",
        ),
        (
            WeightInformation::Interval(vec![(0.0, 0.25), (0.0, 0.25), (0.0, 0.25)]),
            "smaa: no weights add up to 1: the largest ones add up to 0.75 (price 0.25, speed 0.25, comfort 0.25)",
        ),
        (
            WeightInformation::Interval(vec![(0.0, 1.0), (0.5, 0.25), (0.0, 1.0)]),
            "smaa: speed has a least weight of 0.5 above its largest of 0.25",
        ),
        (
            WeightInformation::Interval(vec![(0.0, 1.0), (f64::NAN, 1.0), (0.0, 1.0)]),
            "smaa: speed has a weight from NaN to 1; bounds lie between 0 and 1",
        ),
        (WeightInformation::Fixed(vec![1.0, 2.0]), "smaa: weights of 2 criteria are given; there are 3"),
        (
            WeightInformation::Fixed(vec![0.0; 3]),
            "smaa: at least one weight is above 0, and their sum is finite",
        ),
        (
            WeightInformation::Dirichlet { mean: vec![1.0, -1.0, 1.0], concentration: 3.0 },
            "smaa: the weight of speed is not 0 or more",
        ),
        (
            WeightInformation::Dirichlet { mean: vec![1.0; 3], concentration: 0.0 },
            "smaa: a concentration of 0 is not above 0 and finite",
        ),
    ];
    for (known, why) in cases {
        let told = Robustness::of(&matrix).acceptability(&known, &sampling(10, 1)).expect_err(why);
        assert_eq!(told.to_string(), why);
    }
    let none = Robustness::of(&matrix).acceptability(&WeightInformation::Free, &sampling(0, 1));
    assert_eq!(
        none.expect_err("no samples").to_string(),
        "smaa: there are no samples to draw; 1 or more are"
    );
}

#[test]
fn values_that_cannot_be_are_refused() {
    let matrix = worths(&[vec![0.2, 0.9], vec![0.8, 0.1]]);
    let robustness = Robustness::of(&matrix);
    let refused = |tried: Result<Robustness<'_>, _>, why: &str| {
        assert_eq!(
            tried.map(|_| ()).map_err(|refused: weigh_decision::Refused| refused.to_string()),
            Err(why.to_owned())
        );
    };
    let range = |low, high| Spread::Range { low, high };
    refused(robustness.clone().spread(2, 0, range(0.0, 1.0)), "smaa: there is no cell in row 3 and column 1");
    refused(
        robustness.clone().spread(1, 0, range(1.0, 0.0)),
        "smaa: price of a1 is Range { low: 1.0, high: 0.0 }; its numbers are finite, and none is below the one before",
    );
    let triangle = Spread::Triangular { low: 0.0, mode: 2.0, high: 1.0 };
    refused(
        robustness.clone().spread(1, 0, triangle),
        "smaa: price of a1 is Triangular { low: 0.0, mode: 2.0, high: 1.0 }; its numbers are finite, and none is below \
         the one before",
    );
    for wrong in [range(f64::NAN, 1.0), range(0.0, f64::INFINITY), range(-f64::MAX, f64::MAX)] {
        assert!(robustness.clone().spread(0, 0, wrong).is_err(), "{wrong:?}");
    }
    refused(robustness.clone().levels(2, &[1.0, 2.0]), "smaa: there is no criterion 3; there are 2");
    refused(
        robustness.clone().levels(0, &[1.0, 1.0]),
        "smaa: price has levels that are not two finite numbers or more, each above the one before",
    );
    refused(
        robustness.clone().levels(0, &[0.2, 0.5, 1.0]),
        "smaa: price of a1 is 0.8, which is none of its levels: 0.2, 0.5, 1",
    );
    let spread = robustness.clone().spread(1, 0, range(0.0, 1.0)).expect("a range");
    refused(spread.levels(0, &[0.2, 0.8]), "smaa: price has values that are spread, which levels are not");
    let levels = robustness.clone().levels(0, &[0.2, 0.8]).expect("levels");
    refused(
        levels.spread(1, 0, range(0.0, 1.0)),
        "smaa: price of a1 is a level of a scale, which is not spread",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn shares_add_up_and_the_dominated_is_never_first(
        rows in (1_usize..7, 1_usize..6).prop_flat_map(|(m, k)| {
            proptest::collection::vec(proptest::collection::vec((0_u8..=20).prop_map(|x| f64::from(x) / 20.0), k), m)
        }),
        kind in 0_usize..8,
        step in prop_oneof![Just(1e-4), Just(0.05)],
    ) {
        // Beside the others one that is worse than the first by one criterion, and no better by any.
        let mut rows = rows;
        let mut worse = rows[0].clone();
        let last = worse.len() - 1;
        rows[0][last] = rows[0][last].max(step);
        worse[last] = rows[0][last] - step;
        rows.push(worse);
        let matrix = worths(&rows);
        let known = all_kinds(rows[0].len()).swap_remove(kind);
        let found = Robustness::of(&matrix).acceptability(&known, &sampling(2_000, 1)).expect("shares");
        sound(&found);
        let dirichlet = matches!(known, WeightInformation::Dirichlet { concentration, .. } if concentration < 1.0);
        // With so little concentration weights are too small to tell, and share a tie.
        if !dirichlet {
            prop_assert!(found.rank_acceptability[rows.len() - 1][0] <= 0.0);
            prop_assert!(found.pairwise[0][rows.len() - 1] >= 1.0);
        }
    }
}
