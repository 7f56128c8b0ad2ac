//! Where places of one picture lie in another, and where codes lie.

use super::port::Point;

/// Where a picture lies in the one given: how many times as small it is, in width and in height, and where its upper
/// left corner is.
#[derive(Debug, Clone, Copy)]
pub struct View {
    pub scale: [f32; 2],
    from: Point,
}

impl View {
    /// The picture given.
    pub const SAME: View = View { scale: [1.0; 2], from: [0.0; 2] };

    /// It, so many times as small.
    pub fn of(scale: f32) -> Self {
        View { scale: [scale; 2], ..Self::SAME }
    }

    /// A part of this picture that is `times` as large, in width and in height, as there; its upper left corner at a
    /// place of this one.
    pub fn part(self, from: Point, times: [f32; 2]) -> Self {
        View { scale: [self.scale[0] / times[0], self.scale[1] / times[1]], from: self.place(from) }
    }

    /// A place in the picture given.
    pub fn place(self, at: Point) -> Point {
        [self.from[0] + at[0] * self.scale[0], self.from[1] + at[1] * self.scale[1]]
    }

    /// The other way around.
    pub fn inverse(self, at: Point) -> Point {
        [(at[0] - self.from[0]) / self.scale[0], (at[1] - self.from[1]) / self.scale[1]]
    }
}

/// The middle of a code with these corners.
pub fn middle(corners: &[[f32; 2]; 4]) -> [f32; 2] {
    [0, 1].map(|axis| corners.iter().map(|corner| corner.get(axis).copied().unwrap_or_default()).sum::<f32>() / 4.0)
}

/// Whether a point lies in a convex quadrilateral.
pub fn inside([x, y]: [f32; 2], corners: &[[f32; 2]; 4]) -> bool {
    let [a, b, c, d] = *corners;
    let sides = [(a, b), (b, c), (c, d), (d, a)];
    let signs = sides.map(|([x0, y0], [x1, y1])| (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
    signs.iter().all(|sign| *sign >= 0.0) || signs.iter().all(|sign| *sign <= 0.0)
}
