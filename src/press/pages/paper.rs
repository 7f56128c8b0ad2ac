//! Paper sizes in millimetres, and the margins that every printer leaves white.

/// Width and height of a page or a sheet, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width in mm.
    pub width_mm: f32,
    /// Height in mm.
    pub height_mm: f32,
}

impl Size {
    /// A size of so many millimetres.
    pub const fn new(width_mm: f32, height_mm: f32) -> Self {
        Size { width_mm, height_mm }
    }

    /// Lying on its side.
    pub fn turned(self) -> Self {
        Size::new(self.height_mm, self.width_mm)
    }

    /// Half of it, upright if it is: A4 gives A5.
    pub fn halved(self) -> Self {
        Size::new(self.height_mm / 2.0, self.width_mm)
    }
}

/// A paper, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 297 by 420 mm.
    A3,
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 148 by 210 mm.
    A5,
    /// 105 by 148 mm.
    A6,
    /// 215.9 by 279.4 mm.
    UsLetter,
}

impl Paper {
    /// Every paper, the smallest first.
    pub const ALL: [Paper; 5] = [Paper::A6, Paper::A5, Paper::UsLetter, Paper::A4, Paper::A3];

    /// Its size.
    pub fn size(self) -> Size {
        match self {
            Paper::A3 => Size::new(297.0, 420.0),
            Paper::A4 => Size::new(210.0, 297.0),
            Paper::A5 => Size::new(148.0, 210.0),
            Paper::A6 => Size::new(105.0, 148.0),
            Paper::UsLetter => Size::new(215.9, 279.4),
        }
    }

    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A3 => "a3",
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::A6 => "a6",
            Paper::UsLetter => "letter",
        }
    }

    /// Margins of the paper. A4 centred on US Letter loses 8.8 mm above and below, A3 centred on Tabloid 8.8 mm on both
    /// sides, US Letter centred on A4 3 mm on both sides; printers leave another 5 mm blank.
    pub fn margins(self) -> Margins {
        match self {
            Paper::A3 | Paper::A4 => Margins::of(14.0, FILED_MM),
            Paper::UsLetter => Margins::of(11.0, FILED_MM),
            Paper::A5 | Paper::A6 => Margins::of(10.0, 10.0),
        }
    }
}

/// Width in mm that a punch or a staple takes at the side of a filed sheet, with some reserve.
const FILED_MM: f32 = 16.0;

/// White margins of a page, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Above.
    pub top_mm: f32,
    /// Below.
    pub bottom_mm: f32,
    /// On both sides.
    pub side_mm: f32,
}

impl Margins {
    /// Margins above and below, and on both sides.
    pub const fn of(vertical_mm: f32, side_mm: f32) -> Self {
        Margins { top_mm: vertical_mm, bottom_mm: vertical_mm, side_mm }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_prints_in_the_middle_of_its_neighbour() {
        for (paper, other) in [
            (Paper::A4, Paper::UsLetter.size()),
            (Paper::UsLetter, Paper::A4.size()),
            (Paper::A3, Size::new(279.4, 431.8)),
        ] {
            let (size, margins) = (paper.size(), paper.margins());
            let cut = |mine: f32, others: f32| ((mine - others) / 2.0).max(0.0) + 5.0;
            assert!(margins.top_mm >= cut(size.height_mm, other.height_mm));
            assert!(margins.side_mm >= cut(size.width_mm, other.width_mm));
        }
        for paper in Paper::ALL {
            assert!(paper.margins().side_mm >= 10.0 && paper.margins().bottom_mm >= 10.0);
        }
    }
}
