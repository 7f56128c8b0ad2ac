//! A closer look at a hypothesis that the quick reader did not read: the grid is fitted to bent paper, blur is
//! equalized, and uncertain modules count as erasures.

use super::equalize::equalized;
use super::grid::{Bend, Grid};
use super::hypotheses::{Hypothesis, agreement};
use super::light::Light;
use super::port::Point;
use super::soft;
use super::symbol::{Module, Symbol};

/// Least agreement of the known modules with a fitted grid for a code to be there.
const AGREEMENT: f32 = 0.5;

/// Most samples of each module for one hypothesis: for each of the two bends twice the four nodes around it, in up to
/// 37 places each.
pub const SAMPLES: u64 = 600;

/// A code's modules, row by row, `true` dark; its modules on a side, and its corners.
pub struct Read {
    pub dark: Vec<bool>,
    pub side: usize,
    pub corners: [Point; 4],
}

/// How the grid is bent: first stiffly, which blur does not mislead, then as freely as crumpled paper needs.
const BENDS: [Bend; 2] = [Bend { stiffness: 6.0, unknown: 0.4 }, Bend { stiffness: 0.6, unknown: 0.8 }];

/// A code that is there, and was not read.
pub struct UnreadCode {
    pub corners: [Point; 4],
    /// How dark each module looks, row by row.
    pub darkness: Vec<f32>,
    /// How well the known ones agree.
    pub agreement: f32,
    /// How many levels of grey dark and light modules differ by.
    pub contrast: f32,
    /// The share of the modules known to be dark that are saturated, 0 to 1.
    pub drowned: f32,
}

/// What a closer look gives.
pub enum CloserLook {
    Read(Read),
    Unread(UnreadCode),
    Nothing,
}

/// Greys from this one on are saturated.
const WHITE: f32 = 250.0;

/// Looks at the code of a hypothesis.
pub fn look(hypothesis: &Hypothesis, light: Light<'_>) -> CloserLook {
    let Hypothesis { symbol, grid: flat, .. } = hypothesis;
    let darkness = |grid: &Grid, margin: usize| {
        let samples = grid.sample(light, margin);
        samples.darkness(&samples.levels())
    };
    let read = |grid: &Grid, dark| CloserLook::Read(Read { dark, side: symbol.side(), corners: grid.corners() });
    if let Some(dark) = soft::meant(symbol, &darkness(flat, 0)) {
        return read(flat, dark);
    }
    let mut best = CloserLook::Nothing;
    let mut most = AGREEMENT;
    for bend in BENDS {
        let mut grid = flat.clone();
        grid.fit(symbol, light, bend);
        let agreement = agreement(symbol, &grid, light);
        if agreement < AGREEMENT {
            continue;
        }
        let sharp = equalized::<1, 10>(symbol, &darkness(&grid, 1));
        let meant = sharp.as_ref().and_then(|darkness| soft::meant(symbol, darkness));
        let meant = meant.or_else(|| soft::meant(symbol, &darkness(&grid, 0)));
        let meant = meant
            .or_else(|| equalized::<2, 26>(symbol, &darkness(&grid, 2)).and_then(|seen| soft::meant(symbol, &seen)));
        if let Some(dark) = meant {
            return read(&grid, dark);
        }
        if let Some(darkness) = sharp.filter(|_| agreement >= most) {
            most = agreement;
            best = CloserLook::Unread(seen(symbol, &grid, light, darkness, agreement));
        }
    }
    best
}

fn seen(symbol: &Symbol, grid: &Grid, light: Light<'_>, darkness: Vec<f32>, agreement: f32) -> UnreadCode {
    let samples = grid.sample(light, 0);
    // Count and sum of the greys of known modules, dark and light; dark ones that look white.
    let (mut sums, mut white) = ([(0.0f32, 0.0f32); 2], 0.0f32);
    for (module, grey) in symbol.modules().iter().zip(samples.greys()) {
        if let (Module::Known(is_dark), Some(grey)) = (module, grey) {
            let [dark, light] = &mut sums;
            let sum = if *is_dark { dark } else { light };
            *sum = (sum.0 + 1.0, sum.1 + grey);
            white += f32::from(u8::from(*is_dark && *grey >= WHITE));
        }
    }
    let [dark, light] = sums;
    let contrast = light.1 / light.0.max(1.0) - dark.1 / dark.0.max(1.0);
    UnreadCode { corners: grid.corners(), darkness, agreement, contrast, drowned: white / dark.0.max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::super::qr::{Level, QrCode, QrVersion};
    use super::super::raster::Grey;
    use super::super::scan::scan;

    const TEXT: &str = "SHABNAMEH 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";

    /// A code, drawn where `modules` has its modules: a place in the picture, 0 to 1 either way, to one in modules.
    /// `grey` tells how dark the paper is there, 0 to 1, beside the ink.
    fn drawn(
        version: u8,
        side: usize,
        modules: impl Fn(f32, f32) -> (f32, f32),
        grey: impl Fn(f32, f32, bool) -> f32,
    ) -> Grey {
        let code = QrCode::new(TEXT, QrVersion::new(version).unwrap(), Level::M).unwrap();
        let rows: Vec<&[bool]> = code.rows().collect();
        let is_dark = |u: f32, v: f32| {
            let inside = u >= 0.0 && v >= 0.0;
            inside && rows.get(v as usize).and_then(|row| row.get(u as usize)).is_some_and(|dark| *dark)
        };
        let pixel = |at: usize| {
            let samples = (0..9).map(|part| {
                let place = |axis: usize, part: usize| (axis as f32 + part as f32 / 3.0 + 1.0 / 6.0) / side as f32;
                let (x, y) = (place(at % side, part % 3), place(at / side, part / 3));
                let (u, v) = modules(x, y);
                grey(x, y, is_dark(u, v))
            });
            (samples.sum::<f32>() / 9.0 * 255.0) as u8
        };
        Grey::new(side, side, (0..side * side).map(pixel).collect()).unwrap()
    }

    fn plain(_: f32, _: f32, is_dark: bool) -> f32 {
        if is_dark { 0.15 } else { 0.85 }
    }

    /// The code fills the middle of the picture.
    fn flat(x: f32, y: f32, modules: f32) -> (f32, f32) {
        ((x - 0.15) / 0.7 * modules, (y - 0.15) / 0.7 * modules)
    }

    fn is_read(picture: &Grey) -> bool {
        matches!(&scan(picture)[..], [code] if code.bytes == TEXT.as_bytes())
    }

    #[test]
    fn a_code_around_a_tin_is_read() {
        // A quarter of a cylinder, from the front and from above.
        for bow in [0.0, 0.08] {
            let picture = drawn(
                5,
                420,
                |x, y| {
                    let angle = ((x - 0.5) / 0.5).clamp(-1.0, 1.0).asin();
                    flat(0.5 + 0.446 * angle, y + bow * angle * angle, 37.0)
                },
                plain,
            );
            assert!(is_read(&picture), "{bow}");
        }
    }

    #[test]
    fn a_code_without_one_of_its_finder_patterns_is_read() {
        for (left, top) in [(0.14, 0.14), (0.72, 0.14), (0.14, 0.72)] {
            let covered = |x: f32, y: f32| (left..left + 0.15).contains(&x) && (top..top + 0.15).contains(&y);
            let picture = drawn(
                6,
                400,
                |x, y| flat(x + 0.04 * y, y - 0.03 * x, 41.0),
                |x, y, is_dark| if covered(x, y) { 0.5 } else { plain(x, y, is_dark) },
            );
            assert!(is_read(&picture), "{left} {top}");
        }
    }

    #[test]
    fn a_faint_code_seen_from_the_side_is_read() {
        let picture = drawn(
            3,
            480,
            |x, y| {
                // From a slant of 65 degrees: a third as wide, and smaller the farther away.
                let far = 1.0 / (0.8 + 0.5 * (x - 0.5));
                flat(0.5 + (x - 0.5) * 2.4 * far, 0.5 + (y - 0.5) * far, 29.0)
            },
            |_, _, is_dark| if is_dark { 0.10 } else { 0.16 },
        );
        assert!(is_read(&picture));
    }

    #[test]
    fn light_codes_and_dark_ones_are_read_in_one_picture() {
        let dark = drawn(3, 300, |x, y| flat(x, y, 29.0), plain);
        let mut both = Grey::blank(900, 300, 217);
        both.paste(&dark, 0, 0);
        both.paste(&dark.inverted(), 300, 0);
        // Bent, so that the closer look has to take it for what it is as well.
        let bent = drawn(3, 300, |x, y| flat(x, y + 0.1 * (x - 0.5) * (x - 0.5), 29.0), plain);
        both.paste(&bent.inverted(), 600, 0);
        let codes = scan(&both);
        assert_eq!(codes.len(), 3);
        assert!(codes.iter().all(|code| code.bytes == TEXT.as_bytes()));
    }

    #[test]
    fn blur_as_wide_as_a_module_is_taken_out() {
        let mut picture = drawn(4, 300, |x, y| flat(x, y, 33.0), plain);
        // Modules have six pixels; each time a pixel mixes with two to each side.
        (0..7).for_each(|_| picture = picture.softened());
        assert!(is_read(&picture));
    }
}
