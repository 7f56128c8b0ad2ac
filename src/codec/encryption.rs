//! Encryption as age does it (C2SP `age.md`): what is made here `age -d` opens, and the other way round.

use std::io::{Read, Write};

use age::secrecy::{ExposeSecret, SecretString};
use age::{Decryptor, Encryptor, x25519};

use super::secret::{SecretBytes, SecretText, plain_form};
use crate::error::fault::EncryptionFault;
use crate::error::{Error, Result};

/// Work of a passphrase, log2 of scrypt's N: 64 MiB, which a cheap phone has, and some 0.2 s. Age would measure how
/// fast this machine is, and write that into the file.
const WORK: u8 = 16;
/// The most work that a reader does: 256 MiB. What age makes on a fast machine takes so much.
const MAX_WORK: u8 = 18;
/// Longest header of an age file, in bytes: it has some 100 for each recipient.
pub const MAX_HEADER: usize = 16 * 1024;
/// Most recipients of an envelope.
pub const MAX_RECIPIENTS: usize = 100;
/// What an age file begins with.
pub const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Who may open an envelope.
pub enum Lock {
    /// Whoever has the passphrase.
    Passphrase(SecretText),
    /// Whoever has the identity of one of these.
    Recipients(Vec<Recipient>),
}

/// Who may open: the public half of an age key, `age1...`.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl Recipient {
    /// From its text.
    ///
    /// # Errors
    /// [`Error::Recipient`].
    pub fn from_text(text: &str) -> Result<Self> {
        text.trim().parse().map(Recipient).map_err(|_| Error::Recipient)
    }
}

/// What opens envelopes: the secret half of age keys, and passphrases.
#[derive(Default)]
pub struct Keyring {
    identities: Vec<x25519::Identity>,
    passphrases: Vec<SecretText>,
}

impl Keyring {
    /// Nothing is opened.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a passphrase.
    pub fn add_passphrase(&mut self, passphrase: SecretText) {
        self.passphrases.push(passphrase);
    }

    /// Adds the identities of a file as `age-keygen` writes it: lines with `AGE-SECRET-KEY-1...`, and comments.
    ///
    /// # Errors
    /// [`Error::Identity`] where there is none in it, or something else.
    pub fn add_identities(&mut self, file: &str) -> Result<()> {
        let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let found: Vec<x25519::Identity> =
            lines.map(|line| line.parse().map_err(|_| Error::Identity)).collect::<Result<_>>()?;
        if found.is_empty() || found.len() > MAX_RECIPIENTS {
            return Err(Error::Identity);
        }
        self.identities.extend(found);
        Ok(())
    }

    /// How many passphrases are tried on a letter, in all their spellings.
    pub fn attempts(&self) -> u64 {
        self.passphrases.iter().map(|passphrase| spellings(passphrase).len() as u64).sum()
    }

    /// Whether there is anything in it.
    pub fn is_empty(&self) -> bool {
        self.identities.is_empty() && self.passphrases.is_empty()
    }
}

/// A new identity, with the recipient that belongs to it, each as text. Age draws it by chance.
pub fn new_identity() -> (SecretText, String) {
    let identity = x25519::Identity::generate();
    (SecretText::new(identity.to_string().expose_secret().to_owned()), identity.to_public().to_string())
}

/// The text of an identity file: as it is, or out of the age file, armored or not, in which a passphrase keeps it.
///
/// # Errors
/// [`Error::Identity`], [`Error::WrongPassphrase`], and those of `ask`, which is called where a passphrase is needed.
pub fn identities_of<E: From<Error>>(
    file: &[u8],
    ask: &dyn Fn() -> std::result::Result<SecretText, E>,
) -> std::result::Result<SecretText, E> {
    let mut plain = SecretBytes::new(Vec::with_capacity(file.len()));
    let reader = age::armor::ArmoredReader::new(file);
    reader.take(2 * MAX_HEADER as u64).read_to_end(&mut plain).map_err(|_| Error::Identity)?;
    if plain.starts_with(MAGIC) {
        let mut keys = Keyring::empty();
        keys.add_passphrase(ask()?);
        plain = match decrypt(&plain, &keys, MAX_HEADER) {
            Err(Error::Locked { by_passphrase: true, .. }) => return Err(Error::WrongPassphrase.into()),
            plain => plain?,
        };
    }
    let text = std::str::from_utf8(&plain).map_err(|_| Error::Identity)?;
    Ok(SecretText::new(text.to_owned()))
}

/// An age file of some bytes. Its keys are drawn by chance: each time gives another.
///
/// # Errors
/// [`Error::Recipient`] for none, or more than [`MAX_RECIPIENTS`].
pub fn encrypt(plain: &[u8], lock: &Lock) -> Result<Vec<u8>> {
    let refused = |_| Error::Recipient;
    let encryptor = match lock {
        Lock::Passphrase(passphrase) => {
            let mut recipient = age::scrypt::Recipient::new(secret(passphrase));
            recipient.set_work_factor(WORK);
            Encryptor::with_recipients(std::iter::once(&recipient as _)).map_err(refused)?
        }
        Lock::Recipients(recipients) if recipients.len() > MAX_RECIPIENTS => return Err(Error::Recipient),
        Lock::Recipients(recipients) => {
            Encryptor::with_recipients(recipients.iter().map(|recipient| &recipient.0 as _)).map_err(refused)?
        }
    };
    // Nothing is written but to memory.
    let mut file = Vec::new();
    let mut writer = encryptor.wrap_output(&mut file).map_err(|_| Error::Recipient)?;
    writer.write_all(plain).and_then(|()| writer.finish().map(drop)).map_err(|_| Error::Recipient)?;
    Ok(file)
}

/// The work factor of an age file that was closed by a passphrase, log2 of scrypt's N; `None` for others.
pub fn work_factor(file: &[u8]) -> Option<u8> {
    let stanza = file.strip_prefix(MAGIC)?.strip_prefix(b"-> scrypt ")?;
    let line = stanza.get(..stanza.len().min(100))?.split(|byte| *byte == b'\n').next()?;
    let factor = line.rsplit(|byte| *byte == b' ').next().and_then(|digits| std::str::from_utf8(digits).ok());
    // What is no number is as good as any that is too large.
    Some(factor.and_then(|digits| digits.parse().ok()).unwrap_or(u8::MAX))
}

/// The bytes of an age file, at most `most` of them.
///
/// # Errors
/// [`Error::Locked`] where nothing in the keyring opens it; [`Error::Encryption`] for what is no age file, was changed
/// or cut, asks for more work than a reader does, or holds more.
pub fn decrypt(file: &[u8], keys: &Keyring, most: usize) -> Result<SecretBytes> {
    let wrong = |why| Error::Encryption { why };
    let head = file.get(..file.len().min(MAX_HEADER)).unwrap_or_default();
    if !head.starts_with(MAGIC) || !head.windows(5).any(|five| five == b"\n--- ") {
        return Err(wrong(EncryptionFault::NoAge));
    }
    let decryptor = || Decryptor::new_buffered(file).map_err(|_| wrong(EncryptionFault::Header));
    let factor = work_factor(file);
    let by_passphrase = factor.is_some();
    if factor.is_some_and(|factor| factor > MAX_WORK) {
        return Err(wrong(EncryptionFault::TooMuchWork));
    }
    let mut reader = None;
    if by_passphrase {
        for passphrase in keys.passphrases.iter().flat_map(spellings) {
            let mut identity = age::scrypt::Identity::new(secret(&passphrase));
            identity.set_max_work_factor(MAX_WORK);
            match decryptor()?.decrypt(std::iter::once(&identity as _)) {
                Ok(opened) => reader = Some(opened),
                Err(age::DecryptError::NoMatchingKeys | age::DecryptError::DecryptionFailed) => continue,
                Err(_) => return Err(wrong(EncryptionFault::HeaderChanged)),
            }
            break;
        }
    } else if !keys.identities.is_empty() {
        reader = match decryptor()?.decrypt(keys.identities.iter().map(|identity| identity as _)) {
            Ok(opened) => Some(opened),
            Err(age::DecryptError::NoMatchingKeys | age::DecryptError::DecryptionFailed) => None,
            Err(_) => return Err(wrong(EncryptionFault::HeaderChanged)),
        };
    }
    let tried = if by_passphrase { !keys.passphrases.is_empty() } else { !keys.identities.is_empty() };
    let reader = reader.ok_or(Error::Locked { by_passphrase, tried })?;
    let mut plain = SecretBytes::new(Vec::with_capacity(file.len()));
    reader.take(most as u64 + 1).read_to_end(&mut plain).map_err(|_| wrong(EncryptionFault::Changed))?;
    if plain.len() > most { Err(wrong(EncryptionFault::TooLong)) } else { Ok(plain) }
}

fn secret(passphrase: &SecretText) -> SecretString {
    SecretString::from(passphrase.as_str())
}

/// A passphrase as it was typed, and as it may have been meant (format.md, section 1.4).
fn spellings(passphrase: &SecretText) -> Vec<SecretText> {
    let plain = plain_form(passphrase);
    let mut lower = SecretText::new(String::with_capacity(2 * plain.len()));
    lower.extend(plain.chars().flat_map(char::to_lowercase));
    let mut all = vec![passphrase.clone()];
    for meant in [plain, lower] {
        if !all.contains(&meant) {
            all.push(meant);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> SecretText {
        SecretText::new(text.to_owned())
    }

    fn keyring(passphrases: &[&str]) -> Keyring {
        let mut keys = Keyring::empty();
        passphrases.iter().for_each(|passphrase| keys.add_passphrase(text(passphrase)));
        keys
    }

    #[test]
    fn passphrases_open_what_they_closed_also_as_other_keyboards_type_them() {
        let file = encrypt(b"inside", &Lock::Passphrase(text("کتاب یک ۱2".replace('۱', "1").as_str()))).unwrap();
        for typed in ["کتاب یک 12", " كتاب  يك ۱۲\n", "کتا\u{200C}ب یک ١٢"] {
            assert_eq!(decrypt(&file, &keyring(&["wrong", typed]), 100).unwrap().as_slice(), b"inside", "{typed}");
        }
        assert_eq!(decrypt(&file, &keyring(&["wrong"]), 100), Err(Error::Locked { by_passphrase: true, tried: true }));
        assert_eq!(decrypt(&file, &Keyring::empty(), 100), Err(Error::Locked { by_passphrase: true, tried: false }));
        assert!(matches!(decrypt(&file, &keyring(&["کتاب یک 12"]), 5), Err(Error::Encryption { .. })));
    }

    #[test]
    fn identities_open_what_was_closed_for_their_recipients() {
        let (identity, recipient) = new_identity();
        let (other, another) = new_identity();
        let recipients = [recipient, another].map(|text| Recipient::from_text(&text).unwrap());
        let file = encrypt(b"inside", &Lock::Recipients(recipients.to_vec())).unwrap();
        for identity in [&identity, &other] {
            let mut keys = Keyring::empty();
            keys.add_identities(&format!("# created: long ago\n{}\n", **identity)).unwrap();
            assert_eq!(decrypt(&file, &keys, 100).unwrap().as_slice(), b"inside");
        }
        let mut stranger = Keyring::empty();
        stranger.add_identities(&new_identity().0).unwrap();
        assert_eq!(decrypt(&file, &stranger, 100), Err(Error::Locked { by_passphrase: false, tried: true }));
        assert!(encrypt(b"", &Lock::Recipients(Vec::new())).is_err());
        assert!(Keyring::empty().add_identities("# nothing\n").is_err() && Recipient::from_text("age1x").is_err());
    }

    #[test]
    fn what_was_changed_or_cut_is_refused() {
        let (identity, recipient) = new_identity();
        let mut keys = Keyring::empty();
        keys.add_identities(&identity).unwrap();
        let file = encrypt(b"inside", &Lock::Recipients(vec![Recipient::from_text(&recipient).unwrap()])).unwrap();
        for end in 0..file.len() {
            assert!(decrypt(&file[..end], &keys, 100).is_err(), "{end} bytes");
        }
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(decrypt(&changed, &keys, 100).is_err(), "byte {at}");
        }
    }
}
