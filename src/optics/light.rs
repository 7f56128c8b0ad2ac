//! How light a picture is between its pixels, and how dark modules look beside those around them.

use super::port::Point;
use super::raster::Grey;

/// Local light is that of so many modules to each side.
const AROUND: usize = 6;
/// The least deviation of grey levels that is taken for print.
const FAINT: f32 = 1.5;

/// A picture, `scale` times as small as the one that places are given in.
#[derive(Clone, Copy)]
pub struct Light<'a> {
    pub picture: &'a Grey,
    pub scale: f32,
    /// Whether light is to be taken for dark.
    pub is_negative: bool,
}

impl Light<'_> {
    /// The grey at a place, between the middles of pixels in proportion; `None` outside.
    #[inline]
    pub fn at(&self, place: Point) -> Option<f32> {
        let [x, y] = place.map(|axis| axis / self.scale - 0.5);
        let (width, height) = (self.picture.width(), self.picture.height());
        if !(x > -0.5 && y > -0.5 && x < width as f32 - 0.5 && y < height as f32 - 0.5) {
            return None;
        }
        // The last pixels of a row or column have no neighbours beyond them.
        let (x, y) = (x.clamp(0.0, (width - 1) as f32), y.clamp(0.0, (height - 1) as f32));
        let (left, top) = ((x as usize).min(width.saturating_sub(2)), (y as usize).min(height.saturating_sub(2)));
        let (across, down) = (x - left as f32, y - top as f32);
        let row = |at: usize| pair(self.picture, at).map(|[left, right]| left + (right - left) * across);
        let above = row(top * width + left)?;
        let grey = above + (row((top + 1) * width + left)? - above) * down;
        Some(if self.is_negative { 255.0 - grey } else { grey })
    }
}

/// Two pixels beside each other.
fn pair(picture: &Grey, at: usize) -> Option<[f32; 2]> {
    let pair: [u8; 2] = *picture.pixels().get(at..)?.first_chunk()?;
    Some(pair.map(f32::from))
}

/// The modules of a code with a margin, as grey as they are.
pub struct Samples {
    /// Modules on a side, margins too.
    side: usize,
    greys: Vec<Option<f32>>,
}

/// Local light of each module: its mean, and how far dark and light are from it.
pub struct Levels {
    side: usize,
    levels: Vec<(f32, f32)>,
}

impl Levels {
    /// How far dark and light are from the mean around each module, row by row.
    pub fn spreads(&self) -> impl Iterator<Item = f32> {
        self.levels.iter().map(|(_, spread)| *spread)
    }

    /// How dark a module looks beside those around it: some 1 for dark, -1 for light, 0 where nothing is known.
    #[inline]
    pub fn darkness(&self, x: usize, y: usize, grey: Option<f32>) -> f32 {
        match (grey, self.levels.get(y * self.side + x)) {
            (Some(grey), Some((mean, spread))) => ((mean - grey) / spread).clamp(-2.0, 2.0),
            _ => 0.0,
        }
    }
}

impl Samples {
    /// Greys row by row, of so many modules on a side.
    pub fn new(side: usize, greys: Vec<Option<f32>>) -> Self {
        Samples { side, greys }
    }

    /// The greys, row by row; none outside the picture.
    pub fn greys(&self) -> &[Option<f32>] {
        &self.greys
    }

    /// Local light, of the modules around each.
    pub fn levels(&self) -> Levels {
        // Sums from the upper left corner: count, greys, squares.
        let side = self.side;
        let mut sums = vec![[0.0f64; 3]; (side + 1) * (side + 1)];
        let at = |sums: &[[f64; 3]], x: usize, y: usize| sums.get(y * (side + 1) + x).copied().unwrap_or_default();
        for (y, row) in self.greys.chunks(side).enumerate() {
            let mut line = [0.0f64; 3];
            for (x, grey) in row.iter().enumerate() {
                if let Some(grey) = grey.map(f64::from) {
                    line.iter_mut().zip([1.0, grey, grey * grey]).for_each(|(sum, term)| *sum += term);
                }
                let above = at(&sums, x + 1, y);
                if let Some(sum) = sums.get_mut((y + 1) * (side + 1) + x + 1) {
                    sum.iter_mut().zip(line.iter().zip(above)).for_each(|(to, (line, above))| *to = line + above);
                }
            }
        }
        let level = |x: usize, y: usize| {
            let (left, top) = (x.saturating_sub(AROUND), y.saturating_sub(AROUND));
            let (right, bottom) = ((x + AROUND + 1).min(side), (y + AROUND + 1).min(side));
            let corners =
                [at(&sums, right, bottom), at(&sums, left, top), at(&sums, left, bottom), at(&sums, right, top)];
            let [count, sum, squares] = std::array::from_fn(|term| {
                let [a, b, c, d] = corners.map(|corner| corner.get(term).copied().unwrap_or_default());
                a + b - c - d
            });
            let mean = sum / count.max(1.0);
            let spread = (squares / count.max(1.0) - mean * mean).max(0.0).sqrt() as f32;
            (mean as f32, spread.max(FAINT))
        };
        Levels { side, levels: (0..side * side).map(|place| level(place % side, place / side)).collect() }
    }

    /// How dark each module looks, row by row.
    pub fn darkness(&self, levels: &Levels) -> Vec<f32> {
        let place = |at: usize| (at % self.side, at / self.side);
        self.greys.iter().enumerate().map(|(at, grey)| levels.darkness(place(at).0, place(at).1, *grey)).collect()
    }
}
