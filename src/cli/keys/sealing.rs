//! Who signs a letter and who may open it, by the options that all commands have.

use std::path::Path;

use super::opening::text;
use super::passphrase::{self, Purpose};
use super::trust::public_key;
use crate::cli::args::making::Sealing;
use crate::cli::terminal;
use crate::codec::encryption::{Lock, Recipient};
use crate::codec::keys::SecretKey;
use crate::codec::letter::Letter;
use crate::codec::secret::plain_form;
use crate::codec::signature::{Detached, Signature};
use crate::error::program::Result;
use crate::words::Asked;

impl Sealing {
    /// Whether a signature was asked for.
    pub fn signs(&self) -> bool {
        self.sign.is_some() || self.signature.is_some()
    }

    /// Whether encryption was asked for.
    pub fn encrypts(&self) -> bool {
        self.passphrase || self.passphrase_file.is_some() || !self.recipient.is_empty()
    }

    /// The signature of a letter, made here or brought along.
    pub fn signature(&self, letter: &Letter) -> Result<Option<Signature>> {
        if let (Some(path), Some(key)) = (&self.signature, &self.public_key) {
            return Ok(Some(Detached::from_file(&text(path)?)?.for_letter(letter, public_key(key)?)?));
        }
        let Some(path) = &self.sign else { return Ok(None) };
        let file = text(path)?;
        let passphrase = match SecretKey::asks_passphrase(&file)? {
            true => Some(passphrase::get(self.key_passphrase_file.as_deref(), Purpose::Open(Asked::Key))?),
            false => None,
        };
        let key = SecretKey::from_file(&file, passphrase.as_ref().map(|passphrase| passphrase.as_str()))?;
        Ok(Some(Signature::of(letter, &key)))
    }

    /// Who may open it, if not everyone.
    pub fn lock(&self) -> Result<Option<Lock>> {
        if !self.encrypts() {
            return Ok(None);
        }
        if self.recipient.is_empty() {
            let passphrase = passphrase::get(self.passphrase_file.as_deref(), Purpose::Close(Asked::NewLetter))?;
            let plain = plain_form(&passphrase);
            if plain != passphrase {
                terminal::note(terminal::language().plain_passphrase());
            }
            return Ok(Some(Lock::Passphrase(plain)));
        }
        let recipient = |given: &String| match Recipient::from_text(given) {
            Ok(recipient) => Ok(recipient),
            Err(_) => Ok(Recipient::from_text(&text(Path::new(given))?)?),
        };
        let recipients = self.recipient.iter().map(recipient).collect::<Result<_>>()?;
        Ok(Some(Lock::Recipients(recipients)))
    }
}
