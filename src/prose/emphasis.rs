//! Bold text as chats write it: `*bold*` and `_italic_`.

use super::manuscript::Rich;

/// Longest bold stretch in bytes: it bounds the search for a closing sign.
const LONGEST: usize = 500;

/// A line of plain text, with what stands between such signs bold, and the signs left out. A sign within a word, or
/// beside a blank, is only a sign.
pub(super) fn chat(line: &str) -> Rich {
    let mut rich = Rich::default();
    let mut rest = line;
    loop {
        let before = rich.text.chars().next_back();
        let Some((at, sign)) = rest.char_indices().find(|(_, c)| matches!(c, '*' | '_')) else { break };
        let (plain, from) = rest.split_at(at);
        let before = plain.chars().next_back().or(before);
        rich.text.push_str(plain);
        match between(from, sign, before) {
            Some(inside) => {
                let start = rich.text.len();
                // The other sign may stand within.
                rich.text.push_str(chat(inside).text.as_str());
                rich.bold.push(start..rich.text.len());
                rest = from.get(inside.len() + 2..).unwrap_or_default();
            }
            None => {
                rich.text.push(sign);
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    rich.text.push_str(rest);
    rich
}

/// What stands between the sign that a text begins with and the next one that closes it.
fn between(text: &str, sign: char, before: Option<char>) -> Option<&str> {
    let is_open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != sign);
    let inside = text.get(1..)?;
    let first = inside.chars().next()?;
    if !is_open(before) || first.is_whitespace() || first == sign {
        return None;
    }
    // Something must stand between them.
    let mut near = inside.char_indices().take_while(|(at, _)| *at <= LONGEST);
    near.find(|(_, c)| c.is_alphanumeric())?;
    near.filter(|(_, c)| *c == sign).find_map(|(at, _)| {
        let (inside, after) = (inside.get(..at)?, inside.get(at + 1..)?.chars().next());
        let last = inside.chars().next_back()?;
        (is_open(after) && !last.is_whitespace()).then_some(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_chats_are_bold() {
        for (line, text, bold) in [
            ("*مهم* بخوانید", "مهم بخوانید", "مهم"),
            ("این *خیلی مهم* است، _بخوانید_.", "این خیلی مهم است، بخوانید.", "خیلی مهم|بخوانید"),
            ("*_هر دو_*", "هر دو", "هر دو"),
            ("(*a*)", "(a)", "a"),
            ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30", ""),
            ("snake_case_name و a*b*c", "snake_case_name و a*b*c", ""),
            ("* نان", "* نان", ""),
            ("**", "**", ""),
            ("*", "*", ""),
            ("رمز: x_1 و _x", "رمز: x_1 و _x", ""),
            ("@zan_zendegi_azadi", "@zan_zendegi_azadi", ""),
            ("#زن_زندگی_آزادی", "#زن_زندگی_آزادی", ""),
        ] {
            let rich = chat(line);
            let marked: Vec<&str> = rich.bold.iter().map(|range| &rich.text[range.clone()]).collect();
            assert_eq!((rich.text.as_str(), marked.join("|").as_str()), (text, bold));
        }
    }

    #[test]
    fn signs_that_never_close_take_no_time() {
        // Without a bound, quadratic: over a minute.
        for text in ["*a ".repeat(300_000), "*_".repeat(300_000), "_a*".repeat(300_000)] {
            assert!(chat(&text).text.len() <= text.len());
        }
    }
}
