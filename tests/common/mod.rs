//! What several tests share: letters made on the spot, seeded chance, the way from a letter to codes.
#![allow(dead_code)]

use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::{Level, Plan, QrCode, QrVersion, Versions};

/// The sample letter in Persian, as bytes.
pub const LETTER: &[u8] = include_bytes!("../../samples/letter.fa.md");

/// A source of chance that is the same for ever: SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}

/// A Persian text of so many paragraphs, about 1 KB each, that does not compress to nothing.
pub fn persian_text(paragraphs: usize, seed: u64) -> String {
    const WORDS: [&str; 24] = [
        "نامه",
        "شب",
        "کاغذ",
        "می‌رود",
        "کارگران",
        "آزادی",
        "لا‌اقل",
        "الله",
        "خیابان",
        "اینترنت",
        "۱۴۰۴",
        "نمی‌دانیم",
        "اوّل",
        "برگه",
        "دوربین",
        "(EXIF)",
        "SD",
        "می‌خواهیم",
        "همبستگی",
        "پژواک",
        "چراغ",
        "گفت‌وگو",
        "خانهٔ",
        "روشن",
    ];
    let mut chance = Chance(seed);
    let sentence = |chance: &mut Chance| {
        let words: Vec<&str> = (0..8 + chance.below(9)).map(|_| WORDS[chance.below(WORDS.len())]).collect();
        format!("{}، {}.", words.join(" "), chance.below(100_000))
    };
    let paragraph = |chance: &mut Chance| (0..7).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ");
    (0..paragraphs).map(|_| paragraph(&mut chance)).collect::<Vec<_>>().join("\n\n")
}

pub fn envelope(content: &[u8], name: &str) -> Envelope {
    Envelope::seal(&Letter::new(content.to_vec(), name).unwrap()).unwrap()
}

/// The frames of an envelope, with the plan they were made by.
pub fn frames(envelope: &Envelope, repair: u32, level: Level, versions: Versions) -> (Plan, Vec<Frame>) {
    let encoder = Encoder::new(envelope.bytes()).unwrap();
    let plan = Plan::choose(encoder.partition(), repair, level, versions).unwrap();
    let frames = plan.cut.frames(envelope.object_id(), &encoder).unwrap();
    (plan, frames)
}

pub fn default_frames(envelope: &Envelope) -> Vec<Frame> {
    frames(envelope, 100, Level::L, Versions::AtMost(QrVersion::MAX_ON_PAPER)).1
}

pub fn code(frame: &Frame, version: u8, level: Level) -> QrCode {
    QrCode::new(&frame.to_text(), QrVersion::new(version).unwrap(), level).unwrap()
}
