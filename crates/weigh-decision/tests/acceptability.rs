//! Acceptabilities against those computed apart from this crate, exactly or by simulation, and against known means.

use serde_json::Value;
use weigh_decision::smaa::{
    Acceptability, Drawing, Importance, Robustness, Sampling, Spread, WeightInformation,
};
use weigh_decision::{Column, Matrix, Shape, ValueFunction, ValueScale};

const SAMPLES: u64 = 400_000;

fn sampling() -> Sampling {
    Sampling { samples: SAMPLES, seed: 7, threads: 2 }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().expect("a list of lists").iter().map(numbers).collect()
}

/// The matrix of a case, its weights all alike unless it has some.
fn matrix(case: &Value) -> Matrix {
    let costs = case["costs"].as_array().expect("which criteria are costs");
    let scales = case.get("scales").map(rows);
    let columns = costs.iter().enumerate().map(|(j, cost)| {
        let name = format!("criterion {j}");
        match &scales {
            Some(scales) => {
                let scale = ValueScale::new(scales[j][1], scales[j][0], Shape::Linear).expect("two ends");
                Column::valued(&name, 1.0, ValueFunction::Scale(scale))
            }
            None if cost == true => Column::cost(&name, 1.0),
            None => Column::benefit(&name, 1.0),
        }
    });
    let rows = rows(&case["rows"]);
    let names = (0..rows.len()).map(|i| format!("alternative {i}")).collect();
    Matrix::new(names, columns.collect(), &rows).expect("a matrix")
}

fn run(case: &Value) -> Acceptability {
    let matrix = matrix(case);
    let mut robustness = Robustness::of(&matrix);
    if let Some(levels) = case.get("levels").map(numbers) {
        for j in 0..matrix.columns().len() {
            robustness = robustness.levels(j, &levels).expect("levels");
        }
    }
    if let Some(highs) = case.get("highs").map(rows) {
        for (i, (low, high)) in matrix.rows().iter().zip(&highs).enumerate() {
            for (j, (low, high)) in low.iter().zip(high).enumerate() {
                let range = Spread::Range { low: *low, high: *high };
                robustness = robustness.spread(i, j, range).expect("a range");
            }
        }
    }
    let weights = case.get("weights").map(numbers);
    let known = weights.map_or(WeightInformation::Free, WeightInformation::Fixed);
    robustness.acceptability(&known, &sampling()).expect("acceptabilities")
}

/// Whether a share is the expected one within 4 standard errors of both.
#[track_caller]
fn near(found: f64, expected: f64, reference: Option<f64>, what: &str) {
    let variance = expected * (1.0 - expected);
    let error = (variance / SAMPLES as f64 + reference.map_or(0.0, |samples| variance / samples)).sqrt();
    assert!((found - expected).abs() <= 4.0 * error + 1e-9, "{what}: {found} for {expected}, error {error}");
}

#[test]
fn shares_are_those_computed_elsewhere() {
    let file: Value = serde_json::from_str(include_str!("data/acceptability.json")).expect("JSON");
    let cases = file["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let (found, name) = (run(case), &case["name"]);
        let reference = case["reference_samples"].as_f64();
        let expected = rows(&case["rank_acceptability"]);
        for (i, (found, expected)) in found.rank_acceptability.iter().zip(&expected).enumerate() {
            for (r, (found, expected)) in found.iter().zip(expected).enumerate() {
                near(*found, *expected, reference, &format!("{name}: rank {r} of {i}"));
            }
        }
        for (i, expected) in case.get("pairwise").map(rows).unwrap_or_default().iter().enumerate() {
            for (other, expected) in expected.iter().enumerate() {
                near(found.pairwise[i][other], *expected, reference, &format!("{name}: {i} before {other}"));
            }
        }
        for (i, central) in case.get("central_weights").map(rows).unwrap_or_default().iter().enumerate() {
            let own = found.central_weights[i].as_ref().expect("it is first at times");
            let first = expected[i][0] * (SAMPLES as f64).min(reference.unwrap_or(f64::MAX));
            for (own, central) in own.iter().zip(central) {
                // The deviation of a weight is at most that of one spread over all from 0 to 1.
                assert!(
                    (own - central).abs() < 4.0 * (1.0 / 12.0 / first).sqrt(),
                    "{name}: {own} for {central}"
                );
            }
        }
        for (i, expected) in case.get("confidence").map(numbers).unwrap_or_default().iter().enumerate() {
            // Beside its own error it has that of the central weights, which are known to three places.
            let confidence = found.confidence[i].expect("it is first at times");
            assert!((confidence - expected).abs() < 0.01, "{name}: {confidence} for {expected}");
        }
    }
}

#[test]
fn two_criteria_need_no_samples() {
    let file: Value = serde_json::from_str(include_str!("data/acceptability.json")).expect("JSON");
    let case = &file["cases"][0];
    let matrix = matrix(case);
    let found = Robustness::of(&matrix).exact_for_two().expect("two criteria");
    let all = rows(&case["rank_acceptability"]).concat();
    for (found, expected) in found.rank_acceptability.concat().iter().zip(all) {
        assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
    }
    for (found, expected) in found.central_weights.iter().zip(rows(&case["central_weights"])) {
        for (found, expected) in found.as_ref().expect("it is first at times").iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
        }
    }
    assert_eq!(found.confidence, [Some(1.0); 3]);
}

/// Three criteria by geometry: each alternative is best by one criterion, so the simplex falls in three like parts; and one
/// that is worth a third everywhere is first where no weight is above a third, which is one point, so never.
#[test]
fn three_criteria_by_symmetry() {
    let worths = [vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0], vec![0.5, 0.5, 0.5]];
    let found = free(&worths).acceptability;
    for i in 0..3 {
        // Where its weight is above a half: a triangle of a quarter of the area. Its centre is two thirds.
        near(found.rank_acceptability[i][0], 0.25, None, "a corner");
        let central = found.central_weights[i].as_ref().expect("it is first at times");
        assert!((central[i] - 2.0 / 3.0).abs() < 0.002, "{central:?}");
    }
    near(found.rank_acceptability[3][0], 0.25, None, "the middle");
    near(found.rank_acceptability[3][1], 0.75, None, "the middle");
    near(found.pairwise[3][0], 0.75, None, "the middle before a corner");
}

struct Free {
    acceptability: Acceptability,
}

fn free(worths: &[Vec<f64>]) -> Free {
    Free { acceptability: weighed(worths, &WeightInformation::Free) }
}

/// The acceptabilities of alternatives by their worths.
fn weighed(worths: &[Vec<f64>], known: &WeightInformation) -> Acceptability {
    let scale = ValueFunction::Scale(ValueScale::new(1.0, 0.0, Shape::Linear).expect("two ends"));
    let columns = (0..worths[0].len()).map(|j| Column::valued(&format!("c{j}"), 1.0, scale.clone()));
    let names = (0..worths.len()).map(|i| format!("a{i}")).collect();
    let matrix = Matrix::new(names, columns.collect(), worths).expect("a matrix");
    Robustness::of(&matrix).acceptability(known, &sampling()).expect("acceptabilities")
}

/// The mean weights: those with which the only alternative there is comes first.
fn means(count: usize, known: &WeightInformation) -> Vec<f64> {
    let found = weighed(&[vec![0.5; count]], known);
    found.central_weights[0].clone().expect("the only one is first")
}

#[track_caller]
fn all_near(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 0.002, "{what}: {found} for {expected}");
    }
}

#[test]
fn mean_weights_are_those_of_their_distribution() {
    all_near(&means(4, &WeightInformation::Free), &[0.25; 4], "free");
    // Rank-order centroids of three (Barron and Barrett 1996), the second criterion first.
    let full = WeightInformation::ranked(&[2, 1, 3]);
    all_near(&means(3, &full), &[5.0 / 18.0, 11.0 / 18.0, 2.0 / 18.0], "a full order");
    // The corners are (1/2, 1/2, 0) and (1/3, 1/3, 1/3).
    let tied = WeightInformation::ranked(&[1, 1, 2]);
    all_near(&means(3, &tied), &[5.0 / 12.0, 5.0 / 12.0, 2.0 / 12.0], "a tie in the order");
    // The larger of two weights of three: half of their sum, and half of the mean distance, a third of the whole.
    let open = WeightInformation::Ordinal(vec![Importance::Above(0, 1)]);
    all_near(&means(3, &open), &[1.0 / 2.0, 1.0 / 6.0, 1.0 / 3.0], "an order open in part");
    // Two of size one and one of size two: the triangle of corners (0,1), (1,0) and (0,0) in the single ones.
    let pair = WeightInformation::Ordinal(vec![Importance::Equal(2, 3)]);
    all_near(&means(4, &pair), &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0], "two weights that are equal");
    let around = WeightInformation::Dirichlet { mean: vec![3.0, 0.0, 1.0, 2.0], concentration: 5.0 };
    all_near(&means(4, &around), &[0.5, 0.0, 1.0 / 6.0, 2.0 / 6.0], "around a mean");
    // The simplex above (0.2, 0.1, 0.4), of a width of 0.3.
    let above = WeightInformation::Interval(vec![(0.2, 1.0), (0.1, 1.0), (0.4, 1.0)]);
    all_near(&means(3, &above), &[0.3, 0.2, 0.5], "above bounds");
    // Below (0.5, 0.4, 0.4): the same upside down.
    let below = WeightInformation::Interval(vec![(0.0, 0.5), (0.0, 0.4), (0.0, 0.4)]);
    all_near(&means(3, &below), &[0.4, 0.3, 0.3], "below bounds");
    let settled = WeightInformation::Interval(vec![(0.3, 0.3), (0.2, 0.9), (0.1, 0.1)]);
    all_near(&means(3, &settled), &[0.3, 0.6, 0.1], "one point");
}

/// An alternative that is worth 1 by one criterion and nothing else beats one worth `c` by all where its weight is above.
#[test]
fn weights_spread_as_their_distribution_does() {
    let above = |count: usize, level: f64, known: &WeightInformation| {
        let mut only = vec![0.0; count];
        only[0] = 1.0;
        weighed(&[only, vec![level; count]], known).pairwise[0][1]
    };
    for level in [0.1f64, 0.3, 0.7] {
        near(above(4, level, &WeightInformation::Free), (1.0 - level).powi(3), None, "free");
        // Twice the concentration of the uniform distribution of two weights: Beta(2, 2).
        let around = WeightInformation::Dirichlet { mean: vec![1.0, 1.0], concentration: 4.0 };
        let beta = 1.0 - (3.0 * level * level - 2.0 * level * level * level);
        near(above(2, level, &around), beta, None, "around a mean");
    }
    // Of weights drawn again where one is above 0.5, the first: what is left of the simplex is its medial triangle.
    let bounds = WeightInformation::Interval(vec![(0.0, 0.5), (0.0, 0.5), (0.0, 0.5)]);
    near(above(3, 0.25, &bounds), 0.75, None, "between bounds");
    let largest = WeightInformation::ranked(&[1, 2]);
    near(above(2, 0.75, &largest), 0.5, None, "a full order of two");
}

#[test]
fn narrow_bounds_are_walked_through() {
    // Ten that are at most 0.05 among twenty: fewer than one in a hundred free weights keep it.
    let bounds = [(0.0, 0.05), (0.0, 1.0)].map(|bound| vec![bound; 10]).concat();
    let known = WeightInformation::Interval(bounds);
    let found = weighed(&[vec![0.5; 20]], &known);
    assert_eq!(found.drawing, Drawing::HitAndRun);
    let central = found.central_weights[0].as_ref().expect("the only one is first");
    // By symmetry all of a kind have one mean; those of the bounded ones are a little below the middle.
    let bounded = central[..10].iter().sum::<f64>() / 10.0;
    assert!((0.02..0.025).contains(&bounded), "{bounded}");
    all_near(&central[..10], &[bounded; 10], "bounded");
    all_near(&central[10..], &[0.1 - bounded; 10], "open");
}
