//! BMP files that were cut on their way.

use super::budget::MAX_ALLOCATION;

/// Bytes of a header; an older one has fewer, and other fields.
const LEAST_HEADER: u32 = 40;

/// A BMP with as many white pixels as it lacks; `None` where it lacks none, or its pixels are packed.
pub(crate) fn filled_up(bytes: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (offset, width, height) = (number(10)? as usize, number(18)? as i32, number(22)? as i32);
    let (bits, compression) = (u16::from_le_bytes(bytes.get(28..30)?.try_into().ok()?), number(30)?);
    // Rows are filled up to four bytes.
    let row = (usize::try_from(width).ok()?.checked_mul(bits.into())?).div_ceil(32) * 4;
    let length = row.checked_mul(height.unsigned_abs() as usize)?.checked_add(offset)?;
    let is_plain = number(14)? >= LEAST_HEADER && matches!(compression, 0 | 3) && bits <= 32;
    if !is_plain || length as u64 > MAX_ALLOCATION || bytes.len() >= length || bytes.len() < offset {
        return None;
    }
    // The lightest colour of a palette, if there is one: four bytes each, behind the header.
    let palette = bytes.get(14 + number(14)? as usize..offset).unwrap_or_default().as_chunks::<4>().0;
    let light = |[blue, green, red, _]: &[u8; 4]| u16::from(*blue) + u16::from(*green) + u16::from(*red);
    let lightest =
        (0..=u8::MAX).zip(palette).max_by_key(|(_, colour)| light(colour)).map_or(u8::MAX, |(place, _)| place);
    let white = match bits {
        1 => lightest.min(1) * u8::MAX,
        4 => lightest.min(15) * 17,
        8 => lightest,
        _ => u8::MAX,
    };
    let mut whole = bytes.to_vec();
    whole.resize(length, white);
    Some(whole)
}
