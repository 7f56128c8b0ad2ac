//! What lies beside a kit, in English.

use super::English;
use crate::words::KitWords;

impl KitWords for English {
    fn read_me(&self) -> &'static str {
        include_str!("READ-ME.txt")
    }
}
