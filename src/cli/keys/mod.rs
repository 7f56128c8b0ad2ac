//! Keys, passphrases and names of keys: asked for, read, kept.

pub mod opening;
pub mod passphrase;
pub mod sealing;
pub mod trust;
