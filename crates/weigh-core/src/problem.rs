//! What is wrong in a user's file: where, what, what is allowed, and the nearest right name.

use std::ops::Range;

/// A place in a file: where something is stated.
///
/// ```
/// use weigh_core::problem::FilePlace;
/// let place = FilePlace { file: "shop.toml".to_owned(), line: 20, column: 1 };
/// assert_eq!(place.to_string(), "shop.toml:20:1");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePlace {
    /// The path of the file, as messages name it.
    pub file: String,
    /// The line, from 1; 0 where no file is known.
    pub line: usize,
    /// The column in characters, from 1; 0 where no file is known.
    pub column: usize,
}

impl std::fmt::Display for FilePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One thing that is wrong in a file, with the place that it is wrong at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong: ``unknown key `memry` in [[component]]``.
    pub message: String,
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
    /// What the caret says.
    pub label: String,
    /// What is allowed there; empty when the message says it.
    pub allowed: String,
    /// The text that was probably meant in the span's place.
    pub suggestion: Option<String>,
    /// Another place that matters, and what it says.
    pub context: Option<(Range<usize>, String)>,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn at(span: Range<usize>, message: impl Into<String>) -> Problem {
        let (message, label, allowed) = (message.into(), String::new(), String::new());
        Problem { message, span, label, allowed, suggestion: None, context: None }
    }

    /// The same, with what the caret says.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Problem {
        self.label = label.into();
        self
    }

    /// The same, with what is allowed.
    #[must_use]
    pub fn allowing(mut self, allowed: impl Into<String>) -> Problem {
        self.allowed = allowed.into();
        self
    }

    /// The same, with the text that was probably meant.
    #[must_use]
    pub fn suggesting(mut self, suggestion: Option<String>) -> Problem {
        self.suggestion = suggestion;
        self
    }

    /// The same, with another place that matters.
    #[must_use]
    pub fn beside(mut self, span: Range<usize>, label: impl Into<String>) -> Problem {
        self.context = Some((span, label.into()));
        self
    }

    /// Line and column of the span's start, both from 1, columns in characters.
    ///
    /// ```
    /// use weigh_core::problem::Problem;
    /// assert_eq!(Problem::at(5..6, "x").line_and_column("ab\ncdef"), (2, 3));
    /// ```
    #[must_use]
    pub fn line_and_column(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
        (line, column)
    }
}
