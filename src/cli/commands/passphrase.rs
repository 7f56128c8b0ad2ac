//! `passphrase`: makes a passphrase of words that can be remembered and read aloud.

use crate::cli::args::PassphraseOptions;
use crate::cli::exit::COMPLETE;
use crate::cli::{random, terminal};
use crate::codec::secret;
use crate::error::program::Result;
use crate::words::words;

pub fn run(options: &PassphraseOptions) -> Result<u8> {
    let drawn = random::bytes(2 * usize::from(options.words))?;
    let mut text = secret::of_words(words(&options.lang).passphrase_words(), &drawn);
    text.push('\n');
    terminal::result(text.as_bytes())?;
    terminal::note(&terminal::language().entropy(options.words.into(), 10 * usize::from(options.words)));
    Ok(COMPLETE)
}

#[cfg(test)]
mod tests {
    use crate::words::all;

    #[test]
    fn the_lists_have_as_many_different_words_as_they_are_counted_for() {
        for words in all() {
            let tag = words.tag();
            let list: Vec<&str> = words.passphrase_words().lines().collect();
            let different: std::collections::BTreeSet<&&str> = list.iter().collect();
            assert_eq!((list.len(), different.len()), (1024, 1024), "{tag}");
            let plain = |c: char| if tag == "fa" { ('آ'..='ی').contains(&c) } else { c.is_ascii_lowercase() };
            assert!(list.iter().all(|word| (3..=8).contains(&word.chars().count()) && word.chars().all(plain)));
        }
    }
}
