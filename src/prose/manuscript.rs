//! The text of a letter -> headings, paragraphs, list items: the shapes that plain text has.

use std::ops::Range;

use super::script::{is_digit, strong_direction};

/// What a letter says about itself, and its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manuscript {
    /// Its title, as it gives it.
    pub title: Option<Rich>,
    /// Who sends it and when, as it gives them.
    pub byline: Vec<String>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A text, with ranges of bytes of it that are to be bold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rich {
    /// The text.
    pub text: String,
    /// What is bold, in order.
    pub bold: Vec<Range<usize>>,
}

impl Rich {
    /// A text without anything bold.
    pub fn plain(text: &str) -> Self {
        Rich { text: text.to_owned(), bold: Vec::new() }
    }

    /// Appends another, after a separator.
    pub(super) fn append(&mut self, separator: &str, other: &Rich) {
        self.text.push_str(separator);
        let at = self.text.len();
        self.text.push_str(&other.text);
        self.bold.extend(other.bold.iter().map(|range| range.start + at..range.end + at));
    }

    /// What is left from a byte on, without white space around it.
    pub(super) fn trimmed_from(&self, at: usize) -> Self {
        let rest = self.text.get(at..).unwrap_or_default();
        let start = at + rest.len() - rest.trim_start().len();
        let text = rest.trim();
        let inside = |at: usize| at.clamp(start, start + text.len()) - start;
        let bold = self.bold.iter().map(|range| inside(range.start)..inside(range.end));
        Rich { text: text.to_owned(), bold: bold.filter(|range| !range.is_empty()).collect() }
    }
}

/// A part of a letter that is set on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// How deep it stands in lists and quotations; 0 outside of them.
    pub level: u8,
    /// Whether it follows the block before without white space, as the lines of a poem or an address do.
    pub close: bool,
    /// Its text, without line breaks except where the writer's own line breaks matter, as in a poem.
    pub text: Rich,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list, with its mark: `۱.`, `-`, `•`.
    Item(String),
    /// A pause between two parts.
    Break,
}

/// Lines at least this long may have been broken by an editor rather than by the writer, in characters.
const WRAPPED_FROM: usize = 45;
/// Shorter lines that follow each other may be those of a poem, in characters.
const VERSE: usize = 60;
/// No editor breaks lines later than this, in characters.
const WRAPPED_TO: usize = 132;

/// Cuts a plain text into blocks. No character but white space is lost.
pub fn plain(text: &str) -> Manuscript {
    let lines: Vec<Rich> = lines(text).map(|line| Rich::plain(line.trim())).collect();
    let groups = lines.split(|line| line.text.is_empty()).filter(|group| !group.is_empty());
    // Persian is seldom broken by editors, and its verses are as long as each other.
    let verse = |group: &[Rich]| group.iter().any(|line| line.text.chars().any(|c| strong_direction(c) == Some(true)));
    let joined = |group: &[Rich]| if verse(group) { Joined::Never } else { Joined::WhereFull };
    Manuscript { blocks: groups.flat_map(|group| shape(group, joined(group), 0)).collect(), ..Manuscript::default() }
}

/// The lines of a text: every sign that ends a line or a page ends a line; a byte order mark is no part of it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.trim_start_matches('\u{FEFF}').split("\r\n").flat_map(move |text| text.split(ends))
}

/// Which lines are put together again, as an editor broke them rather than the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// None.
    Never,
    /// Those that had no room for the first word of the next.
    WhereFull,
    /// Those that are about as long as the longest: the rule of Markdown, but for addresses and the like.
    WhereLong,
}

/// Lines that belong together, as blocks.
pub(super) fn shape(lines: &[Rich], joined: Joined, level: u8) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let length = |line: &Rich| line.text.chars().count();
    let longest = lines.iter().map(length).max().unwrap_or_default();
    let wrapped = match joined {
        Joined::Never => false,
        Joined::WhereFull => (WRAPPED_FROM..=WRAPPED_TO).contains(&longest),
        Joined::WhereLong => longest >= WRAPPED_FROM,
    };
    let mut before: Option<usize> = None;
    for line in lines {
        let (kind, text) = classify(line);
        // A line that its editor broke goes on in the next, as its first word had no room any more. The lines of a poem had room.
        let first_word = line.text.split_whitespace().next().unwrap_or_default().chars().count();
        let full = |before: usize| match joined {
            Joined::WhereLong => before * 3 > longest * 2,
            _ => before + 1 + first_word > longest,
        };
        let goes_on = wrapped && kind == Kind::Paragraph && before.is_some_and(full);
        match blocks.last_mut().filter(|_| goes_on) {
            Some(last) => last.text.append(" ", &text),
            None => {
                let verse = |length: usize| length < VERSE;
                let close = kind == Kind::Paragraph
                    && blocks.last().is_some_and(|last| last.kind == Kind::Paragraph)
                    && before.is_some_and(verse)
                    && verse(length(line));
                blocks.push(Block { kind, level, close, text });
            }
        }
        before = Some(length(line));
    }
    blocks
}

/// Whether a line is an item of a list, and its text.
fn classify(line: &Rich) -> (Kind, Rich) {
    if let Some((mark, text)) = line.text.split_once(char::is_whitespace)
        && is_mark(mark)
        && !text.trim().is_empty()
    {
        return (Kind::Item(mark.to_owned()), line.trimmed_from(mark.len()));
    }
    (Kind::Paragraph, line.clone())
}

/// Whether a word is the mark of a list item: a bullet, or a number of up to three digits with a full stop, a parenthesis or a dash.
fn is_mark(word: &str) -> bool {
    if matches!(word, "-" | "*" | "•" | "–" | "—" | "▪" | "●" | "◦") {
        return true;
    }
    let number = word.trim_end_matches(['.', ')', '-']);
    number.len() < word.len() && (1..=3).contains(&number.chars().count()) && number.chars().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        plain(text)
            .blocks
            .into_iter()
            .map(|block| match block.kind {
                Kind::Item(mark) => format!("{mark}|{}", block.text.text),
                _ => format!("p|{}", block.text.text),
            })
            .collect()
    }

    #[test]
    fn plain_text_has_shapes() {
        let text = "خط یکم\nخط دوم\n\n۱. یک\n2) two\n- سه\n• چهار\n-پنج\n۲۰۲۶. شش\n# 5 tanks";
        assert_eq!(
            shapes(text),
            ["p|خط یکم", "p|خط دوم", "۱.|یک", "2)|two", "-|سه", "•|چهار", "p|-پنج", "p|۲۰۲۶. شش", "p|# 5 tanks"]
        );
    }

    #[test]
    fn every_end_of_a_line_is_one() {
        assert_eq!(shapes("\u{FEFF}a\rb\u{C}c\u{2028}d\r\ne"), ["p|a", "p|b", "p|c", "p|d", "p|e"]);
    }

    #[test]
    fn lines_broken_by_an_editor_are_joined_and_a_poem_is_not() {
        let wrapped = "This paragraph was broken by an editor that has a margin at\nabout sixty characters, as many of them still have, and so\nit is one.";
        assert_eq!(shapes(wrapped).len(), 1);
        let poem = "بنی‌آدم اعضای یک پیکرند که در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار دگر عضوها را نماند قرار\nتو کز محنت دیگران بی‌غمی نشاید که نامت نهند آدمی";
        assert_eq!(shapes(poem).len(), 3);
        assert_eq!(shapes("بنی‌آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند").len(), 2);
    }
}
