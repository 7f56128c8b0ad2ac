//! Blur of lenses and of ink, and JPEG. The one file that names the imageproc crate.

use imageproc::image::{ImageBuffer, Luma};

use crate::optics::raster::Grey;

/// Blurs by a bell of so many pixels' deviation.
pub fn blur(grey: &Grey, deviation: f32) -> Grey {
    if deviation < 0.05 {
        return grey.clone();
    }
    let (width, height) = (grey.width(), grey.height());
    // The crate cuts fractions off: in 16 bits that does not darken the picture.
    let fine = grey.pixels().iter().map(|pixel| u16::from(*pixel) << 8 | 0x80).collect();
    let blurred = ImageBuffer::<Luma<u16>, Vec<u16>>::from_raw(width as u32, height as u32, fine)
        .map(|picture| imageproc::filter::gaussian_blur_f32(&picture, deviation));
    let coarse = |fine: Vec<u16>| fine.into_iter().map(|pixel| (pixel >> 8) as u8).collect();
    blurred.and_then(|picture| Grey::new(width, height, coarse(picture.into_raw()))).unwrap_or_else(|| grey.clone())
}

/// Smears along a line of so many pixels, at an angle in degrees: a hand that moves while the shutter is open.
pub fn smear(grey: &Grey, length: f32, degrees: f32) -> Grey {
    let steps = (length.ceil() as usize).clamp(1, 200);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (grey.width() as isize, grey.height() as isize);
    let mut sums = vec![0u32; grey.pixels().len()];
    for step in 0..=steps {
        let at = length * (step as f32 / steps as f32 - 0.5);
        let (dx, dy) = ((at * cos).round() as isize, (at * sin).round() as isize);
        let rows = sums.chunks_mut(grey.width()).enumerate();
        for (y, row) in rows {
            let from = (y as isize + dy).clamp(0, height - 1) as usize;
            let Some(source) = grey.rows().nth(from) else { continue };
            let skip = dx.clamp(0, width) as usize;
            let ahead = (-dx).clamp(0, width) as usize;
            let first = source.first().copied().unwrap_or_default();
            let last = source.last().copied().unwrap_or_default();
            let shifted = std::iter::repeat_n(first, ahead)
                .chain(source.iter().skip(skip).copied())
                .chain(std::iter::repeat(last));
            row.iter_mut().zip(shifted).for_each(|(sum, pixel)| *sum += u32::from(pixel));
        }
    }
    let count = steps as u32 + 1;
    let pixels = sums.into_iter().map(|sum| (sum / count) as u8).collect();
    Grey::new(grey.width(), grey.height(), pixels).unwrap_or_else(|| grey.clone())
}

/// Adds to each pixel a part of what it differs from its surroundings: the sharpening of phones, and its halos.
pub fn sharpen(grey: &Grey, percent: f32, deviation: f32) -> Grey {
    let soft = blur(grey, deviation);
    let sharper = |(pixel, soft): (&u8, &u8)| {
        let (pixel, soft) = (f32::from(*pixel), f32::from(*soft));
        (pixel + (pixel - soft) * percent / 100.0 + 0.5).clamp(0.0, 255.0) as u8
    };
    let pixels = grey.pixels().iter().zip(soft.pixels()).map(sharper).collect();
    Grey::new(grey.width(), grey.height(), pixels).unwrap_or_else(|| grey.clone())
}
