//! The page on supporting services against the table of them: every kind, every key, every example.

mod support;

use support::root;
use weigh_core::scenario::{Field, Kind, Presence, Section, ServiceHeader};
use weigh_core::services::stated::SERVICES;

/// What a field holds, as the pages write it.
fn value(kind: Kind) -> String {
    let words = |words: &[(&str, &str)]| {
        let each: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        format!("one of {}", each.join(", "))
    };
    match kind {
        Kind::Name | Kind::Word(_) => "a name".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Count { least, most } => format!("whole number {} to {}", grouped(least), grouped(most)),
        Kind::Number => "number above 0".to_owned(),
        Kind::NumberOrZero => "number".to_owned(),
        Kind::Size | Kind::SizeOrZero => "size: `\"2 GiB\"`".to_owned(),
        Kind::Duration | Kind::DurationOrZero => "time: `\"120 ms\"`".to_owned(),
        Kind::Rate => "rate: `\"10_000/day\"`".to_owned(),
        Kind::Money | Kind::MoneyOrZero => "dollars: `\"$200\"`".to_owned(),
        Kind::Share | Kind::ShareOrZero => "share: `\"60 %\"` or `0.6`".to_owned(),
        Kind::OneOf(choices) => words(choices),
        other => panic!("the page has no words for {other:?}"),
    }
}

fn grouped(count: u32) -> String {
    let (thousands, rest) = (count / 1_000, count % 1_000);
    if thousands == 0 { rest.to_string() } else { format!("{},{rest:03}", grouped(thousands)) }
}

/// A row of a page for each field.
fn rows(fields: &[Field]) -> String {
    let row = |field: &Field| {
        let left_out = match field.presence {
            Presence::Required => "must be there".to_owned(),
            Presence::Optional => "open".to_owned(),
            Presence::Default(text) => format!("`{text}`"),
        };
        format!("| `{}` | {} | {left_out} | {} |\n", field.key, value(field.kind), field.doc.trim())
    };
    let rows: String = fields.iter().map(row).collect();
    format!("| key | value | left out | meaning |\n|---|---|---|---|\n{rows}")
}

fn page() -> String {
    let page = std::fs::read_to_string(root().join("docs/services.md"));
    page.unwrap_or_else(|error| panic!("docs/services.md: {error}"))
}

#[test]
fn the_page_has_every_key_of_every_service() {
    let page = page();
    let header = rows(ServiceHeader::FIELDS);
    assert!(page.contains(&header), "docs/services.md lacks this:\n{header}");
    let kinds = SERVICES
        .iter()
        .map(|kind| format!("| [`{0}`](#{0}) | {1} | {2} |\n", kind.id, kind.title, kind.metered));
    let kinds: String = kinds.collect();
    assert!(page.contains(&kinds), "docs/services.md lacks this:\n{kinds}");
    for kind in SERVICES {
        let (id, summary, example) = (kind.id, kind.summary, kind.example);
        let block = format!("```toml\n[[service]]\nkind = \"{id}\"\n{example}\n```\n");
        let section = format!("### {id}\n\n{summary}\n\n{}\n{block}", rows(kind.settings));
        assert!(page.contains(&section), "docs/services.md lacks this:\n{section}");
    }
    assert_eq!(page.matches("\n### ").count(), SERVICES.len());
}

#[test]
fn what_the_page_shows_first_is_read() {
    let page = page();
    let (_, block) = page.split_once("```toml\n").unwrap_or_default();
    let (block, _) = block.split_once("```").unwrap_or_default();
    let text = support::GOOD.to_owned() + block;
    let answer = support::ask("compare -", text.as_bytes());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(block.matches("[[service]]").count() > 2, "{block}");
}
