//! What happens to paper: copied, shrunk, torn, folded, scanned. Pictures are grey; chance is seeded.

use image::imageops::{FilterType, crop_imm, resize};
use image::{GrayImage, Luma};

use super::Chance;

const WHITE: Luma<u8> = Luma([255]);

/// Pixels of so many millimetres.
pub fn pixels(mm: f32, dpi: f32) -> u32 {
    (mm / 25.4 * dpi).round() as u32
}

/// At another resolution.
pub fn scaled(image: &GrayImage, factor: f32) -> GrayImage {
    let side = |pixels: u32| ((pixels as f32 * factor).round() as u32).max(1);
    resize(image, side(image.width()), side(image.height()), FilterType::Triangle)
}

/// Printed smaller, in the middle of as large a sheet.
pub fn shrunk(image: &GrayImage, factor: f32) -> GrayImage {
    let small = scaled(image, factor);
    let mut sheet = GrayImage::from_pixel(image.width(), image.height(), WHITE);
    let (left, top) = ((image.width() - small.width()) / 2, (image.height() - small.height()) / 2);
    image::imageops::replace(&mut sheet, &small, left.into(), top.into());
    sheet
}

/// A strip lost at an edge: 0 left, 1 top, 2 right, 3 bottom.
pub fn strip_lost(image: &GrayImage, edge: usize, strip: u32) -> GrayImage {
    let (width, height) = image.dimensions();
    let (x, y, w, h) = match edge {
        0 => (strip, 0, width - strip, height),
        1 => (0, strip, width, height - strip),
        2 => (0, 0, width - strip, height),
        _ => (0, 0, width, height - strip),
    };
    crop_imm(image, x, y, w, h).to_image()
}

/// A quarter torn off at a corner: 0 upper left, 1 upper right, 2 lower left, 3 lower right; the edge is ragged.
pub fn quarter_torn(image: &GrayImage, corner: usize, seed: u64) -> GrayImage {
    let (width, height) = image.dimensions();
    let mut chance = Chance(seed);
    let mut ragged = 0i64;
    let mut torn = image.clone();
    for y in 0..height {
        ragged = (ragged + chance.below(7) as i64 - 3).clamp(-20, 20);
        for x in 0..width {
            let (right, low) = (i64::from(x) + ragged >= i64::from(width / 2), y >= height / 2);
            if right == (corner % 2 == 1) && low == (corner >= 2) {
                torn.put_pixel(x, y, WHITE);
            }
        }
    }
    torn
}

/// Blurred by a box of three pixels, `times` over.
pub fn blurred(image: &GrayImage, times: usize) -> GrayImage {
    (0..times).fold(image.clone(), |image, _| {
        let (width, height) = image.dimensions();
        let at = |x: u32, y: u32| u32::from(image.get_pixel(x.min(width - 1), y.min(height - 1)).0[0]);
        GrayImage::from_fn(width, height, |x, y| {
            let (l, u) = (x.saturating_sub(1), y.saturating_sub(1));
            let sum = at(x, y) * 4
                + (at(l, y) + at(x + 1, y) + at(x, u) + at(x, y + 1)) * 2
                + at(l, u)
                + at(x + 1, u)
                + at(l, y + 1)
                + at(x + 1, y + 1);
            Luma([((sum + 8) / 16) as u8])
        })
    })
}

/// Each pixel the darkest, or the lightest, of its four neighbours and itself: ink that spreads, or wears off.
fn grown(image: &GrayImage, darker: bool) -> GrayImage {
    let (width, height) = image.dimensions();
    GrayImage::from_fn(width, height, |x, y| {
        let neighbours = [
            (x, y),
            (x.saturating_sub(1), y),
            ((x + 1).min(width - 1), y),
            (x, y.saturating_sub(1)),
            (x, (y + 1).min(height - 1)),
        ];
        let pixels = neighbours.iter().map(|(x, y)| image.get_pixel(*x, *y).0[0]);
        Luma([if darker { pixels.min() } else { pixels.max() }.unwrap()])
    })
}

/// Photocopied again and again: blurred, made black and white, ink spread or worn, speckled.
pub fn photocopied(image: &GrayImage, generations: usize, seed: u64) -> GrayImage {
    let mut chance = Chance(seed);
    let mut copy = image.clone();
    for generation in 0..generations {
        copy = blurred(&copy, 1);
        let threshold = [150, 110, 140][generation % 3];
        copy.pixels_mut().for_each(|pixel| pixel.0[0] = if pixel.0[0] < threshold { 0 } else { 255 });
        copy = grown(&copy, generation % 2 == 0);
        let speckles = copy.width() * copy.height() / 4000;
        for _ in 0..speckles {
            let (x, y) = (chance.below(copy.width() as usize) as u32, chance.below(copy.height() as usize) as u32);
            copy.put_pixel(x, y, Luma([if chance.below(2) == 0 { 0 } else { 255 }]));
        }
    }
    blurred(&copy, 1)
}

/// Folded twice across and once along: at each fold the ink is worn off over a width in pixels, and the paper is grey beside it.
pub fn folded(image: &GrayImage, wear: u32, seed: u64) -> GrayImage {
    let mut chance = Chance(seed);
    let (width, height) = image.dimensions();
    let mut folded = image.clone();
    let mut fold = |at: u32, along: bool, length: u32| {
        for position in 0..length {
            let bend = chance.below(2) as u32;
            for across in 0..wear {
                let (x, y) = if along { (at + across + bend, position) } else { (position, at + across + bend) };
                if x < width && y < height {
                    folded.put_pixel(x, y, if across == 0 { Luma([150]) } else { Luma([240]) });
                }
            }
        }
    };
    fold(width / 2, true, height);
    fold(height / 3, false, width);
    fold(height * 2 / 3, false, width);
    folded
}

/// Scanned by a flatbed from a print drawn `finer` times as fine: a little turned, blurred, with noise.
pub fn flatbed(print: &GrayImage, finer: u32, degrees: f32, noise: i32, seed: u64) -> GrayImage {
    let mut chance = Chance(seed);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (print.width() / finer, print.height() / finer);
    let (cx, cy) = (print.width() as f32 / 2.0, print.height() as f32 / 2.0);
    let at = |x: f32, y: f32| {
        let inside = x >= 0.0 && y >= 0.0 && (x as u32) < print.width() && (y as u32) < print.height();
        if inside { u32::from(print.get_pixel(x as u32, y as u32).0[0]) } else { 255 }
    };
    let scan = GrayImage::from_fn(width, height, |x, y| {
        let mut sum = 0;
        for (i, j) in (0..finer).flat_map(|i| (0..finer).map(move |j| (i, j))) {
            let (dx, dy) = ((x * finer + i) as f32 + 0.5 - cx, (y * finer + j) as f32 + 0.5 - cy);
            sum += at(cx + dx * cos + dy * sin, cy - dx * sin + dy * cos);
        }
        Luma([(sum / (finer * finer)) as u8])
    });
    let mut scan = blurred(&scan, 1);
    for pixel in scan.pixels_mut() {
        // The sum of three is near enough to a bell.
        let bell: i32 = (0..3).map(|_| chance.below(2 * noise as usize + 1) as i32 - noise).sum();
        // No paper is quite white, no toner quite black.
        let shade = 25 + i32::from(pixel.0[0]) * 215 / 255;
        pixel.0[0] = (shade + bell).clamp(0, 255) as u8;
    }
    scan
}
