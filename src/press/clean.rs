//! The text of a paragraph -> what is shaped of it.

use std::borrow::Cow;
use std::ops::Range;

/// Tabs become spaces; controls that would be set as boxes, and direction controls that would turn around what follows, are not set.
pub(super) fn clean<'a>(text: &'a str, bold: &'a [Range<usize>]) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    let plain = |c: char| {
        c == '\n' || !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.chars().all(plain) {
        return (Cow::Borrowed(text), Cow::Borrowed(bold));
    }
    let mut kept = String::with_capacity(text.len());
    let mut moved = bold.to_vec();
    for (at, character) in text.char_indices() {
        for (range, was) in moved.iter_mut().zip(bold) {
            if was.start == at {
                range.start = kept.len();
            }
            if was.end == at {
                range.end = kept.len();
            }
        }
        let character = if character == '\t' { ' ' } else { character };
        if plain(character) {
            kept.push(character);
        }
    }
    for (range, was) in moved.iter_mut().zip(bold) {
        range.start = range.start.min(kept.len());
        range.end = if was.end >= text.len() { kept.len() } else { range.end.min(kept.len()) };
    }
    (Cow::Owned(kept), Cow::Owned(moved))
}

/// Numbers of several groups joined by dashes, such as those of telephones, would be turned around group by group from right to left: they are
/// isolated while lines are set. What isolates them is not drawn, and not copied.
pub(super) fn isolated<'a>(
    text: Cow<'a, str>,
    bold: Cow<'a, [Range<usize>]>,
) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '۰'..='۹' | '٠'..='٩');
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if digit(character) || start.is_some() && character == '-' {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            let number = text.get(start..at).unwrap_or_default().trim_end_matches('-');
            if number.contains('-') {
                numbers.push(start..start + number.len());
            }
        }
    }
    if numbers.is_empty() {
        return (text, bold);
    }
    let mut kept = String::with_capacity(text.len() + 6 * numbers.len());
    let mut at = 0;
    let mut places: Vec<usize> = Vec::new();
    for number in numbers {
        for (end, sign) in [(number.start, ISOLATE), (number.end, END_OF_ISOLATE)] {
            kept.push_str(text.get(at..end).unwrap_or_default());
            kept.push(sign);
            at = end;
            places.push(end);
        }
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    let moved = |at: usize| at + ISOLATE.len_utf8() * places.partition_point(|place| *place < at);
    let bold = bold.iter().map(|range| moved(range.start)..moved(range.end)).collect();
    (Cow::Owned(kept), Cow::Owned(bold))
}

/// What isolates a number, and what ends that.
pub(super) const ISOLATE: char = '\u{2066}';
/// See [`ISOLATE`].
pub(super) const END_OF_ISOLATE: char = '\u{2069}';
