//! Sensitivity held against another program: what `data/sensitivity.json` says, to 1e-9, and known answers by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use serde_json::Value;
use weigh_decision::sensitivity::{
    Bar, Ends, WeightStep, absolute_flips, lead_uncertainties, lead_uncertainty, most_critical,
    nearest_weights, one_weight_flips, tornado, value_flips, weight_spans, weight_tornado,
};
use weigh_decision::{
    Column, Found, Matrix, Method, Parameters, Shape, Steps, Study, ValueFunction, ValueScale,
};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn places(value: &Value) -> (usize, usize) {
    let place = |key| usize::try_from(value[key].as_u64().unwrap()).unwrap();
    (place("criterion"), place("rival"))
}

fn named(columns: Vec<Column>, rows: &[Vec<f64>]) -> Matrix {
    Matrix::new((0..rows.len()).map(|at| format!("a{at}")).collect(), columns, rows).unwrap()
}

fn signed(weights: &[f64], types: &[f64]) -> Vec<Column> {
    let column = |(at, (weight, sign)): (usize, (&f64, &f64))| {
        let name = format!("c{at}");
        if *sign > 0.0 { Column::benefit(&name, *weight) } else { Column::cost(&name, *weight) }
    };
    weights.iter().zip(types).enumerate().map(column).collect()
}

fn stored() -> (Value, Matrix) {
    let all: Value = serde_json::from_str(include_str!("data/sensitivity.json")).unwrap();
    let rows: Vec<Vec<f64>> = all["rows"].as_array().unwrap().iter().map(numbers).collect();
    let matrix = named(signed(&numbers(&all["weights"]), &numbers(&all["types"])), &rows);
    (all, matrix)
}

fn weighted_sum() -> &'static Method {
    Method::find("weighted-sum").unwrap()
}

#[track_caller]
fn close(found: f64, told: f64) {
    assert!((found - told).abs() < 1e-9, "{found} instead of {told}");
}

#[test]
fn flips_of_one_weight() {
    let (told, matrix) = stored();
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    assert_eq!(study.leader() as u64, told["winner"].as_u64().unwrap());
    let flips = one_weight_flips(&study).unwrap();
    for told in told["one_weight"].as_array().unwrap() {
        let (criterion, rival) = places(told);
        let found = flips.iter().find(|flip| (flip.criterion, flip.rival) == (criterion, rival));
        let Some(delta) = told["delta"].as_f64() else {
            assert!(found.is_none(), "{told}");
            continue;
        };
        let found = found.unwrap();
        close(found.delta, delta);
        close(found.weight, told["new_weight"].as_f64().unwrap());
        assert_eq!(Some(found.feasible), told["feasible"].as_bool(), "{told}");
    }
    let spans = weight_spans(&study);
    let (span, turn) = most_critical(&spans).unwrap();
    assert_eq!((span.criterion, turn.rival, span.found), (1, 0, Found::Exact));
    close(turn.delta, -0.15);
    close(turn.weight, 0.1);
}

#[test]
fn flips_without_rescaling() {
    let (told, matrix) = stored();
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let flips = absolute_flips(&study).unwrap();
    for told in told["absolute"].as_array().unwrap() {
        let (criterion, rival) = places(told);
        let found = flips.iter().find(|flip| (flip.criterion, flip.rival) == (criterion, rival));
        let Some(delta) = told["delta"].as_f64() else {
            assert!(found.is_none(), "{told}");
            continue;
        };
        let found = found.unwrap();
        close(found.delta, delta);
        close(found.percent.unwrap(), 400.0 * delta);
        assert_eq!(Some(found.feasible), told["feasible"].as_bool(), "{told}");
    }
}

#[test]
fn distances_over_all_weights() {
    let (told, matrix) = stored();
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let found = nearest_weights(&study).unwrap();
    assert_eq!(found[0].rival, 0);
    assert_eq!(found.len(), 4);
    for told in told["many_weights"].as_array().unwrap() {
        let found = found.iter().find(|found| Some(found.rival as u64) == told["rival"].as_u64()).unwrap();
        close(found.distance, told["l1"].as_f64().unwrap());
        close(found.euclidean.as_ref().unwrap().distance, told["euclidean"].as_f64().unwrap());
    }
}

/// Five alternatives by seven criteria: 0.0112 more on the first turns the third back behind the first.
#[test]
fn the_smallest_change_is_small() {
    let rows = [
        vec![12.0, 180.0, 1.0, 6.0, 150.0, 99.5, 4.0],
        vec![38.5, 240.0, 420.0, 1.5, 5000.0, 99.95, 2.0],
        vec![74.2, 120.0, 35.0, 3.0, 2000.0, 99.99, 4.0],
        vec![61.3, 115.0, 95.0, 8.0, 2500.0, 99.95, 4.0],
        vec![30.4, 110.0, 1.0, 12.0, 400.0, 99.5, 5.0],
    ];
    let columns = signed(&[0.25, 0.2, 0.1, 0.15, 0.1, 0.1, 0.1], &[-1.0, -1.0, -1.0, -1.0, 1.0, 1.0, 1.0]);
    let matrix = named(columns, &rows);
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let spans = weight_spans(&study);
    let (span, turn) = most_critical(&spans).unwrap();
    assert_eq!((study.leader(), span.criterion, turn.rival), (2, 0, 0));
    assert!((turn.delta - 0.0112).abs() < 5e-5, "{turn:?}");
}

fn scale(name: &str, weight: f64, best: f64, worst: f64, shape: Shape) -> Column {
    Column::valued(name, weight, ValueFunction::Scale(ValueScale::new(best, worst, shape).unwrap()))
}

/// By hand: 0.5 · (0.8 − 0.5) − 0.5 · (0.6 − 0.5) = 0.1 is the lead, so 0.2 of worth at a criterion turns it.
#[test]
fn flips_of_values_by_hand() {
    let steps = Steps::new(vec![(0.0, 0.0), (10.0, 0.5), (20.0, 0.6), (30.0, 0.8)]).unwrap();
    let columns = vec![
        scale("cost", 0.5, 0.0, 100.0, Shape::Linear),
        Column::valued("speed", 0.5, ValueFunction::Steps(steps)),
    ];
    let matrix = named(columns, &[vec![20.0, 10.0], vec![50.0, 25.0]]);
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let found: Vec<_> = value_flips(&study, 1)
        .iter()
        .map(|flip| (flip.criterion, flip.alternative, flip.from, flip.to))
        .collect();
    // The leader's cost may rise to 40, the rival's may fall to 30; the rival can't gain more than 0.2 by speed, which
    // would make it level, and the leader turns below the limit of 10.
    assert_eq!(found.len(), 3, "{found:?}");
    for (found, told) in found.iter().zip([(0, 0, 20.0, 40.0), (0, 1, 50.0, 30.0), (1, 0, 10.0, 10.0)]) {
        assert_eq!((found.0, found.1), (told.0, told.1));
        close(found.2, told.2);
        close(found.3, told.3);
    }
    assert!(value_flips(&study, 0).is_empty() && value_flips(&study, 9).is_empty());
}

#[test]
fn tornado_by_hand() {
    let columns =
        vec![scale("cost", 0.5, 0.0, 100.0, Shape::Linear), scale("speed", 0.5, 100.0, 0.0, Shape::Linear)];
    let matrix = named(columns, &[vec![20.0, 50.0], vec![50.0, 60.0]]);
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let ranges = [vec![(10.0, 30.0), (50.0, 50.0)], vec![(30.0, 60.0), (40.0, 60.0)]];
    let leads = |bars: Vec<Bar>| -> Vec<(usize, f64, f64)> {
        let rounded = |lead: f64| (lead * 1e9).round() / 1e9;
        bars.iter().map(|bar| (bar.criterion, rounded(bar.low.lead), rounded(bar.high.lead))).collect()
    };
    let opposed = leads(tornado(&study, &ranges, Ends::Opposed).unwrap());
    assert_eq!(opposed, [(0, -0.05, 0.2), (1, 0.1, 0.2)]);
    let together = leads(tornado(&study, &ranges, Ends::Together).unwrap());
    assert_eq!(together, [(1, 0.2, 0.1), (0, 0.05, 0.1)]);
    let weights = leads(weight_tornado(&study, WeightStep::Points(0.1)).unwrap());
    assert_eq!(weights, [(0, 0.06, 0.14), (1, 0.14, 0.06)]);
    assert_eq!(leads(weight_tornado(&study, WeightStep::Share(0.2)).unwrap()), weights);
    let why =
        tornado(&study, &[vec![(3.0, 1.0), (0.0, 0.0)], vec![(0.0, 0.0); 2]], Ends::Opposed).unwrap_err();
    assert!(why.to_string().starts_with("cost of a0"), "{why}");
}

/// On a scale that is clipped the larger side counts: a cost of 0 can only get worse.
#[test]
fn the_uncertainty_of_a_lead() {
    let columns = vec![
        scale("cost", 0.4, 10.0, 1000.0, Shape::Logarithmic),
        scale("speed", 0.6, 100.0, 0.0, Shape::Linear),
    ];
    let matrix = named(columns, &[vec![10.0, 50.0], vec![100.0, 60.0]]);
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    // Of speed the two ends of the leader are not alike: the farther one counts.
    let ends = [vec![(5.0, 15.0), (40.0, 55.0)], vec![(100.0, 100.0), (55.0, 65.0)]];
    let found = lead_uncertainty(&study, 1, &ends).unwrap();
    let cost = 0.4 * (15.0f64 / 10.0).log10() / 2.0;
    close(found.within, (cost * cost + 0.06 * 0.06 + 0.03 * 0.03f64).sqrt());
    assert!(!found.turns);
    let exact = [vec![(10.0, 10.0), (50.0, 50.0)], vec![(100.0, 100.0), (60.0, 60.0)]];
    close(lead_uncertainty(&study, 1, &exact).unwrap().within, 0.0);
    assert!(lead_uncertainty(&study, 1, &[vec![(0.0, 0.0); 2]]).is_err());
    let wrong = [vec![(10.0, 10.0), (51.0, 49.0)], exact[1].clone()];
    let why = lead_uncertainty(&study, 1, &wrong).unwrap_err();
    assert!(why.to_string().starts_with("speed of a0"), "{why}");
}

/// What is known by a closed form is what ranking again says, for every rival at once.
#[test]
fn all_leads_at_once() {
    let columns = || {
        vec![
            scale("cost", 0.4, 10.0, 1000.0, Shape::Logarithmic),
            scale("speed", 0.6, 100.0, 0.0, Shape::Linear),
        ]
    };
    let matrix = named(columns(), &[vec![10.0, 50.0], vec![100.0, 60.0], vec![50.0, 20.0]]);
    let ends = [
        vec![(5.0, 12.0), (45.0, 50.0)],
        vec![(90.0, 100.0), (50.0, 61.0)],
        vec![(50.0, 50.0), (10.0, 75.0)],
    ];
    let parameters = Parameters::default();
    let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
    let all = lead_uncertainties(&study, &ends).unwrap();
    let scores = |matrix: &Matrix| weighted_sum().rank(matrix, &parameters).unwrap().scores;
    for rival in study.rivals() {
        let (mut squares, mut turns, now) = (0.0, false, study.lead(rival));
        for (alternative, row) in ends.iter().enumerate() {
            for (criterion, (low, high)) in row.iter().enumerate() {
                let leads = [low, high].map(|end| {
                    let scores = scores(&matrix.with_value(alternative, criterion, *end).unwrap());
                    scores[study.leader()] - scores[rival]
                });
                let change = leads.iter().map(|lead| (lead - now).abs()).fold(0.0, f64::max);
                squares += change * change;
                turns |= leads.iter().any(|lead| *lead <= 0.0);
            }
        }
        let found = all[rival].unwrap();
        close(found.within, squares.sqrt());
        assert_eq!(found.turns, turns);
    }
    assert!(all[2].unwrap().turns && !all[1].unwrap().turns, "{all:?}");
}

/// Stars end at 5, and what differs by rounding only turns nothing.
#[test]
fn values_stay_within_their_domain() {
    let parameters = Parameters::default();
    let flips = |columns: Vec<Column>, rows: &[Vec<f64>]| -> Vec<(usize, usize, f64)> {
        let matrix = named(columns, rows);
        let study = Study::new(&matrix, weighted_sum(), &parameters).unwrap();
        let told = value_flips(&study, 1);
        told.iter().map(|flip| (flip.criterion, flip.alternative, flip.to)).collect()
    };
    // Scaled by the alternatives, 0 to 5: the leader turns below 3.2, and the rival above 6.25 stars.
    let rows = [vec![5.0, 5.0], vec![4.0, 4.0], vec![0.0, 0.0]];
    let (ease, speed) = (Column::benefit("ease", 0.5), Column::benefit("speed", 0.5));
    let of_ease = |ease: Column| {
        let found = flips(vec![ease, speed.clone()], &rows);
        found.into_iter().filter(|flip| flip.0 == 0).map(|flip| flip.2).collect::<Vec<f64>>()
    };
    let (free, within) = (of_ease(ease.clone()), of_ease(ease.within(1.0, 5.0)));
    assert_eq!((free.len(), within.len()), (2, 1));
    close(free[1], 6.25);
    close(within[0], 3.2);
    // By fixed ends the leader's lead of 0.2 is lost at 3, and the rival's 4 would have to be 6.
    let fixed = vec![
        scale("ease", 0.5, 10.0, 0.0, Shape::Linear).within(1.0, 5.0),
        scale("speed", 0.5, 10.0, 0.0, Shape::Linear),
    ];
    let found = flips(fixed, &[vec![5.0, 5.0], vec![4.0, 4.0]]);
    let ease: Vec<_> = found.iter().filter(|flip| flip.0 == 0).collect();
    assert_eq!((ease.len(), ease[0].0, ease[0].1), (1, 0, 0));
    close(ease[0].2, 3.0);
    // In a column of zeros any value above 0 takes the whole scale: no value to tell.
    let zeros = vec![Column::benefit("ease", 0.9), Column::benefit("speed", 0.1)];
    let found = flips(zeros, &[vec![0.0, 2.0], vec![0.0, 1.0]]);
    assert!(found.iter().all(|flip| flip.0 == 1), "{found:?}");
    // Truly level, the present value is the one.
    let level =
        vec![scale("ease", 0.5, 10.0, 0.0, Shape::Linear), scale("speed", 0.5, 10.0, 0.0, Shape::Linear)];
    let found = flips(level, &[vec![3.1, 4.2], vec![4.2, 3.1]]);
    assert_eq!(found, [(0, 0, 3.1), (0, 1, 4.2), (1, 0, 4.2), (1, 1, 3.1)]);
}

/// The stated rules: all the weight on one criterion, none on one, level ones, one alternative, one criterion.
#[test]
fn degenerate_cases_have_stated_answers() {
    let parameters = Parameters::default();
    let rows = [vec![1.0, 0.0, 0.2], vec![0.5, 1.0, 0.2], vec![0.0, 0.0, 0.2]];
    let all_on_one = named(signed(&[1.0, 0.0, 0.0], &[1.0; 3]), &rows);
    let study = Study::new(&all_on_one, weighted_sum(), &parameters).unwrap();
    let spans = weight_spans(&study);
    // The others share equally what the first loses: t + 0 = t/2 + (1 − t)/2 at t = 1/2.
    close(spans[0].down.unwrap().weight, 0.5);
    assert_eq!(spans[0].up, None);
    // Of no weight: t = 1/3 where (1 − t) = (1 − t)/2 + t.
    close(spans[1].up.unwrap().weight, 1.0 / 3.0);
    assert_eq!((spans[1].down, spans[2].up), (None, None));

    let level = named(signed(&[0.5, 0.5], &[1.0; 2]), &[vec![1.0, 0.0], vec![0.0, 1.0]]);
    let study = Study::new(&level, weighted_sum(), &parameters).unwrap();
    let spans = weight_spans(&study);
    assert_eq!((study.leader(), spans[0].up, spans[0].down.unwrap().delta), (0, None, 0.0));
    close(nearest_weights(&study).unwrap()[0].distance, 0.0);

    let dominated = named(signed(&[0.5, 0.5], &[1.0; 2]), &[vec![1.0, 1.0], vec![0.0, 1.0]]);
    let study = Study::new(&dominated, weighted_sum(), &parameters).unwrap();
    assert!(most_critical(&weight_spans(&study)).is_none());
    let nearest = nearest_weights(&study).unwrap();
    assert_eq!((nearest[0].distance, nearest[0].overtakes), (1.0, false));

    let alone = named(signed(&[0.5, 0.5], &[1.0; 2]), &[vec![1.0, 1.0]]);
    let one_criterion = named(signed(&[1.0], &[1.0]), &[vec![1.0], vec![0.0]]);
    for matrix in [alone, one_criterion] {
        for method in weigh_decision::METHODS {
            let Ok(study) = Study::new(&matrix, method, &parameters) else { continue };
            assert!(most_critical(&weight_spans(&study)).is_none(), "{}", method.id);
        }
    }
}
