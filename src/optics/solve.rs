//! Least squares.

/// Sums of equations in `N` unknowns, each with its weight.
#[derive(Debug, Clone)]
pub struct LeastSquares<const N: usize> {
    /// The normal equations: factors and right side.
    rows: [([f64; N], f64); N],
}

impl<const N: usize> LeastSquares<N> {
    /// No equation yet; `ridge` holds the unknowns close to 0 where the equations leave them free.
    pub fn new(ridge: f64) -> Self {
        let mut rows = [([0.0; N], 0.0); N];
        for (at, (row, _)) in rows.iter_mut().enumerate() {
            row.iter_mut().skip(at).take(1).for_each(|factor| *factor = ridge);
        }
        LeastSquares { rows }
    }

    /// Adds an equation: the sum of the unknowns, each times its factor, is `right`.
    pub fn add(&mut self, factors: &[f64; N], right: f64, weight: f64) {
        for ((row, sum), factor) in self.rows.iter_mut().zip(factors) {
            let weighed = factor * weight;
            row.iter_mut().zip(factors).for_each(|(to, other)| *to += weighed * other);
            *sum += weighed * right;
        }
    }

    /// The unknowns, by Gauss and Jordan; `None` where the equations do not say what they are.
    pub fn solve(mut self) -> Option<[f64; N]> {
        for column in 0..N {
            let size =
                |row: usize| self.rows.get(row).and_then(|(row, _)| row.get(column)).map_or(0.0, |factor| factor.abs());
            let pivot = (column..N).max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
            self.rows.swap(column, pivot);
            let (row, right) = self.rows.get(column).copied()?;
            let head = row.get(column).copied().filter(|head| head.abs() > 1e-12)?;
            for (_, (other, sum)) in self.rows.iter_mut().enumerate().filter(|(number, _)| *number != column) {
                let factor = other.get(column)? / head;
                other.iter_mut().zip(&row).for_each(|(to, from)| *to -= factor * from);
                *sum -= factor * right;
            }
        }
        let mut unknowns = [0.0; N];
        for (at, (unknown, (row, right))) in unknowns.iter_mut().zip(&self.rows).enumerate() {
            *unknown = right / row.get(at)?;
        }
        Some(unknowns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_points() {
        let mut sums = LeastSquares::<2>::new(0.0);
        for x in 0..10 {
            let x = f64::from(x);
            // One far off that weighs next to nothing.
            sums.add(&[x, 1.0], 3.0 * x - 5.0 + if x == 4.0 { 100.0 } else { 0.0 }, if x == 4.0 { 1e-9 } else { 1.0 });
        }
        let [slope, height] = sums.solve().unwrap();
        assert!((slope - 3.0).abs() < 1e-6 && (height + 5.0).abs() < 1e-6);
        let mut twice = LeastSquares::<2>::new(0.0);
        twice.add(&[1.0, 1.0], 1.0, 1.0);
        assert!(twice.solve().is_none());
    }
}
