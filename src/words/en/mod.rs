//! English.

mod errors;
mod faults;
#[cfg(feature = "cli")]
mod kit;
#[cfg(feature = "press")]
mod paper;
#[cfg(feature = "cli")]
mod program_errors;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "cli")]
mod trial_errors;
#[cfg(feature = "cli")]
mod trials;

use crate::error::Error;
use crate::optics::scan::Why;
use crate::words::Everywhere;

pub(super) struct English;

/// "1 code", "2 codes".
#[cfg(feature = "press")]
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

impl Everywhere for English {
    fn what_happened(&self, error: &Error) -> String {
        errors::what_happened(error)
    }

    fn what_to_do(&self, error: &Error) -> String {
        errors::what_to_do(error)
    }

    fn why_unread(&self, why: Why) -> &'static str {
        match why {
            Why::Cut => "a part of it is outside: take it whole",
            Why::Small => "it is too small: go nearer",
            Why::Glare => "a light shines on it: take it from another side",
            Why::Faint => "it is faint: take it in better light",
            Why::Unclear => "it is blurred, covered or worn: take it again, flat and steady",
        }
    }

    fn passphrase_words(&self) -> &'static str {
        include_str!("passphrase.txt")
    }

    fn tag(&self) -> &'static str {
        "en"
    }

    fn english_name(&self) -> &'static str {
        "English"
    }

    fn right_to_left(&self) -> bool {
        false
    }

    fn number(&self, number: usize) -> String {
        number.to_string()
    }
}
