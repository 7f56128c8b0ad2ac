//! Letter <-> envelope (format.md, section 1). Writing and parsing stand side by side, and are each other's inverse.

use sha2::{Digest, Sha256};

use super::compress::{self, Coding};
use super::letter::{Letter, MediaType};
use crate::error::{Error, Result};

/// Least bytes of an envelope.
pub const MIN_ENVELOPE: usize = 46;
/// Most bytes of an envelope: a letter that nothing compresses, and what is said about it.
pub const MAX_ENVELOPE: usize = 16 * 1024 * 1024 + 64 * 1024;
/// The version of the envelope and of the frames.
pub const VERSION: u8 = 1;

/// The first 8 bytes of the SHA-256 of an envelope; names the letter on every frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub [u8; 8]);

impl ObjectId {
    /// The id of an envelope's bytes.
    pub fn of(envelope: &[u8]) -> Self {
        let hash: [u8; 32] = Sha256::digest(envelope).into();
        let mut id = [0; 8];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        ObjectId(id)
    }

    /// From 16 lower-case hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        if digits.len() != 16 || digits.iter().any(|d| !matches!(d, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        u64::from_str_radix(hex, 16).ok().map(|number| ObjectId(number.to_be_bytes()))
    }
}

impl std::fmt::Display for ObjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The coded bytes of a letter, checked to be of a right length: the transfer object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Vec<u8>,
}

impl Envelope {
    /// Codes a letter. The same letter gives the same envelope.
    ///
    /// # Errors
    /// None that a [`Letter`] can cause; those of Zstandard running out of memory.
    pub fn seal(letter: &Letter) -> Result<Self> {
        let (coding, coded) = compress::encode(letter.content())?;
        let mut bytes = vec![VERSION, 0, 0, coding.id(), 0, letter.media_type().id()];
        bytes.extend_from_slice(&(letter.content().len() as u32).to_be_bytes());
        bytes.extend_from_slice(&Sha256::digest(letter.content()));
        for text in [letter.name(), letter.language(), letter.title()] {
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&coded);
        Self::from_bytes(bytes)
    }

    /// Takes bytes from outside. Only their length is checked: [`Envelope::open`] checks the rest.
    ///
    /// # Errors
    /// [`Error::ObjectLength`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        if (MIN_ENVELOPE..=MAX_ENVELOPE).contains(&bytes.len()) {
            Ok(Envelope { bytes })
        } else {
            Err(Error::ObjectLength { bytes: bytes.len() as u64 })
        }
    }

    /// The bytes, [`MIN_ENVELOPE`] to [`MAX_ENVELOPE`].
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The id that its frames carry.
    pub fn object_id(&self) -> ObjectId {
        ObjectId::of(&self.bytes)
    }

    /// How the content is coded.
    ///
    /// # Errors
    /// As for [`Envelope::open`].
    pub fn coding(&self) -> Result<Coding> {
        let mut reader = Reader { rest: &self.bytes };
        reader.heading()
    }

    /// Parses, decodes and checks it all, and gives the letter.
    ///
    /// # Errors
    /// [`Error::NewerReader`], [`Error::Truncated`], [`Error::FieldInvalid`], [`Error::CodedContent`],
    /// [`Error::ContentHash`], and those of [`Letter::from_parts`].
    pub fn open(&self) -> Result<Letter> {
        let mut reader = Reader { rest: &self.bytes };
        let coding = reader.heading()?;
        let media_type = MediaType::from_id(reader.u8("media type")?);
        let length = reader.u32("length")? as usize;
        if length == 0 {
            return Err(Error::FieldInvalid { field: "length" });
        }
        if length > super::letter::MAX_CONTENT {
            return Err(Error::LetterTooLarge { bytes: length as u64, max: super::letter::MAX_CONTENT as u64 });
        }
        let hash = reader.take("hash", 32)?;
        let name = reader.string("name")?;
        let language = reader.string("language")?;
        let title = reader.string("title")?;
        if reader.rest.is_empty() {
            return Err(Error::Truncated { field: "coded content" });
        }
        let content = compress::decode(coding, reader.rest, length)?;
        if Sha256::digest(&content).as_slice() != hash {
            return Err(Error::ContentHash);
        }
        Letter::from_parts(content, media_type, name, language, title)
    }
}

/// Takes fields off the front, and names the one at which the bytes end.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, field: &'static str, bytes: usize) -> Result<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(bytes).ok_or(Error::Truncated { field })?;
        self.rest = rest;
        Ok(head)
    }

    fn u8(&mut self, field: &'static str) -> Result<u8> {
        self.take(field, 1).map(|bytes| bytes.first().copied().unwrap_or_default())
    }

    fn u32(&mut self, field: &'static str) -> Result<u32> {
        self.take(field, 4).map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    fn string(&mut self, field: &'static str) -> Result<String> {
        let length = self.u8(field)?;
        let bytes = self.take(field, usize::from(length))?;
        String::from_utf8(bytes.to_vec()).map_err(|_| Error::FieldInvalid { field })
    }

    /// Version, encryption, signature, coding, dictionary.
    fn heading(&mut self) -> Result<Coding> {
        let known =
            |field, found, wanted| if found == wanted { Ok(()) } else { Err(Error::NewerReader { field, found }) };
        known("version", self.u8("version")?, VERSION)?;
        known("encryption", self.u8("encryption")?, 0)?;
        known("signature", self.u8("signature")?, 0)?;
        let coding = Coding::from_id(self.u8("coding")?)?;
        known("dictionary", self.u8("dictionary")?, 0)?;
        Ok(coding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_letter_comes_back_whole(text in "(\\PC|\n){1,300}", name in "\\PC{0,40}", title in "\\PC{0,40}") {
            let letter = Letter::new(text.into_bytes(), &name).unwrap().with_title(&title).unwrap();
            prop_assert_eq!(Envelope::seal(&letter).unwrap().open().unwrap(), letter);
        }

        #[test]
        fn any_bytes_are_opened_or_refused(bytes in prop::collection::vec(any::<u8>(), MIN_ENVELOPE..300)) {
            let _ = Envelope::from_bytes(bytes).unwrap().open();
        }

        #[test]
        fn what_opens_after_a_change_is_still_a_checked_letter(at in 0usize..100, bit in 0u8..8) {
            let letter = Letter::new("نامه‌ای کوتاه، برای آزمودن".as_bytes().to_vec(), "a.txt").unwrap();
            let mut bytes = Envelope::seal(&letter).unwrap().bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(opened) = Envelope::from_bytes(bytes).unwrap().open() {
                prop_assert_eq!(opened.content(), letter.content());
            }
        }
    }

    #[test]
    fn object_ids_have_one_spelling() {
        let id = ObjectId::of(b"abc");
        assert_eq!(id.to_string(), "ba7816bf8f01cfea");
        assert_eq!(ObjectId::from_hex("ba7816bf8f01cfea"), Some(id));
        for wrong in ["BA7816BF8F01CFEA", "ba7816bf8f01cfe", "+a7816bf8f01cfea", "ba7816bf8f01cfeaa", ""] {
            assert_eq!(ObjectId::from_hex(wrong), None, "{wrong}");
        }
    }
}
