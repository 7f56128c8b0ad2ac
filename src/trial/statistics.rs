//! How sure a number of successes is, and what chance alone would do.

/// The 95 % interval of a share, by Wilson: for `successes` of `runs`. 0 to 1 where nothing was run.
pub fn wilson(successes: usize, runs: usize) -> (f64, f64) {
    if runs == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (runs as f64, successes as f64 / runs as f64);
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((middle - reach) / whole).max(0.0), ((middle + reach) / whole).min(1.0))
}

/// The chance that at least `needed` of `of` arrive, each of which is lost with the chance `loss` (0 to 1): an ideal
/// code's.
pub fn at_least(needed: usize, of: usize, loss: f64) -> f64 {
    // In logarithms, so that thousands of codes are no trouble.
    let logarithms: Vec<f64> = std::iter::once(0.0)
        .chain((1..=of).scan(0.0, |sum, n| {
            *sum += (n as f64).ln();
            Some(*sum)
        }))
        .collect();
    let ln = |n: usize| logarithms.get(n).copied().unwrap_or_default();
    let chance = |arrive: usize| {
        let (arrive_f, lost) = (arrive as f64, (of - arrive) as f64);
        let part = |count: f64, chance: f64| if count == 0.0 { 0.0 } else { count * chance.ln() };
        (ln(of) - ln(arrive) - ln(of - arrive) + part(arrive_f, 1.0 - loss) + part(lost, loss)).exp()
    };
    (needed..=of).map(chance).sum::<f64>().min(1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        let near = |a: f64, b: f64| (a - b).abs() < 5e-4;
        for (successes, runs, low, high) in
            [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (99, 100, 0.9455, 0.9982)]
        {
            let (l, h) = wilson(successes, runs);
            assert!(near(l, low) && near(h, high), "{successes} of {runs}: {l} {h}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn sums_of_binomials_are_exact() {
        assert!((at_least(6, 12, 0.5) - 0.612_792_968_75).abs() < 1e-12);
        assert_eq!((at_least(0, 12, 0.9), at_least(12, 12, 0.0)), (1.0, 1.0));
        assert!((at_least(3, 3, 0.1) - 0.729).abs() < 1e-12 && at_least(1, 5, 1.0) == 0.0);
        assert!((at_least(1_000, 2_000, 0.5) - 0.5).abs() < 0.01);
    }
}
