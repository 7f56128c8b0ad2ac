//! Errors and erasures in a block of codewords (ISO/IEC 18004, 7.5.2 and annex B): Reed-Solomon over GF(2^8), its
//! generator's roots the powers of 2 from 0 on. A codeword that is known to be unknown counts half as much as one that
//! is wrong.

use std::sync::LazyLock;

use crate::codec::gf256::{div, mul};

/// 2 to each power.
static POWERS: LazyLock<[u8; 255]> = LazyLock::new(|| {
    let mut power = 1;
    std::array::from_fn(|_| {
        let twice = mul(power, 2);
        std::mem::replace(&mut power, twice)
    })
});

fn power(exponent: usize) -> u8 {
    POWERS.get(exponent % 255).copied().unwrap_or(1)
}

/// A polynomial's value: the coefficients from the lowest on.
fn value(polynomial: &[u8], at: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, coefficient| mul(sum, at) ^ coefficient)
}

/// `other` times a factor is added to a polynomial.
fn add(polynomial: &mut [u8], other: &[u8], factor: u8) {
    polynomial.iter_mut().zip(other).for_each(|(to, from)| *to ^= mul(*from, factor));
}

fn syndromes(block: &[u8], check: usize) -> Vec<u8> {
    (0..check).map(|at| block.iter().fold(0, |sum, codeword| mul(sum, power(at)) ^ codeword)).collect()
}

/// Corrects a block of at most 255 codewords, the last `check` of them check codewords; those at the places `erased`
/// are unknown. Tells how many others were wrong. `None` where there are more than can be corrected; the block is then
/// as it was.
pub fn correct(block: &mut [u8], check: usize, erased: &[usize]) -> Option<usize> {
    let syndromes = syndromes(block, check);
    if syndromes.iter().all(|syndrome| *syndrome == 0) {
        return Some(0);
    }
    let last = block.len().checked_sub(1)?;
    let number = |place: usize| power(last - place.min(last));
    let locator = locator(&syndromes, &erased.iter().map(|place| number(*place)).collect::<Vec<u8>>())?;
    let degree = locator.iter().rposition(|coefficient| *coefficient != 0)?;
    // The syndromes times the locator, as far as the syndromes go.
    let mut evaluator = vec![0; check];
    for (shift, factor) in locator.iter().enumerate() {
        add(evaluator.get_mut(shift..).unwrap_or_default(), &syndromes, *factor);
    }
    let derivative: Vec<u8> =
        locator.iter().enumerate().skip(1).map(|(at, factor)| if at % 2 == 1 { *factor } else { 0 }).collect();
    let before = block.to_vec();
    let mut roots = 0;
    let mut wrong = 0;
    for (place, codeword) in block.iter_mut().enumerate() {
        let inverse = div(1, number(place));
        if value(&locator, inverse) != 0 {
            continue;
        }
        roots += 1;
        let slope = value(&derivative, inverse);
        if slope != 0 {
            *codeword ^= mul(number(place), div(value(&evaluator, inverse), slope));
        }
        wrong += usize::from(!erased.contains(&place));
    }
    if roots == degree && self::syndromes(block, check).iter().all(|syndrome| *syndrome == 0) {
        return Some(wrong);
    }
    block.copy_from_slice(&before);
    None
}

/// The polynomial whose roots are the inverses of the numbers of all wrong places: by Berlekamp and Massey, begun with
/// the places that are known.
fn locator(syndromes: &[u8], known: &[u8]) -> Option<Vec<u8>> {
    let check = syndromes.len();
    let mut locator = vec![0; check + 1];
    *locator.first_mut()? = 1;
    for number in known {
        let shifted = [&[0], locator.split_last()?.1].concat();
        add(&mut locator, &shifted, *number);
    }
    let mut before = locator.clone();
    let mut length = known.len();
    for step in known.len()..check {
        let terms = locator.iter().zip(syndromes.iter().take(step + 1).rev());
        let difference = terms.fold(0, |sum, (factor, syndrome)| sum ^ mul(*factor, *syndrome));
        before.rotate_right(1);
        *before.first_mut()? = 0;
        if difference == 0 {
            continue;
        }
        let old = locator.clone();
        add(&mut locator, &before, difference);
        if 2 * length <= step + known.len() {
            length = step + 1 + known.len() - length;
            before = old.iter().map(|coefficient| div(*coefficient, difference)).collect();
        }
    }
    (2 * length <= check + known.len()).then_some(locator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of which all syndromes are 0: data, and check codewords by division.
    fn block(data: &[u8], check: usize) -> Vec<u8> {
        let mut generator = vec![1u8];
        for at in 0..check {
            let mut next = vec![0; generator.len() + 1];
            add(&mut next, &generator, power(at));
            add(&mut next[1..], &generator, 1);
            generator = next;
        }
        let mut rest = [data, &vec![0; check]].concat();
        for at in 0..data.len() {
            let factor = rest[at];
            rest[at..].iter_mut().zip(generator.iter().rev()).for_each(|(to, from)| *to ^= mul(*from, factor));
        }
        [data, &rest[data.len()..]].concat()
    }

    #[test]
    fn errors_count_twice_and_erasures_once() {
        let mut state = 1u64;
        let mut random = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for round in 0..2_000 {
            let check = [7, 10, 17, 30][round % 4];
            let data: Vec<u8> = (0..=random(100)).map(|_| random(256) as u8).collect();
            let whole = block(&data, check);
            assert!(syndromes(&whole, check).iter().all(|syndrome| *syndrome == 0));
            let mut places: Vec<usize> = (0..whole.len()).collect();
            for at in 0..places.len() {
                places.swap(at, random(at + 1));
            }
            let erasures = random(check + 1).min(whole.len());
            let errors = random((check - erasures) / 2 + 1).min(whole.len() - erasures);
            let mut seen = whole.clone();
            for place in &places[..erasures] {
                seen[*place] = random(256) as u8;
            }
            for place in &places[erasures..erasures + errors] {
                seen[*place] ^= 1 + random(255) as u8;
            }
            let corrected = correct(&mut seen, check, &places[..erasures]);
            assert_eq!(seen, whole, "{erasures} erasures, {errors} errors of {check}");
            assert!(corrected.is_some_and(|wrong| wrong <= errors));
        }
    }

    #[test]
    fn what_can_not_be_corrected_is_left_alone() {
        let whole = block(&[1, 2, 3, 4, 5, 6, 7, 8], 6);
        let mut seen = whole.clone();
        (0..4).for_each(|at| seen[at * 3] ^= 0x55 + at as u8);
        let before = seen.clone();
        if correct(&mut seen, 6, &[]).is_none() {
            assert_eq!(seen, before);
        }
        assert_eq!(correct(&mut whole.clone(), 6, &[]), Some(0));
        assert_eq!(correct(&mut [], 0, &[]), Some(0));
    }
}
