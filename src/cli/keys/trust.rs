//! The file of trusted keys and their names.

use std::path::{Path, PathBuf};

use crate::cli::files;
use crate::codec::keys::{MAX_KEY_FILE, PublicKey};
use crate::codec::trust::Trust;
use crate::error::Error;
use crate::error::fault::{FileFault, KeyFault};
use crate::error::program::{ProgramError, Result};

/// Longest trust file, in bytes.
const MAX_TRUST_FILE: u64 = 2 * 1024 * 1024;

/// A public key by its text, or from its file.
pub fn public_key(given: &str) -> Result<PublicKey> {
    if let Ok(key) = PublicKey::from_text(given) {
        return Ok(key);
    }
    // A common mistake: a fingerprint is too short to be a key.
    let digits = given.chars().filter(|character| !character.is_whitespace() && *character != '-');
    if digits.clone().count() == 30 && digits.clone().all(char::is_numeric) {
        return Err(Error::KeyFile { why: KeyFault::Fingerprint }.into());
    }
    let bytes = files::read_up_to(Path::new(given), MAX_KEY_FILE as u64)?;
    Ok(PublicKey::from_text(&String::from_utf8_lossy(&bytes))?)
}

/// Where names are kept, if nothing else is said.
pub fn default_place() -> Option<PathBuf> {
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
    let text = String::from_utf8(bytes).map_err(|_| ProgramError::fault(path.display(), FileFault::NoText))?;
    Ok(Trust::from_text(&text)?)
}
