//! A plane seen from the side.

use super::port::Point;
use super::solve::LeastSquares;

/// A projection of a plane.
#[derive(Debug, Clone)]
pub struct Projection {
    factors: [f64; 8],
    /// Middle of the module coordinates and their reach, so that numbers are close to 1.
    from: ([f64; 2], f64),
    to: ([f64; 2], f64),
}

fn middle_and_reach(places: &[Point]) -> ([f64; 2], f64) {
    let count = places.len().max(1) as f64;
    let mean = |axis: fn(&Point) -> f32| places.iter().map(|place| f64::from(axis(place))).sum::<f64>() / count;
    let middle = [mean(|at| at[0]), mean(|at| at[1])];
    let far = |at: &Point| (f64::from(at[0]) - middle[0]).abs().max((f64::from(at[1]) - middle[1]).abs());
    (middle, places.iter().map(far).fold(1e-6, f64::max))
}

impl Projection {
    /// The projection that brings places in modules closest to places in pixels; four or more, no three of the first
    /// four in a line. Each has a weight.
    pub fn through(pairs: &[(Point, Point, f64)]) -> Option<Self> {
        let from = middle_and_reach(&pairs.iter().map(|(from, ..)| *from).collect::<Vec<_>>());
        let to = middle_and_reach(&pairs.iter().map(|(_, to, _)| *to).collect::<Vec<_>>());
        let mut sums = LeastSquares::<8>::new(1e-9);
        for (at, place, weight) in pairs {
            let [u, v] = near(*at, from);
            let [x, y] = near(*place, to);
            sums.add(&[u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x], x, *weight);
            sums.add(&[0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y], y, *weight);
        }
        Some(Projection { factors: sums.solve()?, from, to })
    }

    /// The place in pixels of a place in modules.
    #[inline]
    pub fn at(&self, at: Point) -> Point {
        let [u, v] = near(at, self.from);
        let [a, b, c, d, e, f, g, h] = self.factors;
        // What lies behind the eye is far away.
        let depth = (g * u + h * v + 1.0).max(1e-3);
        let ([x, y], reach) = self.to;
        [(x + (a * u + b * v + c) / depth * reach) as f32, (y + (d * u + e * v + f) / depth * reach) as f32]
    }
}

#[inline]
fn near(at: Point, (middle, reach): ([f64; 2], f64)) -> [f64; 2] {
    [(f64::from(at[0]) - middle[0]) / reach, (f64::from(at[1]) - middle[1]) / reach]
}
