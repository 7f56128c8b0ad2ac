//! Grey picture -> every QR code in it. The one file that names the rxing crate, of which it uses the port of zxing-cpp's reader, piece by
//! piece: its own front door asks for the time, which a page has not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source};

use super::raster::Grey;

/// A QR code in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Its contents.
    pub bytes: Vec<u8>,
    /// Its corners without quiet zone, in pixels of the picture given: upper left, upper right, lower right, lower left as the code is
    /// meant to be seen, so clockwise unless it is mirrored.
    pub corners: [[f32; 2]; 4],
    /// QR version, 1 to 40.
    pub version: u8,
    /// Error correction level: `L`, `M`, `Q` or `H`.
    pub level: char,
}

/// Finder pattern sets tried in one picture of the pyramid: real pictures have some dozens, noise has no end of them.
const MAX_SETS: usize = 4_000;
/// Side below which a picture of the pyramid holds no code: 21 modules of a pixel and a half.
const MIN_SIDE: usize = 32;
/// A picture is looked at in double size where a finder pattern's modules are smaller than this, in pixels.
const SMALL_MODULE: f32 = 3.0;
/// Most pixels of a picture that is doubled.
const MAX_DOUBLED: usize = 8_000_000;

/// Reads every QR code in a picture, at any size, turned, tilted, dark on light or light on dark. The same picture gives the same codes.
pub fn scan(picture: &Grey) -> Vec<Code> {
    let mut found = Found::default();
    found.look(picture, 1.0);
    let mut scale = 1.0;
    let mut smaller = picture.halved();
    while let Some(level) = smaller.filter(|level| level.width().min(level.height()) >= MIN_SIDE) {
        scale *= 2.0;
        found.look(&level, scale);
        smaller = level.halved();
    }
    if found.small_modules && picture.pixels().len() <= MAX_DOUBLED {
        found.look(&picture.doubled(), 0.5);
    }
    if found.codes.is_empty() {
        found.look(&picture.inverted(), 1.0);
    }
    found.codes
}

#[derive(Default)]
struct Found {
    codes: Vec<Code>,
    /// Whether some finder patterns, not of a code that was read, have small modules.
    small_modules: bool,
}

impl Found {
    /// Looks at the picture `scale` times as small as the one given.
    fn look(&mut self, picture: &Grey, scale: f32) {
        // The reader is not ours: should a picture make it panic, that picture of the pyramid counts as empty.
        let _ = catch_unwind(AssertUnwindSafe(|| self.look_trustingly(picture, scale)));
    }

    fn look_trustingly(&mut self, picture: &Grey, scale: f32) {
        let (Ok(width), Ok(height)) = (u32::try_from(picture.width()), u32::try_from(picture.height())) else { return };
        let Ok(source) = Luma8Source::new_with_slice(picture.pixels(), width, height) else { return };
        let binarizer = HybridBinarizer::new(source);
        let Ok(bits) = binarizer.get_black_matrix() else { return };
        self.read(bits, scale);
    }

    fn read(&mut self, bits: &BitMatrix, scale: f32) {
        let mut patterns = FindFinderPatterns(bits, true, 0);
        let known = |found: &Self, pattern: &ConcentricPattern| {
            let at = [pattern.p.x * scale, pattern.p.y * scale];
            found.codes.iter().any(|code| inside(at, &code.corners))
        };
        patterns.retain(|pattern| !known(self, pattern));
        for set in GenerateFinderPatternSets(&mut patterns).iter().take(MAX_SETS) {
            if [&set.bl, &set.tl, &set.tr].into_iter().any(|pattern| known(self, pattern)) {
                continue;
            }
            let Ok(sample) = SampleQR(bits, set) else { continue };
            let Ok(decoded) = Decode(sample.getBits()) else { continue };
            // They come row by row, and the middle of a pixel counts as its place.
            let [tl, tr, bl, br] = match sample.getPoints() {
                [a, b, c, d] if decoded.isValid() => {
                    [a, b, c, d].map(|at| [(at.x - 0.5) * scale, (at.y - 0.5) * scale])
                }
                _ => continue,
            };
            self.codes.push(Code {
                bytes: decoded.content().bytes().to_vec(),
                corners: [tl, tr, br, bl],
                version: u8::try_from(decoded.versionNumber()).unwrap_or_default(),
                level: decoded.ecLevel().chars().next().unwrap_or('?'),
            });
        }
        self.small_modules |=
            patterns.iter().any(|pattern| pattern.size as f32 / 7.0 < SMALL_MODULE && !known(self, pattern));
    }
}

/// Whether a point lies in a convex quadrilateral.
fn inside([x, y]: [f32; 2], corners: &[[f32; 2]; 4]) -> bool {
    let [a, b, c, d] = *corners;
    let sides = [(a, b), (b, c), (c, d), (d, a)];
    let signs = sides.map(|([x0, y0], [x1, y1])| (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
    signs.iter().all(|sign| *sign >= 0.0) || signs.iter().all(|sign| *sign <= 0.0)
}
