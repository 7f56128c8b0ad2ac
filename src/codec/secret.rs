//! What must not stay in memory: passphrases, seeds of keys. It is wiped when it is dropped.

use zeroize::Zeroizing;

/// A text that is wiped when it is dropped: a passphrase, a key file.
pub type SecretText = Zeroizing<String>;
/// Bytes that are wiped when they are dropped.
pub type SecretBytes = Zeroizing<Vec<u8>>;
/// A seed, or a key of 32 bytes, that is wiped when it is dropped.
pub type Secret32 = Zeroizing<[u8; 32]>;
/// Anything that is wiped when it is dropped.
pub type Secret<T> = Zeroizing<T>;
