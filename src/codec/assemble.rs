//! Frames in any order, of several letters, some forged -> envelopes (format.md, sections 3 and 6).
//!
//! An object is tried as soon as enough of it came. Whole, it leaves the store, and no flood can push it out again.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidates;
use super::envelope::{Envelope, ObjectId};
use super::fec::{Encoder, Partition};
use super::forgery_search;
use super::frame::Frame;
pub use super::progress::{Progress, State};
pub use super::whole::{FrameOutcome, Whole};
use super::work::Work;
use crate::error::{Error, Result};

/// Work that a byte of a frame pays for: a frame of a version 17 code pays for locating errors in a small object once.
const WORK_PER_BYTE: usize = 100;
/// An object is searched again once so much of it came since: a sixteenth.
const SEARCH_AGAIN: usize = 16;

/// Limits of memory and work, which hold against floods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Different symbols that claim one position of an object.
    pub candidates: usize,
    /// Bytes of symbols, of all objects together, with what it takes to keep them.
    pub bytes: usize,
    /// Whole letters.
    pub letters: usize,
    /// Bytes of whole letters' envelopes.
    pub letter_bytes: usize,
    /// Units of work that are spent on forged frames each time that they are searched for, shared by the objects that
    /// need it; a unit is the multiplication of 16 bytes in the field, some 10 ns on a laptop.
    pub work: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            candidates: 256,
            bytes: 96 * 1024 * 1024,
            letters: 100_000,
            letter_bytes: 64 * 1024 * 1024,
            work: 60_000_000,
        }
    }
}

/// Collects frames.
#[derive(Debug, Default)]
pub struct Assembler {
    limits: Limits,
    objects: BTreeMap<Key, Object>,
    /// Objects of which not enough came, idle longest first, and those that have enough and are not what they say.
    begun: IdleQueue,
    spent: IdleQueue,
    /// Those that are whole, and for which there is no room.
    waiting: Vec<Key>,
    whole: BTreeMap<ObjectId, Whole>,
    /// Bytes of the envelopes of all whole letters.
    whole_bytes: usize,
    /// Whether a letter that came by itself found no room.
    refused: bool,
    /// Frames taken so far.
    frames: usize,
    /// Units of work spent so far.
    worked: usize,
    /// Objects that made room for others.
    given_up: usize,
}

/// What frames are grouped by.
type Key = (ObjectId, Partition);

/// Objects in the order in which they make room for others: by the number of the last frame that came for them.
#[derive(Debug, Default)]
struct IdleQueue {
    order: BTreeSet<(usize, Key)>,
    /// Bytes of all their claims.
    bytes: usize,
}

impl IdleQueue {
    /// The object that has been idle longest, `besides` aside.
    fn first(&self, besides: &Key) -> Option<Key> {
        self.order.iter().map(|(_, key)| *key).find(|key| key != besides)
    }
}

#[derive(Debug)]
struct Object {
    claims: Candidates,
    /// The number of the last frame that came for it.
    touched: usize,
    /// Whether enough came.
    enough: bool,
    /// Whether it is whole, and there is no room for it.
    waits: bool,
    /// Work that its frames paid for.
    paid: usize,
    /// How much it had claimed when it was last searched.
    searched: usize,
}

impl Object {
    fn new(partition: Partition) -> Self {
        let claims = Candidates::new(partition);
        Object { claims, touched: 0, enough: false, waits: false, paid: 0, searched: 0 }
    }

    /// Whether it has enough, and is not what it says.
    fn is_spent(&self) -> bool {
        self.enough && !self.waits
    }

    /// Whether something came since it was searched that is worth another search.
    fn is_unsearched(&self) -> bool {
        self.claims.links() > self.searched + self.searched / SEARCH_AGAIN
    }
}

impl Assembler {
    /// An assembler with limits of its own.
    pub fn with_limits(limits: Limits) -> Self {
        Assembler { limits, ..Self::default() }
    }

    /// Takes a frame: see [`Assembler::add_from`].
    ///
    /// # Errors
    /// As there.
    pub fn add(&mut self, frame: &Frame) -> Result<FrameOutcome> {
        self.add_from(frame, 0)
    }

    /// Adds a frame, with a number of its source. A position with `candidates` symbols takes no more. An object of
    /// which enough came is tried.
    ///
    /// # Errors
    /// [`Error::TooManyObjects`] where one object alone takes all the room; else others make room.
    pub fn add_from(&mut self, frame: &Frame, source: u32) -> Result<FrameOutcome> {
        if let Some(whole) = self.whole.get_mut(&frame.object_id()) {
            return Ok(whole.add(frame, source));
        }
        let key = (frame.object_id(), *frame.partition());
        let more = match self.objects.get(&key) {
            Some(object) => object.claims.most_bytes(frame),
            None => Candidates::new(key.1).most_bytes(frame),
        };
        self.make_room(more, &key)?;
        self.frames += 1;
        let mut object = self.take_out(&key).unwrap_or_else(|| Object::new(key.1));
        object.touched = self.frames;
        let Some(new) = object.claims.add(frame, source, self.limits.candidates) else {
            self.put_back(key, object);
            return Ok(FrameOutcome::Known);
        };
        object.paid += frame.joined().len() * WORK_PER_BYTE;
        match self.try_decode(&mut object, key.0) {
            Some(envelope) => self.keep(envelope, object, &key),
            None => self.put_back(key, object),
        }
        Ok(if new > 0 { FrameOutcome::New(new) } else { FrameOutcome::Known })
    }

    /// Takes an envelope that came by itself; tells whether it is new.
    ///
    /// # Errors
    /// [`Error::TooManyObjects`] where there is no room for another letter.
    pub fn add_whole(&mut self, envelope: Envelope) -> Result<bool> {
        let id = envelope.object_id();
        if self.whole.contains_key(&id) {
            return Ok(false);
        }
        if !self.has_room(&envelope) {
            self.refused = true;
            return Err(Error::TooManyObjects);
        }
        self.settle(envelope, 0)?;
        Ok(true)
    }

    /// The letters that are whole, in the order of their ids.
    pub fn whole(&self) -> impl Iterator<Item = (ObjectId, &Whole)> {
        self.whole.iter().map(|(id, whole)| (*id, whole))
    }

    /// A letter that is whole.
    pub fn whole_of(&self, object_id: ObjectId) -> Option<&Whole> {
        self.whole.get(&object_id)
    }

    /// Whether every object that was begun is whole, and there is one.
    pub fn is_settled(&self) -> bool {
        !self.whole.is_empty() && self.objects.is_empty()
    }

    /// Whether a letter is complete that there is no room for among the whole ones: others have to be forgotten.
    pub fn is_full(&self) -> bool {
        self.refused || !self.waiting.is_empty()
    }

    /// Units of work that were spent so far on objects that did not come out at once.
    pub fn worked(&self) -> usize {
        self.worked
    }

    /// Begun letters that made room for others.
    pub fn given_up(&self) -> usize {
        self.given_up
    }

    /// Bytes of all that is kept of letters that are not whole, about; never more than [`Limits::bytes`].
    pub fn bytes(&self) -> usize {
        self.begun.bytes + self.spent.bytes
    }

    /// How much of an object of this length came, in so many equal stretches of its symbols, 0 none to 255 all: first
    /// its source symbols, then as many repair symbols. Nothing of an object of which no frame came.
    pub fn map(&self, object_id: ObjectId, length: usize, stretches: usize) -> Vec<u8> {
        let Ok(partition) = Partition::new(length) else { return Vec::new() };
        let object = self.objects.get(&(object_id, partition));
        object.map_or_else(Vec::new, |object| object.claims.map(stretches))
    }

    /// Lets go of all that claims an object id, and of the letter if it is whole.
    pub fn forget(&mut self, object_id: ObjectId) {
        if let Some(whole) = self.whole.remove(&object_id) {
            self.whole_bytes -= whole.envelope().bytes().len();
        }
        for key in self.claiming(object_id) {
            self.take_out(&key);
        }
        // There may be room now.
        self.refused = false;
        for key in std::mem::take(&mut self.waiting) {
            let Some(mut object) = self.take_out(&key) else { continue };
            (object.waits, object.searched) = (false, 0);
            self.put_back(key, object);
        }
    }

    /// How far each object has come, after a [`Assembler::search`], in the order of their ids.
    pub fn progress(&mut self) -> Vec<Progress> {
        self.search();
        let mut all = self.begun();
        let whole = self.whole.values().map(|whole| {
            let partition = whole.encoder().partition();
            let needed = partition.source_symbols();
            Progress {
                object_id: whole.envelope().object_id(),
                length: partition.length(),
                received: needed,
                needed,
                per_frame: needed,
                state: State::Complete(whole.envelope().clone()),
            }
        });
        all.extend(whole);
        all.sort_by_key(|progress| (progress.object_id, progress.length));
        all
    }

    /// How far each object has come that is not whole, in the order of their ids.
    pub fn begun(&self) -> Vec<Progress> {
        let begun = self.objects.iter().map(|((object_id, partition), object)| Progress {
            object_id: *object_id,
            length: partition.length(),
            received: object.claims.received(),
            needed: partition.source_symbols(),
            per_frame: object.claims.per_frame(),
            state: match object {
                Object { waits: true, .. } => State::NoRoom,
                _ if object.is_spent() => State::Forged,
                _ => State::NeedMore,
            },
        });
        begun.collect()
    }

    /// The ids of objects that have enough and are not what they say.
    pub fn spent(&self) -> impl Iterator<Item = ObjectId> {
        self.spent.order.iter().map(|(_, (id, _))| *id)
    }

    /// Whether a search may find something: where something came of an object that has enough and did not come out.
    pub fn is_unsearched(&self) -> bool {
        self.spent.order.iter().any(|(_, key)| self.objects.get(key).is_some_and(Object::is_unsearched))
    }

    /// Searches objects that have enough and do not decode for forged frames, if something came since the last search.
    /// Each has its share of the work; what is left goes to those that had too little. The hash decides what is whole.
    pub fn search(&mut self) {
        let mut work = Work::new(self.limits.work);
        let spent = self.spent.order.iter().map(|(_, key)| *key);
        let mut starved: Vec<Key> =
            spent.filter(|key| self.objects.get(key).is_some_and(Object::is_unsearched)).collect();
        for _ in 0..2 {
            let parts = starved.len();
            let mut still = Vec::new();
            for (at, key) in starved.into_iter().enumerate() {
                let Some(mut object) = self.take_out(&key) else { continue };
                object.searched = object.claims.links();
                let mut share = work.share(parts - at);
                let given = share.left();
                match forgery_search::without_forged(&object.claims, key.0, &mut share) {
                    State::Complete(envelope) => self.keep(envelope, object, &key),
                    _ => {
                        if share.left() == 0 {
                            still.push(key);
                        }
                        self.put_back(key, object);
                    }
                }
                self.worked += given - share.left();
                work.take_back(share);
            }
            starved = still;
        }
    }

    /// The object, if it decodes: by the first symbols, or without those that are located as forged, as far as its
    /// frames paid for that.
    fn try_decode(&mut self, object: &mut Object, object_id: ObjectId) -> Option<Envelope> {
        if object.waits {
            return None;
        }
        if !object.enough {
            object.enough = object.claims.is_enough();
            if object.enough
                && let State::Complete(envelope) = object.claims.first_seen(object_id)
            {
                return Some(envelope);
            }
        }
        if !object.enough || object.paid < forgery_search::first_look(&object.claims) {
            return None;
        }
        let mut work = Work::new(object.paid);
        let found = forgery_search::told(&object.claims, object_id, &mut work);
        self.worked += object.paid - work.left();
        object.paid = work.left();
        if let State::Complete(envelope) = found { Some(envelope) } else { None }
    }

    /// Makes room for so many bytes; `besides` stays. Objects that have enough and do not decode go first, as long as
    /// they take up half of the room: forged frames can put any letter among these for a while. Then the object that
    /// has been idle longest. An object that takes up half of the room by itself replaces no other.
    fn make_room(&mut self, bytes: usize, besides: &Key) -> Result<()> {
        let own = self.objects.get(besides).map_or(0, |object| object.claims.bytes());
        while self.bytes() + bytes > self.limits.bytes {
            let (spent, begun) = (self.spent.first(besides), self.begun.first(besides));
            let first = if 2 * self.spent.bytes > self.limits.bytes { spent.or(begun) } else { begun.or(spent) };
            let is_too_large = 2 * own > self.limits.bytes;
            let key = first.filter(|_| !is_too_large).ok_or(Error::TooManyObjects)?;
            let Some(object) = self.take_out(&key) else { continue };
            // What has enough is searched for the last time, as far as its frames paid for that.
            let mut work = Work::new(object.paid);
            if object.is_spent()
                && let State::Complete(envelope) = forgery_search::without_forged(&object.claims, key.0, &mut work)
                && self.has_room(&envelope)
            {
                self.keep(envelope, object, &key);
            } else {
                self.given_up += 1;
            }
        }
        Ok(())
    }

    fn has_room(&self, envelope: &Envelope) -> bool {
        self.whole.len() < self.limits.letters && self.whole_bytes + envelope.bytes().len() <= self.limits.letter_bytes
    }

    /// Keeps an object that came whole; where there is no room it waits among the fragments.
    fn keep(&mut self, envelope: Envelope, mut object: Object, key: &Key) {
        if !self.has_room(&envelope) {
            object.waits = true;
            return self.put_back(*key, object);
        }
        let frames = object.claims.spans().len();
        self.put_back(*key, object);
        // An envelope has a length that an object may have.
        let _ = self.settle(envelope, frames);
    }

    /// Moves a letter to the whole ones; what claimed to be of it and is not is kept in mind.
    fn settle(&mut self, envelope: Envelope, frames: usize) -> Result<()> {
        let encoder = Encoder::new(envelope.bytes())?;
        let id = envelope.object_id();
        let mut whole = Whole::new(envelope, encoder, frames);
        for key in self.claiming(id) {
            let Some(object) = self.objects.get(&key) else { continue };
            if key.1 == *whole.encoder().partition() {
                whole.throw_out(object.claims.forged(whole.encoder()));
            } else {
                whole.throw_out(object.claims.came().map(|(_, hash, source)| (hash, source)));
            }
            self.take_out(&key);
        }
        self.whole_bytes += whole.envelope().bytes().len();
        self.whole.insert(id, whole);
        Ok(())
    }

    /// Everything that claims an object id.
    fn claiming(&self, object_id: ObjectId) -> Vec<Key> {
        let from = self.objects.range((object_id, Partition::LEAST)..);
        from.map(|(key, _)| *key).take_while(|(id, _)| *id == object_id).collect()
    }

    fn take_out(&mut self, key: &Key) -> Option<Object> {
        let object = self.objects.remove(key)?;
        if object.waits {
            self.waiting.retain(|waiting| waiting != key);
        }
        let row = if object.is_spent() { &mut self.spent } else { &mut self.begun };
        row.order.remove(&(object.touched, *key));
        row.bytes -= object.claims.bytes();
        Some(object)
    }

    fn put_back(&mut self, key: Key, object: Object) {
        let row = if object.is_spent() { &mut self.spent } else { &mut self.begun };
        row.order.insert((object.touched, key));
        row.bytes += object.claims.bytes();
        if object.waits {
            self.waiting.push(key);
        }
        self.objects.insert(key, object);
    }
}
