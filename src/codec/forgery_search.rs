//! Which frames are forged, where an object does not come out by itself (format.md, section 2.4).
//!
//! All work is charged: an adversary decides what is searched, but not for how long.
//!
//! First errors are located block by block ([`locate`]). A forged frame carries several symbols: if one of them is
//! located, the others are dropped too. So a block with too many forged symbols for the code may have few enough once
//! other blocks, or its own undisputed symbols, are decoded. Beyond that, sets of frames are tried. The object's hash
//! decides in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::candidates::{Candidates, FrameSpan, Position, Suspects, Symbols, undisputed};
use super::envelope::ObjectId;
use super::fec::{self, Partition};
use super::progress::State;
use super::work::{self, Work};
use super::{error_locator, gf256};

/// Most combinations of rival frames that are kept at once.
const MAX_COMBINATIONS: usize = 50_000;
/// Most slots that are tried against each other: a block takes at most 127 of them.
const MAX_SLOTS: usize = 512;
/// What a combination of frames takes to be kept, in units of work, besides its sum.
const KEEPING: usize = 20;
/// What an attempt takes at least.
const ATTEMPT: usize = 100;

/// Work of locating errors in an object once.
pub(super) fn first_look(claims: &Candidates) -> usize {
    let partition = claims.partition();
    let claimed = claims.positions();
    let symbol = work::of_bytes(partition.symbol_size());
    claimed * (claimed / partition.blocks() + partition.k(0)) * symbol / 4 + 2 * claims.links()
}

/// The object without the frames that are located as forged: see [`without_forged`].
pub(super) fn told(claims: &Candidates, object_id: ObjectId, work: &mut Work) -> State {
    let mut search = Search::new(claims, object_id, *work);
    let found = search.told(Suspects::new());
    *work = search.work;
    found.unwrap_or(State::Forged)
}

/// The object without its forged frames, if they are found within `work`, which is spent where they are not.
pub(super) fn without_forged(claims: &Candidates, object_id: ObjectId, work: &mut Work) -> State {
    let mut search = Search::new(claims, object_id, *work);
    let found = search.told(Suspects::new()).or_else(|| {
        search.slots = slots(claims, &mut search.work);
        search.overlaps = overlaps(&search.slots, &mut search.work);
        // Each strategy has a share of the work, and what the others leave.
        let all = search.work.left();
        search.work = Work::new(all / 3);
        let found = search.by_cut().or_else(|| search.without_one_or_two());
        search.work = Work::new(search.work.left() + all / 3);
        // A set with one symbol more than K is checked by that symbol; a set of just K only by the hash.
        let found = found.or_else(|| search.deeper(0, 0, 1, &mut Vec::new(), &Overlap::default()));
        search.work = Work::new(search.work.left() + all - 2 * (all / 3));
        found.or_else(|| search.deeper(0, 0, 0, &mut Vec::new(), &Overlap::default()))
    });
    *work = search.work;
    found.unwrap_or(State::Forged)
}

/// Adds the frames that are located as forged, as far as the work goes.
fn suspects_by_code(claims: &Candidates, mut suspects: Suspects, work: &mut Work) -> Suspects {
    let partition = claims.partition();
    loop {
        let before = suspects.len();
        for block in 0..partition.blocks() {
            let k = partition.k(block);
            if work.spend(2 * claims.links() / partition.blocks()).is_none() {
                return suspects;
            }
            let believed: Symbols<'_> = claims
                .of_block(block)
                .filter_map(|position| {
                    let claim = undisputed(position.claims, &suspects)?;
                    Some((position.esi, claims.claimed(position.at, claim)?))
                })
                .collect();
            let Some(forged) = error_locator::forged(k, &believed, work) else { continue };
            let good: Symbols<'_> =
                believed.iter().enumerate().filter(|(at, _)| !forged.contains(at)).map(|(_, symbol)| *symbol).collect();
            suspects.extend(contradicting(claims, block, &good, work).unwrap_or_default());
        }
        if suspects.len() == before || work.left() == 0 {
            return suspects;
        }
    }
}

/// The frames that claim something else in a block than what follows from symbols that are taken to be true; `None`
/// from fewer than K of them, or too little work.
fn contradicting(claims: &Candidates, block: usize, good: &[(u8, &[u8])], work: &mut Work) -> Option<Suspects> {
    let partition = claims.partition();
    let (k, size) = (partition.k(block), partition.symbol_size());
    let esis: Vec<u8> = claims.of_block(block).map(|position| position.esi).collect();
    work.spend(esis.len() * k * work::of_bytes(size) / 2 + 4 * claims.links() / partition.blocks())?;
    let true_ones = fec::predict(k, size, good, &esis)?;
    let rivals = claims.of_block(block).zip(&true_ones).flat_map(|(position, true_one)| {
        let Position { at, claims: rivals, .. } = position;
        rivals.iter().filter(move |claim| claims.claimed(at, claim) != Some(true_one)).flatten()
    });
    Some(rivals.copied().collect())
}

/// Frames that claim the same positions: one of them at most is true.
struct Slot {
    span: FrameSpan,
    /// The positions of the first block among them.
    positions: Arc<[usize]>,
    frames: Vec<u32>,
}

/// The slots of an object that bring something to its first block, those with the fewest rivals first, as many as are
/// tried.
fn slots(claims: &Candidates, work: &mut Work) -> Vec<Slot> {
    let partition = claims.partition();
    let mut slots: Vec<Slot> = Vec::new();
    let mut by_span: BTreeMap<FrameSpan, usize> = BTreeMap::new();
    let _ = work.spend(4 * claims.links());
    for (number, span) in (0u32..).zip(claims.spans()) {
        let at = *by_span.entry(span).or_insert_with(|| {
            let positions = span.first..span.first + span.count;
            let positions = positions.filter(|position| partition.at(*position).0 == 0).collect();
            slots.push(Slot { span, positions, frames: Vec::new() });
            slots.len() - 1
        });
        slots.get_mut(at).into_iter().for_each(|slot| slot.frames.push(number));
    }
    slots.retain(|slot| !slot.positions.is_empty());
    slots.sort_by_key(|slot| (slot.frames.len(), std::cmp::Reverse(slot.span.count), slot.span));
    slots.truncate(MAX_SLOTS);
    slots
}

/// A set of slots, a bit each.
type Overlap = [u64; MAX_SLOTS / 64];

/// Of each slot those that claim a position of it as well.
fn overlaps(slots: &[Slot], work: &mut Work) -> Vec<Overlap> {
    let _ = work.spend(slots.len() * slots.len() / 8);
    let overlap = |one: &Slot| {
        let mut set = Overlap::default();
        for (at, other) in slots.iter().enumerate() {
            let apart = one.span.first >= other.span.first + other.span.count
                || other.span.first >= one.span.first + one.span.count;
            set.iter_mut().skip(at / 64).take(1).for_each(|word| *word |= u64::from(!apart) << (at % 64));
        }
        set
    };
    slots.iter().map(overlap).collect()
}

fn holds(set: &Overlap, at: usize) -> bool {
    set.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// A frame of a slot, and what it adds to the sum that is zero if all frames of a set are true.
type Contribution = (u32, Vec<u8>);

/// The frames of a set of slots against each other.
struct Rivals<'a> {
    /// The positions of the first block in each slot.
    positions: &'a [Arc<[usize]>],
    /// The choices of the first slots, by the sums of their parts, or all under none where no sum tells.
    by_sum: BTreeMap<Vec<u8>, Vec<Vec<u32>>>,
    /// The slots after them.
    right: &'a [Vec<Contribution>],
    /// Whether there are more than K symbols, so that a parity check can reject a set.
    checked: bool,
}

/// Tries sets of frames.
struct Search<'a> {
    claims: &'a Candidates,
    object_id: ObjectId,
    partition: &'a Partition,
    slots: Vec<Slot>,
    /// Of each slot those that overlap it.
    overlaps: Vec<Overlap>,
    work: Work,
    /// The hashes of what was left out before, and did not help.
    tried: BTreeSet<ObjectId>,
}

impl<'a> Search<'a> {
    fn new(claims: &'a Candidates, object_id: ObjectId, work: Work) -> Self {
        let (slots, overlaps, partition) = (Vec::new(), Vec::new(), claims.partition());
        Search { claims, object_id, partition, slots, overlaps, work, tried: BTreeSet::new() }
    }

    /// The object without some frames, if that is it.
    fn without(&mut self, suspects: &Suspects) -> Option<State> {
        let (k, size) = (self.partition.k(0), self.partition.symbol_size());
        self.work.spend(self.partition.source_symbols() * k * work::of_bytes(size) / 2 + 4 * self.claims.links())?;
        match self.claims.without(suspects, self.object_id) {
            State::Complete(envelope) => Some(State::Complete(envelope)),
            _ => None,
        }
    }

    /// The object without some frames, and without those that are located as forged then.
    fn told(&mut self, suspects: Suspects) -> Option<State> {
        let suspects = suspects_by_code(self.claims, suspects, &mut self.work);
        self.without(&suspects)
    }

    /// Believes frames of one cut only, or of two: those that were printed together carry as many symbols each, and
    /// begin in step. A forged frame of another cut disputes many of them at once.
    fn by_cut(&mut self) -> Option<State> {
        let mut cuts: BTreeMap<(usize, usize), Suspects> = BTreeMap::new();
        for (number, span) in (0u32..).zip(self.claims.spans()) {
            cuts.entry((span.count, span.first % span.count.max(1))).or_default().insert(number);
        }
        let mut cuts: Vec<((usize, usize), Suspects)> = cuts.into_iter().collect();
        cuts.sort_by_key(|((count, _), frames)| std::cmp::Reverse(count * frames.len()));
        let ones = (0..cuts.len()).map(|one| vec![one]);
        let pairs = (1..cuts.len()).flat_map(|one| (0..one).map(move |other| vec![one, other]));
        for believed in ones.chain(pairs) {
            self.work.spend(4 * self.claims.spans().len() + cuts.len())?;
            let others = cuts.iter().enumerate().filter(|(at, _)| !believed.contains(at));
            let found = self.told(others.flat_map(|(_, (_, frames))| frames).copied().collect());
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Leaves out one frame, or two, those first that claim most: a frame of many symbols may forge more than the code
    /// can tell.
    fn without_one_or_two(&mut self) -> Option<State> {
        let mut spans: Vec<(u32, usize)> = (0u32..).zip(self.claims.spans().map(|span| span.count)).collect();
        spans.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let frames: Vec<u32> = spans.into_iter().map(|(number, _)| number).collect();
        let ones = frames.iter().map(|one| Suspects::from([*one]));
        let pairs = (1..frames.len()).flat_map(|at| {
            let (before, rest) = frames.split_at(at);
            rest.first().into_iter().flat_map(move |one| before.iter().map(move |other| Suspects::from([*one, *other])))
        });
        for suspects in ones.chain(pairs) {
            self.work.spend(1)?;
            let found = self.told(suspects);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Tries sets of slots that do not overlap and give the first block so many symbols more than it takes. `taken` are
    /// the slots that overlap one that was chosen.
    fn deeper(
        &mut self,
        from: usize,
        have: usize,
        surplus: usize,
        chosen: &mut Vec<usize>,
        taken: &Overlap,
    ) -> Option<State> {
        if have >= self.partition.k(0) + surplus {
            return self.rivals(chosen, surplus);
        }
        for at in from..self.slots.len() {
            self.work.spend(1)?;
            if holds(taken, at) {
                continue;
            }
            let brings = self.slots.get(at)?.positions.len();
            let mut taken = *taken;
            taken.iter_mut().zip(self.overlaps.get(at)?).for_each(|(word, more)| *word |= more);
            chosen.push(at);
            let found = self.deeper(at + 1, have + brings, surplus, chosen, &taken);
            chosen.pop();
            if found.is_some() || self.work.left() == 0 {
                return found;
            }
        }
        None
    }

    /// Tries the frames of a set of slots against each other.
    fn rivals(&mut self, chosen: &[usize], surplus: usize) -> Option<State> {
        let slots = || chosen.iter().filter_map(|at| self.slots.get(*at));
        let symbols: usize = slots().map(|slot| slot.positions.len()).sum();
        let parts: usize = slots().map(|slot| slot.positions.len() * slot.frames.len()).sum();
        let checked = surplus > 0;
        let summing =
            if checked { parts * work::of_bytes(self.partition.symbol_size()) + symbols * symbols / 2 } else { 0 };
        self.work.spend(summing + parts + ATTEMPT)?;
        let slots: Vec<&Slot> = chosen.iter().filter_map(|at| self.slots.get(*at)).collect();
        let positions: Vec<Arc<[usize]>> = slots.iter().map(|slot| Arc::clone(&slot.positions)).collect();
        // What each frame adds to a sum that is zero if all of them are true.
        let weights = if checked {
            let esis: Vec<u8> =
                positions.iter().flat_map(|positions| positions.iter()).map(|at| self.partition.at(*at).1).collect();
            error_locator::parity_check(&esis)
        } else {
            vec![0; symbols]
        };
        let mut weights = weights.as_slice();
        let mut parts: Vec<Vec<Contribution>> = Vec::new();
        for Slot { positions, frames, .. } in slots {
            let (own, rest) = weights.split_at_checked(positions.len())?;
            weights = rest;
            let part = |frame: &u32| {
                let mut sum = vec![0; if checked { self.partition.symbol_size() } else { 0 }];
                for (position, weight) in positions.iter().zip(own).filter(|_| checked) {
                    gf256::add_scaled(*weight, self.claims.symbol(*position, *frame)?, &mut sum);
                }
                Some((*frame, sum))
            };
            parts.push(frames.iter().filter_map(part).collect());
        }
        // As many as can be kept stand on one side; those of the other are gone through one by one.
        let mut kept = 1usize;
        let fit = parts.iter().take_while(|rivals| {
            kept = kept.saturating_mul(rivals.len());
            kept <= MAX_COMBINATIONS
        });
        let (left, right) = parts.split_at_checked(fit.count().min(parts.len().div_ceil(2)))?;
        let combinations = self.combinations(left)?;
        let zero = parts.iter().flatten().next().map_or(Vec::new(), |(_, sum)| vec![0; sum.len()]);
        let mut rivals = Rivals { positions: &positions, right, by_sum: BTreeMap::new(), checked };
        for (frames, sum) in combinations {
            rivals.by_sum.entry(sum).or_default().push(frames);
        }
        self.against(&rivals, 0, &zero, &mut Vec::new())
    }

    /// Goes through the frames of the slots of one side, and tries each choice with those of the other side that have
    /// the same sum.
    fn against(&mut self, rivals: &Rivals<'_>, depth: usize, sum: &[u8], chosen: &mut Vec<u32>) -> Option<State> {
        let Some(slot) = rivals.right.get(depth) else {
            let left = rivals.by_sum.get(sum).into_iter().flatten();
            for left in left {
                let found = self.attempt(&[left, chosen.as_slice()].concat(), rivals);
                if found.is_some() || self.work.left() == 0 {
                    return found;
                }
            }
            return None;
        };
        for (frame, part) in slot {
            self.work.spend(KEEPING + work::of_bytes(sum.len()))?;
            let mut sum = sum.to_vec();
            gf256::add_scaled(1, part, &mut sum);
            chosen.push(*frame);
            let found = self.against(rivals, depth + 1, &sum, chosen);
            chosen.pop();
            if found.is_some() || self.work.left() == 0 {
                return found;
            }
        }
        None
    }

    /// Every choice of one frame from each slot, with the sum of their parts. `None` where there are too many.
    fn combinations(&mut self, slots: &[Vec<Contribution>]) -> Option<Vec<(Vec<u32>, Vec<u8>)>> {
        let size = slots.iter().flatten().next().map_or(0, |(_, sum)| sum.len());
        let mut all = vec![(Vec::new(), vec![0; size])];
        for rivals in slots {
            let count = all.len().checked_mul(rivals.len()).filter(|count| *count <= MAX_COMBINATIONS)?;
            self.work.spend(count * (KEEPING + work::of_bytes(size)))?;
            all = all
                .iter()
                .flat_map(|(frames, sum): &(Vec<u32>, Vec<u8>)| {
                    rivals.iter().map(move |(frame, part)| {
                        let mut sum = sum.clone();
                        gf256::add_scaled(1, part, &mut sum);
                        ([frames.as_slice(), &[*frame]].concat(), sum)
                    })
                })
                .collect();
        }
        Some(all)
    }

    /// Believes a set of frames: what contradicts them in the first block is forged.
    fn attempt(&mut self, frames: &[u32], rivals: &Rivals<'_>) -> Option<State> {
        self.work.spend(ATTEMPT)?;
        let good: Symbols<'_> = frames
            .iter()
            .zip(rivals.positions)
            .flat_map(|(frame, positions)| positions.iter().map(move |position| (frame, position)))
            .filter_map(|(frame, at)| Some((self.partition.at(*at).1, self.claims.symbol(*at, *frame)?)))
            .collect();
        if self.partition.blocks() == 1 {
            return self.is_whole(&good);
        }
        let suspects = contradicting(self.claims, 0, &good, &mut self.work)?;
        let found = self.without(&suspects);
        // A set that passes the check and does not decode may fail in another block; the same set is not tried twice.
        let named: Vec<u8> = suspects.iter().flat_map(|number| number.to_be_bytes()).collect();
        if found.is_some() || !rivals.checked || !self.tried.insert(ObjectId::of(&named)) {
            return found;
        }
        self.told(suspects)
    }

    /// The object, if these symbols of its only block give it.
    fn is_whole(&mut self, good: &[(u8, &[u8])]) -> Option<State> {
        let (k, size) = (self.partition.k(0), self.partition.symbol_size());
        self.work.spend(k * k * work::of_bytes(size) / 2 + work::of_bytes(self.partition.length()))?;
        let object = fec::restore(k, size, good)?;
        Some(self.claims.is_object(object, self.object_id)).filter(|state| matches!(state, State::Complete(_)))
    }
}
