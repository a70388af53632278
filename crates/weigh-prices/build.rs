//! Packs the prices under `pricing-data`, and lists the other files, for the library to embed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use weigh_core::data::DataFile;
use weigh_core::pricebook::PriceBook;

/// What is not packed: shapes, traits and lists, which are read as text.
const AS_TEXT: [&str; 5] =
    ["aws/shapes/", "aws/traits/", "aws/gaps.csv", "aws/regions.csv", "aws/sources.csv"];

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pricing-data");
    let mut files = Vec::new();
    walk(&data, &data, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let book = PriceBook::pack(&files).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the price data is wrong:\n{}", lines.join("\n"));
    });
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("book.bin"), book.packed()).expect("OUT_DIR is writable");
    let mut list = String::from("&[\n");
    for file in files.iter().filter(|file| AS_TEXT.iter().any(|start| file.path.starts_with(start))) {
        let source = data.join(&*file.path).display().to_string();
        writeln!(list, "    ({:?}, include_str!({source:?})),", file.path).expect("a string takes any text");
    }
    list.push(']');
    fs::write(out.join("files.rs"), list).expect("OUT_DIR is writable");
}

/// Collects the CSV files below a folder.
fn walk(data: &Path, folder: &Path, files: &mut Vec<DataFile>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the data folder can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(data, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            println!("cargo::rerun-if-changed={}", path.display());
            let below = path.strip_prefix(data).expect("the walk stays below the data folder");
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let text = fs::read_to_string(&path).expect("price data is UTF-8 text");
            files.push(DataFile { path: parts.join("/").into(), text: text.into() });
        }
    }
}
