//! The marks that list items begin with: bullets, numbers, letters.

use super::manuscript::Rich;
use super::script::is_digit;

/// Signs that stand before an item, and a blank behind them.
const BULLETS: &str = "-*•–—▪●◦■□○◆◇►▶➢➤‣⁃·∙✓✔✗✘✅❌☑☐★☆→⇒◾◽▫➡✦✧❖♦";
/// Pictures that people put before items.
const PICTURES: std::ops::RangeInclusive<char> = '\u{1F300}'..='\u{1FAFF}';
/// Signs of Persian letters that number items.
const LETTERS: [&str; 14] = ["الف", "ا", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ه", "و", "ز"];

/// The mark of an item, and its text; nothing where a line is no item.
pub(super) fn item(line: &Rich) -> Option<(String, Rich)> {
    let start = line.text.len() - line.text.trim_start_matches(is_passed_over).len();
    let text = line.text.get(start..)?;
    let end = mark(text)?;
    let body = line.trimmed_from(start + end);
    let mark = text.get(..end).unwrap_or_default().trim().replace(is_direction, "");
    // All characters that stand for a bullet become the same one.
    let mark = if matches!(mark.as_str(), "-" | "*" | "·") { "•".to_owned() } else { mark };
    (!body.text.is_empty()).then_some((mark, body))
}

/// Marks of direction, and white space.
fn is_passed_over(character: char) -> bool {
    is_direction(character) || character.is_whitespace()
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Where the mark that a text begins with ends, in bytes.
fn mark(text: &str) -> Option<usize> {
    let (word, behind) = text.split_at(text.find(is_passed_over).unwrap_or(text.len()));
    if !behind.is_empty() && (is_bullet(word) || is_counted(word)) {
        return Some(word.len());
    }
    // In Persian the blank after a number is often omitted: `۱-نان`, `الف)نان`.
    let end = word.find([')', '-', 'ـ', '–'])?;
    let end = end + word.get(end..)?.chars().next()?.len_utf8();
    let (mark, rest) = word.split_at(end);
    let goes_on = rest.chars().next().is_some_and(|c| matches!(c, '\u{620}'..='\u{6D3}'));
    (goes_on && mark.chars().next().is_some_and(|c| !c.is_ascii()) && is_counted(mark)).then_some(end)
}

fn is_bullet(word: &str) -> bool {
    // What follows an emoji says how it is drawn.
    let mut characters = word.chars().filter(|c| !matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'));
    match (characters.next(), characters.next()) {
        (Some(sign), None) => BULLETS.contains(sign) || PICTURES.contains(&sign),
        _ => false,
    }
}

/// Whether a word is a number of up to three digits, or a letter that counts, with what closes it.
fn is_counted(word: &str) -> bool {
    let opened = word.strip_prefix(['(', '[']);
    let Some(inside) = opened.unwrap_or(word).strip_suffix([')', ']', '.', '-', 'ـ', '–', ':']) else {
        return false;
    };
    let close = word.chars().next_back().unwrap_or_default();
    if opened.is_some() && !matches!(close, ')' | ']') {
        return false;
    }
    // A number and a dash, both: `۱.-`, `۱)ـ`.
    let inside = inside.trim_end_matches(['.', ')', '-', 'ـ']);
    let count = inside.chars().count();
    if (1..=3).contains(&count) && inside.chars().all(is_digit) {
        return close != ':';
    }
    let is_letter = LETTERS.contains(&inside) || count == 1 && inside.chars().all(|c| c.is_ascii_lowercase());
    // A letter with a full stop may be an initial, with a colon a one-letter word.
    is_letter && !matches!(close, '.' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_that_people_type() {
        for (line, wanted) in [
            ("۱. یک", "۱.|یک"),
            ("2) two", "2)|two"),
            ("- سه", "•|سه"),
            ("• چهار", "•|چهار"),
            ("(۱) نخست", "(۱)|نخست"),
            ("[2] two", "[2]|two"),
            ("۱ـ نخست", "۱ـ|نخست"),
            ("۱- نخست", "۱-|نخست"),
            ("۱-نخست", "۱-|نخست"),
            ("الف) نخست", "الف)|نخست"),
            ("الف)نخست", "الف)|نخست"),
            ("ب- دوم", "ب-|دوم"),
            ("(ج) سوم", "(ج)|سوم"),
            ("a) first", "a)|first"),
            ("\u{200F}۱. نخست", "۱.|نخست"),
            ("\u{202B}• نخست\u{202C}", "•|نخست\u{202C}"),
            ("✅ در تهران", "✅|در تهران"),
            ("❌ در یزد", "❌|در یزد"),
            ("✔️ آری", "✔\u{FE0F}|آری"),
            ("🔹 نان", "🔹|نان"),
            ("● نان", "●|نان"),
        ] {
            let (mark, text) = item(&Rich::plain(line)).unwrap_or_else(|| panic!("{line} is an item"));
            assert_eq!(format!("{mark}|{}", text.text), wanted);
        }
        for line in [
            "-پنج",
            "۲۰۲۶. شش",
            "# 5 tanks",
            "A. Smith",
            "م. امید",
            "۲-۳ نفر",
            "و من",
            "(شاید) نه",
            "🍃🍃",
            "•",
            "2-day strike",
            "ساعت: ۵",
            "۵: نه",
            "",
        ] {
            assert_eq!(item(&Rich::plain(line)), None, "{line}");
        }
    }
}
