//! TIFF files -> grey pictures. The one file that names the crates `tiff` and `hayro-ccitt`.

use std::borrow::Cow;
use std::io::Cursor;

use hayro_ccitt::{DecodeSettings, Decoder as Rows, DecoderContext, EncodingMode};
use tiff::ColorType;
use tiff::decoder::{Decoder as TiffDecoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::budget::{Allowance, Budget, MAX_ALLOCATION};
use super::grey::{Colours, PictureSink, damaged, wrong};
use crate::error::Result;
use crate::error::fault::PictureFault;
use crate::optics::raster::Grey;

type Decoder<'a> = TiffDecoder<Cursor<&'a [u8]>>;

/// The tag of how a fax by Group 3 was coded, and that of a picture's colours.
const T4_OPTIONS: u16 = 292;
const PHOTOMETRIC: u16 = 262;
/// Its values for darkness and for places of a palette (TIFF 6.0, sections 4 and 5).
const WHITE_IS_0: u32 = 0;
const DARK_IS_0: u16 = 1;
const PALETTE: u32 = 3;
/// Pictures of a palette that are looked for at most.
const MAX_PALETTES: usize = 100;

/// Takes each picture of a TIFF file.
///
/// # Errors
/// As for every picture file.
pub(crate) fn read(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let (bytes, palettes) = without_palettes(bytes);
    let mut decoder = decoder(&bytes)?;
    let mut budget = Budget::new(allowance);
    for page in 0.. {
        let (width, height) = decoder.dimensions().map_err(damaged)?;
        let number = budget.spend(width.into(), height.into())?;
        let picture = match faxed(&mut decoder)? {
            Some(settings) => fax_page(&bytes, &mut decoder, settings, width, height),
            None => tiff_page(&mut decoder, width as usize, height as usize, palettes.contains(&page)),
        };
        take(Some(number), picture);
        if !decoder.more_images() {
            break;
        }
        decoder.next_image().map_err(damaged)?;
    }
    Ok(())
}

fn decoder(bytes: &[u8]) -> Result<Decoder<'_>> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_ALLOCATION).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    Ok(TiffDecoder::new(Cursor::new(bytes)).map_err(damaged)?.with_limits(limits))
}

/// A file in which pictures of a palette are grey, and the numbers of these pictures, from 0: the crate `tiff` reads no
/// palettes, and what is grey to it are their places in the palette.
fn without_palettes(bytes: &[u8]) -> (Cow<'_, [u8]>, Vec<usize>) {
    let mut changed = Cow::Borrowed(bytes);
    let mut palettes = Vec::new();
    let is_big = matches!(bytes.get(2..4), Some([43, 0] | [0, 43]));
    let number = |at: usize, length: usize| -> Option<usize> {
        let number = bytes.get(at..at.checked_add(length)?)?;
        let fold = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if bytes.starts_with(b"II") { number.iter().rev().fold(0, fold) } else { number.iter().fold(0, fold) })
    };
    // Lengths of a place in the file, of the number of entries, and of an entry with the place of its value.
    let (place, count, entry, value) = if is_big { (8, 8, 20, 12) } else { (4, 2, 12, 8) };
    let mut next = number(if is_big { 8 } else { 4 }, place);
    for page in 0..MAX_PALETTES {
        let Some(ifd) = next.filter(|at| *at > 0) else { break };
        let Some(entries) = number(ifd, count).filter(|entries| *entries < 1_000) else { break };
        for entry in (0..entries).map(|at| ifd + count + at * entry) {
            if number(entry, 2) == Some(PHOTOMETRIC.into()) && number(entry + value, 2) == Some(PALETTE as usize) {
                palettes.push(page);
                let grey = if bytes.starts_with(b"II") { DARK_IS_0.to_le_bytes() } else { DARK_IS_0.to_be_bytes() };
                changed.to_mut().iter_mut().skip(entry + value).zip(grey).for_each(|(to, from)| *to = from);
            }
        }
        next = number(ifd + count + entries * entry, place);
    }
    (changed, palettes)
}

/// How a page was faxed, if it was (TIFF 6.0, sections 10 and 11).
fn faxed(decoder: &mut Decoder<'_>) -> Result<Option<DecodeSettings>> {
    let mut number = |tag| decoder.find_tag_unsigned::<u32>(tag).map(Option::unwrap_or_default).map_err(damaged);
    let compression = number(Tag::Compression)?;
    let encoding = match compression {
        2 => EncodingMode::Group3_1D,
        // Lines coded by the ones above them.
        3 if number(Tag::Unknown(T4_OPTIONS))? & 1 == 1 => EncodingMode::Group3_2D,
        3 => EncodingMode::Group3_1D,
        4 => EncodingMode::Group4,
        _ => return Ok(None),
    };
    Ok(Some(DecodeSettings {
        columns: 0,
        rows: 0,
        end_of_block: true,
        end_of_line: compression == 3,
        rows_are_byte_aligned: compression == 2,
        encoding,
        strict: false,
    }))
}

/// Rows of black and white.
struct Fax {
    width: usize,
    paper: u8,
    ink: u8,
    /// Pixels, row by row, no more than so many.
    pixels: Vec<u8>,
    end: usize,
}

impl Rows for Fax {
    fn push_row(&mut self, changes: &[u32]) {
        if self.pixels.len() + self.width > self.end {
            return;
        }
        let from = self.pixels.len();
        for (number, change) in changes.iter().enumerate() {
            let colour = if number.is_multiple_of(2) { self.paper } else { self.ink };
            self.pixels.resize(from + (*change as usize).min(self.width), colour);
        }
        self.pixels.resize(from + self.width, if changes.len().is_multiple_of(2) { self.paper } else { self.ink });
    }
}

/// A page of strips of fax lines, each of which begins with white.
fn fax_page(
    bytes: &[u8],
    decoder: &mut Decoder<'_>,
    settings: DecodeSettings,
    width: u32,
    height: u32,
) -> Result<Grey> {
    let offsets = decoder.get_tag_u64_vec(Tag::StripOffsets).map_err(damaged)?;
    let lengths = decoder.get_tag_u64_vec(Tag::StripByteCounts).map_err(damaged)?;
    let mut number = |tag| decoder.find_tag_unsigned::<u32>(tag).map_err(damaged);
    let rows = number(Tag::RowsPerStrip)?.unwrap_or(height).clamp(1, height.max(1));
    // The bits of each byte may be the other way around.
    let is_reversed = number(Tag::FillOrder)? == Some(2);
    let is_white_0 = number(Tag::PhotometricInterpretation)?.unwrap_or(WHITE_IS_0) == WHITE_IS_0;
    let (paper, ink) = if is_white_0 { (255, 0) } else { (0, 255) };
    let pixels = Vec::with_capacity(width as usize * height as usize);
    let mut fax = Fax { width: width as usize, paper, ink, pixels, end: 0 };
    // Strips may overlap on purpose: together they may not have more bytes than the file.
    let mut unread = bytes.len();
    for ((offset, length), strip) in offsets.into_iter().zip(lengths).zip(1..) {
        let end = height.min(rows.saturating_mul(strip)) as usize;
        fax.end = fax.width.saturating_mul(end);
        let from = usize::try_from(offset).map_err(damaged)?;
        let to = from.saturating_add(usize::try_from(length).map_err(damaged)?).min(bytes.len());
        let strip = bytes.get(from..to).unwrap_or_default();
        let mut strip = strip.get(..unread).unwrap_or(strip).to_vec();
        unread -= strip.len();
        if is_reversed {
            strip.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        let left = (end - (fax.pixels.len() / fax.width.max(1)).min(end)) as u32;
        if left == 0 {
            break;
        }
        let settings = DecodeSettings { columns: width, rows: left, ..settings };
        // Rows that are missing of a cut or damaged strip stay white.
        let _ = hayro_ccitt::decode(&strip, &mut fax, &mut DecoderContext::new(settings));
        fax.pixels.resize(fax.end, 255);
    }
    Grey::new(width as usize, height as usize, fax.pixels).ok_or_else(|| wrong(PictureFault::FewerPixels))
}

fn tiff_page(decoder: &mut Decoder<'_>, width: usize, height: usize, has_palette: bool) -> Result<Grey> {
    let color = decoder.colortype().map_err(damaged)?;
    let palette = if has_palette { decoder.get_tag_u16_vec(Tag::ColorMap).map_err(damaged)? } else { Vec::new() };
    let is_planar = decoder.find_tag_unsigned::<u32>(Tag::PlanarConfiguration).map_err(damaged)? == Some(2);
    let mut samples = DecodingResult::U8(Vec::new());
    decoder.read_image_to_buffer(&mut samples).map_err(damaged)?;
    // Of each sample the highest eight bits.
    let samples: Vec<u8> = match samples {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        DecodingResult::U32(samples) => samples.into_iter().map(|sample| (sample >> 24) as u8).collect(),
        DecodingResult::F32(samples) => samples.into_iter().map(|sample| (sample * 255.0).round() as u8).collect(),
        _ => return Err(wrong(PictureFault::Colours)),
    };
    let samples = match (color.num_samples() as usize, is_planar) {
        (planes @ 2.., true) => interleaved(&samples, planes),
        _ => samples,
    };
    let pixels = match color {
        ColorType::Gray(bits @ (1 | 2 | 4)) => unpacked(&samples, width, bits, &palette),
        ColorType::Gray(8) if has_palette => in_colours(&samples, &palette),
        ColorType::Gray(_) => samples,
        ColorType::GrayA(_) | ColorType::Multiband { num_samples: 2, .. } => Colours::GreyAlpha.greys(samples),
        ColorType::RGB(_) => Colours::Rgb.greys(samples),
        ColorType::RGBA(_) => Colours::RgbAlpha.greys(samples),
        ColorType::CMYK(_) => Colours::Cmyk.greys(samples),
        // The first of three is the light.
        ColorType::YCbCr(_) | ColorType::Lab(_) => samples.into_iter().step_by(3).collect(),
        _ => return Err(wrong(PictureFault::Colours)),
    };
    Grey::new(width, height, pixels).ok_or_else(|| wrong(PictureFault::FewerPixels))
}

/// Samples of planes, one after the other -> those of pixels.
fn interleaved(samples: &[u8], planes: usize) -> Vec<u8> {
    let length = samples.len() / planes;
    let pixel = |at: usize| samples.iter().skip(at).step_by(length.max(1)).take(planes);
    (0..length).flat_map(pixel).copied().collect()
}

/// Places in a palette -> greys. It has all reds, then all greens, then all blues, in 16 bits.
fn in_colours(places: &[u8], palette: &[u16]) -> Vec<u8> {
    let count = palette.len() / 3;
    let colours =
        (0..count).flat_map(|at| palette.iter().skip(at).step_by(count).take(3)).map(|part| (part >> 8) as u8);
    let greys = Colours::Rgb.greys(colours.collect());
    places.iter().map(|place| greys.get(usize::from(*place)).copied().unwrap_or(255)).collect()
}

/// Rows of samples of one, two or four bits, each row filled up to a byte -> greys.
fn unpacked(bytes: &[u8], width: usize, bits: u8, palette: &[u16]) -> Vec<u8> {
    let most = u8::MAX >> (8 - bits);
    let per_byte = usize::from(8 / bits);
    let sample = |byte: u8, at: usize| byte >> (8 - usize::from(bits) * (at + 1)) & most;
    let row = |row: &[u8]| -> Vec<u8> {
        row.iter().flat_map(|byte| (0..per_byte).map(|at| sample(*byte, at))).take(width).collect()
    };
    let samples: Vec<u8> = bytes.chunks(width.div_ceil(per_byte).max(1)).flat_map(row).collect();
    if palette.is_empty() {
        samples.into_iter().map(|sample| sample * (u8::MAX / most)).collect()
    } else {
        in_colours(&samples, palette)
    }
}
