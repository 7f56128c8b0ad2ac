//! What belongs together in a line, and is drawn and copied as one.

use super::bidi::isolates;
use super::face::Face;
use super::font::{Component, Ink};
use super::line::Glyph;
use super::linebreak::is_space;

/// Most glyphs of one composite: more marks on one letter could not be told apart.
const MAX_COMPONENTS: usize = 32;

/// A glyph and its offset from the pen position, in sizes of type; y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outline {
    pub(crate) id: u16,
    pub(crate) advance: f32,
    pub(crate) x: f32,
    pub(crate) y: f32,
}

/// Characters and glyphs that belong together and cannot be told apart: a letter, a letter with its marks, a ligature.
pub(crate) struct Atom {
    pub(crate) characters: Vec<char>,
    pub(crate) glyphs: Vec<Outline>,
    /// In sizes of type.
    pub(crate) advance: f32,
    pub(crate) face: Face,
    pub(crate) right_to_left: bool,
}

impl Atom {
    /// Whether it is white space that a line may end with.
    pub(crate) fn is_space(&self) -> bool {
        self.characters.iter().all(|character| is_space(*character))
    }

    fn ink(&self) -> Ink {
        match self.glyphs.as_slice() {
            [] => Ink::Blank,
            [glyph] if glyph.x == 0.0 && glyph.y == 0.0 => Ink::Glyph(glyph.id),
            glyphs => {
                let thousandths = |value: f32| (value * 1000.0).round() as i16;
                let mut pen = 0.0;
                let parts = glyphs.iter().take(MAX_COMPONENTS).map(|glyph| {
                    let x = thousandths(pen + glyph.x);
                    pen += glyph.advance;
                    Component { id: glyph.id, x, y: thousandths(glyph.y) }
                });
                Ink::Composite(parts.collect())
            }
        }
    }

    /// One glyph draws the whole cluster. It carries the text up to the first mark; each mark has a blank glyph on the
    /// side where it is read: programs that copy text reverse text from right to left glyph by glyph, and give marks no
    /// width.
    pub(crate) fn place(&self, x_mm: f32, out: &mut Vec<Glyph>) {
        let start = out.len();
        let mut ink = self.ink();
        let shown: Vec<char> = self
            .characters
            .iter()
            .copied()
            .filter(|c| !matches!(*c, '\n' | '\u{2028}' | '\u{2029}') && !isolates(*c))
            .collect();
        for characters in shown.chunk_by(|a, b| !is_mark(*a) && !is_mark(*b)) {
            let text: String = match self.right_to_left {
                true => characters.iter().rev().collect(),
                false => characters.iter().collect(),
            };
            let ink = std::mem::replace(&mut ink, Ink::Blank);
            out.push(Glyph { ink, face: self.face, x_mm, right_to_left: self.right_to_left, text: text.into() });
        }
        if self.right_to_left
            && let Some(placed) = out.get_mut(start..)
        {
            placed.reverse();
        }
    }
}

/// Whether a character is a mark on another (Unicode, general category Mn), in the scripts that the fonts have.
pub(crate) fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}')
}
