//! Object <-> source blocks <-> encoding symbols: Reed-Solomon over GF(2^8) (format.md, section 2).
//!
//! The field comes from the crate `reed-solomon-erasure`; the symbols are those of its coder (a test holds them
//! together). Its matrices are not used: they are inverted by elimination, in the cube of K, for each pattern of loss,
//! where Lagrange's formula gives the same numbers in the square (`benches/codec.rs` measures both).

use std::ops::Range;
use std::sync::Arc;

use super::envelope::{MAX_ENVELOPE, MIN_ENVELOPE};
use super::gf256;
use crate::error::{Error, Result};

/// Most source symbols of a block: as many repair symbols fit beside them, and 126 has many divisors, so that they fill
/// frames well.
pub const MAX_K: usize = 126;
/// Encoding symbols of a block; their ESIs are 0 to 254.
pub const SYMBOLS_PER_BLOCK: usize = 255;

/// The symbol sizes of objects of one block, in bytes. They divide what a version 17-L code holds, so that little is
/// wasted.
const SYMBOL_SIZES: [usize; 30] = [
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 33, 35, 37, 40, 43, 46, 50, 54, 60, 66, 75, 86, 100,
    120, 150,
];
/// The symbol size of objects of several blocks, in bytes.
const LARGE_SYMBOL_SIZE: usize = 100;

/// How an object is cut into symbols: all of it follows from the object's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partition {
    length: usize,
    symbol_size: usize,
    source_symbols: usize,
    blocks: usize,
}

impl Partition {
    /// Less than any other, in their order.
    pub(super) const LEAST: Partition = Partition { length: 0, symbol_size: 0, source_symbols: 0, blocks: 0 };

    /// The partition of an object of `length` bytes, [`MIN_ENVELOPE`] to [`MAX_ENVELOPE`].
    ///
    /// # Errors
    /// [`Error::ObjectLength`].
    pub fn new(length: usize) -> Result<Self> {
        if !(MIN_ENVELOPE..=MAX_ENVELOPE).contains(&length) {
            return Err(Error::ObjectLength { bytes: length as u64 });
        }
        let fits = |size: &usize| length.div_ceil(*size) <= MAX_K;
        let symbol_size = SYMBOL_SIZES.into_iter().find(fits).unwrap_or(LARGE_SYMBOL_SIZE);
        let source_symbols = length.div_ceil(symbol_size);
        // Frames of codes of version 17 and 25 then carry as many symbols of each block: any of them do, as with one
        // block.
        let blocks = match source_symbols.div_ceil(MAX_K) {
            few @ ..=3 => few,
            many => many.next_multiple_of(6),
        };
        Ok(Partition { length, symbol_size, source_symbols, blocks })
    }

    /// L, the object's length in bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// T, the bytes of a symbol: 16 to 150.
    pub fn symbol_size(&self) -> usize {
        self.symbol_size
    }

    /// Kt, the source symbols of all blocks.
    pub fn source_symbols(&self) -> usize {
        self.source_symbols
    }

    /// Z, the number of source blocks: 1 up to 18,900 bytes.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// K of a block, 1 to [`MAX_K`]; blocks are numbered from 0.
    pub fn k(&self, block: usize) -> usize {
        let small = self.source_symbols / self.blocks;
        if block < self.source_symbols - small * self.blocks { small + 1 } else { small }
    }

    /// The number of positions, 255 x Z.
    pub fn positions(&self) -> usize {
        SYMBOLS_PER_BLOCK * self.blocks
    }

    /// The block and the ESI at a position (section 2.3).
    pub fn at(&self, position: usize) -> (usize, u8) {
        (position % self.blocks, (position / self.blocks) as u8)
    }
}

/// Makes the symbols of one object.
#[derive(Debug)]
pub struct Encoder {
    partition: Partition,
    blocks: Vec<SourceBlock>,
}

/// A source block: its source symbols, joined, and what makes repair symbols of them.
#[derive(Debug)]
struct SourceBlock {
    source: Vec<u8>,
    basis: Arc<Basis>,
}

impl Encoder {
    /// An encoder for an object.
    ///
    /// # Errors
    /// [`Error::ObjectLength`].
    pub fn new(object: &[u8]) -> Result<Self> {
        let partition = Partition::new(object.len())?;
        let mut padded = object.to_vec();
        padded.resize(partition.source_symbols * partition.symbol_size, 0);
        let mut rest = padded.as_slice();
        let mut blocks: Vec<SourceBlock> = Vec::with_capacity(partition.blocks);
        for block in 0..partition.blocks {
            let k = partition.k(block);
            let (source, tail) = rest.split_at(k * partition.symbol_size);
            // Blocks have one of two sizes, one after the other.
            let basis = match blocks.last() {
                Some(last) if last.source.len() == source.len() => Arc::clone(&last.basis),
                _ => Arc::new(Basis::new((0..k as u8).collect())),
            };
            blocks.push(SourceBlock { source: source.to_vec(), basis });
            rest = tail;
        }
        Ok(Encoder { partition, blocks })
    }

    /// How the object is cut.
    pub fn partition(&self) -> &Partition {
        &self.partition
    }

    /// The symbols at the positions of a range, joined. Positions past the last give nothing.
    pub fn symbols(&self, positions: Range<usize>) -> Vec<u8> {
        let size = self.partition.symbol_size;
        let end = positions.end.min(self.partition.positions());
        let mut out = vec![0; (positions.start..end).len() * size];
        for (position, symbol) in (positions.start..end).zip(out.chunks_mut(size)) {
            let (block, esi) = self.partition.at(position);
            let Some(SourceBlock { source, basis }) = self.blocks.get(block) else { continue };
            match source.chunks(size).nth(usize::from(esi)) {
                Some(source) => symbol.copy_from_slice(source),
                None => combine(source.chunks(size), &basis.coefficients(esi), symbol),
            }
        }
        out
    }
}

/// Restores a block of `k` source symbols of `size` bytes from `k` or more symbols with different ESIs; `None` from
/// fewer. Of more, the first `k` are taken.
pub fn restore(k: usize, size: usize, received: &[(u8, &[u8])]) -> Option<Vec<u8>> {
    let source: Vec<u8> = (0..k as u8).collect();
    predict(k, size, received, &source).map(|symbols| symbols.concat())
}

/// The symbols of a block at any ESIs, by `k` or more that are right; those with a known ESI are given as they are
/// known.
pub(super) fn predict(k: usize, size: usize, received: &[(u8, &[u8])], wanted: &[u8]) -> Option<Vec<Vec<u8>>> {
    let known = received.get(..k)?;
    let basis = Basis::new(known.iter().map(|(esi, _)| *esi).collect());
    let symbol = |esi: &u8| match known.iter().find(|(known, _)| known == esi) {
        Some((_, known)) => known.to_vec(),
        None => {
            let mut symbol = vec![0; size];
            combine(known.iter().map(|(_, symbol)| *symbol), &basis.coefficients(*esi), &mut symbol);
            symbol
        }
    };
    Some(wanted.iter().map(symbol).collect())
}

/// The part of Lagrange's formula that depends on the known ESIs alone.
#[derive(Debug)]
struct Basis {
    /// Each known ESI x, and the product of x - x' over the other known x'.
    weights: Vec<(u8, u8)>,
}

impl Basis {
    fn new(known: Vec<u8>) -> Self {
        let weight =
            |x: u8| known.iter().filter(|other| **other != x).fold(1, |w, other| gf256::mul(w, gf256::add(x, *other)));
        Basis { weights: known.iter().map(|x| (*x, weight(*x))).collect() }
    }

    /// By what the known symbols are multiplied to give the symbol `wanted`, which is none of them.
    fn coefficients(&self, wanted: u8) -> Vec<u8> {
        let all = self.weights.iter().fold(1, |product, (x, _)| gf256::mul(product, gf256::add(wanted, *x)));
        self.weights.iter().map(|(x, weight)| gf256::div(all, gf256::mul(*weight, gf256::add(wanted, *x)))).collect()
    }
}

/// The sum of the known symbols, each multiplied by its coefficient, added to `out`.
fn combine<'a>(known: impl Iterator<Item = &'a [u8]>, coefficients: &[u8], out: &mut [u8]) {
    for (symbol, coefficient) in known.zip(coefficients) {
        gf256::add_scaled(*coefficient, symbol, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sizes_are_those_of_the_specification() {
        let line: Vec<String> = SYMBOL_SIZES.iter().map(usize::to_string).collect();
        assert!(include_str!("format.md").contains(&line.join(" ")));
        assert!(Partition::new(MIN_ENVELOPE - 1).is_err() && Partition::new(MAX_ENVELOPE + 1).is_err());
        for length in [MIN_ENVELOPE, 2016, 2017, 3430, 16_384, 18_900, 18_901, 65_536, 1 << 20, MAX_ENVELOPE] {
            let partition = Partition::new(length).unwrap();
            let ks: Vec<usize> = (0..partition.blocks()).map(|block| partition.k(block)).collect();
            assert_eq!(ks.iter().sum::<usize>(), partition.source_symbols());
            assert!(ks.iter().all(|k| (1..=MAX_K).contains(k)) && ks.first().unwrap() - ks.last().unwrap() <= 1);
            assert_eq!(partition.blocks() == 1, length <= 18_900);
        }
    }

    #[test]
    fn the_example_of_the_specification() {
        for (esi, byte) in [(2, 0x1B), (3, 0x14), (254, 0x66)] {
            let mut symbol = [0];
            combine([&[0x05][..], &[0x0A]].into_iter(), &Basis::new(vec![0, 1]).coefficients(esi), &mut symbol);
            assert_eq!(symbol, [byte]);
        }
    }

    #[test]
    fn the_symbols_are_those_of_the_crates_coder() {
        for k in [1, 2, 7, 64, 125, 126] {
            let size = 16;
            let object: Vec<u8> = (0..k * size).map(|i| (i * 7 + i / 251) as u8).collect();
            let basis = Basis::new((0..k as u8).collect());
            let parity = SYMBOLS_PER_BLOCK - k;
            let mut shards: Vec<Vec<u8>> = object.chunks(size).map(<[u8]>::to_vec).collect();
            shards.resize(k + parity, vec![0; size]);
            gf256::Coder::new(k, parity).unwrap().encode(&mut shards).unwrap();
            for (esi, shard) in shards.iter().enumerate().skip(k) {
                let mut symbol = vec![0; size];
                combine(object.chunks(size), &basis.coefficients(esi as u8), &mut symbol);
                assert_eq!(&symbol, shard, "K {k}, ESI {esi}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_k_symbols_restore_a_block(length in MIN_ENVELOPE..18_900usize, order in Just((0..255u8).collect::<Vec<_>>()).prop_shuffle()) {
            let object: Vec<u8> = (0..length).map(|i| (i * 31 + i / 77) as u8).collect();
            let encoder = Encoder::new(&object).unwrap();
            let (k, size) = (encoder.partition().k(0), encoder.partition().symbol_size());
            let symbols: Vec<(u8, Vec<u8>)> =
                order[..k].iter().map(|esi| (*esi, encoder.symbols(usize::from(*esi)..usize::from(*esi) + 1))).collect();
            let received: Vec<(u8, &[u8])> = symbols.iter().map(|(esi, bytes)| (*esi, bytes.as_slice())).collect();
            prop_assert!(restore(k, size, &received[..k - 1]).is_none());
            prop_assert_eq!(&restore(k, size, &received).unwrap()[..length], object.as_slice());
        }
    }
}
