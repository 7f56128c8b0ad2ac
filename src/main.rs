//! The program: see docs/commands.md.

fn main() -> std::process::ExitCode {
    shabnameh::cli::main()
}
