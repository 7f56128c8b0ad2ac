//! What a letter gives to be printed: its text, its title, its short name, its direction.

use super::direction::is_right_to_left;
use super::lines::Lines;
use super::manuscript::{Block, BlockKind, Manuscript, Rich};
use super::script::in_digits;
use super::{markdown, plain, title};
use crate::codec::letter::{Letter, MediaType, printable};

/// Longest summary in bytes: it bounds the search in a text without ends of sentences.
const LONGEST_SUMMARY: usize = 4096;
/// Most characters of a short name.
const SHORT_NAME: usize = 32;

/// What the codes on paper carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// A letter that is printed before them.
    Letter,
    /// A file that is not.
    File,
    /// A letter that only some may read.
    Encrypted,
}

/// A letter, read for printing.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Its parts. Of a file that is no text there is only the title, which is its name.
    pub manuscript: Manuscript,
    /// What the codes carry: there is text to print for letters only.
    pub carried: Carried,
    /// Its title or its first words, or a file's name, short enough to stand under a code.
    pub short_name: String,
    /// BCP 47 tag of its language, or nothing.
    pub language: String,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
}

impl Text {
    /// Reads a letter.
    pub fn of(letter: &Letter) -> Self {
        Self::with_lines(letter, Lines::Guess)
    }

    /// Reads a letter, and does with its lines what is said.
    pub fn with_lines(letter: &Letter, lines: Lines) -> Self {
        let text = letter.text().unwrap_or_default();
        let markdown = letter.media_type() == MediaType::Markdown;
        let right_to_left = is_right_to_left(letter.language(), text);
        let zero = zero(letter.language(), right_to_left);
        let mut manuscript = if markdown { markdown::read(text, lines, zero) } else { plain::read(text, lines) };
        let given = printable(letter.title());
        if !given.is_empty() {
            // The title in the text becomes a heading.
            if let Some(title) = manuscript.title.replace(Rich::plain(&given)).filter(|title| title.text != given) {
                manuscript.blocks.insert(0, Block { kind: BlockKind::Heading(1), level: 0, close: false, text: title });
            }
        } else if text.is_empty() {
            manuscript.title = Some(Rich::plain(&printable(letter.name())));
        } else {
            title::found(&mut manuscript);
        }
        manuscript.blocks = bounded(manuscript.blocks);
        if markdown {
            own_digits(zero, &mut manuscript.blocks);
        }
        let title = manuscript.title.as_ref().map(|title| title.text.replace('\n', " ")).unwrap_or_default();
        // Not the file's name: it may tell about its writer, and says little to readers.
        let mut blocks = manuscript.blocks.iter();
        let first =
            blocks.find(|block| block.text.text.contains(char::is_alphabetic)).map(|block| printable(&block.text.text));
        let first = first.unwrap_or_default();
        let name = if title.is_empty() { first } else { title };
        Text {
            carried: if text.is_empty() { Carried::File } else { Carried::Letter },
            short_name: shortened(&name, SHORT_NAME),
            language: letter.language().to_owned(),
            right_to_left,
            manuscript,
        }
    }

    /// What is printed of an encrypted letter: nothing of it.
    pub fn hidden() -> Self {
        Text {
            carried: Carried::Encrypted,
            short_name: String::new(),
            // Nothing is known of the language: instructions in Persian come first.
            language: "fa".to_owned(),
            right_to_left: true,
            manuscript: Manuscript::default(),
        }
    }

    /// The letter as it is read, without the signs of Markdown.
    pub fn reading(&self) -> String {
        let head = self.manuscript.title.iter().map(|title| title.text.clone()).chain(self.manuscript.byline.clone());
        let body = self.manuscript.blocks.iter().map(Block::reading);
        head.chain(body).collect::<Vec<_>>().join("\n")
    }

    /// The title, or nothing.
    pub fn title(&self) -> &str {
        self.manuscript.title.as_ref().map(|title| title.text.as_str()).unwrap_or_default()
    }

    /// A summary where none was given: the first two sentences of the text, or the first, if that is all that so many
    /// characters hold.
    pub fn summary(&self, most: usize) -> String {
        let whole = [2, 1].map(|sentences| self.beginning(sentences));
        let fits = whole.iter().find(|text| text.chars().count() <= most).cloned();
        fits.unwrap_or_else(|| shortened(&self.beginning(1), most))
    }

    /// The first sentences of the text.
    fn beginning(&self, sentences: usize) -> String {
        let paragraphs = self.manuscript.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        let mut found = String::new();
        let mut left = sentences;
        for paragraph in paragraphs {
            for word in paragraph.text.text.split_inclusive(char::is_whitespace) {
                if left == 0 || found.len() > LONGEST_SUMMARY {
                    return found.trim().to_owned();
                }
                found.push_str(word);
                // A stop within a number, an address or a name ends no sentence.
                let stop = word.trim_end().trim_end_matches(['»', '”', '"', ')']).ends_with(['.', '!', '?', '؟', '…']);
                left -= usize::from(stop && word.chars().filter(|c| c.is_alphanumeric()).count() > 1);
            }
            found.push(' ');
        }
        found.trim().to_owned()
    }
}

/// The digit 0 of a letter's language.
fn zero(language: &str, right_to_left: bool) -> char {
    match right_to_left {
        false => '0',
        true if language.starts_with("ar") => '٠',
        true => '۰',
    }
}

/// Markdown has its numbers of list items in ASCII; in print they are those of the letter's language.
fn own_digits(zero: char, blocks: &mut [Block]) {
    for block in blocks {
        if let BlockKind::Item(mark) = &mut block.kind {
            *mark = in_digits(mark, zero);
        }
    }
}

/// Most blocks of a text; each takes memory of its own.
const MAX_BLOCKS: usize = 20_000;

/// Joins paragraphs where there are more than [`MAX_BLOCKS`].
fn bounded(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.len() <= MAX_BLOCKS {
        return blocks;
    }
    let several = |blocks: &[Block]| Block {
        kind: BlockKind::Paragraph,
        level: 0,
        close: false,
        text: Rich::plain(&blocks.iter().map(Block::reading).collect::<Vec<_>>().join("\n")),
    };
    blocks.chunks(blocks.len().div_ceil(MAX_BLOCKS)).map(several).collect()
}

/// A text cut at a word, with an ellipsis, where it has more than so many characters.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.trim().to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let words = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..words).unwrap_or(&cut).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str, name: &str, title: &str) -> Text {
        Text::of(&Letter::new(content.into(), name).unwrap().with_title(title).unwrap())
    }

    #[test]
    fn a_letter_has_one_title_and_loses_none() {
        let own = text("# عنوان\n\nمتن", "a.md", "");
        assert_eq!((own.title(), own.manuscript.blocks.len()), ("عنوان", 1));
        let given = text("# عنوان\n\nمتن", "a.md", "دیگر");
        assert_eq!((given.title(), given.manuscript.blocks[0].text.text.as_str()), ("دیگر", "عنوان"));
        assert_eq!(text("متن نامه", "نامه.txt", "").short_name, "متن نامه");
        let file = Text::of(&Letter::new(vec![0xFF, 0], "photo.jpg").unwrap());
        assert!(file.carried == Carried::File && file.title() == "photo.jpg");
    }

    #[test]
    fn a_summary_is_whole_sentences() {
        let letter = text("یک جملهٔ کوتاه است. دو جمله هم هست! سومی نه.", "a.txt", "");
        assert_eq!(letter.summary(100), "یک جملهٔ کوتاه است. دو جمله هم هست!");
        assert_eq!(letter.summary(20), "یک جملهٔ کوتاه است.");
        assert_eq!(letter.summary(12), "یک جملهٔ…");
        let wages =
            text("Our wages rose again. Inflation reached 48.6 percent, as J. Doe of a.example says. No.", "a.txt", "");
        assert_eq!(
            wages.summary(100),
            "Our wages rose again. Inflation reached 48.6 percent, as J. Doe of a.example says."
        );
        assert_eq!(shortened("یک دو سه چهار پنج", 12), "یک دو سه…");
        assert_eq!(shortened("کوتاه", 12), "کوتاه");
    }
}
