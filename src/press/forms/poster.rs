//! Posters: title, summary, and codes that can be photographed from a metre.

use super::form::Form;
use super::print_job::PrintJob;
use super::setup::Setup;
use crate::error::{Error, Result};
use crate::optics::qr::Plan;
use crate::press::pages::code_grid::{CAPTIONS_MM, GUTTER_MM, side_mm, too_large};
use crate::press::pages::compose::{Blank, Composer};
use crate::press::pages::page::{Pages, Role};
use crate::press::text::face::Face;
use crate::press::text::line::{Align, Line, Style};
use crate::press::text::shaping::Typesetter;
use crate::prose::direction::paragraph_direction;
use crate::prose::text::shortened;

/// Least side of a module in mm: at a distance of one metre a cheap phone has three pixels for it.
const MODULE_MM: f32 = 1.0;
/// Modules are not made larger than this, in mm.
const LARGEST_MODULE_MM: f32 = 2.5;
/// Sizes of type, in points for each mm of the poster's width.
const TITLE_PT: f32 = 0.14;
const SUMMARY_PT: f32 = 0.075;
const ABOVE_PT: f32 = 0.055;
/// Share of the height that title and summary are assumed to take when codes are chosen.
const HEAD: f32 = 0.33;
/// White below the title, and below the summary, in mm.
const GAP_MM: f32 = 3.0;
/// Most of the height that they take, where they are too long for that or there is room.
const LARGEST_HEAD: f32 = 0.5;
/// Most characters of a title: what is longer is cut.
const LONGEST_TITLE: usize = 160;
/// Scales of type that are tried; those above 1 only where codes do not become smaller.
const SCALES: [f32; 7] = [1.8, 1.5, 1.2, 1.0, 0.9, 0.8, 0.65];
/// Room for instructions, to choose codes by, in mm.
const ABOVE_MM: f32 = 58.0;

fn modules(setup: &Setup) -> (f32, f32) {
    let least = setup.module_mm.unwrap_or(MODULE_MM);
    (least, least.max(LARGEST_MODULE_MM))
}

/// Posters that a plan takes; `None` where its codes are too large for one.
pub(crate) fn sides(setup: &Setup, plan: &Plan) -> Option<usize> {
    let (width, height) = Blank::of(setup.paper).room_mm();
    let (least, _) = modules(setup);
    let side = side_mm(plan.version, least);
    let columns = ((width + GUTTER_MM) / (side + GUTTER_MM)).floor();
    let codes = |room: f32| (columns * (room / (side + CAPTIONS_MM)).floor()).max(0.0) as usize;
    let (first, others) = (codes(height * (1.0 - HEAD) - ABOVE_MM), codes(height - ABOVE_MM));
    (first > 0).then(|| 1 + plan.cut.frames.saturating_sub(first).div_ceil(others.max(1)))
}

/// Sets the posters of a letter.
pub(crate) fn set(setup: &Setup, matter: &PrintJob<'_>, typesetter: &mut Typesetter) -> Result<Pages> {
    let blank = Blank::of(setup.paper);
    let mut composer = Composer::new(&blank, matter.text, typesetter);
    let width = composer.width();
    let title = Style { face: Face::Bold, leading: 1.35, align: Align::Center, right_to_left: true };
    let summary = Style { face: Face::Regular, leading: 1.5, ..title };
    let title_text = shortened(matter.text.title(), LONGEST_TITLE);
    let said = [
        (title_text.as_str(), title, TITLE_PT, Role::Heading(1)),
        (matter.summary, summary, SUMMARY_PT, Role::Paragraph),
    ];
    let said: Vec<_> = said.into_iter().filter(|(text, ..)| !text.is_empty()).collect();
    let height = blank.room_mm().1;
    let mut groups = matter.groups(&composer, modules(setup), true);
    for group in &mut groups {
        // Readable from the distance at which the poster is photographed.
        group.above_pt = ABOVE_PT * width;
        group.fills = true;
    }
    let above: Vec<_> = groups.iter().map(|group| composer.above(group)).collect();
    let set_at = |composer: &mut Composer<'_>, scale: f32| -> Vec<Vec<Line>> {
        let set = said.iter().map(|(text, style, size, _)| {
            let right_to_left = paragraph_direction(composer.right_to_left, text);
            let style = Style { right_to_left, ..*style };
            composer.typesetter.set(text, &style, scale * size * width, width)
        });
        set.collect()
    };
    let lines_mm = |set: &[Vec<Line>]| set.iter().flatten().map(|line| line.height_mm).sum::<f32>();
    // Codes are placed as under a head of [`HEAD`]; then the largest head is taken that leaves them unchanged.
    let placed = |composer: &Composer<'_>, set: &[Vec<Line>]| {
        let y_mm = composer.top() + lines_mm(set) + GAP_MM * set.len() as f32;
        let (group, above) = groups.first().zip(above.first())?;
        let placement = composer.placement(group, above, y_mm, false)?;
        Some((placement.pages, placement.new_page, (placement.grid.module_mm * 100.0).round() as u32))
    };
    let mut usual = None;
    let mut set = Vec::new();
    for scale in SCALES.into_iter().filter(|scale| *scale <= 1.0) {
        set = set_at(&mut composer, scale);
        if lines_mm(&set) <= height * HEAD {
            usual = Some(placed(&composer, &set));
            break;
        }
    }
    let lines = lines_mm(&set);
    if lines > height * LARGEST_HEAD {
        let bytes = matter.summary.len();
        return Err(Error::SummaryTooLong { bytes, max: (bytes as f32 * height * HEAD / lines) as usize });
    }
    for scale in SCALES {
        let larger = set_at(&mut composer, scale);
        if lines_mm(&larger) <= height * LARGEST_HEAD && usual == Some(placed(&composer, &larger)) {
            set = larger;
            break;
        }
    }
    for ((.., role), lines) in said.into_iter().zip(set) {
        let part = composer.part(role);
        for line in lines {
            composer.flow_line(line, part);
        }
        composer.y_mm += GAP_MM;
    }
    let has_plain = !matter.plain.codes().is_empty();
    for (group, above) in groups.iter().zip(&above) {
        let y_mm = composer.y_mm;
        let placement = composer.placement(group, above, y_mm, false).ok_or_else(|| {
            let room = |paper| {
                let (width, height) = Blank::of(paper).room_mm();
                width.min(height - group.besides_mm(above))
            };
            too_large(group.modules, group.module_mm.0, room(setup.paper), Form::Poster.name(), room)
        })?;
        if group.first == 0 {
            composer.places = if has_plain { placement.in_rows } else { placement.on_pages };
        }
        composer.place(group, above, placement);
    }
    composer.feet(&matter.foot());
    Ok(composer.finish())
}
