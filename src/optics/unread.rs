//! Codes that are to be seen and could not be read: where, and why.

use super::closer::UnreadCode;
use super::raster::Grey;

/// A code that is to be seen in a picture, and could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// Its corners without quiet zone, in pixels: upper left, upper right, lower right, lower left, as the code is
    /// meant to be seen.
    pub corners: [[f32; 2]; 4],
    /// QR version, 1 to 40.
    pub version: u8,
    /// How dark each module looks, row by row: about 1 dark, -1 light, 0 not to be seen.
    pub darkness: Vec<f32>,
    /// How well its known modules agree with what is seen of them, up to 1.
    pub agreement: f32,
    /// Why it could not be read, most likely.
    pub why: Why,
}

/// Why a code could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A part of it lies outside the picture.
    Cut,
    /// Its modules have fewer than two pixels.
    Small,
    /// A part of it is saturated by glare.
    Glare,
    /// Dark modules and light ones hardly differ.
    Faint,
    /// It is blurred, covered or worn.
    Unclear,
}

/// Least pixels of a module that can be read.
const LEAST_MODULE: f32 = 2.0;
/// The share of dark modules that are saturated above which glare is the reason.
const DROWNED: f32 = 0.1;
/// The contrast in levels of grey below which the code is faint.
const FAINT: f32 = 12.0;

impl Why {
    /// Its name, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Why::Cut => "cut",
            Why::Small => "small",
            Why::Glare => "glare",
            Why::Faint => "faint",
            Why::Unclear => "unclear",
        }
    }
}

impl Unread {
    /// A code that was seen in a picture, its modules of so many pixels, and was not read.
    pub(super) fn of(seen: UnreadCode, version: u8, module: f32, picture: &Grey) -> Self {
        let UnreadCode { corners, darkness, agreement, contrast, drowned } = seen;
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let is_outside = |[x, y]: [f32; 2]| x < -module || y < -module || x > width + module || y > height + module;
        let why = if corners.into_iter().any(is_outside) {
            Why::Cut
        } else if module < LEAST_MODULE {
            Why::Small
        } else if drowned > DROWNED {
            Why::Glare
        } else if contrast < FAINT {
            Why::Faint
        } else {
            Why::Unclear
        };
        Unread { corners, version, darkness, agreement, why }
    }
}
