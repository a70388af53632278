//! Reads a decision matrix from a file.

use std::path::Path;

use weigh_core::matrix_file::{MatrixFile, MatrixFormat};

use super::read;
use crate::output::Failure;

/// The matrix of a file, or of standard input for `-`.
pub(crate) fn matrix(file: &Path) -> Result<MatrixFile, Failure> {
    let (path, text) = read(file, "a matrix is TOML or CSV, and that is UTF-8 text")?;
    MatrixFile::parse(&text, MatrixFormat::of(&path, &text)).map_err(|problems| Failure::InFile {
        path,
        text,
        problems,
    })
}
