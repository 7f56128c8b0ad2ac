//! JPEG files -> grey pictures. Most JPEG files store luma in a plane of its own; the chroma planes are not decoded.
//! The one file that names the crates zune-core and zune-jpeg.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::budget::Allowance;
use super::grey::{damaged, wrong};
use crate::error::fault::PictureFault;
use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// A progressive JPEG takes this many times the memory: all coefficients are kept until the last scan.
const COEFFICIENTS: u64 = 3;

/// Whether a JPEG is progressive: whether a segment of that kind comes before the first scan (ITU-T T.81, annex B).
fn is_progressive(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, kind, high, low, ..] = *rest {
        match kind {
            0xC2 | 0xC6 | 0xCA | 0xCE => return true,
            0xDA => return false,
            _ => rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..).unwrap_or_default(),
        }
    }
    false
}

/// The luma of a JPEG; `None` where it has none, as where its colours are stored as red, green and blue.
pub(crate) fn light(bytes: &[u8], allowance: Allowance) -> Option<Result<Grey>> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    if !matches!(decoder.input_colorspace()?, ColorSpace::YCbCr | ColorSpace::Luma) {
        return None;
    }
    let (width, height) = decoder.dimensions()?;
    let most = allowance.decoded_bytes() / if is_progressive(bytes) { COEFFICIENTS } else { 1 };
    if width as u64 * height as u64 > most {
        return Some(Err(Error::PictureTooLarge { width: width as u64, height: height as u64, max: most }));
    }
    let grey = |pixels| Grey::new(width, height, pixels).ok_or_else(|| wrong(PictureFault::FewerPixels));
    Some(decoder.decode().map_err(damaged).and_then(grey))
}
