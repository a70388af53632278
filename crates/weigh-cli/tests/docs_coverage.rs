//! The page on what the documents ask for: no row is missing, and everything that it names exists.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{ask_plainly, root};

fn page() -> String {
    fs::read_to_string(root().join("docs/coverage.md")).expect("the page on coverage")
}

/// The rows: number, what, answered by.
fn rows(page: &str) -> Vec<[String; 3]> {
    let cells = |line: &str| -> Option<[String; 3]> {
        let mut cells = line.trim_matches('|').splitn(3, '|').map(|cell| cell.trim().to_owned());
        Some([cells.next()?, cells.next()?, cells.next()?])
    };
    page.lines().filter(|line| line.starts_with("| K")).filter_map(cells).collect()
}

#[test]
fn no_row_is_missing_and_each_says_something() {
    let rows = rows(&page());
    let numbers: Vec<&str> = rows.iter().map(|[number, ..]| number.as_str()).collect();
    let all: Vec<String> = (1..=161).map(|number| format!("K{number:03}")).collect();
    assert_eq!(numbers, all);
    for [number, what, answered] in &rows {
        assert!(!what.is_empty(), "{number}");
        let says = answered.contains('`') || answered.starts_with("not ");
        assert!(says, "{number} names nothing, and does not say that it is not done: {answered}");
    }
}

/// The words between backticks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What the program answers, asked once for each question.
#[derive(Default)]
struct Program {
    help: BTreeMap<String, String>,
    schema: Option<Value>,
}

impl Program {
    /// Whether a command has these flags.
    fn has(&mut self, command: &str) -> bool {
        let words: Vec<&str> = command.split_whitespace().collect();
        let (path, flags): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| !word.starts_with("--"));
        let path = path.join(" ");
        let help = self.help.entry(path.clone()).or_insert_with(|| {
            let answer = ask_plainly(&format!("{path} --help"));
            if answer.code == 0 { answer.stdout } else { String::new() }
        });
        !help.is_empty()
            && flags
                .iter()
                .all(|flag| help.contains(&format!("{flag} ")) || help.contains(&format!("{flag}\n")))
    }

    fn schema(&mut self) -> &Value {
        self.schema.get_or_insert_with(|| {
            serde_json::from_str(&ask_plainly("schema").stdout).expect("the schema is JSON")
        })
    }

    /// Whether a section of a scenario has a key, on whatever platform.
    fn has_key(&mut self, section: &str, key: &str) -> bool {
        let section = &self.schema()["properties"][section];
        !section.is_null() && has_property(section, key)
    }
}

/// Whether a schema has a property, however deep.
fn has_property(schema: &Value, key: &str) -> bool {
    match schema {
        Value::Object(object) => {
            let own = object.get("properties").is_some_and(|properties| properties.get(key).is_some());
            own || object.values().any(|inner| has_property(inner, key))
        }
        Value::Array(items) => items.iter().any(|inner| has_property(inner, key)),
        _ => false,
    }
}

/// Whether a test of this name stands in a file of this name.
fn is_test(path: &str) -> bool {
    let Some((file, test)) = path.split_once("::") else { return false };
    let declared = format!("fn {test}()");
    ["crates/weigh-core", "crates/weigh-cli", "crates/weigh-decision"].iter().any(|place| {
        let text = fs::read_to_string(root().join(place).join(file)).unwrap_or_default();
        text.split("#[test]").skip(1).any(|after| after.trim_start().starts_with(&declared))
    })
}

#[test]
fn everything_that_is_named_exists() {
    let mut program = Program::default();
    let mut wrong = Vec::new();
    for [number, _, answered] in rows(&page()) {
        for name in named(&answered) {
            let exists = match () {
                () if name.starts_with("weigh ") => program.has(&name["weigh ".len()..]),
                () if name.contains("::") => is_test(name),
                () if name.starts_with('[') => {
                    let (section, key) = name.trim_start_matches('[').split_once(']').expect("a section");
                    program.has_key(section, key.trim_start_matches(']').trim())
                }
                () if name.starts_with("kind = ") => {
                    let kind = name["kind = ".len()..].trim_matches('"');
                    let kinds = program.schema()["properties"]["service"].to_string();
                    kinds.contains(&format!("\"{kind}\""))
                }
                () if name.starts_with("about = ") => {
                    let about = name["about = ".len()..].trim_matches('"');
                    program.schema()["properties"]["claim"].to_string().contains(&format!("\"{about}\""))
                }
                () if name.contains('/') => Path::new(&root()).join(name).exists(),
                // A word of the program, such as `input`: it stands in the schema.
                () => program.schema().to_string().contains(&format!("\"{name}\"")),
            };
            if !exists {
                wrong.push(format!("{number}: `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "the page names what does not exist:\n{}", wrong.join("\n"));
}

/// The test must be able to fail.
#[test]
fn what_does_not_exist_is_noticed() {
    let mut program = Program::default();
    assert!(program.has("compare --break-even") && !program.has("compare --breakfast"));
    assert!(!program.has("fly") && program.has("prices show"));
    assert!(program.has_key("needs", "gpu") && !program.has_key("needs", "tasks"));
    assert!(program.has_key("option", "tasks"));
    assert!(is_test("tests/docs_coverage.rs::what_does_not_exist_is_noticed"));
    assert!(!is_test("tests/docs_coverage.rs::what_exists_is_noticed"));
}
