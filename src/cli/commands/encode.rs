//! `encode` and `kit`: a letter becomes a folder of all that carries it.

use crate::cli::args::EncodeOptions;
use crate::cli::exit::COMPLETE;
use crate::cli::input::letter::{self, Given};
use crate::cli::kit::Kit;
use crate::cli::output::{letter_kit, reader_page};
use crate::cli::terminal;
use crate::error::program::Result;
use crate::words::all;

pub fn run(options: &EncodeOptions) -> Result<u8> {
    encode(options, |_| Ok(()))
}

/// `kit`: the same, with the page that reads it, and what to do with all that.
pub fn kit(options: &EncodeOptions) -> Result<u8> {
    encode(options, |kit| {
        kit.write("reader.html", reader_page::READER.as_bytes())?;
        all().try_for_each(|words| {
            let read_me =
                words.read_me().replace("{sha256}", &reader_page::fingerprint(reader_page::READER.as_bytes()));
            kit.write(format!("READ-ME.{}.txt", words.tag()), read_me.as_bytes())
        })
    })
}

fn encode(options: &EncodeOptions, add: impl FnOnce(&mut Kit) -> Result<()>) -> Result<u8> {
    let Given { letter, taken } = letter::read_letter(&options.letter, &options.making)?;
    let mut kit = Kit::begin(&options.out, options.force)?;
    let made = letter_kit::make(letter, &options.making, &options.sealing, options.force, &mut kit)?;
    add(&mut kit)?;
    kit.finish()?;
    let taken = taken.map(|taken| format!("{taken}\n")).unwrap_or_default();
    terminal::result(format!("{}{taken}", made.summary(&options.out)).as_bytes())?;
    Ok(COMPLETE)
}
