//! The model's version: figures that move on unchanged scenarios and prices are a change of the model, and are told as one.

mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::{answer, program, root};

/// Scenarios and figures that stay as they are.
const FOLDER: &str = "crates/weigh-cli/tests/model";

fn computed() -> String {
    let words =
        ["snapshot", &format!("{FOLDER}/scenarios"), "--prices", "crates/weigh-cli/tests/documents/book"];
    let answer = answer(program().args(words), words.join(" "), b"");
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
    answer.stdout
}

fn kept() -> PathBuf {
    root().join(FOLDER).join("figures.json")
}

/// A snapshot without what names the book and the model that it was computed with.
fn figures(text: &str) -> Value {
    let mut snapshot: Value = serde_json::from_str(text).expect("a snapshot is JSON");
    let object = snapshot.as_object_mut().expect("a snapshot is an object");
    object.remove("book_hash");
    object.remove("model_version");
    snapshot
}

/// With `WEIGH_KEEP_FIGURES` set, the figures are written anew, which is right only together with a new model version.
#[test]
fn figures_move_with_the_version_of_the_model_alone() {
    let computed = computed();
    if std::env::var_os("WEIGH_KEEP_FIGURES").is_some() {
        fs::write(kept(), &computed).expect("the figures are written");
    }
    let kept = fs::read_to_string(kept()).expect("the figures are kept");
    let version = |text: &str| serde_json::from_str::<Value>(text).expect("JSON")["model_version"].clone();
    if figures(&computed) == figures(&kept) {
        assert_eq!(
            version(&computed),
            version(&kept),
            "the version grew, and no figure moved: write them anew"
        );
        return;
    }
    let moved = computed.lines().zip(kept.lines()).find(|(now, before)| now != before);
    panic!(
        "a figure moved on the same scenarios and prices: {moved:?}\n\
         Raise weigh_core::snapshot::MODEL_VERSION, say what moved in docs/model-versions.md and in the change log, and run\n\
         WEIGH_KEEP_FIGURES=1 cargo test -p weigh-cli --test model"
    );
}

/// Every version is explained to those whose snapshots it moves.
#[test]
fn every_version_is_explained() {
    let page = fs::read_to_string(root().join("docs/model-versions.md")).expect("the page");
    for version in 1..=weigh_core::snapshot::MODEL_VERSION {
        assert!(
            page.contains(&format!("\n## {version}\n")),
            "docs/model-versions.md says what changed with {version}"
        );
    }
}
