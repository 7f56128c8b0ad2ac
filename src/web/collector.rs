//! Collects codes until letters are complete.

use std::collections::BTreeSet;

use crate::codec::armor;
use crate::codec::assemble::{self, Assembler, Limits, Progress, State, Whole};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::frame::Frame;
use crate::error::{Error, Result};

/// Limits of memory and work for a phone.
const LIMITS: Limits = Limits {
    candidates: 64,
    bytes: 64 * 1024 * 1024,
    letters: MAX_DONE,
    letter_bytes: 64 * 1024 * 1024,
    work: 8_000_000,
};
/// Most letters that are kept.
const MAX_DONE: usize = 200;
/// Most envelopes in a text that are looked at.
const MAX_ARMORS: usize = 1_000;
/// Most letters that are not complete of which is told how far they have come.
const MAX_COMING: usize = 1_000;

/// What a code was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeOutcome {
    /// It had new symbols.
    New(ObjectId),
    /// All of its symbols were known.
    Known(ObjectId),
    /// A forged code of a complete letter.
    Forged(ObjectId),
    /// It is not one of ours.
    Foreign,
    /// It begins like one of ours, and is none.
    Refused(Error),
}

/// How far a letter has come that is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// Its object id.
    pub object_id: ObjectId,
    /// The length of its envelope, as its codes say.
    pub length: usize,
    /// Symbols that came, and symbols that it takes.
    pub received: usize,
    /// Symbols that it takes.
    pub needed: usize,
    /// Codes that are still needed, if all of them are new.
    pub codes: usize,
    /// Whether enough came, but some of it is forged.
    pub forged: bool,
}

/// Collects codes and texts.
pub struct Collector {
    assembler: Assembler,
    /// The letters that were told to be complete.
    told: BTreeSet<ObjectId>,
    coming: Vec<Coming>,
    /// Whether something came since it was last looked at.
    fresh: bool,
}

impl Default for Collector {
    fn default() -> Self {
        let assembler = Assembler::with_limits(LIMITS);
        Collector { assembler, told: BTreeSet::new(), coming: Vec::new(), fresh: false }
    }
}

impl Collector {
    /// Takes the contents of a code.
    pub fn code(&mut self, text: &[u8]) -> CodeOutcome {
        match Frame::from_text(text) {
            None => CodeOutcome::Foreign,
            Some(Err(error)) => CodeOutcome::Refused(error),
            Some(Ok(frame)) => self.frame(&frame),
        }
    }

    fn frame(&mut self, frame: &Frame) -> CodeOutcome {
        let id = frame.object_id();
        let came = self.assembler.add(frame);
        // A repeated symbol still counts as evidence.
        self.fresh |= !self.told.contains(&id);
        match came {
            Err(error) => CodeOutcome::Refused(error),
            Ok(assemble::FrameOutcome::New(_)) => CodeOutcome::New(id),
            Ok(assemble::FrameOutcome::Known) => CodeOutcome::Known(id),
            Ok(assemble::FrameOutcome::Forged) => CodeOutcome::Forged(id),
        }
    }

    /// Takes a text with codes or envelopes anywhere in it, or an envelope's bytes; tells what each was, and the texts
    /// of codes.
    ///
    /// # Errors
    /// [`Error::NothingFound`] where there is none of ours in it.
    pub fn file(&mut self, bytes: &[u8]) -> Result<Vec<(CodeOutcome, Option<String>)>> {
        if Envelope::begins(bytes) {
            return Ok(vec![(self.envelope(Envelope::from_bytes(bytes.to_vec())?), None)]);
        }
        let mut came: Vec<_> =
            Frame::find_all(bytes).map(|frame| (self.frame(&frame), Some(frame.to_text()))).collect();
        came.extend(armor::find_all(bytes).take(MAX_ARMORS).map(|armor| match armor {
            Ok(envelope) => (self.envelope(envelope), None),
            Err(error) => (CodeOutcome::Refused(error), None),
        }));
        if came.is_empty() { Err(Error::NothingFound) } else { Ok(came) }
    }

    fn envelope(&mut self, envelope: Envelope) -> CodeOutcome {
        let id = envelope.object_id();
        match self.assembler.add_whole(envelope) {
            Ok(true) => {
                self.told.insert(id);
                self.coming.retain(|coming| coming.object_id != id);
                CodeOutcome::New(id)
            }
            Ok(false) => CodeOutcome::Known(id),
            Err(error) => CodeOutcome::Refused(error),
        }
    }

    /// Searches for forged codes of letters with enough symbols, and settles. Slow: for moments in which nothing else
    /// is to do.
    pub fn search(&mut self) -> Vec<ObjectId> {
        if self.is_unsearched() {
            self.assembler.search();
            self.fresh = true;
        }
        self.settle()
    }

    /// Whether a search may find something.
    pub fn is_unsearched(&self) -> bool {
        self.assembler.is_unsearched()
    }

    /// The letters with enough symbols that do not decode: they are dropped first where there is no room.
    pub fn spent(&self) -> impl Iterator<Item = ObjectId> {
        self.assembler.spent()
    }

    /// Returns the letters that became complete since the last call; does nothing if no code came since.
    pub fn settle(&mut self) -> Vec<ObjectId> {
        if !std::mem::take(&mut self.fresh) {
            return Vec::new();
        }
        let coming = |progress: Progress| Coming {
            object_id: progress.object_id,
            length: progress.length,
            received: progress.received,
            needed: progress.needed,
            codes: progress.codes_needed(),
            forged: progress.state == State::Forged,
        };
        self.coming = self.assembler.begun().into_iter().map(coming).collect();
        let whole = self.assembler.whole().map(|(id, _)| id);
        let ids = whole.filter(|id| self.told.insert(*id)).collect();
        self.coming.sort_by_key(|coming| (std::cmp::Reverse(coming.received), coming.object_id));
        self.coming.truncate(MAX_COMING);
        ids
    }

    /// Whether a letter is complete that there is no room for: others have to go.
    pub fn is_full(&self) -> bool {
        self.assembler.is_full()
    }

    /// Begun letters that were given up to make room for others.
    pub fn given_up(&self) -> usize {
        self.assembler.given_up()
    }

    /// The letters that are not complete, as of the last time that they were put together, those that came furthest
    /// first.
    pub fn coming(&self) -> &[Coming] {
        &self.coming
    }

    /// What of a letter came: see [`Assembler::map`].
    pub fn map(&self, coming: &Coming, stretches: usize) -> Vec<u8> {
        self.assembler.map(coming.object_id, coming.length, stretches)
    }

    /// The envelope of a letter that is complete.
    pub fn done(&self, id: ObjectId) -> Option<&Envelope> {
        self.assembler.whole_of(id).map(Whole::envelope)
    }

    /// The letters that are complete, and how many forged codes of each were thrown out.
    pub fn all_done(&self) -> impl Iterator<Item = (ObjectId, usize)> {
        self.assembler.whole().map(|(id, whole)| (id, whole.forged()))
    }

    /// Forgets a letter, complete or not.
    pub fn forget(&mut self, id: ObjectId) {
        self.assembler.forget(id);
        self.told.remove(&id);
        self.coming.retain(|coming| coming.object_id != id);
        // There may be room now for a waiting letter: searched again.
        self.assembler.search();
        self.fresh = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::letter::Letter;
    use crate::codec::trust::Trust;
    use crate::to_codes;

    fn letter() -> Letter {
        let text: String = (0..400).map(|n| format!("خط {} از نامه\n", n * n)).collect();
        Letter::new(text.into_bytes(), "letter.txt").unwrap()
    }

    #[test]
    fn codes_become_a_letter_once_and_forged_ones_are_told() {
        let codes = to_codes(&letter(), 100).unwrap();
        let id = Envelope::seal(&letter()).unwrap().object_id();
        let mut reading = Collector::default();
        assert_eq!(reading.code(b"https://example.org"), CodeOutcome::Foreign);
        assert!(matches!(reading.code(b"SHAB."), CodeOutcome::Refused(_)));
        assert_eq!(reading.code(codes[0].as_bytes()), CodeOutcome::New(id));
        assert_eq!(reading.code(codes[0].as_bytes()), CodeOutcome::Known(id));
        assert!(reading.settle().is_empty());
        let coming = reading.coming()[0];
        assert!(coming.received > 0 && coming.received < coming.needed && coming.codes > 0 && !coming.forged);
        let map = reading.map(&coming, 20);
        assert!(map.len() == 20 && map[0] == 255 && map[19] == 0, "{map:?}");
        for code in codes.iter().skip(1) {
            reading.code(code.as_bytes());
        }
        assert_eq!(reading.settle(), [id]);
        assert!(reading.settle().is_empty() && reading.coming().is_empty());
        let opened = reading.done(id).unwrap().open(&Trust::nobody()).unwrap();
        assert_eq!(opened.letter().unwrap(), &letter());
        // A code of the same id and length, with other symbols.
        let frame = Frame::from_text(codes[1].as_bytes()).unwrap().unwrap();
        let symbols: Vec<u8> = frame.symbols().flat_map(|(_, symbol)| symbol.iter().map(|byte| byte ^ 1)).collect();
        let forged = Frame::new(id, *frame.partition(), frame.first(), symbols).unwrap();
        // However often it is seen, it is one.
        assert_eq!(reading.code(forged.to_text().as_bytes()), CodeOutcome::Forged(id));
        assert_eq!(reading.code(forged.to_text().as_bytes()), CodeOutcome::Forged(id));
        assert_eq!(reading.all_done().collect::<Vec<_>>(), [(id, 1)]);

        // Forged ones that come before it is complete are thrown out, and counted, too.
        let mut reading = Collector::default();
        reading.code(forged.to_text().as_bytes());
        codes.iter().for_each(|code| drop(reading.code(code.as_bytes())));
        assert_eq!(reading.settle(), [id]);
        assert_eq!(reading.all_done().collect::<Vec<_>>(), [(id, 1)]);
    }

    #[test]
    fn texts_and_envelopes_are_taken_too() {
        let envelope = Envelope::seal(&letter()).unwrap();
        let id = envelope.object_id();
        let codes = to_codes(&letter(), 100).unwrap().join("\n");
        for file in [envelope.bytes(), armor::armor(&envelope).as_bytes(), codes.as_bytes()] {
            let mut reading = Collector::default();
            let came = reading.file(file).unwrap();
            assert_eq!(came[0].0, CodeOutcome::New(id));
            // Codes that were pasted can be kept, and give the same letter.
            let mut again = Collector::default();
            let texts: Vec<_> = came.into_iter().filter_map(|(_, text)| text).collect();
            let took = texts.iter().filter(|text| again.code(text.as_bytes()) == CodeOutcome::New(id)).count();
            assert!(took * 2 >= texts.len());
            assert_eq!(again.settle().is_empty(), texts.is_empty());
            reading.settle();
            assert_eq!(reading.done(id), Some(&envelope));
            reading.forget(id);
            assert_eq!(reading.done(id), None);
            reading.code(to_codes(&letter(), 100).unwrap()[0].as_bytes());
            reading.settle();
            assert_eq!(reading.coming().len(), 1);
            reading.forget(id);
            assert!(reading.settle().is_empty() && reading.coming().is_empty());
        }
        assert_eq!(Collector::default().file("نامه".as_bytes()), Err(Error::NothingFound));
    }

    #[test]
    fn where_there_is_no_room_it_is_told_and_the_letter_waits() {
        let mut reading = Collector::default();
        let small = |number: usize| Envelope::seal(&Letter::new(vec![b'a'; number + 1], "").unwrap()).unwrap();
        for number in 0..MAX_DONE {
            assert!(matches!(reading.file(small(number).bytes()).unwrap()[0].0, CodeOutcome::New(_)));
        }
        let last = Envelope::seal(&letter()).unwrap();
        assert!(matches!(reading.file(last.bytes()).unwrap()[0].0, CodeOutcome::Refused(Error::TooManyObjects)));
        for code in to_codes(&letter(), 0).unwrap() {
            reading.code(code.as_bytes());
        }
        assert!(reading.settle().is_empty() && reading.is_full());
        reading.forget(small(7).object_id());
        assert_eq!(reading.settle(), [last.object_id()]);
        assert!(!reading.is_full());
    }
}
