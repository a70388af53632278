//! Times SMAA-2 on one core: 1,000,000 samples of the weights of 8 alternatives by 10 criteria.
//!
//! Run with `cargo bench -p weigh-benches --bench acceptability`. The bound is 0.06 s for free weights and certain values,
//! with the whole table of ranks, pairwise winning and central weights; the program exits with 1 when it doesn't hold. The
//! other kinds of weights and values are timed beside it. `acceptability.py` does the first with numpy.

use std::hint::black_box;
use std::time::Instant;

use weigh_core::decision::smaa::{Robustness, Sampling, Spread, WeightInformation};
use weigh_core::decision::{Column, Matrix, Shape, ValueFunction, ValueScale};

const RUNS: usize = 9;
const BOUND_S: f64 = 0.06;
const ALTERNATIVES: usize = 8;
const CRITERIA: usize = 10;

fn main() {
    let matrix = matrix();
    let certain = Robustness::of(&matrix);
    let some = (0..ALTERNATIVES).fold(certain.clone(), |robustness, i| {
        let low = matrix.column(0)[i];
        robustness.spread(i, 0, Spread::Range { low, high: low + 0.1 }).expect("a range")
    });
    let ranges = (0..ALTERNATIVES).flat_map(|i| (0..CRITERIA).map(move |j| (i, j)));
    let ranges = ranges.fold(certain.clone(), |robustness, (i, j)| {
        let x = matrix.column(j)[i];
        robustness.spread(i, j, Spread::Range { low: x * 0.8, high: x * 1.2 }).expect("a range")
    });
    let stars = stars();
    let levels = (0..CRITERIA).fold(Robustness::of(&stars), |robustness, j| {
        robustness.levels(j, &[1.0, 2.0, 3.0, 4.0, 5.0]).expect("levels")
    });
    let free = WeightInformation::Free;
    let bounds = WeightInformation::Interval(vec![(0.05, 0.3); CRITERIA]);
    let order = WeightInformation::ranked(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let around = WeightInformation::Dirichlet { mean: vec![1.0; CRITERIA], concentration: 20.0 };
    let fixed = WeightInformation::Fixed(vec![1.0; CRITERIA]);
    let holds = time("free weights", &certain, &free) <= BOUND_S;
    println!("at most {BOUND_S} s: {}", if holds { "yes" } else { "NO" });
    time("weights in an order", &certain, &order);
    time("weights between bounds", &certain, &bounds);
    time("weights around a mean (Dirichlet)", &certain, &around);
    time("fixed weights, all values ranges", &ranges, &fixed);
    time("free weights, one criterion of ranges, with confidence", &some, &free);
    time("free weights, all values ranges, with confidence", &ranges, &free);
    time("free weights, all criteria stars, with confidence", &levels, &free);
    if !holds {
        std::process::exit(1);
    }
}

/// Prints and gives the shortest of the runs, in seconds.
fn time(what: &str, robustness: &Robustness<'_>, weights: &WeightInformation) -> f64 {
    let sampling = Sampling { samples: 1_000_000, seed: 1, threads: 1 };
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(robustness.acceptability(black_box(weights), &sampling).expect("acceptabilities"));
        start.elapsed().as_secs_f64()
    });
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    println!("{what}: best of {RUNS} {:.4} s, median {:.4} s", times[0], times[RUNS / 2]);
    times[0]
}

/// A matrix of worths, the same as in `acceptability.py`.
fn matrix() -> Matrix {
    let scale = ValueFunction::Scale(ValueScale::new(1.0, 0.0, Shape::Linear).expect("two ends"));
    let columns = (0..CRITERIA).map(|j| Column::valued(&format!("criterion {j}"), 1.0, scale.clone()));
    let row =
        |i: usize| (0..CRITERIA).map(|j| (1 + (i * 7_919 + j * 104_729) % 991) as f64 / 1_000.0).collect();
    let rows: Vec<Vec<f64>> = (0..ALTERNATIVES).map(row).collect();
    let names = (0..ALTERNATIVES).map(|i| format!("alternative {i}")).collect();
    Matrix::new(names, columns.collect(), &rows).expect("a matrix")
}

/// A matrix of one to five stars.
fn stars() -> Matrix {
    let columns = (0..CRITERIA).map(|j| Column::benefit(&format!("criterion {j}"), 1.0));
    let row = |i: usize| (0..CRITERIA).map(|j| (1 + (i * 7_919 + j * 104_729) % 5) as f64).collect();
    let rows: Vec<Vec<f64>> = (0..ALTERNATIVES).map(row).collect();
    let names = (0..ALTERNATIVES).map(|i| format!("alternative {i}")).collect();
    Matrix::new(names, columns.collect(), &rows).expect("a matrix")
}
