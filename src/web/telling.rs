//! What the page is told, as JSON.

use serde_json::{Value, json};

use super::reading::{Came, Reading};
use crate::codec::envelope::ObjectId;
use crate::codec::keys::PublicKey;
use crate::codec::letter::{Letter, safe_file_name};
use crate::codec::trust::Answer;
use crate::error::Error;
use crate::prose::manuscript::{Block, Kind, Rich, paragraph_direction};
use crate::prose::text::Text;
use crate::words::{english, persian};

/// An error in both languages: `{"name", "fa": [what happened, what to do], "en": [...]}`.
pub fn error(error: &Error) -> Value {
    let name: String = format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect();
    let [fa, en] = [persian(), english()].map(|words| [words.what_happened(error), words.what_to_do(error)]);
    json!({ "name": name, "fa": fa, "en": en })
}

/// What a code was: `{"what": "new" | "known" | "forged" | "foreign" | "refused", "id"?, "error"?}`.
pub fn came(came: &Came) -> Value {
    let of = |what: &str, id: &ObjectId| json!({ "what": what, "id": id.to_string() });
    match came {
        Came::New(id) => of("new", id),
        Came::Known(id) => of("known", id),
        Came::Forged(id) => of("forged", id),
        Came::Foreign => json!({ "what": "foreign" }),
        Came::Refused(error) => json!({ "what": "refused", "error": self::error(error) }),
    }
}

/// How far the collecting is: `{"complete": [id], "done": [{"id", "forged"}], "coming": [{"id", "received", "needed", "codes", "forged", "map":
/// [0..255]}], "more"}`, of which `complete` became so just now. Only the letters that came furthest are told, at most `most` of them.
pub fn collecting(reading: &Reading, complete: &[ObjectId], most: usize, stretches: usize) -> Value {
    let complete: Vec<String> = complete.iter().map(ObjectId::to_string).collect();
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
        "complete": complete,
        "done": Value::from_iter(done),
        "coming": Value::from_iter(coming),
        "more": all.len().saturating_sub(most),
    })
}

/// What is said of a letter: `{"answer": "trusted" | "unknown" | "unsigned" | "false", "by", "key", "fingerprint", "id", "title", "byline", "file",
/// "language", "right", "bytes", "text"?, "blocks"?}`; without the letter, as of a false one, only who it claims to be by.
pub fn letter(id: ObjectId, answer: &Answer, letter: Option<&Letter>) -> Value {
    let (name, by) = match answer {
        Answer::Trusted { name, .. } => ("trusted", name.as_str()),
        Answer::Unknown { .. } => ("unknown", ""),
        Answer::Unsigned => ("unsigned", ""),
        Answer::False { .. } => ("false", ""),
    };
    let key = answer.key();
    let mut told = json!({
        "answer": name,
        "by": by,
        "key": key.map(|key| key.to_base64()),
        "fingerprint": key.map(|key| key.fingerprint().to_string()),
        "id": id.to_string(),
    });
    if let (Some(letter), Some(told)) = (letter, told.as_object_mut()) {
        let text = Text::of(letter);
        told.insert("title".into(), json!(text.title()));
        told.insert("byline".into(), json!(text.manuscript.byline));
        told.insert("file".into(), json!(safe_file_name(letter.name())));
        told.insert("language".into(), json!(letter.language()));
        told.insert("right".into(), json!(text.right_to_left));
        told.insert("bytes".into(), json!(letter.content().len()));
        told.insert("text".into(), json!(letter.text()));
        if letter.text().is_some() {
            told.insert("blocks".into(), blocks(&text));
        }
    }
    told
}

/// The parts of a text: `[{"kind": "heading" | "paragraph" | "item" | "break", "level": of a heading, "depth", "mark", "close", "right", "text",
/// "bold": [[from, to]]}]`, where places are counted as JavaScript does.
fn blocks(text: &Text) -> Value {
    let block = |block: &Block| {
        let (kind, level, mark) = match &block.kind {
            Kind::Heading(level) => ("heading", *level, ""),
            Kind::Paragraph => ("paragraph", 0, ""),
            Kind::Item(mark) => ("item", 0, mark.as_str()),
            Kind::Break => ("break", 0, ""),
        };
        let Rich { text: content, bold } = &block.text;
        let units = |at: usize| content.get(..at).map_or(0, |before| before.encode_utf16().count());
        let bold: Vec<[usize; 2]> = bold.iter().map(|range| [units(range.start), units(range.end)]).collect();
        json!({
            "kind": kind,
            "level": level,
            "depth": block.level,
            "mark": mark,
            "close": block.close,
            "right": paragraph_direction(text.right_to_left, content),
            "text": content,
            "bold": bold,
        })
    };
    text.manuscript.blocks.iter().map(block).collect()
}

/// A public key: `{"key", "fingerprint"}`.
pub fn key(key: &PublicKey) -> Value {
    json!({ "key": key.to_base64(), "fingerprint": key.fingerprint().to_string() })
}
