//! Finder patterns that no code was read of -> where codes may be. Any three of them that lie as the finder patterns of a code do, seen from any side.

use super::grid::{Grid, Light, Projection};
use super::port::{Finder, Place};
use super::symbol::{Module, Symbol};

/// A finder pattern, and the middles of its corner modules where they are to be seen.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub finder: Finder,
    pub corners: Option<[Place; 4]>,
}

/// A code that may be there.
pub struct Hypothesis {
    pub symbol: Symbol,
    pub grid: Grid,
    /// How well its known modules agree, from about 0 for none to 1.
    pub agreement: f32,
}

/// How far a neighbour's finder pattern may be beside the line that an edge of a code is, in parts of its distance: views from the side, bent paper.
const ASIDE: f32 = 0.5;
/// A neighbour is so many modules away, at least and at most, middle to middle, with allowance for a slanted view.
const NEAREST: f32 = 9.0;
const FARTHEST: f32 = 260.0;
/// One edge may look so many times as long as the other.
const UNLIKE: f32 = 2.5;
/// Versions are tried whose edge is so many times as long as it looks, at least and at most.
const EDGES: (f32, f32) = (0.8, 1.25);
/// Agreement below which there is no code.
const LIKELY: f32 = 0.3;

/// Three finder patterns as those of a code: upper left, upper right, lower left; how odd that looks; modules from one to the next.
struct Triple {
    found: [Found; 3],
    odd: f32,
    edge: f32,
}

/// The module to the right and the module down at a finder pattern, in pixels, turned in one of four ways.
fn axes(found: &Found) -> Option<([f32; 2], [f32; 2])> {
    let [a, b, c, d] = found.corners?;
    let mean = |p: Place, q: Place, r: Place, s: Place| [(q[0] - p[0] + r[0] - s[0]) / 12.0, (q[1] - p[1] + r[1] - s[1]) / 12.0];
    Some((mean(a, b, c, d), mean(a, d, c, b)))
}

/// Where a place is as seen from a finder pattern, in its modules.
fn seen_from(found: &Found, place: Place) -> Option<[f32; 2]> {
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
fn triple(first: &Found, one: &Found, other: &Found) -> Option<Triple> {
    let place = |found: &Found| seen_from(first, found.finder.middle);
    let (axis, far, aside) = along(place(one)?)?;
    let (other_axis, other_far, other_aside) = along(place(other)?)?;
    if axis == other_axis || far > UNLIKE * other_far || other_far > UNLIKE * far {
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
    Some(Triple { found: [*first, *right, *down], odd: aside + other_aside + uneven, edge })
}

/// Codes that may be there, the likeliest first, at most so many. `light` tells in which picture modules of some width in pixels are best looked at.
pub fn hypotheses<'a>(founds: &[Found], most: usize, light: impl Fn(f32) -> Light<'a>) -> Vec<Hypothesis> {
    let mut triples = Vec::new();
    for (number, first) in founds.iter().enumerate() {
        for (at, one) in founds.iter().enumerate().filter(|(at, _)| *at != number) {
            let others = founds.iter().enumerate().skip(at + 1).filter(|(at, _)| *at != number);
            triples.extend(others.filter_map(|(_, other)| triple(first, one, other)));
        }
    }
    triples.sort_by(|a, b| a.odd.total_cmp(&b.odd));
    triples.truncate(most);
    let mut all: Vec<Hypothesis> = triples.iter().filter_map(|triple| best_version(triple, &light)).collect();
    all.sort_by(|a, b| b.agreement.total_cmp(&a.agreement));
    all
}

/// The version that agrees best.
fn best_version<'a>(triple: &Triple, light: impl Fn(f32) -> Light<'a>) -> Option<Hypothesis> {
    let size = triple.found.iter().map(|found| found.finder.size).fold(f32::MAX, f32::min);
    let light = light(size / 7.0);
    let side = |edge: f32| ((edge + 7.0 - 17.0) / 4.0).round().clamp(1.0, 40.0) as u8;
    let versions = side(triple.edge * EDGES.0)..=side(triple.edge * EDGES.1);
    let all = versions.filter_map(|version| {
        let symbol = Symbol::of(version);
        let grid = Grid::flat(symbol.side(), projection(triple, symbol.side())?);
        let agreement = agreement(&symbol, &grid, light);
        Some(Hypothesis { symbol, grid, agreement })
    });
    all.filter(|one| one.agreement > LIKELY).max_by(|a, b| a.agreement.total_cmp(&b.agreement))
}

/// The projection of a code by the corners of its finder patterns.
fn projection(triple: &Triple, side: usize) -> Option<Projection> {
    let far = side as f32 - 3.5;
    let middles = [[3.5, 3.5], [far, 3.5], [3.5, far]];
    let [first, right, down] = triple.found.map(|found| found.finder.middle);
    let (right, down) = ([right[0] - first[0], right[1] - first[1]], [down[0] - first[0], down[1] - first[1]]);
    let area = right[0] * down[1] - right[1] * down[0];
    let mut pairs = Vec::new();
    for (found, middle) in triple.found.iter().zip(middles) {
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
    Projection::through(&pairs)
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
