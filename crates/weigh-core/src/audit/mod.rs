//! The audit: each claim of a document computed from the model, and where it differs, what would make it equal.

mod cause;
mod computed;
pub mod measure;

pub use cause::causes;
pub use computed::{Basis, Cause, Computed, Line, NotComputed, Part, Subject};
pub use measure::{Measures, held_against};
