//! Worked examples from the literature, to the digits that are printed there.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use weigh_decision::weights::Judgements;
use weigh_decision::{Column, Matrix, Method, Parameters, Ranking};

fn ranking(method: &str, columns: Vec<Column>, rows: &[Vec<f64>]) -> Ranking {
    let names = (1..=rows.len()).map(|i| format!("A{i}")).collect();
    let matrix = Matrix::new(names, columns, rows).unwrap();
    Method::find(method).unwrap().rank(&matrix, &Parameters::default()).unwrap()
}

#[track_caller]
fn close(found: &[f64], told: &[f64], within: f64) {
    assert_eq!(found.len(), told.len());
    for (found, told) in found.iter().zip(told) {
        assert!((found - told).abs() <= within, "{found} instead of {told}");
    }
}

/// Tzeng and Huang, *Multiple Attribute Decision Making: Methods and Applications*, 2011, as cited in scikit-criteria's own
/// tests of TOPSIS.
#[test]
fn topsis_of_tzeng_and_huang() {
    let columns = [0.3, 0.4, 0.3].map(|weight| Column::benefit("c", weight)).to_vec();
    let rows = [vec![5.0, 8.0, 4.0], vec![7.0, 6.0, 8.0], vec![8.0, 8.0, 6.0], vec![7.0, 4.0, 6.0]];
    let found = ranking("topsis", columns, &rows);
    close(&found.scores, &[0.5037, 0.6581, 0.7482, 0.3340], 1e-4);
    assert_eq!(found.ranks, [3, 2, 1, 4]);
}

/// Weights that add up to 20, and directions that differ: as worked out by JMcDM (Satman, Yıldırım and Kuruca, *JMcDM: A Julia
/// package for multiple-criteria decision-making tools*, Journal of Open Source Software 6, 2021), in its tests.
#[test]
fn topsis_of_jmcdm() {
    let rows = [vec![9.0, 7.0, 6.0, 7.0], vec![8.0, 7.0, 9.0, 6.0], vec![7.0, 8.0, 6.0, 6.0]];
    let weights = [4.0, 2.0, 6.0, 8.0];
    let benefits = weights.map(|weight| Column::benefit("c", weight)).to_vec();
    close(&ranking("topsis", benefits.clone(), &rows).scores, &[0.387_687_0, 0.650_323_8, 0.083_476_7], 1e-7);
    let mut mixed = benefits;
    for j in [1, 3] {
        mixed[j] = Column::cost("c", weights[j]);
    }
    close(&ranking("topsis", mixed, &rows).scores, &[0.267_953, 0.852_471, 0.316_26], 1e-6);
}

/// The way up a mountain, by risk and altitude: Opricovic and Tzeng, *Compromise solution by MCDM methods*, European Journal
/// of Operational Research 156 (2004), as cited in scikit-criteria's own tests of VIKOR.
#[test]
fn vikor_of_opricovic_and_tzeng() {
    let columns = vec![Column::cost("risk", 0.5), Column::benefit("altitude", 0.5)];
    let rows = [vec![1.0, 3000.0], vec![2.0, 3750.0], vec![5.0, 4500.0]];
    let found = ranking("vikor", columns, &rows);
    for (measure, told) in found.measures.iter().zip([[0.5, 0.375, 0.5], [0.5, 0.25, 0.5], [1.0, 0.0, 1.0]]) {
        close(&measure.values, &told, 1e-15);
    }
    assert_eq!(found.ranks, [2, 1, 2]);
    let chosen = found.chosen.unwrap();
    assert_eq!(chosen.members, [1]);
    assert_eq!(
        chosen.why,
        "A2 leads A1 by 1.0000 in Q, which is the advantage of 0.5000 that is asked for; it is first in S or R as well"
    );
}

/// What people drink: Saaty, *Decision making with the analytic hierarchy process*, International Journal of Services Sciences 1
/// (2008), figure 3, which holds the weights against measured consumption.
#[test]
fn ahp_of_saaty() {
    let above = [
        vec![9.0, 5.0, 2.0, 1.0, 1.0, 1.0 / 2.0],
        vec![1.0 / 3.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0],
        vec![1.0 / 3.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 9.0],
        vec![1.0 / 2.0, 1.0, 1.0 / 3.0],
        vec![2.0, 1.0 / 2.0],
        vec![1.0 / 3.0],
    ];
    let mut rows = vec![vec![1.0; 7]; 7];
    for (i, row) in above.iter().enumerate() {
        for (by, judged) in row.iter().enumerate() {
            (rows[i][i + 1 + by], rows[i + 1 + by][i]) = (*judged, 1.0 / judged);
        }
    }
    let found = Judgements::new(&rows).unwrap().priorities().unwrap();
    close(&found.eigenvector, &[0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], 5e-4);
    close(&[found.consistency.ratios[0].1.unwrap()], &[0.022], 1e-3);
    assert_eq!(found.consistency.accepted("tummala-ling"), Some(true));
}
