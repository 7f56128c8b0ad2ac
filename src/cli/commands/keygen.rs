//! `keygen`: keys to sign with, and keys to be written to.

use std::path::{Path, PathBuf};

use crate::cli::args::KeygenOptions;
use crate::cli::exit::COMPLETE;
use crate::cli::keys::passphrase::{self, Purpose};
use crate::cli::{files, random, terminal};
use crate::codec::encryption::{self, Lock};
use crate::codec::keys::SecretKey;
use crate::error::program::{ProgramError, Result};
use crate::words::{Asked, Label};

pub fn run(options: &KeygenOptions) -> Result<u8> {
    let public = public_path(&options.out);
    if files::is_standard(&options.out) {
        return Err(ProgramError::SecretShown);
    }
    // A key is never overwritten: there is no other.
    if let Some(path) = [&options.out, &public].into_iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(ProgramError::KeyExists { path: path.display().to_string() });
    }
    let passphrase = passphrase::get(options.key_passphrase_file.as_deref(), Purpose::Close(Asked::NewKey))?;
    let words = terminal::language();
    let mut told = String::new();
    if options.recipient {
        let (identity, recipient) = encryption::new_identity();
        let file = encryption::encrypt(identity.as_bytes(), &Lock::Passphrase(passphrase))?;
        files::write_secret(&options.out, &file, false)?;
        files::write(&public, format!("{recipient}\n").as_bytes(), false)?;
        told.push_str(&terminal::line(words.label(Label::Recipient), &recipient));
    } else {
        let key = SecretKey::of_chance(&*random::array()?);
        let file = key.to_file(&passphrase, &*random::array()?)?;
        files::write_secret(&options.out, file.as_bytes(), false)?;
        files::write(&public, key.public().to_file().as_bytes(), false)?;
        told.push_str(&terminal::line(words.label(Label::PublicKey), &key.public().to_base64()));
        let fingerprint = words.fingerprint(&key.public().fingerprint().to_string());
        told.push_str(&terminal::line(words.label(Label::Fingerprint), &fingerprint));
    }
    told.push_str(&terminal::line(words.label(Label::Written), &options.out.display().to_string()));
    told.push_str(&terminal::line(words.label(Label::Written), &public.display().to_string()));
    terminal::result(told.as_bytes())?;
    terminal::note(words.keep_the_key());
    Ok(COMPLETE)
}

/// Where the public half goes: `union.key` has `union.pub`.
fn public_path(out: &Path) -> PathBuf {
    match out.extension() {
        Some(ending) if ending == "key" => out.with_extension("pub"),
        _ => files::beside(out, "pub"),
    }
}
