//! What the censor adds: false frames of the letter, frames of letters that are none, codes of strangers.

use std::collections::BTreeSet;

use super::chance::Chance;
use super::harm::{Harm, Strengths};
use super::sheet::{PlacedCode, Sheet};
use crate::codec::envelope::ObjectId;
use crate::codec::fec::Partition;
use crate::codec::frame::{Cut, Frame};
use crate::optics::qr::{Level, QrCode, QrVersion};
use crate::optics::raster::{Grey, draw};

/// Forged frames of the letter: its id, its length, random symbols.
pub const FORGED: Harm = Harm::counted("forged", 200.0, [1.0, 3.0, 8.0]);
/// Frames of letters that do not exist, each of another.
pub const FLOOD: Harm = Harm::counted("flood", 500.0, [5.0, 20.0, 60.0]);
/// Codes that are not ours: addresses, as on posters and tickets.
pub const FOREIGN: Harm = Harm::counted("foreign", 500.0, [2.0, 10.0, 40.0]);

/// All of them.
pub const ALL: &[Harm] = &[FORGED, FLOOD, FOREIGN];

/// What a forger knows: everything but the letter's contents.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The letter's object id.
    pub object_id: ObjectId,
    /// How it is cut into symbols.
    pub partition: Partition,
    /// How those are cut into frames.
    pub cut: Cut,
    /// The version of its codes.
    pub version: QrVersion,
    /// Their level.
    pub level: Level,
    /// Pixels of a module, where they are printed or shown.
    pub pixels_per_module: usize,
}

/// Forges: gives the sheets with others among them, and the texts of all that was added.
pub fn apply(sheets: &mut Vec<Sheet>, known: &Known, strengths: &Strengths, chance: &mut Chance) -> BTreeSet<Vec<u8>> {
    let many = |harm: &Harm| strengths.of(harm).round() as usize;
    let mut texts: Vec<(String, bool)> = Vec::new();
    let mut numbers: Vec<usize> = (0..known.cut.frames).collect();
    chance.shuffle(&mut numbers);
    for number in numbers.iter().cycle().take(many(&FORGED)) {
        texts.extend(frame(known.object_id, known, *number, chance).map(|text| (text, true)));
    }
    for _ in 0..many(&FLOOD) {
        let object_id = ObjectId(chance.next().to_be_bytes());
        let number = chance.below(known.cut.frames);
        texts.extend(frame(object_id, known, number, chance).map(|text| (text, true)));
    }
    texts.extend((0..many(&FOREIGN)).map(|_| (format!("https://example.org/{:08x}", chance.next() as u32), false)));
    let codes: Vec<QrCode> = texts
        .iter()
        .filter_map(|(text, frame)| match frame {
            true => QrCode::new(text, known.version, known.level).ok(),
            false => QrVersion::new(3).and_then(|version| QrCode::plain(text, version, Level::L)).ok(),
        })
        .collect();
    put_among(sheets, &codes, known.pixels_per_module, chance);
    texts.into_iter().map(|(text, _)| text.into_bytes()).collect()
}

/// A frame in the place of a true one, of symbols by chance; its checksum is right.
fn frame(object_id: ObjectId, known: &Known, number: usize, chance: &mut Chance) -> Option<String> {
    let per_frame = known.cut.symbols_per_frame;
    let first = number * per_frame;
    let count = per_frame.min(known.partition.positions().checked_sub(first)?);
    let symbols = chance.bytes(count * known.partition.symbol_size());
    Frame::new(object_id, known.partition, first, symbols).ok().map(|frame| frame.to_text())
}

/// Puts codes on sheets of their own, as large as the others, and those anywhere among them.
fn put_among(sheets: &mut Vec<Sheet>, codes: &[QrCode], pixels_per_module: usize, chance: &mut Chance) {
    let Some(like) = sheets.first().cloned() else { return };
    let (width, height) = (like.grey.width(), like.grey.height());
    let mut rest = codes;
    while !rest.is_empty() {
        let mut grey = Grey::blank(width, height, 255);
        let mut placed = Vec::new();
        // Row by row, from the left; a margin of 10 mm where there is room for one.
        let widest =
            codes.iter().map(|code| (code.version().modules() + 2 * QrCode::QUIET_ZONE) * pixels_per_module).max();
        let room = width.saturating_sub(widest.unwrap_or_default()) / 2;
        let margin = ((10.0 * like.per_mm) as usize).min(room);
        let (mut x, mut y, mut tall) = (margin, margin, 0);
        while let Some((code, others)) = rest.split_first() {
            let picture = draw(code, pixels_per_module);
            let side = picture.width();
            if x > margin && x + side > width {
                (x, y, tall) = (margin, y + tall, 0);
            }
            if !placed.is_empty() && y + side > height {
                break;
            }
            grey.paste(&picture, x, y);
            let quiet = QrCode::QUIET_ZONE * pixels_per_module;
            placed.push(PlacedCode::upright(None, [(x + quiet) as f32, (y + quiet) as f32], (side - 2 * quiet) as f32));
            (x, tall) = (x + side, tall.max(side));
            rest = others;
        }
        let at = chance.below(sheets.len() + 1);
        sheets.insert(at, Sheet { grey, per_mm: like.per_mm, codes: placed });
    }
}
