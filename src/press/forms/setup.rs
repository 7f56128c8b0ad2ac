//! Paper and measures of what is printed.

use super::form::NUp;
use crate::error::{Error, Result};
use crate::press::pages::code_grid::{DEFAULT_MODULE_MM, LARGEST_MODULE_MM};
use crate::press::pages::compose::{Blank, NARROW_FOOT_MM};
use crate::press::pages::paper::{Margins, Paper, Size};

/// Resolutions that scanners and printers have, in dots an inch.
pub const DPI: [u32; 6] = [150, 200, 300, 400, 600, 1200];

/// Paper and measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    /// The paper that goes into the printer.
    pub paper: Paper,
    /// Least side of a module in mm, [`MIN_MODULE_MM`](crate::press::pages::code_grid::MIN_MODULE_MM) to
    /// [`MAX_MODULE_MM`](crate::press::pages::code_grid::MAX_MODULE_MM); what suits the form where none is asked for.
    pub module_mm: Option<f32>,
    /// Dots an inch of the scanner that an archive is made for: one of [`DPI`].
    pub dpi: u32,
    /// Pages of a leaflet on each side of a sheet.
    pub n_up: NUp,
    /// Whether letters of Arabic script may be drawn out to fill a justified line.
    pub kashida: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup { paper: Paper::A4, module_mm: None, dpi: 300, n_up: NUp::One, kashida: false }
    }
}

impl Setup {
    /// Checks the resolution.
    ///
    /// # Errors
    /// [`Error::Dpi`].
    pub fn check_dpi(&self) -> Result<()> {
        if DPI.contains(&self.dpi) { Ok(()) } else { Err(Error::Dpi { dpi: self.dpi }) }
    }

    pub(crate) fn leaflet(&self, paper: Paper) -> Blank {
        let times = match self.n_up {
            NUp::One => return Blank::of(paper),
            NUp::Two => 1,
            NUp::Four => 2,
            NUp::Eight => 3,
        };
        let size = (0..times).fold(paper.size(), |size, _| size.halved());
        Blank { size, margins: Margins::of(10.0, 10.0), foot_mm: NARROW_FOOT_MM }
    }

    pub(crate) fn booklet(paper: Paper) -> Blank {
        Blank::sized(paper.size().halved(), Margins::of(10.0, 10.0))
    }

    /// The upper edge of each page of a zine lies in the middle of the sheet, where no printer cuts anything off.
    pub(crate) fn zine(paper: Paper) -> Blank {
        let Size { width_mm, height_mm } = paper.size();
        let margins = Margins { top_mm: 6.0, bottom_mm: 10.0, side_mm: 10.0 };
        Blank { size: Size::new(height_mm / 4.0, width_mm / 2.0), margins, foot_mm: NARROW_FOOT_MM }
    }

    /// Least and largest side of a module on pages to read.
    pub(crate) fn modules(&self) -> (f32, f32) {
        let least = self.module_mm.unwrap_or(DEFAULT_MODULE_MM);
        (least, least.max(LARGEST_MODULE_MM))
    }
}
