//! The house rules, each as a test with its reason beside it.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use support::{below, files_below, read};
use weigh_core::platforms::PLATFORMS;
use weigh_core::services::stated::SERVICES;

/// A source file: its path below the workspace, and its text.
struct Source {
    path: String,
    text: String,
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Rust files of all crates below a folder's name: `src` or `tests`.
fn sources(folder: &str) -> Vec<Source> {
    let crates = workspace().join("crates");
    let rust = files_below(&crates).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let all = rust.map(|path| (below(&crates, &path), path));
    let wanted = all.filter(|(name, _)| name.split('/').nth(1) == Some(folder));
    wanted.map(|(name, path)| Source { path: name, text: read(&path) }).collect()
}

/// The files of the core's sources, by their path below `src`.
fn core() -> Vec<Source> {
    let of_core = sources("src").into_iter().filter_map(|source| {
        let path = source.path.strip_prefix("weigh-core/src/")?.to_owned();
        Some(Source { path, ..source })
    });
    of_core.collect()
}

/// The words of a text: letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Fails with every line at once.
#[track_caller]
fn none(found: &[String], why: &str) {
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

/// A reader who opens any file learns from its first line what it is for.
#[test]
fn every_file_opens_with_what_it_is_for() {
    let all = sources("src").into_iter().chain(sources("tests"));
    let without = all.filter(|source| !source.text.starts_with("//! ")).map(|source| source.path);
    none(&without.collect::<Vec<_>>(), "files that do not open with a `//!` line");
}

/// A file that is longer holds more than one thing; a function that is longer hides a step that has a name.
#[test]
fn files_and_functions_stay_short() {
    const FILE: usize = 400;
    const FUNCTION: usize = 70;
    let mut long = Vec::new();
    for Source { path, text } in sources("src").into_iter().chain(sources("tests")) {
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > FILE {
            long.push(format!("{path}: {} lines", lines.len()));
        }
        for (start, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let length = length_of_function(&lines[start..]);
            if length > FUNCTION {
                long.push(format!("{path}:{}: {length} lines: {}", start + 1, line.trim()));
            }
        }
    }
    none(&long, "longer than 400 lines a file or 70 lines a function");
}

fn is_function(line: &str) -> bool {
    let line = line.trim_start();
    let line =
        line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or("", |(_, rest)| rest));
    line.strip_prefix("const ").unwrap_or(line).starts_with("fn ")
}

/// Lines to the brace that closes the function, which the formatter indents as its first line is; 1 without a body.
fn length_of_function(lines: &[&str]) -> usize {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let ends = |line: &str| {
        let bare = line.trim_start();
        line.len() - bare.len() == indent && (bare == "}" || bare.starts_with("};"))
    };
    let one_line = lines[0].trim_end().ends_with([';', '}']);
    if one_line { 1 } else { lines.iter().skip(1).position(|line| ends(line)).map_or(1, |at| at + 2) }
}

/// The core's modules, each above those that it may name. Data flows one way, so a reader may stop at any line.
const LAYERS: &[&str] = &[
    "time",
    "money",
    "units",
    "measure",
    "hours",
    "json_schema",
    "problem",
    "data",
    "condition",
    "claim",
    "usage",
    "commitment",
    "bill",
    "account",
    "catalog",
    "pricebook",
    "traffic",
    "scenario",
    "settings",
    "capacity",
    "services",
    "platforms",
    "rightsize",
    "evaluate",
    "decision", // A crate of its own, by another name.
    "matrix_file",
    "commitment_level",
    "criteria",
    "rules",
    "compare",
    "savings",
    "audit",
    "snapshot",
    "difference",
    "check",
    "coverage",
    "verify",
    "policy",
    "report",
];

/// What a text names behind a prefix such as `crate::`: the `x` of `crate::x`, and each `x` of `crate::{x, y::z}`.
fn named(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in text.split(prefix).skip(1) {
        match after.strip_prefix('{') {
            None => found.extend(words(after).next().map(str::to_owned)),
            Some(group) => {
                let group = group.split('}').next().unwrap_or_default();
                found.extend(group.split(',').filter_map(|part| words(part).next()).map(str::to_owned));
            }
        }
    }
    found
}

/// A reader of the documentation finds the same list there.
#[test]
fn the_map_of_the_layers_is_true() {
    let map = read(&workspace().join("crates/weigh-core/src/lib.rs"));
    let rows = map.lines().filter(|line| line.starts_with("//! | [`"));
    let first_column = rows.filter_map(|line| line.split('|').nth(1));
    let told: Vec<&str> = first_column.flat_map(words).collect();
    assert_eq!(told, LAYERS);
    let declared: BTreeSet<&str> = map.lines().filter_map(|line| declares(line)?.strip_suffix(';')).collect();
    assert_eq!(declared, LAYERS.iter().copied().collect());
}

/// What a line makes a module of the core: a file of its own, or a crate by another name.
fn declares(line: &str) -> Option<&str> {
    line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("pub use weigh_decision as "))
}

#[test]
fn imports_run_down() {
    let place = |module: &str| LAYERS.iter().position(|layer| *layer == module);
    let mut wrong = Vec::new();
    for Source { path, text } in core().into_iter().filter(|source| source.path != "lib.rs") {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = place(module) else {
            wrong.push(format!("{path}: `{module}` has no place in the list of layers"));
            continue;
        };
        // An example in the documentation stands outside, where all modules are in reach: `weigh_core::x`.
        let text = text.replace("weigh_core::", "");
        for other in named(&text, "crate::").into_iter().filter(|other| other != module) {
            match place(&other) {
                Some(layer) if layer < own => {}
                Some(_) => wrong.push(format!("{path} names `{other}`, which lies above `{module}`")),
                None => {
                    wrong.push(format!("{path} names `{other}`, which has no place in the list of layers"));
                }
            }
        }
    }
    none(&wrong, "imports that run up");
}

/// Files of a folder that others in it may name: they are shared, or the folder's own face.
const SHARED: [&str; 12] = [
    "mod",
    "sizing",
    "scaling",
    "headroom",
    "spot",
    "around",
    "disk",
    "instances",
    "fleet",
    "jobs",
    "shared",
    "tests",
];

/// One platform, one file: the next one must not have to read the others. The same for services.
#[test]
fn no_platform_names_a_platform_and_no_service_a_service() {
    let mut wrong = Vec::new();
    for folder in ["platforms", "services", "services/stated"] {
        let prefix = format!("{folder}/");
        let own: Vec<Source> = core().into_iter().filter(|source| source.path.starts_with(&prefix)).collect();
        let stem = |path: &str| {
            let rest = path.strip_prefix(&prefix).unwrap_or(path);
            rest.split(['/', '.']).next().unwrap_or_default().to_owned()
        };
        let alone: BTreeSet<String> = own.iter().map(|source| stem(&source.path)).collect();
        let alone: Vec<String> = alone.into_iter().filter(|name| !SHARED.contains(&name.as_str())).collect();
        assert!(alone.len() >= 5, "the folder {folder} was found");
        for source in own.iter().filter(|source| stem(&source.path) != "mod" && stem(&source.path) != "tests")
        {
            let prefixes = ["super::".to_owned(), format!("{folder}::")];
            let all: BTreeSet<String> =
                prefixes.iter().flat_map(|prefix| named(&source.text, prefix)).collect();
            for other in all.iter().filter(|other| alone.contains(other) && **other != stem(&source.path)) {
                wrong.push(format!("{} names {folder}::{other}", source.path));
            }
        }
    }
    none(&wrong, "what stands alone names its neighbour");
}

/// What a platform uses is metered before any price is known: it may know price ids, and no price.
#[test]
fn no_platform_and_no_service_knows_money() {
    let mut wrong = Vec::new();
    for Source { path, text } in core() {
        if path.starts_with("platforms/") || path.starts_with("services/") {
            for word in ["pricebook", "PriceBook", "RegionPrices", "dollars", "Bill", "Charge"] {
                if words(&text).any(|found| found == word) {
                    wrong.push(format!("{path} names `{word}`"));
                }
            }
        }
    }
    none(&wrong, "platforms and services know price ids, never a price");
}

/// Queueing and decision analysis are mathematics: they can be read, tested and cited without knowing any cloud.
#[test]
fn mathematics_knows_no_cloud() {
    const CLOUD: [&str; 25] = [
        "amazon",
        "aws",
        "bucket",
        "cloud",
        "container",
        "containers",
        "docker",
        "ec2",
        "ecs",
        "fargate",
        "gateway",
        "http",
        "instance",
        "instances",
        "kubernetes",
        "lambda",
        "lambdas",
        "lightsail",
        "node",
        "nodes",
        "platform",
        "region",
        "task",
        "tasks",
        "vcpu",
    ];
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src") {
        if path.starts_with("weigh-core/src/capacity/") || path.starts_with("weigh-decision/") {
            for (number, line) in text.lines().enumerate() {
                let line = line.to_lowercase();
                for word in words(&line).filter(|word| CLOUD.contains(word)) {
                    wrong.push(format!("{path}:{}: {word}", number + 1));
                }
            }
        }
    }
    none(&wrong, "words of the cloud in the mathematics");
}

/// A file that no module declares compiles nowhere, and a platform outside the table is never proposed.
#[test]
fn every_file_is_declared_and_every_platform_is_in_the_table() {
    let core = core();
    let text = |path: &str| core.iter().find(|source| source.path == path).map(|source| source.text.as_str());
    let mut wrong = Vec::new();
    for Source { path, .. } in core.iter().filter(|source| source.path != "lib.rs") {
        let stem = path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix(".rs")).unwrap_or(path);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let parents = match folder {
            "" => vec!["lib.rs".to_owned()],
            folder => vec![format!("{folder}/mod.rs"), format!("{folder}.rs")],
        };
        // `mod x;`, or `#[path = "x.rs"] mod tests;` beside it.
        let declares = |text: &str| text.contains(&format!("mod {name};"));
        let declared = parents.iter().filter_map(|parent| text(parent)).any(declares);
        let by_path = core.iter().any(|source| source.text.contains(&format!("#[path = \"{name}.rs\"]")));
        if !declared && !by_path {
            wrong.push(format!("{path} is declared nowhere"));
        }
    }
    let table = text("platforms/mod.rs").expect("the table of platforms");
    let mut platforms = 0;
    for Source { path, text } in core.iter().filter(|source| source.path.starts_with("platforms/")) {
        if text.contains("const PLATFORM: Platform") {
            let name = path.trim_start_matches("platforms/").trim_end_matches(".rs");
            platforms += 1;
            if !table.contains(&format!("{name}::PLATFORM")) {
                wrong.push(format!("{path} is not in PLATFORMS"));
            }
        }
    }
    let table = text("services/stated/mod.rs").expect("the table of supporting services");
    let mut services = 0;
    for Source { path, .. } in
        core.iter().filter(|source| source.text.contains("const SERVICE: StatedService"))
    {
        let name = path.trim_start_matches("services/stated/").trim_end_matches(".rs");
        services += 1;
        if !table.contains(&format!("    {name}::SERVICE,")) {
            wrong.push(format!("{path} is not in SERVICES"));
        }
    }
    none(&wrong, "files that nothing uses");
    assert_eq!((platforms, services), (PLATFORMS.len(), SERVICES.len()));
}

/// What is left for later is an issue, not a mark in the code.
#[test]
fn nothing_is_left_undone_in_the_code() {
    let marks = ["todo", "dbg", "unimplemented"].map(|name| format!("{name}!("));
    let marks: Vec<String> =
        marks.into_iter().chain([["FIX", "ME"].concat(), ["XX", "X"].concat()]).collect();
    let mut wrong = Vec::new();
    for Source { path, text } in sources("src").into_iter().chain(sources("tests")) {
        wrong.extend(marks.iter().filter(|mark| text.contains(*mark)).map(|mark| format!("{path}: {mark}")));
    }
    none(&wrong, "left undone");
}

/// Money is exact. Measured numbers come in through the one bridge, `money::exact`, which refuses what no bill can hold.
#[test]
fn money_is_never_a_float() {
    let mut wrong = Vec::new();
    for Source { path, text } in core() {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        let money = ["usage", "bill", "pricebook", "units"].contains(&module);
        if money && words(&text).any(|word| word == "f64" || word == "f32") {
            wrong.push(path);
        }
    }
    none(&wrong, "floating point on the side of money");
}

/// The project is built and read elsewhere: no file may depend on where it was written.
#[test]
fn no_file_names_a_place_outside_the_project() {
    let folders = ["work", "home", "tmp", "Users"].map(|name| format!("/{name}/"));
    let forbidden: Vec<String> = folders.into_iter().chain([["../", "shared"].concat()]).collect();
    let root = workspace();
    let tops = ["crates", "benches", "scenarios", "pricing-data", ".ci"].map(|top| root.join(top));
    let beside = ["Cargo.toml", "README.md", "DESIGN.md"].map(|file| root.join(file));
    let all = tops.iter().filter(|top| top.is_dir()).flat_map(|top| files_below(top));
    let all = all.chain(beside.into_iter().filter(|file| file.is_file()));
    let mut wrong = Vec::new();
    // Packages that npm put beside the script that draws diagrams are no part of the project.
    let own = |path: &PathBuf| !path.components().any(|part| part.as_os_str() == "node_modules");
    for path in all.filter(own) {
        let (name, text) = (below(&root, &path), read(&path));
        // A folder is absolute when nothing stands before it that makes it a part of a longer path or an address.
        let absolute = |word: &String| {
            text.match_indices(word.as_str()).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                word.starts_with("..") || !before.is_some_and(|c| c.is_alphanumeric() || "._-~}/".contains(c))
            })
        };
        wrong.extend(forbidden.iter().filter(|word| absolute(word)).map(|word| format!("{name}: {word}")));
    }
    none(&wrong, "places outside the project");
}
