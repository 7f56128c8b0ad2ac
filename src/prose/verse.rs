//! Couplets: lines of two hemistichs, which stand beside each other.

use super::manuscript::Rich;
use super::script::strong_direction;

/// Shortest and longest hemistich, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=60;
/// Hemistichs separated by a comma only must be of similar length: the longer at most this percentage of the shorter.
const MOST_UNEVEN: usize = 160;
const MOST_UNEVEN_BY_COMMA: usize = 140;

/// What parts two hemistichs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// A tab or several blanks, which mean nothing else.
    Wide,
    Slash,
    Dots,
    Stars,
    Comma,
}

/// The couplets of lines that follow each other; nothing where they are no poem. One line is a poem only where a wide
/// gap parts it.
pub(super) fn couplets(lines: &[Rich]) -> Option<Vec<(Rich, Rich)>> {
    [Gap::Wide, Gap::Slash, Gap::Dots, Gap::Stars, Gap::Comma].into_iter().find_map(|gap| {
        let least = if gap == Gap::Wide { 1 } else { 2 };
        let parts: Option<Vec<_>> = lines.iter().map(|line| parted(line, gap)).collect();
        parts.filter(|parts| parts.len() >= least)
    })
}

/// A line's two hemistichs.
fn parted(line: &Rich, gap: Gap) -> Option<(Rich, Rich)> {
    let text = line.text.as_str();
    let (from, to) = place(text, gap)?;
    let (first, second) = (line.part(0..from), line.part(to..text.len()));
    let lengths = [&first, &second].map(|half| half.text.chars().filter(|c| c.is_alphanumeric()).count());
    let [shorter, longer] = [lengths[0].min(lengths[1]), lengths[0].max(lengths[1])];
    let most_uneven = if gap == Gap::Comma { MOST_UNEVEN_BY_COMMA } else { MOST_UNEVEN };
    let ends = |sign: &[char]| text.trim_end().ends_with(sign);
    let is_sentence = gap == Gap::Comma && (ends(&['.', ':']) || strong_direction(text.chars().next()?) != Some(true));
    let is_verse = LENGTHS.contains(&shorter)
        && LENGTHS.contains(&longer)
        && longer * 100 <= shorter * most_uneven
        && !is_sentence
        && [&first, &second].iter().all(|half| half.text.split_whitespace().count() >= 2);
    is_verse.then_some((first, second))
}

/// Where the gap of a line begins and ends, if there is just one.
fn place(text: &str, gap: Gap) -> Option<(usize, usize)> {
    let is_sign = |c: char| match gap {
        Gap::Wide => c == '\t' || c == ' ' || c == '\u{A0}',
        Gap::Slash => c == '/',
        Gap::Dots => c == '…' || c == '.',
        Gap::Stars => c == '*' || c == '٭' || c == '✽' || c == '❊',
        Gap::Comma => c == '،',
    };
    let enough = |run: &str| match gap {
        Gap::Wide => run.contains('\t') || run.chars().count() >= 3,
        Gap::Dots => run.contains('…') || run.len() >= 3,
        Gap::Slash | Gap::Stars | Gap::Comma => true,
    };
    let mut runs = Vec::new();
    let mut start = None;
    for (at, character) in text.trim_end().char_indices().chain([(text.trim_end().len(), '\n')]) {
        match (is_sign(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.extend(text.get(from..at).filter(|run| enough(run)).map(|_| (from, at)));
                start = None;
            }
            _ => {}
        }
    }
    let &[(from, to)] = runs.as_slice() else { return None };
    // A slash within a word is part of it; a comma stays with what it ends.
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match gap {
        Gap::Slash if !blank(text.get(..from)?.chars().next_back()) || !blank(text.get(to..)?.chars().next()) => None,
        Gap::Comma => Some((to, to)),
        _ => Some((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Vec<String>> {
        let lines: Vec<Rich> = text.lines().map(Rich::plain).collect();
        let shown = |(first, second): (Rich, Rich)| format!("{}|{}", first.text, second.text);
        Some(couplets(&lines)?.into_iter().map(shown).collect())
    }

    #[test]
    fn couplets_are_parted_as_people_part_them() {
        let wanted =
            ["بنی‌آدم اعضای یکدیگرند|که در آفرینش ز یک گوهرند", "چو عضوی به درد آورد روزگار|دگر عضوها را نماند قرار"];
        for gap in ["\t", "     ", " / ", " … ", "...", " *** ", "\t\t", "\u{A0}\u{A0}\u{A0}\u{A0}"] {
            let text = wanted.join("\n").replace('|', gap);
            assert_eq!(of(&text).unwrap(), wanted, "{gap:?}");
        }
        let commas = wanted.join("\n").replace('|', "، ");
        assert_eq!(of(&commas).unwrap()[0], "بنی‌آدم اعضای یکدیگرند،|که در آفرینش ز یک گوهرند");
        assert_eq!(of(&wanted[0].replace('|', "\t")).unwrap().len(), 1);
    }

    #[test]
    fn prose_is_no_poem() {
        for text in [
            "بنی‌آدم اعضای یکدیگرند / که در آفرینش ز یک گوهرند",
            "نان\tآزادی",
            "تهران\t۱۲\nشیراز\t۷",
            "ما کارگران این نامه را می‌نویسیم، و از شما می‌خواهیم آن را بخوانید.\nاین نامه برای همه است، و هر کس می‌تواند آن را بدهد.",
            "Dear friends, we write to you\nfrom the north, as we said",
            "1/2 / 3/4",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
