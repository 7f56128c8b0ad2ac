//! Reed-Solomon: ours beside the crate's coder, which gives the same symbols, in the same run. `cargo bench --bench codec`
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use divan::Bencher;
use divan::counter::BytesCount;
use reed_solomon_erasure::galois_8::ReedSolomon;
use shabnameh::codec::fec::{Encoder, restore};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [256 * 1024, 512 * 1024, 1024 * 1024];

fn object(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i * i / 7 + i) as u8).collect()
}

/// Object -> all symbols for 100 % of repair.
#[divan::bench(args = SIZES)]
fn encode(bencher: Bencher, length: usize) {
    let object = object(length);
    bencher.counter(BytesCount::new(length)).bench(|| {
        let encoder = Encoder::new(&object).unwrap();
        let positions = 2 * encoder.partition().source_symbols();
        encoder.symbols(0..positions)
    });
}

/// The same with the crate's coder: the baseline.
#[divan::bench(args = SIZES)]
fn encode_by_the_crate(bencher: Bencher, length: usize) {
    let object = object(length);
    let partition = *Encoder::new(&object).unwrap().partition();
    let size = partition.symbol_size();
    bencher.counter(BytesCount::new(length)).bench(|| {
        let mut rest = object.as_slice();
        for block in 0..partition.blocks() {
            let k = partition.k(block);
            let coder = ReedSolomon::new(k, k).unwrap();
            let (source, tail) = rest.split_at((k * size).min(rest.len()));
            rest = tail;
            let mut shards: Vec<Vec<u8>> =
                source.chunks(size).map(|chunk| [chunk, &vec![0; size - chunk.len()]].concat()).collect();
            shards.resize(2 * k, vec![0; size]);
            coder.encode(&mut shards).unwrap();
            divan::black_box(shards);
        }
    });
}

/// The symbols received of a block, with their ESIs.
type Received = Vec<(u8, Vec<u8>)>;

/// Every second symbol lost, of each block another half.
fn received(length: usize) -> (Encoder, Vec<Received>) {
    let encoder = Encoder::new(&object(length)).unwrap();
    let partition = *encoder.partition();
    let blocks = partition.blocks();
    let symbol = |block: usize, esi: usize| encoder.symbols(esi * blocks + block..esi * blocks + block + 1);
    let of = |block: usize| {
        (0..partition.k(block)).map(|i| 2 * i + block % 2).map(|esi| (esi as u8, symbol(block, esi))).collect()
    };
    let all = (0..blocks).map(of).collect();
    (encoder, all)
}

/// Half of the symbols -> object.
#[divan::bench(args = SIZES)]
fn decode(bencher: Bencher, length: usize) {
    let (encoder, blocks) = received(length);
    bencher.counter(BytesCount::new(length)).bench(|| {
        for (block, symbols) in blocks.iter().enumerate() {
            let symbols: Vec<(u8, &[u8])> = symbols.iter().map(|(esi, bytes)| (*esi, bytes.as_slice())).collect();
            divan::black_box(
                restore(encoder.partition().k(block), encoder.partition().symbol_size(), &symbols).unwrap(),
            );
        }
    });
}

/// The same with the crate's coder: the baseline. It inverts a matrix for each pattern of loss.
#[divan::bench(args = SIZES)]
fn decode_by_the_crate(bencher: Bencher, length: usize) {
    let (encoder, blocks) = received(length);
    bencher.counter(BytesCount::new(length)).bench(|| {
        for (block, symbols) in blocks.iter().enumerate() {
            let k = encoder.partition().k(block);
            let mut shards: Vec<Option<Vec<u8>>> = vec![None; 2 * k + 1];
            for (esi, bytes) in symbols {
                shards[usize::from(*esi)] = Some(bytes.clone());
            }
            ReedSolomon::new(k, k + 1).unwrap().reconstruct_data(&mut shards).unwrap();
            divan::black_box(shards);
        }
    });
}
