//! Finder patterns that no code was read of -> where codes may be: any three of them that lie as the finder patterns of
//! a code do, seen from any side; and any two, where the third is worn, covered or cut off.

use super::grid::{Grid, bulge};
use super::light::Light;
use super::port::{Finder, Point};
use super::symbol::{Module, Symbol};

/// A finder pattern, and the middles of its corner modules where they are to be seen.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub finder: Finder,
    pub corners: Option<[Point; 4]>,
    /// Whether it is light on dark.
    pub is_negative: bool,
}

/// A code that may be there.
pub struct Hypothesis {
    pub symbol: Symbol,
    pub grid: Grid,
    /// Whether it is light on dark.
    pub is_negative: bool,
    /// How well its known modules agree, from about 0 for none to 1.
    pub agreement: f32,
}

/// How far a neighbour's finder pattern may be beside the line that an edge of a code is, in parts of its distance:
/// views from the side, bent paper.
const ASIDE: f32 = 0.5;
/// A neighbour is so many modules away, at least and at most, middle to middle, with allowance for a slanted view.
const NEAREST: f32 = 9.0;
const FARTHEST: f32 = 260.0;
/// One edge may look so many times as long as the other.
const UNLIKE: f32 = 2.5;
/// Versions are tried whose edge is so many times as long as it looks, at least and at most.
const EDGES: (f32, f32) = (0.8, 1.25);
/// So many grids are looked at more closely: those whose timing patterns alternate best.
const GRIDS: usize = 4;
/// Most modules that a code's edge is looked for aside of the line between its finder patterns.
const MOST_BOWED: u8 = 5;
/// How well its timing patterns alternate at least, on the mean of both.
const ALTERNATES: f32 = 0.3;
/// Agreement below which there is no code, and above which there surely is one.
const LIKELY: f32 = 0.3;
const SURE: f32 = 0.6;

/// Finder patterns as those of a code, two or three of them: upper left, upper right, lower left; how odd that looks;
/// modules from one to the next.
struct FinderTriple {
    found: [Option<Found>; 3],
    odd: f32,
    edge: f32,
}

/// The module to the right and the module down at a finder pattern, in pixels, turned in one of four ways.
fn axes(found: &Found) -> Option<([f32; 2], [f32; 2])> {
    let [a, b, c, d] = found.corners?;
    let mean = |p: Point, q: Point, r: Point, s: Point| {
        [(q[0] - p[0] + r[0] - s[0]) / 12.0, (q[1] - p[1] + r[1] - s[1]) / 12.0]
    };
    Some((mean(a, b, c, d), mean(a, d, c, b)))
}

/// Where a place is as seen from a finder pattern, in its modules.
fn seen_from(found: &Found, place: Point) -> Option<[f32; 2]> {
    let ([a, c], [b, d]) = axes(found)?;
    let (x, y) = (place[0] - found.finder.middle[0], place[1] - found.finder.middle[1]);
    let area = a * d - b * c;
    (area.abs() > 1e-3).then(|| [(x * d - y * b) / area, (y * a - x * c) / area])
}

/// How far along one of its axes, and along which.
fn along(place: [f32; 2]) -> Option<(usize, f32, f32)> {
    let [x, y] = place.map(f32::abs);
    let (axis, far, aside) = if x > y { (0, x, y) } else { (1, y, x) };
    ((NEAREST..FARTHEST).contains(&far) && aside <= ASIDE * far).then_some((axis, far, aside / far))
}

/// Whether three finder patterns may be those of a code whose upper left one is the first.
fn three(first: &Found, one: &Found, other: &Found) -> Option<FinderTriple> {
    let (axis, far, aside) = along(seen_from(first, one.finder.middle)?)?;
    let (other_axis, other_far, other_aside) = along(seen_from(first, other.finder.middle)?)?;
    let is_mixed = first.is_negative != one.is_negative || first.is_negative != other.is_negative;
    if is_mixed || axis == other_axis || far > UNLIKE * other_far || other_far > UNLIKE * far {
        return None;
    }
    // From the other end an edge looks as long as modules are there.
    let back = |found: &Found| Some(along(seen_from(found, first.finder.middle)?)?.1);
    let edges: Vec<f32> = [Some(far), Some(other_far), back(one), back(other)].into_iter().flatten().collect();
    let edge = edges.iter().sum::<f32>() / edges.len() as f32;
    let uneven = edges.iter().map(|one| (one / edge).max(edge / one) - 1.0).fold(0.0, f32::max);
    let turn = |a: &Found, b: &Found| {
        let from = first.finder.middle;
        let (a, b) = (a.finder.middle, b.finder.middle);
        (a[0] - from[0]) * (b[1] - from[1]) - (a[1] - from[1]) * (b[0] - from[0])
    };
    let (right, down) = if turn(one, other) > 0.0 { (one, other) } else { (other, one) };
    Some(FinderTriple { found: [Some(*first), Some(*right), Some(*down)], odd: aside + other_aside + uneven, edge })
}

/// The codes of which two finder patterns may be, with the code to the right of the way from the first to the second.
fn two(first: &Found, second: &Found) -> Vec<FinderTriple> {
    if first.is_negative != second.is_negative {
        return Vec::new();
    }
    let both = seen_from(first, second.finder.middle).zip(seen_from(second, first.finder.middle));
    let Some((there, back)) = both else { return Vec::new() };
    if let (Some((_, far, aside)), Some((_, near, other_aside))) = (along(there), along(back)) {
        let odd = aside + other_aside + (far / near).max(near / far) - 1.0;
        let edge = (far + near) / 2.0;
        // An upper edge; a left one.
        return [[Some(*first), Some(*second), None], [Some(*second), None, Some(*first)]]
            .map(|found| FinderTriple { found, odd, edge })
            .into();
    }
    // Upper right and lower left: as far along both axes.
    let diagonal = |[x, y]: [f32; 2]| {
        let (least, most) = (x.abs().min(y.abs()), x.abs().max(y.abs()));
        (least >= NEAREST && most <= FARTHEST && most <= UNLIKE * least)
            .then_some(((least + most) / 2.0, most / least - 1.0))
    };
    let (Some((far, oblong)), Some((near, other_oblong))) = (diagonal(there), diagonal(back)) else {
        return Vec::new();
    };
    let odd = oblong + other_oblong + (far / near).max(near / far) - 1.0;
    vec![FinderTriple { found: [None, Some(*first), Some(*second)], odd, edge: (far + near) / 2.0 }]
}

/// Codes that may be there, the likeliest first, at most so many of three finder patterns and as many of two. `light`
/// tells in which picture modules of some width in pixels are best looked at. And how many modules were sampled for
/// that, at most.
pub fn hypotheses<'a>(founds: &[Found], most: usize, light: impl Fn(f32) -> Light<'a>) -> (Vec<Hypothesis>, u64) {
    let mut frames = Vec::new();
    for (number, first) in founds.iter().enumerate() {
        for (at, one) in founds.iter().enumerate().filter(|(at, _)| *at != number) {
            let others = founds.iter().enumerate().skip(at + 1).filter(|(at, _)| *at != number);
            frames.extend(others.filter_map(|(_, other)| three(first, one, other)));
        }
    }
    let mut sampled = 0;
    // Middles of finder patterns that three of them surely belong together.
    let mut sure: Vec<[Point; 3]> = Vec::new();
    let mut likeliest = |mut frames: Vec<FinderTriple>, sure: &mut Vec<[Point; 3]>| {
        frames.sort_by(|a, b| a.odd.total_cmp(&b.odd));
        frames.truncate(most);
        let mut all = Vec::new();
        for frame in &frames {
            let likely = likely_versions(frame, &light, &mut sampled);
            if let [Some(a), Some(b), Some(c)] = &frame.found
                && likely.iter().any(|one| one.agreement > SURE)
            {
                sure.push([a, b, c].map(|found| found.finder.middle));
            }
            all.extend(likely);
        }
        all.sort_by(|a: &Hypothesis, b| b.agreement.total_cmp(&a.agreement));
        all
    };
    let mut all = likeliest(frames, &mut sure);
    let pairs = founds.iter().enumerate().flat_map(|(number, first)| {
        let others = founds.iter().enumerate().filter(move |(at, _)| *at != number);
        others.map(move |(_, second)| (first, second))
    });
    // A pair tells nothing that three did not tell.
    let is_told = |found: &Found, three: &[Point; 3]| three.contains(&found.finder.middle);
    let pairs = pairs.filter(|(a, b)| !sure.iter().any(|three| is_told(a, three) && is_told(b, three)));
    let pairs: Vec<FinderTriple> = pairs.flat_map(|(first, second)| two(first, second)).collect();
    all.extend(likeliest(pairs, &mut sure));
    (all, sampled)
}

/// The versions that agree best, as far as any does.
fn likely_versions<'a>(frame: &FinderTriple, light: impl Fn(f32) -> Light<'a>, sampled: &mut u64) -> Vec<Hypothesis> {
    let size = frame.found.iter().flatten().map(|found| found.finder.size).fold(f32::MAX, f32::min);
    let is_negative = frame.found.iter().flatten().any(|found| found.is_negative);
    let light = Light { is_negative, ..light(size / 7.0) };
    let side = |edge: f32| ((edge + 7.0 - 17.0) / 4.0).round().clamp(1.0, 40.0) as u8;
    let versions = side(frame.edge * EDGES.0)..=side(frame.edge * EDGES.1);
    // The timing patterns are looked at first: that costs little.
    let mut grids: Vec<(f32, u8, Grid)> = Vec::new();
    for version in versions {
        let side = 17 + 4 * usize::from(version);
        let Some(grid) = places(frame, side).and_then(|places| Grid::through(side, &places)) else { continue };
        *sampled += Timing::SAMPLED * side as u64;
        let [row, column] = [true, false].map(|is_row| Timing::of(&grid, side, light, is_row));
        if row.bow != 0.0 || column.bow != 0.0 {
            let mut bowed = grid.clone();
            bowed.bow([column.bow, row.bow]);
            grids.push((row.bowed + column.bowed, version, bowed));
        }
        grids.push((row.flat + column.flat, version, grid));
    }
    grids.retain(|(alternates, ..)| *alternates > 2.0 * ALTERNATES);
    grids.sort_by(|a, b| b.0.total_cmp(&a.0));
    grids.truncate(GRIDS);
    let all = grids.into_iter().map(|(_, version, grid)| {
        let symbol = Symbol::of(version);
        *sampled += symbol.modules().len() as u64;
        let agreement = agreement(&symbol, &grid, light);
        Hypothesis { symbol, grid, is_negative, agreement }
    });
    all.filter(|one| one.agreement > LIKELY).collect()
}

/// The edges of a code in pixels, rightwards and downwards, as its finder patterns have them.
fn edges(frame: &FinderTriple) -> Option<([f32; 2], [f32; 2])> {
    let between = |from: &Found, to: &Found| {
        let (from, to) = (from.finder.middle, to.finder.middle);
        [to[0] - from[0], to[1] - from[1]]
    };
    match &frame.found {
        [Some(first), Some(right), Some(down)] => Some((between(first, right), between(first, down))),
        // The other edge is the axis of a finder pattern that lies across, as the code is not mirrored.
        [Some(first), Some(right), None] => {
            let along = between(first, right);
            Some((along, across(first, along)?))
        }
        [Some(first), None, Some(down)] => {
            let along = between(first, down);
            Some((across(first, along)?.map(|axis| -axis), along))
        }
        // The way from the one to the other goes back along the upper edge and down along the left one.
        [None, Some(right), Some(down)] => {
            let [x, y] = seen_from(right, down.finder.middle)?;
            let (a, b) = axes(right)?;
            let (a, b) = (a.map(|part| part * x), b.map(|part| part * y));
            let back = a.map(|part| -part);
            Some(if back[0] * b[1] - back[1] * b[0] > 0.0 { (back, b) } else { (b.map(|part| -part), a) })
        }
        _ => None,
    }
}

/// The axis of a finder pattern that turns to the right of a direction.
fn across(found: &Found, along: [f32; 2]) -> Option<[f32; 2]> {
    let (a, b) = axes(found)?;
    let turn = |axis: [f32; 2]| along[0] * axis[1] - along[1] * axis[0];
    let axis = if turn(a).abs() > turn(b).abs() { a } else { b };
    Some(if turn(axis) > 0.0 { axis } else { axis.map(|part| -part) })
}

/// Places of a code that its finder patterns tell: in modules, in pixels, and how much each counts.
fn places(frame: &FinderTriple, side: usize) -> Option<Vec<(Point, Point, f64)>> {
    let far = side as f32 - 3.5;
    let middles = [[3.5, 3.5], [far, 3.5], [3.5, far]];
    let (right, down) = edges(frame)?;
    let area = right[0] * down[1] - right[1] * down[0];
    let mut pairs = Vec::new();
    for (found, middle) in frame.found.iter().zip(middles).filter_map(|(found, middle)| Some((found.as_ref()?, middle)))
    {
        let at = found.finder.middle;
        let Some(corners) = found.corners else {
            pairs.push((middle, at, 4.0));
            continue;
        };
        for corner in corners {
            // On which side of the pattern it lies, along the code's edges.
            let (x, y) = (corner[0] - at[0], corner[1] - at[1]);
            let (along, across) = ((x * down[1] - y * down[0]) / area, (y * right[0] - x * right[1]) / area);
            pairs.push(([middle[0] + 3.0f32.copysign(along), middle[1] + 3.0f32.copysign(across)], corner, 1.0));
        }
    }
    Some(pairs)
}

/// How well a timing pattern alternates, each module beside its neighbours, -1 to 1.
struct Timing {
    /// On the line between its finder patterns.
    flat: f32,
    /// At best, as far aside of that line in its middle, in modules, as a code on a tin or a curled page is.
    bowed: f32,
    bow: f32,
}

impl Timing {
    /// So many modules are sampled for each on a side.
    const SAMPLED: u64 = 2 * (2 * MOST_BOWED as u64 + 1);

    fn of(grid: &Grid, side: usize, light: Light<'_>, is_row: bool) -> Self {
        let alternates = |bow: f32| {
            let place = |along: usize| {
                let along = along as f32 + 0.5;
                let aside = 6.5 + bow * bulge(along, side);
                grid.at(if is_row { [along, aside] } else { [aside, along] })
            };
            let greys: Vec<Option<f32>> = (7..side - 7).map(|along| light.at(place(along))).collect();
            let (mut sum, mut all) = (0.0, 1e-6);
            for (at, greys) in greys.windows(3).enumerate() {
                if let [Some(before), Some(grey), Some(after)] = *greys {
                    // The first one is dark between two light ones.
                    let darker = (before + after) / 2.0 - grey;
                    sum += if at % 2 == 0 { darker } else { -darker };
                    all += darker.abs();
                }
            }
            sum / all
        };
        let flat = alternates(0.0);
        let bows = (1..=MOST_BOWED).flat_map(|bow| [f32::from(bow), -f32::from(bow)]);
        bows.map(|bow| (alternates(bow), bow)).fold(Timing { flat, bowed: flat, bow: 0.0 }, |best, (bowed, bow)| {
            if bowed > best.bowed { Timing { bowed, bow, ..best } } else { best }
        })
    }
}

/// How well the modules agree that are known of a symbol: the correlation of what they are with what is seen, -1 to 1.
pub fn agreement(symbol: &Symbol, grid: &Grid, light: Light<'_>) -> f32 {
    let samples = grid.sample(light, 0);
    let darkness = samples.darkness(&samples.levels());
    let (mut product, mut square, mut count) = (0.0, 1e-6, 0.0);
    for ((x, y, module), dark) in symbol.places().zip(darkness) {
        // Finder patterns are there, or this would not be looked at.
        let (side, near) = (symbol.side(), |at: usize| at < 8);
        let finder = near(x) && (near(y) || y >= side - 8) || near(y) && x >= side - 8;
        if let Module::Known(known) = module
            && !finder
        {
            product += if known { dark } else { -dark };
            square += dark * dark;
            count += 1.0f32;
        }
    }
    product / (square * count.max(1.0)).sqrt()
}
