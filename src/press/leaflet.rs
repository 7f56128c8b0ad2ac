//! Letter and codes -> pages: the text set for reading, then its codes in a grid, with how to read them beside.

use super::layout::{Align, Face, Line, Paper, Style, Typesetter};
use super::prose::{self, Block, Kind};
use crate::codec::envelope::ObjectId;
use crate::codec::frame::Cut;
use crate::codec::letter::{Letter, printable};
use crate::error::{Error, Result};
use crate::optics::qr::QrCode;
use crate::words::{Words, english, persian, words};

/// White margin on every side, in mm: no home printer needs more.
const MARGIN_MM: f32 = 13.0;
/// Room at the foot of a page, above the margin, for its number, in mm.
const FOOT_MM: f32 = 7.0;
/// Between two codes side by side, besides their quiet zones, in mm.
const GUTTER_MM: f32 = 1.5;
/// Room for the captions under a code, and before the next row, in mm.
const CAPTION_MM: f32 = 8.5;
/// Indentation of list items, in mm.
const INDENT_MM: f32 = 7.0;
/// Between two columns of instructions, in mm.
const COLUMN_GAP_MM: f32 = 8.0;

/// Least size of a module that is printed, in mm: what a laser printer and a sharp camera still take.
pub const MIN_MODULE_MM: f32 = 0.15;
/// Greatest size of a module, in mm: a poster's.
pub const MAX_MODULE_MM: f32 = 5.0;
/// Size below which modules are not made without asking, in mm: what folded paper and a cheap phone take.
pub const DEFAULT_MODULE_MM: f32 = 0.42;
/// Modules are made larger where there is room, up to this, in mm, or to the size asked for.
const COMFORTABLE_MODULE_MM: f32 = 0.6;

/// A side of a leaflet.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its width in mm.
    pub width_mm: f32,
    /// Its height in mm.
    pub height_mm: f32,
    /// What stands on it, in reading order.
    pub items: Vec<Item>,
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
    },
    /// A code.
    Code {
        /// Left edge of its modules; the quiet zone is outside.
        x_mm: f32,
        /// Upper edge of its modules.
        y_mm: f32,
        /// Side of a module.
        module_mm: f32,
        /// Its number among the codes, from 0.
        code: usize,
    },
    /// A thin rule.
    Rule {
        /// Left end.
        x_mm: f32,
        /// Middle of its thickness.
        y_mm: f32,
        /// Length.
        length_mm: f32,
    },
}

/// A leaflet, as pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaflet {
    /// Its pages.
    pub pages: Vec<Page>,
    /// BCP 47 tag of the letter's language, or nothing.
    pub language: String,
    /// Its title, or nothing.
    pub title: String,
    /// Characters of the letter that no font of the kit has: they stand as empty boxes.
    pub missing: Vec<char>,
}

/// What a leaflet is made of.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// Its object id.
    pub object_id: ObjectId,
    /// Its codes, all of one version.
    pub codes: &'a [QrCode],
    /// How it was cut into them.
    pub cut: &'a Cut,
    /// The paper.
    pub paper: Paper,
    /// Least side of a module, in mm, [`MIN_MODULE_MM`] to [`MAX_MODULE_MM`].
    pub module_mm: f32,
}

/// Sets a leaflet.
///
/// # Errors
/// [`Error::ModuleSize`], [`Error::PaperTooSmall`].
pub fn leaflet(matter: &Matter<'_>, typesetter: &mut Typesetter) -> Result<Leaflet> {
    let grid = Grid::new(matter)?;
    let letter = matter.letter;
    let text = letter.text().unwrap_or_default();
    let right_to_left = prose::is_right_to_left(letter.language(), text);
    let mut composer = Composer::new(matter.paper, right_to_left, typesetter);
    composer.letter(letter, text);
    composer.codes(matter, &grid);
    composer.feet(matter.object_id);
    let Composer { pages, missing, .. } = composer;
    Ok(Leaflet { pages, language: letter.language().to_owned(), title: printable(letter.title()), missing })
}

/// How codes stand on a page.
struct Grid {
    columns: usize,
    module_mm: f32,
    /// Side of a code with its quiet zone.
    side_mm: f32,
}

impl Grid {
    fn new(matter: &Matter<'_>) -> Result<Self> {
        let micrometres = |mm: f32| (mm * 1000.0).round() as u32;
        if !(MIN_MODULE_MM..=MAX_MODULE_MM).contains(&matter.module_mm) {
            return Err(Error::ModuleSize {
                micrometres: micrometres(matter.module_mm),
                min: micrometres(MIN_MODULE_MM),
                max: micrometres(MAX_MODULE_MM),
            });
        }
        let (width_mm, height_mm) = matter.paper.size_mm();
        let width = width_mm - 2.0 * MARGIN_MM;
        let version = matter.codes.first().map(|code| code.version().modules()).unwrap_or(21);
        let modules = (version + 2 * QrCode::QUIET_ZONE) as f32;
        let least = modules * matter.module_mm;
        // The instructions, which stand on every page of codes, take about a sixth of an A4 page.
        let height = height_mm - 2.0 * MARGIN_MM - FOOT_MM - 45.0;
        if least > width || least + CAPTION_MM > height {
            let tenths = |mm: f32| (mm * 10.0).round() as u32;
            return Err(Error::PaperTooSmall {
                code_tenth_mm: tenths(least),
                room_tenth_mm: tenths(width.min(height - CAPTION_MM)),
            });
        }
        let most = ((width + GUTTER_MM) / (least + GUTTER_MM)).floor().max(1.0) as usize;
        let largest = matter.module_mm.max(COMFORTABLE_MODULE_MM);
        let on = |columns: usize| {
            let module_mm = ((width - (columns - 1) as f32 * GUTTER_MM) / columns as f32 / modules).min(largest);
            let side_mm = module_mm * modules;
            let rows = (height / (side_mm + CAPTION_MM)).floor() as usize;
            let pages = if rows == 0 { usize::MAX } else { matter.codes.len().div_ceil(rows * columns) };
            (pages, Grid { columns, module_mm, side_mm })
        };
        let best = (1..=most).map(on).min_by(|(pages, grid), (other_pages, other)| {
            pages.cmp(other_pages).then(other.module_mm.total_cmp(&grid.module_mm))
        });
        best.map(|(_, grid)| grid).ok_or(Error::Page { why: "no column of codes fits".into() })
    }
}

const TITLE: Style = Style { face: Face::Bold, size_pt: 17.0, leading: 1.5, align: Align::Center, right_to_left: true };
const HEADING: Style =
    Style { face: Face::Bold, size_pt: 12.5, leading: 1.6, align: Align::Start, right_to_left: true };
const BODY: Style =
    Style { face: Face::Regular, size_pt: 10.5, leading: 1.75, align: Align::Justify, right_to_left: true };
const SMALL: Style =
    Style { face: Face::Regular, size_pt: 8.5, leading: 1.55, align: Align::Start, right_to_left: true };
const CAPTION: Style =
    Style { face: Face::Regular, size_pt: 7.0, leading: 1.4, align: Align::Center, right_to_left: true };

struct Composer<'a> {
    typesetter: &'a mut Typesetter,
    size_mm: (f32, f32),
    right_to_left: bool,
    pages: Vec<Page>,
    /// Where the next thing goes, from the top of the last page.
    y_mm: f32,
    missing: Vec<char>,
}

impl<'a> Composer<'a> {
    fn new(paper: Paper, right_to_left: bool, typesetter: &'a mut Typesetter) -> Self {
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

    fn width(&self) -> f32 {
        self.size_mm.0 - 2.0 * MARGIN_MM
    }

    fn bottom(&self) -> f32 {
        self.size_mm.1 - MARGIN_MM - FOOT_MM
    }

    fn new_page(&mut self) {
        self.pages.push(Page { width_mm: self.size_mm.0, height_mm: self.size_mm.1, items: Vec::new() });
        self.y_mm = MARGIN_MM;
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(item);
        }
    }

    fn put_line(&mut self, line: Line, x_mm: f32, top_mm: f32) {
        let baseline_mm = top_mm + line.ascent_mm;
        self.put(Item::Text { x_mm, baseline_mm, line });
    }

    /// The letter as text; of a file, its name.
    fn letter(&mut self, letter: &Letter, text: &str) {
        let mut blocks = prose::blocks(text);
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
        let needed = if style.face == Face::Bold { lines.len() + 2 } else { together.min(lines.len()) };
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

    /// Instructions in both languages, side by side, that of the letter first.
    fn instructions(&mut self, cut: &Cut) {
        let width = (self.width() - COLUMN_GAP_MM) / 2.0;
        let top = self.y_mm;
        let mut lowest = top;
        let rule = Item::Rule { x_mm: MARGIN_MM, y_mm: top, length_mm: self.width() };
        self.put(rule);
        for (language, right_to_left) in self.both() {
            let x_mm = MARGIN_MM + if right_to_left { width + COLUMN_GAP_MM } else { 0.0 };
            let mut y = top + 2.0;
            let heading = Style { size_pt: 10.5, right_to_left, ..HEADING };
            let small = Style { right_to_left, ..SMALL };
            let steps = (1..)
                .zip(language.how_to_read(cut.sufficient))
                .map(|(number, step)| format!("{}. {step}", language.number(number)));
            for (text, style) in
                std::iter::once((language.codes_heading().to_owned(), heading)).chain(steps.map(|step| (step, small)))
            {
                for line in self.typesetter.set(&text, &style, width, &mut Vec::new()) {
                    let height = line.height_mm;
                    self.put_line(line, x_mm, y);
                    y += height;
                }
            }
            lowest = lowest.max(y);
        }
        self.y_mm = lowest + 2.5;
    }

    /// Persian and English, that of the letter first.
    fn both(&self) -> [(&'static dyn Words, bool); 2] {
        let both = [(persian(), true), (english(), false)];
        if self.right_to_left { both } else { [both[1], both[0]] }
    }

    fn codes(&mut self, matter: &Matter<'_>, grid: &Grid) {
        let row_mm = grid.side_mm + CAPTION_MM;
        let rows = matter.codes.len().div_ceil(grid.columns);
        // All on what is left of this page, or on pages of their own.
        let wanted = 45.0 + rows as f32 * row_mm;
        if self.pages.last().is_some_and(|page| !page.items.is_empty()) {
            self.y_mm += 3.0;
            if self.y_mm + wanted > self.bottom() {
                self.new_page();
            }
        }
        let used = grid.columns.min(matter.codes.len()) as f32 * (grid.side_mm + GUTTER_MM) - GUTTER_MM;
        let left = MARGIN_MM + (self.width() - used) / 2.0;
        self.instructions(matter.cut);
        let numbers: Vec<usize> = (0..matter.codes.len()).collect();
        for row in numbers.chunks(grid.columns) {
            if self.y_mm + row_mm > self.bottom() + 0.1 {
                self.new_page();
                self.instructions(matter.cut);
            }
            let top = self.y_mm;
            for (column, number) in row.iter().enumerate() {
                let place = if self.right_to_left { grid.columns.min(matter.codes.len()) - 1 - column } else { column };
                let x_mm = left + place as f32 * (grid.side_mm + GUTTER_MM);
                let quiet = QrCode::QUIET_ZONE as f32 * grid.module_mm;
                self.put(Item::Code {
                    x_mm: x_mm + quiet,
                    y_mm: top + quiet,
                    module_mm: grid.module_mm,
                    code: *number,
                });
                self.captions(matter, *number, x_mm, top + grid.side_mm, grid.side_mm);
            }
            self.y_mm = top + row_mm;
        }
    }

    fn captions(&mut self, matter: &Matter<'_>, number: usize, x_mm: f32, top_mm: f32, width_mm: f32) {
        let cut = matter.cut;
        let mut y = top_mm - 0.6;
        for (language, right_to_left) in self.both() {
            let text = language.code_caption(number + 1, cut.frames, cut.sufficient, cut.sufficient == cut.ideal);
            let line = self.fitted(&text, Style { right_to_left, ..CAPTION }, width_mm);
            let height = line.as_ref().map(|line| line.height_mm).unwrap_or_default();
            if let Some(line) = line {
                self.put_line(line, x_mm, y);
            }
            y += height;
        }
    }

    /// A text in one line, in smaller type where it needs that.
    fn fitted(&mut self, text: &str, style: Style, width_mm: f32) -> Option<Line> {
        let mut style = style;
        loop {
            let mut lines = self.typesetter.set(text, &style, width_mm, &mut Vec::new());
            if lines.len() <= 1 || style.size_pt < 4.0 {
                return (!lines.is_empty()).then(|| lines.swap_remove(0));
            }
            style.size_pt -= 0.25;
        }
    }

    /// The foot of every page: its number, and the object id, to tell copies of one letter from those of another.
    fn feet(&mut self, object_id: ObjectId) {
        let of = self.pages.len();
        let width = self.width();
        let top = self.size_mm.1 - MARGIN_MM - FOOT_MM + 2.0;
        let [(first, right_to_left), _] = self.both();
        for number in 1..=of {
            let page_number = first.page(number, of);
            for (text, align, direction) in [
                (page_number, Align::Start, right_to_left),
                (format!("shabnameh {object_id}"), Align::Start, !right_to_left),
            ] {
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

/// The words of a letter's own language, for summaries about it.
pub fn own_words(letter: &Letter) -> &'static dyn Words {
    words(letter.language())
}
