//! The schemas under docs/schema, to hold outputs against.

use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use crate::support::{Answer, root};

/// Where the schemas are published.
pub(crate) const FOLDER: &str = "docs/schema";

pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Published schemas, compiled by a validator that shares no code with what made them.
pub(crate) struct Published {
    compiled: Schemas,
    by_name: Vec<(&'static str, SchemaIndex)>,
}

impl Published {
    pub(crate) fn read(names: &[&'static str]) -> Published {
        let (mut compiled, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        let compile = |name: &&'static str| {
            let text =
                fs::read_to_string(root().join(FOLDER).join(format!("{name}.json"))).expect("a schema");
            let place = format!("https://weigh.test/{name}.json");
            compiler.add_resource(&place, parsed(&text)).expect("a schema of its own");
            let index = compiler.compile(&place, &mut compiled);
            let index = index.unwrap_or_else(|error| panic!("{name}: {error:#}"));
            (*name, index)
        };
        let by_name = names.iter().map(compile).collect();
        Published { compiled, by_name }
    }

    /// What is wrong with a value, in words; nothing where it fits.
    pub(crate) fn misfit(&self, name: &str, value: &Value) -> Option<String> {
        let (_, index) =
            self.by_name.iter().find(|(known, _)| *known == name).expect("a schema of this name");
        self.compiled.validate(value, *index).err().map(|error| format!("{error:#}"))
    }

    /// An answer that must be a JSON output, held against the schema of its kind.
    #[track_caller]
    pub(crate) fn fits(&self, kind: &str, answer: &Answer) -> Value {
        assert_ne!(answer.code, 1, "{}", answer.transcript());
        let value = parsed(&answer.stdout);
        assert_eq!(value["kind"], kind);
        if let Some(misfit) = self.misfit(kind, &value) {
            panic!("{} does not fit {FOLDER}/{kind}.json:\n{misfit}", answer.command());
        }
        value
    }
}
