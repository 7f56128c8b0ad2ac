//! Where the modules of a code lie in a picture: a projection of the flat square, and on top of it a lattice of
//! displacements for paper that is bent, curled or crumpled, fitted to the modules that are known and to how plainly
//! the others are dark or light.

use std::f32::consts::SQRT_2;

use super::light::{Levels, Light, Samples};
use super::port::Point;
use super::projection::Projection;
use super::symbol::{Module, Symbol};

/// Modules from one node of the lattice to the next.
const SPACING: usize = 7;
/// Steps by which a node is moved, in modules.
const STEPS: [f32; 3] = [0.5, 0.25, 0.125];
/// Most moves by each step.
const MOVES: usize = 3;

/// How freely a grid bends.
#[derive(Debug, Clone, Copy)]
pub struct Bend {
    /// The cost of a node that is one module away from where its neighbours predict it, in modules that agree.
    pub stiffness: f32,
    /// The weight of a module of unknown colour; one of known colour has 1.
    pub unknown: f32,
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
    /// The same before it was fitted.
    begun: Vec<[f32; 2]>,
}

/// What a grid is fitted to.
#[derive(Clone, Copy)]
struct Target<'a> {
    symbol: &'a Symbol,
    light: Light<'a>,
    levels: &'a Levels,
}

impl Grid {
    /// The grid of a code of so many modules on a side through places that are known: each in modules, in pixels, and
    /// its weight. Between them it bends as they do, the nearer ones most.
    pub fn through(side: usize, pairs: &[(Point, Point, f64)]) -> Option<Self> {
        let projection = Projection::through(pairs)?;
        let across = side.div_ceil(SPACING) + 1;
        let aside: Vec<(Point, [f32; 2])> = pairs
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

    /// Bows it by a parabola: its middle moves so many modules to the right and down, the finder patterns stay.
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
    pub fn at(&self, at: Point) -> Point {
        let flat = self.projection.at(at);
        let bent = self.displacement(at);
        [flat[0] + bent[0], flat[1] + bent[1]]
    }

    /// Interpolated linearly between nodes; that of the outermost nodes beyond them.
    fn displacement(&self, at: Point) -> [f32; 2] {
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
    pub fn corners(&self) -> [Point; 4] {
        let end = self.side as f32;
        [[0.0, 0.0], [end, 0.0], [end, end], [0.0, end]].map(|corner| self.at(corner))
    }

    /// How wide a module is, in pixels: the mean along a diagonal.
    pub fn module(&self) -> f32 {
        let [from, _, to, _] = self.corners();
        (from[0] - to[0]).hypot(from[1] - to[1]) / self.side as f32 / SQRT_2
    }

    /// The greys of the modules and of so many around the code.
    pub fn sample(&self, light: Light<'_>, margin: usize) -> Samples {
        let side = self.side + 2 * margin;
        let grey = |at: usize| {
            let middle = |module: usize| module as f32 + 0.5 - margin as f32;
            light.at(self.at([middle(at % side), middle(at / side)]))
        };
        Samples::new(side, (0..side * side).map(grey).collect())
    }

    /// Fits the grid to the known modules: node by node, from the finder patterns outwards, so that each node begins
    /// where those before it predict it.
    pub fn fit(&mut self, symbol: &Symbol, light: Light<'_>, bend: Bend) {
        let levels = self.sample(light, 0).levels();
        let target = Target { symbol, light, levels: &levels };
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
            self.settle(target, (*column, *row), expected, bend);
            placed.iter_mut().skip(row * self.across + column).take(1).for_each(|placed| *placed = true);
        }
        // Once more, now that each has all its neighbours.
        for (column, row) in &order {
            let expected = self.expected(*column, *row, &placed);
            self.settle(target, (*column, *row), expected, bend);
        }
    }

    /// Where the neighbours that are placed predict a node: displaced as they are, or extrapolated where two lie in a
    /// line.
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
    fn settle(&mut self, target: Target<'_>, (column, row): (usize, usize), expected: [f32; 2], bend: Bend) {
        let Target { symbol, light, levels } = target;
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
    place: Point,
    /// How far it moves with the node, 0 to 1.
    weight: f32,
    /// Its colour, if that is known.
    sign: Option<f32>,
}
