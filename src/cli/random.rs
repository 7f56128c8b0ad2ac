//! Random bytes of the system: for keys and passphrases only.

use crate::codec::secret::{Secret, SecretBytes};
use crate::error::program::{ProgramError, Result};

fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| ProgramError::file("random", &error.into()))
}

/// `count` random bytes.
///
/// # Errors
/// [`ProgramError::File`] where the system has none.
pub fn bytes(count: usize) -> Result<SecretBytes> {
    let mut bytes = SecretBytes::new(vec![0; count]);
    fill(&mut bytes)?;
    Ok(bytes)
}

/// `N` random bytes.
///
/// # Errors
/// As for [`bytes`].
pub fn array<const N: usize>() -> Result<Secret<[u8; N]>> {
    let mut bytes = Secret::new([0; N]);
    fill(&mut *bytes)?;
    Ok(bytes)
}
