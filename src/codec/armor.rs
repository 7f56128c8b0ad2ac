//! Envelope <-> base64 text for chats, SMS and clipboards (format.md, section 5).

use super::envelope::{Envelope, ObjectId};
use super::radix64;
use crate::error::{Error, Result};

/// The line before.
pub const BEGIN: &str = "-----BEGIN SHABNAMEH ENVELOPE-----";
/// The line after.
pub const END: &str = "-----END SHABNAMEH ENVELOPE-----";
const LINE: usize = 64;

/// The armor of an envelope.
pub fn armor(envelope: &Envelope) -> String {
    let mut text = format!("{BEGIN}\nObject: {}\n\n", envelope.object_id());
    let coded = radix64::encode(envelope.bytes());
    let mut rest = coded.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = tail;
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// Every armor in a text, each an envelope or the reason why it is none. An armor without its END line is one that was cut short.
pub fn find_all(text: &str) -> Vec<Result<Envelope>> {
    text.split(BEGIN)
        .skip(1)
        .map(|after| match after.split_once(END) {
            Some((body, _)) => parse(body),
            None => Err(Error::Armor { why: "its END line is missing" }),
        })
        .collect()
}

fn parse(body: &str) -> Result<Envelope> {
    let compact: String = body.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r' | '>')).collect();
    let rest = compact.strip_prefix("Object:").ok_or(Error::Armor { why: "its Object line is missing" })?;
    let (id, coded) = rest.split_at_checked(16).ok_or(Error::Armor { why: "its Object line is cut short" })?;
    let id = ObjectId::from_hex(id).ok_or(Error::Armor { why: "its Object line is not 16 hexadecimal digits" })?;
    let bytes = radix64::decode(coded).ok_or(Error::Armor { why: "it is not base64" })?;
    let envelope = Envelope::from_bytes(bytes)?;
    if envelope.object_id() == id { Ok(envelope) } else { Err(Error::ObjectId) }
}
