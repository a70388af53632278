//! Writes the list of the files under `pricing-data` for the library to embed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pricing-data");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut files = Vec::new();
    walk(&data, &mut files);
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let below = file.strip_prefix(&data).expect("the walk stays below the data folder");
        let path =
            below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        writeln!(list, "    ({path:?}, include_str!({:?})),", file.display().to_string())
            .expect("a string takes any text");
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("files.rs"), list).expect("OUT_DIR is writable");
}

/// Collects the CSV files below a folder.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the data folder can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
}
