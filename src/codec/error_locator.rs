//! Which symbols of a block are forged: the Reed-Solomon code itself can tell (format.md, section 2.4).
//!
//! Each byte position of the symbols is a word of one code, and a forged symbol spoils the same place in all of them.
//! So one error locator, the polynomial whose roots name the forged symbols, fits the syndromes of all positions. The
//! smallest one that does is looked for by linear algebra, with as many errors as the equations have rank. Up to
//! (n-K)/2 forged symbols of n it is right against any adversary; for random errors it nearly always is up to
//! (n-K) T/(T+1), T being the bytes of a symbol.

use super::gf256;
use super::work::{self, Work};

/// The forged symbols of a block, as indices into `received`; empty where all agree. `None` for too many errors, for
/// not more than `k` symbols, or when `work` runs out. The ESIs are different, the symbols of one size.
pub(super) fn forged(k: usize, received: &[(u8, &[u8])], work: &mut Work) -> Option<Vec<usize>> {
    let rows = received.len().checked_sub(k).filter(|rows| *rows > 0)?;
    let points: Vec<u8> = received.iter().map(|(esi, _)| point(*esi)).collect();
    let size = received.first().map_or(0, |(_, symbol)| symbol.len());
    work.spend(rows * (received.len() * work::of_bytes(size) + size / 4) + received.len() * received.len() / 4)?;
    let syndromes = basis(syndromes(rows, &points, received), work)?;
    if syndromes.is_empty() {
        return Some(Vec::new());
    }
    // Up to `surely` errors the locator is right against any adversary; up to `likely` for random errors, where there
    // are as many equations as unknowns.
    let (surely, likely) = (rows / 2, rows * syndromes.len() / (syndromes.len() + 1));
    [surely, likely].into_iter().filter(|most| *most > 0).find_map(|most| {
        let errors = rank(most, rows, &syndromes, work)?;
        let locator = locator(errors, rows, &syndromes, work)?;
        work.spend(points.len() * errors)?;
        let found: Vec<usize> =
            points.iter().enumerate().filter(|(_, point)| is_root(&locator, **point)).map(|(at, _)| at).collect();
        (errors > 0 && found.len() == errors).then_some(found)
    })
}

/// The evaluation point of a symbol. No symbol has ESI 255, so no point is zero, which a locator could not name.
fn point(esi: u8) -> u8 {
    gf256::add(esi, u8::MAX)
}

/// The multipliers of the dual code: for each point the inverse of the product of its differences to the others.
fn multipliers(points: &[u8]) -> Vec<u8> {
    let product = |x: &u8| {
        points.iter().filter(|other| *other != x).fold(1, |product, other| gf256::mul(product, gf256::add(*x, *other)))
    };
    points.iter().map(|x| gf256::div(1, product(x))).collect()
}

/// What each symbol is multiplied by in a sum that is zero for every word of the code of these ESIs: the first of their
/// parity checks.
pub(super) fn parity_check(esis: &[u8]) -> Vec<u8> {
    multipliers(&esis.iter().map(|esi| point(*esi)).collect::<Vec<u8>>())
}

/// For each byte position the syndromes 0 to `rows` - 1; all are zero where no symbol is forged.
fn syndromes(rows: usize, points: &[u8], received: &[(u8, &[u8])]) -> Vec<Vec<u8>> {
    let size = received.first().map_or(0, |(_, symbol)| symbol.len());
    let mut weights = multipliers(points);
    let mut columns = vec![Vec::with_capacity(rows); size];
    for _ in 0..rows {
        let mut sum = vec![0; size];
        for (weight, (_, symbol)) in weights.iter().zip(received) {
            gf256::add_scaled(*weight, symbol, &mut sum);
        }
        columns.iter_mut().zip(sum).for_each(|(column, byte)| column.push(byte));
        weights.iter_mut().zip(points).for_each(|(weight, x)| *weight = gf256::mul(*weight, *x));
    }
    columns
}

/// Rows that span the same space and depend on none of the others; `None` with too little work.
fn basis(all: Vec<Vec<u8>>, work: &mut Work) -> Option<Vec<Vec<u8>>> {
    let mut echelon = Echelon::default();
    for row in all {
        echelon.take(row, work)?;
    }
    Some(echelon.rows.into_iter().map(|(_, row)| row).collect())
}

/// Rows of linear equations, each with a leading one where the others before it have zeros.
#[derive(Default)]
struct Echelon {
    /// The place of the leading one, and the row.
    rows: Vec<(usize, Vec<u8>)>,
}

impl Echelon {
    /// Adds a row; gives where its leading one stands, if it does not depend on those that are there. `None` with too
    /// little work.
    fn take(&mut self, mut row: Vec<u8>, work: &mut Work) -> Option<Option<usize>> {
        work.spend((self.rows.len() + 2) * work::of_bytes(row.len()))?;
        for (lead, known) in &self.rows {
            let factor = row.get(*lead).copied().unwrap_or_default();
            if factor != 0 {
                gf256::add_scaled(factor, known, &mut row);
            }
        }
        let Some((lead, first)) = row.iter().copied().enumerate().find(|(_, byte)| *byte != 0) else {
            return Some(None);
        };
        row.iter_mut().for_each(|byte| *byte = gf256::div(*byte, first));
        self.rows.push((lead, row));
        Some(Some(lead))
    }
}

/// How many errors there are, if not more than `most`: the rank of the key equations for so many. `None` with too
/// little work.
fn rank(most: usize, rows: usize, syndromes: &[Vec<u8>], work: &mut Work) -> Option<usize> {
    let mut equations = Echelon::default();
    for (l, column) in (most..rows).flat_map(|l| syndromes.iter().map(move |column| (l, column))) {
        equations.take(column.get(l - most..l).unwrap_or_default().to_vec(), work)?;
        if equations.rows.len() == most {
            break;
        }
    }
    Some(equations.rows.len())
}

/// The locator of so many errors, as its coefficients from that of z on (that of 1 is 1): the one solution of the key
/// equations `S(l) = sum of coefficient(i) x S(l-i)`, for l from `errors` on. `None` where there is none, or more than
/// one, and with too little work.
fn locator(errors: usize, rows: usize, syndromes: &[Vec<u8>], work: &mut Work) -> Option<Vec<u8>> {
    let mut equations = Echelon::default();
    let all = (errors..rows).flat_map(|l| syndromes.iter().map(move |column| (l, column)));
    for (l, column) in all {
        let equation: Vec<u8> = column.get(l - errors..=l)?.iter().rev().copied().collect();
        // S(l) is the constant term; the coefficients of the unknowns come before it.
        let (sum, unknowns) = equation.split_first()?;
        let equation = [unknowns, &[*sum]].concat();
        if equations.take(equation, work)? == Some(errors) {
            return None;
        }
    }
    if equations.rows.len() < errors {
        return None;
    }
    // Back substitution: a row's unknown follows from those of later rows.
    let mut coefficients = vec![0; errors];
    let mut rows = equations.rows;
    rows.sort_by_key(|(lead, _)| std::cmp::Reverse(*lead));
    for (lead, row) in rows {
        let (sum, unknowns) = row.split_last()?;
        let known = unknowns
            .iter()
            .zip(&coefficients)
            .skip(lead + 1)
            .fold(*sum, |sum, (factor, known)| gf256::add(sum, gf256::mul(*factor, *known)));
        *coefficients.get_mut(lead)? = known;
    }
    Some(coefficients)
}

/// Whether the locator names a point: it is zero at the point's inverse.
fn is_root(locator: &[u8], point: u8) -> bool {
    let z = gf256::div(1, point);
    let value = locator.iter().rev().fold(0, |value, coefficient| gf256::mul(gf256::add(value, *coefficient), z));
    gf256::add(value, 1) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::fec::Encoder;
    use proptest::prelude::*;

    /// Symbols of a block with K source symbols at shuffled ESIs, some of them forged by what is given for their bytes.
    fn block(k: usize, esis: &[u8], forge: &[(usize, Vec<u8>)]) -> Vec<(u8, Vec<u8>)> {
        let object: Vec<u8> = (0..k * 16).map(|i| (i * 31 + i / 77) as u8).collect();
        let encoder = Encoder::new(&object).unwrap();
        assert_eq!((encoder.partition().k(0), encoder.partition().symbol_size()), (k, 16));
        let symbol = |esi: u8| encoder.symbols(usize::from(esi)..usize::from(esi) + 1);
        let mut all: Vec<(u8, Vec<u8>)> = esis.iter().map(|esi| (*esi, symbol(*esi))).collect();
        for (at, change) in forge {
            all[*at].1.iter_mut().zip(change).for_each(|(byte, change)| *byte ^= change);
        }
        all
    }

    fn located(k: usize, received: &[(u8, Vec<u8>)]) -> Option<Vec<usize>> {
        let received: Vec<(u8, &[u8])> = received.iter().map(|(esi, symbol)| (*esi, symbol.as_slice())).collect();
        forged(k, &received, &mut Work::new(usize::MAX))
    }

    proptest! {
        #[test]
        fn half_of_the_surplus_is_located_however_it_is_forged(
            order in Just((0..255u8).collect::<Vec<_>>()).prop_shuffle(), k in 3usize..=126, n in 0usize..255, f in any::<prop::sample::Index>(),
            change in prop::collection::vec(1u8.., 16), kind in 0..4,
        ) {
            let n = n.clamp(k + 2, 255);
            let f = f.index((n - k) / 2 + 1);
            let changed = |at: usize| match kind {
                // The same change everywhere, in one byte only, in another byte each, in all bytes otherwise.
                0 => change.clone(),
                1 => vec![change[0]],
                2 => (0..16).map(|i| if i == at % 16 { change[at % 16] } else { 0 }).collect(),
                _ => change.iter().enumerate().map(|(i, byte)| byte.wrapping_mul((at * 2 + i * 4 + 1) as u8) | 1).collect(),
            };
            let forge: Vec<(usize, Vec<u8>)> = (0..f).map(|at| (at, changed(at))).collect();
            prop_assert_eq!(located(k, &block(k, &order[..n], &forge)), Some((0..f).collect::<Vec<_>>()));
        }
    }

    #[test]
    fn more_than_half_is_located_where_it_is_forged_by_chance() {
        let esis: Vec<u8> = (0..100).collect();
        let mut state = 1u32;
        let mut chance = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        // 16/17 of the surplus of 60.
        for f in [31, 45, 56] {
            let forge: Vec<(usize, Vec<u8>)> = (0..f).map(|at| (at, (0..16).map(|_| chance()).collect())).collect();
            assert_eq!(located(40, &block(40, &esis, &forge)), Some((0..f).collect()), "{f}");
        }
        let all: Vec<(usize, Vec<u8>)> = (0..100).map(|at| (at, (0..16).map(|_| chance()).collect())).collect();
        assert_eq!(located(40, &block(40, &esis, &all)), None);
        assert_eq!(located(40, &block(40, &esis[..40], &[])), None);
    }
}
