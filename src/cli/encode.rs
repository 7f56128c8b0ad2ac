//! `encode`: a letter becomes a kit.

use std::path::Path;

use rayon::prelude::*;

use super::arguments::{Encode, Making};
use super::files::{self, Kit};
use super::{COMPLETE, say};
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::fec::Encoder;
use crate::codec::letter::{Letter, MAX_CONTENT};
use crate::error::{Error, Result};
use crate::optics::qr::{Plan, QrCode, QrVersion, Versions};
use crate::optics::raster;
use crate::press::codes::needed;
use crate::press::layout::Typesetter;
use crate::press::leaflet::{self, Matter};
use crate::press::{pdf, picture};
use crate::words::Label;

/// Pixels of a module in the pictures of single codes.
const PIXELS_PER_MODULE: usize = 8;

pub fn run(options: &Encode) -> Result<u8> {
    let letter = read_letter(&options.letter)?;
    let mut kit = Kit::begin(&options.out, options.force)?;
    let made = make(letter, &options.making, &mut kit)?;
    kit.finish()?;
    say::result(made.summary(&options.out).as_bytes())?;
    Ok(COMPLETE)
}

/// Reads a letter; its name is the base name of its path.
pub fn read_letter(path: &Path) -> Result<Letter> {
    // One byte more than the limit is enough to say that it is too large; the file itself knows its size.
    let bytes = files::read_up_to(path, MAX_CONTENT as u64)?;
    if bytes.len() > MAX_CONTENT {
        let bytes = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or(bytes.len() as u64);
        return Err(Error::LetterTooLarge { bytes, max: MAX_CONTENT as u64 });
    }
    letter_of(bytes, path)
}

/// A letter of bytes that were read from a path. What should be text by its name and is none is told.
pub fn letter_of(bytes: Vec<u8>, path: &Path) -> Result<Letter> {
    let name = if files::is_standard(path) { None } else { path.file_name() };
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let letter = Letter::new(bytes, &name)?;
    let should_be_text = [".txt", ".md", ".text"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    if should_be_text && letter.text().is_none() {
        say::note(&say::language().not_text(&name));
    }
    Ok(letter)
}

/// What was made of a letter.
pub struct Made {
    pub letter: Letter,
    pub envelope: Envelope,
    pub plan: Plan,
}

/// Makes a kit: `leaflet.pdf`, `frames/`, `armor.txt`.
pub fn make(letter: Letter, making: &Making, kit: &mut Kit) -> Result<Made> {
    let letter = match &making.lang {
        Some(language) => letter.with_language(language)?,
        None => letter,
    };
    let letter = match &making.title {
        Some(title) => letter.with_title(title)?,
        None => letter,
    };
    let versions = match making.qr_version {
        Some(version) => Versions::Exactly(QrVersion::new(version)?),
        None => Versions::AtMost(QrVersion::MAX_ON_PAPER),
    };
    let envelope = Envelope::seal(&letter)?;
    let encoder = Encoder::new(envelope.bytes())?;
    let plan = Plan::choose(encoder.partition(), making.repair, making.error_correction.into(), versions)?;
    let frames = plan.cut.frames(envelope.object_id(), &encoder)?;
    let bar = say::progress(2 * frames.len() as u64);
    let codes: Vec<QrCode> = frames
        .par_iter()
        .map(|frame| {
            let code = QrCode::new(&frame.to_text(), plan.version, plan.level);
            bar.inc(1);
            code
        })
        .collect::<Result<_>>()?;

    let paper = making.paper.into();
    let matter = Matter {
        letter: &letter,
        object_id: envelope.object_id(),
        codes: &codes,
        cut: &plan.cut,
        paper,
        module_mm: making.module_mm,
    };
    let leaflet = leaflet::leaflet(&matter, &mut Typesetter::default())?;
    bar.inc_length(leaflet.pages.len() as u64);
    kit.write("leaflet.pdf", &pdf::write(&leaflet, &codes, &|| bar.inc(1))?)?;
    kit.write("armor.txt", armor::armor(&envelope).as_bytes())?;
    let digits = codes.len().to_string().len().max(3);
    for (chunk, numbers) in codes.chunks(64).zip((1..).step_by(64)) {
        let pictures: Vec<Vec<u8>> =
            chunk.par_iter().map(|code| picture::png(&raster::draw(code, PIXELS_PER_MODULE))).collect::<Result<_>>()?;
        for (number, png) in (numbers..).zip(pictures) {
            kit.write(format!("frames/{number:0digits$}.png"), &png)?;
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    if !leaflet.missing.is_empty() {
        let missing: Vec<String> = leaflet.missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        say::note(&say::language().not_printed(&missing.join(", ")));
    }
    Ok(Made { letter, envelope, plan })
}

impl Made {
    /// The summary for stdout.
    pub fn summary(&self, out: &Path) -> String {
        let words = say::language();
        let Plan { version, level, cut } = self.plan;
        let number = |number: usize| words.number(number);
        [
            (
                Label::Letter,
                format!(
                    "{} ({})",
                    if self.letter.name().is_empty() { "-" } else { self.letter.name() },
                    words.bytes(self.letter.content().len())
                ),
            ),
            (Label::Envelope, words.bytes(self.envelope.bytes().len())),
            (Label::ObjectId, self.envelope.object_id().to_string()),
            (Label::Codes, format!("{} (QR {}-{level:?})", number(cut.frames), number(version.number().into()))),
            (Label::Suffice, words.sufficient(needed(&cut))),
            (Label::Written, out.display().to_string()),
        ]
        .into_iter()
        .map(|(label, value)| say::line(words.label(label), &value))
        .collect()
    }
}
