//! HEIC files, as phones take photos -> grey pictures. The one file that names the crate heifer.

use super::budget::{Allowance, Budget};
use super::grey::{Colours, PictureSink, damaged, wrong};
use crate::error::Result;
use crate::error::fault::PictureFault;
use crate::optics::raster::Grey;

/// Bytes of a decoded pixel.
const BYTES_PER_PIXEL: u64 = 4;

/// Bytes of the box `ftyp` that are looked at.
const MOST_BRANDS: usize = 256;

/// Whether bytes begin like HEIC (ISO/IEC 23008-12): a box `ftyp` with one of its brands, the first of which may be one
/// that AVIF has as well.
pub fn is_heic(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"];
    is_avif(bytes) == Some(false) && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}

/// Whether bytes that begin with a box `ftyp` are AVIF, by any of its brands (ISO/IEC 23000-22).
pub(crate) fn is_avif(bytes: &[u8]) -> Option<bool> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    let brands = bytes.get(8..length.clamp(12, MOST_BRANDS).min(bytes.len())).unwrap_or_default();
    let is_one = |brand: &[u8; 4]| brand == b"avif" || brand == b"avis";
    (bytes.get(4..8)? == b"ftyp").then(|| brands.as_chunks().0.iter().any(is_one))
}

/// Takes the picture of a HEIC file.
///
/// # Errors
/// As for every picture file.
pub(crate) fn read(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let max_pixels = allowance.pixels().min(allowance.decoded_bytes() / BYTES_PER_PIXEL);
    let options = heifer::Options { max_threads: 1, max_pixels };
    let picture = heifer::decode_rgba8(bytes, &options).map_err(damaged)?;
    Budget::new(allowance).spend(picture.width.into(), picture.height.into())?;
    let grey = Grey::new(picture.width as usize, picture.height as usize, Colours::RgbAlpha.greys(picture.data));
    take(None, grey.ok_or_else(|| wrong(PictureFault::NoPixels)));
    Ok(())
}
