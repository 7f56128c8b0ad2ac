//! Which frames are forged, where an object does not come out by itself (format.md, section 2.4).
//!
//! First the code itself tells, block by block ([`locate`]). A forged frame carries several symbols: whoever is caught with one of them is not
//! believed in the others either, and so a block that has too many forged symbols for the code may have few enough once the other blocks, or its
//! own undisputed symbols, have told. Beyond that, sets of frames are tried. Only the object's hash is believed in the end.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claims, Span, State, Suspects, Symbols, undisputed};
use super::envelope::ObjectId;
use super::fec::{self, Partition};
use super::field;
use super::locate;

/// Most combinations of rival frames that are kept at once.
const MAX_COMBINATIONS: usize = 50_000;

/// The object without its forged frames, if they can be told within so many steps; none are left where they did not suffice. What the code tells by
/// itself is looked at in any case.
pub(super) fn without_forged(claims: &Claims, object_id: ObjectId, partition: &Partition, steps: &mut usize) -> State {
    let mut search =
        Search { claims, object_id, partition, slots: slots(claims, partition), steps: *steps, tried: BTreeSet::new() };
    let found = search.told(Suspects::new()).or_else(|| {
        let all = search.steps;
        // Each way of searching has a part of the steps, and what the others leave.
        search.steps = all / 3;
        let found = search.by_cut().or_else(|| search.without_one_or_two());
        search.steps += all / 3;
        // A set with one symbol more than it takes is checked by that one; a bare set only by the hash.
        let found = found.or_else(|| search.deeper(0, 0, 1, &mut Vec::new()));
        search.steps += all - 2 * (all / 3);
        found.or_else(|| search.deeper(0, 0, 0, &mut Vec::new()))
    });
    *steps = search.steps;
    found.unwrap_or(State::Forged)
}

/// Adds the frames that the code tells to be forged.
fn suspects_by_code(claims: &Claims, partition: &Partition, mut suspects: Suspects) -> Suspects {
    loop {
        let before = suspects.len();
        for block in 0..partition.blocks() {
            let k = partition.k(block);
            let believed: Symbols<'_> = claims
                .of_block(partition, block)
                .filter_map(|(esi, claims)| Some((esi, &*claims.get(undisputed(claims, &suspects)?)?.symbol)))
                .collect();
            let Some(forged) = locate::forged(k, &believed) else { continue };
            let good: Symbols<'_> =
                believed.iter().enumerate().filter(|(at, _)| !forged.contains(at)).map(|(_, symbol)| *symbol).collect();
            suspects.extend(contradicting(claims, partition, block, &good));
        }
        if suspects.len() == before {
            return suspects;
        }
    }
}

/// The frames that claim something else in a block than what follows from symbols that are taken to be true.
fn contradicting(claims: &Claims, partition: &Partition, block: usize, good: &[(u8, &[u8])]) -> Suspects {
    let esis: Vec<u8> = claims.of_block(partition, block).map(|(esi, _)| esi).collect();
    let Some(true_ones) = fec::predict(partition.k(block), partition.symbol_size(), good, &esis) else {
        return Suspects::new();
    };
    let rivals = claims.of_block(partition, block).zip(&true_ones).flat_map(|((_, claims), true_one)| {
        claims.iter().filter(move |claim| *claim.symbol != **true_one).flat_map(|claim| &claim.frames)
    });
    rivals.copied().collect()
}

/// Frames that claim the same positions: one of them at most is true.
struct Slot {
    span: Span,
    /// The positions of the first block among them.
    positions: Vec<usize>,
    frames: Vec<u32>,
}

/// The slots of an object, those with the fewest rivals first.
fn slots(claims: &Claims, partition: &Partition) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut by_span: BTreeMap<Span, usize> = BTreeMap::new();
    for (number, span) in (0u32..).zip(claims.frames()) {
        let at = *by_span.entry(*span).or_insert_with(|| {
            let positions = span.first..span.first + span.count;
            let positions = positions.filter(|position| partition.at(*position).0 == 0).collect();
            slots.push(Slot { span: *span, positions, frames: Vec::new() });
            slots.len() - 1
        });
        slots.get_mut(at).into_iter().for_each(|slot| slot.frames.push(number));
    }
    slots.sort_by_key(|slot| (slot.frames.len(), std::cmp::Reverse(slot.span.count), slot.span));
    slots
}

/// A frame of a slot, and what it adds to the sum that is zero if all frames of a set are true.
type Part = (u32, Vec<u8>);

/// The frames of a set of slots against each other.
struct Rivals<'a> {
    /// The positions of the first block in each slot.
    positions: &'a [Vec<usize>],
    /// The choices of the first slots, by the sums of their parts, or all under none where no sum tells.
    by_sum: BTreeMap<Vec<u8>, Vec<Vec<u32>>>,
    /// The slots after them.
    right: &'a [Vec<Part>],
    /// Whether there is a symbol more than it takes, so that sums tell.
    checked: bool,
}

/// Tries sets of frames.
struct Search<'a> {
    claims: &'a Claims,
    object_id: ObjectId,
    partition: &'a Partition,
    slots: Vec<Slot>,
    /// Steps left.
    steps: usize,
    /// What was left out before, and did not help.
    tried: BTreeSet<Suspects>,
}

impl Search<'_> {
    /// Spends steps; `None` where there are too few, and then there are none.
    fn spend(&mut self, steps: usize) -> Option<()> {
        let left = self.steps.checked_sub(steps);
        self.steps = left.unwrap_or_default();
        left.map(drop)
    }

    /// The object without some frames, if that is it.
    fn without(&self, suspects: &Suspects) -> Option<State> {
        match self.claims.without(suspects, self.object_id, self.partition) {
            State::Complete(envelope) => Some(State::Complete(envelope)),
            State::NeedMore | State::Forged => None,
        }
    }

    /// The object without some frames, and without those that the code then tells.
    fn told(&mut self, suspects: Suspects) -> Option<State> {
        let claimed = self.claims.positions();
        // Where there are too few steps, this is the last.
        let _ =
            self.spend(claimed * (claimed / self.partition.blocks() + self.partition.k(0)) + 2 * self.claims.links());
        self.without(&suspects_by_code(self.claims, self.partition, suspects))
    }

    /// Believes frames of one cut only, or of two: those that were printed together carry as many symbols each, and begin in step. A forged frame of
    /// another cut disputes many of them at once.
    fn by_cut(&mut self) -> Option<State> {
        let mut cuts: BTreeMap<(usize, usize), Suspects> = BTreeMap::new();
        for (number, span) in (0u32..).zip(self.claims.frames()) {
            cuts.entry((span.count, span.first % span.count.max(1))).or_default().insert(number);
        }
        let mut cuts: Vec<((usize, usize), Suspects)> = cuts.into_iter().collect();
        cuts.sort_by_key(|((count, _), frames)| std::cmp::Reverse(count * frames.len()));
        let ones = (0..cuts.len()).map(|one| vec![one]);
        let pairs = (1..cuts.len()).flat_map(|one| (0..one).map(move |other| vec![one, other]));
        for believed in ones.chain(pairs) {
            if self.steps == 0 {
                return None;
            }
            let others = cuts.iter().enumerate().filter(|(at, _)| !believed.contains(at));
            let found = self.told(others.flat_map(|(_, (_, frames))| frames).copied().collect());
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Leaves out one frame, or two, those first that claim most: a frame of many symbols may forge more than the code can tell.
    fn without_one_or_two(&mut self) -> Option<State> {
        let mut frames: Vec<u32> = (0u32..).zip(self.claims.frames()).map(|(number, _)| number).collect();
        let count = |number: &u32| self.claims.frames().get(*number as usize).map_or(0, |span| span.count);
        frames.sort_by_key(|number| std::cmp::Reverse(count(number)));
        let ones = frames.iter().map(|one| Suspects::from([*one]));
        let pairs = (1..frames.len()).flat_map(|at| {
            let (before, rest) = frames.split_at(at);
            rest.first().into_iter().flat_map(move |one| before.iter().map(move |other| Suspects::from([*one, *other])))
        });
        for suspects in ones.chain(pairs) {
            if self.steps == 0 {
                return None;
            }
            let found = self.told(suspects);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Tries sets of slots that do not overlap and give the first block so many symbols more than it takes.
    fn deeper(&mut self, from: usize, have: usize, surplus: usize, chosen: &mut Vec<usize>) -> Option<State> {
        if have >= self.partition.k(0) + surplus {
            return self.rivals(chosen, surplus);
        }
        for at in from..self.slots.len() {
            let Slot { span, positions, .. } = self.slots.get(at)?;
            let brings = positions.len();
            let overlaps = |other: &usize| {
                self.slots.get(*other).is_some_and(|other| {
                    other.span.first < span.first + span.count && span.first < other.span.first + other.span.count
                })
            };
            if brings == 0 || chosen.iter().any(overlaps) {
                continue;
            }
            self.spend(1)?;
            chosen.push(at);
            let found = self.deeper(at + 1, have + brings, surplus, chosen);
            chosen.pop();
            if found.is_some() || self.steps == 0 {
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
        self.spend(parts + symbols * symbols / 32)?;
        let slots: Vec<&Slot> = chosen.iter().filter_map(|at| self.slots.get(*at)).collect();
        let positions: Vec<Vec<usize>> = slots.iter().map(|slot| slot.positions.clone()).collect();
        let esis: Vec<u8> = positions.iter().flatten().map(|position| self.partition.at(*position).1).collect();
        let weights = locate::parity_check(&esis);
        // What each frame adds to a sum that is zero if all of them are true.
        let mut weights = weights.as_slice();
        let mut parts: Vec<Vec<Part>> = Vec::new();
        for Slot { positions, frames, .. } in slots {
            let (own, rest) = weights.split_at_checked(positions.len())?;
            weights = rest;
            let part = |frame: &u32| {
                let mut sum = vec![0; self.partition.symbol_size()];
                for (position, weight) in positions.iter().zip(own) {
                    // A frame may have come when no more symbols were kept for one of its positions.
                    field::add_scaled(*weight, self.claims.symbol(*position, *frame)?, &mut sum);
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
        let mut rivals = Rivals { positions: &positions, right, by_sum: BTreeMap::new(), checked: surplus > 0 };
        for (frames, sum) in self.combinations(left)? {
            let sum = if rivals.checked { sum } else { Vec::new() };
            rivals.by_sum.entry(sum).or_default().push(frames);
        }
        self.against(&rivals, 0, &vec![0; self.partition.symbol_size()], &mut Vec::new())
    }

    /// Goes through the frames of the slots of one side, and tries each choice with those of the other side that have the same sum.
    fn against(&mut self, rivals: &Rivals<'_>, depth: usize, sum: &[u8], chosen: &mut Vec<u32>) -> Option<State> {
        let Some(slot) = rivals.right.get(depth) else {
            let same = if rivals.checked { sum } else { &[] };
            let left = rivals.by_sum.get(same).into_iter().flatten();
            for left in left {
                let found = self.attempt(&[left, chosen.as_slice()].concat(), rivals);
                if found.is_some() || self.steps == 0 {
                    return found;
                }
            }
            return None;
        };
        for (frame, part) in slot {
            self.spend(1)?;
            let mut sum = sum.to_vec();
            field::add_scaled(1, part, &mut sum);
            chosen.push(*frame);
            let found = self.against(rivals, depth + 1, &sum, chosen);
            chosen.pop();
            if found.is_some() || self.steps == 0 {
                return found;
            }
        }
        None
    }

    /// Every choice of one frame from each slot, with the sum of their parts. `None` where there are too many.
    fn combinations(&mut self, slots: &[Vec<Part>]) -> Option<Vec<(Vec<u32>, Vec<u8>)>> {
        let mut all = vec![(Vec::new(), vec![0; self.partition.symbol_size()])];
        for rivals in slots {
            let count = all.len().checked_mul(rivals.len()).filter(|count| *count <= MAX_COMBINATIONS)?;
            self.spend(count)?;
            all = all
                .iter()
                .flat_map(|(frames, sum): &(Vec<u32>, Vec<u8>)| {
                    rivals.iter().map(move |(frame, part)| {
                        let mut sum = sum.clone();
                        field::add_scaled(1, part, &mut sum);
                        ([frames.as_slice(), &[*frame]].concat(), sum)
                    })
                })
                .collect();
        }
        Some(all)
    }

    /// Believes a set of frames: what contradicts them in the first block is forged.
    fn attempt(&mut self, frames: &[u32], rivals: &Rivals<'_>) -> Option<State> {
        let k = self.partition.k(0);
        self.spend(self.claims.positions() * k + self.partition.source_symbols() * k + 2 * self.claims.links())?;
        let good: Symbols<'_> = frames
            .iter()
            .zip(rivals.positions)
            .flat_map(|(frame, positions)| positions.iter().map(move |position| (frame, position)))
            .filter_map(|(frame, at)| Some((self.partition.at(*at).1, self.claims.symbol(*at, *frame)?)))
            .collect();
        let suspects = contradicting(self.claims, self.partition, 0, &good);
        let found = self.without(&suspects);
        // What is checked, and still does not come out, has other blocks to look into; but the same not twice.
        if found.is_some() || !rivals.checked || !self.tried.insert(suspects.clone()) {
            return found;
        }
        self.told(suspects)
    }
}
