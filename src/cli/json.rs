//! What programs are told: shapes that scripts rely on; see docs/scripts.md.

use serde_json::{Value, json};

use super::say;
use crate::codec::frame::Frame;
use crate::codec::letter::is_harmful;
use crate::codec::trust::SignatureStatus;
use crate::error::{Error, Result};
use crate::optics::scan::{Code, Unread};

/// What an error is, for programs.
pub fn error(error: &Error) -> Value {
    let words = say::language();
    json!({ "code": error.code(), "what": words.what_happened(error), "do": words.what_to_do(error) })
}

/// Who signed a letter, for programs: `state` is `trusted`, `unknown`, `unsigned` or `false`.
pub fn answer(answer: &SignatureStatus) -> Value {
    let (state, name) = match answer {
        SignatureStatus::Trusted { name, .. } => ("trusted", json!(name)),
        SignatureStatus::Unknown { .. } => ("unknown", Value::Null),
        SignatureStatus::Unsigned => ("unsigned", Value::Null),
        SignatureStatus::False { .. } => ("false", Value::Null),
    };
    let key = answer.key();
    json!({
        "state": state, "name": name, "fingerprint": key.map(|key| key.fingerprint().to_string()),
        "key": key.map(|key| key.to_base64()),
    })
}

/// A frame for programs.
pub fn frame(frame: &Frame) -> Value {
    let partition = frame.partition();
    let (block, esi) = partition.at(frame.first());
    json!({
        "object_id": frame.object_id().to_string(), "object_length": partition.length(),
        "block": block, "esi": esi, "symbols": frame.count(),
        "symbol_size": partition.symbol_size(), "source_symbols": partition.source_symbols(), "blocks": partition.blocks(),
    })
}

/// A QR code of a picture, ours or not; `forged` tells whether a frame is, as far as is known.
pub fn code(code: &Code, frame: Option<&Result<Frame>>, forged: impl Fn(&Frame) -> Option<bool>) -> Value {
    let refused = match frame {
        Some(Err(error)) => self::error(error),
        _ => Value::Null,
    };
    let read = frame.and_then(|frame| frame.as_ref().ok());
    json!({
        "bytes": hex(&code.bytes), "corners": code.corners, "version": code.version, "level": code.level.to_string(),
        "frame": read.map(self::frame), "refused": refused, "forged": read.and_then(forged),
    })
}

/// A code that was seen and not read, and why.
pub fn unread(unread: &Unread) -> Value {
    json!({ "corners": unread.corners, "version": unread.version, "why": unread.why.name() })
}

/// A frame that stood in a text, and whether it is forged, as far as is known.
pub fn pasted(frame: &Frame, forged: Option<bool>) -> Value {
    json!({
        "bytes": hex(frame.to_text().as_bytes()), "corners": null, "version": null, "level": null,
        "frame": self::frame(frame), "refused": null, "forged": forged,
    })
}

/// JSON as text. Names and titles come from strangers: whatever could move a cursor or turn text around is written as
/// an escape.
pub fn text(value: &Value, pretty: bool) -> String {
    let text = if pretty { format!("{value:#}") } else { value.to_string() };
    let escape = |character: char| match character {
        '\n' => "\n".to_owned(),
        _ if is_harmful(character) => format!("\\u{:04x}", u32::from(character)),
        _ => character.to_string(),
    };
    text.chars().map(escape).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
