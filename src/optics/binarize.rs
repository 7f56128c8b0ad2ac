//! Grey picture -> black and white, in three ways.

use super::blocks::{self, Bits};
use super::port::{self, BitMatrix};
use super::raster::Grey;

/// The ways in which a grey picture is made black and white, the best first. Each reads codes that the others do not.
#[derive(Debug, Clone, Copy)]
pub enum Threshold {
    /// By blocks of 8 by 8 pixels and their neighbours: shadows, gradients.
    Hybrid,
    /// One for the whole picture, from its histogram: spots of light.
    Global,
    /// The mean of a square around each pixel, a twelfth of the picture's side: blur, glare.
    LocalMean,
}

/// A pixel is black where it is darker than this part of the mean around it.
const DARKER_THAN: f32 = 0.95;
/// Steps of a histogram of greys.
const BUCKETS: usize = 32;
/// Half of the square's side is the picture's lesser side divided by this.
const REACH: usize = 24;

impl Threshold {
    /// All of them, the best first.
    pub const ALL: [Threshold; 3] = [Threshold::Hybrid, Threshold::Global, Threshold::LocalMean];

    /// A picture in black and white; `None` for sides that no picture has.
    pub fn apply(self, picture: &Grey) -> Option<BitMatrix> {
        match self {
            Threshold::Hybrid => match blocks::rows(picture) {
                Some(rows) => port::black_and_white(picture, rows),
                None => port::black_and_white(picture, local_mean(picture)),
            },
            Threshold::Global => {
                let thresholds = vec![valley(picture); picture.width()];
                port::black_and_white(picture, picture.rows().map(move |row| blocks::darker(row, &thresholds)))
            }
            Threshold::LocalMean => port::black_and_white(picture, local_mean(picture)),
        }
    }
}

/// The global threshold: the valley between the two main peaks of the histogram of greys, the highest one and one that
/// is high and far from it. Pixels of this grey are light. As in ZXing only the middle of four rows is counted, so that
/// spots of light weigh less.
fn valley(picture: &Grey) -> u8 {
    let middle = |side: usize| side / 5..side - side / 5;
    let mut counts = [0u64; BUCKETS];
    for row in (1..5).filter_map(|part| picture.rows().nth(picture.height() * part / 5)) {
        for pixel in row.get(middle(picture.width())).unwrap_or_default() {
            counts.iter_mut().skip(usize::from(*pixel) * BUCKETS / 256).take(1).for_each(|count| *count += 1);
        }
    }
    let highest = |score: &dyn Fn(usize, u64) -> u64| {
        (0..BUCKETS)
            .zip(counts)
            .max_by_key(|(at, count)| (score(*at, *count), std::cmp::Reverse(*at)))
            .map_or(0, |(at, _)| at)
    };
    let first = highest(&|_, count| count);
    let second = highest(&|at, count| count * (at.abs_diff(first) as u64).pow(2));
    let (dark, light) = (first.min(second), first.max(second));
    let most = counts.iter().copied().max().unwrap_or_default();
    // A deep valley, nearer to the light peak: ink spreads.
    let depth = |at: usize, count: u64| {
        let between = at > dark && at < light;
        if between { (at - dark).pow(2) as u64 * (light - at) as u64 * (most - count) } else { 0 }
    };
    (highest(&depth) * 256 / BUCKETS) as u8
}

/// The rows of a picture, thresholded by the mean of the square around each pixel. Sums of columns are kept from row to
/// row, so that the time does not depend on the size of the square.
fn local_mean(picture: &Grey) -> impl Iterator<Item = Bits> {
    let (width, height) = (picture.width(), picture.height());
    let reach = (width.min(height) / REACH).max(4);
    let row = move |y: usize| picture.pixels().get(y * width..(y + 1) * width).unwrap_or_default();
    let mut columns = vec![0u32; width];
    let mut entered = 0;
    // Prefix sums of the columns. They may wrap around: their differences are right all the same.
    let mut sums = vec![0u32; width + 1];
    let mut thresholds = vec![0u8; width];
    (0..height).map(move |y| {
        while entered < (y + reach + 1).min(height) {
            columns.iter_mut().zip(row(entered)).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
            entered += 1;
        }
        if let Some(left) = y.checked_sub(reach + 1) {
            columns.iter_mut().zip(row(left)).for_each(|(sum, pixel)| *sum -= u32::from(*pixel));
        }
        let mut sum = 0u32;
        for (to, column) in sums.iter_mut().skip(1).zip(&columns) {
            sum = sum.wrapping_add(*column);
            *to = sum;
        }
        let rows = entered - y.saturating_sub(reach);
        let part = |wide: usize| DARKER_THAN / (wide * rows) as f32;
        let threshold =
            |right: &u32, left: &u32, part: f32| (right.wrapping_sub(*left) as i32 as f32 * part + 0.999) as i32 as u8;
        // Away from the edges all squares have the same width.
        let (middle, inner) = (2 * reach + 1, part(2 * reach + 1));
        let ends = sums.iter().skip(middle).zip(&sums);
        thresholds.iter_mut().skip(reach).zip(ends).for_each(|(to, (right, left))| *to = threshold(right, left, inner));
        let edge = reach.min(width);
        for x in (0..edge).chain(width.saturating_sub(edge).max(edge)..width) {
            let (from, to) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            if let (Some(right), Some(left), Some(place)) = (sums.get(to), sums.get(from), thresholds.get_mut(x)) {
                *place = threshold(right, left, part(to - from));
            }
        }
        blocks::darker(row(y), &thresholds)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of noise.
    fn noise(width: usize, height: usize) -> Grey {
        let mut state = 9u64;
        let pixels = (0..width * height)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        Grey::new(width, height, pixels).unwrap()
    }

    #[test]
    fn the_mean_is_that_of_the_square() {
        for (width, height) in [(131, 117), (9, 300), (300, 9), (5, 5), (1, 1)] {
            let picture = noise(width, height);
            let reach = (width.min(height) / REACH).max(4);
            for (y, row) in local_mean(&picture).enumerate() {
                for x in 0..width {
                    let square = (y.saturating_sub(reach)..(y + reach + 1).min(height)).flat_map(|y| {
                        picture.pixels()[y * width..(y + 1) * width]
                            .iter()
                            .take(x + reach + 1)
                            .skip(x.saturating_sub(reach))
                    });
                    let (count, sum) = square.fold((0, 0), |(count, sum), pixel| (count + 1, sum + u64::from(*pixel)));
                    let pixel = u64::from(picture.pixels()[y * width + x]);
                    let (left, right) = (pixel * count * 100, sum * 95);
                    // What is even is for rounding to decide.
                    let bits = usize::BITS as usize;
                    let is_dark = row[x / bits] >> (x % bits) & 1 == 1;
                    assert!(
                        is_dark == (left < right) || left.abs_diff(right) <= count * 10,
                        "{width} {height} {x} {y}"
                    );
                }
            }
        }
    }

    #[test]
    fn two_lights_are_parted_between_them() {
        let pixels = (0..1000).map(|at| if at % 10 == 0 { 70 } else { 40 }).collect();
        let picture = Grey::new(50, 20, pixels).unwrap();
        assert!((41..=70).contains(&valley(&picture)));
        assert_eq!(valley(&Grey::blank(8, 8, 9)), 0);
    }
}
