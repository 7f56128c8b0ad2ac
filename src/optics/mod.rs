//! Pictures in memory: QR codes made, drawn and read. No files; builds for wasm32.
//!
//! Reading goes from stage to stage: `scan` looks at a picture in several sizes and by several thresholds with the
//! quick reader, `port`; where finder patterns are left of which it read nothing, `closer` takes its time.

#[cfg(feature = "gif")]
pub mod animation;
mod binarize;
mod blocks;
mod closer;
mod code;
mod correct;
mod equalize;
pub mod film;
pub mod fusion;
mod grid;
mod hypotheses;
mod light;
mod neighbours;
mod places;
mod port;
mod projection;
mod pyramid;
pub mod qr;
pub mod raster;
pub mod scan;
mod soft;
mod solve;
mod symbol;
pub mod track;
mod unread;
mod view;
