//! Lines of a table that a user wrote: those that say something, and their values with their places.

use std::ops::Range;

use crate::problem::Problem;

/// The lines that say something, with the byte that each begins at.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut next, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => (text.len() - body.len(), body),
        None => (0, text),
    };
    let all = body.split('\n').map(move |line| {
        let start = next;
        next += line.len() + 1;
        (start, line)
    });
    all.filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    })
}

/// A value as it is written, without quotes and blanks around it, and its place in the text.
pub(crate) type Cell<'a> = (&'a str, Range<usize>);

/// What parts the values of a table: what its header line holds, a comma where it holds nothing else.
pub(crate) fn separator(header: &str) -> char {
    [';', '\t'].into_iter().find(|mark| header.contains(*mark)).unwrap_or(',')
}

/// The values of a line that begins at `start` of the text, parted by a separator outside quotes.
///
/// # Errors
/// The place of a quote that nothing closes.
pub(crate) fn cells(start: usize, line: &str, separator: char) -> Result<Vec<Cell<'_>>, Range<usize>> {
    let (mut cells, mut first, mut quote) = (Vec::new(), 0, None);
    let mut cell = |from: usize, to: usize| {
        let (before, bare) = bare(&line[from..to]);
        let at = start + from + before;
        cells.push((bare, at..at + bare.len()));
    };
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quote = if quote.is_none() { Some(at) } else { None },
            letter if letter == separator && quote.is_none() => {
                cell(first, at);
                first = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    cell(first, line.len());
    match quote {
        Some(at) => Err(start + at..start + at + 1),
        None => Ok(cells),
    }
}

/// A value without the quotes and blanks around it, and how many bytes of those stand before it.
fn bare(value: &str) -> (usize, &str) {
    let trimmed = value.trim();
    let blanks = value.len() - value.trim_start().len();
    match trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => (blanks + 1 + inner.len() - inner.trim_start().len(), inner.trim()),
        None => (blanks, trimmed),
    }
}

/// The problem of a quote that nothing closes.
pub(crate) fn unclosed(span: Range<usize>) -> Problem {
    Problem::at(span, "a quote that its line does not close")
        .allowing("a second `\"` behind the value, on the same line")
}
