//! Pages being filled from top to bottom, and what every page has at its foot.

use super::page::{Item, Page, Pages, Part, Role};
use super::paper::{Margins, Paper, Size};
use crate::press::text::face::Face;
use crate::press::text::line::{Align, Line, Style};
use crate::press::text::shaping::Typesetter;
use crate::prose::text::Text;
use crate::words::{PaperWords, on_paper_of};

/// Small print: how to read, captions, feet.
pub(crate) const SMALL: Style = Style { face: Face::Regular, leading: 1.4, align: Align::Start, right_to_left: true };
/// Least size of a caption, in points.
const MIN_CAPTION_PT: f32 = 4.5;
/// Size of the foot, in points.
const FOOT_PT: f32 = 7.5;
/// Length of the ruler in mm.
const RULER_MM: f32 = 50.0;
/// Size of its label, in points.
const RULER_PT: f32 = 5.5;
/// The foot of a wide page, and of a narrow one with a ruler below, in mm.
const FOOT_MM: f32 = 7.0;
/// See [`FOOT_MM`].
pub(crate) const NARROW_FOOT_MM: f32 = 11.0;
/// Thickness of rules, in mm.
pub(crate) const RULE_MM: f32 = 0.15;

/// An empty page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Blank {
    pub(crate) size: Size,
    pub(crate) margins: Margins,
    /// Room at the foot, above the margin, in mm.
    pub(crate) foot_mm: f32,
}

impl Blank {
    /// A page as large as a paper, with a foot that has room for a ruler.
    pub(crate) fn of(paper: Paper) -> Self {
        Self::sized(paper.size(), paper.margins())
    }

    /// A page of a size, with a foot that has room for a ruler.
    pub(crate) fn sized(size: Size, margins: Margins) -> Self {
        let foot_mm = if size.width_mm < 170.0 { NARROW_FOOT_MM } else { FOOT_MM };
        Blank { size, margins, foot_mm }
    }

    /// Width and height of what its margins and its foot leave, in mm.
    pub(crate) fn room_mm(&self) -> (f32, f32) {
        let Size { width_mm, height_mm } = self.size;
        let Margins { top_mm, bottom_mm, side_mm } = self.margins;
        (width_mm - 2.0 * side_mm, height_mm - top_mm - bottom_mm - self.foot_mm)
    }
}

/// Fills pages from top to bottom.
pub(crate) struct Composer<'a> {
    pub(crate) typesetter: &'a mut Typesetter,
    size: Size,
    margins: Margins,
    /// Room at the foot of a page, above its margin, in mm.
    foot_mm: f32,
    /// Whether the letter runs from right to left.
    pub(crate) right_to_left: bool,
    /// BCP 47 tag of its language.
    pub(crate) language: &'a str,
    pub(crate) pages: Vec<Page>,
    pub(crate) parts: Vec<Part>,
    /// How many codes of the letter have places.
    pub(crate) places: usize,
    /// Whether its pages may be folded in the middle.
    pub(crate) is_folded: bool,
    /// Whether the first page is a cover: nothing stands at its foot.
    pub(crate) has_cover: bool,
    /// Where the next thing goes, from the top of the last page.
    pub(crate) y_mm: f32,
}

impl<'a> Composer<'a> {
    /// A composer of pages like `sheet`, in a letter's language and direction.
    pub(crate) fn new(sheet: &Blank, text: &'a Text, typesetter: &'a mut Typesetter) -> Self {
        let mut composer = Composer {
            typesetter,
            size: sheet.size,
            margins: sheet.margins,
            foot_mm: sheet.foot_mm,
            right_to_left: text.right_to_left,
            language: &text.language,
            pages: Vec::new(),
            parts: Vec::new(),
            places: 0,
            is_folded: false,
            has_cover: false,
            y_mm: 0.0,
        };
        composer.new_page();
        composer
    }

    /// What was composed.
    pub(crate) fn finish(self) -> Pages {
        Pages { pages: self.pages, parts: self.parts, places: self.places }
    }

    pub(crate) fn left(&self) -> f32 {
        self.margins.side_mm
    }

    pub(crate) fn width(&self) -> f32 {
        self.size.width_mm - 2.0 * self.margins.side_mm
    }

    pub(crate) fn height_mm(&self) -> f32 {
        self.size.height_mm
    }

    pub(crate) fn top(&self) -> f32 {
        self.margins.top_mm
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.size.height_mm - self.margins.bottom_mm - self.foot_mm
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(Page { width_mm: self.size.width_mm, height_mm: self.size.height_mm, items: Vec::new() });
        self.y_mm = self.top();
    }

    /// Whether nothing stands on the last page.
    pub(crate) fn untouched(&self) -> bool {
        self.pages.last().is_some_and(|page| page.items.is_empty())
    }

    pub(crate) fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Begins a part of the document in its own language; gives its number.
    pub(crate) fn part(&mut self, role: Role) -> usize {
        self.part_in(role, None)
    }

    /// Begins a part in another language.
    pub(crate) fn part_in(&mut self, role: Role, language: Option<&'static str>) -> usize {
        self.parts.push(Part { role, language });
        self.parts.len() - 1
    }

    pub(crate) fn put_line(&mut self, line: Line, x_mm: f32, top_mm: f32, part: Option<usize>) {
        let baseline_mm = top_mm + line.ascent_mm;
        self.put(Item::Text { x_mm, baseline_mm, line, part });
    }

    /// Puts a line below what there is, in the whole width.
    pub(crate) fn flow_line(&mut self, line: Line, part: usize) {
        let (x_mm, top) = (self.left(), self.y_mm);
        self.y_mm += line.height_mm;
        self.put_line(line, x_mm, top, Some(part));
    }

    /// The languages of what is said on paper, that of the letter first: those who pass a letter on need not read its
    /// language.
    pub(crate) fn both(&self) -> [&'static dyn PaperWords; 2] {
        on_paper_of(self.language, self.right_to_left)
    }

    /// A text in one line, in smaller type if needed; `None` where it would be too small to read.
    pub(crate) fn fitted(&mut self, text: &str, style: &Style, size_pt: f32, width_mm: f32) -> Option<Line> {
        let mut paragraph = self.typesetter.shape(text, &[], style);
        let natural = paragraph.lines(size_pt, 100_000.0).first().map(Line::ink_mm)?;
        let size_pt = size_pt.min(size_pt * width_mm / (natural + 0.1));
        if size_pt < MIN_CAPTION_PT { None } else { paragraph.lines(size_pt, width_mm).into_iter().next() }
    }

    /// The foot of every page: its number, the letter's name and object id, which tell sheets of different letters
    /// apart; on pages with codes also a ruler, which shows the printer's scale.
    pub(crate) fn feet(&mut self, names: &[String]) {
        let of = self.pages.len();
        let (width, left, top) = (self.width(), self.left(), self.bottom() + 3.0);
        let [first, _] = self.both();
        let right_to_left = first.right_to_left();
        let start = Style { right_to_left, ..SMALL };
        let end = Style { align: Align::End, ..start };
        for number in 1 + usize::from(self.has_cover)..=of {
            let ruled = self.pages.get(number - 1).is_some_and(Page::has_codes);
            // On narrow pages the ruler stands below, where there is room for it.
            let beside = ruled && width >= 150.0;
            let mut items = Vec::new();
            let mut put = |line: Line, x_mm| {
                let baseline_mm = top + line.ascent_mm;
                items.push(Item::Text { x_mm, baseline_mm, line, part: None });
            };
            let page_number = self.fitted(&first.page(number, of), &start, FOOT_PT, width);
            let taken = page_number.as_ref().map(Line::ink_mm).unwrap_or_default();
            page_number.into_iter().for_each(|line| put(line, left));
            let room = if beside { (width - RULER_MM) / 2.0 - 4.0 } else { width - taken - 4.0 };
            let x_mm = if right_to_left { left } else { left + width - room };
            let name = names.iter().find_map(|name| self.fitted(name, &end, FOOT_PT, room));
            name.into_iter().for_each(|line| put(line, x_mm));
            if beside {
                items.append(&mut self.ruler(left + (width - RULER_MM) / 2.0, top + 3.5));
            } else if ruled && self.foot_mm >= NARROW_FOOT_MM {
                items.append(&mut self.ruler(left + (width - RULER_MM) / 2.0, top + 7.5));
            }
            if let Some(page) = self.pages.get_mut(number - 1) {
                page.items.append(&mut items);
            }
        }
    }

    /// A ruler of 50 mm with a tick each 10 mm, from its left end on its line.
    pub(crate) fn ruler(&mut self, x_mm: f32, y_mm: f32) -> Vec<Item> {
        let rule =
            |x_mm: f32, y_mm, width_mm, height_mm| Item::Rule { x_mm: x_mm - RULE_MM / 2.0, y_mm, width_mm, height_mm };
        let mut items = vec![rule(x_mm, y_mm, RULER_MM + RULE_MM, RULE_MM)];
        items.extend((0..=5).map(|tick| {
            let height = if tick % 5 == 0 { 2.6 } else { 1.3 };
            rule(x_mm + tick as f32 * 10.0, y_mm - height, RULE_MM, height)
        }));
        let style = Style { align: Align::Center, right_to_left: false, ..SMALL };
        let baseline_mm = y_mm - 1.6;
        let label = self.fitted("50 mm", &style, RULER_PT, RULER_MM);
        items.extend(label.map(|line| Item::Text { x_mm, baseline_mm, line, part: None }));
        items
    }
}
