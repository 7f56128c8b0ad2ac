//! The letters and spaces of a line -> their places in its width.

use super::atom::Atom;
use super::line::{Align, Glyph, MM_PER_POINT, Style};
use super::{kashida, linebreak};

/// How wide lines are, and how they fill that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineMeasure<'a> {
    pub(crate) style: &'a Style,
    /// Whether kashidas may be inserted.
    pub(crate) kashida: bool,
    /// In sizes of type.
    pub(crate) width: f32,
    /// In points.
    pub(crate) size_pt: f32,
}

impl LineMeasure<'_> {
    /// Places a line, from left to right, that is set in by so many sizes of type, and may be the `last` of its
    /// paragraph. Gives its glyphs, and where it ends on the right, in mm.
    pub(crate) fn place(&self, atoms: &mut [Atom], indent: f32, last: bool) -> (Vec<Glyph>, f32) {
        // White space at the end of the line hangs into the margin.
        let inked = atoms.iter().position(|atom| !atom.is_space());
        let atoms = match (inked, atoms.iter().rposition(|atom| !atom.is_space())) {
            (Some(first), Some(end)) => atoms.get_mut(first..=end).unwrap_or_default(),
            _ => &mut [],
        };
        let width = self.width - indent;
        let mut filled: f32 = atoms.iter().map(|atom| atom.advance).sum();
        if self.kashida && self.style.align == Align::Justify && !last {
            filled = width - kashida::draw_out(atoms, width - filled);
        }
        let spaces = || atoms.iter().filter(|atom| atom.is_space());
        let free = width - filled;
        let mixed = self.style.right_to_left && atoms.iter().any(|atom| !atom.right_to_left);
        let spaces_wide = spaces().map(|atom| atom.advance).sum();
        // A justified line may be slightly too full: its spaces shrink.
        let is_full = free < 0.0 && spaces().count() > 0;
        let justified = is_full
            || self.style.align == Align::Justify && linebreak::is_justified(filled, spaces_wide, width, last, mixed);
        let stretch = if justified { free / spaces().count() as f32 } else { 0.0 };
        let set_in = if self.style.right_to_left { 0.0 } else { indent };
        let mut pen = set_in
            + match self.style.align {
                _ if justified => 0.0,
                Align::Center => free / 2.0,
                align if (align == Align::End) != self.style.right_to_left => free,
                _ => 0.0,
            };
        let mut glyphs = Vec::with_capacity(atoms.len());
        let mm = self.size_pt * MM_PER_POINT;
        for atom in atoms.iter() {
            atom.place(pen * mm, &mut glyphs);
            pen += atom.advance + if atom.is_space() { stretch } else { 0.0 };
        }
        (glyphs, pen * mm)
    }
}
