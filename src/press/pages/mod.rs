//! Lines and codes -> pages, as data in millimetres: columns, codes with how to read them, and pages on sheets.

mod beside;
pub mod code_grid;
pub(crate) mod compose;
mod distribute;
pub(crate) mod galley;
pub mod impose;
pub(crate) mod instructions;
pub mod page;
pub mod paper;
mod phone_icon;
mod piece;
pub mod plain_codes;
