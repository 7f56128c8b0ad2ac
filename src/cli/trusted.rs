//! The names of keys that are trusted, in a file, and the command that keeps them.

use std::path::{Path, PathBuf};

use super::arguments::TrustKey;
use super::{COMPLETE, files, say};
use crate::codec::keys::{MAX_KEY_FILE, PublicKey};
use crate::codec::trust::Trust;
use crate::error::{Error, Result};

/// Longest trust file, in bytes.
const MAX_TRUST_FILE: u64 = 2 * 1024 * 1024;

/// A public key by its text, or from its file.
pub fn public_key(given: &str) -> Result<PublicKey> {
    if let Ok(key) = PublicKey::from_text(given) {
        return Ok(key);
    }
    // People have the thirty digits first; they are too short to be a key.
    let digits = given.chars().filter(|character| !character.is_whitespace() && *character != '-');
    if digits.clone().count() == 30 && digits.clone().all(char::is_numeric) {
        return Err(Error::KeyFile { why: "a fingerprint is no key: it only tells whether you have the right one" });
    }
    let bytes = files::read_up_to(Path::new(given), MAX_KEY_FILE as u64)?;
    PublicKey::from_text(&String::from_utf8_lossy(&bytes))
}

/// Where names are kept, if nothing else is said.
fn default_place() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = set("XDG_CONFIG_HOME").or_else(|| set("APPDATA")).or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(settings.join("shabnameh").join("trusted"))
}

/// The names that are kept. Where no file was named, there need not be one.
pub fn kept(file: Option<&Path>) -> Result<Trust> {
    let path = match file {
        Some(file) => file.to_owned(),
        None => match default_place().filter(|path| path.exists()) {
            Some(path) => path,
            None => return Ok(Trust::nobody()),
        },
    };
    let bytes = files::read_up_to(&path, MAX_TRUST_FILE)?;
    Trust::from_text(&String::from_utf8(bytes).map_err(|error| files::failed(&path, error))?)
}

/// `trust`: lists, adds and forgets.
pub fn run(options: &TrustKey) -> Result<u8> {
    let path = options.trust_file.clone().or_else(default_place);
    let path = path.ok_or_else(|| files::failed(Path::new("trusted"), "there is no folder of settings"))?;
    let mut trust = if path.exists() { kept(Some(&path))? } else { Trust::nobody() };
    let words = say::language();
    if let Some(key) = &options.key {
        let key = public_key(key)?;
        let name = options.name.as_deref().unwrap_or_default();
        if name.trim().is_empty() {
            return Err(Error::FieldInvalid { field: "name" });
        }
        trust.add(key, name)?;
        say::note(&words.fingerprint(&key.fingerprint().to_string()));
    } else if let Some(name) = &options.forget {
        trust.forget(name)?;
    } else {
        let line =
            |(key, name): (PublicKey, &str)| format!("{}  {name}\n", words.fingerprint(&key.fingerprint().to_string()));
        say::result(trust.keys().into_iter().map(line).collect::<String>().as_bytes())?;
        say::note(&words.names_kept(trust.keys().len(), &path.display().to_string()));
        return Ok(COMPLETE);
    }
    files::write_secret(&path, trust.to_text().as_bytes(), true)?;
    say::note(&words.names_kept(trust.keys().len(), &path.display().to_string()));
    Ok(COMPLETE)
}
