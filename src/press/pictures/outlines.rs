//! A photo with its codes outlined, so that people see which to photograph again.

use super::png_rows;
use crate::error::Result;
use crate::optics::raster::Grey;

/// The corners of a code, in pixels.
type Corners = [[f32; 2]; 4];
type Colour = [u8; 3];

const GREEN: Colour = [0, 170, 60];
const AMBER: Colour = [255, 150, 0];
/// Width of lines: the shorter side of the picture divided by this.
const THIN: f32 = 250.0;
/// Digits as bitmaps of 3 by 5, row by row, most significant bit first.
const DIGITS: [u16; 10] = [
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111,
];

/// A picture as PNG, with codes that were read in green, and those that were seen and not read in amber, these with
/// their numbers from 1.
///
/// # Errors
/// [`crate::error::Error::Page`] where it is too large for a PNG.
pub fn annotated(picture: &Grey, read: &[Corners], unread: &[Corners]) -> Result<Vec<u8>> {
    let mut canvas = Overlay::of(picture);
    read.iter().for_each(|corners| canvas.outline(corners, GREEN));
    for (number, corners) in (1..).zip(unread) {
        canvas.outline(corners, AMBER);
        let middle = |axis: fn(&[f32; 2]) -> f32| corners.iter().map(axis).sum::<f32>() / 4.0;
        canvas.number(number, [middle(|at| at[0]), middle(|at| at[1])], AMBER);
    }
    png_rows::coloured(picture.width(), picture.height(), &canvas.pixels)
}

struct Overlay {
    width: usize,
    height: usize,
    /// Half of a line, in pixels.
    pen: f32,
    /// Red, green, blue of each pixel.
    pixels: Vec<u8>,
}

impl Overlay {
    fn of(picture: &Grey) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let pen = (width.min(height) as f32 / THIN / 2.0).max(1.0);
        Overlay { width, height, pen, pixels: picture.pixels().iter().flat_map(|grey| [*grey; 3]).collect() }
    }

    /// Fills a rectangle, as far as it lies in the picture.
    fn fill(&mut self, [left, top]: [f32; 2], [right, bottom]: [f32; 2], colour: Colour) {
        let range =
            |from: f32, to: f32, most: usize| (from.max(0.0) as usize).min(most)..(to.max(0.0) as usize).min(most);
        for y in range(top, bottom, self.height) {
            for x in range(left, right, self.width) {
                let at = 3 * (y * self.width + x);
                if let Some(pixel) = self.pixels.get_mut(at..at + 3) {
                    pixel.copy_from_slice(&colour);
                }
            }
        }
    }

    fn outline(&mut self, corners: &Corners, colour: Colour) {
        let [a, b, c, d] = *corners;
        for (from, to) in [(a, b), (b, c), (c, d), (d, a)] {
            // What lies far outside is not seen.
            let most = 2.0 * (self.width + self.height) as f32;
            let length = (to[0] - from[0]).hypot(to[1] - from[1]).min(most);
            let steps = length.ceil().max(1.0);
            for step in 0..=steps as usize {
                let part = step as f32 / steps;
                let at = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
                self.fill(at.map(|axis| axis - self.pen), at.map(|axis| axis + self.pen + 1.0), colour);
            }
        }
    }

    /// A number around a place.
    fn number(&mut self, number: usize, [x, y]: [f32; 2], colour: Colour) {
        let square = 3.0 * self.pen;
        let digits = number.to_string();
        let left = x - digits.len() as f32 * 2.0 * square;
        for (place, digit) in digits.bytes().enumerate() {
            let bits = DIGITS.get(usize::from(digit - b'0')).copied().unwrap_or_default();
            for at in (0..15).filter(|at| bits >> (14 - at) & 1 == 1) {
                let corner = [left + (place * 4 + at % 3) as f32 * square, y + ((at / 3) as f32 - 2.5) * square];
                self.fill(corner, corner.map(|axis| axis + square), colour);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_outlined_wherever_they_lie() {
        let picture = Grey::blank(100, 80, 128);
        let square = |x: f32, y: f32, side: f32| [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
        let far = square(-1e9, 1e9, 2e9);
        let mut canvas = Overlay::of(&picture);
        canvas.outline(&square(10.0, 10.0, 30.0), GREEN);
        canvas.outline(&far, AMBER);
        canvas.outline(&[[f32::NAN; 2]; 4], AMBER);
        let at = |x: usize, y: usize| canvas.pixels[3 * (y * 100 + x)..][..3].to_vec();
        assert_eq!(at(25, 10), GREEN);
        assert_eq!(at(25, 25), [128; 3]);
        assert!(annotated(&picture, &[square(0.0, 0.0, 20.0)], &[square(50.0, 20.0, 40.0), far]).is_ok());
    }
}
