//! Figures as documents state them, the arithmetic between them, and whether one agrees with what was computed: no cloud word.

mod agreement;
mod expression;
mod figure;
mod shortened;
mod unit;
mod written;

pub use agreement::{Agreement, Degree};
pub use expression::{Expression, Slip};
pub use figure::Figure;
pub use unit::{ClaimUnit, Dimension};
