//! The inside of an armor as chats and mail programs hand it on -> its envelope (format.md, section 5): out of
//! quoted-printable, HTML or JSON, with marks of direction and other blanks in it, in several messages with their
//! headers between. The object id is the judge: what gives it is what was sent.

use super::envelope::{Envelope, ObjectId};
use super::rfc4648;

/// Characters of a line of armor.
pub const LINE: usize = 64;
/// Most words beside whole lines, of which any may be a part of one.
const MAX_PARTS: usize = 60;
/// So many ways to leave out what may be a message's header are looked at for each byte, and so many decoded: an armor
/// in two messages takes some hundred, and one or two.
const STEPS: usize = 4;
const MAX_TRIES: u32 = 8;

/// The envelope of what stands between the lines of an armor.
pub fn envelope(body: &[u8]) -> Option<Envelope> {
    let text = String::from_utf8_lossy(body);
    let ways: [fn(&str) -> String; 4] = [str::to_owned, out_of_json, out_of_html, out_of_quoted_printable];
    ways.into_iter().find_map(|way| read(&way(&text)))
}

/// Whether a character stands in base64.
fn is_coded(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/=".contains(character)
}

/// How many characters are missing from the lines of an armor's inside, as far as that shows: all lines but the last
/// are full.
pub fn missing(body: &[u8]) -> usize {
    let text = String::from_utf8_lossy(body);
    let lines = text.lines().map(|line| line.trim_matches(|c: char| !is_coded(c)));
    let lines: Vec<usize> = lines.filter(|line| !line.is_empty() && line.chars().all(is_coded)).map(str::len).collect();
    let Some((_, full)) = lines.split_last() else { return 0 };
    // Lines that were broken anew tell nothing.
    if full.iter().any(|length| *length > LINE)
        || full.iter().filter(|length| **length == LINE).count() * 2 < full.len()
    {
        return 0;
    }
    full.iter().map(|length| LINE - length).sum()
}

/// A text without the escapes of JSON.
fn out_of_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut characters = escaped.chars();
        match characters.next() {
            // A sign by its number is none of ours, as far as base64 goes.
            Some('u') => {
                characters = characters.as_str().get(4..).unwrap_or_default().chars();
                out.push('\u{200F}');
            }
            Some('/') => out.push('/'),
            _ => out.push('\n'),
        }
        rest = characters.as_str();
    }
    out + rest
}

/// A text without tags; of the entities those that stand for signs of base64.
fn out_of_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, tag)) = rest.split_once('<') {
        out.push_str(plain);
        out.push('\n');
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    let entities = [("&#43;", "+"), ("&#x2B;", "+"), ("&plus;", "+"), ("&#47;", "/"), ("&#x2F;", "/"), ("&sol;", "/")];
    let others = [("&#61;", "="), ("&#x3D;", "="), ("&equals;", "="), ("&nbsp;", " "), ("&#160;", " ")];
    entities.iter().chain(&others).fold(out, |out, (entity, sign)| out.replace(entity, sign))
}

/// A text without the line ends and numbers of quoted-printable (RFC 2045, 6.7), as far as base64 has such signs.
fn out_of_quoted_printable(text: &str) -> String {
    let signs = [("=\r\n", ""), ("=\n", ""), ("=3D", "="), ("=2B", "+"), ("=2F", "/"), ("=20", " ")];
    signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

/// The envelope of an armor's inside in which nothing is written otherwise than it was.
fn read(text: &str) -> Option<Envelope> {
    // Marks of direction and of no width do not part words.
    let is_mark =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let (_, behind) = text.split_once("Object:")?;
    let behind = behind.trim_start();
    let (id, coded) = behind.split_at_checked(16)?;
    let id = ObjectId::from_hex(id)?;
    let words: Vec<&str> = coded.split(|c| !is_coded(c)).filter(|word| !word.is_empty()).collect();
    let judge = |taken: &mut dyn Iterator<Item = &&str>| {
        let envelope = Envelope::from_bytes(rfc4648::decode(&taken.copied().collect::<String>())?).ok()?;
        (envelope.object_id() == id).then_some(envelope)
    };
    if let Some(envelope) = judge(&mut words.iter()) {
        return Some(envelope);
    }
    let parts = words.iter().filter(|word| word.len() != LINE).count();
    let steps = STEPS * coded.len();
    let mut choice = LineChoice { words: &words, taken: vec![false; words.len()], steps, tries: MAX_TRIES };
    if parts <= MAX_PARTS { choice.search(0, 0, &judge) } else { None }
}

/// The words of an armor that are lines of it or parts of these, where others stand between: a message's header.
struct LineChoice<'a> {
    words: &'a [&'a str],
    taken: Vec<bool>,
    /// How many steps and how many tries are left.
    steps: usize,
    tries: u32,
}

type Judge<'a> = dyn Fn(&mut dyn Iterator<Item = &&str>) -> Option<Envelope> + 'a;

impl LineChoice<'_> {
    /// Looks on from a word, with so many characters of a line before it.
    fn search(&mut self, mut at: usize, filled: usize, judge: &Judge<'_>) -> Option<Envelope> {
        if self.tries == 0 {
            return None;
        }
        self.steps = self.steps.checked_sub(1)?;
        let length = |at: usize| self.words.get(at).map(|word| word.len());
        // A whole line is nothing else.
        let from = at;
        while filled == 0 && length(at) == Some(LINE) {
            at += 1;
        }
        let next = length(at);
        self.taken.iter_mut().take(at).skip(from).for_each(|taken| *taken = true);
        let Some(length) = next else {
            self.tries -= 1;
            let taken = self.words.iter().zip(&self.taken).filter(|(_, taken)| **taken);
            return judge(&mut taken.map(|(word, _)| word));
        };
        let mut choose = |take: bool, filled: usize| {
            self.taken.iter_mut().skip(at).take(1).for_each(|taken| *taken = take);
            self.search(at + 1, filled, judge)
        };
        let room = LINE - filled;
        let with = if length < LINE && length <= room { choose(true, (filled + length) % LINE) } else { None };
        // Nor does it begin within another.
        with.or_else(|| if length == LINE { None } else { choose(false, filled) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::armor::{BEGIN, END, armor, find_all};
    use super::*;
    use crate::error::Error;

    fn specimen() -> (Envelope, String) {
        let mut state = 5u64;
        let bytes = (0..700).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        });
        let envelope = Envelope::from_bytes(bytes.collect()).unwrap();
        let text = armor(&envelope);
        (envelope, text)
    }

    fn is_read(envelope: &Envelope, text: &str) -> bool {
        find_all(text.as_bytes()).next().unwrap().is_ok_and(|read| read == *envelope)
    }

    #[test]
    fn what_chats_make_of_it_is_read() {
        let (envelope, text) = specimen();
        let lines: Vec<&str> = text.lines().collect();
        let html = format!("<p>{}</p>", lines.join("<br>\n").replace('+', "&#43;"));
        let json = format!("[{{\"text\": \"{}\"}}]", text.replace('/', "\\/").replace('\n', "\\n"));
        let quoted: String = lines
            .iter()
            .map(|line| {
                line.replace('=', "=3D")
                    .chars()
                    .flat_map(|c| [c.into(), if c == '/' { "=\r\n".into() } else { String::new() }])
                    .collect::<String>()
                    + "\r\n"
            })
            .collect();
        for (name, text) in [
            ("HTML", html),
            ("JSON", json),
            ("quoted-printable", quoted),
            ("marks", lines.iter().map(|line| format!("\u{200F}{line}\u{202C}\n")).collect()),
            ("no-break spaces", text.replace("\n\n", "\n\u{A0}\n").replace(": ", ":\u{A0}")),
        ] {
            assert!(is_read(&envelope, &text), "{name}: {text}");
        }
    }

    #[test]
    fn an_armor_in_several_messages_is_read() {
        let (envelope, text) = specimen();
        for at in [200, 317, 480] {
            for header in [
                "\nAli, [26.11.2026 10:21]\n",
                "\n\nMina Forwarded 10:21\n> ",
                "\"}, {\"date\": \"2026-11-26T10\", \"text\": \"",
            ] {
                let split = format!("{}{header}{}", &text[..at], &text[at..]);
                assert!(is_read(&envelope, &split), "{at} {header}");
            }
        }
    }

    #[test]
    fn what_is_missing_or_changed_is_not_made_up() {
        let (_, text) = specimen();
        let missing = format!("{}{}", &text[..300], &text[310..]);
        let words = format!("{BEGIN}\nObject: 0123456789abcdef\n{}\n{END}", "word ".repeat(30_000));
        let changed = text.replacen("\n\n", "\n\nAAAA", 1);
        let errors: Vec<Error> = [missing, words, changed]
            .iter()
            .map(|text| find_all(text.as_bytes()).next().unwrap().unwrap_err())
            .collect();
        assert_eq!(errors.first(), Some(&Error::ArmorIncomplete { missing: 10 }));
        assert!(!errors[1..].iter().any(|error| matches!(error, Error::ArmorIncomplete { .. })));
    }
}
