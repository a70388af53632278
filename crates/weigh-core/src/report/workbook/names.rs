//! Names of sheets, as spreadsheets allow them.

use std::collections::BTreeSet;

/// The most characters of a sheet's name; a character beyond the basic plane counts twice (Microsoft's documentation of Excel: "Rename a
/// worksheet").
const MOST: usize = 31;
/// What no name of a sheet may hold (the same documentation), and what no name of a file may on some systems: sheets become files too.
const FORBIDDEN: [char; 11] = ['/', '\\', '?', '*', ':', '[', ']', '<', '>', '|', '"'];
/// A name that Excel keeps for itself.
const RESERVED: &str = "history";

/// The names that a workbook has already, as they are compared: without the case of letters.
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// With names that are taken.
    pub(super) fn with(taken: &[&str]) -> SheetNames {
        let taken = taken.iter().copied().chain([RESERVED]).map(folded).collect();
        SheetNames { taken }
    }

    /// A name like the wanted one that no other sheet has: what is forbidden in it is `-`, what is too long is cut, and one that is taken
    /// gets a number.
    pub(super) fn free(&mut self, wanted: &str) -> String {
        let allowed = |c: char| if FORBIDDEN.contains(&c) || c.is_control() { '-' } else { c };
        let clean: String = wanted.chars().map(allowed).collect();
        let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let clean = if clean.is_empty() { "option" } else { clean };
        let mut name = cut(clean, MOST);
        let mut number = 2;
        while !self.taken.insert(folded(&name)) {
            let end = format!(" ({number})");
            name = cut(clean, MOST - end.len()) + &end;
            number += 1;
        }
        name
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The beginning of a text, in so many units of UTF-16; an end that a name may not have goes too.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    let kept: String = kept.collect();
    kept.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_kept_where_they_may_be() {
        let mut names = SheetNames::with(&["Summary"]);
        for (wanted, given) in [
            ("fargate", "fargate"),
            ("Fargate", "Fargate (2)"),
            ("summary", "summary (2)"),
            ("History", "History (2)"),
            ("a/b:c", "a-b-c"),
            ("'quoted'", "quoted"),
            (" ", "option"),
            ("an option whose name is as long as a sentence", "an option whose name is as long"),
            ("an option whose name is as long as another", "an option whose name is as (2)"),
        ] {
            assert_eq!(names.free(wanted), given);
        }
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_is_allowed(wanted in proptest::collection::vec("\\PC{0,40}|[a-b':/]{0,3}", 1..20)) {
            let mut names = SheetNames::with(&["Summary"]);
            let given: Vec<String> = wanted.iter().map(|wanted| names.free(wanted)).collect();
            let unlike: BTreeSet<String> = given.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(unlike.len(), given.len());
            for name in given {
                prop_assert!((1..=31).contains(&name.encode_utf16().count()), "{}", name);
                prop_assert!(!name.contains(FORBIDDEN) && !name.starts_with('\'') && !name.ends_with('\''), "{}", name);
            }
        }
    }
}
