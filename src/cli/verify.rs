//! `verify`: who signed a letter, or a file.

use serde_json::json;

use super::arguments::Verify;
use super::{files, json, opening, say, source};
use crate::codec::encryption::Keyring;
use crate::codec::keys::PublicKey;
use crate::codec::letter::printable;
use crate::codec::signature::Detached;
use crate::codec::trust::Answer;
use crate::error::{Error, Result};

pub fn run(options: &Verify) -> Result<u8> {
    let trust = options.opening.trust()?;
    let bytes = files::read(&options.input)?;
    let envelope = if options.signature.is_some() { None } else { source::envelope(&bytes)? };
    let answer = match envelope {
        Some(envelope) => {
            let keys = if envelope.is_encrypted() { options.opening.keyring()? } else { Keyring::empty() };
            envelope.decrypt(&keys)?.open(&trust)?.answer().clone()
        }
        None => {
            let path = options.signature.clone().unwrap_or_else(|| files::beside(&options.input, "minisig"));
            if options.signature.is_none() && !path.exists() {
                Answer::Unsigned
            } else {
                let signature = Detached::from_file(&opening::text(&path)?)?;
                // A signature file has no public key in it: it names the key's id, which anyone can give a key.
                let claimed: Vec<(PublicKey, &str)> =
                    trust.keys().into_iter().filter(|(key, _)| signature.is_by(key)).collect();
                match claimed.iter().find(|(key, _)| signature.is_of(&bytes, key)) {
                    Some((key, name)) => Answer::Trusted { key: *key, name: (*name).to_owned() },
                    None => Answer::False { key: claimed.first().ok_or(Error::KeyMissing)?.0 },
                }
            }
        }
    };
    let told = match options.json {
        true => format!("{}\n", json::text(&json!({ "signature": json::answer(&answer) }), false)),
        false => format!("{}\n", printable(&say::answer(&answer))),
    };
    say::result(told.as_bytes())?;
    Ok(super::code_of(&answer))
}
