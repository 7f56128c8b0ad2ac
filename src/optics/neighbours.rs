//! Codes of ours that were read -> where the others of the same sheet must be. A sheet carries codes of one version in
//! rows and columns at even distances: those that were read tell how the sheet lies in the picture, and where to look
//! although no finder pattern is to be seen.

use super::closer::SAMPLES;
use super::code::Code;
use super::grid::Grid;
use super::hypotheses::{Hypothesis, agreement};
use super::light::{Levels, Light};
use super::port::Point;
use super::projection::Projection;
use super::pyramid::Pyramid;
use super::symbol::{Module, Symbol};
use super::view::middle;
use crate::codec::frame::PREFIX;

/// From one code to the next are so many times its side, at least and at most: the quiet zone, and what stands below
/// it.
const PITCH: (f32, f32) = (1.04, 1.6);
/// An edge of a code of the same sheet may look so much longer or more aslant than the one beside it, in parts of it.
const ODD: f32 = 0.35;
/// Codes beside each other lie in a row or column as far as this, in parts of their distance.
const ASTRAY: f32 = 0.3;
/// Codes that are tried as the one that the others lie like, those in the middle first.
const MAX_REFERENCES: usize = 5;
/// How often the distances are measured anew in the plane that they lead to.
const REFINED: usize = 2;
/// How far a code is looked for from where it must be, in modules each way: sheets are not flat.
const REACH: f32 = 4.0;
/// Steps from one code that was read to the next one in its row, at most.
const MAX_GAPS: u8 = 8;
/// Print has this part of the contrast of the codes that were read, at least.
const LEAST_CONTRAST: f32 = 0.3;
/// Known modules agree so well at least where a code is.
const AGREEMENT: f32 = 0.25;
/// Most places that are looked at: more than any sheet has. Where rows and columns would have ten times as many there
/// is no sheet.
const MAX_SITES: usize = 200;

/// How a sheet of codes lies in a picture.
struct CodeSheet {
    symbol: Symbol,
    /// From modules of the sheet, the upper left corner of one of its codes at 0, 0, to pixels.
    projection: Projection,
    /// From one code to the next, to the right and down, in modules; `None` where no two tell.
    pitch: [Option<f32>; 2],
    /// Columns and rows of the codes that were read.
    taken: Vec<[i32; 2]>,
}

/// Codes of the sheet of those that were read, in a picture and its pyramid, where none `is_known` yet, the likeliest
/// first; for finding them and for a closer look at each some `most` modules are sampled. And how many were to find
/// them.
pub fn hypotheses(
    codes: &[Code],
    pyramid: &Pyramid<'_>,
    is_known: impl Fn(Point) -> bool,
    most: u64,
) -> (Vec<Hypothesis>, u64) {
    let Some(sheet) = CodeSheet::of(codes) else { return (Vec::new(), 0) };
    let Some(grid) = sheet.grid([0.0; 2]) else { return (Vec::new(), 0) };
    let light = |grid: &Grid| pyramid.light(grid.module());
    let contrast = mean_contrast(&grid.sample(light(&grid), 0).levels());
    // Printed light on dark, all of them are.
    let is_negative = agreement(&sheet.symbol, &grid, light(&grid)) < 0.0;
    let closer_look = sheet.symbol.modules().len() as u64 * SAMPLES;
    let [width, height] = pyramid.size().map(|side| side as f32);
    let half = sheet.symbol.side() as f32 / 2.0;
    let sites = sheet.sites().into_iter().filter(|site| {
        let middle = sheet.projection.at(site.from.map(|axis| axis + half));
        let [x, y] = middle;
        x > 0.0 && y > 0.0 && x < width && y < height && !is_known(middle)
    });
    let mut sampled = 0;
    let mut found = Vec::new();
    for site in sites.take(MAX_SITES) {
        let is_affordable = sampled + found.len() as u64 * closer_look < most;
        let Some(grid) = sheet.grid(site.from).filter(|_| is_affordable) else { break };
        let light = Light { is_negative, ..light(&grid) };
        let levels = grid.sample(light, 0).levels();
        sampled += sheet.symbol.modules().len() as u64;
        // Bare paper.
        if mean_contrast(&levels) < LEAST_CONTRAST * contrast {
            continue;
        }
        let (from, agreement) = sheet.settled(&site, &levels, light, &mut sampled);
        let grid = sheet.grid(from).filter(|_| agreement > AGREEMENT);
        found.extend(grid.map(|grid| Hypothesis { symbol: sheet.symbol.clone(), grid, is_negative, agreement }));
    }
    found.sort_by(|a, b| b.agreement.total_cmp(&a.agreement));
    (found, sampled)
}

fn mean_contrast(levels: &Levels) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0f32);
    levels.spreads().for_each(|spread| {
        sum += spread;
        count += 1.0;
    });
    sum / count.max(1.0)
}

/// Where a code may be: its upper left corner in modules of the sheet, and how far from there it may be.
struct Site {
    from: [f32; 2],
    reach: [f32; 2],
}

/// The corners of a code with the upper left corner of the first pixel at 0, 0, as [`Light`] has it.
fn pixels(code: &Code) -> [Point; 4] {
    code.corners.map(|corner| corner.map(|axis| axis + 0.5))
}

/// The corners of a square of so many modules on a side.
fn corners(side: f32) -> [Point; 4] {
    [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]]
}

impl CodeSheet {
    /// The sheet of the codes of ours of the version that most of them have.
    fn of(codes: &[Code]) -> Option<Self> {
        let ours: Vec<&Code> = codes.iter().filter(|code| code.bytes.starts_with(PREFIX.as_bytes())).collect();
        let count = |version: u8| ours.iter().filter(|code| code.version == version).count();
        let version = ours.iter().map(|code| code.version).max_by_key(|version| (count(*version), *version))?;
        let mut ours: Vec<&Code> = ours.into_iter().filter(|code| code.version == version).collect();
        let symbol = Symbol::of(version);
        let side = symbol.side() as f32;
        let square = corners(side);
        // Seen from the one in the middle the others are least distorted.
        let middles: Vec<Point> = ours.iter().map(|code| middle(&code.corners)).collect();
        let mean = |axis: fn(&Point) -> f32| middles.iter().map(axis).sum::<f32>() / middles.len() as f32;
        let centre = [mean(|at| at[0]), mean(|at| at[1])];
        let far = |code: &&Code| {
            let [x, y] = middle(&code.corners);
            (x - centre[0]).hypot(y - centre[1])
        };
        ours.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let alike = |reference: &Code| {
            let pairs = pixels(reference).into_iter().zip(square).map(|(at, to)| (at, to, 1.0));
            let to_sheet = Projection::through(&pairs.collect::<Vec<_>>())?;
            let lies_alike = |code: &&Code| {
                let [from, right, _, down] = pixels(code).map(|corner| to_sheet.at(corner));
                let is_edge = |to: Point, along: usize| {
                    [0, 1].iter().all(|axis| {
                        let wanted = if *axis == along { side } else { 0.0 };
                        let apart = to.get(*axis).zip(from.get(*axis)).map_or(f32::MAX, |(to, from)| to - from);
                        (apart - wanted).abs() < ODD * side
                    })
                };
                is_edge(right, 0) && is_edge(down, 1)
            };
            Some((ours.iter().copied().filter(lies_alike).collect::<Vec<_>>(), to_sheet))
        };
        // A forged code may lie among them otherwise than the others.
        let all: Vec<_> = ours.iter().take(MAX_REFERENCES).rev().filter_map(|code| alike(code)).collect();
        let (ours, mut to_sheet) = all.into_iter().max_by_key(|(alike, _)| alike.len())?;
        let mut pitch = [None; 2];
        let mut sheet = None;
        for _ in 0..=REFINED {
            let offset = |code: &Code| {
                let [x, y] = middle(&pixels(code).map(|corner| to_sheet.at(corner)));
                [x - side / 2.0, y - side / 2.0]
            };
            let offsets: Vec<[f32; 2]> = ours.iter().map(|code| offset(code)).collect();
            pitch = [0, 1].map(|axis| {
                let along: Vec<f32> = offsets.iter().filter_map(|offset| offset.get(axis).copied()).collect();
                measured(&along, side, pitch.get(axis).copied().flatten())
            });
            let index = |offset: &[f32; 2]| -> Option<[i32; 2]> {
                let [x, y] = *offset;
                let [across, down] = pitch;
                Some([number(x, across, side)?, number(y, down, side)?])
            };
            let indexed: Vec<(&Code, [i32; 2])> =
                ours.iter().zip(&offsets).filter_map(|(code, offset)| Some((*code, index(offset)?))).collect();
            let steps = pitch.map(Option::unwrap_or_default);
            let places = |index: &[i32; 2]| {
                let [x, y] = *index;
                square.map(|[u, v]| [x as f32 * steps[0] + u, y as f32 * steps[1] + v])
            };
            let pairs: Vec<(Point, Point, f64)> = indexed
                .iter()
                .flat_map(|(code, index)| places(index).into_iter().zip(pixels(code)).map(|(from, to)| (from, to, 1.0)))
                .collect();
            let back: Vec<_> = pairs.iter().map(|(from, to, weight)| (*to, *from, *weight)).collect();
            to_sheet = Projection::through(&back)?;
            let taken = indexed.iter().map(|(_, index)| *index).collect();
            sheet = Some(CodeSheet { symbol: symbol.clone(), projection: Projection::through(&pairs)?, pitch, taken });
        }
        sheet
    }

    /// Places of codes around those that were read, nearest first.
    fn sites(&self) -> Vec<Site> {
        let side = self.symbol.side() as f32;
        let guess = (PITCH.0 + PITCH.1) / 2.0 * side;
        let range = |axis: usize| {
            let all = || self.taken.iter().filter_map(|index| index.get(axis).copied());
            all().min().unwrap_or_default() - 1..=all().max().unwrap_or_default() + 1
        };
        if range(0).count() * range(1).count() > 10 * MAX_SITES {
            return Vec::new();
        }
        let far = |[x, y]: [i32; 2]| self.taken.iter().map(|[a, b]| (x - a).pow(2) + (y - b).pow(2)).min();
        let mut indices: Vec<[i32; 2]> = range(1).flat_map(|y| range(0).map(move |x| [x, y])).collect();
        indices.retain(|index| !self.taken.contains(index));
        indices.sort_by_key(|index| far(*index));
        let site = |index: [i32; 2]| {
            let along = |axis: usize| {
                let at = index.get(axis).copied().unwrap_or_default();
                match self.pitch.get(axis).copied().flatten() {
                    Some(pitch) => (at as f32 * pitch, REACH),
                    // Somewhere between the least and the greatest distance.
                    None if at != 0 => (at as f32 * guess, (PITCH.1 - PITCH.0) / 2.0 * side),
                    None => (0.0, REACH),
                }
            };
            let ((x, reach), (y, reach_down)) = (along(0), along(1));
            Site { from: [x, y], reach: [reach, reach_down] }
        };
        // Where both ways are not known, a corner would be anywhere.
        let is_near = |index: &&[i32; 2]| self.pitch.iter().all(Option::is_some) || index.contains(&0);
        indices.iter().filter(is_near).map(|index| site(*index)).collect()
    }

    /// The grid of a code whose upper left corner is at this place of the sheet.
    fn grid(&self, from: [f32; 2]) -> Option<Grid> {
        let side = self.symbol.side();
        let pair = |[u, v]: Point| ([u, v], self.projection.at([from[0] + u, from[1] + v]), 1.0);
        Grid::through(side, &corners(side as f32).map(pair))
    }

    /// Where around a site the known modules agree best, and how well, -1 to 1.
    fn settled(&self, site: &Site, levels: &Levels, light: Light<'_>, sampled: &mut u64) -> ([f32; 2], f32) {
        let known: Vec<(usize, usize, f32)> = self
            .symbol
            .places()
            .filter_map(|(x, y, module)| match module {
                Module::Known(is_dark) => Some((x, y, if is_dark { 1.0 } else { -1.0 })),
                _ => None,
            })
            .collect();
        let agreement = |from: [f32; 2]| {
            let (mut product, mut square) = (0.0, 1e-6);
            for (x, y, sign) in &known {
                let place = [from[0] + *x as f32 + 0.5, from[1] + *y as f32 + 0.5];
                let dark = levels.darkness(*x, *y, light.at(self.projection.at(place)));
                product += sign * dark;
                square += dark * dark;
            }
            product / (square * known.len() as f32).sqrt()
        };
        let mut tried = 0;
        let mut best = (site.from, agreement(site.from));
        let mut by = |reach: [f32; 2], step: f32, best: &mut ([f32; 2], f32)| {
            let from = best.0;
            let steps = reach.map(|reach| (reach / step).round() as i32);
            for (x, y) in (-steps[0]..=steps[0]).flat_map(|x| (-steps[1]..=steps[1]).map(move |y| (x, y))) {
                let moved = [from[0] + x as f32 * step, from[1] + y as f32 * step];
                let agrees = agreement(moved);
                tried += 1;
                if agrees > best.1 {
                    *best = (moved, agrees);
                }
            }
        };
        by(site.reach, 1.0, &mut best);
        by([0.5; 2], 0.5, &mut best);
        by([0.25; 2], 0.25, &mut best);
        *sampled += tried * known.len() as u64;
        best
    }
}

/// The distance from one code to the next along an axis, in modules: by how far codes are from the first one along it,
/// and what was measured before.
fn measured(offsets: &[f32], side: f32, before: Option<f32>) -> Option<f32> {
    let is_pitch = |pitch: &f32| (PITCH.0 * side..=PITCH.1 * side).contains(pitch);
    let pitch = before.or_else(|| {
        let apart = offsets.iter().enumerate().flat_map(|(at, one)| {
            offsets.iter().skip(at + 1).map(move |other| (one - other).abs()).filter(|apart| *apart >= PITCH.0 * side)
        });
        let least = apart.min_by(f32::total_cmp)?;
        // Those between may not have been read.
        (1..=MAX_GAPS).map(|steps| least / steps as f32).find(is_pitch)
    })?;
    let (mut product, mut square) = (0.0, 0.0);
    for offset in offsets {
        let number = (offset / pitch).round();
        product += number * offset;
        square += number * number;
    }
    Some(if square > 0.0 { product / square } else { pitch }).filter(is_pitch)
}

/// The row or column of a code that is so far from the first one; `None` for one between two.
fn number(offset: f32, pitch: Option<f32>, side: f32) -> Option<i32> {
    let Some(pitch) = pitch else { return (offset.abs() < ASTRAY * side).then_some(0) };
    let number = (offset / pitch).round();
    ((offset - number * pitch).abs() < ASTRAY * pitch && number.abs() < MAX_SITES as f32).then_some(number as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optics::qr::{Level, QrCode, QrVersion};
    use crate::optics::raster::{self, Grey};
    use crate::optics::scan::scan;

    /// Pixels of a module, and modules from one code of version 6 to the next.
    const MODULE: usize = 4;
    const STEPS: [usize; 2] = [47, 55];

    fn text(number: usize) -> String {
        format!("{PREFIX}{number}{}", "A".repeat(90))
    }

    /// A sheet of three by two codes; of those in `worn` the finder patterns are gone.
    fn sheet(worn: &[usize]) -> Grey {
        let (width, height) = (160 * MODULE, 130 * MODULE);
        let mut pixels = vec![255u8; width * height];
        for number in 0..6 {
            let code = QrCode::new(&text(number), QrVersion::new(6).unwrap(), Level::M).unwrap();
            let drawn = raster::draw(&code, MODULE);
            let [left, top] = [number % 3 * STEPS[0] * MODULE, number / 3 * STEPS[1] * MODULE];
            for (y, row) in drawn.rows().enumerate() {
                for (x, pixel) in row.iter().enumerate() {
                    // With its quiet zone of four modules the code has 49.
                    let [u, v] = [x / MODULE, y / MODULE].map(|at| at as isize - QrCode::QUIET_ZONE as isize);
                    let is_finder = (u < 8 && !(8..33).contains(&v)) || (u >= 33 && v < 8);
                    let is_worn = worn.contains(&number) && is_finder;
                    if *pixel < 128 && !is_worn {
                        pixels[(top + y) * width + left + x] = *pixel;
                    }
                }
            }
        }
        Grey::new(width, height, pixels).unwrap()
    }

    fn numbers(picture: &Grey) -> Vec<usize> {
        let codes = scan(picture);
        let mut read: Vec<usize> =
            (0..6).filter(|number| codes.iter().any(|code| code.bytes == text(*number).as_bytes())).collect();
        read.sort_unstable();
        assert_eq!(read.len(), codes.len());
        read
    }

    #[test]
    fn a_code_without_finder_patterns_is_read_beside_others() {
        assert_eq!(numbers(&sheet(&[])), [0, 1, 2, 3, 4, 5]);
        assert_eq!(numbers(&sheet(&[1, 2, 5])), [0, 1, 2, 3, 4, 5]);
        // Beside one alone, and at both ends of a row.
        assert_eq!(numbers(&sheet(&[0, 1, 2, 3, 5])), [0, 1, 2, 3, 4, 5]);
        assert_eq!(numbers(&sheet(&[1, 3, 4, 5])), [0, 1, 2, 3, 4, 5]);
        assert!(numbers(&sheet(&[0, 1, 2, 3, 4, 5])).is_empty());
        assert_eq!(numbers(&sheet(&[1, 5]).inverted()), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn distances_are_measured_although_codes_between_are_missing() {
        let far = |offsets: &[f32]| measured(offsets, 41.0, None);
        assert_eq!(far(&[0.0, 47.0, 141.0]), Some(47.0));
        assert_eq!((far(&[0.0, 94.0]), far(&[0.0, 220.0]), far(&[0.0, 38.0])), (Some(47.0), Some(55.0), None));
        assert_eq!((far(&[0.0, 3.0]), far(&[])), (None, None));
        assert_eq!(
            (number(94.5, Some(47.0), 41.0), number(20.0, Some(47.0), 41.0), number(5.0, None, 41.0)),
            (Some(2), None, Some(0))
        );
    }
}
