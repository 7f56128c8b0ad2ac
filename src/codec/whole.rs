//! A letter that came whole: it knows which frames are its own.

use std::collections::BTreeMap;

use super::envelope::{Envelope, ObjectId};
use super::fec::Encoder;
use super::frame::Frame;

/// Most forged frames of a letter that are told apart: a film shows each many times.
const MAX_FORGED: usize = 1_000;

/// What a frame was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameOutcome {
    /// It brought so many symbols that are new.
    New(usize),
    /// No symbol was new. It may decide all the same, as it is evidence for those of others.
    Known,
    /// It says that it belongs to a letter that is whole, and does not.
    Forged,
}

/// A letter that came whole.
#[derive(Debug)]
pub struct Whole {
    envelope: Envelope,
    encoder: Encoder,
    /// Frames that came of it, forged ones too; none where it came by itself.
    frames: usize,
    /// The hashes of the forged ones, and what each came from.
    forged: BTreeMap<ObjectId, u32>,
}

impl Whole {
    /// A letter of which so many frames came.
    pub(super) fn new(envelope: Envelope, encoder: Encoder, frames: usize) -> Self {
        Whole { envelope, encoder, frames, forged: BTreeMap::new() }
    }

    /// Its envelope.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Frames that came of it, each counted once until it was whole; none where it came by itself.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// How many different forged frames of it came, at most 1,000.
    pub fn forged(&self) -> usize {
        self.forged.len()
    }

    /// What the forged frames came from: the numbers that were given with them, each with how many.
    pub fn forged_sources(&self) -> BTreeMap<u32, usize> {
        let mut sources = BTreeMap::new();
        self.forged.values().for_each(|source| *sources.entry(*source).or_default() += 1);
        sources
    }

    /// Whether a frame that claims its id is forged.
    pub fn is_forged(&self, frame: &Frame) -> bool {
        !frame.is_of(&self.encoder)
    }

    /// What makes its symbols.
    pub(super) fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// Takes one more frame that claims its id, and what it came from.
    pub(super) fn add(&mut self, frame: &Frame, source: u32) -> FrameOutcome {
        self.frames += 1;
        if !self.is_forged(frame) {
            return FrameOutcome::Known;
        }
        self.throw_out([(ObjectId::of(&frame.to_bytes()), source)]);
        FrameOutcome::Forged
    }

    /// Keeps forged frames in mind, by their hashes and what they came from.
    pub(super) fn throw_out(&mut self, frames: impl IntoIterator<Item = (ObjectId, u32)>) {
        for (hash, source) in frames {
            if self.forged.len() < MAX_FORGED {
                self.forged.entry(hash).or_insert(source);
            }
        }
    }
}
