//! A scenario file and the files that it extends, laid one behind the other as if they were one text.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::merge::shifted;
use crate::problem::{FilePlace, Problem};

/// A scenario file: where it is from, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The path, as messages name it.
    pub path: String,
    /// The TOML text.
    pub text: String,
}

impl Layer {
    /// The base that the file says it extends, and where; nothing where it extends none, or says so in a wrong way.
    ///
    /// ```
    /// use weigh_core::scenario::Layer;
    /// let layer = Layer { path: "peak.toml".to_owned(), text: "extends = \"base.toml\"".to_owned() };
    /// let base = layer.extends().unwrap();
    /// assert_eq!((base.path.as_str(), base.span), ("base.toml", 10..21));
    /// ```
    #[must_use]
    pub fn extends(&self) -> Option<Base> {
        let (root, _) = DeTable::parse_recoverable(&self.text);
        let value = root.get_ref().get(EXTENDS)?;
        let path = value.get_ref().as_str().filter(|path| !path.trim().is_empty())?;
        Some(Base { path: path.to_owned(), span: value.span() })
    }
}

/// The base that a scenario file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The path as it is written: from the folder of the file that says it.
    pub path: String,
    /// Where it is written.
    pub span: Range<usize>,
}

/// Something that is wrong in one of the files that make up a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerProblem {
    /// The place of the file in the list of layers.
    pub layer: usize,
    /// What is wrong in it.
    pub problem: Problem,
}

/// The key that names the base.
pub(super) const EXTENDS: &str = "extends";

/// The key that names what of the base is left out.
pub(super) const WITHOUT: &str = "without";

/// Texts one behind the other, with a line break between them; a place in the whole is one in a text.
pub(super) struct Stack<'t> {
    layers: Vec<(&'t str, &'t str)>,
    starts: Vec<usize>,
    whole: String,
}

impl<'t> Stack<'t> {
    /// Lays files one behind the other, each a path and a text.
    pub(super) fn of(layers: Vec<(&'t str, &'t str)>) -> Stack<'t> {
        let (mut whole, mut starts) = (String::new(), Vec::new());
        for (place, (_, text)) in layers.iter().enumerate() {
            if place > 0 {
                whole.push('\n');
            }
            starts.push(whole.len());
            whole.push_str(text);
        }
        Stack { layers, starts, whole }
    }

    /// The whole text.
    pub(super) fn whole(&self) -> &str {
        &self.whole
    }

    /// The first line of the first file, which is where a problem of the file as a whole stands.
    pub(super) fn first_line(&self) -> Range<usize> {
        0..self.whole.find('\n').unwrap_or(self.whole.len())
    }

    /// Each file's tables, with the places that they have in the whole; and what in them is no TOML.
    pub(super) fn parsed(&self) -> (Vec<DeTable<'t>>, Vec<Problem>) {
        let (mut tables, mut problems) = (Vec::new(), Vec::new());
        for ((_, text), start) in self.layers.iter().zip(&self.starts) {
            let (root, errors) = DeTable::parse_recoverable(text);
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                let message = format!("this is no TOML: {}", error.message());
                problems.push(Problem::at(span.start + start..span.end + start, message));
            }
            tables.push(match start {
                0 => root.into_inner(),
                start => match shifted(DeValue::Table(root.into_inner()), *start) {
                    DeValue::Table(table) => table,
                    _ => DeTable::new(),
                },
            });
        }
        (tables, problems)
    }

    /// The file that a place of the whole is in.
    pub(super) fn layer_at(&self, place: usize) -> usize {
        self.starts.iter().rposition(|start| *start <= place).unwrap_or(0)
    }

    /// A place of the whole as one of the file that it is in.
    pub(super) fn place(&self, span: &Range<usize>) -> FilePlace {
        let layer = self.layer_at(span.start);
        let (path, text) = self.layers[layer];
        let (line, column) = Problem::at(self.within(layer, span), "").line_and_column(text);
        FilePlace { file: path.to_owned(), line, column }
    }

    /// A problem of the whole as one of the file that it is in; a second place in another file is told in words.
    pub(super) fn in_its_layer(&self, mut problem: Problem) -> LayerProblem {
        let layer = self.layer_at(problem.span.start);
        if let Some((span, label)) = problem.context.take() {
            let other = self.layer_at(span.start);
            let own = self.within(other, &span);
            if other == layer {
                problem.context = Some((own, label));
            } else {
                let (path, text) = self.layers[other];
                let (line, _) = Problem::at(own, "").line_and_column(text);
                let beside = if problem.label.is_empty() { "" } else { "; " };
                problem.label.push_str(&format!("{beside}{label}: line {line} of {path}"));
            }
        }
        problem.span = self.within(layer, &problem.span);
        LayerProblem { layer, problem }
    }

    fn within(&self, layer: usize, span: &Range<usize>) -> Range<usize> {
        let (start, length) = (self.starts[layer], self.layers[layer].1.len());
        let place = |place: usize| place.saturating_sub(start).min(length);
        place(span.start)..place(span.end)
    }
}
