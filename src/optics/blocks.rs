//! Grey picture -> rows of dark and light pixels, by blocks and their neighbours: the way of ZXing's hybrid binarizer,
//! eight pixels at a time. Most of the time of a film's picture is spent here.

use super::raster::Grey;

/// Side of a block, in pixels: a row of it is a word of eight bytes.
const SIDE: usize = 8;
/// Blocks on each side that are averaged into a threshold.
const NEIGHBOURS: usize = 2;
/// A block whose greys differ by no more than this holds noise, no edge. Lower in pictures with less noise: see
/// [`flat`].
const FLAT: u8 = 24;
const LEAST_FLAT: u8 = 8;

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// One in each byte, and in each pair of bytes.
const ONES: u64 = 0x0101_0101_0101_0101;
const PAIRS: u64 = 0x0001_0001_0001_0001;

/// Pixels of a row, from left to right, from the lowest bit on: 1 dark.
pub type Bits = Vec<usize>;

/// The rows of a picture, from the top. A pixel is dark if it is at most the mean threshold of its block and the
/// neighbouring ones. `None` for a picture of fewer than five blocks either way.
pub fn rows(picture: &Grey) -> Option<impl Iterator<Item = Bits>> {
    let width = picture.width();
    let (columns, rows) = (width.div_ceil(SIDE), picture.height().div_ceil(SIDE));
    if columns.min(rows) < 2 * NEIGHBOURS + 1 {
        return None;
    }
    let points = points(picture, columns);
    let thresholds = move |row: usize| -> Vec<u64> {
        let first = row.clamp(NEIGHBOURS, rows - 1 - NEIGHBOURS) - NEIGHBOURS;
        let near = || points.chunks_exact(columns).skip(first).take(2 * NEIGHBOURS + 1);
        let sums: Vec<u32> =
            (0..columns).map(|x| near().filter_map(|row| row.get(x)).map(|point| u32::from(*point)).sum()).collect();
        let mean = |x: usize| {
            let left = x.clamp(NEIGHBOURS, columns - 1 - NEIGHBOURS) - NEIGHBOURS;
            u64::from(sums.iter().skip(left).take(2 * NEIGHBOURS + 1).sum::<u32>() / 25)
        };
        (0..columns).map(|x| mean(x) * ONES).collect()
    };
    let mut now = Vec::new();
    let lines = picture.pixels().chunks_exact(width).enumerate();
    Some(lines.map(move |(y, line)| {
        if y % SIDE == 0 {
            now = thresholds(y / SIDE);
        }
        packed(width, words(line).zip(&now).map(|(word, threshold)| at_most(word, *threshold)))
    }))
}

/// The pixels of a row that are darker than their thresholds.
pub fn darker(line: &[u8], thresholds: &[u8]) -> Bits {
    packed(line.len(), words(line).zip(words(thresholds)).map(|(word, threshold)| !at_most(threshold, word) & HIGH))
}

/// The highest bits of the bytes of words, so many, side by side.
fn packed(width: usize, mut words: impl Iterator<Item = u64>) -> Bits {
    let word = |_| {
        let eights = words.by_ref().take(usize::BITS as usize / SIDE).enumerate();
        eights.fold(0, |bits, (number, high)| bits | gathered(high) << (number * SIDE))
    };
    (0..width.div_ceil(usize::BITS as usize)).map(word).collect()
}

/// A row, eight pixels at a time; the last ones are filled up with the last.
fn words(line: &[u8]) -> impl Iterator<Item = u64> {
    let (whole, rest) = line.as_chunks::<SIDE>();
    let last = rest.last().map(|last| {
        let mut word = [*last; SIDE];
        word.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        word
    });
    whole.iter().copied().chain(last).map(u64::from_le_bytes)
}

/// The highest bit of each byte that is at most that of the other word.
fn at_most(word: u64, other: u64) -> u64 {
    // Without its highest bit no byte borrows from the next one.
    let lower = (other | HIGH) - (word & !HIGH);
    ((other & !word) | (!(other ^ word) & lower)) & HIGH
}

/// The highest bits of the bytes, side by side.
fn gathered(high: u64) -> usize {
    ((high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize
}

/// A block: the mean of its lights, the least and the greatest.
#[derive(Clone, Copy)]
struct PixelBlock {
    mean: u8,
    least: u8,
    most: u8,
}

/// The blocks of a picture, row by row.
fn blocks(picture: &Grey, columns: usize) -> Vec<PixelBlock> {
    let mut all = Vec::with_capacity(columns * picture.height().div_ceil(SIDE));
    for lines in picture.pixels().chunks(SIDE * picture.width()) {
        // Sums of four pairs of columns; the least and the greatest of each column.
        let mut blocks = vec![(0u64, u64::MAX, 0u64); columns];
        let mut count = 0;
        for line in lines.chunks_exact(picture.width()) {
            count += SIDE as u64;
            for ((sum, least, most), word) in blocks.iter_mut().zip(words(line)) {
                *sum += (word & (0xFF * PAIRS)) + ((word >> 8) & (0xFF * PAIRS));
                let lesser = (at_most(word, *least) >> 7) * 0xFF;
                *least = word & lesser | *least & !lesser;
                let greater = (at_most(*most, word) >> 7) * 0xFF;
                *most = word & greater | *most & !greater;
            }
        }
        all.extend(blocks.into_iter().map(|(sum, least, most)| PixelBlock {
            mean: ((sum.wrapping_mul(PAIRS) >> 48) / count) as u8,
            least: least.to_le_bytes().into_iter().min().unwrap_or_default(),
            most: most.to_le_bytes().into_iter().max().unwrap_or_default(),
        }));
    }
    all
}

/// The largest difference of greys in a block without an edge: one and a half times that of the evenest fifth of the
/// blocks, which are paper or another even ground.
fn flat(blocks: &[PixelBlock]) -> u8 {
    let mut counts = [0usize; 256];
    for block in blocks {
        counts.iter_mut().skip(usize::from(block.most - block.least)).take(1).for_each(|count| *count += 1);
    }
    let mut below = 0;
    let fifth = counts.iter().position(|count| {
        below += count;
        below * 5 >= blocks.len()
    });
    ((fifth.unwrap_or_default() * 3 / 2).min(255) as u8).clamp(LEAST_FLAT, FLAT)
}

/// The threshold of each block, row by row.
fn points(picture: &Grey, columns: usize) -> Vec<u8> {
    let blocks = blocks(picture, columns);
    let flat = flat(&blocks);
    let mut points: Vec<u8> = Vec::with_capacity(blocks.len());
    for row in blocks.chunks(columns) {
        let above = points.len().checked_sub(columns);
        for (x, PixelBlock { mean, least, most }) in row.iter().copied().enumerate() {
            let before = |back: usize| above.and_then(|above| points.get((above + x).checked_sub(back)?)).copied();
            points.push(if most - least > flat {
                mean
            } else {
                // No edge: it is paper, unless its neighbours have a higher threshold.
                let left = points.last().copied().filter(|_| x > 0);
                let neighbours = match (before(0), left, before(1)) {
                    (Some(up), Some(left), Some(corner)) => {
                        (u32::from(up) + 2 * u32::from(left) + u32::from(corner)) / 4
                    }
                    _ => 0,
                };
                if u32::from(least) < neighbours { neighbours as u8 } else { least / 2 }
            });
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_a_time_are_as_one_by_one() {
        let mut state = 7u64;
        let mut bytes = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // Lights close to each other, and at both ends.
            let near = (state >> 33).to_le_bytes();
            state.to_le_bytes().map(|byte| if byte & 64 == 0 { near[0] } else { byte })
        };
        for _ in 0..20_000 {
            let (word, other) = (bytes(), bytes());
            let expected = (0..8).filter(|at| word[*at] <= other[*at]).fold(0, |bits, at| bits | 1 << at);
            assert_eq!(gathered(at_most(u64::from_le_bytes(word), u64::from_le_bytes(other))), expected);
        }
    }

    #[test]
    fn a_shadow_over_print_parts_no_light_from_dark() {
        // Squares of 6 pixels in a light that falls to a third, at a width that no block divides.
        let (width, height) = (203, 101);
        let light = |x: usize| 240 - 160 * x / width;
        let is_dark = |x: usize, y: usize| (x / 6 + y / 6).is_multiple_of(2);
        let pixels = (0..width * height)
            .map(|at| (light(at % width) / if is_dark(at % width, at / width) { 3 } else { 1 }) as u8)
            .collect();
        let picture = Grey::new(width, height, pixels).unwrap();
        let rows: Vec<Bits> = rows(&picture).unwrap().collect();
        assert_eq!(rows.len(), height);
        let bits = usize::BITS as usize;
        for (y, row) in rows.iter().enumerate() {
            for x in 0..width {
                assert_eq!(row[x / bits] >> (x % bits) & 1 == 1, is_dark(x, y), "{x} {y}");
            }
        }
        assert!(super::rows(&Grey::blank(32, 200, 0)).is_none());
    }
}
