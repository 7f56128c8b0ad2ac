//! Letters and envelopes read from files, sealed and ready to be cut into codes.

use std::path::Path;

use rayon::prelude::*;

use crate::cli::args::making::{Making, Sealing};
use crate::cli::{files, terminal};
use crate::codec::armor;
use crate::codec::envelope::{Envelope, Opened};
use crate::codec::fec::Encoder;
use crate::codec::letter::{Letter, MAX_CONTENT, MediaType};
use crate::codec::trust::{SignatureStatus, Trust};
use crate::documents::open::{self, Source, Taken};
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::optics::qr::{Plan, QrCode};
use crate::press::pictures::metadata;
use crate::prose::text::Text;
use crate::words::NoText;

/// A letter in its envelope, ready to be cut.
pub struct SealedLetter {
    /// The opened letter; `None` for an encrypted envelope, which travels unopened.
    pub opened: Option<Opened>,
    pub envelope: Envelope,
    pub encoder: Encoder,
    /// What is said of a letter whose text was taken from a document.
    pub taken: Option<String>,
}

impl SealedLetter {
    /// Puts a letter into its envelope, with the language and the title asked for, signed and encrypted as asked for.
    pub fn seal(letter: Letter, making: &Making, sealing: &Sealing) -> Result<Self> {
        let letter = labelled(without_traces(letter, making)?, making)?;
        let envelope = match sealing.signature(&letter)? {
            Some(signature) => Envelope::seal_signed(&letter, &signature)?,
            None => Envelope::seal(&letter)?,
        };
        Self::of(envelope)?.locked(sealing)
    }

    /// The same, encrypted if that was asked for.
    fn locked(self, sealing: &Sealing) -> Result<Self> {
        match sealing.lock()? {
            Some(lock) => Self::of(self.envelope.encrypt(&lock)?),
            None => Ok(self),
        }
    }

    fn of(envelope: Envelope) -> Result<Self> {
        let opened = match envelope.is_encrypted() {
            true => None,
            false => Some(envelope.open(&Trust::nobody())?),
        };
        if let Some(opened) = &opened {
            // A false signature is refused, also of envelopes that are passed on.
            opened.letter()?;
        }
        let encoder = Encoder::new(envelope.bytes())?;
        Ok(SealedLetter { opened, envelope, encoder, taken: None })
    }

    /// Reads a letter, an envelope, or the armor of one.
    pub fn read(path: &Path, making: &Making, sealing: &Sealing) -> Result<Self> {
        let bytes = files::read_up_to(path, MAX_INPUT)?;
        let Some(envelope) = envelope(&bytes)? else {
            let Given { letter, taken } = letter_of(bytes, path, making)?;
            return Ok(SealedLetter { taken, ..Self::seal(letter, making, sealing)? });
        };
        let locked = envelope.is_encrypted() && sealing.encrypts();
        if making.lang.is_some() || making.title.is_some() || sealing.signs() || locked {
            return Err(ProgramError::SealedAlready);
        }
        // Encrypts it if that was asked for. `of` refuses a false signature.
        Self::of(envelope)?.locked(sealing)
    }

    /// What paper shows of it.
    pub fn text(&self, making: &Making) -> Text {
        let letter = self.opened.as_ref().and_then(|opened| opened.letter().ok());
        letter.map_or_else(Text::hidden, |letter| Text::with_lines(letter, making.lines))
    }

    /// The fingerprint of the key that signed it, where everyone may know.
    pub fn signed_by(&self) -> Option<String> {
        match self.opened.as_ref()?.signature_status() {
            SignatureStatus::Trusted { key, .. } | SignatureStatus::Unknown { key } => {
                Some(key.fingerprint().to_string())
            }
            SignatureStatus::Unsigned | SignatureStatus::False { .. } => None,
        }
    }

    /// The codes of a plan.
    pub fn codes(&self, plan: &Plan, done: &(dyn Fn() + Sync)) -> Result<Vec<QrCode>> {
        let frames = plan.cut.frames(self.envelope.object_id(), &self.encoder)?;
        let code = |frame: &crate::codec::frame::Frame| {
            let code = QrCode::new(&frame.to_text(), plan.version, plan.level);
            done();
            code
        };
        frames.par_iter().map(code).collect::<crate::error::Result<_>>().map_err(ProgramError::from)
    }
}

/// Strips metadata from the letter's file if asked for; else warns about it.
fn without_traces(letter: Letter, making: &Making) -> Result<Letter> {
    if letter.text().is_some() {
        return Ok(letter);
    }
    if making.strip {
        let stripped = metadata::stripped(letter.content()).ok_or(ProgramError::NotStripped)?;
        return Ok(Letter::new(stripped, letter.name())?);
    }
    let traces = metadata::traces(letter.content());
    if !traces.is_empty() {
        terminal::note(&terminal::language().traces(&traces, metadata::stripped(letter.content()).is_some()));
    }
    Ok(letter)
}

/// A letter with the language and the title asked for.
pub fn labelled(letter: Letter, making: &Making) -> Result<Letter> {
    let letter = match &making.lang {
        Some(language) => letter.with_language(language)?,
        None => letter,
    };
    match &making.title {
        Some(title) => Ok(letter.with_title(title)?),
        None => Ok(letter),
    }
}

/// Most bytes that are read: the armor of the largest envelope, with something around it.
const MAX_INPUT: u64 = 2 * MAX_CONTENT as u64;

/// The envelope of bytes, or of an armor with nothing around it. A damaged one is an error; a letter that quotes an
/// armor is a letter.
pub fn envelope(bytes: &[u8]) -> Result<Option<Envelope>> {
    if Envelope::begins(bytes) {
        return Ok(Some(Envelope::from_bytes(bytes.to_vec())?));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    if !text.trim_start_matches('\u{FEFF}').trim_start().starts_with(armor::BEGIN) {
        return Ok(None);
    }
    Ok(armor::alone(bytes)?)
}

/// A letter of a file.
pub struct Given {
    pub letter: Letter,
    /// What is said of it where its text was taken from a document.
    pub taken: Option<String>,
}

/// Reads a letter; its name is the base name of its path.
pub fn read_letter(path: &Path, making: &Making) -> Result<Given> {
    letter_of(files::read_up_to(path, MAX_INPUT)?, path, making)
}

/// The error of a letter that is too long. Its size is asked from the file system, as reading stopped early.
fn too_large(path: &Path, read: usize) -> ProgramError {
    let bytes = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or(read as u64);
    Error::LetterTooLarge { bytes: bytes.max(read as u64), max: MAX_CONTENT as u64 }.into()
}

/// A letter of bytes from a path: the text of a document, unless the file itself was asked for. Tells if no text can be
/// printed.
fn letter_of(bytes: Vec<u8>, path: &Path, making: &Making) -> Result<Given> {
    let name = if files::is_standard(path) { None } else { path.file_name() };
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let document = match open::taken(&bytes, &name) {
        // HTML, RTF and flat OpenDocument stay files, although they are text.
        Ok(Some(Taken { source, .. })) if making.as_file && !matches!(source, Source::Encoded(_)) => {
            terminal::note(&terminal::language().no_text(&name, NoText::File));
            let letter = Letter::from_parts(bytes, MediaType::OctetStream, name, String::new(), String::new())?;
            return Ok(Given { letter, taken: None });
        }
        _ if making.as_file => None,
        document => document?,
    };
    if let Some(document) = document {
        let letter = Letter::new(document.text.clone().into_bytes(), &document.name(&name))?;
        return Ok(Given { letter, taken: Some(terminal::language().taken(document.source, &document.left_out)) });
    }
    if bytes.len() > MAX_CONTENT {
        return Err(too_large(path, bytes.len()));
    }
    let letter = Letter::new(bytes, &name)?;
    if letter.text().is_none() {
        terminal::note(&terminal::language().no_text(&name, why_no_text(&letter, making)));
    }
    Ok(Given { letter, taken: None })
}

fn why_no_text(letter: &Letter, making: &Making) -> NoText {
    let (bytes, name) = (letter.content(), letter.name().to_lowercase());
    if making.as_file {
        NoText::File
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") && name.ends_with(".doc") {
        NoText::OldWord
    } else if bytes.starts_with(b"%PDF-") {
        NoText::Pdf
    } else if [".txt", ".md", ".text"].iter().any(|ending| name.ends_with(ending)) {
        NoText::NotText
    } else {
        NoText::File
    }
}
