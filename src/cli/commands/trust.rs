//! `trust`: lists the names of keys that are trusted, adds and forgets.

use crate::cli::args::TrustOptions;
use crate::cli::exit::COMPLETE;
use crate::cli::keys::trust::{default_place, kept, public_key};
use crate::cli::{files, terminal};
use crate::codec::keys::PublicKey;
use crate::codec::trust::Trust;
use crate::error::Error;
use crate::error::fault::FileFault;
use crate::error::program::{ProgramError, Result};

pub fn run(options: &TrustOptions) -> Result<u8> {
    let path = options.trust_file.clone().or_else(default_place);
    let path = path.ok_or_else(|| ProgramError::fault("trusted", FileFault::NoSettings))?;
    let mut trust = if path.exists() { kept(Some(&path))? } else { Trust::nobody() };
    let words = terminal::language();
    if let Some(key) = &options.key {
        let key = public_key(key)?;
        let name = options.name.as_deref().unwrap_or_default();
        if name.trim().is_empty() {
            return Err(Error::FieldInvalid { field: "name" }.into());
        }
        trust.add(key, name)?;
        terminal::note(&words.fingerprint(&key.fingerprint().to_string()));
    } else if let Some(name) = &options.forget {
        trust.forget(name)?;
    } else {
        let line =
            |(key, name): (PublicKey, &str)| format!("{}  {name}\n", words.fingerprint(&key.fingerprint().to_string()));
        terminal::result(trust.keys().into_iter().map(line).collect::<String>().as_bytes())?;
        terminal::note(&words.names_kept(trust.keys().len(), &path.display().to_string()));
        return Ok(COMPLETE);
    }
    files::write_secret(&path, trust.to_text().as_bytes(), true)?;
    terminal::note(&words.names_kept(trust.keys().len(), &path.display().to_string()));
    Ok(COMPLETE)
}
