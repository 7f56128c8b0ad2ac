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
#[cfg(feature = "test-language")]
mod xx;

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
#[derive(Clone, Copy)]
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

/// All of them, the one of most letters first.
const LANGUAGES: &[Language] = &[
    Language::of(&fa::Persian),
    #[cfg(feature = "test-language")]
    Language::of(&xx::Accented),
    ENGLISH,
];

/// Spoken where a language is not here.
const ENGLISH: Language = Language::of(&en::English);

/// All that a language says in the program.
#[cfg(feature = "cli")]
pub trait Words: PaperWords + TerminalWords + TrialWords + KitWords {}

#[cfg(feature = "cli")]
impl<T: PaperWords + TerminalWords + TrialWords + KitWords> Words for T {}

/// The language of a BCP 47 tag, if it is here.
fn spoken(tag: &str) -> Option<&'static Language> {
    let name = tag.split('-').next()?;
    LANGUAGES.iter().find(|language| name.eq_ignore_ascii_case(language.everywhere.tag()))
}

/// The language of a BCP 47 tag, or else English.
fn language(tag: &str) -> &'static Language {
    spoken(tag).unwrap_or(&ENGLISH)
}

/// What is said everywhere, in each language.
pub fn everywhere() -> impl Iterator<Item = &'static dyn Everywhere> {
    LANGUAGES.iter().map(|language| language.everywhere)
}

/// What is said everywhere, in the language of a BCP 47 tag.
pub fn everywhere_in(tag: &str) -> &'static dyn Everywhere {
    language(tag).everywhere
}

/// What is said on paper, in the language of a BCP 47 tag.
#[cfg(all(test, feature = "press"))]
pub fn on_paper_in(tag: &str) -> &'static dyn PaperWords {
    language(tag).paper
}

/// What is said on the paper of a letter of this language and direction, in two languages: its own, or the first of its
/// direction, and one that those know who pass it on and need not read it.
#[cfg(feature = "press")]
pub fn on_paper_of(tag: &str, right_to_left: bool) -> [&'static dyn PaperWords; 2] {
    let runs_so = |language: &&Language| language.everywhere.right_to_left() == right_to_left;
    let own = spoken(tag).filter(runs_so).or_else(|| LANGUAGES.iter().find(runs_so)).unwrap_or(&ENGLISH);
    let is_english = own.everywhere.tag() == ENGLISH.everywhere.tag();
    let other = if is_english { LANGUAGES.first().unwrap_or(&ENGLISH) } else { &ENGLISH };
    [own.paper, other.paper]
}

/// All that is said, in each language.
#[cfg(feature = "cli")]
pub fn all() -> impl Iterator<Item = &'static dyn Words> {
    LANGUAGES.iter().map(|language| language.words)
}

/// All that is said, in the language of a BCP 47 tag.
#[cfg(feature = "cli")]
pub fn words(tag: &str) -> &'static dyn Words {
    language(tag).words
}

/// What happened, in English.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&ENGLISH.everywhere.what_happened(self))
    }
}
