//! JSON Schemas, made from the shapes that are written.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// The JSON Schema (draft 2020-12) of what a shape becomes when it is written, under a title.
///
/// Every object is closed, a field that is always written is required, and a field that may be left out is never null.
///
/// ```
/// use weigh_core::{json_schema::json_schema_of, report::ComparisonReport};
/// let schema = json_schema_of::<ComparisonReport>("weigh comparison");
/// assert_eq!(schema["title"], "weigh comparison");
/// assert_eq!(schema["properties"]["kind"]["const"], "comparison");
/// ```
#[must_use]
pub fn json_schema_of<Shape: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(RecursiveTransform(tidy));
    let mut schema = settings.into_generator().into_root_schema_for::<Shape>();
    schema.insert("title".to_owned(), title.into());
    let mut value = schema.to_value();
    if let Some(words) = value.as_object_mut() {
        first(words, &["$schema", "title", "description"]);
    }
    value
}

/// Puts what a reader wants to see first before the rest.
fn first(words: &mut Map<String, Value>, names: &[&str]) {
    let rest = std::mem::take(words);
    words.extend(names.iter().filter_map(|name| Some(((*name).to_owned(), rest.get(*name)?.clone()))));
    words.extend(rest.into_iter().filter(|(name, _)| !names.contains(&name.as_str())));
}

/// What the derive can't know of a schema of ours.
fn tidy(schema: &mut Schema) {
    let Some(words) = schema.as_object_mut() else { return };
    if let Some(description) = words.get_mut("description") {
        *description = prose(description.as_str().unwrap_or_default()).into();
        first(words, &["description"]);
    }
    // The formats of Rust's numbers are no one else's; what they bound is said by `minimum`.
    let of_a_number = |name: &str| name.starts_with("uint") || name.starts_with("int") || name == "double";
    if words.get("format").and_then(Value::as_str).is_some_and(of_a_number) {
        words.remove("format");
    }
    if nullable(words.get("type"))
        && let Some(Value::Array(known)) = words.get_mut("enum")
        && !known.contains(&Value::Null)
    {
        known.push(Value::Null);
    }
    if !words.contains_key("properties") {
        return;
    }
    let required = words.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    for (name, field) in words.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if !required.iter().any(|each| each == name) {
            without_null(field);
        }
    }
    words.entry("additionalProperties").or_insert(Value::Bool(false));
}

/// Whether a `type` has null among its words.
fn nullable(kind: Option<&Value>) -> bool {
    kind.and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"))
}

/// A field that is left out where there is nothing: what it is when it is there.
fn without_null(field: &mut Value) {
    let Some(words) = field.as_object_mut() else { return };
    if let Some(Value::Array(kinds)) = words.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            words.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(known)) = words.get_mut("enum") {
        known.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(choices)) = words.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            words.remove("anyOf");
            words.extend(only);
        }
    }
}

/// A doc comment as a description: its text up to the first heading, on one line for each paragraph, without links.
fn prose(comment: &str) -> String {
    let text = comment.split("\n# ").next().unwrap_or_default().split("```").next().unwrap_or_default();
    let paragraphs =
        text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    let plain = paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n");
    plain.replace("[`", "`").replace("`]", "`")
}

/// A text of a form of its own; what it holds stands in the schema once, under its name.
macro_rules! text {
    ($(#[doc = $doc:literal])+ $name:ident, $shown:literal, $schema:tt) => {
        $(#[doc = $doc])+
        ///
        /// A field names it with `#[schemars(with = "…")]`; there are no values of it.
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $shown.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

text!(
    /// An exact decimal number as text: an amount of money, a billed quantity, a rate.
    DecimalText,
    "Decimal",
    {
        "description": "An exact decimal number as text, neither rounded nor in scientific notation.",
        "type": "string",
        "pattern": "^-?[0-9]+(\\.[0-9]+)?$"
    }
);

text!(
    /// A day as text.
    DayText,
    "Day",
    {
        "description": "A day: year, month and day.",
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    }
);

text!(
    /// A SHA-256 as text.
    HashText,
    "Hash",
    {
        "description": "A SHA-256 in hexadecimal digits.",
        "type": "string",
        "pattern": "^[0-9a-f]{64}$"
    }
);

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    /// A shape of
    /// two lines, see [`Schema`].
    ///
    /// # Example
    ///
    /// Not told.
    #[derive(JsonSchema, Serialize)]
    struct Shape {
        /// The [`Schema`].
        #[schemars(extend("enum" = ["a", "b"]))]
        word: &'static str,
        #[schemars(extend("enum" = ["a", "b"]))]
        none: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(extend("enum" = ["a", "b"]))]
        left_out: Option<&'static str>,
        #[schemars(with = "DecimalText")]
        amount: String,
        /// May be left out.
        #[serde(skip_serializing_if = "Option::is_none")]
        inner: Option<Inner>,
        other: Option<Inner>,
        count: u32,
        share: f64,
        #[serde(skip)]
        #[expect(dead_code, reason = "it must not be told")]
        hidden: u32,
    }

    #[derive(JsonSchema, Serialize)]
    struct Inner {
        pair: (u8, bool),
    }

    #[test]
    fn a_shape_is_told_whole() {
        let schema = json_schema_of::<Shape>("a shape");
        let expected = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "a shape",
            "description": "A shape of two lines, see `Schema`.",
            "type": "object",
            "properties": {
                "word": {"description": "The `Schema`.", "type": "string", "enum": ["a", "b"]},
                "none": {"type": ["string", "null"], "enum": ["a", "b", null]},
                "left_out": {"type": "string", "enum": ["a", "b"]},
                "amount": {"$ref": "#/$defs/Decimal"},
                "inner": {"description": "May be left out.", "$ref": "#/$defs/Inner"},
                "other": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}]},
                "count": {"type": "integer", "minimum": 0},
                "share": {"type": "number"},
            },
            "required": ["word", "none", "amount", "other", "count", "share"],
            "additionalProperties": false,
            "$defs": {
                "Decimal": {
                    "description": "An exact decimal number as text, neither rounded nor in scientific notation.",
                    "type": "string",
                    "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
                },
                "Inner": {
                    "type": "object",
                    "properties": {
                        "pair": {
                            "type": "array",
                            "prefixItems": [{"type": "integer", "minimum": 0, "maximum": 255}, {"type": "boolean"}],
                            "minItems": 2,
                            "maxItems": 2,
                        },
                    },
                    "required": ["pair"],
                    "additionalProperties": false,
                },
            },
        });
        assert_eq!(schema, expected);
    }
}
