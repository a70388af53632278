//! The published schemas refuse what the program does not write: without this, outputs that fit would say nothing.

#[path = "support/published.rs"]
mod published;
mod support;

use published::Published;
use serde_json::{Map, Value, json};
use support::{GOOD, ask};

/// Where a value lies, as keys and places from the outside in.
type Place = Vec<String>;

/// Every place in a value, itself first.
fn places(value: &Value, at: &Place, found: &mut Vec<Place>) {
    found.push(at.clone());
    let below = |key: &dyn ToString| at.iter().cloned().chain([key.to_string()]).collect::<Place>();
    for (key, inside) in value.as_object().into_iter().flatten() {
        places(inside, &below(key), found);
    }
    // All items of a list are of one shape.
    if let Some(first) = value.as_array().and_then(|items| items.first()) {
        places(first, &below(&0), found);
    }
}

/// A copy of an output with one place in it changed.
fn broken(output: &Value, place: &Place, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = output.clone();
    change(
        copy.pointer_mut(&place.iter().map(|key| format!("/{key}")).collect::<String>()).expect("a place"),
    );
    copy
}

/// Every output broken in every place: a field dropped, a field too many, another type. Each is refused, so that the tests above can
/// fail.
#[test]
fn a_broken_output_is_refused() {
    let published = Published::read(&["comparison", "explanation"]);
    let mut tried = 0;
    for (kind, words) in [
        ("comparison", "compare - --format json"),
        ("explanation", "explain - --option fargate --format json"),
    ] {
        let output = published.fits(kind, &ask(words, GOOD.as_bytes()));
        let mut all = Vec::new();
        places(&output, &Vec::new(), &mut all);
        for place in &all {
            let refused = |what: &str, copy: &Value| {
                assert!(published.misfit(kind, copy).is_some(), "{kind}: {what} at {place:?} passes");
            };
            let value = output.pointer(&place.iter().map(|key| format!("/{key}")).collect::<String>());
            refused("another type", &broken(&output, place, |it| *it = json!([[true]])));
            tried += 1;
            let Some(object) = value.and_then(Value::as_object) else { continue };
            // A map by free keys takes any of them, and needs none.
            if place.last().is_some_and(|key| FREE_KEYS.contains(&key.as_str())) {
                continue;
            }
            refused("a field too many", &broken(&output, place, |it| it["surplus"] = Value::Null));
            for field in object.keys().filter(|field| !OPTIONAL.contains(&field.as_str())) {
                let drop = |it: &mut Value| {
                    drop(it.as_object_mut().map(|fields: &mut Map<_, _>| fields.remove(field)));
                };
                refused(&format!("the lack of `{field}`"), &broken(&output, place, drop));
                tried += 1;
            }
        }
        for (place, value) in
            [("kind", json!("other")), ("schema_version", json!(2)), ("recommended", json!(7))]
        {
            if output.get(place).is_some() {
                assert!(
                    published
                        .misfit(kind, &broken(&output, &vec![place.to_owned()], |it| *it = value))
                        .is_some()
                );
            }
        }
    }
    assert!(tried > 300, "{tried} outputs were broken");
    let output = published.fits("comparison", &ask("compare - --format json", GOOD.as_bytes()));
    let first = |field: &str, value: Value| {
        let place = ["options", "0", field].map(str::to_owned).to_vec();
        published.misfit("comparison", &broken(&output, &place, |it| *it = value))
    };
    for (field, value) in [
        ("monthly_cost", json!("12,50")),
        ("monthly_cost", json!("1e3")),
        ("monthly_cost", json!(12.5)),
        ("status", json!("first")),
        ("rank", json!(-1)),
        ("charges", Value::Null),
    ] {
        assert!(first(field, value.clone()).is_some(), "{field} = {value} passes");
    }
    assert_eq!(first("monthly_cost", json!("12.50")), None);
}

/// Maps by keys that no schema knows.
const FREE_KEYS: [&str; 1] = ["values"];
/// Fields that are left out where there is nothing to say.
const OPTIONAL: [&str; 0] = [];
