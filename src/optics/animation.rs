//! Pictures of black and white <-> GIF: shows for phones that have a gallery and nothing else, and for pages in
//! browsers that show only the first picture of one. The one file that names the gif crate: the crate for pictures
//! would look for the best 256 colours of each picture, where there are two.

use std::io::Cursor;
use std::num::NonZeroU64;

use gif::{ColorOutput, DecodeOptions, Decoder, DisposalMethod, Encoder, Frame, MemoryLimit, Repeat};

use super::raster::Grey;
use crate::error::fault::PictureFault;
use crate::error::{Error, Result};

/// White and black.
const PALETTE: [u8; 6] = [255, 255, 255, 0, 0, 0];
/// GIF counts time in hundredths of a second.
const UNIT: f32 = 100.0;
/// Most pixels of an animation that is read: a screen of 4,096 by 4,096.
const MAX_PIXELS: usize = 1 << 24;
/// Most bytes of one picture of it, unpacked: four a pixel.
const MAX_BYTES: NonZeroU64 = match NonZeroU64::new(4 * MAX_PIXELS as u64) {
    Some(bytes) => bytes,
    None => NonZeroU64::MIN,
};

/// The error of a picture that the crate gif refuses.
fn wrong<E>(_: E) -> Error {
    Error::Picture { why: PictureFault::Damaged }
}

/// Writes pictures of black and white, all of the same size, as an animation without end, so many a second; each
/// becomes black where it is darker than half.
///
/// # Errors
/// [`Error::Picture`] for no pictures, and for one whose sides are beyond 65,535 pixels, or other than the first one's.
pub fn gif(pictures: impl IntoIterator<Item = Grey>, per_second: f32) -> Result<Vec<u8>> {
    let side = |side: usize| u16::try_from(side).map_err(wrong);
    let mut pictures = pictures.into_iter().peekable();
    let first = pictures.peek().ok_or_else(|| wrong("it has no pictures"))?;
    let (width, height) = (side(first.width())?, side(first.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height, &PALETTE).map_err(wrong)?;
    encoder.set_repeat(Repeat::Infinite).map_err(wrong)?;
    for picture in pictures {
        if (side(picture.width())?, side(picture.height())?) != (width, height) {
            return Err(wrong("its pictures have several sizes"));
        }
        let pixels: Vec<u8> = picture.pixels().iter().map(|pixel| u8::from(*pixel < 128)).collect();
        let delay = (UNIT / per_second).round() as u16;
        let frame = Frame { width, height, buffer: pixels.into(), delay, ..Frame::default() };
        encoder.write_frame(&frame).map_err(wrong)?;
    }
    drop(encoder);
    Ok(bytes)
}

/// A GIF that is read picture by picture, each as a viewer shows it: what is transparent keeps what was there before.
pub struct Animation {
    decoder: Decoder<Cursor<Vec<u8>>>,
    width: usize,
    height: usize,
    /// What is seen now, row by row, on white.
    canvas: Vec<u8>,
    is_cut: bool,
}

impl Animation {
    /// The animation in these bytes.
    ///
    /// # Errors
    /// [`Error::Picture`] for what is no GIF, and for one of more than 16,777,216 pixels.
    pub fn new(bytes: Vec<u8>) -> Result<Self> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        options.set_memory_limit(MemoryLimit::Bytes(MAX_BYTES));
        let decoder = options.read_info(Cursor::new(bytes)).map_err(wrong)?;
        let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
        if width * height > MAX_PIXELS || width * height == 0 {
            return Err(wrong(format!("{width} by {height} pixels")));
        }
        Ok(Animation { decoder, width, height, canvas: vec![255; width * height], is_cut: false })
    }

    /// Its width and height, in pixels.
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// Whether the file turned out to be cut, or damaged.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The next picture; `None` after the last. Where the file is cut, the last one is there as far as it came.
    pub fn next_picture(&mut self) -> Option<Grey> {
        let (all_wide, all_high) = (self.width, self.height);
        if self.is_cut {
            return None;
        }
        let frame = match self.decoder.next_frame_info() {
            Ok(frame) => frame?,
            Err(_) => {
                self.is_cut = true;
                return None;
            }
        };
        let (left, top, width) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
        let (height, dispose) = (usize::from(frame.height), frame.dispose);
        // It may say that it is larger than the animation.
        if 4 * width as u64 * height as u64 > MAX_BYTES.get() {
            self.is_cut = true;
            return None;
        }
        // What does not come stays transparent.
        let mut pixels = vec![0; self.decoder.buffer_size()];
        self.is_cut = self.decoder.read_into_buffer(&mut pixels).is_err();
        // What lies outside of the animation is not seen.
        let wide = width.min(all_wide.saturating_sub(left));
        let high = height.min(all_high.saturating_sub(top));
        let before = (dispose == DisposalMethod::Previous).then(|| self.canvas.clone());
        let rows = |canvas: &mut Vec<u8>, change: &mut dyn FnMut(usize, &mut [u8])| {
            for (at, row) in canvas.chunks_exact_mut(all_wide).skip(top).take(high).enumerate() {
                change(at, row.get_mut(left..left + wide).unwrap_or_default());
            }
        };
        rows(&mut self.canvas, &mut |at, row| {
            let drawn = pixels.chunks_exact(4).skip(at * width);
            for (pixel, rgba) in row.iter_mut().zip(drawn) {
                if let [red, green, blue, opacity] = *rgba
                    && opacity >= 128
                {
                    *pixel = luma(red, green, blue);
                }
            }
        });
        let seen = Grey::new(all_wide, all_high, self.canvas.clone());
        match (dispose, before) {
            (DisposalMethod::Background, _) => rows(&mut self.canvas, &mut |_, row| row.fill(255)),
            (DisposalMethod::Previous, Some(before)) => self.canvas = before,
            _ => {}
        }
        seen
    }
}

/// The light of a colour, by ITU-R BT.601.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Grey> {
        let mut animation = Animation::new(bytes.to_vec()).unwrap();
        std::iter::from_fn(|| animation.next_picture()).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut one = Grey::blank(70, 50, 255);
        one.paste(&Grey::blank(20, 30, 0), 8, 9);
        let pictures = [one, Grey::blank(70, 50, 0)];
        let bytes = gif(pictures.clone(), 6.0).unwrap();
        assert_eq!(read(&bytes), pictures);
        assert!(gif([], 6.0).is_err());
        assert!(gif([Grey::blank(5, 5, 0), Grey::blank(5, 6, 0)], 6.0).is_err());
    }

    #[test]
    fn pictures_are_put_on_what_was_there_as_they_ask() {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 4, 1, &PALETTE).unwrap();
        for (left, dispose) in [
            (0, DisposalMethod::Keep),
            (1, DisposalMethod::Background),
            (2, DisposalMethod::Previous),
            (3, DisposalMethod::Keep),
            (4, DisposalMethod::Keep),
        ] {
            let frame = Frame {
                left,
                width: 2,
                height: 1,
                buffer: vec![1, 0].into(),
                transparent: Some(0),
                dispose,
                ..Frame::default()
            };
            encoder.write_frame(&frame).unwrap();
        }
        drop(encoder);
        let rows: Vec<Vec<u8>> = read(&bytes).iter().map(|picture| picture.pixels().to_vec()).collect();
        assert_eq!(rows, [[0, 255, 255, 255], [0, 0, 255, 255], [0, 255, 0, 255], [0, 255, 255, 0], [0, 255, 255, 0]]);
    }

    #[test]
    fn what_is_cut_or_too_large_does_no_harm() {
        let bytes = gif([Grey::blank(60, 60, 0), Grey::blank(60, 60, 255)], 6.0).unwrap();
        for length in 0..bytes.len() {
            if let Ok(mut animation) = Animation::new(bytes[..length].to_vec()) {
                assert!(std::iter::from_fn(|| animation.next_picture()).count() <= 2);
            }
        }
        let mut huge = bytes;
        huge[6..10].fill(0xFF);
        assert!(Animation::new(huge).is_err());
    }
}
