//! Codes -> a show: the pictures that a screen shows one after the other, again and again.

use crate::optics::qr::{QrCode, QrVersion};
use crate::optics::raster::{Grey, draw};

/// Pictures of a show per second. A camera of 30 pictures per second then sees each one about five times.
pub const PACE: f32 = 6.0;
/// The largest version that one phone reads from the screen of another.
pub const MAX_VERSION: u8 = 20;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Pixels of a millimetre.
    pub per_mm: f32,
}

impl Screen {
    /// That of a cheap phone, held upright: 720 by 1,280 pixels, 64 mm wide.
    pub const PHONE: Screen = Screen { width: 720, height: 1280, per_mm: 11.25 };

    /// Columns and rows in which `at_once` codes of this version are largest, and the pixels of a module then; at least
    /// 1.
    fn grid(&self, version: QrVersion, at_once: usize) -> (usize, usize, usize) {
        let modules = version.modules() + 2 * QrCode::QUIET_ZONE;
        let grid = |columns: usize| {
            let rows = at_once.max(1).div_ceil(columns);
            (columns, rows, (self.width / (modules * columns)).min(self.height / (modules * rows)).max(1))
        };
        // Of equal sizes the one with the fewest columns.
        (1..=at_once.max(1)).rev().map(grid).max_by_key(|(_, _, pixels)| *pixels).unwrap_or((1, 1, 1))
    }

    /// Pixels of a module, as large as there is room for, where so many codes are shown at once; at least 1.
    pub fn pixels_per_module(&self, version: QrVersion, at_once: usize) -> usize {
        self.grid(version, at_once).2
    }

    /// The pictures of a show, `at_once` codes in each, in the order of the codes: source symbols first.
    pub fn show(&self, codes: &[QrCode], at_once: usize) -> impl Iterator<Item = ShowPicture> {
        let at_once = at_once.max(1);
        codes.chunks(at_once).zip((0..).step_by(at_once)).map(move |(codes, first)| self.picture(codes, first, at_once))
    }

    fn picture(&self, codes: &[QrCode], first: usize, at_once: usize) -> ShowPicture {
        let mut grey = Grey::blank(self.width, self.height, 255);
        let mut places = Vec::new();
        for (at, code) in codes.iter().enumerate() {
            let (columns, rows, module) = self.grid(code.version(), at_once);
            let drawn = draw(code, module);
            let (wide, high) = (self.width / columns, self.height / rows);
            let x = at % columns * wide + wide.saturating_sub(drawn.width()) / 2;
            let y = at / columns * high + high.saturating_sub(drawn.height()) / 2;
            grey.paste(&drawn, x, y);
            let quiet = QrCode::QUIET_ZONE * module;
            places.push(Shown {
                code: first + at,
                x: x + quiet,
                y: y + quiet,
                side: code.version().modules() * module,
            });
        }
        ShowPicture { grey, codes: places }
    }
}

/// A picture of a show.
#[derive(Debug, Clone, PartialEq)]
pub struct ShowPicture {
    /// What the screen shows.
    pub grey: Grey,
    /// The codes on it.
    pub codes: Vec<Shown>,
}

/// Where a code stands on a screen, in pixels, without quiet zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Its number among those given.
    pub code: usize,
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Side.
    pub side: usize,
}
