//! Frames in any order, of several letters, some forged -> envelopes (format.md, sections 3 and 6).

use std::collections::BTreeMap;

use super::claims::Claims;
pub use super::claims::State;
use super::envelope::ObjectId;
use super::fec::Partition;
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
        Limits { objects: 10_000, candidates: 64, bytes: 256 * 1024 * 1024, steps: 30_000_000 }
    }
}

/// Collects frames.
#[derive(Debug, Default)]
pub struct Assembler {
    limits: Limits,
    objects: BTreeMap<(ObjectId, Partition), Object>,
    /// Bytes of all claims.
    bytes: usize,
    /// Frames taken so far.
    frames: usize,
}

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
    /// [`Error::TooManyObjects`] where there is no room for it, and all other objects have more than this one would have: else the one with the
    /// least makes room, and of several the one that has waited longest.
    pub fn add(&mut self, frame: &Frame) -> Result<usize> {
        let key = (frame.object_id(), *frame.partition());
        let size = self.objects.get(&key).map_or(0, |object| object.claims.bytes()) + Claims::most_bytes(frame);
        let crowded = |assembler: &Self| {
            assembler.objects.len() >= self.limits.objects && !assembler.objects.contains_key(&key)
                || assembler.bytes + Claims::most_bytes(frame) > self.limits.bytes
        };
        while crowded(self) {
            let others = self.objects.iter().filter(|(other, _)| **other != key);
            let least = others.map(|(other, object)| (object.claims.bytes(), object.touched, *other)).min();
            match least {
                Some((bytes, _, other)) if bytes <= size => {
                    self.objects.remove(&other);
                    self.bytes -= bytes;
                }
                _ => return Err(Error::TooManyObjects { max: self.limits.objects }),
            }
        }
        self.frames += 1;
        let object = self.objects.entry(key).or_default();
        object.touched = self.frames;
        let before = object.claims.bytes();
        let new = object.claims.add(frame, self.limits.candidates);
        self.bytes += object.claims.bytes() - before;
        Ok(new)
    }

    /// How far each object has come, in the order of their ids. The hash decides what is complete; nothing else is believed.
    pub fn progress(&self) -> Vec<Progress> {
        let plain: Vec<State> =
            self.objects.iter().map(|((id, partition), object)| object.claims.first_seen(*id, partition)).collect();
        let forged = plain.iter().filter(|state| **state == State::Forged).count();
        let steps = self.limits.steps / forged.max(1);
        self.objects
            .iter()
            .zip(plain)
            .map(|(((object_id, partition), Object { claims, .. }), state)| {
                let state = match state {
                    State::Forged => search::without_forged(claims, *object_id, partition, steps),
                    state => state,
                };
                Progress {
                    object_id: *object_id,
                    length: partition.length(),
                    received: claims.received(partition),
                    needed: partition.source_symbols(),
                    per_frame: claims.per_frame(),
                    state,
                }
            })
            .collect()
    }
}
