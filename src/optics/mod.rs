//! Pictures in memory: QR codes made, drawn and read. No files; builds for wasm32.

pub mod qr;
pub mod raster;
pub mod scan;
