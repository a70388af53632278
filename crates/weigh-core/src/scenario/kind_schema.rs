//! The JSON Schema of each kind of value, and of ranges of quantities.

use serde_json::{Value, json};

use super::kind::Kind;
use super::range;
use super::vocabulary::Vocabulary;

const SIZE_UNIT: &str = "([kKmMgGtT][iI]?)?[bB](ytes?)?";
const DURATION_UNIT: &str = "(us|µs|ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?)";
const DOLLARS: &str = "^(\\$ *)?[0-9][0-9_,.]*( *(USD|usd))?$";
const PERIOD: &str = "/ *(s|sec|second|min|minute|h|hour|d|day|week|month)";

impl Kind {
    /// The JSON Schema of the kind.
    #[must_use]
    pub fn schema(self, vocabulary: &Vocabulary) -> Value {
        let text = |pattern: &str| json!({"type": "string", "pattern": pattern});
        match self {
            Kind::Name => text("^[\\p{L}\\p{N} ._+(),:/-]{1,80}$"),
            Kind::File => text("[^ ]"),
            Kind::Text => text("^.{1,300}$"),
            Kind::Fact => json!({"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Count { least, most } => json!({"type": "integer", "minimum": least, "maximum": most}),
            Kind::Number => json!({"type": "number", "exclusiveMinimum": 0}),
            Kind::NumberOrZero | Kind::Quantity => json!({"type": "number", "minimum": 0}),
            Kind::Size | Kind::SizeOrZero => text(&format!("^[0-9][0-9_,.]* *{SIZE_UNIT}$")),
            Kind::Duration | Kind::DurationOrZero => text(&format!("^[0-9][0-9_,.]* *{DURATION_UNIT}$")),
            Kind::Rate => text(&format!("^[0-9][0-9_,.]* *{PERIOD}$")),
            Kind::Money | Kind::MoneyOrZero => text("^(\\$ *[0-9][0-9_,.]*|[0-9][0-9_,.]* *(USD|usd))$"),
            Kind::Dollars => json!({"anyOf": [{"type": "number", "minimum": 0}, text(DOLLARS)]}),
            Kind::Change => json!({"anyOf": [
                {"type": "number", "minimum": 0},
                text(&format!("{DOLLARS}|^[0-9][0-9_,.]* *%$")),
            ]}),
            Kind::Share | Kind::ShareOrZero => json!({"anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": "^[0-9][0-9.]* *%$"},
            ]}),
            Kind::CurrencyCode => text("^[A-Z]{3}$"),
            Kind::ExchangeRate => json!({"anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "string", "pattern": "^[0-9][0-9_,.]*$"},
            ]}),
            Kind::Date => json!({"type": "string", "format": "date"}),
            Kind::Month => text(
                "^(730 ?h?|[0-9]{4}-[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2} *\\.\\. *[0-9]{4}-[0-9]{2}-[0-9]{2})$",
            ),
            Kind::When(when) => when.schema(),
            Kind::OneOf(choices) => {
                let each =
                    choices.iter().map(|(word, doc)| json!({"const": word, "description": doc.trim()}));
                json!({"oneOf": each.collect::<Vec<_>>()})
            }
            Kind::Word(known) => json!({"type": "string", "enum": vocabulary.words(known)}),
            Kind::Names => json!({"type": "array", "items": {"type": "string"}}),
            Kind::NameOrNames => json!({"anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]}),
            Kind::Texts => json!({"type": "array", "items": text("^.{1,300}$")}),
            Kind::Words(known) => {
                json!({"type": "array", "items": {"type": "string", "enum": vocabulary.words(known)}})
            }
        }
    }

    /// The JSON Schema of what stands at a key: of a quantity, a value or a range of two or three.
    pub(super) fn schema_at(self, key: &str, vocabulary: &Vocabulary) -> Value {
        let one = self.schema(vocabulary);
        if !range::fits(key, self) {
            return one;
        }
        let unit = match self {
            Kind::Size | Kind::SizeOrZero => SIZE_UNIT,
            Kind::Duration | Kind::DurationOrZero => DURATION_UNIT,
            Kind::Rate => PERIOD,
            Kind::Money | Kind::MoneyOrZero => "(USD|usd)",
            Kind::Share | Kind::ShareOrZero => "%",
            _ => "",
        };
        let unit = if unit.is_empty() { String::new() } else { format!("( *{unit})?") };
        let end = format!("\\$? *[0-9][0-9_,]*(\\.[0-9]+)?{unit}");
        let range = json!({"type": "string", "pattern": format!("^{end}( *\\.\\. *{end}){{1,2}}$")});
        json!({"anyOf": [one, range]})
    }
}
