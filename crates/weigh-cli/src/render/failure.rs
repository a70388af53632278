//! Failures: the place, the line with a caret, what is allowed, and the nearest right name.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use weigh_core::problem::Problem;
use weigh_core::scenario::LayerProblem;
use weigh_core::traffic::{TraceProblem, TraceProblems};

use crate::output::Failure;

/// More errors than this are counted, not shown: a file that is no scenario at all has thousands.
const SHOWN: usize = 100;

/// Of a longer message, so many characters of its start and of its end are shown.
const KEPT: usize = 150;

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
            let each: Vec<_> =
                problems.iter().map(|problem| (path.as_str(), text.as_str(), problem)).collect();
            in_files(path, &each)
        }
        Failure::InLayers { layers, problems } => {
            let each: Vec<_> = problems
                .iter()
                .filter_map(|LayerProblem { layer, problem }| {
                    layers.get(*layer).map(|layer| (layer.path.as_str(), layer.text.as_str(), problem))
                })
                .collect();
            in_files(layers.first().map_or("", |layer| layer.path.as_str()), &each)
        }
        Failure::InTrace { path, problems } => trace(path, problems),
        Failure::Together(failures) => {
            let each: Vec<String> = failures.iter().map(self::failure).collect();
            each.join("\n")
        }
        Failure::Several { messages, result } => {
            let lines: Vec<String> = messages.iter().map(|message| format!("error: {message}\n")).collect();
            let count = match messages.len() {
                1 => "1 error".to_owned(),
                several => format!("{several} errors"),
            };
            format!("{}error: {count}; {result}\n", lines.concat())
        }
        Failure::InData(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| format!("error: {problem}\n")).collect();
            lines.concat()
        }
    }
}

/// What is wrong in a file, each with the path and the text that it is in: the file's own, or those of one that it extends.
fn in_files(file: &str, problems: &[(&str, &str, &Problem)]) -> String {
    let mut out = String::new();
    for (path, text, each) in problems.iter().take(SHOWN) {
        out.push_str(&problem(path, text, each));
        out.push_str("\n\n");
    }
    let count = match problems.len() {
        1 => "1 error".to_owned(),
        several if several <= SHOWN => format!("{several} errors"),
        many => format!("{many} errors, of which the first {SHOWN} are shown"),
    };
    let summary = format!("{file}: {count}; nothing was computed");
    let group = Group::with_title(Level::ERROR.primary_title(summary.as_str()));
    out + &Renderer::styled().render(&[group]) + "\n"
}

/// What is wrong in a trace: its wrong lines, each alone, or what is said of the whole.
fn trace(path: &str, problems: &TraceProblems) -> String {
    let mut out = String::new();
    for TraceProblem { line, text, span, message, allowed } in &problems.first {
        let title = if *line == 0 { format!("{path}: {message}") } else { message.clone() };
        let title = shortened(&title);
        let mut group = Group::with_title(Level::ERROR.primary_title(title.as_str()));
        if let (1.., Ok(line)) = (*line, usize::try_from(*line)) {
            let annotation = AnnotationKind::Primary.span(on_its_line(text, span));
            let snippet = Snippet::source(text.as_str()).line_start(line).path(path).annotation(annotation);
            group = group.element(snippet);
        }
        group = group.element(Level::HELP.with_name("allowed").message(allowed.as_str()));
        out.push_str(&Renderer::styled().render(&[group]));
        out.push_str("\n\n");
    }
    let count = match problems.count {
        1 => "1 error".to_owned(),
        several if several == problems.first.len() as u64 => format!("{several} errors"),
        many => format!("{many} errors, of which the first {} are shown", problems.first.len()),
    };
    let summary = format!("{path}: {count}; nothing was computed");
    out + &Renderer::styled().render(&[Group::with_title(Level::ERROR.primary_title(summary.as_str()))])
        + "\n"
}

fn problem(path: &str, text: &str, problem: &Problem) -> String {
    let annotation =
        AnnotationKind::Primary.span(on_its_line(text, &problem.span)).label(problem.label.as_str());
    let mut snippet = Snippet::source(text).path(path).annotation(annotation);
    if let Some((span, label)) = &problem.context {
        snippet =
            snippet.annotation(AnnotationKind::Context.span(on_its_line(text, span)).label(label.as_str()));
    }
    let message = shortened(&problem.message);
    let mut group = Level::ERROR.primary_title(message.as_str()).element(snippet);
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

/// A message on one line; one that quotes a very long value loses the middle of it.
fn shortened(message: &str) -> String {
    let message = message.replace(['\n', '\r'], "␊");
    let count = message.chars().count();
    if count <= 2 * KEPT {
        return message;
    }
    let start: String = message.chars().take(KEPT).collect();
    let end: String = message.chars().skip(count - KEPT).collect();
    format!("{start}…{end}")
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
