//! A check in the formats that continuous integration reads: JUnit XML, SARIF, GitHub annotations, JSON lines.

mod github;
mod json_lines;
mod junit;
mod sarif;

use weigh_core::report::CheckReport;

use super::{csv, json, markdown, text};
use crate::args::CheckFormat;
pub(crate) use json_lines::CheckLine;

/// A check in a format. `below` is where the working folder lies in its repository, which annotations start from: `infra/cost/`.
pub(crate) fn check(format: CheckFormat, report: &CheckReport, below: &str) -> String {
    match format {
        CheckFormat::Text => text::render(&report.document(), text::width()),
        CheckFormat::Json => json(report),
        CheckFormat::Markdown => markdown::render(&report.document()),
        CheckFormat::Csv => csv::render(&report.sheet()),
        CheckFormat::Junit => junit::render(report),
        CheckFormat::Sarif => sarif::render(report, below),
        CheckFormat::Github => github::render(report, below),
        CheckFormat::Jsonl => json_lines::render(report),
    }
}

/// A file from the root of the repository on, without the way up and down again: `../weigh.toml` below `infra/` is `weigh.toml`.
fn from_root(below: &str, file: &str) -> String {
    let below = if file.starts_with('/') { "" } else { below };
    let mut parts: Vec<&str> = Vec::new();
    for part in below.split('/').chain(file.split('/')).filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if file.starts_with('/') { format!("/{path}") } else { path }
}

#[cfg(test)]
mod tests;
