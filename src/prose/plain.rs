//! Plain text -> blocks.

use super::emphasis::chat;
use super::lines::{Lines, Wrapping};
use super::manuscript::{Block, Manuscript, Rich};
use super::shape::{is_prose, shape};

/// The lines of a text: every sign that ends a line or a page ends a line; a byte order mark is no part of it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.trim_start_matches('\u{FEFF}').split("\r\n").flat_map(move |text| text.split(ends))
}

/// Cuts a plain text into blocks. No character is lost but white space, and the signs that chats write for bold.
pub fn read(text: &str, how: Lines) -> Manuscript {
    let lines: Vec<(Rich, bool)> = lines(text).map(|line| (chat(line.trim()), is_indented(line))).collect();
    let groups: Vec<(Vec<Rich>, Vec<bool>)> = lines
        .split(|(line, _)| line.text.is_empty())
        .filter(|group| !group.is_empty())
        .map(|group| group.iter().cloned().unzip())
        .collect();
    let all: Vec<&[Rich]> = groups.iter().map(|(lines, _)| lines.as_slice()).collect();
    let prose: Vec<&[Rich]> = all.iter().copied().filter(|group| is_prose(group)).collect();
    let wrapping = Wrapping::of(&prose, how, false);
    // Without empty lines, lines that are mostly long are paragraphs each.
    let lengths = all.iter().flat_map(|group| group.iter()).map(|line| line.text.chars().count());
    let long = lengths.filter(|length| *length > LONG).count();
    let close = groups.len() > 1 || long * 2 < all.iter().map(|group| group.len()).sum();
    let blocks: Vec<Block> =
        groups.iter().flat_map(|(lines, indented)| shape(lines, indented, wrapping, close, 0)).collect();
    Manuscript { blocks, ..Manuscript::default() }
}

/// A line of more characters than this is long.
const LONG: usize = 90;

/// Whether a line begins with white space.
fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::manuscript::BlockKind;

    fn shapes(text: &str) -> Vec<String> {
        let shown = |block: Block| match block.kind {
            BlockKind::Item(mark) => format!("{mark}|{}", block.text.text),
            BlockKind::Couplet(second) => format!("{}/{}", block.text.text, second.text),
            BlockKind::Table(rows) => format!("{} rows", rows.len()),
            _ => format!("{}|{}", if block.close { "l" } else { "p" }, block.text.text),
        };
        read(text, Lines::Guess).blocks.into_iter().map(shown).collect()
    }

    #[test]
    fn plain_text_has_shapes() {
        let text = "خط یکم\nخط دوم\n\n۱. یک\n2) two\n- سه\n• چهار\n-پنج\n۲۰۲۶. شش\n# 5 tanks";
        assert_eq!(
            shapes(text),
            ["p|خط یکم", "l|خط دوم", "۱.|یک", "2)|two", "•|سه", "•|چهار", "p|-پنج", "l|۲۰۲۶. شش", "l|# 5 tanks"]
        );
        assert_eq!(shapes("\u{FEFF}a\rb\u{C}c\u{2028}d\r\ne"), ["p|a", "l|b", "l|c", "l|d", "l|e"]);
        assert_eq!(shapes("نام\tشمار\nتهران\t۱۲"), ["2 rows"]);
        assert_eq!(
            shapes("بنی‌آدم اعضای یکدیگرند\tکه در آفرینش ز یک گوهرند"),
            ["بنی‌آدم اعضای یکدیگرند/که در آفرینش ز یک گوهرند"]
        );
        assert_eq!(shapes("- نان\n  و آب\n- کار"), ["•|نان و آب", "•|کار"]);
    }

    #[test]
    fn the_gap_between_lines_does_not_depend_on_their_length() {
        let long = "این بند دراز است و یک خط است، چنان‌که در پیام‌رسان‌ها می‌نویسند، و تا پایانش راه بسیار است و هنوز هم تمام نشده.";
        let spaced = shapes(&format!("{long}\nکوتاه.\n{long}\n{long}"));
        assert!(spaced.iter().all(|block| block.starts_with('p')), "{spaced:?}");
        let close = shapes(&format!("سلام\n\n{long}\nکوتاه.\n{long}"));
        assert!(close[2].starts_with('l') && close[3].starts_with('l'), "{close:?}");
    }
}
