//! Codes in plain text, which any phone's camera shows without a reader of ours.

use crate::codec::letter::is_harmful;
use crate::error::{Error, Result};
use crate::optics::qr::{Level, QrCode, QrVersion};
use crate::prose::text::{Text, shortened};
use crate::words::{Needed, PaperWords};

/// A higher level than that of frames: no erasure code repairs these.
const LEVEL: Level = Level::M;
/// The largest version: as wide as a code of the letter, or a little wider.
const MAX_VERSION: u8 = 20;

/// Most bytes of UTF-8 of one plain code.
fn capacity() -> usize {
    QrVersion::new(MAX_VERSION).map(|version| version.plain_bytes(LEVEL)).unwrap_or_default()
}

/// What plain codes hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// There are none.
    Nothing,
    /// One, with a summary.
    Summary([QrCode; 1]),
    /// The letter's pages.
    Pages(Vec<QrCode>),
}

impl Plain {
    /// The code that says what this is.
    ///
    /// # Errors
    /// [`Error::SummaryTooLong`] where the given summary does not fit; one taken from the letter is cut.
    pub fn summary(text: &Text, given: Option<&str>, needed: Needed, words: &dyn PaperWords) -> Result<Self> {
        let summary = summary(text, given, needed, words)?;
        Ok(Plain::Summary([code(&summary, summary.len())?]))
    }

    /// The codes of a letter's pages.
    ///
    /// # Errors
    /// None that a letter can cause.
    pub fn pages(letter: &str, title: &str, words: &dyn PaperWords) -> Result<Self> {
        let pages = pages(letter, title, words);
        // The last page may be shorter; all codes are as large as the longest needs.
        let longest = pages.iter().map(String::len).max().unwrap_or_default();
        pages.iter().map(|page| code(page, longest)).collect::<Result<_>>().map(Plain::Pages)
    }

    /// The codes.
    pub fn codes(&self) -> &[QrCode] {
        match self {
            Plain::Nothing => &[],
            Plain::Summary(code) => code,
            Plain::Pages(codes) => codes,
        }
    }

    /// What stands under one of them, numbered from 1.
    pub(crate) fn caption(&self, number: usize, words: &dyn PaperWords) -> String {
        match self {
            Plain::Pages(codes) => words.plain_caption(number, codes.len()),
            Plain::Nothing | Plain::Summary(_) => words.summary_caption(),
        }
    }
}

/// Most characters of a title in a plain code.
const TITLE: usize = 80;

/// The text of the one code that says what this is: title, summary, how to get the rest.
///
/// # Errors
/// [`Error::SummaryTooLong`] where the given summary does not fit; one taken from the letter is cut.
fn summary(text: &Text, given: Option<&str>, needed: Needed, words: &dyn PaperWords) -> Result<String> {
    let rest = words.how_to_get_the_rest(needed);
    let title = shortened(&clean(text.title()), TITLE);
    let body = |summary: &str| {
        let parts = [title.as_str(), summary, rest.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let max = capacity();
    match given {
        Some(given) => {
            let whole = body(&clean(given));
            if whole.len() <= max {
                return Ok(whole);
            }
            let room = max.saturating_sub(body("").len() + 1);
            Err(Error::SummaryTooLong { bytes: clean(given).len(), max: room })
        }
        None => {
            let lengths = (0..=max / 2).rev().step_by(4);
            let fits = lengths.map(|length| body(&clean(&text.summary(length)))).find(|whole| whole.len() <= max);
            Ok(fits.unwrap_or(title))
        }
    }
}

/// The whole letter as numbered pages, each a text of its own.
fn pages(letter: &str, title: &str, words: &dyn PaperWords) -> Vec<String> {
    let letter = clean(letter);
    let title = shortened(&clean(title), 24);
    let head = |page: usize, of: usize| {
        let number = format!("{}/{}", words.number(page), words.number(of));
        if title.is_empty() { format!("{number}\n") } else { format!("{title} {number}\n") }
    };
    // Each page states the number of pages, whose digits make pages longer: repeated until it fits.
    let mut widest = 9;
    loop {
        let bodies = cut(&letter, capacity().saturating_sub(head(widest, widest).len()));
        let of = bodies.len();
        if of <= widest {
            return (1..).zip(bodies).map(|(page, body)| format!("{}{body}", head(page, of))).collect();
        }
        widest = widest * 10 + 9;
    }
}

/// Cuts a text into pieces of at most so many bytes, after white space where that does not waste a third.
fn cut(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while rest.len() > most {
        let end = (0..=most).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or_default();
        let fits = rest.get(..end).unwrap_or_default();
        let after = fits.rfind(char::is_whitespace).filter(|at| *at > most * 2 / 3).unwrap_or(end);
        let (piece, left) = rest.split_at(after.max(1));
        pieces.push(piece.trim_end());
        rest = left.trim_start();
    }
    pieces.push(rest);
    pieces
}

/// The text without control characters that could reorder or hide what a phone shows.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !is_harmful(*c)).collect::<String>().trim().to_owned()
}

/// The code of a text, of the smallest version that holds so many bytes.
///
/// # Errors
/// [`Error::QrEncode`] where that is more than [`capacity`], or less than the text has.
fn code(text: &str, bytes: usize) -> Result<QrCode> {
    let version = (1..=MAX_VERSION)
        .filter_map(|version| QrVersion::new(version).ok())
        .find(|version| version.plain_bytes(LEVEL) >= bytes)
        .ok_or(Error::QrEncode)?;
    QrCode::plain(text, version, LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::letter::Letter;
    use crate::words::on_paper_in;

    const NEEDED: Needed = Needed { sufficient: 6, of: 12, certain: true };

    #[test]
    fn a_letter_in_plain_pages_is_whole() {
        let letter = "سلام بر همهٔ کسانی که می‌خوانند و می‌رسانند. ".repeat(200);
        let pages = pages(&letter, "عنوان", on_paper_in("fa"));
        assert!(pages.len() > 20);
        let mut read = String::new();
        for (number, page) in (1..).zip(&pages) {
            assert!(page.len() <= capacity());
            let (head, body) = page.split_once('\n').unwrap();
            assert_eq!(
                head,
                format!("عنوان {}/{}", on_paper_in("fa").number(number), on_paper_in("fa").number(pages.len()))
            );
            read.push_str(body);
            read.push(' ');
            code(page, page.len()).unwrap();
        }
        assert_eq!(read.split_whitespace().collect::<Vec<_>>(), letter.split_whitespace().collect::<Vec<_>>());
        assert_eq!(super::pages("کوتاه", "", on_paper_in("fa")), ["۱/۱\nکوتاه"]);
    }

    #[test]
    fn a_word_longer_than_a_page_is_cut() {
        let word = "ن".repeat(5_000);
        assert_eq!(
            pages(&word, "", on_paper_in("fa")).iter().map(|page| page.split_once('\n').unwrap().1).collect::<String>(),
            word
        );
    }

    #[test]
    fn a_summary_given_is_never_cut() {
        let text = Text::of(&Letter::new("یک جمله. دو جمله. ".repeat(90).into(), "نامه.txt").unwrap());
        let own = summary(&text, None, NEEDED, on_paper_in("fa")).unwrap();
        assert!(own.len() <= capacity() && own.contains("یک جمله."));
        assert!(summary(&text, Some("خلاصه"), NEEDED, on_paper_in("fa")).unwrap().starts_with("خلاصه\n"));
        let long = "دراز ".repeat(200);
        assert!(matches!(
            summary(&text, Some(&long), NEEDED, on_paper_in("fa")),
            Err(Error::SummaryTooLong { bytes: 1799, .. })
        ));
    }
}
