//! The benchmarks. Each is a file beside this one, listed in `Cargo.toml`, and
//! runs with `cargo bench -p orcazap-benches --bench NAME`; with `-- --test` it
//! only checks its results.
