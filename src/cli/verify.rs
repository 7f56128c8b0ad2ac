//! `verify`: who signed a letter, or a file.

use serde_json::json;

use super::arguments::Verify;
use super::{files, json, opening, say};
use crate::codec::armor;
use crate::codec::encryption::Keyring;
use crate::codec::envelope::Envelope;
use crate::codec::letter::printable;
use crate::codec::signature::Detached;
use crate::codec::trust::{SignatureStatus, Trust};
use crate::error::{Error, Result};
use crate::words::Label;

pub fn run(options: &Verify) -> Result<u8> {
    let trust = options.opening.trust()?;
    let bytes = files::read(&options.input)?;
    // Where a signature lies beside a file, that file is what somebody signed, whatever else is in it.
    let beside = files::beside(&options.input, "minisig");
    let signature = options.signature.clone().or_else(|| beside.exists().then(|| beside.clone()));
    // What the signer of a file said of it: that it is another file, perhaps.
    let mut comment = None;
    let (looked_at, answer) = match signature {
        Some(path) => {
            let signature = Detached::from_file(&opening::text(&path)?)?;
            let answer = detached(&bytes, &signature, &trust)?;
            if matches!(answer, SignatureStatus::Trusted { .. }) {
                comment = Some(signature.comment().to_owned());
            }
            let path = path.display().to_string();
            (Looked::Signature(path), answer)
        }
        None => {
            let envelope = envelope(&bytes)?;
            let envelope = envelope.ok_or_else(|| Error::NothingSigned { path: beside.display().to_string() })?;
            let keys = if envelope.is_encrypted() { options.opening.keyring()? } else { Keyring::empty() };
            let answer = envelope.decrypt(&keys)?.open(&trust)?.answer().clone();
            (Looked::Envelope(envelope.object_id().to_string()), answer)
        }
    };
    let words = say::language();
    let told = match options.json {
        true => {
            let (envelope, signature) = match &looked_at {
                Looked::Envelope(id) => (Some(id), None),
                Looked::Signature(path) => (None, Some(path)),
            };
            let told = json!({
                "envelope": envelope, "signature_file": signature, "signature": json::answer(&answer), "comment": comment,
            });
            format!("{}\n", json::text(&told, false))
        }
        false => {
            let looked_at = match &looked_at {
                Looked::Envelope(id) => say::line(words.label(Label::Envelope), id),
                Looked::Signature(path) => say::line(words.label(Label::SignatureFile), path),
            };
            let comment = comment.map(|comment| say::line(words.label(Label::Comment), &comment));
            format!("{}\n{looked_at}{}", printable(&say::answer(&answer)), comment.unwrap_or_default())
        }
    };
    say::result(told.as_bytes())?;
    Ok(super::code_of(&answer))
}

/// What a signature was looked for in.
enum Looked {
    /// An envelope, by its object id.
    Envelope(String),
    /// A signature file, by its path.
    Signature(String),
}

/// The envelope in bytes that are one, or in a text that is the armor of one and nothing else: what stands around it
/// would seem to be signed as well.
fn envelope(bytes: &[u8]) -> Result<Option<Envelope>> {
    if Envelope::begins(bytes) { Envelope::from_bytes(bytes.to_vec()).map(Some) } else { armor::alone(bytes) }
}

/// Whose signature of a file it is. A signature file has no public key in it: it names the key's id, which anyone can
/// give a key.
fn detached(bytes: &[u8], signature: &Detached, trust: &Trust) -> Result<SignatureStatus> {
    let keys = trust.keys();
    if let Some((key, name)) = keys.iter().find(|(key, _)| signature.is_of(bytes, key)) {
        return Ok(SignatureStatus::Trusted { key: *key, name: (*name).to_owned() });
    }
    let claimed = keys.iter().find(|(key, _)| signature.is_by(key)).ok_or(Error::KeyMissing)?;
    Ok(SignatureStatus::False { key: claimed.0 })
}
