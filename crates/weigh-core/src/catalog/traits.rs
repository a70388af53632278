//! What documents and AWS say of platforms: traits, and rules for when to choose which.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::data::{DataFile, DataProblem};

const TRAITS: &str = "aws/traits/platforms.csv";
const TRAIT_COLUMNS: &[&str] = &["platform", "trait", "value", "unit", "text", "source", "as_of", "mark"];
const RULES: &str = "aws/traits/rules.csv";
const RULE_COLUMNS: &[&str] = &["platform", "rule", "advice", "when", "because", "source", "as_of", "mark"];

/// What a document or AWS says of a platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trait {
    /// The value as written: a number, `yes`, `no`, `unknown`, or words parted by `;`.
    pub value: String,
    /// What the value is written in: `stars`, `hours`, `percent`, `yes-no`.
    pub unit: String,
    /// The words of the source beside it, such as `Simpler; matches current`; empty where it has none.
    pub text: String,
    /// The id of its source.
    pub source: String,
    /// `derived` when it was inferred, `unverified` where it is disputed or nobody checked it, `stated` in a scenario.
    pub mark: String,
}

impl Trait {
    /// The unit of a list of skills.
    pub const SKILLS: &'static str = "skills";

    /// The mark of what a scenario states in the stead of the data.
    pub const STATED: &'static str = "stated";

    /// The value as a number.
    ///
    /// ```
    /// use weigh_core::catalog::Trait;
    /// let known = Trait { value: "0.5".to_owned(), ..Trait::default() };
    /// assert_eq!(known.number().unwrap().to_string(), "0.5");
    /// ```
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.value).ok()
    }

    /// The value as a list of words.
    ///
    /// ```
    /// use weigh_core::catalog::Trait;
    /// let known = Trait { value: "docker;linux".to_owned(), ..Trait::default() };
    /// assert_eq!(known.words().collect::<Vec<_>>(), ["docker", "linux"]);
    /// ```
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.value.split(';').map(str::trim).filter(|word| !word.is_empty())
    }
}

/// What a rule says to do with a platform where its condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Choose it.
    Choose,
    /// Avoid it.
    Avoid,
    /// Reject it: it may not be ranked.
    Reject,
}

impl Advice {
    /// Every advice.
    pub const ALL: [Advice; 3] = [Advice::Choose, Advice::Avoid, Advice::Reject];

    /// The word in files and reports.
    ///
    /// ```
    /// use weigh_core::catalog::Advice;
    /// assert_eq!(Advice::ALL.map(Advice::word), ["choose", "avoid", "reject"]);
    /// ```
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Advice::Choose => "choose",
            Advice::Avoid => "avoid",
            Advice::Reject => "reject",
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Advice {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Advice, &'static str> {
        let known = Advice::ALL.into_iter().find(|advice| advice.word() == text);
        known.ok_or("an advice is choose, avoid or reject")
    }
}

/// When to choose or to avoid a platform, as a document says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRule {
    /// The platform's id.
    pub platform: String,
    /// The rule's name, unique for the platform.
    pub rule: String,
    /// What to do.
    pub advice: Advice,
    /// The condition; empty where no scenario can state what the document asks for.
    pub when: String,
    /// The document's reason in short.
    pub because: String,
    /// The id of its source.
    pub source: String,
    /// `derived` where the condition is this project's reading of the document.
    pub mark: String,
}

/// Reads the traits, by platform and name.
pub(super) fn read(files: &[DataFile], problems: &mut Vec<DataProblem>) -> BTreeMap<(String, String), Trait> {
    let rows = super::rows(files, TRAITS, TRAIT_COLUMNS, problems, |row| {
        let key = (row.text(0).to_owned(), row.text(1).to_owned());
        let [value, unit, text, source, mark] = [2, 3, 4, 5, 7].map(|column| row.text(column).to_owned());
        Ok((key, Trait { value, unit, text, source, mark }))
    });
    rows.into_iter().collect()
}

/// Reads the documents' rules, in the order of the data.
pub(super) fn read_rules(files: &[DataFile], problems: &mut Vec<DataProblem>) -> Vec<DocumentRule> {
    super::rows(files, RULES, RULE_COLUMNS, problems, |row| {
        let [platform, rule, when, because, source, mark] =
            [0, 1, 3, 4, 5, 7].map(|column| row.text(column).to_owned());
        Ok(DocumentRule { platform, rule, advice: row.parse(2)?, when, because, source, mark })
    })
}
