//! Blur of lenses and of ink, and JPEG. The one file that names the imageproc crate.

use std::sync::LazyLock;

use imageproc::image::{ImageBuffer, Luma};

use crate::optics::raster::Grey;

/// Blurs ink by a bell of so many pixels' deviation.
pub fn blur(grey: &Grey, deviation: f32) -> Grey {
    // The crate truncates: with 16 bits that does not darken the picture.
    let fine = grey.pixels().iter().map(|pixel| u16::from(*pixel) << 8 | 0x80).collect();
    let blurred = blurred((grey.width(), grey.height()), fine, deviation);
    let pixels = blurred.into_iter().map(|pixel| (pixel >> 8) as u8).collect();
    Grey::new(grey.width(), grey.height(), pixels).unwrap_or_else(|| grey.clone())
}

fn blurred((width, height): (usize, usize), fine: Vec<u16>, deviation: f32) -> Vec<u16> {
    if deviation < 0.05 {
        return fine;
    }
    let picture = ImageBuffer::<Luma<u16>, Vec<u16>>::from_raw(width as u32, height as u32, fine);
    picture.map(|picture| imageproc::filter::gaussian_blur_f32(&picture, deviation).into_raw()).unwrap_or_default()
}

/// Gamma of grey levels.
const GAMMA: f32 = 2.2;
/// The light of each grey level, in 16 bits.
static LIGHTS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    (0..=255u8).map(|grey| ((f32::from(grey) / 255.0).powf(GAMMA) * 65_535.0).round() as u16).collect()
});
/// The grey level of each light.
static GREYS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..=65_535u16).map(|light| ((f32::from(light) / 65_535.0).powf(1.0 / GAMMA) * 255.0).round() as u8).collect()
});

/// Linear light on the sensor: lenses and motion mix light, not grey levels.
pub struct Exposure {
    width: usize,
    height: usize,
    lights: Vec<u16>,
}

impl Exposure {
    /// The light of a picture.
    pub fn of(grey: &Grey) -> Self {
        let light = |pixel: &u8| LIGHTS.get(usize::from(*pixel)).copied().unwrap_or_default();
        Exposure { width: grey.width(), height: grey.height(), lights: grey.pixels().iter().map(light).collect() }
    }

    /// The picture of the light.
    pub fn grey(&self) -> Option<Grey> {
        let grey = |light: &u16| GREYS.get(usize::from(*light)).copied().unwrap_or_default();
        Grey::new(self.width, self.height, self.lights.iter().map(grey).collect())
    }

    /// Blurs by a bell of so many pixels' deviation.
    pub fn blurred(self, deviation: f32) -> Self {
        Exposure { lights: blurred((self.width, self.height), self.lights, deviation), ..self }
    }

    /// Smears along a line of so many pixels, at an angle in degrees: a hand that moves while the shutter is open.
    pub fn smeared(self, length: f32, degrees: f32) -> Self {
        let steps = (length.ceil() as usize).clamp(1, 200);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (width, height) = (self.width as isize, self.height as isize);
        let mut sums = vec![0u32; self.lights.len()];
        for step in 0..=steps {
            let at = length * (step as f32 / steps as f32 - 0.5);
            let (dx, dy) = ((at * cos).round() as isize, (at * sin).round() as isize);
            for (y, row) in sums.chunks_mut(self.width).enumerate() {
                let from = (y as isize + dy).clamp(0, height - 1) as usize * self.width;
                let source = self.lights.get(from..from + self.width).unwrap_or_default();
                let skip = dx.clamp(0, width) as usize;
                let ahead = (-dx).clamp(0, width) as usize;
                let first = source.first().copied().unwrap_or_default();
                let last = source.last().copied().unwrap_or_default();
                let shifted = std::iter::repeat_n(first, ahead)
                    .chain(source.iter().skip(skip).copied())
                    .chain(std::iter::repeat(last));
                row.iter_mut().zip(shifted).for_each(|(sum, light)| *sum += u32::from(light));
            }
        }
        let count = steps as u32 + 1;
        Exposure { lights: sums.into_iter().map(|sum| (sum / count) as u16).collect(), ..self }
    }
}

/// Denoises as phones do: each pixel moves towards the mean around it, the less the more it differs.
pub fn smooth(grey: &Grey, percent: f32, noise: f32) -> Grey {
    let soft = blur(grey, 1.2);
    let smoother = |(pixel, soft): (&u8, &u8)| {
        let (pixel, off) = (f32::from(*pixel), f32::from(*soft) - f32::from(*pixel));
        let unlike = off / (3.0 * noise.max(0.5));
        (pixel + off * percent / 100.0 / (1.0 + unlike * unlike) + 0.5).clamp(0.0, 255.0) as u8
    };
    let pixels = grey.pixels().iter().zip(soft.pixels()).map(smoother).collect();
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
