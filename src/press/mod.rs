//! File formats for screen and paper. Pages are data, in millimetres, before they are PDF.

pub mod archive;
mod book;
mod breaks;
mod budget;
mod cards;
mod clean;
pub mod codes;
mod compose;
mod deflate;
mod drawing;
mod flow;
pub mod font;
pub mod forms;
mod galley;
pub mod impose;
pub mod layout;
pub mod line;
pub mod matter;
pub mod metadata;
pub mod page;
pub mod paper;
pub mod pdf;
pub mod picture;
pub mod plain;
mod poster;
pub mod screen;
mod tags;
