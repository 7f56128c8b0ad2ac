//! Archives: codes only, as dense as a flatbed scanner takes. A module is a whole number of the scanner's pixels.

use super::form::Form;
use super::print_job::PrintJob;
use super::setup::Setup;
use crate::error::Result;
use crate::optics::qr::{Plan, QrCode};
use crate::press::pages::code_grid::{Caption, needed, too_large};
use crate::press::pages::compose::{Blank, Composer, SMALL};
use crate::press::pages::page::{Item, Pages, Role};
use crate::press::pages::paper::{Margins, Paper};
use crate::press::text::line::{Line, Style};
use crate::press::text::shaping::Typesetter;

/// White around the sheet, in mm.
const MARGIN_MM: f32 = 10.0;
/// Room for instructions, to choose codes by, in mm.
const ABOVE_MM: f32 = 9.0;
/// Size of instructions, in points.
const ABOVE_PT: f32 = 5.5;
/// Size of captions in points; the height kept free for one, and how far its line box reaches above its ink, in mm.
const CAPTION_PT: f32 = 4.6;
/// See [`CAPTION_PT`].
const CAPTION_MM: f32 = 1.5;
/// See [`CAPTION_PT`].
const ABOVE_INK_MM: f32 = 0.4;
/// Modules may be up to this many scanner pixels larger than needed, where that takes no more paper.
const MORE_PIXELS: u32 = 6;
/// Room for the foot, in mm.
const FOOT_MM: f32 = 4.5;

/// Scanner pixels for each side of a module. The finer the dots, the more are needed: toner spreads and the lens blurs
/// by a fixed length.
fn pixels_per_module(dpi: u32) -> u32 {
    match dpi {
        ..=300 => 3,
        301..=600 => 4,
        _ => 6,
    }
}

/// A page of an archive.
fn blank(paper: Paper) -> Blank {
    Blank { size: paper.size(), margins: Margins::of(MARGIN_MM, MARGIN_MM), foot_mm: FOOT_MM }
}

/// Codes of so many modules on the side that fit a page with `above_mm` of instructions: columns and rows.
fn grid(page: &Blank, side: usize, module_mm: f32, above_mm: f32) -> (usize, usize) {
    let (width, height) = page.room_mm();
    // Neighbours share their quiet zones: each still has all of it around, with the caption between two of them below.
    let quiet = QrCode::QUIET_ZONE as f32 * module_mm;
    let cell = side as f32 * module_mm + quiet;
    let fit = |room: f32, cell: f32| ((room - quiet) / cell + 0.001).floor().max(0.0) as usize;
    (fit(width, cell), fit(height - above_mm, cell + quiet + CAPTION_MM))
}

/// Sides of paper that a plan takes; `None` where its codes are too large for one.
pub(crate) fn sides(setup: &Setup, plan: &Plan) -> Option<usize> {
    let (columns, rows) = grid(&blank(setup.paper), plan.version.modules(), module_mm(setup), ABOVE_MM);
    (columns * rows > 0).then(|| plan.cut.frames.div_ceil(columns * rows))
}

/// Least side of a module.
fn module_mm(setup: &Setup) -> f32 {
    setup.module_mm.unwrap_or(dot_mm(setup) * pixels_per_module(setup.dpi) as f32)
}

/// Side of a pixel of the scanner.
fn dot_mm(setup: &Setup) -> f32 {
    25.4 / setup.dpi as f32
}

/// Sets an archive.
pub(crate) fn set(setup: &Setup, matter: &PrintJob<'_>, typesetter: &mut Typesetter) -> Result<Pages> {
    setup.check_dpi()?;
    let dot = dot_mm(setup);
    let page = blank(setup.paper);
    let mut composer = Composer::new(&page, matter.text, typesetter);
    let above = steps(&mut composer, matter);
    let above_mm = above.iter().map(|(_, y, line)| y + line.height_mm).fold(0.0, f32::max) + 1.0;
    let side = matter.codes.first().map(|code| code.version().modules()).unwrap_or_default();
    let grid = |module_mm: f32| grid(&page, side, module_mm, above_mm);
    let least = module_mm(setup);
    let (columns, rows) = grid(least);
    if columns == 0 || rows == 0 {
        let room = |paper| {
            let (width, height) = blank(paper).room_mm();
            width.min(height - above_mm - CAPTION_MM)
        };
        return Err(too_large(side + 2 * QrCode::QUIET_ZONE, least, room(setup.paper), Form::Archive.name(), room));
    }
    // Modules grow as long as the number of sheets stays the same.
    let sheets = |(columns, rows): (usize, usize)| matter.codes.len().div_ceil((columns * rows).max(1));
    let larger = (0..=MORE_PIXELS).map(|pixels| least + dot * pixels as f32).filter(|_| setup.module_mm.is_none());
    let covered = |module_mm: &f32| {
        let (columns, rows) = grid(*module_mm);
        (columns * rows) as f32 * module_mm.powi(2)
    };
    let module_mm = larger
        .filter(|module_mm| covered(module_mm) > 0.0 && sheets(grid(*module_mm)) == sheets((columns, rows)))
        .max_by(|a, b| covered(a).total_cmp(&covered(b)))
        .unwrap_or(least);
    let (columns, rows) = grid(module_mm);
    let quiet = QrCode::QUIET_ZONE as f32 * module_mm;
    let cell = side as f32 * module_mm + quiet;
    let on_dot = |mm: f32| (mm / dot).round() * dot;
    let left = composer.left() + (composer.width() - columns as f32 * cell - quiet) / 2.0;
    // Where an object has no more repair symbols, free places repeat codes: then one of two equal codes may be lost.
    let codes = matter.codes.len();
    let all = codes.next_multiple_of(columns * rows);
    let numbers: Vec<usize> = (0..all).map(|place| place % codes.max(1)).collect();
    for (page, numbers) in numbers.chunks(columns * rows).enumerate() {
        if page > 0 {
            composer.new_page();
        }
        let top = composer.top();
        for (x_mm, y_mm, line) in &above {
            let part = composer.part(Role::Paragraph);
            composer.put_line(line.clone(), *x_mm, top + y_mm, Some(part));
        }
        for (row, numbers) in numbers.chunks(columns).enumerate() {
            let y_mm = on_dot(top + above_mm + quiet + row as f32 * (cell + quiet + CAPTION_MM));
            for (column, number) in numbers.iter().enumerate() {
                let column = if composer.right_to_left { columns - 1 - column } else { column };
                let x_mm = on_dot(left + quiet + column as f32 * cell);
                let caption = caption(&composer, matter, number + 1);
                let part = composer.part(Role::Figure(caption.text.clone()));
                composer.put(Item::Code { x_mm, y_mm, module_mm, code: *number, part });
                let below = y_mm + side as f32 * module_mm + quiet - ABOVE_INK_MM;
                composer.caption(&caption, x_mm, below, cell - quiet, CAPTION_PT);
            }
        }
    }
    composer.places = all;
    feet(&mut composer, matter, setup.dpi);
    Ok(composer.finish())
}

/// How to read, in two columns of small print at the top.
fn steps(composer: &mut Composer<'_>, matter: &PrintJob<'_>) -> Vec<(f32, f32, Line)> {
    let gap = 6.0;
    let width = (composer.width() - gap) / 2.0;
    let mut lines = Vec::new();
    for column in matter.how_to_read(composer) {
        let x_mm = composer.left() + if column.right_to_left { width + gap } else { 0.0 };
        let style = Style { right_to_left: column.right_to_left, leading: 1.15, ..SMALL };
        let mut y = 0.0;
        let steps: Vec<String> = column.steps.iter().map(|(number, step)| format!("{number} {step}")).collect();
        for line in composer.typesetter.set(&steps.join(" "), &style, ABOVE_PT, width) {
            let height = line.height_mm;
            lines.push((x_mm, y, line));
            y += height;
        }
    }
    lines
}

fn caption(composer: &Composer<'_>, matter: &PrintJob<'_>, number: usize) -> Caption {
    let needed = needed(matter.cut);
    let [first, second] = composer.both();
    let id = matter.id();
    let numbers = format!("{} · {}", first.short_caption(number, needed.of), second.short_caption(number, needed.of));
    Caption {
        text: format!("{numbers} · {} · {id}", second.sufficient(needed)),
        short: format!("{number}/{} · {id}", needed.of),
        right_to_left: composer.right_to_left,
        language: None,
    }
}

/// One line at the foot: page, name, id, resolution, and the ruler.
fn feet(composer: &mut Composer<'_>, matter: &PrintJob<'_>, dpi: u32) {
    let [first, _] = composer.both();
    let right_to_left = first.right_to_left();
    let (of, left, width) = (composer.pages.len(), composer.left(), composer.width());
    let top = composer.bottom() + 1.0;
    for number in 1..=of {
        let (page, id) = (first.page(number, of), matter.id());
        let texts = [
            format!("{page} · {} · {id} · {dpi} dpi", matter.text.short_name),
            format!("{page} · {id} · {dpi} dpi"),
            format!("{number}/{of} · {id}"),
        ];
        let style = Style { right_to_left, ..SMALL };
        let line = texts.iter().find_map(|text| composer.fitted(text, &style, ABOVE_PT, width - 60.0));
        let x_mm = if right_to_left { left + 60.0 } else { left };
        let mut items: Vec<Item> = line
            .map(|line| Item::Text { x_mm, baseline_mm: top + line.ascent_mm, line, part: None })
            .into_iter()
            .collect();
        items.append(&mut composer.ruler(if right_to_left { left } else { left + width - 50.0 }, top + 3.0));
        if let Some(page) = composer.pages.get_mut(number - 1) {
            page.items.append(&mut items);
        }
    }
}
