//! Colours -> greys, for whatever reads picture files.

use crate::error::fault::PictureFault;
use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// Takes each picture of a file: its number from 1, for files that hold several, and the picture or what is wrong with
/// it.
pub type PictureSink<'a> = dyn FnMut(Option<usize>, Result<Grey>) + 'a;

/// Drawings on a transparent ground count as light above this mean grey.
const LIGHT: u8 = 192;

/// A picture that cannot be read, and why.
pub(crate) fn wrong(why: PictureFault) -> Error {
    Error::Picture { why }
}

/// A picture that its decoder cannot read. What a decoder says of it is English and about its own insides.
pub(crate) fn damaged<E>(_: E) -> Error {
    wrong(PictureFault::Damaged)
}

/// The light of a colour, by ITU-R BT.709.
pub(crate) fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((u32::from(r) * 2126 + u32::from(g) * 7152 + u32::from(b) * 722 + 5_000) / 10_000) as u8
}

/// What the samples of a picture's pixels are, eight bits each, one pixel after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Colours {
    Grey,
    GreyAlpha,
    Rgb,
    RgbAlpha,
    Cmyk,
}

impl Colours {
    /// Samples of a pixel.
    pub(crate) fn channels(self) -> usize {
        match self {
            Colours::Grey => 1,
            Colours::GreyAlpha => 2,
            Colours::Rgb => 3,
            Colours::RgbAlpha | Colours::Cmyk => 4,
        }
    }

    /// Samples -> greys; what is transparent shows the ground that [`ground`] tells.
    pub(crate) fn greys(self, samples: Vec<u8>) -> Vec<u8> {
        match self {
            Colours::Grey => samples,
            Colours::GreyAlpha => {
                let ground = ground(samples.as_chunks().0.iter().map(|[grey, alpha]| (*grey, *alpha)));
                in_place(samples, |[grey, alpha]| over(ground, grey, alpha))
            }
            Colours::Rgb => in_place(samples, |[r, g, b]| luma(r, g, b)),
            Colours::RgbAlpha => {
                let ground = ground(samples.as_chunks().0.iter().map(|[r, g, b, alpha]| (luma(*r, *g, *b), *alpha)));
                in_place(samples, |[r, g, b, alpha]| over(ground, luma(r, g, b), alpha))
            }
            Colours::Cmyk => {
                let ink = |white: u8, k: u8| ((255 - u32::from(white)) * (255 - u32::from(k)) / 255) as u8;
                in_place(samples, |[c, m, y, k]| luma(ink(c, k), ink(m, k), ink(y, k)))
            }
        }
    }
}

/// Converts in place: there is no memory for a second copy of a large picture.
fn in_place<const CHANNELS: usize>(mut pixels: Vec<u8>, grey: impl Fn([u8; CHANNELS]) -> u8) -> Vec<u8> {
    let count = pixels.len() / CHANNELS;
    for at in 0..count {
        let Some(pixel) = pixels.get(CHANNELS * at..).and_then(|rest| rest.first_chunk()).copied() else { break };
        let grey = grey(pixel);
        pixels.iter_mut().skip(at).take(1).for_each(|pixel| *pixel = grey);
    }
    pixels.truncate(count);
    pixels.shrink_to_fit();
    pixels
}

/// The ground behind transparent pixels, by grey and alpha of what is drawn: white, or black where only the light
/// modules of a code are drawn.
fn ground(drawn: impl Iterator<Item = (u8, u8)>) -> u8 {
    let (light, all) = drawn.fold((0u64, 0u64), |(light, all), (grey, alpha)| {
        (light + u64::from(grey) * u64::from(alpha), all + u64::from(alpha))
    });
    if light > all * u64::from(LIGHT) { 0 } else { 255 }
}

/// A pixel on a ground.
fn over(ground: u8, grey: u8, alpha: u8) -> u8 {
    let (ground, grey, alpha) = (u32::from(ground), u32::from(grey), u32::from(alpha));
    ((grey * alpha + ground * (255 - alpha) + 127) / 255) as u8
}
