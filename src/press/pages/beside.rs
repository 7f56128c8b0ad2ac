//! Texts that stand beside each other in lines of their own: the hemistichs of a couplet, the cells of a row.

use crate::press::text::face::Face;
use crate::press::text::font::Ink;
use crate::press::text::line::{Glyph, Line, MM_PER_POINT};
use crate::press::text::shaping::Paragraph;

/// Between columns, in sizes of type.
const GAP: f32 = 1.8;
/// How far the second hemistich is set in where it stands below the first, in sizes of type.
const STEP: f32 = 2.0;
/// Narrowest column that a table is squeezed to, in sizes of type.
const NARROWEST: f32 = 4.0;

/// Paragraphs beside each other.
pub(crate) struct Beside {
    cells: Vec<Paragraph>,
    /// How wide each column is, in sizes of type, where there is room.
    widths: Vec<f32>,
    right_to_left: bool,
    is_couplet: bool,
}

impl Beside {
    /// A couplet, or a row of a table; `widths` are those of all rows that belong together, as [`widest`] gives them.
    pub(crate) fn new(cells: Vec<Paragraph>, widths: Vec<f32>, right_to_left: bool, is_couplet: bool) -> Self {
        Beside { cells, widths, right_to_left, is_couplet }
    }

    /// Whether it runs from right to left.
    pub(crate) fn right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// Whether it is a couplet, not a row of a table.
    pub(crate) fn is_couplet(&self) -> bool {
        self.is_couplet
    }

    /// Distance of its baselines at a size in points, in mm.
    pub(crate) fn line_mm(&self, size_pt: f32) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.line_mm(size_pt))
    }

    /// Number of its lines at a size in points and a width in mm.
    pub(crate) fn count(&mut self, size_pt: f32, width_mm: f32) -> usize {
        let width = width_mm / MM_PER_POINT / size_pt;
        let Some(columns) = self.columns(width) else {
            let below = |(at, cell): (usize, &mut Paragraph)| cell.count(size_pt, below_mm(at, size_pt, width_mm));
            return self.cells.iter_mut().enumerate().map(below).sum();
        };
        let counts = self.cells.iter_mut().zip(columns);
        counts.map(|(cell, (_, wide))| cell.count(size_pt, wide * size_pt * MM_PER_POINT)).max().unwrap_or(1)
    }

    /// Its lines at a size in points and a width in mm.
    pub(crate) fn lines(&mut self, size_pt: f32, width_mm: f32) -> Vec<Line> {
        let em_mm = size_pt * MM_PER_POINT;
        let right_to_left = self.right_to_left;
        let Some(columns) = self.columns(width_mm / em_mm) else {
            let below = |(at, cell): (usize, &mut Paragraph)| {
                let wide = below_mm(at, size_pt, width_mm);
                let x_mm = if right_to_left { 0.0 } else { width_mm - wide };
                cell.lines(size_pt, wide).into_iter().map(|line| line.moved(x_mm)).collect::<Vec<_>>()
            };
            return self.cells.iter_mut().enumerate().flat_map(below).collect();
        };
        let set = self.cells.iter_mut().zip(columns);
        let mut cells: Vec<_> = set
            .map(|(cell, (x, wide))| {
                let lines = cell.lines(size_pt, wide * em_mm);
                lines.into_iter().map(|line| line.moved(x * em_mm)).collect::<Vec<_>>().into_iter()
            })
            .collect();
        let mut lines = Vec::new();
        loop {
            // Cells with fewer lines leave their place empty.
            let row: Vec<Line> = cells.iter_mut().filter_map(Iterator::next).collect();
            match joined(row, right_to_left) {
                Some(line) => lines.push(line),
                None => return lines,
            }
        }
    }

    /// Start and width of each column, in sizes of type; `None` where two hemistichs do not fit side by side.
    fn columns(&self, width: f32) -> Option<Vec<(f32, f32)>> {
        let gaps = GAP * self.widths.len().saturating_sub(1) as f32;
        let natural: f32 = self.widths.iter().sum::<f32>() + gaps;
        if natural > width && self.is_couplet {
            return None;
        }
        let widths = if natural > width { squeezed(&self.widths, width - gaps) } else { self.widths.clone() };
        let all: f32 = widths.iter().sum::<f32>() + gaps;
        // A poem stands in the middle.
        let mut at = if self.is_couplet { (width - all) / 2.0 } else { 0.0 };
        let mut columns = Vec::with_capacity(widths.len());
        for wide in widths {
            columns.push((if self.right_to_left { width - at - wide } else { at }, wide));
            at += wide + GAP;
        }
        Some(columns)
    }
}

/// The width of a hemistich that stands below the other, in mm.
fn below_mm(at: usize, size_pt: f32, width_mm: f32) -> f32 {
    let em_mm = size_pt * MM_PER_POINT;
    (width_mm - at.min(1) as f32 * STEP * em_mm).max(em_mm)
}

/// Widths with the widest made narrower until all have room.
fn squeezed(widths: &[f32], room: f32) -> Vec<f32> {
    let (mut least, mut most) = (NARROWEST, widths.iter().copied().fold(NARROWEST, f32::max));
    let all = |cap: f32| widths.iter().map(|width| width.min(cap)).sum::<f32>();
    for _ in 0..20 {
        let middle = (least + most) / 2.0;
        if all(middle) > room { most = middle } else { least = middle }
    }
    widths.iter().map(|width| width.min(least)).collect()
}

/// How wide paragraphs are, column by column, in sizes of type: the widest of each.
pub(crate) fn widest(rows: &mut [Vec<Paragraph>]) -> Vec<f32> {
    let mut widths: Vec<f32> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0.0);
        for (width, cell) in widths.iter_mut().zip(row) {
            // Slightly wider, so that rounding does not break the line.
            *width = width.max(cell.natural() + 0.05);
        }
    }
    widths
}

/// Lines beside each other as one line, read in their order.
fn joined(row: Vec<Line>, right_to_left: bool) -> Option<Line> {
    let mut row = row.into_iter();
    let mut line = row.next()?;
    for next in row {
        // Programs that copy text find a blank between them.
        let blank = |x_mm| Glyph { ink: Ink::Blank, face: Face::Regular, x_mm, right_to_left, text: " ".into() };
        line.right_mm = line.right_mm.max(next.right_mm);
        if right_to_left {
            let mut glyphs = next.glyphs;
            glyphs.push(blank(next.right_mm));
            glyphs.append(&mut line.glyphs);
            line.glyphs = glyphs;
        } else {
            line.glyphs.push(blank(line.right_mm.min(next.left_mm())));
            line.glyphs.extend(next.glyphs);
        }
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::text::line::{Align, Style};
    use crate::press::text::shaping::Typesetter;

    fn beside(texts: &[&str], is_couplet: bool) -> Beside {
        let mut typesetter = Typesetter::default();
        let style = Style { face: Face::Regular, leading: 1.5, align: Align::Start, right_to_left: true };
        let mut rows = vec![texts.iter().map(|text| typesetter.shape(text, &[], &style)).collect::<Vec<_>>()];
        let widths = widest(&mut rows);
        Beside::new(rows.remove(0), widths, true, is_couplet)
    }

    #[test]
    fn hemistichs_stand_beside_each_other_where_there_is_room() {
        let mut couplet = beside(&["بنی‌آدم اعضای یکدیگرند", "که در آفرینش ز یک گوهرند"], true);
        assert_eq!((couplet.count(11.0, 150.0), couplet.count(11.0, 70.0)), (1, 2));
        let line = &couplet.lines(11.0, 150.0)[0];
        let text: String = line.glyphs.iter().map(|glyph| &*glyph.text).collect();
        assert!(text.starts_with("دنرهوگ") && text.contains(' ') && line.left_mm() > 20.0 && line.right_mm < 130.0);
        let below = couplet.lines(11.0, 70.0);
        assert!((below[0].right_mm - 70.0).abs() < 0.1 && below[1].right_mm < 65.0);
    }

    #[test]
    fn cells_that_are_too_wide_have_several_lines() {
        let mut row = beside(&["تهران", &"دراز ".repeat(30)], false);
        let lines = row.lines(11.0, 80.0);
        assert!(lines.len() > 1 && lines.len() == row.count(11.0, 80.0));
        assert!(lines.iter().all(|line| line.left_mm() >= -0.1 && line.right_mm <= 80.1));
    }
}
