//! Times decision analysis on one core: a ranking by TOPSIS.
//!
//! Run with `cargo bench -p weigh-benches --bench decision`. The bounds are 0.5 µs for 8 alternatives by 10 criteria and 5 µs
//! for 50 by 20; the program exits with 1 when one doesn't hold.

use std::hint::black_box;
use std::time::Instant;

use weigh_core::decision::{Closeness, Column, Matrix, Method, Parameters};

const RUNS: usize = 7;

fn main() {
    let within = [topsis()];
    if within.contains(&false) {
        std::process::exit(1);
    }
}

/// Closeness into room that is used again, which is held to the bounds; the whole ranking with its measures and normalised
/// values beside it, for comparison.
fn topsis() -> bool {
    const TIMES: u32 = 20_000;
    let mut within = true;
    for (height, width, bound_us) in [(8, 10, 0.5), (50, 20, 5.0)] {
        let matrix = matrix(height, width);
        let mut closeness = Closeness::default();
        let lean = best_of(|| {
            for _ in 0..TIMES {
                black_box(closeness.of(black_box(&matrix)));
            }
        });
        let method = Method::find("topsis").expect("a row of the table");
        let parameters = Parameters::default();
        let whole = best_of(|| {
            for _ in 0..TIMES {
                black_box(method.rank(black_box(&matrix), &parameters).expect("a ranking"));
            }
        });
        let each_us = |seconds: f64| seconds / f64::from(TIMES) * 1e6;
        println!(
            "TOPSIS of {height} × {width}: best of {RUNS} {:.3} µs; with ranks, distances and normalised values {:.3} µs",
            each_us(lean),
            each_us(whole)
        );
        let holds = each_us(lean) <= bound_us;
        println!("at most {bound_us} µs: {}", if holds { "yes" } else { "NO" });
        within &= holds;
    }
    within
}

/// A matrix of values from 1 to 100, each other criterion a cost.
fn matrix(height: usize, width: usize) -> Matrix {
    let column = |j: usize| {
        let (name, weight) = (format!("criterion {j}"), 1.0 + (j % 5) as f64);
        if j.is_multiple_of(2) { Column::benefit(&name, weight) } else { Column::cost(&name, weight) }
    };
    let row = |i: usize| (0..width).map(|j| 1.0 + ((i * 7_919 + j * 104_729) % 991) as f64 / 10.0).collect();
    let names = (0..height).map(|i| format!("alternative {i}")).collect();
    let rows: Vec<Vec<f64>> = (0..height).map(row).collect();
    Matrix::new(names, (0..width).map(column).collect(), &rows).expect("a matrix")
}

/// The shortest of the runs, in seconds.
fn best_of(mut run: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}
