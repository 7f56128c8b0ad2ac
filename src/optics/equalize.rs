//! A linear (Wiener) equalizer against blur, which mixes each module with its neighbours. Its coefficients are learnt
//! from the modules that are known before a code is read: finder, timing, alignment patterns, version.

use super::solve::LeastSquares;
use super::symbol::{Module, Symbol};

/// Ridge of the regression, for each module that it is learnt from.
const RIDGE: f64 = 0.02;

/// How dark the modules look, equalized. `darkness` has `MARGIN` modules more to
/// each side than the symbol; `N` is the number of modules that are mixed, (2 `MARGIN` + 1)², and one more for the
/// constant.
pub fn equalized<const MARGIN: usize, const N: usize>(symbol: &Symbol, darkness: &[f32]) -> Option<Vec<f32>> {
    let wide = symbol.side() + 2 * MARGIN;
    let around = |x: usize, y: usize| -> [f64; N] {
        let mut terms = [1.0; N];
        let rows = darkness.chunks(wide).skip(y).take(2 * MARGIN + 1);
        let near = rows.flat_map(|row| row.iter().skip(x).take(2 * MARGIN + 1));
        terms.iter_mut().zip(near).for_each(|(term, dark)| *term = f64::from(*dark));
        terms
    };
    let known = symbol.modules().iter().filter(|module| matches!(module, Module::Known(_))).count();
    let mut sums = LeastSquares::<N>::new(RIDGE * known as f64);
    for (x, y, module) in symbol.places() {
        if let Module::Known(dark) = module {
            sums.add(&around(x, y), if dark { 1.0 } else { -1.0 }, 1.0);
        }
    }
    let mixture = sums.solve()?;
    let mixed = |(x, y, _)| around(x, y).iter().zip(&mixture).map(|(term, factor)| term * factor).sum::<f64>() as f32;
    Some(symbol.places().map(mixed).collect())
}
