//! A show -> GIF, for phones that have a gallery and nothing else. The one file that names the gif crate: the crate for pictures would look for the
//! best 256 colours of each picture, where there are two.

use gif::{Encoder, Frame, Repeat};

use crate::error::{Error, Result};
use crate::optics::raster::Grey;

/// White and black.
const PALETTE: [u8; 6] = [255, 255, 255, 0, 0, 0];
/// GIF counts time in hundredths of a second.
const UNIT: f32 = 100.0;

/// Writes pictures of black and white, all of the same size, as an animation without end, so many a second; each becomes black where it is darker than
/// half.
///
/// # Errors
/// [`Error::Picture`] for no pictures, and for one whose sides are beyond 65,535 pixels, or other than the first one's.
pub fn gif(pictures: impl IntoIterator<Item = Grey>, per_second: f32) -> Result<Vec<u8>> {
    let wrong = |why: &dyn std::fmt::Display| Error::Picture { why: why.to_string() };
    let side = |side: usize| u16::try_from(side).map_err(|error| wrong(&error));
    let mut pictures = pictures.into_iter().peekable();
    let first = pictures.peek().ok_or_else(|| wrong(&"it has no pictures"))?;
    let (width, height) = (side(first.width())?, side(first.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height, &PALETTE).map_err(|error| wrong(&error))?;
    encoder.set_repeat(Repeat::Infinite).map_err(|error| wrong(&error))?;
    for picture in pictures {
        if (side(picture.width())?, side(picture.height())?) != (width, height) {
            return Err(wrong(&"its pictures have several sizes"));
        }
        let pixels: Vec<u8> = picture.pixels().iter().map(|pixel| u8::from(*pixel < 128)).collect();
        let delay = (UNIT / per_second).round() as u16;
        let frame = Frame { width, height, buffer: pixels.into(), delay, ..Frame::default() };
        encoder.write_frame(&frame).map_err(|error| wrong(&error))?;
    }
    drop(encoder);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::picture;

    #[test]
    fn what_is_written_is_read_again() {
        let mut one = Grey::blank(70, 50, 255);
        one.paste(&Grey::blank(20, 30, 0), 8, 9);
        let pictures = [one, Grey::blank(70, 50, 0)];
        let bytes = gif(pictures.clone(), 6.0).unwrap();
        let mut read = Vec::new();
        picture::read(&bytes, &mut |_, picture| read.push(picture.unwrap())).unwrap();
        assert_eq!(read, pictures);
        assert!(gif([], 6.0).is_err());
        assert!(gif([Grey::blank(5, 5, 0), Grey::blank(5, 6, 0)], 6.0).is_err());
    }
}
