//! What the page encrypts: letters, and what it stores.

use crate::codec::encryption::{self, Keyring, Lock, Recipient};
use crate::codec::envelope::Envelope;
use crate::codec::keys::SecretKey;
use crate::codec::letter::Letter;
use crate::codec::secret::{self, SecretText};
use crate::codec::signature::Signature;
use crate::error::{Error, Result};

/// Most bytes that are encrypted as one: a letter, or many codes.
const MAX_LOCKED: usize = 128 * 1024 * 1024;

/// A letter of some content, with its name and title, in its envelope: for `everyone`, for who knows a `passphrase`, or
/// for `recipients`. The secrets are the key to sign with, which may be empty, its passphrase, and the passphrase of
/// the letter, or a recipient a line.
///
/// # Errors
/// What is wrong with the letter, a key or a passphrase.
pub fn sealed(content: Vec<u8>, [name, title]: [&str; 2], who: &str, secrets: &[SecretText; 3]) -> Result<Envelope> {
    let [key, key_passphrase, secret] = secrets;
    let letter = Letter::new(content, name)?.with_title(title)?;
    // Checked before signing.
    let lock = match who {
        "everyone" => None,
        "passphrase" => Some(Lock::Passphrase(checked_passphrase(secret)?)),
        "recipients" => {
            let recipients = secret.lines().filter(|line| !line.trim().is_empty());
            Some(Lock::Recipients(recipients.map(Recipient::from_text).collect::<Result<_>>()?))
        }
        _ => return Err(Error::FieldInvalid { field: "encryption" }),
    };
    let envelope = if key.is_empty() {
        Envelope::seal(&letter)?
    } else {
        let key = SecretKey::from_file(key, Some(key_passphrase))?;
        Envelope::seal_signed(&letter, &Signature::of(&letter, &key))?
    };
    lock.map_or(Ok(envelope.clone()), |lock| envelope.encrypt(&lock))
}

/// A passphrase in its plain form, where it may close something.
///
/// # Errors
/// [`Error::PassphraseShort`].
pub fn checked_passphrase(passphrase: &str) -> Result<SecretText> {
    secret::long_enough(passphrase)?;
    Ok(secret::plain_form(passphrase))
}

/// Bytes sealed for a recipient.
///
/// # Errors
/// [`Error::Recipient`].
pub fn closed(bytes: &[u8], recipient: &str) -> Result<Vec<u8>> {
    encryption::encrypt(bytes, &Lock::Recipients(vec![Recipient::from_text(recipient)?]))
}

/// What was sealed by [`closed`].
///
/// # Errors
/// [`Error::Identity`], [`Error::Locked`], [`Error::Encryption`].
pub fn unclosed(bytes: &[u8], identity: &SecretText) -> Result<Vec<u8>> {
    let mut keys = Keyring::empty();
    keys.add_identities(identity)?;
    encryption::decrypt(bytes, &keys, MAX_LOCKED).map(|plain| plain.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_locked_opens_with_its_identity_alone() {
        let (identity, recipient) = encryption::new_identity();
        let locked = closed("نام‌ها".as_bytes(), &recipient).unwrap();
        assert!(!locked.windows(6).any(|window| window == &"نام‌ها".as_bytes()[..6]));
        assert_eq!(unclosed(&locked, &identity), Ok("نام‌ها".as_bytes().to_vec()));
        let (another, _) = encryption::new_identity();
        assert!(unclosed(&locked, &another).is_err() && unclosed(&locked[..locked.len() - 1], &identity).is_err());
        assert!(closed(b"", "age1").is_err());
    }
}
