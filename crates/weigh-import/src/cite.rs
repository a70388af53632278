//! What a source that was cited is called in the list of sources.

/// What a source is, in a line without commas, from how its rows are cited.
///
/// ```
/// assert_eq!(
///     weigh_import::source_title("aws-AmazonEC2-20261001000000"),
///     "AWS price file AmazonEC2 of version 20261001000000; imported"
/// );
/// assert_eq!(weigh_import::source_title("contract"), "contract: cited by an imported price file");
/// ```
#[must_use]
pub fn source_title(source: &str) -> String {
    let parts = source.strip_prefix("aws-").and_then(|rest| {
        // A version is a number or a day; the name of the file before it may have hyphens and digits too.
        let versions = rest.match_indices('-').map(|(at, _)| (&rest[..at], &rest[at + 1..]));
        versions.into_iter().find(|(_, version)| version.starts_with(|letter: char| letter.is_ascii_digit()))
    });
    match parts {
        Some((name, version)) => format!("AWS price file {name} of version {version}; imported"),
        None => format!("{source}: cited by an imported price file"),
    }
}
