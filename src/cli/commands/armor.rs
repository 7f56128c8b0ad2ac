//! `armor` and `unarmor`: envelope to text and back.

use crate::cli::args::making::Making;
use crate::cli::args::{ArmorOptions, UnarmorOptions};
use crate::cli::exit::COMPLETE;
use crate::cli::input::letter::SealedLetter;
use crate::cli::{files, terminal};
use crate::codec::armor;
use crate::error::Error;
use crate::error::fault::ArmorFault;
use crate::error::program::Result;

/// Writes the armor of an envelope, or of the envelope of a letter.
pub fn armor(options: &ArmorOptions) -> Result<u8> {
    let making = Making { as_file: options.as_file, ..Making::default() };
    let sealed = SealedLetter::read(&options.input, &making, &options.sealing)?;
    sealed.taken.iter().for_each(|taken| terminal::note(taken));
    files::write(&options.out, armor::armor(&sealed.envelope).as_bytes(), options.force)?;
    Ok(COMPLETE)
}

/// Writes the envelope that stands in a text.
pub fn unarmor(options: &UnarmorOptions) -> Result<u8> {
    let bytes = files::read(&options.input)?;
    let missing = Error::Armor { why: ArmorFault::NoBegin };
    let whole = armor::find_all(&bytes).find(|envelope| envelope.is_ok());
    let envelope = whole.or_else(|| armor::find_all(&bytes).next()).ok_or(missing)??;
    files::write(&options.out, envelope.bytes(), options.force)?;
    Ok(COMPLETE)
}
