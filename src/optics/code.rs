//! A code that was read.

/// A QR code in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Its contents.
    pub bytes: Vec<u8>,
    /// Its corners without quiet zone, in pixels of the picture given: upper left, upper right, lower right, lower left
    /// as the code is meant to be seen, so clockwise unless it is mirrored.
    pub corners: [[f32; 2]; 4],
    /// QR version, 1 to 40.
    pub version: u8,
    /// Error correction level: `L`, `M`, `Q` or `H`.
    pub level: char,
}
