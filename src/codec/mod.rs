//! Bytes only: letter, envelope, symbols, frames, armor. No files, clock, chance or pixels.
//!
#![doc = include_str!("format.md")]

pub mod armor;
pub mod assemble;
mod claims;
pub mod compress;
pub mod encryption;
pub mod envelope;
pub mod fec;
pub(crate) mod field;
pub mod frame;
pub(crate) mod hash;
pub mod keys;
pub mod language;
pub mod letter;
mod locate;
mod look;
mod pasted;
pub(crate) mod radix64;
mod search;
pub mod secret;
pub mod signature;
pub mod trust;
mod whole;
mod work;
