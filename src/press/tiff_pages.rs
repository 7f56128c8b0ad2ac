//! TIFF files -> grey pictures. The one file that names the crate `tiff`.

use std::io::Cursor;

use tiff::ColorType;
use tiff::decoder::{Decoder as TiffDecoder, DecodingResult, Limits};

use super::budget::{Allowance, Budget, MAX_ALLOCATION};
use super::grey::{Taker, ground, luma, over, wrong};
use crate::error::Result;
use crate::optics::raster::Grey;

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
        take(Some(number), tiff_page(&mut decoder, width as usize, height as usize));
        if !decoder.more_images() {
            return Ok(());
        }
        decoder.next_image().map_err(wrong)?;
    }
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
