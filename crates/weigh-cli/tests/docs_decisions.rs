//! The page on decisions against the program: its example, every key, every method, every field.

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::folder::Folder;
use support::{answer, program, root};
use weigh_core::decision::{METHODS, NORMALISATIONS, PARAMETERS};

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The first block of a kind on the page.
fn block(page: &str, kind: &str) -> String {
    let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_else(|| panic!("no {kind}"));
    rest.split_once("```").unwrap_or_default().0.to_owned()
}

fn ask(words: &str) -> String {
    let split: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&split), words.to_owned(), b"").stdout
}

#[test]
fn the_page_on_decisions_shows_what_the_program_prints() {
    let page = text("docs/decisions.md");
    let folder = Folder::new();
    folder.write("commute.toml", block(&page, "toml"));
    folder.write("table.csv", block(&page, "csv"));
    let shown = folder.ask("rank commute.toml").stdout;
    assert_eq!(format!("$ weigh rank commute.toml\n{shown}"), block(&page, "text"));
    let table = folder.ask("rank table.csv");
    assert_eq!(table.code, 0, "{}", table.stderr);
}

#[test]
fn the_readme_shows_how_a_matrix_is_ranked() {
    let page = text("README.md");
    let (_, rest) = page.split_once("$ weigh rank ").expect("an example");
    let (file, rest) = rest.split_once('\n').unwrap_or_default();
    let (shown, _) = rest.split_once("[…]").expect("its end");
    let printed = ask(&format!("rank {file}"));
    assert!(printed.starts_with(shown), "README: {printed}");
}

#[test]
fn the_page_names_every_method_normalisation_and_figure() {
    let page = text("docs/decisions.md");
    for method in METHODS {
        let row = format!("| `{}` | {} | {} | {} |", method.id, method.title, method.summary, method.source);
        assert!(page.contains(&row), "docs/decisions.md lacks the row {row}");
    }
    for known in NORMALISATIONS {
        let row = format!("| `{}` | {} |", known.id, known.summary);
        assert!(page.contains(&row), "docs/decisions.md lacks the row {row}");
    }
    for figure in PARAMETERS {
        let (low, high) = figure.bounds;
        let start = format!("| {} | {} | `{}`, {low} to {high} |", figure.method, figure.summary, figure.id);
        assert!(page.contains(&start), "docs/decisions.md lacks the row {start}");
    }
}

/// Keys are known by what the reader says of an unknown one.
#[test]
fn the_page_names_every_key() {
    let page = text("docs/decisions.md");
    let wrong = "zzz = 1\n[matrix]\nzzz = 1\n[weights]\nzzz = 1\n[robustness]\nzzz = 1\n\
        [[criterion]]\nname = \"a\"\nzzz = 1\n[[alternative]]\nname = \"b\"\nzzz = 1\n[[winner]]\nnames = [\"b\"]\nzzz = 1\n";
    let told = answer(program().args(["rank", "-"]), "rank -".to_owned(), wrong.as_bytes()).stderr;
    let mut keys = 0;
    for line in told.lines().filter(|line| line.contains("allowed: ") && line.contains(" has ")) {
        let (_, names) = line.split_once(" has ").unwrap_or_default();
        for key in names.split(", ") {
            assert!(
                page.contains(&format!("`{key}`")) || page.contains(&format!("[{key}]")),
                "docs/decisions.md does not name `{key}`"
            );
            keys += 1;
        }
    }
    assert!(keys > 40, "{keys} keys: {told}");
}

#[test]
fn the_json_page_names_every_field_of_a_ranking() {
    let page = text("docs/json.md");
    let (_, section) = page.split_once("# `weigh rank ").expect("the section");
    let mut fields = BTreeSet::new();
    for words in [
        "scenarios/matrices/ai-prism-services.toml",
        "scenarios/matrices/ai-prism-01-deployment-complexity.toml",
        "scenarios/matrices/ai-prism-performance.toml --method vikor",
    ] {
        let printed = ask(&format!("rank {words} --format json"));
        let told: Value = serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"));
        collect(&told, &mut fields);
    }
    assert!(fields.len() > 70, "{fields:?}");
    for field in fields {
        assert!(
            section.contains(&format!("`{field}`")),
            "docs/json.md does not name `{field}` of weigh rank"
        );
    }
}

fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                fields.insert(key.clone());
                collect(value, fields);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        _ => {}
    }
}
