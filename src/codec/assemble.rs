//! Frames in any order, of several letters, some forged -> envelopes (format.md, section 6).

use std::collections::{BTreeMap, BTreeSet};

use super::envelope::{Envelope, ObjectId};
use super::fec::{self, Partition};
use super::frame::Frame;
use crate::error::{Error, Result};

/// Most objects kept at once. A flood of frames of other objects is refused past it; those begun before go on.
pub const MAX_OBJECTS: usize = 10_000;
/// Most different symbols kept that claim one position.
pub const MAX_CANDIDATES: usize = 4;

/// Collects frames.
#[derive(Debug, Default)]
pub struct Assembler {
    objects: BTreeMap<(ObjectId, Partition), Collected>,
}

/// Ways of leaving out frames that are tried on an object that does not come out, and the most symbols that this may cost to solve.
const MAX_TRIES: usize = 400;
const MAX_TRIED_SYMBOLS: usize = 60_000;

/// What was collected of one object: at each position the different symbols that came, each with the number of its frame.
#[derive(Debug, Default)]
struct Collected {
    symbols: BTreeMap<usize, Vec<(usize, Vec<u8>)>>,
    /// Frames taken so far.
    frames: usize,
    /// Symbols of the fullest frame that came.
    per_frame: usize,
}

/// How far an object has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Here it is.
    Complete(Envelope),
    /// Not yet. That is no error.
    NeedMore,
    /// Enough symbols, but some of them are forged: together they do not give the object.
    Forged,
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
    /// Takes a frame; tells how many of its symbols were new.
    ///
    /// # Errors
    /// [`Error::TooManyObjects`] where there are too many, and all have as much as this frame brings: else the one with the least makes room.
    pub fn add(&mut self, frame: &Frame) -> Result<usize> {
        let key = (frame.object_id(), *frame.partition());
        if self.objects.len() >= MAX_OBJECTS && !self.objects.contains_key(&key) {
            let least = self.objects.iter().map(|(key, collected)| (collected.symbols.len(), *key)).min();
            match least {
                Some((symbols, least)) if symbols < frame.count() => self.objects.remove(&least),
                _ => return Err(Error::TooManyObjects { max: MAX_OBJECTS }),
            };
        }
        let collected = self.objects.entry(key).or_default();
        collected.per_frame = collected.per_frame.max(frame.count());
        let mut new = 0;
        for (position, symbol) in frame.symbols() {
            let candidates = collected.symbols.entry(position).or_default();
            if candidates.len() < MAX_CANDIDATES && !candidates.iter().any(|(_, known)| known == symbol) {
                candidates.push((collected.frames, symbol.to_vec()));
                new += 1;
            }
        }
        collected.frames += 1;
        Ok(new)
    }

    /// How far each object has come, in the order of their ids.
    pub fn progress(&self) -> Vec<Progress> {
        self.objects
            .iter()
            .map(|((object_id, partition), collected)| collected.progress(*object_id, partition))
            .collect()
    }
}

/// Of the symbols that claim one position, the index of the one to believe; `None` for none of them.
type Choice<'a> = dyn Fn(&[(usize, Vec<u8>)]) -> Option<usize> + 'a;

impl Collected {
    fn progress(&self, object_id: ObjectId, partition: &Partition) -> Progress {
        let blocks = self.choose(partition, &|_| Some(0));
        let received = blocks.iter().enumerate().map(|(block, symbols)| symbols.len().min(partition.k(block))).sum();
        let needed = partition.source_symbols();
        let state = match solve(object_id, partition, &blocks) {
            State::Forged => self.without_forged(object_id, partition),
            state => state,
        };
        Progress { object_id, length: partition.length(), received, needed, per_frame: self.per_frame, state }
    }

    fn choose(&self, partition: &Partition, choice: &Choice<'_>) -> Vec<Vec<(u8, &[u8])>> {
        let mut blocks: Vec<Vec<(u8, &[u8])>> = vec![Vec::new(); partition.blocks()];
        for (position, candidates) in &self.symbols {
            let (block, esi) = partition.at(*position);
            let chosen = choice(candidates).and_then(|index| candidates.get(index));
            if let (Some(block), Some((_, symbol))) = (blocks.get_mut(block), chosen) {
                block.push((esi, symbol));
            }
        }
        blocks
    }

    /// Leaves out what is in dispute, then one frame after the other, those in a dispute first, until the object comes out: one forger is found
    /// so, if enough is left without him. The hash decides; nothing else is believed.
    fn without_forged(&self, object_id: ObjectId, partition: &Partition) -> State {
        let attempt = |choice: &Choice<'_>| solve(object_id, partition, &self.choose(partition, choice));
        let wholesale: [&Choice<'_>; 2] = [&|all| all.len().checked_sub(1), &|all| (all.len() == 1).then_some(0)];
        for choice in wholesale {
            if let State::Complete(envelope) = attempt(choice) {
                return State::Complete(envelope);
            }
        }
        let disputed: BTreeSet<usize> =
            self.symbols.values().filter(|all| all.len() > 1).flatten().map(|(frame, _)| *frame).collect();
        let others = (0..self.frames).filter(|frame| !disputed.contains(frame));
        let tries = (MAX_TRIED_SYMBOLS / partition.source_symbols()).min(MAX_TRIES);
        for out in disputed.iter().copied().chain(others).take(tries) {
            let rest = attempt(&|all| all.iter().position(|(frame, _)| *frame != out));
            if matches!(rest, State::Complete(_)) {
                return rest;
            }
        }
        State::Forged
    }
}

fn solve(object_id: ObjectId, partition: &Partition, blocks: &[Vec<(u8, &[u8])>]) -> State {
    let mut object = Vec::with_capacity(partition.source_symbols() * partition.symbol_size());
    for (block, symbols) in blocks.iter().enumerate() {
        match fec::restore(partition.k(block), partition.symbol_size(), symbols) {
            Some(bytes) => object.extend_from_slice(&bytes),
            None => return State::NeedMore,
        }
    }
    object.truncate(partition.length());
    match Envelope::from_bytes(object) {
        Ok(envelope) if envelope.object_id() == object_id => State::Complete(envelope),
        _ => State::Forged,
    }
}
