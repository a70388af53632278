//! The audit: each claim of a document computed from the model, and where it differs, what would make it equal.

mod among;
mod arithmetic;
mod cause;
mod computed;
mod conduct;
pub mod measure;
mod own_figures;
mod references;

pub use among::{Disagreement, Statement, StatementPlace};
pub use cause::causes;
pub use computed::{Basis, Cause, Computed, Line, NotComputed, Part, Promise, Subject};
pub use conduct::{Audit, AuditedClaim, AuditedScenario, audit, examine};
pub use measure::{Measures, held_against};
pub use own_figures::{Against, Check, CheckKind};
pub use references::{ClaimFile, WrongReference, references};
