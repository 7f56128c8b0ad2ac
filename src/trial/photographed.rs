//! What a phone's camera does to what it sees.

use super::chance::Chance;
use super::filter::{Exposure, sharpen, smooth};
use super::harm::{Harm, Strengths};
use super::sheet::{Sheet, TABLE};
use super::value_noise::ValueNoise;
use super::warp::{Canvas, ProjectiveMap, project, shift};
use crate::press::pictures::picture;

/// From the lens to the sheet; 0 for as near as shows all of it.
pub const DISTANCE: Harm = Harm::usually("distance", "mm", (0.0, 5_000.0), 0.0, [150.0, 300.0, 700.0]);
/// Pixels of the photo, in millions, four by three.
pub const MEGAPIXELS: Harm = Harm::usually("megapixels", "MP", (0.05, 50.0), 12.0, [8.0, 2.0, 0.5]);
/// Between the lens's axis and the upright on the sheet, to any side.
pub const TILT: Harm = Harm::of("tilt", "°", 75.0, [10.0, 30.0, 50.0]);
/// How far the phone is turned, at most.
pub const TURN: Harm = Harm::of("turn", "°", 180.0, [5.0, 30.0, 180.0]);
/// The blur of the lens and of wrong focus, as deviation.
pub const DEFOCUS: Harm = Harm::usually("defocus", "px", (0.0, 20.0), 0.6, [1.0, 2.0, 4.0]);
/// How far the picture moves while the shutter is open.
pub const MOTION: Harm = Harm::of("motion", "px", 60.0, [3.0, 7.0, 15.0]);
/// How much the lower edge is seen later than the upper, by a hand that moves sidewards.
pub const ROLLING: Harm = Harm::of("rolling", "px", 400.0, [10.0, 40.0, 120.0]);
/// How much light is missing.
pub const DARK: Harm = Harm::of("dark", "%", 95.0, [30.0, 60.0, 85.0]);
/// Noise, as deviation.
pub const NOISE: Harm = Harm::usually("noise", "grey", (0.0, 80.0), 2.0, [5.0, 12.0, 25.0]);
/// How much darker it is on one side.
pub const UNEVEN: Harm = Harm::of("uneven", "%", 95.0, [20.0, 45.0, 75.0]);
/// A shadow over a part of the picture, so much darker.
pub const SHADOW: Harm = Harm::of("shadow", "%", 95.0, [25.0, 50.0, 75.0]);
/// A light that shines back: at its middle so much is added.
pub const GLARE: Harm = Harm::of("glare", "%", 200.0, [30.0, 70.0, 150.0]);
/// Quality of JPEG; 100 for none.
pub const JPEG: Harm = Harm { whole: true, ..Harm::usually("jpeg", "", (1.0, 100.0), 100.0, [70.0, 40.0, 12.0]) };
/// How much darker the lens is in the corners.
pub const VIGNETTING: Harm = Harm::of("vignetting", "%", 95.0, [20.0, 40.0, 70.0]);
/// How far the lens bends lines: so far inwards a corner goes, of its distance from the middle.
pub const CURVATURE: Harm = Harm::of("curvature", "%", 20.0, [1.0, 4.0, 10.0]);
/// How much of its noise the phone smooths away, and of the fine detail with it.
pub const SMOOTHING: Harm = Harm::of("smoothing", "%", 100.0, [40.0, 70.0, 100.0]);
/// How much edges are sharpened.
pub const HALO: Harm = Harm::of("halo", "%", 400.0, [40.0, 100.0, 250.0]);

/// All of them.
pub const ALL: &[Harm] = &[
    DISTANCE, MEGAPIXELS, TILT, TURN, DEFOCUS, MOTION, ROLLING, DARK, NOISE, UNEVEN, SHADOW, GLARE, JPEG, HALO,
    VIGNETTING, CURVATURE, SMOOTHING,
];

/// Most steps back, of 3 % each.
const MOST_STEPS: i32 = 150;
/// What the long side of a picture shows, in distances: the main camera of a phone, as 26 mm on film.
const FIELD: f32 = 1.385;
/// How white and how black a photo in good light is.
const WHITE: f32 = 232.0;
const BLACK: f32 = 24.0;

/// Takes a photo.
pub fn apply(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    let pose = Pose::of(sheet, strengths, chance);
    *sheet = pose.seen(sheet, 0.0);
    let light = Lighting::of(strengths, chance);
    expose(sheet, strengths, &light, chance);
}

/// Everything after the geometry: lens, light, sensor, and what the phone makes of it.
pub fn expose(sheet: &mut Sheet, strengths: &Strengths, light: &Lighting, chance: &mut Chance) {
    through_lens(sheet, strengths, chance);
    light.fall_on(sheet);
    let dark = strengths.of(&DARK) / 100.0;
    let (white, black) = (WHITE * (1.0 - dark), BLACK * (1.0 - dark) + 6.0 * dark);
    let table: Vec<f32> =
        (0..=255u8).map(|grey| (black + f32::from(grey) / 255.0 * (white - black)) * light.gain).collect();
    let noise = strengths.of(&NOISE);
    sheet.grey.change(|_, row| {
        row.iter_mut().for_each(|pixel| {
            let value = table.get(usize::from(*pixel)).copied().unwrap_or_default();
            *pixel = ((value + noise * chance.bell()).clamp(0.0, 255.0) + 0.5) as u8;
        });
    });
    if strengths.of(&SMOOTHING) > 0.0 {
        sheet.grey = smooth(&sheet.grey, strengths.of(&SMOOTHING), noise);
    }
    if strengths.of(&HALO) > 0.0 {
        sheet.grey = sharpen(&sheet.grey, strengths.of(&HALO), 1.4);
    }
    if strengths.of(&JPEG) < 100.0 {
        compress(sheet, strengths.of(&JPEG));
    }
}

/// What the lens does to a picture, and the hand while the shutter is open.
fn through_lens(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    let (columns, rows) = (sheet.grey.width(), sheet.grey.height());
    let middle = [columns as f32 / 2.0, rows as f32 / 2.0];
    // The square of the distance from the middle, 1 in the corners.
    let corner = middle[0].powi(2) + middle[1].powi(2);
    let far = move |x: f32, y: f32| ((x - middle[0]).powi(2) + (y - middle[1]).powi(2)) / corner;
    let curvature = strengths.of(&CURVATURE) / 100.0;
    if curvature > 0.0 {
        *sheet = shift(sheet, TABLE, |[x, y]| {
            let by = curvature * far(x, y);
            [(x - middle[0]) * by, (y - middle[1]) * by]
        });
    }
    let (motion, defocus) = (strengths.of(&MOTION), strengths.of(&DEFOCUS));
    let mut exposure = Exposure::of(&sheet.grey);
    if motion > 0.0 {
        exposure = exposure.smeared(motion, chance.between(0.0, 180.0));
    }
    if let Some(grey) = exposure.blurred(defocus).grey() {
        sheet.grey = grey;
    }
    let vignetting = strengths.of(&VIGNETTING) / 100.0;
    if vignetting > 0.0 {
        sheet.light(|y| (0..columns).map(|x| 1.0 - vignetting * far(x as f32, y as f32)).collect());
    }
}

/// Through JPEG and back.
pub(super) fn compress(sheet: &mut Sheet, quality: f32) {
    let grey = picture::jpeg(&sheet.grey, quality.round() as u8).and_then(|jpeg| {
        let mut read = None;
        picture::read(&jpeg, &mut |_, grey| read = grey.ok())?;
        Ok(read)
    });
    if let Ok(Some(grey)) = grey {
        sheet.grey = grey;
    }
}

/// Light that is uneven, a shadow, a glare: where they lie in the picture.
#[derive(Debug, Clone)]
pub struct Lighting {
    /// How much each reaches, 0 to 1 and above.
    uneven: f32,
    shadow: f32,
    glare: f32,
    /// Directions in which it darkens, and in which the shadow lies, as sine and cosine.
    towards: (f32, f32),
    edge: (f32, f32),
    /// Where the shadow begins, how soft, and the middle of the glare, in parts of the picture.
    from: f32,
    soft: f32,
    middle: [f32; 2],
    /// What the camera makes of all of it: its exposure, 1 as it should be.
    pub(super) gain: f32,
}

impl Lighting {
    /// Light by the strengths; where it falls is left to chance.
    pub fn of(strengths: &Strengths, chance: &mut Chance) -> Self {
        let mut pipeline = || chance.between(0.0, std::f32::consts::TAU).sin_cos();
        let (towards, edge) = (pipeline(), pipeline());
        Lighting {
            uneven: strengths.of(&UNEVEN) / 100.0,
            shadow: strengths.of(&SHADOW) / 100.0,
            glare: strengths.of(&GLARE) / 100.0,
            towards,
            edge,
            from: chance.between(-0.25, 0.25),
            soft: chance.between(0.02, 0.1),
            middle: [chance.unit(), chance.unit()],
            gain: 1.0,
        }
    }

    fn fall_on(&self, sheet: &mut Sheet) {
        let (width, height) = sheet.size();
        let (columns, rows) = (sheet.grey.width(), sheet.grey.height());
        // -0.5 to 0.5 along a direction.
        let along = |(sin, cos): (f32, f32), x: f32, y: f32| (x / width - 0.5) * cos + (y / height - 0.5) * sin;
        if self.uneven > 0.0 || self.shadow > 0.0 {
            let gains = ValueNoise::of(columns, rows, 6.0, |x, y| {
                let side = 1.0 - self.uneven * (along(self.towards, x, y) + 0.5).clamp(0.0, 1.0);
                let under = 1.0 / (1.0 + (-(along(self.edge, x, y) - self.from) / self.soft * 4.0).exp());
                side * (1.0 - self.shadow * under)
            });
            sheet.light(|y| gains.row(y as f32, columns));
        }
        if self.glare > 0.0 {
            let radius = 0.16 * width.min(height);
            let shine = ValueNoise::of(columns, rows, 6.0, |x, y| {
                let off = ((x - self.middle[0] * width).hypot(y - self.middle[1] * height) / radius).powi(2);
                255.0 * self.glare / (1.0 + off * off * 0.5)
            });
            sheet.grey.change(|y, row| {
                row.iter_mut().zip(shine.row(y as f32, columns)).for_each(|(pixel, shine)| {
                    *pixel = (f32::from(*pixel) + shine).min(255.0) as u8;
                });
            });
        }
    }
}

/// Where a camera is: the map from the sheet to the photo, and the photo's measures.
pub(super) struct Pose {
    forth: ProjectiveMap,
    width: usize,
    height: usize,
    per_mm: f32,
}

impl Pose {
    /// By the strengths; the directions of tilt and turn are left to chance. The phone is held as the sheet lies,
    /// upright or across.
    pub(super) fn of(sheet: &Sheet, strengths: &Strengths, chance: &mut Chance) -> Self {
        let (width_mm, height_mm) = (sheet.size().0 / sheet.per_mm, sheet.size().1 / sheet.per_mm);
        let (long_mm, short_mm) = (width_mm.max(height_mm), width_mm.min(height_mm));
        let long = (strengths.of(&MEGAPIXELS) * 1e6 * 4.0 / 3.0).sqrt();
        let short = long * 0.75;
        let nearest = (long_mm / FIELD).max(short_mm / (FIELD * 0.75)) * 1.06;
        let focal = long / FIELD;
        let (width, height) = if width_mm > height_mm { (long, short) } else { (short, long) };
        let (tilt, towards) = (f64::from(strengths.of(&TILT)).to_radians(), chance.between(0.0, 360.0));
        let turn = strengths.of(&TURN);
        let turn = chance.between(-turn, turn);
        let rolling = if chance.below(2) == 0 { strengths.of(&ROLLING) } else { -strengths.of(&ROLLING) };
        let from = |distance: f32| {
            // In mm from the middle of the sheet; then tilted about an axis; then seen through the lens; then read row
            // by row.
            let from_pixels = ProjectiveMap::scale(1.0 / sheet.per_mm, [-width_mm / 2.0, -height_mm / 2.0]);
            let ((sin, cos), focal) = (tilt.sin_cos(), f64::from(focal));
            let lens = ProjectiveMap([focal, 0.0, 0.0, 0.0, focal * cos, 0.0, 0.0, sin, f64::from(distance)]);
            let tilted = ProjectiveMap::turn(-towards).after(&lens.after(&ProjectiveMap::turn(towards)));
            let to_pixels = ProjectiveMap::scale(1.0, [width / 2.0, height / 2.0]);
            let shear = f64::from(rolling / height);
            let read = ProjectiveMap([1.0, shear, -shear * f64::from(height) / 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
            let forth = read.after(&to_pixels.after(&ProjectiveMap::turn(turn).after(&tilted.after(&from_pixels))));
            Pose {
                forth,
                width: width.round() as usize,
                height: height.round() as usize,
                per_mm: focal as f32 / distance,
            }
        };
        match strengths.of(&DISTANCE) {
            0.0 => {
                // Moves back until the whole sheet is in view.
                let steps = (0..MOST_STEPS).map(|step| from(nearest * 1.03f32.powi(step)));
                let all = |pose: &Pose| pose.shows_all(sheet);
                steps.into_iter().find(all).unwrap_or_else(|| from(nearest))
            }
            distance => from(distance),
        }
    }

    /// Whether all corners of a sheet are in the picture.
    fn shows_all(&self, sheet: &Sheet) -> bool {
        let (width, height) = sheet.size();
        [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]].into_iter().all(|corner| {
            let [x, y] = self.forth.apply(corner);
            self.forth.is_before(corner) && x >= 0.0 && y >= 0.0 && x <= self.width as f32 && y <= self.height as f32
        })
    }

    /// Pixels of a millimetre in the middle of the picture.
    pub(super) fn per_mm(&self) -> f32 {
        self.per_mm
    }

    /// The sheet as seen from here; the grid of its pixels, if it is a screen, has this contrast.
    pub(super) fn seen(&self, sheet: &Sheet, grid: f32) -> Sheet {
        let canvas = Canvas { width: self.width, height: self.height, per_mm: self.per_mm, around: TABLE, grid };
        project(sheet, &canvas, &self.forth)
    }

    /// The same pose after a movement of the hand.
    pub(super) fn moved(&self, by: [f32; 2], degrees: f32) -> Pose {
        let middle = [self.width as f32 / 2.0, self.height as f32 / 2.0];
        let about = ProjectiveMap::scale(1.0, [middle[0] + by[0], middle[1] + by[1]])
            .after(&ProjectiveMap::turn(degrees).after(&ProjectiveMap::scale(1.0, [-middle[0], -middle[1]])));
        Pose { forth: about.after(&self.forth), ..*self }
    }
}
