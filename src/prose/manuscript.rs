//! The shapes that a letter's text has: headings, paragraphs, list items, couplets, tables.

use std::ops::Range;

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

    /// Texts one behind the other, with a separator between them.
    pub(super) fn joined(texts: Vec<Rich>, separator: &str) -> Self {
        let mut texts = texts.into_iter();
        let mut all = texts.next().unwrap_or_default();
        texts.for_each(|text| all.append(separator, &text));
        all
    }

    /// A part of it, without white space around it.
    pub(super) fn part(&self, part: Range<usize>) -> Self {
        let of = self.text.get(part.clone()).unwrap_or_default();
        let start = part.start + of.len() - of.trim_start().len();
        let text = of.trim();
        let inside = |at: usize| at.clamp(start, start + text.len()) - start;
        let bold = self.bold.iter().map(|range| inside(range.start)..inside(range.end));
        Rich { text: text.to_owned(), bold: bold.filter(|range| !range.is_empty()).collect() }
    }

    /// What is left from a byte on, without white space around it.
    pub(super) fn trimmed_from(&self, at: usize) -> Self {
        self.part(at..self.text.len())
    }
}

/// A part of a letter that is set on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How deep it stands in lists and quotations; 0 outside of them.
    pub level: u8,
    /// Whether it follows the block before without white space, as the lines of a poem or an address do.
    pub close: bool,
    /// Its text, without line breaks except where the writer's own line breaks matter; of a table nothing.
    pub text: Rich,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list, with its mark: `۱.`, `-`, `•`.
    Item(String),
    /// A couplet: its text is the first hemistich, this the second.
    Couplet(Rich),
    /// A table: rows of cells, each row with as many; the first is its head.
    Table(Vec<Vec<Rich>>),
    /// Lines that are kept as they are, from left to right.
    Code,
    /// A pause between two parts.
    Break,
}

impl Block {
    /// A paragraph outside of lists and quotations.
    pub fn paragraph(text: Rich) -> Self {
        Block { kind: BlockKind::Paragraph, level: 0, close: false, text }
    }

    /// All that is read of it, in one line.
    pub fn reading(&self) -> String {
        match &self.kind {
            BlockKind::Item(mark) => format!("{mark} {}", self.text.text),
            BlockKind::Couplet(second) => format!("{} / {}", self.text.text, second.text),
            BlockKind::Table(rows) => {
                let row = |row: &Vec<Rich>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ");
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            BlockKind::Break => "***".to_owned(),
            BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Code => self.text.text.clone(),
        }
    }
}
