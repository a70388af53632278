//! Times `weigh snapshot` and `weigh check` on up to ten thousand generated scenarios: wall time and peak memory, release build.
//!
//! Run with `cargo build --release && cargo bench -p weigh-benches --bench many_scenarios`. A scenario of ten thousand may take at most a
//! quarter more than one of a thousand, and the largest run at most 64 MiB more than the smallest; the program exits with 1 when they don't hold.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const SIZES: [u32; 4] = [1_000, 2_500, 5_000, 10_000];
const MOST_GROWTH_OF_TIME: f64 = 1.25;
const MOST_GROWTH_OF_MEMORY_KIB: i64 = 64 * 1_024;

fn main() {
    let weigh = program();
    let folder = std::env::temp_dir().join(format!("weigh-many-{}", std::process::id()));
    let mut rows: Vec<(u32, Duration, Duration, i64)> = Vec::new();
    for size in SIZES {
        let scenarios = folder.join(size.to_string());
        generate(&scenarios, size);
        let kept = folder.join("kept.json");
        let out = kept.display().to_string();
        let place = scenarios.display().to_string();
        let snapshot = time(&weigh, &["snapshot", &place, "--out", &out]);
        let check = time(&weigh, &["check", &place, "--against", &out]);
        // The largest of all the processes that were waited for so far: sizes grow, so what is flat stays.
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts what its processes use");
        let bytes = fs::metadata(&kept).expect("the snapshot is written").len();
        println!(
            "{size:>6} scenarios: snapshot {snapshot:.2?}, check {check:.2?}, peak memory {:.1} MiB, file {:.1} MB",
            usage.max_rss() as f64 / 1_024.0,
            bytes as f64 / 1e6
        );
        rows.push((size, snapshot, check, usage.max_rss()));
    }
    fs::remove_dir_all(&folder).expect("the scenarios are removed");
    let each = |time: Duration, size: u32| time.as_secs_f64() / f64::from(size);
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    let growth = |of: fn(&(u32, Duration, Duration, i64)) -> Duration| {
        each(of(&last), last.0) / each(of(&first), first.0)
    };
    let (snapshot, check) = (growth(|row| row.1), growth(|row| row.2));
    let memory = last.3 - first.3;
    println!(
        "time of one scenario at {} against {}: snapshot {snapshot:.2}, check {check:.2}; memory {:+.1} MiB",
        last.0,
        first.0,
        memory as f64 / 1_024.0
    );
    let within = snapshot <= MOST_GROWTH_OF_TIME
        && check <= MOST_GROWTH_OF_TIME
        && memory <= MOST_GROWTH_OF_MEMORY_KIB;
    println!("linear in time and flat in memory: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// The release build of the program, which lies beside this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a path");
    let folder = own.parent().and_then(Path::parent).expect("benches lie in target/release/deps");
    let weigh = folder.join("weigh");
    if !weigh.exists() {
        eprintln!("no {}: run `cargo build --release` first", weigh.display());
        std::process::exit(1);
    }
    weigh
}

/// The wall time of one run.
fn time(weigh: &Path, words: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(weigh).args(words).stdout(Stdio::null()).status().expect("the program starts");
    assert!(status.success(), "{words:?} ends with {status}");
    start.elapsed()
}

/// Scenarios that differ in traffic, size, region and platforms, a hundred in a folder.
fn generate(folder: &Path, size: u32) {
    let regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1"];
    let platforms = ["fargate", "lambda", "lightsail", "ecs-ec2", "ec2-compose"];
    for number in 0..size {
        let place = folder.join(format!("team-{:03}", number / 100));
        fs::create_dir_all(&place).expect("a folder");
        let pick = |from: &[&'static str], step: u32| from[((number / step) as usize) % from.len()];
        let mut text = String::new();
        let rate = 1_000 + (number * 7_919) % 200_000;
        let vcpu = ["0.25", "0.5", "1"][(number % 3) as usize];
        let memory = ["0.5 GiB", "1 GiB", "2 GiB"][(number % 3) as usize];
        let wait_ms = 20 + number % 180;
        write!(
            text,
            "[scenario]\nname = \"Service {number}\"\nregion = \"{}\"\n\n[traffic]\nrate = \"{rate}/day\"\n\n\
             [[component]]\nname = \"api\"\nvcpu = {vcpu}\nmemory = \"{memory}\"\ncpu_time = \"40 ms\"\nwait_time = \"{wait_ms} ms\"\n\
             start_up_time = \"2 s\"\nresponse_size = \"20 KiB\"\n",
            pick(&regions, 1)
        )
        .expect("text grows");
        for step in [1, 5] {
            write!(
                text,
                "\n[[option]]\nname = \"option-{step}\"\nplatform = \"{}\"\n",
                pick(&platforms, step)
            )
            .expect("text grows");
        }
        fs::write(place.join(format!("service-{number:05}.toml")), text).expect("a scenario is written");
    }
}
