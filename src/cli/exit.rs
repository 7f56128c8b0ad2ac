//! Exit codes, as docs/scripts.md lists them. 2, wrong usage, comes from the command line's parser; 130 after an
//! interruption from [`unfinished`](super::unfinished).
//!
//! Of several that apply to one run the one that matters most is given: see [`worst`].

use crate::codec::trust::SignatureStatus;

/// All that was begun is complete.
pub const COMPLETE: u8 = 0;
/// An error; what happened and what to do stand on stderr.
pub const ERROR: u8 = 1;
/// Not enough yet: more pictures are needed.
pub const NOT_YET: u8 = 3;
/// Signed, but by a key that is not trusted.
pub const UNKNOWN: u8 = 4;
/// Not signed.
pub const UNSIGNED: u8 = 5;
/// A false signature.
pub const FALSE: u8 = 6;

/// The exit code of a signature.
pub fn of_signature(status: &SignatureStatus) -> u8 {
    match status {
        SignatureStatus::Trusted { .. } => COMPLETE,
        SignatureStatus::Unknown { .. } => UNKNOWN,
        SignatureStatus::Unsigned => UNSIGNED,
        SignatureStatus::False { .. } => FALSE,
    }
}

/// The exit code that matters most.
pub fn worst(codes: impl IntoIterator<Item = u8>) -> u8 {
    const ORDER: [u8; 6] = [ERROR, FALSE, NOT_YET, UNSIGNED, UNKNOWN, COMPLETE];
    let rank = |code: &u8| ORDER.iter().position(|known| known == code);
    codes.into_iter().min_by_key(rank).unwrap_or(COMPLETE)
}
