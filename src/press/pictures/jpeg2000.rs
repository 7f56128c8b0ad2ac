//! JPEG 2000 files -> grey pictures. The one file that names the crate hayro-jpeg2000.

use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

use super::budget::{Allowance, Budget};
use super::grey::{Colours, PictureSink, damaged, wrong};
use crate::error::fault::PictureFault;
use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// Bytes of a pixel's channel while it is decoded.
const BYTES_PER_SAMPLE: u64 = 4;

/// Whether bytes begin like JPEG 2000 (ISO/IEC 15444-1): in boxes, or bare.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0\0\0\x0CjP  \r\n\x87\n") || bytes.starts_with(b"\xFF\x4F\xFF\x51")
}

/// Takes the picture of a JPEG 2000 file.
///
/// # Errors
/// As for every picture file.
pub(crate) fn read(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let image = Image::new(bytes, &DecodeSettings::default()).map_err(damaged)?;
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    Budget::new(allowance).spend(width, height)?;
    let colours = match (image.color_space().num_channels(), image.has_alpha()) {
        (1, false) => Colours::Grey,
        (1, true) => Colours::GreyAlpha,
        (3, false) => Colours::Rgb,
        (3, true) => Colours::RgbAlpha,
        (4, false) => Colours::Cmyk,
        _ => return Err(wrong(PictureFault::Colours)),
    };
    let most = allowance.decoded_bytes() / (BYTES_PER_SAMPLE * colours.channels() as u64);
    if width * height > most {
        return Err(Error::PictureTooLarge { width, height, max: most });
    }
    let mut context = DecoderContext::default();
    let samples = image.decode(&mut context).map_err(damaged)?.data_u8();
    let grey = Grey::new(width as usize, height as usize, colours.greys(samples));
    take(None, grey.ok_or_else(|| wrong(PictureFault::FewerPixels)));
    Ok(())
}
