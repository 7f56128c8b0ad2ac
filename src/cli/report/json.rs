//! Reports for programs: shapes that scripts rely on; docs/schemas has a JSON Schema of each.

use serde_json::{Map, Value, json};

use super::data::{
    DecodeReport, Found, FoundFrame, InputReport, Inspected, LetterReport, LetterState, LookedAt, OpenedLetter,
    Sighted, SightedCode, Verified,
};
use crate::cli::input::scanned::MAX_CODES;
use crate::cli::terminal;
use crate::codec::frame::Frame;
use crate::codec::letter::is_harmful;
use crate::codec::trust::SignatureStatus;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::optics::scan::Unread;

/// Writes what `decode` tells to stdout, item by item: all of it as one text may take as much memory as the inputs.
///
/// # Errors
/// [`ProgramError::File`] where stdout takes no more.
pub fn decoded(report: &DecodeReport) -> Result<()> {
    terminal::result(b"{\n\"pictures\": [")?;
    let mut separator = "\n";
    for report in &report.inputs {
        let indented = text(&input(report), true).replace('\n', "\n  ");
        terminal::result(format!("{separator}  {indented}").as_bytes())?;
        separator = ",\n";
    }
    let end = if report.inputs.is_empty() { "" } else { "\n" };
    terminal::result(format!("{end}],\n\"letters\": [").as_bytes())?;
    let mut separator = "\n";
    for report in &report.letters {
        terminal::result(format!("{separator}{}", text(&letter(report), true)).as_bytes())?;
        separator = ",\n";
    }
    terminal::result(b"]\n}\n")
}

/// An object that begins with where something was seen.
fn seen_in(path: &str, page: Option<usize>) -> Map<String, Value> {
    let page = page.map(|page| ("page".to_owned(), json!(page)));
    [("picture".to_owned(), json!(path))].into_iter().chain(page).collect()
}

/// An object with more keys.
fn with(mut object: Map<String, Value>, keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    object.extend(keys.into_iter().map(|(key, value)| (key.to_owned(), value)));
    Value::Object(object)
}

fn input(report: &InputReport) -> Value {
    let object = seen_in(&report.path, report.page);
    match &report.found {
        Err(error) => with(object, [("error", self::error(error))]),
        Ok(found) => {
            let Found { is_picture, frames, envelopes, refused, foreign, left_out } = found;
            let frames = frames.iter().map(found_frame).collect();
            let refused = refused.iter().map(error).collect();
            let envelopes = envelopes.iter().map(|id| json!(id.to_string())).collect();
            let of_kind = if *is_picture { ("foreign", json!(foreign)) } else { ("envelopes", envelopes) };
            let left_out = (*left_out > 0).then(|| ("left_out", json!(left_out)));
            with(object, [("frames", frames), ("refused", refused), of_kind].into_iter().chain(left_out))
        }
    }
}

fn found_frame(found: &FoundFrame) -> Value {
    let mut object = frame_fields(&found.frame);
    object.extend([("new".to_owned(), json!(found.new)), ("forged".to_owned(), json!(found.forged))]);
    Value::Object(object)
}

fn letter(report: &LetterReport) -> Value {
    let object: Map<String, Value> = [
        ("object_id".to_owned(), json!(report.object_id.to_string())),
        ("object_length".to_owned(), json!(report.length)),
        ("received".to_owned(), json!(report.received)),
        ("needed".to_owned(), json!(report.needed)),
    ]
    .into_iter()
    .collect();
    let forged = report
        .forged
        .as_ref()
        .map(|forged| ("forged", json!(forged.places.iter().map(AsRef::as_ref).collect::<Vec<&str>>())));
    let (state, more) = match &report.state {
        LetterState::Incomplete { .. } => ("incomplete", Vec::new()),
        LetterState::Forged => ("forged", Vec::new()),
        LetterState::NoRoom => ("no room", Vec::new()),
        LetterState::Unopened(error) => {
            let is_locked = matches!(error, ProgramError::Library(Error::Locked { .. }) | ProgramError::NotTried);
            (if is_locked { "locked" } else { "unreadable" }, vec![("error", self::error(error))])
        }
        LetterState::Opened(letter) => {
            let is_false = matches!(letter.signature, SignatureStatus::False { .. });
            (if is_false { "false" } else { "complete" }, opened(letter))
        }
    };
    with(object, [("state", json!(state))].into_iter().chain(forged).chain(more))
}

fn opened(letter: &OpenedLetter) -> Vec<(&'static str, Value)> {
    let mut keys = vec![("signature", signature(&letter.signature))];
    if let Some(about) = &letter.about {
        keys.extend([
            ("bytes", json!(about.bytes)),
            ("name", json!(about.name)),
            ("title", json!(about.title)),
            ("language", json!(about.language)),
        ]);
    }
    keys.extend(letter.written.as_ref().map(|place| ("written", json!(place.display().to_string()))));
    keys.extend(letter.error.as_ref().map(|error| ("error", self::error(error))));
    keys
}

/// What `inspect` tells of one picture, page or text: a line of JSON.
pub fn inspected(inspected: &Inspected) -> String {
    let object = seen_in(&inspected.path, inspected.page);
    let codes = |codes: &[SightedCode]| ("codes", codes.iter().take(MAX_CODES).map(code).collect());
    let value = match &inspected.found {
        Err(error) => with(object, [("codes", json!([])), ("error", self::error(error))]),
        Ok(Sighted::Picture { codes: all, unread }) => {
            with(object, [codes(all), ("unread", unread.iter().map(self::unread).collect())])
        }
        Ok(Sighted::Text { frames, envelopes }) => {
            let whole = envelopes.iter().flatten().map(|envelope| json!(envelope.object_id.to_string()));
            with(object, [codes(frames), ("envelopes", whole.take(MAX_CODES).collect())])
        }
        Ok(Sighted::Envelope(envelope)) => {
            let whole = envelope.iter().map(|envelope| json!(envelope.object_id.to_string())).collect();
            with(object, [("codes", json!([])), ("envelopes", whole)])
        }
    };
    format!("{}\n", text(&value, false))
}

fn code(code: &SightedCode) -> Value {
    let symbol = code.symbol.as_ref();
    let (frame, refused) = match &code.frame {
        Some(Ok(frame)) => (Some(Value::Object(frame_fields(frame))), None),
        Some(Err(error)) => (None, Some(self::error(error))),
        None => (None, None),
    };
    json!({
        "bytes": hex(&code.bytes), "corners": symbol.map(|symbol| symbol.corners),
        "version": symbol.map(|symbol| symbol.version), "level": symbol.map(|symbol| symbol.level.to_string()),
        "frame": frame, "refused": refused, "forged": code.forged,
    })
}

/// A code that was seen and not read, and why.
fn unread(unread: &Unread) -> Value {
    json!({ "corners": unread.corners, "version": unread.version, "why": unread.why.name() })
}

fn frame_fields(frame: &Frame) -> Map<String, Value> {
    let partition = frame.partition();
    let (block, esi) = partition.at(frame.first());
    [
        ("object_id", json!(frame.object_id().to_string())),
        ("object_length", json!(partition.length())),
        ("block", json!(block)),
        ("esi", json!(esi)),
        ("symbols", json!(frame.count())),
        ("symbol_size", json!(partition.symbol_size())),
        ("source_symbols", json!(partition.source_symbols())),
        ("blocks", json!(partition.blocks())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

/// What `verify` tells: a line of JSON.
pub fn verified(verified: &Verified) -> String {
    let (envelope, file) = match &verified.looked_at {
        LookedAt::Envelope(id) => (Some(id.to_string()), None),
        LookedAt::SignatureFile(path) => (None, Some(path)),
    };
    let value = json!({
        "envelope": envelope, "signature_file": file, "signature": signature(&verified.signature),
        "comment": verified.comment,
    });
    format!("{}\n", text(&value, false))
}

/// What an error is: its code, and what happened and what to do in the language of the terminal.
fn error(error: &ProgramError) -> Value {
    let [what, todo] = terminal::language().program_error(error);
    json!({ "code": error.code(), "what": what, "do": todo })
}

/// Who signed a letter.
fn signature(status: &SignatureStatus) -> Value {
    let name = if let SignatureStatus::Trusted { name, .. } = status { Some(name) } else { None };
    let key = status.key();
    json!({
        "state": status.name(), "name": name, "fingerprint": key.map(|key| key.fingerprint().to_string()),
        "key": key.map(|key| key.to_base64()),
    })
}

/// JSON as text. Names and titles come from strangers: whatever could move a cursor or turn text around is written as
/// an escape.
fn text(value: &Value, pretty: bool) -> String {
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
