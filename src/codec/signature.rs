//! Signatures of letters, which are minisign's signatures of their contents (format.md, section 1.3).
//!
//! Minisign signs a file's bytes, and with them one line of *trusted comment*. All that a reader shows besides the
//! content stands in that line, so that one signature covers it all, and `minisign -V` verifies the letter's file.

use super::keys::{COMMENT, ED25519, MAX_KEY_FILE, PublicKey, SecretKey, base64_line, hexadecimal};
use super::letter::Letter;
use super::{hash, rfc4648};
use crate::error::{Error, Result};

/// Marks a signature of the BLAKE2b of the bytes.
const PREHASHED: [u8; 2] = *b"ED";
const TRUSTED: &str = "trusted comment: ";

/// A signature of a letter, with the public key that it says it is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    key: PublicKey,
    /// Of the content.
    content: [u8; 64],
    /// Of that signature and the trusted comment.
    global: [u8; 64],
}

impl Signature {
    /// Bytes of a signature in an envelope: key id, public key, signature of the content, global signature.
    pub const BYTES: usize = PublicKey::BYTES + 64 + 64;

    /// Signs a letter.
    pub fn of(letter: &Letter, key: &SecretKey) -> Self {
        let content = key.sign(&hash::blake2b_512(letter.content()));
        let global = key.sign(&[&content[..], comment(letter).as_bytes()].concat());
        Signature { key: key.public(), content, global }
    }

    /// The key that it says it is by.
    pub fn key(&self) -> PublicKey {
        self.key
    }

    /// Whether it is that key's signature of this letter, of the content and of all that is said about it.
    pub fn is_of(&self, letter: &Letter) -> bool {
        self.key.verifies(&hash::blake2b_512(letter.content()), &self.content)
            && self.key.verifies(&[&self.content[..], comment(letter).as_bytes()].concat(), &self.global)
    }

    /// As it stands in an envelope.
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let parts = self.key.to_bytes().into_iter().chain(self.content).chain(self.global);
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }

    /// As it stood in an envelope; whether it is true is another question.
    pub fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let (mut key, mut content, mut global) = ([0; PublicKey::BYTES], [0; 64], [0; 64]);
        let parts = key.iter_mut().chain(&mut content).chain(&mut global);
        parts.zip(bytes).for_each(|(to, from)| *to = *from);
        Signature { key: PublicKey::from_bytes(key), content, global }
    }

    /// Minisign's file of it, for `minisign -V` beside the letter's file, by the id that the reader knows the key by.
    pub fn to_file(self, letter: &Letter, key: &PublicKey) -> String {
        let detached = Detached {
            algorithm: PREHASHED,
            id: key.id(),
            signature: self.content,
            comment: comment(letter),
            global: self.global,
        };
        detached.to_file()
    }
}

/// The trusted comment of a letter: what a reader shows besides the content, in ASCII.
pub fn comment(letter: &Letter) -> String {
    let value = |text: &str| -> String {
        let coded = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(coded).collect()
    };
    format!(
        "shabnameh type={} language={} name={} title={}",
        letter.media_type().id(),
        letter.language(),
        value(letter.name()),
        value(letter.title())
    )
}

/// A detached signature of any file, as minisign writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    algorithm: [u8; 2],
    id: [u8; 8],
    signature: [u8; 64],
    comment: String,
    global: [u8; 64],
}

impl Detached {
    /// From minisign's file.
    ///
    /// # Errors
    /// [`Error::SignatureFile`].
    pub fn from_file(file: &str) -> Result<Self> {
        Self::parse(file).ok_or(Error::SignatureFile)
    }

    fn parse(file: &str) -> Option<Self> {
        let file = file.trim_start_matches('\u{FEFF}');
        if file.len() > MAX_KEY_FILE || !file.starts_with(COMMENT) {
            return None;
        }
        let first = base64_line(file, 0)?;
        let (algorithm, rest) = first.split_first_chunk::<2>()?;
        let (id, signature) = rest.split_first_chunk::<8>()?;
        let comment = file.lines().nth(2)?.strip_prefix(TRUSTED)?.to_owned();
        let global = base64_line(file, 2)?;
        let known = [ED25519, PREHASHED].contains(algorithm);
        let (signature, global) = (signature.try_into().ok()?, global.try_into().ok()?);
        known.then_some(Detached { algorithm: *algorithm, id: *id, signature, comment, global })
    }

    /// Minisign's file of it.
    pub fn to_file(&self) -> String {
        let first = rfc4648::encode(&[&self.algorithm[..], &self.id, &self.signature].concat());
        let id = hexadecimal(self.id);
        format!(
            "{COMMENT}signature by key {id}\n{first}\n{TRUSTED}{}\n{}\n",
            self.comment,
            rfc4648::encode(&self.global)
        )
    }

    /// The trusted comment: what the signer said of the file. Control characters in it are the signer's.
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// Whether it says that it is by a key: by its id, which anyone can give a key.
    pub fn is_by(&self, key: &PublicKey) -> bool {
        self.id == key.id()
    }

    /// Whether it is a key's signature of a file's bytes and of the trusted comment, whatever id it names.
    pub fn is_of(&self, content: &[u8], key: &PublicKey) -> bool {
        let signed = if self.algorithm == PREHASHED {
            key.verifies(&hash::blake2b_512(content), &self.signature)
        } else {
            key.verifies(content, &self.signature)
        };
        signed
            && self.id == key.id()
            && key.verifies(&[&self.signature[..], self.comment.as_bytes()].concat(), &self.global)
    }

    /// The same as a signature of a letter, to be put into its envelope: one that minisign made elsewhere of the
    /// BLAKE2b of the content, with the letter's trusted [`comment`].
    ///
    /// # Errors
    /// [`Error::SignatureComment`] with the comment that it should have, [`Error::SignatureFalse`].
    pub fn for_letter(&self, letter: &Letter, key: PublicKey) -> Result<Signature> {
        let wanted = comment(letter);
        if self.algorithm != PREHASHED || self.comment != wanted {
            return Err(Error::SignatureComment { wanted });
        }
        let signature = Signature { key, content: self.signature, global: self.global };
        if self.is_by(&key) && signature.is_of(letter) { Ok(signature) } else { Err(Error::SignatureFalse) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(first: u8) -> SecretKey {
        SecretKey::of_chance(&std::array::from_fn(|i| i as u8 ^ first))
    }

    fn letter() -> Letter {
        Letter::new("نامه‌ای از دور".into(), "a b.md").unwrap().with_title("نخست\n=%").unwrap()
    }

    #[test]
    fn a_signature_covers_all_that_is_shown() {
        let signature = Signature::of(&letter(), &key(0));
        assert!(signature.is_of(&letter()) && signature.key() == key(0).public());
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
        let others = [
            Letter::new("نامه‌ای از نزدیک".into(), "a b.md").unwrap().with_title("نخست\n=%").unwrap(),
            Letter::new("نامه‌ای از دور".into(), "a b.txt").unwrap().with_title("نخست\n=%").unwrap(),
            letter().with_title("نخست").unwrap(),
            letter().with_language("ckb").unwrap(),
        ];
        assert!(others.iter().all(|other| !signature.is_of(other)));
        for at in 0..Signature::BYTES {
            let mut changed = signature.to_bytes();
            changed[at] ^= 0x10;
            // A key's id is not signed: it says where to look, and the fingerprint leaves it out.
            assert_eq!(Signature::from_bytes(&changed).is_of(&letter()), at < 8, "byte {at}");
        }
    }

    #[test]
    fn comments_are_one_line_of_ascii_and_tell_letters_apart() {
        assert_eq!(
            comment(&letter()),
            "shabnameh type=2 language=fa name=a%20b.md title=%D9%86%D8%AE%D8%B3%D8%AA%0A%3D%25"
        );
    }

    #[test]
    fn detached_signatures_come_back_and_go_into_envelopes() {
        let signature = Signature::of(&letter(), &key(0));
        let detached = Detached::from_file(&signature.to_file(&letter(), &key(0).public())).unwrap();
        assert!(detached.is_of(letter().content(), &key(0).public()));
        assert!(!detached.is_of(letter().content(), &key(1).public()) && !detached.is_of(b"other", &key(0).public()));
        assert_eq!(detached.for_letter(&letter(), key(0).public()).unwrap(), signature);
        assert_eq!(detached.for_letter(&letter(), key(1).public()), Err(Error::SignatureFalse));
        let plain = key(0).sign(letter().content());
        let global = key(0).sign(&[&plain[..], b"a file"].concat());
        let id = key(0).public().id();
        let other = Detached { algorithm: ED25519, id, signature: plain, comment: "a file".into(), global };
        assert!(Detached::from_file(&other.to_file()).unwrap().is_of(letter().content(), &key(0).public()));
        assert!(matches!(other.for_letter(&letter(), key(0).public()), Err(Error::SignatureComment { .. })));
        for end in 0..other.to_file().len() - 1 {
            assert!(Detached::from_file(&other.to_file()[..end]).is_err(), "{end} bytes");
        }
    }
}
