//! What is set, to what, and where: in `weigh.toml`, in the environment, by a flag, or nowhere.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table};
use crate::settings::{Holds, Origin, Setting};

/// Every setting with its value and where that is from, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SettingsReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `settings`.
    #[schemars(extend("const" = "settings"))]
    pub kind: &'static str,
    /// The path of the `weigh.toml` that is read; null where none is.
    pub file: Option<String>,
    /// The settings, each once.
    pub settings: Vec<SettingReport>,
    /// What else is to be known, such as a variable whose name is misspelt.
    pub notes: Vec<String>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SettingReport {
    /// Its key in `weigh.toml`.
    pub key: &'static str,
    /// What it is set to: one value, or as many as there are paths; empty where it is set nowhere and has no value of its own.
    pub values: Vec<String>,
    /// `default`, `file`, `environment` or `flag`.
    #[schemars(extend("enum" = ["default", "file", "environment", "flag"]))]
    pub source: &'static str,
    /// The file, the variable or the flag that sets it; null where it is set nowhere.
    pub place: Option<String>,
    /// The line of the file, from 1; null where no file sets it.
    pub line: Option<usize>,
    /// The variable of the environment that would set it.
    pub variable: String,
    /// The flag that would set it, or the name of what is typed without one.
    pub flag: &'static str,
    /// What holds where it is set nowhere.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Builds the report from the path of the file that is read, if any, each setting with its values and where they are from,
/// and what else is to be known.
///
/// ```
/// use weigh_core::report::settings_report;
/// use weigh_core::settings::{Origin, SETTINGS, Setting};
/// let format = Setting::find("format").unwrap();
/// let set = vec![(format, vec!["json".to_owned()], Origin::File { line: 3 })];
/// let report = settings_report(Some("weigh.toml".to_owned()), set, Vec::new());
/// assert_eq!(report.settings[0].from(), "weigh.toml:3");
/// ```
#[must_use]
pub fn settings_report(
    file: Option<String>,
    set: Vec<(&'static Setting, Vec<String>, Origin)>,
    notes: Vec<String>,
) -> SettingsReport {
    let each = set.into_iter().map(|(setting, values, origin)| {
        let (source, place, line) = match origin {
            Origin::Default => ("default", None, None),
            Origin::File { line } => ("file", file.clone(), Some(line)),
            Origin::Environment => ("environment", Some(setting.variable()), None),
            Origin::Flag => ("flag", Some(setting.flag.to_owned()), None),
        };
        let has_own = matches!(setting.holds, Holds::OneOf(_) | Holds::Flag) && values.is_empty();
        SettingReport {
            key: setting.key,
            values: if has_own { vec![setting.default.to_owned()] } else { values },
            source,
            place,
            line,
            variable: setting.variable(),
            flag: setting.flag,
            default: setting.default,
            meaning: setting.doc,
        }
    });
    let settings = each.collect();
    SettingsReport { schema_version: SCHEMA_VERSION, kind: "settings", file, settings, notes }
}

impl SettingReport {
    /// Where the value is from: `weigh.toml:3`, `WEIGH_FORMAT`, `--format` or `default`.
    #[must_use]
    pub fn from(&self) -> String {
        match (&self.place, self.line) {
            (Some(file), Some(line)) => format!("{file}:{line}"),
            (Some(place), None) => place.clone(),
            (None, _) => self.source.to_owned(),
        }
    }

    /// The value as a reader sees it.
    fn shown(&self) -> String {
        match (self.values.as_slice(), self.source) {
            ([], "default") => self.default.to_owned(),
            ([], _) => "none".to_owned(),
            (values, _) => values.join(", "),
        }
    }
}

impl SettingsReport {
    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let told = match &self.file {
            Some(file) => {
                format!("Flags are stronger than the environment, and that is stronger than {file}.")
            }
            None => "No weigh.toml is read. Flags are stronger than the environment.".to_owned(),
        };
        let rows = self.settings.iter().map(|setting| {
            [setting.key.to_owned(), setting.shown(), setting.from()].map(Cell::Text).to_vec()
        });
        let table = Table::new(vec!["setting", "value", "from"], rows.collect());
        let mut blocks =
            vec![Block::Title("Settings".to_owned()), Block::Paragraph(told), Block::Table(table)];
        if !self.notes.is_empty() {
            blocks.extend([Block::Heading("To know".to_owned()), Block::List(self.notes.clone())]);
        }
        Document { blocks }
    }

    /// The settings as rows for programs, one for each value.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        for setting in &self.settings {
            let line = setting.line.map(|line| line.to_string()).unwrap_or_default();
            let row = |value: &str| {
                let place = setting.place.clone().unwrap_or_default();
                let own = [setting.key, value, setting.source, &place, &line, &setting.variable];
                own.map(str::to_owned).to_vec()
            };
            match setting.values.as_slice() {
                [] => rows.push(row("")),
                values => rows.extend(values.iter().map(|value| row(value))),
            }
        }
        Sheet { columns: vec!["key", "value", "source", "place", "line", "variable"], rows }
    }
}
