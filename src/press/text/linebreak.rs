//! Line breaks of a paragraph, chosen for the paragraph as a whole (Knuth and Plass). The one file that names the line
//! segmenter; the rest is arithmetic.

use std::ops::Range;

use icu_segmenter::LineSegmenter;

/// A word, and the white space after it, in sizes of type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WordBox {
    /// Its characters, with those of the white space.
    pub(crate) characters: usize,
    /// Width without the white space.
    pub(crate) width: f32,
    /// Width of the spaces within it that stretch too.
    pub(crate) inner: f32,
    /// Width of the white space after it.
    pub(crate) space: f32,
    /// Width of the hyphen that a line ends with after it; 0 where it needs none.
    pub(crate) hyphen: f32,
    /// Whether a line must end after it.
    pub(crate) last: bool,
}

/// White space that a line may end with.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{A0}' && character != '\u{202F}'
}

/// Whether a word is copied as a whole, hyphens and all.
fn is_token(word: &str) -> bool {
    word.contains(['@', '/', '_']) || word.contains(|c: char| c.is_numeric())
}

/// Whether a text begins with a dash: a long one, or what is written for it, between blanks. Looks no farther than
/// that: a text may have no blanks.
fn begins_with_dash(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['-', '‐', 'ـ']);
    text.starts_with(['–', '—', '―']) || rest.len() < text.len() && !rest.starts_with(|c: char| !c.is_whitespace())
}

/// The words of a text, each up to where the next line may begin (UAX #14). Clusters are ranges of it in order, with
/// their widths. `hyphen` is the width of a hyphen, in sizes of type.
pub(crate) fn words(text: &str, clusters: &[(Range<usize>, f32)], hyphen: f32) -> Vec<WordBox> {
    let mut breaks = LineSegmenter::new_for_non_complex_scripts(Default::default()).segment_str(text).peekable();
    let empty = WordBox { characters: 0, width: 0.0, inner: 0.0, space: 0.0, hyphen: 0.0, last: false };
    let mut words = Vec::new();
    // No break within links and numbers: programs that copy text drop a hyphen at the end of a line.
    let mut at = 0;
    let chunks = text.split_inclusive(char::is_whitespace).map(|chunk| {
        at += chunk.len();
        (at, is_token(chunk))
    });
    let mut chunks = chunks.peekable();
    // A dash between words stays at the end of a line.
    let dashed = |at: usize| text.get(at..).is_some_and(begins_with_dash);
    let mut word = empty;
    for (range, advance) in clusters {
        let cluster = text.get(range.clone()).unwrap_or_default();
        word.characters += cluster.chars().count();
        word.hyphen = if cluster == SOFT { hyphen } else { 0.0 };
        if cluster == SOFT {
            // A soft hyphen has no width unless the line ends here.
        } else if cluster.contains('\n') {
            word.last = true;
        } else if cluster.chars().all(is_space) {
            word.space += *advance;
        } else {
            // White space that no line may break at is part of the word.
            word.inner += word.space;
            word.width += word.space + advance;
            word.space = 0.0;
        }
        while breaks.next_if(|at| *at < range.end).is_some() {}
        while chunks.next_if(|chunk| chunk.0 <= range.start).is_some() {}
        let in_token = cluster == "-" && chunks.peek().is_some_and(|(_, is_token)| *is_token);
        if breaks.peek() == Some(&range.end) && !dashed(range.end) && !in_token || word.last {
            words.push(std::mem::replace(&mut word, empty));
        }
    }
    if word.characters > 0 {
        words.push(word);
    }
    words
}

/// A soft hyphen.
const SOFT: &str = "\u{AD}";
/// Demerits of a line that ends with a hyphen, and once more for a second one below it.
const HYPHEN: f32 = 30.0;
/// How far spaces may shrink, as a part of their width.
const SHRINK: f32 = 0.3;
/// How far spaces may be stretched before the line counts as bad, as a share of their width.
const STRETCH: f32 = 0.6;
/// A line whose spaces would be stretched this many times further is set ragged instead.
const TORN: f32 = 3.3;
/// The same for lines of both directions: programs that copy text take spaces wider than half a size of type for gaps
/// between columns, and lose the order of what is between them.
const TORN_MIXED: f32 = 2.0;
/// Shortest last line, as a share of the width; a shorter one looks like a mistake.
const RUNT: f32 = 0.14;

/// Number of words in each line. For justified text the sum of demerits is least; other lines are filled greedily. A
/// word wider than the line has one of its own. The first line is indented by `indent`.
pub(crate) fn lines(words: &[WordBox], width: f32, indent: f32, justified: bool) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut indent = indent;
    for part in words.split_inclusive(|word| word.last) {
        if justified {
            best(part, width, indent, &mut lines)
        } else {
            first(part, width, indent, &mut lines)
        }
        indent = 0.0;
    }
    lines
}

/// The least width in which words take no more lines than in this one, if none must be broken: centred lines are then
/// about as long as each other.
pub(crate) fn narrowest(words: &[WordBox], width: f32) -> f32 {
    let widest = words.iter().map(|word| word.width).fold(0.0, f32::max);
    if widest > width {
        return width;
    }
    let count = |width| lines(words, width, 0.0, false).len();
    let (least, mut narrow, mut wide) = (count(width), widest, width);
    for _ in 0..10 {
        let middle = (narrow + wide) / 2.0;
        if count(middle) > least { narrow = middle } else { wide = middle }
    }
    wide
}

/// Greedy line breaking.
fn first(words: &[WordBox], width: f32, indent: f32, lines: &mut Vec<usize>) {
    let (mut count, mut filled) = (0, indent);
    for word in words {
        if count > 0 && filled + word.width + word.hyphen > width {
            lines.push(count);
            (count, filled) = (0, 0.0);
        }
        count += 1;
        filled += word.width + word.space;
    }
    lines.push(count);
}

/// The least sum of demerits (after Knuth and Plass).
fn best(words: &[WordBox], width: f32, indent: f32, lines: &mut Vec<usize>) {
    // For each number of words: the least demerits, and the number of words in the last line.
    let mut least: Vec<(f32, usize)> = vec![(0.0, 0)];
    for end in 1..=words.len() {
        let mut here = (f32::INFINITY, 1);
        let (mut filled, mut spaces) = (0.0, 0.0);
        let hyphen = words.get(end - 1).map_or(0.0, |word| word.hyphen);
        for count in 1..=end {
            let Some(word) = words.get(end - count) else { break };
            if count > 1 {
                filled += word.space;
                spaces += word.space;
            }
            filled += word.width;
            spaces += word.inner;
            let width = if count == end { width - indent } else { width };
            if count > 1 && filled + hyphen - spaces * SHRINK > width {
                break;
            }
            let above = end.checked_sub(count + 1).and_then(|at| words.get(at)).map_or(0.0, |word| word.hyphen);
            let divided = if hyphen > 0.0 { HYPHEN * if above > 0.0 { 3.0 } else { 1.0 } } else { 0.0 };
            let demerits = demerits(filled + hyphen, spaces, width, end == words.len()) + divided;
            let before = least.get(end - count).map_or(f32::INFINITY, |(demerits, _)| *demerits);
            if before + demerits < here.0 {
                here = (before + demerits, count);
            }
        }
        least.push(here);
    }
    let from = lines.len();
    let mut end = words.len();
    while end > 0 {
        let count = least.get(end).map_or(1, |(_, count)| *count).max(1);
        lines.push(count);
        end = end.saturating_sub(count);
    }
    if let Some(new) = lines.get_mut(from..) {
        new.reverse();
    }
}

/// Whether a line is justified: filled so far, with spaces of so much width together; `mixed` where its words run both
/// ways.
pub(crate) fn is_justified(filled: f32, spaces: f32, width: f32, last: bool, mixed: bool) -> bool {
    let free = width - filled;
    let torn = if mixed { TORN_MIXED } else { TORN };
    spaces > 0.0 && if last { free < 0.0 } else { free <= spaces * STRETCH * torn }
}

fn demerits(filled: f32, spaces: f32, width: f32, last: bool) -> f32 {
    let free = width - filled;
    if last && free >= 0.0 {
        return if filled < RUNT * width { 150.0 } else { 1.0 };
    }
    let strain = if free < 0.0 { -free / (spaces * SHRINK) } else { free / (spaces * STRETCH) };
    // Capped: beyond a limit a worse line costs no more.
    let within = |strain: f32| (1.0 + 10.0 * strain.min(1.5).powi(2)).powi(2) + 1500.0 * (strain - 1.5).max(0.0);
    if strain <= TORN {
        return within(strain);
    }
    // A ragged line costs by how empty it is.
    within(TORN) + 40_000.0 * (free / width).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(widths: &[f32]) -> Vec<WordBox> {
        widths
            .iter()
            .map(|width| WordBox { characters: 1, width: *width, inner: 0.0, space: 1.0, hyphen: 0.0, last: false })
            .collect()
    }

    #[test]
    fn a_loose_line_is_shared_among_its_neighbours() {
        // Filled one after the other, the second line would hold one word; seen together, each holds two.
        let words = words(&[4.0, 2.0, 2.0, 5.0, 4.0]);
        assert_eq!(lines(&words, 10.0, 0.0, false), [3, 2]);
        let long = self::words(&[3.0, 3.0, 3.0, 9.0, 4.0, 4.0]);
        assert_eq!(lines(&long, 11.0, 0.0, true), [3, 1, 2]);
        assert_eq!(lines(&[], 11.0, 0.0, true), Vec::<usize>::new());
    }

    #[test]
    fn the_first_line_is_set_in() {
        let words = words(&[3.0; 8]);
        assert_eq!(lines(&words, 11.0, 0.0, false), [3, 3, 2]);
        assert_eq!(lines(&words, 11.0, 2.0, false), [2, 3, 3]);
        assert_eq!(lines(&words, 11.0, 4.0, true), [2, 3, 3]);
    }

    #[test]
    fn centred_lines_are_about_as_long_as_each_other() {
        let words = words(&[3.0; 5]);
        let narrow = narrowest(&words, 15.0);
        assert!(narrow < 11.1 && narrow > 10.9, "{narrow}");
        assert_eq!(lines(&words, narrow, 0.0, false), [3, 2]);
        assert_eq!(narrowest(&words, 2.0), 2.0);
    }

    #[test]
    fn no_line_begins_with_a_dash() {
        for text in ["one – two", "یک - دو", "one -- two", "one — — two", "یک—دو", "one –two"] {
            let clusters: Vec<_> = text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), 1.0)).collect();
            let words = super::words(text, &clusters, 0.0);
            assert_eq!(words.len(), 2, "{text}");
        }
        for (text, count) in [("well-known", 2), ("a-b@c-d.e f-g", 3), ("6037-0000", 1)] {
            let clusters: Vec<_> = text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), 1.0)).collect();
            assert_eq!(super::words(text, &clusters, 0.0).len(), count, "{text}");
        }
        let text = "one -2 two";
        let clusters: Vec<_> = text.char_indices().map(|(at, c)| (at..at + c.len_utf8(), 1.0)).collect();
        assert_eq!(super::words(text, &clusters, 0.0).len(), 3);
    }

    #[test]
    fn all_words_are_set_and_no_line_is_too_full() {
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as f32 / 60.0 + 0.5
        };
        let mut all: Vec<WordBox> = words(&(0..400).map(|_| next()).collect::<Vec<_>>());
        all[57].last = true;
        all[58].last = true;
        for width in [3.0, 8.0, 40.0] {
            for justified in [true, false] {
                let lines = lines(&all, width, 0.0, justified);
                assert_eq!(lines.iter().sum::<usize>(), all.len());
                let mut at = 0;
                for count in lines {
                    let line = &all[at..at + count];
                    let spaces = (count - 1) as f32;
                    let filled = line.iter().map(|word| word.width).sum::<f32>() + spaces * (1.0 - SHRINK);
                    assert!(count == 1 || filled <= width + 0.001);
                    assert!(line[..count - 1].iter().all(|word| !word.last));
                    at += count;
                }
            }
        }
    }
}
