//! A scenario's canonical text is read as the scenario itself, for every scenario of the project.

mod support;

use std::path::{Path, PathBuf};

use support::{files_below, read};
use weigh_core::catalog::Catalog;
use weigh_core::compare::vocabulary;
use weigh_core::scenario::{Layer, RangedScenario, Scenario, Vocabulary, canonical};
use weigh_core::traffic::{TraceReader, Zone};

/// A scenario file and the files that it extends.
fn layers(file: &Path) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(file.to_owned());
    while let Some(path) = next {
        let layer = Layer { path: path.display().to_string(), text: read(&path) };
        next = layer.extends().map(|base| path.parent().expect("a folder").join(base.path));
        layers.push(layer);
    }
    layers
}

fn parsed(layers: &[Layer], folder: &Path, words: &Vocabulary) -> (Scenario, Option<RangedScenario>) {
    let mut trace = |_: usize, name: &str, zone: &Zone| {
        let mut reader = TraceReader::new(name, zone.clone());
        reader.feed(read(&folder.join(name)).as_bytes());
        reader.finish().map_err(|problems| problems.first[0].message.clone())
    };
    Scenario::parse_layers(layers, words, &mut trace).expect("a scenario of the project")
}

/// The scenario in words, without what is left out of the canonical text and without places in its file.
fn bare(mut scenario: Scenario) -> String {
    scenario.claims.clear();
    scenario.header.assumptions.clear();
    (scenario.header.document, scenario.header.source) = (None, None);
    // The order of the wishes is that of the file, and means nothing.
    scenario.wishes.sort_by(|a, b| a.criterion.cmp(&b.criterion));
    let words = format!("{scenario:?}");
    let mut parts = words.split("span: Some(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// Where two texts differ first, with what stands around it.
fn difference(one: &str, other: &str) -> Option<String> {
    let place = one.bytes().zip(other.bytes()).position(|(a, b)| a != b);
    let place = place.or((one.len() != other.len()).then(|| one.len().min(other.len())))?;
    let around = |text: &str| text.chars().skip(place.saturating_sub(80)).take(160).collect::<String>();
    Some(format!("{}\n{}", around(one), around(other)))
}

#[test]
fn every_scenario_is_read_again_from_its_canonical_text() {
    let catalog = Catalog::open(&weigh_prices::files()).expect("the embedded catalog");
    let words = vocabulary(&catalog, &weigh_prices::book());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let is_scenario = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.ends_with(".toml") && !name.starts_with('_') && read(path).contains("scenario")
    };
    let files: Vec<PathBuf> = files_below(&folder).into_iter().filter(is_scenario).collect();
    assert!(files.len() >= 100, "the scenarios are found");
    for file in files {
        let beside = file.parent().expect("a folder");
        let layers = layers(&file);
        let (scenario, ranged) = parsed(&layers, beside, &words);
        let lines = canonical(&layers, &[]);
        assert!(lines.iter().all(|line| !line.contains('\n')), "{}: a value a line", file.display());
        let again = [Layer { path: "canonical".to_owned(), text: lines.join("\n") }];
        let (same, same_ranged) = parsed(&again, beside, &words);
        let ends = |ranged: Option<RangedScenario>| {
            let ends = ranged.map(|ranged| [bare(ranged.low), bare(ranged.high)]);
            ends.map(|ends| ends.join("\n")).unwrap_or_default()
        };
        assert_eq!(difference(&bare(same), &bare(scenario)), None, "{}", file.display());
        assert_eq!(difference(&ends(same_ranged), &ends(ranged)), None, "{}", file.display());
        assert_eq!(canonical(&again, &[]), lines, "{}: canonical is canonical", file.display());
    }
}
