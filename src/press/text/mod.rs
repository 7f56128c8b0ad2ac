//! Text -> lines: faces, shaping, directions, line breaks, justification.

mod atom;
mod bidi;
pub mod face;
pub mod font;
mod hyphens;
mod justify;
mod kashida;
pub mod line;
mod linebreak;
mod normalize;
pub(crate) mod reading_order;
pub mod shaping;
