//! The title of a text without one: a short first line that looks like a title.

use super::manuscript::{Block, BlockKind, Manuscript, Rich};

/// Most characters of such a line.
const LONGEST: usize = 60;
/// The same for a line that stands alone before a greeting.
const LONGEST_HEADLINE: usize = 120;
/// A greeting is searched within the first blocks, up to this many.
const LATEST: usize = 12;
/// Fewest characters after the title: a short note needs none.
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

/// Makes the first line the title, where it looks like one; or a line further below that a greeting follows, which
/// stays there as a heading.
pub(super) fn found(manuscript: &mut Manuscript) {
    if manuscript.title.is_some() {
        return;
    }
    if is_title(&manuscript.blocks) {
        let first = manuscript.blocks.remove(0);
        if let Some(next) = manuscript.blocks.first_mut() {
            next.close = false;
        }
        manuscript.title = Some(plain(first.text));
    } else if let Some(block) = headline(&mut manuscript.blocks) {
        block.kind = BlockKind::Heading(2);
        manuscript.title = Some(plain(block.text.clone()));
    }
}

/// A title is bold as a whole.
fn plain(text: Rich) -> Rich {
    Rich { bold: Vec::new(), ..text }
}

/// A line that stands alone before a greeting, below something said about the letter.
fn headline(blocks: &mut [Block]) -> Option<&mut Block> {
    let greets = |block: &Block| {
        let text = block.text.text.trim();
        let short = text.chars().count() <= LONGEST && text.ends_with(['،', ',', '!', ':']);
        block.kind == BlockKind::Paragraph && short && is_greeting(&text.to_lowercase())
    };
    let at = blocks.iter().take(LATEST).position(greets)?.checked_sub(1)?;
    let block = blocks.get_mut(at)?;
    let text = block.text.text.trim();
    let is_line = block.kind == BlockKind::Paragraph && block.level == 0 && !block.close;
    let ends = text.ends_with(['.', '،', ',', ':', ';', '؛', '…']);
    (at > 0 && is_line && !ends && (2..=LONGEST_HEADLINE).contains(&text.chars().count())).then_some(block)
}

/// Whether a text, in small letters, begins as people greet.
fn is_greeting(lower: &str) -> bool {
    GREETINGS.iter().any(|greeting| lower.starts_with(greeting))
}

fn is_title(blocks: &[Block]) -> bool {
    let [first, next, ..] = blocks else { return false };
    let text = first.text.text.trim();
    let length = text.chars().count();
    let is_heading = matches!(first.kind, BlockKind::Heading(_));
    let is_line = is_heading || first.kind == BlockKind::Paragraph && first.level == 0;
    let ends = text.ends_with(['.', '،', ',', ':', ';', '؛', '…', '-', '–']);
    if !is_line || !(2..=LONGEST).contains(&length) || ends && !is_heading || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if is_heading {
        return true;
    }
    let lower = text.to_lowercase();
    let is_link = !text.contains(char::is_whitespace) && text.contains(['@', '/', '.']);
    if is_link || is_greeting(&lower) {
        return false;
    }
    let rest: usize = blocks.iter().skip(1).map(|block| block.text.text.chars().count()).sum();
    let next_text = next.text.text.to_lowercase();
    let greets = is_greeting(&next_text) || next_text.ends_with(['،', ',']);
    // Lines of an address or a poem are as long as each other.
    let is_longer = next.text.text.chars().count() > LONGEST.max(2 * length);
    let stands_alone = !next.close && !matches!(next.kind, BlockKind::Couplet(_));
    rest >= REST && next.kind != BlockKind::Break && (stands_alone || greets || is_longer)
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

    #[test]
    fn a_line_before_a_greeting_is_a_title_wherever_it_stands() {
        let said =
            "در این نامه که دیروز منتشر شد، کارگران از همه خواستند که کنار هم بمانند و خبرها را برسانند. ".repeat(3);
        for (text, is_found) in [
            (format!("{said}\n\nنامه به کارگران جهان\n\nرفقا و همکاران گرامی،\n\n{said}"), true),
            (format!("{said}\n\nA letter to all workers\n\nDear friends,\n\n{said}"), true),
            (format!("{said}\n\nنامه به کارگران.\n\nدوستان،\n\n{said}"), false),
            (format!("{said}\n\nدوستان،\n\n{said}"), false),
            (format!("{said}\n\nنامه به کارگران\n\n{said}"), false),
        ] {
            let mut read = plain::read(&text, Lines::Guess);
            let blocks = read.blocks.len();
            found(&mut read);
            assert_eq!((read.title.is_some(), read.blocks.len()), (is_found, blocks), "{text}");
            assert_eq!(read.blocks[1].kind == BlockKind::Heading(2), is_found);
        }
    }
}
