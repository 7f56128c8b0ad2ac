//! Paper: a letter's text becomes lines, lines become pages, pages become forms, and forms become PDF. Pages are data,
//! in millimetres, before they are PDF. And files of pictures, read and written.

mod deflate;
pub mod forms;
pub mod pages;
pub mod pdf;
pub mod pictures;
pub mod text;
