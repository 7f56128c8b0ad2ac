//! Paragraphs of a document -> light Markdown.
//!
//! Every reader of documents drives one `Writer`, in the order of the text.

use super::escape::{RULE, Run, verbatim, written};
use crate::error::{Error, Result};

/// What of a document does not travel in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Pictures, drawings and other objects.
    pub pictures: usize,
    /// Comments.
    pub comments: usize,
    /// Stretches that were deleted, with changes tracked.
    pub deletions: usize,
    /// Stretches that are hidden.
    pub hidden: usize,
}

/// The memory that a document may take, about, in bytes.
const MOST: usize = 32 * 1024 * 1024;
/// Memory of a run besides its text, and of a paragraph, a row or a cell, in bytes, estimated.
const RUN: usize = 80;
const PARAGRAPH: usize = 160;
/// Most bytes of text of one document.
const MOST_TEXT: u64 = 16 * 1024 * 1024;
/// Deepest that lists, tables and text boxes stand within each other; what is deeper is set there too.
const DEEPEST: usize = 8;
/// Most cells of a row; what is beyond is joined to the last.
const MOST_CELLS: usize = 64;
/// Most columns that a cell takes besides its own.
const MOST_SPANNED: usize = 20;
/// A table with a longer cell than this lays out a page, in characters: its cells are paragraphs.
const LONGEST_CELL: usize = 200;
/// Shorter paragraphs that follow each other without an empty one may be lines of an address or a poem, in characters.
const LINE: usize = 60;

/// What a paragraph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Paragraph,
    /// Of level 1 to 6.
    Heading(u8),
    /// An item of a list, at a depth from 0, with its mark: `-`, `1.`
    Item(usize, String),
    /// A further paragraph of an item.
    Inside(usize),
    /// Lines that are kept as they are.
    Code,
}

struct Open {
    shape: Shape,
    runs: Vec<Run>,
}

/// A paragraph, written.
#[derive(Debug)]
struct Written {
    shape: Shape,
    /// Its Markdown, a line for each of the writer's lines.
    text: String,
    /// How many quotations it stands in.
    quoted: usize,
    after_empty: bool,
}

/// What is being filled: the text itself, a cell or a footnote.
#[derive(Default)]
struct Story {
    parts: Vec<Written>,
    open: Vec<Open>,
    after_empty: bool,
    /// How many columns a cell takes besides its own.
    spanned: usize,
}

/// Rows of cells, each its paragraphs.
type WrittenTable = Vec<Vec<Vec<Written>>>;

/// Writes light Markdown.
#[derive(Default)]
pub(super) struct Writer {
    text: Story,
    /// Cells and footnotes that are open.
    inner: Vec<Story>,
    tables: Vec<WrittenTable>,
    references: usize,
    notes: Vec<String>,
    quotations: usize,
    /// The memory that was taken, about.
    taken: usize,
    text_bytes: u64,
    /// Whether paragraphs without an empty one between them may be lines that belong together.
    pub(super) has_lines: bool,
    /// Cells and notes that stand too deep to be kept apart.
    flattened: usize,
    pub(super) left_out: LeftOut,
}

impl Writer {
    fn story(&mut self) -> &mut Story {
        self.inner.last_mut().unwrap_or(&mut self.text)
    }

    /// Begins a paragraph. An open one stays open and comes after it: text boxes are nested in paragraphs.
    pub(super) fn begin(&mut self, shape: Shape) {
        self.taken += PARAGRAPH;
        self.story().open.push(Open { shape, runs: Vec::new() });
    }

    /// Says what the paragraph is that is open: a heading of a level; an item of a list at a depth, or a further
    /// paragraph of one where it has no mark; or neither. The number of a heading is part of its text.
    pub(super) fn shape(&mut self, heading: Option<u8>, list: Option<usize>, mark: Option<String>) {
        let (shape, prefix) = match (heading, list, mark) {
            (Some(level), _, mark) => (Shape::Heading(level), mark.filter(|mark| mark != "-")),
            (None, Some(depth), Some(mark)) => (Shape::Item(depth, mark), None),
            (None, Some(depth), None) => (Shape::Inside(depth), None),
            (None, None, _) => (Shape::Paragraph, None),
        };
        if let Some(open) = self.story().open.last_mut() {
            open.shape = shape;
        }
        if let Some(prefix) = prefix {
            // If this is too long, so is what follows, which reports it.
            let _ = self.text(&format!("{prefix} "), false);
        }
    }

    /// Whether a paragraph is open.
    pub(super) fn is_open(&mut self) -> bool {
        !self.story().open.is_empty()
    }

    fn run(&mut self, run: Run) {
        if !self.is_open() {
            self.begin(Shape::Paragraph);
        }
        self.taken += RUN;
        if self.taken > MOST {
            return;
        }
        if let Some(open) = self.story().open.last_mut() {
            open.runs.push(run);
        }
    }

    /// Appends text to the paragraph.
    ///
    /// # Errors
    /// [`Error::DocumentTooLarge`].
    pub(super) fn text(&mut self, text: &str, bold: bool) -> Result<()> {
        self.taken += text.len();
        self.text_bytes += text.len() as u64;
        if self.taken > MOST || self.text_bytes > MOST_TEXT {
            return Err(Error::DocumentTooLarge { max: MOST_TEXT });
        }
        let text = text.chars().filter(|c| *c == '\t' || !c.is_control() && *c != '\u{FEFF}');
        match self.story().open.last_mut().and_then(|open| open.runs.last_mut()) {
            Some(Run::Text { text: before, bold: same }) if *same == bold => before.extend(text),
            _ => {
                let text = text.collect();
                self.run(Run::Text { text, bold });
            }
        }
        Ok(())
    }

    /// Ends the line, not the paragraph.
    pub(super) fn line_break(&mut self) {
        self.run(Run::Break);
    }

    /// Begins the words of a link. What leads nowhere for others, or tells of the writer's own disk, is no link.
    pub(super) fn link(&mut self, address: &str) {
        let address = address.trim();
        let lower = address.to_ascii_lowercase();
        let leads = ["http://", "https://", "mailto:", "tel:", "ftp://"].iter().any(|scheme| lower.starts_with(scheme));
        let is_plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'));
        self.taken += address.len();
        self.run(Run::Link(if leads && is_plain { address.to_owned() } else { String::new() }));
    }

    /// Ends the words of a link.
    pub(super) fn end_link(&mut self) {
        self.run(Run::EndOfLink);
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self) {
        let quoted = self.quotations.min(DEEPEST);
        let story = self.story();
        let Some(Open { shape, runs }) = story.open.pop() else { return };
        let text = if shape == Shape::Code { verbatim(&runs) } else { written(runs) };
        if text.trim().is_empty() {
            story.after_empty |= shape == Shape::Paragraph;
            return;
        }
        let after_empty = std::mem::take(&mut story.after_empty);
        story.parts.push(Written { shape, text, quoted, after_empty });
    }

    /// Ends a paragraph that may be a quotation of its own.
    pub(super) fn end_quoted(&mut self, is_quoted: bool) {
        self.quotations += usize::from(is_quoted);
        self.end();
        self.quotations -= usize::from(is_quoted);
    }

    /// Ends all paragraphs that are open.
    pub(super) fn end_all(&mut self) {
        while self.is_open() {
            self.end();
        }
    }

    /// A line across the page.
    pub(super) fn rule(&mut self) {
        self.end_all();
        let quoted = self.quotations.min(DEEPEST);
        self.story().parts.push(Written { shape: Shape::Code, text: RULE.to_owned(), quoted, after_empty: true });
    }

    /// What follows is quoted, until [`Writer::end_quotation`].
    pub(super) fn quotation(&mut self) {
        self.quotations += 1;
    }

    /// See [`Writer::quotation`].
    pub(super) fn end_quotation(&mut self) {
        self.quotations = self.quotations.saturating_sub(1);
    }

    fn end_story(&mut self) -> Vec<Written> {
        self.end_all();
        self.inner.pop().map(|story| story.parts).unwrap_or_default()
    }

    /// Begins a table.
    pub(super) fn table(&mut self) {
        self.tables.push(Vec::new());
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.taken += PARAGRAPH;
        if let Some(table) = self.tables.last_mut() {
            table.push(Vec::new());
        }
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self) {
        self.taken += PARAGRAPH;
        self.begin_story();
    }

    /// Begins a cell or a note; one that stands too deep is part of what it stands in.
    fn begin_story(&mut self) {
        if self.inner.len() < DEEPEST {
            self.inner.push(Story::default());
        } else {
            self.flattened += 1;
        }
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        if self.flattened > 0 {
            self.flattened -= 1;
            self.end_all();
            return;
        }
        let spanned = self.story().spanned;
        let cell = self.end_story();
        self.taken += PARAGRAPH * spanned;
        match self.tables.last_mut().and_then(|table| table.last_mut()) {
            Some(row) if row.len() < MOST_CELLS => {
                row.push(cell);
                let width = row.len() + spanned;
                row.resize_with(width.min(MOST_CELLS), Vec::new);
            }
            Some(row) => {
                if let Some(last) = row.last_mut() {
                    last.extend(cell);
                }
            }
            None => self.story().parts.extend(cell),
        }
    }

    /// The cell takes so many columns; the others stay empty.
    pub(super) fn span(&mut self, columns: usize) {
        if self.flattened == 0 {
            self.story().spanned = columns.saturating_sub(1).min(MOST_SPANNED);
        }
    }

    /// Ends a table. One that lays out a page, or stands in another, is paragraphs.
    pub(super) fn end_table(&mut self) {
        let mut table = self.tables.pop().unwrap_or_default();
        table.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = table.iter().map(Vec::len).max().unwrap_or_default();
        let long =
            |cell: &Vec<Written>| cell.iter().map(|part| part.text.chars().count()).sum::<usize>() > LONGEST_CELL;
        if columns < 2 || !self.inner.is_empty() || table.iter().flatten().any(long) {
            self.story().parts.extend(table.into_iter().flatten().flatten());
            return;
        }
        let cell = |cell: &Vec<Written>| {
            let lines = cell.iter().flat_map(|part| part.text.lines()).map(str::trim);
            lines.collect::<Vec<_>>().join(" ").replace('|', "\\|")
        };
        let empty = Vec::new();
        let row = |row: &Vec<Vec<Written>>| {
            let cells = (0..columns).map(|at| format!(" {} |", cell(row.get(at).unwrap_or(&empty))));
            format!("|{}", cells.collect::<String>())
        };
        let mut lines: Vec<String> = table.iter().map(row).collect();
        lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
        let quoted = self.quotations.min(DEEPEST);
        self.story().parts.push(Written { shape: Shape::Code, text: lines.join("\n"), quoted, after_empty: false });
    }

    /// The mark of a footnote.
    pub(super) fn reference(&mut self) {
        self.references += 1;
        self.run(Run::Note(self.references));
    }

    /// Begins the text of a footnote.
    pub(super) fn note(&mut self) {
        self.begin_story();
    }

    /// Ends the text of a footnote: its text.
    pub(super) fn end_note(&mut self) -> String {
        if self.flattened > 0 {
            self.flattened -= 1;
            self.end_all();
            return String::new();
        }
        let parts = self.end_story();
        parts.iter().flat_map(|part| part.text.lines()).map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// The text of the next footnote, in the order of their marks.
    pub(super) fn add_note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// The Markdown of all that was written.
    pub(super) fn finish(mut self) -> String {
        while !self.inner.is_empty() {
            let parts = self.end_story();
            self.story().parts.extend(parts);
        }
        while let Some(table) = self.tables.pop() {
            self.text.parts.extend(table.into_iter().flatten().flatten());
        }
        self.end_all();
        let mut text = composed(&self.text.parts, self.has_lines);
        for (note, number) in self.notes.iter().zip(1..) {
            text.push_str(if number == 1 { "\n" } else { "" });
            text.push_str(&format!("[^{number}]: {note}\n"));
        }
        text
    }
}

/// Superscript digits as characters: with formatting alone they would read as another number.
pub(super) fn raised(text: &str) -> String {
    let raised = |c: char| c.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize)).unwrap_or(c);
    text.chars().map(raised).collect()
}

/// Paragraphs below each other.
fn composed(parts: &[Written], has_lines: bool) -> String {
    let mut out = String::new();
    let mut before: Option<&Written> = None;
    // Where empty paragraphs part paragraphs, others are lines that belong together.
    let spaced = has_lines && parts.iter().skip(1).any(|part| part.after_empty && part.shape == Shape::Paragraph);
    let is_line = |part: &Written| part.shape == Shape::Paragraph && part.text.chars().count() < LINE;
    // The widths of the marks that further lines stand behind, for each depth of lists.
    let mut widths: Vec<usize> = Vec::new();
    for part in parts {
        let together = before.is_some_and(|before| before.quoted == part.quoted);
        let follows = before.is_some_and(|before| match (&before.shape, &part.shape) {
            // Bullets behind numbers are another list.
            (Shape::Item(depth, mark), Shape::Item(own, other)) => {
                together && (depth != own || (mark == "-") == (other == "-"))
            }
            _ => false,
        });
        let goes_on = together && spaced && !part.after_empty && is_line(part) && before.is_some_and(is_line);
        let quotes = "> ".repeat(part.quoted);
        out.push_str(match before {
            None => "",
            Some(_) if follows => "\n",
            Some(_) if goes_on => "  \n",
            Some(_) => "\n\n",
        });
        if !follows && !goes_on && together && part.quoted > 0 {
            // Still the same quotation.
            out.truncate(out.len() - 1);
            out.push_str(quotes.trim_end());
            out.push('\n');
        }
        let (indent, mark) = match &part.shape {
            Shape::Item(depth, mark) => {
                widths.truncate((*depth).min(DEEPEST));
                let indent = widths.iter().sum();
                widths.push(mark.chars().count() + 1);
                (indent, format!("{mark} "))
            }
            Shape::Inside(depth) => {
                widths.truncate(depth + 1);
                (widths.iter().sum(), String::new())
            }
            Shape::Heading(level) => {
                widths.clear();
                (0, format!("{} ", "#".repeat((*level).clamp(1, 6).into())))
            }
            Shape::Paragraph | Shape::Code => {
                widths.clear();
                (0, String::new())
            }
        };
        for (number, line) in part.text.split('\n').enumerate() {
            let mark = match number {
                0 => mark.clone(),
                _ => {
                    out.push('\n');
                    if matches!(part.shape, Shape::Item(..)) { " ".repeat(mark.chars().count()) } else { String::new() }
                }
            };
            out.push_str(&format!("{quotes}{:indent$}{mark}{line}", ""));
        }
        before = Some(part);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
