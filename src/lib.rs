//! A letter as QR codes of which any half gives all of it back: on paper, on a screen, read by any phone's camera.
//!
//! Two functions do the whole way. [`to_codes`] makes a text for each QR code of a letter; [`from_text`] takes texts of
//! any number of codes, in any order, with anything else between them, and gives the letters that are complete.
//!
//! ```
//! use shabnameh::codec::letter::Letter;
//! use shabnameh::codec::trust::{SignatureStatus, Trust};
//!
//! # fn main() -> Result<(), shabnameh::error::Error> {
//! let letter = Letter::new("نامه‌ای به دوستان".into(), "letter.txt")?;
//! let codes = shabnameh::to_codes(&letter, 100)?;
//! // Any half of them, in any order.
//! let half = codes[..codes.len().div_ceil(2)].join("\n");
//! let opened = &shabnameh::from_text(&half, &Trust::nobody())[0];
//! // Who wrote it, as far as can be known.
//! assert_eq!(opened.signature_status(), &SignatureStatus::Unsigned);
//! // An error where a signature is false.
//! assert_eq!(opened.letter()?, &letter);
//! # Ok(())
//! # }
//! ```
//!
//! Behind them:
//! - [`codec`]: letter, envelope, erasure code, frames, keys and trust. The format is specified in
//!   `src/codec/format.md`.
//! - [`optics`]: QR codes made and read; pictures in memory. Both build for wasm32, without any feature.
//! - `prose`, `documents`, `press` (features of these names): text and documents read, set, and written as PDF.
//! - `trial`: what happens to paper and screens, made by the program, to see what comes through.
//! - [`words`]: what is said to people, in each language. [`error`]: what can go wrong.
//! - `cli`: the program.
//!
//! The library touches no file, clock or network; chance comes from the caller. It needs Rust 1.92. The floors and what
//! goes where: `ARCHITECTURE.md`.

#[cfg(feature = "cli")]
pub mod cli;
pub mod codec;
#[cfg(feature = "documents")]
pub mod documents;
pub mod error;
pub mod optics;
#[cfg(feature = "press")]
pub mod press;
#[cfg(feature = "prose")]
pub mod prose;
#[cfg(feature = "trial")]
pub mod trial;
pub mod web;
pub mod words;

use codec::armor;
use codec::assemble::{Assembler, State};
use codec::envelope::{Envelope, Opened};
use codec::fec::Encoder;
use codec::frame::Frame;
use codec::letter::Letter;
use codec::trust::Trust;
use error::Result;
use optics::qr::{Level, Plan, QrVersion, Versions};

/// Encodes a letter: each text goes into a QR code of its own. With `repair` 100 there are twice as many as needed, and
/// any half of them restores the letter.
///
/// # Errors
/// [`error::Error::RepairOutOfRange`] above about 100 for most letters; those of Zstandard running out of memory.
pub fn to_codes(letter: &Letter, repair: u32) -> Result<Vec<String>> {
    let envelope = Envelope::seal(letter)?;
    let encoder = Encoder::new(envelope.bytes())?;
    let plan = Plan::choose(encoder.partition(), repair, Level::L, Versions::AtMost(QrVersion::MAX_ON_PAPER))?;
    Ok(plan.cut.frames(envelope.object_id(), &encoder)?.iter().map(Frame::to_text).collect())
}

/// Decodes texts of codes, in any order and with anything between them: gives the letters that are complete, in the
/// order of their object ids, each with who signed it. Incomplete letters, forged codes and encrypted letters are left
/// out: for these see [`Assembler`] and [`Envelope::decrypt`].
pub fn from_text(text: &str, trust: &Trust) -> Vec<Opened> {
    let mut assembler = Assembler::default();
    for frame in Frame::find_all(text.as_bytes()) {
        // Frames for which there is no room are dropped.
        let _ = assembler.add(&frame);
    }
    for envelope in armor::find_all(text.as_bytes()).flatten() {
        let _ = assembler.add_whole(envelope);
    }
    let complete = assembler.progress().into_iter().filter_map(|progress| match progress.state {
        State::Complete(envelope) => Some(envelope),
        _ => None,
    });
    let envelopes: Vec<Envelope> = complete.collect();
    envelopes.iter().flat_map(|envelope| envelope.open(trust)).collect()
}
