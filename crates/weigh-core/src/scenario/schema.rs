//! The JSON Schema of a scenario file, from the same definitions that read it.

use serde_json::{Map, Value, json};

use super::account::{self, AccountEntry, UsageEntry};
use super::claim::ClaimEntry;
use super::commitment::CommitmentEntry;
use super::currency::{self, Currency};
use super::decision::DecisionRequest;
use super::environment::{Environment, PartHeader};
use super::field::{Field, Presence, Section};
use super::job::Job;
use super::policy::{PolicyEntry, policy_rules};
use super::request::RequestEntry;
use super::rule::RuleEntry;
use super::schema_extends::unless_extended;
use super::sections::{Component, DiscountEntry, Header, Needs, OptionHeader};
use super::service::ServiceHeader;
use super::stated_trait::TraitEntry;
use super::supporting::Supporting;
use super::team::Team;
use super::tolerance::ToleranceEntry;
use super::traffic::{NESTED, TrafficEntry};
use super::vocabulary::Vocabulary;
use super::wishes::scale_fields;
use crate::catalog::Advice;

/// The JSON Schema (draft 2020-12) of a scenario file, so that editors complete and check it.
///
/// Regions, platforms, instance types, runtimes and criteria are those of the vocabulary.
///
/// ```
/// use weigh_core::scenario::{Vocabulary, schema};
/// let schema = schema(&Vocabulary::default());
/// assert_eq!(schema["properties"]["needs"]["properties"]["gpu"]["type"], "boolean");
/// ```
#[must_use]
pub fn schema(vocabulary: &Vocabulary) -> Value {
    let section = |fields| object(&[fields], vocabulary);
    let list =
        |item: Value, doc: &str| json!({"description": doc, "type": "array", "items": item, "minItems": 1});
    unless_extended(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "weigh scenario",
        "description": "An application, its traffic and its needs, to be compared on AWS deployment platforms.",
        "type": "object",
        "additionalProperties": false,
        "required": ["scenario", "component", "traffic"],
        "properties": {
            "extends": {"description": "Path of the scenario file that this one lies over, from its own folder on.", "type": "string", "pattern": "[^ ]"},
            "without": {"description": "What of that file is left out: a section, or something in it, such as \"option/lambda\".", "type": "array", "items": {"type": "string"}},
            "scenario": header(vocabulary),
            "component": list(section(Component::FIELDS), "The parts of the application."),
            "request": list(section(RequestEntry::FIELDS), "Kinds of request of a component; left out, all are alike."),
            "job": list(section(Job::FIELDS), "Work in the background that runs by a schedule."),
            "service": list(services(vocabulary), "Databases, caches, queues and what else the application uses, billed alike for every option."),
            "traffic": traffic(vocabulary),
            "supporting": section(Supporting::FIELDS),
            "environment": list(section(Environment::FIELDS), "Where the application runs several times; left out, once."),
            "needs": section(Needs::FIELDS),
            "team": section(Team::FIELDS),
            "wishes": wishes(vocabulary),
            "decision": section(DecisionRequest::FIELDS),
            "trait": list(section(TraitEntry::FIELDS), "What holds of platforms in the stead of the data, each with its reason."),
            "rule": list(rule(vocabulary), "What to choose, to avoid or to reject when a condition holds."),
            "account": account(vocabulary),
            "discount": list(section(DiscountEntry::FIELDS), "What the account pays less than the list says; left out, list prices."),
            "commitment": list(section(CommitmentEntry::FIELDS), "What the account has committed to; left out, nothing."),
            "claim": list(section(ClaimEntry::FIELDS), "Figures that a document states, to be audited."),
            "policy": list(policy(vocabulary), "What must hold of the answer; each key that follows `option` is a rule."),
            "tolerance": list(tolerance(vocabulary), "How far figures may drift from a snapshot without being told."),
            "option": list(options(vocabulary), "What is compared; left out, every platform, sized by the program."),
        },
    }))
}

fn object(lists: &[&[Field]], vocabulary: &Vocabulary) -> Value {
    let mut properties = Map::new();
    let mut required: Vec<&str> = Vec::new();
    for field in lists.iter().flat_map(|list| list.iter()) {
        let mut schema = field.kind.schema_at(field.key, vocabulary);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), field.doc.trim().into());
            if let Presence::Default(text) = field.presence {
                let default = match field.kind {
                    super::Kind::Flag | super::Kind::Count { .. } => {
                        serde_json::from_str(text).unwrap_or(Value::Null)
                    }
                    _ => text.into(),
                };
                schema.insert("default".to_owned(), default);
            }
        }
        if field.presence == Presence::Required {
            required.push(field.key);
        }
        properties.insert(field.key.to_owned(), schema);
    }
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn header(vocabulary: &Vocabulary) -> Value {
    let mut header = object(&[Header::FIELDS], vocabulary);
    let mut inner = object(&[Currency::FIELDS], vocabulary);
    inner["description"] = currency::DOC.into();
    header["properties"][currency::KEY] = inner;
    header
}

fn account(vocabulary: &Vocabulary) -> Value {
    let mut account = object(&[AccountEntry::FIELDS], vocabulary);
    let usage = object(&[UsageEntry::FIELDS], vocabulary);
    account["properties"][account::USAGE] =
        json!({"description": account::USAGE_DOC, "type": "array", "items": usage, "minItems": 1});
    account
}

fn traffic(vocabulary: &Vocabulary) -> Value {
    let mut traffic = object(&[TrafficEntry::FIELDS], vocabulary);
    for table in NESTED {
        let mut inner = object(&[table.fields], vocabulary);
        inner["description"] = table.doc.into();
        traffic["properties"][table.key] = match table.several {
            true => json!({"description": table.doc, "type": "array", "items": inner, "minItems": 1}),
            false => inner,
        };
    }
    traffic["anyOf"] = json!([{"required": ["rate"]}, {"required": ["trace"]}]);
    traffic
}

fn wishes(vocabulary: &Vocabulary) -> Value {
    let weight = json!({"type": "number", "minimum": 0});
    let each = vocabulary.criteria.iter().map(|criterion| {
        let mut table = object(&[&scale_fields(criterion.unit)], vocabulary);
        table["properties"]["weight"] = weight.clone();
        table["required"] = json!(["weight"]);
        (criterion.id.to_owned(), json!({"description": criterion.summary, "anyOf": [weight, table]}))
    });
    json!({
        "description": "Weights of the criteria; left out, the default weights.",
        "type": "object",
        "additionalProperties": false,
        "properties": each.collect::<Map<_, _>>(),
    })
}

fn rule(vocabulary: &Vocabulary) -> Value {
    let mut rule = object(&[RuleEntry::FIELDS], vocabulary);
    let one = Advice::ALL.map(|advice| json!({"required": [advice.word()]}));
    rule["oneOf"] = json!(one);
    rule
}

fn policy(vocabulary: &Vocabulary) -> Value {
    let mut policy = object(&[PolicyEntry::FIELDS], vocabulary);
    let rules = policy_rules().map(|field| json!({"required": [field.key]}));
    policy["anyOf"] = rules.collect();
    policy
}

fn tolerance(vocabulary: &Vocabulary) -> Value {
    let mut tolerance = object(&[ToleranceEntry::FIELDS], vocabulary);
    tolerance["anyOf"] = json!([{"required": ["percent"]}, {"required": ["dollars"]}]);
    tolerance
}

fn options(vocabulary: &Vocabulary) -> Value {
    let mut each = on_platforms(OptionHeader::FIELDS, vocabulary);
    each.push(json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "part"],
        "properties": {
            "name": {"type": "string", "description": "Name of the option."},
            "part": {
                "description": "What stands on which platform.",
                "type": "array",
                "items": {"oneOf": on_platforms(PartHeader::FIELDS, vocabulary)},
                "minItems": 1,
            },
        },
    }));
    json!({"oneOf": each})
}

/// A table with such keys and the settings of a platform, for each platform.
fn on_platforms(header: &[Field], vocabulary: &Vocabulary) -> Vec<Value> {
    let each = vocabulary.platforms.iter().map(|platform| {
        let lists: Vec<&[Field]> = [header].into_iter().chain(platform.settings.iter().copied()).collect();
        let mut option = object(&lists, vocabulary);
        option["properties"]["platform"] = json!({"const": platform.id, "description": platform.summary});
        option
    });
    each.collect()
}

fn services(vocabulary: &Vocabulary) -> Value {
    let each = vocabulary.service_kinds.iter().map(|kind| {
        let mut service = object(&[ServiceHeader::FIELDS, kind.settings], vocabulary);
        service["properties"]["kind"] = json!({"const": kind.id, "description": kind.summary});
        service
    });
    json!({"oneOf": each.collect::<Vec<_>>()})
}
