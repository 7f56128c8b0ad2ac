//! A closer look at where a code may be, when the quick reader found nothing there: its grid is bent to the paper, blur is taken out, and modules that
//! are hardly to be told count as unknown.

use super::equalize::equalized;
use super::grid::{Bend, Grid, Light};
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

/// How the grid is bent: as little as it takes, which blur does not lead astray; and then as freely as crumpled paper asks for.
const BENDS: [Bend; 2] = [Bend { stiffness: 6.0, unknown: 0.4 }, Bend { stiffness: 0.6, unknown: 0.8 }];

/// The code of a hypothesis.
pub fn read(hypothesis: &Hypothesis, light: Light<'_>) -> Option<Read> {
    let Hypothesis { symbol, grid: flat, .. } = hypothesis;
    let seen = |grid: &Grid, margin: usize| {
        let samples = grid.sample(light, margin);
        samples.darkness(&samples.levels())
    };
    let read = |grid: &Grid, dark| Read { dark, side: symbol.side(), corners: grid.corners() };
    if let Some(dark) = soft::meant(symbol, &seen(flat, 0)) {
        return Some(read(flat, dark));
    }
    BENDS.iter().find_map(|bend| {
        let mut grid = flat.clone();
        grid.fit(symbol, light, *bend);
        if agreement(symbol, &grid, light) < AGREEMENT {
            return None;
        }
        let dark = equalized::<1, 10>(symbol, &seen(&grid, 1)).and_then(|seen| soft::meant(symbol, &seen));
        let dark = dark.or_else(|| soft::meant(symbol, &seen(&grid, 0)));
        let dark = dark.or_else(|| equalized::<2, 26>(symbol, &seen(&grid, 2)).and_then(|seen| soft::meant(symbol, &seen)));
        dark.map(|dark| read(&grid, dark))
    })
}
