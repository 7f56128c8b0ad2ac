//! Whom the reader trusts, and what opens letters: keys and passphrases from files, by the options that all commands have.

use std::path::{Path, PathBuf};

use super::arguments::{Opening, TrustKey};
use super::passphrase::{self, Purpose};
use super::{COMPLETE, files, say};
use crate::codec::encryption::{Keyring, identities_of};
use crate::codec::keys::{MAX_KEY_FILE, PublicKey};
use crate::codec::secret::SecretText;
use crate::codec::trust::Trust;
use crate::error::{Error, Result};
use crate::words::Asked;

/// Longest trust file, in bytes.
const MAX_TRUST_FILE: u64 = 2 * 1024 * 1024;

/// A public key by its text, or from its file.
pub fn public_key(given: &str) -> Result<PublicKey> {
    if let Ok(key) = PublicKey::from_text(given) {
        return Ok(key);
    }
    PublicKey::from_text(&text(Path::new(given))?)
}

/// A short file as text.
pub fn text(path: &Path) -> Result<SecretText> {
    let bytes = files::read_up_to(path, MAX_KEY_FILE as u64)?;
    String::from_utf8(bytes).map(SecretText::new).map_err(|_| Error::KeyFile { why: "it is no text" })
}

impl Opening {
    /// The keys that are trusted: those that were pinned, or else those of the trust file. Names are the file's.
    pub fn trust(&self) -> Result<Trust> {
        let kept = kept(self.trust_file.as_deref())?;
        if self.trust.is_empty() {
            return Ok(kept);
        }
        let mut trust = Trust::nobody();
        for given in &self.trust {
            let key = public_key(given)?;
            trust.add(key, kept.name(&key).unwrap_or_default())?;
        }
        Ok(trust)
    }

    /// Whether keys were pinned, so that only letters by them will do.
    pub fn pins(&self) -> bool {
        !self.trust.is_empty()
    }

    /// What opens encrypted letters.
    pub fn keyring(&self) -> Result<Keyring> {
        let mut keys = Keyring::empty();
        if self.passphrase || self.passphrase_file.is_some() {
            keys.add_passphrase(passphrase::get(self.passphrase_file.as_deref(), Purpose::Open(Asked::Letter))?);
        }
        for path in &self.identity {
            let file = files::read_up_to(path, MAX_KEY_FILE as u64)?;
            let ask = || passphrase::get(self.key_passphrase_file.as_deref(), Purpose::Open(Asked::Key));
            keys.add_identities(&identities_of(&file, &ask)?)?;
        }
        Ok(keys)
    }
}

/// Where names are kept, if nothing else is said.
fn default_place() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = set("XDG_CONFIG_HOME").or_else(|| set("APPDATA")).or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(settings.join("shabnameh").join("trusted"))
}

/// The names that are kept. Where no file was named, there need not be one.
fn kept(file: Option<&Path>) -> Result<Trust> {
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
        trust.add(key, options.name.as_deref().unwrap_or_default())?;
        say::note(&words.fingerprint(&key.fingerprint().to_string()));
    } else if let Some(name) = &options.forget {
        trust.forget(name)?;
    } else {
        let line =
            |(key, name): (PublicKey, &str)| format!("{}  {name}\n", words.fingerprint(&key.fingerprint().to_string()));
        say::result(trust.keys().into_iter().map(line).collect::<String>().as_bytes())?;
        return Ok(COMPLETE);
    }
    files::write_secret(&path, trust.to_text().as_bytes(), true)?;
    Ok(COMPLETE)
}
