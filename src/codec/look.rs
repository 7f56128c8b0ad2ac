//! How a name looks to the eye: what of it is not seen, and which names are taken for each other (UTS 39, section 4).

#[cfg(not(target_arch = "wasm32"))]
use full::looks;
#[cfg(target_arch = "wasm32")]
use small::looks;

/// Whether a character is not seen by itself: `Default_Ignorable_Code_Point` of Unicode 16.
pub(super) fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Parts letters of a word that would be joined.
const ZWNJ: char = '\u{200C}';

/// A text without what is not seen. ZWNJ stays between letters of the Arabic script, where it shows.
pub(super) fn visible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().filter(|c| *c == ZWNJ || !is_ignorable(*c)).peekable();
    while let Some(character) = characters.next() {
        let shows =
            kept.chars().next_back().is_some_and(is_arabic) && characters.peek().is_some_and(|next| is_arabic(*next));
        if character != ZWNJ || shows {
            kept.push(character);
        }
    }
    kept
}

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}')
}

/// Whether a character is a letter or a digit that is seen.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !is_ignorable(character) && character != '\u{640}'
}

/// How a name looks: in two ways, as capitals may be taken for other signs as they are, or when they are read as small
/// letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look([String; 2]);

impl Look {
    pub(super) fn of(name: &str) -> Self {
        Look(looks(name))
    }

    /// Whether names of these looks may be taken for each other.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.0.iter().any(|look| other.0.contains(look))
    }

    /// Whether nothing of it is seen.
    pub(super) fn is_nothing(&self) -> bool {
        self.0.iter().any(String::is_empty)
    }
}

/// By the tables of Unicode.
#[cfg(not(target_arch = "wasm32"))]
mod full {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    use unicode_security::skeleton;

    pub(super) fn looks(name: &str) -> [String; 2] {
        let plain: String = name.nfkd().filter(|character| is_seen(*character)).map(one_keyboard).collect();
        // Each letter for itself: a sigma at the end of a word is none of its own.
        let small = |text: &str| -> String { text.chars().flat_map(char::to_lowercase).collect() };
        let seen = |text: String| -> String {
            small(&text.nfd().filter(|character| is_seen(*character)).collect::<String>()).chars().map(stroke).collect()
        };
        [seen(skeleton(&plain).collect()), seen(skeleton(&small(&plain)).collect())]
    }

    /// Spaces, marks, signs that are no letters and no digits, and the stroke that stretches a word make no other name.
    fn is_seen(character: char) -> bool {
        super::is_letter(character) && !is_combining_mark(character)
    }

    /// A single stroke, whatever letter or digit it is.
    fn stroke(character: char) -> char {
        if matches!(character, 'i' | 'l' | '1') { 'l' } else { character }
    }

    /// The letters and digits of one keyboard in the place of those of others, and of those that differ from them by a
    /// small sign.
    fn one_keyboard(character: char) -> char {
        match character {
            'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
            'ي' | 'ى' | 'ے' | 'ۓ' | 'ې' | 'ۑ' | 'ێ' | 'ۍ' | 'ؠ' | 'ٸ' => 'ی',
            'ۄ'..='ۋ' | 'ۏ' | 'ٶ' | 'ٷ' => 'و',
            'ڒ'..='ڕ' => 'ر',
            'ك' | 'ڪ' | 'ګ' => 'ک',
            'ة' | 'ۀ' | 'ە' | 'ۃ' | 'ھ' | 'ہ' | 'ۂ' => 'ه',
            'п' => 'n',
            '۰'..='۹' => char::from(b'0' + (u32::from(character) - u32::from('۰')) as u8),
            '٠'..='٩' => char::from(b'0' + (u32::from(character) - u32::from('٠')) as u8),
            other => other,
        }
    }
}

/// The same for a page that everybody carries along, by a short table of the scripts that people here may write names
/// in: the tables of Unicode would make the page a seventh larger. A test holds it against them.
#[cfg(any(test, target_arch = "wasm32"))]
mod small {
    use std::sync::LazyLock;

    /// Runs of characters, each with how it looks: the first in hexadecimal digits, then the looks, `0` where there is
    /// nothing to be seen; behind a bar how it looks as a small letter, where that is not how its small letter looks.
    pub(super) const TABLE: &str = include_str!("looks.txt");
    /// How nothing looks.
    pub(super) const NOTHING: &str = "0";

    /// In the order of the characters, as the table is.
    static LOOKS: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
        let run = |line: &'static str| {
            let (first, looks) = line.split_once(' ').unwrap_or_default();
            let characters = u32::from_str_radix(first, 16).unwrap_or_default()..;
            characters.zip(looks.split(' ')).filter_map(|(at, look)| Some((char::from_u32(at)?, look)))
        };
        TABLE.lines().flat_map(run).collect()
    });

    pub(super) fn looks(name: &str) -> [String; 2] {
        let seen = name.chars().filter(|character| !super::is_ignorable(*character));
        [seen.clone().map(as_it_is).collect(), seen.map(as_a_small_letter).collect()]
    }

    /// How a character looks, and as a small letter, as far as the table says.
    fn entry(character: char) -> (Option<&'static str>, Option<&'static str>) {
        let named = |look: &'static str| if look == NOTHING { "" } else { look };
        let at = LOOKS.binary_search_by_key(&character, |(known, _)| *known).ok();
        match at.and_then(|at| LOOKS.get(at)).map(|(_, looks)| looks.split_once('|').ok_or(*looks)) {
            Some(Ok((look, small))) => (Some(named(look)), Some(named(small))),
            Some(Err(look)) => (Some(named(look)), None),
            None => (None, None),
        }
    }

    pub(super) fn as_it_is(character: char) -> String {
        let plain = || if super::is_letter(character) { character.to_lowercase().collect() } else { String::new() };
        entry(character).0.map_or_else(plain, str::to_owned)
    }

    fn as_a_small_letter(character: char) -> String {
        entry(character).1.map_or_else(|| character.to_lowercase().map(as_it_is).collect(), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_the_eye_takes_for_each_other_are_alike() {
        for (one, other) in [
            ("union", "uni\u{43E}n"),
            ("union", "UNION"),
            ("UNION", "UNlON"),
            ("union", "un\u{34F}ion"),
            ("union", "union\u{3164}"),
            ("union", "ｕｎｉｏｎ"),
            ("اتحادیه", "اتّحاديه"),
            ("اتحادیه", "اتحادیة"),
            ("اتحادیه ۱", "اتحادیه 1"),
            ("گروه ٤", "گروه ۴"),
            ("آزادی", "ازادى"),
            ("می‌رود", "میرود"),
            ("сасé", "cace"),
            ("union1", "unionl"),
            ("Our Union", "Our-Union."),
            ("Our Union", "“Our Un1on”"),
            ("union", "uпion"),
            ("اتحادیه کار", "ٱتحادېه کار،"),
            ("شورا", "شۅړا"),
        ] {
            assert!(Look::of(one).is_like(&Look::of(other)), "{one} {other}");
        }
        for (one, other) in [("union", "onion"), ("اتحادیه", "اتحاد"), ("گروه ۱", "گروه ۲"), ("سارا", "دارا")]
        {
            assert!(!Look::of(one).is_like(&Look::of(other)), "{one} {other}");
        }
        let is_nothing = |name: &str| Look::of(name).is_nothing();
        assert!(is_nothing("\u{3164}") && is_nothing(" \u{651}") && !is_nothing("ا"));
    }

    #[test]
    fn what_is_not_seen_goes_and_zwnj_stays_where_it_shows() {
        assert_eq!(visible("می\u{200C}رود\u{200C}"), "می\u{200C}رود");
        assert_eq!(visible("a\u{200C}b\u{3164}\u{FE0F}\u{E0020}c\u{200D}"), "abc");
    }

    /// The scripts of the short table: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, punctuation, and their other
    /// forms.
    const BLOCKS: [std::ops::RangeInclusive<u32>; 9] = [
        0x21..=0x77F,
        0x8A0..=0x8FF,
        0x1D00..=0x209F,
        0x2100..=0x218F,
        0xA640..=0xA69F,
        0xA720..=0xA792,
        0xFB00..=0xFDFF,
        0xFE70..=0xFF5F,
        0x1D400..=0x1D7FF,
    ];

    /// The characters of these scripts, and those of all others that look like Latin or Arabic ones.
    fn characters() -> impl Iterator<Item = char> {
        let familiar = |c: char| matches!(c, '!'..='~' | '\u{600}'..='\u{6FF}');
        // A small letter stands there for its capital, too.
        let is_like_ours = move |c: &char| {
            let both = [c.to_string(), c.to_uppercase().to_string()].map(|text| full::looks(&text));
            both.iter().flatten().any(|look| !look.is_empty() && look.chars().all(familiar))
        };
        let all = (0x21..=0x33FF).chain(0xA000..=0xABFF).chain(0xF900..=0x1FFFF).filter_map(char::from_u32);
        let seen = all.filter(|c| !c.is_whitespace() && !is_ignorable(*c));
        seen.filter(move |c| BLOCKS.iter().any(|block| block.contains(&u32::from(*c))) || is_like_ours(c))
    }

    /// `UPDATE_LOOKS=1 cargo test --lib look` writes the table anew.
    #[test]
    fn the_pages_table_is_made_of_those_of_unicode() {
        let mut table = String::new();
        let mut next = None;
        for character in characters() {
            let text = character.to_string();
            let [look, small] = full::looks(&text);
            let by_its_small_letter: String =
                text.to_lowercase().chars().map(|c| full::looks(&c.to_string())[0].clone()).collect();
            let is_another = small != by_its_small_letter;
            let plain = if is_letter(character) { text.to_lowercase() } else { String::new() };
            if look == plain && !is_another {
                continue;
            }
            if next != Some(u32::from(character)) {
                table.push_str(&format!("\n{:X}", u32::from(character)));
            }
            next = Some(u32::from(character) + 1);
            assert!(!look.contains([' ', '0', '|']));
            let named = |look: &str| if look.is_empty() { small::NOTHING.to_owned() } else { look.to_owned() };
            table.push_str(&format!(" {}", named(&look)));
            if is_another {
                table.push_str(&format!("|{}", named(&small)));
            }
        }
        let table = table.trim_start();
        if std::env::var_os("UPDATE_LOOKS").is_some() {
            std::fs::write("src/codec/looks.txt", table).unwrap();
        } else {
            assert!(table == small::TABLE, "the table is another: UPDATE_LOOKS=1 writes it");
        }
    }

    #[test]
    fn names_look_in_the_page_as_they_do_in_the_program() {
        for character in characters() {
            for text in [character.to_string(), format!("a{character}ن1")] {
                assert_eq!(small::looks(&text), full::looks(&text), "{text} U+{:04X}", u32::from(character));
            }
        }
    }
}
