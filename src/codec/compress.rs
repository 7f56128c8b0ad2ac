//! Text recoding and Zstandard, in and out (format.md, sections 1.1 and 1.2). The one file that names the zstd crate.

use std::sync::LazyLock;

use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer};
use zstd::zstd_safe::{CParameter, DParameter, FrameFormat};

use crate::error::fault::ContentFault;
use crate::error::{Error, Result};

/// How the content is coded: the envelope's *coding*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Stored,
    /// A Zstandard frame.
    Zstandard,
    /// Recoded text in a Zstandard frame.
    Recoded,
}

impl Coding {
    /// The number that stands in the envelope.
    pub fn id(self) -> u8 {
        match self {
            Coding::Stored => 0,
            Coding::Zstandard => 1,
            Coding::Recoded => 2,
        }
    }

    /// The coding behind a number of the envelope.
    ///
    /// # Errors
    /// [`Error::NewerReader`] for numbers that this version does not know.
    pub fn from_id(id: u8) -> Result<Self> {
        match id {
            0 => Ok(Coding::Stored),
            1 => Ok(Coding::Zstandard),
            2 => Ok(Coding::Recoded),
            found => Err(Error::NewerReader { field: "coding", found }),
        }
    }
}

const LEVEL: i32 = 22;
/// Greatest window, as a power of two: 16 MiB.
const MAX_WINDOW_LOG: u32 = 24;
/// Texts up to this length are tried with several match finders; for longer ones the gain is lost in the noise.
const TRY_HARDER_BELOW: usize = 256 * 1024;

/// Codes a content, with whichever coding gives the fewest bytes.
pub fn encode(content: &[u8]) -> Result<(Coding, Vec<u8>)> {
    let mut best = (Coding::Stored, content.to_vec());
    let mut offer = |coding: Coding, coded: Vec<u8>| {
        if coded.len() < best.1.len() {
            best = (coding, coded);
        }
    };
    offer(Coding::Zstandard, compress(content)?);
    if let Ok(text) = std::str::from_utf8(content)
        && !text.is_ascii()
    {
        let recoded = recode(text);
        if recoded.len() < content.len() {
            offer(Coding::Recoded, compress(&recoded)?);
        }
    }
    Ok(best)
}

/// Decodes a coded content of exactly `length` bytes; never allocates more than a small multiple of `length`.
///
/// # Errors
/// [`Error::CodedContent`].
pub fn decode(coding: Coding, coded: &[u8], length: usize) -> Result<Vec<u8>> {
    let content = match coding {
        Coding::Stored => coded.to_vec(),
        Coding::Zstandard => decompress(coded, length)?,
        Coding::Recoded => restore(&decompress(coded, length.saturating_mul(2))?, length)?,
    };
    if content.len() == length { Ok(content) } else { Err(Error::CodedContent { why: ContentFault::Length }) }
}

fn failed<E>(_: E) -> Error {
    Error::CodedContent { why: ContentFault::Zstandard }
}

/// One magicless Zstandard frame without checksum and content size.
fn compress(data: &[u8]) -> Result<Vec<u8>> {
    let mut best = compress_with(data, None)?;
    if data.len() <= TRY_HARDER_BELOW {
        for min_match in 3..=5 {
            let candidate = compress_with(data, Some(min_match))?;
            if candidate.len() < best.len() {
                best = candidate;
            }
        }
    }
    Ok(best)
}

fn compress_with(data: &[u8], min_match: Option<u32>) -> Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(LEVEL).map_err(failed)?;
    let mut set = |parameter| compressor.set_parameter(parameter).map_err(failed);
    set(CParameter::Format(FrameFormat::Magicless))?;
    set(CParameter::ContentSizeFlag(false))?;
    set(CParameter::ChecksumFlag(false))?;
    set(CParameter::DictIdFlag(false))?;
    if let Some(min_match) = min_match {
        set(CParameter::MinMatch(min_match))?;
    }
    if data.len() > 1 << MAX_WINDOW_LOG {
        set(CParameter::WindowLog(MAX_WINDOW_LOG))?;
    }
    compressor.compress(data).map_err(failed)
}

/// Decodes one magicless frame that is all of `data`, to at most `max` bytes.
fn decompress(data: &[u8], max: usize) -> Result<Vec<u8>> {
    let mut decoder = Decoder::new().map_err(failed)?;
    decoder.set_parameter(DParameter::Format(FrameFormat::Magicless)).map_err(failed)?;
    decoder.set_parameter(DParameter::WindowLogMax(MAX_WINDOW_LOG)).map_err(failed)?;
    let mut input = InBuffer::around(data);
    let mut out = Vec::new();
    let mut chunk = vec![0u8; 64 * 1024];
    loop {
        let mut buffer = OutBuffer::around(chunk.as_mut_slice());
        let before = input.pos();
        let hint =
            decoder.run(&mut input, &mut buffer).map_err(|_| Error::CodedContent { why: ContentFault::NoFrame })?;
        let made = buffer.as_slice();
        if out.len() + made.len() > max {
            return Err(Error::CodedContent { why: ContentFault::TooLong });
        }
        out.extend_from_slice(made);
        if hint == 0 {
            break;
        }
        if made.is_empty() && input.pos() == before {
            return Err(Error::CodedContent { why: ContentFault::Cut });
        }
    }
    if input.pos() == data.len() { Ok(out) } else { Err(Error::CodedContent { why: ContentFault::Rest }) }
}

/// Marks a character that has no byte of its own; followed by its UTF-8.
const ESCAPE: u8 = 0x10;

/// The characters of the bytes 0x80 to 0xFF, in order.
#[rustfmt::skip]
const TABLE: [char; 128] = [
    '\u{0621}', '\u{0622}', '\u{0623}', '\u{0624}', '\u{0625}', '\u{0626}', '\u{0627}', '\u{0628}',
    '\u{0629}', '\u{062A}', '\u{062B}', '\u{062C}', '\u{062D}', '\u{062E}', '\u{062F}', '\u{0630}',
    '\u{0631}', '\u{0632}', '\u{0633}', '\u{0634}', '\u{0635}', '\u{0636}', '\u{0637}', '\u{0638}',
    '\u{0639}', '\u{063A}', '\u{0641}', '\u{0642}', '\u{0643}', '\u{0644}', '\u{0645}', '\u{0646}',
    '\u{0647}', '\u{0648}', '\u{0649}', '\u{064A}', '\u{064B}', '\u{064C}', '\u{064D}', '\u{064E}',
    '\u{064F}', '\u{0650}', '\u{0651}', '\u{0652}', '\u{0653}', '\u{0654}', '\u{0670}', '\u{0640}',
    '\u{067E}', '\u{0686}', '\u{0698}', '\u{06A9}', '\u{06AF}', '\u{06CC}', '\u{06C0}', '\u{0695}',
    '\u{06B5}', '\u{06C6}', '\u{06CE}', '\u{06D5}', '\u{06BE}', '\u{06A4}', '\u{06F0}', '\u{06F1}',
    '\u{06F2}', '\u{06F3}', '\u{06F4}', '\u{06F5}', '\u{06F6}', '\u{06F7}', '\u{06F8}', '\u{06F9}',
    '\u{0660}', '\u{0661}', '\u{0662}', '\u{0663}', '\u{0664}', '\u{0665}', '\u{0666}', '\u{0667}',
    '\u{0668}', '\u{0669}', '\u{060C}', '\u{061B}', '\u{061F}', '\u{066A}', '\u{066B}', '\u{066C}',
    '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{00AB}', '\u{00BB}', '\u{2013}', '\u{2014}',
    '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2026}', '\u{2022}', '\u{00A0}', '\u{00B7}',
    '\u{00B0}', '\u{00D7}', '\u{2039}', '\u{203A}', '\u{0259}', '\u{018F}', '\u{015F}', '\u{015E}',
    '\u{00E7}', '\u{00C7}', '\u{011F}', '\u{011E}', '\u{0131}', '\u{0130}', '\u{00F6}', '\u{00D6}',
    '\u{00FC}', '\u{00DC}', '\u{00EA}', '\u{00CA}', '\u{00EE}', '\u{00CE}', '\u{00FB}', '\u{00DB}',
];

/// The table sorted by character, to look bytes up.
static BYTES: LazyLock<Vec<(char, u8)>> = LazyLock::new(|| {
    let mut bytes: Vec<(char, u8)> = TABLE.iter().copied().zip(0x80..=0xFF).collect();
    bytes.sort_unstable();
    bytes
});

fn byte_of(character: char) -> Option<u8> {
    if character.is_ascii() {
        return u8::try_from(u32::from(character)).ok().filter(|byte| *byte != ESCAPE);
    }
    let at = BYTES.binary_search_by_key(&character, |entry| entry.0).ok()?;
    BYTES.get(at).map(|entry| entry.1)
}

/// Text -> recoded text. Lossless for any text.
fn recode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for character in text.chars() {
        match byte_of(character) {
            Some(byte) => out.push(byte),
            None => {
                out.push(ESCAPE);
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    out
}

/// Recoded text -> UTF-8 of at most `max` bytes.
fn restore(recoded: &[u8], max: usize) -> Result<Vec<u8>> {
    let wrong = Error::CodedContent { why: ContentFault::Recoded };
    let mut out = Vec::with_capacity(max.min(recoded.len() * 2));
    let mut rest = recoded;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let character = if byte == ESCAPE {
            let character = first_character(rest).filter(|c| byte_of(*c).is_none()).ok_or_else(|| wrong.clone())?;
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            character
        } else if byte.is_ascii() {
            char::from(byte)
        } else {
            *TABLE.get(usize::from(byte & 0x7F)).ok_or_else(|| wrong.clone())?
        };
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        if out.len() > max {
            return Err(Error::CodedContent { why: ContentFault::TooLong });
        }
    }
    Ok(out)
}

fn first_character(bytes: &[u8]) -> Option<char> {
    let head = bytes.get(..bytes.len().min(4))?;
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
    };
    valid.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_is_the_one_in_the_specification() {
        let specification = include_str!("format.md");
        let mut rows = 0;
        for (row, characters) in (0x80..=0xF8).step_by(8).zip(TABLE.chunks(8)) {
            let codes: Vec<String> = characters.iter().map(|c| format!("{:04X}", u32::from(*c))).collect();
            let line = format!("{row:02X}  {}", codes.join(" "));
            assert!(specification.contains(&line), "{line}");
            rows += 1;
        }
        assert_eq!(rows, 16);
        assert_eq!(BYTES.windows(2).filter(|pair| pair[0].0 == pair[1].0).count(), 0, "a character stands twice");
    }

    #[test]
    fn recoding_refuses_other_spellings() {
        for wrong in [&[ESCAPE][..], &[ESCAPE, b'a'], &[ESCAPE, 0xD8], &[ESCAPE, 0xD8, 0xA7], &[ESCAPE, 0xFF]] {
            assert!(restore(wrong, 100).is_err(), "{wrong:?}");
        }
        assert_eq!(restore(&[ESCAPE, 0x10, b'a', 0xB3], 100).unwrap(), "\u{10}aک".as_bytes());
    }

    #[test]
    fn a_bomb_is_stopped_at_the_length_promised() {
        let bomb = compress(&vec![0; 10_000_000]).unwrap();
        assert!(bomb.len() < 2_000);
        assert_eq!(decompress(&bomb, 1_000_000), Err(Error::CodedContent { why: ContentFault::TooLong }));
    }

    #[test]
    fn frames_with_a_tail_or_cut_short_are_refused() {
        let coded = compress(b"a letter, a letter, a letter").unwrap();
        let mut twice = coded.clone();
        twice.extend_from_slice(&coded);
        assert!(decompress(&twice, 1000).is_err());
        for cut in 0..coded.len() {
            assert!(decompress(&coded[..cut], 1000).is_err(), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_recoding(text in any::<String>()) {
            prop_assert_eq!(restore(&recode(&text), text.len()).unwrap(), text.as_bytes());
        }

        #[test]
        fn what_is_restored_recodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(text) = restore(&bytes, 1000) {
                prop_assert_eq!(recode(std::str::from_utf8(&text).unwrap()), bytes);
            }
        }

        #[test]
        fn any_content_comes_back(content in prop::collection::vec(any::<u8>(), 1..400)) {
            let (coding, coded) = encode(&content).unwrap();
            prop_assert_eq!(decode(coding, &coded, content.len()).unwrap(), content);
        }

        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), coding in 0u8..3) {
            let _ = decode(Coding::from_id(coding).unwrap(), &bytes, 100);
        }
    }
}
