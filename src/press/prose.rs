//! The text of a letter -> headings, paragraphs, list items: the shapes that plain text has, and those of light Markdown.

/// A part of a letter that is set on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text, without line breaks except where the writer's own line breaks matter, as in a poem.
    pub text: String,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list, with its mark as written: `۱.`, `-`, `•`.
    Item(String),
}

/// Lines at least this long may have been broken by an editor rather than by the writer, in characters.
const WRAPPED_FROM: usize = 45;
/// No editor breaks lines later than this, in characters.
const WRAPPED_TO: usize = 132;

/// Cuts a text into blocks; `markdown` has headings. No character but white space and Markdown's own `#` is lost.
pub fn blocks(text: &str, markdown: bool) -> Vec<Block> {
    // Every sign that ends a line or a page ends a line; a byte order mark is no part of the text.
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let ends = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    let lines: Vec<&str> = text.split(ends).map(str::trim).collect();
    let mut blocks: Vec<Block> = Vec::new();
    for group in lines.split(|line| line.is_empty()).filter(|group| !group.is_empty()) {
        let longest = group.iter().map(|line| line.chars().count()).max().unwrap_or_default();
        // Persian is seldom broken by editors, and its verses are as long as each other: they are joined in Markdown only, where that is the rule.
        let verse = !markdown && group.iter().any(|line| line.chars().any(|c| strong_direction(c) == Some(true)));
        let wrapped = !verse && (WRAPPED_FROM..=WRAPPED_TO).contains(&longest);
        let mut before: Option<usize> = None;
        for line in group {
            let block = classify(line, markdown);
            let length = line.chars().count();
            // A line that its editor broke goes on in the next, as its first word had no room any more. The lines of a poem had room.
            let first_word = line.split_whitespace().next().unwrap_or_default().chars().count();
            let goes_on = wrapped
                && block.kind == Kind::Paragraph
                && before.is_some_and(|before| before + 1 + first_word > longest);
            match blocks.last_mut().filter(|last| goes_on && !matches!(last.kind, Kind::Heading(_))) {
                Some(last) => {
                    last.text.push(' ');
                    last.text.push_str(&block.text);
                }
                None => blocks.push(block),
            }
            before = Some(length);
        }
    }
    blocks
}

fn classify(line: &str, markdown: bool) -> Block {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    if let Some(text) = line.get(hashes..).filter(|rest| markdown && (1..=6).contains(&hashes) && rest.starts_with(' '))
    {
        return Block { kind: Kind::Heading(hashes as u8), text: text.trim().to_owned() };
    }
    if let Some((mark, text)) = line.split_once(char::is_whitespace)
        && is_mark(mark)
        && !text.trim().is_empty()
    {
        return Block { kind: Kind::Item(mark.to_owned()), text: text.trim().to_owned() };
    }
    Block { kind: Kind::Paragraph, text: line.to_owned() }
}

/// Whether a word is the mark of a list item: a bullet, or a number of up to three digits with a full stop, a parenthesis or a dash.
fn is_mark(word: &str) -> bool {
    if matches!(word, "-" | "*" | "•" | "–" | "—" | "▪" | "●" | "◦") {
        return true;
    }
    let number = word.trim_end_matches(['.', ')', '-', '.']);
    number.len() < word.len()
        && (1..=3).contains(&number.chars().count())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '۰'..='۹' | '٠'..='٩'))
}

/// Whether a letter's languages and text make it run from right to left.
pub fn is_right_to_left(language: &str, text: &str) -> bool {
    match language.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "fa" | "ar" | "ckb" | "he" | "ur" | "ps" | "ug" | "sd" | "yi" => true,
        "" => text.chars().find_map(strong_direction).unwrap_or(false),
        _ => false,
    }
}

/// The direction of a paragraph in a letter of the given direction: a paragraph without a letter of that direction takes the other.
pub fn paragraph_direction(right_to_left_letter: bool, text: &str) -> bool {
    let mut directions = text.chars().filter_map(strong_direction).peekable();
    if directions.peek().is_none() {
        right_to_left_letter
    } else {
        directions.any(|d| d == right_to_left_letter) == right_to_left_letter
    }
}

/// Whether a character's own direction is from right to left; `None` where it has none.
fn strong_direction(character: char) -> Option<bool> {
    match character {
        '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => None,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
            character.is_alphabetic().then_some(true)
        }
        _ => character.is_alphabetic().then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        blocks(text, true)
            .into_iter()
            .map(|block| match block.kind {
                Kind::Heading(level) => format!("h{level}|{}", block.text),
                Kind::Paragraph => format!("p|{}", block.text),
                Kind::Item(mark) => format!("{mark}|{}", block.text),
            })
            .collect()
    }

    #[test]
    fn plain_text_has_shapes() {
        let text = "# عنوان\nخط یکم\nخط دوم\n\n۱. یک\n2) two\n- سه\n• چهار\n-پنج\n۲۰۲۶. شش";
        assert_eq!(
            shapes(text),
            ["h1|عنوان", "p|خط یکم", "p|خط دوم", "۱.|یک", "2)|two", "-|سه", "•|چهار", "p|-پنج", "p|۲۰۲۶. شش"]
        );
    }

    #[test]
    fn every_end_of_a_line_is_one_and_plain_text_has_no_headings() {
        assert_eq!(shapes("\u{FEFF}# a\rb\u{C}c\u{2028}d"), ["h1|a", "p|b", "p|c", "p|d"]);
        assert_eq!(blocks("# 5 tanks", false)[0].text, "# 5 tanks");
        assert!(is_right_to_left("FA", "SD"));
    }

    #[test]
    fn lines_broken_by_an_editor_are_joined_and_a_poem_is_not() {
        let wrapped = "This paragraph was broken by an editor that has a margin at\nabout sixty characters, as many of them still have, and so\nit is one.";
        assert_eq!(shapes(wrapped).len(), 1);
        let poem = "بنی‌آدم اعضای یک پیکرند که در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار دگر عضوها را نماند قرار\nتو کز محنت دیگران بی‌غمی نشاید که نامت نهند آدمی";
        assert_eq!(blocks(poem, false).len(), 3);
        assert_eq!(shapes("بنی‌آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند").len(), 2);
    }

    #[test]
    fn a_latin_line_in_a_persian_letter_runs_from_the_left() {
        assert!(!paragraph_direction(true, "Only Latin here."));
        assert!(paragraph_direction(true, "Latin و فارسی"));
        assert!(paragraph_direction(true, "۱۲۳"));
        assert!(!paragraph_direction(false, "English with فارسی"));
        assert!(paragraph_direction(false, "تنها فارسی"));
        assert!(is_right_to_left("fa-IR", "x") && is_right_to_left("", "سلام") && !is_right_to_left("", "hi سلام"));
    }
}
