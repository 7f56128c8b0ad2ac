//! The text of a paragraph -> what is shaped of it.

use std::borrow::Cow;
use std::ops::Range;

use crate::prose::tokens::{Token, tokens};

/// Turns tabs into spaces, and leaves out control characters, which would be set as boxes, and direction controls,
/// which would reorder what follows.
pub(crate) fn clean<'a>(text: &'a str, bold: &'a [Range<usize>]) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    let plain = |c: char| {
        c == '\n'
            || !c.is_control()
                && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
                // Variation selectors, keycap and skin tone modifiers.
                && !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
    };
    if text.chars().all(plain) {
        return (Cow::Borrowed(text), Cow::Borrowed(bold));
    }
    let mut kept = String::with_capacity(text.len());
    let mut edits = Edits::default();
    for (at, character) in text.char_indices() {
        let character = if character == '\t' { ' ' } else { character };
        if plain(character) {
            kept.push(character);
        } else {
            edits.push(at, -(character.len_utf8() as isize));
        }
    }
    (Cow::Owned(kept), Cow::Owned(edits.moved(bold)))
}

/// Insertions into a text and deletions from it: position, and by how many bytes everything behind it has moved.
#[derive(Default)]
pub(crate) struct Edits(Vec<(usize, isize)>);

impl Edits {
    /// Edits come in order.
    pub(crate) fn push(&mut self, at: usize, by: isize) {
        let before = self.0.last().map_or(0, |(_, by)| *by);
        self.0.push((at, before + by));
    }

    /// Ranges of the text before, in the text after.
    pub(crate) fn moved(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let moved = |at: usize| {
            let edits = self.0.partition_point(|(place, _)| *place < at);
            let by = edits.checked_sub(1).and_then(|last| self.0.get(last)).map_or(0, |(_, by)| *by);
            at.saturating_add_signed(by)
        };
        ranges.iter().map(|range| moved(range.start)..moved(range.end)).collect()
    }
}

/// Tokens are isolated while lines are set, each in its own direction (UAX 9, section 2.7). What isolates them is not
/// drawn, and not copied.
pub(crate) fn isolated<'a>(
    text: Cow<'a, str>,
    bold: Cow<'a, [Range<usize>]>,
) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    let tokens = tokens(&text);
    if tokens.is_empty() {
        return (text, bold);
    }
    let mut kept = String::with_capacity(text.len() + 6 * tokens.len());
    let mut at = 0;
    let mut edits = Edits::default();
    for Token { range, right_to_left } in tokens {
        let begin = if right_to_left { RIGHT_TO_LEFT_ISOLATE } else { LEFT_TO_RIGHT_ISOLATE };
        for (end, sign) in [(range.start, begin), (range.end, END_OF_ISOLATE)] {
            kept.push_str(text.get(at..end).unwrap_or_default());
            kept.push(sign);
            at = end;
            edits.push(end, sign.len_utf8() as isize);
        }
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    (Cow::Owned(kept), Cow::Owned(edits.moved(&bold)))
}

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const END_OF_ISOLATE: char = '\u{2069}';

/// Whether a character isolates a token, or ends that.
pub(crate) fn isolates(character: char) -> bool {
    matches!(character, LEFT_TO_RIGHT_ISOLATE | RIGHT_TO_LEFT_ISOLATE | END_OF_ISOLATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bold_stays_bold() {
        let (text, bold) = clean("a\u{1}b\tc\u{202E}d", &[0..3, 4..9]);
        assert_eq!((&*text, bold.to_vec()), ("ab cd", vec![0..2, 3..5]));
        let (text, bold) = isolated("1-2 و 3-4".into(), vec![0..3, 6..9].into());
        let shown: Vec<String> = bold.iter().map(|range| text[range.clone()].replace(isolates, "")).collect();
        assert_eq!(shown[0], "1-2");
        // Linear even for the largest number of edits.
        let text = "a\u{1}".repeat(100_000);
        let bold: Vec<_> = (0..100_000).map(|at| 2 * at..2 * at + 1).collect();
        assert_eq!(clean(&text, &bold).1.len(), bold.len());
    }
}
