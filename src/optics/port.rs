//! The one file that names the rxing crate: its port of zxing-cpp's reader, piece by piece, as its own front door asks
//! for the time, which a page has not. Places are in pixels of the picture given, the upper left corner of its first
//! pixel at 0, 0.

use rxing::common::cpp_essentials::{ConcentricPattern, FindConcentricPatternCorners, LocateConcentricPattern};
use rxing::common::{BitArray, DetectorRXingResult};
use rxing::point;
use rxing::qrcode::common::{ErrorCorrectionLevel, Version};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FinderPatternSet, GenerateFinderPatternSets, SampleQR};

pub use rxing::common::BitMatrix;

use super::raster::Grey;

/// A place in a picture: x, y.
pub type Point = [f32; 2];

/// A finder pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finder {
    /// Its middle.
    pub middle: Point,
    /// Its width, 7 modules, in pixels; coarse.
    pub size: f32,
}

impl Finder {
    fn of(pattern: &ConcentricPattern) -> Self {
        Finder { middle: [pattern.p.x, pattern.p.y], size: pattern.size as f32 }
    }

    fn raw(&self) -> ConcentricPattern {
        ConcentricPattern { p: point(self.middle[0], self.middle[1]), size: self.size as i32 }
    }
}

/// The three finder patterns of a code: upper left, upper right, lower left as the code is meant to be seen.
pub type Three = [Finder; 3];

/// The modules of a code as the reader saw them, and where.
pub struct Sampled {
    modules: BitMatrix,
    /// Corners of the code: upper left, upper right, lower right, lower left.
    pub corners: [Point; 4],
}

/// What a code holds.
pub struct Decoded {
    /// Its contents.
    pub bytes: Vec<u8>,
    /// QR version, 1 to 40.
    pub version: u8,
    /// Error correction level: `L`, `M`, `Q` or `H`.
    pub level: char,
}

/// A picture in black and white of rows of words, a pixel a bit from the lowest on, 1 black. `None` for sides that no
/// picture has.
pub fn black_and_white(picture: &Grey, rows: impl Iterator<Item = Vec<usize>>) -> Option<BitMatrix> {
    let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
    let mut bits = BitMatrix::new(width, height).ok()?;
    let mut line = BitArray::with_size(picture.width());
    for (y, row) in (0..).zip(rows) {
        row.iter().zip((0..).step_by(usize::BITS as usize)).for_each(|(word, at)| line.setBulk(at, *word));
        bits.setRow(y, &line);
    }
    Some(bits)
}

/// The runs of one colour in a row, from the left: their lengths, and whether they are black.
pub fn runs(bits: &BitMatrix, y: u32, mut take: impl FnMut(u32, bool)) {
    let row = bits.getRow(y);
    let (mut from, mut is_dark, mut before) = (0, false, 0);
    for (word, at) in row.getBitArray().iter().zip((0..).step_by(usize::BITS as usize)) {
        // A bit for each pixel that is not as the one before it.
        let mut changes = word ^ (word << 1 | before);
        before = word >> (usize::BITS - 1);
        while changes != 0 {
            let to = (at + changes.trailing_zeros()).min(bits.width());
            if to > from {
                take(to - from, is_dark);
            }
            from = to;
            is_dark = !is_dark;
            changes &= changes - 1;
        }
    }
    if from < bits.width() {
        take(bits.width() - from, is_dark);
    }
}

/// The finder pattern, if there is one, that has this place in its dark middle and is no larger than `most` pixels.
pub fn finder_at(bits: &BitMatrix, [x, y]: Point, most: f32) -> Option<Finder> {
    let inside = x >= 1.0 && y >= 1.0 && x < bits.width() as f32 - 1.0 && y < bits.height() as f32 - 1.0;
    let dark = inside && bits.get(x as u32, y as u32);
    let pattern = dark.then(|| LocateConcentricPattern::<true, 5, 7>(bits, &[1, 1, 3, 1, 1], point(x, y), most as i32));
    pattern.flatten().map(|pattern| Finder::of(&pattern))
}

/// The middles of a finder pattern's four corner modules, each three modules aside from its middle, clockwise or
/// counter-clockwise.
pub fn corner_modules(bits: &BitMatrix, finder: &Finder) -> Option<[Point; 4]> {
    let at = point(finder.middle[0], finder.middle[1]);
    FindConcentricPatternCorners(bits, at, finder.size as i32, 2).map(|corners| corners.0.map(|at| [at.x, at.y]))
}

/// Finder patterns that may belong together, the most plausible first.
pub fn sets(finders: &[Finder]) -> Vec<Three> {
    let mut patterns: Vec<_> = finders.iter().map(Finder::raw).collect();
    let set = |set: &FinderPatternSet| [&set.tl, &set.tr, &set.bl].map(Finder::of);
    GenerateFinderPatternSets(&mut patterns).iter().map(set).collect()
}

/// The modules of the code of three finder patterns.
pub fn sample(bits: &BitMatrix, three: &Three) -> Option<Sampled> {
    let [tl, tr, bl] = three.each_ref().map(Finder::raw);
    let sample = SampleQR(bits, &FinderPatternSet { bl, tl, tr }).ok()?;
    // They come row by row.
    let [tl, tr, bl, br] = match sample.getPoints() {
        [a, b, c, d] => [a, b, c, d].map(|at| [at.x, at.y]),
        _ => return None,
    };
    Some(Sampled { modules: sample.getBits().clone(), corners: [tl, tr, br, bl] })
}

/// What modules as they were seen hold, after their errors are corrected.
pub fn decode(sampled: &Sampled) -> Option<Decoded> {
    decode_matrix(&sampled.modules)
}

/// What a square of modules holds, row by row, `true` dark.
pub fn decode_modules(side: usize, dark: &[bool]) -> Option<Decoded> {
    let mut bits = BitMatrix::with_single_dimension(u32::try_from(side).ok()?).ok()?;
    for (y, row) in (0..).zip(dark.chunks(side.max(1))) {
        (0..).zip(row).filter(|(_, dark)| **dark).for_each(|(x, _)| bits.set(x, y));
    }
    decode_matrix(&bits)
}

fn decode_matrix(bits: &BitMatrix) -> Option<Decoded> {
    let decoded = Decode(bits).ok().filter(|decoded| decoded.isValid())?;
    Some(Decoded {
        bytes: decoded.content().bytes().to_vec(),
        version: u8::try_from(decoded.versionNumber()).unwrap_or_default(),
        level: decoded.ecLevel().chars().next().unwrap_or('?'),
    })
}

/// The rows and columns in which a version's alignment patterns have their middles.
pub fn alignments(version: u8) -> Vec<usize> {
    let centers = Version::getVersionForNumber(u32::from(version)).map(|version| version.getAlignmentPatternCenters());
    centers.map(|centers| centers.iter().map(|at| *at as usize).collect()).unwrap_or_default()
}

/// Error correction level, by its two bits in the format information (ISO/IEC 18004, table 12), and the blocks of a
/// version at that level: codewords of data in each, the same number of check codewords in all.
pub fn blocks(version: u8, level: u8) -> Option<(Vec<usize>, usize)> {
    let version = Version::getVersionForNumber(u32::from(version)).ok()?;
    let blocks = version.getECBlocksForLevel(ErrorCorrectionLevel::forBits(level).ok()?);
    let data = blocks.getECBlocks().iter();
    let data = data.flat_map(|block| vec![block.getDataCodewords() as usize; block.getCount() as usize]).collect();
    Some((data, blocks.getECCodewordsPerBlock() as usize))
}
