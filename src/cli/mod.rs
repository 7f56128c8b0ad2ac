//! Arguments, files, what we say, exit codes: the floor that touches the world.
//!
//! Results go to stdout, talk to stderr. Exit codes: 0 all that was begun is complete, 1 an error, 2 wrong usage, 3 not
//! enough yet; and of signatures 4 by a key that is not trusted, 5 none, 6 false: always where they are verified, else
//! 6 always, and 4 and 5 where keys were pinned. 130 after an interruption.

// This floor builds JSON by its keys.
#![allow(clippy::indexing_slicing)]

mod advise;
mod apart;
mod arguments;
mod armor;
mod bundle;
mod chance;
mod child;
mod collected;
mod decode;
mod demo;
mod encode;
mod files;
mod film;
mod filmed;
mod gather;
mod inspect;
mod json;
mod keygen;
mod making;
mod names;
mod opening;
mod page;
mod pages;
mod passphrase;
mod print;
mod report;
mod results;
mod runs;
mod say;
mod sealing;
mod sight;
mod source;
mod trial;
mod trusted;
mod unfinished;
mod verify;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;

use crate::codec::trust::SignatureStatus;
use crate::error::{Error, Result};
use arguments::{Arguments, Command};

/// All that was begun is complete.
pub const COMPLETE: u8 = 0;
/// An error; what happened and what to do stand on stderr.
pub const ERROR: u8 = 1;
/// Not enough yet: more pictures are needed.
pub const NOT_YET: u8 = 3;
/// Signed, but by a key that is not trusted.
pub const UNKNOWN: u8 = 4;
/// Not signed.
pub const UNSIGNED: u8 = 5;
/// A false signature.
pub const FALSE: u8 = 6;

/// Most of one kind that are each told on its own, as letters that are not complete, or damaged armors: a flood shall
/// not hide what matters.
const MOST_TOLD: usize = 20;

/// The exit code that tells an answer.
fn code_of(answer: &SignatureStatus) -> u8 {
    match answer {
        SignatureStatus::Trusted { .. } => COMPLETE,
        SignatureStatus::Unknown { .. } => UNKNOWN,
        SignatureStatus::Unsigned => UNSIGNED,
        SignatureStatus::False { .. } => FALSE,
    }
}

/// Where the last panic was. Readers of pictures that are not ours may panic, and are caught; so it is told only if
/// nobody caught it.
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
            say::error(&error);
            ExitCode::from(if error == Error::SignatureFalse { FALSE } else { ERROR })
        }
        Err(_) => {
            let place = LAST_PANIC.lock().map(|place| place.clone()).unwrap_or_default();
            say::line_of_talk(&format!("shabnameh: this is our mistake, please tell us: {place}"));
            ExitCode::from(ERROR)
        }
    }
}

fn run(arguments: Arguments) -> Result<u8> {
    match arguments.command {
        Command::Encode(options) => encode::run(&options),
        Command::Kit(options) => encode::kit(&options),
        Command::Reader(options) => page::reader(&options),
        Command::Serve(options) => page::serve(&options),
        Command::Print(options) => print::run(&options),
        Command::Decode(options) => decode::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Armor(options) => armor::armor(&options),
        Command::Unarmor(options) => armor::unarmor(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Keygen(options) => keygen::run(&options),
        Command::Trust(options) => trusted::run(&options),
        Command::Passphrase(options) => passphrase::run(&options),
        Command::Trial(options) => trial::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::DrawPdf(options) => apart::draw(options.pixels),
    }
}
