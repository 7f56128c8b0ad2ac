//! Lines -> columns and pages, without a line left alone. Pure arithmetic: it knows heights, not words.

/// A paragraph as the flow sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Number of its lines.
    pub(super) lines: usize,
    /// Height of a line in mm.
    pub(super) line_mm: f32,
    /// White above it, except at the top of a column, in mm.
    pub(super) before_mm: f32,
    /// Least number of lines before and after a break.
    pub(super) together: usize,
    /// Whether it keeps company with what follows, as headings do.
    pub(super) leads: bool,
}

/// Some lines of a paragraph, placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Which paragraph.
    pub(super) paragraph: usize,
    /// Its first line here.
    pub(super) first: usize,
    /// How many of its lines.
    pub(super) lines: usize,
    /// The page, from 0.
    pub(super) page: usize,
    /// The column in reading order, from 0.
    pub(super) column: usize,
    /// Top of the first line, in mm from the top of the page.
    pub(super) top_mm: f32,
}

/// The room of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Where the columns begin on the first page, in mm.
    pub(super) first_top_mm: f32,
    /// Where they begin on the others.
    pub(super) top_mm: f32,
    /// Where they end.
    pub(super) bottom_mm: f32,
    /// How many there are.
    pub(super) columns: usize,
}

/// A line: paragraph, and line in it.
type Cursor = (usize, usize);

/// Places all lines. Columns of the last page are made equally long. Gives the places, and where the last page's end, in mm.
pub(super) fn flow(measures: &[Measure], frame: &Frame) -> (Vec<Placed>, f32) {
    let mut placed = Vec::new();
    let mut at: Cursor = (0, 0);
    let mut page = 0;
    loop {
        let top = if page == 0 { frame.first_top_mm } else { frame.top_mm };
        let mut room = frame.bottom_mm - top;
        // A first page that its head fills may stay without text; a whole page takes what is taller than itself.
        let full = room + 0.01 >= frame.bottom_mm - frame.top_mm;
        let mut filled = fill(measures, at, page, top, room, frame.columns, full);
        if filled.end.0 >= measures.len() {
            // The shortest columns that hold the same.
            let step = measures.iter().map(|measure| measure.line_mm).fold(f32::INFINITY, f32::min).max(1.0) / 2.0;
            while frame.columns > 1 && room > step {
                let shorter = fill(measures, at, page, top, room - step, frame.columns, false);
                if shorter.end.0 < measures.len() {
                    break;
                }
                room -= step;
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

struct Filled {
    placed: Vec<Placed>,
    end: Cursor,
    bottom_mm: f32,
}

/// Fills the columns of a page; where they are `full`, with something in any case.
fn fill(
    measures: &[Measure],
    start: Cursor,
    page: usize,
    top_mm: f32,
    room_mm: f32,
    columns: usize,
    full: bool,
) -> Filled {
    let mut filled = Filled { placed: Vec::new(), end: start, bottom_mm: top_mm };
    for column in 0..columns {
        let mut y = 0.0;
        while let Some(measure) = measures.get(filled.end.0) {
            let (paragraph, first) = filled.end;
            let left = measure.lines - first;
            let before = if y == 0.0 { 0.0 } else { measure.before_mm };
            // Rounding errors shall not cost a line.
            let fit = ((room_mm - y - before) / measure.line_mm + 0.01).floor().max(0.0) as usize;
            let mut lines = if fit >= left { left } else { cut(left, fit, measure.together) };
            if measure.leads && first == 0 && y + needed(measures, paragraph, before) > room_mm + 0.01 {
                lines = 0;
            }
            if lines == 0 {
                if y > 0.0 || !full {
                    break;
                }
                // Taller than a whole column, and nothing above it: it goes in all the same.
                lines = fit.clamp(1, left);
            }
            filled.placed.push(Placed { paragraph, first, lines, page, column, top_mm: top_mm + y + before });
            y += before + lines as f32 * measure.line_mm;
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

/// How many of the lines left may stand before a break, where so many fit.
fn cut(left: usize, fit: usize, together: usize) -> usize {
    let most = fit.min(left.saturating_sub(together));
    if most < together { 0 } else { most }
}

/// Height of a paragraph and of what it must keep company with.
fn needed(measures: &[Measure], paragraph: usize, before: f32) -> f32 {
    let mut height = before - measures.get(paragraph).map_or(0.0, |measure| measure.before_mm);
    for measure in measures.iter().skip(paragraph).take(MAX_COMPANY) {
        let short = measure.leads || measure.lines < 2 * measure.together;
        height += measure.before_mm + measure.line_mm * if short { measure.lines } else { measure.together } as f32;
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

    fn paragraph(lines: usize) -> Measure {
        Measure { lines, line_mm: 5.0, before_mm: 2.0, together: 2, leads: false }
    }

    fn heading() -> Measure {
        Measure { lines: 1, line_mm: 8.0, before_mm: 4.0, together: 1, leads: true }
    }

    const FRAME: Frame = Frame { first_top_mm: 30.0, top_mm: 10.0, bottom_mm: 110.0, columns: 1 };

    #[test]
    fn no_line_is_left_alone() {
        for lines in 1..60 {
            let measures =
                [paragraph(lines), heading(), paragraph(3), paragraph(lines), heading(), heading(), paragraph(9)];
            for columns in [1, 2] {
                let (placed, _) = flow(&measures, &Frame { columns, ..FRAME });
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
        let (placed, bottom) = flow(&[paragraph(6); 4], &Frame { columns: 2, ..FRAME });
        assert!(placed.iter().all(|part| part.page == 0));
        assert!(bottom <= 30.0 + 12.0 * 5.0 + 2.0 + 5.0, "columns end at {bottom} mm");
    }

    #[test]
    fn what_is_taller_than_a_page_is_cut() {
        let giant = Measure { lines: 3, line_mm: 90.0, before_mm: 0.0, together: 3, leads: true };
        assert_eq!(flow(&[giant], &FRAME).0.len(), 3);
        // A head that leaves no room for a line.
        let (placed, _) = flow(&[paragraph(4)], &Frame { first_top_mm: 107.0, ..FRAME });
        assert_eq!((placed[0].page, placed.len()), (1, 1));
    }
}
