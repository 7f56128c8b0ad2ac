//! Running the program as a person does, in a folder that is also the home.

use std::path::Path;
use std::process::{Command, Stdio};

use shabnameh::codec::keys::SecretKey;
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_shabnameh");

/// What it said, and its exit code.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program with its arguments, for a terminal of this language, without standard input.
pub fn command(folder: &Path, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env("LC_ALL", language).env("HOME", folder);
    command.env_remove("XDG_CONFIG_HOME").stdin(Stdio::null());
    command
}

pub fn run_in(folder: &Path, language: &str, arguments: &[&str]) -> Said {
    let output = command(folder, language, arguments).output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub fn run(folder: &TempDir, arguments: &[&str]) -> Said {
    run_in(folder.path(), "C", arguments)
}

/// A key to sign with, another for each number.
pub fn key(first: u8) -> SecretKey {
    SecretKey::of_chance(&[first; 40])
}
