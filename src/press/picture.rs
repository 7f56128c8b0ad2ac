//! Picture files and PDF pages -> grey pictures; grey pictures -> PNG. The one file that names the crates for picture formats and for
//! reading PDF.
//!
//! What is read here comes from strangers. Sizes are looked at before pixels, every count has a limit, and a reader that panics is a file
//! that cannot be read. Only PDF knows no limit that can be looked at beforehand: where a process can be had, it is drawn in one of its own.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{
    AnimationDecoder, DynamicImage, ExtendedColorType, GrayAlphaImage, ImageDecoder, ImageFormat, ImageReader,
};

pub use super::budget::{Allowance, MAX_PAGES, MAX_PIXELS};
use super::budget::{Budget, MAX_ALLOCATION, check};
pub use super::grey::Taker;
use super::grey::{ground, luma, over, wrong};
use super::{deflate, tiff_pages};
use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// Most pixels of an animation, which a few bytes a picture can make as long as one likes.
const MAX_ANIMATION_PIXELS: u64 = 1_000_000_000;
/// PDF pages are drawn at this many dots an inch.
pub const PDF_DPI: f32 = 300.0;
/// Most bytes that one compressed stream of a PDF may hold, and all of them together.
const MAX_STREAM: u64 = 512 * 1024 * 1024;
const MAX_STREAMS: u64 = 4 * MAX_STREAM;

/// The pixels of a picture, by its header; `None` for files that may hold several.
pub fn pixels(bytes: &[u8]) -> Option<u64> {
    let format = image::guess_format(bytes).ok().filter(|_| !is_pdf(bytes))?;
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
    is_pdf(bytes) || is_heic(bytes) || image::guess_format(bytes).is_ok_and(|format| SUPPORTED.contains(&format))
}

/// Whether bytes begin like HEIC or AVIF (ISO/IEC 23008-12): a box `ftyp` with one of their brands.
fn is_heic(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}

const SUPPORTED: [ImageFormat; 6] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp, ImageFormat::Gif];

/// Whether bytes begin like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// Draws every page of a PDF of our own at a number of dots an inch, to be looked at.
///
/// # Errors
/// [`Error::Picture`].
pub fn preview(bytes: &[u8], dpi: f32, take: &mut Taker<'_>) -> Result<()> {
    pdf(bytes, dpi, Allowance::ALL, take)
}

/// Reads PNG, JPEG, WebP, TIFF, BMP, GIF (every picture in it) or PDF (every page). Pictures are given as stored, before any EXIF turn; what
/// is transparent is white.
///
/// # Errors
/// [`Error::Picture`] where it is none of these, and whatever stops the reading of a file before its end.
pub fn read(bytes: &[u8], take: &mut Taker<'_>) -> Result<()> {
    read_within(bytes, Allowance::ALL, take)
}

/// The same, as far as an allowance goes.
///
/// # Errors
/// As for [`read`], and [`Error::TooManyPixels`] where the rest of it is passed over.
pub fn read_within(bytes: &[u8], allowance: Allowance, take: &mut Taker<'_>) -> Result<()> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        if is_pdf(bytes) {
            return pdf(bytes, PDF_DPI, allowance, take);
        }
        if is_heic(bytes) {
            return Err(Error::PictureHeic);
        }
        match image::guess_format(bytes) {
            Ok(ImageFormat::Gif) => animation(GifDecoder::new(Cursor::new(bytes)).map_err(wrong)?, allowance, take),
            Ok(ImageFormat::Tiff) => tiff_pages::read(bytes, allowance, take),
            Ok(ImageFormat::WebP) => {
                let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(wrong)?;
                if decoder.has_animation() {
                    animation(decoder, allowance, take)
                } else {
                    still(bytes, allowance, take)
                }
            }
            Ok(ImageFormat::Png) => {
                let bytes = &*without_profiles(bytes);
                let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(wrong)?;
                if decoder.is_apng().unwrap_or(false) {
                    size(&decoder)?;
                    fits(&decoder, allowance)?;
                    animation_of(decoder.apng().map_err(wrong)?, allowance, take)
                } else {
                    still(bytes, allowance, take)
                }
            }
            Ok(format) if SUPPORTED.contains(&format) => still(bytes, allowance, take),
            _ => Err(Error::Picture { why: "its format is none that is known".into() }),
        }
    }));
    read.unwrap_or_else(|_| Err(Error::Picture { why: "it is damaged".into() }))
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

fn still(bytes: &[u8], allowance: Allowance, take: &mut Taker<'_>) -> Result<()> {
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(wrong);
    let (width, height) = reader()?.into_dimensions().map_err(wrong)?;
    Budget::new(allowance).spend(width.into(), height.into())?;
    let mut reader = reader()?;
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(wrong)?;
    fits(&decoder, allowance)?;
    take(None, DynamicImage::from_decoder(decoder).map_err(wrong).and_then(grey));
    Ok(())
}

/// A picture as grey, on a ground of white or, where what is drawn is light, of black.
fn grey(picture: DynamicImage) -> Result<Grey> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = if let DynamicImage::ImageRgba8(picture) = picture {
        let drawn = picture.as_raw().as_chunks::<4>().0.iter().map(|[r, g, b, alpha]| (luma(*r, *g, *b), *alpha));
        let ground = ground(drawn);
        in_place(picture.into_raw(), |[r, g, b, alpha]| over(ground, luma(r, g, b), alpha))
    } else if picture.color().has_alpha() {
        let picture: GrayAlphaImage = picture.into_luma_alpha8();
        let drawn = || picture.as_raw().as_chunks::<2>().0.iter().map(|[grey, alpha]| (*grey, *alpha));
        let ground = ground(drawn());
        drawn().map(|(grey, alpha)| over(ground, grey, alpha)).collect()
    } else if let DynamicImage::ImageRgb8(picture) = picture {
        in_place(picture.into_raw(), |[r, g, b]| luma(r, g, b))
    } else {
        picture.into_luma8().into_raw()
    };
    Grey::new(width, height, pixels).ok_or_else(|| wrong("it has no pixels"))
}

/// Grey pixels in the place of coloured ones: a large picture has no room beside itself.
fn in_place<const CHANNELS: usize>(mut pixels: Vec<u8>, grey: impl Fn([u8; CHANNELS]) -> u8) -> Vec<u8> {
    let count = pixels.len() / CHANNELS;
    for at in 0..count {
        let Some(pixel) = pixels.get(CHANNELS * at..).and_then(|rest| rest.first_chunk()).copied() else { break };
        let grey = grey(pixel);
        pixels.iter_mut().skip(at).take(1).for_each(|pixel| *pixel = grey);
    }
    pixels.truncate(count);
    pixels.shrink_to_fit();
    pixels
}

fn animation<'a>(
    mut decoder: impl AnimationDecoder<'a> + ImageDecoder,
    allowance: Allowance,
    take: &mut Taker<'_>,
) -> Result<()> {
    size(&decoder)?;
    fits(&decoder, allowance)?;
    // A picture of it may say that it is larger than all of it.
    decoder.set_limits(limits()).map_err(wrong)?;
    animation_of(decoder, allowance, take)
}

fn animation_of<'a>(decoder: impl AnimationDecoder<'a>, allowance: Allowance, take: &mut Taker<'_>) -> Result<()> {
    let mut budget = Budget::new(allowance.at_most(MAX_ANIMATION_PIXELS));
    for frame in decoder.into_frames() {
        let frame = match frame {
            Ok(frame) => frame.into_buffer(),
            Err(error) => {
                take(Some(budget.pages() + 1), Err(wrong(error)));
                break;
            }
        };
        let number = budget.spend(frame.width().into(), frame.height().into())?;
        take(Some(number), grey(DynamicImage::ImageRgba8(frame)));
    }
    if budget.pages() == 0 { Err(wrong("it holds no picture")) } else { Ok(()) }
}

fn pdf(bytes: &[u8], dpi: f32, allowance: Allowance, take: &mut Taker<'_>) -> Result<()> {
    refuse_bombs(bytes)?;
    let document =
        Pdf::new(bytes.to_vec()).map_err(|_| wrong("the PDF cannot be read; it may be damaged or encrypted"))?;
    let cache = RenderCache::new();
    let mut budget = Budget::new(allowance);
    for page in document.pages().iter() {
        let (width_pt, height_pt) = page.render_dimensions();
        let wanted = dpi / 72.0;
        // Posters are drawn smaller, so that they stay within the limit; the rasterizer counts in 16 bits.
        let most =
            (MAX_PIXELS as f32 / (width_pt * height_pt)).sqrt().min(f32::from(u16::MAX - 1) / width_pt.max(height_pt));
        let scale = wanted.min(most * 0.999);
        let (width, height) = ((width_pt * scale) as u64, (height_pt * scale) as u64);
        if !scale.is_finite() || width == 0 || height == 0 {
            take(Some(budget.spend(0, 0)?), Err(wrong("the page has no size")));
            continue;
        }
        let number = budget.spend(width, height)?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            hayro::render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)
        }));
        take(
            Some(number),
            drawn.map_err(|_| wrong("the page is damaged")).and_then(|pixmap| {
                let luma = |pixel: &hayro::vello_cpu::color::PremulRgba8| {
                    ((u32::from(pixel.r) * 2126 + u32::from(pixel.g) * 7152 + u32::from(pixel.b) * 722 + 5000) / 10_000)
                        as u8
                };
                let pixels = pixmap.data().iter().map(luma).collect();
                Grey::new(usize::from(pixmap.width()), usize::from(pixmap.height()), pixels)
                    .ok_or_else(|| wrong("the page has no size"))
            }),
        );
    }
    if budget.pages() == 0 { Err(wrong("the PDF has no pages")) } else { Ok(()) }
}

/// Refuses a PDF whose compressed streams hold too much: the rasterizer has no limit of its own. Streams within streams are looked into.
fn refuse_bombs(bytes: &[u8]) -> Result<()> {
    let mut total = 0u64;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(6).position(|window| window == b"stream")) {
        at += found + 6;
        let body = bytes.get(at..).unwrap_or_default();
        let body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .or_else(|| body.strip_prefix(b"\r"))
            .unwrap_or(body);
        let inner = |bytes: &[u8]| bytes.first().is_some_and(|byte| byte & 0x0F == 8);
        if inner(body) {
            total = total.saturating_add(inflated_length(body, 3)?);
            if total > MAX_STREAMS {
                return Err(wrong("its compressed streams hold too much"));
            }
        }
    }
    Ok(())
}

/// The bytes that zlib data holds, and those that its contents hold should they be zlib data too, down to a depth.
fn inflated_length(data: &[u8], depth: usize) -> Result<u64> {
    let mut inflater = deflate::reader(data);
    let mut buffer = vec![0; 64 * 1024];
    let (mut length, mut head) = (0u64, Vec::new());
    loop {
        // What is no zlib data, or breaks off, holds what came before.
        let read = inflater.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            break;
        }
        length += read as u64;
        if length > MAX_STREAM {
            return Err(wrong("a compressed stream in it holds too much"));
        }
        if head.len() < MAX_NESTED {
            head.extend_from_slice(buffer.get(..read).unwrap_or_default());
        }
    }
    let nested = head.len() >= 2 && head.first() == Some(&0x78) && depth > 0;
    Ok(length + if nested { inflated_length(&head, depth - 1)? } else { 0 })
}

/// Bytes kept to look for a stream within a stream; 16 MiB of zlib data hold the most a stream may thirty times over.
const MAX_NESTED: usize = 16 * 1024 * 1024;

/// A grey picture as PNG.
///
/// # Errors
/// [`Error::Picture`].
pub fn grey_png(grey: &Grey) -> Result<Vec<u8>> {
    let size = |side: usize| u32::try_from(side).map_err(wrong);
    let picture = image::GrayImage::from_raw(size(grey.width())?, size(grey.height())?, grey.pixels().to_vec());
    let mut png = Cursor::new(Vec::new());
    picture.ok_or_else(|| wrong("it has no pixels"))?.write_to(&mut png, ImageFormat::Png).map_err(wrong)?;
    Ok(png.into_inner())
}

/// A grey picture as JPEG, of a quality from 1 to 100.
///
/// # Errors
/// [`Error::Picture`].
pub fn jpeg(grey: &Grey, quality: u8) -> Result<Vec<u8>> {
    let size = |side: usize| u32::try_from(side).map_err(wrong);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, quality.clamp(1, 100));
    encoder.encode(grey.pixels(), size(grey.width())?, size(grey.height())?, ExtendedColorType::L8).map_err(wrong)?;
    Ok(jpeg)
}

/// A grey picture of black and white as PNG, one bit a pixel: what is below the middle is black.
///
/// # Errors
/// [`Error::Page`] where it is too large for a PNG.
pub fn png(picture: &Grey) -> Result<Vec<u8>> {
    let failed = |error: png::EncodingError| Error::Page { why: error.to_string() };
    let (Ok(width), Ok(height)) = (u32::try_from(picture.width()), u32::try_from(picture.height())) else {
        return Err(Error::Page { why: "the picture is too large for a PNG".into() });
    };
    let pack = |pixels: &[u8]| pixels.iter().enumerate().fold(0, |byte, (at, pixel)| byte | (pixel & 0x80) >> at);
    let rows: Vec<u8> = picture.rows().flat_map(|row| row.chunks(8).map(pack)).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&rows).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}
