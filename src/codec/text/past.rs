//! What the model has read: the last symbols, words, and where the same was read before (text/format.md).

use super::alphabet;

/// Symbols that are kept.
const KEPT: usize = 1 << 18;
/// Places that are found again.
const PLACES: usize = 1 << 16;
/// Symbols that have to be the same for a match.
const MIN_MATCH: usize = 9;
/// Symbols that are compared and counted, at most.
const MAX_MATCH: usize = 31;
/// Keeps the hash of a word apart from that of the same symbols without it.
const WORD: u32 = 77;

/// Mixes two numbers into one.
pub fn hash(a: u32, b: u32) -> u32 {
    let x = a.wrapping_add(b).wrapping_mul(0x9E37_79B1);
    let x = (x ^ (x >> 15)).wrapping_mul(0x85EB_CA6B);
    x ^ (x >> 13)
}

/// A hash as a number below another.
pub fn part(hash: u32, of: usize) -> usize {
    ((u64::from(hash) * of as u64) >> 32) as usize
}

/// The symbols that came.
#[derive(Debug, Clone)]
pub struct Past {
    /// A ring.
    kept: Vec<u32>,
    /// Symbols that came.
    count: usize,
    /// The last of them, the last one first.
    recent: [u32; MIN_MATCH],
    /// Hashes of the letters since the last other symbol, and of the word before.
    word: u32,
    last_word: u32,
    /// How many symbols before this were the same as before the one at that place; 0 for no match.
    matched: usize,
    match_at: usize,
    /// Where the last symbols came before, by their hash.
    places: Vec<u32>,
}

impl Past {
    /// Nothing was read; symbols before the first are 0.
    pub fn new() -> Self {
        Past {
            kept: vec![0; KEPT],
            count: 0,
            recent: [0; MIN_MATCH],
            word: 0,
            last_word: 0,
            matched: 0,
            match_at: 0,
            places: vec![0; PLACES],
        }
    }

    /// Takes a symbol in. Gives the hashes of the last one, the last two, and so on.
    pub fn push(&mut self, symbol: u32) -> [u32; MIN_MATCH] {
        if alphabet::is_letter(symbol) {
            self.word = hash(self.word, symbol);
        } else if self.word != 0 {
            (self.last_word, self.word) = (self.word, 0);
        }
        let goes_on = self.matched > 0 && self.at(self.match_at) == symbol;
        if let Some(to) = self.kept.get_mut(self.count % KEPT) {
            *to = symbol;
        }
        self.count += 1;
        self.recent.rotate_right(1);
        let [last, ..] = &mut self.recent;
        *last = symbol;
        let mut order = 0;
        let orders = self.recent.map(|symbol| {
            order = hash(order, symbol);
            order
        });
        self.find_match(order, goes_on);
        orders
    }

    /// Hashes of the word so far, and of it with the one before.
    pub fn words(&self) -> [u32; 2] {
        [hash(self.word, WORD), hash(self.word, self.last_word)]
    }

    /// The last symbol but one, and the last.
    pub fn last_two(&self) -> [u32; 2] {
        let [last, before, ..] = self.recent;
        [before, last]
    }

    /// What followed when the same was read before, and how long the same is; 0 for nothing.
    pub fn expected(&self) -> (u32, u32) {
        (self.at(self.match_at), self.matched as u32)
    }

    /// The symbol at a place.
    fn at(&self, place: usize) -> u32 {
        self.kept.get(place % KEPT).copied().unwrap_or_default()
    }

    /// Goes on with the match, or looks for another by the hash of the last symbols.
    fn find_match(&mut self, order: u32, goes_on: bool) {
        let place = part(order, PLACES);
        let before = self.places.get(place).copied().unwrap_or_default() as usize;
        if let Some(to) = self.places.get_mut(place) {
            *to = self.count as u32;
        }
        if goes_on {
            self.matched = (self.matched + 1).min(MAX_MATCH);
            self.match_at += 1;
            return;
        }
        let same =
            |distance: &usize| self.at(before.wrapping_sub(*distance)) == self.at(self.count.wrapping_sub(*distance));
        let length = (1..=MAX_MATCH.min(before)).take_while(same).count();
        (self.matched, self.match_at) = if length < MIN_MATCH { (0, 0) } else { (length, before) };
    }
}
