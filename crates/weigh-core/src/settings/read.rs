//! Reads settings: those of a file, and one from the text of a variable.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Holds, SETTINGS, Setting, Stated};
use crate::data::nearest;
use crate::problem::Problem;
use crate::scenario::described;
use crate::time::Date;

/// Tables of the file that hold no settings; each is read where what it says is judged.
pub const ELSEWHERE: [&str; 2] = ["policy", "tolerance"];

/// Reads the text of a `weigh.toml`. Its tables `[[policy]]` and `[[tolerance]]` are passed over.
///
/// # Errors
/// Everything that is wrong, in the order of the text: unknown keys with the nearest right one, and wrong values.
///
/// ```
/// use weigh_core::settings::read_settings;
/// let stated = read_settings("prices = [\"book\", \"own.csv\"]\nformat = \"json\"\n").unwrap();
/// assert_eq!((stated[0].setting.key, stated[0].values.len()), ("prices", 2));
/// assert_eq!((stated[1].values[0].as_str(), stated[1].line), ("json", 2));
/// let problems = read_settings("as-of = 2026-10-07\ncolor = \"red\"\n").unwrap_err();
/// assert_eq!(problems[0].suggestion.as_deref(), Some("as_of"));
/// assert_eq!(problems[1].message, "`color`: unknown word `red`");
/// ```
pub fn read_settings(text: &str) -> Result<Vec<Stated>, Vec<Problem>> {
    let (root, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        let no_toml = syntax.iter().map(|error| {
            Problem::at(error.span().unwrap_or(0..0), format!("this is no TOML: {}", error.message()))
        });
        return Err(no_toml.collect());
    }
    let (mut stated, mut problems) = (Vec::new(), Vec::new());
    for (key, value) in root.get_ref() {
        let name = key.get_ref().as_ref();
        match Setting::find(name) {
            Some(setting) => match setting.stated(value, text) {
                Ok(read) => stated.push(read),
                Err(problem) => problems.push(*problem),
            },
            None if ELSEWHERE.contains(&name) => problems.extend(no_tables(name, value)),
            None => problems.push(unknown(key)),
        }
    }
    stated.sort_by_key(|stated: &Stated| stated.line);
    problems.sort_by_key(|problem| problem.span.start);
    if problems.is_empty() { Ok(stated) } else { Err(problems) }
}

fn unknown(key: &Spanned<impl AsRef<str>>) -> Problem {
    let name = key.get_ref().as_ref();
    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).chain(ELSEWHERE).collect();
    let meant = nearest(name, known.iter().copied()).map(str::to_owned);
    Problem::at(key.span(), format!("unknown key `{name}` in weigh.toml"))
        .allowing(format!("weigh.toml has {}", known.join(", ")))
        .suggesting(meant)
}

/// That something else stands where tables belong.
fn no_tables(name: &str, value: &Spanned<DeValue<'_>>) -> Option<Problem> {
    let is_table = |value: &DeValue<'_>| matches!(value, DeValue::Table(_));
    let tables = match value.get_ref() {
        DeValue::Array(items) => items.iter().all(|item| is_table(item.get_ref())),
        single => is_table(single),
    };
    let found = described(value.get_ref());
    let wrong = || Problem::at(value.span(), format!("`{name}`: {found} where tables belong"));
    (!tables).then(|| wrong().allowing(format!("tables [[{name}]]")))
}

impl Setting {
    /// What a file states, with its place.
    fn stated(&'static self, value: &Spanned<DeValue<'_>>, text: &str) -> Result<Stated, Box<Problem>> {
        let values = match (self.holds, value.get_ref()) {
            (Holds::Paths, DeValue::Array(items)) => items.iter().map(|item| self.value(item)).collect(),
            _ => self.value(value).map(|value| vec![value]),
        };
        let line = text[..value.span().start].matches('\n').count() + 1;
        Ok(Stated { setting: self, values: values?, span: value.span(), line })
    }

    /// One value of a file.
    fn value(&self, value: &Spanned<DeValue<'_>>) -> Result<String, Box<Problem>> {
        let text = match (self.holds, value.get_ref()) {
            (Holds::Day, DeValue::Datetime(day)) => day.to_string(),
            (Holds::Flag, DeValue::Boolean(flag)) => flag.to_string(),
            (Holds::Flag, other) => return Err(self.misplaced(value, other)),
            (_, DeValue::String(text)) => text.to_string(),
            (_, other) => return Err(self.misplaced(value, other)),
        };
        self.read(&text).map_err(|mut problem| {
            problem.span = value.span();
            problem.suggestion = problem.suggestion.map(|meant| format!("\"{meant}\""));
            problem
        })
    }

    fn misplaced(&self, value: &Spanned<DeValue<'_>>, found: &DeValue<'_>) -> Box<Problem> {
        let message = format!("`{}`: {} where {} belongs", self.key, described(found), self.holds.noun());
        Box::new(Problem::at(value.span(), message).allowing(self.allowed()))
    }

    /// Reads one value from its text, as a variable of the environment holds it: in the form that the flag takes.
    ///
    /// # Errors
    /// What is wrong, at the whole text.
    ///
    /// ```
    /// use weigh_core::settings::Setting;
    /// let quiet = Setting::find("quiet").unwrap();
    /// assert_eq!(quiet.read("1"), Ok("true".to_owned()));
    /// let problem = Setting::find("format").unwrap().read("jsn").unwrap_err();
    /// assert_eq!(problem.suggestion.as_deref(), Some("json"));
    /// ```
    pub fn read(&self, text: &str) -> Result<String, Box<Problem>> {
        let whole = 0..text.len();
        let refuse = |why: String| {
            let problem = Problem::at(whole.clone(), format!("`{}`: {why}", self.key));
            Err(Box::new(problem.allowing(self.allowed())))
        };
        match self.holds {
            Holds::Paths | Holds::Path if text.is_empty() => refuse("an empty path".to_owned()),
            Holds::Region if text.trim().is_empty() => refuse("an empty name".to_owned()),
            Holds::Paths | Holds::Path | Holds::Region => Ok(text.to_owned()),
            Holds::Day => match text.parse::<Date>() {
                Ok(day) => Ok(day.to_string()),
                Err(why) => refuse(why),
            },
            Holds::BookHash => match is_book_hash(text) {
                true => Ok(text.to_owned()),
                false => refuse(format!("`{text}` is no beginning of a hash")),
            },
            Holds::OneOf(words) => match words.contains(&text) {
                true => Ok(text.to_owned()),
                false => {
                    let meant = nearest(text, words.iter().copied()).map(str::to_owned);
                    refuse(format!("unknown word `{text}`"))
                        .map_err(|problem| Box::new(problem.suggesting(meant)))
                }
            },
            Holds::Flag => match text {
                "true" | "1" => Ok("true".to_owned()),
                "false" | "0" => Ok("false".to_owned()),
                _ => refuse(format!("`{text}` is neither true nor false")),
            },
        }
    }

    /// What belongs there, as a message says it.
    fn allowed(&self) -> String {
        format!("`{}` is {}", self.key, self.holds.allowed())
    }
}

impl Holds {
    /// What is allowed, in words.
    ///
    /// ```
    /// use weigh_core::settings::Holds;
    /// assert_eq!(Holds::Day.allowed(), "a day, such as 2026-10-07");
    /// ```
    #[must_use]
    pub fn allowed(self) -> String {
        match self {
            Holds::Paths => "a list of paths, from the folder of weigh.toml on".to_owned(),
            Holds::Path => "a path, from the folder of weigh.toml on".to_owned(),
            Holds::Region => "a region, such as eu-west-1".to_owned(),
            Holds::Day => "a day, such as 2026-10-07".to_owned(),
            Holds::BookHash => "8 to 64 hexadecimal digits of a book's hash, as reports print it".to_owned(),
            Holds::OneOf(words) => format!("one of {}", words.join(", ")),
            Holds::Flag => "true or false".to_owned(),
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Holds::Paths => "a list of paths",
            Holds::Path => "a path",
            Holds::Region => "a region",
            Holds::Day => "a day",
            Holds::BookHash => "a text with the hash of a book",
            Holds::OneOf(_) => "a word",
            Holds::Flag => "true or false",
        }
    }
}

/// Eight to 64 hexadecimal digits: fewer would let another book pass.
///
/// ```
/// use weigh_core::settings::is_book_hash;
/// assert!(is_book_hash("0123abcd") && !is_book_hash("0123abc") && !is_book_hash("a book"));
/// ```
#[must_use]
pub fn is_book_hash(text: &str) -> bool {
    text.chars().all(|digit| digit.is_ascii_hexdigit()) && (8..=64).contains(&text.len())
}
