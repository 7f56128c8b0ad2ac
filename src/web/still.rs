//! An envelope -> a show without scripts, for viewers that run none, such as a phone's file preview: an SVG element
//! that moves one tall picture of all codes by one code at a time (SMIL animation), which needs no permission of the
//! page's policy.

use super::show::Show;
use crate::codec::envelope::Envelope;
use crate::codec::rfc4648;
use crate::optics::qr::{QrCode, QrVersion};

/// QR version of its codes: phones read it off phones.
const VERSION: u8 = 16;
/// Codes a second, as in `screen.gif`.
const PACE: f32 = 6.0;
/// Most codes: a longer round nobody would film.
const MAX_CODES: usize = 300;
/// Bytes of a BMP's headers and its two colours.
const HEADERS: u32 = 62;

/// The show of an envelope as an `svg` element: twice as many codes as are needed, where a round has as many; `None`
/// for an envelope that is too large.
pub fn still(envelope: &Envelope) -> Option<String> {
    let mut show = Show::new(envelope.clone(), QrVersion::new(VERSION).ok()?).ok()?;
    let count = show.frames().min(2 * show.sufficient());
    if count > MAX_CODES {
        return None;
    }
    let codes: Vec<QrCode> = (0..count).map(|_| show.next_code()).collect::<Result<_, _>>().ok()?;
    let side = show.version().modules() + 2 * QrCode::QUIET_ZONE;
    let picture = rfc4648::encode(&bmp(&codes, side));
    let places: Vec<String> = (0..count).map(|at| format!("0 -{}", at * side)).collect();
    Some(format!(
        "<svg viewBox=\"0 0 {side} {side}\"><image width=\"{side}\" height=\"{}\" image-rendering=\"pixelated\" \
         href=\"data:image/bmp;base64,{picture}\"><animateTransform attributeName=\"transform\" type=\"translate\" calcMode=\"discrete\" \
         values=\"{}\" dur=\"{:.2}s\" repeatCount=\"indefinite\"></animateTransform></image></svg>",
        count * side,
        places.join(";"),
        count as f32 / PACE,
    ))
}

/// Codes one below the other with their quiet zones, `side` modules on a side, a pixel a module: a BMP of one bit a
/// pixel, which every browser reads and nothing has to pack.
fn bmp(codes: &[QrCode], side: usize) -> Vec<u8> {
    let (width, height) = (side as u32, (side * codes.len()) as u32);
    let row_bytes = side.div_ceil(32) * 4;
    let size = HEADERS + height * row_bytes as u32;
    let mut bytes = b"BM".to_vec();
    for number in [size, 0, HEADERS, 40, width, height, 1 | 1 << 16, 0, 0, 0, 0, 2, 0, 0x00FF_FFFF, 0] {
        bytes.extend(number.to_le_bytes());
    }
    let blank = || std::iter::repeat_n(vec![0; row_bytes], QrCode::QUIET_ZONE);
    let rows =
        codes.iter().flat_map(|code| blank().chain(code.rows().map(|row| packed(row, row_bytes))).chain(blank()));
    // A BMP begins with its lowest row.
    let rows: Vec<Vec<u8>> = rows.collect();
    bytes.extend(rows.iter().rev().flatten());
    bytes
}

/// A row of modules, one bit each, the first the highest; dark is 1.
fn packed(row: &[bool], row_bytes: usize) -> Vec<u8> {
    let mut bits = vec![false; QrCode::QUIET_ZONE];
    bits.extend(row);
    bits.resize(8 * row_bytes, false);
    bits.chunks(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | u8::from(*bit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::letter::Letter;
    use crate::optics::raster::Grey;
    use crate::optics::scan::scan;
    use crate::web::collector::Collector;

    fn sealed(bytes: usize) -> Envelope {
        // Nothing that could be packed (xorshift).
        let mut state = 1u32;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8 | 128
        };
        let content = (0..bytes).map(|_| next()).collect();
        Envelope::seal(&Letter::new(content, "a").unwrap()).unwrap()
    }

    #[test]
    fn half_of_its_codes_give_the_letter() {
        let envelope = sealed(6_000);
        let svg = still(&envelope).unwrap();
        let part = |from: &str, to: &str| svg.split(from).nth(1).unwrap().split(to).next().unwrap().to_owned();
        let side: usize = part("0 0 ", " ").parse().unwrap();
        let bytes = rfc4648::decode(&part("base64,", "\"")).unwrap();
        let row_bytes = side.div_ceil(32) * 4;
        let bits: Vec<u8> = bytes[HEADERS as usize..]
            .rchunks(row_bytes)
            .flat_map(|row| (0..side).map(|x| if row[x / 8] << (x % 8) & 128 > 0 { 0 } else { 255 }))
            .collect();
        let codes = bits.len() / side / side;
        assert_eq!(part("values=\"", "\"").split(';').count(), codes);
        let mut reading = Collector::default();
        for at in (0..codes).step_by(2) {
            let code = Grey::new(side, side, bits[at * side * side..][..side * side].to_vec()).unwrap();
            reading.code(&scan(&code.doubled().doubled())[0].bytes);
        }
        assert_eq!(reading.settle(), [envelope.object_id()]);
    }

    #[test]
    fn a_letter_that_takes_minutes_has_none() {
        assert!(still(&sealed(400_000)).is_none());
    }
}
