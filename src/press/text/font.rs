//! The kit's faces, and the part of each that a PDF carries: the glyphs used, and glyphs made of several, such as a
//! letter with its marks.
//!
//! Programs that copy text from a PDF tear marks from their letters where both are drawn on their own. So whatever
//! belongs together is one glyph here: a composite (OpenType, `glyf`, "composite glyph description"), which the subset
//! is given besides those it takes from the face.

use std::collections::BTreeMap;
use std::sync::Arc;

use subsetter::GlyphRemapper;

use super::face::Face;
use crate::error::{Error, Result};

/// What a glyph draws.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Draws nothing and has no width: it carries the text of a mark that another glyph draws.
    Blank,
    /// A glyph of the face, by its number.
    Glyph(u16),
    /// Glyphs of the face that belong together.
    Composite(Arc<[Component]>),
}

/// A glyph of a composite, and where it stands, in thousandths of the size of type from the origin of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// Its number in the face.
    pub id: u16,
    /// To the right.
    pub x: i16,
    /// Upwards.
    pub y: i16,
}

/// A face, and the codes assigned in it: one for each pair of ink and text, so that what is copied is the text that was
/// set.
pub(crate) struct Font {
    face: Face,
    widths: Vec<f32>,
    codes: BTreeMap<(Ink, Box<str>), u16>,
}

/// What a PDF needs to know of a font. All lengths are in thousandths of the size of type.
pub(crate) struct Subset {
    /// The TrueType program.
    pub(crate) program: Vec<u8>,
    /// For each code from 1: its glyph, its width and its text.
    pub(crate) codes: Vec<(u16, f32, Box<str>)>,
    /// Left, bottom, right, top of all glyphs together.
    pub(crate) bounds: [f32; 4],
    /// Above the baseline.
    pub(crate) ascent: f32,
    /// Below the baseline, less than zero.
    pub(crate) descent: f32,
    /// Height of capitals.
    pub(crate) cap_height: f32,
}

/// Most codes of a font, but for one: glyph numbers of the subset have 16 bits, and composites need their components.
const MAX_CODES: u16 = 30_000;

impl Font {
    pub(crate) fn new(face: Face) -> Self {
        Font { face, widths: face.widths(), codes: BTreeMap::new() }
    }

    pub(crate) fn is_used(&self) -> bool {
        !self.codes.is_empty()
    }

    /// Width of a glyph; that of a composite is that of its widest part, as marks have none.
    fn width(&self, ink: &Ink) -> f32 {
        let of = |id: u16| self.widths.get(usize::from(id)).copied().unwrap_or_default();
        match ink {
            Ink::Blank => 0.0,
            Ink::Glyph(id) => of(*id),
            Ink::Composite(parts) => parts.iter().map(|part| of(part.id)).fold(0.0, f32::max),
        }
    }

    /// The code of a glyph, and its width.
    pub(crate) fn code(&mut self, ink: &Ink, text: &str) -> (u16, f32) {
        let next = u16::try_from(self.codes.len() + 1).unwrap_or(u16::MAX);
        let key = (ink.clone(), text.into());
        if next > MAX_CODES && !self.codes.contains_key(&key) {
            // A text with more different glyphs than a font can have: the last ones become boxes.
            let key = (Ink::Glyph(0), "\u{FFFD}".into());
            let width = self.width(&key.0);
            return (*self.codes.entry(key).or_insert(next), width);
        }
        (*self.codes.entry(key).or_insert(next), self.width(ink))
    }

    /// The subset of the face that is used.
    ///
    /// # Errors
    /// [`Error::Page`].
    pub(crate) fn subset(&self) -> Result<Subset> {
        let metrics = self.face.metrics().ok_or_else(damaged)?;
        let blank = self.face.glyph(' ').map_or(0, |(id, _)| id);
        let mut used: Vec<(u16, &(Ink, Box<str>))> = self.codes.iter().map(|(key, code)| (*code, key)).collect();
        used.sort_unstable_by_key(|(code, _)| *code);

        let mut remapper = GlyphRemapper::new();
        remapper.remap(blank);
        let mut composites: BTreeMap<&Arc<[Component]>, usize> = BTreeMap::new();
        for (_, (ink, _)) in &used {
            match ink {
                Ink::Blank => {}
                Ink::Glyph(id) => {
                    remapper.remap(*id);
                }
                Ink::Composite(parts) => {
                    for part in parts.iter() {
                        remapper.remap(part.id);
                    }
                    let number = composites.len();
                    composites.entry(parts).or_insert(number);
                }
            }
        }
        let program = subsetter::subset(self.face.file(), 0, &remapper).map_err(failed)?;
        let mut tables = FontTables::read(&program).ok_or_else(damaged)?;
        let first = tables.glyphs().ok_or_else(damaged)?;
        let scale = f32::from(metrics.units_per_em) / 1000.0;
        let mut in_order: Vec<_> = composites.iter().collect();
        in_order.sort_by_key(|(_, number)| **number);
        for (parts, _) in in_order {
            let parts: Vec<Component> = parts
                .iter()
                .map(|part| Component {
                    id: remapper.get(part.id).unwrap_or_default(),
                    x: (f32::from(part.x) * scale).round() as i16,
                    y: (f32::from(part.y) * scale).round() as i16,
                })
                .collect();
            tables.add(&parts).ok_or_else(damaged)?;
        }
        let codes = used
            .iter()
            .map(|(_, (ink, text))| {
                let glyph = match ink {
                    Ink::Blank => remapper.get(blank),
                    Ink::Glyph(id) => remapper.get(*id),
                    Ink::Composite(parts) => {
                        composites.get(parts).and_then(|number| u16::try_from(usize::from(first) + number).ok())
                    }
                };
                (glyph.unwrap_or_default(), self.width(ink), text.clone())
            })
            .collect();
        Ok(Subset {
            program: if composites.is_empty() { program } else { tables.write() },
            codes,
            bounds: metrics.bounds,
            ascent: metrics.ascent,
            descent: metrics.descent,
            cap_height: metrics.cap_height,
        })
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Page { why: error.to_string() }
}

fn damaged() -> Error {
    failed("the font cannot be read")
}

/// The tables of a TrueType font that glyphs can be added to.
struct FontTables {
    all: BTreeMap<[u8; 4], Vec<u8>>,
    /// Offsets into `glyf`, one more than there are glyphs.
    offsets: Vec<u32>,
}

impl FontTables {
    fn read(font: &[u8]) -> Option<Self> {
        let count = u16_at(font, 4)?;
        let mut all = BTreeMap::new();
        for record in font.get(12..)?.as_chunks::<16>().0.iter().take(usize::from(count)) {
            let start = u32_at(record, 8)? as usize;
            let end = start.checked_add(u32_at(record, 12)? as usize)?;
            all.insert(*record.first_chunk::<4>()?, font.get(start..end)?.to_vec());
        }
        let loca = all.get(b"loca")?;
        let offsets = if u16_at(all.get(b"head")?, 50)? == 0 {
            loca.as_chunks::<2>().0.iter().map(|half| u32::from(u16::from_be_bytes(*half)) * 2).collect()
        } else {
            loca.as_chunks::<4>().0.iter().map(|offset| u32::from_be_bytes(*offset)).collect()
        };
        // `hmtx` may omit the widths of the last glyphs where they are equal: they are written out, so that glyphs can
        // be added.
        let (metrics, count) = (u16_at(all.get(b"hhea")?, 34)?, u16_at(all.get(b"maxp")?, 4)?);
        let hmtx = all.get(b"hmtx")?;
        let (wide, narrow) = hmtx.split_at_checked(usize::from(metrics) * 4)?;
        let width = u16_at(wide, wide.len().checked_sub(4)?)?;
        let mut full = wide.to_vec();
        for bearing in narrow.as_chunks::<2>().0.iter().take(usize::from(count.checked_sub(metrics)?)) {
            full.extend(width.to_be_bytes());
            full.extend(bearing);
        }
        all.insert(*b"hmtx", full);
        set(all.get_mut(b"hhea")?, 34, count)?;
        Some(FontTables { all, offsets })
    }

    /// How many glyphs there are.
    fn glyphs(&self) -> Option<u16> {
        u16_at(self.all.get(b"maxp")?, 4)
    }

    /// Left, bottom, right, top of a glyph; `None` for one that draws nothing.
    fn bounds(&self, id: u16) -> Option<[i16; 4]> {
        let start = *self.offsets.get(usize::from(id))? as usize;
        let end = *self.offsets.get(usize::from(id) + 1)? as usize;
        let glyph = self.all.get(b"glyf")?.get(start..end)?;
        let at = |at| u16_at(glyph, at).map(|value| value as i16);
        Some([at(2)?, at(4)?, at(6)?, at(8)?])
    }

    /// Adds a glyph made of others.
    fn add(&mut self, parts: &[Component]) -> Option<()> {
        const ARGS_ARE_WORDS: u16 = 1;
        const ARGS_ARE_XY: u16 = 2;
        const MORE_COMPONENTS: u16 = 0x20;
        let mut bounds: Option<[i16; 4]> = None;
        let mut width = 0;
        for part in parts {
            width = width.max(u16_at(self.all.get(b"hmtx")?, usize::from(part.id) * 4)?);
            if let Some([left, bottom, right, top]) = self.bounds(part.id) {
                let moved = [
                    left.saturating_add(part.x),
                    bottom.saturating_add(part.y),
                    right.saturating_add(part.x),
                    top.saturating_add(part.y),
                ];
                let [l, b, r, t] = bounds.unwrap_or(moved);
                bounds = Some([l.min(moved[0]), b.min(moved[1]), r.max(moved[2]), t.max(moved[3])]);
            }
        }
        let bounds = bounds.unwrap_or_default();
        let mut glyph: Vec<u8> = (-1i16).to_be_bytes().to_vec();
        bounds.iter().for_each(|edge| glyph.extend(edge.to_be_bytes()));
        for (number, part) in parts.iter().enumerate() {
            let more = if number + 1 < parts.len() { MORE_COMPONENTS } else { 0 };
            glyph.extend((ARGS_ARE_WORDS | ARGS_ARE_XY | more).to_be_bytes());
            glyph.extend(part.id.to_be_bytes());
            glyph.extend(part.x.to_be_bytes());
            glyph.extend(part.y.to_be_bytes());
        }
        let glyf = self.all.get_mut(b"glyf")?;
        glyf.resize(*self.offsets.last()? as usize, 0);
        glyf.extend(glyph);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        self.offsets.push(u32::try_from(glyf.len()).ok()?);
        let count = self.glyphs()?.checked_add(1)?;
        let hmtx = self.all.get_mut(b"hmtx")?;
        hmtx.extend(width.to_be_bytes());
        hmtx.extend(bounds[0].to_be_bytes());
        set(self.all.get_mut(b"hhea")?, 34, count)?;
        let maxp = self.all.get_mut(b"maxp")?;
        set(maxp, 4, count)?;
        // What a composite may hold at most: points and contours of all its parts, and one level more than the face's
        // own composites.
        let parts = u16::try_from(parts.len()).ok()?;
        for (own, composite) in [(6, 10), (8, 12)] {
            let before = u16_at(maxp, composite)?;
            let most = u16_at(maxp, own)?.max(before).saturating_mul(parts);
            set(maxp, composite, most.max(before))?;
        }
        let components = u16_at(maxp, 28)?.max(parts);
        set(maxp, 28, components)?;
        set(maxp, 30, 4)
    }

    /// The font file.
    fn write(mut self) -> Vec<u8> {
        let loca: Vec<u8> = self.offsets.iter().flat_map(|offset| offset.to_be_bytes()).collect();
        self.all.insert(*b"loca", loca);
        if let Some(head) = self.all.get_mut(b"head") {
            let _ = set(head, 50, 1).and_then(|()| set(head, 8, 0)).and_then(|()| set(head, 10, 0));
        }
        let count = self.all.len() as u16;
        let selector = count.checked_ilog2().unwrap_or_default() as u16;
        let range = 16 << selector;
        let mut font = vec![0, 1, 0, 0];
        for value in [count, range, selector, count * 16 - range] {
            font.extend(value.to_be_bytes());
        }
        let mut start = 12 + 16 * self.all.len();
        for (tag, table) in &self.all {
            font.extend(tag);
            font.extend(checksum(table).to_be_bytes());
            font.extend((start as u32).to_be_bytes());
            font.extend((table.len() as u32).to_be_bytes());
            start += table.len().next_multiple_of(4);
        }
        let mut head = 0;
        for (tag, table) in &self.all {
            if tag == b"head" {
                head = font.len();
            }
            font.extend(table);
            font.resize(font.len().next_multiple_of(4), 0);
        }
        let adjustment = 0xB1B0_AFBAu32.wrapping_sub(checksum(&font));
        if let Some(place) = font.get_mut(head + 8..head + 12) {
            place.copy_from_slice(&adjustment.to_be_bytes());
        }
        font
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|value| u16::from_be_bytes(*value))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|value| u32::from_be_bytes(*value))
}

fn set(bytes: &mut [u8], at: usize, value: u16) -> Option<()> {
    bytes.get_mut(at..at + 2).map(|place| place.copy_from_slice(&value.to_be_bytes()))
}

/// The sum of a table's words (OpenType, "Calculating checksums").
fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::text::line::{Align, Style};
    use crate::press::text::shaping::Typesetter;

    /// The font of a text.
    fn subset(text: &str) -> (Subset, usize) {
        let style = Style { face: Face::Regular, leading: 1.5, align: Align::Start, right_to_left: true };
        let mut font = Font::new(Face::Regular);
        let lines = Typesetter::default().set(text, &style, 10.0, 500.0);
        let glyphs: Vec<_> = lines.into_iter().flat_map(|line| line.glyphs).collect();
        for glyph in &glyphs {
            font.code(&glyph.ink, &glyph.text);
        }
        (font.subset().unwrap(), glyphs.len())
    }

    #[test]
    fn every_glyph_of_a_subset_has_its_metrics_and_its_parts() {
        // With and without a ZWNJ, marks and composites; which glyph is the last decides how the face's own widths are
        // stored.
        for text in ["Dear friends, عکس‌ها", "کدِ", "abc", "گم‌شدن بقیه مهم نیست", "لاّ همهٔ خانهٔ اَوّل", "a ب‌ c", "شب‌نامه"]
        {
            let (subset, _) = subset(text);
            for (glyph, width, of) in &subset.codes {
                // As another reader of fonts sees it.
                let advance = crate::press::text::face::drawn(&subset.program, *glyph).unwrap();
                // Blank glyphs take no room on paper, whatever the face gives to a space.
                assert!(*width == 0.0 || (advance - width).abs() < 1.0, "{of} of {text}: {advance} for {width}");
            }
        }
    }

    #[test]
    fn the_parts_of_composites_are_there() {
        let (subset, _) = subset("کدِ عکس‌ها Dear");
        let tables = FontTables::read(&subset.program).unwrap();
        let glyphs = tables.glyphs().unwrap();
        let mut composites = 0;
        for id in 0..glyphs {
            let (start, end) = (tables.offsets[usize::from(id)] as usize, tables.offsets[usize::from(id) + 1] as usize);
            let glyph = &tables.all[b"glyf"][start..end];
            if u16_at(glyph, 0) == Some(0xFFFF) {
                composites += 1;
                assert!(u16_at(glyph, 12).unwrap() < glyphs);
            }
        }
        assert!(composites >= 2);
    }
}
