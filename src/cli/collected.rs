//! What was seen in all pictures and texts together: which objects came whole, and which frames were forged.

use std::collections::{BTreeMap, BTreeSet};

use super::report::Report;
use super::sight::{Content, Scanned};
use super::{MOST_TOLD, say};
use crate::codec::armor;
use crate::codec::assemble::{Assembler, FrameOutcome, Progress};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::frame::Frame;
use crate::error::{Error, Result};
use crate::words::Counts;

/// Most pictures that are remembered by name for the forged codes in them.
const MAX_PLACES: usize = 100_000;

/// Frames and envelopes, from wherever they came.
#[derive(Default)]
pub struct Collected {
    assembler: Assembler,
    /// How the id of the only letter begins that is taken, if others are not.
    only: String,
    /// The sights with frames, by the numbers under which those are taken.
    places: Vec<String>,
    /// The number of the sight that is being taken, once it had a frame.
    here: Option<u32>,
    /// Letters that were given by themselves: each the only one in its file.
    alone: BTreeSet<ObjectId>,
    pub seen: Counts,
    /// Pictures in which there was no code at all.
    pub blank: Names,
    /// Whether there were codes of more letters than are kept.
    flooded: bool,
    /// Whether nothing is said of what is taken.
    quiet: bool,
    /// Whether an input could not be read, or an armor not be opened; each was told when it was met.
    pub wrong: bool,
}

/// Names, of which only the first are told.
#[derive(Default)]
pub struct Names {
    first: Vec<String>,
    more: usize,
}

impl Names {
    fn add(&mut self, name: String) {
        if self.first.len() < MOST_TOLD { self.first.push(name) } else { self.more += 1 }
    }

    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The names, as many as are told.
    pub fn told(&self) -> String {
        let more = (self.more > 0).then(|| say::language().and_more(self.more));
        self.first.iter().cloned().chain(more).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<String> for Names {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        let mut told = Names::default();
        names.into_iter().for_each(|name| told.add(name));
        told
    }
}

impl Collected {
    /// Takes one letter alone: its object id, or how that begins; of nothing, every letter.
    ///
    /// # Errors
    /// [`Error::OnlyId`] for what begins no object id.
    pub fn only(id: &str) -> Result<Self> {
        let only = id.trim().to_lowercase();
        if only.len() > 16 || !only.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(Error::OnlyId { given: id.to_owned() });
        }
        Ok(Collected { only, ..Self::default() })
    }

    /// Says nothing of what is taken.
    pub fn quiet() -> Self {
        Collected { quiet: true, ..Self::default() }
    }

    fn error_about(&self, sight: &Scanned, error: &Error) {
        if !self.quiet {
            say::error_about(&place(sight), error);
        }
    }

    fn is_wanted(&self, id: ObjectId) -> bool {
        self.only.is_empty() || id.to_string().starts_with(&self.only)
    }

    /// Takes what was in one picture or text, says on stderr what was wrong with it, and reports it.
    pub fn take(&mut self, sight: &Scanned, report: &mut Option<Report>) {
        self.seen.pictures += usize::from(sight.seen.is_ok());
        self.here = None;
        report.iter_mut().for_each(|report| report.begin(sight));
        match &sight.seen {
            Err(error) => {
                self.wrong = true;
                self.error_about(sight, error);
            }
            Ok(Content::Picture(picture)) => {
                let codes = &picture.codes;
                if codes.is_empty() {
                    self.blank.add(place(sight));
                }
                for (_, frame) in codes {
                    match frame {
                        None => {
                            self.seen.foreign += 1;
                            report.iter_mut().for_each(Report::foreign);
                        }
                        Some(Ok(frame)) => self.frame(frame, sight, report),
                        Some(Err(error)) => self.refuse(error, report),
                    }
                }
            }
            Ok(Content::Text(text)) => {
                let frames = Frame::find_all(text).map(|frame| self.frame(&frame, sight, report)).count();
                let mut envelopes = armor::find_all(text).peekable();
                let mut number = 0;
                while let Some(envelope) = envelopes.next() {
                    let is_alone = frames == 0 && number == 0 && envelopes.peek().is_none();
                    self.envelope(envelope, is_alone, sight, report);
                    number += 1;
                }
            }
            Ok(Content::Envelope(envelope)) => self.envelope(envelope.clone(), true, sight, report),
        }
    }

    fn frame(&mut self, frame: &Frame, sight: &Scanned, report: &mut Option<Report>) {
        if !self.is_wanted(frame.object_id()) {
            self.seen.others += 1;
            return;
        }
        let source = *self.here.get_or_insert_with(|| {
            if self.places.len() < MAX_PLACES {
                self.places.push(place(sight));
            }
            self.places.len() as u32 - 1
        });
        match self.assembler.add_from(frame, source) {
            Ok(came) => {
                self.seen.frames += 1;
                let new = if let FrameOutcome::New(symbols) = came { symbols } else { 0 };
                report.iter_mut().for_each(|report| report.frame(frame, new));
            }
            Err(error) => {
                self.told_once(&error);
                self.refuse(&error, report);
            }
        }
    }

    fn envelope(&mut self, envelope: Result<Envelope>, is_alone: bool, sight: &Scanned, report: &mut Option<Report>) {
        let taken = envelope.and_then(|envelope| {
            let id = envelope.object_id();
            if !self.is_wanted(id) {
                self.seen.others += 1;
                return Ok(());
            }
            report.iter_mut().for_each(|report| report.envelope(id));
            self.assembler.add_whole(envelope)?;
            if is_alone {
                self.alone.insert(id);
            }
            Ok(())
        });
        match taken {
            Ok(()) => {}
            Err(error @ Error::TooManyObjects) => {
                self.told_once(&error);
                self.refuse(&error, report);
            }
            Err(error) => {
                self.wrong = true;
                if self.seen.refused < MOST_TOLD {
                    self.error_about(sight, &error);
                }
                self.refuse(&error, report);
            }
        }
    }

    /// Says that there is no room, once.
    fn told_once(&mut self, error: &Error) {
        if !self.flooded && !self.quiet {
            say::error(error);
        }
        self.flooded = true;
    }

    fn refuse(&mut self, error: &Error, report: &mut Option<Report>) {
        self.seen.refused += 1;
        report.iter_mut().for_each(|report| report.refused(error));
    }

    /// Every object that was begun, and how far it has come, after all was taken.
    pub fn objects(&mut self) -> Vec<Progress> {
        let objects = self.assembler.progress();
        self.seen.forged = self.assembler.whole().map(|(_, whole)| whole.forged()).sum();
        self.seen.given_up = self.assembler.given_up();
        objects
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
    pub fn verdict(&self, frame: &Frame) -> Option<bool> {
        self.assembler.whole_of(frame.object_id()).map(|whole| whole.is_forged(frame))
    }

    /// The places with forged frames of a letter, and how many of these there are.
    pub fn forged_of(&self, object_id: ObjectId) -> (Vec<String>, usize) {
        let sources = self.assembler.whole_of(object_id).map(|whole| whole.forged_sources()).unwrap_or_default();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (source, count) in &sources {
            let place = self.places.get(*source as usize).map_or("", String::as_str);
            *places.entry(place).or_default() += count;
        }
        (places.keys().map(|place| (*place).to_owned()).collect(), places.values().sum())
    }

    /// How many frames came of a letter, and whether it was given by itself.
    pub fn how_it_came(&self, object_id: ObjectId) -> (usize, bool) {
        let frames = self.assembler.whole_of(object_id).map_or(0, |whole| whole.frames());
        (frames, self.alone.contains(&object_id))
    }
}

/// The name of a sight: its path, and the number of the page.
pub fn place(sight: &Scanned) -> String {
    match sight.page {
        Some(page) => format!("{} ({page})", sight.path),
        None => sight.path.clone(),
    }
}
