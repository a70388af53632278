//! Times the embedded price book: opening a region, decoding all of it, and looking one price up.
//!
//! Run with `cargo bench -p weigh-benches --bench price_book`. The bounds are 1 ms for a whole region, 100 ns for a
//! look-up and 4 MB for the embedded form; the program says whether they hold, and exits with 1 when they don't.

use std::hint::black_box;
use std::time::Instant;

use weigh_core::pricebook::RegionPrices;

const ROUNDS: usize = 21;
const MOST_REGION_US: f64 = 1_000.0;
const MOST_LOOK_UP_NS: f64 = 100.0;
const MOST_BYTES: usize = 4_000_000;

fn main() {
    let book = weigh_prices::book();
    println!("embedded: {} bytes, {} price ids", book.packed().len(), book.price_ids().count());
    let mut within = book.packed().len() <= MOST_BYTES;
    let (mut worst_us, mut worst_ns) = (0.0_f64, 0.0_f64);
    for region in book.regions() {
        let prices = book.open(region, None).expect("a region of the book");
        let open_us = median(|| drop(black_box(book.open(region, None)))) * 1e6;
        let decode_us = open_us + median(|| decode(&prices)) * 1e6;
        let priced = |id: &&str| prices.tariff(id, prices.newest()).is_ok();
        let ids: Vec<String> = prices.price_ids().into_iter().filter(priced).map(str::to_owned).collect();
        let look_up_ns = median(|| look_up(&prices, &ids)) * 1e9 / ids.len() as f64;
        println!(
            "{region}: {} price ids, open {open_us:.2} µs, decode all {decode_us:.0} µs, look up {look_up_ns:.0} ns",
            ids.len()
        );
        (worst_us, worst_ns) = (worst_us.max(decode_us), worst_ns.max(look_up_ns));
    }
    within &= worst_us <= MOST_REGION_US && worst_ns <= MOST_LOOK_UP_NS;
    println!("medians of {ROUNDS}: at most {worst_us:.0} µs a region, {worst_ns:.0} ns a look-up");
    println!("at most 1 ms, 100 ns and 4 MB: {}", if within { "yes" } else { "NO" });
    if !within {
        std::process::exit(1);
    }
}

/// Every version of every price of a region.
fn decode(prices: &RegionPrices) {
    for price_id in prices.price_ids() {
        black_box(prices.history(price_id));
    }
}

/// Every price of a region on its newest day, in an order that no cache can guess.
fn look_up(prices: &RegionPrices, ids: &[String]) {
    // A step that has no factor in common with the count visits all.
    let step = (ids.len() * 5 / 8..).find(|step| divisor(*step, ids.len()) == 1).unwrap_or(1);
    let mut at = 0;
    for _ in ids {
        black_box(prices.tariff(&ids[at], prices.newest()).is_ok());
        at = (at + step) % ids.len();
    }
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The median time of the rounds, in seconds.
fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}
