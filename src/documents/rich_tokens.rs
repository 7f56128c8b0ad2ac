//! Rich Text Format, byte by byte: groups, control words and signs, text (section "Basic Entities").

/// Longest control word.
const LONGEST_WORD: usize = 64;

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RichToken<'a> {
    Open,
    Close,
    /// A control word, and the number that follows it.
    Word(&'a str, Option<i32>),
    Sign(u8),
    /// A byte of a code page, as two digits.
    Hex(u8),
    Byte(u8),
}

/// The pieces of a document. What is binary is passed over.
pub(super) fn tokens(bytes: &[u8]) -> impl Iterator<Item = RichToken<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let (first, behind) = rest.split_first()?;
            rest = behind;
            return Some(match first {
                b'{' => RichToken::Open,
                b'}' => RichToken::Close,
                b'\r' | b'\n' => continue,
                b'\\' => match control(&mut rest) {
                    Some(token) => token,
                    None => continue,
                },
                byte => RichToken::Byte(*byte),
            });
        }
    })
}

/// What follows a backslash; nothing where it says nothing.
fn control<'a>(rest: &mut &'a [u8]) -> Option<RichToken<'a>> {
    let all = *rest;
    let first = all.first()?;
    if *first == b'\'' {
        let hex = all.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
        *rest = all.get(3..).unwrap_or_default();
        return hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).map(RichToken::Hex);
    }
    if !first.is_ascii_alphabetic() {
        *rest = all.get(1..).unwrap_or_default();
        return Some(RichToken::Sign(*first));
    }
    let letters = all.iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let behind = all.get(letters..).unwrap_or_default();
    let minus = usize::from(behind.first() == Some(&b'-') && behind.get(1).is_some_and(u8::is_ascii_digit));
    let digits = behind.iter().skip(minus).take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let end = letters + minus + digits;
    let text = |range| std::str::from_utf8(all.get(range).unwrap_or_default()).unwrap_or_default();
    let value: Option<i32> = text(letters..end).parse().ok();
    let name = text(0..letters);
    *rest = all.get(end..).unwrap_or_default();
    if rest.first() == Some(&b' ') {
        *rest = rest.get(1..).unwrap_or_default();
    }
    if name == "bin" {
        let count = value.and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        *rest = rest.get(count..).unwrap_or_default();
        return None;
    }
    Some(RichToken::Word(name, value))
}
