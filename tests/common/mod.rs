//! What several tests share: letters made on the spot, seeded chance, the way from a letter to codes.
#![allow(dead_code)]

use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::codec::trust::Trust;
use shabnameh::optics::qr::{Level, Plan, QrCode, QrVersion, Versions};

/// The sample letter in Persian, as bytes.
pub const LETTER: &[u8] = include_bytes!("../../samples/letter.fa.md");

pub use shabnameh::trial::chance::Chance;

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

/// The letter in an envelope.
pub fn opened(envelope: &Envelope) -> Letter {
    envelope.open(&Trust::nobody()).unwrap().letter().unwrap().clone()
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
