//! Where the modules of a code lie in a picture: a projection of the flat square, and on top of it a lattice of displacements for paper that is bent,
//! curled or crumpled, fitted to the modules that are known and to how plainly the others are dark or light.

use super::port::Place;
use super::raster::Grey;
use super::solve::LeastSquares;
use super::symbol::{Module, Symbol};

/// Modules from one node of the lattice to the next.
const SPACING: usize = 7;
/// A node moves by these parts of a module, coarse ones first.
const STEPS: [f32; 3] = [0.5, 0.25, 0.125];
/// So often at most by each.
const MOVES: usize = 3;
/// How freely a grid bends.
#[derive(Debug, Clone, Copy)]
pub struct Bend {
    /// What a node's distance of a module from where its neighbours lead us to expect it costs, in modules that agree.
    pub stiffness: f32,
    /// How much a module counts whose colour is not known, where one that is known counts 1.
    pub unknown: f32,
}

/// Local light is that of so many modules to each side.
const AROUND: usize = 6;
/// The least deviation of grey levels that is taken for print.
const FAINT: f32 = 1.5;

/// A projection of a plane.
#[derive(Debug, Clone)]
pub struct Projection {
    factors: [f64; 8],
    /// Middle of the module coordinates and their reach, so that numbers are close to 1.
    from: ([f64; 2], f64),
    to: ([f64; 2], f64),
}

fn middle_and_reach(places: &[Place]) -> ([f64; 2], f64) {
    let count = places.len().max(1) as f64;
    let mean = |axis: fn(&Place) -> f32| places.iter().map(|place| f64::from(axis(place))).sum::<f64>() / count;
    let middle = [mean(|at| at[0]), mean(|at| at[1])];
    let far = |at: &Place| (f64::from(at[0]) - middle[0]).abs().max((f64::from(at[1]) - middle[1]).abs());
    (middle, places.iter().map(far).fold(1e-6, f64::max))
}

impl Projection {
    /// The projection that brings places in modules closest to places in pixels; four or more, no three of the first four in a line. Each has a weight.
    pub fn through(pairs: &[(Place, Place, f64)]) -> Option<Self> {
        let from = middle_and_reach(&pairs.iter().map(|(from, ..)| *from).collect::<Vec<_>>());
        let to = middle_and_reach(&pairs.iter().map(|(_, to, _)| *to).collect::<Vec<_>>());
        let mut sums = LeastSquares::<8>::new(1e-9);
        for (at, place, weight) in pairs {
            let [u, v] = near(*at, from);
            let [x, y] = near(*place, to);
            sums.add(&[u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x], x, *weight);
            sums.add(&[0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y], y, *weight);
        }
        Some(Projection { factors: sums.solve()?, from, to })
    }

    /// The place in pixels of a place in modules.
    pub fn at(&self, at: Place) -> Place {
        let [u, v] = near(at, self.from);
        let [a, b, c, d, e, f, g, h] = self.factors;
        // What lies behind the eye is far away.
        let depth = (g * u + h * v + 1.0).max(1e-3);
        let ([x, y], reach) = self.to;
        [(x + (a * u + b * v + c) / depth * reach) as f32, (y + (d * u + e * v + f) / depth * reach) as f32]
    }
}

fn near(at: Place, (middle, reach): ([f64; 2], f64)) -> [f64; 2] {
    [(f64::from(at[0]) - middle[0]) / reach, (f64::from(at[1]) - middle[1]) / reach]
}

/// A picture, `scale` times as small as the one that places are given in.
#[derive(Clone, Copy)]
pub struct Light<'a> {
    pub picture: &'a Grey,
    pub scale: f32,
    /// Whether light is to be taken for dark.
    pub is_negative: bool,
}

impl Light<'_> {
    /// The grey at a place, between the middles of pixels in proportion; `None` outside.
    pub fn at(&self, place: Place) -> Option<f32> {
        let [x, y] = place.map(|axis| axis / self.scale - 0.5);
        let (width, height) = (self.picture.width(), self.picture.height());
        if !(x > -0.5 && y > -0.5 && x < width as f32 - 0.5 && y < height as f32 - 0.5) {
            return None;
        }
        // The last pixels of a row or column have no neighbours beyond them.
        let (x, y) = (x.clamp(0.0, (width - 1) as f32), y.clamp(0.0, (height - 1) as f32));
        let (left, top) = ((x as usize).min(width.saturating_sub(2)), (y as usize).min(height.saturating_sub(2)));
        let (across, down) = (x - left as f32, y - top as f32);
        let row = |at: usize| pair(self.picture, at).map(|[left, right]| left + (right - left) * across);
        let above = row(top * width + left)?;
        let grey = above + (row((top + 1) * width + left)? - above) * down;
        Some(if self.is_negative { 255.0 - grey } else { grey })
    }
}

/// Two pixels beside each other.
fn pair(picture: &Grey, at: usize) -> Option<[f32; 2]> {
    let pair: [u8; 2] = *picture.pixels().get(at..)?.first_chunk()?;
    Some(pair.map(f32::from))
}

/// The modules of a code with a margin, as grey as they are.
pub struct Samples {
    /// Modules on a side, margins too.
    side: usize,
    greys: Vec<Option<f32>>,
}

/// Local light of each module: its mean, and how far dark and light are from it.
pub struct Levels {
    side: usize,
    levels: Vec<(f32, f32)>,
}

impl Levels {
    /// How dark a module looks beside those around it: some 1 for dark, -1 for light, 0 where nothing is known.
    fn darkness(&self, x: usize, y: usize, grey: Option<f32>) -> f32 {
        match (grey, self.levels.get(y * self.side + x)) {
            (Some(grey), Some((mean, spread))) => ((mean - grey) / spread).clamp(-2.0, 2.0),
            _ => 0.0,
        }
    }
}

impl Samples {
    /// The greys, row by row; none outside the picture.
    pub fn greys(&self) -> &[Option<f32>] {
        &self.greys
    }

    /// Local light, of the modules around each.
    pub fn levels(&self) -> Levels {
        // Sums from the upper left corner: count, greys, squares.
        let side = self.side;
        let mut sums = vec![[0.0f64; 3]; (side + 1) * (side + 1)];
        let at = |sums: &[[f64; 3]], x: usize, y: usize| sums.get(y * (side + 1) + x).copied().unwrap_or_default();
        for (y, row) in self.greys.chunks(side).enumerate() {
            let mut line = [0.0f64; 3];
            for (x, grey) in row.iter().enumerate() {
                if let Some(grey) = grey.map(f64::from) {
                    line.iter_mut().zip([1.0, grey, grey * grey]).for_each(|(sum, term)| *sum += term);
                }
                let above = at(&sums, x + 1, y);
                if let Some(sum) = sums.get_mut((y + 1) * (side + 1) + x + 1) {
                    sum.iter_mut().zip(line.iter().zip(above)).for_each(|(to, (line, above))| *to = line + above);
                }
            }
        }
        let level = |x: usize, y: usize| {
            let (left, top) = (x.saturating_sub(AROUND), y.saturating_sub(AROUND));
            let (right, bottom) = ((x + AROUND + 1).min(side), (y + AROUND + 1).min(side));
            let corners =
                [at(&sums, right, bottom), at(&sums, left, top), at(&sums, left, bottom), at(&sums, right, top)];
            let [count, sum, squares] = std::array::from_fn(|term| {
                let [a, b, c, d] = corners.map(|corner| corner.get(term).copied().unwrap_or_default());
                a + b - c - d
            });
            let mean = sum / count.max(1.0);
            let spread = (squares / count.max(1.0) - mean * mean).max(0.0).sqrt() as f32;
            (mean as f32, spread.max(FAINT))
        };
        Levels { side, levels: (0..side * side).map(|place| level(place % side, place / side)).collect() }
    }

    /// How dark each module looks, row by row.
    pub fn darkness(&self, levels: &Levels) -> Vec<f32> {
        let place = |at: usize| (at % self.side, at / self.side);
        self.greys.iter().enumerate().map(|(at, grey)| levels.darkness(place(at).0, place(at).1, *grey)).collect()
    }
}

/// How far a bow is from the line between two finder patterns, in parts of what it is in its middle: a parabola.
pub fn bulge(along: f32, side: usize) -> f32 {
    let half = side as f32 / 2.0;
    let at = (along - half) / (half - 3.5);
    1.0 - at * at
}

/// The places of a code's modules.
#[derive(Debug, Clone)]
pub struct Grid {
    projection: Projection,
    side: usize,
    /// Nodes on a side.
    across: usize,
    /// How far each node is from where the projection has it, in pixels.
    nodes: Vec<[f32; 2]>,
    /// The same by the places alone that the grid was begun with.
    begun: Vec<[f32; 2]>,
}

impl Grid {
    /// The grid of a code of so many modules on a side through places that are known: each in modules, in pixels, and its weight. Between them it bends as
    /// they do, the nearer ones most.
    pub fn through(side: usize, pairs: &[(Place, Place, f64)]) -> Option<Self> {
        let projection = Projection::through(pairs)?;
        let across = side.div_ceil(SPACING) + 1;
        let aside: Vec<(Place, [f32; 2])> = pairs
            .iter()
            .map(|(at, place, _)| {
                let flat = projection.at(*at);
                (*at, [place[0] - flat[0], place[1] - flat[1]])
            })
            .collect();
        let node = |number: usize| {
            let (x, y) = ((number % across * SPACING) as f32, (number / across * SPACING) as f32);
            let mut sum = [0.0; 2];
            let mut all = 0.0;
            for (at, by) in &aside {
                let weight = 1.0 / ((at[0] - x).powi(2) + (at[1] - y).powi(2) + 1.0);
                sum.iter_mut().zip(by).for_each(|(sum, axis)| *sum += axis * weight);
                all += weight;
            }
            sum.map(|axis| axis / all)
        };
        let nodes: Vec<[f32; 2]> = (0..across * across).map(node).collect();
        Some(Grid { projection, side, across, begun: nodes.clone(), nodes })
    }

    /// Bows it: its middle goes so many modules to the right and down, its edges where the finder patterns are stay where they are.
    pub fn bow(&mut self, [right, down]: [f32; 2]) {
        if [right, down] == [0.0, 0.0] {
            return;
        }
        let node = |number: usize| {
            let (u, v) = ((number % self.across * SPACING) as f32, (number / self.across * SPACING) as f32);
            let bowed = self.at([u + right * bulge(v, self.side), v + down * bulge(u, self.side)]);
            let flat = self.projection.at([u, v]);
            [bowed[0] - flat[0], bowed[1] - flat[1]]
        };
        self.nodes = (0..self.nodes.len()).map(node).collect();
        self.begun.clone_from(&self.nodes);
    }

    /// The place in pixels of a place in modules.
    pub fn at(&self, at: Place) -> Place {
        let flat = self.projection.at(at);
        let bent = self.displacement(at);
        [flat[0] + bent[0], flat[1] + bent[1]]
    }

    /// Between nodes in proportion; beyond the outermost as these.
    fn displacement(&self, at: Place) -> [f32; 2] {
        let [x, y] = at.map(|axis| (axis / SPACING as f32).clamp(0.0, (self.across - 1) as f32));
        let (left, top) =
            ((x as usize).min(self.across.saturating_sub(2)), (y as usize).min(self.across.saturating_sub(2)));
        let (right, down) = (x - left as f32, y - top as f32);
        let mut sum = [0.0; 2];
        for (column, row, weight) in [
            (left, top, (1.0 - right) * (1.0 - down)),
            (left + 1, top, right * (1.0 - down)),
            (left, top + 1, (1.0 - right) * down),
            (left + 1, top + 1, right * down),
        ] {
            let node = self.node(column, row);
            sum.iter_mut().zip(node).for_each(|(sum, axis)| *sum += axis * weight);
        }
        sum
    }

    fn node(&self, column: usize, row: usize) -> [f32; 2] {
        self.nodes.get(row * self.across + column).copied().unwrap_or_default()
    }

    /// The corners of the code: upper left, upper right, lower right, lower left.
    pub fn corners(&self) -> [Place; 4] {
        let end = self.side as f32;
        [[0.0, 0.0], [end, 0.0], [end, end], [0.0, end]].map(|corner| self.at(corner))
    }

    /// The greys of the modules and of so many around the code.
    pub fn sample(&self, light: Light<'_>, margin: usize) -> Samples {
        let side = self.side + 2 * margin;
        let grey = |at: usize| {
            let middle = |module: usize| module as f32 + 0.5 - margin as f32;
            light.at(self.at([middle(at % side), middle(at / side)]))
        };
        Samples { side, greys: (0..side * side).map(grey).collect() }
    }

    /// Bends the grid until it agrees with what is known of the code: node by node, from the finder patterns outwards, so that each begins where those
    /// before it lead.
    pub fn fit(&mut self, symbol: &Symbol, light: Light<'_>, bend: Bend) {
        let levels = self.sample(light, 0).levels();
        let mut order: Vec<(usize, usize)> =
            (0..self.across * self.across).map(|at| (at % self.across, at / self.across)).collect();
        let last = self.across - 1;
        let far = |&(x, y): &(usize, usize)| {
            [(0, 0), (last, 0), (0, last)].iter().map(|(a, b)| x.abs_diff(*a).pow(2) + y.abs_diff(*b).pow(2)).min()
        };
        order.sort_by_key(far);
        let mut placed = vec![false; self.nodes.len()];
        for (column, row) in &order {
            let expected = self.expected(*column, *row, &placed);
            self.settle(symbol, light, &levels, (*column, *row), expected, bend);
            placed.iter_mut().skip(row * self.across + column).take(1).for_each(|placed| *placed = true);
        }
        // Once more, now that each has all its neighbours.
        for (column, row) in &order {
            let expected = self.expected(*column, *row, &placed);
            self.settle(symbol, light, &levels, (*column, *row), expected, bend);
        }
    }

    /// Where a node is to be expected by those of its neighbours that have their place: as far from where it was begun as they are, or, where there are two
    /// in a line, as they lead.
    fn expected(&self, column: usize, row: usize, placed: &[bool]) -> [f32; 2] {
        let moved = |right: isize, down: isize| {
            let x = column.checked_add_signed(right).filter(|x| *x < self.across)?;
            let y = row.checked_add_signed(down).filter(|y| *y < self.across)?;
            let at = y * self.across + x;
            placed.get(at).filter(|placed| **placed)?;
            let (node, begun) = (self.nodes.get(at)?, self.begun.get(at)?);
            Some([node[0] - begun[0], node[1] - begun[1]])
        };
        let mut sum = [0.0; 2];
        let mut count = 0.0f32;
        for (right, down) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)] {
            let Some(next) = moved(right, down) else { continue };
            let beyond = moved(2 * right, 2 * down).unwrap_or(next);
            for ((sum, next), beyond) in sum.iter_mut().zip(next).zip(beyond) {
                *sum += next + (next - beyond) / 2.0;
            }
            count += 1.0;
        }
        let begun = self.begun.get(row * self.across + column).copied().unwrap_or_default();
        [begun[0] + sum[0] / count.max(1.0), begun[1] + sum[1] / count.max(1.0)]
    }

    /// Looks for the place of a node that agrees best with the modules around it.
    fn settle(
        &mut self,
        symbol: &Symbol,
        light: Light<'_>,
        levels: &Levels,
        (column, row): (usize, usize),
        expected: [f32; 2],
        bend: Bend,
    ) {
        let Some(node) = self.nodes.get_mut(row * self.across + column) else { return };
        *node = expected;
        let modules = self.modules_around(symbol, column, row);
        let (right, down) = self.steps_at(column, row);
        let agreement = |moved: [f32; 2]| -> f32 {
            let by = [right[0] * moved[0] + down[0] * moved[1], right[1] * moved[0] + down[1] * moved[1]];
            let sum: f32 = modules
                .iter()
                .map(|around| {
                    let place = [around.place[0] + by[0] * around.weight, around.place[1] + by[1] * around.weight];
                    let dark = levels.darkness(around.x, around.y, light.at(place)).clamp(-1.2, 1.2);
                    around.weight * around.sign.map_or(bend.unknown * dark.abs(), |sign| sign * dark)
                })
                .sum();
            sum - bend.stiffness * (moved[0] * moved[0] + moved[1] * moved[1])
        };
        let mut best = [0.0f32; 2];
        let mut most = agreement(best);
        for step in STEPS {
            for _ in 0..MOVES {
                let from = best;
                for (x, y) in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
                    let moved = [from[0] + x * step, from[1] + y * step];
                    let agrees = agreement(moved);
                    if agrees > most {
                        (best, most) = (moved, agrees);
                    }
                }
                if best == from {
                    break;
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(row * self.across + column) {
            node[0] += right[0] * best[0] + down[0] * best[1];
            node[1] += right[1] * best[0] + down[1] * best[1];
        }
    }

    /// A module to the right and one down in pixels, at a node.
    fn steps_at(&self, column: usize, row: usize) -> ([f32; 2], [f32; 2]) {
        let at = |x: f32, y: f32| self.projection.at([(column * SPACING) as f32 + x, (row * SPACING) as f32 + y]);
        let (from, right, down) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0));
        ([right[0] - from[0], right[1] - from[1]], [down[0] - from[0], down[1] - from[1]])
    }

    /// The modules that a node moves.
    fn modules_around(&self, symbol: &Symbol, column: usize, row: usize) -> Vec<Around> {
        let range = |node: usize| (node * SPACING).saturating_sub(SPACING)..((node + 1) * SPACING).min(self.side);
        let hat = |module: usize, node: usize| {
            (1.0 - (module as f32 + 0.5 - (node * SPACING) as f32).abs() / SPACING as f32).max(0.0)
        };
        let mut modules = Vec::with_capacity(4 * SPACING * SPACING);
        for y in range(row) {
            for x in range(column) {
                let weight = hat(x, column) * hat(y, row);
                let place = self.at([x as f32 + 0.5, y as f32 + 0.5]);
                let sign = match symbol.module(x, y) {
                    Some(Module::Known(dark)) => Some(if dark { 1.0 } else { -1.0 }),
                    _ => None,
                };
                modules.push(Around { x, y, place, weight, sign });
            }
        }
        modules
    }
}

/// A module near a node.
struct Around {
    x: usize,
    y: usize,
    place: Place,
    /// How far it moves with the node, 0 to 1.
    weight: f32,
    /// Its colour, if that is known.
    sign: Option<f32>,
}
