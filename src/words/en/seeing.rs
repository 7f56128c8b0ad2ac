//! What was seen in pictures, in English.

use super::count;
use crate::words::Seen;

/// How far a film was looked at.
pub fn filming(pictures: usize, codes: usize) -> String {
    format!("{}, {}", count(pictures, "picture"), count(codes, "code"))
}

/// Why a code could not be read that is to be seen.
pub fn why_unread(why: &str) -> &'static str {
    match why {
        "cut" => "a part of it is outside: take it whole",
        "small" => "it is too small: go nearer",
        "glare" => "a light shines on it: take it from another side",
        "faint" => "it is faint: take it in better light",
        _ => "it is blurred, covered or worn: take it again, flat and steady",
    }
}

/// What was seen in all.
pub fn seen(seen: &Seen) -> String {
    let mut text = format!("{} looked at, {} taken", count(seen.pictures, "picture"), count(seen.frames, "frame"));
    if seen.refused > 0 {
        text.push_str(&format!(", {} refused", seen.refused));
    }
    if seen.forged > 0 {
        text.push_str(&format!(", {} forged", seen.forged));
    }
    if seen.foreign > 0 {
        text.push_str(&format!(", {} not ours", count(seen.foreign, "code")));
    }
    if seen.others > 0 {
        text.push_str(&format!(", {} of other letters", seen.others));
    }
    if seen.given_up > 0 {
        let were = if seen.given_up == 1 { "was" } else { "were" };
        text.push_str(&format!("; {} {were} given up", count(seen.given_up, "begun letter")));
    }
    text
}
