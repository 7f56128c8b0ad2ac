//! Texts, coded by a model that was primed with others (text/format.md).

mod alphabet;
mod arithmetic;
mod model;
mod packing;
mod past;
mod rules;
mod tables;
mod zwnj;

use std::sync::LazyLock;

use alphabet::{END, ZWNJ};
use arithmetic::{Decoder, Encoder};
use model::{BitCoder, Model};

use crate::error::fault::ContentFault;
use crate::error::{Error, Result};

/// Most characters of a text, with its title: what decoding may cost is bounded by this alone.
pub const MAX_CHARACTERS: usize = 1 << 20;

/// With fewer Latin letters than this the texts in other languages say nothing.
const FEW_LATIN: usize = 100;

/// The primer's texts, coded one after the other: those in Persian by a model that knows nothing, the others by the one
/// that has read these. Their number comes first.
const PERSIAN: &[u8] = include_bytes!("persian.bin");
const OTHERS: &[u8] = include_bytes!("others.bin");

/// What the model has read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Primer {
    /// The texts in Persian.
    Persian,
    /// Those, and then the ones in other languages.
    All,
}

/// What is done about ZWNJ between the letters of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zwnj {
    /// There is none.
    Absent,
    /// The model is asked for it, and it is written.
    Written,
    /// The model is asked for it, and a blank is written.
    Blank,
}

/// How a text is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// What the model has read before.
    pub primer: Primer,
    /// What is done about ZWNJ.
    pub zwnj: Zwnj,
}

/// A model that has read texts, and the texts.
struct Primed {
    model: Model,
    texts: Vec<String>,
}

static PRIMED: LazyLock<Primed> = LazyLock::new(|| Primed::read(Model::new(), PERSIAN));
static ALL: LazyLock<Primed> = LazyLock::new(|| Primed::read(PRIMED.model.clone(), OTHERS));

impl Primed {
    /// Unpacking texts primes the model with them.
    fn read(mut model: Model, packed: &[u8]) -> Self {
        let (count, coded) =
            packed.split_first_chunk().map_or((0, packed), |(count, rest)| (u16::from_be_bytes(*count), rest));
        let mut coder = Decoder::new(coded);
        let mut left = MAX_CHARACTERS;
        let texts = (0..count).map_while(|_| read(&mut model, &mut coder, Zwnj::Written, &mut left)).collect();
        Primed { model, texts }
    }
}

fn primed(primer: Primer) -> Model {
    match primer {
        Primer::Persian => PRIMED.model.clone(),
        Primer::All => ALL.model.clone(),
    }
}

/// Codes a title, where there is one, and a text; in the way that takes the fewest bytes. `None` for a text that is too
/// long.
pub fn encode(title: Option<&str>, text: &str) -> Option<(Way, Vec<u8>)> {
    let texts = || title.into_iter().chain([text]);
    if texts().map(|text| text.chars().count()).sum::<usize>() > MAX_CHARACTERS {
        return None;
    }
    let is_latin = |character: &char| character.is_alphabetic() && u32::from(*character) < 0x250;
    let latin = texts().flat_map(str::chars).filter(is_latin).count();
    // Where a ZWNJ is written, no blank stands for one.
    let is_written = texts().any(zwnj::is_in);
    let restored = if is_written { String::new() } else { zwnj::restore(text, &PRIMED.texts) };
    let ways = match restored.as_str() {
        _ if is_written => vec![(Zwnj::Written, text)],
        same if same == text => vec![(Zwnj::Absent, text)],
        other => vec![(Zwnj::Absent, text), (Zwnj::Blank, other)],
    };
    let mut best: Option<(Way, Vec<u8>)> = None;
    for primer in [Primer::Persian, Primer::All] {
        if primer == Primer::All && latin < FEW_LATIN {
            break;
        }
        for (zwnj, text) in &ways {
            let (mut model, mut coder) = (primed(primer), Encoder::new());
            for text in title.into_iter().chain([*text]) {
                write(&mut model, &mut coder, *zwnj, text);
            }
            let coded = coder.finish();
            if best.as_ref().is_none_or(|best| coded.len() < best.1.len()) {
                best = Some((Way { primer, zwnj: *zwnj }, coded));
            }
        }
    }
    best
}

/// Decodes what [`encode`] made: the title, empty where there is none, and the text.
///
/// # Errors
/// [`Error::CodedContent`] for bytes that no encoder writes.
pub fn decode(way: Way, coded: &[u8], has_title: bool) -> Result<(String, String)> {
    let mut model = primed(way.primer);
    let mut coder = Decoder::new(coded);
    let mut left = MAX_CHARACTERS;
    let wrong = Error::CodedContent { why: ContentFault::Text };
    let mut next = || read(&mut model, &mut coder, way.zwnj, &mut left).ok_or_else(|| wrong.clone());
    let title = if has_title { next()? } else { String::new() };
    let text = next()?;
    if coder.is_at_end() { Ok((title, text)) } else { Err(wrong) }
}

/// Codes a text and its end.
fn write<C: BitCoder>(model: &mut Model, coder: &mut C, zwnj: Zwnj, text: &str) {
    let mut rest = text.chars().map(u32::from).peekable();
    let mut last = END;
    while let Some(first) = rest.next() {
        let follows = rest.peek().copied().unwrap_or(END);
        let is_asked = zwnj != Zwnj::Absent && first == ZWNJ && alphabet::may_part(last, follows);
        let symbol = if is_asked { rest.next().unwrap_or(END) } else { first };
        model.symbol(coder, symbol);
        if zwnj != Zwnj::Absent {
            model.zwnj(coder, is_asked);
        }
        last = symbol;
    }
    model.symbol(coder, END);
}

/// Decodes a text up to its end; `None` where it does not end, or is none.
fn read(model: &mut Model, coder: &mut Decoder, zwnj: Zwnj, left: &mut usize) -> Option<String> {
    let mut text = String::new();
    loop {
        let symbol = model.symbol(coder, 0);
        if symbol == END {
            return Some(text);
        }
        let character = char::from_u32(symbol)?;
        if zwnj != Zwnj::Absent && model.zwnj(coder, false) {
            text.push(if zwnj == Zwnj::Blank { ' ' } else { '\u{200C}' });
        }
        text.push(character);
        *left = left.checked_sub(1)?;
        if coder.is_beyond() {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WAYS: [Way; 6] = {
        const fn ways(primer: Primer) -> [Way; 3] {
            [Way { primer, zwnj: Zwnj::Absent }, Way { primer, zwnj: Zwnj::Written }, Way { primer, zwnj: Zwnj::Blank }]
        }
        let ([a, b, c], [d, e, f]) = (ways(Primer::Persian), ways(Primer::All));
        [a, b, c, d, e, f]
    };

    #[test]
    fn the_primer_ends_where_its_bytes_do() {
        let (mut model, texts) = (Model::new(), [&PRIMED.texts, &ALL.texts]);
        for (texts, packed) in texts.into_iter().zip([PERSIAN, OTHERS]) {
            assert!(packing::pack(&mut model, texts) == packed);
        }
    }

    #[test]
    fn a_text_without_end_is_refused() {
        for bytes in [&[][..], &[0], &[0xFF], &[0xFF; 40], &[0x55; 300]] {
            for way in WAYS {
                assert!(decode(way, bytes, false).is_err(), "{bytes:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), title in "\\PC{0,9}", has_title in any::<bool>()) {
            let title = has_title.then_some(title.as_str());
            let (way, coded) = encode(title, &text).unwrap();
            prop_assert_eq!(decode(way, &coded, has_title).unwrap(), (title.unwrap_or_default().to_owned(), text));
        }

        #[test]
        fn zwnj_comes_back_wherever_it_stands(text in "[ا-ی \u{200C}a.]{0,60}") {
            let (way, coded) = encode(None, &text).unwrap();
            prop_assert_eq!(decode(way, &coded, false).unwrap().1, text);
        }

        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60), has_title in any::<bool>()) {
            for way in WAYS {
                let _ = decode(way, &bytes, has_title);
            }
        }
    }
}
