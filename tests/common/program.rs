//! Running the program as a person does, in a folder that is also the home.
// Each file of tests uses a part of it.
#![allow(dead_code)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use shabnameh::codec::keys::SecretKey;
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_shabnameh");

/// What it said, and its exit code.
pub struct Said {
    pub code: i32,
    /// Standard output, as it is.
    pub bytes: Vec<u8>,
    /// Standard output as text.
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }
}

/// The program with its arguments, for a terminal of this language, without standard input.
pub fn command(folder: &Path, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env("LC_ALL", language).env("HOME", folder);
    command.env_remove("XDG_CONFIG_HOME").stdin(Stdio::null());
    command
}

pub fn run_in(folder: &Path, language: &str, arguments: &[&str]) -> Said {
    command(folder, language, arguments).output().unwrap().into()
}

/// Runs it with something on standard input, which it need not read.
pub fn run_with(folder: &Path, language: &str, input: &[u8], arguments: &[&str]) -> Said {
    let mut command = command(folder, language, arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap().into()
}

pub fn run(folder: &TempDir, arguments: &[&str]) -> Said {
    run_in(folder.path(), "C", arguments)
}

/// A key to sign with, another for each number.
pub fn key(first: u8) -> SecretKey {
    SecretKey::of_chance(&[first; 40])
}
