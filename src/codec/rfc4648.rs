//! Bytes <-> base64, by RFC 4648, section 4: with padding, and without bits left over.

use base64::{Engine, engine::general_purpose::STANDARD};

/// The base64 of bytes.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of base64; `None` for what is not exactly that.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
