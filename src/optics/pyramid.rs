//! A picture in several sizes.

use super::light::Light;
use super::raster::Grey;
use super::view::View;

/// Side below which a picture of the pyramid holds no code: 21 modules of a pixel and a half.
const MIN_SIDE: usize = 32;

/// A picture, at half its size, and so on.
pub struct Pyramid<'a> {
    /// The picture itself.
    pub picture: &'a Grey,
    smaller: Vec<Grey>,
}

impl<'a> Pyramid<'a> {
    /// That of a picture.
    pub fn of(picture: &'a Grey) -> Self {
        let is_large = |level: &Grey| level.width().min(level.height()) >= MIN_SIDE;
        let halved = |level: &Grey| level.halved().filter(is_large);
        Pyramid { picture, smaller: std::iter::successors(halved(picture), halved).collect() }
    }

    /// Its pictures, the largest first, and where they lie in it.
    pub fn levels(&self) -> impl Iterator<Item = (View, &Grey)> {
        (0..).map(|level| View::of((1u64 << level) as f32)).zip(std::iter::once(self.picture).chain(&self.smaller))
    }

    /// Width and height of the picture, in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.picture.width(), self.picture.height()]
    }

    /// Where modules of so many pixels are looked at: at three to six pixels. Smaller ones run together, larger ones
    /// show the paper.
    pub fn light(&self, module: f32) -> Light<'_> {
        let halvings = ((module.max(3.0) / 3.0).log2() as usize).min(self.smaller.len());
        let picture = halvings.checked_sub(1).and_then(|level| self.smaller.get(level)).unwrap_or(self.picture);
        Light { picture, scale: (1u32 << halvings) as f32, is_negative: false }
    }
}
