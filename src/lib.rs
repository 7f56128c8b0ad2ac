//! temporary

pub mod codec;
pub mod error;
pub mod optics;
pub mod words;
