//! Times the import of offer files of 300 MB like AWS's own: megabytes a second on one core, and peak memory.
//!
//! Run with `cargo bench -p weigh-benches --bench import`. The files are written to the system's folder for temporary files
//! (at most 600 MB at a time), and removed again. The bounds are 300 MB/s for JSON, 400 MB/s for CSV and 64 MB of memory; the program exits
//! with 1 when they don't hold. With `WEIGH_IMPORT_MB=9000` before it, the files have another size.

mod offer_files;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use offer_files::Mix;
use weigh_import::Importer;

const MEGABYTE: u64 = 1_000_000;
const MOST_MEMORY_KIB: i64 = 64 * MEGABYTE as i64 / 1_024;
const RUNS: usize = 5;

/// One kind of file, how many times the size it has, and the least speed, in MB/s.
struct Kind {
    name: &'static str,
    times: u64,
    write: fn(&mut BufWriter<File>, u64) -> std::io::Result<usize>,
    least: f64,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "regional.json",
        times: 1,
        write: |out, size| offer_files::write_json(out, size, Mix::Regional),
        least: 300.0,
    },
    // Every product is of interest here, as in no file of AWS: half a million rows, as the whole file of EC2 has, for the memory.
    Kind {
        name: "dense.json",
        times: 2,
        write: |out, size| offer_files::write_json(out, size, Mix::Interesting),
        least: 0.0,
    },
    Kind {
        name: "regional.csv",
        times: 1,
        write: |out, size| offer_files::write_csv(out, size),
        least: 400.0,
    },
];

/// The folder of the files, which is removed however the program ends.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing can be done about files that stay, and the figures were told.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn main() {
    if let Some(file) = std::env::var_os("WEIGH_IMPORT_FILE") {
        return import(Path::new(&file));
    }
    let size = std::env::var("WEIGH_IMPORT_MB").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    if !all_within(size * MEGABYTE) {
        std::process::exit(1);
    }
}

/// Times every kind; whether all are within their bounds.
fn all_within(size: u64) -> bool {
    let folder = Folder(std::env::temp_dir().join(format!("weigh-import-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).expect("a folder for temporary files");
    let mut within = true;
    for kind in &KINDS {
        let path = folder.0.join(kind.name);
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a new file"));
        let products = (kind.write)(&mut out, size * kind.times).expect("the file is written");
        out.flush().expect("the file is written");
        drop(out);
        println!("{}: {products} products", kind.name);
        let best = (0..RUNS).map(|_| run(&path)).fold(0.0, f64::max);
        let memory = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts").max_rss();
        let peak = memory as f64 * 1_024.0 / MEGABYTE as f64;
        println!("{}: best of {RUNS} {best:.0} MB/s, peak memory so far {peak:.1} MB", kind.name);
        within &= best >= kind.least && memory <= MOST_MEMORY_KIB;
        std::fs::remove_file(&path).expect("the file is removed");
    }
    println!(
        "at least 300 MB/s (JSON), 400 MB/s (CSV), at most 64 MB: {}",
        if within { "yes" } else { "NO" }
    );
    within
}

/// Imports a file in a process of its own, so that its memory is its own; the MB/s that it tells.
fn run(path: &Path) -> f64 {
    let own = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(own).env("WEIGH_IMPORT_FILE", path).output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    println!("  {}", text.trim());
    text.split_whitespace().next().and_then(|speed| speed.parse().ok()).expect("the speed is told first")
}

/// Imports a file and tells the speed.
fn import(path: &Path) {
    let start = Instant::now();
    let mut importer = Importer::new("2026-10-02".parse().expect("a day"));
    let mut file = File::open(path).expect("the file was written");
    let summary = match importer.read("offer", &mut file, &mut |_| ()) {
        Ok(summary) => summary,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let imported = importer.finish();
    let taken = start.elapsed().as_secs_f64();
    let (rows, conflicts) = (imported.rows().len(), imported.conflicts.len());
    let speed = summary.bytes as f64 / MEGABYTE as f64 / taken;
    println!("{speed:.0} MB/s: {} bytes in {taken:.3} s, {rows} rows, {conflicts} conflicts", summary.bytes);
}
