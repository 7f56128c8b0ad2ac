//! Letter and codes -> pages to read: leaflets, booklets and zines. The text first, then the codes; type as large as
//! the fewest pages allow.

use std::cmp::Reverse;

use crate::error::Result;
use crate::press::pages::code_grid::{COMFORTABLE_MODULE_MM, Group, Placement, too_large};
use crate::press::pages::compose::{Blank, Composer};
use crate::press::pages::galley::{Galley, Measurements, Room};
use crate::press::pages::page::Pages;
use crate::press::pages::paper::Paper;
use crate::press::text::shaping::Typesetter;
use crate::prose::text::Text;

/// Module sizes that differ by less than this, in mm, count as equal.
const MODULE_STEP_MM: f32 = 0.02;

/// How a form of book is made.
pub(crate) struct BookPages<'a> {
    /// Its name.
    pub(crate) form: &'static str,
    pub(crate) page: Blank,
    /// The page of each paper, to name a larger paper in an error.
    pub(crate) page_of: &'a dyn Fn(Paper) -> Blank,
    /// Pages on a sheet. Where the last sheet would have empty pages, larger type may fill them.
    pub(crate) pages_a_sheet: usize,
    /// Whether its first page is a cover, where that takes no sheet more.
    pub(crate) has_cover: bool,
}

/// Cost of a setting: sheets; whether it lacks a cover; modules below the comfortable size.
type Cost = (usize, bool, Reverse<u32>);

/// Sets text and groups of codes.
///
/// # Errors
/// [`Error::CodeTooLarge`](crate::error::Error::CodeTooLarge).
pub(crate) fn set(
    book: &BookPages<'_>,
    text: &Text,
    groups: impl FnOnce(&Composer<'_>) -> Vec<Group>,
    foot: &[String],
    typesetter: &mut Typesetter,
) -> Result<Pages> {
    let mut galley = Galley::new(&text.manuscript, text.right_to_left, typesetter);
    let mut composer = Composer::new(&book.page, text, typesetter);
    // A sheet is folded in the middle; smaller pages are cut or folded already.
    composer.is_folded = book.pages_a_sheet == 1;
    let groups = groups(&composer);
    let above: Vec<_> = groups.iter().map(|group| composer.above(group)).collect();
    let place_all = |composer: &Composer<'_>, bottom_mm: f32| -> Result<Vec<Placement>> {
        let mut y_mm = bottom_mm;
        groups
            .iter()
            .zip(&above)
            .enumerate()
            .map(|(number, (group, above))| {
                let follows = number + 1 < groups.len();
                let placement = composer.placement(group, above, y_mm, follows).ok_or_else(|| {
                    let room = |blank: Blank| {
                        let (width, height) = blank.room_mm();
                        width.min(height - group.besides_mm(above))
                    };
                    let fits_on = |paper| room((book.page_of)(paper));
                    too_large(group.modules, group.module_mm.0, room(book.page), book.form, fits_on)
                })?;
                y_mm = placement.bottom_mm;
                Ok(placement)
            })
            .collect()
    };
    // Fewest sheets first, then largest modules, then largest type: a code that cannot be read is of no use.
    let mut best: Option<(Cost, Measurements)> = None;
    let room = Room::of(&composer);
    let plain = galley.measurements(room.width_mm);
    let covered = plain.iter().filter(|_| book.has_cover && galley.has_title());
    let covered: Vec<_> = covered.map(|how| Measurements { cover: true, ..*how }).collect();
    for how in covered.into_iter().chain(plain) {
        let (placed, bottom_mm) = galley.flow(how, &room);
        let text_pages = placed.last().map_or(usize::from(how.cover), |place| place.page) + 1;
        let placements = place_all(&composer, bottom_mm)?;
        let pages = text_pages + placements.iter().map(|placement| placement.pages).sum::<usize>();
        let module_mm = placements.iter().map(|placement| placement.grid.module_mm).fold(f32::INFINITY, f32::min);
        // Differences too small to matter do not cost type size.
        let steps = (module_mm.min(COMFORTABLE_MODULE_MM) / MODULE_STEP_MM).round() as u32;
        let cost = (pages.div_ceil(book.pages_a_sheet), !how.cover, Reverse(steps));
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, how));
        }
    }
    if let Some((_, how)) = best {
        galley.pour(&mut composer, how);
    }
    let placements = place_all(&composer, composer.y_mm)?;
    // The last row of codes is filled with repair codes.
    composer.places = placements.first().map_or(0, |placement| placement.in_rows);
    for ((group, above), placement) in groups.iter().zip(&above).zip(placements) {
        composer.place(group, above, placement);
    }
    composer.feet(foot);
    Ok(composer.finish())
}
