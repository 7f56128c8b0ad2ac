//! What was in all pictures and texts together: which objects came whole, and which frames were forged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::data::{ForgedCodes, Found, FoundFrame, InputReport};
use super::names::Names;
use crate::cli::input::scanned::{Content, Scanned};
use crate::cli::terminal::MOST_TOLD;
use crate::codec::armor;
use crate::codec::assemble::{Assembler, FrameOutcome, Progress};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::frame::Frame;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::words::Counts;

/// Most pictures that are remembered by name for the forged codes in them.
const MAX_PLACES: usize = 100_000;
/// Most frames, refusals and envelopes that are listed, of all inputs together.
pub const MAX_LISTED: usize = 50_000;

/// Frames and envelopes, from wherever they came.
#[derive(Default)]
pub struct Collection {
    assembler: Assembler,
    /// How the id of the only letter begins that is taken; empty for any.
    only: String,
    /// How many more items are listed in reports.
    room: usize,
    /// Inputs with frames, by the numbers under which their frames are taken.
    places: Vec<Arc<str>>,
    /// The number of the input that is being taken, once it had a frame.
    here: Option<u32>,
    /// Letters that were given by themselves: each the only one in its file.
    alone: BTreeSet<ObjectId>,
    counts: Counts,
    /// Pictures in which there was no code at all.
    blank: Names,
    /// Whether there were codes of more letters than are kept.
    is_flooded: bool,
    /// Whether an input could not be read, or an armor not be opened.
    has_errors: bool,
}

impl Collection {
    /// Takes one letter alone: its object id, or how that begins; every letter if `only` is empty. Reports list at most
    /// `room` items.
    ///
    /// # Errors
    /// [`ProgramError::OnlyId`] for what begins no object id.
    pub fn new(only: &str, room: usize) -> Result<Self> {
        let id = only.trim().to_lowercase();
        if id.len() > 16 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ProgramError::OnlyId { given: only.to_owned() });
        }
        Ok(Collection { only: id, room, ..Self::default() })
    }

    fn is_wanted(&self, id: ObjectId) -> bool {
        self.only.is_empty() || id.to_string().starts_with(&self.only)
    }

    /// Takes what was in one picture or text; tells what came of it.
    pub fn take(&mut self, scanned: &Scanned) -> InputReport {
        self.counts.pictures += usize::from(scanned.content.is_ok());
        self.here = None;
        let mut report = InputReport {
            path: scanned.path.clone(),
            page: scanned.page,
            found: Ok(Found::default()),
            damaged: Vec::new(),
            flooded: None,
        };
        let mut found = Found::default();
        match &scanned.content {
            Err(error) => {
                self.has_errors = true;
                report.found = Err(error.clone());
                return report;
            }
            Ok(Content::Picture(picture)) => {
                found.is_picture = true;
                if picture.codes.is_empty() {
                    self.blank.add(report.place());
                }
                for (_, frame) in &picture.codes {
                    match frame {
                        None => {
                            self.counts.foreign += 1;
                            found.foreign += 1;
                        }
                        Some(Ok(frame)) => self.frame(frame, &mut found, &mut report),
                        Some(Err(error)) => self.refuse(error, &mut found),
                    }
                }
            }
            Ok(Content::Text(text)) => {
                let frames = Frame::find_all(text).map(|frame| self.frame(&frame, &mut found, &mut report)).count();
                let mut envelopes = armor::find_all(text).peekable();
                let mut is_first = frames == 0;
                while let Some(envelope) = envelopes.next() {
                    let is_alone = is_first && envelopes.peek().is_none();
                    self.envelope(envelope, is_alone, &mut found, &mut report);
                    is_first = false;
                }
            }
            Ok(Content::Envelope(envelope)) => self.envelope(envelope.clone(), true, &mut found, &mut report),
        }
        report.found = Ok(found);
        report
    }

    fn frame(&mut self, frame: &Frame, found: &mut Found, report: &mut InputReport) {
        if !self.is_wanted(frame.object_id()) {
            self.counts.others += 1;
            return;
        }
        let source = *self.here.get_or_insert_with(|| {
            if self.places.len() < MAX_PLACES {
                self.places.push(report.place().into());
            }
            self.places.len() as u32 - 1
        });
        match self.assembler.add_from(frame, source) {
            Ok(outcome) => {
                self.counts.frames += 1;
                let new = if let FrameOutcome::New(symbols) = outcome { symbols } else { 0 };
                if self.has_room(found) {
                    found.frames.push(FoundFrame { frame: frame.clone(), new, forged: None });
                }
            }
            Err(error) => {
                self.flood(&error, report);
                self.refuse(&error, found);
            }
        }
    }

    fn envelope(
        &mut self,
        envelope: std::result::Result<Envelope, Error>,
        is_alone: bool,
        found: &mut Found,
        report: &mut InputReport,
    ) {
        let taken = envelope.and_then(|envelope| {
            let id = envelope.object_id();
            if !self.is_wanted(id) {
                self.counts.others += 1;
                return Ok(());
            }
            if self.has_room(found) {
                found.envelopes.push(id);
            }
            self.assembler.add_whole(envelope)?;
            if is_alone {
                self.alone.insert(id);
            }
            Ok(())
        });
        let Err(error) = taken else { return };
        if error == Error::TooManyObjects {
            self.flood(&error, report);
        } else {
            self.has_errors = true;
            if self.counts.refused < MOST_TOLD {
                report.damaged.push(error.clone().into());
            }
        }
        self.refuse(&error, found);
    }

    /// Reports that there is no room, once.
    fn flood(&mut self, error: &Error, report: &mut InputReport) {
        if !self.is_flooded {
            report.flooded = Some(error.clone().into());
        }
        self.is_flooded = true;
    }

    fn refuse(&mut self, error: &Error, found: &mut Found) {
        self.counts.refused += 1;
        if self.has_room(found) {
            found.refused.push(error.clone().into());
        }
    }

    /// Whether one more item is listed; else it is counted.
    fn has_room(&mut self, found: &mut Found) -> bool {
        let has_room = self.room > 0;
        self.room -= usize::from(has_room);
        found.left_out += usize::from(!has_room);
        has_room
    }

    /// Every object that was begun, and how far it has come, after all was taken.
    pub fn objects(&mut self) -> Vec<Progress> {
        let objects = self.assembler.progress();
        self.counts.forged = self.assembler.whole().map(|(_, whole)| whole.forged()).sum();
        self.counts.given_up = self.assembler.given_up();
        objects
    }

    /// What was in all inputs together, as of the last [`Collection::objects`].
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Pictures in which there was no code at all.
    pub fn blank(&self) -> &Names {
        &self.blank
    }

    /// Whether an input could not be read, or an armor not be opened.
    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// Whether every letter that was begun is complete, and there is one.
    pub fn is_settled(&self) -> bool {
        self.assembler.is_settled()
    }

    /// Whether any letter is complete.
    pub fn has_letter(&self) -> bool {
        self.assembler.whole().next().is_some()
    }

    /// Whether a frame is forged; `None` where its letter did not come whole.
    pub fn is_forged(&self, frame: &Frame) -> Option<bool> {
        self.assembler.whole_of(frame.object_id()).map(|whole| whole.is_forged(frame))
    }

    /// Forged codes of a letter, if there are any.
    pub fn forged_codes(&self, object_id: ObjectId) -> Option<ForgedCodes> {
        let sources = self.assembler.whole_of(object_id)?.forged_sources();
        let mut places: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for (source, count) in &sources {
            let place = self.places.get(*source as usize).cloned().unwrap_or_default();
            *places.entry(place).or_default() += count;
        }
        let codes = places.values().sum();
        let places = places.into_keys().collect();
        (codes > 0).then_some(ForgedCodes { places, codes })
    }

    /// How many frames came of a letter.
    pub fn frames_of(&self, object_id: ObjectId) -> usize {
        self.assembler.whole_of(object_id).map_or(0, |whole| whole.frames())
    }

    /// Whether a letter was given by itself.
    pub fn was_alone(&self, object_id: ObjectId) -> bool {
        self.alone.contains(&object_id)
    }
}
