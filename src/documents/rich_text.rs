//! Rich Text Format (version 1.9.1) -> Markdown.

use super::encoding::of_code_page;
use super::markup::{Shape, Writer, raised};
use super::rich_tables::RichTables;
use super::rich_tokens::{RichToken, tokens};
use crate::error::Result;

/// Deepest nesting of groups that is read.
const DEEPEST: usize = 1_000;
/// Longest code of a field and mark of an item, in bytes.
const LONGEST: usize = 4_096;

/// Reads a document.
///
/// # Errors
/// [`Error::DocumentTooLarge`](crate::error::Error::DocumentTooLarge).
pub(super) fn read(bytes: &[u8]) -> Result<Writer> {
    let mut reader = RichTextReader::default();
    reader.writer.has_lines = true;
    for token in tokens(bytes) {
        match token {
            RichToken::Open if reader.groups.len() >= DEEPEST => break,
            RichToken::Open => reader.open()?,
            RichToken::Close => {
                reader.close()?;
                // Whatever follows the last group is not part of the document.
                if reader.groups.is_empty() {
                    break;
                }
            }
            RichToken::Word(name, value) => reader.word(name, value)?,
            RichToken::Sign(sign) => reader.sign(sign)?,
            RichToken::Hex(byte) => reader.hex(byte),
            RichToken::Byte(byte) => reader.byte(byte)?,
        }
    }
    reader.flush()?;
    reader.end_table();
    Ok(reader.writer)
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Text,
    /// Nowhere.
    Nowhere,
    Fonts,
    Styles,
    /// The code of a field.
    Code,
    /// The mark of an item, as the program that wrote the file shows it.
    Mark,
}

/// What a group may change for itself.
#[derive(Debug, Clone)]
struct GroupState {
    place: Destination,
    bold: bool,
    is_raised: bool,
    is_hidden: bool,
    is_deleted: bool,
    font: i32,
    /// Number of bytes after a Unicode character for readers that do not know it (`\uc`).
    fallback: usize,
    paragraph: RichParagraph,
    /// Whether the group is a field, a field's shown words or a footnote, which its end ends.
    ends: Option<End>,
}

impl Default for GroupState {
    fn default() -> Self {
        GroupState {
            place: Destination::Text,
            bold: false,
            is_raised: false,
            is_hidden: false,
            is_deleted: false,
            font: 0,
            fallback: 1,
            paragraph: RichParagraph::default(),
            ends: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Field,
    Words,
    Note,
}

/// What a paragraph says of itself.
#[derive(Debug, Clone, Default)]
struct RichParagraph {
    style: i32,
    outline: Option<u8>,
    level: usize,
    is_in_table: bool,
}

#[derive(Default)]
struct RichTextReader {
    writer: Writer,
    state: GroupState,
    groups: Vec<GroupState>,
    /// Whether the group is marked as one that readers may ignore (`\*`).
    may_pass: bool,
    /// Bytes of a code page that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a character of two.
    half: Option<u16>,
    /// How many bytes of a fallback are still to come.
    left: usize,
    code_page: u32,
    tables: RichTables,
    /// The mark of the item that begins.
    mark: String,
    codes: Vec<String>,
    is_in_row: bool,
    is_in_table: bool,
    is_in_cell: bool,
    /// Whether the current run is left out.
    is_left_out: bool,
}

impl RichTextReader {
    fn open(&mut self) -> Result<()> {
        self.flush()?;
        self.groups.push(self.state.clone());
        self.state.ends = None;
        self.may_pass = false;
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        self.flush()?;
        let Some(outer) = self.groups.pop() else { return Ok(()) };
        match self.state.ends {
            Some(End::Field) => drop(self.codes.pop()),
            Some(End::Words) => self.writer.end_link(),
            Some(End::Note) => {
                let note = self.writer.end_note();
                self.writer.add_note(note);
            }
            None => {}
        }
        self.state = outer;
        Ok(())
    }

    /// A control sign.
    fn sign(&mut self, sign: u8) -> Result<()> {
        match sign {
            b'*' => self.may_pass = true,
            b'~' => self.put("\u{A0}")?,
            b'_' => self.put("\u{2011}")?,
            b'-' => self.put("\u{AD}")?,
            b'\\' | b'{' | b'}' => self.byte(sign)?,
            b'\r' | b'\n' => self.paragraph_ends()?,
            _ => {}
        }
        Ok(())
    }

    /// A byte of a code page.
    fn hex(&mut self, byte: u8) {
        if self.left > 0 {
            self.left -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) -> Result<()> {
        if self.left > 0 {
            self.left -= 1;
        } else if byte.is_ascii() && self.bytes.is_empty() {
            self.put(char::from(byte).encode_utf8(&mut [0; 4]))?;
        } else {
            // In the code pages of East Asia the second byte of a character may be ASCII.
            self.bytes.push(byte);
        }
        Ok(())
    }

    /// Decodes the bytes of a code page that came so far.
    fn flush(&mut self) -> Result<()> {
        self.half = None;
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let document = if self.code_page == 0 { 1252 } else { self.code_page };
        self.put(&of_code_page(&bytes, self.tables.code_page(self.state.font).unwrap_or(document)))
    }

    fn word(&mut self, name: &str, value: Option<i32>) -> Result<()> {
        if name == "u" {
            return self.unicode(value.unwrap_or_default());
        }
        self.flush()?;
        self.left = 0;
        let is_on = value != Some(0);
        match name {
            "fonttbl" => self.state.place = Destination::Fonts,
            "stylesheet" => self.state.place = Destination::Styles,
            "fldinst" if self.state.place == Destination::Text => self.state.place = Destination::Code,
            "listtext" | "pntext" if self.state.place == Destination::Text => {
                self.mark.clear();
                self.state.place = Destination::Mark;
            }
            "field" => {
                self.codes.push(String::new());
                self.state.ends = Some(End::Field);
            }
            "fldrslt" if self.state.place == Destination::Text => {
                self.state.ends = Some(End::Words);
                let code = self.codes.last().cloned().unwrap_or_default();
                self.begin();
                self.writer.link(&super::word::address(&code));
            }
            "footnote" if self.state.place == Destination::Text => {
                self.writer.reference();
                self.writer.note();
                self.state.ends = Some(End::Note);
            }
            "annotation" => {
                self.writer.left_out.comments += 1;
                self.state.place = Destination::Nowhere;
            }
            "pict" | "object" => {
                self.writer.left_out.pictures += usize::from(self.state.place == Destination::Text);
                self.state.place = Destination::Nowhere;
            }
            "shptxt" | "shpinst" | "shppict" => self.may_pass = false,
            "info" | "colortbl" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
            | "footerf" | "nonshppict" | "sp" | "shprslt" | "ftnsep" | "ftnsepc" | "template" | "xe" | "tc" | "rxe"
            | "bkmkstart" | "bkmkend" => {
                self.state.place = Destination::Nowhere;
            }
            // What characters are.
            "ansicpg" => self.code_page = value.and_then(|page| u32::try_from(page).ok()).unwrap_or_default(),
            "mac" => self.code_page = 10000,
            "f" => self.state.font = value.unwrap_or_default(),
            "fcharset" if self.state.place == Destination::Fonts => {
                self.tables.font(self.state.font, value.unwrap_or_default());
            }
            "uc" => self.state.fallback = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(10),
            // How they look. What is from right to left may have a weight of its own.
            "b" | "ab" => self.state.bold = is_on,
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_deleted = is_on,
            "super" => self.state.is_raised = is_on,
            "nosupersub" | "sub" => self.state.is_raised = false,
            "plain" => {
                let GroupState { place, fallback, font, ends, .. } = self.state;
                let paragraph = std::mem::take(&mut self.state.paragraph);
                self.state = GroupState { place, fallback, font, ends, paragraph, ..GroupState::default() };
            }
            // Paragraphs.
            "pard" => self.state.paragraph = RichParagraph::default(),
            "s" => self.state.paragraph.style = value.unwrap_or_default(),
            "outlinelevel" => self.state.paragraph.outline = value.and_then(|level| u8::try_from(level).ok()),
            "ilvl" => {
                self.state.paragraph.level =
                    value.and_then(|level| usize::try_from(level).ok()).unwrap_or_default().min(9)
            }
            "intbl" => self.state.paragraph.is_in_table = true,
            "par" | "sect" | "nestcell" => self.paragraph_ends()?,
            "line" if self.state.place == Destination::Text => {
                self.begin();
                self.writer.line_break();
            }
            "cell" => self.cell_ends()?,
            "row" => self.is_in_row = false,
            // Signs.
            "tab" => self.put("\t")?,
            "emdash" => self.put("—")?,
            "endash" => self.put("–")?,
            "bullet" => self.put("•")?,
            "lquote" => self.put("‘")?,
            "rquote" => self.put("’")?,
            "ldblquote" => self.put("“")?,
            "rdblquote" => self.put("”")?,
            "emspace" | "enspace" | "qmspace" => self.put(" ")?,
            "zwj" => self.put("\u{200D}")?,
            "zwnj" => self.put("\u{200C}")?,
            "ltrmark" => self.put("\u{200E}")?,
            "rtlmark" => self.put("\u{200F}")?,
            _ => {}
        }
        // A group that may be passed over is, unless it is known.
        if std::mem::take(&mut self.may_pass) && !matches!(name, "fldinst" | "listtext" | "pntext" | "footnote") {
            self.state.place = Destination::Nowhere;
        }
        Ok(())
    }

    /// A character by its number, of 16 bits with a sign; characters beyond them come as two.
    fn unicode(&mut self, value: i32) -> Result<()> {
        let half = self.half;
        self.flush()?;
        self.left = self.state.fallback;
        let unit = (value & 0xFFFF) as u16;
        match (half, unit) {
            (_, 0xD800..=0xDBFF) => self.half = Some(unit),
            (Some(first), 0xDC00..=0xDFFF) => {
                let character = char::decode_utf16([first, unit]).next().and_then(|character| character.ok());
                self.put(character.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]))?;
            }
            _ => {
                let character = char::from_u32(unit.into()).unwrap_or('\u{FFFD}');
                self.put(character.encode_utf8(&mut [0; 4]))?;
            }
        }
        Ok(())
    }

    /// Puts text where it goes.
    fn put(&mut self, text: &str) -> Result<()> {
        match self.state.place {
            Destination::Nowhere | Destination::Fonts => Ok(()),
            Destination::Styles => {
                self.tables.style(self.state.paragraph.style, text);
                Ok(())
            }
            Destination::Code | Destination::Mark => {
                let mark = (self.state.place == Destination::Mark).then_some(&mut self.mark);
                if let Some(text_of) = mark.or(self.codes.last_mut()).filter(|text_of| text_of.len() < LONGEST) {
                    text_of.push_str(text);
                }
                Ok(())
            }
            Destination::Text if self.state.is_deleted || self.state.is_hidden => {
                // A stretch comes in pieces, and is counted once.
                if !std::mem::replace(&mut self.is_left_out, true) {
                    let left_out = &mut self.writer.left_out;
                    *(if self.state.is_deleted { &mut left_out.deletions } else { &mut left_out.hidden }) += 1;
                }
                Ok(())
            }
            Destination::Text => {
                self.is_left_out = false;
                if text == " " && !self.writer.is_open() {
                    return Ok(());
                }
                self.begin();
                let bold = self.state.bold && self.heading().is_none();
                if self.state.is_raised {
                    return self.writer.text(&raised(text), bold);
                }
                self.writer.text(text, bold)
            }
        }
    }

    fn heading(&self) -> Option<u8> {
        let outline = self.state.paragraph.outline.map(|outline| outline.saturating_add(1));
        let outline = outline.filter(|level| (1..=6).contains(level));
        self.tables.heading(self.state.paragraph.style).or(outline)
    }

    /// Begins a paragraph where none is open.
    fn begin(&mut self) {
        if self.writer.is_open() {
            return;
        }
        if self.state.ends != Some(End::Note) && !self.groups.iter().any(|group| group.ends == Some(End::Note)) {
            self.in_table(self.state.paragraph.is_in_table);
        }
        let mark = std::mem::take(&mut self.mark);
        let mark = mark.trim();
        let level = self.state.paragraph.level;
        let is_bullet = !mark.is_empty() && !mark.chars().any(char::is_alphanumeric);
        let mark = (!mark.is_empty()).then(|| if is_bullet { "-".to_owned() } else { mark.to_owned() });
        let depth = mark.as_ref().map(|_| level);
        let heading = self.heading();
        self.writer.begin(Shape::Paragraph);
        self.writer.shape(heading, depth, mark);
    }

    fn paragraph_ends(&mut self) -> Result<()> {
        if self.state.place == Destination::Text {
            // An empty one counts too: it parts those around it.
            self.begin();
            self.end_paragraph();
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        let is_quoted = self.tables.is_quotation(self.state.paragraph.style);
        self.writer.end_quoted(is_quoted);
    }

    /// Begins and ends tables, rows and cells, as paragraphs say where they stand.
    fn in_table(&mut self, is_in_table: bool) {
        if !is_in_table {
            self.end_table();
            return;
        }
        if !std::mem::replace(&mut self.is_in_table, true) {
            self.writer.table();
            self.is_in_row = false;
        }
        if !std::mem::replace(&mut self.is_in_row, true) {
            self.writer.row();
        }
        if !std::mem::replace(&mut self.is_in_cell, true) {
            self.writer.cell();
        }
    }

    fn cell_ends(&mut self) -> Result<()> {
        self.state.paragraph.is_in_table = true;
        self.begin();
        self.in_table(true);
        self.writer.end_all();
        self.writer.end_cell();
        self.is_in_cell = false;
        Ok(())
    }

    fn end_table(&mut self) {
        if std::mem::take(&mut self.is_in_cell) {
            self.writer.end_cell();
        }
        if std::mem::take(&mut self.is_in_table) {
            self.writer.end_table();
        }
    }
}
