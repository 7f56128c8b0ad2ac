//! The title of a text that gives none: a short first line, where it stands as one.

use super::manuscript::{Block, Kind, Manuscript};

/// Most characters of such a line.
const LONGEST: usize = 60;
/// Fewest characters of the rest: a note needs no title.
const REST: usize = 120;
/// How people greet: no title begins so.
const GREETINGS: [&str; 24] = [
    "سلام",
    "درود",
    "دوستان",
    "دوست",
    "عزیز",
    "رفقا",
    "هم‌وطن",
    "هموطن",
    "به نام",
    "بنام",
    "بسم",
    "أيها",
    "أيتها",
    "السلام",
    "سڵاو",
    "هاوڕێ",
    "dear",
    "hello",
    "hi ",
    "liebe",
    "sehr geehrte",
    "cher",
    "chère",
    "sevgili",
];

/// Makes the first line the title, where it looks like one.
pub(super) fn found(manuscript: &mut Manuscript) {
    if manuscript.title.is_some() || !is_title(&manuscript.blocks) {
        return;
    }
    let first = manuscript.blocks.remove(0);
    if let Some(next) = manuscript.blocks.first_mut() {
        next.close = false;
    }
    let mut title = first.text;
    title.bold.clear();
    manuscript.title = Some(title);
}

fn is_title(blocks: &[Block]) -> bool {
    let [first, next, ..] = blocks else { return false };
    let text = first.text.text.trim();
    let length = text.chars().count();
    let is_heading = matches!(first.kind, Kind::Heading(_));
    let is_line = is_heading || first.kind == Kind::Paragraph && first.level == 0;
    let ends = text.ends_with(['.', '،', ',', ':', ';', '؛', '…', '-', '–']);
    if !is_line || !(2..=LONGEST).contains(&length) || ends && !is_heading || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if is_heading {
        return true;
    }
    let lower = text.to_lowercase();
    let is_link = !text.contains(char::is_whitespace) && text.contains(['@', '/', '.']);
    if is_link || GREETINGS.iter().any(|greeting| lower.starts_with(greeting)) {
        return false;
    }
    let rest: usize = blocks.iter().skip(1).map(|block| block.text.text.chars().count()).sum();
    let next_text = next.text.text.to_lowercase();
    let greets = GREETINGS.iter().any(|greeting| next_text.starts_with(greeting)) || next_text.ends_with(['،', ',']);
    // Lines of an address or a poem are as long as each other.
    let is_longer = next.text.text.chars().count() > LONGEST.max(2 * length);
    let stands_alone = !next.close && !matches!(next.kind, Kind::Couplet(_));
    rest >= REST && next.kind != Kind::Break && (stands_alone || greets || is_longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::lines::Lines;
    use crate::prose::{markdown, plain};

    #[test]
    fn a_line_that_stands_as_a_title_is_one() {
        let rest =
            "کارگران عزیز، ما این نامه را می‌نویسیم تا بدانید که تنها نیستید و دیگران هم در همین راه‌اند. ".repeat(3);
        let title = |text: &str| {
            let mut read = plain::read(text, Lines::Guess);
            found(&mut read);
            read.title.map(|title| title.text)
        };
        for (text, wanted) in [
            (format!("نامه به کارگران\n\n{rest}"), Some("نامه به کارگران")),
            (format!("نامه به کارگران\n{rest}"), Some("نامه به کارگران")),
            (format!("*نامه به کارگران!*\n\nدوستان،\n{rest}"), Some("نامه به کارگران!")),
            (format!("دوستان عزیز،\n\n{rest}"), None),
            (format!("سلام بر همه\n\n{rest}"), None),
            (format!("به نام خدا\n\n{rest}"), None),
            (format!("دیروز اینترنت قطع شد.\n\n{rest}"), None),
            (format!("https://example.org/a\n\n{rest}"), None),
            (format!("• نان\n\n{rest}"), None),
            (format!("🍃🍃\n\n{rest}"), None),
            ("نامه به کارگران\n\nکوتاه است.".to_owned(), None),
            ("شورا\nخیابان یک\nتهران\n\nنامه".to_owned(), None),
            ("بنی‌آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار\nدگر عضوها را نماند قرار\nتو کز محنت دیگران بی‌غمی\nنشاید که نامت نهند آدمی".to_owned(), None),
        ] {
            assert_eq!(title(&text).as_deref(), wanted, "{text}");
        }
        let mut word = markdown::read(&format!("**نامه**\n\n{rest}"), Lines::Guess, '۰');
        found(&mut word);
        assert_eq!(word.title.map(|title| (title.text, title.bold.len())), Some(("نامه".into(), 0)));
        let mut heading = markdown::read("## نامه\n\nکوتاه", Lines::Guess, '۰');
        found(&mut heading);
        assert_eq!((heading.title.map(|title| title.text), heading.blocks.len()), (Some("نامه".into()), 1));
    }
}
