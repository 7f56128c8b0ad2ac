//! Frames in any order, of several letters, some forged -> envelopes (format.md, sections 3 and 6).

use std::collections::BTreeMap;

use super::claims::Claims;
pub use super::claims::State;
use super::envelope::ObjectId;
use super::fec::{Encoder, Partition};
use super::frame::Frame;
use super::search;
use crate::error::{Error, Result};

/// What an assembler keeps and does at most: whoever floods it shall not get more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Objects begun.
    pub objects: usize,
    /// Different symbols that claim one position of an object.
    pub candidates: usize,
    /// Bytes of symbols, of all objects together, with what it takes to keep them.
    pub bytes: usize,
    /// Steps of searching for forged frames beyond what the code itself tells, shared by the objects that need it; a step multiplies a symbol, which
    /// takes some 20 to 100 ns.
    pub steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { objects: 10_000, candidates: 256, bytes: 256 * 1024 * 1024, steps: 30_000_000 }
    }
}

/// Collects frames.
#[derive(Debug, Default)]
pub struct Assembler {
    limits: Limits,
    objects: BTreeMap<Key, Object>,
    /// Bytes of all claims.
    bytes: usize,
    /// Frames taken so far.
    frames: usize,
}

/// What frames are grouped by.
type Key = (ObjectId, Partition);

#[derive(Debug, Default)]
struct Object {
    claims: Claims,
    /// The number of the last frame that came for it.
    touched: usize,
}

/// An object, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub object_id: ObjectId,
    /// Its length in bytes, as its frames say.
    pub length: usize,
    /// Symbols received that count: of each block at most K.
    pub received: usize,
    /// Symbols that it takes, the sum of all K.
    pub needed: usize,
    /// Symbols of the fullest frame that came: so many another frame may bring.
    pub per_frame: usize,
    /// What it is now.
    pub state: State,
}

impl Assembler {
    /// An assembler with limits of its own.
    pub fn with_limits(limits: Limits) -> Self {
        Assembler { limits, ..Self::default() }
    }

    /// Takes a frame; tells how many of its symbols were new. Those that claim a position which as many others claim as are kept are let go.
    ///
    /// # Errors
    /// [`Error::TooManyObjects`] where one object alone takes all the room; else another makes room.
    pub fn add(&mut self, frame: &Frame) -> Result<usize> {
        let key = (frame.object_id(), *frame.partition());
        let most = Claims::most_bytes(frame);
        while self.objects.len() >= self.limits.objects && !self.objects.contains_key(&key)
            || self.bytes + most > self.limits.bytes
        {
            let out = self.least_missed(&key).ok_or(Error::TooManyObjects { max: self.limits.objects })?;
            self.bytes -= self.objects.remove(&out).map_or(0, |object| object.claims.bytes());
        }
        self.frames += 1;
        let object = self.objects.entry(key).or_default();
        object.touched = self.frames;
        let before = object.claims.bytes();
        let new = object.claims.add(frame, self.limits.candidates);
        self.bytes += object.claims.bytes() - before;
        Ok(new)
    }

    /// Bytes of all that is kept, about; never more than [`Limits::bytes`].
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How much of an object of this length came, in so many equal stretches of its symbols, 0 none to 255 all: first its source symbols, then as many
    /// repair symbols. Nothing of an object of which no frame came.
    pub fn map(&self, object_id: ObjectId, length: usize, stretches: usize) -> Vec<u8> {
        let Ok(partition) = Partition::new(length) else { return Vec::new() };
        let object = self.objects.get(&(object_id, partition));
        object.map_or_else(Vec::new, |object| object.claims.map(&partition, stretches))
    }

    /// Lets go of an object that is complete, and of all that claims its id, and tells how many of its frames were forged.
    pub fn finish(&mut self, object: &Encoder, object_id: ObjectId) -> usize {
        let claimed = self.objects.iter().filter(|((id, _), _)| *id == object_id);
        let forged =
            claimed.map(
                |((_, partition), Object { claims, .. })| {
                    if partition == object.partition() { claims.forged(object) } else { claims.frames().len() }
                },
            );
        let forged = forged.sum();
        self.forget(object_id);
        forged
    }

    /// Lets go of all that claims an object id.
    pub fn forget(&mut self, object_id: ObjectId) {
        self.objects.retain(|(id, _), claimed| {
            let stays = *id != object_id;
            if !stays {
                self.bytes -= claimed.claims.bytes();
            }
            stays
        });
    }

    /// The object that makes room for another, besides this one. Of those with one frame the one that has waited longest, as long as they take up
    /// half of the room: else newcomers would drive each other out. Of the others the one with the fewest frames.
    fn least_missed(&self, besides: &Key) -> Option<Key> {
        let others = || self.objects.iter().filter(|(key, _)| *key != besides);
        let is_new = |object: &Object| object.claims.frames().len() <= 1;
        let newcomers = others().filter(|(_, object)| is_new(object)).count();
        let settled = others().filter(|(_, object)| !is_new(object));
        let fewest = settled.min_by_key(|(_, object)| (object.claims.frames().len(), object.touched));
        let oldest = others().filter(|(_, object)| is_new(object)).min_by_key(|(_, object)| object.touched);
        let (first, second) = if 2 * newcomers >= self.objects.len() { (oldest, fewest) } else { (fewest, oldest) };
        first.or(second).map(|(key, _)| *key)
    }

    /// How far each object has come, in the order of their ids. The hash decides what is complete; nothing else is believed.
    pub fn progress(&self) -> Vec<Progress> {
        let mut states: Vec<State> =
            self.objects.iter().map(|((id, partition), object)| object.claims.first_seen(*id, partition)).collect();
        // Each object that needs it has its share of the steps; what is left over goes to those that had too few.
        let mut left = self.limits.steps;
        let mut starved: Vec<bool> = states.iter().map(|state| *state == State::Forged).collect();
        for _ in 0..2 {
            let share = left / starved.iter().filter(|starved| **starved).count().max(1);
            for ((((id, partition), object), state), starved) in self.objects.iter().zip(&mut states).zip(&mut starved)
            {
                if *starved {
                    let mut steps = share;
                    *state = search::without_forged(&object.claims, *id, partition, &mut steps);
                    left = (left + steps).saturating_sub(share);
                    *starved = *state == State::Forged && steps == 0;
                }
            }
        }
        self.objects
            .iter()
            .zip(states)
            .map(|(((object_id, partition), Object { claims, .. }), state)| Progress {
                object_id: *object_id,
                length: partition.length(),
                received: claims.received(partition),
                needed: partition.source_symbols(),
                per_frame: claims.per_frame(),
                state,
            })
            .collect()
    }
}
