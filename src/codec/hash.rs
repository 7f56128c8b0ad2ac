//! Hashes: SHA-2 (FIPS 180-4) and BLAKE2b (RFC 7693), without keys.

use blake2::digest::consts::U32;
use blake2::{Blake2b, Blake2b512};
use sha2::{Digest, Sha256, Sha512};

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-512 of several parts, one behind the other.
pub(super) fn sha512(parts: &[&[u8]]) -> [u8; 64] {
    parts.iter().fold(Sha512::new(), |hash, part| hash.chain_update(part)).finalize().into()
}

/// BLAKE2b of 32 bytes, of several parts, one behind the other.
pub(super) fn blake2b_256(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Blake2b::<U32>::new(), |hash, part| hash.chain_update(part)).finalize().into()
}

/// BLAKE2b of 64 bytes: what minisign signs of a file.
pub(super) fn blake2b_512(bytes: &[u8]) -> [u8; 64] {
    Blake2b512::digest(bytes).into()
}
