//! Letters and envelopes, read from files, and what is made of them before it is printed.

use std::path::Path;

use rayon::prelude::*;

use super::arguments::Making;
use super::{files, say};
use crate::codec::armor;
use crate::codec::envelope::{Envelope, VERSION};
use crate::codec::fec::Encoder;
use crate::codec::letter::{Letter, MAX_CONTENT};
use crate::error::{Error, Result};
use crate::optics::qr::{Plan, QrCode};

/// A letter in its envelope, ready to be cut.
pub struct Sealed {
    pub letter: Letter,
    pub envelope: Envelope,
    pub encoder: Encoder,
}

impl Sealed {
    /// Puts a letter into its envelope, with the language and the title asked for.
    pub fn seal(letter: Letter, making: &Making) -> Result<Self> {
        let letter = labelled(letter, making)?;
        let envelope = Envelope::seal(&letter)?;
        let encoder = Encoder::new(envelope.bytes())?;
        Ok(Sealed { letter, envelope, encoder })
    }

    /// Reads a letter, an envelope, or the armor of one.
    pub fn read(path: &Path, making: &Making) -> Result<Self> {
        let bytes = files::read_up_to(path, MAX_INPUT)?;
        // No text, and next to no other file, begins like this: what does not open is a damaged envelope.
        let sealed = if bytes.starts_with(&[VERSION, 0, 0]) {
            let envelope = Envelope::from_bytes(bytes.clone())?;
            let letter = envelope.open()?;
            Some((envelope, letter))
        } else {
            armored(&bytes)?
        };
        let Some((envelope, letter)) = sealed else {
            if bytes.len() > MAX_CONTENT {
                return Err(too_large(path, bytes.len()));
            }
            return Self::seal(letter_of(bytes, path)?, making);
        };
        if making.lang.is_some() || making.title.is_some() {
            return Err(Error::SealedAlready);
        }
        let encoder = Encoder::new(envelope.bytes())?;
        Ok(Sealed { letter, envelope, encoder })
    }

    /// The codes of a plan.
    pub fn codes(&self, plan: &Plan, done: &(dyn Fn() + Sync)) -> Result<Vec<QrCode>> {
        let frames = plan.cut.frames(self.envelope.object_id(), &self.encoder)?;
        let code = |frame: &crate::codec::frame::Frame| {
            let code = QrCode::new(&frame.to_text(), plan.version, plan.level);
            done();
            code
        };
        frames.par_iter().map(code).collect()
    }
}

/// A letter with the language and the title asked for.
pub fn labelled(letter: Letter, making: &Making) -> Result<Letter> {
    let letter = match &making.lang {
        Some(language) => letter.with_language(language)?,
        None => letter,
    };
    match &making.title {
        Some(title) => letter.with_title(title),
        None => Ok(letter),
    }
}

/// Most bytes that are read: the armor of the largest envelope, with something around it.
const MAX_INPUT: u64 = 2 * MAX_CONTENT as u64;

/// The envelope in a text that is the armor of one and nothing else; a damaged one is an error, not a letter. A letter may quote one.
fn armored(bytes: &[u8]) -> Result<Option<(Envelope, Letter)>> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if !text.starts_with(armor::BEGIN) {
        return Ok(None);
    }
    let mut found = armor::find_all(text);
    if found.len() > 1 || text.contains(armor::END) && !text.ends_with(armor::END) {
        return Err(Error::Armor { why: "there is more than one envelope in it, or something after it" });
    }
    let envelope = found.pop().unwrap_or(Err(Error::Armor { why: "there is no END line" }))?;
    let letter = envelope.open()?;
    Ok(Some((envelope, letter)))
}

/// Reads a letter; its name is the base name of its path.
pub fn read_letter(path: &Path) -> Result<Letter> {
    // One byte more than the limit is enough to say that it is too large.
    let bytes = files::read_up_to(path, MAX_CONTENT as u64)?;
    if bytes.len() > MAX_CONTENT {
        return Err(too_large(path, bytes.len()));
    }
    letter_of(bytes, path)
}

/// The error of a letter of which more bytes were read than there may be; the file itself knows its size.
fn too_large(path: &Path, read: usize) -> Error {
    let bytes = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or(read as u64);
    Error::LetterTooLarge { bytes: bytes.max(read as u64), max: MAX_CONTENT as u64 }
}

/// A letter of bytes that were read from a path. What should be text by its name and is none is told.
pub fn letter_of(bytes: Vec<u8>, path: &Path) -> Result<Letter> {
    let name = if files::is_standard(path) { None } else { path.file_name() };
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let letter = Letter::new(bytes, &name)?;
    let should_be_text = [".txt", ".md", ".text"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    if should_be_text && letter.text().is_none() {
        say::note(&say::language().not_text(&name));
    }
    Ok(letter)
}
