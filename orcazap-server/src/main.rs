//! The `orcazap` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    orcazap_server::cli::main()
}
