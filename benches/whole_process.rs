//! Times `weigh compare` on steady and weekly traffic as a whole process: wall time and peak memory, release build.
//!
//! Run with `cargo build --release && cargo bench -p weigh-benches`. The bounds are 15 ms, 20 ms for a weekly shape, and 30 MB; the program says whether they hold, and
//! exits with 1 when they don't.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const WARM_UPS: usize = 5;
const RUNS: usize = 50;
const MOST_TIME: Duration = Duration::from_millis(15);
const MOST_MEMORY_KIB: i64 = 30 * 1_024;

/// Scenarios that are timed, with their bound: a steady one, a weekly shape on five platforms, and one for comparison.
const SCENARIOS: [(&str, Option<Duration>); 3] = [
    ("scenarios/ai-prism.toml", Some(MOST_TIME)),
    ("scenarios/ai-prism-peak.toml", Some(Duration::from_millis(20))),
    ("scenarios/aldeia-staging.toml", None),
];

fn main() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_owned();
    let weigh = program();
    let mut within = true;
    for (scenario, most) in SCENARIOS {
        let median = time(&root, &weigh, scenario);
        within &= most.is_none_or(|most| median <= most);
    }
    // The largest of all the processes that were waited for.
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts what its processes use");
    println!("peak memory of the largest run: {:.1} MiB", usage.max_rss() as f64 / 1_024.0);
    within &= usage.max_rss() <= MOST_MEMORY_KIB;
    println!("at most 15 ms (20 ms for the weekly shape) and 30 MB: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// The release build of the program, which lies beside this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a path");
    // This program is target/release/deps/whole_process-…
    let folder = own.parent().and_then(Path::parent).expect("benches lie in target/release/deps");
    let weigh = folder.join("weigh");
    if !weigh.exists() {
        eprintln!("no {}: run `cargo build --release` first", weigh.display());
        std::process::exit(1);
    }
    weigh
}

/// The median wall time of the runs, after the warm-ups.
fn time(root: &Path, weigh: &Path, scenario: &str) -> Duration {
    let mut times = Vec::with_capacity(RUNS);
    for run in 0..WARM_UPS + RUNS {
        let start = Instant::now();
        let status = Command::new(weigh)
            .args(["compare", scenario])
            .current_dir(root)
            .stdout(Stdio::null())
            .status()
            .expect("the program starts");
        let taken = start.elapsed();
        assert!(status.success(), "{scenario} ends with {status}");
        if run >= WARM_UPS {
            times.push(taken);
        }
    }
    times.sort_unstable();
    let (least, median, most) = (times[0], times[RUNS / 2], times[RUNS - 1]);
    println!("{scenario}: median {median:.2?} of {RUNS} runs ({least:.2?} to {most:.2?})");
    median
}
