//! Blur mixes each module with its neighbours. What it does to a picture, the modules of a code tell that are known
//! before it is read: from them the linear mixture of a module and its neighbours is learnt that gives back what is
//! there (a Wiener equalizer).

use super::solve::LeastSquares;
use super::symbol::{Module, Symbol};

/// How strongly the mixture is held back, for each module that it is learnt from.
const RIDGE: f64 = 0.02;

/// How dark the modules look without what their neighbours have to do with it. `darkness` has `MARGIN` modules more to
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
