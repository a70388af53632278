//! Fields of a scenario's sections: one definition gives the struct, its reader, its defaults and its JSON Schema.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;

use super::kind::{Datum, Kind};
use super::vocabulary::Vocabulary;
use crate::catalog::Architecture;
use crate::measure::{Change, Rate, Size};
use crate::time::{Date, Month};
use crate::traffic::{Days, Hours, Shape, Zone};

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be left out, and is then unknown.
    Optional,
    /// It may be left out, and is then this, as it would be written.
    Default(&'static str),
}

/// One key of a section: what it is called, what it means, what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the file.
    pub key: &'static str,
    /// What it means: the doc comment of the struct's field.
    pub doc: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
}

/// A value that was read, and where; a default has no place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The field's key.
    pub key: &'static str,
    /// The value.
    pub datum: Datum,
    /// Its bytes in the file.
    pub span: Option<Range<usize>>,
}

/// The values of one section, checked against its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    placed: Vec<Placed>,
}

impl Values {
    /// Values from what was read.
    #[must_use]
    pub fn new(placed: Vec<Placed>) -> Values {
        Values { placed }
    }

    /// The defaults of fields of which none is stated.
    #[must_use]
    pub fn defaults<'a>(fields: impl Iterator<Item = &'a Field>, vocabulary: &Vocabulary) -> Values {
        let placed = fields.filter_map(|field| match field.presence {
            Presence::Default(text) => {
                let datum = field.kind.read_text(text, vocabulary).ok()?;
                Some(Placed { key: field.key, datum, span: None })
            }
            Presence::Required | Presence::Optional => None,
        });
        Values::new(placed.collect())
    }

    /// A value, if it was stated or has a default.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Datum> {
        self.placed.iter().find(|placed| placed.key == key).map(|placed| &placed.datum)
    }

    /// The same with another value of a key; it has no place in the file.
    ///
    /// ```
    /// use weigh_core::scenario::{Datum, Values};
    /// let values = Values::default().with("tasks", Datum::Count(2)).with("tasks", Datum::Count(3));
    /// assert_eq!(values.value::<u32>("tasks"), Some(3));
    /// assert!(values.without("tasks").get("tasks").is_none());
    /// ```
    #[must_use]
    pub fn with(self, key: &'static str, datum: Datum) -> Values {
        let mut values = self.without(key);
        values.placed.push(Placed { key, datum, span: None });
        values
    }

    /// The same without a key.
    #[must_use]
    pub fn without(mut self, key: &str) -> Values {
        self.placed.retain(|placed| placed.key != key);
        self
    }

    /// A value in the type that its field has.
    #[must_use]
    pub fn value<T: FromDatum>(&self, key: &str) -> Option<T> {
        T::from_datum(self.get(key))
    }

    /// Where a value stands; nothing for a default.
    #[must_use]
    pub fn span(&self, key: &str) -> Option<Range<usize>> {
        self.placed.iter().find(|placed| placed.key == key)?.span.clone()
    }

    /// The keys that were not stated and took their default.
    pub fn defaulted(&self) -> impl Iterator<Item = &'static str> {
        self.placed.iter().filter(|placed| placed.span.is_none()).map(|placed| placed.key)
    }
}

/// A Rust type that a field of a section may have.
pub trait FromDatum: Sized {
    /// The value, when the datum is of the type's kind.
    fn from_datum(datum: Option<&Datum>) -> Option<Self>;
}

impl<T: FromDatum> FromDatum for Option<T> {
    fn from_datum(datum: Option<&Datum>) -> Option<Option<T>> {
        match datum {
            None => Some(None),
            some => T::from_datum(some).map(Some),
        }
    }
}

macro_rules! from_datum {
    ($($type:ty: $variant:ident,)*) => {
        $(impl FromDatum for $type {
            fn from_datum(datum: Option<&Datum>) -> Option<$type> {
                match datum {
                    Some(Datum::$variant(value)) => Some(value.clone()),
                    _ => None,
                }
            }
        })*
    };
}

from_datum! {
    String: Text,
    bool: Flag,
    u32: Count,
    Decimal: Number,
    Change: Change,
    Size: Size,
    Duration: Duration,
    Rate: Rate,
    Date: Date,
    Month: Month,
    Vec<Hours>: Hours,
    Days: Days,
    Zone: Zone,
    Shape: Shape,
}

impl FromDatum for Architecture {
    fn from_datum(datum: Option<&Datum>) -> Option<Architecture> {
        match datum {
            Some(Datum::Text(text)) => text.parse().ok(),
            _ => None,
        }
    }
}

impl FromDatum for Vec<String> {
    fn from_datum(datum: Option<&Datum>) -> Option<Vec<String>> {
        match datum {
            Some(Datum::Words(words)) => Some(words.clone()),
            None => Some(Vec::new()),
            _ => None,
        }
    }
}

/// A section of the file that one struct holds.
pub trait Section: Sized {
    /// The section's fields, in the order in which they are written.
    const FIELDS: &'static [Field];

    /// The struct, from values that were checked against the fields.
    fn build(values: &Values) -> Option<Self>;
}

/// Defines a section: the struct, and with it its keys, kinds, defaults and schema. What stands `beside` is no key: it is
/// filled later, from other sections.
macro_rules! section {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $name:ident {
            $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty => $kind:expr, $presence:expr;)*
        }
        $(beside {
            $($(#[doc = $extra_doc:literal])* pub $extra:ident: $extra_type:ty;)*
        })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[doc = $field_doc])* $vis $field: $type,)*
            $($($(#[doc = $extra_doc])* $vis $extra: $extra_type,)*)?
        }

        impl $crate::scenario::Section for $name {
            const FIELDS: &'static [$crate::scenario::Field] = {
                #[allow(unused_imports)]
                use $crate::scenario::{ARCHITECTURE, Kind, Known, Presence::{Default, Optional, Required}, When};
                &[$($crate::scenario::Field {
                    key: stringify!($field),
                    doc: concat!($($field_doc),*),
                    kind: $kind,
                    presence: $presence,
                },)*]
            };

            fn build(values: &$crate::scenario::Values) -> Option<$name> {
                Some($name {
                    $($field: values.value(stringify!($field))?,)*
                    $($($extra: <$extra_type>::default(),)*)?
                })
            }
        }
    };
}
pub(crate) use section;

/// Defines a choice among fixed spellings.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        $vis:vis enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident = $spelling:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
        }

        impl $name {
            /// The spellings, and what each means.
            $vis const CHOICES: &'static [$crate::scenario::Choice] =
                &[$(($spelling, concat!($($variant_doc),*)),)*];

            /// The spelling in the file.
            #[must_use]
            #[allow(dead_code, reason = "not every choice is shown to a reader")]
            $vis fn spelling(self) -> &'static str {
                match self { $($name::$variant => $spelling,)* }
            }
        }

        impl $crate::scenario::FromDatum for $name {
            fn from_datum(datum: Option<&$crate::scenario::Datum>) -> Option<$name> {
                match datum {
                    Some($crate::scenario::Datum::Text(text)) => match text.as_str() {
                        $($spelling => Some($name::$variant),)*
                        _ => None,
                    },
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use choice;
