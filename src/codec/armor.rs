//! Envelope <-> base64 text for chats, SMS and clipboards (format.md, section 5).

use super::envelope::{Envelope, MAX_ENVELOPE, ObjectId};
use super::pasted::{self, LINE};
use super::rfc4648;
use crate::error::fault::ArmorFault;
use crate::error::{Error, Result};

/// The line before.
pub const BEGIN: &str = "-----BEGIN SHABNAMEH ENVELOPE-----";
/// The line after.
pub const END: &str = "-----END SHABNAMEH ENVELOPE-----";

/// The armor of an envelope.
pub fn armor(envelope: &Envelope) -> String {
    let mut text = format!("{BEGIN}\nObject: {}\n\n", envelope.object_id());
    let coded = rfc4648::encode(envelope.bytes());
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

/// Most bytes between the two lines: the largest envelope, each line of it quoted. What is longer is none.
const MAX_BODY: usize = MAX_ENVELOPE / 3 * 4 * 5 / 4;

/// Every armor in a text, each an envelope or the reason why it is none, one after the other. An armor without its END
/// line is one that was cut short. One that chats and mail programs have rewritten is read as far as its object id
/// tells what it was.
pub fn find_all(text: &[u8]) -> impl Iterator<Item = Result<Envelope>> + '_ {
    bodies(text).map(|body| {
        let body = body?;
        parse(body).or_else(|error| {
            pasted::envelope(body).ok_or_else(|| match pasted::missing(body) {
                0 => error,
                missing => Error::ArmorIncomplete { missing },
            })
        })
    })
}

/// What stands between the two lines of every armor in a text, or why that cannot be told.
fn bodies(text: &[u8]) -> impl Iterator<Item = Result<&[u8]>> + '_ {
    let mut rest = behind(text, BEGIN);
    std::iter::from_fn(move || {
        let body = rest?;
        rest = behind(body, BEGIN);
        let until_next = rest.map_or(body, |next| before(body, next.len() + BEGIN.len()));
        let end = behind(until_next, END).map(|after| before(until_next, after.len() + END.len()));
        let end = end.map(|body| body.get(..MAX_BODY).unwrap_or(body));
        Some(end.ok_or(Error::Armor { why: ArmorFault::NoEnd }))
    })
}

/// The envelope of a text that is one armor and nothing else but white space; nothing where there is no armor in it.
///
/// # Errors
/// [`Error::AroundEnvelope`] where anything else stands before its BEGIN line or behind its END line, which would seem
/// to belong to the letter, and [`Error::Armor`] for a damaged armor.
pub fn alone(text: &[u8]) -> Result<Option<Envelope>> {
    let Some(body) = behind(text, BEGIN) else { return Ok(None) };
    let front = before(text, body.len() + BEGIN.len());
    let rest = behind(body, END).ok_or(Error::Armor { why: ArmorFault::NoEnd })?;
    let is_nothing = |text: &[u8]| std::str::from_utf8(text).is_ok_and(|text| text.trim().is_empty());
    if !is_nothing(front.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(front)) || !is_nothing(rest) {
        return Err(Error::AroundEnvelope);
    }
    let body = before(body, rest.len() + END.len());
    parse(body.get(..MAX_BODY).unwrap_or(body)).map(Some)
}

/// What stands in a text behind the first line of this kind.
fn behind<'a>(text: &'a [u8], line: &str) -> Option<&'a [u8]> {
    let at = text.windows(line.len()).position(|window| window == line.as_bytes())?;
    text.get(at + line.len()..)
}

/// A text without so many bytes at its end.
fn before(text: &[u8], bytes: usize) -> &[u8] {
    text.get(..text.len().saturating_sub(bytes)).unwrap_or_default()
}

fn parse(body: &[u8]) -> Result<Envelope> {
    let body = std::str::from_utf8(body).map_err(|_| Error::Armor { why: ArmorFault::NoBase64 })?;
    let compact: String = body.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r' | '>')).collect();
    let rest = compact.strip_prefix("Object:").ok_or(Error::Armor { why: ArmorFault::NoObject })?;
    let (id, coded) = rest.split_at_checked(16).ok_or(Error::Armor { why: ArmorFault::ObjectCut })?;
    let id = ObjectId::from_hex(id).ok_or(Error::Armor { why: ArmorFault::ObjectDigits })?;
    let bytes = rfc4648::decode(coded).ok_or(Error::Armor { why: ArmorFault::NoBase64 })?;
    let envelope = Envelope::from_bytes(bytes)?;
    if envelope.object_id() == id { Ok(envelope) } else { Err(Error::ObjectId) }
}
