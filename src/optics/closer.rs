//! A closer look at where a code may be, when the quick reader found nothing there: its grid is bent to the paper, blur is taken out, and modules that
//! are hardly to be told count as unknown.

use super::equalize::equalized;
use super::grid::Light;
use super::hypotheses::{Hypothesis, agreement};
use super::port::Place;
use super::soft;

/// Agreement of the known modules, when the grid lies as well as it can, below which there is no code.
const AGREEMENT: f32 = 0.5;

/// A code's modules, row by row, `true` dark; its modules on a side, and its corners.
pub struct Read {
    pub dark: Vec<bool>,
    pub side: usize,
    pub corners: [Place; 4],
}

/// The code of a hypothesis.
pub fn read(hypothesis: Hypothesis, light: Light<'_>) -> Option<Read> {
    let Hypothesis { symbol, mut grid, .. } = hypothesis;
    let flat = grid.sample(light, 0);
    let read = |dark, corners| Some(Read { dark, side: symbol.side(), corners });
    if let Some(dark) = soft::meant(&symbol, &flat.darkness(&flat.levels())) {
        return read(dark, grid.corners());
    }
    grid.fit(&symbol, light);
    if agreement(&symbol, &grid, light) < AGREEMENT {
        return None;
    }
    let seen = |margin: usize| {
        let samples = grid.sample(light, margin);
        samples.darkness(&samples.levels())
    };
    let dark = equalized::<1, 10>(&symbol, &seen(1)).and_then(|seen| soft::meant(&symbol, &seen));
    let dark = dark.or_else(|| soft::meant(&symbol, &seen(0)));
    let dark = dark.or_else(|| equalized::<2, 26>(&symbol, &seen(2)).and_then(|seen| soft::meant(&symbol, &seen)));
    read(dark?, grid.corners())
}
