#![doc = include_str!("../README.md")]

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

/// The front door, outwards: a letter becomes texts, each to be put into a QR code of its own. Of `repair` 100 there
/// are twice as many as are needed, and any half of them gives the letter back.
///
/// # Errors
/// [`error::Error::RepairOutOfRange`] above about 100 for most letters; those of Zstandard running out of memory.
pub fn to_codes(letter: &Letter, repair: u32) -> Result<Vec<String>> {
    let envelope = Envelope::seal(letter)?;
    let encoder = Encoder::new(envelope.bytes())?;
    let plan = Plan::choose(encoder.partition(), repair, Level::L, Versions::AtMost(QrVersion::MAX_ON_PAPER))?;
    Ok(plan.cut.frames(envelope.object_id(), &encoder)?.iter().map(Frame::to_text).collect())
}

/// The front door, inwards: texts, in any order, with anything else between them, become the letters that are complete,
/// in the order of their object ids, each with the answer to who wrote it. What is not complete yet is left out, and so
/// is what strangers put among it: it does no harm to the rest. What is encrypted is left out too: see
/// [`Envelope::decrypt`].
pub fn from_text(text: &str, trust: &Trust) -> Vec<Opened> {
    let mut assembler = Assembler::default();
    for frame in Frame::find_all(text.as_bytes()) {
        // Of a flood, what does not fit is left out.
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
