//! What came of a run, as plain data.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::exit;
use crate::cli::input::scanned::place;
use crate::codec::assemble::Progress;
use crate::codec::envelope::ObjectId;
use crate::codec::frame::Frame;
use crate::codec::trust::SignatureStatus;
use crate::error::program::{ProgramError, Result};
use crate::optics::scan::Unread;

/// What `decode` tells: of each input, and of each letter.
#[derive(Default)]
pub struct DecodeReport {
    /// In the order in which they were looked at; kept only where programs are told of them.
    pub inputs: Vec<InputReport>,
    /// Those of trusted keys first.
    pub letters: Vec<LetterReport>,
}

impl DecodeReport {
    /// Marks frames that are forged, as far as that is known.
    pub fn mark_forged(&mut self, is_forged: impl Fn(&Frame) -> Option<bool>) {
        for found in self.inputs.iter_mut().filter_map(|input| input.found.as_mut().ok()) {
            found.frames.iter_mut().for_each(|found| found.forged = is_forged(&found.frame));
        }
    }
}

/// What came of one picture, page or text.
pub struct InputReport {
    /// Its path, as given; of a file in an archive behind that of the archive.
    pub path: String,
    /// The number of the picture or page, from 1, in files that hold several.
    pub page: Option<usize>,
    /// What was in it, or why it could not be read.
    pub found: Result<Found>,
    /// Damaged armors in it, as many as are told.
    pub damaged: Vec<ProgramError>,
    /// That there is no room for its codes, where nothing before it said so.
    pub flooded: Option<ProgramError>,
}

impl InputReport {
    /// Its path and page, for people.
    pub fn place(&self) -> String {
        place(&self.path, self.page)
    }
}

/// What was found in a picture or text. Lists are cut where all of them together grow too long; `left_out` counts the
/// rest.
#[derive(Default)]
pub struct Found {
    /// Whether it was a picture; else a text or an envelope.
    pub is_picture: bool,
    /// Frames that were taken.
    pub frames: Vec<FoundFrame>,
    /// Envelopes that were taken.
    pub envelopes: Vec<ObjectId>,
    /// Why frames and envelopes were refused.
    pub refused: Vec<ProgramError>,
    /// QR codes that are not ours.
    pub foreign: usize,
    /// Frames, envelopes and refusals that are not listed.
    pub left_out: usize,
}

/// A frame that was taken.
pub struct FoundFrame {
    pub frame: Frame,
    /// How many of its symbols were new.
    pub new: usize,
    /// Whether it is forged; `None` where its letter did not come whole.
    pub forged: Option<bool>,
}

/// How far a letter came, and what became of it.
pub struct LetterReport {
    pub object_id: ObjectId,
    /// Length of the object in bytes.
    pub length: usize,
    /// Symbols that came and count, and how many it takes.
    pub received: usize,
    pub needed: usize,
    /// Forged codes, and the pictures they were in.
    pub forged: Option<ForgedCodes>,
    pub state: LetterState,
    /// Why its envelope could not be written, where that was asked for.
    pub envelope_error: Option<ProgramError>,
}

/// Forged codes of a letter.
pub struct ForgedCodes {
    /// Pictures and pages with such codes.
    pub places: Vec<Arc<str>>,
    pub codes: usize,
}

/// What became of a letter.
pub enum LetterState {
    /// It takes so many codes more.
    Incomplete { codes: usize },
    /// Enough came, but some of it is forged.
    Forged,
    /// It came whole, and there was no room for it.
    NoRoom,
    /// It came whole and cannot be opened.
    Unopened(ProgramError),
    /// It was opened.
    Opened(OpenedLetter),
}

/// A letter that was opened.
pub struct OpenedLetter {
    pub signature: SignatureStatus,
    /// What the letter is; nothing where it was kept back.
    pub about: Option<AboutLetter>,
    /// Where it was written.
    pub written: Option<PathBuf>,
    /// Why it was not written, or what was to be written beside it.
    pub error: Option<ProgramError>,
    /// Whether it was kept back for its signature.
    pub kept_back: bool,
}

/// What a letter is.
pub struct AboutLetter {
    pub bytes: usize,
    pub name: String,
    pub title: String,
    pub language: String,
}

impl LetterReport {
    /// How far an object came; what became of it is filled in by whoever writes it.
    pub fn new(progress: &Progress, forged: Option<ForgedCodes>, state: LetterState) -> Self {
        LetterReport {
            object_id: progress.object_id,
            length: progress.length,
            received: progress.received,
            needed: progress.needed,
            forged,
            state,
            envelope_error: None,
        }
    }

    /// The exit code that it calls for, where signatures are `judged`: someone is trusted.
    pub fn exit_code(&self, judged: bool) -> u8 {
        match &self.state {
            LetterState::Incomplete { .. } | LetterState::Forged => exit::NOT_YET,
            LetterState::NoRoom | LetterState::Unopened(_) => exit::ERROR,
            LetterState::Opened(letter) if letter.error.is_some() && !letter.kept_back => exit::ERROR,
            LetterState::Opened(letter) => match &letter.signature {
                SignatureStatus::False { .. } => exit::FALSE,
                signature if judged => exit::of_signature(signature),
                _ => exit::COMPLETE,
            },
        }
    }
}

/// What `inspect` tells of one picture, page or text.
pub struct Inspected {
    pub path: String,
    pub page: Option<usize>,
    /// What is in it, or why it could not be read.
    pub found: Result<Sighted>,
}

/// What is in a picture, a text, or an envelope.
pub enum Sighted {
    Picture { codes: Vec<SightedCode>, unread: Vec<Unread> },
    Text { frames: Vec<SightedCode>, envelopes: Vec<Result<SightedEnvelope>> },
    Envelope(Result<SightedEnvelope>),
}

/// A QR code of a picture, or a frame that stands in a text.
pub struct SightedCode {
    /// What is in the code.
    pub bytes: Vec<u8>,
    /// Where it is, in a picture.
    pub symbol: Option<CodeSymbol>,
    /// The frame, where it is one of ours, or why it is refused.
    pub frame: Option<Result<Frame>>,
    /// Whether the frame is forged; `None` where its letter did not come whole.
    pub forged: Option<bool>,
}

/// A QR code's symbol in a picture.
pub struct CodeSymbol {
    /// Corners in pixels, clockwise from the upper left of the code.
    pub corners: [[f32; 2]; 4],
    pub version: u8,
    pub level: char,
}

/// An envelope that was seen whole.
pub struct SightedEnvelope {
    pub object_id: ObjectId,
    pub bytes: usize,
}

/// What `verify` tells.
pub struct Verified {
    pub looked_at: LookedAt,
    pub signature: SignatureStatus,
    /// What the signer said of the file, where the signature is by a trusted key.
    pub comment: Option<String>,
}

/// What a signature was looked for in.
pub enum LookedAt {
    Envelope(ObjectId),
    /// A signature file, by its path.
    SignatureFile(String),
}
