//! Nothing lives here: the timings are in `whole_process.rs` and `import.rs`, run by `cargo bench -p weigh-benches`.
