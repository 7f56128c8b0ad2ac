//! Whom the reader trusts, and what opens letters, by the options that all commands have.

use std::path::Path;

use super::passphrase::{self, Purpose};
use super::trust::{kept, public_key};
use crate::cli::args::Opening;
use crate::cli::files;
use crate::codec::encryption::{Keyring, identities_of};
use crate::codec::keys::MAX_KEY_FILE;
use crate::codec::secret::SecretText;
use crate::codec::trust::Trust;
use crate::error::Error;
use crate::error::fault::KeyFault;
use crate::error::program::Result;
use crate::words::Asked;

/// A short file as text.
pub fn text(path: &Path) -> Result<SecretText> {
    let bytes = files::read_secret(path, MAX_KEY_FILE as u64)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::KeyFile { why: KeyFault::NoText })?;
    Ok(SecretText::new(text.to_owned()))
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
            trust.add(key, kept.find(&key).map(|(_, name)| name).unwrap_or_default())?;
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
            let file = files::read_secret(path, MAX_KEY_FILE as u64)?;
            let ask = || passphrase::get(self.key_passphrase_file.as_deref(), Purpose::Open(Asked::Key));
            keys.add_identities(&identities_of(&file, &ask)?)?;
        }
        Ok(keys)
    }
}
