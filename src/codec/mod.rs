//! Bytes only: letter, envelope, symbols, frames, armor. No files, clock, chance or pixels.
//!
#![doc = include_str!("format.md")]

pub mod armor;
pub mod assemble;
mod candidates;
pub mod compress;
pub mod encryption;
pub mod envelope;
mod error_locator;
pub mod fec;
mod forgery_search;
pub mod frame;
pub(crate) mod gf256;
pub(crate) mod hash;
pub mod keys;
pub mod language;
pub mod letter;
mod look;
mod pasted;
mod progress;
pub(crate) mod rfc4648;
pub mod secret;
pub mod signature;
pub mod text;
pub mod trust;
mod whole;
mod work;
