//! Grey pictures, and QR codes drawn into them.

use std::collections::VecDeque;

use super::qr::QrCode;

/// A grey picture: one byte a pixel, 0 black to 255 white, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// A picture from its pixels; `None` unless there are `width` times `height`, and at least one.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width.checked_mul(height) == Some(pixels.len()) && !pixels.is_empty()).then_some(Grey {
            width,
            height,
            pixels,
        })
    }

    /// A picture of one grey; sides of 0 count as 1.
    pub fn blank(width: usize, height: usize, grey: u8) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Grey { width, height, pixels: vec![grey; width * height] }
    }

    /// Width in pixels, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels, at least 1.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The rows, from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks(self.width)
    }

    /// Changes its rows in place, from top to bottom, each with its number.
    pub fn change(&mut self, mut change: impl FnMut(usize, &mut [u8])) {
        self.pixels.chunks_mut(self.width).enumerate().for_each(|(y, row)| change(y, row));
    }

    /// Puts another picture onto this one, its upper left corner at a place; what does not fit is cut off.
    pub fn paste(&mut self, other: &Grey, x: usize, y: usize) {
        for (row, source) in self.pixels.chunks_mut(self.width).skip(y).zip(other.rows()) {
            row.iter_mut().skip(x).zip(source).for_each(|(pixel, source)| *pixel = *source);
        }
    }

    /// Changes the pixels whose middles lie between two heights and two widths, each with its place.
    pub fn change_some(&mut self, rows: (f32, f32), columns: (f32, f32), mut change: impl FnMut(f32, f32, &mut u8)) {
        let range = |(low, high): (f32, f32)| {
            let low = (low - 0.5).ceil().max(0.0) as usize;
            (low, (high + 0.5).floor().max(0.0) as usize)
        };
        let ((top, bottom), (left, right)) = (range(rows), range(columns));
        let rows = self.pixels.chunks_mut(self.width).enumerate().take(bottom).skip(top);
        for (y, row) in rows {
            for (x, pixel) in row.iter_mut().enumerate().take(right).skip(left) {
                change(x as f32 + 0.5, y as f32 + 0.5, pixel);
            }
        }
    }

    /// A part of the picture, its upper left corner at a place, as far as it reaches; `None` where nothing is there.
    pub fn cut(&self, x: usize, y: usize, width: usize, height: usize) -> Option<Self> {
        let width = width.min(self.width.saturating_sub(x));
        let mut pixels = Vec::with_capacity(width * height.min(self.height.saturating_sub(y)));
        self.rows()
            .skip(y)
            .take(height)
            .for_each(|row| pixels.extend_from_slice(row.get(x..x + width).unwrap_or_default()));
        Grey::new(width, pixels.len().checked_div(width)?, pixels)
    }

    /// The picture at half its size, each pixel the mean of four; an odd last row or column is dropped. `None` below 2
    /// by 2 pixels.
    pub fn halved(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width * height);
        for rows in self.pixels.chunks_exact(self.width * 2) {
            let (upper, lower) = rows.split_at(self.width);
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            pixels.extend(pairs.map(|([a, b], [c, d])| {
                ((u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2) / 4) as u8
            }));
        }
        Grey::new(width, height, pixels)
    }

    /// The picture at twice its size, between pixels interpolated linearly.
    pub fn doubled(&self) -> Self {
        self.widened().heightened()
    }

    /// The same for its width alone.
    pub fn widened(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len() * 2);
        self.rows().for_each(|row| stretch(row, &mut pixels));
        Grey { width: self.width * 2, height: self.height, pixels }
    }

    /// The same for its height alone.
    pub fn heightened(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len() * 2);
        let mut above = None;
        let mut rows = self.rows().peekable();
        while let Some(row) = rows.next() {
            let (upper, below) = (above.unwrap_or(row), rows.peek().copied().unwrap_or(row));
            pixels.extend(row.iter().zip(upper).map(|(near, far)| mix(*near, *far)));
            pixels.extend(row.iter().zip(below).map(|(near, far)| mix(*near, *far)));
            above = Some(row);
        }
        Grey { width: self.width, height: self.height * 2, pixels }
    }

    /// The picture with twice the difference of each pixel from those around it, as in [`Grey::softened`]: blurred
    /// lines come apart.
    pub fn sharpened(&self) -> Self {
        let mut sharp = self.softened();
        sharp.pixels.iter_mut().zip(&self.pixels).for_each(|(soft, pixel)| {
            *soft = (2 * i16::from(*pixel) - i16::from(*soft)).clamp(0, 255) as u8;
        });
        sharp
    }

    /// The picture in which each pixel is the mean of the five by five around it, the outermost counted half: dots
    /// finer than that run together.
    pub fn softened(&self) -> Self {
        // In eighths: 1, 2, 2, 2, 1.
        let weighed = |line: [u16; 5]| {
            let [a, b, c, d, e] = line;
            a + e + 2 * (b + c + d)
        };
        let across = |row: &[u8]| -> Vec<u16> {
            let at = |x: usize| u16::from(row.get(x.min(row.len() - 1)).copied().unwrap_or_default());
            let before = |x: usize, by: usize| at(x.saturating_sub(by));
            (0..row.len()).map(|x| weighed([before(x, 2), before(x, 1), at(x), at(x + 1), at(x + 2)])).collect()
        };
        let row = |y: usize| {
            let y = y.min(self.height - 1);
            self.pixels.get(y * self.width..(y + 1) * self.width).map(across).unwrap_or_default()
        };
        // Five rows at a time: all of them would take more memory than the picture.
        let mut rows: VecDeque<Vec<u16>> = [0, 0, 0, 1, 2].map(row).into();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            if let [a, b, c, d, e] = &*rows.make_contiguous() {
                let five = a.iter().zip(b).zip(c).zip(d).zip(e);
                pixels.extend(five.map(|((((a, b), c), d), e)| ((weighed([*a, *b, *c, *d, *e]) + 32) / 64) as u8));
            }
            rows.pop_front();
            rows.push_back(row(y + 3));
        }
        Grey { width: self.width, height: self.height, pixels }
    }

    /// The negative.
    pub fn inverted(&self) -> Self {
        Grey { width: self.width, height: self.height, pixels: self.pixels.iter().map(|pixel| 255 - pixel).collect() }
    }
}

/// Three parts of the near pixel, one of the far.
fn mix(near: u8, far: u8) -> u8 {
    ((u16::from(near) * 3 + u16::from(far) + 2) / 4) as u8
}

/// A row at twice its length.
fn stretch(row: &[u8], out: &mut Vec<u8>) {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
    out.extend([*first, mix(*first, *row.get(1).unwrap_or(first))]);
    out.extend(row.windows(3).flat_map(|three| match *three {
        [before, pixel, after] => [mix(pixel, before), mix(pixel, after)],
        _ => [0; 2],
    }));
    if let [.., before, _] = *row {
        out.extend([mix(*last, before), *last]);
    }
}

/// Draws a code with its quiet zone, `pixels_per_module` (at least 1) pixels a module.
pub fn draw(code: &QrCode, pixels_per_module: usize) -> Grey {
    let scale = pixels_per_module.max(1);
    let side = (code.version().modules() + 2 * QrCode::QUIET_ZONE) * scale;
    let margin = QrCode::QUIET_ZONE * scale;
    let mut pixels = vec![255; margin * side];
    for row in code.rows() {
        let mut line = vec![255; margin];
        line.extend(row.iter().flat_map(|dark| std::iter::repeat_n(if *dark { 0 } else { 255 }, scale)));
        line.resize(side, 255);
        (0..scale).for_each(|_| pixels.extend_from_slice(&line));
    }
    pixels.resize(side * side, 255);
    Grey { width: side, height: side, pixels }
}
