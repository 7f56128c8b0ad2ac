//! Lines -> columns and pages, without widows and orphans. Pure arithmetic: it knows heights, not words.

/// A paragraph as the flow sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ParagraphMeasure {
    /// Number of its lines.
    pub(crate) lines: usize,
    /// Height of a line in mm.
    pub(crate) line_mm: f32,
    /// White above it, except at the top of a column, in mm.
    pub(crate) before_mm: f32,
    /// Least number of lines before and after a break.
    pub(crate) together: usize,
    /// Whether it stays on the same page as what follows, as headings do.
    pub(crate) leads: bool,
}

/// Some lines of a paragraph, placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    /// Which paragraph.
    pub(crate) paragraph: usize,
    /// Its first line here.
    pub(crate) first: usize,
    /// How many of its lines.
    pub(crate) lines: usize,
    /// The page, from 0.
    pub(crate) page: usize,
    /// The column in reading order, from 0.
    pub(crate) column: usize,
    /// Top of the first line, in mm from the top of the page.
    pub(crate) top_mm: f32,
}

/// The room of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextArea {
    /// Where the columns begin on the first page, in mm.
    pub(crate) first_top_mm: f32,
    /// Where they begin on the others.
    pub(crate) top_mm: f32,
    /// Where they end.
    pub(crate) bottom_mm: f32,
    /// How many there are.
    pub(crate) columns: usize,
    /// Distance of the lines that the columns share, from their top on; 0 where they share none.
    pub(crate) grid_mm: f32,
}

impl TextArea {
    /// The next line of the grid.
    fn on_grid(&self, y_mm: f32) -> f32 {
        if self.grid_mm > 0.0 { (y_mm / self.grid_mm - 0.01).ceil() * self.grid_mm } else { y_mm }
    }
}

/// A line: paragraph, and line in it.
type Cursor = (usize, usize);

/// Places all lines. Columns of the last page are made equally long. Gives the places, and where the last page's end,
/// in mm.
pub(crate) fn flow(measures: &[ParagraphMeasure], frame: &TextArea) -> (Vec<Placed>, f32) {
    let mut placed = Vec::new();
    let mut at: Cursor = (0, 0);
    let mut page = 0;
    loop {
        let top_mm = if page == 0 { frame.first_top_mm } else { frame.top_mm };
        let mut height_mm = frame.bottom_mm - top_mm;
        if frame.grid_mm > 0.0 {
            height_mm = (height_mm / frame.grid_mm + 0.01).floor() * frame.grid_mm;
        }
        // A first page that the head fills may stay without text; a whole page takes even what is taller than itself.
        let full = top_mm <= frame.top_mm + 0.01;
        let mut room = Room { page, top_mm, height_mm, full };
        let mut filled = fill(measures, at, room, frame);
        if filled.end.0 >= measures.len() {
            // Step by step, the shortest columns that hold the same lines.
            let least = measures.iter().map(|measure| measure.line_mm).fold(f32::INFINITY, f32::min).max(1.0);
            let step = if frame.grid_mm > 0.0 { frame.grid_mm } else { least / 2.0 };
            while frame.columns > 1 && room.height_mm > step {
                room = Room { height_mm: room.height_mm - step, full: false, ..room };
                let shorter = fill(measures, at, room, frame);
                if shorter.end.0 < measures.len() {
                    break;
                }
                filled = shorter;
            }
            placed.append(&mut filled.placed);
            return (placed, filled.bottom_mm);
        }
        placed.append(&mut filled.placed);
        at = filled.end;
        page += 1;
    }
}

/// What of a page is filled.
#[derive(Clone, Copy)]
struct Room {
    /// Number of the page.
    page: usize,
    /// Where its columns begin, in mm.
    top_mm: f32,
    /// Their height, in mm.
    height_mm: f32,
    /// Whether each column takes at least one line, however tall.
    full: bool,
}

struct Filled {
    placed: Vec<Placed>,
    end: Cursor,
    bottom_mm: f32,
}

/// Fills the columns of a page, from a line on.
fn fill(measures: &[ParagraphMeasure], start: Cursor, room: Room, frame: &TextArea) -> Filled {
    let Room { page, top_mm, height_mm, full } = room;
    let mut filled = Filled { placed: Vec::new(), end: start, bottom_mm: top_mm };
    for column in 0..frame.columns {
        let mut y = 0.0;
        while let Some(measure) = measures.get(filled.end.0) {
            let (paragraph, first) = filled.end;
            let left = measure.lines - first;
            let before = if y == 0.0 { 0.0 } else { measure.before_mm };
            // The tolerance keeps rounding errors from costing a line.
            let fit = ((height_mm - y - before) / measure.line_mm + 0.01).floor().max(0.0) as usize;
            let mut lines = if fit >= left { left } else { cut(left, fit, measure.together) };
            if measure.leads && first == 0 && y + needed(measures, paragraph, before, frame) > height_mm + 0.01 {
                lines = 0;
            }
            if lines == 0 {
                if y > 0.0 || !full {
                    break;
                }
                // Taller than a whole column, and nothing above it: it goes in all the same.
                lines = fit.clamp(1, left);
            }
            let height = lines as f32 * measure.line_mm;
            // The paragraph ends on the grid: white space is added above it.
            y = frame.on_grid(y + before + height);
            filled.placed.push(Placed { paragraph, first, lines, page, column, top_mm: top_mm + y - height });
            filled.bottom_mm = filled.bottom_mm.max(top_mm + y);
            if lines < left {
                filled.end = (paragraph, first + lines);
                break;
            }
            filled.end = (paragraph + 1, 0);
        }
    }
    filled
}

/// Lines of a paragraph before a break, where `fit` of the `left` ones fit and `together` stay together.
fn cut(left: usize, fit: usize, together: usize) -> usize {
    let most = fit.min(left.saturating_sub(together));
    if most < together { 0 } else { most }
}

/// Height of a paragraph and of what has to stay on its page, with `before` mm of white above it.
fn needed(measures: &[ParagraphMeasure], paragraph: usize, before: f32, frame: &TextArea) -> f32 {
    let mut height = 0.0;
    let mut before = before;
    for (number, measure) in measures.iter().skip(paragraph).take(MAX_COMPANY).enumerate() {
        if number > 0 {
            before = measure.before_mm;
        }
        let short = measure.leads || measure.lines < 2 * measure.together;
        let lines = if short { measure.lines } else { measure.together };
        height = frame.on_grid(height + before + measure.line_mm * lines as f32);
        if !measure.leads {
            break;
        }
    }
    height
}

/// Most paragraphs that are kept together.
const MAX_COMPANY: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(lines: usize) -> ParagraphMeasure {
        ParagraphMeasure { lines, line_mm: 5.0, before_mm: 2.0, together: 2, leads: false }
    }

    fn heading() -> ParagraphMeasure {
        ParagraphMeasure { lines: 1, line_mm: 8.0, before_mm: 4.0, together: 1, leads: true }
    }

    const FRAME: TextArea = TextArea { first_top_mm: 30.0, top_mm: 10.0, bottom_mm: 110.0, columns: 1, grid_mm: 0.0 };

    #[test]
    fn no_line_is_left_alone() {
        for lines in 1..60 {
            let measures =
                [paragraph(lines), heading(), paragraph(3), paragraph(lines), heading(), heading(), paragraph(9)];
            for (columns, grid_mm) in [(1, 0.0), (2, 0.0), (2, 5.0)] {
                let (placed, _) = flow(&measures, &TextArea { columns, grid_mm, ..FRAME });
                let mut next: Cursor = (0, 0);
                for part in &placed {
                    assert_eq!((part.paragraph, part.first), next, "nothing is left out");
                    let measure = measures[part.paragraph];
                    let left = measure.lines - part.first;
                    let (starts, ends) = (part.first > 0, part.lines < left);
                    assert!(part.lines >= measure.together || part.lines == measure.lines || !(starts || ends));
                    assert!(!starts || part.lines >= 2 && part.first >= 2);
                    next = if ends { (part.paragraph, part.first + part.lines) } else { (part.paragraph + 1, 0) };
                    assert!(part.top_mm + part.lines as f32 * measure.line_mm <= 110.1);
                }
                assert_eq!(next.0, measures.len());
                for pair in placed.windows(2).filter(|pair| measures[pair[0].paragraph].leads) {
                    assert_eq!((pair[0].page, pair[0].column), (pair[1].page, pair[1].column), "a heading is alone");
                }
            }
        }
    }

    #[test]
    fn the_last_columns_are_equally_long() {
        let (placed, bottom) = flow(&[paragraph(6); 4], &TextArea { columns: 2, ..FRAME });
        assert!(placed.iter().all(|part| part.page == 0));
        assert!(bottom <= 30.0 + 12.0 * 5.0 + 2.0 + 5.0, "columns end at {bottom} mm");
    }

    #[test]
    fn columns_share_their_lines() {
        let plain = ParagraphMeasure { before_mm: 0.0, ..paragraph(4) };
        let measures = [heading(), plain, paragraph(3), plain, heading(), plain, plain, plain];
        let (placed, _) = flow(&measures, &TextArea { columns: 2, grid_mm: 5.0, ..FRAME });
        assert!(placed.iter().any(|part| part.column == 1));
        for part in placed.iter().filter(|part| measures[part.paragraph].line_mm == 5.0) {
            let lines = (part.top_mm - 30.0) / 5.0;
            assert!((lines - lines.round()).abs() < 0.01, "a paragraph stands {} mm from the top", part.top_mm);
        }
    }

    #[test]
    fn what_is_taller_than_a_page_is_cut() {
        let giant = ParagraphMeasure { lines: 3, line_mm: 90.0, before_mm: 0.0, together: 3, leads: true };
        assert_eq!(flow(&[giant], &FRAME).0.len(), 3);
        // A head that leaves no room for a line.
        let (placed, _) = flow(&[paragraph(4)], &TextArea { first_top_mm: 107.0, ..FRAME });
        assert_eq!((placed[0].page, placed.len()), (1, 1));
    }
}
