//! `verify`: who signed a letter, or a file.

use crate::cli::args::VerifyOptions;
use crate::cli::keys::opening;
use crate::cli::report::data::{LookedAt, Verified};
use crate::cli::report::{json, text};
use crate::cli::{exit, files, terminal};
use crate::codec::armor;
use crate::codec::encryption::Keyring;
use crate::codec::envelope::Envelope;
use crate::codec::signature::Detached;
use crate::codec::trust::{SignatureStatus, Trust};
use crate::error::program::{ProgramError, Result};

pub fn run(options: &VerifyOptions) -> Result<u8> {
    let verified = verified(options)?;
    let told = if options.json { json::verified(&verified) } else { text::verified(&verified) };
    terminal::result(told.as_bytes())?;
    Ok(exit::of_signature(&verified.signature))
}

fn verified(options: &VerifyOptions) -> Result<Verified> {
    let trust = options.opening.trust()?;
    let bytes = files::read(&options.input)?;
    // A signature file beside it covers the whole file, even if that is an envelope.
    let beside = files::beside(&options.input, "minisig");
    if let Some(path) = options.signature.clone().or_else(|| beside.exists().then(|| beside.clone())) {
        let file = Detached::from_file(&opening::text(&path)?)?;
        let signature = detached(&bytes, &file, &trust)?;
        let is_trusted = matches!(signature, SignatureStatus::Trusted { .. });
        // The trusted comment, which may name another file.
        let comment = is_trusted.then(|| file.comment().to_owned());
        return Ok(Verified { looked_at: LookedAt::SignatureFile(path.display().to_string()), signature, comment });
    }
    let envelope = envelope(&bytes)?;
    let envelope = envelope.ok_or_else(|| ProgramError::NothingSigned { path: beside.display().to_string() })?;
    let keys = if envelope.is_encrypted() { options.opening.keyring()? } else { Keyring::empty() };
    let signature = envelope.decrypt(&keys)?.open(&trust)?.signature_status().clone();
    Ok(Verified { looked_at: LookedAt::Envelope(envelope.object_id()), signature, comment: None })
}

/// The envelope of bytes, or of an armor with nothing around it: text around it would seem to be signed as well.
fn envelope(bytes: &[u8]) -> Result<Option<Envelope>> {
    Ok(if Envelope::begins(bytes) { Some(Envelope::from_bytes(bytes.to_vec())?) } else { armor::alone(bytes)? })
}

/// Verifies the signature of a file. The signature file has no public key, only a key id, which anyone can copy.
fn detached(bytes: &[u8], signature: &Detached, trust: &Trust) -> Result<SignatureStatus> {
    let keys = trust.keys();
    if let Some((key, name)) = keys.iter().find(|(key, _)| signature.is_of(bytes, key)) {
        return Ok(SignatureStatus::Trusted { key: *key, name: (*name).to_owned() });
    }
    let claimed = keys.iter().find(|(key, _)| signature.is_by(key)).ok_or(ProgramError::KeyMissing)?;
    Ok(SignatureStatus::False { key: claimed.0 })
}
