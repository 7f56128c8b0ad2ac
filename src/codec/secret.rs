//! What must not stay in memory: passphrases, seeds of keys. It is wiped when it is dropped.

use zeroize::Zeroizing;

use super::look::is_ignorable;
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

/// Whether a passphrase may close something: its plain form opens it again, so that is what counts, without what nobody
/// sees.
///
/// # Errors
/// [`Error::PassphraseShort`].
pub fn long_enough(passphrase: &str) -> Result<()> {
    let characters = plain_form(passphrase).chars().filter(|character| is_seen(*character)).count();
    if characters < LEAST { Err(Error::PassphraseShort { characters, least: LEAST }) } else { Ok(()) }
}

/// Whether a character is seen by itself: none that is ignored, no control, no white space other than one blank, no
/// mark on another character.
fn is_seen(character: char) -> bool {
    let is_mark = matches!(
        character,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}'
            | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
    );
    !(is_ignorable(character) || character.is_control() || is_mark || character == '\u{2800}')
}

/// A passphrase as every keyboard can type it: without white space around it and with one space between words, with the
/// Persian letters and the ASCII digits in the place of those that other keyboards give, without ZWNJ.
pub fn plain_form(passphrase: &str) -> SecretText {
    let meant = |character: char| match character {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        '۰'..='۹' => char::from(b'0' + (u32::from(character) - u32::from('۰')) as u8),
        '٠'..='٩' => char::from(b'0' + (u32::from(character) - u32::from('٠')) as u8),
        other => other,
    };
    // No character becomes longer.
    let mut plain = SecretText::new(String::with_capacity(passphrase.len()));
    for word in passphrase.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().filter(|character| *character != '\u{200C}').map(meant));
    }
    plain
}

/// A passphrase of words out of a list, one a line, 1,024 or another power of two of them, so that all are as likely: a
/// word for each two bytes of chance.
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
