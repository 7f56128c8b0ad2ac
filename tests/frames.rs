//! Frames under fire: every truncation, every bit flip; texts around them; any order, any mix, any loss.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Chance, LETTER, default_frames, envelope, frames};
use proptest::prelude::*;
use shabnameh::codec::armor;
use shabnameh::codec::assemble::{Assembler, State};
use shabnameh::codec::envelope::{Envelope, MIN_ENVELOPE, ObjectId};
use shabnameh::codec::fec::Partition;
use shabnameh::codec::frame::{Cut, Frame};
use shabnameh::optics::qr::{Level, QrVersion, Versions};

fn restored(assembler: &mut Assembler) -> Vec<Envelope> {
    assembler
        .progress()
        .into_iter()
        .filter_map(|progress| match progress.state {
            State::Complete(envelope) => Some(envelope),
            _ => None,
        })
        .collect()
}

#[test]
fn every_bit_flip_of_a_frame_is_refused() {
    let frame = default_frames(&envelope(LETTER, "a"))[0].to_bytes();
    for bit in 0..frame.len() * 8 {
        let mut flipped = frame.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(Frame::from_bytes(&flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn every_truncation_of_a_frame_is_refused() {
    let frame = &default_frames(&envelope(LETTER, "a"))[0];
    let (bytes, text) = (frame.to_bytes(), frame.to_text());
    for end in 0..bytes.len() {
        assert!(Frame::from_bytes(&bytes[..end]).is_err(), "{end} bytes");
    }
    for end in 0..text.len() {
        assert!(!matches!(Frame::from_text(&text.as_bytes()[..end]), Some(Ok(_))), "{end} characters");
    }
    for start in 1..text.len() {
        assert!(!matches!(Frame::from_text(&text.as_bytes()[start..]), Some(Ok(_))), "from character {start}");
    }
}

#[test]
fn every_changed_character_of_a_text_is_refused() {
    let frame = &default_frames(&envelope(LETTER, "a"))[0];
    let text = frame.to_text().into_bytes();
    let mut chance = Chance(1);
    for at in 0..text.len() {
        let mut changed = text.clone();
        while changed[at] == text[at] {
            changed[at] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[chance.below(45)];
        }
        assert!(!matches!(Frame::from_text(&changed), Some(Ok(_))), "character {at}");
    }
}

#[test]
fn frames_are_found_inside_other_text() {
    let frames = default_frames(&envelope(LETTER, "a"));
    let texts: Vec<String> = frames.iter().map(Frame::to_text).collect();
    let mut chat = String::from("SHAB SHAB. سلام! SHABNAMEH. این را بخوان: ");
    for (number, text) in texts.iter().enumerate() {
        // One is glued to the last, one has words around it, one is broken into lines, one is damaged and one cut.
        chat.push_str(text);
        chat.push_str(&format!("{number} و SHAB{}\n", &text[4..text.len() - 3]));
        let mut broken = text.clone();
        broken.insert(text.len() / 2, '\n');
        broken.insert_str(text.len() / 3, "\r\n");
        chat.push_str(&broken);
    }
    let found: Vec<Frame> = Frame::find_all(chat.as_bytes()).collect();
    assert_eq!(found.len(), 2 * frames.len());
    assert!(frames.iter().all(|frame| found.contains(frame)));
    assert_eq!(Frame::find_all("SHAB".repeat(5_000).as_bytes()).next(), None);
}

#[test]
fn any_k_symbols_of_one_block_restore_the_letter_and_fewer_do_not() {
    for length in [60, 1_000, 5_000, 16_384] {
        let content = Chance(length as u64).bytes(length);
        let envelope = envelope(&content, "x.bin");
        let partition = Partition::new(envelope.bytes().len()).unwrap();
        let (plan, mut frames) = frames(&envelope, 100, Level::L, Versions::AtMost(QrVersion::MAX_ON_PAPER));
        assert!(plan.cut.certain && partition.blocks() == 1);
        for seed in 0..20 {
            Chance(seed).shuffle(&mut frames);
            let mut assembler = Assembler::default();
            for (number, frame) in (1..).zip(&frames) {
                assembler.add(frame).unwrap();
                let progress = &assembler.progress()[0];
                assert_eq!(progress.received, (number * plan.cut.symbols_per_frame).min(progress.needed));
                assert_eq!(number >= plan.cut.sufficient, progress.state == State::Complete(envelope.clone()));
                assert_eq!(number < plan.cut.sufficient, progress.state == State::NeedMore);
            }
        }
    }
}

#[test]
fn larger_objects_come_back_from_as_many_frames_as_promised() {
    for (length, version) in [(25_000, 17), (40_000, 17), (64_000, 25), (64_000, 10), (200_000, 17)] {
        let content = Chance(length as u64).bytes(length);
        let envelope = envelope(&content, "x.bin");
        let (plan, mut frames) = frames(&envelope, 100, Level::L, Versions::Exactly(QrVersion::new(version).unwrap()));
        Chance(3).shuffle(&mut frames);
        let mut assembler = Assembler::default();
        for frame in &frames[..plan.cut.sufficient] {
            assembler.add(frame).unwrap();
        }
        assert_eq!(restored(&mut assembler), [envelope], "{length} bytes at version {version}");
    }
}

#[test]
fn runs_with_other_options_mix() {
    let envelope = envelope(common::persian_text(8, 1).as_bytes(), "a.txt");
    let version = |version| Versions::Exactly(QrVersion::new(version).unwrap());
    let runs = [
        (100, Level::L, version(17)),
        (0, Level::M, version(9)),
        (50, Level::H, version(25)),
        (100, Level::Q, version(40)),
    ];
    let mut all: Vec<Frame> =
        runs.into_iter().flat_map(|(repair, level, versions)| frames(&envelope, repair, level, versions).1).collect();
    Chance(9).shuffle(&mut all);
    let mut assembler = Assembler::default();
    let needed = all.iter().position(|frame| {
        assembler.add(frame).unwrap();
        !restored(&mut assembler).is_empty()
    });
    assert!(needed.unwrap() < all.len() / 2, "{needed:?} of {}", all.len());
    assert_eq!(restored(&mut assembler), [envelope]);
}

#[test]
fn the_promise_of_a_cut_is_the_worst_case() {
    // By hand: 400 symbols in 6 blocks, 5 a frame. Each block is left out by one frame of six.
    let partition = Partition::new(40_000).unwrap();
    let cut = Cut::new(&partition, 100, 5);
    assert_eq!((partition.blocks(), cut.frames, cut.certain), (6, 160, false));
    // Of 160 frames, 27 have nothing of the first block; 67 more give its 67 symbols.
    assert!(cut.sufficient > 80 && cut.sufficient <= 27 + 67);
    let even = Cut::new(&partition, 100, 6);
    assert_eq!((even.frames, even.sufficient, even.certain), (134, 67, true));
    let one = Cut::new(&Partition::new(3_436).unwrap(), 0, 500);
    assert_eq!((one.frames, one.sufficient, one.symbols_per_frame), (1, 1, 255));
}

proptest! {
    #[test]
    fn frames_come_back_from_bytes_and_text(
        length in MIN_ENVELOPE..200_000usize, at in any::<prop::sample::Index>(), count in 1usize..40, id in any::<[u8; 8]>(),
    ) {
        let partition = Partition::new(length).unwrap();
        let first = at.index(partition.positions());
        let count = count.min(partition.positions() - first).min(2_840 / partition.symbol_size());
        let symbols = Chance(first as u64).bytes(count * partition.symbol_size());
        let frame = Frame::new(ObjectId(id), partition, first, symbols).unwrap();
        prop_assert_eq!(&Frame::from_bytes(&frame.to_bytes()).unwrap(), &frame);
        prop_assert_eq!(Frame::from_text(frame.to_text().as_bytes()).unwrap().unwrap(), frame);
    }

    #[test]
    fn any_bytes_are_a_frame_that_writes_them_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let mut bytes = bytes;
        // Half of the time the checksum is right, so that what lies behind it is reached.
        if bytes.len() > 36 && bytes[36] & 1 == 0 {
            bytes[0] = 1;
            bytes[9] = 0;
            bytes[10] = 0;
            let end = bytes.len() - 4;
            let checksum = crc32fast::hash(&bytes[..end]);
            bytes[end..].copy_from_slice(&checksum.to_be_bytes());
        }
        if let Ok(frame) = Frame::from_bytes(&bytes) {
            prop_assert_eq!(frame.to_bytes(), bytes);
        }
    }

    #[test]
    fn any_text_is_searched_without_a_fall(text in "(SHAB|[0-9A-Z .]|\\PC|\n){0,300}") {
        let _ = Frame::find_all(text.as_bytes()).count();
        let _ = armor::find_all(text.as_bytes()).count();
        let _ = Frame::from_text(text.as_bytes());
    }

    #[test]
    fn armor_comes_back_from_chats(content in prop::collection::vec(any::<u8>(), 1..300), before in "\\PC{0,30}", quote in any::<bool>()) {
        let envelope = envelope(&content, "a.bin");
        let text = armor::armor(&envelope);
        let text = if quote { text.replace('\n', "\r\n> ") } else { text.replace('\n', "  \n") };
        let around = format!("{before}{text}{before}");
        prop_assert_eq!(armor::find_all(around.as_bytes()).collect::<Vec<_>>(), [Ok(envelope)]);
    }
}
