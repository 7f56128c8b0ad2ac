//! What a censor floods readers with: frames of objects that do not exist.

use shabnameh::codec::envelope::{MAX_ENVELOPE, ObjectId};
use shabnameh::codec::fec::{Encoder, Partition};
use shabnameh::codec::frame::Frame;
use shabnameh::trial::chance::Chance;

/// About 64 KB of forged frames of objects that do not exist, in one of many ways.
pub fn forged(way: usize, seed: u64) -> Vec<Frame> {
    let mut chance = Chance(seed);
    let mut frames = Vec::new();
    let lengths = [46, 80, 200, 500, 1_000, 2_016, 5_000, 18_900, 20_000, 60_000];
    let length = lengths[way % lengths.len()];
    let partition = Partition::new(length).unwrap();
    let (k, size) = (partition.source_symbols(), partition.symbol_size());
    let mut bytes = 0;
    let mut number = seed * 1_000_003;
    while bytes < 40_000 {
        number += 1;
        let object = Chance(number).bytes(length);
        let truth = Encoder::new(&object).unwrap();
        let id = ObjectId(number.to_be_bytes());
        let mut push = |first: usize, count: usize, lie: bool| {
            let count = count.clamp(1, (partition.positions() - first).min(2_800 / size).max(1));
            let symbols = if lie { chance.bytes(count * size) } else { truth.symbols(first..first + count) };
            frames.push(Frame::new(id, partition, first, symbols).unwrap());
            bytes += count * size + 30;
        };
        match way / lengths.len() {
            // Each position on its own, two rivals; then wide ones that overlap them, two rivals each.
            0 => {
                (0..k.min(255)).for_each(|at| push(at, 1, true));
                (0..2 * 30).for_each(|at| push(at / 2 % 100, 60, true));
            }
            // All symbols of another object, and no more than it takes.
            1 => (0..k).for_each(|at| push(at, 1, false)),
            // The same, all there are.
            2 => (0..partition.positions().min(255)).for_each(|at| push(at, 1, false)),
            // Half of them true to each other, half chance.
            3 => (0..partition.positions().min(255)).for_each(|at| push(at, 1, at % 2 == 0)),
            // Rivals without end on as few positions as it takes.
            4 => (0..k.min(255)).for_each(|at| (0..3).for_each(|_| push(at, 1, true))),
            // Frames of all widths.
            5 => (0..60).for_each(|at| push(at * 7 % (k + 40).min(255), 1 + at % 23, at % 3 > 0)),
            // Lies of a low rank.
            _ => (0..partition.positions().min(255)).for_each(|at| push(at, 1, at % 5 == 0)),
        }
        if k > 400 {
            break;
        }
    }
    frames
}

/// A frame of an object that does not exist: of those that have enough, of those that never will, of huge ones.
pub fn decoy(number: u64, kind: u8, chance: &mut Chance) -> Frame {
    let (length, object) = match kind % 4 {
        // Six frames make one that is not what it says.
        0 => (1_000, number / 6),
        1 => (50_000, number / 3),
        2 => (MAX_ENVELOPE - number as usize, number),
        _ => (46, number),
    };
    let partition = Partition::new(length).unwrap();
    let count = if kind.is_multiple_of(4) { partition.source_symbols() / 5 } else { 3 };
    let first = number as usize % 6 * count;
    let symbols = chance.bytes(count * partition.symbol_size());
    let [.., a, b, c, d] = object.to_be_bytes();
    Frame::new(ObjectId([7, kind, 7, 7, a, b, c, d]), partition, first, symbols).unwrap()
}
