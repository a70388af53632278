//! Nothing lives here: the timings are in `whole_process.rs`, run by `cargo bench -p weigh-benches`.
