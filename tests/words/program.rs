//! The program, with the language that is only there for tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    shabnameh::cli::main()
}
