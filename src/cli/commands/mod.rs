//! One file for each command: what its options mean, and what it tells at the end.

pub mod armor;
pub mod decode;
pub mod demo;
pub mod encode;
pub mod inspect;
pub mod keygen;
pub mod passphrase;
pub mod print;
pub mod reader;
pub mod serve;
pub mod trust;
pub mod verify;
