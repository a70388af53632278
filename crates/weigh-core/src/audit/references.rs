//! What is wrong in how claims name each other: an id that two of them have, an id that none has.

use crate::data::nearest;
use crate::problem::Problem;
use crate::scenario::{About, Claim};

/// A file with its claims.
#[derive(Clone, Copy, Debug)]
pub struct ClaimFile<'a> {
    /// The path, as messages name it.
    pub path: &'a str,
    /// The text, in which the claims have their places.
    pub text: &'a str,
    /// The claims.
    pub claims: &'a [Claim],
}

/// Something that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongReference {
    /// The place of the file in the list of files.
    pub file: usize,
    /// What is wrong in it.
    pub problem: Problem,
}

/// Everything that is wrong in how the claims of these files name each other, and those that stand `beside` them, in the order
/// of the files.
///
/// ```
/// use weigh_core::audit::{ClaimFile, references};
/// assert!(references(&[ClaimFile { path: "shop.toml", text: "", claims: &[] }], &[]).is_empty());
/// ```
#[must_use]
pub fn references(files: &[ClaimFile<'_>], beside: &[Claim]) -> Vec<WrongReference> {
    let all = || files.iter().flat_map(|file| file.claims.iter().map(move |claim| (file, claim)));
    let mut found = Vec::new();
    for (place, file) in files.iter().enumerate() {
        for claim in file.claims {
            let first = all().find(|(_, other)| other.entry.id == claim.entry.id);
            if let Some((first, other)) = first.filter(|(_, other)| !std::ptr::eq(*other, claim)) {
                let problem = twice(claim, first, other);
                found.push(WrongReference { file: place, problem });
            }
            let named = wrong_ids(
                claim,
                file.text,
                &|id| all().map(|(_, other)| other).chain(beside).find(|other| other.entry.id == id),
                &|| all().map(|(_, other)| other.entry.id.as_str()).collect(),
            );
            found.extend(named.into_iter().map(|problem| WrongReference { file: place, problem }));
        }
    }
    found
}

fn twice(claim: &Claim, first: &ClaimFile<'_>, other: &Claim) -> Problem {
    let at = other.at("id");
    let (line, _) = Problem::at(at, "").line_and_column(first.text);
    let message =
        format!("the id `{}` is that of another claim: {}, line {line}", claim.entry.id, first.path);
    Problem::at(claim.at("id"), message).allowing("an id of its own for each claim of all files")
}

/// What is wrong with the ids that a claim names.
fn wrong_ids<'a>(
    claim: &Claim,
    text: &str,
    find: &dyn Fn(&str) -> Option<&'a Claim>,
    known: &dyn Fn() -> Vec<&'a str>,
) -> Vec<Problem> {
    let of = |key: &'static str, ids: Vec<&str>| -> Vec<(&'static str, String)> {
        ids.into_iter().map(|id| (key, id.to_owned())).collect()
    };
    let mut named = Vec::new();
    for (key, expression) in [("equals", &claim.equals), ("at_most", &claim.at_most)] {
        named.extend(of(key, expression.as_ref().map(|expression| expression.claims()).unwrap_or_default()));
    }
    named.extend(of("least_of", claim.entry.least_of.iter().map(String::as_str).collect()));
    let wrong = named.iter().filter_map(|(key, id)| {
        let at = word_in(text, &claim.at(key), id);
        match find(id) {
            None => {
                let others = known().into_iter().filter(|other| *other != claim.entry.id);
                let meant = nearest(id, others).map(str::to_owned);
                let problem = Problem::at(at, format!("`{key}`: no claim has the id `{id}`"));
                Some(problem.allowing("ids of claims that are audited together").suggesting(meant))
            }
            Some(other) if other.entry.about == Some(About::Choice) => {
                let problem =
                    Problem::at(at, format!("`{key}`: the claim `{id}` is a choice, and no figure"));
                Some(problem.allowing("ids of claims with a figure"))
            }
            Some(other) if other.entry.id == claim.entry.id && *key != "least_of" => {
                let problem = Problem::at(at, format!("`{key}`: the claim `{id}` is held against itself"));
                Some(problem.allowing("ids of other claims"))
            }
            Some(_) => None,
        }
    });
    let mut wrong: Vec<Problem> = wrong.collect();
    let least_of = &claim.entry.least_of;
    if !least_of.is_empty() && least_of.iter().all(|id| *id == claim.entry.id) {
        let message = format!("`least_of`: the claim `{}` names only itself", claim.entry.id);
        wrong.push(Problem::at(claim.at("least_of"), message).allowing("ids of other claims"));
    }
    wrong
}

/// Where a word stands in a part of a text; the whole part where it is written in another way.
fn word_in(text: &str, part: &std::ops::Range<usize>, word: &str) -> std::ops::Range<usize> {
    let Some(inside) = text.get(part.clone()) else { return part.clone() };
    let belongs = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let alone = |at: &usize| {
        let (before, after) = (&inside[..*at], &inside[at + word.len()..]);
        !before.ends_with(belongs) && !after.starts_with(belongs)
    };
    match inside.match_indices(word).map(|(at, _)| at).find(alone) {
        Some(at) => part.start + at..part.start + at + word.len(),
        None => part.clone(),
    }
}
