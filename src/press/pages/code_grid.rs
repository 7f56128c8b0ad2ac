//! Codes on pages: a grid of them, captions under each, and how to read them above.

use std::cmp::Ordering;

use super::compose::{Composer, SMALL};
use super::galley::Room;
use super::instructions::{Column, Instructions};
use super::page::{Item, Role};
use super::paper::Paper;
use crate::codec::frame::Cut;
use crate::error::{Error, Result};
use crate::optics::qr::{QrCode, QrVersion};
use crate::press::text::line::{Align, MM_PER_POINT, Style};
use crate::words::{Needed, PaperWords};

/// Between two codes side by side, besides their quiet zones, in mm.
pub(crate) const GUTTER_MM: f32 = 1.5;
/// A row of codes is spread over the width of the text where its gaps stay below this share of a code's side.
const WIDEST_GAP: f32 = 1.0;
/// Between what stands above and the codes, in mm.
const SECTION_GAP_MM: f32 = 3.0;
/// Least distance from a fold to a module, in mm: toner flakes off along a crease.
const FOLD_MM: f32 = 1.0;
/// Size of the caption of a code, and of the smaller line below it, in points.
const CAPTION_PT: f32 = 7.0;
/// See [`CAPTION_PT`].
const SECOND_CAPTION_PT: f32 = 5.6;
/// Room for both, in mm.
pub(crate) const CAPTIONS_MM: f32 = (CAPTION_PT + SECOND_CAPTION_PT) * SMALL.leading * MM_PER_POINT + 0.6;

/// Least side of a module in mm: the smallest that a laser printer at 600 dpi draws evenly and a sharp camera resolves.
pub const MIN_MODULE_MM: f32 = 0.15;
/// Greatest size of a module, in mm: a poster's.
pub const MAX_MODULE_MM: f32 = 5.0;
/// Least side of a module, in mm, unless a smaller one is asked for: at 0.42 mm a code survives folding and the camera
/// of a cheap phone (docs/trial.md).
pub const DEFAULT_MODULE_MM: f32 = 0.42;
/// Modules of this side, in mm, are read in poor light and from folded sheets: type is made smaller to reach it.
pub(crate) const COMFORTABLE_MODULE_MM: f32 = 0.6;
/// Where there is room, modules grow up to this side, in mm, or to the one asked for.
pub(crate) const LARGEST_MODULE_MM: f32 = 0.8;

/// Codes of one size that belong together.
pub(crate) struct Group {
    /// Index of the first of them among the codes of the document; the others follow.
    pub(crate) first: usize,
    pub(crate) count: usize,
    /// Modules on the side of the largest of them, with its quiet zone.
    pub(crate) modules: usize,
    /// Least and largest side of a module, in mm.
    pub(crate) module_mm: (f32, f32),
    /// What stands above them, in each language: a heading and steps; and its size of type in points, smaller where
    /// there is no room.
    pub(crate) above: Vec<Column>,
    pub(crate) above_pt: f32,
    /// Whether the instructions are repeated on every page with codes.
    pub(crate) on_every_page: bool,
    /// Whether the current page is filled before others are begun; else the group is kept together where possible.
    pub(crate) fills: bool,
    /// What stands under each: a line, and a smaller one in the other language.
    pub(crate) captions: Vec<[Caption; 2]>,
}

/// A line under a code.
#[derive(Debug, Clone)]
pub(crate) struct Caption {
    pub(crate) text: String,
    /// Stands in its place where there is no room for it.
    pub(crate) short: String,
    pub(crate) right_to_left: bool,
    /// Where it is not that of the document.
    pub(crate) language: Option<&'static str>,
}

/// How codes stand on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CodeGrid {
    columns: usize,
    pub(crate) module_mm: f32,
    /// Side of a code with its quiet zone.
    side_mm: f32,
}

/// Where a group goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placement {
    pub(crate) grid: CodeGrid,
    /// Whether it begins on a page of its own.
    pub(crate) new_page: bool,
    /// Pages that it takes besides the current one.
    pub(crate) pages: usize,
    /// Where it ends on the last one.
    pub(crate) bottom_mm: f32,
    /// Places in its rows, and in all rows that fit on its pages.
    pub(crate) in_rows: usize,
    pub(crate) on_pages: usize,
}

/// Checks the side of a module.
///
/// # Errors
/// [`Error::ModuleSize`].
pub fn check_module(module_mm: f32) -> Result<()> {
    let micrometres = |mm: f32| (mm * 1000.0).round() as u32;
    if (MIN_MODULE_MM..=MAX_MODULE_MM).contains(&module_mm) {
        return Ok(());
    }
    Err(Error::ModuleSize {
        micrometres: micrometres(module_mm),
        min: micrometres(MIN_MODULE_MM),
        max: micrometres(MAX_MODULE_MM),
    })
}

/// Modules on the side of a code, with its quiet zone.
pub(crate) fn modules(version: QrVersion) -> usize {
    version.modules() + 2 * QrCode::QUIET_ZONE
}

/// Side of a code of a version, with its quiet zone, in mm.
pub(crate) fn side_mm(version: QrVersion, module_mm: f32) -> f32 {
    modules(version) as f32 * module_mm
}

/// The largest version that fits into a room with modules of a size.
fn largest_version(room_mm: f32, module_mm: f32) -> Option<QrVersion> {
    let fits = |version: &QrVersion| side_mm(*version, module_mm) <= room_mm + 0.01;
    (1..=40).rev().filter_map(|version| QrVersion::new(version).ok()).find(fits)
}

/// The error of a code that is too large for a room: names the version that would fit there, and the paper on which
/// this one would in a form.
pub(crate) fn too_large(
    side_modules: usize,
    module_mm: f32,
    room_mm: f32,
    form: &'static str,
    fits_on: impl Fn(Paper) -> f32,
) -> Error {
    let side_mm = side_modules as f32 * module_mm;
    let tenths = |mm: f32| (mm.max(0.0) * 10.0).round() as u32;
    Error::CodeTooLarge {
        side_tenth_mm: tenths(side_mm),
        room_tenth_mm: tenths(room_mm),
        version: largest_version(room_mm, module_mm).map(QrVersion::number),
        form,
        paper: Paper::ALL.into_iter().find(|paper| fits_on(*paper) >= side_mm).map(Paper::name),
    }
}

/// How many codes are needed, for words.
pub fn needed(cut: &Cut) -> Needed {
    Needed { sufficient: cut.sufficient, of: cut.frames, certain: cut.certain }
}

impl Group {
    /// Height of a row besides its codes, in mm.
    pub(crate) fn besides_mm(&self, above: &Instructions) -> f32 {
        CAPTIONS_MM + if self.on_every_page { above.height_mm } else { 0.0 }
    }

    /// Whether more than a heading stands above it.
    fn has_steps(&self) -> bool {
        self.above.iter().any(|column| !column.steps.is_empty())
    }

    fn rows(&self, grid: &CodeGrid) -> usize {
        self.count.div_ceil(grid.columns)
    }

    /// The grids that fit into a room, one for each number of columns, with modules as large as is comfortable.
    fn grids(&self, width_mm: f32, height_mm: f32) -> impl Iterator<Item = CodeGrid> {
        let modules = self.modules as f32;
        let (least, largest) = self.module_mm;
        let quiet_mm = 2.0 * QrCode::QUIET_ZONE as f32 * least;
        let most = ((width_mm + quiet_mm + GUTTER_MM + 0.01) / (modules * least + GUTTER_MM)).floor() as usize;
        (1..=most).filter_map(move |columns| {
            // The outer quiet zones lie in the margin, so that codes are as wide as the text.
            let quiet = if columns > 1 { 2 * QrCode::QUIET_ZONE } else { 0 };
            let gutters = (columns - 1) as f32 * GUTTER_MM;
            let widest = (width_mm - gutters) / (columns as f32 * modules - quiet as f32);
            let module_mm = widest.min((height_mm - CAPTIONS_MM) / modules).min(largest);
            (module_mm + 0.0001 >= least).then_some(CodeGrid { columns, module_mm, side_mm: module_mm * modules })
        })
    }

    /// Possible placements from a height on: on this page and the next ones, or on new pages; with the largest modules
    /// for each number of columns and rows.
    fn placements(&self, room: &Room, y_mm: f32, above: &Instructions) -> Vec<Placement> {
        let again = if self.on_every_page { above.height_mm } else { 0.0 };
        let page = room.bottom_mm - room.top_mm;
        let width_mm = room.width_mm;
        let steps = self.has_steps();
        let mut placements = Vec::new();
        for new_page in [false, true] {
            let start = if new_page { room.top_mm } else { y_mm };
            let here = room.bottom_mm - start - above.height_mm;
            if here < 0.0 {
                continue;
            }
            let on_others = page - again;
            // The largest modules that this number of rows allows, on the first page or on the others.
            let tried = [here, on_others].into_iter().flat_map(|room| {
                let heights = (1..=self.count).map(move |rows| room / rows as f32);
                heights.map_while(|height| {
                    let grids: Vec<CodeGrid> = self.grids(width_mm, height).collect();
                    (!grids.is_empty()).then_some(grids)
                })
            });
            for grid in tried.flatten() {
                let row = grid.side_mm + CAPTIONS_MM;
                let fit = |room: f32| (room / row + 0.001).floor().max(0.0) as usize;
                let (first, others) = (fit(here), fit(on_others));
                let left = self.rows(&grid).saturating_sub(first);
                // A group that need not be kept together may have its instructions on a page of their own, but not a
                // heading alone.
                if first == 0 && (self.on_every_page || !steps) || left > 0 && others == 0 {
                    continue;
                }
                let pages = left.div_ceil(others.max(1));
                let (last, top) = match left {
                    0 => (self.rows(&grid), start + above.height_mm),
                    left => (left - (pages - 1) * others, room.top_mm + again),
                };
                let bottom_mm = top + last as f32 * row;
                placements.push(Placement {
                    grid,
                    new_page,
                    pages: pages + usize::from(new_page),
                    bottom_mm,
                    in_rows: self.rows(&grid) * grid.columns,
                    on_pages: (first + pages * others) * grid.columns,
                });
            }
        }
        placements
    }
}

impl Composer<'_> {
    /// Sets the instructions above a group, in smaller type where otherwise no code would fit on the page.
    pub(crate) fn above(&mut self, group: &Group) -> Instructions {
        let row = group.modules as f32 * group.module_mm.0 + CAPTIONS_MM;
        let room = self.bottom() - self.top() - if group.on_every_page { row } else { 0.0 };
        self.instructions(&group.above, group.above_pt, room)
    }

    /// Best placement of a group from `y_mm`: fewest pages, unsplit where possible, then largest modules, or least
    /// height where more `follows`.
    pub(crate) fn placement(&self, group: &Group, above: &Instructions, y_mm: f32, follows: bool) -> Option<Placement> {
        let room = Room::of(self);
        let y_mm = if y_mm > room.top_mm { y_mm + SECTION_GAP_MM } else { y_mm };
        let mut placements = group.placements(&room, y_mm, above);
        let torn = |placement: &Placement| match group.fills {
            true => placement.new_page,
            false => !placement.new_page && placement.pages > 0,
        };
        placements.sort_by(|a, b| {
            let least_room = if follows { a.bottom_mm.total_cmp(&b.bottom_mm) } else { Ordering::Equal };
            let modules = least_room.then(b.grid.module_mm.total_cmp(&a.grid.module_mm));
            a.pages.cmp(&b.pages).then(torn(a).cmp(&torn(b))).then(modules).then(a.bottom_mm.total_cmp(&b.bottom_mm))
        });
        placements.first().copied()
    }

    /// Places a group.
    pub(crate) fn place(&mut self, group: &Group, above: &Instructions, placement: Placement) {
        if placement.new_page && !self.untouched() {
            self.new_page();
        } else if !self.untouched() {
            self.y_mm += SECTION_GAP_MM;
        }
        let grid = placement.grid;
        let row_mm = grid.side_mm + CAPTIONS_MM;
        let columns = grid.columns.min(group.count);
        let quiet = QrCode::QUIET_ZONE as f32 * grid.module_mm;
        // The modules of the outer codes are level with the margins of the text, unless few codes would be far apart.
        let pitch = (self.width() + 2.0 * quiet - grid.side_mm) / (columns.max(2) - 1) as f32;
        let pitch = pitch.min(grid.side_mm * (1.0 + WIDEST_GAP));
        let used = (columns - 1) as f32 * pitch + grid.side_mm;
        let left = self.left() + (self.width() - used) / 2.0;
        self.put_above(above);
        let numbers: Vec<usize> = (0..group.count).collect();
        let rows = numbers.len().div_ceil(columns.max(1));
        for (at, row) in numbers.chunks(columns.max(1)).enumerate() {
            if self.y_mm + row_mm > self.bottom() + 0.1 {
                self.new_page();
                if group.on_every_page {
                    self.put_above(above);
                }
            }
            self.y_mm += self.off_the_fold(row_mm, grid.side_mm, quiet, rows - at);
            let top = self.y_mm;
            for (column, number) in row.iter().enumerate() {
                let place = if self.right_to_left { columns - 1 - column } else { column };
                let x_mm = left + place as f32 * pitch;
                let Some(captions) = group.captions.get(*number) else { continue };
                let part = self.part(Role::Figure(captions[0].text.clone()));
                let (x, y_mm) = (x_mm + quiet, top + quiet);
                self.put(Item::Code { x_mm: x, y_mm, module_mm: grid.module_mm, code: group.first + number, part });
                // As wide as the modules. The line box may overlap the quiet zone, as its ascenders do not reach so
                // high.
                let (width, mut below) = (grid.side_mm - 2.0 * quiet, top + grid.side_mm - 0.4);
                for (caption, size_pt) in captions.iter().zip([CAPTION_PT, SECOND_CAPTION_PT]) {
                    below += self.caption(caption, x, below, width, size_pt);
                }
            }
            self.y_mm = top + row_mm;
        }
    }

    /// How far a row has to move down so that the fold of the page does not cross its codes, if `rows` rows still fit
    /// then.
    fn off_the_fold(&self, row_mm: f32, side_mm: f32, quiet_mm: f32, rows: usize) -> f32 {
        let fold = self.height_mm() / 2.0;
        let (top, bottom) = (self.y_mm + quiet_mm, self.y_mm + side_mm - quiet_mm);
        let down = fold + FOLD_MM - top;
        let here = ((self.bottom() + 0.1 - self.y_mm) / row_mm).floor().min(rows as f32);
        let fits = self.y_mm + down + here * row_mm <= self.bottom() + 0.1;
        if self.is_folded && top - FOLD_MM < fold && fold < bottom + FOLD_MM && fits { down } else { 0.0 }
    }

    /// A caption in the middle of a width; gives its height in mm.
    pub(crate) fn caption(&mut self, caption: &Caption, x_mm: f32, top_mm: f32, width_mm: f32, size_pt: f32) -> f32 {
        let style = Style { right_to_left: caption.right_to_left, align: Align::Center, ..SMALL };
        let line = self.fitted(&caption.text, &style, size_pt, width_mm);
        let Some(line) = line.or_else(|| self.fitted(&caption.short, &style, size_pt, width_mm)) else { return 0.0 };
        let part = self.part_in(Role::Caption, caption.language);
        self.put_line(line, x_mm, top_mm, Some(part));
        size_pt * SMALL.leading * MM_PER_POINT
    }

    /// Captions of a code, one in each language, with a short form.
    pub(crate) fn captions(&self, said: impl Fn(&dyn PaperWords) -> [String; 2]) -> [Caption; 2] {
        self.both().map(|words| {
            let [text, short] = said(words);
            Caption { text, short, right_to_left: words.right_to_left(), language: self.foreign(words) }
        })
    }
}
