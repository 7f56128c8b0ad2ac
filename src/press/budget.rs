//! How much of a file from outside is looked at: counted in pixels and pages, so that the same file gives the same result on every machine.

use crate::error::{Error, Result};

/// Most pixels of one picture: 150 million.
pub const MAX_PIXELS: u64 = 150_000_000;
/// Most pixels of all pictures or pages of one file.
const MAX_FILE_PIXELS: u64 = 4_000_000_000;
/// Pixels that any file may have, and more for each of its bytes: an empty page that was scanned in black and white has some thousand a byte, a
/// photo four.
const FREE_PIXELS: u64 = 60_000_000;
const PIXELS_PER_BYTE: u64 = 1_000;
/// Most pictures or pages of one file.
pub const MAX_PAGES: usize = 10_000;

/// How many pixels of a file are looked at: few bytes can be any number of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance(u64);

impl Allowance {
    /// All that a file may ever have.
    pub const ALL: Allowance = Allowance(MAX_FILE_PIXELS);

    /// So many pixels.
    pub fn of_pixels(pixels: u64) -> Self {
        Allowance(pixels.min(MAX_FILE_PIXELS))
    }

    /// Its pixels.
    pub fn pixels(self) -> u64 {
        self.0
    }

    /// No more than so many pixels.
    pub(super) fn at_most(self, pixels: u64) -> Self {
        Allowance(self.0.min(pixels))
    }

    /// What a file of so many bytes may have.
    pub fn of(bytes: usize) -> Self {
        Allowance(FREE_PIXELS.saturating_add(PIXELS_PER_BYTE.saturating_mul(bytes as u64)).min(MAX_FILE_PIXELS))
    }
}

/// What a file has used up of the pages and pixels it may have.
pub(super) struct Budget {
    pages: usize,
    pixels: u64,
    allowance: Allowance,
}

impl Budget {
    /// Nothing yet.
    pub(super) fn new(allowance: Allowance) -> Self {
        Budget { pages: 0, pixels: 0, allowance }
    }

    /// Allows for one more picture, and gives its number.
    pub(super) fn spend(&mut self, width: u64, height: u64) -> Result<usize> {
        check(width, height)?;
        self.pages += 1;
        self.pixels = self.pixels.saturating_add(width.saturating_mul(height));
        if self.pages > MAX_PAGES || self.pixels > MAX_FILE_PIXELS {
            Err(Error::TooManyPages { max: self.pages - 1 })
        } else if self.pixels > self.allowance.0 {
            Err(Error::TooManyPixels { read: self.pages - 1 })
        } else {
            Ok(self.pages)
        }
    }

    /// Pictures or pages that were allowed.
    pub(super) fn pages(&self) -> usize {
        self.pages
    }
}

/// Refuses a picture that is larger than is read.
///
/// # Errors
/// [`Error::PictureTooLarge`].
pub(super) fn check(width: u64, height: u64) -> Result<()> {
    if width.saturating_mul(height) > MAX_PIXELS {
        Err(Error::PictureTooLarge { width, height, max: MAX_PIXELS })
    } else {
        Ok(())
    }
}
