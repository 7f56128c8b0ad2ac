//! What hands, pockets and weather do to paper.

use super::chance::Chance;
use super::filter::blur;
use super::harm::{Harm, Strengths};
use super::lost::ragged;
use super::printed;
use super::sheet::{Sheet, TABLE};
use super::value_noise::ValueNoise;
use super::warp::shift;

/// Creases: 1 in half, 2 in thirds, then across as well, up to sixteen parts.
pub const FOLDS: Harm = Harm::counted("folds", 6.0, [1.0, 2.0, 4.0]);
/// Width over which ink is worn off along a crease.
pub const WEAR: Harm = Harm::usually("fold-wear", "mm", (0.0, 5.0), 0.35, [0.3, 0.8, 2.0]);
/// How high a crease stands when the paper lies open again.
pub const RISE: Harm = Harm::usually("fold-rise", "mm", (0.0, 40.0), 4.0, [3.0, 8.0, 20.0]);
/// Height of the ridges of paper that was crumpled and smoothed.
pub const CRUMPLE: Harm = Harm::of("crumple", "mm", 6.0, [0.5, 1.2, 2.5]);
/// How high the edges of curled paper stand.
pub const CURL: Harm = Harm::of("curl", "mm", 60.0, [5.0, 15.0, 35.0]);
/// Stains of tea, in percent of the sheet.
pub const TEA: Harm = Harm::of("tea", "%", 90.0, [5.0, 20.0, 50.0]);
/// Ink that ran where the paper was damp.
pub const DAMP: Harm = Harm::of("damp", "mm", 0.6, [0.05, 0.12, 0.25]);
/// Edges worn away.
pub const WORN: Harm = Harm::of("worn", "mm", 20.0, [1.0, 3.0, 8.0]);
/// Strokes of pen and pencil, about 8 cm each.
pub const STROKES: Harm = Harm::counted("strokes", 60.0, [2.0, 6.0, 20.0]);
/// Staples.
pub const STAPLES: Harm = Harm::counted("staples", 20.0, [1.0, 3.0, 8.0]);

/// All of them.
pub const ALL: &[Harm] = &[FOLDS, WEAR, RISE, CRUMPLE, CURL, TEA, DAMP, WORN, STROKES, STAPLES];

/// Distance of the eye in mm: raised paper is shifted outwards.
const EYE_MM: f32 = 260.0;
/// How much higher a crease is than its two sides would meet, as a share of its height, and how far that reaches.
const ROUND: f32 = 0.3;
const ROUND_MM: f32 = 3.0;
/// How much a slope of 1 is lighter or darker than the flat.
const SHADE: f32 = 0.55;

/// Carries.
pub fn apply(sheet: &mut Sheet, strengths: &Strengths, chance: &mut Chance) {
    if strengths.of(&DAMP) > 0.0 {
        damp(sheet, strengths.of(&DAMP), chance);
    }
    if strengths.of(&TEA) > 0.0 {
        stain(sheet, strengths.of(&TEA), chance);
    }
    for number in 0..strengths.of(&STROKES).round() as usize {
        stroke(sheet, number % 2 == 1, chance);
    }
    for _ in 0..strengths.of(&STAPLES).round() as usize {
        staple(sheet, chance);
    }
    let worn_folds = strengths.has(&WEAR) || strengths.has(&RISE);
    let folds = if strengths.has(&FOLDS) { strengths.of(&FOLDS) } else { f32::from(u8::from(worn_folds)) * 2.0 };
    let creases = creases(sheet, folds.round() as usize, chance);
    for crease in &creases {
        wear(sheet, *crease, strengths.of(&WEAR), chance);
    }
    let (crumple, curl) = (strengths.of(&CRUMPLE), strengths.of(&CURL));
    if !creases.is_empty() || crumple > 0.0 || curl > 0.0 {
        let folded = relief_of_folds(sheet, &creases, strengths.of(&RISE), chance);
        let crumpled = relief_of_crumples(sheet, crumple, chance);
        let curled = relief_of_curl(sheet, curl, chance);
        raise(sheet, |x, y| folded(x, y) + crumpled(x, y) + curled(x, y), chance);
    }
    if strengths.of(&WORN) > 0.0 {
        fray(sheet, strengths.of(&WORN), chance);
    }
}

/// A crease: whether it runs from top to bottom, and where, in pixels.
type Crease = (bool, f32);

/// The creases of a number of folds, with some inaccuracy.
fn creases(sheet: &Sheet, folds: usize, chance: &mut Chance) -> Vec<Crease> {
    let (width, height) = sheet.size();
    let (long, short): (&[f32], &[f32]) = match folds {
        0 => (&[], &[]),
        1 => (&[0.5], &[]),
        2 => (&[1.0 / 3.0, 2.0 / 3.0], &[]),
        3 => (&[1.0 / 3.0, 2.0 / 3.0], &[0.5]),
        4 => (&[0.25, 0.5, 0.75], &[0.5]),
        5 => (&[0.25, 0.5, 0.75], &[1.0 / 3.0, 2.0 / 3.0]),
        _ => (&[0.25, 0.5, 0.75], &[0.25, 0.5, 0.75]),
    };
    // The long side is folded first.
    let (across, down) = if width > height { (short, long) } else { (long, short) };
    let mut off = || chance.between(-1.5, 1.5) * sheet.per_mm;
    let across: Vec<Crease> = across.iter().map(|part| (false, part * height + off())).collect();
    across.into_iter().chain(down.iter().map(|part| (true, part * width + off()))).collect()
}

/// Along a crease ink is worn off, here more and there less, and the paper's edge shows as a thin line.
fn wear(sheet: &mut Sheet, (down, at): Crease, mm: f32, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let length = if down { height } else { width };
    let (bend, wide) = (ragged(chance, 0.15 * sheet.per_mm, length), mm * sheet.per_mm);
    let much = ragged(chance, 0.5, length);
    let (reach, edge) = (wide + sheet.per_mm, (0.08 * sheet.per_mm).max(0.6));
    let (rows, columns) =
        if down { ((0.0, height), (at - reach, at + reach)) } else { ((at - reach, at + reach), (0.0, width)) };
    sheet.grey.change_some(rows, columns, |x, y, pixel| {
        let (along, across) = if down { (y, x - at) } else { (x, y - at) };
        let off = (across + bend(along)).abs();
        if off < wide * (0.5 + 0.35 * much(along)).max(0.0) {
            *pixel = 255 - (f32::from(255 - *pixel) * 0.18) as u8;
        }
        if off < edge {
            *pixel = (f32::from(*pixel) * 0.72) as u8;
        }
    });
}

/// Heights in mm of a folded sheet that lies open: ridge, valley, ridge.
fn relief_of_folds(
    sheet: &Sheet,
    creases: &[Crease],
    rise: f32,
    chance: &mut Chance,
) -> impl Fn(f32, f32) -> f32 + use<> {
    let (width, height) = sheet.size();
    let mut profile = |down: bool, length: f32| {
        let mut knots = vec![(0.0, chance.between(0.0, 0.4) * rise)];
        let own = creases.iter().filter(|(other, _)| *other == down);
        knots.extend(
            own.enumerate().map(|(n, (_, at))| (*at, if n % 2 == 0 { rise * chance.between(0.7, 1.3) } else { 0.0 })),
        );
        knots.push((length, chance.between(0.0, 0.4) * rise));
        let flat = knots.len() == 2;
        // Paper bends round near a crease, outwards and inwards by turns.
        let bends: Vec<(f32, f32)> = knots
            .iter()
            .skip(1)
            .take(knots.len() - 2)
            .zip([1.0, -1.0].into_iter().cycle())
            .map(|((at, _), pipeline)| (*at, pipeline * rise * ROUND))
            .collect();
        let round = ROUND_MM * sheet.per_mm;
        move |at: f32| {
            let at = at.clamp(0.0, length);
            let bent: f32 = bends.iter().map(|(crease, high)| high * (-(at - crease).abs() / round).exp()).sum();
            let pair = knots.windows(2).find(|pair| matches!(pair, [_, (end, _)] if at <= *end));
            match pair {
                Some([(from, low), (to, high)]) if !flat => {
                    bent + low + (high - low) * (at - from) / (to - from).max(1.0)
                }
                _ => 0.0,
            }
        }
    };
    let (across, down) = (profile(false, height), profile(true, width));
    move |x, y| across(y) + down(x)
}

/// Heights in mm of paper that was crumpled: facets between sharp ridges.
fn relief_of_crumples(sheet: &Sheet, mm: f32, chance: &mut Chance) -> impl Fn(f32, f32) -> f32 + use<> {
    let (width, height) = (sheet.grey.width(), sheet.grey.height());
    let mut field = |step_mm: f32| ValueNoise::new(chance, width, height, step_mm * sheet.per_mm);
    let (large, middle, small) = (field(38.0), field(17.0), field(8.0));
    move |x, y| mm * (large.at(x, y).abs() * 1.6 + middle.at(x, y).abs() * 0.7 + small.at(x, y).abs() * 0.25)
}

/// Heights in mm of curled paper: two opposite edges stand up.
fn relief_of_curl(sheet: &Sheet, mm: f32, chance: &mut Chance) -> impl Fn(f32, f32) -> f32 + use<> {
    let (width, height) = sheet.size();
    let down = chance.below(2) == 1;
    move |x, y| {
        let at = if down { y / height } else { x / width } * 2.0 - 1.0;
        mm * at * at
    }
}

/// Gives paper heights, in mm: slopes are lighter and darker, and what stands up is seen further out.
fn raise(sheet: &mut Sheet, height_mm: impl Fn(f32, f32) -> f32, chance: &mut Chance) {
    let (width, height) = (sheet.grey.width(), sheet.grey.height());
    let step = sheet.per_mm;
    let relief = ValueNoise::of(width, height, step, height_mm);
    let pipeline = chance.unit() * std::f32::consts::TAU;
    // A step is a millimetre: differences of heights are slopes.
    let slope = |x: f32, y: f32| {
        let here = relief.at(x, y);
        (relief.at(x + step, y) - here) * pipeline.cos() + (relief.at(x, y + step) - here) * pipeline.sin()
    };
    let shades = ValueNoise::of(width, height, step, |x, y| 1.0 + SHADE * slope(x, y).clamp(-0.8, 0.6));
    sheet.light(|y| shades.row(y as f32, width));
    let middle = [width as f32 / 2.0, height as f32 / 2.0];
    *sheet = shift(sheet, TABLE, |[x, y]| {
        let nearer = relief.at(x, y) / EYE_MM;
        [(middle[0] - x) * nearer, (middle[1] - y) * nearer]
    });
}

/// Stains: rounds that are darker, with a darker rim, on so many hundredths of the sheet.
fn stain(sheet: &mut Sheet, percent: f32, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let count = 2 + chance.below(4);
    let radius = (percent / 100.0 * width * height / count as f32 / std::f32::consts::PI).sqrt();
    let rounds: Vec<([f32; 2], f32)> =
        (0..count).map(|_| (sheet.anywhere(chance), radius * chance.between(0.75, 1.2))).collect();
    let (columns, step) = (sheet.grey.width(), 0.5 * sheet.per_mm);
    let uneven = ValueNoise::new(chance, columns, sheet.grey.height(), 9.0 * sheet.per_mm);
    let shades = ValueNoise::of(columns, sheet.grey.height(), step, |x, y| {
        let shade = |([cx, cy], radius): &([f32; 2], f32)| {
            let off = (x - cx).hypot(y - cy) / radius + 0.12 * uneven.at(x, y);
            let rim = ((off - 0.97) / 0.035).powi(2);
            if off < 1.0 { 0.83 - 0.17 * (-rim).exp() } else { 1.0 - 0.17 * (-rim).exp() }
        };
        rounds.iter().map(shade).product()
    });
    sheet.light(|y| shades.row(y as f32, columns));
}

/// Ink that ran in damp places, and dried grey around them.
fn damp(sheet: &mut Sheet, mm: f32, chance: &mut Chance) {
    let (width, height) = (sheet.grey.width(), sheet.grey.height());
    let mut run = sheet.clone();
    printed::spread(&mut run, mm);
    run.grey = blur(&run.grey, mm * sheet.per_mm * 0.8);
    let places = ValueNoise::new(chance, width, height, 45.0 * sheet.per_mm);
    let mut rows = run.grey.rows();
    sheet.grey.change(|y, row| {
        let wet = places.row(y as f32, width);
        let run = rows.next().unwrap_or_default();
        row.iter_mut().zip(run).zip(wet).for_each(|((pixel, run), wet)| {
            let wet = (wet * 2.5 + 0.9).clamp(0.0, 1.0);
            let mixed = f32::from(*pixel) * (1.0 - wet) + f32::from(*run) * wet;
            *pixel = (mixed * (1.0 - 0.06 * wet)) as u8;
        });
    });
}

/// Edges worn away, corners first, and grey with dirt beside that.
fn fray(sheet: &mut Sheet, mm: f32, chance: &mut Chance) {
    let ((width, height), wide) = (sheet.size(), mm * sheet.per_mm);
    let ragged = ragged(chance, 0.45 * wide, width + height);
    let off = |x: f32, y: f32| {
        let (u, v) = (x.min(width - x), y.min(height - y));
        // Corners are rounded.
        let corner = (u + v) / 2.2;
        u.min(v).min(corner) + ragged(x + y)
    };
    let shades = ValueNoise::of(sheet.grey.width(), sheet.grey.height(), sheet.per_mm, |x, y| {
        1.0 - 0.25 * (-off(x, y).max(0.0) / (2.0 * wide)).exp()
    });
    let columns = sheet.grey.width();
    sheet.light(|y| shades.row(y as f32, columns));
    sheet.lose(TABLE, |x, y| x.min(width - x).min(y).min(height - y) < 4.0 * wide && off(x, y) < 0.6 * wide);
}

/// A stroke of a pen, or of a pencil.
fn stroke(sheet: &mut Sheet, pencil: bool, chance: &mut Chance) {
    let mut line = vec![sheet.anywhere(chance)];
    let (mut pipeline, bend) = (chance.unit() * std::f32::consts::TAU, chance.between(-0.15, 0.15));
    for _ in 0..40 {
        pipeline += bend + chance.between(-0.2, 0.2);
        let [x, y] = line.last().copied().unwrap_or_default();
        line.push([x + 2.0 * sheet.per_mm * pipeline.cos(), y + 2.0 * sheet.per_mm * pipeline.sin()]);
    }
    let (mm, grey) = if pencil { (0.7, 125) } else { (0.5, 35) };
    sheet.stroke(&line, mm * sheet.per_mm, grey);
}

/// A staple: 12 mm of wire that shines along its middle.
fn staple(sheet: &mut Sheet, chance: &mut Chance) {
    let [x, y] = sheet.anywhere(chance);
    let (sin, cos) = chance.between(0.0, std::f32::consts::TAU).sin_cos();
    let end = [x + 12.0 * sheet.per_mm * cos, y + 12.0 * sheet.per_mm * sin];
    sheet.stroke(&[[x, y], end], 0.7 * sheet.per_mm, 70);
    let half = 0.12 * sheet.per_mm;
    let (left, right) = (x.min(end[0]) - half, x.max(end[0]) + half);
    let (top, bottom) = (y.min(end[1]) - half, y.max(end[1]) + half);
    sheet.grey.change_some((top, bottom), (left, right), |px, py, pixel| {
        if ((px - x) * sin - (py - y) * cos).abs() <= half {
            *pixel = 225;
        }
    });
}
