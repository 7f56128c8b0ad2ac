//! Picture files and PDF pages -> grey pictures; grey pictures -> PNG and JPEG. The one file that names the crate
//! `image`.
//!
//! What is read here comes from strangers. Sizes are looked at before pixels, every count has a limit, and a reader
//! that panics is a file that cannot be read. Some formats know no limit that can be looked at beforehand
//! ([`is_costly`]): where a process can be had, they are read in one of their own.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder, DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader};

pub use super::budget::{Allowance, MAX_PAGES, MAX_PIXELS};
use super::budget::{Budget, MAX_ALLOCATION, check};
pub use super::grey::PictureSink;
use super::grey::{Colours, damaged, wrong};
pub use super::heic::is_heic;
pub use super::pdf_pages::PDF_DPI;
pub use super::png_rows::png;
use super::{cut_bmp, heic, jpeg_xl, jpeg2000, pdf_pages, png_rows, tiff_pages};
use crate::error::fault::PictureFault;
use crate::error::{Error, Result};
use crate::optics::animation::Animation;
use crate::optics::raster::Grey;

/// Most pixels of all pictures of an animation: each picture costs only a few bytes in the file.
const MAX_ANIMATION_PIXELS: u64 = 1_000_000_000;

/// The pixels of a picture, by its header; `None` for files that may hold several.
pub fn pixels(bytes: &[u8]) -> Option<u64> {
    let format = format(bytes).filter(|_| !is_pdf(bytes))?;
    if matches!(format, ImageFormat::Gif | ImageFormat::Tiff) {
        return None;
    }
    let bytes = if format == ImageFormat::Png { without_profiles(bytes) } else { Cow::Borrowed(bytes) };
    let reader = ImageReader::new(Cursor::new(&*bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    Some(u64::from(width) * u64::from(height))
}

/// Whether bytes begin like a picture or PDF that [`read`] takes.
pub fn is_picture(bytes: &[u8]) -> bool {
    let others = [is_pdf, is_avif, is_heic, jpeg_xl::begins, jpeg2000::begins];
    others.iter().any(|begins| begins(bytes)) || format(bytes).is_some()
}

/// Whether reading bytes may take any time and memory, whatever size they say: PDF, HEIC, JPEG XL and JPEG 2000.
pub fn is_costly(bytes: &[u8]) -> bool {
    is_pdf(bytes) || is_heic(bytes) || jpeg_xl::begins(bytes) || jpeg2000::begins(bytes)
}

/// Whether bytes begin like AVIF.
pub fn is_avif(bytes: &[u8]) -> bool {
    heic::is_avif(bytes) == Some(true)
}

/// The format of a picture that the crate `image` reads.
fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let is_big_tiff = bytes.starts_with(b"II\x2B\0") || bytes.starts_with(b"MM\0\x2B");
    let format = if is_big_tiff { Some(ImageFormat::Tiff) } else { image::guess_format(bytes).ok() };
    // A text may begin with the same two characters; in a PNM file numbers, a comment or words in capitals follow.
    let behind = bytes.get(2..).unwrap_or_default().trim_ascii_start().first();
    let is_parted = bytes.get(2).is_some_and(u8::is_ascii_whitespace);
    let is_number = behind.is_some_and(|sign| sign.is_ascii_digit() || *sign == b'#');
    let begins = is_parted && is_number || bytes.starts_with(b"P7\n");
    format.filter(|format| SUPPORTED.contains(format) && (*format != ImageFormat::Pnm || begins))
}

const SUPPORTED: [ImageFormat; 7] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::WebP,
    ImageFormat::Tiff,
    ImageFormat::Bmp,
    ImageFormat::Gif,
    ImageFormat::Pnm,
];

/// Whether bytes begin like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// Draws every page of a PDF of our own at a number of dots an inch, to be looked at.
///
/// # Errors
/// [`Error::Picture`].
pub fn preview(bytes: &[u8], dpi: f32, take: &mut PictureSink<'_>) -> Result<()> {
    pdf_pages::draw(bytes, dpi, Allowance::ALL, take)
}

/// Reads PNG, JPEG, HEIC, WebP, TIFF, JPEG XL, JPEG 2000, BMP, PNM, GIF (every picture in it) or PDF (every page).
/// Pictures are given as stored, before any EXIF turn; PNG, GIF and BMP as far as they go where they are cut. What is
/// transparent is white, or black where what is drawn is light.
///
/// # Errors
/// [`Error::Picture`] where it is none of these, and whatever stops the reading of a file before its end.
pub fn read(bytes: &[u8], take: &mut PictureSink<'_>) -> Result<()> {
    read_within(bytes, Allowance::ALL, take)
}

/// The same, as far as an allowance goes.
///
/// # Errors
/// As for [`read`], and [`Error::TooManyPixels`] where the rest of it is passed over.
pub fn read_within(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        if is_pdf(bytes) {
            return pdf_pages::read(bytes, allowance, take);
        }
        if is_avif(bytes) {
            return Err(Error::PictureAvif);
        }
        if is_heic(bytes) {
            return heic::read(bytes, allowance, take);
        }
        if jpeg_xl::begins(bytes) {
            return jpeg_xl::read(bytes, allowance, take);
        }
        if jpeg2000::begins(bytes) {
            return jpeg2000::read(bytes, allowance, take);
        }
        match format(bytes) {
            Some(ImageFormat::Gif) => gif(bytes, allowance, take),
            Some(ImageFormat::Tiff) => tiff_pages::read(bytes, allowance, take),
            Some(ImageFormat::WebP) => {
                let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
                if decoder.has_animation() {
                    animation(decoder, allowance, take)
                } else {
                    still(bytes, allowance, take)
                }
            }
            Some(ImageFormat::Png) => {
                let bytes = &*without_profiles(bytes);
                let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(damaged)?;
                if decoder.is_apng().unwrap_or(false) {
                    size(&decoder)?;
                    fits(&decoder, allowance)?;
                    animation_of(decoder.apng().map_err(damaged)?, allowance, take)
                } else {
                    still(bytes, allowance, take)
                }
            }
            Some(_) => still(bytes, allowance, take),
            None => Err(Error::Picture { why: PictureFault::UnknownFormat }),
        }
    }));
    read.unwrap_or(Err(wrong(PictureFault::Damaged)))
}

fn size(decoder: &impl ImageDecoder) -> Result<()> {
    let (width, height) = decoder.dimensions();
    check(width.into(), height.into())
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MAX_ALLOCATION);
    limits
}

/// Refuses a picture that takes more memory than it may. One that moves is drawn in colour, whatever it says.
fn fits(decoder: &impl ImageDecoder, allowance: Allowance) -> Result<()> {
    let (width, height) = decoder.dimensions();
    let (width, height) = (u64::from(width), u64::from(height));
    let channels = u64::from(decoder.color_type().bytes_per_pixel());
    let most = allowance.decoded_bytes();
    if width.saturating_mul(height).saturating_mul(channels) > most {
        return Err(Error::PictureTooLarge { width, height, max: most / channels });
    }
    Ok(())
}

/// A PNG without its colour profiles, of which a few bytes can become any number, and which change no code.
fn without_profiles(bytes: &[u8]) -> Cow<'_, [u8]> {
    const KIND: &[u8; 4] = b"iCCP";
    if !bytes.windows(KIND.len()).any(|window| window == KIND) {
        return Cow::Borrowed(bytes);
    }
    let (signature, mut rest) = bytes.split_at(bytes.len().min(8));
    let mut kept = signature.to_vec();
    // Each chunk is its length, its kind, as many bytes, and a checksum.
    while let Some((length, _)) = rest.split_first_chunk() {
        let (chunk, behind) = rest.split_at(rest.len().min(u32::from_be_bytes(*length) as usize + 12));
        if chunk.get(4..8) != Some(KIND) {
            kept.extend_from_slice(chunk);
        }
        rest = behind;
    }
    Cow::Owned(kept)
}

fn still(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(damaged);
    let (width, height) = reader()?.into_dimensions().map_err(damaged)?;
    Budget::new(allowance).spend(width.into(), height.into())?;
    let error = match decoded(bytes, allowance) {
        Err(error @ Error::PictureTooLarge { .. }) => return Err(error),
        Err(error) => error,
        picture => {
            take(None, picture);
            return Ok(());
        }
    };
    let arrived = match format(bytes) {
        Some(ImageFormat::Png) => png_rows::as_far_as_it_goes(bytes),
        Some(ImageFormat::Bmp) => cut_bmp::filled_up(bytes).and_then(|whole| decoded(&whole, allowance).ok()),
        _ => None,
    };
    match arrived {
        Some(picture) => {
            take(None, Ok(picture));
            take(None, Err(wrong(PictureFault::Cut)));
        }
        None => take(None, Err(error)),
    }
    Ok(())
}

fn decoded(bytes: &[u8], allowance: Allowance) -> Result<Grey> {
    if format(bytes) == Some(ImageFormat::Jpeg)
        && let Some(light) = super::jpeg::light(bytes, allowance)
    {
        return light;
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(damaged)?;
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(damaged)?;
    fits(&decoder, allowance)?;
    DynamicImage::from_decoder(decoder).map_err(damaged).and_then(grey)
}

fn gif(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let mut animation = Animation::new(bytes.to_vec())?;
    let (width, height) = animation.size();
    check(width as u64, height as u64)?;
    let mut budget = Budget::new(allowance.at_most(MAX_ANIMATION_PIXELS));
    while let Some(picture) = animation.next_picture() {
        let number = budget.spend(width as u64, height as u64)?;
        take(Some(number), Ok(picture));
    }
    match budget.pages() {
        0 => Err(wrong(PictureFault::NoPicture)),
        last => {
            if animation.is_cut() {
                take(Some(last), Err(wrong(PictureFault::Cut)));
            }
            Ok(())
        }
    }
}

/// A picture as grey.
fn grey(picture: DynamicImage) -> Result<Grey> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (colours, samples) = match picture {
        DynamicImage::ImageRgba8(picture) => (Colours::RgbAlpha, picture.into_raw()),
        DynamicImage::ImageRgb8(picture) => (Colours::Rgb, picture.into_raw()),
        picture if picture.color().has_alpha() => (Colours::GreyAlpha, picture.into_luma_alpha8().into_raw()),
        picture => (Colours::Grey, picture.into_luma8().into_raw()),
    };
    Grey::new(width, height, colours.greys(samples)).ok_or_else(|| wrong(PictureFault::NoPixels))
}

fn animation<'a>(
    mut decoder: impl AnimationDecoder<'a> + ImageDecoder,
    allowance: Allowance,
    take: &mut PictureSink<'_>,
) -> Result<()> {
    size(&decoder)?;
    fits(&decoder, allowance)?;
    // A frame may claim to be larger than the canvas.
    decoder.set_limits(limits()).map_err(damaged)?;
    animation_of(decoder, allowance, take)
}

fn animation_of<'a>(
    decoder: impl AnimationDecoder<'a>,
    allowance: Allowance,
    take: &mut PictureSink<'_>,
) -> Result<()> {
    let mut budget = Budget::new(allowance.at_most(MAX_ANIMATION_PIXELS));
    for frame in decoder.into_frames() {
        let frame = match frame {
            Ok(frame) => frame.into_buffer(),
            Err(error) => {
                take(Some(budget.pages() + 1), Err(damaged(error)));
                break;
            }
        };
        let number = budget.spend(frame.width().into(), frame.height().into())?;
        take(Some(number), grey(DynamicImage::ImageRgba8(frame)));
    }
    if budget.pages() == 0 { Err(wrong(PictureFault::NoPicture)) } else { Ok(()) }
}

/// A grey picture as PNG.
///
/// # Errors
/// [`Error::Picture`].
pub fn grey_png(grey: &Grey) -> Result<Vec<u8>> {
    let size = |side: usize| u32::try_from(side).map_err(damaged);
    let picture = image::GrayImage::from_raw(size(grey.width())?, size(grey.height())?, grey.pixels().to_vec());
    let mut png = Cursor::new(Vec::new());
    picture.ok_or_else(|| wrong(PictureFault::NoPixels))?.write_to(&mut png, ImageFormat::Png).map_err(damaged)?;
    Ok(png.into_inner())
}

/// A grey picture as JPEG, of a quality from 1 to 100.
///
/// # Errors
/// [`Error::Picture`].
pub fn jpeg(grey: &Grey, quality: u8) -> Result<Vec<u8>> {
    let size = |side: usize| u32::try_from(side).map_err(damaged);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, quality.clamp(1, 100));
    encoder.encode(grey.pixels(), size(grey.width())?, size(grey.height())?, ExtendedColorType::L8).map_err(damaged)?;
    Ok(jpeg)
}
