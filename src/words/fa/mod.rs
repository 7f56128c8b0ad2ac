//! Persian.

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

pub(super) struct Persian;

/// Any number or text with its ASCII digits turned into Persian ones.
fn digits(value: impl ToString) -> String {
    value
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x06F0 + digit)).unwrap_or(c))
        .collect()
}

impl Everywhere for Persian {
    fn what_happened(&self, error: &Error) -> String {
        errors::what_happened(error)
    }

    fn what_to_do(&self, error: &Error) -> String {
        errors::what_to_do(error)
    }

    fn why_unread(&self, why: Why) -> &'static str {
        match why {
            Why::Cut => "بخشی از آن بیرون مانده: همه‌اش را بگیرید",
            Why::Small => "خیلی کوچک است: نزدیک‌تر بروید",
            Why::Glare => "نور رویش افتاده: از سوی دیگری بگیرید",
            Why::Faint => "کم‌رنگ است: در نور بهتری بگیرید",
            Why::Unclear => "تار، پوشیده یا ساییده است: صاف و بی‌لرزش دوباره بگیرید",
        }
    }

    fn passphrase_words(&self) -> &'static str {
        include_str!("passphrase.txt")
    }

    fn tag(&self) -> &'static str {
        "fa"
    }

    fn english_name(&self) -> &'static str {
        "Persian"
    }

    fn right_to_left(&self) -> bool {
        true
    }

    fn number(&self, number: usize) -> String {
        digits(number)
    }
}
