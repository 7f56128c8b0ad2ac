//! Pictures in memory: QR codes made, drawn and read. No files; builds for wasm32.

#[cfg(feature = "gif")]
pub mod animation;
mod blocks;
pub mod qr;
pub mod raster;
pub mod scan;
