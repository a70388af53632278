//! What happens where a method has nothing to tell apart, or is given what it can't take: a stated rule or a refusal, and never
//! NaN. The matrices are those on which other programs were tried, see `data/reference.json`.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fmt::Write;

use serde_json::Value;
use weigh_decision::weights::OBJECTIVE;
use weigh_decision::{Column, METHODS, Matrix, Method, NORMALISATIONS, Normalisation, Parameters};

const CASES: [&str; 5] =
    ["constant_column", "zero_entry", "negative_entry", "identical_alternatives", "single_alternative"];

fn case(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("data/reference.json")).unwrap();
    all["edge_cases"][name].clone()
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

fn matrix(name: &str) -> Matrix {
    let rows: Vec<Vec<f64>> = serde_json::from_value(case(name)["matrix"].clone()).unwrap();
    let columns = (0..rows[0].len()).map(|j| Column::benefit(&format!("c{j}"), 1.0)).collect();
    Matrix::new((0..rows.len()).map(|i| format!("a{i}")).collect(), columns, &rows).unwrap()
}

fn told(found: Result<Vec<f64>, weigh_decision::Refused>) -> String {
    match found {
        Ok(scores) => scores.iter().map(|score| format!("{score:.3}")).collect::<Vec<String>>().join(" "),
        Err(refused) => refused.to_string(),
    }
}

/// Every method as it is, and the weighted sum on every normalisation.
#[test]
fn every_rule() {
    let mut table = String::new();
    for name in CASES {
        let matrix = matrix(name);
        writeln!(table, "{name}").unwrap();
        for method in METHODS {
            let found = method.rank(&matrix, &Parameters::default()).map(|ranking| ranking.scores);
            writeln!(table, "  {:<18}{}", method.id, told(found)).unwrap();
        }
        for normalisation in NORMALISATIONS {
            let parameters = Parameters { normalisation: Some(normalisation), ..Parameters::default() };
            let found = METHODS[0].rank(&matrix, &parameters).map(|ranking| ranking.scores);
            writeln!(table, "  sum on {:<11}{}", normalisation.id, told(found)).unwrap();
        }
        for formula in OBJECTIVE {
            writeln!(table, "  weights {:<10}{}", formula.id, told(formula.weights(&matrix))).unwrap();
        }
    }
    assert_eq!(table, include_str!("data/degenerate.txt"));
}

/// Where other programs have numbers for these, they are ours too.
#[test]
fn others_that_have_a_number_agree() {
    let mut compared = 0;
    for name in CASES {
        let (matrix, others) = (matrix(name), case(name));
        let on = |method: &str, normalisation: &str| {
            let parameters =
                Parameters { normalisation: Normalisation::find(normalisation), ..Parameters::default() };
            Method::find(method).unwrap().rank(&matrix, &parameters).map(|ranking| ranking.scores)
        };
        let found = [
            ("wsm_minmax", on("weighted-sum", "min-max")),
            ("wsm_sum", on("weighted-sum", "sum")),
            ("topsis_vector", on("topsis", "vector")),
            ("vikor_skc_q", on("vikor", "")),
            ("wpm_linear", on("weighted-product", "linear")),
            ("entropy_skc", OBJECTIVE[0].weights(&matrix)),
            ("critic_skc", OBJECTIVE[1].weights(&matrix)),
        ];
        for (key, found) in found {
            if let Some(told) = numbers(&others[key]) {
                let found = found.unwrap();
                assert!(
                    found.iter().zip(&told).all(|(a, b)| (a - b).abs() < 1e-12),
                    "{name}, {key}: {found:?}"
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 22);
}
