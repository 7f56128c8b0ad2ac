//! Codes on pages: a grid of them, a caption under each, and how to read them above.

use super::compose::{CAPTION, Composer, HEADING, MARGIN_MM, SMALL};
use super::layout::{Line, Style};
use super::page::Item;
use crate::codec::frame::Cut;
use crate::error::{Error, Result};
use crate::optics::qr::QrCode;
use crate::words::Needed;

/// Between two codes side by side, besides their quiet zones, in mm.
const GUTTER_MM: f32 = 1.5;
/// Room for the captions under a code, and before the next row, in mm.
const CAPTION_MM: f32 = 8.5;
/// Between two columns of instructions, in mm.
const COLUMN_GAP_MM: f32 = 8.0;
/// Between the text and the codes on one page, in mm.
const SECTION_GAP_MM: f32 = 3.0;

/// Least size of a module that is printed, in mm: what a laser printer and a sharp camera still take.
pub const MIN_MODULE_MM: f32 = 0.15;
/// Greatest size of a module, in mm: a poster's.
pub const MAX_MODULE_MM: f32 = 5.0;
/// Size below which modules are not made without asking, in mm: what folded paper and a cheap phone take.
pub const DEFAULT_MODULE_MM: f32 = 0.42;
/// Modules are made larger where there is room, up to this, in mm, or to the size asked for.
const COMFORTABLE_MODULE_MM: f32 = 0.6;

/// Codes to be placed, all of one version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Codes<'a> {
    pub(super) codes: &'a [QrCode],
    pub(super) cut: &'a Cut,
    /// Whether they are a file's, of which nothing was printed.
    pub(super) file: bool,
    /// Least side of a module, in mm.
    pub(super) module_mm: f32,
}

/// How codes stand on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Grid {
    columns: usize,
    module_mm: f32,
    /// Side of a code with its quiet zone.
    side_mm: f32,
    /// Rows that fit on a page.
    rows: usize,
}

impl Codes<'_> {
    fn check(&self) -> Result<()> {
        let micrometres = |mm: f32| (mm * 1000.0).round() as u32;
        if (MIN_MODULE_MM..=MAX_MODULE_MM).contains(&self.module_mm) {
            return Ok(());
        }
        Err(Error::ModuleSize {
            micrometres: micrometres(self.module_mm),
            min: micrometres(MIN_MODULE_MM),
            max: micrometres(MAX_MODULE_MM),
        })
    }

    /// Modules on the side of a code, with its quiet zone.
    fn modules(&self) -> f32 {
        let side = self.codes.first().map(|code| code.version().modules()).unwrap_or_default();
        (side + 2 * QrCode::QUIET_ZONE) as f32
    }

    /// The grids that fit into a room, one for each number of columns, with modules as large as is comfortable.
    fn grids(&self, width_mm: f32, height_mm: f32) -> impl Iterator<Item = Grid> {
        let modules = self.modules();
        let (least, largest) = (self.module_mm, self.module_mm.max(COMFORTABLE_MODULE_MM));
        let most = ((width_mm + GUTTER_MM) / (modules * least + GUTTER_MM)).floor() as usize;
        (1..=most).filter_map(move |columns| {
            let widest = (width_mm - (columns - 1) as f32 * GUTTER_MM) / columns as f32 / modules;
            let module_mm = widest.min((height_mm - CAPTION_MM) / modules).min(largest);
            let side_mm = module_mm * modules;
            let rows = (height_mm / (side_mm + CAPTION_MM) + 0.001).floor() as usize;
            (module_mm >= least && rows > 0).then_some(Grid { columns, module_mm, side_mm, rows })
        })
    }

    /// The grid that takes the fewest pages of a room, of those the one with the largest modules.
    fn best_grid(&self, width_mm: f32, height_mm: f32) -> Result<Grid> {
        let pages = |grid: &Grid| self.codes.len().div_ceil(grid.rows * grid.columns);
        let better = |a: &Grid, b: &Grid| pages(a).cmp(&pages(b)).then(b.module_mm.total_cmp(&a.module_mm));
        self.grids(width_mm, height_mm).min_by(better).ok_or_else(|| {
            let tenths = |mm: f32| (mm.max(0.0) * 10.0).round() as u32;
            let code_tenth_mm = tenths(self.modules() * self.module_mm);
            Error::PaperTooSmall { code_tenth_mm, room_tenth_mm: tenths(width_mm.min(height_mm - CAPTION_MM)) }
        })
    }
}

/// Lines placed in a room of their own: each with its left end and its top.
struct Instructions {
    lines: Vec<(f32, f32, Line)>,
    height_mm: f32,
}

impl Composer<'_> {
    /// Places all codes: below the text where all of them fit there, else on pages of their own.
    ///
    /// # Errors
    /// [`Error::ModuleSize`], [`Error::PaperTooSmall`].
    pub(super) fn codes(&mut self, codes: &Codes<'_>) -> Result<()> {
        codes.check()?;
        let instructions = self.instructions(codes);
        let page = codes.best_grid(self.width(), self.bottom() - MARGIN_MM - instructions.height_mm)?;
        let left_mm = self.bottom() - self.y_mm - SECTION_GAP_MM - instructions.height_mm;
        let here = codes
            .grids(self.width(), left_mm)
            .filter(|grid| grid.rows * grid.columns >= codes.codes.len())
            .max_by(|a, b| a.module_mm.total_cmp(&b.module_mm));
        let untouched = self.pages.last().is_some_and(|page| page.items.is_empty());
        let grid = match here {
            Some(here) if !untouched => {
                self.y_mm += SECTION_GAP_MM;
                here
            }
            _ => {
                // Of a file there is only its name on the page.
                if !untouched && !codes.file {
                    self.new_page();
                }
                page
            }
        };
        self.grid(codes, &grid, &instructions);
        Ok(())
    }

    fn grid(&mut self, codes: &Codes<'_>, grid: &Grid, instructions: &Instructions) {
        let row_mm = grid.side_mm + CAPTION_MM;
        let columns = grid.columns.min(codes.codes.len());
        let used = columns as f32 * (grid.side_mm + GUTTER_MM) - GUTTER_MM;
        let left = MARGIN_MM + (self.width() - used) / 2.0;
        let quiet = QrCode::QUIET_ZONE as f32 * grid.module_mm;
        self.put_instructions(instructions);
        let numbers: Vec<usize> = (0..codes.codes.len()).collect();
        for row in numbers.chunks(columns.max(1)) {
            if self.y_mm + row_mm > self.bottom() + 0.1 {
                self.new_page();
                self.put_instructions(instructions);
            }
            let top = self.y_mm;
            for (column, number) in row.iter().enumerate() {
                let place = if self.right_to_left { columns - 1 - column } else { column };
                let x_mm = left + place as f32 * (grid.side_mm + GUTTER_MM);
                self.put(Item::Code {
                    x_mm: x_mm + quiet,
                    y_mm: top + quiet,
                    module_mm: grid.module_mm,
                    code: *number,
                });
                self.captions(codes.cut, *number, x_mm, top + grid.side_mm, grid.side_mm);
            }
            self.y_mm = top + row_mm;
        }
    }

    /// Instructions in both languages, side by side, that of the letter first.
    fn instructions(&mut self, codes: &Codes<'_>) -> Instructions {
        let width = (self.width() - COLUMN_GAP_MM) / 2.0;
        let mut lines = Vec::new();
        let mut height_mm: f32 = 0.0;
        for (language, right_to_left) in self.both() {
            let x_mm = MARGIN_MM + if right_to_left { width + COLUMN_GAP_MM } else { 0.0 };
            let mut y = 2.0;
            let heading = Style { size_pt: 10.5, right_to_left, ..HEADING };
            let small = Style { right_to_left, ..SMALL };
            let steps = (1..).zip(language.how_to_read(needed(codes.cut)));
            let steps = steps.map(|(number, step)| (format!("{}. {step}", language.number(number)), small));
            for (text, style) in std::iter::once((language.codes_heading(codes.file).to_owned(), heading)).chain(steps)
            {
                for line in self.typesetter.set(&text, &style, width, &mut Vec::new()) {
                    let height = line.height_mm;
                    lines.push((x_mm, y, line));
                    y += height;
                }
            }
            height_mm = height_mm.max(y + 2.0);
        }
        Instructions { lines, height_mm }
    }

    fn put_instructions(&mut self, instructions: &Instructions) {
        let top = self.y_mm;
        let rule = Item::Rule { x_mm: MARGIN_MM, y_mm: top, length_mm: self.width() };
        self.put(rule);
        for (x_mm, y_mm, line) in &instructions.lines {
            self.put_line(line.clone(), *x_mm, top + y_mm);
        }
        self.y_mm = top + instructions.height_mm;
    }

    fn captions(&mut self, cut: &Cut, number: usize, x_mm: f32, top_mm: f32, width_mm: f32) {
        // The caption may reach into the quiet zone a little, as its ascenders do not.
        let mut y = top_mm - 0.6;
        for (language, right_to_left) in self.both() {
            let style = Style { right_to_left, ..CAPTION };
            let full = language.code_caption(number + 1, needed(cut));
            let line = self.fitted(&full, style, width_mm).or_else(|| {
                let short = language.short_caption(number + 1, cut.frames);
                self.fitted(&short, style, width_mm)
            });
            if let Some(line) = line {
                let height = line.height_mm;
                self.put_line(line, x_mm, y);
                y += height;
            }
        }
    }
}

/// How many codes are needed, for words.
pub fn needed(cut: &Cut) -> Needed {
    Needed { sufficient: cut.sufficient, of: cut.frames, certain: cut.certain }
}
