//! Pages -> sheets: where each page stands on which side of which sheet, and the marks to cut at. Pure geometry, in
//! millimetres.

use super::paper::Size;

/// One side of a sheet of paper.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetSide {
    /// Its size.
    pub size: Size,
    /// The pages on it, in reading order.
    pub places: Vec<PlacedPage>,
    /// Marks to cut or fold at: left, upper edge, width, height.
    pub marks: Vec<[f32; 4]>,
}

/// A page on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedPage {
    /// The page, from 0.
    pub page: usize,
    /// Its left edge.
    pub x_mm: f32,
    /// Its upper edge.
    pub y_mm: f32,
    /// Whether it stands on its head.
    pub turned: bool,
}

/// Thickness of marks.
const MARK_MM: f32 = 0.15;
/// Length of marks.
const MARK_LENGTH_MM: f32 = 4.0;
/// From a mark to the corner that it points at, so that a cut beside it leaves no ink.
const MARK_GAP_MM: f32 = 1.0;
/// Most sheets of a gathering; more cannot be folded together.
const MAX_GATHERING: usize = 10;

/// Each page on a sheet of its own.
pub fn single(pages: usize, size: Size) -> Vec<SheetSide> {
    let place = |page| PlacedPage { page, x_mm: 0.0, y_mm: 0.0, turned: false };
    (0..pages).map(|page| SheetSide { size, places: vec![place(page)], marks: Vec::new() }).collect()
}

/// Pages of one size on a sheet, in columns and rows that are cut apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// The size of a page.
    pub page: Size,
    /// The size of the sheet.
    pub sheet: Size,
    /// How many pages stand side by side.
    pub columns: usize,
    /// How many stand above each other.
    pub rows: usize,
}

impl Grid {
    /// The left and the top edge of the pages, in mm: they stand in the middle of the sheet.
    fn origin(&self) -> (f32, f32) {
        let left = (self.sheet.width_mm - self.columns as f32 * self.page.width_mm) / 2.0;
        let top = (self.sheet.height_mm - self.rows as f32 * self.page.height_mm) / 2.0;
        (left, top)
    }
}

/// Fills sheets with pages row by row, with marks to cut at. `order` is the order in which pages are laid out.
pub fn grid(order: &[usize], grid: &Grid, right_to_left: bool) -> Vec<SheetSide> {
    let Grid { page, sheet, columns, rows } = *grid;
    let (left, top) = grid.origin();
    order
        .chunks(columns * rows)
        .map(|pages| {
            let places = pages.iter().enumerate().map(|(cell, page_number)| {
                let column = if right_to_left { columns - 1 - cell % columns } else { cell % columns };
                PlacedPage {
                    page: *page_number,
                    x_mm: left + column as f32 * page.width_mm,
                    y_mm: top + (cell / columns) as f32 * page.height_mm,
                    turned: false,
                }
            });
            SheetSide { size: sheet, places: places.collect(), marks: cut_marks(grid) }
        })
        .collect()
}

/// Marks at the edges of a grid, in line with its cuts.
fn cut_marks(grid: &Grid) -> Vec<[f32; 4]> {
    let Grid { page, sheet, columns, rows } = *grid;
    let (left, top) = grid.origin();
    let (right, bottom) = (sheet.width_mm - left, sheet.height_mm - top);
    let mut marks = Vec::new();
    let room = MARK_GAP_MM + MARK_LENGTH_MM;
    // Where the grid reaches the edge of the sheet, marks stand within it, as short as they can.
    let (outside_x, outside_y) = (left >= room, top >= room);
    for column in 0..=columns {
        let x = left + column as f32 * page.width_mm - MARK_MM / 2.0;
        if outside_y {
            marks.push([x, top - room, MARK_MM, MARK_LENGTH_MM]);
            marks.push([x, bottom + MARK_GAP_MM, MARK_MM, MARK_LENGTH_MM]);
        } else if (1..columns).contains(&column) {
            marks.push([x, 0.0, MARK_MM, room]);
            marks.push([x, sheet.height_mm - room, MARK_MM, room]);
        }
    }
    for row in 0..=rows {
        let y = top + row as f32 * page.height_mm - MARK_MM / 2.0;
        if outside_x {
            marks.push([left - room, y, MARK_LENGTH_MM, MARK_MM]);
            marks.push([right + MARK_GAP_MM, y, MARK_LENGTH_MM, MARK_MM]);
        } else if (1..rows).contains(&row) {
            marks.push([0.0, y, room, MARK_MM]);
            marks.push([sheet.width_mm - room, y, room, MARK_MM]);
        }
    }
    marks
}

/// A booklet: two pages a side, folded in the middle, sewn or stapled through the fold. A long one has several
/// gatherings, laid one on the other. The paper lies on its side; both sides are printed, and turned over at the short
/// edge.
pub fn booklet(pages: usize, page: Size, right_to_left: bool) -> Vec<SheetSide> {
    let size = Size::new(page.width_mm * 2.0, page.height_mm);
    let sheets = pages.div_ceil(4).max(1);
    let gatherings = sheets.div_ceil(MAX_GATHERING);
    let mut sides = Vec::new();
    let mut first = 0;
    for gathering in 0..gatherings {
        let own = sheets / gatherings + usize::from(gathering < sheets % gatherings);
        let last = first + own * 4 - 1;
        for sheet in 0..own {
            // Outer side: last and first page of what is left; inner side: the next and the last but one.
            for (left, right) in [(last - 2 * sheet, first + 2 * sheet), (first + 2 * sheet + 1, last - 2 * sheet - 1)]
            {
                let (left, right) = if right_to_left { (right, left) } else { (left, right) };
                let mut places = vec![
                    PlacedPage { page: left, x_mm: 0.0, y_mm: 0.0, turned: false },
                    PlacedPage { page: right, x_mm: page.width_mm, y_mm: 0.0, turned: false },
                ];
                places.retain(|place| place.page < pages);
                places.sort_by_key(|place| place.page);
                let x = page.width_mm - MARK_MM / 2.0;
                let marks = vec![[x, 5.0, MARK_MM, 2.0], [x, page.height_mm - 7.0, MARK_MM, 2.0]];
                sides.push(SheetSide { size, places, marks });
            }
        }
        first += own * 4;
    }
    sides
}

/// A zine: eight pages on one side of a sheet that lies on its side. It is cut along the middle of its two inner
/// columns and folded; each sheet is a zine of its own.
pub fn zine(pages: usize, page: Size, right_to_left: bool) -> Vec<SheetSide> {
    let size = Size::new(page.width_mm * 4.0, page.height_mm * 2.0);
    // From left to right, for what is read from left to right; the upper row stands on its head.
    let upper = [6, 5, 4, 3];
    let lower = [7, 0, 1, 2];
    let middle = page.height_mm - MARK_MM / 2.0;
    // The cut, dashed; ticks where it is folded.
    let dashes = 2.0 * page.width_mm / 4.0;
    let mut marks: Vec<[f32; 4]> =
        (0..dashes as usize).map(|dash| [page.width_mm + dash as f32 * 4.0 + 1.0, middle, 2.0, MARK_MM]).collect();
    for column in 1..4 {
        let x = column as f32 * page.width_mm - MARK_MM / 2.0;
        marks.push([x, 5.0, MARK_MM, 2.0]);
        marks.push([x, size.height_mm - 7.0, MARK_MM, 2.0]);
    }
    marks.push([5.0, middle, 2.0, MARK_MM]);
    marks.push([size.width_mm - 7.0, middle, 2.0, MARK_MM]);
    (0..pages.div_ceil(8))
        .map(|sheet| {
            let mut places = Vec::new();
            for (row, numbers) in [upper, lower].iter().enumerate() {
                for (column, number) in numbers.iter().enumerate() {
                    let column = if right_to_left { 3 - column } else { column };
                    let (x_mm, y_mm) = (column as f32 * page.width_mm, row as f32 * page.height_mm);
                    places.push(PlacedPage { page: sheet * 8 + number, x_mm, y_mm, turned: row == 0 });
                }
            }
            places.retain(|place| place.page < pages);
            places.sort_by_key(|place| place.page);
            SheetSide { size, places, marks: marks.clone() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A5: Size = Size::new(148.0, 210.0);
    const A7: Size = Size::new(74.25, 105.0);

    fn at(sheet: &SheetSide, x: f32, y: f32) -> Option<usize> {
        sheet.places.iter().find(|place| place.x_mm == x && place.y_mm == y).map(|place| place.page)
    }

    #[test]
    fn a_booklet_folds_into_reading_order() {
        for pages in [1, 4, 6, 8, 24, 40, 41, 100] {
            for right_to_left in [false, true] {
                let sides = booklet(pages, A5, right_to_left);
                let mut seen: Vec<usize> = sides.iter().flat_map(|side| &side.places).map(|place| place.page).collect();
                seen.sort_unstable();
                assert_eq!(seen, (0..pages).collect::<Vec<_>>());
            }
        }
        // Folded and laid one on the other, and turned over leaf by leaf: down through the right halves, up through the
        // left ones.
        for pages in [8, 40, 44, 100, 160] {
            for right_to_left in [false, true] {
                let sides = booklet(pages, A5, right_to_left);
                let half =
                    |side: &SheetSide, first: bool| at(side, if first == right_to_left { 0.0 } else { 148.0 }, 0.0);
                let sheets: Vec<&[SheetSide]> = sides.chunks(2).collect();
                let mut read = Vec::new();
                let gatherings = sheets.len().div_ceil(MAX_GATHERING);
                let mut left = sheets.as_slice();
                for gathering in 0..gatherings {
                    let own = sheets.len() / gatherings + usize::from(gathering < sheets.len() % gatherings);
                    let (nested, rest) = left.split_at(own);
                    left = rest;
                    nested.iter().for_each(|sheet| read.extend([half(&sheet[0], true), half(&sheet[1], false)]));
                    nested.iter().rev().for_each(|sheet| read.extend([half(&sheet[1], true), half(&sheet[0], false)]));
                }
                assert_eq!(read, (0..pages).map(Some).collect::<Vec<_>>());
            }
        }
        // Folding two sheets by hand: back and front lie on the outer side, and the spine is on the right of a Persian
        // booklet.
        let sides = booklet(8, A5, false);
        assert_eq!((at(&sides[0], 0.0, 0.0), at(&sides[0], 148.0, 0.0)), (Some(7), Some(0)));
        assert_eq!((at(&sides[1], 0.0, 0.0), at(&sides[1], 148.0, 0.0)), (Some(1), Some(6)));
        assert_eq!((at(&sides[3], 0.0, 0.0), at(&sides[3], 148.0, 0.0)), (Some(3), Some(4)));
        let sides = booklet(8, A5, true);
        assert_eq!((at(&sides[0], 0.0, 0.0), at(&sides[0], 148.0, 0.0)), (Some(0), Some(7)));
    }

    #[test]
    fn a_zine_folds_into_reading_order() {
        let sheet = &zine(8, A7, false)[0];
        // Back to back are the pages of a leaf, above each other or side by side at the cut.
        for (column, upper, lower) in [(0, 6, 7), (1, 5, 0), (2, 4, 1), (3, 3, 2)] {
            let x = column as f32 * A7.width_mm;
            assert_eq!((at(sheet, x, 0.0), at(sheet, x, 105.0)), (Some(upper), Some(lower)));
        }
        let persian = &zine(8, A7, true)[0];
        assert_eq!(at(persian, 2.0 * A7.width_mm, 105.0), Some(0), "the cover is left of the back");
        assert_eq!(at(persian, 3.0 * A7.width_mm, 105.0), Some(7));
        assert!(sheet.places.iter().all(|place| place.turned == (place.y_mm == 0.0)));
        assert_eq!(zine(9, A7, true).len(), 2);
    }

    #[test]
    fn grids_are_in_the_middle_and_full() {
        let card = Size::new(85.0, 55.0);
        let a4 = Size::new(210.0, 297.0);
        let cards = Grid { page: card, sheet: a4, columns: 2, rows: 5 };
        let sheets = grid(&(0..12).chain(0..8).collect::<Vec<_>>(), &cards, true);
        assert_eq!(sheets.len(), 2);
        for sheet in &sheets {
            assert_eq!(sheet.places.len(), 10);
            let left = sheet.places.iter().map(|place| place.x_mm).fold(f32::INFINITY, f32::min);
            let right = sheet.places.iter().map(|place| place.x_mm + 85.0).fold(0.0, f32::max);
            assert!((left - (210.0 - right)).abs() < 0.01 && left >= 10.0);
            for [x, y, width, height] in &sheet.marks {
                assert!(*x >= 0.0 && *y >= 0.0 && x + width <= 210.0 && y + height <= 297.0);
                let inside = |place: &PlacedPage| {
                    x + width > place.x_mm
                        && *x < place.x_mm + 85.0
                        && y + height > place.y_mm
                        && *y < place.y_mm + 55.0
                };
                assert!(!sheet.places.iter().any(inside), "a mark stands on a card");
            }
        }
        assert_eq!(sheets[1].places[2].page, 0);
        assert_eq!(sheets[0].places[0].x_mm, 105.0, "from right to left");
    }
}
