//! What lies beside a kit.

use super::Everywhere;

/// What a language says in the files of a kit.
pub trait KitWords: Everywhere {
    /// The text that lies beside a kit: what each file is for.
    fn read_me(&self) -> &'static str;
}
