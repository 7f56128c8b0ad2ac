//! Pages as data: what stands where, in millimetres, before it is PDF.

use super::impose::SheetSide;
use crate::optics::qr::QrCode;
use crate::press::text::line::Line;

/// All that is printed of a letter in one form.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its pages, in reading order.
    pub pages: Vec<Page>,
    /// The sides of the sheets that they are printed on.
    pub sheets: Vec<SheetSide>,
    /// Its parts, in reading order: what items belong to, for programs that read aloud.
    pub parts: Vec<Part>,
    /// The codes that items name by their place here.
    pub codes: Vec<QrCode>,
    /// BCP 47 tag of the letter's language, or nothing.
    pub language: String,
    /// Whether the letter runs from right to left.
    pub right_to_left: bool,
    /// Its title, or nothing.
    pub title: String,
    /// Places for codes on its sides, at least as many as there are codes.
    pub places: usize,
}

/// Pages that were set, and the parts that their items belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// The pages, in reading order.
    pub pages: Vec<Page>,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// See [`Document::places`].
    pub places: usize,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its width in mm.
    pub width_mm: f32,
    /// Its height in mm.
    pub height_mm: f32,
    /// What stands on it, in reading order.
    pub items: Vec<Item>,
}

impl Page {
    /// Whether a code stands on it.
    pub fn has_codes(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Code { .. }))
    }
}

/// Something placed on a page; distances in mm from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of text.
    Text {
        /// Left end.
        x_mm: f32,
        /// Baseline.
        baseline_mm: f32,
        /// The line.
        line: Line,
        /// The part it belongs to, by its number; none for what is no part of the letter, such as page numbers.
        part: Option<usize>,
    },
    /// A code.
    Code {
        /// Left edge of its modules; the quiet zone is outside.
        x_mm: f32,
        /// Upper edge of its modules.
        y_mm: f32,
        /// Side of a module.
        module_mm: f32,
        /// Its place among the codes of the document.
        code: usize,
        /// The part it is.
        part: usize,
    },
    /// A filled rectangle: a rule, a mark to cut at, a bar of a ruler.
    Rule {
        /// Left edge.
        x_mm: f32,
        /// Upper edge.
        y_mm: f32,
        /// Width.
        width_mm: f32,
        /// Height.
        height_mm: f32,
    },
}

/// A part of a document, in reading order (PDF 32000-1, 14.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Its language where it is not that of the document.
    pub language: Option<&'static str>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item, with its mark.
    Item,
    /// A picture, with what to say in its place.
    Figure(String),
    /// What is said of a picture.
    Caption,
}
