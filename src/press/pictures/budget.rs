//! How much of a file from outside is looked at: counted in pixels and pages, so that the same file gives the same
//! result on every machine.

use crate::error::{Error, Result};

/// Most pixels of one picture: the largest sensors of phones have 200 million.
pub const MAX_PIXELS: u64 = 205_000_000;
/// Most pixels of all pictures or pages of one file.
const MAX_FILE_PIXELS: u64 = 4_000_000_000;
/// Pixels that any file may have, and further ones for each of its bytes: a scan in black and white has some 200 pixels
/// a byte, a photo four.
const FREE_PIXELS: u64 = 60_000_000;
const PIXELS_PER_BYTE: u64 = 300;
/// Most bytes that a decoder of pictures may allocate.
pub(crate) const MAX_ALLOCATION: u64 = 700_000_000;
/// Most bytes of a decoded picture unless limits are lifted: 120 megapixels in colour.
const MAX_DECODED: u64 = 360_000_000;
/// Most pictures or pages of one file.
pub const MAX_PAGES: usize = 10_000;

/// How much of a file is looked at: few bytes can be any number of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pixels: u64,
    /// Whether a picture may take more memory than pictures of letters do.
    has_memory: bool,
}

impl Allowance {
    /// All that a file may ever have.
    pub const ALL: Allowance = Allowance { pixels: MAX_FILE_PIXELS, has_memory: true };

    /// So many pixels.
    pub fn of_pixels(pixels: u64) -> Self {
        Allowance { pixels: pixels.min(MAX_FILE_PIXELS), has_memory: false }
    }

    /// Its pixels.
    pub fn pixels(self) -> u64 {
        self.pixels
    }

    /// Most bytes that a picture may have when it is decoded, before it is grey.
    pub(crate) fn decoded_bytes(self) -> u64 {
        if self.has_memory { MAX_ALLOCATION } else { MAX_DECODED }
    }

    /// No more than so many pixels.
    pub fn at_most(self, pixels: u64) -> Self {
        Allowance { pixels: self.pixels.min(pixels), ..self }
    }

    /// What a file of so many bytes may have.
    pub fn of(bytes: usize) -> Self {
        Self::of_pixels(FREE_PIXELS.saturating_add(PIXELS_PER_BYTE.saturating_mul(bytes as u64)))
    }
}

/// What a file has used up of the pages and pixels it may have.
pub(crate) struct Budget {
    pages: usize,
    pixels: u64,
    allowance: Allowance,
}

impl Budget {
    /// Nothing yet.
    pub(crate) fn new(allowance: Allowance) -> Self {
        Budget { pages: 0, pixels: 0, allowance }
    }

    /// Allows for one more picture, and gives its number.
    pub(crate) fn spend(&mut self, width: u64, height: u64) -> Result<usize> {
        check(width, height)?;
        self.pages += 1;
        self.pixels = self.pixels.saturating_add(width.saturating_mul(height));
        if self.pages > MAX_PAGES || self.pixels > MAX_FILE_PIXELS {
            Err(Error::TooManyPages { max: self.pages - 1 })
        } else if self.pixels > self.allowance.pixels {
            Err(Error::TooManyPixels { read: self.pages - 1 })
        } else {
            Ok(self.pages)
        }
    }

    /// Whether there is room for one more picture of this size.
    pub(crate) fn has_room(&self, width: u64, height: u64) -> bool {
        let pixels = self.pixels.saturating_add(width.saturating_mul(height));
        self.pages < MAX_PAGES && pixels <= self.allowance.pixels.min(MAX_FILE_PIXELS)
    }

    /// Pictures or pages that were allowed.
    pub(crate) fn pages(&self) -> usize {
        self.pages
    }
}

/// Refuses a picture that is larger than is read.
///
/// # Errors
/// [`Error::PictureTooLarge`].
pub(crate) fn check(width: u64, height: u64) -> Result<()> {
    if width.saturating_mul(height) > MAX_PIXELS {
        Err(Error::PictureTooLarge { width, height, max: MAX_PIXELS })
    } else {
        Ok(())
    }
}
