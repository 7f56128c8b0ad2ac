//! PNG row by row: written with one bit a pixel; read as far as it goes where it is cut. The one file that names the
//! crate `png`.

use std::io::Cursor;

use super::budget::MAX_ALLOCATION;
use super::grey::Colours;
use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// A PNG as far as it can be read, white below; `None` where not one row can be. Interlaced files have no complete row
/// before their last pass.
pub(crate) fn as_far_as_it_goes(bytes: &[u8]) -> Option<Grey> {
    let limits = png::Limits { bytes: usize::try_from(MAX_ALLOCATION).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let colours = match reader.output_color_type().0 {
        png::ColorType::Grayscale => Colours::Grey,
        png::ColorType::GrayscaleAlpha => Colours::GreyAlpha,
        png::ColorType::Rgb => Colours::Rgb,
        png::ColorType::Rgba => Colours::RgbAlpha,
        png::ColorType::Indexed => return None,
    };
    if reader.info().interlaced {
        return None;
    }
    let mut samples = Vec::new();
    while let Ok(Some(row)) = reader.next_row() {
        samples.extend_from_slice(row.data());
    }
    let mut pixels = colours.greys(samples);
    if pixels.is_empty() {
        return None;
    }
    pixels.resize(width.checked_mul(height)?, 255);
    Grey::new(width, height, pixels)
}

/// A grey picture of black and white as PNG, one bit a pixel: what is below the middle is black.
///
/// # Errors
/// [`Error::Page`] where it is too large for a PNG.
pub fn png(picture: &Grey) -> Result<Vec<u8>> {
    let pack = |pixels: &[u8]| pixels.iter().enumerate().fold(0, |byte, (at, pixel)| byte | (pixel & 0x80) >> at);
    let rows: Vec<u8> = picture.rows().flat_map(|row| row.chunks(8).map(pack)).collect();
    written(picture.width(), picture.height(), png::ColorType::Grayscale, png::BitDepth::One, &rows)
}

/// Red, green and blue of each pixel as PNG.
///
/// # Errors
/// As for [`png`].
pub(crate) fn coloured(width: usize, height: usize, pixels: &[u8]) -> Result<Vec<u8>> {
    written(width, height, png::ColorType::Rgb, png::BitDepth::Eight, pixels)
}

fn written(width: usize, height: usize, color: png::ColorType, depth: png::BitDepth, rows: &[u8]) -> Result<Vec<u8>> {
    let failed = |error: png::EncodingError| Error::Page { why: error.to_string() };
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
        return Err(Error::Page { why: "the picture is too large for a PNG".into() });
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(rows).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}
