//! A letter's text, shaped but not yet in pages: how long it is at any size of type, and how it is poured into columns.

use super::compose::{Composer, RULE_MM};
use super::distribute::{self, ParagraphMeasure, Placed, TextArea};
use super::page::{Item, Role};
use super::piece::{Piece, Shaper};
use crate::press::text::face::Face;
use crate::press::text::line::{Align, MM_PER_POINT};
use crate::press::text::shaping::Typesetter;
use crate::prose::manuscript::{Manuscript, Rich};

/// Least size of type, in points.
pub(crate) const MIN_PT: f32 = 9.0;
/// Largest size of type of a letter's text, in points.
const MAX_PT: f32 = 12.0;
/// Sizes are tried in steps of this many points.
const STEP_PT: f32 = 0.5;
/// Larger sizes, in points, for texts of a few lines.
const LARGE_PT: [f32; 4] = [22.0, 19.0, 16.0, 14.0];
/// Texts of fewer lines than this may be set in [`LARGE_PT`].
const SHORT_TEXT: usize = 8;
/// Mean width of a character in sizes of type, measured on Persian and English letters in Vazirmatn.
const CHARACTER: f32 = 0.42;
/// Longest line in characters; longer ones are hard to follow, and the text is set in two columns.
const LONGEST_LINE: f32 = 96.0;
/// Least characters of a line: narrower columns cannot be justified without gaps.
const SHORTEST_LINE: f32 = 36.0;
/// A text of fewer lines than this stays in one column.
const FEW_LINES: usize = 18;
/// A longer title, in characters, is set like the text below it, over several pages if necessary.
const LONGEST_TITLE: usize = 160;
/// Between columns, in mm.
pub(crate) const COLUMN_GAP_MM: f32 = 7.0;

/// Sizes of a cover's title that are tried, in points, and the most lines that it may have then.
const COVER_PT: [f32; 6] = [30.0, 26.0, 22.0, 18.0, 15.0, 12.0];
/// See [`COVER_PT`].
const COVER_LINES: usize = 4;
/// Where the middle of a cover's title is, as a part of the height of its page.
const COVER_MIDDLE: f32 = 0.38;
/// Length of the rule below it, and the white around that, in mm.
const COVER_RULE_MM: f32 = 24.0;
/// See [`COVER_RULE_MM`].
const COVER_GAP_MM: f32 = 4.0;
/// Size of who sends it and when, in points.
const COVER_BYLINE_PT: f32 = 11.0;

/// Setting of a text: size of type in points, number of columns, and whether its head has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measurements {
    pub(crate) size_pt: f32,
    pub(crate) columns: usize,
    pub(crate) cover: bool,
}

/// The whole text.
pub(crate) struct Galley {
    /// Title, sender and date: set over all columns.
    head: Vec<Piece>,
    body: Vec<Piece>,
    /// Distance of its baselines, in sizes of type.
    leading: f32,
}

impl Galley {
    pub(crate) fn new(manuscript: &Manuscript, right_to_left: bool, typesetter: &mut Typesetter) -> Self {
        let mut shaper = Shaper::new(right_to_left, &manuscript.blocks, typesetter);
        let mut head = Vec::new();
        let mut body = Vec::new();
        if let Some(title) = &manuscript.title {
            let short = title.text.chars().count() <= LONGEST_TITLE;
            let align = if short { Align::Center } else { Align::Start };
            let title = shaper.piece(title, Role::Heading(1), align, Face::Bold, if short { 1.65 } else { 1.35 }, 0.0);
            if short { head.push(title) } else { body.push(title) }
        }
        if !manuscript.byline.is_empty() {
            let byline = manuscript.byline.join(" · ");
            let short = byline.chars().count() <= LONGEST_TITLE && body.is_empty();
            let byline = Rich::plain(&byline);
            let byline = shaper.piece(&byline, Role::Paragraph, Align::Center, Face::Regular, 1.0, 0.3);
            if short { head.push(byline) } else { body.push(byline) }
        }
        body.extend(shaper.blocks(&manuscript.blocks));
        Galley { head, body, leading: shaper.leading }
    }

    /// Whether it has a title that may stand on a cover.
    pub(crate) fn has_title(&self) -> bool {
        self.head.first().is_some_and(|piece| matches!(piece.role, Role::Heading(_)))
    }

    /// Settings to try in a width, largest type first, without a cover.
    pub(crate) fn measurements(&mut self, width_mm: f32) -> Vec<Measurements> {
        let per_point = width_mm / MM_PER_POINT / CHARACTER;
        let largest = MAX_PT.min(per_point / SHORTEST_LINE).max(MIN_PT);
        let steps = ((largest - MIN_PT) / STEP_PT).floor() as usize;
        let large = LARGE_PT.into_iter().filter(|size_pt| per_point / size_pt >= SHORTEST_LINE);
        let large: Vec<f32> = large.filter(|size_pt| self.is_shorter(*size_pt, width_mm, SHORT_TEXT)).collect();
        // Hemistichs need the whole width to stand beside each other.
        let is_poem = self.body.iter().filter(|piece| piece.is_couplet()).count() * 4 >= self.body.len().max(1);
        let usual = (0..=steps).rev().map(|step| MIN_PT + step as f32 * STEP_PT);
        let measurements = large.into_iter().chain(usual).map(|size_pt| {
            let one = per_point / size_pt <= LONGEST_LINE || is_poem || self.is_shorter(size_pt, width_mm, FEW_LINES);
            Measurements { size_pt, columns: if one { 1 } else { 2 }, cover: false }
        });
        measurements.collect()
    }

    /// Whether the text has fewer lines than this.
    fn is_shorter(&mut self, size_pt: f32, width_mm: f32, lines: usize) -> bool {
        let mut count = 0;
        self.body.iter_mut().all(|piece| {
            count += piece.count(size_pt, width_mm);
            count < lines
        })
    }

    /// Height of the head, with white below it, in mm.
    fn head_mm(&mut self, size_pt: f32, width_mm: f32) -> f32 {
        let height: f32 = self.head.iter_mut().map(|piece| piece.height_mm(size_pt, width_mm)).sum();
        if self.head.is_empty() { 0.0 } else { height + size_pt * MM_PER_POINT }
    }

    /// Placement of all lines, from the top of the first page, and the end of the last column in mm.
    pub(crate) fn flow(&mut self, how: Measurements, room: &Room) -> (Vec<Placed>, f32) {
        let column_mm = room.column_mm(how.columns);
        let head_mm = if how.cover { 0.0 } else { self.head_mm(how.size_pt, room.width_mm) };
        let first_top_mm = if how.cover { room.top_mm } else { room.first_top_mm + head_mm };
        let in_columns = how.columns > 1;
        let measures: Vec<ParagraphMeasure> =
            self.body.iter_mut().map(|piece| piece.measure(how.size_pt, column_mm, in_columns)).collect();
        if measures.is_empty() {
            return (Vec::new(), first_top_mm);
        }
        let (top_mm, bottom_mm) = (room.top_mm, room.bottom_mm);
        let grid_mm = if in_columns { self.leading * how.size_pt * MM_PER_POINT } else { 0.0 };
        let frame = TextArea { first_top_mm, top_mm, bottom_mm, columns: how.columns, grid_mm };
        let (mut placed, bottom_mm) = distribute::flow(&measures, &frame);
        placed.iter_mut().for_each(|place| place.page += usize::from(how.cover));
        (placed, bottom_mm)
    }

    /// Sets it on the composer's pages, from the last one on.
    pub(crate) fn pour(&mut self, composer: &mut Composer<'_>, how: Measurements) {
        let room = Room::of(composer);
        let (placed, bottom_mm) = self.flow(how, &room);
        if how.cover {
            self.cover(composer, &room);
            composer.new_page();
        }
        for piece in self.head.iter_mut().filter(|_| !how.cover) {
            composer.y_mm += piece.before * how.size_pt * MM_PER_POINT;
            let part = composer.part(piece.role.clone());
            for line in piece.content.lines(how.size_pt * piece.scale, room.width_mm) {
                composer.flow_line(line, part);
            }
        }
        let first_page = composer.pages.len() - 1 - usize::from(how.cover);
        let column_mm = room.column_mm(how.columns);
        let mut part = 0;
        // The lines of a paragraph are set once, and consumed over its columns and pages.
        let mut lines = Vec::new().into_iter();
        for place in placed {
            let Some(piece) = self.body.get_mut(place.paragraph) else { continue };
            while composer.pages.len() <= first_page + place.page {
                composer.new_page();
            }
            let column = if composer.right_to_left { how.columns - 1 - place.column } else { place.column };
            let left = room.left_mm + column as f32 * (column_mm + COLUMN_GAP_MM);
            let indent = piece.indent * how.size_pt * MM_PER_POINT;
            let right_to_left = piece.content.right_to_left();
            let mut top = place.top_mm;
            if place.first == 0 {
                let mut set = piece.content.lines(how.size_pt * piece.scale, column_mm - indent);
                if let (Some(mark), Some(first)) = (&mut piece.mark, set.first_mut()) {
                    // The mark is part of the line, so that programs that copy text put it in its place.
                    let (wide, level) = (indent * 3.0, piece.level * how.size_pt * MM_PER_POINT);
                    let x_mm = if right_to_left { column_mm - level - wide } else { level - indent };
                    mark.lines(how.size_pt, wide).into_iter().take(1).for_each(|mark| first.begin_with(mark, x_mm));
                }
                lines = set.into_iter();
                part = composer.part(piece.role.clone());
            }
            for line in lines.by_ref().take(place.lines) {
                let height = line.height_mm;
                composer.put_line(line, if right_to_left { left } else { left + indent }, top, Some(part));
                top += height;
            }
        }
        composer.y_mm = bottom_mm;
    }

    /// Sets the head on a page of its own: the title large, a rule, who sends it and when.
    fn cover(&mut self, composer: &mut Composer<'_>, room: &Room) {
        let mut head = self.head.iter_mut();
        let Some(title) = head.next() else { return };
        let smallest = COVER_PT.last().copied().unwrap_or_default();
        let fits = COVER_PT.iter().find(|size_pt| title.content.fits(**size_pt, room.width_mm, COVER_LINES));
        let lines = title.content.lines(*fits.unwrap_or(&smallest), room.width_mm);
        let height: f32 = lines.iter().map(|line| line.height_mm).sum();
        composer.y_mm = (composer.height_mm() * COVER_MIDDLE - height / 2.0).max(room.top_mm);
        let part = composer.part(title.role.clone());
        lines.into_iter().for_each(|line| composer.flow_line(line, part));
        composer.y_mm += COVER_GAP_MM;
        let x_mm = room.left_mm + (room.width_mm - COVER_RULE_MM) / 2.0;
        composer.put(Item::Rule { x_mm, y_mm: composer.y_mm, width_mm: COVER_RULE_MM, height_mm: 2.0 * RULE_MM });
        composer.y_mm += COVER_GAP_MM;
        for piece in head {
            let part = composer.part(piece.role.clone());
            let lines = piece.content.lines(COVER_BYLINE_PT, room.width_mm);
            lines.into_iter().for_each(|line| composer.flow_line(line, part));
        }
        composer.has_cover = true;
    }
}

/// The room of pages for text, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    pub(crate) left_mm: f32,
    pub(crate) width_mm: f32,
    pub(crate) first_top_mm: f32,
    pub(crate) top_mm: f32,
    pub(crate) bottom_mm: f32,
}

impl Room {
    /// The area below the composer's current position.
    pub(crate) fn of(composer: &Composer<'_>) -> Self {
        Room {
            left_mm: composer.left(),
            width_mm: composer.width(),
            first_top_mm: composer.y_mm,
            top_mm: composer.top(),
            bottom_mm: composer.bottom(),
        }
    }

    fn column_mm(&self, columns: usize) -> f32 {
        (self.width_mm - (columns - 1) as f32 * COLUMN_GAP_MM) / columns as f32
    }
}
