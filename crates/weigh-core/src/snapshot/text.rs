//! A snapshot as text, piece by piece: one value a line, so that a line that differs says what differs.

use super::{ScenarioSnapshot, SnapshotHeader};

/// The text before the first scenario; entries follow, with a comma and a line break between them, and [`closing`].
///
/// ```
/// use weigh_core::snapshot::{SnapshotHeader, closing, opening};
/// let header = SnapshotHeader {
///     schema_version: 1,
///     kind: "snapshot".into(),
///     model_version: 1,
///     book_hash: "ab12".into(),
///     paths: vec!["scenarios".into()],
/// };
/// let text = opening(&header) + closing();
/// assert_eq!(serde_json::from_str::<SnapshotHeader>(&text).unwrap(), header);
/// ```
#[must_use]
pub fn opening(header: &SnapshotHeader) -> String {
    let text = pretty(header);
    let open = text.strip_suffix("\n}").unwrap_or(&text);
    format!("{open},\n  \"scenarios\": [")
}

/// A scenario in the list, without a comma.
#[must_use]
pub fn entry(scenario: &ScenarioSnapshot) -> String {
    let text = pretty(scenario);
    let mut indented = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        indented.push_str("    ");
        indented.push_str(line);
    }
    indented
}

/// The text behind the last scenario.
#[must_use]
pub fn closing() -> &'static str {
    "\n  ]\n}\n"
}

fn pretty(value: &impl serde::Serialize) -> String {
    // Keys are strings and numbers are finite, which is all that can fail.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
