//! What photocopiers do, once and again: askew, soft, too dark or too light, specks and dirt.

use super::chance::Chance;
use super::filter::blur;
use super::harm::{Harm, Strengths};
use super::sheet::Sheet;
use super::warp::{Canvas, ProjectiveMap, project};

/// Copies of copies.
pub const COPIES: Harm = Harm::counted("copies", 20.0, [1.0, 2.0, 4.0]);
/// How far a copy is too light or too dark, in greys: either, by chance up to this.
pub const EXPOSURE: Harm = Harm::usually("exposure", "grey", (0.0, 120.0), 30.0, [20.0, 50.0, 90.0]);
/// How far a copy is turned, at most.
pub const SKEW: Harm = Harm::usually("skew", "°", (0.0, 20.0), 0.7, [0.5, 2.0, 5.0]);
/// Specks of toner, and of toner missing, in each square centimetre.
pub const SPECKLE: Harm = Harm::usually("speckle", "/cm²", (0.0, 200.0), 1.5, [2.0, 10.0, 40.0]);
/// Specks of dirt and hairs on the glass, on each sheet.
pub const DIRT: Harm = Harm::usually("dirt", "", (0.0, 200.0), 6.0, [10.0, 30.0, 80.0]);

/// All of them.
pub const ALL: &[Harm] = &[COPIES, EXPOSURE, SKEW, SPECKLE, DIRT];

/// Blur of a copier, deviation in mm.
const SOFT_MM: f32 = 0.055;

/// Copies as often as asked; once where only another harm is.
pub fn apply(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    let times = if strengths.has(&COPIES) { strengths.of(&COPIES) } else { 1.0 };
    for _ in 0..times.round() as usize {
        copy(sheet, strengths, chance);
    }
}

/// One generation.
pub fn copy(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let skew = strengths.of(&SKEW);
    let (turn, scale) = (chance.between(-skew, skew), chance.between(0.993, 1.003));
    let shift = [chance.between(-1.0, 1.0) * sheet.per_mm, chance.between(-1.0, 1.0) * sheet.per_mm];
    let to_middle = ProjectiveMap::scale(1.0, [-width / 2.0, -height / 2.0]);
    let from_middle = ProjectiveMap::scale(scale, [width / 2.0 + shift[0], height / 2.0 + shift[1]]);
    let forth = from_middle.after(&ProjectiveMap::turn(turn).after(&to_middle));
    *sheet = project(sheet, &Canvas::like(sheet, 245), &forth);
    sheet.grey = blur(&sheet.grey, SOFT_MM * sheet.per_mm);
    // A steep tone curve, so that grey paper turns white: edges move with the exposure, as ink spreads or wears off.
    let middle = 128.0 + chance.between(-1.0, 1.0) * strengths.of(&EXPOSURE);
    sheet.tone(|grey| 250.0 / (1.0 + (-(grey - middle) / 16.0).exp()) + 3.0);
    speckle(sheet, strengths.of(&SPECKLE), chance);
    dirt(sheet, strengths.of(&DIRT), chance);
}

/// Specks of a fifth of a millimetre, dark and light.
pub fn speckle(sheet: &mut Sheet, per_square_cm: f32, chance: &mut Chance) {
    for _ in 0..chance.count(per_square_cm * sheet.square_cm()) {
        let [x, y] = sheet.anywhere(chance);
        let (half, grey) = (chance.between(0.03, 0.12) * sheet.per_mm, if chance.below(3) == 0 { 250 } else { 20 });
        sheet.grey.change_some((y - half, y + half), (x - half, x + half), |_, _, pixel| *pixel = grey);
    }
}

/// Dirt: dots up to a millimetre, and hairs.
pub fn dirt(sheet: &mut Sheet, mean: f32, chance: &mut Chance) {
    for _ in 0..chance.count(mean) {
        let [x, y] = sheet.anywhere(chance);
        let hair = chance.below(4) == 0;
        let (points, step) = if hair { (8, 1.2 * sheet.per_mm) } else { (2, 0.3 * sheet.per_mm) };
        let mut pipeline = chance.unit() * std::f32::consts::TAU;
        let mut line = vec![[x, y]];
        for _ in 1..points {
            pipeline += chance.between(-0.7, 0.7);
            let [x, y] = line.last().copied().unwrap_or_default();
            line.push([x + step * pipeline.cos(), y + step * pipeline.sin()]);
        }
        let width = if hair { 0.15 } else { chance.between(0.2, 0.9) } * sheet.per_mm;
        sheet.stroke(&line, width.max(1.0), 35);
    }
}
