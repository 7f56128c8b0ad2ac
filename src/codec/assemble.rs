//! Frames in any order, of several letters, some forged -> envelopes (format.md, section 6).

use std::collections::BTreeMap;

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

/// What was collected of one object: at each position the different symbols that came, in order.
#[derive(Debug, Default)]
struct Collected {
    symbols: BTreeMap<usize, Vec<Vec<u8>>>,
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
    /// [`Error::TooManyObjects`].
    pub fn add(&mut self, frame: &Frame) -> Result<usize> {
        let key = (frame.object_id(), *frame.partition());
        if self.objects.len() >= MAX_OBJECTS && !self.objects.contains_key(&key) {
            return Err(Error::TooManyObjects { max: MAX_OBJECTS });
        }
        let collected = self.objects.entry(key).or_default();
        collected.per_frame = collected.per_frame.max(frame.count());
        let mut new = 0;
        for (position, symbol) in frame.symbols() {
            let candidates = collected.symbols.entry(position).or_default();
            if candidates.len() < MAX_CANDIDATES && !candidates.iter().any(|candidate| candidate == symbol) {
                candidates.push(symbol.to_vec());
                new += 1;
            }
        }
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

impl Collected {
    fn progress(&self, object_id: ObjectId, partition: &Partition) -> Progress {
        let mut blocks: Vec<Vec<(u8, &[u8])>> = vec![Vec::new(); partition.blocks()];
        for (position, candidates) in &self.symbols {
            let (block, esi) = partition.at(*position);
            if let (Some(block), Some(symbol)) = (blocks.get_mut(block), candidates.first()) {
                block.push((esi, symbol));
            }
        }
        let received = blocks.iter().enumerate().map(|(block, symbols)| symbols.len().min(partition.k(block))).sum();
        let needed = partition.source_symbols();
        let state = if received < needed { State::NeedMore } else { solve(object_id, partition, &blocks) };
        Progress { object_id, length: partition.length(), received, needed, per_frame: self.per_frame, state }
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
