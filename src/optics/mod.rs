//! Pictures in memory: QR codes made, drawn and read. No files; builds for wasm32.

mod blocks;
pub mod qr;
pub mod raster;
pub mod scan;
