//! The JSON Schema of a file that extends another: what the base may state need not be stated again.

use serde_json::{Map, Value, json};

use super::layers::EXTENDS;
use super::merge::is_laid_whole;

/// The schema in which everything that must be stated must be so only where the file extends none.
pub(super) fn unless_extended(mut schema: Value) -> Value {
    let must = take_required(&mut schema, "");
    schema["if"] = json!({"not": {"required": [EXTENDS]}});
    schema["then"] = must;
    schema
}

/// Takes out of a schema what must be stated, and gives that as a schema of its own.
fn take_required(schema: &mut Value, path: &str) -> Value {
    let mut must = Map::new();
    let Some(schema) = schema.as_object_mut() else { return Value::Object(must) };
    if let Some(required) = schema.remove("required").filter(|keys| keys != &json!([])) {
        must.insert("required".to_owned(), required);
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let each = properties.iter_mut().filter_map(|(key, inner)| {
            let path = super::merge::inside(path, key);
            let own = if is_laid_whole(&path) { json!({}) } else { take_required(inner, &path) };
            (own != json!({})).then(|| (key.clone(), own))
        });
        let each: Map<String, Value> = each.collect();
        if !each.is_empty() {
            must.insert("properties".to_owned(), Value::Object(each));
        }
    }
    if let Some(items) = schema.get_mut("items") {
        let own = take_required(items, path);
        if own != json!({}) {
            must.insert("items".to_owned(), own);
        }
    }
    for word in ["oneOf", "anyOf"] {
        take_choices(schema, word, path, &mut must);
    }
    Value::Object(must)
}

/// The same of the choices that a schema offers: without what must be stated, more than one may fit.
fn take_choices(schema: &mut Map<String, Value>, word: &str, path: &str, must: &mut Map<String, Value>) {
    let Some(Value::Array(mut choices)) = schema.remove(word) else { return };
    let each: Vec<Value> = choices
        .iter_mut()
        .map(|choice| {
            let mut own = take_required(choice, path);
            // What tells the choices apart tells them apart here, too.
            let known = choice["properties"].as_object().into_iter().flatten();
            for (key, inner) in known.filter(|(_, inner)| inner.get("const").is_some()) {
                own["properties"][key] = json!({"const": inner["const"]});
            }
            own
        })
        .collect();
    if each.iter().all(|own| own == &json!({})) {
        schema.insert(word.to_owned(), choices.into());
        return;
    }
    must.insert(word.to_owned(), each.into());
    choices.retain(|choice| choice != &json!({}));
    if !choices.is_empty() {
        schema.insert("anyOf".to_owned(), choices.into());
    }
}
