//! Chance: for keys and passphrases, and for nothing else.

use crate::codec::secret::SecretBytes;
use crate::error::{Error, Result};

/// So many bytes that nobody can guess.
///
/// # Errors
/// [`Error::File`] where the system has none.
pub fn bytes(count: usize) -> Result<SecretBytes> {
    let mut bytes = SecretBytes::new(vec![0; count]);
    getrandom::fill(&mut bytes).map_err(|error| Error::File { path: "random".into(), why: error.to_string() })?;
    Ok(bytes)
}

/// So many bytes that nobody can guess, as keys take them.
///
/// # Errors
/// As for [`bytes`].
pub fn array<const N: usize>() -> Result<[u8; N]> {
    let drawn = bytes(N)?;
    Ok(std::array::from_fn(|at| drawn.get(at).copied().unwrap_or_default()))
}
