//! Where words of Latin, Cyrillic and the like may be divided. The one file that names hypher.

use std::borrow::Cow;
use std::ops::Range;

use hypher::Lang;

use super::bidi::Edits;
use crate::codec::language::guess_language;
use crate::prose::tokens::alone;

/// Invisible, but where a line breaks at it.
pub(crate) const SOFT_HYPHEN: char = '\u{AD}';
/// Shorter words are not divided, in letters.
const SHORTEST: usize = 6;

/// Puts soft hyphens into the words of a text, if there are patterns for its language. Tokens are not divided.
pub(crate) fn hyphenated<'a>(
    text: Cow<'a, str>,
    bold: Cow<'a, [Range<usize>]>,
) -> (Cow<'a, str>, Cow<'a, [Range<usize>]>) {
    let Some(language) = language(&text) else { return (text, bold) };
    let mut made = String::with_capacity(text.len() + text.len() / 4);
    let mut edits = Edits::default();
    let mut tokens = alone(&text).into_iter().map(|token| token.range).peekable();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        while tokens.next_if(|token| token.end <= at).is_some() {}
        let is_token = tokens.peek().is_some_and(|token| token.start < at + word.len());
        if is_token || word.chars().count() < SHORTEST || word.chars().skip(1).any(char::is_uppercase) {
            made.push_str(piece);
        } else {
            let mut end = at;
            for (number, syllable) in hypher::hyphenate(word, language).enumerate() {
                if number > 0 {
                    made.push(SOFT_HYPHEN);
                    edits.push(end, SOFT_HYPHEN.len_utf8() as isize);
                }
                made.push_str(syllable);
                end += syllable.len();
            }
            made.push_str(piece.get(word.len()..).unwrap_or_default());
        }
        at += piece.len();
    }
    (Cow::Owned(made), Cow::Owned(edits.moved(&bold)))
}

/// The language of a paragraph, if there are rules for it.
fn language(text: &str) -> Option<Lang> {
    Some(match guess_language(text) {
        "en" => Lang::English,
        "de" => Lang::German,
        "fr" => Lang::French,
        "tr" => Lang::Turkish,
        "ku" => Lang::Kurmanji,
        "es" => Lang::Spanish,
        "it" => Lang::Italian,
        "nl" => Lang::Dutch,
        "sv" => Lang::Swedish,
        "pt" => Lang::Portuguese,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_divided_by_the_rules_of_their_language() {
        let shown = |text: &str| hyphenated(Cow::Borrowed(text), Cow::Borrowed(&[])).0.replace(SOFT_HYPHEN, "-");
        assert_eq!(shown("Die Gewerkschaften der Bundesrepublik"), "Die Ge-werk-schaf-ten der Bun-des-re-pu-blik");
        assert_eq!(shown("the international confederation"), "the in-ter-na-tional con-fed-er-a-tion");
        // Links, names in capitals, short words, and languages without rules.
        for text in
            ["see https://confederation.example.org and the ILOUNION", "این نامه برای کارگران است", "bu məktub üçün"]
        {
            assert_eq!(shown(text), text);
        }
        let (text, bold) = hyphenated("the confederation is here".into(), vec![4..17, 21..25].into());
        let bold: Vec<String> = bold.iter().map(|range| text[range.clone()].replace(SOFT_HYPHEN, "")).collect();
        assert_eq!(bold, ["confederation", "here"]);
    }
}
