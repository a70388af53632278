//! Reads a decision matrix from a file.

use std::path::Path;

use weigh_core::matrix_file::{CannotRank, MatrixFile, MatrixFormat};
use weigh_core::problem::Problem;

use super::read;
use crate::output::Failure;

/// A matrix with the file that it is from.
pub(crate) struct LoadedMatrix {
    pub(crate) matrix: MatrixFile,
    path: String,
    text: String,
}

impl LoadedMatrix {
    /// What a ranking refuses, at its place in the file where it has one.
    pub(crate) fn failure(self, why: CannotRank) -> Failure {
        match why.span {
            Some(span) => {
                let problems = vec![Problem::at(span, why.message).allowing(why.remedy)];
                Failure::InFile { path: self.path, text: self.text, problems }
            }
            None if why.remedy.is_empty() => Failure::text(why.message),
            None => Failure::with_help(why.message, why.remedy),
        }
    }
}

/// The matrix of a file, or of standard input for `-`.
pub(crate) fn matrix(file: &Path) -> Result<LoadedMatrix, Failure> {
    let (path, text) = read(file, "a matrix is TOML or CSV, and that is UTF-8 text")?;
    match MatrixFile::parse(&text, MatrixFormat::of(&path, &text)) {
        Ok(matrix) => Ok(LoadedMatrix { matrix, path, text }),
        Err(problems) => Err(Failure::InFile { path, text, problems }),
    }
}
