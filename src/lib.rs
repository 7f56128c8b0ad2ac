//! temporary

#[cfg(feature = "cli")]
pub mod cli;
pub mod codec;
pub mod error;
pub mod optics;
#[cfg(feature = "press")]
pub mod press;
pub mod words;
