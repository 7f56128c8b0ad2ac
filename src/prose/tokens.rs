//! Tokens of a text that runs both ways: links, addresses, handles, numbers of several groups, codes, formulas. Each is
//! read as a whole, in its own direction, wherever it stands.
//!
//! The bidirectional algorithm (UAX 9) works on characters, not on tokens: from right to left it reverses the groups of
//! a telephone number, and moves the plus of C++ to its front. Where that would happen, the token is isolated, together
//! with the Latin words around it.

use std::ops::Range;

use super::script::{is_digit, strong_direction};

/// A stretch of a text that is read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
}

/// Longest word in bytes that is tested for being a token.
const LONGEST: usize = 2_000;
/// Fewest digits of a number whose groups stand apart.
const FEWEST_DIGITS: usize = 7;
/// Most digits of a group of such a number, and most groups.
const GROUP: usize = 8;
const MOST_GROUPS: usize = 10;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// Latin letters, or others that run from left to right, and what stands in one word with them.
    Latin,
    /// Digits alone, with or without signs that keep their place.
    Number,
    /// Anything else.
    Other,
}

#[derive(Debug, Clone)]
struct Word {
    /// Without white space, and without the punctuation of the sentence.
    range: Range<usize>,
    kind: WordKind,
    /// Whether it would be reordered, or has punctuation at its edges that belongs to it.
    is_token: bool,
}

/// The tokens of a paragraph, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let words = numbers_joined(text, words(text));
    let mut tokens: Vec<Token> = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let mut range = word.range.clone();
        let mut is_token = word.is_token;
        // Consecutive Latin words are one stretch for the algorithm, too.
        if word.kind == WordKind::Latin {
            while let Some(next) =
                words.next_if(|next| next.kind != WordKind::Other && is_apart(text, range.end, next.range.start))
            {
                range.end = next.range.end;
                is_token |= next.is_token;
            }
        }
        if is_token {
            tokens.push(token(text, range));
        }
    }
    tokens
}

/// The words of a paragraph that are tokens by themselves, in order: without the Latin words that they stand among.
pub fn alone(text: &str) -> Vec<Token> {
    let words = numbers_joined(text, words(text)).into_iter().filter(|word| word.is_token);
    words.map(|word| token(text, word.range)).collect()
}

fn token(text: &str, range: Range<usize>) -> Token {
    let direction = text.get(range.clone()).unwrap_or_default().chars().find_map(strong_direction);
    Token { range, right_to_left: direction.unwrap_or(false) }
}

/// Whether only blanks and plain punctuation stand between two places.
fn is_apart(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.chars().all(|c| c == ' ' || c.is_ascii_punctuation()))
}

/// The words of a text, each as it looks by itself.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        if !word.is_empty() {
            words.push(look(word, at));
        }
        at += piece.len();
    }
    words
}

fn look(word: &str, at: usize) -> Word {
    if word.len() > LONGEST {
        return Word { range: at..at + word.len(), kind: WordKind::Other, is_token: false };
    }
    let inside = trimmed(word);
    let range = at + inside.start..at + inside.end;
    let word = word.get(inside).unwrap_or_default();
    let has_letters = word.chars().any(|c| strong_direction(c).is_some());
    let kind = if word.chars().find_map(strong_direction) == Some(false) {
        WordKind::Latin
    } else if !has_letters && word.chars().any(is_digit) {
        WordKind::Number
    } else {
        WordKind::Other
    };
    let is_token = is_link(word) || is_mail(word) || is_tag(word) || is_path(word) || is_code(word) || is_grouped(word);
    Word { range, kind, is_token }
}

/// Signs that open and close what belongs to a sentence.
const OPENING: [char; 12] = ['«', '“', '‘', '"', '\'', '(', '[', '{', '<', '‹', '„', '‚'];
const CLOSING: [char; 20] =
    ['»', '”', '’', '"', '\'', ')', ']', '}', '>', '›', '.', ',', ';', ':', '!', '?', '،', '؛', '؟', '…'];

/// Most punctuation that is stripped from a word: each step scans the word.
const MOST_SIGNS: usize = 64;

/// A word without the punctuation of the sentence around it. A bracket stays whose other half is in the word.
fn trimmed(word: &str) -> Range<usize> {
    let mut range = 0..word.len();
    for _ in 0..MOST_SIGNS {
        let inside = word.get(range.clone()).unwrap_or_default();
        let (first, last) = (inside.chars().next(), inside.chars().next_back());
        if let Some(last) = last.filter(|last| CLOSING.contains(last) && !has_opening(inside, *last)) {
            range.end -= last.len_utf8();
        } else if let Some(first) = first.filter(|first| OPENING.contains(first) && !has_closing(inside, *first)) {
            range.start += first.len_utf8();
        } else {
            break;
        }
    }
    range
}

const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// Whether the bracket that a word ends with was opened in it.
fn has_opening(word: &str, last: char) -> bool {
    let opened =
        |(open, close): &(char, char)| *close == last && word.matches(*open).count() >= word.matches(*close).count();
    PAIRS.iter().any(|pair| opened(pair) && !encloses(word, *pair))
}

/// Whether the bracket that a word begins with is closed in it.
fn has_closing(word: &str, first: char) -> bool {
    let closed =
        |(open, close): &(char, char)| *open == first && word.matches(*close).count() >= word.matches(*open).count();
    PAIRS.iter().any(|pair| closed(pair) && !encloses(word, *pair))
}

/// Whether one pair of brackets stands around all of a word: then it belongs to the sentence.
fn encloses(word: &str, (open, close): (char, char)) -> bool {
    word.starts_with(open)
        && word.ends_with(close)
        && word.matches(open).count() == 1
        && word.matches(close).count() == 1
}

fn is_link(word: &str) -> bool {
    let has_scheme = word.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    });
    has_scheme
        || word.starts_with("www.")
        || word.starts_with("mailto:")
        || is_host(word.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Whether a word is a host's name, with a port or without one.
fn is_host(word: &str) -> bool {
    let name = word
        .split_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(word, |(name, _)| name);
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let top = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.iter().all(is_label)
        && (2..=24).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_alphabetic())
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._+-%".contains(c)) && is_host(host)
    })
}

/// `@handles` and `#tags`, in either script.
fn is_tag(word: &str) -> bool {
    let name = word.strip_prefix(['@', '#']).unwrap_or_default();
    name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '\u{200C}') || c.is_alphabetic())
}

fn is_path(word: &str) -> bool {
    let is_plain = word.is_ascii() && word.len() > 1;
    let has_root = word.starts_with(['/', '~', '\\']) || word.starts_with("./") || word.starts_with("../");
    let has_drive = word.get(1..3).is_some_and(|after| after == ":\\");
    is_plain
        && (has_root || has_drive || word.ends_with(['/', '\\']))
        && word.chars().any(|c| c.is_ascii_alphanumeric())
}

/// Words of ASCII letters, digits and signs that would lose their order: codes such as CVE-2024-1234, formulas such as
/// C++ and 2+2=4.
fn is_code(word: &str) -> bool {
    let is_sign = |c: char| "+-=*/<>#%&_^|~:.×÷−±≤≥≠°′″$€£¥".contains(c);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || is_digit(c) || is_sign(c) || "()[],٬٫".contains(c);
    let has_operand = word.chars().any(|c| c.is_ascii_alphabetic() || is_digit(c));
    let ends_in_sign = word.starts_with(is_sign) || word.ends_with(is_sign);
    let mut operators = word.char_indices().filter(|(_, c)| "+-=*<>^|×÷−±≤≥≠".contains(*c));
    let joins = |at: usize| {
        let (left, right) = word.split_at(at);
        left.chars().any(|c| c.is_ascii_alphanumeric() || is_digit(c))
            && right.chars().any(|c| c.is_ascii_alphanumeric() || is_digit(c))
    };
    // A dash alone in front or behind belongs to the sentence.
    let is_dashed = word.ends_with(['-', '−', ':', '/']) && !word.contains(['+', '=', '#']);
    has_operand
        && word.chars().all(is_plain)
        && !is_dashed
        && (ends_in_sign && word.len() > 1 || operators.any(|(at, _)| joins(at)))
}

/// A number of groups that dashes, brackets or a plus part.
fn is_grouped(word: &str) -> bool {
    let is_part = |c: char| is_digit(c) || is_separator(c) || "./:,٫٬%٪".contains(c);
    let has_parts = word.chars().any(is_separator);
    word.chars().all(is_part) && has_parts && word.chars().filter(|c| is_digit(*c)).count() >= 2
}

/// What parts the groups of a number, besides blanks, dots and slashes.
fn is_separator(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '‑' | '−' | '+' | '(' | ')')
}

/// Joins the groups of telephone, card and account numbers that blanks part: a number that begins with a plus, a zero
/// or a bracket, or three groups and more, all in the same digits.
fn numbers_joined(text: &str, words: Vec<Word>) -> Vec<Word> {
    let mut joined = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let groups = groups(text, rest);
        if groups < 2 {
            joined.push(first.clone());
            rest = behind;
            continue;
        }
        let (number, others) = rest.split_at(groups);
        let end = number.last().map_or(first.range.end, |last| bracketed(text, last).end);
        joined.push(Word { range: bracketed(text, first).start..end, kind: WordKind::Number, is_token: true });
        rest = others;
    }
    joined
}

/// The range of a word, with the brackets around it: in a number they part its groups.
fn bracketed(text: &str, word: &Word) -> Range<usize> {
    let Range { start, end } = word.range;
    let is_between = text.get(..start).is_some_and(|before| before.ends_with('('))
        && text.get(end..).is_some_and(|behind| behind.starts_with(')'));
    if is_between { start - 1..end + 1 } else { start..end }
}

/// How many words from the first on are the groups of one number; 0 where they are none.
fn groups(text: &str, words: &[Word]) -> usize {
    let of = |word: &Word| text.get(bracketed(text, word)).unwrap_or_default();
    let digits = |word: &Word| of(word).chars().filter(|c| is_digit(*c)).count();
    let script = |word: &Word| of(word).chars().find(|c| is_digit(*c)).map(|c| u32::from(c) >> 4);
    let is_group = |word: &Word| {
        word.kind == WordKind::Number
            && (1..=2 * GROUP).contains(&digits(word))
            && of(word).chars().all(|c| is_digit(c) || is_separator(c))
    };
    let mut count = 0;
    let mut end = None;
    for word in words.iter().take(MOST_GROUPS).take_while(|word| is_group(word)) {
        let range = bracketed(text, word);
        let follows = end.is_none_or(|end| text.get(end..range.start) == Some(" "));
        if !follows || words.first().is_some_and(|first| script(first) != script(word)) {
            break;
        }
        count += 1;
        end = Some(range.end);
    }
    let number = words.get(..count).unwrap_or_default();
    let all: usize = number.iter().map(digits).sum();
    let Some(first) = number.first() else { return 0 };
    let begins = of(first).starts_with(['+', '(', '0', '۰', '٠']);
    let is_even = number.iter().all(|word| (2..=6).contains(&digits(word)));
    if all >= FEWEST_DIGITS && (begins || count >= 3 && is_even && all >= FEWEST_DIGITS + 2) { count } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| &text[token.range]).collect()
    }

    #[test]
    fn tokens_are_whole_and_punctuation_belongs_to_the_sentence() {
        for (text, token) in [
            ("گزارش در https://example.org/news/2026-01-18 است.", "https://example.org/news/2026-01-18"),
            ("(ر.ک. https://fa.wikipedia.org/wiki/تهران_(شهر))", "https://fa.wikipedia.org/wiki/تهران_(شهر)"),
            ("نشانی «example.org/a/».", "example.org/a/"),
            ("به news+iran-work.union@protonmail.com، زود", "news+iran-work.union@protonmail.com"),
            ("کانال @shabnameh_fa را", "@shabnameh_fa"),
            ("برچسب #زن_زندگی_آزادی!", "#زن_زندگی_آزادی"),
            ("برچسب #MahsaAmini؟", "#MahsaAmini"),
            ("در /home/user/letter.txt است", "/home/user/letter.txt"),
            ("در C:\\Users\\me\\ است", "C:\\Users\\me\\"),
            ("زنگ بزنید: +98 912 345 6789.", "+98 912 345 6789"),
            ("زنگ بزنید: ۰۹۱۲ ۳۴۵ ۶۷۸۹.", "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
            ("تلفن (021) 8877-1234 است", "(021) 8877-1234"),
            ("شماره کارت: 6037-0000-1111-2222 است.", "6037-0000-1111-2222"),
            ("شماره کارت: ۶۰۳۷ ۰۰۰۰ ۱۱۱۱ ۲۲۲۲ است.", "۶۰۳۷ ۰۰۰۰ ۱۱۱۱ ۲۲۲۲"),
            ("ساعت ۱۸–۲۰ بیایید", "۱۸–۲۰"),
            ("تاریخ 2026-01-18، شب", "2026-01-18"),
            ("رخنهٔ CVE-2024-1234 است", "CVE-2024-1234"),
            ("استاندارد ISO 8859-6 است", "ISO 8859-6"),
            ("زبان C++ و", "C++"),
            ("یعنی 2+2=4 است", "2+2=4"),
            ("نسخهٔ Python 3.11-rc1 آمد", "Python 3.11-rc1"),
            ("ببینید visit https://example.org, now را", "visit https://example.org, now"),
        ] {
            assert_eq!(found(text), [token], "{text}");
        }
    }

    #[test]
    fn what_keeps_its_order_is_no_token() {
        for text in [
            "ساعت ۱۰:۳۰ در ۱۴۰۴/۱۰/۲۸ با ۴۸٫۶٪ و 3.5",
            "در سال ۱۴۰۴ ۲۰۲۶ نفر",
            "Latin و فارسی",
            "A/B",
            "او - که دیر آمد - رفت",
            "نمی‌دانم… (شاید)",
            "...",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn each_token_has_its_own_direction() {
        let directions = |text| tokens(text).iter().map(|token| token.right_to_left).collect::<Vec<_>>();
        assert_eq!(directions("#آزادی #azadi ۰۹۱۲-۳۴۵-۶۷۸۹"), [true, false]);
        assert_eq!(directions("see #آزادی now"), [true]);
    }
}
