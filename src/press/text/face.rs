//! The kit's faces: those that letters are set in, and companions for the signs that these lack. The one file that
//! names skrifa.

use std::sync::LazyLock;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

/// A face of the kit's fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Face {
    /// Vazirmatn Regular.
    #[default]
    Regular,
    /// Vazirmatn Bold.
    Bold,
    /// Cyrillic, Greek, Hebrew, Armenian, Georgian, and more of Latin.
    Text,
    /// Arrows, signs, stars.
    Symbols,
    /// Emoji in black.
    Emoji,
}

impl Face {
    /// Every face, in the order in which a character is looked for in them.
    pub const ALL: [Face; 5] = [Face::Regular, Face::Bold, Face::Text, Face::Symbols, Face::Emoji];

    /// The font file.
    pub fn file(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../../../fonts/Vazirmatn-Regular.ttf"),
            Face::Bold => include_bytes!("../../../fonts/Vazirmatn-Bold.ttf"),
            Face::Text => include_bytes!("../../../fonts/CompanionText-Regular.ttf"),
            Face::Symbols => include_bytes!("../../../fonts/CompanionSymbols-Regular.ttf"),
            Face::Emoji => include_bytes!("../../../fonts/CompanionEmoji-Regular.ttf"),
        }
    }

    /// The family's name in the file.
    pub(crate) fn family(self) -> &'static str {
        match self {
            Face::Regular | Face::Bold => "Vazirmatn",
            Face::Text => "Companion Text",
            Face::Symbols => "Companion Symbols",
            Face::Emoji => "Companion Emoji",
        }
    }

    /// The widths of its glyphs, in thousandths of the size of type.
    pub(crate) fn widths(self) -> Vec<f32> {
        let Ok(font) = skrifa::FontRef::new(self.file()) else { return Vec::new() };
        let metrics = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let widths =
            (0..metrics.glyph_count()).map(|id| metrics.advance_width(skrifa::GlyphId::new(id)).unwrap_or_default());
        widths.map(|width| (width * 100.0).round() / 100.0).collect()
    }

    /// Its measures; nothing where the file is damaged.
    pub(crate) fn metrics(self) -> Option<Metrics> {
        let font = skrifa::FontRef::new(self.file()).ok()?;
        let metrics = font.metrics(Size::new(1000.0), LocationRef::default());
        let bounds = metrics.bounds.unwrap_or_default();
        Some(Metrics {
            units_per_em: metrics.units_per_em,
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            ascent: metrics.ascent,
            descent: metrics.descent,
            cap_height: metrics.cap_height.unwrap_or(metrics.ascent),
        })
    }

    /// The glyph of a character, and its advance in sizes of type.
    pub(crate) fn glyph(self, character: char) -> Option<(u16, f32)> {
        let font = skrifa::FontRef::new(self.file()).ok()?;
        let id = font.charmap().map(character)?;
        let advance = font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(id)?;
        Some((u16::try_from(id.to_u32()).ok()?, advance))
    }
}

/// The measures of a face, in thousandths of the size of type.
pub(crate) struct Metrics {
    /// Units of its outlines to the size of type.
    pub(crate) units_per_em: u16,
    /// Left, bottom, right, top of all glyphs together.
    pub(crate) bounds: [f32; 4],
    /// Above the baseline.
    pub(crate) ascent: f32,
    /// Below the baseline, less than zero.
    pub(crate) descent: f32,
    /// Height of capitals.
    pub(crate) cap_height: f32,
}

/// Whether a face of the kit has a character.
pub(crate) fn has(character: char) -> bool {
    Face::ALL.into_iter().any(|face| face.glyph(character).is_some())
}

/// The code point of a character that no face has, in brackets, as glyphs of the regular face.
pub(crate) fn number_of(character: char) -> Vec<(u16, f32)> {
    static SIGNS: LazyLock<Vec<Option<(u16, f32)>>> =
        LazyLock::new(|| "0123456789ABCDEF[]".chars().map(|sign| Face::Regular.glyph(sign)).collect());
    let at = |index: usize| SIGNS.get(index).copied().flatten();
    let digits = format!("{:04X}", u32::from(character));
    let digits = digits.chars().filter_map(|digit| digit.to_digit(16)).map(|digit| at(digit as usize));
    std::iter::once(at(16)).chain(digits).chain([at(17)]).flatten().collect()
}

/// The width of a glyph of a font, in thousandths of the size of type; nothing where it is not drawn.
#[cfg(test)]
pub(crate) fn drawn(font: &[u8], glyph: u16) -> Option<f32> {
    let font = skrifa::FontRef::new(font).ok()?;
    let id = skrifa::GlyphId::from(glyph);
    font.outline_glyphs().get(id)?;
    font.glyph_metrics(Size::new(1000.0), LocationRef::default()).advance_width(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_have_what_people_write() {
        for character in
            "سلام ۱۲ Grüße Привет Ωμέγα שלום Հայ ქარ ✓✗✅❌●■→←★☎⚠️❤🍃🙏🔴✊".chars().filter(|c| *c != '\u{FE0F}')
        {
            assert!(character == ' ' || has(character), "{character}");
        }
        assert!(!has('漢'));
        assert_eq!(number_of('漢').len(), 6);
    }
}
