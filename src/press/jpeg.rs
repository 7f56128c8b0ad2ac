//! JPEG files -> grey pictures, of which most hold the light by itself: what they hold of colours is left alone. The one file that names the crates
//! zune-core and zune-jpeg.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::grey::wrong;
use crate::error::Result;
use crate::optics::raster::Grey;

/// The light of a JPEG; `None` where it does not hold that by itself, as where its colours are red, green and blue.
pub(super) fn light(bytes: &[u8]) -> Option<Result<Grey>> {
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
    let grey = |pixels| Grey::new(width, height, pixels).ok_or_else(|| wrong("it has fewer pixels than it says"));
    Some(decoder.decode().map_err(wrong).and_then(grey))
}
