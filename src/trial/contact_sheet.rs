//! Contact sheets: every harm of a kind, at three strengths, to be looked at.

use super::chance::Chance;
use super::harm::Harm;
use super::harm_kinds::HarmKind;
use super::lost::{BURST, SHEETS};
use super::photographed::MEGAPIXELS;
use super::pipeline::Pipeline;
use super::run::harmed;
use super::sheet::Sheet;
use super::specimen::Specimen;
use super::warp::{Canvas, ProjectiveMap, project};
use crate::optics::raster::Grey;

/// Width and height of a picture on a contact sheet, and the gap between two, in pixels.
const TILE: (usize, usize) = (168, 168);
const GAP: usize = 8;
/// Greys that are told apart: fewer make smaller files.
const GREYS: f32 = 15.0;

/// Harms in a row.
const IN_A_ROW: usize = 2;
/// Harms of single dots, seen from near; the others are seen whole.
const NEAR: [&str; 19] = [
    "dpi",
    "dot-gain",
    "toner",
    "banding",
    "clogged",
    "draft",
    "copies",
    "exposure",
    "skew",
    "speckle",
    "megapixels",
    "defocus",
    "motion",
    "noise",
    "jpeg",
    "smoothing",
    "halo",
    "moire",
    "video",
];
/// Sheets of which some are lost, where that is shown.
const STACK: usize = 12;

/// The contact sheet of a kind: its harms in order, two in a row, each at its three strengths, the gentlest on the
/// left.
pub fn sheet(kind: HarmKind, specimen: &Specimen) -> Grey {
    let tiles = kind.harms().iter().flat_map(|harm| harm.shown.map(|strength| tile(kind, harm, strength, specimen)));
    let (columns, rows) = (3 * IN_A_ROW, kind.harms().len().div_ceil(IN_A_ROW));
    let mut all = Grey::blank(columns * (TILE.0 + GAP) + GAP, rows * (TILE.1 + GAP) + GAP, 255);
    for (number, tile) in tiles.enumerate() {
        all.paste(&tile, GAP + number % columns * (TILE.0 + GAP), GAP + number / columns * (TILE.1 + GAP));
    }
    all.change(|_, row| {
        row.iter_mut().for_each(|pixel| *pixel = ((f32::from(*pixel) / 255.0 * GREYS).round() / GREYS * 255.0) as u8);
    });
    all
}

/// What a harm does, at one strength.
fn tile(kind: HarmKind, harm: &'static Harm, strength: f32, specimen: &Specimen) -> Grey {
    let mut pipeline = Pipeline { names: Vec::new(), carrier: None, stages: Vec::new() };
    pipeline.set(kind, harm, strength);
    if kind == HarmKind::Filmed {
        pipeline.set(HarmKind::Photographed, &MEGAPIXELS, 1.0);
    }
    let mut sheets = specimen.sheets.clone();
    if harm.name == SHEETS.name || harm.name == BURST.name {
        sheets = sheets.into_iter().cycle().take(STACK).collect();
    }
    let mut seen = Vec::new();
    let mut chance = Chance::of(&[5, strength.to_bits().into()]);
    harmed(sheets, &specimen.known, &pipeline.stages, &mut chance, &mut |sheet, _| seen.push(sheet.clone()));
    let sheets = seen;
    match kind {
        // Of a film a picture from its middle.
        HarmKind::Filmed => {
            sheets.get(sheets.len() / 2).map_or_else(nothing, |sheet| shown(sheet, NEAR.contains(&harm.name)))
        }
        _ if sheets.len() == 1 => sheets.first().map_or_else(nothing, |sheet| shown(sheet, NEAR.contains(&harm.name))),
        _ => several(&sheets),
    }
}

fn nothing() -> Grey {
    Grey::blank(TILE.0, TILE.1, 255)
}

/// Sheets side by side, as small as they have to be.
fn several(sheets: &[Sheet]) -> Grey {
    let across = (1..).find(|across| across * across >= sheets.len()).unwrap_or(1).max(1);
    let side = TILE.0 / across;
    let mut all = nothing();
    for (number, sheet) in sheets.iter().enumerate() {
        let (width, height) = sheet.size();
        let scale = (side as f32 - 4.0) / width.max(height);
        let canvas = Canvas { width: side, height: side, per_mm: 1.0, around: 255, grid: 0.0 };
        let forth = ProjectiveMap::scale(scale, [2.0, 2.0]);
        let mut small = project(sheet, &canvas, &forth);
        let (right, bottom) = (2.0 + width * scale, 2.0 + height * scale);
        small.stroke(&[[1.0, 1.0], [right, 1.0], [right, bottom], [1.0, bottom], [1.0, 1.0]], 1.0, 150);
        all.paste(&small.grey, number % across * side, number / across * side);
    }
    all
}

/// A sheet as a tile: all of it, or the corner of a code from near.
fn shown(sheet: &Sheet, near: bool) -> Grey {
    let (width, height) = sheet.size();
    let (wide, tall) = (TILE.0 as f32, TILE.1 as f32);
    let canvas = Canvas { width: TILE.0, height: TILE.1, per_mm: 1.0, around: 255, grid: 0.0 };
    let scale = (wide / width).min(tall / height);
    let whole = ProjectiveMap::scale(scale, [(wide - width * scale) / 2.0, (tall - height * scale) / 2.0]);
    let forth = match sheet.codes.iter().find(|place| place.whole).filter(|_| near) {
        // 40 modules or so around the corner of the code.
        Some(place) => {
            let scale = wide / (place.side() * 0.5);
            let [x, y] = place.at(-0.06, -0.06);
            ProjectiveMap::scale(scale, [-x * scale, -y * scale])
        }
        None => whole,
    };
    project(sheet, &canvas, &forth).grey
}
