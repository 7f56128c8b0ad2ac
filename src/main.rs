//! The program: see the README.

fn main() -> std::process::ExitCode {
    shabnameh::cli::main()
}
