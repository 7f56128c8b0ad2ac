//! Two bad photos make a good one: what was seen of a code in several, and read in none, is put together.
//!
//! Modules that look alike far beyond chance are of the same code. How dark they look is added up, each photo by how
//! clearly it shows the modules that are known, and read once more. What comes out is believed on the same terms as
//! what is read in one photo.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::scan::{Code, Unread};
use super::symbol::{Module, Symbol};
use super::{port, soft};

/// Two sightings are of the same code if they agree by this many standard deviations more than two codes do by chance.
const BEYOND_CHANCE: f32 = 6.0;
/// The least correlation for that: codes of one letter begin alike, and correlate by about 0.1.
const LEAST_LIKENESS: f32 = 0.15;
/// Sightings whose correlation is at least this part of what their clearness lets expect are added up even if the sum
/// cannot be read yet.
const SAME: f32 = 0.7;
/// Kept codes that a sighting is added to at most, the best correlated first.
const TRIES: usize = 3;
/// Most codes that are kept, and most modules of all of them.
const MAX_KEPT: usize = 500;
const MAX_MODULES: usize = 2_000_000;

/// Collects what was seen of codes that could not be read.
#[derive(Default)]
pub struct Fusion {
    kept: Vec<Sum>,
    modules: usize,
}

/// What was seen of a code so far.
struct Sum {
    version: u8,
    /// Darkness of each module, added up by weight.
    darkness: Vec<f32>,
    weight: f32,
}

impl Sum {
    fn with(&self, darkness: &[f32], weight: f32) -> Self {
        let sum = self.darkness.iter().zip(darkness).map(|(sum, dark)| sum + weight * dark).collect();
        Sum { version: self.version, darkness: sum, weight: self.weight + weight }
    }

    /// The code, if it can be read now: side and modules.
    fn read(&self, symbol: &Symbol) -> Option<port::Decoded> {
        let mean: Vec<f32> = self.darkness.iter().map(|dark| dark / self.weight).collect();
        let dark = soft::meant(symbol, &mean)?;
        port::decode_modules(symbol.side(), &dark).filter(|decoded| !decoded.bytes.is_empty())
    }
}

impl Fusion {
    /// Takes what was seen of a code in another photo; gives the code where it can be read now, with the corners that
    /// it has there.
    pub fn add(&mut self, unread: &Unread) -> Option<Code> {
        let symbol = Symbol::of(unread.version);
        if unread.darkness.len() != symbol.modules().len() {
            return None;
        }
        let clearness = clearness(&symbol, &unread.darkness);
        // Weighted by the inverse of its noise.
        let weight = clearness.max(0.05) / (1.05 - clearness * clearness).max(0.05);
        let data: Vec<usize> = (0..unread.darkness.len())
            .filter(|at| matches!(symbol.modules().get(*at), Some(Module::Data(_))))
            .collect();
        let least = (BEYOND_CHANCE / (data.len() as f32).sqrt()).max(LEAST_LIKENESS);
        let mut alike: Vec<(f32, usize)> = (0..self.kept.len())
            .filter_map(|at| {
                let kept = self.kept.get(at).filter(|kept| kept.version == unread.version)?;
                let likeness = likeness(&data, &kept.darkness, &unread.darkness);
                (likeness > least).then_some((likeness, at))
            })
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, at) in alike.iter().take(TRIES) {
            let Some(sum) = self.kept.get(*at).map(|kept| kept.with(&unread.darkness, weight)) else { continue };
            // What decodes the modules is not ours.
            let read = catch_unwind(AssertUnwindSafe(|| sum.read(&symbol))).ok().flatten();
            if let Some(decoded) = read {
                self.modules -= self.kept.swap_remove(*at).darkness.len();
                let port::Decoded { bytes, version, level } = decoded;
                return Some(Code { bytes, corners: unread.corners, version, level });
            }
        }
        let has_room = self.kept.len() < MAX_KEPT && self.modules + unread.darkness.len() <= MAX_MODULES;
        let is_same =
            |likeness: f32, kept: &Sum| likeness > SAME * clearness * self::clearness(&symbol, &kept.darkness);
        let first = alike.first().and_then(|(likeness, at)| Some((*likeness, self.kept.get_mut(*at)?)));
        if let Some((_, kept)) = first.filter(|(likeness, kept)| is_same(*likeness, kept)) {
            *kept = kept.with(&unread.darkness, weight);
        } else if has_room {
            self.modules += unread.darkness.len();
            let darkness = unread.darkness.iter().map(|dark| weight * dark).collect();
            self.kept.push(Sum { version: unread.version, darkness, weight });
        }
        None
    }
}

/// How clearly the modules are seen that are known: their correlation with what they are, -1 to 1.
fn clearness(symbol: &Symbol, darkness: &[f32]) -> f32 {
    let known = symbol.modules().iter().zip(darkness).filter_map(|(module, dark)| match module {
        Module::Known(is_dark) => Some(if *is_dark { *dark } else { -dark }),
        _ => None,
    });
    let (count, sum, squares) = known.fold((0.0f32, 0.0f32, 1e-6f32), |(count, sum, squares), dark| {
        (count + 1.0, sum + dark, squares + dark * dark)
    });
    sum / (count * squares).sqrt()
}

/// Correlation of how dark modules look in two photos, -1 to 1.
fn likeness(places: &[usize], one: &[f32], other: &[f32]) -> f32 {
    let (mut product, mut squares) = (0.0f32, [1e-6f32; 2]);
    for (a, b) in places.iter().filter_map(|at| Some((one.get(*at)?, other.get(*at)?))) {
        product += a * b;
        squares[0] += a * a;
        squares[1] += b * b;
    }
    product / (squares[0] * squares[1]).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::qr::{Level, QrCode, QrVersion};
    use super::super::scan::Why;
    use super::*;

    /// A code as it is seen through noise of so many times the difference of a module from grey.
    fn seen(text: &str, noise: f32, chance: &mut impl FnMut() -> f32) -> Unread {
        let code = QrCode::new(text, QrVersion::new(6).unwrap(), Level::M).unwrap();
        let mut dim = |dark: &bool| {
            // Twelve even chances make a normal one.
            let sum: f32 = (0..12).map(|_| chance()).sum::<f32>() - 6.0;
            (if *dark { 1.0 } else { -1.0 }) + noise * sum
        };
        let darkness = code.rows().flatten().map(&mut dim).collect();
        let agreement = 1.0 / (1.0 + noise * noise).sqrt();
        Unread { corners: [[0.0; 2]; 4], version: 6, darkness, agreement, why: Why::Unclear }
    }

    fn chance(mut state: u64) -> impl FnMut() -> f32 {
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 24) as f32
        }
    }

    #[test]
    fn photos_that_can_not_be_read_are_read_together() {
        let mut chance = chance(3);
        // Half of them is the same.
        let texts = ["SHABNAMEH 0123456789 ABCDEFGHIJ".repeat(3), "SHABNAMEH 0123456789 KLMNOPQRST".repeat(3)];
        let mut fusion = Fusion::default();
        let symbol = Symbol::of(6);
        // In turns, so that each has to be told from the other.
        let mut read = [None, None];
        for photo in 1..=4 {
            for (text, read) in texts.iter().zip(&mut read) {
                let unread = seen(text, 0.85, &mut chance);
                assert_eq!(soft::meant(&symbol, &unread.darkness), None);
                if let Some(code) = fusion.add(&unread).filter(|_| read.is_none()) {
                    assert_eq!(code.bytes, text.as_bytes());
                    *read = Some(photo);
                }
            }
        }
        assert!(read.iter().all(|photo| matches!(photo, Some(2..=4))), "{read:?}");
    }

    #[test]
    fn noise_is_no_code_however_often_it_comes() {
        let mut chance = chance(5);
        let mut fusion = Fusion::default();
        for _ in 0..300 {
            let mut unread = seen("A", 0.0, &mut chance);
            unread.darkness.iter_mut().for_each(|dark| *dark = 2.0 * chance() - 1.0);
            unread.agreement = 0.5;
            assert_eq!(fusion.add(&unread), None);
        }
    }
}
