//! What is said in the program and in the page, which carries nothing else of the words.

use crate::error::Error;
use crate::optics::scan::Why;

/// What a language says wherever it is said.
pub trait Everywhere: Sync {
    /// What happened.
    fn what_happened(&self, error: &Error) -> String;
    /// What to do about it.
    fn what_to_do(&self, error: &Error) -> String;
    /// Why a code could not be read that is to be seen and what to do.
    fn why_unread(&self, why: Why) -> &'static str;
    /// The words that passphrases are made of, 1,024 of them, one a line.
    fn passphrase_words(&self) -> &'static str;
    /// Its BCP 47 tag.
    fn tag(&self) -> &'static str;
    /// What it is called in English, for the help of the command line.
    fn english_name(&self) -> &'static str;
    /// Whether it runs from right to left.
    fn right_to_left(&self) -> bool;
    /// A number in this language's digits.
    fn number(&self, number: usize) -> String;
}
