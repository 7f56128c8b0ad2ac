//! Text on pages: paragraphs, lists, headings, feet; page breaks that leave no line alone.

use super::layout::{Align, Face, Line, Paper, Style, Typesetter};
use super::page::{Item, Page};
use super::prose::{self, Block, Kind};
use crate::codec::envelope::ObjectId;
use crate::codec::letter::{Letter, MediaType, printable};
use crate::words::{Words, english, persian};

/// White margin on every side, in mm: no home printer needs more.
pub(super) const MARGIN_MM: f32 = 13.0;
/// Room at the foot of a page, above the margin, for its number, in mm.
const FOOT_MM: f32 = 7.0;
/// Smallest type of a caption, in points.
const MIN_CAPTION_PT: f32 = 4.5;
/// Indentation of list items, in mm.
const INDENT_MM: f32 = 7.0;

const TITLE: Style = Style { face: Face::Bold, size_pt: 17.0, leading: 1.5, align: Align::Center, right_to_left: true };
pub(super) const HEADING: Style =
    Style { face: Face::Bold, size_pt: 12.5, leading: 1.6, align: Align::Start, right_to_left: true };
const BODY: Style =
    Style { face: Face::Regular, size_pt: 10.5, leading: 1.75, align: Align::Justify, right_to_left: true };
pub(super) const SMALL: Style =
    Style { face: Face::Regular, size_pt: 8.5, leading: 1.55, align: Align::Start, right_to_left: true };
pub(super) const CAPTION: Style =
    Style { face: Face::Regular, size_pt: 7.0, leading: 1.4, align: Align::Center, right_to_left: true };

/// Fills pages from top to bottom.
pub(super) struct Composer<'a> {
    pub(super) typesetter: &'a mut Typesetter,
    size_mm: (f32, f32),
    /// Whether the letter runs from right to left.
    pub(super) right_to_left: bool,
    pub(super) pages: Vec<Page>,
    /// Where the next thing goes, from the top of the last page.
    pub(super) y_mm: f32,
    /// Characters that no font has.
    pub(super) missing: Vec<char>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(paper: Paper, right_to_left: bool, typesetter: &'a mut Typesetter) -> Self {
        let mut composer = Composer {
            typesetter,
            size_mm: paper.size_mm(),
            right_to_left,
            pages: Vec::new(),
            y_mm: 0.0,
            missing: Vec::new(),
        };
        composer.new_page();
        composer
    }

    pub(super) fn width(&self) -> f32 {
        self.size_mm.0 - 2.0 * MARGIN_MM
    }

    pub(super) fn bottom(&self) -> f32 {
        self.size_mm.1 - MARGIN_MM - FOOT_MM
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page { width_mm: self.size_mm.0, height_mm: self.size_mm.1, items: Vec::new() });
        self.y_mm = MARGIN_MM;
    }

    pub(super) fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(item);
        }
    }

    pub(super) fn put_line(&mut self, line: Line, x_mm: f32, top_mm: f32) {
        let baseline_mm = top_mm + line.ascent_mm;
        self.put(Item::Text { x_mm, baseline_mm, line });
    }

    /// The letter as text; of a file, its name.
    pub(super) fn letter(&mut self, letter: &Letter, text: &str) {
        let mut blocks = prose::blocks(text, letter.media_type() == MediaType::Markdown);
        let mut title = printable(letter.title());
        if title.is_empty() && matches!(blocks.first(), Some(Block { kind: Kind::Heading(_), .. })) {
            title = blocks.remove(0).text;
        }
        if title.is_empty() && text.is_empty() {
            title = printable(letter.name());
        }
        if !title.is_empty() {
            self.paragraph(&title, TITLE, 0.0, 2);
            self.y_mm += 2.5;
        }
        for block in blocks {
            match block.kind {
                Kind::Heading(_) => {
                    self.y_mm += 2.0;
                    self.paragraph(&block.text, HEADING, 0.0, 3);
                    self.y_mm += 0.5;
                }
                Kind::Paragraph => {
                    self.paragraph(&block.text, BODY, 0.0, 2);
                    self.y_mm += 1.6;
                }
                Kind::Item(mark) => {
                    self.item(&mark, &block.text);
                    self.y_mm += 1.0;
                }
            }
        }
    }

    /// A list item: its mark in the margin of its text.
    fn item(&mut self, mark: &str, text: &str) {
        let right_to_left = prose::paragraph_direction(self.right_to_left, text);
        let mark_style = Style { right_to_left, align: Align::Start, ..BODY };
        let mark_lines = self.typesetter.set(mark, &mark_style, INDENT_MM * 3.0, &mut self.missing);
        let indent = mark_lines.first().map(ink_width).unwrap_or_default() + 1.5;
        let indent = indent.max(INDENT_MM);
        let (page, top) = self.paragraph(text, BODY, if right_to_left { -indent } else { indent }, 2);
        for line in mark_lines {
            let x_mm = MARGIN_MM + if right_to_left { self.width() - INDENT_MM * 3.0 } else { 0.0 };
            let baseline_mm = top + line.ascent_mm;
            if let Some(page) = self.pages.get_mut(page) {
                // The mark is read before its text.
                let at = page.items.iter().position(
                    |item| matches!(item, Item::Text { baseline_mm: b, .. } if (b - baseline_mm).abs() < 0.01),
                );
                page.items.insert(at.unwrap_or(page.items.len()), Item::Text { x_mm, baseline_mm, line });
            }
        }
    }

    /// Sets a paragraph, over pages where it must, with at least `together` lines on each side of a break; gives the page and the top of its
    /// first line. An indent below zero is on the right.
    fn paragraph(&mut self, text: &str, style: Style, indent_mm: f32, together: usize) -> (usize, f32) {
        let right_to_left = prose::paragraph_direction(self.right_to_left, text);
        let style = Style { right_to_left, ..style };
        let lines = self.typesetter.set(text, &style, self.width() - indent_mm.abs(), &mut self.missing);
        let height = lines.first().map(|line| line.height_mm).unwrap_or_default();
        // A heading keeps company with what it heads, unless it is a page long itself.
        // A paragraph too short to be cut into two parts of `together` lines is kept whole.
        let needed = match lines.len() {
            lines if style.face == Face::Bold => lines.min(6) + 2,
            lines if lines < 2 * together => lines,
            _ => together,
        };
        if self.y_mm + needed as f32 * height > self.bottom() {
            self.new_page();
        }
        let start = (self.pages.len() - 1, self.y_mm);
        let x_mm = MARGIN_MM + indent_mm.max(0.0);
        let mut left = lines.len();
        for line in lines {
            let room = ((self.bottom() - self.y_mm) / height).floor() as usize;
            let widow = left == together && room < left && together > 1;
            if room == 0 || widow {
                self.new_page();
            }
            let top = self.y_mm;
            self.y_mm += line.height_mm;
            self.put_line(line, x_mm, top);
            left -= 1;
        }
        start
    }

    /// Persian and English, that of the letter first.
    pub(super) fn both(&self) -> [(&'static dyn Words, bool); 2] {
        let both = [(persian(), true), (english(), false)];
        if self.right_to_left { both } else { [both[1], both[0]] }
    }

    /// A text in one line, in smaller type where it needs that; `None` where it would be too small to read.
    pub(super) fn fitted(&mut self, text: &str, style: Style, width_mm: f32) -> Option<Line> {
        let mut style = style;
        while style.size_pt >= MIN_CAPTION_PT {
            let mut lines = self.typesetter.set(text, &style, width_mm, &mut Vec::new());
            if lines.len() == 1 {
                return lines.pop();
            }
            style.size_pt -= 0.25;
        }
        None
    }

    /// The foot of every page: its number, and the letter's name and object id, to tell sheets of one letter from those of another.
    pub(super) fn feet(&mut self, name: &str, object_id: ObjectId) {
        let of = self.pages.len();
        let width = self.width();
        let top = self.size_mm.1 - MARGIN_MM - FOOT_MM + 2.0;
        let [(first, right_to_left), _] = self.both();
        // Isolated from each other: the name may run the other way.
        let short: String = name.chars().take(40).collect();
        let id = if short.is_empty() {
            format!("shabnameh {object_id}")
        } else {
            format!("{short} · shabnameh {object_id}")
        };
        for number in 1..=of {
            let page_number = first.page(number, of);
            for (text, align, direction) in
                [(page_number, Align::Start, right_to_left), (id.clone(), Align::Start, !right_to_left)]
            {
                let right_to_left = direction;
                let style = Style { right_to_left, align, size_pt: 7.5, ..SMALL };
                for line in self.typesetter.set(&text, &style, width, &mut Vec::new()) {
                    let baseline_mm = top + line.ascent_mm;
                    if let Some(page) = self.pages.get_mut(number - 1) {
                        page.items.push(Item::Text { x_mm: MARGIN_MM, baseline_mm, line });
                    }
                }
            }
        }
    }
}

/// From the first glyph to the end of the line, in mm.
fn ink_width(line: &Line) -> f32 {
    line.width_mm - line.glyphs.first().map(|glyph| glyph.x_mm).unwrap_or_default()
}
