//! The direction of a letter and of its paragraphs.

use super::script::strong_direction;
use super::tokens::{Token, alone};

/// Percentage of letters of one direction that decides; below it the language decides.
const MOST: usize = 70;

/// Whether a letter runs from right to left: its own letters say so, those outside of links and the like, and where
/// both directions have many, its language.
pub fn is_right_to_left(language: &str, text: &str) -> bool {
    let (mut right, mut all) = (0usize, 0usize);
    for direction in directions(text) {
        right += usize::from(direction);
        all += 1;
    }
    if all > 0 && right * 100 >= all * MOST {
        return true;
    }
    if all > 0 && (all - right) * 100 >= all * MOST {
        return false;
    }
    let mut parts = language.split('-');
    match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "fa" | "ar" | "ckb" | "azb" | "he" | "ur" | "ps" | "ug" | "sd" | "yi" => true,
        "" => text.chars().find_map(strong_direction).unwrap_or(false),
        // A tag may say in which script the language is written.
        _ => parts.any(|part| part.eq_ignore_ascii_case("arab") || part.eq_ignore_ascii_case("hebr")),
    }
}

/// The direction of a paragraph in a letter of the given direction: a paragraph without a letter of that direction
/// takes the other, and so does one in which the other has the first word and most of the letters. What is read as a
/// whole, such as a link, does not count where anything else stands there.
pub fn paragraph_direction(right_to_left_letter: bool, text: &str) -> bool {
    let directions = directions(text);
    let own = directions.iter().filter(|direction| **direction == right_to_left_letter).count();
    let others = directions.len() - own;
    if others > 3 * own && directions.first() != Some(&right_to_left_letter) {
        !right_to_left_letter
    } else {
        right_to_left_letter
    }
}

/// The directions of the letters of a text outside of its tokens; of all its letters where there are none.
fn directions(text: &str) -> Vec<bool> {
    let of = |text: &str| text.chars().filter_map(strong_direction).collect::<Vec<_>>();
    let mut outside = Vec::new();
    let mut at = 0;
    for Token { range, .. } in alone(text) {
        outside.extend(of(text.get(at..range.start).unwrap_or_default()));
        at = range.end;
    }
    outside.extend(of(text.get(at..).unwrap_or_default()));
    if outside.is_empty() { of(text) } else { outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_line_in_a_persian_letter_runs_from_the_left() {
        assert!(!paragraph_direction(true, "Only Latin here."));
        assert!(paragraph_direction(true, "Latin و فارسی"));
        assert!(paragraph_direction(false, "این بند در نامه‌ای انگلیسی فارسی است، با یک word در میان"));
        assert!(paragraph_direction(true, "۱۲۳"));
        assert!(!paragraph_direction(false, "English with فارسی"));
        assert!(paragraph_direction(false, "تنها فارسی"));
        assert!(paragraph_direction(true, "CVE-2025-0001، CVE-2025-0002 و CVE-2025-0003"));
        assert!(!paragraph_direction(true, "https://example.org/news/2026-01-18"));
    }

    #[test]
    fn letters_say_from_where_a_letter_is_read_and_then_its_language() {
        assert!(is_right_to_left("fa-IR", "سلام") && is_right_to_left("", "سلام") && !is_right_to_left("", "hi سلام"));
        for tag in ["azb", "az", "ku", "ckb", "tr", ""] {
            assert!(is_right_to_left(tag, "بو مکتوبو اوخویون"), "{tag}");
            assert!(!is_right_to_left(tag, "Bu məktubu oxuyun"), "{tag}");
        }
        // Persian in Latin letters; half and half; nothing but digits.
        assert!(!is_right_to_left("fa", "salam, in nameh ra bekhanid"));
        assert!(
            is_right_to_left("fa", "hello all of you سلام بر همهٔ شما")
                && !is_right_to_left("en", "hello all of you سلام بر همهٔ شما")
        );
        assert!(is_right_to_left("en", "متن https://example.org/a-long-address-of-a-page است."));
        assert!(is_right_to_left("FA", "123") && is_right_to_left("az-Arab", "123") && !is_right_to_left("en", "123"));
    }
}
