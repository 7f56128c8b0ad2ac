//! Grey picture -> every QR code in it.

use std::f32::consts::SQRT_2;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::binarize::Threshold;
use super::closer;
use super::grid::Light;
use super::hypotheses::{Found, hypotheses};
use super::port::{self, BitMatrix, Decoded, Finder, Place, Three};
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

/// Finder patterns of which no code was read that are looked at again, and sets of three of them.
const MAX_LEFT: usize = 60;
const MAX_CLOSER: usize = 40;
/// How often modules may be sampled in closer looks at a picture: a code of version 5 takes a hundredth. One takes as long as a pixel of a picture.
const MAX_SAMPLED: u64 = 100_000_000;
/// Most pixels of a picture that is looked at harder, and how many of the pyramid are.
const MAX_HARDER: usize = 2_500_000;
const HARDER_LEVELS: usize = 2;
/// Places that look like a finder pattern of a code that is light on dark, in one look, from which on the negative is looked at.
const LIGHT_PLACES: usize = 3;
/// Modules of such a one have so many pixels at least: noise has no end of smaller ones.
const LEAST_INNER: f32 = 1.5;
/// The scale of the picture given.
const SAME: Scale = [1.0; 2];

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
    let mut found = Reading::default();
    found.all(picture);
    let took = found.tried as u64 * PIXELS_PER_SET + found.compared / COMPARED_PER_PIXEL + found.sampled;
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
        let mut found = Reading::default();
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

    fn quickly(&self, picture: &Grey, afresh: bool, found: &mut Reading) -> Option<()> {
        let bits = Threshold::Hybrid.apply(picture)?;
        for (code, _) in &self.places {
            found.again(&bits, code);
        }
        if afresh || found.codes.len() < self.places.len() || found.codes.is_empty() {
            found.read(&bits, SAME);
        }
        if found.codes.is_empty() {
            let smaller = picture.halved()?;
            found.read(&Threshold::Hybrid.apply(&smaller)?, [2.0; 2]);
        }
        if found.codes.is_empty() {
            found.read(&Threshold::LocalMean.apply(picture)?, SAME);
        }
        Some(())
    }
}

#[derive(Default)]
struct Reading {
    codes: Vec<Code>,
    /// Sets of finder patterns tried so far.
    tried: usize,
    /// How often a place that looks like a finder pattern was held against one so far, at most.
    compared: u64,
    /// Whether some finder patterns, not of a code that was read, have small modules.
    small_modules: bool,
    /// Places that look like a finder pattern of a code that is light on dark, in the last look.
    light_places: usize,
    /// Whether the picture that is looked at is a negative.
    is_negative: bool,
    /// Finder patterns of which no code was read so far, in the picture given.
    left: Vec<Found>,
    /// How often a module was sampled in closer looks, at most.
    sampled: u64,
}

impl Reading {
    /// Looks at a picture in every way, until there is nothing more to be found.
    fn all(&mut self, picture: &Grey) {
        self.look(picture, SAME);
        let mut scale = 1.0;
        let mut smaller = Vec::new();
        while let Some(level) = smaller.last().unwrap_or(picture).halved()
            && level.width().min(level.height()) >= MIN_SIDE
        {
            scale *= 2.0;
            self.look(&level, [scale; 2]);
            smaller.push(level);
        }
        if self.small_modules && picture.pixels().len() <= MAX_DOUBLED {
            self.look(&picture.doubled(), [0.5; 2]);
        }
        // Halftones, and dots of a draft, run together.
        if self.codes.is_empty() {
            self.look(&picture.softened(), SAME);
        }
        if self.codes.is_empty() {
            self.is_negative = true;
            self.look_once(&picture.inverted(), SAME);
            self.is_negative = false;
        }
        self.look_closer(picture, &smaller);
        if self.codes.is_empty() || self.left.iter().any(|found| found.corners.is_some()) {
            let before = self.left.len();
            self.look_harder(picture, &smaller);
            if self.left.len() > before {
                self.look_closer(picture, &smaller);
            }
        }
    }

    /// Looks for finder patterns that blur has closed and for those that are seen from the side.
    fn look_harder(&mut self, picture: &Grey, smaller: &[Grey]) {
        let levels = std::iter::once(picture).chain(smaller);
        let levels = levels.enumerate().filter(|(_, level)| level.pixels().len() <= MAX_HARDER);
        for (number, level) in levels.take(HARDER_LEVELS) {
            let scale = (1u32 << number.min(31)) as f32;
            self.look(&level.sharpened(), [scale; 2]);
            self.look(&level.widened(), [scale / 2.0, scale]);
            self.look(&level.heightened(), [scale, scale / 2.0]);
        }
    }

    /// Takes its time where finder patterns are left. `smaller` is the pyramid above the picture.
    fn look_closer(&mut self, picture: &Grey, smaller: &[Grey]) {
        let mut left = std::mem::take(&mut self.left);
        left.retain(|found| !self.is_read(found.finder.middle));
        // Modules of three to six pixels: smaller ones run together, larger ones show the paper.
        let light = |module: f32| {
            let halvings = ((module.max(3.0) / 3.0).log2() as usize).min(smaller.len());
            let picture = halvings.checked_sub(1).and_then(|level| smaller.get(level)).unwrap_or(picture);
            Light { picture, scale: (1u32 << halvings) as f32, is_negative: false }
        };
        let (hypotheses, sampled) = hypotheses(&left, MAX_CLOSER, light);
        self.sampled += sampled;
        for hypothesis in hypotheses {
            let [a, _, b, _] = hypothesis.grid.corners();
            if self.is_read([(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]) {
                continue;
            }
            self.sampled += hypothesis.symbol.modules().len() as u64 * closer::SAMPLES;
            if self.sampled > MAX_SAMPLED {
                break;
            }
            let module = (a[0] - b[0]).hypot(a[1] - b[1]) / hypothesis.symbol.side() as f32 / SQRT_2;
            // What decodes the modules is not ours.
            let read = catch_unwind(AssertUnwindSafe(|| {
                let light = Light { is_negative: hypothesis.is_negative, ..light(module) };
                let read = closer::read(&hypothesis, light)?;
                let decoded =
                    port::decode_modules(read.side, &read.dark).filter(|decoded| !decoded.bytes.is_empty())?;
                Some(code(decoded, read.corners, SAME))
            }));
            self.codes.extend(read.ok().flatten());
        }
        left.retain(|found| !self.is_read(found.finder.middle));
        self.left = left;
    }

    /// Whether a place in the picture given lies in a code that was read.
    fn is_read(&self, place: Place) -> bool {
        self.codes.iter().any(|code| inside(place, &code.corners))
    }

    /// Keeps a finder pattern for a closer look, once; one whose corners are to be seen in the place of one that has none.
    fn keep(&mut self, bits: &BitMatrix, finder: &Finder, scale: Scale) {
        let middle = scaled(finder.middle, scale);
        let size = finder.size * scale[0].max(scale[1]);
        let same = |other: &&mut Found| {
            let [x, y] = other.finder.middle;
            (x - middle[0]).hypot(y - middle[1]) < size.min(other.finder.size) / 3.0
        };
        let has_room = self.left.len() < MAX_LEFT;
        let known = self.left.iter_mut().find(same);
        if known.as_ref().map_or(!has_room, |known| known.corners.is_some()) {
            return;
        }
        let corners = port::corner_modules(bits, finder).map(|corners| corners.map(|corner| scaled(corner, scale)));
        let found = Found { finder: Finder { middle, size }, corners, is_negative: self.is_negative };
        match known {
            Some(known) if corners.is_some() => *known = found,
            Some(_) => {}
            None => self.left.push(found),
        }
    }

    /// Looks at the picture `scale` times as small as the one given, and at its negative where that may show codes.
    fn look(&mut self, picture: &Grey, scale: Scale) {
        self.light_places = 0;
        self.look_once(picture, scale);
        if self.light_places >= LIGHT_PLACES && picture.pixels().len() <= MAX_HARDER {
            self.is_negative = true;
            self.look_once(&picture.inverted(), scale);
            self.is_negative = false;
        }
    }

    fn look_once(&mut self, picture: &Grey, scale: Scale) {
        for threshold in [Threshold::Hybrid, Threshold::Global, Threshold::LocalMean] {
            // The reader is not ours: should a picture make it panic, there is nothing to be seen in it this way.
            let unread = catch_unwind(AssertUnwindSafe(|| {
                let Some(bits) = threshold.apply(picture) else { return 0 };
                let left = self.read(&bits, scale);
                self.small_modules |= left.iter().any(|finder| finder.size < 7.0 * SMALL_MODULE);
                left.iter().for_each(|finder| self.keep(&bits, finder, scale));
                left.len()
            }));
            if unread.is_ok_and(|unread| unread < 3) && !self.codes.is_empty() {
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
            && !self.is_read(tl.middle)
        {
            self.codes.extend(read_three(bits, &[tl, tr, bl], SAME));
        }
    }

    /// Reads what is in a picture of black and white; tells which finder patterns are left that may belong to a code.
    fn read(&mut self, bits: &BitMatrix, scale: Scale) -> Vec<Finder> {
        let Places { dark: places, light } = Places::of(bits);
        self.light_places += light;
        if places > MAX_PLACES || self.compared > MAX_COMPARED {
            return Vec::new();
        }
        let mut finders = port::finders(bits);
        self.compared += places as u64 * finders.len() as u64;
        let known = |reading: &Self, finder: &Finder| reading.is_read(scaled(finder.middle, scale));
        finders.retain(|finder| !known(self, finder));
        finders.sort_by(|a, b| b.size.total_cmp(&a.size));
        finders.truncate(MAX_PATTERNS);
        for set in &port::sets(&finders) {
            if self.tried >= MAX_SETS {
                break;
            }
            if set.iter().any(|finder| known(self, finder)) {
                continue;
            }
            self.tried += 1;
            self.codes.extend(read_three(bits, set, scale));
        }
        finders.retain(|finder| !known(self, finder));
        finders
    }
}

/// The code of three finder patterns, in a picture `scale` times as small as the one given.
fn read_three(bits: &BitMatrix, three: &Three, scale: Scale) -> Option<Code> {
    let sampled = port::sample(bits, three)?;
    Some(code(port::decode(&sampled)?, sampled.corners, scale))
}

/// How many times as small as the picture given another one is, in width and in height.
type Scale = [f32; 2];

/// A place in the picture given.
fn scaled(place: Place, scale: Scale) -> Place {
    [place[0] * scale[0], place[1] * scale[1]]
}

/// A code that was read. The middle of a pixel counts as its place.
fn code(decoded: Decoded, corners: [Place; 4], scale: Scale) -> Code {
    let corners = corners.map(|[x, y]| scaled([x - 0.5, y - 0.5], scale));
    Code { bytes: decoded.bytes, corners, version: decoded.version, level: decoded.level }
}

/// How far from its last place a finder pattern is looked for, in modules.
const MOVED: i32 = 6;

/// The finder pattern near a place where one was, in a picture where a module has so many pixels.
fn near(bits: &BitMatrix, [x, y]: Place, module: f32) -> Option<Finder> {
    // Its dark middle has three by three modules: places two apart do not miss it.
    let mut steps: Vec<(i32, i32)> = (-MOVED..=MOVED)
        .step_by(2)
        .flat_map(|down| (-MOVED..=MOVED).step_by(2).map(move |right| (right, down)))
        .collect();
    steps.sort_by_key(|(right, down)| right * right + down * down);
    steps.into_iter().find_map(|(right, down)| {
        let at = [x + right as f32 * module, y + down as f32 * module];
        port::finder_at(bits, at, 21.0 * module).filter(|finder| (4.0..10.0).contains(&(finder.size / module)))
    })
}

/// A cut through the light middle of what may be a light finder pattern.
struct Cut {
    at: f32,
    /// Three modules.
    wide: f32,
    /// So many cuts are below each other, or none where they go on further down.
    rows: u16,
}

impl Cut {
    fn goes_on_from(&self, over: &Cut) -> bool {
        (over.at - self.at).abs() < over.wide / 4.0 && (0.75..1.33).contains(&(over.wide / self.wide))
    }

    fn is_as_high_as_wide(&self) -> bool {
        (0.6..1.5).contains(&(f32::from(self.rows) * 3.0 / self.wide))
    }
}

/// What the runs of a picture tell of finder patterns before they are looked for.
#[derive(Default)]
struct Places {
    /// Cuts through dark ones in every third row: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1, more or less.
    dark: usize,
    /// Light ones, by their inner ring alone, whatever is around them: as many cuts below each other as the light middle is wide.
    light: usize,
}

impl Places {
    fn of(bits: &BitMatrix) -> Self {
        let mut places = Places::default();
        let mut above: Vec<Cut> = Vec::new();
        for y in (2..bits.height()).step_by(3) {
            let mut here = Vec::new();
            // The lengths of the last five runs.
            let mut runs = [0u32; 5];
            let mut from = 0;
            port::runs(bits, y, |length, is_dark| {
                let [_, a, b, c, d] = runs;
                runs = [a, b, c, d, length];
                let module = runs.iter().sum::<u32>() as f32 / 7.0;
                let one = |run: u32, module: f32| (0.4 * module..=1.8 * module).contains(&(run as f32));
                if is_dark {
                    let rings = one(a, module) && one(b, module) && one(d, module) && one(length, module);
                    places.dark += usize::from(rings && c as f32 >= 2.0 * module);
                } else {
                    let (inner, middle) = ((b + c + d) as f32 / 5.0, c as f32);
                    let rings = one(b, inner) && one(d, inner) && a.min(length) as f32 >= 0.4 * inner;
                    if rings && middle >= 2.0 * inner && inner >= LEAST_INNER {
                        here.push(Cut { at: from as f32 - d as f32 - middle / 2.0, wide: middle, rows: 1 });
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
