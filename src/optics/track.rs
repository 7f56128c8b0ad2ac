//! A film's pictures -> their codes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::binarize::Threshold;
use super::port::{self, BitMatrix, Finder, Point};
use super::raster::Grey;
use super::scan::{Code, LIGHT_PLACES, PictureReader, read_three};
use super::view::{View, inside, middle};

/// Pictures of a film in which a code may be missing, under a finger or between two pictures of a show, before its
/// place is forgotten.
const MOST_MISSED: u8 = 6;
/// How far from its last place a finder pattern is looked for, in modules.
const MOVED: i32 = 6;

/// Reads films: a code is looked for where it was in the pictures before, and with less patience than
/// [`super::scan::scan`] has: the next picture comes soon.
#[derive(Default)]
pub struct Tracker {
    /// Codes of the last pictures, and from how many each has been missing since.
    places: Vec<(Code, u8)>,
    /// Whether codes were light on dark when last any was read.
    is_negative: bool,
    /// What the last picture took.
    took: u64,
}

impl Tracker {
    /// The codes of the next picture. Only where one is not found in its place, or `afresh` is asked for, the whole
    /// picture is looked at.
    pub fn look(&mut self, picture: &Grey, afresh: bool) -> Vec<Code> {
        let mut found = PictureReader::default();
        // The crate's reader may panic on a picture, which then counts as empty. (In the page, which does not unwind,
        // the worker ends and another takes its place.)
        let look = catch_unwind(AssertUnwindSafe(|| self.either_way(picture, afresh, &mut found)));
        if look.is_err() {
            self.places.clear();
        }
        self.places.retain_mut(|(place, missed)| {
            *missed += 1;
            *missed <= MOST_MISSED && !found.codes.iter().any(|code| inside(middle(&place.corners), &code.corners))
        });
        self.places.extend(found.codes.iter().map(|code| (code.clone(), 0)));
        self.took = picture.pixels().len() as u64 + found.took();
        found.codes
    }

    /// What the last picture took, as [`super::scan::Scan::took`].
    pub fn took(&self) -> u64 {
        self.took
    }

    /// Looks at a picture as codes were last read in it; then at its negative, where it may show others.
    fn either_way(&mut self, picture: &Grey, afresh: bool, found: &mut PictureReader) -> Option<()> {
        let negative = |is_negative: bool| is_negative.then(|| picture.inverted());
        let first = negative(self.is_negative);
        self.quickly(first.as_ref().unwrap_or(picture), afresh, found)?;
        let seen = found.codes.len();
        if found.light_places >= LIGHT_PLACES || self.is_negative && seen == 0 {
            let second = negative(!self.is_negative);
            self.quickly(second.as_ref().unwrap_or(picture), afresh, found)?;
            self.is_negative ^= seen == 0 && !found.codes.is_empty();
        }
        Some(())
    }

    fn quickly(&self, picture: &Grey, afresh: bool, found: &mut PictureReader) -> Option<()> {
        let bits = Threshold::Hybrid.apply(picture)?;
        let before = found.codes.len();
        for (code, _) in &self.places {
            again(found, &bits, code);
        }
        if afresh || found.codes.len() < self.places.len() || found.codes.len() == before {
            found.read(&bits, View::SAME);
        }
        if found.codes.is_empty() {
            let smaller = picture.halved()?;
            found.read(&Threshold::Hybrid.apply(&smaller)?, View::of(2.0));
        }
        if found.codes.is_empty() {
            found.read(&Threshold::LocalMean.apply(picture)?, View::SAME);
        }
        Some(())
    }
}

/// Reads a code of the last picture where it was then, or not far from there.
fn again(found: &mut PictureReader, bits: &BitMatrix, last: &Code) {
    let side = 17.0 + 4.0 * f32::from(last.version);
    let [tl, tr, br, bl] = last.corners;
    let between = |a: [f32; 2], b: [f32; 2], part: f32| [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    let middle = |at: [f32; 2], right: [f32; 2], down: [f32; 2], far: [f32; 2]| {
        let part = 3.5 / side;
        between(between(at, right, part), between(down, far, part), part)
    };
    let module = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) / side;
    let find = |at, right, down, far| near(bits, middle(at, right, down, far), module(at, right).max(module(at, down)));
    let patterns = (find(tl, tr, bl, br), find(tr, tl, br, bl), find(bl, br, tl, tr));
    if let (Some(tl), Some(tr), Some(bl)) = patterns
        && !found.is_read(tl.middle)
    {
        found.codes.extend(read_three(bits, &[tl, tr, bl], View::SAME));
    }
}

/// The finder pattern near a place where one was, in a picture where a module has so many pixels.
fn near(bits: &BitMatrix, [x, y]: Point, module: f32) -> Option<Finder> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optics::qr::{Level, QrCode, QrVersion};
    use crate::optics::raster::draw;

    fn shown(text: &str) -> Grey {
        draw(&QrCode::new(text, QrVersion::new(5).unwrap(), Level::L).unwrap(), 4)
    }

    #[test]
    fn films_are_read_whether_they_are_negatives_or_not() {
        let mut follower = Tracker::default();
        for (number, is_negative) in [true, true, false, true, false, false].into_iter().enumerate() {
            let text = format!("SHABNAMEH {number}");
            let picture = if is_negative { shown(&text).inverted() } else { shown(&text) };
            let codes = follower.look(&picture, false);
            assert!(matches!(&codes[..], [code] if code.bytes == text.as_bytes()), "{number}");
        }
    }

    #[test]
    fn light_codes_and_dark_ones_are_read_in_one_picture() {
        let mut both = Grey::blank(500, 200, 255);
        both.paste(&shown("DARK"), 10, 10);
        both.paste(&shown("LIGHT").inverted(), 250, 10);
        let mut follower = Tracker::default();
        for _ in 0..3 {
            assert_eq!(follower.look(&both, false).len(), 2);
        }
    }
}
