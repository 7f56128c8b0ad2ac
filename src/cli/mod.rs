//! The program: commands, files, the terminal, key storage. The floor that touches the world.
//!
//! Results go to stdout, talk to stderr; `exit.rs` has the exit codes.

mod args;
mod commands;
mod exit;
mod files;
mod input;
mod keys;
mod kit;
mod output;
mod random;
mod report;
mod terminal;
mod trial;
mod unfinished;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;

use crate::error::Error;
use crate::error::program::Result;
use args::{Arguments, Command};
use commands::{armor, decode, demo, encode, inspect, keygen, passphrase, print, reader, serve, trust, verify};

/// Place of the last panic. Panics of picture decoders are caught; only uncaught ones are reported.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = panic.to_string();
        }
    }));
    unfinished::listen();
    let arguments = Arguments::of_process();
    match catch_unwind(AssertUnwindSafe(|| run(arguments))) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(error)) => {
            terminal::error(&error);
            ExitCode::from(if error == Error::SignatureFalse.into() { exit::FALSE } else { exit::ERROR })
        }
        Err(_) => {
            let place = LAST_PANIC.lock().map(|place| place.clone()).unwrap_or_default();
            terminal::status_line(&format!("shabnameh: this is our mistake, please tell us: {place}"));
            ExitCode::from(exit::ERROR)
        }
    }
}

fn run(arguments: Arguments) -> Result<u8> {
    match arguments.command {
        Command::Encode(options) => encode::run(&options),
        Command::Kit(options) => encode::kit(&options),
        Command::Reader(options) => reader::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Print(options) => print::run(&options),
        Command::Decode(options) => decode::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Armor(options) => armor::armor(&options),
        Command::Unarmor(options) => armor::unarmor(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Keygen(options) => keygen::run(&options),
        Command::Trust(options) => trust::run(&options),
        Command::Passphrase(options) => passphrase::run(&options),
        Command::Trial(options) => trial::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::ReadPages(options) => input::reader_process::run(options.pixels),
    }
}
