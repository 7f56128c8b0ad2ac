//! Numbers of list items -> how they are written.

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Numerals {
    /// In digits: those of the letter's language come with its setting.
    #[default]
    Digits,
    /// a, b, c, or A, B, C.
    Letters { upper: bool },
    /// i, ii, iii, or I, II, III.
    Roman { upper: bool },
    /// أ, ب, ت.
    Alphabet,
    /// ا, ب, ج, د: the traditional order.
    Abjad,
}

const ALPHABET: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ABJAD: &str = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const ROMAN: [(usize, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Numerals {
    /// A number; in digits where it is too large for its numerals.
    pub(super) fn write(self, number: usize) -> String {
        let upper = |text: String, upper: bool| if upper { text.to_uppercase() } else { text };
        let of = |letters: &str| number.checked_sub(1).and_then(|at| letters.chars().nth(at)).map(String::from);
        let written = match self {
            Numerals::Digits => None,
            Numerals::Letters { upper: is } => of("abcdefghijklmnopqrstuvwxyz").map(|text| upper(text, is)),
            Numerals::Roman { upper: is } => (1..4000).contains(&number).then(|| upper(roman(number), is)),
            Numerals::Alphabet => of(ALPHABET),
            Numerals::Abjad => of(ABJAD),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn roman(number: usize) -> String {
    let mut left = number;
    let mut text = String::new();
    for (value, letters) in ROMAN {
        while left >= value {
            text.push_str(letters);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_have_them() {
        assert_eq!(Numerals::Roman { upper: false }.write(1949), "mcmxlix");
        assert_eq!(Numerals::Letters { upper: true }.write(3), "C");
        assert_eq!((Numerals::Alphabet.write(2), Numerals::Abjad.write(4)), ("ب".into(), "د".into()));
        assert_eq!(
            (Numerals::Digits.write(12), Numerals::Letters { upper: false }.write(30)),
            ("12".into(), "30".into())
        );
    }
}
