//! What becomes of a statement that is worked into the versions of a price.

use super::Outcome::{Added, Changed, Confirmed, Contradicted, Older};
use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A draft after statements `from seen usd source mark`, each `;`-apart, and what became of each.
fn worked(statements: &str) -> (Vec<Outcome>, String) {
    let mut draft = Draft::of_files("here", &[]).unwrap();
    let outcomes = statements.split(';').map(|statement| {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let standing = if words.len() > 4 { Standing::Single } else { Standing::Sourced };
        let (seen, source) = (day(words[1]), words[3]);
        let usd = words[2].parse().ok();
        let band = StatedBand { from_quantity: Decimal::ZERO, usd, seen, source, standing };
        let from = day(words[0]);
        draft.state(&Statement { price_id: "t/a", unit: Unit::Gb, from, bands: vec![band] }).unwrap()
    });
    let outcomes = outcomes.collect();
    let files = draft.files();
    let rows: Vec<&str> = files[0].text.lines().skip(1).map(|row| &row["t/a,GB,0,".len()..]).collect();
    (outcomes, rows.join(" "))
}

/// Statements, what becomes of each, and the rows that they leave.
const STATEMENTS: &[(&str, &[Outcome], &str)] = &[
    ("2026-01-01 2026-02-01 1 a", &[Added], "1,2026-01-01,2026-02-01,a,"),
    (
        "2026-01-01 2026-02-01 1 a single; 2026-01-01 2026-03-01 1 b",
        &[Added, Confirmed],
        "1,2026-01-01,2026-03-01,b,",
    ),
    // AWS dates a price anew each month: the first day stays.
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-03-02 1 b",
        &[Added, Confirmed],
        "1,2026-01-01,2026-03-02,b,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-03-02 2 b",
        &[Added, Changed],
        "1,2026-01-01,2026-02-01,a, 2,2026-03-01,2026-03-02,b,",
    ),
    // A price that was still seen after the day of the new one ends when the new one is seen.
    (
        "2026-01-01 2026-02-15 1 a; 2026-02-01 2026-03-02 2 b",
        &[Added, Changed],
        "1,2026-01-01,2026-02-15,a, 2,2026-03-02,2026-03-02,b,",
    ),
    (
        "2026-01-01 2026-02-15 1 a; 2026-02-01 2026-02-10 2 b",
        &[Added, Contradicted],
        "1,2026-01-01,2026-02-15,a,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2025-01-01 2025-06-01 3 b",
        &[Added, Older],
        "3,2025-01-01,2025-06-01,b, 1,2026-01-01,2026-02-01,a,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2025-01-01 2025-06-01 1 b",
        &[Added, Confirmed],
        "1,2025-01-01,2026-02-01,a,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2026-01-01 2026-02-01 1 b",
        &[Added, Confirmed],
        "1,2026-01-01,2026-02-01,a,",
    ),
    // A list of a later day dates its price before the one that is known: it is known from the day that shows it.
    (
        "2026-03-01 2026-04-01 2 a; 2026-01-01 2026-05-01 1 b",
        &[Added, Changed],
        "2,2026-03-01,2026-04-01,a, 1,2026-05-01,2026-05-01,b,",
    ),
    (
        "2026-03-01 2026-04-01 2 a; 2026-01-01 2026-03-15 1 b",
        &[Added, Contradicted],
        "2,2026-03-01,2026-04-01,a,",
    ),
    // A price of the past that a later list shows again is a new version, and does not stretch the old one.
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-04-01 2 b; 2026-01-01 2026-05-01 1 c",
        &[Added, Changed, Changed],
        "1,2026-01-01,2026-02-01,a, 2,2026-03-01,2026-04-01,b, 1,2026-05-01,2026-05-01,c,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-04-01 2 b; 2026-01-01 2026-03-15 1 c",
        &[Added, Changed, Contradicted],
        "1,2026-01-01,2026-02-01,a, 2,2026-03-01,2026-04-01,b,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-04-01 2 b; 2026-01-01 2026-02-20 1 c",
        &[Added, Changed, Confirmed],
        "1,2026-01-01,2026-02-20,c, 2,2026-03-01,2026-04-01,b,",
    ),
    (
        "2026-01-01 2026-02-01 1 a; 2026-03-01 2026-04-01 2 b; 2025-06-01 2026-05-01 2 c",
        &[Added, Changed, Confirmed],
        "1,2026-01-01,2026-02-01,a, 2,2026-03-01,2026-05-01,c,",
    ),
    (
        "2026-01-01 2026-02-01 none a; 2026-03-01 2026-03-01 1 b",
        &[Added, Changed],
        "not offered,2026-01-01,2026-02-01,a, 1,2026-03-01,2026-03-01,b,",
    ),
];

#[test]
fn a_statement_adds_changes_confirms_or_is_left_out() {
    for (statements, outcomes, rows) in STATEMENTS {
        assert_eq!(worked(statements), (outcomes.to_vec(), (*rows).to_owned()), "{statements}");
    }
}
