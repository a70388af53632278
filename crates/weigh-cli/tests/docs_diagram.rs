//! The pages on diagrams against the program: what it prints, and every field.

mod support;

use serde_json::Value;
use support::folder::Folder;
use support::{ask_plainly, root};

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text with the hash of the price book covered, which moves with every row of the data.
fn without_hash(text: &str) -> String {
    let hash = regex_lite::Regex::new("Price book [0-9a-f]{12},").expect("an expression");
    hash.replace_all(text, "Price book …,").into_owned()
}

/// The page runs on the real book: after a refresh of its prices its diagram is printed anew.
#[test]
fn the_page_on_diagrams_shows_what_the_program_prints() {
    let page = text("docs/diagram.md");
    let block = |kind: &str| {
        let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_default();
        rest.split_once("```").unwrap_or_default().0.to_owned()
    };
    let folder = Folder::new();
    folder.write("shop.toml", block("toml"));
    let shown = folder.ask("diagram shop.toml").stdout;
    assert_eq!(without_hash(&shown), without_hash(&block("mermaid")));
}

#[test]
fn the_json_page_names_every_field_of_diagrams() {
    let page = text("docs/json.md");
    let (_, section) = page.split_once("# `weigh diagram").unwrap_or_default();
    let (section, _) = section.split_once("\n## ").unwrap_or_default();
    let told = ask_plainly("diagram scenarios/ai-prism.toml --option fargate --format json").stdout;
    let mut fields = Vec::new();
    collect(&serde_json::from_str(&told).expect("JSON"), &mut fields);
    assert!(fields.len() > 40, "{fields:?}");
    for field in fields {
        assert!(
            section.contains(&format!("`{field}`")),
            "docs/json.md does not name `{field}` of weigh diagram"
        );
    }
}

/// The fields of a value, but for those within what stands above, with the comparison.
fn collect(value: &Value, fields: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                fields.push(key.clone());
                if !["scenario", "failed_needs", "missing_prices", "book", "prices"].contains(&key.as_str()) {
                    collect(value, fields);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
