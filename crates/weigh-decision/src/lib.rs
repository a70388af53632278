//! Decision analysis: alternatives by criteria, what their values are worth, methods that rank them, and how firm the
//! ranking is. It knows numbers and names, nothing else.
//!
//! ```
//! use weigh_decision::{Column, Matrix, Method, Parameters};
//!
//! let columns = vec![Column::cost("price", 0.6), Column::benefit("comfort", 0.4)];
//! let names = vec!["bus".to_owned(), "train".to_owned()];
//! let matrix = Matrix::new(names, columns, &[vec![20.0, 2.0], vec![50.0, 5.0]]).unwrap();
//! let topsis = Method::find("topsis").unwrap();
//! let ranking = topsis.rank(&matrix, &Parameters::default()).unwrap();
//! assert_eq!(ranking.ranks, [1, 2]);
//! ```
//!
//! # The layers
//!
//! | module | what lives in it |
//! |---|---|
//! | [`worth`] | value functions with fixed ends: linear, logarithmic, piecewise, steps |
//! | [`matrix`] | the decision matrix and what it refuses |
//! | [`normalisation`] | columns made comparable from their own data, a row of a table each |
//! | [`method`] | the ways to rank, a row of a table each |
//! | [`dominance`] | needs as vetoes, who dominates whom, the Pareto front |
//! | [`correlation`] | criteria that rise and fall together, and so count one thing twice |
//! | [`linear_programme`] | a small simplex, for weights and distances |
//! | [`weights`] | weights from points, orders and judgements; from the values as a check |
//! | [`sensitivity`] | what would turn a ranking: weights and values |
//! | [`agreement`] | what the other methods and normalisations say |
//! | [`reversal`] | whether an alternative that is dropped or added turns the order of the others |
//! | [`smaa`] | how often each alternative takes each rank when weights and values are not known for certain |
//! | [`winners`] | who is best at each criterion |
//! | [`verdict`] | all of it in words |
//! | [`firmness`] | all of it asked in one go |
//!
//! Nothing here reads a file, a clock or the environment; what is drawn at random comes from a seed, and threads change
//! no result.

pub mod agreement;
pub mod correlation;
pub mod dominance;
pub mod firmness;
pub mod linear_programme;
pub mod matrix;
pub mod method;
pub mod normalisation;
pub mod reversal;
mod rounding;
pub mod sensitivity;
pub mod smaa;
pub mod verdict;
pub mod weights;
pub mod winners;
pub mod worth;

pub use correlation::{CORRELATION_LIMIT, Correlated, Correlations};
pub use dominance::{Dominance, Filtered, Need, UnknownCriterion, meeting};
pub use matrix::{Column, Direction, Matrix, NoMatrix, Thresholds};
pub use method::{
    Better, Chosen, Closeness, METHODS, Measure, Method, Outranking, PARAMETERS, Parameter, Parameters,
    Preference, Ranking, Refused,
};
pub use normalisation::{NORMALISATIONS, Normalisation};
pub use sensitivity::{Found, Study};
pub use worth::{NoScale, Piecewise, Shape, Steps, ValueFunction, ValueScale};
