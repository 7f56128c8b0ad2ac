//! Lines as data: how they are set, and the glyphs in them.

use super::face::Face;
use super::font::Ink;

/// Millimetres in a point.
pub const MM_PER_POINT: f32 = 25.4 / 72.0;

/// How the lines of a paragraph are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// To both margins, the last line to the start.
    Justify,
    /// To the start: the right margin from right to left.
    Start,
    /// To the end.
    End,
    /// In the middle.
    Center,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The face, where nothing else is said.
    pub face: Face,
    /// Distance of baselines, in sizes of type.
    pub leading: f32,
    /// Alignment.
    pub align: Align,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
}

/// A glyph of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it draws.
    pub ink: Ink,
    /// Its face.
    pub face: Face,
    /// Its origin, right of the line's left end, in mm.
    pub x_mm: f32,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// Its characters in visual order: those of a ligature from right to left are reversed. Marks have blank glyphs of
    /// their own.
    pub text: Box<str>,
}

/// A line, set: its glyphs in the order in which they stand, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Size of type in points.
    pub size_pt: f32,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// From the top of the line to its baseline, in mm.
    pub ascent_mm: f32,
    /// From the top of the line to the top of the next, in mm.
    pub height_mm: f32,
    /// Where its ink ends on the right, in mm.
    pub right_mm: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// Number of glyphs at the start of reading that are the mark of a list item.
    pub mark: usize,
}

impl Line {
    /// Where its ink begins on the left, in mm.
    pub fn left_mm(&self) -> f32 {
        self.glyphs.first().map(|glyph| glyph.x_mm).unwrap_or_default()
    }

    /// The same line, so much further to the right.
    pub(crate) fn moved(mut self, x_mm: f32) -> Self {
        self.right_mm += x_mm;
        self.glyphs.iter_mut().for_each(|glyph| glyph.x_mm += x_mm);
        self
    }

    /// Puts the mark of a list item where reading begins; it stands `x_mm` to the right of this line's left end.
    pub(crate) fn begin_with(&mut self, mark: Line, x_mm: f32) {
        self.right_mm = self.right_mm.max(mark.right_mm + x_mm);
        self.mark = mark.glyphs.len();
        let moved = mark.glyphs.into_iter().map(|glyph| Glyph { x_mm: glyph.x_mm + x_mm, ..glyph });
        let at = if self.right_to_left { self.glyphs.len() } else { 0 };
        self.glyphs.splice(at..at, moved);
    }

    /// From the first glyph to the end of the last, in mm.
    pub fn ink_mm(&self) -> f32 {
        self.right_mm - self.left_mm()
    }
}
