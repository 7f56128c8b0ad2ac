//! Grey picture -> every QR code in it. The one file that names the rxing crate, of which it uses the port of zxing-cpp's reader, piece by
//! piece: its own front door asks for the time, which a page has not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rxing::common::cpp_essentials::{ConcentricPattern, LocateConcentricPattern};
use rxing::common::{BitArray, BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source, point};

use super::blocks;
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

/// Sets of three finder patterns tried in a picture and its pyramid: real pictures have some dozens, noise has no end of them.
const MAX_SETS: usize = 6_000;
/// Finder patterns that sets are made of: the largest. The most crowded sheet has some hundreds.
const MAX_PATTERNS: usize = 8_000;
/// Places that look like a finder pattern in one row, in a picture of the pyramid; one with more is not searched, as the time goes with the
/// square of their number. A sheet full of codes at 600 dots an inch has some ten thousand.
const MAX_PLACES: usize = 100_000;
/// How often such a place may be held against a finder pattern, in the looks at a picture before the last: sheets full of codes take a hundredth.
const MAX_COMPARED: u64 = 500_000_000;
/// Side below which a picture of the pyramid holds no code: 21 modules of a pixel and a half.
const MIN_SIDE: usize = 32;
/// A picture is looked at in double size where a finder pattern's modules are smaller than this, in pixels.
const SMALL_MODULE: f32 = 3.0;
/// Most pixels of a picture that is doubled.
const MAX_DOUBLED: usize = 8_000_000;

/// What trying a set of finder patterns takes, in pixels that are looked at in the same time.
const PIXELS_PER_SET: u64 = 10_000;
/// So often is a place held against a finder pattern in the time that it takes to look at a pixel.
const COMPARED_PER_PIXEL: u64 = 200;

/// Reads every QR code in a picture, at any size, turned, tilted, dark on light or light on dark. The same picture gives the same codes.
pub fn scan(picture: &Grey) -> Vec<Code> {
    scan_counting(picture).0
}

/// The same, and what it took: as many pixels as an empty picture has that takes as long. It depends on the picture alone.
pub fn scan_counting(picture: &Grey) -> (Vec<Code>, u64) {
    let mut found = Found::default();
    found.all(picture);
    let took = found.tried as u64 * PIXELS_PER_SET + found.compared / COMPARED_PER_PIXEL;
    (found.codes, picture.pixels().len() as u64 + took)
}

/// So many pictures of a film a code may be missing from its place, under a finger or between two pictures of a show, before it is forgotten.
const MOST_MISSED: u8 = 6;

/// Reads films: a code is looked for where it was in the pictures before, and with less patience than [`scan`] has: the next picture comes soon.
#[derive(Default)]
pub struct Follower {
    /// Codes of the last pictures, and from how many each has been missing since.
    places: Vec<(Code, u8)>,
}

impl Follower {
    /// The codes of the next picture. Only where one is not found in its place, or `afresh` is asked for, the whole picture is looked at.
    pub fn look(&mut self, picture: &Grey, afresh: bool) -> Vec<Code> {
        let mut found = Found::default();
        // The reader is not ours: where a picture makes it panic, there is nothing to be seen. (In the page, which does not unwind, the worker ends
        // and another takes its place.)
        let look = catch_unwind(AssertUnwindSafe(|| self.quickly(picture, afresh, &mut found)));
        if look.is_err() {
            self.places.clear();
        }
        self.places.retain_mut(|(place, missed)| {
            *missed += 1;
            *missed <= MOST_MISSED && !found.codes.iter().any(|code| inside(middle(place), &code.corners))
        });
        self.places.extend(found.codes.iter().map(|code| (code.clone(), 0)));
        found.codes
    }

    fn quickly(&self, picture: &Grey, afresh: bool, found: &mut Found) -> Option<()> {
        let bits = Threshold::Blocks.apply(picture)?;
        for (code, _) in &self.places {
            found.again(&bits, code);
        }
        if afresh || found.codes.len() < self.places.len() || found.codes.is_empty() {
            found.read(&bits, 1.0);
        }
        if found.codes.is_empty() {
            let smaller = picture.halved()?;
            found.read(&Threshold::Blocks.apply(&smaller)?, 2.0);
        }
        if found.codes.is_empty() {
            found.read(&Threshold::Around.apply(picture)?, 1.0);
        }
        Some(())
    }
}

/// The ways in which a grey picture is made black and white, the best first. Each reads codes that the others do not.
#[derive(Debug, Clone, Copy)]
enum Threshold {
    /// By blocks of 8 by 8 pixels and their neighbours: shadows, gradients.
    Blocks,
    /// One for the whole picture, from its histogram: spots of light.
    Whole,
    /// The mean of a square around each pixel, a twelfth of the picture's side: blur, glare.
    Around,
}

/// A pixel is black where it is darker than this part of the mean around it, in per cent.
const DARKER_THAN: u32 = 95;
/// The square reaches so far from its pixel, in parts of the picture's lesser side.
const REACH: usize = 24;

impl Threshold {
    fn apply(self, picture: &Grey) -> Option<BitMatrix> {
        let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
        let source = || Luma8Source::new_with_slice(picture.pixels(), width, height).ok();
        match self {
            Threshold::Blocks => {
                let mut bits = BitMatrix::new(width, height).ok()?;
                let Some(rows) = blocks::rows(picture) else { return around(picture, bits) };
                let mut line = BitArray::with_size(picture.width());
                for (y, row) in (0..).zip(rows) {
                    row.iter().zip((0..).step_by(usize::BITS as usize)).for_each(|(word, at)| line.setBulk(at, *word));
                    bits.setRow(y, &line);
                }
                Some(bits)
            }
            Threshold::Whole => GlobalHistogramBinarizer::new(source()?).get_black_matrix().ok().cloned(),
            Threshold::Around => around(picture, BitMatrix::new(width, height).ok()?),
        }
    }
}

/// Sets in `bits` the pixels that are darker than their surroundings. Sums of columns are kept from row to row, so that the size of the square
/// costs nothing.
fn around(picture: &Grey, mut bits: BitMatrix) -> Option<BitMatrix> {
    let (width, height) = (picture.width(), picture.height());
    let reach = (width.min(height) / REACH).max(4);
    let mut columns = vec![0u32; width];
    let row = |y: usize| picture.pixels().get(y * width..(y + 1) * width);
    let mut rows = 0;
    for y in 0..height + reach {
        if let Some(enters) = row(y).filter(|_| y < height) {
            rows += 1;
            columns.iter_mut().zip(enters).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
        }
        if let Some(leaves) = y.checked_sub(2 * reach + 1).and_then(row) {
            rows -= 1;
            columns.iter_mut().zip(leaves).for_each(|(sum, pixel)| *sum -= u32::from(*pixel));
        }
        let Some(middle) = y.checked_sub(reach) else { continue };
        let mut sum: u64 = columns.iter().take(reach).map(|column| u64::from(*column)).sum();
        let mut wide = reach.min(width) as u64;
        for (x, pixel) in row(middle)?.iter().enumerate() {
            if let Some(column) = columns.get(x + reach) {
                sum += u64::from(*column);
                wide += 1;
            }
            if let Some(column) = x.checked_sub(reach + 1).and_then(|x| columns.get(x)) {
                sum -= u64::from(*column);
                wide -= 1;
            }
            if u64::from(*pixel) * wide * rows * 100 < sum * u64::from(DARKER_THAN) {
                bits.set(x as u32, middle as u32);
            }
        }
    }
    Some(bits)
}

#[derive(Default)]
struct Found {
    codes: Vec<Code>,
    /// Sets of finder patterns tried so far.
    tried: usize,
    /// How often a place that looks like a finder pattern was held against one so far, at most.
    compared: u64,
    /// Whether some finder patterns, not of a code that was read, have small modules.
    small_modules: bool,
}

impl Found {
    /// Looks at a picture in every way, until there is nothing more to be found.
    fn all(&mut self, picture: &Grey) {
        self.look(picture, 1.0);
        let mut scale = 1.0;
        let mut smaller = picture.halved();
        while let Some(level) = smaller.filter(|level| level.width().min(level.height()) >= MIN_SIDE) {
            scale *= 2.0;
            self.look(&level, scale);
            smaller = level.halved();
        }
        if self.small_modules && picture.pixels().len() <= MAX_DOUBLED {
            self.look(&picture.doubled(), 0.5);
        }
        // Halftones, and dots of a draft, run together.
        if self.codes.is_empty() {
            self.look(&picture.softened(), 1.0);
        }
        if self.codes.is_empty() {
            self.look(&picture.inverted(), 1.0);
        }
    }

    /// Looks at the picture `scale` times as small as the one given.
    fn look(&mut self, picture: &Grey, scale: f32) {
        for threshold in [Threshold::Blocks, Threshold::Whole, Threshold::Around] {
            // The reader is not ours: should a picture make it panic, there is nothing to be seen in it this way.
            let unread =
                catch_unwind(AssertUnwindSafe(|| threshold.apply(picture).is_some_and(|bits| self.read(&bits, scale))));
            if !unread.unwrap_or(true) && !self.codes.is_empty() {
                return;
            }
        }
    }

    /// Reads a code of the last picture where it was then, or not far from there.
    fn again(&mut self, bits: &BitMatrix, last: &Code) {
        let side = 17.0 + 4.0 * f32::from(last.version);
        let [tl, tr, br, bl] = last.corners;
        let between = |a: [f32; 2], b: [f32; 2], part: f32| [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
        let middle = |at: [f32; 2], right: [f32; 2], down: [f32; 2], far: [f32; 2]| {
            let part = 3.5 / side;
            between(between(at, right, part), between(down, far, part), part)
        };
        let module = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) / side;
        let find =
            |at, right, down, far| near(bits, middle(at, right, down, far), module(at, right).max(module(at, down)));
        let patterns = (find(tl, tr, bl, br), find(tr, tl, br, bl), find(bl, br, tl, tr));
        if let (Some(tl), Some(tr), Some(bl)) = patterns
            && !self.codes.iter().any(|code| inside([tl.p.x, tl.p.y], &code.corners))
        {
            self.codes.extend(decode(bits, &FinderPatternSet { bl, tl, tr }, 1.0));
        }
    }

    /// Reads what is in a picture of black and white; tells whether finder patterns are left that may belong to a code.
    fn read(&mut self, bits: &BitMatrix, scale: f32) -> bool {
        let places = places(bits);
        if places > MAX_PLACES || self.compared > MAX_COMPARED {
            return false;
        }
        let mut patterns = FindFinderPatterns(bits, true, 0);
        self.compared += places as u64 * patterns.len() as u64;
        let known = |found: &Self, pattern: &ConcentricPattern| {
            let at = [pattern.p.x * scale, pattern.p.y * scale];
            found.codes.iter().any(|code| inside(at, &code.corners))
        };
        patterns.retain(|pattern| !known(self, pattern));
        patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
        patterns.truncate(MAX_PATTERNS);
        for set in &GenerateFinderPatternSets(&mut patterns) {
            if self.tried >= MAX_SETS {
                break;
            }
            if [&set.bl, &set.tl, &set.tr].into_iter().any(|pattern| known(self, pattern)) {
                continue;
            }
            self.tried += 1;
            self.codes.extend(decode(bits, set, scale));
        }
        patterns.retain(|pattern| !known(self, pattern));
        self.small_modules |= patterns.iter().any(|pattern| (pattern.size as f32) < 7.0 * SMALL_MODULE);
        patterns.len() >= 3
    }
}

/// The code of three finder patterns, in a picture `scale` times as small as the one given.
fn decode(bits: &BitMatrix, set: &FinderPatternSet, scale: f32) -> Option<Code> {
    let sample = SampleQR(bits, set).ok()?;
    let decoded = Decode(sample.getBits()).ok()?;
    // They come row by row, and the middle of a pixel counts as its place.
    let [tl, tr, bl, br] = match sample.getPoints() {
        [a, b, c, d] if decoded.isValid() => [a, b, c, d].map(|at| [(at.x - 0.5) * scale, (at.y - 0.5) * scale]),
        _ => return None,
    };
    Some(Code {
        bytes: decoded.content().bytes().to_vec(),
        corners: [tl, tr, br, bl],
        version: u8::try_from(decoded.versionNumber()).unwrap_or_default(),
        level: decoded.ecLevel().chars().next().unwrap_or('?'),
    })
}

/// How far from its last place a finder pattern is looked for, in modules.
const MOVED: i32 = 6;

/// The finder pattern near a place where one was, in a picture where a module has so many pixels.
fn near(bits: &BitMatrix, [x, y]: [f32; 2], module: f32) -> Option<ConcentricPattern> {
    // Its dark middle has three by three modules: places two apart do not miss it.
    let mut steps: Vec<(i32, i32)> = (-MOVED..=MOVED)
        .step_by(2)
        .flat_map(|down| (-MOVED..=MOVED).step_by(2).map(move |right| (right, down)))
        .collect();
    steps.sort_by_key(|(right, down)| right * right + down * down);
    steps.into_iter().find_map(|(right, down)| {
        let at = point(x + right as f32 * module, y + down as f32 * module);
        let inside =
            at.x >= 1.0 && at.y >= 1.0 && at.x < bits.width() as f32 - 1.0 && at.y < bits.height() as f32 - 1.0;
        let dark = inside && bits.get(at.x as u32, at.y as u32);
        let pattern =
            dark.then(|| LocateConcentricPattern::<true, 5, 7>(bits, &[1, 1, 3, 1, 1], at, (21.0 * module) as i32));
        pattern.flatten().filter(|pattern| (4.0..10.0).contains(&(pattern.size as f32 / module)))
    })
}

/// Counts, in every third row, the runs that look like a cut through a finder pattern: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1, more or
/// less.
fn places(bits: &BitMatrix) -> usize {
    let mut count = 0;
    for y in (2..bits.height()).step_by(3) {
        // The lengths of the last five runs, and the colour of the last.
        let mut runs = [0u32; 5];
        let mut dark = false;
        for x in 0..=bits.width() {
            let pixel = x < bits.width() && bits.get(x, y);
            if pixel != dark || x == bits.width() {
                let [a, b, c, d, e] = runs;
                let module = runs.iter().sum::<u32>() as f32 / 7.0;
                let one = |run: u32| (0.4 * module..=1.8 * module).contains(&(run as f32));
                count += usize::from(dark && one(a) && one(b) && one(d) && one(e) && c as f32 >= 2.0 * module);
                runs = [b, c, d, e, 0];
                dark = pixel;
            }
            if let Some(last) = runs.last_mut() {
                *last += 1;
            }
        }
    }
    count
}

/// The middle of a code.
fn middle(code: &Code) -> [f32; 2] {
    [0, 1]
        .map(|axis| code.corners.iter().map(|corner| corner.get(axis).copied().unwrap_or_default()).sum::<f32>() / 4.0)
}

/// Whether a point lies in a convex quadrilateral.
fn inside([x, y]: [f32; 2], corners: &[[f32; 2]; 4]) -> bool {
    let [a, b, c, d] = *corners;
    let sides = [(a, b), (b, c), (c, d), (d, a)];
    let signs = sides.map(|([x0, y0], [x1, y1])| (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
    signs.iter().all(|sign| *sign >= 0.0) || signs.iter().all(|sign| *sign <= 0.0)
}
