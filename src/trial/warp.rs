//! Pictures bent and seen from elsewhere, each pixel the mean of the area it comes from.

use super::sheet::{PlacedCode, Sheet};
use crate::optics::raster::Grey;

/// Most points along a side of the area that one pixel is the mean of.
const MOST_POINTS: usize = 8;
/// Pixels in a row that are the mean of as many points each.
const TILE: usize = 32;

/// A picture to come: its size in pixels, its pixels a millimetre, and the grey around what is bent.
#[derive(Debug, Clone, Copy)]
pub struct Canvas {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Pixels of a millimetre.
    pub per_mm: f32,
    /// The grey outside of the picture that is bent.
    pub around: u8,
    /// Contrast left of the grid of a screen's pixels, 0 to 1: it is sampled as it stands, and beats against the pixels
    /// of this picture.
    pub grid: f32,
}

impl Canvas {
    /// As large as a sheet.
    pub fn like(sheet: &Sheet, around: u8) -> Self {
        let (width, height) = (sheet.grey.width(), sheet.grey.height());
        Canvas { width, height, per_mm: sheet.per_mm, around, grid: 0.0 }
    }
}

/// Bends a sheet onto a canvas: `back` gives the place on the sheet that is seen at a place of the canvas, `forth` the
/// other way.
pub fn warp(
    sheet: &Sheet,
    canvas: &Canvas,
    back: impl Fn([f32; 2]) -> [f32; 2],
    forth: impl Fn([f32; 2]) -> [f32; 2],
) -> Sheet {
    let mut pixels = Vec::with_capacity(canvas.width * canvas.height);
    for y in 0..canvas.height {
        for left in (0..canvas.width).step_by(TILE) {
            let right = (left + TILE).min(canvas.width);
            let [across, down] = points([(left + right) as f32 / 2.0, y as f32 + 0.5], &back);
            let share = 1.0 / (across * down) as f32;
            for x in left..right {
                let (x, y) = (x as f32, y as f32);
                let middle = [x + 0.5, y + 0.5];
                let mut value = 0.0;
                for (column, row) in (0..down).flat_map(|row| (0..across).map(move |column| (column, row))) {
                    let at = [x + (column as f32 + 0.5) / across as f32, y + (row as f32 + 0.5) / down as f32];
                    value += sample(&sheet.grey, back(at), canvas.around);
                }
                let value = value * share * if canvas.grid > 0.0 { grid(back(middle), canvas.grid) } else { 1.0 };
                // The library's rounding is slow where processors have none.
                pixels.push((value + 0.5) as u8);
            }
        }
    }
    let moved = |place: &PlacedCode| PlacedCode { corners: place.corners.map(&forth), ..*place };
    Sheet {
        grey: Grey::new(canvas.width, canvas.height, pixels).unwrap_or_else(|| sheet.grey.clone()),
        per_mm: canvas.per_mm,
        codes: sheet.codes.iter().map(moved).collect(),
    }
}

/// Sees a sheet through a projection, from the sheet to the canvas.
pub fn project(sheet: &Sheet, canvas: &Canvas, forth: &ProjectiveMap) -> Sheet {
    let back = forth.inverse();
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let mut projected = if corners.into_iter().all(|corner| forth.is_before(back.apply(corner))) {
        warp(sheet, canvas, |at| back.apply(at), |at| forth.apply(at))
    } else {
        // What lies beyond the horizon is not seen.
        let seen = |at: [f32; 2]| if forth.is_before(at) { at } else { [f32::NAN; 2] };
        warp(sheet, canvas, |at| seen(back.apply(at)), |at| forth.apply(at))
    };
    for (place, old) in projected.codes.iter_mut().zip(&sheet.codes) {
        place.whole &= old.corners.iter().all(|corner| forth.is_before(*corner));
    }
    projected
}

/// Bends a sheet in itself by small shifts: what is seen at a place came from that place and the shift there.
pub fn shift(sheet: &Sheet, around: u8, by: impl Fn([f32; 2]) -> [f32; 2]) -> Sheet {
    let back = |at: [f32; 2]| {
        let by = by(at);
        [at[0] + by[0], at[1] + by[1]]
    };
    // Shifts change slowly: a few steps find where a place went.
    let forth = |from: [f32; 2]| {
        (0..4).fold(from, |at, _| {
            let by = by(at);
            [from[0] - by[0], from[1] - by[1]]
        })
    };
    warp(sheet, &Canvas::like(sheet, around), back, forth)
}

/// Points across and down that a pixel of the canvas is the mean of: as many as pixels of the sheet come together in it
/// there.
fn points(at: [f32; 2], back: &impl Fn([f32; 2]) -> [f32; 2]) -> [usize; 2] {
    let from = back(at);
    [[1.0, 0.0], [0.0, 1.0]].map(|step| {
        let to = back([at[0] + step[0], at[1] + step[1]]);
        let stretch = (to[0] - from[0]).hypot(to[1] - from[1]);
        // Beyond the horizon there is nothing to be the mean of.
        if stretch.is_finite() { ((stretch - 0.3).ceil() as usize).clamp(1, MOST_POINTS) } else { 1 }
    })
}

/// The grey between pixels, interpolated linearly; coordinates count from the picture's corner.
fn sample(grey: &Grey, [x, y]: [f32; 2], around: u8) -> f32 {
    let (x, y) = (x - 0.5, y - 0.5);
    let width = grey.width();
    if !(x >= 0.0 && y >= 0.0 && x < (width - 1) as f32 && y < (grey.height() - 1) as f32) {
        return f32::from(around);
    }
    let (column, row) = (x as usize, y as usize);
    let at = row * width + column;
    let (u, v) = (x - column as f32, y - row as f32);
    match (grey.pixels().get(at..at + 2), grey.pixels().get(at + width..at + width + 2)) {
        (Some(&[a, b]), Some(&[c, d])) => {
            let (a, b, c, d) = (f32::from(a), f32::from(b), f32::from(c), f32::from(d));
            let upper = a + (b - a) * u;
            upper + (c + (d - c) * u - upper) * v
        }
        _ => f32::from(around),
    }
}

/// How bright a screen is at a place between the middles of its pixels.
fn grid([x, y]: [f32; 2], contrast: f32) -> f32 {
    // A wave of period 1, from 1 on the borders of pixels to 0 in their middles; a cosine is slower and no truer.
    let wave = |at: f32| {
        let part = at - at as i32 as f32;
        let off = 2.0 * part.min(1.0 - part).abs();
        1.0 - contrast * (1.0 - off * off * (3.0 - 2.0 * off))
    };
    wave(x) * wave(y)
}

/// A projective map of the plane, as a matrix of three by three, row by row.
#[derive(Debug, Clone, Copy)]
pub struct ProjectiveMap(pub [f64; 9]);

impl ProjectiveMap {
    /// Where a point goes.
    pub fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [a, b, c, d, e, f, g, h, i] = self.0.map(|value| value as f32);
        let w = g * x + h * y + i;
        [(a * x + b * y + c) / w, (d * x + e * y + f) / w]
    }

    /// Whether a point lies on this side of the horizon, the one on which the lens looks.
    pub fn is_before(&self, [x, y]: [f32; 2]) -> bool {
        let [.., g, h, i] = self.0.map(|value| value as f32);
        g * x + h * y + i > 0.0
    }

    /// This map after another.
    pub fn after(&self, first: &ProjectiveMap) -> ProjectiveMap {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let [j, k, l, m, n, o, p, q, r] = first.0;
        let row = |x: f64, y: f64, z: f64| [x * j + y * m + z * p, x * k + y * n + z * q, x * l + y * o + z * r];
        let ([r0, r1, r2], [r3, r4, r5], [r6, r7, r8]) = (row(a, b, c), row(d, e, f), row(g, h, i));
        ProjectiveMap([r0, r1, r2, r3, r4, r5, r6, r7, r8])
    }

    /// The map that undoes it, up to a factor, which a projection does not feel.
    pub fn inverse(&self) -> ProjectiveMap {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        ProjectiveMap([
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ])
    }

    /// A factor and a shift.
    pub fn scale(by: f32, shift: [f32; 2]) -> ProjectiveMap {
        let by = f64::from(by);
        ProjectiveMap([by, 0.0, f64::from(shift[0]), 0.0, by, f64::from(shift[1]), 0.0, 0.0, 1.0])
    }

    /// A turn, in degrees, clockwise as seen where y points down.
    pub fn turn(degrees: f32) -> ProjectiveMap {
        let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
        ProjectiveMap([cos, -sin, 0.0, sin, cos, 0.0, 0.0, 0.0, 1.0])
    }
}
