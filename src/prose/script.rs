//! Properties of characters that typesetting needs: digits, and strong direction.

/// A text with its ASCII digits as those that begin with `zero`.
pub(super) fn in_digits(text: &str, zero: char) -> String {
    let own = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(zero as u32 + digit)).unwrap_or(c);
    text.chars().map(own).collect()
}

/// Whether a character is a digit in the scripts of the letters that are set.
pub fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '۰'..='۹' | '٠'..='٩')
}

/// Whether a character's own direction is from right to left; `None` where it has none.
pub(super) fn strong_direction(character: char) -> Option<bool> {
    match character {
        '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => None,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
            character.is_alphabetic().then_some(true)
        }
        _ => character.is_alphabetic().then_some(false),
    }
}
