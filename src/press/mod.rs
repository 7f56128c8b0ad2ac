//! File formats for screen and paper. Pages are data, in millimetres, before they are PDF.

pub mod codes;
pub mod compose;
pub mod layout;
pub mod leaflet;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod prose;
