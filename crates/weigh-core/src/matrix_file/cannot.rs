//! Why a matrix can't be ranked as it was asked: what is wrong, where, and what helps.

use std::fmt;
use std::ops::Range;

use super::{Asked, MatrixFile};
use crate::decision::Refused;

/// Why a matrix that is well written can't be ranked as it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotRank {
    /// What is wrong.
    pub message: String,
    /// What helps; empty where the message says it.
    pub remedy: String,
    /// Where the name of the criterion to blame stands in the file; nothing where none is.
    pub span: Option<Range<usize>>,
}

impl fmt::Display for CannotRank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, " ({})", self.remedy) }
    }
}

impl std::error::Error for CannotRank {}

impl From<String> for CannotRank {
    fn from(message: String) -> CannotRank {
        CannotRank { message, remedy: String::new(), span: None }
    }
}

impl MatrixFile {
    /// What a method or its normalisation refuses, with the criterion's place and the remedy.
    pub(super) fn refused(&self, refused: &Refused, asked: &Asked<'_>) -> CannotRank {
        let by = asked.method.id;
        let message = match refused.method == by {
            true => refused.to_string(),
            false => format!("{by} by the normalisation {refused}"),
        };
        let named = |name: &String| self.criteria.iter().position(|criterion| criterion.name == *name);
        let place = refused.criterion.as_ref().and_then(named);
        let remedy = match asked.parameters.normalisation {
            Some(asked) if asked.id == refused.method && asked.id == "fixed" => {
                "`best` and `worst` for the criterion; or without --normalisation the method's own way"
            }
            Some(asked) if asked.id == refused.method => {
                "another value, another --normalisation, or none: the method's own way"
            }
            _ if refused.criterion.is_some() => {
                "another value; or another method: weighted-sum and topsis take every value"
            }
            _ => "what is said above, or another method",
        };
        CannotRank {
            message,
            remedy: remedy.to_owned(),
            span: place.and_then(|place| self.criterion_spans.get(place).cloned()),
        }
    }
}
