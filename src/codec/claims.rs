//! What frames claim of one object: at each position the different symbols that came, and from which frames.

use std::collections::{BTreeMap, BTreeSet};

use super::envelope::{Envelope, ObjectId};
use super::fec::{self, Encoder, Partition};
use super::frame::Frame;

/// What keeping a symbol, or a frame, takes besides its bytes, about.
const KEEPING: usize = 96;

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

/// A symbol that claims a position, and the frames that say so.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) symbol: Box<[u8]>,
    /// In rising order.
    pub(super) frames: Vec<u32>,
}

/// The positions that a frame claimed: the first, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) first: usize,
    pub(super) count: usize,
}

/// Frames that are not believed, by their numbers.
pub(super) type Suspects = BTreeSet<u32>;
/// The symbols of a block that are believed, by their ESIs.
pub(super) type Symbols<'a> = Vec<(u8, &'a [u8])>;

/// All that was claimed of one object.
#[derive(Debug, Default)]
pub(super) struct Claims {
    positions: BTreeMap<usize, Vec<Claim>>,
    /// The frames, by their numbers.
    frames: Vec<Span>,
    /// Their hashes: the same frame comes again and again, and counts once.
    seen: BTreeSet<ObjectId>,
    per_frame: usize,
    bytes: usize,
    /// How often a frame claims a symbol: what it takes to go through all of it.
    links: usize,
}

impl Claims {
    /// Takes a frame; tells how many of its symbols were new. One that brings nothing new vouches for what others brought: they may be forged in
    /// another part.
    pub(super) fn add(&mut self, frame: &Frame, most_candidates: usize) -> usize {
        if !self.seen.insert(ObjectId::of(&frame.to_bytes())) {
            return 0;
        }
        self.per_frame = self.per_frame.max(frame.count());
        self.bytes += KEEPING + frame.count() * size_of::<u32>();
        let number = self.frames.len() as u32;
        self.links += frame.count();
        let mut new = 0;
        for (position, symbol) in frame.symbols() {
            let claims = self.positions.entry(position).or_default();
            if let Some(claim) = claims.iter_mut().find(|claim| &*claim.symbol == symbol) {
                claim.frames.push(number);
            } else if claims.len() < most_candidates {
                claims.push(Claim { symbol: symbol.into(), frames: vec![number] });
                self.bytes += symbol.len() + KEEPING;
                new += 1;
            }
        }
        self.frames.push(Span { first: frame.first(), count: frame.count() });
        new
    }

    /// The most that a frame may take to be kept, in bytes.
    pub(super) fn most_bytes(frame: &Frame) -> usize {
        KEEPING + frame.count() * (frame.partition().symbol_size() + KEEPING + size_of::<u32>())
    }

    /// What all of it takes, in bytes, about.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Symbols of the fullest frame.
    pub(super) fn per_frame(&self) -> usize {
        self.per_frame
    }

    /// Symbols that count: of each block at most K.
    pub(super) fn received(&self, partition: &Partition) -> usize {
        let mut blocks = vec![0; partition.blocks()];
        for position in self.positions.keys() {
            let (block, _) = partition.at(*position);
            blocks.iter_mut().skip(block).take(1).for_each(|count| *count += 1);
        }
        blocks.into_iter().enumerate().map(|(block, count): (usize, usize)| count.min(partition.k(block))).sum()
    }

    /// How much of each of so many equal stretches of the object's positions came, 0 none to 255 all of it: the source symbols, and as many repair
    /// symbols.
    pub(super) fn map(&self, partition: &Partition, stretches: usize) -> Vec<u8> {
        let shown = partition.positions().min(2 * partition.source_symbols());
        let stretches = stretches.clamp(1, shown);
        let edge = |stretch: usize| stretch * shown / stretches;
        let came = |stretch: usize| self.positions.range(edge(stretch)..edge(stretch + 1)).count();
        (0..stretches).map(|at| (came(at) * 255 / (edge(at + 1) - edge(at))) as u8).collect()
    }

    /// How many of the frames are forged, as the object itself tells.
    pub(super) fn forged(&self, object: &Encoder) -> usize {
        let mut forged: BTreeSet<u32> = BTreeSet::new();
        for (position, claims) in &self.positions {
            let symbol = object.symbols(*position..*position + 1);
            let false_claims = claims.iter().filter(|claim| *claim.symbol != *symbol);
            forged.extend(false_claims.flat_map(|claim| &claim.frames));
        }
        forged.len()
    }

    /// The positions that anything was claimed of.
    pub(super) fn positions(&self) -> usize {
        self.positions.len()
    }

    /// How often a frame claims a symbol.
    pub(super) fn links(&self) -> usize {
        self.links
    }

    /// The frames, by their numbers.
    pub(super) fn frames(&self) -> &[Span] {
        &self.frames
    }

    /// The claims on the positions of a block, by their ESIs.
    pub(super) fn of_block<'a>(
        &'a self,
        partition: &'a Partition,
        block: usize,
    ) -> impl Iterator<Item = (u8, &'a [Claim])> {
        let positions = (block..partition.positions()).step_by(partition.blocks());
        positions.filter_map(move |at| self.positions.get(&at).map(|claims| (partition.at(at).1, claims.as_slice())))
    }

    /// The symbol that a frame claims for a position.
    pub(super) fn symbol(&self, position: usize, frame: u32) -> Option<&[u8]> {
        let claims = self.positions.get(&position)?;
        claims.iter().find(|claim| claim.frames.binary_search(&frame).is_ok()).map(|claim| &*claim.symbol)
    }

    /// What the object is if the first symbol that came for each position is the true one.
    pub(super) fn first_seen(&self, object_id: ObjectId, partition: &Partition) -> State {
        // Before anything is computed of blocks that came, those are looked at that did not.
        if self.received(partition) < partition.source_symbols() {
            return State::NeedMore;
        }
        let first = |claims: &'_ [Claim]| claims.first().map(|_| 0);
        self.solve(object_id, partition, &first)
    }

    /// What the object is without some frames, and without positions that others dispute.
    pub(super) fn without(&self, suspects: &Suspects, object_id: ObjectId, partition: &Partition) -> State {
        self.solve(object_id, partition, &|claims| undisputed(claims, suspects))
    }

    fn solve(&self, object_id: ObjectId, partition: &Partition, choice: &dyn Fn(&[Claim]) -> Option<usize>) -> State {
        let mut object = Vec::with_capacity(partition.source_symbols() * partition.symbol_size());
        for block in 0..partition.blocks() {
            let symbols: Symbols<'_> = self
                .of_block(partition, block)
                .filter_map(|(esi, claims)| Some((esi, &*claims.get(choice(claims)?)?.symbol)))
                .take(partition.k(block))
                .collect();
            match fec::restore(partition.k(block), partition.symbol_size(), &symbols) {
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
}

/// Of the symbols that claim one position the one that some frame still claims which is no suspect, if there is just one.
pub(super) fn undisputed(claims: &[Claim], suspects: &Suspects) -> Option<usize> {
    let believed = |claim: &Claim| claim.frames.iter().any(|frame| !suspects.contains(frame));
    let mut left = claims.iter().enumerate().filter(|(_, claim)| believed(claim)).map(|(at, _)| at);
    left.next().filter(|_| left.next().is_none())
}
