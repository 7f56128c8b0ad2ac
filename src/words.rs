//! What we say to people: for each audience a trait, for each language a folder that speaks it all.

mod en;
mod everywhere;
mod fa;
#[cfg(feature = "cli")]
mod kit;
#[cfg(feature = "press")]
mod paper;
#[cfg(feature = "cli")]
mod terminal;
mod trace;
#[cfg(feature = "cli")]
mod trials;

use std::fmt;

pub use everywhere::Everywhere;
#[cfg(feature = "cli")]
pub use kit::KitWords;
#[cfg(feature = "press")]
pub use paper::{Needed, PaperWords};
#[cfg(feature = "cli")]
pub use terminal::{Asked, Counts, DemoStep, Label, NoText, PageIs, TerminalWords};
pub use trace::Trace;
#[cfg(feature = "cli")]
pub use trials::{Results, TrialWords};

use crate::error::Error;

/// A language, by what is built of the program.
struct Language {
    everywhere: &'static dyn Everywhere,
    #[cfg(feature = "press")]
    paper: &'static dyn PaperWords,
    #[cfg(feature = "cli")]
    words: &'static dyn Words,
}

impl Language {
    #[cfg(feature = "cli")]
    const fn of<T: Words>(language: &'static T) -> Self {
        Language { everywhere: language, paper: language, words: language }
    }

    #[cfg(all(feature = "press", not(feature = "cli")))]
    const fn of<T: PaperWords>(language: &'static T) -> Self {
        Language { everywhere: language, paper: language }
    }

    #[cfg(not(feature = "press"))]
    const fn of<T: Everywhere>(language: &'static T) -> Self {
        Language { everywhere: language }
    }
}

/// All of them, the one of most letters first. The last one is spoken where a language is not here.
const LANGUAGES: [Language; 2] = [Language::of(&fa::Persian), Language::of(&en::English)];

/// All that a language says in the program.
#[cfg(feature = "cli")]
pub trait Words: PaperWords + TerminalWords + TrialWords + KitWords {}

#[cfg(feature = "cli")]
impl<T: PaperWords + TerminalWords + TrialWords + KitWords> Words for T {}

/// The language of a BCP 47 tag.
fn language(tag: &str) -> &'static Language {
    let is_spoken = |language: &&Language| {
        tag.split('-').next().is_some_and(|name| name.eq_ignore_ascii_case(language.everywhere.tag()))
    };
    let [.., last] = &LANGUAGES;
    LANGUAGES.iter().find(is_spoken).unwrap_or(last)
}

/// What is said everywhere, in each language.
pub fn everywhere() -> [&'static dyn Everywhere; LANGUAGES.len()] {
    LANGUAGES.each_ref().map(|language| language.everywhere)
}

/// What is said everywhere, in the language of a BCP 47 tag.
pub fn everywhere_in(tag: &str) -> &'static dyn Everywhere {
    language(tag).everywhere
}

/// What is said on paper, in the language of a BCP 47 tag.
#[cfg(feature = "press")]
pub fn on_paper_in(tag: &str) -> &'static dyn PaperWords {
    language(tag).paper
}

/// All that is said, in each language.
#[cfg(feature = "cli")]
pub fn all() -> [&'static dyn Words; LANGUAGES.len()] {
    LANGUAGES.each_ref().map(|language| language.words)
}

/// All that is said, in the language of a BCP 47 tag.
#[cfg(feature = "cli")]
pub fn words(tag: &str) -> &'static dyn Words {
    language(tag).words
}

/// What happened, in English.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&everywhere_in("en").what_happened(self))
    }
}
