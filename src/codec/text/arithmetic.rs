//! Bits to bytes and back, each bit as long as it was unlikely (text/format.md).

use super::model::BitCoder;

/// What is left of the numbers that the next bytes can be, both ends counted.
#[derive(Debug, Clone, Copy)]
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const WHOLE: Self = Interval { low: 0, high: u32::MAX };

    /// The highest number that means a one.
    fn split(self, one: u32) -> u32 {
        self.low + ((u64::from(self.high - self.low) * u64::from(one)) >> 16) as u32
    }

    fn narrow(&mut self, middle: u32, bit: bool) {
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// Takes the first byte off, where it is known.
    fn shift(&mut self) -> Option<u8> {
        let first = (self.high >> 24) as u8;
        ((self.low ^ self.high) >> 24 == 0).then(|| {
            (self.low, self.high) = (self.low << 8, self.high << 8 | 0xFF);
            first
        })
    }

    /// The fewest bytes that say it, zeros thought behind them.
    fn last_bytes(self) -> Vec<u8> {
        for count in 0..4 {
            let rest = (1u64 << (32 - 8 * count)) - 1;
            let number = (u64::from(self.low) + rest) & !rest;
            if number <= u64::from(self.high) {
                return number.to_be_bytes().into_iter().skip(4).take(count).collect();
            }
        }
        self.low.to_be_bytes().to_vec()
    }
}

/// Writes bits.
pub struct Encoder {
    interval: Interval,
    bytes: Vec<u8>,
}

impl Encoder {
    /// Has written nothing.
    pub fn new() -> Self {
        Encoder { interval: Interval::WHOLE, bytes: Vec::new() }
    }

    /// The bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(self.interval.last_bytes());
        self.bytes
    }
}

impl BitCoder for Encoder {
    fn code(&mut self, one: u32, bit: bool) -> bool {
        self.interval.narrow(self.interval.split(one), bit);
        while let Some(byte) = self.interval.shift() {
            self.bytes.push(byte);
        }
        bit
    }
}

/// Reads bits; behind the end of the bytes, zeros.
pub struct Decoder<'a> {
    interval: Interval,
    number: u32,
    bytes: &'a [u8],
    /// Bytes that are known, those in `number` not counted.
    known: usize,
}

impl<'a> Decoder<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        let number = (0..4).fold(0, |number, at| number << 8 | byte(bytes, at));
        Decoder { interval: Interval::WHOLE, number, bytes, known: 0 }
    }

    /// Whether more bits were read than an encoder has written.
    pub fn is_beyond(&self) -> bool {
        self.known > self.bytes.len()
    }

    /// Whether the bytes end here, as an encoder ends them.
    pub fn is_at_end(&self) -> bool {
        self.bytes.get(self.known..).is_some_and(|rest| rest == self.interval.last_bytes())
    }
}

fn byte(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at).copied().map_or(0, u32::from)
}

impl BitCoder for Decoder<'_> {
    fn code(&mut self, one: u32, _: bool) -> bool {
        let middle = self.interval.split(one);
        let bit = self.number <= middle;
        self.interval.narrow(middle, bit);
        while self.interval.shift().is_some() {
            self.number = self.number << 8 | byte(self.bytes, self.known + 4);
            self.known += 1;
        }
        bit
    }
}
