//! Decomposed letters and presentation forms -> the letters that fonts have. The one file that names icu_normalizer.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::bidi::Edits;

/// Composes letters with their marks (NFC), and replaces presentation forms by letters (NFKC). Only for setting: the
/// letter that travels stays as it is.
pub(crate) fn composed<'a>(
    text: Cow<'a, str>,
    bold: Cow<'a, [Range<usize>]>,
) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    if !text.chars().any(|c| is_piece(c) || is_presentation_form(c)) {
        return (text, bold);
    }
    let (nfc, nfkc) = (ComposingNormalizerBorrowed::new_nfc(), ComposingNormalizerBorrowed::new_nfkc());
    let mut made = String::with_capacity(text.len());
    let mut edits = Edits::default();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let mut end = start + first.len_utf8();
        while let Some((at, mark)) = characters.next_if(|(_, next)| is_piece(*next)) {
            end = at + mark.len_utf8();
        }
        let letter = text.get(start..end).unwrap_or_default();
        let normal = if is_presentation_form(first) { nfkc.normalize(letter) } else { nfc.normalize(letter) };
        made.push_str(&normal);
        if normal.len() != letter.len() {
            edits.push(end, normal.len() as isize - letter.len() as isize);
        }
    }
    (Cow::Owned(made), Cow::Owned(edits.moved(&bold)))
}

/// Whether a character may be composed with the one before it: marks on letters, and the vowels and endings of Hangul.
fn is_piece(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{653}'..='\u{655}' | '\u{1161}'..='\u{11FF}')
}

/// Presentation forms of Arabic letters, ligatures and honorifics, which no face of the kit has.
fn is_presentation_form(character: char) -> bool {
    matches!(character, '\u{FDFA}' | '\u{FDFB}' | '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDC7}'
        | '\u{FE80}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_composed_and_what_is_bold_stays_bold() {
        let shown = |text: &str| composed(Cow::Borrowed(text), Cow::Borrowed(&[])).0.into_owned();
        assert_eq!(shown("Franc\u{327}ais, Tu\u{308}rkc\u{327}e, Kurdi\u{302}"), "Français, Türkçe, Kurdî");
        assert_eq!(shown("ا\u{653}ب ا\u{654}ن ي\u{654} ه\u{654}"), "آب أن ئ ه\u{654}");
        assert_eq!(shown("ﺳﻼﻡ ﭘﻴﺎﻡ ﬁn ﷼ ﷺ"), "سلام پيام fin ﷼ صلى الله عليه وسلم");
        let (text, bold) = composed("c\u{327}a **".into(), vec![0..4, 5..7].into());
        assert_eq!((&*text, bold.to_vec()), ("ça **", vec![0..3, 4..6]));
    }
}
