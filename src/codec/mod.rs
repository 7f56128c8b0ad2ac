//! Bytes only: letter, envelope, symbols, frames, armor. No files, clock, chance or pixels.
//!
#![doc = include_str!("format.md")]

pub mod armor;
pub mod assemble;
pub mod compress;
pub mod envelope;
pub mod fec;
pub mod frame;
pub mod letter;
