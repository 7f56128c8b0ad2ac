//! Smooth unevenness: of light, of toner, of paper that was folded or crumpled.

use super::chance::Chance;

/// Numbers that change smoothly over a picture: knots on a grid, and what lies between them.
#[derive(Debug, Clone)]
pub struct ValueNoise {
    columns: usize,
    /// Pixels between knots.
    step: f32,
    /// Whether between knots the numbers follow a smooth curve, else a straight line.
    smooth: bool,
    knots: Vec<f32>,
}

impl ValueNoise {
    /// A field of chance, from -1 to 1, whose knots stand `step` pixels apart.
    pub fn new(chance: &mut Chance, width: usize, height: usize, step: f32) -> Self {
        Self { smooth: true, ..Self::of(width, height, step, |_, _| chance.between(-1.0, 1.0)) }
    }

    /// The field of a function of places, in pixels.
    pub fn of(width: usize, height: usize, step: f32, mut at: impl FnMut(f32, f32) -> f32) -> Self {
        let step = step.max(1.0);
        let knots = |side: usize| (side as f32 / step).ceil() as usize + 2;
        let columns = knots(width);
        let places = (0..knots(height)).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let knots = places.map(|(column, row)| at(column as f32 * step, row as f32 * step)).collect();
        ValueNoise { columns, step, smooth: false, knots }
    }

    /// The field along a row: one number a pixel.
    pub fn row(&self, y: f32, width: usize) -> Vec<f32> {
        let (row, part) = self.split(y);
        let knots = |row: usize| self.knots.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default();
        let (upper, lower) = (knots(row), knots(row + 1));
        let line: Vec<f32> = upper.iter().zip(lower).map(|(a, b)| a + (b - a) * part).collect();
        (0..width)
            .map(|x| {
                let (column, part) = self.split(x as f32);
                let near = line.get(column).copied().unwrap_or_default();
                near + (line.get(column + 1).copied().unwrap_or(near) - near) * part
            })
            .collect()
    }

    /// The field at a place.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let ((column, across), (row, down)) = (self.split(x), self.split(y));
        let at = row * self.columns + column.min(self.columns.saturating_sub(2));
        match (self.knots.get(at..at + 2), self.knots.get(at + self.columns..at + self.columns + 2)) {
            (Some(&[a, b]), Some(&[c, d])) => {
                let upper = a + (b - a) * across;
                upper + (c + (d - c) * across - upper) * down
            }
            _ => 0.0,
        }
    }

    /// The knot before a place, and how far the place lies between it and the next.
    fn split(&self, at: f32) -> (usize, f32) {
        let at = (at / self.step).max(0.0);
        let part = at - at.floor();
        (at as usize, if self.smooth { part * part * (3.0 - 2.0 * part) } else { part })
    }
}
