//! Soft modules -> hard modules. The least certain codewords count as erasures, as many as it takes, block by block; a
//! result is accepted only if noise would hardly give one.

use super::correct::correct;
use super::port;
use super::symbol::{Module, Symbol, format_bits, is_masked};

/// Formats tried, the best correlated first.
const FORMATS: usize = 3;
/// Most probable false result of a block on noise, as a logarithm to base 2. For each block alone, as one may be
/// covered where the others are not.
const BY_CHANCE: f64 = -20.0;

/// A module whose darkness is below this is unknown.
const UNSEEN: f32 = 0.01;

/// The modules of a symbol, row by row, `true` dark, as they were meant; `seen` has the same order, greater than 0
/// where a module looks dark, the surer the farther from 0. `None` where there is no telling.
pub fn meant(symbol: &Symbol, seen: &[f32]) -> Option<Vec<bool>> {
    formats(symbol, seen).into_iter().find_map(|format| {
        let bits = codeword_bits(symbol, seen, format & 7);
        let codewords = corrected(symbol.version(), format >> 3, &bits)?;
        Some(drawn(symbol, format, &codewords))
    })
}

/// The formats most like what was seen, the likeliest first: both copies count.
fn formats(symbol: &Symbol, seen: &[f32]) -> Vec<u8> {
    let mut sums = [0.0f32; 15];
    for (module, seen) in symbol.modules().iter().zip(seen) {
        if let Module::Format(bit) = module
            && let Some(sum) = sums.get_mut(usize::from(*bit))
        {
            *sum += seen.clamp(-1.0, 1.0);
        }
    }
    let likeness = |format: u8| -> f32 {
        let bits = format_bits(format);
        sums.iter().enumerate().map(|(bit, sum)| if bits >> bit & 1 == 1 { *sum } else { -*sum }).sum()
    };
    let mut formats: Vec<u8> = (0..32).collect();
    formats.sort_by(|a, b| likeness(*b).total_cmp(&likeness(*a)));
    formats.truncate(FORMATS);
    formats
}

/// The bits of the codewords without their mask, greater than 0 for 1.
fn codeword_bits(symbol: &Symbol, seen: &[f32], mask: u8) -> Vec<f32> {
    let mut bits = vec![0.0; symbol.modules().len()];
    for ((x, y, module), seen) in symbol.places().zip(seen) {
        if let Module::Data(number) = module
            && let Some(bit) = bits.get_mut(number)
        {
            *bit = if is_masked(mask, x, y) { -*seen } else { *seen };
        }
    }
    bits
}

/// A codeword as it was seen.
#[derive(Clone, Copy, Default)]
struct Codeword {
    value: u8,
    /// How unsure it is: 0 and more.
    doubt: f32,
    /// Whether some of its modules are unknown. Such a codeword is never taken as it is: a blank place is a valid
    /// block.
    is_unknown: bool,
}

impl Codeword {
    fn of(bits: &[f32]) -> Self {
        bits.iter().fold(Codeword::default(), |codeword, bit| Codeword {
            value: codeword.value << 1 | u8::from(*bit > 0.0),
            doubt: codeword.doubt + 1.0 / (1.0 + 16.0 * bit * bit),
            is_unknown: codeword.is_unknown || bit.abs() < UNSEEN,
        })
    }
}

/// For each codeword in the order in which they are placed, its block and its place in there (ISO/IEC 18004, 7.6).
fn order(data: &[usize], check: usize) -> Vec<(usize, usize)> {
    let longest = data.iter().copied().max().unwrap_or_default();
    let of_data = (0..longest).flat_map(|at| (0..data.len()).map(move |block| (block, at)));
    let of_data = of_data.filter(|(block, at)| data.get(*block).is_some_and(|length| at < length));
    let of_check = (0..check).flat_map(|at| data.iter().enumerate().map(move |(block, length)| (block, length + at)));
    of_data.chain(of_check).collect()
}

/// The codewords in the order in which they are placed.
fn corrected(version: u8, level: u8, bits: &[f32]) -> Option<Vec<u8>> {
    let (data, check) = port::blocks(version, level)?;
    let order = order(&data, check);
    let mut blocks: Vec<Vec<Codeword>> = data.iter().map(|length| vec![Codeword::default(); length + check]).collect();
    for ((block, at), bits) in order.iter().zip(bits.chunks(8)) {
        *blocks.get_mut(*block)?.get_mut(*at)? = Codeword::of(bits);
    }
    let whole = blocks.iter().map(|block| corrected_block(block, check)).collect::<Option<Vec<Vec<u8>>>>()?;
    order.iter().map(|(block, at)| whole.get(*block)?.get(*at).copied()).collect()
}

/// Corrects a block with as few erasures as it takes.
fn corrected_block(block: &[Codeword], check: usize) -> Option<Vec<u8>> {
    let mut unsure: Vec<usize> = (0..block.len()).collect();
    let doubt = |at: usize| block.get(at).map_or((false, 0.0), |codeword| (codeword.is_unknown, codeword.doubt));
    unsure.sort_by(|a, b| {
        let ((a, a_doubt), (b, b_doubt)) = (doubt(*a), doubt(*b));
        b.cmp(&a).then(b_doubt.total_cmp(&a_doubt))
    });
    let unknown = block.iter().filter(|codeword| codeword.is_unknown).count();
    let seen: Vec<u8> = block.iter().map(|codeword| codeword.value).collect();
    for (tries, erasures) in (unknown..check).step_by(2).enumerate() {
        let mut codewords = seen.clone();
        if let Some(wrong) = correct(&mut codewords, check, unsure.get(..erasures)?) {
            let chance = chance(block.len() - erasures, check - erasures, wrong) + ((tries + 1) as f64).log2();
            return (chance <= BY_CHANCE).then_some(codewords);
        }
    }
    None
}

/// Logarithm of the probability that so many of `length` random codewords have to be changed until `check` equations
/// hold, or fewer.
fn chance(length: usize, check: usize, wrong: usize) -> f64 {
    let choices: f64 = (0..wrong).map(|at| (length.saturating_sub(at).max(1) as f64 / (at + 1) as f64).log2()).sum();
    choices + 8.0 * wrong as f64 - 8.0 * check as f64
}

/// A symbol with its codewords.
fn drawn(symbol: &Symbol, format: u8, codewords: &[u8]) -> Vec<bool> {
    let format_bits = format_bits(format);
    let dark = |(x, y, module)| match module {
        Module::Known(dark) => dark,
        Module::Format(bit) => format_bits >> bit & 1 == 1,
        Module::Data(number) => {
            let codeword = codewords.get(number / 8).copied().unwrap_or_default();
            (codeword >> (7 - number % 8) & 1 == 1) != is_masked(format & 7, x, y)
        }
    };
    symbol.places().map(dark).collect()
}

#[cfg(test)]
mod tests {
    use super::super::qr::{Level, QrCode, QrVersion};
    use super::*;

    /// A code as it is made, every module seen as surely.
    fn seen(version: u8, level: Level) -> (Symbol, Vec<bool>, Vec<f32>) {
        let text = "SHABNAMEH";
        let code = QrCode::new(text, QrVersion::new(version).unwrap(), level).unwrap();
        let dark: Vec<bool> = code.rows().flatten().copied().collect();
        let seen = dark.iter().map(|dark| if *dark { 1.0 } else { -1.0 }).collect();
        (Symbol::of(version), dark, seen)
    }

    #[test]
    fn every_version_and_level_is_read_as_it_was_made() {
        for version in (1..=40).filter(|version| *version != 23) {
            for level in [Level::L, Level::M, Level::Q, Level::H] {
                let (symbol, dark, seen) = seen(version, level);
                assert!(meant(&symbol, &seen).is_some_and(|meant| meant == dark), "{version} {level:?}");
            }
        }
    }

    #[test]
    fn what_is_known_to_be_unknown_counts_half() {
        // A quarter of a code of level M is covered: more than it could bear if nobody told.
        let (symbol, dark, mut seen) = seen(10, Level::M);
        let side = symbol.side();
        for y in side / 2 - 4..side / 2 + 26 {
            for x in 12..36 {
                seen[y * side + x] = 0.02 * if (x * y) % 3 == 0 { 1.0 } else { -1.0 };
            }
        }
        assert!(meant(&symbol, &seen).is_some_and(|meant| meant == dark));
        let blind: Vec<f32> = seen.iter().map(|seen| seen.signum()).collect();
        assert!(meant(&symbol, &blind).is_none(), "else the test shows nothing");
    }

    #[test]
    fn where_nothing_is_seen_nothing_is_read() {
        for (version, share) in [(1, 0), (5, 0), (5, 3), (20, 2)] {
            let (symbol, _, mut seen) = seen(version, Level::L);
            // Nothing at all; all but some columns.
            let side = symbol.side();
            let blank = seen.iter_mut().enumerate().filter(|(at, _)| share == 0 || at % side > side * share / 10);
            blank.for_each(|(_, seen)| *seen = 0.0);
            assert!(meant(&symbol, &seen).is_none(), "{version} {share}");
        }
    }

    #[test]
    fn noise_says_nothing() {
        let mut state = 3u64;
        for version in [1, 2, 3, 7] {
            let symbol = Symbol::of(version);
            for _ in 0..2_000 {
                let noise: Vec<f32> = symbol
                    .modules()
                    .iter()
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (state >> 40) as f32 / (1u32 << 23) as f32 - 1.0
                    })
                    .collect();
                assert!(meant(&symbol, &noise).is_none());
            }
        }
    }
}
