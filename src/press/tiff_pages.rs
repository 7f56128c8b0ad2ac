//! TIFF files -> grey pictures. The one file that names the crates `tiff` and `fax`.

use std::io::Cursor;

use fax::Color;
use fax::decoder::{decode_g3, decode_g4, pels};
use tiff::ColorType;
use tiff::decoder::{Decoder as TiffDecoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::budget::{Allowance, Budget, MAX_ALLOCATION};
use super::grey::{Taker, ground, luma, over, wrong};
use crate::error::Result;
use crate::optics::raster::Grey;

/// The tag of how a fax by Group 3 was coded.
const T4_OPTIONS: u16 = 292;

/// Takes each picture of a TIFF file.
///
/// # Errors
/// As for every picture file.
pub fn read(bytes: &[u8], allowance: Allowance, take: &mut Taker<'_>) -> Result<()> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_ALLOCATION).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    let mut decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(wrong)?.with_limits(limits);
    let mut budget = Budget::new(allowance);
    loop {
        let (width, height) = decoder.dimensions().map_err(wrong)?;
        let number = budget.spend(width.into(), height.into())?;
        let page = match faxed(&mut decoder)? {
            Some(faxed) => fax_page(bytes, &mut decoder, &faxed, width, height),
            None => tiff_page(&mut decoder, width as usize, height as usize),
        };
        take(Some(number), page);
        if !decoder.more_images() {
            return Ok(());
        }
        decoder.next_image().map_err(wrong)?;
    }
}

/// How a page was faxed, where the crate `tiff` does not read it: by Group 3, or with the bits of each byte the other way around (TIFF 6.0, section 11).
struct Faxed {
    is_group_3: bool,
    is_reversed: bool,
}

fn faxed(decoder: &mut TiffDecoder<Cursor<&[u8]>>) -> Result<Option<Faxed>> {
    let mut number = |tag| decoder.find_tag_unsigned::<u32>(tag).map(Option::unwrap_or_default).map_err(wrong);
    let (compression, fill_order) = (number(Tag::Compression)?, number(Tag::FillOrder)?);
    let faxed = Faxed { is_group_3: compression == 3, is_reversed: fill_order == 2 };
    // Lines coded by the ones above them.
    if faxed.is_group_3 && number(Tag::Unknown(T4_OPTIONS))? & 1 == 1 {
        return Err(wrong("it is a fax of two dimensions"));
    }
    Ok((faxed.is_group_3 || compression == 4 && faxed.is_reversed).then_some(faxed))
}

/// A page of strips of fax lines, each of which begins with white.
fn fax_page(
    bytes: &[u8],
    decoder: &mut TiffDecoder<Cursor<&[u8]>>,
    faxed: &Faxed,
    width: u32,
    height: u32,
) -> Result<Grey> {
    let columns = u16::try_from(width).map_err(wrong)?;
    let offsets = decoder.get_tag_u64_vec(Tag::StripOffsets).map_err(wrong)?;
    let lengths = decoder.get_tag_u64_vec(Tag::StripByteCounts).map_err(wrong)?;
    let rows =
        decoder.find_tag_unsigned::<u32>(Tag::RowsPerStrip).map_err(wrong)?.unwrap_or(height).clamp(1, height.max(1));
    let is_white_0 = decoder.get_tag_u32(Tag::PhotometricInterpretation).map_err(wrong)? == 0;
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for ((offset, length), strip) in offsets.into_iter().zip(lengths).zip(1..) {
        let end = (width as usize).saturating_mul(height.min(rows.saturating_mul(strip)) as usize);
        let from = usize::try_from(offset).map_err(wrong)?;
        let to = from.saturating_add(usize::try_from(length).map_err(wrong)?).min(bytes.len());
        let strip = bytes.get(from..to).unwrap_or_default().iter();
        let strip = strip.map(|byte| if faxed.is_reversed { byte.reverse_bits() } else { *byte });
        let line = |line: &[u16]| {
            if pixels.len() < end {
                pixels.extend(pels(line, columns).map(|pel| if (pel == Color::White) == is_white_0 { 255 } else { 0 }));
            }
        };
        if faxed.is_group_3 {
            decode_g3(strip, line)
        } else {
            decode_g4(strip, columns, None, line)
        };
        // A strip that was cut: what is missing of it is paper.
        pixels.resize(end, 255);
    }
    Grey::new(width as usize, height as usize, pixels).ok_or_else(|| wrong("it has fewer pixels than it says"))
}

fn tiff_page(decoder: &mut TiffDecoder<Cursor<&[u8]>>, width: usize, height: usize) -> Result<Grey> {
    let color = decoder.colortype().map_err(wrong)?;
    let samples: Vec<u8> = match decoder.read_image().map_err(wrong)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err(wrong("its samples are neither of 8 nor of 16 bits")),
    };
    let pixels: Vec<u8> = match color {
        ColorType::Gray(1) => unpack_bits(&samples, width),
        ColorType::Gray(8 | 16) => samples,
        ColorType::GrayA(8 | 16) => {
            let drawn = || samples.as_chunks::<2>().0.iter().map(|[grey, alpha]| (*grey, *alpha));
            let ground = ground(drawn());
            drawn().map(|(grey, alpha)| over(ground, grey, alpha)).collect()
        }
        ColorType::RGB(8 | 16) => samples.as_chunks::<3>().0.iter().map(|[r, g, b]| luma(*r, *g, *b)).collect(),
        ColorType::RGBA(8 | 16) => {
            let drawn = || samples.as_chunks::<4>().0.iter().map(|[r, g, b, alpha]| (luma(*r, *g, *b), *alpha));
            let ground = ground(drawn());
            drawn().map(|(grey, alpha)| over(ground, grey, alpha)).collect()
        }
        ColorType::CMYK(8 | 16) => {
            let ink = |white: u8, k: u8| ((255 - u32::from(white)) * (255 - u32::from(k)) / 255) as u8;
            samples.as_chunks::<4>().0.iter().map(|[c, m, y, k]| luma(ink(*c, *k), ink(*m, *k), ink(*y, *k))).collect()
        }
        _ => return Err(wrong("its colours are of a kind that is not read")),
    };
    Grey::new(width, height, pixels).ok_or_else(|| wrong("it has fewer pixels than it says"))
}

/// Rows of bits, each filled up to a byte, set bits white.
fn unpack_bits(bytes: &[u8], width: usize) -> Vec<u8> {
    let bit = |byte: &u8, at: usize| if byte >> (7 - at) & 1 == 1 { 255 } else { 0 };
    let row = |row: &[u8]| {
        row.iter().flat_map(|byte| (0..8).map(|at| bit(byte, at)).collect::<Vec<u8>>()).take(width).collect::<Vec<u8>>()
    };
    bytes.chunks(width.div_ceil(8).max(1)).flat_map(row).collect()
}
