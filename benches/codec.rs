//! Reed-Solomon, and finding what is forged: ours beside the crate's coder, which gives the same symbols, in the same
//! run. `cargo bench --bench codec`
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use divan::Bencher;
use divan::counter::BytesCount;
use reed_solomon_erasure::galois_8::ReedSolomon;
use shabnameh::codec::assemble::{Assembler, State};
use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::{Encoder, restore};
use shabnameh::codec::frame::Frame;

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

/// Frames, each of so many symbols from its position on.
fn frames(length: usize, places: impl IntoIterator<Item = (usize, usize)>) -> Vec<Frame> {
    let envelope = Envelope::from_bytes(object(length)).unwrap();
    let encoder = Encoder::new(envelope.bytes()).unwrap();
    let frame = |(at, count): (usize, usize)| {
        Frame::new(envelope.object_id(), *encoder.partition(), at, encoder.symbols(at..at + count)).unwrap()
    };
    places.into_iter().map(frame).collect()
}

/// The same frame with other symbols.
fn forged(frame: &Frame) -> Frame {
    let symbols = frame.joined().iter().enumerate().map(|(i, byte)| byte ^ (i as u8 | 1)).collect();
    Frame::new(frame.object_id(), *frame.partition(), frame.first(), symbols).unwrap()
}

/// All that was found out of the objects of these frames.
fn found(frames: &[Frame]) -> Assembler {
    let mut assembler = Assembler::default();
    for frame in frames {
        assembler.add(frame).unwrap();
    }
    assembler.progress();
    assembler
}

fn is_complete(assembler: &mut Assembler) -> bool {
    matches!(assembler.progress()[0].state, State::Complete(_))
}

/// 255 frames of a symbol, of an object with K = 126, of which 64 are forged -> object; the baseline is `half_lost`,
/// which has nothing to find out.
#[divan::bench(args = [2_016, 18_900])]
fn half_of_the_surplus_forged(bencher: Bencher, length: usize) {
    let mut all = frames(length, (0..255).map(|at| (at, 1)));
    all.iter_mut().skip(1).step_by(4).for_each(|frame| *frame = forged(frame));
    bencher.bench(|| assert!(is_complete(&mut found(&all))));
}

/// The same object from 126 true symbols.
#[divan::bench(args = [2_016, 18_900])]
fn half_lost(bencher: Bencher, length: usize) {
    let all = frames(length, (0..252).step_by(2).map(|at| (at, 1)));
    bencher.bench(|| assert!(is_complete(&mut found(&all))));
}

/// 64 KB of forged frames that overlap: of an object with K = 126 every symbol, and two rivals of each of 35 wide
/// frames. None of it gives an object; the baseline is `as_much_that_is_true`.
#[divan::bench]
fn forged_frames_that_overlap(bencher: Bencher) {
    let places = (0..255).map(|at| (at, 1)).chain((0..70).map(|n| (n / 2 * 7, 9)));
    let mut all = frames(18_900, places);
    all.iter_mut().step_by(2).for_each(|frame| *frame = forged(frame));
    bencher.bench(|| {
        let mut assembler = found(&all);
        assert!(!is_complete(&mut assembler));
        assembler
    });
}

/// As many bytes of true frames, of objects like that one.
#[divan::bench]
fn as_much_that_is_true(bencher: Bencher) {
    let all: Vec<Frame> = (0..6).flat_map(|n| frames(18_000 + n, (0..126).map(|at| (at, 1)))).collect();
    bencher.bench(|| assert!(is_complete(&mut found(&all))));
}
