//! Letter <-> envelope (format.md, section 1). Writing and parsing stand side by side, and are each other's inverse.

use std::sync::Arc;

use super::compress::{self, Coding};
use super::encryption::{self, Keyring, Lock};
use super::hash;
use super::letter::{Letter, MAX_CONTENT, MediaType};
use super::signature::Signature;
use super::trust::{SignatureStatus, Trust};
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
        let hash = hash::sha256(envelope);
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

/// Encryption: none, and age's.
const PLAIN: u8 = 0;
const AGE: u8 = 1;
/// Signature: none, and minisign's.
const UNSIGNED: u8 = 0;
const SIGNED: u8 = 1;

/// The coded bytes of a letter, checked to be of a right length: the transfer object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Shared: it is handed around, and may be large.
    bytes: Arc<[u8]>,
}

impl Envelope {
    /// Codes a letter. The same letter gives the same envelope.
    ///
    /// # Errors
    /// None that a [`Letter`] can cause; those of Zstandard running out of memory.
    pub fn seal(letter: &Letter) -> Result<Self> {
        Self::seal_with(letter, None)
    }

    /// Codes a letter with its signature.
    ///
    /// # Errors
    /// [`Error::SignatureFalse`] for a signature of anything else; as for [`Envelope::seal`].
    pub fn seal_signed(letter: &Letter, signature: &Signature) -> Result<Self> {
        if signature.is_of(letter) { Self::seal_with(letter, Some(signature)) } else { Err(Error::SignatureFalse) }
    }

    fn seal_with(letter: &Letter, signature: Option<&Signature>) -> Result<Self> {
        let (coding, coded) = compress::encode(letter.content())?;
        let mut bytes = vec![VERSION, PLAIN];
        match signature {
            None => bytes.push(UNSIGNED),
            Some(signature) => {
                bytes.push(SIGNED);
                bytes.extend_from_slice(&signature.to_bytes());
            }
        }
        bytes.extend_from_slice(&[coding.id(), 0, letter.media_type().id()]);
        bytes.extend_from_slice(&(letter.content().len() as u32).to_be_bytes());
        bytes.extend_from_slice(&hash::sha256(letter.content()));
        for text in [letter.name(), letter.language(), letter.title()] {
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&coded);
        Self::from_bytes(bytes)
    }

    /// The envelope in another that only those open who have the key: who signed it is hidden as well. Each time it is
    /// another one, as its keys are drawn by chance.
    ///
    /// # Errors
    /// [`Error::Recipient`] for none or too many, [`Error::FieldInvalid`] for an envelope that is encrypted already.
    pub fn encrypt(&self, lock: &Lock) -> Result<Self> {
        if self.is_encrypted() {
            return Err(Error::FieldInvalid { field: "encryption" });
        }
        let mut bytes = vec![VERSION, AGE];
        bytes.extend(encryption::encrypt(&self.bytes, lock)?);
        Self::from_bytes(bytes)
    }

    /// Whether it has to be decrypted before it is opened.
    pub fn is_encrypted(&self) -> bool {
        self.bytes.starts_with(&[VERSION, AGE])
    }

    /// Of one that a passphrase opens, how much work that takes: log2 of scrypt's N.
    pub fn work_factor(&self) -> Option<u8> {
        if self.is_encrypted() { encryption::work_factor(self.bytes.get(2..)?) } else { None }
    }

    /// The envelope inside, which is not encrypted; of one that is not, the same.
    ///
    /// # Errors
    /// [`Error::Locked`] where nothing in the keyring opens it, [`Error::Encryption`], [`Error::ObjectLength`], and
    /// [`Error::FieldInvalid`] where the one inside is encrypted again.
    pub fn decrypt(&self, keys: &Keyring) -> Result<Self> {
        if !self.is_encrypted() {
            return Ok(self.clone());
        }
        let file = self.bytes.get(2..).unwrap_or_default();
        let inside = Self::from_bytes(encryption::decrypt(file, keys, MAX_ENVELOPE)?.to_vec())?;
        if inside.is_encrypted() { Err(Error::FieldInvalid { field: "encryption" }) } else { Ok(inside) }
    }

    /// Whether bytes begin as those of an envelope do: no text, and next to no other file, does.
    pub fn begins(bytes: &[u8]) -> bool {
        match bytes {
            [VERSION, PLAIN, UNSIGNED | SIGNED, ..] => true,
            [VERSION, AGE, rest @ ..] => rest.starts_with(encryption::MAGIC),
            _ => false,
        }
    }

    /// Takes bytes from outside. Only their length is checked: [`Envelope::open`] checks the rest.
    ///
    /// # Errors
    /// [`Error::ObjectLength`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        if (MIN_ENVELOPE..=MAX_ENVELOPE).contains(&bytes.len()) {
            Ok(Envelope { bytes: bytes.into() })
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

    /// The bytes that its letter will have, as it says itself; none where it does not say so, or is encrypted.
    pub fn promised_length(&self) -> u64 {
        let length = || -> Result<u32> {
            let mut reader = Cursor { rest: &self.bytes };
            reader.known("version", VERSION)?;
            reader.known("encryption", PLAIN)?;
            reader.signature()?;
            reader.take("coding, dictionary, media type", 3)?;
            reader.u32("length")
        };
        length().map_or(0, u64::from)
    }

    /// Parses, decodes and checks it all, and says who wrote it, as far as those who are trusted tell. There is no
    /// other way to the letter.
    ///
    /// # Errors
    /// [`Error::Locked`] for an envelope that is encrypted; [`Error::NewerReader`], [`Error::Truncated`],
    /// [`Error::FieldInvalid`], [`Error::CodedContent`], [`Error::ContentHash`], and those of [`Letter::from_parts`]. A
    /// false signature is none of them: see [`Opened::letter`].
    pub fn open(&self, trust: &Trust) -> Result<Opened> {
        let mut reader = Cursor { rest: &self.bytes };
        reader.known("version", VERSION)?;
        if self.is_encrypted() {
            let by_passphrase = self.work_factor().is_some();
            return Err(Error::Locked { by_passphrase, tried: false });
        }
        reader.known("encryption", PLAIN)?;
        let signature = reader.signature()?;
        let coding = Coding::from_id(reader.u8("coding")?)?;
        reader.known("dictionary", 0)?;
        let media_type = MediaType::from_id(reader.u8("media type")?);
        let length = reader.u32("length")? as usize;
        if length == 0 {
            return Err(Error::FieldInvalid { field: "length" });
        }
        if length > MAX_CONTENT {
            return Err(Error::LetterTooLarge { bytes: length as u64, max: MAX_CONTENT as u64 });
        }
        let promised = reader.take("hash", 32)?;
        let name = reader.string("name")?;
        let language = reader.string("language")?;
        let title = reader.string("title")?;
        if reader.rest.is_empty() {
            return Err(Error::Truncated { field: "coded content" });
        }
        let content = compress::decode(coding, reader.rest, length)?;
        if hash::sha256(&content) != promised {
            return Err(Error::ContentHash);
        }
        let letter = Letter::from_parts(content, media_type, name, language, title)?;
        let answer = match signature {
            None => SignatureStatus::Unsigned,
            Some(signature) => {
                let key = signature.key();
                match trust.find(&key) {
                    _ if !signature.is_of(&letter) => SignatureStatus::False { key },
                    Some((key, name)) => SignatureStatus::Trusted { key, name: name.to_owned() },
                    None => SignatureStatus::Unknown { key },
                }
            }
        };
        Ok(Opened { answer, signature, letter })
    }
}

/// A letter out of its envelope, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    answer: SignatureStatus,
    signature: Option<Signature>,
    letter: Letter,
}

impl Opened {
    /// Who wrote the letter, as far as can be known.
    pub fn signature_status(&self) -> &SignatureStatus {
        &self.answer
    }

    /// The letter, unless its signature is false.
    ///
    /// # Errors
    /// [`Error::SignatureFalse`].
    pub fn letter(&self) -> Result<&Letter> {
        match self.answer {
            SignatureStatus::False { .. } => Err(Error::SignatureFalse),
            SignatureStatus::Trusted { .. } | SignatureStatus::Unknown { .. } | SignatureStatus::Unsigned => {
                Ok(&self.letter)
            }
        }
    }

    /// The letter, whatever its signature is: for those who have been told that it is false, and want to see it all the
    /// same.
    pub fn letter_even_if_false(&self) -> &Letter {
        &self.letter
    }

    /// Minisign's file of the signature, where there is one and it is true.
    pub fn signature_file(&self) -> Option<String> {
        let (letter, key) = (self.letter().ok()?, self.answer.key()?);
        self.signature.map(|signature| signature.to_file(letter, key))
    }
}

/// Takes fields off the front, and names the one at which the bytes end.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
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

    /// A field that has one value in this version.
    fn known(&mut self, field: &'static str, wanted: u8) -> Result<()> {
        let found = self.u8(field)?;
        if found == wanted { Ok(()) } else { Err(Error::NewerReader { field, found }) }
    }

    fn signature(&mut self) -> Result<Option<Signature>> {
        match self.u8("signature")? {
            UNSIGNED => Ok(None),
            SIGNED => {
                let cut = Error::Truncated { field: "signature" };
                let (bytes, rest) = self.rest.split_first_chunk().ok_or(cut)?;
                self.rest = rest;
                Ok(Some(Signature::from_bytes(bytes)))
            }
            found => Err(Error::NewerReader { field: "signature", found }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::codec::keys::SecretKey;

    fn opened(envelope: &Envelope) -> Result<Opened> {
        envelope.open(&Trust::nobody())
    }

    fn key() -> SecretKey {
        SecretKey::of_chance(&[5; 40])
    }

    proptest! {
        #[test]
        fn a_letter_comes_back_whole(text in "(\\PC|\n){1,300}", name in "\\PC{0,40}", title in "\\PC{0,40}") {
            let letter = Letter::new(text.into_bytes(), &name).unwrap().with_title(&title).unwrap();
            let unsigned = opened(&Envelope::seal(&letter).unwrap()).unwrap();
            prop_assert_eq!(unsigned.signature_status(), &SignatureStatus::Unsigned);
            prop_assert_eq!(unsigned.letter().unwrap(), &letter);
            let signed = Envelope::seal_signed(&letter, &Signature::of(&letter, &key())).unwrap();
            let opened = opened(&signed).unwrap();
            prop_assert_eq!(opened.signature_status(), &SignatureStatus::Unknown { key: key().public() });
            prop_assert_eq!(opened.letter().unwrap(), &letter);
        }

        #[test]
        fn any_bytes_are_opened_or_refused(bytes in prop::collection::vec(any::<u8>(), MIN_ENVELOPE..300)) {
            let _ = opened(&Envelope::from_bytes(bytes).unwrap());
        }

        #[test]
        fn what_opens_after_a_change_is_still_a_checked_letter(at in 0usize..100, bit in 0u8..8) {
            let letter = Letter::new("نامه‌ای کوتاه، برای آزمودن".as_bytes().to_vec(), "a.txt").unwrap();
            let mut bytes = Envelope::seal(&letter).unwrap().bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(opened) = opened(&Envelope::from_bytes(bytes).unwrap()) {
                prop_assert_eq!(opened.letter().unwrap().content(), letter.content());
            }
        }
    }

    #[test]
    fn no_change_of_a_signed_envelope_shows_another_letter() {
        let letter = Letter::new("نامه‌ای کوتاه، برای آزمودن".as_bytes().to_vec(), "a.txt").unwrap();
        let envelope = Envelope::seal_signed(&letter, &Signature::of(&letter, &key())).unwrap();
        let mut trust = Trust::nobody();
        trust.add(key().public(), "a friend").unwrap();
        let trusted = SignatureStatus::Trusted { key: key().public(), name: "a friend".into() };
        assert_eq!(envelope.open(&trust).unwrap().signature_status(), &trusted);
        let mut falsified = 0;
        for at in 0..8 * envelope.bytes().len() {
            let mut bytes = envelope.bytes().to_vec();
            bytes[at / 8] ^= 1 << (at % 8);
            let Ok(opened) = Envelope::from_bytes(bytes).unwrap().open(&trust) else { continue };
            match opened.signature_status() {
                SignatureStatus::Trusted { .. } => assert_eq!(opened.letter(), Ok(&letter), "bit {at}"),
                SignatureStatus::False { .. } => {
                    assert_eq!(opened.letter(), Err(Error::SignatureFalse), "bit {at}");
                    assert_eq!(opened.signature_file(), None);
                    falsified += 1;
                }
                other => panic!("bit {at}: {other:?}"),
            }
        }
        assert!(falsified > 1_280, "{falsified}");
        let other = letter.clone().with_title("title").unwrap();
        assert_eq!(Envelope::seal_signed(&other, &Signature::of(&letter, &key())), Err(Error::SignatureFalse));
    }

    #[test]
    fn an_encrypted_envelope_holds_another_and_no_third() {
        let letter = Letter::new(b"a letter".to_vec(), "a.txt").unwrap();
        let inner = Envelope::seal_signed(&letter, &Signature::of(&letter, &key())).unwrap();
        let lock = Lock::Passphrase("leaf".to_owned().into());
        let outer = inner.encrypt(&lock).unwrap();
        assert_eq!(opened(&outer), Err(Error::Locked { by_passphrase: true, tried: false }));
        let mut keys = Keyring::empty();
        keys.add_passphrase("leaf".to_owned().into());
        assert_eq!(outer.decrypt(&keys), Ok(inner.clone()));
        assert_eq!(inner.decrypt(&keys), Ok(inner.clone()));
        assert!(outer.encrypt(&lock).is_err());
        let twice = [&[VERSION, AGE][..], &encryption::encrypt(outer.bytes(), &lock).unwrap()].concat();
        let twice = Envelope::from_bytes(twice).unwrap();
        assert_eq!(twice.decrypt(&keys), Err(Error::FieldInvalid { field: "encryption" }));
        // Nothing of the letter or of who signed it shows.
        let shows = |part: &[u8]| outer.bytes().windows(part.len()).any(|window| window == part);
        assert!(!shows(b"a.txt") && !shows(&key().public().key()) && !shows(&key().public().id()));
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
