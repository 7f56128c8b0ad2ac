//! What printers do: dots, ink that spreads or is missing, margins.

use super::chance::Chance;
use super::filter::blur;
use super::harm::{Harm, Strengths};
use super::sheet::Sheet;
use super::value_noise::ValueNoise;
use super::warp::{Canvas, ProjectiveMap, project};

/// Dots an inch, each black or white; as fine as the sheet itself where nothing is asked for.
pub const DPI: Harm = Harm::usually("dpi", "dpi", (72.0, 600.0), 600.0, [600.0, 300.0, 150.0]);
/// The size of what is printed, in hundredths; it stands in the middle of as large a sheet.
pub const SCALE: Harm = Harm::usually("scale", "%", (30.0, 100.0), 100.0, [97.0, 94.0, 70.0]);
/// What the printer leaves white at every edge.
pub const CLIP: Harm = Harm::of("clip", "mm", 40.0, [5.0, 10.0, 20.0]);
/// How far ink spreads over the edges of what is black.
pub const DOT_GAIN: Harm = Harm::of("dot-gain", "mm", 0.3, [0.04, 0.08, 0.14]);
/// Toner that is missing, in patches.
pub const TONER: Harm = Harm::of("toner", "%", 100.0, [20.0, 45.0, 70.0]);
/// Bands across the sheet, lighter by so much, one each 9 mm.
pub const BANDING: Harm = Harm::of("banding", "%", 100.0, [20.0, 40.0, 70.0]);
/// White lines of a clogged nozzle, 0.2 mm wide, so many in 100 mm.
pub const CLOGGED: Harm = Harm::of("clogged", "/100 mm", 100.0, [3.0, 8.0, 20.0]);
/// Draft mode: dots left out, in a fixed order.
pub const DRAFT: Harm = Harm::of("draft", "%", 90.0, [25.0, 50.0, 70.0]);

/// All of them.
pub const ALL: &[Harm] = &[DPI, SCALE, CLIP, DOT_GAIN, TONER, BANDING, CLOGGED, DRAFT];

/// Dots of a draft, an inch.
const DRAFT_DPI: f32 = 150.0;

/// Prints.
pub fn apply(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    let scale = strengths.of(&SCALE) / 100.0;
    if scale < 1.0 {
        *sheet = smaller(sheet, scale);
    }
    if strengths.of(&CLIP) > 0.0 {
        clip(sheet, strengths.of(&CLIP));
    }
    if strengths.has(&DPI) {
        *sheet = dots(sheet, strengths.of(&DPI));
    }
    if strengths.of(&DRAFT) > 0.0 {
        draft(sheet, strengths.of(&DRAFT));
    }
    if strengths.of(&TONER) > 0.0 {
        starve(sheet, strengths.of(&TONER), chance);
    }
    if strengths.of(&BANDING) > 0.0 {
        band(sheet, strengths.of(&BANDING), chance);
    }
    if strengths.of(&CLOGGED) > 0.0 {
        clog(sheet, strengths.of(&CLOGGED), chance);
    }
    if strengths.of(&DOT_GAIN) > 0.0 {
        spread(sheet, strengths.of(&DOT_GAIN));
    }
}

/// Smaller, in the middle.
pub fn smaller(sheet: &Sheet, scale: f32) -> Sheet {
    let (width, height) = sheet.size();
    let forth = ProjectiveMap::scale(scale, [width * (1.0 - scale) / 2.0, height * (1.0 - scale) / 2.0]);
    project(sheet, &Canvas::like(sheet, 255), &forth)
}

/// White at every edge.
pub fn clip(sheet: &mut Sheet, mm: f32) {
    let ((width, height), wide) = (sheet.size(), mm * sheet.per_mm);
    sheet.lose(255, |x, y| x.min(y).min(width - x).min(height - y) < wide);
}

/// Dots of black and white, so many an inch, each as most of its place on the sheet is; their edges are soft.
pub fn dots(sheet: &Sheet, dpi: f32) -> Sheet {
    let finer = dpi / 25.4 / sheet.per_mm;
    let at =
        |canvas: Canvas, scale: f32, from: &Sheet| project(from, &canvas, &ProjectiveMap::scale(scale, [0.0, 0.0]));
    let (width, height) = sheet.size();
    let raster = Canvas {
        width: (width * finer).round() as usize,
        height: (height * finer).round() as usize,
        per_mm: dpi / 25.4,
        around: 255,
        grid: 0.0,
    };
    let mut fine = at(raster, finer, sheet);
    fine.tone(|grey| if grey < 128.0 { 0.0 } else { 255.0 });
    fine.grey = blur(&fine.grey, 0.35);
    at(Canvas::like(sheet, 255), 1.0 / finer, &fine)
}

/// Ink that spreads: the edge of what is black moves outwards.
pub fn spread(sheet: &mut Sheet, mm: f32) {
    let deviation = (mm * sheet.per_mm).max(0.6);
    sheet.grey = blur(&sheet.grey, deviation);
    // Across an edge the blurred grey is a normal distribution function; the level at this distance becomes the new
    // edge.
    let edge = 255.0 * sum_of_bell(mm * sheet.per_mm / deviation);
    // Steep enough that paper stays white.
    let steep = (127.5 / (255.0 - edge)).max(2.2);
    sheet.tone(|grey| 127.5 + (grey - edge) * steep);
}

/// The part of a bell below so many deviations, by a logistic curve; within a hundredth.
fn sum_of_bell(deviations: f32) -> f32 {
    1.0 / (1.0 + (-1.702 * deviations).exp())
}

/// Toner that is missing in patches, and in specks within them.
pub fn starve(sheet: &mut Sheet, percent: f32, chance: &mut Chance) {
    let (width, height) = (sheet.grey.width(), sheet.grey.height());
    let (wide, fine) = (18.0 * sheet.per_mm, 0.35 * sheet.per_mm);
    let (patches, specks) =
        (ValueNoise::new(chance, width, height, wide), ValueNoise::new(chance, width, height, fine));
    let part = percent / 100.0;
    sheet.thin(|y| {
        let patches = patches.row(y as f32, width);
        let specks = specks.row(y as f32, width);
        let thinner = |(patch, speck): (f32, f32)| {
            let weak = part * (0.65 + 0.35 * patch);
            weak * 0.75 + if speck * 0.5 + 0.5 < weak * 0.6 { weak * 0.6 } else { 0.0 }
        };
        patches.into_iter().zip(specks).map(thinner).collect()
    });
}

/// Lighter bands across.
pub fn band(sheet: &mut Sheet, percent: f32, chance: &mut Chance) {
    let (width, period, from) = (sheet.grey.width(), 9.0 * sheet.per_mm, chance.unit());
    sheet.thin(|y| {
        let wave = ((y as f32 / period + from) * std::f32::consts::TAU).sin() * 0.5 + 0.5;
        vec![percent / 100.0 * wave * wave; width]
    });
}

/// White lines along the way of the print head.
pub fn clog(sheet: &mut Sheet, per_100_mm: f32, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let mut lines: Vec<f32> =
        (0..chance.count(per_100_mm * height / sheet.per_mm / 100.0)).map(|_| chance.unit() * height).collect();
    lines.sort_by(f32::total_cmp);
    let half = (0.1 * sheet.per_mm).max(0.5);
    for line in lines {
        sheet.grey.change_some((line - half, line + half), (0.0, width), |_, _, pixel| {
            *pixel = 255 - (255 - *pixel) / 6;
        });
    }
}

/// Draft mode: a share of the dots is left out, in the order of a matrix of four by four.
pub fn draft(sheet: &mut Sheet, percent: f32) {
    const ORDER: [[f32; 4]; 4] =
        [[0.0, 8.0, 2.0, 10.0], [12.0, 4.0, 14.0, 6.0], [3.0, 11.0, 1.0, 9.0], [15.0, 7.0, 13.0, 5.0]];
    let dot = sheet.per_mm * 25.4 / DRAFT_DPI;
    let width = sheet.grey.width();
    sheet.thin(|y| {
        let row = ORDER.get((y as f32 / dot) as usize % 4).copied().unwrap_or_default();
        let out = |x: usize| {
            let order = row.get((x as f32 / dot) as usize % 4).copied().unwrap_or_default();
            if (order + 0.5) / 16.0 * 100.0 < percent { 0.85 } else { 0.0 }
        };
        (0..width).map(out).collect()
    });
}
