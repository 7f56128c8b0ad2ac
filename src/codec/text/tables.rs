//! The numbers that the model of text begins with: the logistic curve and bit histories (text/format.md).

use std::sync::LazyLock;

/// Greatest logit, in units of 1/256: what is beyond counts as this.
pub const MAX_LOGIT: i32 = 3071;
/// Probabilities are sixteen bits: this is 1.
pub const ONE: i32 = 65_535;

/// The lower half of the logistic curve, 65536 / (1 + e^x) for x = 0, 1/4 ... 12.
const TAIL: [i32; 49] = [
    32768, 28693, 24743, 21025, 17625, 14595, 11955, 9702, 7812, 6249, 4971, 3938, 3108, 2446, 1921, 1506, 1179, 922,
    720, 562, 439, 342, 267, 208, 162, 126, 98, 77, 60, 47, 36, 28, 22, 17, 13, 10, 8, 6, 5, 4, 3, 2, 2, 1, 1, 1, 1, 1,
    1,
];

/// States of bit histories; the rule gives fewer.
pub const STATES: usize = 256;
/// Rates at which a probability learns, by how often it was asked for.
pub const RATES: usize = 256;

/// What a bit was the last times, under one context: how many zeros and ones, the last ones counting most.
#[derive(Debug, Clone, Copy, Default)]
pub struct History {
    /// The state behind a zero and behind a one.
    pub next: [u8; 2],
    /// Bits that are remembered.
    pub seen: u8,
    /// 0 nothing seen, 1 always the same, 2 both.
    pub kind: u8,
    /// How likely a one is, before anything was learned, in 1/2^22.
    pub start: u32,
}

/// All of them.
pub struct Tables {
    /// A logit, [`MAX_LOGIT`] added, to a probability.
    squash: [u16; 2 * MAX_LOGIT as usize + 1],
    /// The first twelve bits of a probability to a logit in units of 1/128.
    stretch: [i16; 4096],
    /// The states of bit histories.
    pub histories: [History; STATES],
    /// 65536 / (n + 3/2), a quarter of that.
    pub rates: [i32; RATES],
}

/// The tables, made at first use.
pub static TABLES: LazyLock<Box<Tables>> = LazyLock::new(|| Box::new(Tables::new()));

impl Tables {
    fn new() -> Self {
        let squash = std::array::from_fn(|at| curve(at as i32 - MAX_LOGIT) as u16);
        // The inverse: how many logits give less than the middle of the probabilities that share their first bits.
        let mut below = 0;
        let stretch = std::array::from_fn(|first| {
            let middle = 16 * first as u32 + 8;
            below += squash.iter().skip(below).take_while(|p| u32::from(**p) < middle).count();
            ((below as i32 - MAX_LOGIT) >> 1) as i16
        });
        let rates = std::array::from_fn(|n| 32_768 / (2 * n as i32 + 3));
        Tables { squash, stretch, histories: histories(), rates }
    }

    /// How likely a one is, 1 to 65535, at a logit of -[`MAX_LOGIT`] to [`MAX_LOGIT`].
    pub fn squash(&self, logit: i32) -> i32 {
        self.squash.get((logit + MAX_LOGIT) as usize).map_or(ONE / 2, |p| i32::from(*p))
    }

    /// The logit, in units of 1/128, of a probability's first twelve bits.
    pub fn stretch(&self, first: u32) -> i16 {
        self.stretch.get(first as usize).copied().unwrap_or_default()
    }

    /// A history by its number.
    pub fn history(&self, state: u8) -> History {
        self.histories.get(usize::from(state)).copied().unwrap_or_default()
    }

    /// The rate after so many times.
    pub fn rate(&self, times: u32) -> i32 {
        self.rates.get(times as usize).copied().unwrap_or_default()
    }
}

/// The logistic curve, by straight lines between the numbers of [`TAIL`].
fn curve(logit: i32) -> i32 {
    let distance = logit.unsigned_abs() as usize;
    let (at, part) = (distance / 64, (distance % 64) as i32);
    let number = |at: usize| TAIL.get(at).copied().unwrap_or(1);
    let tail = (number(at) * (64 - part) + number(at + 1) * part) >> 6;
    if logit < 0 { tail } else { 65_536 - tail }.min(ONE)
}

/// Most bits of one kind that are remembered, beside so many of the other.
fn limit(other: u8) -> u8 {
    match other {
        0 => 40,
        1 => 30,
        2 => 14,
        3 => 9,
        4 => 6,
        _ => 5,
    }
}

/// What is left of a count when the other bit comes.
fn forget(count: u8) -> u8 {
    match count {
        0..=2 => count,
        3 => 2,
        4..=5 => 3,
        6..=9 => 4,
        10..=19 => 5,
        _ => 6,
    }
}

/// The states, numbered in the order in which they are first reached, breadth first, a zero before a one.
fn histories() -> [History; STATES] {
    let fits = |a: u8, b: u8| a.max(b) <= limit(a.min(b));
    let mut counts = vec![[0u8; 3]];
    let mut states = [History::default(); STATES];
    for (at, state) in states.iter_mut().enumerate() {
        let Some(&[zeros, ones, _]) = counts.get(at) else { break };
        let mut next = [0; 2];
        for (bit, to) in (0..2).zip(&mut next) {
            let (mut same, other) = if bit == 1 { (ones, forget(zeros)) } else { (zeros, forget(ones)) };
            same += 1;
            while !fits(same, other) {
                same -= 1;
            }
            let counted = if bit == 1 { [other, same, 1] } else { [same, other, 0] };
            let known = counts.iter().position(|known| *known == counted);
            *to = known.unwrap_or_else(|| {
                counts.push(counted);
                counts.len() - 1
            }) as u8;
        }
        let seen = zeros + ones;
        let start = ((5 * u32::from(ones) + 2) << 22) / (5 * u32::from(seen) + 4);
        let kind = u8::from(seen > 0) + u8::from(zeros > 0 && ones > 0);
        *state = History { next, seen, kind, start };
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_the_logistic_one() {
        for (quarter, tail) in TAIL.iter().enumerate() {
            let wanted = 65_536.0 / (1.0 + (quarter as f64 / 4.0).exp());
            assert!((f64::from(*tail) - wanted.max(1.0)).abs() <= 0.5, "{quarter}");
        }
        let curve: Vec<i32> = (-MAX_LOGIT..=MAX_LOGIT).map(|logit| TABLES.squash(logit)).collect();
        assert!(curve.is_sorted() && curve.first() == Some(&1) && curve.last() == Some(&ONE));
        for logit in -1_000..=1_000 {
            let back = TABLES.stretch(TABLES.squash(2 * logit) as u32 >> 4);
            assert!((i32::from(back) - logit).abs() <= 8 || logit.abs() > 500, "{logit}: {back}");
        }
    }

    #[test]
    fn histories_remember_what_came_most() {
        let used = TABLES.histories.iter().skip(1).filter(|history| history.kind > 0).count();
        assert_eq!(used, 192);
        let follow =
            |bits: &str| bits.bytes().fold(0, |state, bit| TABLES.history(state).next[usize::from(bit - b'0')]);
        let likely = |bits| f64::from(TABLES.history(follow(bits)).start) / f64::from(1 << 22);
        assert!(likely("") == 0.5 && likely("1") > 0.7 && likely("111111") > 0.9 && likely("0000000001") > 0.1);
        assert_eq!(TABLES.history(follow(&"1".repeat(100))).seen, 40);
    }
}
