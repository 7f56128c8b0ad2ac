//! Passphrases: asked for, or read from files and descriptors. Never from an argument, which shells and systems
//! remember.

use std::path::Path;

use crate::cli::{files, terminal};
use crate::codec::secret::{self, SecretText};
use crate::error::fault::FileFault;
use crate::error::program::{ProgramError, Result};
use crate::words::Asked;

/// Longest passphrase that is read from a file, in bytes.
const MAX_PASSPHRASE: u64 = 4096;

/// What a passphrase is for.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// To decrypt.
    Open(Asked),
    /// To encrypt: it is typed twice, and must not be too short.
    Close(Asked),
}

/// The passphrase in a file, or typed where there is no file.
pub fn get(file: Option<&Path>, purpose: Purpose) -> Result<SecretText> {
    let (asked, close) = match purpose {
        Purpose::Open(asked) => (asked, false),
        Purpose::Close(asked) => (asked, true),
    };
    let passphrase = match file {
        Some(file) => read(file)?,
        None => {
            let typed = ask(asked)?;
            if close && *ask(Asked::Again)? != *typed {
                return Err(ProgramError::PassphrasesDiffer);
            }
            typed
        }
    };
    if close {
        secret::long_enough(&passphrase)?;
    }
    Ok(passphrase)
}

fn ask(asked: Asked) -> Result<SecretText> {
    let question = format!("{}: ", terminal::language().asks(asked));
    rpassword::prompt_password(question).map(SecretText::new).map_err(|_| ProgramError::NoTerminal)
}

/// The first line of a file.
fn read(path: &Path) -> Result<SecretText> {
    let bytes = files::read_secret(path, MAX_PASSPHRASE)?;
    if bytes.len() as u64 > MAX_PASSPHRASE || bytes.contains(&0) {
        return Err(ProgramError::fault(path.display(), FileFault::NoPassphrase));
    }
    let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let text = std::str::from_utf8(line).map_err(|_| ProgramError::fault(path.display(), FileFault::NoText))?;
    Ok(SecretText::new(text.trim_start_matches('\u{FEFF}').to_owned()))
}
