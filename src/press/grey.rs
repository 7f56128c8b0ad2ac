//! Colours -> greys, for whatever reads picture files.

use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// Takes each picture of a file: its number from 1, for files that hold several, and the picture or what is wrong with it.
pub type Taker<'a> = dyn FnMut(Option<usize>, Result<Grey>) + 'a;

/// What is drawn in a picture with transparent parts is light where its mean grey is more than this.
const LIGHT: u8 = 192;

/// A picture that cannot be read, and why.
pub(super) fn wrong(error: impl std::fmt::Display) -> Error {
    Error::Picture { why: error.to_string() }
}

/// The light of a colour, by ITU-R BT.709.
pub(super) fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((u32::from(r) * 2126 + u32::from(g) * 7152 + u32::from(b) * 722) / 10_000) as u8
}

/// The ground that shows through where a picture is transparent, by its pixels' grey and alpha. White; but black where what is drawn is light as a code's
/// light modules are, and its dark ones are left out.
pub(super) fn ground(drawn: impl Iterator<Item = (u8, u8)>) -> u8 {
    let (light, all) = drawn.fold((0u64, 0u64), |(light, all), (grey, alpha)| {
        (light + u64::from(grey) * u64::from(alpha), all + u64::from(alpha))
    });
    if light > all * u64::from(LIGHT) { 0 } else { 255 }
}

/// A pixel on a ground.
pub(super) fn over(ground: u8, grey: u8, alpha: u8) -> u8 {
    let (ground, grey, alpha) = (u32::from(ground), u32::from(grey), u32::from(alpha));
    ((grey * alpha + ground * (255 - alpha) + 127) / 255) as u8
}
