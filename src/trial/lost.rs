//! What did not arrive: codes, sheets, corners, strips.

use super::chance::Chance;
use super::harm::{Harm, Strengths};
use super::sheet::{Sheet, TABLE};

/// Codes lost, each by a chance of its own.
pub const LOSS: Harm = Harm::of("loss", "%", 100.0, [10.0, 30.0, 60.0]);
/// Codes lost, exactly so many of a hundred.
pub const PACK: Harm = Harm::of("pack", "%", 100.0, [10.0, 30.0, 50.0]);
/// Codes or pictures lost one after the other, eight at a time on the mean; so many of a hundred in all.
pub const BURST: Harm = Harm::of("burst", "%", 88.0, [10.0, 30.0, 60.0]);
/// Whole sheets lost, each by a chance of its own.
pub const SHEETS: Harm = Harm::of("sheets-lost", "%", 100.0, [10.0, 30.0, 60.0]);
/// A corner torn off, of so many hundredths of the sheet.
pub const TORN: Harm = Harm::of("torn", "%", 80.0, [10.0, 25.0, 50.0]);
/// A strip lost at an edge, so wide.
pub const STRIP: Harm = Harm::of("strip", "mm", 100.0, [5.0, 15.0, 40.0]);

/// All of them.
pub const ALL: &[Harm] = &[LOSS, PACK, BURST, SHEETS, TORN, STRIP];

/// Mean length of a burst, in codes.
const BURST_LENGTH: f32 = 8.0;

/// Loses.
pub fn apply(sheets: &mut Vec<Sheet>, strengths: &Strengths, chance: &mut Chance) {
    let percent = strengths.of(&LOSS);
    if percent > 0.0 {
        take_away(sheets, |_| chance.happens(percent));
    }
    let codes: usize = sheets.iter().map(|sheet| sheet.codes.len()).sum();
    let gone = (strengths.of(&PACK) / 100.0 * codes as f32).round() as usize;
    if gone > 0 {
        let mut order: Vec<usize> = (0..codes).collect();
        chance.shuffle(&mut order);
        let gone: Vec<usize> = order.into_iter().take(gone).collect();
        take_away(sheets, |number| gone.contains(&number));
    }
    let burst = strengths.of(&BURST) / 100.0;
    if burst > 0.0 {
        let mut lost = chance.unit() < burst;
        take_away(sheets, |_| {
            let was = lost;
            // A two-state Markov chain: leaves a burst with probability 1/length, enters one so that the share is
            // right.
            let turn = if lost { 1.0 } else { burst / (1.0 - burst) } / BURST_LENGTH;
            lost ^= chance.unit() < turn;
            was
        });
    }
    let percent = strengths.of(&SHEETS);
    sheets.retain(|_| !chance.happens(percent));
    for sheet in sheets {
        if strengths.of(&TORN) > 0.0 {
            tear(sheet, strengths.of(&TORN), chance.below(4), chance);
        }
        if strengths.of(&STRIP) > 0.0 {
            strip(sheet, strengths.of(&STRIP), chance.below(4), chance);
        }
    }
}

/// White paper where codes were.
fn take_away(sheets: &mut [Sheet], mut gone: impl FnMut(usize) -> bool) {
    let mut number = 0;
    for sheet in sheets {
        for at in 0..sheet.codes.len() {
            let lost = gone(number);
            number += 1;
            let Some(place) = sheet.codes.get_mut(at).filter(|_| lost) else { continue };
            place.whole = false;
            let corners = place.corners;
            let bounds = |axis: usize| {
                let along = corners.iter().filter_map(move |corner| corner.get(axis)).copied();
                (along.clone().fold(f32::MAX, f32::min) - 1.0, along.fold(f32::MIN, f32::max) + 1.0)
            };
            sheet.grey.change_some(bounds(1), bounds(0), |_, _, pixel| *pixel = 255);
        }
    }
}

/// Tears a corner off, along a ragged line: 0 upper left, 1 upper right, 2 lower left, 3 lower right.
pub fn tear(sheet: &mut Sheet, percent: f32, corner: usize, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let (right, low) = (corner % 2 == 1, corner >= 2);
    // The line runs askew through the corner's point of so many hundredths.
    let side = (percent / 100.0).sqrt();
    let (slant, ragged) = (chance.between(-0.05, 0.05), ragged(chance, 0.8 * sheet.per_mm, width.max(height)));
    sheet.lose(TABLE, |x, y| {
        let u = if right { width - x } else { x };
        let v = if low { height - y } else { y };
        u + slant * (v - side * height) + ragged(v) < side * width
            && v + slant * (u - side * width) + ragged(u) < side * height
    });
}

/// Takes a strip off at an edge: 0 left, 1 top, 2 right, 3 bottom.
pub fn strip(sheet: &mut Sheet, mm: f32, edge: usize, chance: &mut Chance) {
    let (width, height) = sheet.size();
    let (wide, ragged) = (mm * sheet.per_mm, ragged(chance, 0.4 * sheet.per_mm, width.max(height)));
    sheet.lose(TABLE, |x, y| match edge {
        0 => x + ragged(y) < wide,
        1 => y + ragged(x) < wide,
        2 => width - x + ragged(y) < wide,
        _ => height - y + ragged(x) < wide,
    });
}

/// A line that is not straight, for so many pixels: waves of several lengths, about so many pixels high.
pub fn ragged(chance: &mut Chance, high: f32, length: f32) -> impl Fn(f32) -> f32 + use<> {
    let high = high.max(0.1);
    let mut waves =
        |n: i32| (high / (n + 1) as f32, chance.between(0.1, 0.3) * 1.9f32.powi(n) / high, chance.unit() * 6.3);
    let waves: Vec<(f32, f32, f32)> = (0..7).map(&mut waves).collect();
    let line = (0..=length.max(0.0) as usize)
        .map(|at| waves.iter().map(|(high, often, from)| high * (at as f32 * often + from).sin()).sum());
    let line: Vec<f32> = line.collect();
    move |at| line.get(at.max(0.0) as usize).or(line.last()).copied().unwrap_or_default()
}
