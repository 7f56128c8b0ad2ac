//! What lies beside a kit, in Persian.

use super::Persian;
use crate::words::KitWords;

impl KitWords for Persian {
    fn read_me(&self) -> &'static str {
        include_str!("READ-ME.txt")
    }
}
