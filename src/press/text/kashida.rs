//! Kashida: strokes that lengthen joined letters, so that spaces in justified lines need not become wide. Only on
//! request, and sparingly.

use std::sync::LazyLock;

use super::atom::{Atom, Outline, is_mark};
use super::face::Face;

/// Spaces are stretched up to this share of their width before a kashida is inserted.
const COMFORTABLE: f32 = 0.35;
/// At most one word in this many gets a kashida: more looks mannered.
const ONE_IN: usize = 3;
/// Fewest letters of such a word.
const SHORTEST: usize = 4;

/// The glyph of a stroke, and its advance in sizes of type.
static STROKE: LazyLock<Option<(u16, f32)>> =
    LazyLock::new(|| Face::Regular.glyph('\u{640}').filter(|(_, advance)| *advance > 0.0));

/// Inserts kashidas where the spaces of a line would be stretched too far; returns the remaining free width. Atoms are
/// in visual order; widths in sizes of type.
pub(crate) fn draw_out(atoms: &mut [Atom], free: f32) -> f32 {
    let Some((id, advance)) = *STROKE else { return free };
    let spaces: f32 = atoms.iter().filter(|atom| atom.is_space()).map(|atom| atom.advance).sum();
    let strokes = ((free - spaces * COMFORTABLE) / advance).floor().max(0.0) as usize;
    let mut places = Vec::new();
    let mut words = 0;
    let mut start = 0;
    for word in atoms.split_inclusive(Atom::is_space) {
        let letters = word.iter().filter(|atom| !atom.is_space()).count();
        words += usize::from(letters > 0);
        if letters >= SHORTEST && word.iter().all(is_plain) {
            let joints = word.windows(2).enumerate().filter_map(|(at, pair)| {
                let [later, earlier] = pair else { return None };
                Some((rank(earlier, later, at == 0)?, start + at + 1))
            });
            places.extend(joints.min());
        }
        start += word.len();
    }
    places.sort_unstable();
    let mut left = free;
    for (_, at) in places.into_iter().take(strokes.min(words.div_ceil(ONE_IN))) {
        let Some(atom) = atoms.get_mut(at) else { continue };
        // On the left of the letter: there it joins the next.
        atom.glyphs.insert(0, Outline { id, advance, x: 0.0, y: 0.0 });
        atom.advance += advance;
        left -= advance;
    }
    left
}

/// Whether it may stand in a word that is drawn out.
fn is_plain(atom: &Atom) -> bool {
    atom.is_space() || atom.right_to_left && atom.face == Face::Regular && !atom.characters.iter().any(|c| is_mark(*c))
}

/// Rank of a place between two letters, the lowest the best; `None` where no kashida may stand. `is_final` where the
/// second ends its word.
fn rank(earlier: &Atom, later: &Atom, is_final: bool) -> Option<u8> {
    let (before, after) = (*earlier.characters.last()?, *later.characters.first()?);
    if !joins_next(before) || !joins_previous(after) {
        return None;
    }
    match (before, after) {
        ('س' | 'ش' | 'ص' | 'ض', _) => Some(0),
        (_, 'ه' | 'ة' | 'د' | 'ذ') if is_final => Some(1),
        (_, 'ا' | 'ل' | 'ک' | 'ك' | 'گ') if is_final => Some(2),
        (_, 'ر' | 'ز' | 'ی' | 'ي') if is_final => Some(3),
        _ => None,
    }
}

/// Whether a letter joins the one after it, in the alphabets of Persian, Arabic, Kurdish, Azerbaijani and Urdu.
fn joins_next(letter: char) -> bool {
    matches!(
        letter,
        'ب' | 'پ'
            | 'ت'
            | 'ث'
            | 'ج'
            | 'چ'
            | 'ح'
            | 'خ'
            | 'س'
            | 'ش'
            | 'ص'
            | 'ض'
            | 'ط'
            | 'ظ'
            | 'ع'
            | 'غ'
            | 'ف'
            | 'ڤ'
            | 'ق'
            | 'ک'
            | 'ك'
            | 'گ'
            | 'ل'
            | 'ڵ'
            | 'م'
            | 'ن'
            | 'ه'
            | 'ھ'
            | 'ی'
            | 'ي'
            | 'ئ'
            | 'ێ'
    )
}

/// Whether a letter joins the one before it.
fn joins_previous(letter: char) -> bool {
    joins_next(letter)
        || matches!(letter, 'ا' | 'أ' | 'إ' | 'د' | 'ذ' | 'ر' | 'ڕ' | 'ز' | 'ژ' | 'و' | 'ۆ' | 'ؤ' | 'ة' | 'ە' | 'ى')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(text: &str) -> Vec<Atom> {
        let atom = |character| Atom {
            characters: vec![character],
            glyphs: vec![Outline { id: 1, advance: 0.5, x: 0.0, y: 0.0 }],
            advance: if character == ' ' { 0.25 } else { 0.5 },
            face: Face::Regular,
            right_to_left: true,
        };
        text.chars().rev().map(atom).collect()
    }

    fn drawn(text: &str, free: f32) -> (Vec<char>, f32) {
        let mut atoms = atoms(text);
        let left = draw_out(&mut atoms, free);
        let drawn = atoms.iter().filter(|atom| atom.glyphs.len() > 1).map(|atom| atom.characters[0]);
        (drawn.collect(), left)
    }

    #[test]
    fn few_words_are_drawn_out_at_the_best_place() {
        let text = "مردم شهر شورای نوشتند و گفتند";
        // Nothing where spaces take it.
        assert_eq!(drawn(text, 0.3), (vec![], 0.3));
        let (letters, left) = drawn(text, 3.0);
        assert_eq!(letters, ['ش', 'ش']);
        assert!(left < 3.0 && left > 1.0, "{left}");
        // Neither words with marks, nor Latin, nor short ones, nor what does not join.
        assert_eq!(drawn("سَلام abc در دادن راز", 3.0), (vec![], 3.0));
    }
}
