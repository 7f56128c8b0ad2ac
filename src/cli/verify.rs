//! `verify`: who signed a letter, or a file.

use serde_json::json;

use super::arguments::Verify;
use super::{files, json, opening, say};
use crate::codec::armor;
use crate::codec::encryption::Keyring;
use crate::codec::envelope::Envelope;
use crate::codec::letter::printable;
use crate::codec::signature::Detached;
use crate::codec::trust::{Answer, Trust};
use crate::error::{Error, Result};
use crate::words::Label;

pub fn run(options: &Verify) -> Result<u8> {
    let trust = options.opening.trust()?;
    let bytes = files::read(&options.input)?;
    let envelope = if options.signature.is_some() { None } else { envelope(&bytes)? };
    // What the signer of a file said of it: that it is another file, perhaps.
    let mut comment = None;
    let answer = match envelope {
        Some(envelope) => {
            let keys = if envelope.is_encrypted() { options.opening.keyring()? } else { Keyring::empty() };
            envelope.decrypt(&keys)?.open(&trust)?.answer().clone()
        }
        None => {
            let path = options.signature.clone().unwrap_or_else(|| files::beside(&options.input, "minisig"));
            if options.signature.is_none() && !path.exists() {
                return Err(Error::NothingSigned { path: path.display().to_string() });
            }
            let signature = Detached::from_file(&opening::text(&path)?)?;
            let answer = detached(&bytes, &signature, &trust)?;
            if matches!(answer, Answer::Trusted { .. }) {
                comment = Some(signature.comment().to_owned());
            }
            answer
        }
    };
    let told = match options.json {
        true => format!("{}\n", json::text(&json!({ "signature": json::answer(&answer), "comment": comment }), false)),
        false => {
            let comment = comment.map(|comment| say::line(say::language().label(Label::Comment), &comment));
            format!("{}\n{}", printable(&say::answer(&answer)), comment.unwrap_or_default())
        }
    };
    say::result(told.as_bytes())?;
    Ok(super::code_of(&answer))
}

/// The envelope in bytes that are one, or in a text that holds one, with anything around it.
fn envelope(bytes: &[u8]) -> Result<Option<Envelope>> {
    if Envelope::begins(bytes) {
        return Envelope::from_bytes(bytes.to_vec()).map(Some);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut found = armor::find_all(&text);
    if found.len() > 1 {
        return Err(Error::Armor { why: "there is more than one envelope in it" });
    }
    let text = text.trim();
    let bare = text.starts_with(armor::BEGIN) && text.ends_with(armor::END);
    if !found.is_empty() && !bare {
        say::note(say::language().only_the_envelope());
    }
    found.pop().transpose()
}

/// Whose signature of a file it is. A signature file has no public key in it: it names the key's id, which anyone can give a key.
fn detached(bytes: &[u8], signature: &Detached, trust: &Trust) -> Result<Answer> {
    let keys = trust.keys();
    if let Some((key, name)) = keys.iter().find(|(key, _)| signature.is_of(bytes, key)) {
        return Ok(Answer::Trusted { key: *key, name: (*name).to_owned() });
    }
    let claimed = keys.iter().find(|(key, _)| signature.is_by(key)).ok_or(Error::KeyMissing)?;
    Ok(Answer::False { key: claimed.0 })
}
