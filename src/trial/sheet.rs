//! A picture on its way: paper or a screen, what stands on it and where, and how many pixels a millimetre has.

use super::chance::Chance;
use crate::optics::raster::Grey;

/// Where a sheet ends, the table begins: its grey.
pub const TABLE: u8 = 110;

/// A side of paper, a screen, or a photo of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What is seen.
    pub grey: Grey,
    /// Pixels of a millimetre; on a photo those of a millimetre in its middle.
    pub per_mm: f32,
    /// The codes on it.
    pub codes: Vec<PlacedCode>,
}

/// A code on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedCode {
    /// Which of the letter's codes it is; none of them, where someone else put it there.
    pub code: Option<usize>,
    /// Its corners without quiet zone, in pixels, clockwise from the upper left.
    pub corners: [[f32; 2]; 4],
    /// Whether all of it is there, but for a twentieth.
    pub whole: bool,
}

/// A code is still whole with so much of it gone.
const SPARED: f32 = 0.05;

impl Sheet {
    /// Width and height in pixels.
    pub fn size(&self) -> (f32, f32) {
        (self.grey.width() as f32, self.grey.height() as f32)
    }

    /// Area in square centimetres.
    pub fn square_cm(&self) -> f32 {
        let (width, height) = self.size();
        width * height / (self.per_mm * self.per_mm * 100.0)
    }

    /// Changes every pixel by its value alone.
    pub fn tone(&mut self, curve: impl Fn(f32) -> f32) {
        let table: Vec<u8> = (0..=255u8).map(|grey| curve(f32::from(grey)).clamp(0.0, 255.0).round() as u8).collect();
        self.grey.change(|_, row| {
            row.iter_mut().for_each(|pixel| *pixel = table.get(usize::from(*pixel)).copied().unwrap_or_default());
        });
    }

    /// Multiplies each row by its gains, one a pixel: light and shadow.
    pub fn light(&mut self, mut gains: impl FnMut(usize) -> Vec<f32>) {
        self.grey.change(|y, row| {
            row.iter_mut().zip(gains(y)).for_each(|(pixel, gain)| {
                *pixel = ((f32::from(*pixel) * gain).clamp(0.0, 255.0) + 0.5) as u8;
            });
        });
    }

    /// Thins ink: black becomes lighter by a part, 0 to 1, white stays.
    pub fn thin(&mut self, mut parts: impl FnMut(usize) -> Vec<f32>) {
        self.grey.change(|y, row| {
            row.iter_mut().zip(parts(y)).for_each(|(pixel, part)| {
                let ink = f32::from(255 - *pixel) * (1.0 - part.clamp(0.0, 1.0));
                *pixel = 255 - (ink + 0.5) as u8;
            });
        });
    }

    /// Puts one grey wherever `gone` says so, and marks the codes that lose more than a twentieth.
    pub fn lose(&mut self, grey: u8, gone: impl Fn(f32, f32) -> bool) {
        self.grey.change(|y, row| {
            row.iter_mut().enumerate().filter(|(x, _)| gone(*x as f32, y as f32)).for_each(|(_, pixel)| *pixel = grey);
        });
        for place in &mut self.codes {
            let points = (0..20).flat_map(|i| (0..20).map(move |j| (i as f32 / 19.0, j as f32 / 19.0)));
            let lost = points.filter(|(u, v)| {
                let [x, y] = place.at(*u, *v);
                gone(x, y)
            });
            place.whole &= lost.count() as f32 <= SPARED * 400.0;
        }
    }

    /// Draws a line of so many pixels' width through points, in one grey.
    pub fn stroke(&mut self, points: &[[f32; 2]], width: f32, grey: u8) {
        let reach = width / 2.0;
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            let along = [b[0] - a[0], b[1] - a[1]];
            let length = along[0].hypot(along[1]).max(1e-3);
            let rows = (a[1].min(b[1]) - reach, a[1].max(b[1]) + reach);
            let columns = (a[0].min(b[0]) - reach, a[0].max(b[0]) + reach);
            self.grey.change_some(rows, columns, |x, y, pixel| {
                let (dx, dy) = (x - a[0], y - a[1]);
                let part = ((dx * along[0] + dy * along[1]) / (length * length)).clamp(0.0, 1.0);
                if (dx - part * along[0]).hypot(dy - part * along[1]) <= reach {
                    *pixel = (*pixel).min(grey);
                }
            });
        }
    }

    /// Whether all corners of a code are in the picture, and the code is whole.
    pub fn shows(&self, place: &PlacedCode) -> bool {
        let (width, height) = self.size();
        let inside = |[x, y]: &[f32; 2]| (0.0..=width).contains(x) && (0.0..=height).contains(y);
        place.whole && place.corners.iter().all(inside)
    }

    /// A point anywhere on it.
    pub fn anywhere(&self, chance: &mut Chance) -> [f32; 2] {
        let (width, height) = self.size();
        [chance.unit() * width, chance.unit() * height]
    }
}

impl PlacedCode {
    /// A whole code that stands upright, its upper left corner at a place, in pixels.
    pub fn upright(code: Option<usize>, [left, top]: [f32; 2], side: f32) -> Self {
        let (right, bottom) = (left + side, top + side);
        PlacedCode { code, corners: [[left, top], [right, top], [right, bottom], [left, bottom]], whole: true }
    }

    /// The length of its upper side, in pixels.
    pub fn side(&self) -> f32 {
        let [a, b, ..] = self.corners;
        (b[0] - a[0]).hypot(b[1] - a[1])
    }

    /// The point of a code at parts of its width and height, 0 to 1.
    pub fn at(&self, u: f32, v: f32) -> [f32; 2] {
        let [a, b, c, d] = self.corners;
        let mix = |p: [f32; 2], q: [f32; 2], t: f32| [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];
        mix(mix(a, b, u), mix(d, c, u), v)
    }
}
