//! What the page is told, as JSON.

use std::ops::Range;

use serde_json::{Value, json};

use super::collector::{CodeOutcome, Collector};
use crate::codec::envelope::ObjectId;
use crate::codec::keys::PublicKey;
use crate::codec::letter::{Letter, printable};
use crate::codec::trust::SignatureStatus;
use crate::error::Error;
use crate::optics::scan::{Code, Unread};
use crate::prose::direction::paragraph_direction;
use crate::prose::manuscript::{Block, BlockKind, Rich};
use crate::prose::text::{Text, shortened};
use crate::prose::tokens::tokens;
use crate::words::{Everywhere, everywhere};

/// Something in each language, by its tag.
fn in_each<T: Into<Value>>(say: impl Fn(&dyn Everywhere) -> T) -> Value {
    Value::Object(everywhere().map(|words| (words.tag().to_owned(), say(words).into())).collect())
}

/// An error in each language: `{"code", "words": {tag: [what happened, what to do]}}`.
pub fn error(error: &Error) -> Value {
    let words = in_each(|words| vec![words.what_happened(error), words.what_to_do(error)]);
    json!({ "code": error.code(), "words": words })
}

/// What a code was: `{"what": "new" | "known" | "forged" | "foreign" | "refused", "id"?, "error"?}`.
pub fn came(came: &CodeOutcome) -> Value {
    let of = |what: &str, id: &ObjectId| json!({ "what": what, "id": id.to_string() });
    match came {
        CodeOutcome::New(id) => of("new", id),
        CodeOutcome::Known(id) => of("known", id),
        CodeOutcome::Forged(id) => of("forged", id),
        CodeOutcome::Foreign => json!({ "what": "foreign" }),
        CodeOutcome::Refused(error) => json!({ "what": "refused", "error": self::error(error) }),
    }
}

/// The same of all that came, with the texts of codes: `"text"`. Only of the first that is refused it is told why:
/// there may be a million.
pub fn all_that_came(all: &[(CodeOutcome, Option<String>)]) -> Value {
    let mut is_first = true;
    let told = all.iter().map(|(came, text)| {
        let mut told = match came {
            CodeOutcome::Refused(_) if !std::mem::take(&mut is_first) => json!({ "what": "refused" }),
            _ => self::came(came),
        };
        if let (Some(text), Some(told)) = (text, told.as_object_mut()) {
            told.insert("text".into(), json!(text));
        }
        told
    });
    told.collect()
}

/// Codes of a picture: `[{"text", "corners": [x, y, ...]}]`, in pixels.
pub fn codes(codes: &[Code]) -> Value {
    let code =
        |code: &Code| json!({ "text": String::from_utf8_lossy(&code.bytes), "corners": code.corners.as_flattened() });
    codes.iter().map(code).collect()
}

/// What was seen in a photo: `{"codes": as of [`codes`], "unread": [{"corners", "why": {tag: why it was not read
/// and what to do}}]}`.
pub fn look(codes: &[Code], unread: &[Unread]) -> Value {
    let seen = |unread: &Unread| json!({ "corners": unread.corners.as_flattened(), "why": in_each(|words| words.why_unread(unread.why)) });
    json!({ "codes": self::codes(codes), "unread": unread.iter().map(seen).collect::<Value>() })
}

/// How far the collecting is: `{"done": [{"id", "forged"}], "coming": [{"id", "received", "needed", "codes", "forged",
/// "map": [0..255]}], "more", "full", "unsearched", "givenUp"}`. Only the letters that came furthest are told, at most
/// `most` of them.
pub fn collecting(reading: &Collector, most: usize, stretches: usize) -> Value {
    let done = reading.all_done().map(|(id, forged)| json!({ "id": id.to_string(), "forged": forged }));
    let all = reading.coming();
    let coming = all.iter().take(most).map(|coming| {
        json!({
            "id": coming.object_id.to_string(),
            "received": coming.received,
            "needed": coming.needed,
            "codes": coming.codes,
            "forged": coming.forged,
            "map": reading.map(coming, stretches),
        })
    });
    json!({
        "done": Value::from_iter(done),
        "coming": Value::from_iter(coming),
        "more": all.len().saturating_sub(most),
        "full": reading.is_full(),
        "unsearched": reading.is_unsearched(),
        "givenUp": reading.given_up(),
    })
}

/// Longest text in bytes that is shown; a longer one is offered as a file, as its paragraphs would fill a phone's
/// memory.
const MAX_TEXT: usize = 1024 * 1024;
/// Most layout work of a text: the sum of squares of the lengths of its words, in characters, as browsers take
/// quadratic time for long words. A word of ten thousand letters takes a phone a second.
const MAX_SETTING: usize = 100_000_000;
/// Most bold ranges of a letter; each takes memory.
const MAX_BOLD: usize = 5_000;
/// Most tokens of a paragraph that are isolated.
const MAX_TOKENS: usize = 1_000;

/// What is said of a letter: `{"answer": "trusted" | "unknown" | "unsigned" | "false", "by", "key", "fingerprint",
/// "id", "title", "heading", "byline", "file", "language", "right", "bytes", "text"?, "blocks"?}`; without the letter,
/// as of a false one, only who it claims to be by; unless `whole` without `heading` (the title as it is [`set`]),
/// `byline`, `text` and `blocks`, and with a title short enough for a list, which may be its first words.
pub fn letter(id: ObjectId, answer: &SignatureStatus, letter: Option<&Letter>, whole: bool) -> Value {
    let by = if let SignatureStatus::Trusted { name, .. } = answer { name } else { "" };
    let key = answer.key();
    let mut told = json!({
        "answer": answer.name(),
        "by": by,
        "key": key.map(|key| key.to_base64()),
        "fingerprint": key.map(|key| key.fingerprint().to_string()),
        "id": id.to_string(),
    });
    let (Some(letter), Some(more)) = (letter, told.as_object_mut()) else { return told };
    let trusted = matches!(answer, SignatureStatus::Trusted { .. });
    let name = if letter.name().is_empty() { String::new() } else { letter.file_name(trusted) };
    more.insert("file".into(), json!(name));
    more.insert("language".into(), json!(letter.language()));
    more.insert("bytes".into(), json!(letter.content().len()));
    let Some(content) = letter.text().filter(|text| text.len() <= MAX_TEXT) else {
        more.insert("title".into(), json!(shortened(&printable(letter.title()), MAX_TITLE)));
        return told;
    };
    let text = Text::of(letter);
    if setting(&text) > MAX_SETTING {
        more.insert("title".into(), json!(text.short_name));
        return told;
    }
    more.insert("right".into(), json!(text.right_to_left));
    if whole {
        let title = printable(text.title());
        let set = |line: &str| set(&Rich::plain(line), text.right_to_left, true);
        more.insert("heading".into(), set(&title));
        more.insert("byline".into(), text.manuscript.byline.iter().map(|line| set(line)).collect());
        more.insert("title".into(), json!(title));
        more.insert("text".into(), json!(content));
        more.insert("blocks".into(), blocks(&text));
    } else {
        more.insert("title".into(), json!(printable(&text.short_name)));
    }
    told
}

/// Layout work of a text: see [`MAX_SETTING`]. For browsers only spaces and line ends separate words.
fn setting(text: &Text) -> usize {
    let blocks = text.manuscript.blocks.iter().map(Block::reading);
    let byline = text.manuscript.byline.iter().cloned();
    let of = |part: String| part.split([' ', '\n']).map(|word| word.chars().count().pow(2)).sum::<usize>();
    blocks.chain(byline).chain([text.title().to_owned()]).map(of).sum()
}

/// Most characters of a title in a list.
const MAX_TITLE: usize = 60;

/// The parts of a text, as they are [`set`]: `[{"kind": "heading" | "paragraph" | "item" | "couplet" | "table" | "code"
/// | "break", "level": of a heading, "depth", "mark", "close", "second": of a couplet, "rows": of a table, ...}]`.
fn blocks(text: &Text) -> Value {
    let bold: usize = text.manuscript.blocks.iter().map(|block| block.text.bold.len()).sum();
    let block = |block: &Block| {
        let (kind, level, mark) = match &block.kind {
            BlockKind::Heading(level) => ("heading", *level, ""),
            BlockKind::Paragraph => ("paragraph", 0, ""),
            BlockKind::Item(mark) => ("item", 0, mark.as_str()),
            BlockKind::Couplet(_) => ("couplet", 0, ""),
            BlockKind::Table(_) => ("table", 0, ""),
            BlockKind::Code => ("code", 0, ""),
            BlockKind::Break => ("break", 0, ""),
        };
        let set = |text_of: &Rich| set(text_of, text.right_to_left, bold <= MAX_BOLD);
        let mut told = set(&block.text);
        if let Some(more) = told.as_object_mut() {
            more.extend([
                ("kind".into(), json!(kind)),
                ("level".into(), json!(level)),
                ("depth".into(), json!(block.level)),
                ("mark".into(), json!(mark)),
                ("close".into(), json!(block.close)),
            ]);
            match &block.kind {
                BlockKind::Couplet(second) => more.extend([("second".into(), set(second))]),
                BlockKind::Table(rows) => {
                    let rows = rows.iter().map(|row| row.iter().map(set).collect::<Value>());
                    more.extend([("rows".into(), rows.collect())]);
                }
                _ => {}
            }
        }
        told
    };
    text.manuscript.blocks.iter().map(block).collect()
}

/// A stretch of text: `{"text", "right", "bold": [[from, to]], "tokens": [[from, to, right]]}`, where places are
/// counted as JavaScript does, in units of UTF-16.
fn set(text: &Rich, right_to_left: bool, with_bold: bool) -> Value {
    let bold = text.bold.iter().filter(|_| with_bold).map(|range| (range.clone(), ()));
    let tokens = tokens(&text.text).into_iter().map(|token| (token.range, token.right_to_left));
    json!({
        "text": text.text,
        "right": paragraph_direction(right_to_left, &text.text),
        "bold": units(&text.text, bold).map(|(from, to, ())| [from, to]).collect::<Vec<_>>(),
        "tokens": units(&text.text, tokens.take(MAX_TOKENS)).collect::<Vec<_>>(),
    })
}

/// Ranges of bytes of a text in units of UTF-16; they come in order, so the text is gone through once.
fn units<T>(text: &str, ranges: impl Iterator<Item = (Range<usize>, T)>) -> impl Iterator<Item = (usize, usize, T)> {
    let (mut bytes, mut units) = (0, 0);
    let mut place = move |at: usize| {
        units += text.get(bytes..at).map_or(0, |between| between.encode_utf16().count());
        bytes = bytes.max(at);
        units
    };
    ranges.map(move |(range, of)| (place(range.start), place(range.end), of))
}

/// A public key: `{"key", "fingerprint"}`.
pub fn key(key: &PublicKey) -> Value {
    json!({ "key": key.to_base64(), "fingerprint": key.fingerprint().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::envelope::Envelope;
    use crate::codec::frame::Frame;
    use crate::codec::trust::Trust;
    use crate::optics::scan::Why;
    use crate::to_codes;
    use crate::web::bindings;

    fn told(text: &str, name: &str, whole: bool) -> Value {
        let letter = Letter::new(text.as_bytes().to_vec(), name).unwrap();
        let envelope = Envelope::seal(&letter).unwrap();
        let opened = envelope.open(&Trust::nobody()).unwrap();
        self::letter(envelope.object_id(), opened.signature_status(), opened.letter().ok(), whole)
    }

    #[test]
    fn a_letter_is_told_in_parts_as_javascript_counts_them() {
        let told = told("# عنوان\n\n𝄞 **پررنگ** و **باز** 1-2\n\nEnglish words only", "a.md", true);
        assert_eq!(
            (&told["title"], &told["right"], &told["answer"]),
            (&json!("عنوان"), &json!(true), &json!("unsigned"))
        );
        let blocks = told["blocks"].as_array().unwrap();
        assert_eq!(blocks[0]["text"], json!("𝄞 پررنگ و باز 1-2"));
        assert_eq!(blocks[0]["bold"], json!([[3, 8], [11, 14]]));
        assert_eq!(blocks[0]["tokens"], json!([[15, 18, false]]));
        assert_eq!((&blocks[0]["right"], &blocks[1]["right"]), (&json!(true), &json!(false)));
    }

    #[test]
    fn what_would_fill_a_phone_is_a_file_and_a_glance_is_short() {
        let large = "a **b** ".repeat(60_000);
        let blocks = &told(&large, "a.md", true)["blocks"];
        assert!(blocks[0]["bold"].as_array().unwrap().is_empty());
        let huge = told(&"a **b** ".repeat(200_000), "a.md", true);
        assert!(huge["blocks"].is_null() && huge["text"].is_null() && huge["bytes"] == json!(1_600_000));
        // Words that a browser would be setting for minutes, wherever they stand.
        for endless in ["\u{640}".repeat(500_000), format!("# {}", "ب".repeat(20_000)), "a\u{300}".repeat(9_000)] {
            let told = told(&endless, "a.md", true);
            assert!(told["blocks"].is_null() && told.to_string().len() < 600, "{told}");
        }
        assert!(told(&"کلمه ".repeat(100_000), "a.md", true)["blocks"].is_array());
        let glance = told(&format!("# {}\u{202E}", "w".repeat(5_000)), "a.md", false).to_string();
        assert!(glance.len() < 500 && !glance.contains('\u{202E}'), "{glance}");
    }

    /// One of everything that the page is told, as TypeScript: types that have all keys hold what has all of them.
    fn samples() -> String {
        let letter = Letter::new("**سلام** 1-2\n".repeat(400).into(), "letter.md").unwrap();
        let codes = to_codes(&letter, 100).unwrap();
        let mut collector = Collector::default();
        let came = |collector: &mut Collector, text: &str| self::came(&collector.code(text.as_bytes()));
        let new = came(&mut collector, &codes[0]);
        let known = came(&mut collector, &codes[0]);
        let coming = {
            collector.settle();
            collecting(&collector, 5, 4)
        };
        codes.iter().skip(1).for_each(|code| drop(collector.code(code.as_bytes())));
        collector.settle();
        let frame = Frame::from_text(codes[1].as_bytes()).unwrap().unwrap();
        let symbols: Vec<u8> = frame.symbols().flat_map(|(_, symbol)| symbol.iter().map(|byte| byte ^ 1)).collect();
        let forged = Frame::new(frame.object_id(), *frame.partition(), frame.first(), symbols).unwrap().to_text();
        let in_a_file = all_that_came(&[
            (CodeOutcome::Foreign, Some("hello".into())),
            (CodeOutcome::Refused(Error::FrameText), None),
            (CodeOutcome::Refused(Error::FrameText), None),
        ]);
        let all_came =
            [new, known, came(&mut collector, &forged), came(&mut collector, "hello"), came(&mut collector, "SHAB.")];
        let corners = [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]];
        let code = Code { bytes: codes[0].clone().into(), corners, version: 1, level: 'L' };
        let unread = Unread { corners, version: 1, darkness: Vec::new(), agreement: 0.5, why: Why::Glare };

        let text = "# Title\n\n> By: a\n\n**bold** سلام\n\n- item\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n***\n\nend";
        let envelope = Envelope::seal(&letter).unwrap();
        let (key, passphrase) =
            (bindings::new_key(vec![7; 72], "a long enough passphrase".into()).unwrap(), "a long enough passphrase");
        let parse = |json: String| serde_json::from_str::<Value>(&json).unwrap();
        let key = parse(key);
        let public = key["key"].as_str().unwrap();
        let trust = bindings::trust("", public, "the union").unwrap();
        let identity = {
            // Its key is of chance: the same each time is its shape.
            let mut identity = parse(bindings::new_identity(passphrase.into()).unwrap());
            identity["recipient"] = json!("age1");
            identity["identity"] = json!([1, 2]);
            identity
        };
        let mut key = key;
        key["secret"] = json!("");
        let parts: [(&str, Value); 12] = [
            ("Told", error(&Error::FrameText)),
            ("Came[]", json!(all_came)),
            ("Came[]", in_a_file),
            ("Settled", coming),
            ("Settled", collecting(&collector, 5, 4)),
            ("Seen", look(&[code], &[unread])),
            ("Required<Letter>", told(text, "a.md", true)),
            (
                "Letter[]",
                json!([
                    told(text, "a.md", false),
                    super::letter(envelope.object_id(), &SignatureStatus::Unsigned, None, true)
                ]),
            ),
            ("NamedKey[]", parse(bindings::trusted(&trust).unwrap())),
            ("NewKey", key.clone()),
            ("NewIdentity", identity),
            ("Show", parse(bindings::Player::new(envelope.bytes().to_vec(), 10).unwrap().told())),
        ];
        let mut text = String::from(
            "// What the program tells the page, one of everything: src/web/json.rs writes it, tsc holds the types of told.ts to it.\n\n\
             import type { Came, Letter, NamedKey, NewIdentity, NewKey, Seen, Settled, Show, Told } from '../../src/web/page/told';\n",
        );
        for (number, (of, value)) in parts.iter().enumerate() {
            text.push_str(&format!("\nexport const sample{number}: {of} = {value:#};\n"));
        }
        text
    }

    #[test]
    fn the_types_of_the_page_have_samples() {
        const PATH: &str = "tests/page/told.samples.ts";
        if std::env::var_os("UPDATE_SAMPLES").is_some() {
            std::fs::write(PATH, samples()).unwrap();
        }
        let there = std::fs::read_to_string(PATH).unwrap_or_default();
        assert!(there == samples(), "UPDATE_SAMPLES=1 cargo test --lib --features web web::json writes {PATH} anew");
    }
}
