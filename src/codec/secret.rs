//! What must not stay in memory: passphrases, seeds of keys. It is wiped when it is dropped.

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// A text that is wiped when it is dropped: a passphrase, a key file.
pub type SecretText = Zeroizing<String>;
/// Bytes that are wiped when they are dropped.
pub type SecretBytes = Zeroizing<Vec<u8>>;
/// A seed, or a key of 32 bytes, that is wiped when it is dropped.
pub type Secret32 = Zeroizing<[u8; 32]>;
/// Anything that is wiped when it is dropped.
pub type Secret<T> = Zeroizing<T>;

/// Fewest characters of a passphrase that closes something.
const LEAST: usize = 16;

/// Whether a passphrase may close something.
///
/// # Errors
/// [`Error::PassphraseShort`].
pub fn long_enough(passphrase: &str) -> Result<()> {
    let characters = passphrase.chars().count();
    if characters < LEAST { Err(Error::PassphraseShort { characters, least: LEAST }) } else { Ok(()) }
}

/// A passphrase of words out of a list, one a line, 1,024 or another power of two of them, so that all are as likely: a word for each two bytes of
/// chance.
pub fn of_words(list: &str, chance: &[u8]) -> SecretText {
    let list: Vec<&str> = list.lines().collect();
    let mut text = SecretText::new(String::with_capacity(32 * chance.len()));
    for pair in chance.as_chunks::<2>().0 {
        let number = usize::from(u16::from_be_bytes(*pair)) % list.len().max(1);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(list.get(number).copied().unwrap_or_default());
    }
    text
}
