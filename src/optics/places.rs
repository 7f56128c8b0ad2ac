//! What looks like a finder pattern in the rows of a picture, before it is looked at more closely.

use super::port::{self, BitMatrix, Finder, Point};

/// Least pixels of a module of a light finder pattern: noise is full of smaller ones.
const LEAST_INNER: f32 = 1.5;

/// A cut through the light middle of what may be a light finder pattern.
struct FinderCut {
    at: f32,
    /// Three modules.
    wide: f32,
    /// So many cuts are below each other, or none where they go on further down.
    rows: u16,
}

impl FinderCut {
    fn goes_on_from(&self, over: &FinderCut) -> bool {
        (over.at - self.at).abs() < over.wide / 4.0 && (0.75..1.33).contains(&(over.wide / self.wide))
    }

    fn is_as_high_as_wide(&self) -> bool {
        (0.6..1.5).contains(&(f32::from(self.rows) * 3.0 / self.wide))
    }
}

/// A row's cut through what may be a dark finder pattern.
pub struct FinderCandidate {
    /// Its middle.
    pub middle: Point,
    /// The width of the cut, in pixels.
    pub wide: u32,
}

/// Dark runs of a cut may differ from what they should be by so much of a module, light ones by so much, and both by
/// half a pixel more: ink spreads, and what is seen from the side is cut through its corners. As in ZXing.
const DARK_TOLERANCE: f32 = 0.75;
const LIGHT_TOLERANCE: f32 = 1.0 / 3.0;
/// Dark and light modules differ in width by this factor at most.
const MOST_UNEVEN: f32 = 4.0;
/// Before the cut it is light for this part of a module at least.
const QUIET: f32 = 0.1;

/// Whether runs that begin with a dark one may be a cut through a dark finder pattern: 1 : 1 : 3 : 1 : 1. `before` is
/// the light run before them.
fn is_cut(before: u32, [a, b, c, d, e]: [u32; 5]) -> bool {
    // Nearly all are out by this.
    if c < 3 || c < 2 * a.max(e) || c < b.max(d) {
        return false;
    }
    let (dark, light) = ((a + c + e) as f32 / 5.0, (b + d) as f32 / 2.0);
    let (least, most) = (dark.min(light), dark.max(light));
    let (dark_off, light_off) = (dark * DARK_TOLERANCE + 0.5, light * LIGHT_TOLERANCE + 0.5);
    let is_off = |run: u32, wanted: f32, most: f32| (run as f32 - wanted).abs() > most;
    most <= MOST_UNEVEN * least
        && before as f32 >= QUIET * light
        && !is_off(a, dark, dark_off)
        && !is_off(c, 3.0 * dark, dark_off)
        && !is_off(e, dark, dark_off)
        && !is_off(b, light, light_off)
        && !is_off(d, light, light_off)
}

/// A finder pattern seen from the side is wider than its narrowest cut, by this factor at most.
const MOST_SKEWED: u32 = 3;

/// The finder patterns that rows cut through, each once.
pub fn finders(bits: &BitMatrix, candidates: &[FinderCandidate]) -> Vec<Finder> {
    let mut finders: Vec<Finder> = Vec::new();
    for FinderCandidate { middle: [x, y], wide } in candidates {
        let is_known = |finder: &Finder| {
            let [at_x, at_y] = finder.middle;
            (x - at_x).hypot(y - at_y) < finder.size / 2.0
        };
        if !finders.iter().any(is_known) {
            finders.extend(port::finder_at(bits, [*x, *y], wide.saturating_mul(MOST_SKEWED) as f32));
        }
    }
    finders
}

/// Most cuts through dark finder patterns of a picture that is searched: the time grows with the square of their
/// number. A sheet full of codes at 600 dots an inch has some ten thousand.
pub const MAX_CANDIDATES: usize = 100_000;

/// What the runs of a picture tell of finder patterns.
#[derive(Default)]
pub struct Places {
    /// Cuts through dark ones, in every third row: the middle of one is three modules high. One more than
    /// [`MAX_CANDIDATES`] where there are more.
    pub dark: Vec<FinderCandidate>,
    /// Light ones, by their inner ring alone, whatever is around them: as many cuts below each other as the light
    /// middle is wide.
    pub light: usize,
}

impl Places {
    /// Those of a picture in black and white.
    pub fn of(bits: &BitMatrix) -> Self {
        let mut places = Places::default();
        let mut above: Vec<FinderCut> = Vec::new();
        for y in (2..bits.height()).step_by(3) {
            let mut here = Vec::new();
            // The lengths of the last six runs; beyond its edge the picture is taken to be light.
            let mut runs = [0, 0, 0, 0, 0, bits.width()];
            let mut from = 0;
            port::runs(bits, y, |length, is_dark| {
                let [_, before, a, b, c, d] = runs;
                runs = [before, a, b, c, d, length];
                if is_dark {
                    if places.dark.len() <= MAX_CANDIDATES && is_cut(before, [a, b, c, d, length]) {
                        let middle = [(from - d) as f32 - c as f32 / 2.0, y as f32 + 0.5];
                        places.dark.push(FinderCandidate { middle, wide: a + b + c + d + length });
                    }
                } else {
                    let one = |run: u32, module: f32| (0.4 * module..=1.8 * module).contains(&(run as f32));
                    let (inner, middle) = ((b + c + d) as f32 / 5.0, c as f32);
                    let rings = one(b, inner) && one(d, inner) && a.min(length) as f32 >= 0.4 * inner;
                    if rings && middle >= 2.0 * inner && inner >= LEAST_INNER {
                        here.push(FinderCut { at: from as f32 - d as f32 - middle / 2.0, wide: middle, rows: 1 });
                    }
                }
                from += length;
            });
            // Both are in order from the left.
            let mut over = above.iter_mut().peekable();
            for cut in &mut here {
                while over.next_if(|over| over.at + over.wide / 4.0 <= cut.at).is_some() {}
                if let Some(over) = over.next_if(|over| cut.goes_on_from(over)) {
                    cut.rows = over.rows + 1;
                    over.rows = 0;
                }
            }
            places.light += above.iter().filter(|cut| cut.is_as_high_as_wide()).count();
            above = here;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optics::binarize::Threshold;
    use crate::optics::qr::{Level, QrCode, QrVersion};
    use crate::optics::raster::{self, Grey};

    /// A code of version 2 at four pixels a module.
    fn code() -> Grey {
        raster::draw(&QrCode::new("A", QrVersion::new(2).unwrap(), Level::L).unwrap(), 4)
    }

    #[test]
    fn each_finder_pattern_is_found_once_and_each_cut_is_a_candidate() {
        let bits = Threshold::Hybrid.apply(&code()).unwrap();
        let places = Places::of(&bits);
        let finders = finders(&bits, &places.dark);
        // Middles of the patterns, four modules of quiet zone and three and a half of the pattern from the edges, on 25
        // modules.
        let (near, far) = ((4.0 + 3.5) * 4.0, (4.0 + 25.0 - 3.5) * 4.0);
        let expected = [[near, near], [far, near], [near, far]];
        assert_eq!(finders.len(), 3);
        for (finder, [x, y]) in finders.iter().zip(expected) {
            assert!((finder.middle[0] - x).abs() < 1.0 && (finder.middle[1] - y).abs() < 1.0, "{finder:?}");
            assert!((finder.size - 28.0).abs() < 4.0, "{finder:?}");
        }
        // Every third of the twelve rows of each middle, and what looks so by chance.
        assert!((12..60).contains(&places.dark.len()), "{}", places.dark.len());
        let negative = Threshold::Hybrid.apply(&code().inverted()).unwrap();
        let places = Places::of(&negative);
        assert!((3..12).contains(&places.light), "{}", places.light);
        assert_eq!(super::finders(&negative, &places.dark).len(), 0);
    }

    #[test]
    fn a_cut_has_the_widths_of_a_finder_pattern() {
        assert!(is_cut(4, [4, 4, 12, 4, 4]) && is_cut(9, [5, 3, 13, 3, 5]) && is_cut(1, [1, 1, 3, 1, 1]));
        // Too wide an edge, too narrow a middle, no light before it.
        assert!(!is_cut(4, [4, 4, 12, 4, 8]) && !is_cut(4, [4, 4, 6, 4, 4]) && !is_cut(0, [4, 4, 12, 4, 4]));
    }
}
