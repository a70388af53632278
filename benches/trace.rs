//! Times the reading of a trace of ten million rows, one a minute, and the month that is made of it.
//!
//! Run with `cargo bench -p weigh-benches --bench trace`. The bounds are 2 s and 100 MB for the rows and 0.2 ms for the
//! profile of a month; the program says whether they hold, and exits with 1 when they don't.

use std::hint::black_box;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use weigh_core::time::Month;
use weigh_core::traffic::{Days, Hours, Shape, TraceReader, Traffic, Zone};

const ROWS: u32 = 10_000_000;
const MOST_TIME: Duration = Duration::from_secs(2);
const MOST_MEMORY_KIB: i64 = 100 * 1_000_000 / 1_024;
const MOST_PROFILE: Duration = Duration::from_micros(200);
const PIECE: usize = 1 << 16;

fn main() {
    let (time, bytes, trace) = read();
    println!("{} rows, {bytes} bytes: {time:.2?}", trace.rows());
    let memory = getrusage(UsageWho::RUSAGE_SELF).expect("the system counts what it uses").max_rss();
    println!("peak memory: {:.1} MB", memory as f64 * 1_024.0 / 1e6);
    let trace = Traffic::from_trace(trace);
    let of_trace = median(|| trace.clone().with_variability(1.0).profile(Month::Average).peak_per_s());
    let hours = Hours::list("09:00-17:00").expect("hours");
    let shape = Shape::peak_hours(&hours, Days::ALL, 5.into()).expect("a shape");
    let zone: Zone = "America/New_York".parse().expect("a zone");
    let weekly = Traffic::steady("10_000/day".parse().expect("a rate")).with_shape(shape).with_zone(zone);
    let of_week = median(|| {
        weekly.clone().with_variability(1.0).profile("2026-03".parse().expect("a month")).peak_per_s()
    });
    println!("a month's profile: {of_trace:.1?} of the trace, {of_week:.1?} of a week (medians of 101)");
    let within =
        time <= MOST_TIME && memory <= MOST_MEMORY_KIB && of_week <= MOST_PROFILE && of_trace <= MOST_PROFILE;
    println!("at most 2 s, 100 MB and 0.2 ms: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// Reads rows that are made piece by piece; the time is that of the reader alone.
fn read() -> (Duration, usize, weigh_core::traffic::Trace) {
    let mut reader = TraceReader::new("trace.csv", Zone::default());
    let (mut taken, mut bytes) = (Duration::ZERO, 0);
    let mut piece = b"timestamp,value\n".to_vec();
    let mut random = 1_u32;
    for row in 0..ROWS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        line(&mut piece, row, random >> 20);
        if piece.len() >= PIECE {
            let start = Instant::now();
            reader.feed(&piece);
            taken += start.elapsed();
            bytes += piece.len();
            piece.clear();
        }
    }
    let start = Instant::now();
    reader.feed(&piece);
    let trace = reader.finish().expect("a trace that is right");
    (taken + start.elapsed(), bytes + piece.len(), trace)
}

/// A row of the minute of a number, from the year 2007 on.
fn line(out: &mut Vec<u8>, minute: u32, count: u32) {
    use std::io::Write;
    use weigh_core::time::Date;
    let (day, minute) = (minute / 1_440, minute % 1_440);
    let date = Date::from_unix_days(u64::from(day) + 13_514).expect("a day");
    writeln!(out, "{date} {:02}:{:02}:00,{count}.0", minute / 60, minute % 60).expect("memory takes all");
}

/// The median time of 101 runs.
fn median(mut run: impl FnMut() -> f64) -> Duration {
    let mut times: Vec<Duration> = (0..101)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[50]
}
