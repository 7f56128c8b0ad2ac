//! Pages of browsers -> Markdown. The one file that names html5gum.
//!
//! The page is read token by token, as it stands: no tree is built, so nothing in it can be nested too deep.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::markup::{Shape, Writer, raised};
use super::numerals::Numerals;
use crate::error::Result;

/// Deepest nesting of lists and tables that is tracked.
const DEEPEST: usize = 100;

/// Reads a page.
///
/// # Errors
/// [`Error::DocumentTooLarge`](crate::error::Error::DocumentTooLarge).
pub(super) fn read(text: &str) -> Result<Writer> {
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(move |event: CallbackEvent<'_>, _: Span<()>| tag.event(event));
    emitter.naively_switch_states(true);
    let mut reader = HtmlReader::default();
    for piece in Tokenizer::new_with_emitter(text, emitter) {
        match piece {
            Ok(HtmlToken::Start(tag)) => reader.start(&tag),
            Ok(HtmlToken::End(name)) => reader.end(&name),
            Ok(HtmlToken::Text(text)) => reader.text(&text)?,
            Err::<_, Infallible>(never) => match never {},
        }
    }
    Ok(reader.writer)
}

/// A piece of a page.
enum HtmlToken {
    Start(Tag),
    End(String),
    Text(String),
}

/// A start tag, with those of its attributes that mean something here.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    attributes: Vec<(&'static str, String)>,
    /// The attribute whose value comes next.
    next: Option<&'static str>,
    is_empty: bool,
}

const ATTRIBUTES: [&str; 7] = ["href", "style", "hidden", "type", "start", "value", "colspan"];

impl Tag {
    /// Takes what the tokenizer found; a piece where that is complete.
    fn event(&mut self, event: CallbackEvent<'_>) -> Option<HtmlToken> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => *self = Tag { name: text(name), ..Tag::default() },
            CallbackEvent::AttributeName { name } => {
                let known = ATTRIBUTES.into_iter().find(|known| known.as_bytes() == name);
                self.next = known.filter(|known| self.get(known).is_none());
                self.attributes.extend(self.next.map(|known| (known, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some((_, own))) = (self.next.take(), self.attributes.last_mut()) {
                    *own = text(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.is_empty = self_closing;
                return Some(HtmlToken::Start(std::mem::take(self)));
            }
            CallbackEvent::EndTag { name } => return Some(HtmlToken::End(text(name))),
            CallbackEvent::String { value } => return Some(HtmlToken::Text(text(value))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }
}

/// A list that is open.
struct OpenList {
    /// None for bullets.
    numerals: Option<Numerals>,
    next: usize,
}

impl OpenList {
    /// The mark of its next item, or of the item of this number.
    fn mark(&mut self, number: Option<usize>) -> String {
        let Some(numerals) = self.numerals else { return "-".to_owned() };
        let number = number.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        format!("{}.", numerals.write(number))
    }
}

/// What of a table is open: its rows and cells need not be closed.
#[derive(Default)]
struct OpenTable {
    row: bool,
    cell: bool,
}

#[derive(Default)]
struct HtmlReader {
    writer: Writer,
    /// The element that is passed over, and how often one of its name is open within it.
    passed: Option<(String, usize)>,
    lists: Vec<OpenList>,
    tables: Vec<OpenTable>,
    /// The mark of an item of which nothing was written yet.
    mark: Option<String>,
    bold: usize,
    raised: usize,
    heading: Option<u8>,
    code: usize,
    /// Whether the text so far ends in white space: further white space collapses.
    blank: bool,
    links: usize,
    quotations: usize,
}

/// Elements that end a paragraph where they begin and where they end.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "address",
    "figure",
    "figcaption",
    "center",
    "form",
    "fieldset",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "body",
    "html",
    "caption",
    "legend",
];
/// Elements without an end.
const EMPTY: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements whose text is none of the page's.
const PASSED: [&str; 12] = [
    "script", "style", "template", "title", "object", "iframe", "select", "textarea", "button", "noscript", "del", "rt",
];
const PICTURES: [&str; 5] = ["svg", "canvas", "video", "audio", "map"];

impl HtmlReader {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if let Some((passed, depth)) = &mut self.passed {
            // A paragraph need not be closed: the next ends it.
            if passed != "p" || !BLOCKS.contains(&name) {
                *depth += usize::from(passed == name);
                return;
            }
            self.passed = None;
        }
        let style = tag.get("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let is_hidden =
            tag.get("hidden").is_some() || style.contains("display:none") || style.contains("visibility:hidden");
        let is_empty = EMPTY.contains(&name) || tag.is_empty && name.contains(':');
        if is_hidden && !is_empty || PASSED.contains(&name) || PICTURES.contains(&name) {
            self.writer.left_out.hidden += usize::from(is_hidden);
            self.writer.left_out.deletions += usize::from(name == "del");
            self.writer.left_out.pictures += usize::from(PICTURES.contains(&name));
            self.passed = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => {
                self.begin();
                self.writer.line_break();
                self.blank = true;
            }
            "hr" => {
                self.end_paragraph();
                self.writer.rule();
            }
            "img" => self.writer.left_out.pictures += 1,
            "b" | "strong" => self.bold += 1,
            "a" => {
                if let Some(address) = tag.get("href") {
                    self.begin();
                    self.writer.link(address);
                    self.links += 1;
                }
            }
            "q" => self.quote('«'),
            "sup" => self.raised += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph();
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "blockquote" => {
                self.end_paragraph();
                self.writer.quotation();
                self.quotations += 1;
            }
            "pre" => {
                self.end_paragraph();
                self.code += 1;
            }
            "ul" | "menu" | "dir" => self.list(None, 1),
            "ol" => {
                let numerals = match tag.get("type") {
                    Some("a") => Numerals::Letters { upper: false },
                    Some("A") => Numerals::Letters { upper: true },
                    Some("i") => Numerals::Roman { upper: false },
                    Some("I") => Numerals::Roman { upper: true },
                    _ => Numerals::Digits,
                };
                self.list(Some(numerals), tag.number("start").unwrap_or(1));
            }
            "li" => {
                self.end_paragraph();
                let number = tag.number("value");
                self.mark = Some(self.lists.last_mut().map_or_else(|| "-".to_owned(), |list| list.mark(number)));
            }
            "table" => {
                self.end_paragraph();
                if self.tables.len() < DEEPEST {
                    self.writer.table();
                    self.tables.push(OpenTable::default());
                }
            }
            "tr" => self.row(),
            "td" | "th" => {
                self.cell();
                if self.tables.last().is_some_and(|table| table.cell) {
                    self.writer.span(tag.number("colspan").unwrap_or(1));
                }
            }
            block if BLOCKS.contains(&block) => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((passed, depth)) = &mut self.passed {
            *depth -= usize::from(passed == name);
            if *depth == 0 {
                self.passed = None;
            }
            return;
        }
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "a" if self.links > 0 => {
                self.links -= 1;
                self.writer.end_link();
            }
            "q" => self.quote('»'),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph();
                self.heading = None;
            }
            "blockquote" if self.quotations > 0 => {
                self.end_paragraph();
                self.quotations -= 1;
                self.writer.end_quotation();
            }
            "pre" => {
                self.end_paragraph();
                self.code = self.code.saturating_sub(1);
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.end_paragraph();
                self.mark = None;
                self.lists.pop();
            }
            "li" => {
                self.end_paragraph();
                self.mark = None;
            }
            "table" if self.tables.last().is_some() => {
                self.end_cell();
                self.tables.pop();
                self.writer.end_table();
            }
            "tr" | "td" | "th" => self.end_cell(),
            block if BLOCKS.contains(&block) => self.end_paragraph(),
            _ => {}
        }
    }

    fn list(&mut self, numerals: Option<Numerals>, next: usize) {
        self.end_paragraph();
        if self.lists.len() < DEEPEST {
            self.lists.push(OpenList { numerals, next });
        }
    }

    fn row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.row = true;
            self.writer.row();
        }
    }

    fn cell(&mut self) {
        self.end_cell();
        if self.tables.last().is_some_and(|table| !table.row) {
            self.row();
        }
        if let Some(table) = self.tables.last_mut() {
            table.cell = true;
            self.writer.cell();
        }
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut()
            && std::mem::take(&mut table.cell)
        {
            self.writer.end_cell();
        }
    }

    fn end_paragraph(&mut self) {
        self.writer.end_all();
        self.blank = true;
    }

    /// Begins a paragraph where none is open.
    fn begin(&mut self) {
        if self.writer.is_open() {
            return;
        }
        let mark = self.mark.take();
        if self.code > 0 {
            self.writer.begin(Shape::Code);
        } else {
            self.writer.begin(Shape::Paragraph);
            let list = self.lists.len().checked_sub(1).or(mark.as_ref().map(|_| 0));
            self.writer.shape(self.heading, list, mark);
        }
        self.blank = true;
    }

    fn quote(&mut self, sign: char) {
        let _ = self.text(&sign.to_string());
    }

    fn text(&mut self, text: &str) -> Result<()> {
        if self.passed.is_some() {
            return Ok(());
        }
        if self.code > 0 {
            for (number, line) in text.split('\n').enumerate() {
                self.begin();
                if number > 0 {
                    self.writer.line_break();
                }
                self.writer.text(line.trim_end_matches('\r'), false)?;
            }
            return Ok(());
        }
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            let is_blank = character.is_ascii_whitespace();
            if !is_blank || !self.blank {
                plain.push(if is_blank { ' ' } else { character });
            }
            self.blank = is_blank;
        }
        if plain.is_empty() || plain == " " && !self.writer.is_open() {
            return Ok(());
        }
        let blank = self.blank;
        self.begin();
        self.blank = blank;
        let bold = self.bold > 0 && self.heading.is_none();
        if self.raised > 0 {
            return self.writer.text(&raised(&plain), bold);
        }
        self.writer.text(&plain, bold)
    }
}
