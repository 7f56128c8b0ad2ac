//! What programs are told: shapes that scripts rely on; see the README.

use serde_json::{Value, json};

use super::say;
use crate::codec::frame::Frame;
use crate::codec::letter::is_harmful;
use crate::error::{Error, Result};
use crate::optics::scan::Code;

/// What an error is, for programs.
pub fn error(error: &Error) -> Value {
    let words = say::language();
    json!({ "what": words.what_happened(error), "do": words.what_to_do(error) })
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

/// A QR code of a picture, ours or not.
pub fn code(code: &Code, frame: Option<&Result<Frame>>) -> Value {
    let refused = match frame {
        Some(Err(error)) => json!(say::language().what_happened(error)),
        _ => Value::Null,
    };
    json!({
        "bytes": hex(&code.bytes), "corners": code.corners, "version": code.version, "level": code.level.to_string(),
        "frame": frame.and_then(|frame| frame.as_ref().ok()).map(self::frame), "refused": refused,
    })
}

/// A frame that stood in a text.
pub fn pasted(frame: &Frame) -> Value {
    json!({
        "bytes": hex(frame.to_text().as_bytes()), "corners": null, "version": null, "level": null,
        "frame": self::frame(frame), "refused": null,
    })
}

/// JSON as text. Names and titles come from strangers: whatever could move a cursor or turn text around is written as an escape.
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
