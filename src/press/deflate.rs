//! zlib data (RFC 1950) in and out. The one file that names flate2.

use std::io::{Read, Write};

use flate2::Compression;

/// Reads what zlib data holds, piece by piece.
pub(crate) fn reader(data: &[u8]) -> impl Read {
    flate2::read::ZlibDecoder::new(data)
}

/// Compresses bytes at zlib's default level: the highest takes twice the time for one per cent.
///
/// # Errors
/// None in practice: memory takes all that is written to it.
pub(crate) fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
