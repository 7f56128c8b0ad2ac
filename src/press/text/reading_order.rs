//! Lines -> runs of glyphs in the order in which programs that copy text have to find them.
//!
//! These programs do not agree on lines from right to left that contain words from left to right. PDFium keeps the
//! order within one text object, and reverses each right-to-left stretch if the line has more stretches from left to
//! right than from right to left; pdf.js keeps the order too, but drops blanks before which the pen moves back.
//! Therefore such a line is one text object, word by word in reading order, and each blank carries a left-to-right
//! mark: a stretch that draws nothing, and a blank that pdf.js keeps.

use super::atom::is_mark;
use super::font::Ink;
use super::line::{Glyph, Line, MM_PER_POINT};

/// LEFT-TO-RIGHT MARK.
const MARK: &str = "\u{200E}";
/// ZERO WIDTH SPACE, between two marks.
const BETWEEN: &str = "\u{200B}";
/// Distance of a ZWNJ from its letter, in mm: poppler sorts by position.
const BESIDE_MM: f32 = 0.02;
/// ZERO WIDTH NON-JOINER.
const ZWNJ: char = '\u{200C}';

/// A space wider than this is taken for a gap between columns by programs that copy text, in sizes of type.
const WIDE: f32 = 0.57;

/// The runs of a line, of one face each and from right to left without wide spaces, in the order in which they are
/// read. Programs that copy text lose the space between two runs from right to left, so it goes into the glyph that the
/// second begins with.
pub(crate) fn runs(line: &Line) -> Vec<Vec<Glyph>> {
    if line.right_to_left && is_needed(&line.glyphs) {
        return vec![in_order(&line.glyphs)];
    }
    let text = line.glyphs.len() - line.mark;
    let (first, second) = line.glyphs.split_at(if line.right_to_left { text } else { line.mark });
    let wide = WIDE * line.size_pt * MM_PER_POINT;
    let together =
        |a: &Glyph, b: &Glyph| a.face == b.face && (!line.right_to_left || &*a.text != " " || b.x_mm - a.x_mm < wide);
    let runs = [first, second].into_iter().flat_map(|part| part.chunk_by(together));
    let mut runs: Vec<Vec<Glyph>> = runs.map(<[Glyph]>::to_vec).collect();
    if !line.right_to_left || runs.len() < 2 {
        return runs;
    }
    runs.reverse();
    let blank = |glyph: &Glyph| glyph.text.chars().all(char::is_whitespace);
    let mut spaced = false;
    for run in &mut runs {
        let end = run.iter().rposition(|glyph| !blank(glyph)).map_or(0, |last| last + 1);
        spaced |= end < run.len();
        run.truncate(end);
        if run.is_empty() {
            continue;
        }
        if let Some(last) = run.last_mut().filter(|_| spaced) {
            last.text = format!("{} ", last.text).into();
        }
        let spaces = run.iter().take_while(|glyph| blank(glyph)).count();
        run.drain(..spaces);
        spaced = spaces > 0;
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Whether a line from right to left has to be one text object; all others are copied in order run by run.
fn is_needed(glyphs: &[Glyph]) -> bool {
    let one_face = glyphs.first().is_some_and(|first| glyphs.iter().all(|glyph| glyph.face == first.face));
    let from_left = |stretch: &[Glyph]| stretch.iter().all(|glyph| !glyph.right_to_left) && !is_number(stretch);
    one_face && glyphs.chunk_by(|a, b| a.right_to_left == b.right_to_left).any(from_left)
}

/// Whether a stretch from left to right counts as a single number.
fn is_number(stretch: &[Glyph]) -> bool {
    let mut characters = stretch.iter().flat_map(|glyph| glyph.text.chars());
    characters.all(|c| c.is_numeric() || matches!(c, '.' | ',' | '/' | ':' | '%' | '٫' | '٬' | '٪'))
}

/// The glyphs of a line that is read from right to left, in reading order.
fn in_order(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut order = Order::default();
    for stretch in glyphs.chunk_by(|a, b| a.right_to_left == b.right_to_left).rev() {
        if stretch.iter().any(|glyph| glyph.right_to_left) {
            stretch.iter().rev().for_each(|glyph| order.take_from_right(glyph));
        } else {
            order.end_letters();
            order.lefts += usize::from(!is_number(stretch));
            order.glyphs.extend_from_slice(stretch);
        }
    }
    order.end_letters();
    // There must be more stretches from left to right.
    if order.rights >= order.lefts {
        let marks = [MARK, BETWEEN].concat().repeat(order.rights - order.lefts + 1);
        let blank = order.glyphs.iter_mut().find(|glyph| glyph.text.ends_with(' ') && glyph.text.starts_with(MARK));
        if let Some(blank) = blank {
            blank.text = format!("{marks}{}", blank.text).into();
        } else if let Some(last) = glyphs.last() {
            order.glyphs.insert(0, Glyph { ink: Ink::Blank, text: marks.into(), ..last.clone() });
        }
    }
    order.glyphs
}

/// Whether a character runs from right to left by itself, or goes with one that does.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() || is_mark(character) || matches!(character, '؛' | '؟' | '۔')
}

#[derive(Default)]
struct Order {
    glyphs: Vec<Glyph>,
    /// Letters from right to left that follow each other, as they are read.
    letters: Vec<Glyph>,
    /// How many stretches there are of each direction.
    rights: usize,
    lefts: usize,
}

impl Order {
    fn take_from_right(&mut self, glyph: &Glyph) {
        if &*glyph.text == " " {
            self.end_letters();
            self.lefts += 1;
            self.glyphs.push(Glyph { text: [MARK, " "].concat().into(), ..glyph.clone() });
            return;
        }
        let (joiner, letter) = match glyph.text.strip_prefix(ZWNJ) {
            Some(letter) if !letter.is_empty() => (true, letter),
            _ => (false, &*glyph.text),
        };
        if !letter.chars().all(is_letter) {
            self.end_letters();
            self.glyphs.push(glyph.clone());
            return;
        }
        self.letters.push(Glyph { text: letter.into(), ..glyph.clone() });
        if joiner {
            self.end_letters();
            // On the left of its letter: poppler sorts by position.
            let x_mm = glyph.x_mm - BESIDE_MM;
            self.glyphs.push(Glyph { ink: Ink::Blank, text: ZWNJ.to_string().into(), x_mm, ..glyph.clone() });
        }
    }

    /// Letters are drawn from left to right.
    fn end_letters(&mut self) {
        self.rights += usize::from(!self.letters.is_empty());
        self.glyphs.extend(self.letters.drain(..).rev());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::text::face::Face;
    use crate::press::text::line::{Align, Style};
    use crate::press::text::shaping::Typesetter;

    /// What is drawn, run by run.
    fn drawn(text: &str) -> Vec<String> {
        let style = Style { face: Face::Regular, leading: 1.5, align: Align::Start, right_to_left: true };
        let line = Typesetter::default().set(text, &style, 11.0, 150.0).remove(0);
        runs(&line).iter().map(|run| run.iter().map(|glyph| &*glyph.text).collect()).collect()
    }

    #[test]
    fn words_of_both_directions_are_drawn_as_they_are_read() {
        // Letters from right to left stand from left to right within their word.
        assert_eq!(drawn("در a@b.c"), ["رد\u{200E} a@b.c"]);
        let [run] = &drawn("این می‌رود (ILO) است؛ +98 912 بله.")[..] else { panic!("one run") };
        let plain: String = run.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200B}')).collect();
        assert_eq!(plain, "نیا یم\u{200C}دور (ILO) ؛تسا +98 912 هلب.");
        // As many marks as words, and one more.
        assert!(run.matches(MARK).count() + 2 > 5, "{run:?}");
    }

    #[test]
    fn other_lines_are_drawn_from_left_to_right() {
        for text in ["این می‌رود.", "۱۲۳۴ و 2026 نفر", "سلام"] {
            let visual: String = drawn(text).concat();
            assert!(!visual.contains(MARK), "{visual:?}");
        }
    }
}
