//! Files of pictures: read as grey pictures, within bounds, and written.

pub(crate) mod budget;
mod cut_bmp;
mod grey;
mod heic;
mod jpeg;
mod jpeg2000;
mod jpeg_xl;
pub mod metadata;
pub mod outlines;
mod pdf_pages;
pub mod picture;
mod png_rows;
mod tiff_pages;
