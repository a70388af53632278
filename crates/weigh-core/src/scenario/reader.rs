//! Walks the parsed file section by section and collects everything that is wrong, each with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::{Field, Placed, Presence, Section, Values};
use super::kind::{Datum, Kind, Refusal, described};
use super::layers::Stack;
use super::range::{self, End, StatedRange};
use super::vocabulary::{Known, PlatformWords, ServiceWords, Vocabulary};
use crate::data::nearest;
use crate::problem::{FilePlace, Problem};

/// A table of the file, with the name that messages give it.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub(super) table: &'a DeTable<'a>,
    pub(super) title: String,
    pub(super) span: Range<usize>,
}

impl Place<'_> {
    /// The text that stands at a key, whatever else is wrong; names are trimmed.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.table.get(key)?.get_ref().as_str().map(str::trim)
    }
}

/// Reads sections and keeps the problems.
pub(super) struct Reader<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The files that are read; nothing where the tables are made up.
    pub(super) stack: Option<&'a Stack<'a>>,
    pub(super) problems: Vec<Problem>,
    /// The end that ranges are read at.
    pub(super) end: End,
    /// The ranges that were read, each with where it begins.
    pub(super) ranges: Vec<(usize, StatedRange)>,
}

impl Reader<'_> {
    /// The file, the line and the column at which something stands.
    pub(super) fn file_place(&self, span: &Range<usize>) -> FilePlace {
        self.stack.map_or_else(FilePlace::default, |stack| stack.place(span))
    }

    /// Reads a section into its struct; nothing when something in it is wrong.
    pub(super) fn section<S: Section>(&mut self, place: &Place<'_>) -> Option<(S, Values)> {
        let values = self.values(place, &[S::FIELDS])?;
        Some((S::build(&values)?, values))
    }

    /// Reads a section although something in it may be wrong: what was refused is taken at its default, so that
    /// other sections can still be held against the rest. The problems say that the file is not to be used.
    pub(super) fn section_with_defaults<S: Section>(&mut self, place: &Place<'_>) -> Option<(S, Values)> {
        let values = self.all_values(place, &[S::FIELDS]);
        Some((S::build(&values)?, values))
    }

    /// Reads a table by lists of fields; nothing when something in it is wrong.
    pub(super) fn values(&mut self, place: &Place<'_>, lists: &[&'static [Field]]) -> Option<Values> {
        let before = self.problems.len();
        let values = self.all_values(place, lists);
        (self.problems.len() == before).then_some(values)
    }

    fn all_values(&mut self, place: &Place<'_>, lists: &[&'static [Field]]) -> Values {
        let before = self.problems.len();
        let fields = || lists.iter().flat_map(|list| list.iter());
        let keys: Vec<&str> = fields().map(|field| field.key).collect();
        for key in place.table.keys() {
            if !fields().any(|field| field.key == key.get_ref().as_ref()) {
                self.unknown_key(key, &place.title, &keys);
            }
        }
        Values::new(fields().filter_map(|field| self.value(place, field, before)).collect())
    }

    /// The keys of a table that hold values; those of the tables inside it are read apart.
    pub(super) fn own_keys<'t>(
        &mut self,
        place: &Place<'t>,
        fields: &'static [Field],
        nested: &[&str],
    ) -> DeTable<'t> {
        let values = || fields.iter().map(|field| field.key);
        let keys: Vec<&str> = values().chain(nested.iter().copied()).collect();
        let mut own = DeTable::new();
        for (key, value) in place.table {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                self.unknown_key(key, &place.title, &keys);
            } else if values().any(|key| key == name) {
                own.insert(key.clone(), value.clone());
            }
        }
        own
    }

    /// Whether one of the problems from `since` on suggests this key in the stead of an unknown one.
    pub(super) fn meant(&self, since: usize, key: &str) -> bool {
        self.problems[since..].iter().any(|problem| problem.suggestion.as_deref() == Some(key))
    }

    /// A platform by its id, written in any case.
    pub(super) fn platform(&self, stated: &str) -> Option<PlatformWords> {
        match Kind::Word(Known::Platform).read_text(stated, self.vocabulary) {
            Ok(Datum::Text(id)) => self.vocabulary.platform(&id).copied(),
            _ => None,
        }
    }

    /// A kind of supporting service by its id, written in any case.
    pub(super) fn service_kind(&self, stated: &str) -> Option<ServiceWords> {
        match Kind::Word(Known::ServiceKind).read_text(stated, self.vocabulary) {
            Ok(Datum::Text(id)) => self.vocabulary.service_kinds.iter().find(|kind| kind.id == id).copied(),
            _ => None,
        }
    }

    /// Reads one field of a table, or takes its default; the section's problems are those from `before` on.
    fn value(&mut self, place: &Place<'_>, field: &Field, before: usize) -> Option<Placed> {
        let placed = |datum, span| Some(Placed { key: field.key, datum, span });
        let Some(value) = place.table.get(field.key) else {
            return match field.presence {
                Presence::Optional => None,
                Presence::Default(text) => placed(field.kind.read_text(text, self.vocabulary).ok()?, None),
                // A misspelt key that was just named needs no second message.
                Presence::Required if self.meant(before, field.key) => None,
                Presence::Required => {
                    let message = format!("{} lacks `{}`", place.title, field.key);
                    let allowed = format!("`{}` is {}", field.key, field.kind.allowed(self.vocabulary));
                    let doc = field.doc.trim().trim_end_matches('.').to_owned();
                    self.problems
                        .push(Problem::at(place.span.clone(), message).labelled(doc).allowing(allowed));
                    None
                }
            };
        };
        let range = range::stated(field.key, field.kind, value.get_ref());
        let read = match range {
            Some(text) => self.range(place, field, text, value.span().start),
            None => field.kind.read(value.get_ref(), self.vocabulary),
        };
        match read {
            Ok(datum) => placed(datum, Some(value.span())),
            Err(refusal) => {
                let mut allowed = format!("`{}` is {}", field.key, field.kind.allowed(self.vocabulary));
                if range.is_some() {
                    allowed.push_str("; or a range of two such ends, low..high");
                }
                self.refused(value, field.key, refusal, allowed);
                match field.presence {
                    Presence::Default(text) => {
                        placed(field.kind.read_text(text, self.vocabulary).ok()?, None)
                    }
                    Presence::Optional | Presence::Required => None,
                }
            }
        }
    }

    /// The value of a range at the end that is read, and the range kept for reports.
    fn range(&mut self, place: &Place<'_>, field: &Field, text: &str, at: usize) -> Result<Datum, Refusal> {
        let values = range::read(field.kind, text, self.vocabulary)?;
        self.ranges.push((at, values.stated(field.kind, place, field.key, text)));
        Ok(values.at(self.end, place, field.key).clone())
    }

    /// Keeps a value that was refused.
    pub(super) fn refused(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        refusal: Refusal,
        allowed: String,
    ) {
        let Refusal { message, suggestion, part } = refusal;
        let span = part.unwrap_or_else(|| value.span());
        let quoted = suggestion.map(|word| format!("\"{word}\""));
        let problem = Problem::at(span, format!("`{key}`: {message}"));
        self.problems.push(problem.allowing(allowed).suggesting(quoted));
    }

    /// Keeps a key that the section does not have.
    pub(super) fn unknown_key(&mut self, key: &Spanned<impl AsRef<str>>, title: &str, known: &[&str]) {
        let name = key.get_ref().as_ref();
        let suggestion = nearest(name, known.iter().copied()).map(str::to_owned);
        let problem = Problem::at(key.span(), format!("unknown key `{name}` in {title}"));
        self.problems
            .push(problem.allowing(format!("{title} has {}", known.join(", "))).suggesting(suggestion));
    }

    /// The tables behind a key: one table or a list of tables.
    pub(super) fn tables<'t>(&mut self, root: &'t DeTable<'t>, key: &str) -> Vec<Place<'t>> {
        self.tables_titled(root, key, format!("[[{key}]]"))
    }

    /// The tables behind a key, with the title that messages give each.
    pub(super) fn tables_titled<'t>(
        &mut self,
        root: &'t DeTable<'t>,
        key: &str,
        title: String,
    ) -> Vec<Place<'t>> {
        let Some(value) = root.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Table(table) => vec![Place { table, title, span: value.span() }],
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| match item.get_ref() {
                    DeValue::Table(table) => Some(Place { table, title: title.clone(), span: item.span() }),
                    other => {
                        let message = format!("`{key}`: {} where a table belongs", described(other));
                        self.problems
                            .push(Problem::at(item.span(), message).allowing(format!("tables {title}")));
                        None
                    }
                })
                .collect(),
            other => {
                let message = format!("`{key}`: {} where a table belongs", described(other));
                self.problems.push(Problem::at(value.span(), message).allowing(format!("tables {title}")));
                Vec::new()
            }
        }
    }

    /// The table behind a key, if it is there.
    pub(super) fn table<'t>(&mut self, root: &'t DeTable<'t>, key: &str) -> Option<Place<'t>> {
        self.table_titled(root, key, format!("[{key}]"))
    }

    /// The table behind a key, with the title that messages give it.
    pub(super) fn table_titled<'t>(
        &mut self,
        root: &'t DeTable<'t>,
        key: &str,
        title: String,
    ) -> Option<Place<'t>> {
        let value = root.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Place { table, title, span: value.span() }),
            other => {
                let message = format!("`{key}`: {} where a table belongs", described(other));
                self.problems.push(Problem::at(value.span(), message).allowing(format!("a table {title}")));
                None
            }
        }
    }
}
