//! Reads a scenario file and the files that it extends.

use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::data::nearest;
use weigh_core::problem::Problem;
use weigh_core::scenario::{Base, Layer};

use super::paths::plain;
use super::{as_text, is_standard_input, read};
use crate::output::{self, Failure};
use crate::place::was_read;

/// What belongs where there is no text.
const ALLOWED: &str = "a scenario file is TOML, and that is UTF-8 text";

/// The files of a scenario: the file itself first, then its base, and so on; and the folder of each.
pub(super) struct Layers {
    pub(super) files: Vec<Layer>,
    pub(super) folders: Vec<PathBuf>,
}

/// Reads a file, or standard input for `-`, and the files that it extends.
pub(super) fn layers(file: &Path) -> Result<Layers, Failure> {
    let (path, text) = read(file, ALLOWED)?;
    let is_file = !is_standard_input(file);
    let mut met: Vec<PathBuf> = is_file.then(|| same(file)).into_iter().collect();
    let folder = file.parent().filter(|_| is_file).map(Path::to_owned).unwrap_or_default();
    let mut layers = Layers { files: vec![Layer { path, text }], folders: vec![folder] };
    while let (Some(layer), Some(folder)) = (layers.files.last(), layers.folders.last()) {
        let Some(base) = layer.extends() else { break };
        let place = plain(&folder.join(&base.path));
        if met.contains(&same(&place)) {
            return Err(circle(&layers, &base));
        }
        let bytes = fs::read(&place).map_err(|error| missing(layer, &base, &place, &error.to_string()))?;
        met.push(same(&place));
        output::tell(|| format!("read: {}", place.display()));
        was_read(&place);
        let (path, text) = as_text(place.display().to_string(), bytes, ALLOWED)?;
        layers.folders.push(place.parent().map(Path::to_owned).unwrap_or_default());
        layers.files.push(Layer { path, text });
    }
    Ok(layers)
}

/// The path that a file has however it is named; its own where there is none.
fn same(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// That a file extends one that extends it.
fn circle(layers: &Layers, base: &Base) -> Failure {
    let paths: Vec<&str> = layers.files.iter().map(|layer| layer.path.as_str()).collect();
    let message = match paths.as_slice() {
        [only] => format!("`extends`: {only} extends itself"),
        several => format!("`extends`: the files go in a circle: {} and so on", several.join(", then ")),
    };
    wrong_base(layers.files.last(), base, message, None)
}

/// That the base can't be read, with the nearest name in its folder.
fn missing(layer: &Layer, base: &Base, place: &Path, why: &str) -> Failure {
    let message = format!("`extends`: can't read {}: {why}", place.display());
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort_unstable();
    let (before, name) = base
        .path
        .rsplit_once('/')
        .map_or(("", base.path.as_str()), |(_, name)| (&base.path[..base.path.len() - name.len()], name));
    let meant = nearest(name, names.iter().map(String::as_str)).filter(|meant| *meant != name);
    wrong_base(Some(layer), base, message, meant.map(|meant| format!("\"{before}{meant}\"")))
}

fn wrong_base(layer: Option<&Layer>, base: &Base, message: String, meant: Option<String>) -> Failure {
    let problem = Problem::at(base.span.clone(), &message).suggesting(meant);
    let problem =
        problem.allowing("`extends` is the path of a scenario file, from the folder of this file on");
    match layer {
        Some(Layer { path, text }) => {
            Failure::InFile { path: path.clone(), text: text.clone(), problems: vec![problem] }
        }
        None => Failure::text(message),
    }
}
