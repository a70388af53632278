//! A scenario as one text that stands alone: its bases laid beneath it, in one order, without what moves no figure.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::layers::{Layer, Stack};
use super::merge::{Extending, merged};

/// What a scenario says that moves no figure: claims of documents, limits to hold it to, and where it is from.
const MOVES_NOTHING: [&str; 6] =
    ["claim", "policy", "tolerance", "scenario/assumptions", "scenario/document", "scenario/source"];

/// A scenario and its bases as lines of TOML that stand alone: joined by line breaks they are read as the same scenario.
///
/// Tables are merged as [`Scenario::parse_layers`](super::Scenario::parse_layers) does, keys are sorted, values come before
/// tables, a value a line. Comments are gone, and so is what moves no figure: claims, policies, tolerances, and the document,
/// source and assumptions that the scenario names. `header` are keys of `[scenario]` that were stated elsewhere, such as the
/// region of a command line; they take the place of the file's own.
///
/// What is no scenario gives lines that are none either: read it first.
///
/// ```
/// use weigh_core::scenario::{Layer, canonical};
/// let layer = |text: &str| Layer { path: String::new(), text: text.to_owned() };
/// let base = "scenario = { region = \"us-east-1\", name = \"Shop\" } # of 2026\n[[component]]\nname = 'api'\nvcpu = 0.5\n";
/// let peak = "extends = 'base.toml'\ntraffic.rate = '80_000/day'\n[[claim]]\nid = 'total'\n";
/// let lines = canonical(&[layer(peak), layer(base)], &[("as_of", "2026-10-07")]);
/// assert_eq!(
///     lines.join("\n"),
///     "[[component]]\nname = 'api'\nvcpu = 0.5\n\n\
///      [scenario]\nas_of = '2026-10-07'\nname = 'Shop'\nregion = 'us-east-1'\n\n\
///      [traffic]\nrate = '80_000/day'"
/// );
/// ```
#[must_use]
pub fn canonical(layers: &[Layer], header: &[(&str, &str)]) -> Vec<String> {
    let stack = Stack::of(layers.iter().map(|layer| (layer.path.as_str(), layer.text.as_str())).collect());
    let mut root = merged(stack.parsed().0, &mut Extending::default());
    for path in MOVES_NOTHING {
        match path.split_once('/') {
            Some((section, key)) => {
                with_section(&mut root, section, |table| {
                    table.remove(key);
                });
            }
            None => {
                root.remove(path);
            }
        }
    }
    for (key, value) in header {
        with_section(&mut root, "scenario", |table| {
            table.remove(*key);
            let value = DeValue::String(Cow::Owned((*value).to_owned()));
            table.insert(Spanned::new(0..0, Cow::Owned((*key).to_owned())), Spanned::new(0..0, value));
        });
    }
    let mut lines = Vec::new();
    table(&mut lines, "", &root);
    lines
}

/// Changes the table of a section, where there is one.
fn with_section<'t>(root: &mut DeTable<'t>, section: &str, change: impl FnOnce(&mut DeTable<'t>)) {
    if let Some(value) = root.get_mut(section)
        && let DeValue::Table(table) = value.get_mut()
    {
        change(table);
    }
}

/// The lines of a table's values, and then those of the tables in it, each with its title.
fn table(lines: &mut Vec<String>, path: &str, of: &DeTable<'_>) {
    for (name, value) in of.iter().filter(|(_, value)| tables(value.get_ref()).is_none()) {
        let name = key(name.get_ref());
        match value.get_ref() {
            DeValue::Array(items) if items.len() > 1 => {
                lines.push(format!("{name} = ["));
                lines.extend(items.iter().map(|item| format!("  {},", inline(item.get_ref()))));
                lines.push("]".to_owned());
            }
            other => lines.push(format!("{name} = {}", inline(other))),
        }
    }
    for (name, value) in of.iter() {
        let Some((is_list, inner)) = tables(value.get_ref()) else { continue };
        let path = match path {
            "" => key(name.get_ref()),
            path => format!("{path}.{}", key(name.get_ref())),
        };
        for each in inner {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            lines.push(if is_list { format!("[[{path}]]") } else { format!("[{path}]") });
            table(lines, &path, each);
        }
    }
}

/// The tables that a value is, and whether it is a list of them; nothing where it is a value.
fn tables<'v, 't>(value: &'v DeValue<'t>) -> Option<(bool, Vec<&'v DeTable<'t>>)> {
    match value {
        DeValue::Table(table) => Some((false, vec![table])),
        DeValue::Array(items) if !items.is_empty() => {
            let each = items.iter().map(|item| item.get_ref().as_table()).collect::<Option<Vec<_>>>()?;
            Some((true, each))
        }
        _ => None,
    }
}

/// A value on one line.
fn inline(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => string(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(items) => format!("[{}]", each(items).join(", ")),
        DeValue::Table(table) => {
            let entries = table
                .iter()
                .map(|(name, value)| format!("{} = {}", key(name.get_ref()), inline(value.get_ref())));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn each(items: &DeArray<'_>) -> Vec<String> {
    items.iter().map(|item| inline(item.get_ref())).collect()
}

/// A key, in quotes unless it is a word.
fn key(name: &str) -> String {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_word { name.to_owned() } else { string(name) }
}

/// A text in quotes: as it is where it may stand so, which needs no second escape in JSON.
fn string(text: &str) -> String {
    if !text.contains(|c: char| c == '\'' || (c.is_control() && c != '\t')) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        canonical(&[Layer { path: String::new(), text: text.to_owned() }], &[])
    }

    #[test]
    fn whatever_is_written_it_comes_out_in_one_form() {
        let rows = [
            ("b = 1\na = 'x'", "a = 'x'\nb = 1"),
            ("a = 1_000 # thousand\n", "a = 1000"),
            ("a = 0x1F", "a = 0x1F"),
            ("a = 0.1234567890123456789012345", "a = 0.1234567890123456789012345"),
            ("a = \"it's \\\"one\\\" \\\\ \\n\"", "a = \"it's \\\"one\\\" \\\\ \\n\""),
            ("a = [1, 2]", "a = [\n  1,\n  2,\n]"),
            ("a = [{ b = 1 }, { c = [{ d = 2 }] }]", "[[a]]\nb = 1\n\n[[a]]\n\n[[a.c]]\nd = 2"),
            ("a.b.c = true", "[a]\n\n[a.b]\nc = true"),
            ("'a b' = 2026-10-07", "'a b' = 2026-10-07"),
            ("a = []", "a = []"),
            ("a = [1, { b = 2 }]", "a = [\n  1,\n  { b = 2 },\n]"),
        ];
        for (text, lines) in rows {
            let came = of(text).join("\n");
            assert_eq!(came, lines, "{text}");
            assert_eq!(of(&came).join("\n"), lines, "{text}, again");
        }
    }
}
