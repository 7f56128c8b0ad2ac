//! What the censor adds: forged frames are found out and named, floods are bounded, and nothing but the true letter
//! ever comes out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/flood.rs"]
mod flood;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use common::{Chance, LETTER, default_frames, envelope, frames};
use proptest::prelude::*;
use shabnameh::codec::assemble::{Assembler, FrameOutcome, Limits, State};
use shabnameh::codec::envelope::{Envelope, MAX_ENVELOPE, ObjectId};
use shabnameh::codec::fec::{Encoder, Partition};
use shabnameh::codec::frame::Frame;
use shabnameh::optics::qr::{Level, QrVersion, Versions};

/// An object of so many bytes. What is in it does not matter here: its hash does.
fn object(length: usize, seed: u64) -> Envelope {
    Envelope::from_bytes(Chance(seed).bytes(length)).unwrap()
}

fn encoder(envelope: &Envelope) -> Encoder {
    Encoder::new(envelope.bytes()).unwrap()
}

/// A frame of the symbols at so many positions.
fn frame(envelope: &Envelope, encoder: &Encoder, first: usize, count: usize) -> Frame {
    Frame::new(envelope.object_id(), *encoder.partition(), first, encoder.symbols(first..first + count)).unwrap()
}

/// How a forger forges.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Forger {
    /// Symbols by chance.
    Chance,
    /// True symbols, each with the same change: there is no more to see in many of them than in one.
    Same,
    /// One byte of one symbol of a frame.
    Little,
}

const FORGERS: [Forger; 3] = [Forger::Chance, Forger::Same, Forger::Little];

/// A frame that says it is another.
fn forge(true_one: &Frame, forger: Forger, chance: &mut Chance) -> Frame {
    let size = true_one.partition().symbol_size();
    let mut symbols: Vec<u8> = true_one.symbols().flat_map(|(_, symbol)| symbol.to_vec()).collect();
    match forger {
        Forger::Chance => symbols = chance.bytes(symbols.len()),
        Forger::Same => (0..symbols.len()).for_each(|at| symbols[at] ^= (at % size) as u8 + 1),
        Forger::Little => {
            let at = chance.below(symbols.len());
            symbols[at] ^= 1 + chance.below(255) as u8;
        }
    }
    Frame::new(true_one.object_id(), *true_one.partition(), true_one.first(), symbols).unwrap()
}

/// What is restored of one object.
fn restored(assembler: &mut Assembler) -> Option<Envelope> {
    let complete = assembler.progress().into_iter().filter_map(|progress| match progress.state {
        State::Complete(envelope) => Some(envelope),
        _ => None,
    });
    let complete: Vec<Envelope> = complete.collect();
    assert!(complete.len() <= 1);
    complete.into_iter().next()
}

/// Gives frames to an assembler in any order, and holds the forged ones against what is named.
fn tried(envelope: &Envelope, true_ones: &[Frame], forged: &[Frame], chance: &mut Chance) -> Duration {
    let mut all: Vec<&Frame> = true_ones.iter().chain(forged).collect();
    chance.shuffle(&mut all);
    let mut assembler = Assembler::default();
    for frame in &all {
        assembler.add(frame).unwrap();
    }
    let start = Instant::now();
    let restored = restored(&mut assembler);
    let took = start.elapsed();
    let restored = restored.unwrap_or_else(|| panic!("{} of {} forged: not restored", forged.len(), all.len()));
    assert_eq!(&restored, envelope);
    let encoder = encoder(&restored);
    for frame in all {
        assert_eq!(frame.is_of(&encoder), !forged.contains(frame), "a frame is named wrongly");
    }
    took
}

/// Trials of f forged frames among n that claim positions of their own, and of as many that claim those of true frames;
/// a frame has so many symbols.
fn trials(length: usize, per_frame: usize, n: usize, runs: usize) -> (usize, usize, usize, Duration) {
    let (mut longest, mut most, mut k) = (Duration::ZERO, 0, 0);
    for run in 0..runs {
        let mut chance = Chance(run as u64 * 7919 + length as u64);
        let envelope = object(length, run as u64);
        let encoder = encoder(&envelope);
        let partition = *encoder.partition();
        k = partition.source_symbols();
        let slots = partition.positions() / per_frame;
        let n = n.min(slots);
        // All blocks have as many symbols of each frame, or one less.
        let surplus = n * per_frame / partition.blocks() - partition.k(0);
        let f = 1 + run % (surplus / 2 / per_frame.div_ceil(partition.blocks())).max(1);
        most = most.max(f);
        let mut numbers: Vec<usize> = (0..slots).collect();
        chance.shuffle(&mut numbers);
        let forger = FORGERS[run % 3];
        let of = |numbers: &[usize]| -> Vec<Frame> {
            numbers.iter().map(|at| frame(&envelope, &encoder, at * per_frame, per_frame)).collect()
        };
        let true_ones = of(&numbers[..n - f]);
        let rivals = if run % 2 == 0 { of(&numbers[n - f..n]) } else { true_ones[..f.min(true_ones.len())].to_vec() };
        let forged: Vec<Frame> = rivals.iter().map(|rival| forge(rival, forger, &mut chance)).collect();
        longest = longest.max(tried(&envelope, &true_ones, &forged, &mut chance));
    }
    (k, n, most, longest)
}

/// `cargo test --release --test forged -- --ignored --nocapture` prints the whole table.
#[test]
fn half_of_the_surplus_may_be_forged() {
    for (length, per_frame, n) in [(2_000, 1, 255), (90, 1, 25), (3_000, 20, 12), (18_000, 7, 36), (40_000, 6, 160)] {
        trials(length, per_frame, n, 12);
    }
}

#[test]
#[ignore = "for the note: half of the surplus, 100 trials each"]
fn the_table() {
    println!("K, n frames, of so many symbols, forged up to, longest");
    for (length, per_frame, n) in [
        (46, 1, 9),
        (80, 1, 25),
        (500, 1, 64),
        (2_016, 1, 252),
        (18_900, 1, 255),
        (2_016, 4, 63),
        (3_436, 21, 12),
        (18_000, 7, 36),
        (40_000, 6, 160),
        (200_000, 18, 400),
        (1_000_000, 28, 900),
    ] {
        let (k, n, f, longest) = trials(length, per_frame, n, 100);
        println!("{k}, {n}, {per_frame}, {f}, {longest:?}");
    }
}

#[test]
fn a_few_good_frames_are_found_among_many_forged() {
    for forger in [Forger::Chance, Forger::Same] {
        for own_positions in [true, false] {
            let mut chance = Chance(17);
            let envelope = object(80, 3);
            let encoder = encoder(&envelope);
            assert_eq!(encoder.partition().source_symbols(), 5);
            let true_ones: Vec<Frame> = (0..5).map(|at| frame(&envelope, &encoder, 100 + at * 3, 1)).collect();
            let forged: Vec<Frame> = (0..20)
                .map(|at| if own_positions { at } else { 100 + at % 5 * 3 })
                .map(|at| forge(&frame(&envelope, &encoder, at, 1), forger, &mut chance))
                .collect();
            // The same change at the same place is the same frame.
            let different: BTreeSet<Vec<u8>> = forged.iter().map(Frame::to_bytes).collect();
            let forged: Vec<Frame> = different.iter().map(|bytes| Frame::from_bytes(bytes).unwrap()).collect();
            let took = tried(&envelope, &true_ones, &forged, &mut chance);
            println!("5 good among {} forged by {forger:?}, own positions {own_positions}: {took:?}", forged.len());
        }
    }
}

#[test]
fn a_letter_outlasts_many_forged_copies_of_its_codes() {
    let envelope = envelope(&Chance(8).bytes(3_300), "a.bin");
    let true_ones = default_frames(&envelope);
    let mut chance = Chance(5);
    let forged: Vec<Frame> =
        (0..200).map(|at| forge(&true_ones[at % true_ones.len()], Forger::Chance, &mut chance)).collect();
    let took = tried(&envelope, &true_ones, &forged, &mut chance);
    println!("200 forged among {}: {took:?}", true_ones.len());
}

#[test]
fn forged_frames_of_another_cut_spoil_nothing() {
    // A forged frame that copies all symbols but one, and comes first, so that the true ones bring nothing new.
    let letter = envelope(LETTER, "a");
    let own = encoder(&letter);
    let k = own.partition().source_symbols();
    for wrong in [0, 30, k] {
        let mut symbols = own.symbols(0..2 * k);
        symbols[wrong * own.partition().symbol_size()] ^= 1;
        let forged = Frame::new(letter.object_id(), *own.partition(), 0, symbols).unwrap();
        let true_ones: Vec<Frame> = (0..2 * k / 4).map(|at| frame(&letter, &own, at * 4, 4)).collect();
        let mut assembler = Assembler::default();
        for frame in [std::slice::from_ref(&forged), &true_ones].concat() {
            assembler.add(&frame).unwrap();
        }
        assert_eq!(restored(&mut assembler).as_ref(), Some(&letter), "{wrong}");
        tried(&letter, &true_ones, &[forged], &mut Chance(wrong as u64));
    }
    // One that carries more symbols than the code can tell, each with the same change, among small true ones.
    let large = object(2_016, 5);
    let own = encoder(&large);
    let symbols: Vec<u8> =
        own.symbols(0..114).iter().enumerate().map(|(at, byte)| if at % 16 == 0 { byte ^ 7 } else { *byte }).collect();
    let forged = Frame::new(large.object_id(), *own.partition(), 0, symbols).unwrap();
    let true_ones: Vec<Frame> = (38..84).map(|at| frame(&large, &own, at * 3, 3)).collect();
    let took = tried(&large, &true_ones, &[forged], &mut Chance(1));
    println!("one large among 46 small: {took:?}");
    // Several that are as wide as may be, at positions of many true ones each.
    for many in [2, 5, 10] {
        let mut chance = Chance(many as u64);
        let forged: Vec<Frame> =
            (0..many).map(|at| forge(&frame(&large, &own, at * 11, 140), Forger::Chance, &mut chance)).collect();
        let true_ones: Vec<Frame> = (0..82).map(|at| frame(&large, &own, at * 3, 3)).collect();
        let took = tried(&large, &true_ones, &forged, &mut chance);
        println!("{many} wide ones among 82: {took:?}");
    }
}

#[test]
fn what_cannot_be_told_is_given_up_in_time() {
    // Symbols of another object under this one's id: all agree, and none is true.
    let (true_one, other) = (object(46, 1), object(46, 2));
    let own = encoder(&other);
    let mut assembler = Assembler::default();
    for at in 0..255 {
        let frame = Frame::new(true_one.object_id(), *own.partition(), at, own.symbols(at..at + 1)).unwrap();
        assembler.add(&frame).unwrap();
    }
    let start = Instant::now();
    assert_eq!(restored(&mut assembler), None);
    println!("255 frames of another object: {:?}", start.elapsed());
    // Objects of chance, each with as many symbols as there are.
    let mut assembler = Assembler::default();
    let mut chance = Chance(3);
    for number in 0..200u64 {
        let partition = Partition::new(46).unwrap();
        let symbols = chance.bytes(170 * partition.symbol_size());
        assembler.add(&Frame::new(ObjectId(number.to_be_bytes()), partition, 0, symbols).unwrap()).unwrap();
    }
    let start = Instant::now();
    assert_eq!(restored(&mut assembler), None);
    println!("200 objects of chance: {:?}", start.elapsed());
}

#[test]
fn one_forged_frame_is_left_out_wherever_it_stands() {
    let envelope = envelope(&Chance(8).bytes(12_000), "a.bin");
    let frames = default_frames(&envelope);
    // At a position that a true frame claims, and at one that nobody else does.
    for at in [0, 3] {
        let forged = forge(&frames[at], Forger::Chance, &mut Chance(4));
        for others in [&frames[..], &frames[1..]] {
            let others: Vec<Frame> =
                others.iter().filter(|frame| at == 0 || frame.first() != forged.first()).cloned().collect();
            tried(&envelope, &others, std::slice::from_ref(&forged), &mut Chance(at as u64));
        }
    }
}

#[test]
fn floods_are_bounded_and_the_letter_still_comes() {
    let envelope = envelope(LETTER, "a");
    let frames = default_frames(&envelope);
    let size = frames[0].partition().symbol_size();
    let decoy = |number: u64, length: usize| {
        let partition = Partition::new(length).unwrap();
        let symbols =
            vec![number as u8; (2_800 / partition.symbol_size()).min(partition.positions()) * partition.symbol_size()];
        Frame::new(ObjectId(number.to_be_bytes()), partition, 0, symbols).unwrap()
    };
    let same_id = |partition: Partition, number: u64| {
        let symbols = Chance(number).bytes(partition.symbol_size());
        Frame::new(envelope.object_id(), partition, number as usize % 200, symbols).unwrap()
    };
    let flood = |number: u64| match number % 4 {
        // Objects that do not exist, short and of huge lengths; the right id with wrong lengths; wrong claims on the
        // right positions.
        0 => decoy(number, 46 + number as usize % 5_000),
        1 => decoy(number, MAX_ENVELOPE - number as usize),
        2 => same_id(Partition::new(50 + number as usize).unwrap(), number),
        _ => same_id(*frames[0].partition(), number),
    };
    let limits = Limits { bytes: 4 * 1024 * 1024, candidates: 16, ..Limits::default() };
    for when in ["first", "last", "between"] {
        let mut assembler = Assembler::with_limits(limits);
        let mut number = 0;
        let mut flooded = |assembler: &mut Assembler, many: u64| {
            for _ in 0..many {
                let _ = assembler.add(&flood(number));
                number += 1;
            }
        };
        let (before, between, after) = match when {
            "first" => (12_000, 0, 0),
            "last" => (0, 0, 12_000),
            _ => (2_000, 600, 2_000),
        };
        flooded(&mut assembler, before);
        for frame in &frames {
            assert!(assembler.add(frame).is_ok(), "{when}");
            flooded(&mut assembler, between);
        }
        flooded(&mut assembler, after);
        let progress = assembler.progress();
        assert!(assembler.bytes() <= limits.bytes);
        let complete: Vec<&Envelope> = progress
            .iter()
            .filter_map(|progress| match &progress.state {
                State::Complete(envelope) => Some(envelope),
                _ => None,
            })
            .collect();
        assert_eq!(complete, [&envelope], "{when}");
    }
    // Objects that all have more bytes than the letter will have, by the default limits.
    let mut assembler = Assembler::default();
    for number in 0..10_000 {
        assembler.add(&decoy(number, MAX_ENVELOPE - number as usize)).unwrap();
    }
    for frame in &frames {
        assembler.add(frame).unwrap();
    }
    assert!(assembler.bytes() <= Limits::default().bytes);
    assert_eq!(restored(&mut assembler).as_ref(), Some(&envelope));
    // Claims on one position are kept up to a limit.
    let mut assembler = Assembler::with_limits(limits);
    for byte in 0..200 {
        let claim = Frame::new(envelope.object_id(), *frames[0].partition(), 0, vec![byte; size]).unwrap();
        let came = assembler.add(&claim).unwrap();
        // Until there may be enough frames nothing is compared.
        let compared = usize::from(byte) >= frames[0].partition().source_symbols();
        assert_eq!(came, if compared { FrameOutcome::Known } else { FrameOutcome::New(1) }, "claim {byte}");
    }
}

#[test]
fn what_64_kb_of_forged_frames_cost_is_bounded() {
    // A unit is some 10 ns.
    const MOST: usize = 150_000_000;
    for way in 0..70 {
        let frames = flood::forged(way, way as u64 + 1);
        let mut assembler = Assembler::default();
        for frame in &frames {
            assembler.add(frame).unwrap();
        }
        assembler.search();
        assembler.search();
        assert!(assembler.worked() < MOST, "way {way}: {} units", assembler.worked());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_letter_whose_codes_all_came_comes_out_whatever_else_came_before_between_and_after(
        gaps in prop::collection::vec(0..60u64, 40), order in any::<prop::sample::Index>(), kind in any::<u8>(), mixed in any::<bool>(),
        burst in 0..30usize, seed in any::<u64>(),
    ) {
        // The flood is many times what is kept.
        let limits = Limits { bytes: 300_000, ..Limits::default() };
        let letters = [LETTER, b"a short one", &[9; 2_000][..]].map(|content| envelope(content, "a.txt"));
        let mut chance = Chance(seed);
        let mut true_ones: Vec<Frame> = letters.iter().flat_map(default_frames).collect();
        chance.shuffle(&mut true_ones);
        let from = order.index(true_ones.len());
        true_ones.rotate_left(from);
        let mut assembler = Assembler::with_limits(limits);
        let mut number = 0;
        let mut flood = |assembler: &mut Assembler, many: u64| {
            for _ in 0..many {
                number += 1;
                assembler.add(&flood::decoy(number, if mixed { kind.wrapping_add(number as u8) } else { kind }, &mut chance)).unwrap();
            }
        };
        flood(&mut assembler, 3_000);
        for (at, (frame, gap)) in true_ones.iter().zip(gaps.iter().cycle()).enumerate() {
            assembler.add(frame).unwrap();
            flood(&mut assembler, if at == burst { 150 } else { *gap });
        }
        flood(&mut assembler, 3_000);
        prop_assert!(assembler.bytes() <= limits.bytes);
        let whole: BTreeSet<ObjectId> = assembler.whole().map(|(id, _)| id).collect();
        prop_assert_eq!(whole, letters.iter().map(Envelope::object_id).collect());
        prop_assert!(assembler.given_up() > 500);
    }
}

#[test]
fn a_flood_of_one_id_pushes_out_no_other_letter() {
    let letter = envelope(LETTER, "a.txt");
    let own = default_frames(&letter);
    let (first, second) = own.split_at(own.len() / 4);
    let limits = Limits { bytes: 400_000, ..Limits::default() };
    let mut assembler = Assembler::with_limits(limits);
    for frame in first {
        assembler.add(frame).unwrap();
    }
    let partition = Partition::new(2_016).unwrap();
    let mut chance = Chance(8);
    let mut refused = 0;
    for at in 0..20_000 {
        let count = 1 + at % 9;
        let symbols = chance.bytes(count * partition.symbol_size());
        let frame = Frame::new(ObjectId([3; 8]), partition, at * 7 % 240, symbols).unwrap();
        refused += usize::from(assembler.add(&frame).is_err());
    }
    assert!(refused > 1_000 && assembler.bytes() <= limits.bytes);
    for frame in &second[..first.len()] {
        assembler.add(frame).unwrap();
    }
    assert_eq!(assembler.whole().map(|(id, _)| id).collect::<Vec<_>>(), [letter.object_id()]);
}

#[test]
fn a_letter_without_room_is_told_and_has_it_once_others_go() {
    let [first, second] = ["first", "second"].map(|text| envelope(text.as_bytes(), "a.txt"));
    let mut assembler = Assembler::with_limits(Limits { letters: 1, ..Limits::default() });
    assert_eq!(assembler.add_whole(first.clone()), Ok(true));
    assert!(!assembler.is_full());
    for frame in default_frames(&second) {
        assembler.add(&frame).unwrap();
    }
    let state = |assembler: &mut Assembler| {
        let told = assembler.progress().into_iter().find(|progress| progress.object_id == second.object_id());
        told.map(|told| told.state)
    };
    assert!(assembler.is_full() && state(&mut assembler) == Some(State::NoRoom));
    assembler.forget(first.object_id());
    assert!(!assembler.is_full() && state(&mut assembler) == Some(State::Complete(second.clone())));
    // What came by itself and was refused is told, too.
    assert!(assembler.add_whole(first).is_err() && assembler.is_full());
}

/// What may arrive.
#[derive(Debug, Clone)]
enum Arrival {
    /// A true frame.
    True(prop::sample::Index),
    /// A forged one in its place.
    Forged(prop::sample::Index, usize),
    /// One of the same id and another length.
    Length(u16),
    /// A frame of two true ones, glued in the wrong place.
    Shifted(prop::sample::Index, prop::sample::Index),
    /// A frame of another letter.
    Other(prop::sample::Index),
}

fn arrival() -> impl Strategy<Value = Arrival> {
    prop_oneof![
        5 => any::<prop::sample::Index>().prop_map(Arrival::True),
        3 => (any::<prop::sample::Index>(), 0..3usize).prop_map(|(at, forger)| Arrival::Forged(at, forger)),
        1 => any::<u16>().prop_map(Arrival::Length),
        1 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(a, b)| Arrival::Shifted(a, b)),
        1 => any::<prop::sample::Index>().prop_map(Arrival::Other),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_arrives_is_the_true_letter_or_not_yet(
        length in prop_oneof![Just(300usize), Just(3_000), Just(25_000)], version in 6..20u8,
        arrivals in prop::collection::vec(arrival(), 0..60), seed in any::<u64>(),
    ) {
        let letter = envelope(&Chance(5).bytes(length), "a.bin");
        let other = envelope(&Chance(6).bytes(length), "b.bin");
        let versions = Versions::Exactly(QrVersion::new(version).unwrap());
        let (plan, own) = frames(&letter, 100, Level::L, versions);
        let strange = frames(&other, 100, Level::L, versions).1;
        let mut chance = Chance(seed);
        let mut assembler = Assembler::with_limits(Limits { work: 400_000, ..Limits::default() });
        let mut true_ones = BTreeSet::new();
        let mut lies = 0;
        for arrival in arrivals {
            let frame = match arrival {
                Arrival::True(at) => {
                    true_ones.insert(at.index(own.len()));
                    own[at.index(own.len())].clone()
                }
                Arrival::Forged(at, forger) => forge(at.get(&own), FORGERS[forger], &mut chance),
                Arrival::Length(by) => {
                    let partition = Partition::new(letter.bytes().len() + 1 + usize::from(by)).unwrap();
                    Frame::new(letter.object_id(), partition, 0, chance.bytes(partition.symbol_size())).unwrap()
                }
                Arrival::Shifted(a, b) => {
                    let symbols: Vec<u8> = b.get(&own).symbols().flat_map(|(_, symbol)| symbol.to_vec()).collect();
                    Frame::new(letter.object_id(), *own[0].partition(), a.get(&own).first(), symbols).unwrap_or(own[0].clone())
                }
                Arrival::Other(at) => at.get(&strange).clone(),
            };
            lies += usize::from(!own.contains(&frame) && frame.object_id() == letter.object_id());
            let _ = assembler.add(&frame);
        }
        for progress in assembler.progress() {
            let id = progress.object_id;
            match progress.state {
                State::Complete(restored) if id == letter.object_id() => prop_assert_eq!(&restored, &letter),
                State::Complete(restored) => prop_assert_eq!(&restored, &other),
                State::NeedMore if id == letter.object_id() && progress.length == letter.bytes().len() => {
                    prop_assert!(true_ones.len() < plan.cut.sufficient || lies > 0);
                }
                State::NeedMore => {}
                State::Forged => prop_assert!(lies > 0),
                State::NoRoom => prop_assert!(false, "there is room for two"),
            }
        }
    }
}
