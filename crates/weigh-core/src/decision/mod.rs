//! Decision analysis: alternatives, criteria, value scales and methods. It knows numbers and names, nothing else.

mod matrix;
mod scale;
mod weighted_sum;

pub use matrix::{Column, Matrix, NoMatrix, Ranking};
pub use scale::{NoScale, Shape, ValueScale};
pub use weighted_sum::weighted_sum;
