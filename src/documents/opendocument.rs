//! Documents of LibreOffice and the like (OpenDocument 1.3, part 3) -> Markdown.
//!
//! As of Word's documents, only the text is read. What was deleted with changes tracked stands apart in the file, and
//! is passed over.

use std::collections::HashMap;

use super::markup::{Shape, Writer, raised};
use super::numerals::Numerals;
use super::package::{MOST_PART, MOST_TEXT, Package};
use super::xml::{Element, Node, Xml};
use crate::error::Result;

/// Longest chain of styles that are based on each other.
const MOST_STYLES: usize = 20;
/// Most styles, and most styles of lists.
const MOST_NAMED: usize = 4_000;
/// Most blanks that one element stands for.
const MOST_BLANKS: usize = 100;
/// Deepest level of a list.
const DEEPEST: usize = 9;

/// Reads a document; nothing where the archive holds none.
///
/// # Errors
/// [`Error::DocumentTooLarge`](crate::error::Error::DocumentTooLarge).
pub(super) fn read(package: &mut Package<'_>) -> Result<Option<Writer>> {
    let kind = package.read("mimetype", 100).unwrap_or_default();
    if !kind.starts_with(b"application/vnd.oasis.opendocument.text") {
        return Ok(None);
    }
    let Some(content) = package.xml("content.xml", MOST_TEXT)? else { return Ok(None) };
    let styles = package.xml("styles.xml", MOST_PART)?.unwrap_or_default();
    flat(&[&styles, &content]).map(Some)
}

/// Reads a document whose parts are given, the text last: that of a flat document is all there is.
pub(super) fn flat(parts: &[&str]) -> Result<Writer> {
    let mut reader = OpenDocumentReader::default();
    reader.writer.has_lines = true;
    for part in parts {
        reader.styles(part);
    }
    let Some(text) = parts.last() else { return Ok(reader.writer) };
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next() {
        match node {
            Node::Start(element) if element.name == "body" => reader.inside = true,
            Node::Start(element) if reader.inside => reader.start(&element, &mut xml)?,
            Node::Start(_) => {}
            Node::End(name) => reader.end(&name)?,
            Node::Text(text) => reader.text(&text)?,
        }
    }
    Ok(reader.writer)
}

#[derive(Debug, Clone, Default)]
struct OpenDocumentStyle {
    based_on: String,
    /// As LibreOffice has it in every language.
    name: String,
    bold: Option<bool>,
    hidden: Option<bool>,
    raised: Option<bool>,
    list: Option<String>,
}

/// How the items of a level of a list are marked.
#[derive(Debug, Clone, Default)]
struct OpenDocumentLevel {
    /// The numerals; none for bullets.
    numerals: Option<Numerals>,
    start: usize,
    before: String,
    after: String,
    /// How many levels' numbers the mark has.
    shown: usize,
}

/// A list that is open.
#[derive(Debug, Default)]
struct OpenDocumentList {
    style: String,
    /// Whether its item has begun and nothing was written of it.
    begins: bool,
    counted: usize,
}

#[derive(Default)]
struct OpenDocumentReader {
    writer: Writer,
    inside: bool,
    styles: HashMap<String, OpenDocumentStyle>,
    levels: HashMap<String, Vec<OpenDocumentLevel>>,
    lists: Vec<OpenDocumentList>,
    /// How far a list was counted that another may continue, by its style.
    counted: HashMap<String, usize>,
    /// The styles of the paragraph and of the spans that are open.
    open: Vec<String>,
    /// Whether the paragraph that is open is a heading, for each that is open.
    headings: Vec<bool>,
    /// For each frame that is open, whether it holds text.
    frames: Vec<bool>,
}

impl OpenDocumentReader {
    /// Reads the styles of a part.
    fn styles(&mut self, text: &str) {
        let mut xml = Xml::new(text);
        let (mut style, mut list) = (String::new(), String::new());
        while let Some(node) = xml.next() {
            let Node::Start(element) = node else { continue };
            let value = |name: &str| element.get(name).unwrap_or_default().to_owned();
            match element.name.as_str() {
                "body" => return,
                "style" if self.styles.len() < MOST_NAMED => {
                    style = value("name");
                    let made = OpenDocumentStyle {
                        based_on: value("parent-style-name"),
                        name: value("name"),
                        list: element.get("list-style-name").filter(|name| !name.is_empty()).map(str::to_owned),
                        ..OpenDocumentStyle::default()
                    };
                    self.styles.insert(style.clone(), made);
                }
                "text-properties" => {
                    let Some(style) = self.styles.get_mut(&style) else { continue };
                    let weight = element.get("font-weight-complex").or(element.get("font-weight"));
                    let is_bold =
                        |weight: &str| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600);
                    style.bold = weight.map(is_bold);
                    style.raised = element.get("text-position").map(|position| position.starts_with("super"));
                    style.hidden = element.get("display").map(|display| display == "none");
                }
                "list-style" | "outline-style" if self.levels.len() < MOST_NAMED => {
                    list = value("name");
                    self.levels.insert(list.clone(), vec![OpenDocumentLevel::default(); DEEPEST + 1]);
                }
                "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" => {
                    let levels = self.levels.get_mut(&list);
                    let Some(level) = levels.and_then(|levels| levels.get_mut(element.number("level").unwrap_or(1)))
                    else {
                        continue;
                    };
                    *level = OpenDocumentLevel {
                        numerals: element.get("num-format").filter(|format| !format.is_empty()).map(numerals),
                        start: element.number("start-value").unwrap_or(1),
                        before: value("num-prefix"),
                        after: value("num-suffix"),
                        shown: element.number("display-levels").unwrap_or(1),
                    };
                }
                _ => {}
            }
        }
    }

    /// A style and what it is based on.
    fn chain(&self, style: &str) -> impl Iterator<Item = &OpenDocumentStyle> {
        let first = self.styles.get(style);
        std::iter::successors(first, |style| self.styles.get(&style.based_on)).take(MOST_STYLES)
    }

    fn start(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<()> {
        let value = |name: &str| element.get(name).unwrap_or_default();
        match element.name.as_str() {
            "h" | "p" => self.paragraph(element),
            "span" => self.open.push(value("style-name").to_owned()),
            "s" => self.put(&" ".repeat(element.number("c").unwrap_or(1).min(MOST_BLANKS)))?,
            "tab" => self.put("\t")?,
            "line-break" => self.writer.line_break(),
            "a" => self.writer.link(value("href")),
            "list" => {
                let continues = value("continue-numbering") == "true" || element.get("continue-list").is_some();
                let outer = self.lists.last().map(|list| list.style.clone()).unwrap_or_default();
                let style = element.get("style-name").map_or(outer, str::to_owned);
                let counted = self.counted.get(&style).copied().filter(|_| continues && self.lists.is_empty());
                let start = self.level(&style, self.lists.len() + 1).start.max(1) - 1;
                self.lists.push(OpenDocumentList { style, begins: false, counted: counted.unwrap_or(start) });
            }
            "list-item" => {
                if let Some(list) = self.lists.last_mut() {
                    list.counted = element
                        .get("start-value")
                        .map_or(list.counted + 1, |_| element.number("start-value").unwrap_or(1));
                    list.begins = true;
                }
            }
            "list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.begins = false;
                }
            }
            "note" => self.writer.reference(),
            "note-body" => self.writer.note(),
            "annotation" => {
                self.writer.left_out.comments += 1;
                xml.skip();
            }
            "tracked-changes" => {
                let mut depth = 1;
                while depth > 0 {
                    match xml.next() {
                        Some(Node::Start(inner)) => {
                            self.writer.left_out.deletions += usize::from(inner.name == "deletion");
                            depth += 1;
                        }
                        Some(Node::End(_)) => depth -= 1,
                        Some(Node::Text(_)) => {}
                        None => break,
                    }
                }
            }
            "section" | "hidden-paragraph" | "hidden-text" | "conditional-text"
                if value("display") == "none" || value("is-hidden") == "true" =>
            {
                self.writer.left_out.hidden += usize::from(xml.skip());
            }
            "frame" | "custom-shape" | "object" => self.frames.push(false),
            "text-box" => self.frames.iter_mut().for_each(|has_text| *has_text = true),
            "table" => self.writer.table(),
            "table-row" => self.writer.row(),
            "table-cell" | "covered-table-cell" => {
                self.writer.cell();
                self.writer.span(element.number("number-columns-repeated").unwrap_or(1));
            }
            "note-citation"
            | "sequence-decls"
            | "forms"
            | "variable-decls"
            | "user-field-decls"
            | "scripts"
            | "annotation-end"
            | "title"
            | "desc"
            | "tab-stop"
            | "binary-data"
            | "creator"
            | "date"
            | "event-listeners"
            | "rt"
            | "ruby-text"
            | "table-of-content-source" => {
                // A date that the text shows is a field of it, as is its author's name where they put it there.
                if matches!(element.name.as_str(), "creator" | "date") && self.writer.is_open() {
                    return Ok(());
                }
                xml.skip();
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<()> {
        match name {
            "body" => self.inside = false,
            _ if !self.inside => {}
            "h" | "p" => {
                let style = self.open.pop().unwrap_or_default();
                let is_quoted = self.chain(&style).any(|style| style.name == "Quotations");
                self.headings.pop();
                self.writer.end_quoted(is_quoted);
            }
            "span" => drop(self.open.pop()),
            "a" => self.writer.end_link(),
            "list" => {
                if let Some(list) = self.lists.pop() {
                    self.counted.insert(list.style, list.counted);
                }
            }
            "note-body" => {
                let note = self.writer.end_note();
                self.writer.add_note(note);
            }
            "frame" | "custom-shape" | "object" => {
                self.writer.left_out.pictures += usize::from(self.frames.pop() == Some(false));
            }
            "table" => self.writer.end_table(),
            "table-cell" | "covered-table-cell" => self.writer.end_cell(),
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element) {
        let style = element.get("style-name").unwrap_or_default();
        let is_title = self.chain(style).any(|style| style.name == "Title");
        let heading = match element.name.as_str() {
            "h" => Some(element.number("outline-level").unwrap_or(1).clamp(1, 6) as u8),
            _ if is_title => Some(1),
            _ => None,
        };
        let depth = self.lists.len();
        let begins = self.lists.last_mut().is_some_and(|list| std::mem::take(&mut list.begins));
        let mark = if begins { self.mark() } else { None };
        self.open.push(style.to_owned());
        self.headings.push(heading.is_some());
        self.writer.begin(Shape::Paragraph);
        self.writer.shape(heading, depth.checked_sub(1), mark);
    }

    /// What a list says of a level from 1.
    fn level(&self, style: &str, level: usize) -> OpenDocumentLevel {
        let of = |style: &str| self.levels.get(style)?.get(level.min(DEEPEST)).cloned();
        of(style).or_else(|| of(self.chain(style).find_map(|style| style.list.as_deref())?)).unwrap_or_default()
    }

    /// The mark of the item that begins.
    fn mark(&self) -> Option<String> {
        let depth = self.lists.len();
        let style = &self.lists.last()?.style;
        let own = self.level(style, depth);
        if own.numerals.is_none() {
            return Some("-".to_owned());
        }
        let from = depth.saturating_sub(own.shown.max(1));
        let shown = self.lists.iter().enumerate().skip(from);
        let numbers =
            shown.map(|(at, list)| self.level(style, at + 1).numerals.unwrap_or_default().write(list.counted));
        Some(format!("{}{}{}", own.before, numbers.collect::<Vec<_>>().join("."), own.after))
    }

    /// Text of the file: white space in it is one blank.
    fn text(&mut self, text: &str) -> Result<()> {
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            let is_blank = matches!(character, '\n' | '\r' | '\t' | ' ');
            if !is_blank {
                plain.push(character);
            } else if !plain.ends_with(' ') {
                plain.push(' ');
            }
        }
        self.put(&plain)
    }

    fn put(&mut self, text: &str) -> Result<()> {
        if !self.writer.is_open() || self.frames.last() == Some(&false) {
            return Ok(());
        }
        let styles: Vec<&OpenDocumentStyle> =
            self.open.iter().rev().take(DEEPEST).flat_map(|style| self.chain(style)).collect();
        if styles.iter().find_map(|style| style.hidden) == Some(true) {
            self.writer.left_out.hidden += usize::from(!text.trim().is_empty());
            return Ok(());
        }
        let bold = styles.iter().find_map(|style| style.bold) == Some(true) && self.headings.last() != Some(&true);
        if styles.iter().find_map(|style| style.raised) == Some(true) {
            return self.writer.text(&raised(text), bold);
        }
        self.writer.text(text, bold)
    }
}

/// The numerals of a format (section 19.500).
fn numerals(format: &str) -> Numerals {
    match format {
        "a" => Numerals::Letters { upper: false },
        "A" => Numerals::Letters { upper: true },
        "i" => Numerals::Roman { upper: false },
        "I" => Numerals::Roman { upper: true },
        format if format.starts_with('أ') || format.starts_with('ا') => match format.contains('ج') {
            true => Numerals::Abjad,
            false => Numerals::Alphabet,
        },
        _ => Numerals::Digits,
    }
}
