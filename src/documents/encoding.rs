//! Texts in old encodings -> UTF-8. The one file that names encoding_rs and chardetng.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that are examined to guess the encoding of a text without a byte order mark.
const LOOKED_AT: usize = 64 * 1024;

/// A text in UTF-8 or, where that is said by a byte order mark, in UTF-16; nothing where it is neither.
pub(super) fn unicode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let encoding = Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding);
    let (text, _, has_errors) = encoding.decode(bytes);
    (!has_errors).then_some(text)
}

/// A text in another encoding than UTF-8, and that encoding's name; nothing where it is in UTF-8, or no text.
/// `is_named_text` says whether the file's name claims that it is one.
pub(super) fn decoded(bytes: &[u8], is_named_text: bool) -> Option<(String, &'static str)> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let (text, _, has_errors) = encoding.decode(bytes);
        return (!has_errors && !text.contains('\0')).then(|| (text.into_owned(), encoding.name()));
    }
    if let Some(found) = utf16(bytes) {
        return Some(found);
    }
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0xE..=0x1A | 0x1C..=0x1F | 0x7F);
    let is_pdf = bytes.starts_with(b"%PDF-");
    if is_pdf || std::str::from_utf8(bytes).is_ok() || bytes.iter().any(is_control) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..LOOKED_AT).unwrap_or(bytes), bytes.len() <= LOOKED_AT);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _, has_errors) = encoding.decode(bytes);
    (!has_errors && reads_as_text(&text, is_named_text)).then(|| (text.into_owned(), encoding.name()))
}

/// UTF-16 without a byte order mark: half of its bytes, every other, are those of one or two scripts.
fn utf16(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let high = usize::from(encoding == UTF_16LE);
        let of_scripts =
            looked_at.chunks_exact(2).filter(|pair| matches!(pair.get(high), Some(0 | 3..=6 | 0x20))).count();
        let is_plain = looked_at.chunks_exact(2).any(|pair| pair.get(high) == Some(&0));
        if !is_plain || of_scripts * 20 < looked_at.len() / 2 * 19 {
            return None;
        }
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        (!has_errors && reads_as_text(&text, false)).then(|| (text.into_owned(), encoding.name()))
    })
}

/// Whether it is made of letters, digits and spaces for the most part, without control characters.
fn reads_as_text(text: &str, is_named_text: bool) -> bool {
    let (mut plain, mut all) = (0usize, 0usize);
    for character in text.chars() {
        if character.is_control() && !character.is_whitespace() && character != '\u{1B}' {
            return false;
        }
        all += 1;
        plain += usize::from(character.is_alphanumeric() || character.is_whitespace());
    }
    is_named_text || plain * 10 > all * 7
}

/// Bytes in a code page of Windows or a Macintosh, as text.
pub(super) fn of_code_page(bytes: &[u8], code_page: u32) -> String {
    let label = match code_page {
        437 | 850 | 1252 => "windows-1252",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10000 => "macintosh",
        65001 => "utf-8",
        1250..=1258 => &format!("windows-{code_page}"),
        _ => "windows-1252",
    };
    let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str =
        "کارگران عزيز، اين نامه را بخوانيد و به ديگران برسانيد. فردا ساعت ده صبح جلوي در كارخانه جمع ميشويم.";

    #[test]
    fn old_encodings_are_found_by_what_they_say() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(LETTER);
        assert_eq!(decoded(&bytes, true).unwrap(), (LETTER.to_owned(), "windows-1256"));
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(decoded(&utf16(LETTER), false).unwrap(), (LETTER.to_owned(), "UTF-16LE"));
        assert_eq!(decoded(&utf16(&format!("\u{FEFF}{LETTER}")), false).unwrap().0, LETTER);
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, "Дорогие друзья, прочтите это письмо и передайте его дальше."),
            (
                encoding_rs::WINDOWS_1252,
                "Liebe Kolleginnen und Kollegen, größer werden wir nur gemeinsam: kommt für uns alle!",
            ),
            (
                encoding_rs::WINDOWS_1254,
                "Değerli işçiler, bu mektubu okuyun ve başkalarına da ulaştırın, çünkü ağ kapalı.",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decoded(&bytes, true).unwrap().0, text);
        }
    }

    #[test]
    fn files_are_no_texts() {
        assert!(decoded(LETTER.as_bytes(), true).is_none());
        assert!(decoded(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", false).is_none());
        let noise: Vec<u8> = (0..4_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decoded(&noise, false).is_none() && decoded(&noise, true).is_none());
        assert!(utf16(&noise).is_none() && utf16(b"plain text in ASCII.").is_none());
    }
}
