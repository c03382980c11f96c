//! Small programs that embed OrcaZap. Each is a file beside this one, listed in
//! `Cargo.toml`, and runs with `cargo run -p orcazap-examples --example NAME`.

/// The code of the front page is tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
