//! Documents of Word (Office Open XML, ECMA-376 part 1) -> Markdown.
//!
//! Only the text is read, its notes, and what says how it looks: never the parts that name an author. What was deleted
//! with changes tracked, comments and hidden words are passed over and counted.

use std::collections::HashMap;

use super::markup::{Shape, Writer, raised};
use super::package::{MOST_PART, MOST_TEXT, Package};
use super::word_lists::Lists;
use super::word_parts::{CharacterFormat, WordStyle, look, relations, styles};
use super::xml::{Element, Node, Xml};
use crate::error::Result;

/// Longest chain of styles that are based on each other.
const MOST_STYLES: usize = 20;
/// Longest code of a field that is read, in bytes.
const MOST_CODE: usize = 4_096;

/// Reads a document; nothing where the archive holds none.
///
/// # Errors
/// [`Error::DocumentTooLarge`](crate::error::Error::DocumentTooLarge).
pub(super) fn read(package: &mut Package<'_>) -> Result<Option<Writer>> {
    let start = relations(package, "_rels/.rels", "")?;
    let Some(main) = start.iter().find(|relation| relation.kind == "officeDocument").map(|main| main.target.clone())
    else {
        return Ok(None);
    };
    let Some(text) = package.xml(&main, MOST_TEXT)? else { return Ok(None) };
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = relations(package, &format!("{folder}/_rels/{name}.rels"), folder)?;
    let mut part = |kind: &str| match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.xml(&relation.target, MOST_PART),
        None => Ok(None),
    };
    let styles = part("styles")?.map(|text| styles(&text)).unwrap_or_default();
    let lists = part("numbering")?.map(|text| Lists::read(&text)).unwrap_or_default();
    let notes = [part("footnotes")?, part("endnotes")?];
    let links = relations.into_iter().filter(|relation| relation.kind == "hyperlink");
    let links = links.map(|relation| (relation.id, relation.target)).collect();
    let mut reader = WordReader { styles, lists, links, ..WordReader::default() };
    reader.writer.has_lines = true;
    let references = reader.body(&text)?;
    let mut found = HashMap::new();
    for (text, kind) in notes.iter().zip([NoteKind::Footnote, NoteKind::Endnote]) {
        if let Some(text) = text {
            reader.notes(text, kind, &mut found)?;
        }
    }
    for reference in references {
        reader.writer.add_note(found.remove(&reference).unwrap_or_default());
    }
    Ok(Some(reader.writer))
}

/// Most footnotes that are read.
const MOST_NOTES: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NoteKind {
    Footnote,
    Endnote,
}

#[derive(Debug, Clone, Default)]
struct WordParagraph {
    style: String,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    is_quoted: bool,
    is_heading: bool,
}

#[derive(Default)]
struct WordField {
    code: String,
    shown: bool,
    linked: bool,
}

#[derive(Default)]
struct WordReader {
    writer: Writer,
    styles: HashMap<String, WordStyle>,
    lists: Lists,
    links: HashMap<String, String>,
    paragraphs: Vec<WordParagraph>,
    run: CharacterFormat,
    run_style: String,
    fields: Vec<WordField>,
    /// For each drawing that is open, whether it holds text.
    drawings: Vec<bool>,
    references: Vec<(NoteKind, String)>,
}

impl WordReader {
    /// Reads a text from its beginning; gives the notes that it refers to.
    fn body(&mut self, text: &str) -> Result<Vec<(NoteKind, String)>> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next() {
            self.node(node, &mut xml)?;
        }
        Ok(std::mem::take(&mut self.references))
    }

    /// Reads notes.
    fn notes(&mut self, text: &str, kind: NoteKind, found: &mut HashMap<(NoteKind, String), String>) -> Result<()> {
        let mut xml = Xml::new(text);
        let mut id = String::new();
        while let Some(node) = xml.next() {
            match node {
                Node::Start(element) if matches!(element.name.as_str(), "footnote" | "endnote") => {
                    id = element.get("id").unwrap_or_default().to_owned();
                    self.writer.note();
                }
                Node::End(name) if matches!(name.as_str(), "footnote" | "endnote") => {
                    found.insert((kind, std::mem::take(&mut id)), self.writer.end_note());
                }
                node => self.node(node, &mut xml)?,
            }
        }
        Ok(())
    }

    fn node(&mut self, node: Node, xml: &mut Xml<'_>) -> Result<()> {
        match node {
            Node::Start(element) => self.start(&element, xml),
            Node::End(name) => {
                self.end(&name);
                Ok(())
            }
            // Text of its own is only in the elements that hold text.
            Node::Text(_) => Ok(()),
        }
    }

    fn start(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<()> {
        match element.name.as_str() {
            "p" => {
                self.paragraphs.push(WordParagraph::default());
                self.writer.begin(Shape::Paragraph);
            }
            "pPr" => self.paragraph(xml),
            "r" => (self.run, self.run_style) = Default::default(),
            "rPr" => self.run_properties(xml),
            "t" => {
                let text = xml.text();
                self.text(&text)?;
            }
            "instrText" => {
                let code = xml.text();
                if let Some(field) = self.fields.last_mut().filter(|field| field.code.len() < MOST_CODE) {
                    field.code.push_str(&code);
                }
            }
            "tab" | "ptab" => self.text("\t")?,
            "noBreakHyphen" => self.text("\u{2011}")?,
            "softHyphen" => self.text("\u{AD}")?,
            "sym" => self.text(symbol(element))?,
            "br" if matches!(element.get("type"), Some("page" | "column")) => {}
            "br" | "cr" => self.writer.line_break(),
            "hyperlink" => {
                let target = element.get("id").and_then(|id| self.links.get(id)).cloned().unwrap_or_default();
                self.writer.link(&target);
            }
            "fldSimple" => self.writer.link(&address(element.get("instr").unwrap_or_default())),
            "fldChar" => self.field(element.get("fldCharType").unwrap_or_default()),
            "footnoteReference" => self.reference(NoteKind::Footnote, element),
            "endnoteReference" => self.reference(NoteKind::Endnote, element),
            "commentReference" => self.writer.left_out.comments += 1,
            "del" | "moveFrom" => self.writer.left_out.deletions += usize::from(xml.skip()),
            "drawing" | "pict" | "object" => self.drawings.push(false),
            "txbxContent" => self.drawings.iter_mut().for_each(|has_text| *has_text = true),
            "tbl" => self.writer.table(),
            "tr" => self.writer.row(),
            "tc" => self.writer.cell(),
            "gridSpan" => self.writer.span(element.number("val").unwrap_or(1)),
            "Fallback" | "sectPr" | "sdtPr" | "trPr" | "tblPr" | "tblGrid" | "rt" | "fldData" | "pPrChange"
            | "delText" => {
                xml.skip();
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                let is_quoted = self.paragraphs.pop().is_some_and(|paragraph| paragraph.is_quoted);
                self.writer.end_quoted(is_quoted);
            }
            "hyperlink" | "fldSimple" => self.writer.end_link(),
            "drawing" | "pict" | "object" => {
                self.writer.left_out.pictures += usize::from(self.drawings.pop() == Some(false));
            }
            "tbl" => self.writer.end_table(),
            "tc" => self.writer.end_cell(),
            _ => {}
        }
    }

    /// The styles of a name and what they are based on, from that on.
    fn chain(&self, style: &str) -> impl Iterator<Item = &WordStyle> {
        let first = self.styles.get(style);
        std::iter::successors(first, |style| self.styles.get(&style.based_on)).take(MOST_STYLES)
    }

    /// Reads the properties of a paragraph, and says what it is.
    fn paragraph(&mut self, xml: &mut Xml<'_>) {
        let mut paragraph = WordParagraph::default();
        loop {
            match xml.next() {
                None => return,
                Some(Node::End(name)) if name == "pPr" => break,
                Some(Node::Start(element)) => {
                    let value = element.get("val").unwrap_or_default();
                    match element.name.as_str() {
                        "pStyle" => paragraph.style = value.to_owned(),
                        "numId" => paragraph.list = Some(value.to_owned()),
                        "ilvl" => paragraph.level = value.parse().ok(),
                        "outlineLvl" => paragraph.outline = value.parse().ok(),
                        "rPr" | "sectPr" | "pPrChange" => drop(xml.skip()),
                        _ => {}
                    }
                }
                Some(_) => {}
            }
        }
        let styles: Vec<WordStyle> = self.chain(&paragraph.style).cloned().collect();
        let of_style = |style: &WordStyle| match style.name.as_str() {
            "title" => Some(1),
            name => name
                .strip_prefix("heading ")
                .and_then(|level| level.parse().ok())
                .or(style.outline.map(|outline| outline + 1)),
        };
        let outline = paragraph.outline.map(|outline| outline + 1);
        let heading = outline.or_else(|| styles.iter().find_map(of_style)).filter(|level| (1..=6).contains(level));
        let list = paragraph.list.clone().or_else(|| styles.iter().find_map(|style| style.list.clone()));
        let level = paragraph.level.or(styles.first().map(|style| style.level)).unwrap_or_default();
        let mark = list.map(|list| (self.lists.mark(&list, level), list)).filter(|(_, list)| list != "0");
        let quotes = ["quote", "intense quote", "quotations", "block text"];
        paragraph.is_quoted = styles.iter().any(|style| quotes.contains(&style.name.as_str()));
        paragraph.is_heading = heading.is_some();
        let depth = mark.as_ref().map(|_| level);
        self.writer.shape(heading, depth, mark.and_then(|(mark, _)| mark));
        if let Some(open) = self.paragraphs.last_mut() {
            *open = paragraph;
        }
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) {
        loop {
            match xml.next() {
                None => return,
                Some(Node::End(name)) if name == "rPr" => return,
                Some(Node::Start(element)) if element.name == "rPrChange" => drop(xml.skip()),
                Some(Node::Start(element)) if element.name == "rStyle" => {
                    self.run_style = element.get("val").unwrap_or_default().to_owned();
                }
                Some(Node::Start(element)) => look(&mut self.run, &element),
                Some(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        let is_code = self.fields.iter().any(|field| !field.shown);
        if text.is_empty() || is_code || self.drawings.last() == Some(&false) {
            return Ok(());
        }
        let paragraph = self.paragraphs.last();
        let styles = self.chain(&self.run_style).chain(self.chain(paragraph.map_or("", |of| of.style.as_str())));
        let looks: Vec<&CharacterFormat> = std::iter::once(&self.run).chain(styles.map(|style| &style.look)).collect();
        if looks.iter().find_map(|look| look.hidden) == Some(true) {
            self.writer.left_out.hidden += 1;
            return Ok(());
        }
        let bold = match self.run.right_to_left {
            true => looks.iter().find_map(|look| look.bold_right_to_left),
            false => looks.iter().find_map(|look| look.bold),
        };
        let bold = bold == Some(true) && !paragraph.is_some_and(|paragraph| paragraph.is_heading);
        if looks.iter().find_map(|look| look.raised) == Some(true) {
            return self.writer.text(&raised(text), bold);
        }
        self.writer.text(text, bold)
    }

    /// A sign of a field: its code comes first, then what is shown of it.
    fn field(&mut self, sign: &str) {
        match sign {
            "begin" => self.fields.push(WordField::default()),
            "separate" => {
                let Some(field) = self.fields.last_mut() else { return };
                field.shown = true;
                let address = address(&field.code);
                field.linked = !address.is_empty();
                if field.linked {
                    self.writer.link(&address);
                }
            }
            "end" if self.fields.pop().is_some_and(|field| field.linked) => self.writer.end_link(),
            _ => {}
        }
    }

    fn reference(&mut self, kind: NoteKind, element: &Element) {
        if self.references.len() < MOST_NOTES {
            self.references.push((kind, element.get("id").unwrap_or_default().to_owned()));
            self.writer.reference();
        }
    }
}

/// The address in the code of a field that is a link.
pub(super) fn address(code: &str) -> String {
    let mut words = code.split_whitespace();
    let is_link = words.next().is_some_and(|word| word.eq_ignore_ascii_case("HYPERLINK"));
    let target = words.find(|word| !word.starts_with('\\')).filter(|_| is_link).unwrap_or_default();
    target.trim_matches('"').to_owned()
}

/// Signs of fonts that have no letters.
fn symbol(element: &Element) -> &'static str {
    let code = element.get("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or_default() & 0xFF;
    match (element.get("font").unwrap_or_default(), code) {
        ("Wingdings", 0xFC) => "✓",
        ("Wingdings", 0xFB) => "✗",
        ("Wingdings", 0xFE) => "☑",
        ("Wingdings", 0xA8) => "☐",
        ("Wingdings", 0xE0 | 0xE8 | 0xF0) => "→",
        ("Wingdings", 0xDF | 0xE7 | 0xEF) => "←",
        ("Wingdings", 0x28) => "☎",
        ("Wingdings", 0x2A) => "✉",
        ("Symbol", 0xB7) | ("Wingdings", 0x6C | 0xA7) => "•",
        _ => "□",
    }
}
