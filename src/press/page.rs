//! Pages as data: what stands where, in millimetres, before it is PDF.

use super::layout::Line;

/// A side of a leaflet.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its width in mm.
    pub width_mm: f32,
    /// Its height in mm.
    pub height_mm: f32,
    /// What stands on it, in reading order.
    pub items: Vec<Item>,
}

/// Something placed on a page; distances in mm from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of text.
    Text {
        /// Left end.
        x_mm: f32,
        /// Baseline.
        baseline_mm: f32,
        /// The line.
        line: Line,
    },
    /// A code.
    Code {
        /// Left edge of its modules; the quiet zone is outside.
        x_mm: f32,
        /// Upper edge of its modules.
        y_mm: f32,
        /// Side of a module.
        module_mm: f32,
        /// Its number among the codes, from 0.
        code: usize,
    },
    /// A thin rule.
    Rule {
        /// Left end.
        x_mm: f32,
        /// Middle of its thickness.
        y_mm: f32,
        /// Length.
        length_mm: f32,
    },
}
