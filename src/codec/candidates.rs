//! What frames claim of one object: at each position the different symbols that came, and from which frames.
//!
//! Frames are kept as they came until there may be enough of them; only then are their claims held against each other.
//! So a flood of frames of objects that do not exist takes no more room than its bytes.

use std::cell::Cell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::envelope::{Envelope, ObjectId};
use super::fec::{self, Encoder, Partition};
use super::frame::Frame;
use super::progress::State;

/// What keeping an object, a frame, or a claim takes besides the symbols' bytes, about: measured on a machine of 64
/// bits.
const KEEPING_OBJECT: usize = 1_000;
const KEEPING_FRAME: usize = 150;
const KEEPING_CLAIM: usize = 150;

/// A symbol that is claimed for a position, by the frames that say so, in rising order. All of them carry it.
pub(super) type Candidate = Vec<u32>;

/// The claims on one position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position<'a> {
    /// Its number in the object.
    pub(super) at: usize,
    /// Its ESI in its block.
    pub(super) esi: u8,
    /// The different symbols.
    pub(super) claims: &'a [Candidate],
}

/// A frame as it is kept.
#[derive(Debug)]
struct Kept {
    span: FrameSpan,
    /// Its source: a number given by the caller, such as that of a picture.
    source: u32,
    symbols: Box<[u8]>,
}

/// The positions that a frame claimed: the first, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FrameSpan {
    pub(super) first: usize,
    pub(super) count: usize,
}

/// Frames that are not believed, by their numbers.
pub(super) type Suspects = BTreeSet<u32>;
/// The symbols of a block that are believed, by their ESIs.
pub(super) type Symbols<'a> = Vec<(u8, &'a [u8])>;

/// All that was claimed of one object.
#[derive(Debug)]
pub(super) struct Candidates {
    partition: Partition,
    /// The frames, by their numbers.
    frames: Vec<Kept>,
    /// Their numbers by their hashes: the same frame comes again and again, and counts once.
    seen: BTreeMap<ObjectId, u32>,
    /// The claims on each position; none until there may be enough.
    positions: BTreeMap<usize, Vec<Candidate>>,
    /// Whether the claims are there.
    compared: bool,
    /// Of each block how many positions are claimed.
    blocks: Vec<u8>,
    received: usize,
    /// The same while the claims are not there, once it was counted.
    received_now: Cell<Option<usize>>,
    per_frame: usize,
    /// How often a frame claims a symbol: what it takes to go through all of it.
    links: usize,
    bytes: usize,
}

impl Candidates {
    /// Nothing of an object yet.
    pub(super) fn new(partition: Partition) -> Self {
        Candidates {
            partition,
            frames: Vec::with_capacity(1),
            seen: BTreeMap::new(),
            positions: BTreeMap::new(),
            compared: false,
            blocks: Vec::new(),
            received: 0,
            received_now: Cell::new(None),
            per_frame: 0,
            links: 0,
            bytes: KEEPING_OBJECT,
        }
    }

    /// Adds a frame; returns how many of its symbols may be new, `None` if it is dropped: one that came before, or none
    /// of whose symbols is kept. A frame without new symbols is kept as evidence for those of others.
    pub(super) fn add(&mut self, frame: &Frame, source: u32, most_candidates: usize) -> Option<usize> {
        let number = self.frames.len() as u32;
        let hash = ObjectId::of(&frame.to_bytes());
        match self.seen.entry(hash) {
            Entry::Occupied(_) => return None,
            Entry::Vacant(place) => drop(place.insert(number)),
        }
        self.received_now.set(None);
        let span = FrameSpan { first: frame.first(), count: frame.count() };
        self.frames.push(Kept { span, source, symbols: frame.joined().into() });
        self.per_frame = self.per_frame.max(span.count);
        self.links += span.count;
        self.bytes += KEEPING_FRAME + frame.joined().len();
        if self.compared {
            let new = self.compare(number, most_candidates);
            if new.is_none() {
                self.seen.remove(&hash);
                self.frames.pop();
                self.links -= span.count;
                self.bytes -= KEEPING_FRAME + frame.joined().len();
            }
            return new;
        }
        if self.links >= self.partition.source_symbols() {
            self.compared = true;
            self.blocks = vec![0; self.partition.blocks()];
            let new: usize = (0..=number).filter_map(|number| self.compare(number, most_candidates)).sum();
            return Some(new.min(span.count));
        }
        Some(span.count)
    }

    /// Compares the claims of a frame with those of the others; returns how many of its symbols were new, `None` if
    /// none is kept. A position with as many different symbols as are kept takes no more.
    fn compare(&mut self, number: u32, most_candidates: usize) -> Option<usize> {
        let Kept { span, symbols, .. } = self.frames.get(number as usize)?;
        let (mut new, mut vouched) = (0, 0);
        for (position, symbol) in (span.first..).zip(symbols.chunks(self.partition.symbol_size())) {
            let claims = match self.positions.entry(position) {
                Entry::Occupied(claims) => claims.into_mut(),
                Entry::Vacant(place) => {
                    let (block, _) = self.partition.at(position);
                    for count in self.blocks.iter_mut().skip(block).take(1) {
                        self.received += usize::from(usize::from(*count) < self.partition.k(block));
                        *count += 1;
                    }
                    place.insert(Vec::with_capacity(1))
                }
            };
            let carried = |claim: &Candidate| {
                claim.first().and_then(|frame| carried_by(&self.frames, &self.partition, *frame, position))
            };
            if let Some(claim) = claims.iter_mut().find(|claim| carried(claim) == Some(symbol)) {
                claim.push(number);
                vouched += 1;
            } else if claims.len() < most_candidates {
                claims.push(vec![number]);
                self.bytes += KEEPING_CLAIM;
                new += 1;
            }
        }
        (new + vouched > 0).then_some(new)
    }

    /// The most that a frame may take to be kept, in bytes; that of an object that begins with it, and of comparing
    /// those that came before.
    pub(super) fn most_bytes(&self, frame: &Frame) -> usize {
        let symbols = frame.joined().len() + KEEPING_FRAME;
        let compared = if self.compared { frame.count() } else { self.links + frame.count() };
        let claims = if self.links + frame.count() >= self.partition.source_symbols() { compared } else { 0 };
        KEEPING_OBJECT + symbols + claims * KEEPING_CLAIM
    }

    /// What all of it takes, in bytes, about.
    pub(super) fn bytes(&self) -> usize {
        self.bytes + self.blocks.len()
    }

    /// Symbols of the fullest frame.
    pub(super) fn per_frame(&self) -> usize {
        self.per_frame
    }

    /// Symbols that count: of each block at most K.
    pub(super) fn received(&self) -> usize {
        if self.compared {
            return self.received;
        }
        if let Some(received) = self.received_now.get() {
            return received;
        }
        let received = self.count_received();
        self.received_now.set(Some(received));
        received
    }

    fn count_received(&self) -> usize {
        let mut blocks: Vec<usize> = vec![0; self.partition.blocks()];
        for position in self.claimed_positions() {
            let (block, _) = self.partition.at(position);
            blocks.iter_mut().skip(block).take(1).for_each(|count| *count += 1);
        }
        blocks.into_iter().enumerate().map(|(block, count)| count.min(self.partition.k(block))).sum()
    }

    /// The positions of which anything is claimed, in their order.
    fn claimed_positions(&self) -> impl Iterator<Item = usize> {
        let mut spans: Vec<FrameSpan> = self.spans().collect();
        spans.sort_unstable();
        let mut next = 0;
        spans.into_iter().flat_map(move |span| {
            let first = span.first.max(next);
            next = next.max(span.first + span.count);
            first..span.first + span.count
        })
    }

    /// Whether enough came of every block.
    pub(super) fn is_enough(&self) -> bool {
        self.compared && self.received == self.partition.source_symbols()
    }

    /// How much of each of so many equal stretches of the object's positions came, 0 none to 255 all of it: the source
    /// symbols, and as many repair symbols.
    pub(super) fn map(&self, stretches: usize) -> Vec<u8> {
        let shown = self.partition.positions().min(2 * self.partition.source_symbols());
        let stretches = stretches.clamp(1, shown);
        let edge = |stretch: usize| stretch * shown / stretches;
        let mut came = vec![0usize; stretches];
        for position in self.claimed_positions().take_while(|position| *position < shown) {
            // The stretch that the position lies in.
            let stretch = ((position + 1) * stretches - 1) / shown;
            came.iter_mut().skip(stretch).take(1).for_each(|count| *count += 1);
        }
        let share = |(at, came): (usize, usize)| (came * 255 / (edge(at + 1) - edge(at))).min(255) as u8;
        came.into_iter().enumerate().map(share).collect()
    }

    /// The frames that are forged, as the object itself tells: their hashes, and what they came from.
    pub(super) fn forged(&self, object: &Encoder) -> Vec<(ObjectId, u32)> {
        let is_forged = |number: &u32| {
            self.frames.get(*number as usize).is_some_and(|Kept { span, symbols, .. }| {
                **symbols != *object.symbols(span.first..span.first + span.count)
            })
        };
        self.came().filter(|(number, ..)| is_forged(number)).map(|(_, hash, source)| (hash, source)).collect()
    }

    /// The frames: their numbers, their hashes, and what they came from.
    pub(super) fn came(&self) -> impl Iterator<Item = (u32, ObjectId, u32)> {
        let source = |number: &u32| self.frames.get(*number as usize).map_or(0, |frame| frame.source);
        self.seen.iter().map(move |(hash, number)| (*number, *hash, source(number)))
    }

    /// How the object is cut.
    pub(super) fn partition(&self) -> &Partition {
        &self.partition
    }

    /// How many positions anything was claimed of.
    pub(super) fn positions(&self) -> usize {
        self.positions.len()
    }

    /// How often a frame claims a symbol.
    pub(super) fn links(&self) -> usize {
        self.links
    }

    /// What the frames claim, by their numbers.
    pub(super) fn spans(&self) -> impl ExactSizeIterator<Item = FrameSpan> + Clone {
        self.frames.iter().map(|frame| frame.span)
    }

    /// The positions of a block of which anything is claimed.
    pub(super) fn of_block(&self, block: usize) -> impl Iterator<Item = Position<'_>> {
        let positions = (block..self.partition.positions()).step_by(self.partition.blocks());
        positions.filter_map(|at| {
            let claims = self.positions.get(&at)?.as_slice();
            Some(Position { at, esi: self.partition.at(at).1, claims })
        })
    }

    /// The symbol that a frame carries for a position.
    pub(super) fn symbol(&self, position: usize, frame: u32) -> Option<&[u8]> {
        carried_by(&self.frames, &self.partition, frame, position)
    }

    /// The symbol of a claim on a position.
    pub(super) fn claimed(&self, position: usize, claim: &Candidate) -> Option<&[u8]> {
        self.symbol(position, *claim.first()?)
    }

    /// The object decoded from the first symbol that came for each position.
    pub(super) fn first_seen(&self, object_id: ObjectId) -> State {
        // A block with too few symbols ends it before anything is computed of the others.
        if !self.is_enough() {
            return State::NeedMore;
        }
        self.solve(object_id, &|claims| claims.first())
    }

    /// The object decoded without some frames, and without positions that others dispute.
    pub(super) fn without(&self, suspects: &Suspects, object_id: ObjectId) -> State {
        self.solve(object_id, &|claims| undisputed(claims, suspects))
    }

    fn solve<'a>(&'a self, object_id: ObjectId, choice: &dyn Fn(&'a [Candidate]) -> Option<&'a Candidate>) -> State {
        let partition = &self.partition;
        let mut object = Vec::with_capacity(partition.source_symbols() * partition.symbol_size());
        for block in 0..partition.blocks() {
            let symbols: Symbols<'_> = self
                .of_block(block)
                .filter_map(|Position { at, esi, claims }| Some((esi, self.claimed(at, choice(claims)?)?)))
                .take(partition.k(block))
                .collect();
            match fec::restore(partition.k(block), partition.symbol_size(), &symbols) {
                Some(bytes) => object.extend_from_slice(&bytes),
                None => return State::NeedMore,
            }
        }
        self.is_object(object, object_id)
    }

    /// The object, if these source symbols of all its blocks give it.
    pub(super) fn is_object(&self, mut object: Vec<u8>, object_id: ObjectId) -> State {
        object.truncate(self.partition.length());
        match Envelope::from_bytes(object) {
            Ok(envelope) if envelope.object_id() == object_id => State::Complete(envelope),
            _ => State::Forged,
        }
    }
}

/// The symbol that a frame carries for a position.
fn carried_by<'a>(frames: &'a [Kept], partition: &Partition, frame: u32, position: usize) -> Option<&'a [u8]> {
    let Kept { span, symbols, .. } = frames.get(frame as usize)?;
    let at = position.checked_sub(span.first)?.checked_mul(partition.symbol_size())?;
    symbols.get(at..at + partition.symbol_size())
}

/// The only symbol of a position that a frame which is no suspect still claims; `None` if there are none or several.
pub(super) fn undisputed<'a>(claims: &'a [Candidate], suspects: &Suspects) -> Option<&'a Candidate> {
    let believed = |claim: &&Candidate| claim.iter().any(|frame| !suspects.contains(frame));
    let mut left = claims.iter().filter(believed);
    left.next().filter(|_| left.next().is_none())
}
