//! Failures: the place, the line with a caret, what is allowed, and the nearest right name.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use weigh_core::problem::Problem;

use crate::output::Failure;

/// A failure as styled text for standard error.
pub(crate) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Text { message, help } => {
            let mut group = Group::with_title(Level::ERROR.primary_title(message.as_str()));
            if let Some(help) = help {
                group = group.element(Level::HELP.message(help.as_str()));
            }
            Renderer::styled().render(&[group]) + "\n"
        }
        Failure::InFile { path, text, problems } => {
            let mut out = String::new();
            for each in problems {
                out.push_str(&problem(path, text, each));
                out.push_str("\n\n");
            }
            let count = match problems.len() {
                1 => "1 error".to_owned(),
                several => format!("{several} errors"),
            };
            let summary = format!("{path}: {count}; nothing was computed");
            let group = Group::with_title(Level::ERROR.primary_title(summary.as_str()));
            out + &Renderer::styled().render(&[group]) + "\n"
        }
        Failure::InData(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| format!("error: {problem}\n")).collect();
            lines.concat()
        }
    }
}

fn problem(path: &str, text: &str, problem: &Problem) -> String {
    let annotation =
        AnnotationKind::Primary.span(on_its_line(text, &problem.span)).label(problem.label.as_str());
    let mut snippet = Snippet::source(text).path(path).annotation(annotation);
    if let Some((span, label)) = &problem.context {
        snippet =
            snippet.annotation(AnnotationKind::Context.span(on_its_line(text, span)).label(label.as_str()));
    }
    let mut group = Level::ERROR.primary_title(problem.message.as_str()).element(snippet);
    if !problem.allowed.is_empty() {
        group = group.element(Level::HELP.with_name("allowed").message(problem.allowed.as_str()));
    }
    let mut groups = vec![group];
    if let Some(suggestion) = &problem.suggestion {
        let title = format!("did you mean {}?", quoted(suggestion));
        let patch = Patch::new(on_its_line(text, &problem.span), suggestion.as_str());
        groups.push(
            Group::with_title(Level::HELP.secondary_title(title))
                .element(Snippet::source(text).path(path).patch(patch)),
        );
    }
    Renderer::styled().render(&groups)
}

fn quoted(suggestion: &str) -> String {
    if suggestion.starts_with('"') { suggestion.to_owned() } else { format!("`{suggestion}`") }
}

/// The part of a span on its first line, within the text and on whole characters; at least one character wide.
fn on_its_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let mut end = span.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}
