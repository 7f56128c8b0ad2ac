//! Grey picture -> every QR code in it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::binarize::Threshold;
use super::closer::{self, CloserLook};
pub use super::code::Code;
use super::hypotheses::{Found, Hypothesis, hypotheses};
use super::light::Light;
use super::neighbours;
use super::places::{self, MAX_CANDIDATES, Places};
use super::port::{self, BitMatrix, Decoded, Finder, Point, Three};
use super::pyramid::Pyramid;
use super::raster::Grey;
pub use super::unread::{Unread, Why};
use super::view::{View, inside, middle};

/// How hard a picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// In several sizes and by several thresholds.
    Fast,
    /// Closer, where a code is seen that was not read.
    #[default]
    Normal,
    /// The same for more hypotheses, and in larger pictures: several times as long.
    Thorough,
}

impl Effort {
    /// How many times as much is tried.
    fn times(self) -> usize {
        if self == Effort::Thorough { 5 } else { 1 }
    }
}

/// What is in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The codes that were read.
    pub codes: Vec<Code>,
    /// Those that were not; [`Effort::Fast`] tells of none.
    pub unread: Vec<Unread>,
    /// Work, in pixels of an empty picture that takes as long. It depends on the picture alone.
    pub took: u64,
}

/// Most sets of three finder patterns that are tried in a picture and its pyramid: real pictures have some dozens.
const MAX_SETS: usize = 6_000;
/// Finder patterns that sets are made of: the largest. The most crowded sheet has some hundreds.
const MAX_PATTERNS: usize = 8_000;
/// Most comparisons of such a cut with a finder pattern before a look is not begun: sheets full of codes take a
/// hundredth.
const MAX_COMPARED: u64 = 500_000_000;
/// Modules on a side of the smallest code: a picture of fewer pixels holds none.
const LEAST_SIDE: usize = 21;
/// A picture is looked at in double size where a finder pattern's modules are smaller than this, in pixels.
const SMALL_MODULE: f32 = 3.0;
/// Most pixels of a picture that is doubled as a whole; of a larger one only what is around small finder patterns, in
/// cuts.
const MAX_DOUBLED: usize = 8_000_000;
/// A cut reaches so many modules to each side of a finder pattern: as far as a code of version 20.
const CUT: f32 = 100.0;
/// Most pixels of all cuts of a picture together.
const MAX_CUTS: usize = 8_000_000;
/// Finder patterns that cuts are made around, at most.
const MAX_SMALL: usize = 1_000;

/// Finder patterns of which no code was read that are looked at again, and sets of three of them.
const MAX_LEFT: usize = 60;
const MAX_CLOSER: usize = 40;
/// How often it is looked around codes that were read: what is read there tells where others are.
const MAX_ROUNDS: usize = 5;
/// How often modules may be sampled in closer looks at a picture: a code of version 5 takes a hundredth. One takes as
/// long as a pixel of a picture.
const MAX_SAMPLED: u64 = 100_000_000;
/// Most pixels of a picture in which codes were read that is looked at by other thresholds all the same: in larger ones
/// they take longest, and what they show is to be seen in smaller ones.
const MAX_OTHERS: usize = 4_000_000;
/// Most pixels of a picture that is looked at harder as a whole, and how many of the pyramid are.
const MAX_HARDER: usize = 2_500_000;
const HARDER_LEVELS: usize = 2;
/// Places that look like a finder pattern of a code that is light on dark, in one look, from which on the negative is
/// looked at.
pub(super) const LIGHT_PLACES: usize = 3;
/// Codes that are told although they were not read, at most.
const MAX_UNREAD: usize = 100;

/// What trying a set of finder patterns takes, in pixels that are looked at in the same time.
const PIXELS_PER_SET: u64 = 10_000;
/// So often is a place held against a finder pattern in the time that it takes to look at a pixel.
const COMPARED_PER_PIXEL: u64 = 200;

/// Reads every QR code in a picture, at any size, turned, tilted, dark on light or light on dark. The same picture
/// gives the same codes.
pub fn scan(picture: &Grey) -> Vec<Code> {
    scan_with(picture, Effort::Normal).codes
}

/// The same as hard as is asked for, with what was seen and not read.
pub fn scan_with(picture: &Grey, effort: Effort) -> Scan {
    let mut found = PictureReader { effort, ..PictureReader::default() };
    // Thinner than a code is, a picture can be very long.
    if picture.width().min(picture.height()) >= LEAST_SIDE {
        found.all(picture);
    }
    let took = picture.pixels().len() as u64 + found.took();
    Scan { codes: found.codes, unread: found.unread, took }
}

/// Looking at a picture.
#[derive(Default)]
pub(super) struct PictureReader {
    pub codes: Vec<Code>,
    /// Places that look like a finder pattern of a code that is light on dark, in the last look.
    pub light_places: usize,
    effort: Effort,
    unread: Vec<Unread>,
    /// Sets of finder patterns tried so far.
    tried: usize,
    /// How often a place that looks like a finder pattern was held against one so far, at most.
    compared: u64,
    /// Finder patterns, not of a code that was read, with small modules, in the picture given.
    small: Vec<Finder>,
    /// Whether the picture that is looked at is a negative.
    is_negative: bool,
    /// Finder patterns of which no code was read so far, in the picture given.
    left: Vec<Found>,
    /// How often a module was sampled in closer looks, at most.
    sampled: u64,
    /// How many codes were read when it was last looked beside them.
    beside: usize,
    /// Pixels of cuts so far.
    cut: usize,
}

impl PictureReader {
    /// What looking took besides the pixels of the picture, in such pixels.
    pub fn took(&self) -> u64 {
        self.tried as u64 * PIXELS_PER_SET + self.compared / COMPARED_PER_PIXEL + self.sampled + self.cut as u64
    }

    /// Looks at a picture in every way, until there is nothing more to be found.
    fn all(&mut self, picture: &Grey) {
        let pyramid = Pyramid::of(picture);
        for (view, level) in pyramid.levels() {
            self.light_places = 0;
            self.look_by(Threshold::Hybrid, level, view);
            if self.light_places >= LIGHT_PLACES && level.pixels().len() <= MAX_HARDER {
                self.look_at_negative(level, view);
            }
        }
        // The small ones first, as they cost least.
        let mut others: Vec<_> = pyramid.levels().collect();
        others.reverse();
        for (view, level) in others {
            for threshold in [Threshold::Global, Threshold::LocalMean] {
                let is_worth_it = self.codes.is_empty() || level.pixels().len() <= MAX_OTHERS;
                if is_worth_it && !self.is_done() {
                    self.look_by(threshold, level, view);
                }
            }
        }
        self.look_doubled(picture);
        // Halftones, and dots of a draft, run together.
        if self.codes.is_empty() {
            self.look(&picture.softened(), View::SAME);
        }
        if self.codes.is_empty() {
            self.look_at_negative(picture, View::SAME);
        }
        if self.effort == Effort::Fast {
            return;
        }
        self.look_at_neighbours(&pyramid);
        self.look_closer(&pyramid);
        self.look_at_neighbours(&pyramid);
        if self.codes.is_empty() || self.left.iter().any(|found| found.corners.is_some()) {
            let before = self.left.len();
            self.look_harder(&pyramid);
            if self.left.len() > before {
                self.look_closer(&pyramid);
                self.look_at_neighbours(&pyramid);
            }
        }
        self.keep_unread();
    }

    /// Looks at small modules in double size.
    fn look_doubled(&mut self, picture: &Grey) {
        if self.small.is_empty() {
            return;
        }
        if picture.pixels().len() <= MAX_DOUBLED {
            return self.look(&picture.doubled(), View::part(View::SAME, [0.0; 2], [2.0; 2]));
        }
        let finders = std::mem::take(&mut self.small);
        self.look_around(&finders, picture, View::SAME, |reading, cut, view| {
            reading.look(&cut.doubled(), view.part([0.0; 2], [2.0; 2]));
        });
    }

    /// Looks at what is around finder patterns of the picture given, in one that lies in it, as far as no code was read
    /// there meanwhile.
    fn look_around(&mut self, finders: &[Finder], picture: &Grey, view: View, look: impl Fn(&mut Self, &Grey, View)) {
        let mut seen: Vec<[f32; 4]> = Vec::new();
        for finder in finders {
            let [x, y] = view.inverse(finder.middle);
            let is_seen =
                seen.iter().any(|[left, top, right, bottom]| x > *left && x < *right && y > *top && y < *bottom);
            if is_seen || self.is_read(finder.middle) {
                continue;
            }
            let reach = CUT * finder.size / 7.0 / view.scale[0].max(view.scale[1]);
            let (left, top) = ((x - reach).max(0.0), (y - reach).max(0.0));
            let Some(cut) = picture.cut(left as usize, top as usize, (2.0 * reach) as usize, (2.0 * reach) as usize)
            else {
                continue;
            };
            self.cut += cut.pixels().len();
            if self.cut > MAX_CUTS * self.effort.times() {
                return;
            }
            // Its neighbours in the middle of the cut have their codes in it as well.
            seen.push([x - reach / 3.0, y - reach / 3.0, x + reach / 3.0, y + reach / 3.0]);
            look(self, &cut, view.part([left.floor(), top.floor()], [1.0; 2]));
        }
    }

    /// Looks for finder patterns that blur has closed and for those that are seen from the side.
    fn look_harder(&mut self, pyramid: &Pyramid<'_>) {
        let most = MAX_HARDER * self.effort.times();
        for (view, level) in pyramid.levels().filter(|(_, level)| level.pixels().len() <= most).take(HARDER_LEVELS) {
            self.harder(level, view);
        }
    }

    fn harder(&mut self, picture: &Grey, view: View) {
        self.look(&picture.sharpened(), view);
        self.look(&picture.widened(), view.part([0.0; 2], [2.0, 1.0]));
        self.look(&picture.heightened(), view.part([0.0; 2], [1.0, 2.0]));
    }

    fn max_sampled(&self) -> u64 {
        MAX_SAMPLED * self.effort.times() as u64
    }

    /// Looks where other codes of a sheet must be, beside those that were read.
    fn look_at_neighbours(&mut self, pyramid: &Pyramid<'_>) {
        for _ in 0..MAX_ROUNDS {
            if self.codes.len() == self.beside {
                break;
            }
            self.beside = self.codes.len();
            let known = |place| self.is_read(place) || self.unread.iter().any(|unread| inside(place, &unread.corners));
            // Half of what is left stays for finder patterns.
            let most = self.max_sampled().saturating_sub(self.sampled) / 2;
            let (hypotheses, sampled) = neighbours::hypotheses(&self.codes, pyramid, known, most);
            let limit = self.sampled + most;
            self.sampled += sampled;
            self.judge(hypotheses, pyramid, limit);
        }
    }

    /// Takes its time where finder patterns are left.
    fn look_closer(&mut self, pyramid: &Pyramid<'_>) {
        let mut left = std::mem::take(&mut self.left);
        left.retain(|found| !self.is_read(found.finder.middle));
        let (hypotheses, sampled) = hypotheses(&left, MAX_CLOSER * self.effort.times(), |module| pyramid.light(module));
        self.sampled += sampled;
        self.judge(hypotheses, pyramid, self.max_sampled());
        left.retain(|found| !self.is_read(found.finder.middle));
        self.left = left;
    }

    /// Looks at codes that may be there, one by one, until so many modules were sampled, and keeps what comes of it.
    fn judge(&mut self, hypotheses: Vec<Hypothesis>, pyramid: &Pyramid<'_>, limit: u64) {
        for hypothesis in hypotheses {
            let corners = hypothesis.grid.corners();
            if self.is_read(middle(&corners)) {
                continue;
            }
            self.sampled += hypothesis.symbol.modules().len() as u64 * closer::SAMPLES;
            if self.sampled > limit {
                break;
            }
            let module = hypothesis.grid.module();
            // The crate's decoder may panic.
            let look = catch_unwind(AssertUnwindSafe(|| {
                let light = Light { is_negative: hypothesis.is_negative, ..pyramid.light(module) };
                match closer::look(&hypothesis, light) {
                    CloserLook::Read(read) => {
                        let decoded = port::decode_modules(read.side, &read.dark);
                        let decoded = decoded.filter(|decoded| !decoded.bytes.is_empty())?;
                        Some(Ok(code(decoded, read.corners, View::SAME)))
                    }
                    CloserLook::Unread(seen) => {
                        Some(Err(Unread::of(seen, hypothesis.symbol.version(), module, pyramid.picture)))
                    }
                    CloserLook::Nothing => None,
                }
            }));
            match look.ok().flatten() {
                Some(Ok(code)) => self.codes.push(code),
                Some(Err(unread)) if self.unread.len() < MAX_UNREAD => self.unread.push(unread),
                _ => {}
            }
        }
    }

    /// Of what was seen several times and not read, what agrees best stays, and nothing where a code was read.
    fn keep_unread(&mut self) {
        let mut seen = std::mem::take(&mut self.unread);
        seen.sort_by(|a, b| b.agreement.total_cmp(&a.agreement));
        for unread in seen {
            let middle = middle(&unread.corners);
            let known = |other: &Unread| {
                inside(middle, &other.corners) || inside(super::view::middle(&other.corners), &unread.corners)
            };
            if !self.is_read(middle) && !self.unread.iter().any(known) {
                self.unread.push(unread);
            }
        }
    }

    /// Whether a place in the picture given lies in a code that was read.
    pub fn is_read(&self, place: Point) -> bool {
        self.codes.iter().any(|code| inside(place, &code.corners))
    }

    /// Keeps a finder pattern for a closer look, once; one whose corners are to be seen in the place of one that has
    /// none.
    fn keep(&mut self, bits: &BitMatrix, finder: &Finder, view: View) {
        let middle = view.place(finder.middle);
        let size = finder.size * view.scale[0].max(view.scale[1]);
        if size < 7.0 * SMALL_MODULE && self.small.len() < MAX_SMALL {
            self.small.push(Finder { middle, size });
        }
        let same = |other: &&mut Found| {
            let [x, y] = other.finder.middle;
            (x - middle[0]).hypot(y - middle[1]) < size.min(other.finder.size) / 3.0
        };
        let has_room = self.left.len() < MAX_LEFT * self.effort.times();
        let known = self.left.iter_mut().find(same);
        if known.as_ref().map_or(!has_room, |known| known.corners.is_some()) {
            return;
        }
        let corners = port::corner_modules(bits, finder).map(|corners| corners.map(|corner| view.place(corner)));
        let found = Found { finder: Finder { middle, size }, corners, is_negative: self.is_negative };
        match known {
            Some(known) if corners.is_some() => *known = found,
            Some(_) => {}
            None => self.left.push(found),
        }
    }

    /// Looks at a picture, and at its negative where that may show codes.
    fn look(&mut self, picture: &Grey, view: View) {
        self.light_places = 0;
        self.look_once(picture, view);
        if self.light_places >= LIGHT_PLACES && picture.pixels().len() <= MAX_HARDER {
            self.look_at_negative(picture, view);
        }
    }

    fn look_at_negative(&mut self, picture: &Grey, view: View) {
        self.is_negative = true;
        self.look_once(&picture.inverted(), view);
        self.is_negative = false;
    }

    fn look_once(&mut self, picture: &Grey, view: View) {
        for threshold in Threshold::ALL {
            self.look_by(threshold, picture, view);
            if self.is_done() {
                return;
            }
        }
    }

    fn look_by(&mut self, threshold: Threshold, picture: &Grey, view: View) {
        // The crate's reader may panic on a picture, which then shows nothing by this threshold.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let Some(bits) = threshold.apply(picture) else { return };
            let left = self.read(&bits, view);
            left.iter().for_each(|finder| self.keep(&bits, finder, view));
        }));
    }

    /// Whether codes were read, and too few finder patterns are left for another.
    fn is_done(&self) -> bool {
        let left = self.left.iter().filter(|found| found.corners.is_some() && !self.is_read(found.finder.middle));
        !self.codes.is_empty() && left.count() < 3
    }

    /// Reads what is in a picture of black and white; tells which finder patterns are left that may belong to a code.
    pub fn read(&mut self, bits: &BitMatrix, view: View) -> Vec<Finder> {
        let Places { dark: candidates, light } = Places::of(bits);
        self.light_places += light;
        if candidates.len() > MAX_CANDIDATES || self.compared > MAX_COMPARED {
            return Vec::new();
        }
        let mut finders = places::finders(bits, &candidates);
        self.compared += candidates.len() as u64 * finders.len() as u64;
        let known = |reading: &Self, finder: &Finder| reading.is_read(view.place(finder.middle));
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
            self.codes.extend(read_three(bits, set, view));
        }
        finders.retain(|finder| !known(self, finder));
        finders
    }
}

/// The code of three finder patterns, in a picture that lies in the one given.
pub(super) fn read_three(bits: &BitMatrix, three: &Three, view: View) -> Option<Code> {
    let sampled = port::sample(bits, three)?;
    Some(code(port::decode(&sampled)?, sampled.corners, view))
}

/// A code that was read. The middle of a pixel counts as its place.
fn code(decoded: Decoded, corners: [Point; 4], view: View) -> Code {
    let corners = corners.map(|[x, y]| view.place([x - 0.5, y - 0.5]));
    Code { bytes: decoded.bytes, corners, version: decoded.version, level: decoded.level }
}
